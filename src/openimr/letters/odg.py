"""Citations of the Official Disability Guidelines: chapters, topics and their date.

They are printed in every order and with every mark: "Knee & Leg (updated
11/22/16) Chapter: Home Health Services", "Shoulder/MR Arthrogram", "physical
therapy, elbow chapter", "Low back, Manipulation; Neck, Manipulation".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from openimr.letters.citation_names import split_sections
from openimr.vocabulary.text import fold

_AND = r"\s*(?:,\s*)?(?:and|&)\s+"
_NAME = (
    r"(?:(?:Chronic\s+)?Pain|Low(?:er)?\s+Back(?:\s*[-,/]?\s*(?:(?:Lumbar|Thoracic)\s*(?:and|&)\s*(?:Thoracic|Lumbar)|&\s*Thoracic))?"
    rf"|Lumbar{_AND}Thoracic|Thoracic{_AND}Lumbar|Neck(?:{_AND}Upper\s+Back)?|Shoulders?|Knee(?:{_AND}Leg)?|Ankle(?:{_AND}Foot)?"
    rf"|Forearm,?\s+Wrist{_AND}Hand|Carpal\s+Tunnel\s+Syndrome|Elbow(?:{_AND}Upper\s+Arm)?|Hips?(?:{_AND}(?:Pelvis|Groin))?"
    rf"|Mental\s+(?:Illness|Health)(?:{_AND}Stress)?|Stress\s*/\s*Mental(?:\s+Illness)?|Head|Hernia|Eye|Pulmonary|Burns|Diabetes"
    r"|Infectious\s+Diseases?|Fitness\s+for\s+Duty|Hand|Formulary)"
)
# Words behind a chapter's name that name nothing: its kind, its version, its date.
_REMARK = (
    r"(?:\s*\((?=[^()]*\b(?:acute|chronic|updated|online|web|version|trauma|lumbar)\b)[^()]*\)"
    r"|[\s,]*\b(?:chapters?|section|procedure\s+summary|procedures?|online\s+version|web\s+version)\b(?!\s+[a-z])"
    r"|[\s,]*\(?\b(?:last\s+)?(?:updated\s*:?\s*)?\d{1,2}/\d{1,2}/\d{2,4}\)?)"
)
_HEAD = re.compile(rf"(?P<name>\b{_NAME}\b)(?P<remarks>{_REMARK}*)", re.IGNORECASE)
_MAY_FOLLOW = re.compile(r"\s*(?:[,;:/(–-]|and\b|&|$)", re.IGNORECASE)
_MAY_PRECEDE = re.compile(r"(?:^|[,;.]|\band|&)\s*$", re.IGNORECASE)
_HAS_CHAPTER = re.compile(r"\b(?:chapters?|section)\b", re.IGNORECASE)
# The subject's extent is part of the chapter's title: "Pain (Chronic)".
_EXTENT = re.compile(r"\s*\((?:Acute|Chronic)(?:\s+(?:and|&)\s+Chronic)?\)", re.IGNORECASE)

_DATE = re.compile(
    r"\(?\b(?:(?:last\s+)?updated|accessed|version)\s*:?\s*(?P<said>\d{1,2}/\d{1,2}/\d{2,4}|[A-Z][a-z]+\s+\d{4})\)?"
    r"|\(?\b(?P<day>\d{1,2}/\d{1,2}/\d{2,4})\b\)?|\(?\b(?P<year>(?:19|20)\d{2})\b\)?",
    re.IGNORECASE,
)
_NAMES_NOTHING = re.compile(
    r"^\W*(?:chapter|(?:online|web)\s+version|work\s+loss\s+data\s+institute(?:\s*\([^)]*\))?|treatment\s+index"
    r"|\d{1,2}(?:st|nd|rd|th)\s+(?:annual\s+)?edition(?:\s*\([^)]*\))?"
    r"|treatment\s+in\s+workers'?\s+compensation(?:\s*\(TWC\))?|procedure\s+summary)(?!\w)\W*",
    re.IGNORECASE,
)
_WHOLLY_NOTHING = re.compile(r"\W*(?:guidelines?|procedures?|topic|chapters?|section)?\W*", re.IGNORECASE)
_EDGE = " ,;:./-–"


@dataclass(frozen=True, slots=True)
class OdgPart:
    """One chapter of a citation with its topics; offsets into the text it was read from."""

    start: int
    end: int
    chapter: str | None
    topics: tuple[str, ...]
    edition: str | None


def read_odg(text: str) -> tuple[OdgPart, ...]:
    """Return the chapters that words behind "Official Disability Guidelines" name, with topics.

    Example:
        >>> [(p.chapter, p.topics) for p in read_odg("Pain (Chronic), Voltaren Gel (diclofenac)")]
        [('Pain (Chronic)', ('Voltaren Gel (diclofenac)',))]
        >>> [(p.chapter, p.topics) for p in read_odg("physical therapy, elbow chapter")]
        [('elbow', ('physical therapy',))]
        >>> [(p.chapter, p.edition) for p in read_odg("Shoulder (updated 12/12/16); Low Back (2016)")]
        [('Shoulder', '12/12/16'), ('Low Back', '2016')]
    """
    heads = _heads(text)
    if not heads:
        return (_part(text, 0, len(text), None, 0),)
    first = heads[0]
    if first.start() > 0 and not _is_nothing(text[: first.start()]):
        return (_behind_topic(text, first),)
    parts = []
    for index, head in enumerate(heads):
        until = heads[index + 1].start() if index + 1 < len(heads) else len(text)
        parts.append(_part(text, head.start() if index else 0, until, head, head.end()))
    return _shared(text, parts)


def _is_nothing(text: str) -> bool:
    without = _DATE.sub(" ", text)
    while (match := _NAMES_NOTHING.match(without)) and match.end():
        without = without[match.end() :]
    return not without.strip(_EDGE)


def _heads(text: str) -> list[re.Match[str]]:
    """Return the chapters that head a list of topics, or the one that ends the text."""
    found: list[re.Match[str]] = []
    for match in _HEAD.finditer(text):
        follows = _MAY_FOLLOW.match(text, match.end()) or match["remarks"]
        before = text[: match.start()]
        if not found:
            if _is_nothing(before):
                found.append(match)
            elif not text[match.end() :].strip(_EDGE):
                return [match]
        elif follows and _MAY_PRECEDE.search(before) and before.count("(") == before.count(")"):
            found.append(match)
    return found


def _behind_topic(text: str, head: re.Match[str]) -> OdgPart:
    """Return a chapter that stands behind its topic: "MRI shoulder"."""
    edition, before = _dated(text[: head.start()])
    return OdgPart(0, len(text), _chapter(head), _topics(before), edition)


def _part(text: str, start: int, end: int, head: re.Match[str] | None, topics_from: int) -> OdgPart:
    edition, rest = _dated(text[topics_from:end])
    if head is not None:
        earlier, _ = _dated(text[start:topics_from])
        edition = earlier or edition
    return OdgPart(start, end, _chapter(head) if head else None, _topics(rest), edition)


def _shared(text: str, parts: list[OdgPart]) -> tuple[OdgPart, ...]:
    """Give chapters that are joined by a comma or "and" the topics behind the last of them."""
    shared: list[OdgPart] = []
    for part in reversed(parts):
        behind = shared[0] if shared else None
        joined = text[part.start : part.end].rstrip().lower().endswith((",", "and", "&"))
        if behind and not part.topics and joined:
            part = OdgPart(part.start, part.end, part.chapter, behind.topics, part.edition)
        shared.insert(0, part)
    return tuple(shared)


def _chapter(head: re.Match[str]) -> str:
    extent = _EXTENT.match(head["remarks"])
    return fold(head["name"] + (extent.group(0) if extent else ""))


def _dated(text: str) -> tuple[str | None, str]:
    """Return the date or year that words give for their edition, and the words without it."""
    match = _DATE.search(text)
    if match is None:
        return None, text
    edition = match["said"] or match["day"] or match["year"]
    return edition, f"{text[: match.start()]} {text[match.end() :]}"


def _topics(text: str) -> tuple[str, ...]:
    rest = fold(text).strip(_EDGE)
    while (match := _NAMES_NOTHING.match(rest)) and match.end():
        rest = rest[match.end() :].strip(_EDGE)
    if rest.startswith("(") and rest.endswith(")") and _closes_at_end(rest):
        rest = rest[1:-1].strip(_EDGE)
    rest = re.sub(r"(?:,|\band)\s*$", "", rest.removesuffix(" Topic")).strip(_EDGE)
    if _WHOLLY_NOTHING.fullmatch(rest):
        return ()
    return split_sections(rest, one=";" not in rest)


def _closes_at_end(text: str) -> bool:
    """Whether the parenthesis that opens a text is the one that closes it."""
    depth = 0
    for index, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return index == len(text) - 1
    return False
