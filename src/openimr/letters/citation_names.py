"""Names of guideline documents, their sections and chapters, as letters print them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from openimr.vocabulary.phrases import PhraseMatcher
from openimr.vocabulary.tables import read_table


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """A document of the MTUS in one edition."""

    document: str
    edition: str
    chapter_number: int | None


# The edition that a name without a year meant, in the years when it was cited so.
_UNDATED = {
    "acoem-2004": "2004",
    "mtus-acupuncture": "2007",
    "mtus-cp-2009": "2009",
    "mtus-ps-2009": "2009",
}


@cache
def _names() -> dict[tuple[str, str], KnownDocument]:
    found = {}
    rows = read_table("openimr.letters", "data/guideline_names.csv")
    for row in rows:
        document = row["document"]
        number = int(row["chapter_number"]) if row["chapter_number"] else None
        edition = row["edition"] or _UNDATED[document]
        found[(row["name"].lower(), row["edition"])] = KnownDocument(document, edition, number)
    return found


def known_document(name: str, year: str | None) -> KnownDocument | None:
    """Return the document that a name and a year mean.

    Without a year only a form that belongs to one edition is known: "Chronic
    Pain Treatment Guidelines ... Page(s)" is how the 2009 edition was cited.
    """
    return _names().get((name.lower(), year or ""))


def is_of_several(name: str) -> bool:
    """Return whether publishers other than the State use a name too, so that it needs "MTUS" before it."""
    return name.lower() == "chronic pain guidelines"


@dataclass(frozen=True, slots=True)
class DocumentName:
    """The name of an MTUS document in a line, with its chapter number and year."""

    start: int
    end: int
    name: str
    year: str | None
    chapter: int | None


@cache
def _name_matcher() -> PhraseMatcher[bool]:
    rows = read_table("openimr.letters", "data/guideline_names.csv")
    return PhraseMatcher((row["name"], row["needs_prefix"] == "yes") for row in rows)


_PREFIX = re.compile(
    r"(?:\bACOEM (?:Practice Guidelines,? )?)?(?:\bChapter (?P<chapter>\d{1,2}),? )?$", re.IGNORECASE
)
# A name without a year stands at the beginning or behind the end of something
# else; behind other words it is part of a section's name.
_MAY_PRECEDE = re.compile(r"(?:^|[,;.)&\d]|\band)\s*$", re.IGNORECASE)
# "and the MTUS Chronic Pain Medical Treatment Guidelines" goes on with another document
_GOES_ON = re.compile(r"\band (?P<lead>the (?:MTUS )?)$", re.IGNORECASE)
_YEAR_BEHIND = re.compile(r",? \(?(?:[Rr]evised )?(20\d\d)\)?")


def find_document_names(text: str, start: int, end: int) -> list[DocumentName]:
    """Return the MTUS documents named in a stretch of a folded line, in order.

    Chapter titles such as "Prevention" are also names of sections; they count
    as documents only behind "ACOEM" or "Chapter 1", or with a year.
    """
    found = []
    for match in _name_matcher().find(text[start:end]):
        begin, stop = start + match.start, start + match.end
        before = text[max(start, begin - 45) : begin]
        prefix = _PREFIX.search(before)
        length = len(prefix.group(0)) if prefix else 0
        if goes_on := _GOES_ON.search(before[: len(before) - length]):
            length += len(goes_on["lead"])
        year = _YEAR_BEHIND.match(text, stop, end)
        if match.value and not length and year is None:
            continue
        if year is None and not length and not _MAY_PRECEDE.search(before[-6:]):
            continue
        chapter = prefix["chapter"] if prefix else None
        found.append(
            DocumentName(
                start=begin - length,
                end=year.end() if year else stop,
                name=text[begin:stop],
                year=year.group(1) if year else None,
                chapter=int(chapter) if chapter else None,
            )
        )
    return found


def find_chapter(text: str) -> tuple[DocumentName, KnownDocument] | None:
    """Return the first chapter of the ACOEM guidelines, 2nd edition, that a text names by its title."""
    for match in _name_matcher().find(text):
        name = text[match.start : match.end]
        known = known_document(name, None)
        if known and known.chapter_number:
            found = DocumentName(match.start, match.end, name, None, known.chapter_number)
            return found, known
    return None


@cache
def chapter_title(number: int) -> str | None:
    """Return the title of a chapter of the ACOEM guidelines, 2nd edition, by its number.

    Example:
        >>> chapter_title(12), chapter_title(40)
        ('Low Back Complaints', None)
    """
    rows = read_table("openimr.letters", "data/guideline_names.csv")
    return next((row["name"] for row in rows if row["chapter_number"] == str(number)), None)


@cache
def _comma_sections() -> re.Pattern[str]:
    text = files("openimr.letters").joinpath("data/comma_sections.txt").read_text("utf-8")
    names = sorted((line for line in text.splitlines() if line), key=len, reverse=True)
    return re.compile("|".join(re.escape(name) for name in names), re.IGNORECASE)


_NUMBERED = re.compile(r"(?:^|,\s*(?:and\s+)?)(?=\d+(?:\.\d+)*\.?\s+[A-Z])")
_COMMA = re.compile(r"[,;]\s*(?:and\s+)?")


def split_sections(text: str, *, one: bool) -> tuple[str, ...]:
    """Return the section names of a printed list.

    Args:
        text: The list, without its label and without a period at its end.
        one: The words stand without a "Section(s):" label; commas then part
            them only where a known section name ends.

    Example:
        >>> split_sections("NSAIDs, GI symptoms & cardiovascular risk, Proton Pump Inhibitors", one=False)
        ('NSAIDs, GI symptoms & cardiovascular risk', 'Proton Pump Inhibitors')
        >>> split_sections("Opioids, criteria for use", one=True)
        ('Opioids, criteria for use',)
    """
    if not text:
        return ()
    if re.match(r"\d+(?:\.\d+)*\.?\s", text):
        return tuple(p.strip(" ,.") for p in _NUMBERED.split(text) if p.strip(" ,."))
    if one and not _comma_sections().search(text):
        return _chapters(text) or (text,)
    parts = [p for part in _split_at(text, _COMMA, _protected(text)) for p in _at_and(part)]
    return tuple(part for part in (p.strip(" ,;") for p in parts) if part)


def _at_and(part: str) -> tuple[str, ...]:
    """Return a part as two where "and" stands behind a whole known name: "Opioids, dosing and Weaning"."""
    known = _comma_sections().match(part.lstrip())
    before, and_, behind = part.lstrip().partition(" and ")
    return (before, behind) if known and and_ and known.end() == len(before) else (part,)


def _chapters(text: str) -> tuple[str, ...]:
    """Return the parts of a list whose every part is the title of a chapter, else none."""
    parts = tuple(part for part in (p.strip(" ,;") for p in _COMMA.split(text)) if part)
    are_titles = len(parts) > 1 and all(known_document(part, None) for part in parts)
    return parts if are_titles else ()


def _protected(text: str) -> list[tuple[int, int]]:
    """Return the stretches inside which a comma parts nothing: names, parentheses."""
    spans = [m.span() for m in _comma_sections().finditer(text)]
    depth = begin = 0
    for index, char in enumerate(text):
        if char in "([":
            begin = index if depth == 0 else begin
            depth += 1
        elif char in ")]" and depth:
            depth -= 1
            if depth == 0:
                spans.append((begin, index + 1))
    return spans


def _split_at(text: str, pattern: re.Pattern[str], closed: list[tuple[int, int]]) -> list[str]:
    parts = []
    begin = 0
    for match in pattern.finditer(text):
        if any(start <= match.start() < end for start, end in closed):
            continue
        parts.append(text[begin : match.start()])
        begin = match.end()
    parts.append(text[begin:])
    return parts
