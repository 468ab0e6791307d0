"""The clinical case summary of a draft: what the record says, in order, each with its page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from openimr.determination.phrases import NO_FACTS, connecting
from openimr.facts.chronology_words import says_of
from openimr.facts.daily_dose import dose_words
from openimr.facts.medication_events import is_stop
from openimr.terms.determination import Sentence, SentenceOrigin
from openimr.terms.facts import Assertion, Conflict, DrugUse, Fact, FactKind, Facts
from openimr.terms.places import Place

_NOT_ABOUT_PATIENT = frozenset({Assertion.FAMILY, Assertion.GUIDELINE, Assertion.HYPOTHETICAL})
# A summary is read in a minute: later visits say more than earlier ones.
_MOST_VISITS = 4
# What is told of a visit, in the order of a physician's note.
_OF_VISITS = {
    FactKind.SYMPTOM: "complaints of",
    FactKind.PAIN_SCORE: "pain of",
    FactKind.FINDING: "on examination:",
    FactKind.FUNCTION: "function:",
    FactKind.WORK_STATUS: "work status:",
    FactKind.ADVERSE_EFFECT: "adverse effects:",
    FactKind.RISK: "risks and monitoring:",
}
# Words that name no treatment of their own; what they stand for is listed by name.
_TOO_GENERAL = frozenset({"medications", "opioids", "NSAIDs", "laboratory tests", "muscle relaxants"})


def draft_summary(facts: Facts) -> tuple[Sentence, ...]:
    """Return the summary: person, injury, diagnoses, treatments, medications, last visits, conflicts."""
    usable = [f for f in facts.facts if f.assertion not in _NOT_ABOUT_PATIENT and not f.is_reported]
    sentences = [
        *_person(usable),
        *_injury(usable),
        *_listed(usable, FactKind.DIAGNOSIS, "Diagnoses in the record"),
        *_listed([f for f in usable if f.name not in _TOO_GENERAL], FactKind.TREATMENT, "Treatment so far"),
        *_medications(facts.drug_use, usable),
        *_visits(usable),
        *_listed(usable, FactKind.IMAGING, "Imaging and nerve studies"),
        *_conflicts(facts.conflicts),
    ]
    return tuple(sentences) or (connecting(NO_FACTS),)


def print_day(day: date) -> str:
    """Return a day as letters print it, month first."""
    return day.strftime("%m/%d/%Y")


_ISO_DAY = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")


def with_printed_days(text: str) -> str:
    """Return words with their days as letters print them.

    Example:
        >>> with_printed_days("from 2014-05-02 to 2014-10-10")
        'from 05/02/2014 to 10/10/2014'
    """
    return _ISO_DAY.sub(r"\2/\3/\1", text)


def _sentence(text: str, places: Iterable[Place]) -> Sentence:
    return Sentence(text=text, origin=SentenceOrigin.RECORD, places=tuple(dict.fromkeys(places)))


def _said(facts: Iterable[Fact], kind: FactKind) -> list[Fact]:
    wanted = (Assertion.PRESENT, Assertion.HISTORICAL)
    return [f for f in facts if f.kind is kind and f.assertion in wanted]


def _person(facts: list[Fact]) -> list[Sentence]:
    ages, sexes = _said(facts, FactKind.AGE), _said(facts, FactKind.SEX)
    if not ages and not sexes:
        return []
    latest = max(ages, key=lambda f: f.dated or date.min, default=None)
    words = []
    if latest and latest.value is not None:
        on = f" on {print_day(latest.dated)}" if latest.dated else ""
        words.append(f"{latest.value:g} years old{on}")
    words += [sexes[0].name] if sexes and len({f.name for f in sexes}) == 1 else []
    used = [f.seen_at for f in ([latest] if latest else []) + sexes[:1]]
    return [_sentence(f"The record gives the patient as {', '.join(words)}.", used)] if words else []


def _injury(facts: list[Fact]) -> list[Sentence]:
    injuries = _said(facts, FactKind.INJURY)
    by_day: dict[date, Fact] = {}
    for fact in injuries:
        if fact.dated:
            by_day.setdefault(fact.dated, fact)
    found = []
    if by_day:
        word, verb = ("date", "is") if len(by_day) == 1 else ("dates", "are, as the record gives them,")
        days = " and ".join(map(print_day, by_day))
        places = [f.seen_at for f in by_day.values()]
        found.append(_sentence(f"The {word} of injury {verb} {days}.", places))
    mechanism = next((f for f in injuries if dict(f.detail).get("mechanism")), None)
    if mechanism is not None:
        words = dict(mechanism.detail)["mechanism"]
        found.append(_sentence(f"The record describes the injury so: {words}.", [mechanism.seen_at]))
    return found


def named(fact: Fact) -> str:
    """Return a fact's name with the particulars that were printed beside it."""
    detail = dict(fact.detail)
    if fact.kind is FactKind.PAIN_SCORE:
        score, _, rest = says_of(fact).removeprefix("pain ").partition(", ")
        return f"{score} ({rest})" if rest else score
    if fact.kind is FactKind.RISK and "drug" in detail:
        result = f" {detail['result']}" if "result" in detail else ""
        return f"{fact.name} for {detail['drug'].replace('_', '/')}{result}"
    words = [w for key in ("side", "level", "body_part") if (w := detail.get(key))]
    words = [w for w in words if w not in fact.name]
    name = fact.name.replace("_", "/")
    tail = [f"{fact.value:g} {fact.unit or ''}".strip()] if fact.value is not None else []
    tail += [f"response: {detail['response'].replace('_', ' ')}"] if detail.get("response") else []
    tail += [detail["drug"].replace("_", "/")] if detail.get("drug") else []
    tail += [detail["result"]] if detail.get("result") else []
    tail += (
        ["in the past"] if fact.kind is FactKind.DIAGNOSIS and fact.assertion is Assertion.HISTORICAL else []
    )
    return " ".join((name, *([f"({', '.join(words)})"] if words else []))) + (
        f", {', '.join(tail)}" if tail else ""
    )


def _listed(facts: list[Fact], kind: FactKind, lead: str) -> list[Sentence]:
    """Return one sentence that lists each thing once, with all its places."""
    places: dict[str, list[Place]] = {}
    for fact in _said(facts, kind):
        places.setdefault(named(fact), []).append(fact.seen_at)
    if not places:
        return []
    used = [found[0] for found in places.values()]
    return [_sentence(f"{lead}: {'; '.join(places)}.", used)]


def _medications(uses: Iterable[DrugUse], facts: list[Fact]) -> list[Sentence]:
    """Return one sentence on the medications in use, and one on those told last as stopped."""
    in_use: list[tuple[str, list[Place]]] = []
    ended: list[tuple[str, list[Place]]] = []
    for use in uses:
        if use.mentions:
            stop = _last_stop(use, facts)
            (ended if stop else in_use).append(_used(use, stop, facts))
    return [
        _sentence(f"{lead}: {'; '.join(words for words, _ in told)}.", [p for _, at in told for p in at])
        for lead, told in (("Medications in use in the record", in_use), ("Medications stopped", ended))
        if told
    ]


def _used(use: DrugUse, stop: Fact | None, facts: list[Fact]) -> tuple[str, list[Place]]:
    """Return a drug with its last dose, the days of its use and its stops, and where they stand."""
    dosed = _last_dose(use, facts)
    words = ", ".join([use.drug.replace("_", "/")] + ([dose_words(dosed)] if dosed else []))
    days = []
    if use.first_seen and use.last_seen and use.first_seen != use.last_seen:
        days.append(f"seen from {print_day(use.first_seen)} to {print_day(use.last_seen)}")
    elif use.first_seen:
        days.append(f"seen on {print_day(use.first_seen)}")
    days += [f"stopped on {print_day(day)} and taken again" for day in use.stopped]
    days += [f"stopped on {print_day(stop.dated)}"] if stop and stop.dated else []
    places = [use.mentions[0], use.mentions[-1], *(f.seen_at for f in (dosed, stop) if f)]
    return f"{words} ({', '.join(days)})" if days else words, places


def _last_stop(use: DrugUse, facts: list[Fact]) -> Fact | None:
    """Return the stop behind which a drug is not told as taken again; None where there is none."""
    stops = [
        f
        for f in facts
        if f.kind is FactKind.MEDICATION
        and f.name == use.drug
        and f.dated
        and is_stop(f)
        and f.dated >= (use.last_seen or date.min)
    ]
    return max(stops, key=lambda f: f.dated or date.min, default=None)


def _last_dose(use: DrugUse, facts: list[Fact]) -> Fact | None:
    """Return the latest mention that prints a dose of a drug in use."""
    mentions = frozenset(use.mentions)
    dosed = [f for f in facts if f.seen_at in mentions and f.name == use.drug and dose_words(f)]
    return max(dosed, key=lambda f: f.dated or date.min, default=None)


def _visits(facts: list[Fact]) -> list[Sentence]:
    """Return what was complained of and found at the last visits, denials apart."""
    of_visits = [f for f in facts if f.dated and f.kind in _OF_VISITS]
    days = sorted({f.dated for f in of_visits if f.dated})[-_MOST_VISITS:]
    return [s for day in days for s in _visit(day, [f for f in of_visits if f.dated == day])]


def _visit(day: date, facts: list[Fact]) -> list[Sentence]:
    """Return one sentence on what a day's record notes, by kind, and one on what it expressly denies."""
    found = []
    present = _most_exact([f for f in facts if f.assertion is Assertion.PRESENT])
    parts = [
        f"{lead} {_in_a_row(things)}"
        for kind, lead in _OF_VISITS.items()
        if (things := dict.fromkeys(named(f) for f in present if f.kind is kind))
    ]
    if parts:
        text = f"On {print_day(day)} the record notes {'; '.join(parts)}."
        found.append(_sentence(text, (f.seen_at for f in present)))
    denied = _most_exact([f for f in facts if f.assertion is Assertion.ABSENT])
    if denied:
        things = dict.fromkeys(named(f) for f in denied)
        text = f"On {print_day(day)} the record expressly denies {_in_a_row(things)}."
        found.append(_sentence(text, (f.seen_at for f in denied)))
    return found


def _in_a_row(things: Iterable[str]) -> str:
    """Return things as one list of words."""
    first, *rest = things
    return f"{', '.join((first, *rest[:-1]))} and {rest[-1]}" if rest else first


def _most_exact(facts: list[Fact]) -> list[Fact]:
    """Return facts without those that another of the day says more exactly: "pain" beside "back pain"."""
    names = {named(f) for f in facts}
    pains = any(f.name.endswith(" pain") for f in facts)
    bare = [f for f in facts if f.name == "pain" and pains and named(f) == "pain"]
    return [f for f in facts if f not in bare and not any(_says_more(other, named(f)) for other in names)]


def _says_more(other: str, name: str) -> bool:
    return other != name and (other.startswith((f"{name} (", f"{name}, ")) or other.endswith(f" {name}"))


def _conflicts(conflicts: Iterable[Conflict]) -> list[Sentence]:
    return [
        _sentence(f"The record disagrees with itself on {c.about}: {with_printed_days(c.says)}.", c.places)
        for c in conflicts
    ]
