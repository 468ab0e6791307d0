"""One page as it was looked at: sentences, sections, triggers, dates, body parts, mentions."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from operator import attrgetter

import re2

from openimr.facts.anatomy import Body
from openimr.facts.boxes import only_ticked
from openimr.facts.compounds import with_compounds
from openimr.facts.concepts import Mention, find_mentions
from openimr.facts.dating import Calendar, find_days, says_now
from openimr.facts.disorders import How
from openimr.facts.letterheads import Letterheads
from openimr.facts.sections import sections_of
from openimr.facts.sentences import Sentence, split_sentences
from openimr.facts.triggers import Says, Scope, Trigger, find_triggers, scopes_of
from openimr.terms.facts import Assertion, Fact, FactKind
from openimr.terms.places import Place
from openimr.terms.records import Exhibit, ExhibitType, Page
from openimr.vocabulary.phrases import Match
from openimr.vocabulary.text import lowered

# Every break is a blank, and a curved apostrophe is a straight one.
_BREAKS = {ord(c): " " for c in "\n\r\t\f\v"} | {0x2018: "'", 0x2019: "'"}
# A sentence with one of these speaks of the patient, whatever stands before it.
# "EXAM: MRI of the left knee", "CT HEAD WITHOUT CONTRAST": the title of a report of images.
_IMAGING_TITLE = re2.compile(
    r"(?:^|\n|exam(?:ination)?:|study:)\s*(?:ct|mri|mra|x-?rays?|ultrasound|(?:two|three|[234]) views?"
    r"|magnetic resonance|computed tomography|radiographs?)\b"
)
_TITLE_REACH = 200
# How far behind a disorder its other name stands in brackets, with a side between.
_GLOSS_REACH = 30
# "Several lesions (hemangioblastoma)": the brackets say which.
_UNNAMED = frozenset({How.LISTED, How.SHOWN})
_start_of = attrgetter("start")
_PATIENT = re2.compile(
    r"\b(?:patient|worker|iw|member|documentation|records|applicant|claimant|employee|he|she|his|her|mr"
    r"|ms|mrs|this case"
    r"|in this|here|we|my|mother|father|parents|explained|discussed)\b"
)
_OPERATION = re2.compile(r"\b(?:prepped and draped|operating (?:room|table|suite)|tourniquet)\b")
_RISK_WORDS = ("risk", "complication", "hazard", "danger")
# A physician who speaks for himself quotes no guideline.
_OWN_WORDS = re2.compile(r"\b(?:given the patient's|given his|given her|we|my|explained)\b")
# Behind one of these a sentence lists diagnoses: a symptom named there is one of them.
_DIAGNOSING = re2.compile(
    r"\b(?:diagnos\w+|impressions?|undergoing treatment for|being treated for|treated for"
    r"|treatment for)\b"
)


@dataclass(slots=True)
class PageReading:
    """What was found on one page; every reader of facts starts from it."""

    page: Page
    exhibit: Exhibit | None
    text: str
    lower: str  # in lower case, with blanks for line ends, every character at its old offset
    sentences: list[Sentence]
    sections: list[str | None]
    calendar: Calendar
    body: Body
    mentions: list[Mention]
    scopes: list[list[Scope]]
    is_guideline: list[bool]
    letterheads: Letterheads
    names_risks: bool = False
    tells_operation: bool = False
    _starts: list[int] = field(default_factory=list)
    _diagnosing: list[int] = field(default_factory=list)
    _first_named: dict[str, int] = field(default_factory=dict)
    _openings: list[int] = field(default_factory=list)

    def mentions_between(self, start: int, end: int) -> list[Mention]:
        """Return the mentions that begin in a span of the page."""
        first = bisect_left(self.mentions, start, key=_start_of)
        return self.mentions[first : bisect_left(self.mentions, end, lo=first, key=_start_of)]

    def opening_of(self, number: int) -> int:
        """Return the number of the sentence that goes on, behind semicolons, to a sentence."""
        return self._openings[number]

    def named_before(self, mention: Mention, *, loosely: bool = False) -> bool:
        """Return whether a disorder was named before, there perhaps with more words.

        Args:
            mention: The disorder.
            loosely: Whether its last word is enough; otherwise a name of several words is one of its own.
        """
        words = self.lower[mention.start : mention.end]
        if " " in words and not loosely:
            return False
        return self._first_named.get(_last_word(words), mention.start) < mention.start

    def follows_disorder(self, mention: Mention) -> bool:
        """Return whether another disorder stands shortly before, in the same sentence."""
        at = bisect_left(self.mentions, mention.start, key=_start_of) - 1
        if at < 0:
            return False
        last = self.mentions[at]
        is_named = last.concept.kind is FactKind.DIAGNOSIS and last.concept.group not in _UNNAMED
        near = mention.start - last.end < _GLOSS_REACH
        return is_named and near and self.number_at(last.start) == self.number_at(mention.start)

    def describes_disorder(self, mention: Mention) -> bool:
        """Return whether a disorder stands right behind: "painful" of "painful ingrown toenail"."""
        at = bisect_right(self.mentions, mention.start, key=_start_of)
        if at >= len(self.mentions):
            return False
        following = self.mentions[at]
        return following.concept.kind is FactKind.DIAGNOSIS and following.start - mention.end <= 1

    def lists_diagnoses(self, number: int, at: int) -> bool:
        """Return whether a sentence has announced diagnoses before an offset."""
        found = bisect_right(self._diagnosing, at) - 1
        return found >= 0 and self._diagnosing[found] >= self.sentences[number].start

    def number_at(self, at: int) -> int:
        """Return the number of the sentence that an offset stands in."""
        return max(bisect_right(self._starts, at) - 1, 0)

    def place(self, start: int, end: int) -> Place:
        """Return a span of this page as a place of the case file."""
        return Place(
            document=self.page.document,
            page=self.page.number,
            start=start,
            end=end,
            exhibit=self.exhibit.id if self.exhibit else None,
        )

    def fact(
        self,
        kind: FactKind,
        name: str,
        start: int,
        end: int,
        *,
        assertion: Assertion = Assertion.PRESENT,
        value: float | None = None,
        unit: str | None = None,
        detail: tuple[tuple[str, str], ...] = (),
        is_care: bool = False,
        of_visit: bool = False,
        dated: bool = True,
    ) -> Fact:
        """Return a fact whose quotation is a span of this page, dated by its sentence."""
        on, by = None, None
        if dated:
            on, by = self.calendar.day_of(
                self.number_at(start),
                start,
                end,
                is_care=is_care,
                is_asked=assertion is Assertion.REQUESTED,
                of_visit=of_visit,
            )
        return Fact(
            kind=kind,
            name=name,
            assertion=assertion,
            quote=self.text[start:end],
            seen_at=self.place(start, end),
            dated=on,
            dated_by=by,
            value=value,
            unit=unit,
            detail=detail,
        )


def read_page(page: Page, exhibit: Exhibit | None) -> PageReading:
    """Return one page with everything on it that facts are made from."""
    text = only_ticked(page.text)
    # Phrases run over line ends: every break becomes one blank, and no offset moves.
    flat = text.translate(_BREAKS)
    lower = lowered(flat)
    sentences = split_sentences(text)
    sections = _sections(text, lower, sentences, exhibit)
    mentions = with_compounds(find_mentions(text, flat), flat)
    starts = [s.start for s in sentences]
    scopes = _scopes(flat, lower, sentences, starts, mentions)
    served_on = (exhibit.date_of_service or exhibit.report_date) if exhibit else None
    calendar = Calendar(
        find_days(flat, lower, sentences, served_on),
        sentences,
        served_on=served_on,
        care_starts=[m.start for m in mentions if m.concept.is_care],
        of_today=_of_today(lower, sentences, exhibit),
    )
    return PageReading(
        page=page,
        exhibit=exhibit,
        text=page.text,
        lower=lower,
        sentences=sentences,
        sections=sections,
        calendar=calendar,
        body=Body(text, lower, [(m.start, m.end) for m in mentions if m.concept.read_by == "test"]),
        mentions=mentions,
        scopes=scopes,
        is_guideline=_guideline_speech(lower, sentences, sections, scopes, calendar),
        letterheads=Letterheads(page.text),
        names_risks=any(word in lower for word in _RISK_WORDS),
        tells_operation=_OPERATION.search(lower) is not None,
        _starts=starts,
        _diagnosing=[m.start() for m in _DIAGNOSING.finditer(lower)],
        _first_named=_first_named(lower, mentions),
        _openings=_openings(sentences),
    )


def _sections(text: str, lower: str, sentences: list[Sentence], exhibit: Exhibit | None) -> list[str | None]:
    """Return the section of each sentence."""
    sections = sections_of(text, sentences)
    if _is_of_images(lower, exhibit):
        # "HEAD:", "SPINE:" head what was seen there, not what a hand examined.
        return ["results" if section == "objective" else section for section in sections]
    return sections


def _is_of_images(lower: str, exhibit: Exhibit | None) -> bool:
    """Return whether a page is the report of an image: so filed, or with such a title and its technique."""
    if exhibit is not None:
        return exhibit.type is ExhibitType.IMAGING
    return _IMAGING_TITLE.search(lower[:_TITLE_REACH]) is not None and "impression" in lower


def _of_today(lower: str, sentences: list[Sentence], exhibit: Exhibit | None) -> frozenset[int]:
    """Return the sentences that speak of the day of their paper; a paper of the dispute retells others."""
    if exhibit is None or exhibit.type in SECOND_HAND:
        return frozenset()
    return frozenset(n for n, sentence in enumerate(sentences) if says_now(lower, sentence))


def _openings(sentences: list[Sentence]) -> list[int]:
    """Return for each sentence the number of the one that goes on to it."""
    found: list[int] = []
    for number, sentence in enumerate(sentences):
        found.append(found[-1] if sentence.goes_on and found else number)
    return found


def _first_named(lower: str, mentions: list[Mention]) -> dict[str, int]:
    """Return where each disorder is named first, by the last word of its name."""
    found: dict[str, int] = {}
    for mention in mentions:
        if mention.concept.kind is FactKind.DIAGNOSIS:
            found.setdefault(_last_word(lower[mention.start : mention.end]), mention.start)
    return found


def _last_word(words: str) -> str:
    word = words[words.rfind(" ") + 1 :]
    return word.removesuffix("es") if word.endswith("sses") else word.removesuffix("s")


def _scopes(
    text: str, lower: str, sentences: list[Sentence], starts: list[int], mentions: list[Mention]
) -> list[list[Scope]]:
    """Return the reaches of the triggers of each sentence.

    A trigger inside a mention ("not working") belongs to the mention and
    decides nothing else.
    """
    grouped: list[list[Match[tuple[Trigger, ...]]]] = [[] for _ in sentences]
    at = 0
    for match in find_triggers(text):
        while at < len(mentions) and mentions[at].end <= match.start:
            at += 1
        if at < len(mentions) and mentions[at].start <= match.start and match.end <= mentions[at].end:
            continue
        if sentences:
            grouped[max(bisect_right(starts, match.start) - 1, 0)].append(match)
    return [scopes_of(lower, s, g) if g else [] for s, g in zip(sentences, grouped, strict=True)]


def _guideline_speech(
    lower: str,
    sentences: list[Sentence],
    sections: list[str | None],
    scopes: list[list[Scope]],
    calendar: Calendar,
) -> list[bool]:
    """Return for each sentence whether it speaks with the words of a guideline.

    Guideline speech goes on to the end of its paragraph, until a sentence
    names the patient or a date.
    """
    found = []
    goes_on = False
    for number, sentence in enumerate(sentences):
        if number and sentences[number - 1].paragraph != sentence.paragraph:
            goes_on = False
        words = lower[sentence.start : sentence.end]
        starts_here = sections[number] == "guideline" or (
            any(s.trigger.says is Says.GUIDELINE for s in scopes[number]) and not _OWN_WORDS.search(words)
        )
        if starts_here:
            goes_on = True
        elif goes_on:
            about_patient = _PATIENT.search(words) is not None
            goes_on = not about_patient and not calendar.in_sentence(number)
        found.append(goes_on)
    return found


ASKING_EXHIBITS = frozenset({ExhibitType.RFA, ExhibitType.IMR_APPLICATION})
"""Documents whose treatments are asked for, unless their words say otherwise."""

SECOND_HAND = frozenset(
    {ExhibitType.UR_DECISION, ExhibitType.IMR_APPLICATION, ExhibitType.CORRESPONDENCE, ExhibitType.FAX_COVER}
)
"""Papers of the dispute, not of the care: what they say about the patient is second-hand."""
