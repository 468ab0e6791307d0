"""The facts of a record as a chronology: dated entries, each with its page and its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from openimr.facts.chronology_words import TOLD, says_of
from openimr.facts.daily_dose import FactorsOn, mme_per_day
from openimr.facts.dating import SENTENCE
from openimr.facts.encounters import RESULTS, encounters
from openimr.facts.medication_events import medication_events
from openimr.terms.chronology import Entry, EntryKind
from openimr.terms.facts import REPORTED_BY, Assertion, Fact, FactKind, Facts
from openimr.terms.places import Place
from openimr.terms.records import CaseFile, ExhibitType
from openimr.terms.treatment import TreatmentKind
from openimr.vocabulary.requests.services import find_services

_KINDS = {
    FactKind.INJURY: EntryKind.INJURY,
    FactKind.SYMPTOM: EntryKind.COMPLAINT,
    FactKind.PAIN_SCORE: EntryKind.COMPLAINT,
    FactKind.ADVERSE_EFFECT: EntryKind.COMPLAINT,
    FactKind.FINDING: EntryKind.FINDING,
    FactKind.FUNCTION: EntryKind.FINDING,
    FactKind.RISK: EntryKind.FINDING,
    FactKind.DIAGNOSIS: EntryKind.DIAGNOSIS,
    FactKind.IMAGING: EntryKind.IMAGING_RESULT,
    FactKind.WORK_STATUS: EntryKind.WORK_STATUS,
    FactKind.REQUEST: EntryKind.REQUEST,
    FactKind.DENIAL: EntryKind.DENIAL,
}
_TOLD = frozenset({Assertion.PRESENT, Assertion.ABSENT, Assertion.HISTORICAL})
# Groups of drugs and of tests: no course of therapy, and no event that a day could be given to.
_NO_EVENTS = frozenset(
    "medications|opioids|NSAIDs|muscle relaxants|antidepressants|anticonvulsants|laboratory tests"
    "|conservative care".split("|")
)
# What a complaint of pain may hold besides, and still say no more than that there is pain.
_ONLY_WHERE = frozenset({"body_part", "side", "icd10", "said_by", REPORTED_BY})
_DONE_ONCE = frozenset({TreatmentKind.PROCEDURE, TreatmentKind.TEST})
_OF_SURGERY = ("injection", "surgery", "scopy", "ectomy", "plasty", "fusion", "block", "ablation")

# What is done on a day of its own; a report of another day only tells it.
_DONE = frozenset({EntryKind.PROCEDURE, EntryKind.THERAPY, EntryKind.IMAGING_RESULT})
_TELL_THEIR_OWN = RESULTS | {ExhibitType.OPERATIVE_REPORT, ExhibitType.THERAPY_NOTES}


def chronology(facts: Facts, case_file: CaseFile, factors: FactorsOn | None = None) -> tuple[Entry, ...]:
    """Return the entries of a record in the order of their days, those without a day last.

    Only what is told of the patient is an entry: nothing that a guideline
    says, nothing of the family, nothing that is only possible. What a paper
    of the dispute tells is marked as such. The same words on the copy of a
    page are told once, and so is a pain with its score. Statements that disagree all stay, each with the
    conflict beside it.

    Args:
        facts: What was read from the case file.
        case_file: Its pages and exhibits.
        factors: The table of morphine factors of a day; without it no entry has an MME.
    """
    bundle = {(page.document, page.number): page.bundle_page for page in case_file.pages}
    copies = {page for exhibit in case_file.exhibits for page in exhibit.also_at}
    told = [f for f in facts.facts if bundle[f.seen_at.document, f.seen_at.page] not in copies]
    disputed = _conflicts(facts)
    found = list(encounters(case_file))
    concluded = {entry.exhibit for entry in found if entry.kind is EntryKind.IMAGING_RESULT}
    for kind, says, fact in (*_events(told, case_file, concluded), *medication_events(told)):
        page = bundle[fact.seen_at.document, fact.seen_at.page]
        mme = mme_per_day(fact, factors) if factors and kind is not EntryKind.MEDICATION_STOPPED else None
        found.append(_entry(kind, says, fact, page, mme, disputed.get(fact.seen_at, ())))
    order = list(EntryKind)
    found.sort(key=lambda e: (e.on or date.max, order.index(e.kind), e.page, e.seen_at.start))
    return _told_once(found)


def _events(
    facts: Sequence[Fact], case_file: CaseFile, concluded: set[int | None]
) -> Iterator[tuple[EntryKind, str, Fact]]:
    """Yield what is no medication; the title of an image whose conclusion is an entry tells nothing more."""
    images = {e.id for e in case_file.exhibits if e.type in RESULTS and e.id in concluded}
    scored = _scored(facts)
    at_first_hand = {e.id for e in case_file.exhibits if e.type in _TELL_THEIR_OWN}
    for fact in facts:
        kind = _KINDS.get(fact.kind) or _treatment_kind(fact)
        is_asked = kind in (EntryKind.REQUEST, EntryKind.DENIAL)
        if kind is None or not (is_asked or fact.assertion in _TOLD) or _is_silent(fact):
            continue
        if _is_bare_pain(fact) and _spot(fact, *_site(fact)) in scored:
            continue
        if fact.kind is FactKind.IMAGING and fact.seen_at.exhibit in images:
            continue
        if fact.kind is FactKind.RISK and fact.assertion is Assertion.ABSENT and fact.is_reported:
            continue
        own_day = fact.dated_by in (None, SENTENCE) or fact.seen_at.exhibit in at_first_hand
        told = "" if own_day or kind not in _DONE else TOLD
        yield kind, says_of(fact) + told, fact


def _scored(facts: Sequence[Fact]) -> frozenset[tuple[object, ...]]:
    """Return the days, pages and sites whose pain a score tells; each without its side and part too."""
    found: set[tuple[object, ...]] = set()
    for fact in facts:
        if fact.kind is FactKind.PAIN_SCORE and fact.assertion is Assertion.PRESENT:
            part, side = _site(fact)
            found |= {_spot(fact, part, side), _spot(fact, part, None), _spot(fact, None, None)}
    return frozenset(found)


def _is_bare_pain(fact: Fact) -> bool:
    """Return whether a fact says only that there is pain, and perhaps where."""
    said = {key for key, _ in fact.detail}
    is_pain = fact.kind is FactKind.SYMPTOM and fact.name == "pain" and fact.assertion is Assertion.PRESENT
    return is_pain and said <= _ONLY_WHERE


def _site(fact: Fact) -> tuple[str | None, str | None]:
    detail = dict(fact.detail)
    return detail.get("body_part"), detail.get("side")


def _spot(fact: Fact, part: str | None, side: str | None) -> tuple[object, ...]:
    return fact.dated, fact.seen_at.document, fact.seen_at.page, part, side


def _is_silent(fact: Fact) -> bool:
    return dict(fact.detail).get("documentation") == "not_documented"


def _treatment_kind(fact: Fact) -> EntryKind | None:
    """Return whether a treatment is a procedure or a course of therapy; None for what is neither."""
    if fact.kind is not FactKind.TREATMENT or fact.name in _NO_EVENTS:
        return None
    services = find_services(fact.name)
    if any(s.value.kind in _DONE_ONCE for s in services) or fact.name.endswith(_OF_SURGERY):
        return EntryKind.PROCEDURE
    return EntryKind.THERAPY


def _conflicts(facts: Facts) -> dict[Place, tuple[str, ...]]:
    found: dict[Place, tuple[str, ...]] = {}
    for conflict in facts.conflicts:
        for place in conflict.places:
            found[place] = (*found.get(place, ()), f"{conflict.about}: {conflict.says}")
    return found


def _entry(
    kind: EntryKind, says: str, fact: Fact, page: int, mme: float | None, conflicts: tuple[str, ...]
) -> Entry:
    detail = dict(fact.detail)
    return Entry(
        on=fact.dated,
        dated_by=fact.dated_by,
        kind=kind,
        name=fact.name,
        says=says,
        assertion=fact.assertion,
        page=page,
        exhibit=fact.seen_at.exhibit,
        quote=fact.quote,
        seen_at=fact.seen_at,
        value=fact.value,
        unit=fact.unit,
        response=detail.get("response"),
        mme_per_day=mme,
        reported_by=detail.get(REPORTED_BY),
        conflicts=conflicts,
    )


def _told_once(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return the entries without what one exhibit says again of one day in the same words."""
    kept: dict[tuple[object, ...], Entry] = {}
    for entry in entries:
        key = (entry.on, entry.kind, entry.says, entry.exhibit, entry.conflicts)
        kept.setdefault(key, entry)
    return tuple(kept.values())
