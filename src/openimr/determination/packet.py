"""The reviewer's packet: exhibits, chronology, criteria with evidence, and every page.

One HTML page that needs nothing else. Each statement links to the page it was
read from, where its words are marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from html import escape
from importlib.resources import files
from urllib.parse import quote

import jinja2
from markupsafe import Markup

from openimr.determination.places import PRINTED, PageIndex, index_pages
from openimr.determination.summary import named
from openimr.terms.errors import CaseError
from openimr.terms.facts import Assertion, Fact
from openimr.terms.findings import TopicEvaluation
from openimr.terms.places import Place
from openimr.terms.records import Page
from openimr.terms.review import Review
from openimr.terms.reviewer import Assignment

_STATUS_WORDS = {
    "met": "Met",
    "not_met": "Not met",
    "not_documented": "Not documented",
    "not_applicable": "Not applicable",
}


@cache
def _template() -> jinja2.Template:
    source = files("openimr.determination").joinpath("packet.html").read_text(encoding="utf-8")
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    return environment.from_string(source)


def packet(review: Review, *, records_folder: str = "records") -> str:
    """Return the packet of a review as one HTML page.

    Args:
        review: A review that came as far as a draft.
        records_folder: Where, seen from the packet, the source files stand.

    Raises:
        CaseError: The review ended before its case file was read.
    """
    if review.case_file is None or review.facts is None or review.draft is None:
        raise CaseError(
            asked=f"Write the packet of case {review.case.case.number}",
            found="the review ended before its case file was read.",
            remedy="Read the reasons of the review.",
        )
    index = index_pages(review.case_file)
    quoted = _quoted_spans(review)
    names = {f.sha256: f.name for f in review.case_file.manifest.files}
    return _template().render(
        review=review,
        case=review.case,
        manifest=review.case_file.manifest,
        exhibits=review.case_file.exhibits,
        assignment=review.assignment if isinstance(review.assignment, Assignment) else None,
        chronology=_chronology(review.facts.facts, index),
        uses=review.facts.drug_use,
        conflicts=[(c, _links(c.places, index)) for c in review.facts.conflicts],
        disputes=[(d, [_topic_rows(e, index, review) for e in d.evaluations]) for d in review.draft.disputes],
        pages=[
            (
                p,
                index.exhibits.get(p.bundle_page),
                _marked(p, quoted.get((p.document, p.number), [])),
                f"{records_folder}/{quote(names[p.document])}#page={p.number}",
            )
            for p in review.case_file.pages
        ],
        status_words=_STATUS_WORDS,
        links=lambda places: _links(places, index),
    )


def _links(places: Iterable[Place], index: PageIndex) -> Markup:
    """Return links to the pages of places, each page once."""
    pages = dict.fromkeys(page for place in places if (page := index.bundle_page(place)) is not None)
    return Markup(" ").join(Markup('<a href="#page-{0}">p. {0}</a>').format(page) for page in pages)


def _chronology(
    facts: Iterable[Fact], index: PageIndex
) -> list[tuple[str, list[tuple[str, str, str, Markup]]]]:
    """Return what the record says about the patient, day by day, undated last."""
    days: dict[date, dict[tuple[str, str, str], list[Place]]] = {}
    for fact in facts:
        if fact.assertion in (Assertion.GUIDELINE, Assertion.FAMILY, Assertion.HYPOTHETICAL):
            continue
        row = (fact.kind.value.replace("_", " "), named(fact), fact.assertion.value.replace("_", " "))
        days.setdefault(fact.dated or date.max, {}).setdefault(row, []).append(fact.seen_at)
    return [
        (
            "Undated" if day == date.max else day.isoformat(),
            [(*row, _links(places, index)) for row, places in rows.items()],
        )
        for day, rows in sorted(days.items())
    ]


def _topic_rows(
    evaluation: TopicEvaluation, index: PageIndex, review: Review
) -> tuple[TopicEvaluation, list[tuple[object, list[tuple[str, int]]]]]:
    """Return a topic with its findings, each with the words it relies on and their page."""
    texts = {(p.document, p.number): p.text for p in review.case_file.pages} if review.case_file else {}
    rows: list[tuple[object, list[tuple[str, int]]]] = []
    for finding in evaluation.findings:
        quotes = []
        for place in dict.fromkeys(finding.evidence):
            page = index.bundle_page(place)
            if page is not None:
                words = texts[(place.document, place.page)][place.start : place.end]
                quotes.append((" ".join(words.split()), page))
        rows.append((finding, quotes))
    return evaluation, rows


def _quoted_spans(review: Review) -> dict[tuple[str, int], list[tuple[int, int]]]:
    """Return the spans of every fact by document and page."""
    found: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for fact in review.facts.facts if review.facts else ():
        place = fact.seen_at
        found.setdefault((place.document, place.page), []).append((place.start, place.end))
    return found


def _marked(page: Page, spans: list[tuple[int, int]]) -> Markup:
    """Return a page's text with the quoted words marked; overlapping marks become one."""
    parts: list[str] = []
    reached = 0
    for start, end in _merged(spans):
        parts.append(escape(page.text[reached:start]))
        parts.append(f"<mark>{escape(page.text[start:end])}</mark>")
        reached = end
    parts.append(escape(page.text[reached:]))
    return Markup("".join(parts))  # every part was escaped above


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def link_pages(html: str, packet_name: str = "packet.html") -> str:
    """Return a letter's HTML in which every printed page number opens that page of the packet."""

    def linked(match: re.Match[str]) -> str:
        numbers = match.group(1).split(", ")
        links = ", ".join(f'<a href="{packet_name}#page-{n}">{n}</a>' for n in numbers)
        return match.group(0).replace(match.group(1), links)

    return PRINTED.sub(linked, html)
