"""Which layout a letter has, told from its headings, and where its sections stand."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from openimr.terms.errors import NotALetter
from openimr.terms.letter import Layout
from openimr.terms.places import Span

HOW_MADE = re.compile(r"HOW\s+THE\s+IMR\s+FINAL\s+DETERMINATION\s+WAS\s+MADE")
DOCUMENTS = re.compile(r"DOCUMENTS\s+REVIEWED(?:\s+FOR\s+DETERMINATION)?\s*:?")
SUMMARY = re.compile(r"CLINICAL\s+CASE\s+SUMMARY")
ISSUES = re.compile(r"IMR\s+ISSUES?,\s+DECISIONS?,?\s+AND\s+RATIONALES?")
DECISIONS_2014 = re.compile(r"IMR\s+DECISION\(S\)\s+AND\s+RATIONALE\(S\)")
APPEAL_RIGHTS = re.compile(r"^\W*APPEAL\s+RIGHTS\W*$", re.MULTILINE)
WITHHELD = re.compile(r"^\W*WITHHELD\s+FOR\s+PUBLICATION\W*$", re.MULTILINE)
PROFESSIONAL_REVIEW = re.compile(r"MEDICAL\s+PROFESSIONAL\s+REVIEW|ISSUES?\s+AT\s+DISPUTE")
NOTICE_2013 = re.compile(
    r"Notice\s+of\s+Independent\s+Medical\s+Review\s+Determination"
    r"|has\s+determined\s+the\s+request\s+for\b",
    re.IGNORECASE,
)
OPENIMR_MARK = re.compile(r"Prepared\s+with\s+OpenIMR")

_CREDENTIALS_BLOCK = re.compile(r"State\(s\)\s+of\s+Licensure|Certification\(s\)/\s?Specialty")
# Headings that every letter since mid 2014 has, as printed; text recognition
# may damage them, but never more than some characters.
_PRINTED = {
    "how_made": "HOW THE IMR FINAL DETERMINATION WAS MADE",
    "summary": "CLINICAL CASE SUMMARY",
    "issues": "IMR ISSUES, DECISIONS AND RATIONALES",
}
_MOST_DAMAGE = 4
_LINE_OF_CAPITALS = re.compile(r"^[ #>]*(?P<words>[A-Z][^a-z\n]{3}[^\n]{12,40}?)[ ]*$", re.MULTILINE)

# Each with a word of it in capitals: a text without the word is not searched.
_HEADINGS = {
    "how_made": ("DETERMINATION", HOW_MADE),
    "documents": ("DOCUMENTS", DOCUMENTS),
    "summary": ("SUMMARY", SUMMARY),
    "issues": ("RATIONALE", ISSUES),
    "decisions_2014": ("DECISION(S)", DECISIONS_2014),
    "appeal_rights": ("APPEAL", APPEAL_RIGHTS),
    "withheld": ("WITHHELD", WITHHELD),
}


@dataclass(frozen=True, slots=True)
class Sections:
    """Where the sections of a letter of 2014 and later stand.

    A section reaches from the end of its heading to the next heading; one
    that the letter does not have is missing from ``bodies``.
    """

    header: Span
    bodies: dict[str, Span]

    def get(self, name: str) -> Span | None:
        """Return the body of a section, None when the letter has no such heading."""
        return self.bodies.get(name)


def detect_layout(text: str) -> Layout:
    """Return the layout of a letter, told from its content, never from its file name.

    Raises:
        NotALetter: The text has none of the headings of a known layout.
    """
    if OPENIMR_MARK.search(text) and SUMMARY.search(text):
        return Layout.OPENIMR
    if DECISIONS_2014.search(text):
        return Layout.DOCUMENTS_2014
    if ISSUES.search(text) or (HOW_MADE.search(text) and SUMMARY.search(text)):
        _refuse_several(text)
        if ("Licensure" in text or "Certification(s)" in text) and _CREDENTIALS_BLOCK.search(text):
            return Layout.BLOCK_2015
        return Layout.PROSE_2014
    if PROFESSIONAL_REVIEW.search(text) and "DISPUTE" in text:
        return Layout.PROFESSIONAL_REVIEW
    if NOTICE_2013.search(text):
        return Layout.NOTICE_2013
    raise NotALetter(
        asked="Read a determination letter",
        found="the text has none of the headings of a known layout.",
        remedy="Check that the file is an independent medical review determination with a text layer.",
    )


def _refuse_several(text: str) -> None:
    """Refuse a text that holds the headings of more than one letter."""
    if text.count("RATIONALES") > 1 and len(ISSUES.findall(text)) > 1:
        raise NotALetter(
            asked="Read a determination letter",
            found="the text holds more than one letter.",
            remedy="Give one file for each letter.",
        )


def find_sections(text: str) -> Sections:
    """Return where the sections of a letter stand, in the order of the text.

    Only the first heading of each kind counts, and only where it stands
    alone: "the documents reviewed" inside a sentence is none, since headings
    are in capitals.
    """
    found = []
    for name, (word, pattern) in _HEADINGS.items():
        match = pattern.search(text) if word in text else None
        if match:
            found.append((match.start(), match.end(), name))
    found.extend(_damaged_headings(text, {name for _, _, name in found}))
    found.sort()
    bodies = {}
    for index, (_, end, name) in enumerate(found):
        until = found[index + 1][0] if index + 1 < len(found) else len(text)
        bodies[name] = Span(end, until)
    first = found[0][0] if found else 0
    return Sections(header=Span(0, first), bodies=bodies)


def _damaged_headings(text: str, known: set[str]) -> list[tuple[int, int, str]]:
    """Return headings in capitals that differ from print in some characters."""
    missing = {name: printed for name, printed in _PRINTED.items() if name not in known}
    if not missing or "decisions_2014" in known:
        return []
    found = []
    for line in _LINE_OF_CAPITALS.finditer(text):
        for name, printed in missing.items():
            if Levenshtein.distance(line["words"], printed, score_cutoff=_MOST_DAMAGE) <= _MOST_DAMAGE:
                found.append((*line.span("words"), name))
                del missing[name]
                break
    return found
