"""Who wrote a document, in which specialty and where, from labels, signatures and letterheads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from openimr.records.labels import labels
from openimr.records.look import PageLook
from openimr.terms.records import ExhibitType
from openimr.vocabulary.specialties import specialty_named

_CREDENTIAL = (
    r"(?:M\.?\s?D\.?|D\.?\s?O\.?|D\.?C\.?|D\.?P\.?M\.?|Ph\.?\s?D\.?|Psy\.?D\.?|D\.?P\.?T\.?|M\.?P\.?T\.?|P\.?T\.?"
    r"|O\.?T\.?R?|N\.?P\.?|F\.?N\.?P\.?|P\.?A\.?(?:-C)?|R\.?N\.?|L\.?Ac\.?|Pharm\.?D\.?|R\.?Ph\.?|LCSW|Esq\.?|J\.?D\.?)"
)
_NAME = r"(?:(?:[A-Z][\w'-]*|[A-Z]\.)[ ]+){1,3}[A-Z][\w'-]+"
_PERSON = re.compile(rf"(?:Dr\.\s+)?(?P<name>{_NAME})(?P<titles>(?:,?\s+{_CREDENTIAL}(?=$|[\s,;.)|]))+)?")
_SIGNATURE = re.compile(
    rf"^(?:/s/|x|by:?)?\s*(?P<name>{_NAME})(?P<titles>(?:,?\s+{_CREDENTIAL}(?=$|[\s,;.)|]))+)"
)
# What a system prints where a paper was signed in it.
_SIGNED_BY = re.compile(
    r"(?:^|\W)(?i:(?:electronically|digitally)\s+(?:signed|authenticated)(?:\s+by)?|authenticated by"
    rf"|signed by)\W{{1,3}}(?P<name>{_NAME})(?P<titles>(?:,?\s+{_CREDENTIAL}(?=$|[\s,;.)|]))+)?"
)
# A name that a sentence goes on from is no signature: "A. Moss, MD saw the patient".
_GOES_ON = re.compile(r"\s+[a-z]{2,}\s+[a-z]")
_CLOSING = re.compile(
    r"^(?:sincerely|respectfully(?:\s+submitted)?|yours truly|very truly yours|executed on|dated)\b",
    re.IGNORECASE,
)
_FACILITY = re.compile(
    r"\b(?:medical|clinic|center|hospital|imaging|laborator(?:y|ies)|group|therapy|orthop\w+|institute|associates"
    r"|pharmacy|radiology|mri|diagnostics?|rehabilitation|spine|surgery|toxicology|inc|llc)\b",
    re.IGNORECASE,
)
# Names stop where the next label, a date or a wide gap begins.
_VALUE_END = re.compile(
    r"\s{3,}|\s\||\s[A-Z]\w{1,14}:|\s+on\s+\d|\s+\d{1,2}[/-]\d|\bNPI\b|\bLicense\b", re.IGNORECASE
)
_NOT_NAMES = re.compile(
    r"\b(?:date|page|report|patient|physician|provider|signature|address|phone|fax|name|state|license|medical|clinic"
    r"|center|group|department|none|unknown|street|suite|claims?|adjuster|of|therapy|medicine|insurance|company"
    r"|services|imaging|radiology|associates|institute|network|administrators|solutions|hospital|laborator(?:y|ies)"
    r"|pharmacy|inc|llc|llp|corporation|offices?|enclosures?)\b",
    re.IGNORECASE,
)
_SIGNATURE_LINE = re.compile(
    r"^(?:(?:employee|physician|patient|applicant|provider|injured worker)(?:'s)?\s+)?signature\b",
    re.IGNORECASE,
)
# Words of a heading: a line with them is the title of a paper, not the name of a place.
_NO_FACILITY = re.compile(
    r"\b(?:diplomate|board|certified|fellow|report|notes?|evaluation|summary|application|request|decision|record|history|prescription|review|consultation"
    r"|discharge|results?|progress|treatment|initial|daily|form|notice|without|contrast|views?)\b",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(r"(?:to|from|re|attn|attention|dear)\b", re.IGNORECASE)
# A name of a place stands in the first lines and is short.
_LETTERHEAD_LINES = 2
_MOST_LETTERHEAD = 70
# The specialty stands on the line of the name or shortly under it.
_SPECIALTY_REACH = 3
_BEFORE_SPECIALTY = re.compile(
    r"^(?:board[- ]certified(?:\s+in)?|diplomate.*board of|specialty\W*|department of)\s*", re.IGNORECASE
)
# The signature stands among the last lines of a document; a letterhead among the first.
_LAST_LINES = 16
_FIRST_LINES = 8
# Of a long document the first and the last pages are looked at: names between are other people's.
_END_PAGES = 2


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote a document; each value None where the document does not say it plainly."""

    name: str | None
    specialty: str | None
    facility: str | None


def author_of(looks: Sequence[PageLook], kind: ExhibitType) -> Author:
    """Return who wrote a document, their specialty and the facility.

    A signature under the document counts most, then what a label names, then
    a physician's own letterhead.
    """
    ends = looks if len(looks) <= 2 * _END_PAGES else (*looks[:_END_PAGES], *looks[-_END_PAGES:])
    lines = [line.text for look in ends for line in look.lines]
    name = _signed(lines) or _named(lines, kind) or _letterhead(lines)
    if name is None:
        return Author(None, None, _facility(looks, kind))
    whole = _in_full(name, lines)
    return Author(whole, _specialty(whole, lines), _facility(looks, kind))


def _signed(lines: list[str]) -> str | None:
    """Return the name of the last signature: with credentials, or where signatures stand."""
    start = max(0, len(lines) - _LAST_LINES)
    last = [_bare(text) for text in reversed(lines[start:])]
    for match in (*map(_SIGNED_BY.search, last), *map(_SIGNATURE.match, last)):
        if match and not _NOT_NAMES.search(match["name"]) and not _GOES_ON.match(match.string, match.end()):
            return _person(match)
    for index in range(start, len(lines)):
        under = lines[index + 1 : index + 4] if _CLOSING.match(lines[index]) else []
        above = lines[index - 1 : index] if _SIGNATURE_LINE.match(lines[index]) else []
        for text in (*under, *above):
            match = _PERSON.fullmatch(_bare(text))
            if match and not _NOT_NAMES.search(match["name"]):
                return _person(match)
    return None


def _named(lines: list[str], kind: ExhibitType) -> str | None:
    """Return the name behind the best label; none where that label names two people."""
    whole = "\n".join(lines).lower()
    for label in labels("author", kind):
        if label not in whole:
            continue
        pattern = re.compile(
            rf"(?:^|[\s|]){re.escape(label)}\s*(?::|\bby\b|(?<=\bby))\s*(?P<value>\S.*)$", re.IGNORECASE
        )
        found: set[str] = set()
        for index, text in enumerate(lines):
            match = pattern.search(text)
            value = (
                match["value"] if match else lines[index + 1] if _is_label(text, label, lines, index) else ""
            )
            end = _VALUE_END.search(value)
            person = _PERSON.match(value[: end.start()] if end else value)
            if person and not _NOT_NAMES.search(person["name"]):
                found.add(_person(person))
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def _is_label(text: str, label: str, lines: list[str], index: int) -> bool:
    """Return whether a line is the label alone, so that its value is the next line."""
    return text.lower().rstrip(" :") == label and index + 1 < len(lines)


def _letterhead(lines: list[str]) -> str | None:
    for text in lines[:_FIRST_LINES]:
        match = _SIGNATURE.match(_bare(text))
        if match and not _NOT_NAMES.search(match["name"]):
            return _person(match)
    return None


def _bare(text: str) -> str:
    """Return a line without the marks that a pen or a scanner leaves around it."""
    return re.sub(r"^[^A-Za-z/]+|^/\s+|[\s|_.:-]+$", "", text)


def _person(match: re.Match[str]) -> str:
    name = match["name"]
    if name.isupper():
        name = re.sub(r"[A-Z]+", lambda word: word.group().capitalize(), name)
    titles = (match["titles"] or "").replace(".", "").replace(",", " ").split()
    return ", ".join((name, *titles))


def _in_full(name: str, lines: Sequence[str]) -> str:
    """Return a name signed with an initial as the document writes it in full, if it does so once."""
    initial = re.match(r"(?P<letter>[A-Z])\.\s+(?P<last>[A-Z][\w'-]+)(?P<titles>.*)$", name)
    if initial is None:
        return name
    pattern = re.compile(
        rf"\b{initial['letter']}[a-z][\w'-]*\s+(?:[A-Z]\.\s+)?{re.escape(initial['last'])}\b"
    )
    whole = {match.group() for text in lines for match in pattern.finditer(text)}
    return f"{whole.pop()}{initial['titles']}" if len(whole) == 1 else name


def _specialty(name: str, lines: Sequence[str]) -> str | None:
    """Return the one specialty that the lines at a name state; None where they state two."""
    last = name.split(",")[0].split()[-1].lower()
    near = {
        index + step
        for index, text in enumerate(lines)
        if last in text.lower()
        for step in range(_SPECIALTY_REACH)
    }
    found = set()
    for index in sorted(near):
        for part in re.split(r"[,;|()]|\s{2,}|\s-\s", lines[index] if index < len(lines) else ""):
            specialty = specialty_named(_BEFORE_SPECIALTY.sub("", part.strip()).rstrip(" ."))
            if specialty is not None:
                found.add(specialty.name)
    return found.pop() if len(found) == 1 else None


def _facility(looks: Sequence[PageLook], kind: ExhibitType) -> str | None:
    """Return the facility that a letterhead or a label names."""
    if not looks:
        return None
    for line in looks[0].lines[:_LETTERHEAD_LINES]:
        if _is_letterhead(line.text):
            return line.text
    for label in sorted(labels("facility", kind), key=len, reverse=True):
        pattern = re.compile(
            rf"^{re.escape(label)}(?:\s*:\s*|\s+(?-i:(?=[A-Z])))(?P<value>\S.*)$", re.IGNORECASE
        )
        for line in looks[0].lines:
            match = pattern.match(line.text)
            if match and (":" in line.text or _FACILITY.search(match["value"])):
                end = _VALUE_END.search(match["value"])
                return (match["value"][: end.start()] if end else match["value"]).strip(" ,")
    return None


def letterhead_of(look: PageLook) -> str | None:
    """Return a page's letterhead: the line over an address, or the name of a place of care."""
    if look.letterhead is not None or not look.lines:
        return look.letterhead
    return look.lines[0].text if _is_letterhead(look.lines[0].text) else None


def _is_letterhead(text: str) -> bool:
    """Return whether a top line is the name of a place of care and nothing else."""
    if (
        _ADDRESSED.match(text)
        or len(text) > _MOST_LETTERHEAD
        or ":" in text
        or re.search(r"\d", text)
        or text.endswith(".")
    ):
        return False
    words = [
        word for word in re.findall(r"[A-Za-z]+", text) if word.lower() not in ("of", "and", "for", "the")
    ]
    if not _FACILITY.search(text) or not all(word[0].isupper() for word in words) or len(words) < 2:
        return False
    return not _NO_FACILITY.search(text)
