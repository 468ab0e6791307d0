"""The clinical case summary of a draft: what the record says, in order, each with its page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from openimr.determination.phrases import NO_FACTS, connecting
from openimr.terms.determination import Sentence, SentenceOrigin
from openimr.terms.facts import Assertion, Conflict, DrugUse, Fact, FactKind, Facts
from openimr.terms.places import Place

_NOT_ABOUT_PATIENT = frozenset({Assertion.FAMILY, Assertion.GUIDELINE, Assertion.HYPOTHETICAL})
# A summary is read in a minute: later visits say more than earlier ones.
_MOST_VISITS = 4
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
        *_medications(facts.drug_use),
        *_visits(usable),
        *_listed(usable, FactKind.IMAGING, "Imaging and nerve studies"),
        *_conflicts(facts.conflicts),
    ]
    return tuple(sentences) or (connecting(NO_FACTS),)


def print_day(day: date) -> str:
    """Return a day as letters print it, month first."""
    return day.strftime("%m/%d/%Y")


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
    words = [f"{latest.value:g} years old"] if latest and latest.value is not None else []
    words += [sexes[0].name] if sexes and len({f.name for f in sexes}) == 1 else []
    used = [f.seen_at for f in ([latest] if latest else []) + sexes[:1]]
    return [_sentence(f"The patient is {', '.join(words)}.", used)] if words else []


def _injury(facts: list[Fact]) -> list[Sentence]:
    injuries = _said(facts, FactKind.INJURY)
    dated = next((f for f in injuries if f.dated), None)
    found = []
    if dated is not None and dated.dated is not None:
        found.append(_sentence(f"The date of injury is {print_day(dated.dated)}.", [dated.seen_at]))
    mechanism = next((f for f in injuries if dict(f.detail).get("mechanism")), None)
    if mechanism is not None:
        words = dict(mechanism.detail)["mechanism"]
        found.append(_sentence(f"The record describes the injury so: {words}.", [mechanism.seen_at]))
    return found


def named(fact: Fact) -> str:
    """Return a fact's name with the particulars that were printed beside it."""
    detail = dict(fact.detail)
    words = [w for key in ("side", "level", "body_part") if (w := detail.get(key))]
    words = [w for w in words if w not in fact.name]
    name = fact.name.replace("_", "/")
    tail = [f"{fact.value:g} {fact.unit or ''}".strip()] if fact.value is not None else []
    tail += [f"response: {detail['response'].replace('_', ' ')}"] if detail.get("response") else []
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


def _medications(uses: Iterable[DrugUse]) -> list[Sentence]:
    parts, places = [], []
    for use in uses:
        if not use.mentions:
            continue
        name = use.drug.replace("_", "/")
        if use.first_seen and use.last_seen and use.first_seen != use.last_seen:
            name += f" (seen from {print_day(use.first_seen)} to {print_day(use.last_seen)})"
        elif use.first_seen:
            name += f" (seen on {print_day(use.first_seen)})"
        parts.append(name)
        places += [use.mentions[0], use.mentions[-1]]
    return [_sentence(f"Medications in use in the record: {'; '.join(parts)}.", places)] if parts else []


def _visits(facts: list[Fact]) -> list[Sentence]:
    """Return what was complained of and found at the last visits, denials apart."""
    kinds = (FactKind.SYMPTOM, FactKind.PAIN_SCORE, FactKind.FINDING, FactKind.FUNCTION, FactKind.WORK_STATUS)
    days = sorted({f.dated for f in facts if f.dated and f.kind in kinds})[-_MOST_VISITS:]
    found: list[Sentence] = []
    for day in days:
        of_day = [f for f in facts if f.dated == day and f.kind in kinds]
        for assertion, lead in ((Assertion.PRESENT, "notes"), (Assertion.ABSENT, "expressly denies")):
            said = [f for f in of_day if f.assertion is assertion]
            if said:
                things = dict.fromkeys(named(f) for f in said)
                text = f"On {print_day(day)} the record {lead}: {'; '.join(things)}."
                found.append(_sentence(text, (f.seen_at for f in said)))
    return found


def _conflicts(conflicts: Iterable[Conflict]) -> list[Sentence]:
    return [
        _sentence(f"The record disagrees with itself on {c.about}: {c.says}.", c.places) for c in conflicts
    ]
