"""What a record answers to a question: a value with its places, or silence.

Source:
    The facts of the record; 8 CCR 9792.10.6(b)(2) for what a denial alone reports.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from openimr.facts.dating import SENTENCE
from openimr.guidelines.members import drug_of
from openimr.guidelines.same_part import is_of_the_part
from openimr.terms.facts import DONE_IN, SHOWN_BY, Assertion, DrugUse, Fact, FactKind, Facts
from openimr.terms.places import Place, Verified
from openimr.terms.records import ExhibitType
from openimr.terms.treatment import Treatment, TreatmentKind
from openimr.vocabulary.drugs import all_drugs


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The record, the treatment that is asked about, and the day of the request."""

    facts: Facts
    treatment: Treatment
    on: date | None

    @property
    def judged_on(self) -> date | None:
        """The day on which the treatment is judged: that of a service given already, else the request's."""
        return self.treatment.date_of_service or self.on


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the record answers: a value with its places, or silence (None).

    ``refuted`` names values of a set question that the record expressly
    denies. ``is_least`` marks a number that is the least the record shows,
    ``is_most`` one that is the most it can be (the time since the last that is
    recorded). ``is_looked_for`` is False where nobody searched the record.
    ``verified`` tells how a figure or list beside the record was checked.
    ``one_of`` are the sets that each may be meant, where one of several is:
    a part of the body, of all that the record speaks of.
    """

    value: bool | float | str | frozenset[str] | None
    because: str
    places: tuple[Place, ...] = ()
    refuted: frozenset[str] = frozenset()
    refuted_at: tuple[Place, ...] = ()
    is_least: bool = False
    is_most: bool = False
    is_looked_for: bool = True
    verified: Verified | None = None
    shown_by: tuple[tuple[str, Fact], ...] = ()
    """For a set, each of its words with a fact that it was read from."""
    denied_by: tuple[tuple[str, Fact], ...] = ()
    one_of: tuple[frozenset[str], ...] = ()


Question = Callable[[Asked], Answer]

SAID = frozenset({Assertion.PRESENT, Assertion.HISTORICAL})

SURGICAL = ("surgery", "arthroscopy", "fusion", "repair", "release", "replacement", "ectomy", "fixation")
"""Endings of the names under which records tell of an operation."""
_THERAPY = ExhibitType.THERAPY_NOTES.value

NOT_SEARCHED = Answer(
    value=None,
    because="The record was not searched for this; a person must read it for it.",
    is_looked_for=False,
)


def silent(what: str) -> Answer:
    """Return the answer of a record that does not say."""
    return Answer(value=None, because=f"The record does not say {what}.")


def of_the_part(asked: Asked) -> str:
    """Return the words that bound what a record does not say to the part that is asked about."""
    return " of the part asked about" if asked.treatment.body_parts else ""


def places_of(facts: Iterable[Fact]) -> tuple[Place, ...]:
    """Return the places of some facts, each once."""
    return tuple(dict.fromkeys(f.seen_at for f in facts))


# What was done for the patient, and what it brought: what comes behind the request is no ground for it.
_CARE = frozenset({FactKind.MEDICATION, FactKind.TREATMENT, FactKind.FUNCTION})


def facts_of(asked: Asked, kind: FactKind, *names: str) -> list[Fact]:
    """Return the facts of a kind that the clinical record itself states of the part asked about.

    What only the denial or another paper of the dispute reports proves nothing:
    a determination may not rest on it (8 CCR 9792.10.6(b)(2)). What is dated
    behind a service given already says nothing about that service, and care
    that is dated behind the request nothing about what came before it.
    """
    last = asked.judged_on if kind in _CARE else asked.treatment.date_of_service
    wanted = (f for f in asked.facts.facts if f.kind is kind and not f.is_reported)
    in_time = (f for f in wanted if last is None or f.dated is None or f.dated <= last)
    named = (f for f in in_time if not names or f.name in names)
    return [f for f in named if is_of_the_part(asked.treatment, f)]


def has_own_day(fact: Fact) -> bool:
    """Whether the day of a treatment is its own: told beside it, or that of the report on it.

    The day of a visit that tells of an old operation is not the operation's,
    and notes of therapy do none.
    """
    done_in = dict(fact.detail).get(DONE_IN)
    is_told_only = done_in is None or (done_in == _THERAPY and fact.name.endswith(SURGICAL))
    return fact.dated_by in (None, SENTENCE) or not is_told_only


def seen_on_studies(asked: Asked) -> list[Fact]:
    """Return the diagnoses that reports of imaging and nerve studies give as what they found."""
    return [f for f in facts_of(asked, FactKind.DIAGNOSIS) if dict(f.detail).get(SHOWN_BY)]


def disputed(asked: Asked, about: str) -> list[Fact]:
    """Return the facts that disagree on something, as the conflicts of the record tell."""
    places = {place for c in asked.facts.conflicts if c.about == about for place in c.places}
    return [f for f in asked.facts.facts if f.seen_at in places]


def listed(facts: Iterable[Fact]) -> str:
    """Return the names of some facts in a row, each once."""
    return ", ".join(dict.fromkeys(f.name.replace("_", "/") for f in facts))


def told(asked: Asked, *names: str) -> list[Fact]:
    """Return the circumstances of some names that the record tells, now or once."""
    return [f for f in facts_of(asked, FactKind.CIRCUMSTANCE, *names) if f.assertion in SAID]


def yes(because: str, facts: Iterable[Fact]) -> Answer:
    """Return the answer yes with its reason and its places."""
    return Answer(value=True, because=because, places=places_of(facts))


def is_told(*names: str, what: str) -> Question:
    """Return the question whether the record tells a circumstance; it never answers no."""
    return is_shown(FactKind.CIRCUMSTANCE, names, what)


def since_last(asked: Asked, facts: Iterable[Fact], days_in_unit: float, unit: str, what: str) -> Answer:
    """Return the time since the last of some facts: the most it can be, for a later one may be missing."""
    day = asked.judged_on
    dated = [(f.dated, f) for f in facts if f.dated and day and f.dated <= day and _is_dated(f)]
    if not dated or day is None:
        return silent(what)
    last_on, last = max(dated, key=lambda row: row[0])
    count = (day - last_on).days / days_in_unit
    because = f"The record shows {last.name} on {last_on}, {count:.1f} {unit} before."
    return Answer(value=count, because=because, places=(last.seen_at,), is_most=True)


def _is_dated(fact: Fact) -> bool:
    return fact.kind is not FactKind.TREATMENT or has_own_day(fact)


# A report on the patient is due every 45 days: of a time without two of them in a row nothing is known.
_LONGEST_GAP_DAYS = 92


def unbroken(days: Iterable[date], ends: Iterable[date] = ()) -> list[tuple[date, date]]:
    """Return the spans that some days make, first and last, parted by long gaps and by what ends them.

    Args:
        days: The days on which something is told.
        ends: The days on which the opposite is told.

    Source:
        8 CCR 9785(f)(8) for the 45 days, recalled; that two make a gap is ours.
    """
    spans: list[tuple[date, date]] = []
    opposite = tuple(ends)
    for day in sorted(set(days)):
        last = spans[-1][1] if spans else None
        if (
            last is None
            or (day - last).days > _LONGEST_GAP_DAYS
            or any(last <= end <= day for end in opposite)
        ):
            spans.append((day, day))
        else:
            spans[-1] = (spans[-1][0], day)
    return spans


def yes_or_no(asked: Asked, kind: FactKind, names: tuple[str, ...], what: str) -> Answer:
    """Return the latest statement on something; two on one day that disagree are silence."""
    found = [f for f in facts_of(asked, kind, *names) if f.assertion in (Assertion.PRESENT, Assertion.ABSENT)]
    if not found:
        return silent(what)
    latest = max((f.dated or date.min) for f in found)
    last = [f for f in found if (f.dated or date.min) == latest]
    said = {f.assertion for f in last}
    when = f" on {latest.isoformat()}" if latest != date.min else ""
    if len(said) > 1:
        return Answer(
            value=None, because=f"The record contradicts itself{when} on {what}.", places=places_of(last)
        )
    is_there = said == {Assertion.PRESENT}
    word = "documents" if is_there else "expressly denies"
    return Answer(value=is_there, because=f"The record{when} {word} {last[0].name}.", places=places_of(last))


def is_recorded(kind: FactKind, names: tuple[str, ...], what: str) -> Question:
    """Return the question whether something was recorded at all, found or denied."""

    def question(asked: Asked) -> Answer:
        found = [f for f in facts_of(asked, kind, *names) if f.assertion in (*SAID, Assertion.ABSENT)]
        if not found:
            return silent(what)
        return Answer(value=True, because=recorded(found), places=places_of(found))

    return question


def was_done(name: str, what: str) -> Question:
    """Return the question whether a check was ever done: yes, no where the record says not, else silence."""

    def question(asked: Asked) -> Answer:
        found = facts_of(asked, FactKind.RISK, name) + facts_of(asked, FactKind.TREATMENT, name)
        done = [f for f in found if f.assertion in SAID]
        denied = [f for f in found if f.assertion is Assertion.ABSENT]
        if done:
            return yes(recorded(done), done)
        if denied:
            return Answer(value=False, because=recorded(denied), places=places_of(denied))
        return silent(what)

    return question


def recorded(found: list[Fact]) -> str:
    """Return what was recorded: what is there, with its results, and what is expressly denied."""
    there = [f for f in found if f.assertion is not Assertion.ABSENT]
    denied = [f for f in found if f.assertion is Assertion.ABSENT]
    results = [r for f in there if (r := dict(f.detail).get("result")) and "drug" not in dict(f.detail)]
    words = f"speaks of {listed(there)}" if there else ""
    words += f" ({', '.join(dict.fromkeys(results))})" if results else ""
    words += " and " if there and denied else ""
    words += f"expressly denies {listed(denied)}" if denied else ""
    return f"The record {words}."


def is_so(kind: FactKind, names: tuple[str, ...], what: str) -> Question:
    """Return the question whether the latest statement affirms or denies something."""

    def question(asked: Asked) -> Answer:
        return yes_or_no(asked, kind, names, what)

    return question


def is_shown(kind: FactKind, names: tuple[str, ...], what: str) -> Question:
    """Return the question whether the record shows something at any time; it never answers no."""

    def question(asked: Asked) -> Answer:
        found = [f for f in facts_of(asked, kind, *names) if f.assertion in SAID]
        if not found:
            return silent(what)
        return Answer(value=True, because=f"The record shows {found[0].name}.", places=places_of(found))

    return question


def requested_drugs(asked: Asked) -> set[str]:
    """Return the ids of the drugs that are the one asked for, in any strength and form.

    The first ingredient of a product says which drug it is: another opioid
    with the same acetaminophen beside it is another drug. Of a compound each
    ingredient is asked for.
    """
    treatment = asked.treatment
    wanted = treatment.ingredients[:1] if drug_of(treatment) else treatment.ingredients
    return {d.id for d in all_drugs() if d.ingredients[0] in wanted} | ({treatment.name or ""} - {""})


# Words for every medication, which stand for the one asked for too.
_ANY_DRUG = frozenset({"medications", "opioids", "NSAIDs", "muscle relaxants"})


def pain_relief(asked: Asked, said: frozenset[Assertion] = SAID) -> list[Fact]:
    """Return the statements on relief of pain, without those that name another treatment as its source."""
    found = [f for f in facts_of(asked, FactKind.FUNCTION, "pain relief") if f.assertion in said]
    treatment = asked.treatment
    own = requested_drugs(asked) if treatment.kind is TreatmentKind.MEDICATION else {treatment.name}
    own |= _ANY_DRUG if treatment.kind is TreatmentKind.MEDICATION else set()
    return [f for f in found if not (of := dict(f.detail).get("of")) or own & set(of.split(", "))]


def uses_of(asked: Asked) -> list[DrugUse]:
    """Return the recorded use of the drugs that are asked for, begun by the day that is judged."""
    names, day = requested_drugs(asked), asked.judged_on
    used = [u for u in asked.facts.drug_use if u.drug in names]
    return [u for u in used if day is None or u.first_seen is None or u.first_seen <= day]


def is_in_use(asked: Asked) -> bool:
    """Whether the record, or the request itself, shows that the patient already had the treatment."""
    treatment = asked.treatment
    if {"additional", "repeat", "refill"} & {q.lower() for q in treatment.qualifiers}:
        return True
    if treatment.kind is TreatmentKind.MEDICATION:
        return any(use.mentions for use in uses_of(asked))
    found = facts_of(asked, FactKind.TREATMENT, *({treatment.name or ""} - {""}))
    return bool(treatment.name) and any(f.assertion in SAID for f in found)


_FAILURE = re.compile(
    r"\b(?:no|not|never|[a-z]+n't|without|insufficient|inadequate|minimal|little|poor|failed|ineffective|unhelpful"
    r"|unsuccessful|worse)\b",
    re.IGNORECASE,
)


def has_failed(fact: Fact) -> bool:
    """Whether the words on a response say that the treatment did not serve or was not borne."""
    return bool(_FAILURE.search(dict(fact.detail).get("response", "").replace("_", " ")))


def class_of(name: str) -> str:
    """Return the class of a drug of the vocabulary, or nothing."""
    return next((d.drug_class for d in all_drugs() if d.id == name), "")


def is_opioid_request(asked: Asked) -> bool:
    """Whether the request is for an opioid."""
    drug = drug_of(asked.treatment)
    return drug is not None and drug.is_opioid
