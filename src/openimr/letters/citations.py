"""Guideline lines of a letter, read as single citations.

A line chains documents with and without blanks between them, mixes pages
with sections, and may say that nothing was cited or that the decision rests
on something outside the MTUS: both are answers of their own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from openimr.letters.citation_names import (
    DocumentName,
    chapter_title,
    find_chapter,
    find_document_names,
    is_of_several,
    known_document,
    split_sections,
)
from openimr.letters.cited_pages import PAGES, read_pages
from openimr.letters.cited_remarks import PART_OF_MTUS, acoem_first, bare_section, without_remarks
from openimr.letters.odg import read_odg
from openimr.letters.reading import Reading
from openimr.terms.citation import Citation, CitationKind
from openimr.terms.places import Span
from openimr.terms.problem import Severity
from openimr.vocabulary.text import fold

# How a side says what its decision rests on.
_RESTS_ON = r"(?:based\s+\S+\s+decision|relied(?:\s+primarily)?)\s+(?:up)?on\s+(?:the\s+)?"
# The capital in front lets the search pass over all other letters at once.
_WHO = r"(?:(?<=C)laims\s+Administrator|(?<=E)xpert\s+Reviewer|(?<=P)hysician\s+Reviewer|(?<=R)eviewer)"
_STATEMENTS = re.compile(
    r"[CEPRD](?:"
    rf"(?P<not_cited>{_WHO}\s+did\s+not\s+cite\s+any\s+(?:medical\s+)?(?:evidence|guidelines?)[^.]*\.?)"
    rf"|(?P<outside>{_WHO}\s+based\s+\S+\s+decision\s+on\s+recommendation\(?s?\)?\s+outside\s+(?:of\s+)?the"
    r"\s+MTUS(?:\s+Guidelines)?\s*\.?)"
    rf"|(?P<silent>{_WHO}\s+found\s+that\s+no\s+section\s+of\s+the\s+MTUS\s+was\s+applicable[^.]{{0,80}}\.?)"
    # what letters of 2013 say between that and the source: no source itself
    r"|(?P<hierarchy>(?<=P)er\s+the\s+Strength\s+of\s+Evidence\s+hierarchy"
    r"(?:\s+established\s+by\s[^.]{0,120}?Workers['’]?\s+Compensation)?)"
    rf"|(?P<based_on_mtus>{_WHO}\s+{_RESTS_ON}(?:(?:CA|California)\s+)?MTUS\b\s*:?)"
    rf"|(?P<based_on>{_WHO}\s+{_RESTS_ON})"
    r"|(?P<non_mtus>(?<=D)ecision\s+based\s+on\s+[Nn]on-\s?MTUS\s+[Cc]itations?\s*:?)"
    r"|(?P<mtus>(?<=D)ecision\s+based\s+on\s+(?:the\s+)?MTUS\b\s*:?)"
    r")"
)
# A line that begins with the name of the schedule, without the words that usually stand in front.
_BARE = re.compile(r"(?:(?:the|CA|California)\s+)?(?P<mtus>MTUS\b\s*:?\s*)", re.IGNORECASE)
_LABEL_IN_FRONT = re.compile(r"^[^:.]{0,40}\bguidelines?\s*:", re.IGNORECASE)
# A label behind which nothing is printed has lost its colon to the trimming.
_SECTION_LABEL = re.compile(r"\bSection\(s\)\s*:?|\bSections?\s*:", re.IGNORECASE)
_ODG = re.compile(
    r"\bOfficial\s+Disability\s+Guidelines?(?:\s*,?\s*\(ODG\))?|(?<!\()\bODG\b(?:[-/ ]?TWC\b)?", re.IGNORECASE
)
_ACOEM = re.compile(
    r"\bAmerican\s+College\s+of\s+Occupational\s+and\s+Environmental\s+Medicine(?:\s*,?\s*\(ACOEM\))?|(?<!\()\bACOEM\b"
    r"|\bHarris\s+J\.?,?(?=.{0,12}\bOccupational\s+Medicine\s+Practice)",
    re.IGNORECASE,
)
_URL = re.compile(r"https?://[^\s;)]+|\bwww\.[^\s;)]+", re.IGNORECASE)
_LABEL = re.compile(r"\bFDA\b|\bPrescribing\s+Information\b|\bDailyMed\b|\bpackage\s+insert\b", re.IGNORECASE)
_OTHER_MARK = re.compile(
    r"\bOther\s+Medical\s+Treatment\s+Guidelines?(?:\s+or\s+Medical\s+Evidence)?\s*:?", re.IGNORECASE
)
_STRAY = re.compile(r"\((?P<inner>[A-Z]{3,6},?\s?\d{4})\)")
# All beginnings in one search; the capital in front lets it pass over other letters.
_BEGINS = re.compile(
    r"[OAHF(](?:(?<!\w.)(?:(?<=O)(?:fficial\s+Disability\s+Guidelines?\b|(?<!\(.)DG\b|ther\s+Medical\s+Treatment\s+G)"
    r"|(?<=A)(?:merican\s+College\s+of\s+Occupational\s+and\s+Env|(?<!\(.)COEM\b)"
    r"|(?<=H)arris\s+J\.?,?(?=.{0,12}\bOccupational\s+Medicine\s+Practice)"
    r"|(?<=; F)DA\b)|(?<=\()[A-Z]{3,6},?\s?\d{4}\))"
)
_STATUTE = re.compile(
    r"\b(?:Labor\s+Code|California\s+Code\s+of\s+Regulations|CCR|9792\.\d+)\b", re.IGNORECASE
)
_JOURNAL = re.compile(
    r"\b(?:19|20)\d{2}\s?(?:[A-Z][a-z]{2}\s?(?:\d{1,2})?)?;\s?\d+|\bdoi\b|\bPMID\b|\bJ(?:ournal)?\s+(?:of\s+)?[A-Z]|\bet\s+al\b|\bvol\.?\s?\d",
)
_EDITION_DATE = re.compile(
    r"\(?\b(?:updated|last\s+updated|accessed|version)\s*:?\s*(?P<date>\d{1,2}/\d{1,2}/\d{2,4}|[A-Z][a-z]+\s+\d{4})\)?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?P<year>(?:19|20)\d{2})\b")
_ORDINAL_EDITION = re.compile(r"\b(?P<ordinal>2nd|3rd|second|third)\s+ed(?:ition|\.)?", re.IGNORECASE)
# A chapter that the 2nd edition does not have.
_THIRD_ONLY = re.compile(r"\bHip\s+and\s+Groin\b", re.IGNORECASE)
_ACOEM_WORDS = re.compile(
    r"\b(?:Occupational\s+Medicine\s+)?Practice\s+Guidelines?\b|\(\s*\)|\bGuidelines?\b|\bChapter\b(?=\W*$)",
    re.IGNORECASE,
)
_ACOEM_EDGE = re.compile(r"^(?:(?:and|the)\b\W*)+|\W*\b(?:and(?:\s+the)?|the)$", re.IGNORECASE)
_WORD = re.compile(r"\S+")
_LETTERS = re.compile(r"[A-Za-z]{2}")
_EDGE = " ,;:.-–\n"
# Kinds of which a document without a name says that the words were not understood.
_KINDS_WITH_NAMES = (CitationKind.MTUS, CitationKind.ACOEM, CitationKind.OTHER)
# The longest real lines have about a thousand characters.
_LONGEST_LINE = 6_000
_ANSWERS = {
    "not_cited": CitationKind.NOT_CITED,
    "outside": CitationKind.OUTSIDE_MTUS,
    "silent": CitationKind.OUTSIDE_MTUS,
}
_OF_MTUS = frozenset({"mtus", "based_on_mtus"})
_CHAPTER = re.compile(r"\bChapter\s+(?P<number>\d{1,2})\b", re.IGNORECASE)


def read_citations(reading: Reading, path: str, start: int, end: int) -> tuple[Citation, ...]:
    """Return the citations of one guideline line and keep the place of each."""
    printed = reading.keep(path, start, end)
    if printed is None:
        return ()
    span = reading.spans[path]
    if len(printed) > _LONGEST_LINE:
        reading.problem(
            "citation.line_too_long",
            path,
            "The guideline line is longer than any real one, so it may hold other text.",
            remedy="Read the sources in the letter.",
            at=span,
        )
        return ()
    to_source = _offsets(reading.text.text[span.start : span.end], printed)
    citations = []
    for index, (citation, place) in enumerate(_parse(printed)):
        citations.append(citation)
        if citation.document is None and citation.kind in _KINDS_WITH_NAMES:
            _note_unknown(reading, path, citation, span)
        begin = span.start + to_source(place.start)
        reading.spans[f"{path}.{index}"] = Span(begin, span.start + to_source(place.end - 1) + 1)
    return tuple(citations)


def _note_unknown(reading: Reading, path: str, citation: Citation, span: Span) -> None:
    reading.problem(
        "citation.unknown_document",
        path,
        "The line names a source in words that belong to no document known here.",
        remedy="Look up the source in the letter.",
        severity=Severity.NOTE,
        at=span,
    )


def cite(text: str) -> tuple[Citation, ...]:
    """Return the citations of a guideline line, with or without its label.

    Example:
        >>> [c.document for c in cite("Decision based on MTUS ACOEM Chapter 13 Knee Complaints "
        ...  "Page(s): 340,Chronic Pain Treatment Guidelines Gabapentin Page 18-19.")]
        ['acoem-2004', 'mtus-cp-2009']
    """
    return tuple(citation for citation, _ in _parse(fold(_LABEL_IN_FRONT.sub("", fold(text)))))


def _offsets(source: str, folded: str) -> Callable[[int], int]:
    """Return the function from an offset in folded text to one in its source."""
    if len(source) == len(folded):
        return lambda offset: offset
    at_folded, at_source, position = [], [], 0
    for word in _WORD.finditer(source):
        at_folded.append(position)
        at_source.append(word.start())
        position += word.end() - word.start() + 1

    def to_source(offset: int) -> int:
        index = bisect_right(at_folded, offset) - 1
        return at_source[index] + offset - at_folded[index]

    return to_source


# Guideline lines are formulas: most lines of a stream of letters stood in one before.
@lru_cache(maxsize=4096)
def _parse(text: str) -> tuple[tuple[Citation, Span], ...]:
    """Return the citations of a guideline line, folded, with their offsets in it."""
    marks = [(m.lastgroup, _with_article(text, m.start()), m.end()) for m in _STATEMENTS.finditer(text)]
    bare = _BARE.match(text)
    if bare and find_document_names(text, bare.end(), marks[0][1] if marks else len(text)):
        marks.insert(0, ("mtus", 0, bare.end()))
    found: list[tuple[Citation, Span]] = []
    first = marks[0][1] if marks else len(text)
    if first:
        found.extend(_split_sources(text, 0, first, is_mtus=False))
    for index, (name, start, end) in enumerate(marks):
        until = marks[index + 1][1] if index + 1 < len(marks) else len(text)
        kind = _ANSWERS.get(name or "")
        if kind is not None:
            citation = Citation(kind=kind, printed=text[start:end].strip())
            found.append((citation, _trim(text, start, end)))
        found.extend(_split_sources(text, end, until, is_mtus=name in _OF_MTUS))
    return tuple(found)


def _with_article(text: str, start: int) -> int:
    """Return where a statement begins with the article before it, if there is one."""
    return start - 4 if text[max(0, start - 4) : start].lower() == "the " else start


def _trim(text: str, start: int, end: int) -> Span:
    """Return the span without blanks, commas and "and" at its ends."""
    while start < end and text[start] in _EDGE:
        start += 1
    if text.startswith("and ", start, end):
        return _trim(text, start + 4, end)
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    if end - start > 4 and text.endswith((" and", ",and"), start, end):
        return _trim(text, start, end - 3)
    return Span(start, end)


def _split_sources(text: str, start: int, end: int, *, is_mtus: bool) -> list[tuple[Citation, Span]]:
    """Return one citation for each document that a stretch of a line names."""
    if start >= end:
        return []
    begins = {start}
    named = {}
    for name in find_document_names(text, start, end):
        if is_mtus or name.year or ("Guidelines" in name.name and not is_of_several(name.name)):
            begins.add(name.start)
            named[name.start] = name
    if not is_mtus:
        begins |= _other_begins(text, start, end)
    ordered = sorted(begins)
    found = []
    for index, begin in enumerate(ordered):
        until = ordered[index + 1] if index + 1 < len(ordered) else end
        span = _trim(text, begin, until)
        if span.start < span.end and _LETTERS.search(text, span.start, span.end):
            found.extend(_read(text, span, named.get(begin), is_mtus=is_mtus))
    return found


def _other_begins(text: str, start: int, end: int) -> set[int]:
    """Return where sources other than the MTUS begin in a line."""
    begins = set()
    for match in _BEGINS.finditer(text, start, end):
        before = text[max(start, match.start() - 5) : match.start()]
        if not before.rstrip(" /").endswith("MTUS"):
            begins.add(match.start())
    return begins


def _read(text: str, span: Span, named: DocumentName | None, *, is_mtus: bool) -> list[tuple[Citation, Span]]:
    printed = text[span.start : span.end]
    if named is not None:
        return [(_mtus(printed, text[named.end : span.end], named), span)]
    if _ODG.match(printed):
        return _odg(text, span)
    if _ACOEM.match(acoem_first(printed)):
        return [(_acoem(printed), span)]
    citation = _free(printed)
    if is_mtus and citation.kind is CitationKind.OTHER:
        citation = replace(citation, kind=CitationKind.MTUS)
    return [(citation, span)]


def _clean(text: str) -> str:
    return fold(text).strip(" ,;:.-–")


def _mtus(printed: str, tail: str, named: DocumentName) -> Citation:
    known = known_document(named.name, named.year)
    pages, rest = read_pages(without_remarks(tail))
    label = _SECTION_LABEL.search(rest)
    names = _clean(rest[label.end() :]) if label else bare_section(_clean(rest))
    sections = split_sections(names, one=label is None)
    number = named.chapter or (known.chapter_number if known else None)
    return Citation(
        kind=CitationKind.MTUS,
        printed=printed,
        document=known.document if known else None,
        title=named.name,
        edition=named.year or (known.edition if known else None),
        edition_printed=named.year is not None,
        chapter_number=number,
        chapter=named.name if number else None,
        sections=sections,
        pages=pages,
    )


def _edition(text: str) -> tuple[str | None, str]:
    """Return the date or year that a citation gives for its edition, and the rest."""
    match = _EDITION_DATE.search(text) or _YEAR.search(text)
    if match is None:
        return None, text
    edition = match["date"] if "date" in match.re.groupindex else match["year"]
    return edition, text[: match.start()] + " " + text[match.end() :]


def _odg(text: str, span: Span) -> list[tuple[Citation, Span]]:
    """Return one citation for each chapter that a mention of the guidelines names."""
    mark = _ODG.match(text, span.start, span.end)
    begin = mark.end() if mark else span.start
    pages, _ = read_pages(text[begin : span.end])
    body = PART_OF_MTUS.sub(_blanked, PAGES.sub(_blanked, text[begin : span.end]))
    found = []
    for index, part in enumerate(read_odg(body)):
        start = span.start if index == 0 else begin + part.start
        place = _trim(text, start, begin + part.end)
        citation = Citation(
            kind=CitationKind.ODG,
            printed=text[place.start : place.end],
            document="odg",
            title="Official Disability Guidelines",
            edition=part.edition,
            edition_printed=part.edition is not None,
            chapter=part.chapter,
            sections=part.topics,
            pages=pages,
        )
        found.append((citation, place))
    return found


def _blanked(match: re.Match[str]) -> str:
    """Return as many blanks as a match has characters, so that offsets hold."""
    return " " * len(match.group(0))


def _acoem(printed: str) -> Citation:
    """Return a mention of the ACOEM guidelines; without edition or title of a chapter, of no document."""
    pages, rest = read_pages(without_remarks(_ACOEM.sub("", acoem_first(printed), count=1)))
    ordinal = _ORDINAL_EDITION.search(rest)
    edition, rest = _edition(rest)
    title = find_chapter(rest)
    is_third = bool(ordinal and ordinal["ordinal"].lower() in ("3rd", "third")) or bool(
        _THIRD_ONLY.search(rest)
    )
    chapter = _CHAPTER.search(rest)
    by_number = chapter_title(int(chapter["number"])) if chapter and not is_third else None
    is_second = not is_third and (bool(ordinal) or edition == "2004" or bool(title or by_number))
    if title:
        rest = f"{rest[: title[0].start]} {rest[title[0].end :]}"
    for pattern in (_CHAPTER, _ORDINAL_EDITION, _ACOEM_WORDS):
        rest = pattern.sub(" ", rest)
    number = int(chapter["number"]) if chapter else None
    return Citation(
        kind=CitationKind.ACOEM,
        printed=printed,
        document="acoem-3rd" if is_third else "acoem-2004" if is_second else None,
        title="ACOEM Practice Guidelines",
        edition=edition or ("3rd" if is_third else "2nd" if is_second else None),
        edition_printed=bool(edition or ordinal),
        chapter_number=number or (title[0].chapter if title else None),
        chapter=title[0].name if title else by_number,
        sections=split_sections(_ACOEM_EDGE.sub("", _clean(rest)), one=True),
        pages=pages,
    )


def _free(printed: str) -> Citation:
    """Return a source that is none of the known guidelines, by what it looks like."""
    url = _URL.search(printed)
    address = url.group(0).rstrip(".,") if url else None
    stray = _STRAY.fullmatch(printed)
    if stray:
        printed_inner = stray["inner"]
        year = _YEAR.search(printed_inner)
        return Citation(
            kind=CitationKind.OTHER,
            printed=printed,
            title=_clean(_YEAR.sub("", printed_inner)),
            edition=year["year"] if year else None,
            edition_printed=year is not None,
        )
    body = _clean(_URL.sub(" ", _OTHER_MARK.sub(" ", printed)))
    base = Citation(kind=CitationKind.OTHER, printed=printed, title=body or None, url=address)
    if _LABEL.search(printed):
        drug = _clean(re.sub(r"\bFDA\b|\bPrescribing\s+Information\b|\(\s*\)", " ", body))
        return replace(
            base,
            kind=CitationKind.DRUG_LABEL,
            document="fda-label",
            title="FDA prescribing information",
            sections=(drug,) if drug else (),
        )
    if _STATUTE.search(printed):
        return replace(base, kind=CitationKind.STATUTE)
    year = _YEAR.search(body)
    if _JOURNAL.search(printed):
        return replace(
            base,
            kind=CitationKind.JOURNAL,
            edition=year["year"] if year else None,
            edition_printed=year is not None,
        )
    if address:
        return replace(base, kind=CitationKind.WEB)
    return replace(base, edition=year["year"] if year else None, edition_printed=year is not None)
