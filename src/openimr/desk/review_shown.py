"""A draft as its page shows it: every sentence with links that open the page it was read from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode

from openimr.casework.case_state import CaseState
from openimr.casework.events import Recorded
from openimr.casework.events_review import DraftPrepared
from openimr.desk import readings
from openimr.desk.models import Case
from openimr.determination.places import PageIndex
from openimr.formats import from_json
from openimr.letters.paragraphs import by_matter
from openimr.terms.determination import Draft, DraftDispute, Sentence
from openimr.terms.findings import Finding, TopicEvaluation
from openimr.terms.places import Place, Verification

# more links than these behind one sentence are told by their number
MOST_LINKS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A page of the file where something stands, opened with its words marked."""

    words: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A sentence with the pages it was read from."""

    text: str
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One row of the criteria table."""

    finding: Finding
    links: tuple[Link, ...]
    recalled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One topic of the guidelines with its criteria."""

    evaluation: TopicEvaluation
    answers: tuple[Answer, ...]
    recalled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One dispute of a draft as its page shows it."""

    dispute: DraftDispute
    topics: tuple[Topic, ...]
    rationale: tuple[Said, ...]
    speaks_for: tuple[Said, ...]
    speaks_against: tuple[Said, ...]
    missing: tuple[Said, ...]
    points: tuple[tuple[str, tuple[Said, ...]], ...]


class Pages:
    """Finds the page of the bundle on which a place stands, in the reading that was closed for review."""

    def __init__(self, case: Case, state: CaseState) -> None:
        self._number = case.number
        reading = readings.sealed(case, state)
        bundle: dict[tuple[str, int], int] = {}
        exhibits: dict[int, int] = {}
        if reading is not None:
            rows = reading.pages.values_list("document", "document_page", "number")
            bundle = {(document, page): number for document, page, number in rows}
            exhibits = {page: e.id for e in readings.exhibits_of(reading) for page in (*e.pages, *e.also_at)}
        self._index = PageIndex(bundle, exhibits)
        self.is_read = reading is not None

    def links(self, places: Iterable[Place]) -> tuple[Link, ...]:
        """Return a link to each place, each page once."""
        found: dict[int, Link] = {}
        for place in places:
            page = self._index.bundle_page(place)
            if page is None or page in found:
                continue
            exhibit = self._index.exhibit(place)
            lead = f"Exhibit {exhibit}, " if exhibit is not None else ""
            address = reverse("case-page", args=[self._number, page])
            query = urlencode({"start": place.start, "end": place.end})
            found[page] = Link(words=f"{lead}page {page}", href=f"{address}?{query}")
        return tuple(found.values())[:MOST_LINKS]

    def told(self, sentences: Iterable[Sentence]) -> tuple[tuple[Said, ...], ...]:
        """Return the sentences of a summary in the paragraphs in which the letter prints them."""
        return by_matter((one.text, one) for one in self.said(sentences))

    def said(self, sentences: Iterable[Sentence]) -> tuple[Said, ...]:
        """Return sentences with their links."""
        return tuple(Said(text=s.text, links=self.links(s.places)) for s in sentences)


def draft_in(log: Iterable[Recorded], state: CaseState) -> Draft | None:
    """Return the draft of a case as its log holds it, None where there is none."""
    if state.draft is None:
        return None
    for one in log:
        if isinstance(one.event, DraftPrepared) and one.event.draft.sha256 == state.draft.sha256:
            text = one.event.draft.json
            return from_json(text, Draft, name="the draft") if text else None
    return None


def shown(dispute: DraftDispute, pages: Pages) -> Shown:
    """Return one dispute of a draft as its page shows it."""
    return Shown(
        dispute=dispute,
        topics=tuple(_topic(e, pages) for e in dispute.evaluations),
        rationale=pages.said(dispute.rationale),
        speaks_for=pages.said(dispute.speaks_for),
        speaks_against=pages.said(dispute.speaks_against),
        missing=pages.said(dispute.missing),
        points=tuple((p.said, pages.said(p.answers)) for p in dispute.payer_points),
    )


def _topic(evaluation: TopicEvaluation, pages: Pages) -> Topic:
    verified = evaluation.verified
    return Topic(
        evaluation=evaluation,
        answers=tuple(
            Answer(
                finding=f,
                links=pages.links(f.evidence),
                recalled=f.verified.how is Verification.RECALLED,
            )
            for f in evaluation.findings
        ),
        recalled=verified is not None and verified.how is Verification.RECALLED,
    )
