"""Which guidelines the payer's decision cites for each disputed item, read from the decision itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from openimr.letters.citations import cite
from openimr.terms.citation import Citation, CitationKind
from openimr.terms.records import CaseFile, ExhibitType
from openimr.terms.treatment import Treatment
from openimr.vocabulary.drugs import find_drugs
from openimr.vocabulary.requests import parse_request
from openimr.vocabulary.requests.services import find_services

# A decision prints its guidelines behind a label of their own, up to the end of the sentence.
_LABEL = re.compile(
    r"(?:^|(?<=[.;])\s)[ \t]*(?:guidelines?|criteria)(?:\s+(?:used|cited|relied\s+(?:up)?on|applied))?[ \t]*"
    r"(?::|(?<=\w)[ \t]*\n)\s*(?P<line>.+?)(?=\.\s+[A-Z]|\.?\s*\n\s*\n|\Z)",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)
_KNOWN = frozenset({CitationKind.MTUS, CitationKind.ACOEM, CitationKind.ODG, CitationKind.DRUG_LABEL})


# "2. ", "Request 1: ", "RE: ": what stands behind opens an item.
_OPENS_ITEM = re.compile(
    r"^\s*(?:(?:requests?|requested (?:treatment|service)s?|treatment|services?|item|medication|re)"
    r"\s*#?\d{0,2}\s*[:.)-]|\(?\d{1,2}[.)]|#\d{1,2}\b|[-•*])\s*",
    re.IGNORECASE,
)
_FIRST_SENTENCE = re.compile(r"\.\s+[A-Z]")
# Before a heading a line is empty or at its end.
_ENDS = re.compile(r"(?:^|[.:;|!?])\s*$")
# What may stand before the name of a treatment in its heading: "## Right L5", "One (1) prescription of".
_LEADS = re.compile(
    r"^(?:[#*|\s]+|(?:left|right|bilateral|one|an?|the|of|retrospective|request|for|prescriptions?|refills?|outpatient"
    r"|[CTLS]\d\S*|\(?\d+\)?)\b[\s.,:)-]*)+",
    re.IGNORECASE,
)
# A heading is short: what is longer is told in words.
_LONGEST_HEADING = 160


def cited_by_payer(case_file: CaseFile, requests: Sequence[str]) -> tuple[tuple[Citation, ...] | None, ...]:
    """Return for each request the guidelines that the utilization review decision cites.

    A guideline belongs to the item whose heading stands last before it; where
    no heading does, to the one request that is named since the guideline
    before, or else to the item of that guideline. Where two requests may be
    meant it belongs to none. None, where none is read.

    Args:
        case_file: The case file, with the decision among its exhibits.
        requests: The disputed items, as they are printed in the case.
    """
    text = _decision_text(case_file)
    wanted = [parse_request(request) for request in requests]
    found: list[list[Citation]] = [[] for _ in requests]
    begin, number = 0, None
    for match in _LABEL.finditer(text):
        line = " ".join(match["line"].split())
        statement = f"Decision based on {line}" if line.startswith("MTUS ") else line
        number = _item_of(text[begin : match.start()], wanted, number)
        begin = match.end()
        if number is not None:
            cited = [c for c in cite(statement) if c.kind in _KNOWN]
            found[number] += [c for c in cited if c not in found[number]]
    return tuple(tuple(citations) or None for citations in found)


def _decision_text(case_file: CaseFile) -> str:
    texts = {p.bundle_page: p.text for p in case_file.pages}
    pages = [p for e in case_file.exhibits if e.type is ExhibitType.UR_DECISION for p in e.pages]
    return "\n".join(texts[page] for page in pages)


def _item_of(words: str, wanted: Sequence[Treatment], before: int | None) -> int | None:
    """Return the request that some words of the decision are about; None where that is in doubt."""
    lines = words.splitlines()
    for at in range(len(lines) - 1, -1, -1):
        opened = _OPENS_ITEM.match(lines[at])
        heading = _as_heading(lines[at][opened.end() :] if opened else lines[at])
        if opened or (heading and _ENDS.search(lines[at - 1] if at else "") and _is_as_requested(heading)):
            return _same(heading, wanted) if heading else None
    named = {name for name in (t.name for t in wanted) if name and name in _named_in(words)}
    if not named:
        return before
    meant = [number for number, t in enumerate(wanted) if t.name in named]
    return meant[0] if len(meant) == 1 else None


def _as_heading(line: str) -> Treatment | None:
    """Return what the first sentence of a line asks for, where it begins with the name of a treatment."""
    end = _FIRST_SENTENCE.search(line)
    words = _LEADS.sub("", line[: end.start()] if end else line).strip()
    starts = [m.start for m in find_drugs(words)] + [m.start for m in find_services(words)]
    if len(words) > _LONGEST_HEADING or min(starts, default=1):
        return None
    return parse_request(line[: end.start()] if end else line)


def _is_as_requested(treatment: Treatment) -> bool:
    return any((treatment.strength, treatment.quantity, treatment.sessions, treatment.levels))


def _named_in(words: str) -> set[str]:
    return {m.value.id for m in find_drugs(words)} | {m.value.name for m in find_services(words)}


def _same(heading: Treatment, wanted: Sequence[Treatment]) -> int | None:
    """Return the one request that a heading names, by part, strength and quantity where several are alike."""
    alike = [(number, t) for number, t in enumerate(wanted) if t.name == heading.name]
    for particular in (_parts, _strength, _quantity):
        told = particular(heading)
        if told is not None:
            alike = [(n, t) for n, t in alike if particular(t) in (None, told)]
    return alike[0][0] if len(alike) == 1 else None


def _parts(treatment: Treatment) -> object:
    return frozenset(p.part for p in treatment.body_parts) or None


def _strength(treatment: Treatment) -> object:
    return treatment.strengths or None


def _quantity(treatment: Treatment) -> object:
    return treatment.quantity or treatment.sessions
