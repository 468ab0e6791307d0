"""Pages of a record, or a letter's clinical summary, as facts."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import attrgetter

from openimr.facts.assertions import Decision
from openimr.facts.belonging import other_patients
from openimr.facts.circumstances import circumstances
from openimr.facts.clinical import clinical_fact
from openimr.facts.concepts import Mention
from openimr.facts.conflicts import find_conflicts
from openimr.facts.drug_tests import illicit_results, tested_drug
from openimr.facts.drug_use import drug_use_of
from openimr.facts.medications import ends_particulars, is_measured, is_screened, medication_fact, screened
from openimr.facts.operated import operated
from openimr.facts.person import person_facts
from openimr.facts.reading import SECOND_HAND, PageReading, read_page
from openimr.facts.scores import pain_scores
from openimr.facts.treatments import attended_sessions, treatment_fact
from openimr.facts.triggers import Says
from openimr.terms.facts import DONE_IN, REPORTED_BY, SHOWN_BY, Assertion, Fact, FactKind, Facts
from openimr.terms.records import Exhibit, ExhibitType, Page, ReadBy

_ASKED = {
    Says.REQUESTED: (FactKind.REQUEST, "requested"),
    Says.DENIED: (FactKind.DENIAL, "denied"),
    Says.MODIFIED: (FactKind.DENIAL, "modified"),
    Says.AUTHORIZED: (FactKind.REQUEST, "authorized"),
}
# Reports of these tell what was seen on a study.
_STUDIES = frozenset({ExhibitType.IMAGING, ExhibitType.ELECTRODIAGNOSTIC})
# Reports of these tell what was done on their day.
_ACTS = frozenset({ExhibitType.OPERATIVE_REPORT, ExhibitType.THERAPY_NOTES})
# Mentions behind a drug among which the next drug is looked for.
_NEAR = 7
_CARE = frozenset({FactKind.TREATMENT, FactKind.IMAGING})
_start_of = attrgetter("seen_at.start")


def extract_facts(
    pages: Sequence[Page], exhibits: Sequence[Exhibit] = (), *, patient: str | None = None
) -> Facts:
    """Return every fact of the pages, in reading order, with use of drugs and conflicts.

    Every quotation stands at its place word for word. A page that could not
    be read has no facts: it says nothing, neither yes nor no. Nor has a page
    of another patient; the conflict that names it stands first.

    Args:
        pages: The pages of a case file, or ``pages_of_summary``.
        exhibits: The exhibit list, which gives dates of service and kinds of document.
        patient: Whose file it is; else the patient whom most exhibits name.

    Example:
        >>> found = extract_facts(pages_of_summary("There is no spasticity. Baclofen 10 mg #90 was denied."))
        >>> [(f.kind.value, f.name, f.assertion.value) for f in found.facts[:2]]
        [('diagnosis', 'spasticity', 'absent'), ('medication', 'baclofen', 'requested')]
    """
    of_page = {page: exhibit for exhibit in exhibits for page in exhibit.pages}
    others, misfiled = other_patients(pages, exhibits, patient)
    facts: list[Fact] = []
    for page in pages:
        if page.text and page.bundle_page not in others:
            facts += _facts_of(read_page(page, of_page.get(page.bundle_page)))
    return Facts(
        facts=tuple(facts), conflicts=(*misfiled, *find_conflicts(facts)), drug_use=drug_use_of(facts)
    )


def pages_of_summary(text: str) -> tuple[Page]:
    """Return the clinical summary of a letter as the one page of a document of its own."""
    document = hashlib.sha256(text.encode()).hexdigest()
    return (Page(document=document, number=1, bundle_page=1, text=text, read_by=ReadBy.TEXT_LAYER),)


def _facts_of(reading: PageReading) -> list[Fact]:
    listed = [*operated(reading)]
    facts = [*person_facts(reading), *pain_scores(reading), *attended_sessions(reading), *listed]
    facts += [*circumstances(reading), *illicit_results(reading)]
    mentions = reading.mentions
    for at, mention in enumerate(mentions):
        if at and _is_other_name(reading, mentions[at - 1], mention):
            continue
        if _is_reason(mention, listed):
            continue
        facts += _facts_of_mention(reading, mention, _following(reading, mentions, at))
    facts.sort(key=lambda f: (f.seen_at.start, f.seen_at.end))
    if reading.exhibit and reading.exhibit.type in _STUDIES:
        facts = [_of_study(reading, f, reading.exhibit.type) for f in facts]
    if reading.exhibit and reading.exhibit.type in _ACTS:
        facts = [_of_act(f, reading.exhibit.type) for f in facts]
    if reading.exhibit and reading.exhibit.type in SECOND_HAND:
        return [replace(f, detail=(*f.detail, (REPORTED_BY, reading.exhibit.type.value))) for f in facts]
    return facts


def _of_study(reading: PageReading, fact: Fact, study: ExhibitType) -> Fact:
    """Return a diagnosis that the report of a study gives as what it found, marked as such."""
    section = reading.sections[reading.number_at(fact.seen_at.start)]
    found = fact.kind is FactKind.DIAGNOSIS and fact.assertion is Assertion.PRESENT
    if not found or section not in ("results", "diagnoses"):
        return fact
    return replace(fact, detail=(*fact.detail, (SHOWN_BY, study.value)))


def _of_act(fact: Fact, act: ExhibitType) -> Fact:
    """Return a treatment that its report tells as done, marked as such; "status post" is none."""
    is_done = fact.kind is FactKind.TREATMENT and fact.assertion in (Assertion.PRESENT, Assertion.HISTORICAL)
    if not is_done or "said_by" in dict(fact.detail):
        return fact
    return replace(fact, detail=(*fact.detail, (DONE_IN, act.value)))


def _is_reason(mention: Mention, listed: Sequence[Fact]) -> bool:
    """Return whether a disorder is named within an operation that is an item of a list of its own."""
    if mention.concept.kind is not FactKind.DIAGNOSIS:
        return False
    at = bisect_right(listed, mention.start, key=_start_of) - 1
    return at >= 0 and mention.start < listed[at].seen_at.end


def _following(reading: PageReading, mentions: Sequence[Mention], at: int) -> Mention | None:
    """Return the next mention, behind a drug the next that ends its particulars if one is near."""
    mention = mentions[at]
    is_drug = mention.concept.kind is FactKind.MEDICATION
    near = mentions[at + 1 : at + (_NEAR if is_drug else 3)]
    behind = [m for m in near if not _is_other_name(reading, mention, m)]
    if is_drug:
        behind = [m for m in behind if ends_particulars(reading, m)] or behind
    return behind[0] if behind else None


def _is_other_name(reading: PageReading, first: Mention, second: Mention) -> bool:
    """Return whether a drug or a disorder is named again in brackets: "cyclobenzaprine (Flexeril)"."""
    if first.concept.drug is None or second.concept.drug is None:
        is_disorder = first.concept.kind is second.concept.kind is FactKind.DIAGNOSIS
        same = is_disorder and first.concept.name == second.concept.name
    else:
        same = first.concept.drug.ingredients == second.concept.drug.ingredients
    return same and reading.text[first.end : second.start].strip() == "("


def _facts_of_mention(reading: PageReading, mention: Mention, following: Mention | None) -> Iterator[Fact]:
    number = reading.number_at(mention.start)
    found: tuple[Fact, Decision] | None
    if mention.concept.kind is FactKind.TREATMENT and reading.letterheads.hold(mention.start, mention.end):
        return
    if mention.concept.kind is FactKind.MEDICATION and is_measured(reading, mention, number):
        return
    if mention.concept.kind is FactKind.MEDICATION and is_screened(reading, number):
        yield screened(reading, mention, number)
        return
    if mention.concept.kind is FactKind.MEDICATION and (tested := tested_drug(reading, mention, number)):
        yield tested
        return
    if mention.concept.kind is FactKind.MEDICATION:
        found = medication_fact(reading, mention, number, following)
    elif mention.concept.kind in _CARE:
        found = treatment_fact(reading, mention, number, following)
    else:
        fact = clinical_fact(reading, mention, number)
        if fact:
            yield fact
        return
    if found:
        fact, decision = found
        yield fact
        if decision.says in _ASKED:
            yield _asked(fact, decision)


def _asked(fact: Fact, decision: Decision) -> Fact:
    """Return the request or denial that a treatment is the object of."""
    kind, action = _ASKED[decision.says]
    kept = tuple(item for item in fact.detail if item[0] in ("strength", "quantity", "body_part", "side"))
    return Fact(
        kind=kind,
        name=fact.name,
        assertion=Assertion.REQUESTED,
        quote=fact.quote,
        seen_at=fact.seen_at,
        dated=fact.dated,
        dated_by=fact.dated_by,
        value=fact.value,
        unit=fact.unit,
        detail=(("of", fact.kind.value), ("action", action), *kept),
    )
