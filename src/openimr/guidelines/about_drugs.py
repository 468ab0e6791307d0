"""Questions about medications: how long, how much, with what, after what.

Source:
    The criteria in ``topics/`` that ask these questions; the facts of the record and the words of
    the request.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from openimr.facts.daily_dose import how_often, units_per_day
from openimr.facts.medication_events import is_stop
from openimr.guidelines.answer import (
    SAID,
    Answer,
    Asked,
    class_of,
    disputed,
    facts_of,
    has_failed,
    is_opioid_request,
    listed,
    places_of,
    requested_drugs,
    silent,
    uses_of,
)
from openimr.guidelines.members import drug_of
from openimr.terms.facts import Assertion, DrugUse, Fact, FactKind
from openimr.terms.places import Place
from openimr.terms.treatment import Treatment
from openimr.vocabulary.requests.amounts import find_strengths


def duration_of_use(asked: Asked) -> Answer:
    """Return how many days of use the record shows at least, up to the day that is judged."""
    day = asked.judged_on
    spans = []
    for use in uses_of(asked):
        began = _course_began(use, day, asked)
        if began is None or use.last_seen is None or not use.days:
            continue
        last = min(use.last_seen, day) if day else use.last_seen
        if last > began:
            whole = last == use.last_seen and began == use.course_began
            days = use.days if whole else (last - began).days
            spans.append((days, began, last, use))
    if not spans:
        return silent("how long the medication has been used")
    days, began, last, longest = max(spans, key=lambda span: span[0])
    before = f" It was stopped before, on {longest.stopped[-1]}." if longest.stopped else ""
    before += " The record disagrees on the start." if began != longest.course_began else ""
    return Answer(
        value=float(days),
        because=(
            f"The record shows {longest.drug.replace('_', '/')} from {began} to "
            f"{last}: at least {days} days.{before}"
        ),
        places=longest.mentions,
        is_least=True,
    )


def _course_began(use: DrugUse, day: date | None, asked: Asked) -> date | None:
    """Return when the last course began; on a day before that course nothing later counts.

    Where two starts disagree, the first day on which all agree that it was
    taken: the later start, or an earlier day that tells of use.
    """
    if use.resumed and day and day < use.resumed:
        return None
    contested = disputed(asked, f"start of {use.drug.replace('_', '/')}")
    starts = [date.fromisoformat(d) for f in contested if (d := dict(f.detail).get("since"))]
    if not starts or use.course_began is None:
        return use.course_began
    mentions = frozenset(use.mentions)
    seen = [
        f.dated
        for f in asked.facts.facts
        if f.dated and f.seen_at in mentions and f.dated >= use.course_began
    ]
    return min((*seen, max(starts)))


# What is counted one by one; of a bottle, a tube or a size nobody knows how many doses it holds.
_COUNTED = frozenset({None, "tablet", "capsule", "patch", "film", "lozenge", "dose", "suppository"})
_SUPPLIES = {"day supply": 1.0, "week supply": 7.0, "month supply": 30.0}


def days_supply(asked: Asked) -> Answer:
    """Return for how many days the quantity asked for lasts, with its refills."""
    quantity, refills = asked.treatment.quantity, asked.treatment.refills or 0
    if quantity is None:
        return silent("what quantity is asked for")
    with_refills = f" and {refills} refill{'s' if refills > 1 else ''}" if refills else ""
    if quantity.unit in _SUPPLIES:
        days = quantity.count * _SUPPLIES[quantity.unit] * (1 + refills)
        because = f"The request, {quantity.count:g} {quantity.unit}{with_refills}, lasts {days:g} days."
        return Answer(value=days, because=because)
    per_day, places = daily_doses(asked)
    if not per_day or quantity.unit not in _COUNTED:
        return silent("how often a day the medication is taken, so the days of supply cannot be told")
    days = round(quantity.count / per_day * (1 + refills), 1)
    because = f"The request, {quantity.count:g}{with_refills} at {how_often(per_day)}, lasts {days:g} days."
    return Answer(value=days, because=because, places=places)


def daily_doses(asked: Asked) -> tuple[float | None, tuple[Place, ...]]:
    """Return how many tablets a day are taken by the request, else by the latest mention.

    A request that prints a frequency and leaves a doubt on the number is silent.
    """
    treatment = asked.treatment
    if treatment.units_per_day or (treatment.frequency and treatment.frequency.per == "day"):
        return treatment.units_per_day, ()
    dosed = [
        f
        for f in facts_of(asked, FactKind.MEDICATION, *requested_drugs(asked))
        if f.assertion in (Assertion.PRESENT, Assertion.REQUESTED)
        and units_per_day(f)
        and not _is_of_another_strength(f, treatment)
    ]
    if not dosed:
        return None, ()
    latest = max(dosed, key=lambda f: f.dated or date.min)
    return units_per_day(latest), (latest.seen_at,)


def _is_of_another_strength(fact: Fact, treatment: Treatment) -> bool:
    """Whether a mention prints another strength than the request: then its count of tablets says nothing."""
    printed = find_strengths(dict(fact.detail).get("strength", ""))
    return bool(printed and treatment.strengths) and printed[0].amounts[0] != treatment.strengths[0]


def _amount_a_day(asked: Asked, ingredient: str) -> Answer:
    """Return how many milligrams of an ingredient the request comes to in a day."""
    treatment = asked.treatment
    strengths = dict(zip(treatment.ingredients, treatment.strengths, strict=False))
    amount = strengths.get(ingredient)
    doses, places = daily_doses(asked)
    if amount is None or amount.unit != "mg" or not doses:
        return silent(f"how many milligrams of {ingredient} are taken in a day")
    total = amount.amount * doses
    often = how_often(doses)
    because = f"The request, {amount.amount:g} mg of {ingredient} {often}, is for {total:g} mg a day."
    return Answer(value=total, because=because, places=places)


def daily_dose(asked: Asked) -> Answer:
    """Return the daily dose in milligrams of the first ingredient."""
    if not asked.treatment.ingredients:
        return silent("which ingredient is asked for")
    return _amount_a_day(asked, asked.treatment.ingredients[0])


def daily_acetaminophen(asked: Asked) -> Answer:
    """Return how many milligrams of acetaminophen the request comes to in a day.

    It is the least, unless the record shows other medications in use and none of
    them holds acetaminophen.
    """
    answer = _amount_a_day(asked, "acetaminophen")
    others = others_in_use(asked)
    if answer.value is None or others:
        return replace(answer, is_least=any("acetaminophen" in f.name for f in others))
    because = f"{answer.because} The record shows no other medication in use, so this is the least."
    return replace(answer, because=because, is_least=True)


def others_in_use(asked: Asked) -> list[Fact]:
    """Return the mentions of the other medications that the record shows in use."""
    own = requested_drugs(asked)
    return [f for f in in_use(asked) if f.name not in own]


# Before every day that can be told, and no stop.
_NEVER = (date.min, False)


def in_use(asked: Asked) -> list[Fact]:
    """Return the mentions of the medications that are taken, without those told last as stopped or past.

    A stop ends also what the same day tells as taken; what is only past does so behind it.
    """
    told = facts_of(asked, FactKind.MEDICATION)
    taken = [f for f in told if f.assertion is Assertion.PRESENT]
    last: dict[str, tuple[date, bool]] = {}
    ended: dict[str, tuple[date, bool]] = {}
    for f in taken:
        last[f.name] = max(last.get(f.name, _NEVER), (f.dated or date.min, False))
    for f in told:
        if f.assertion is Assertion.HISTORICAL and f.dated:
            ended[f.name] = max(ended.get(f.name, _NEVER), (f.dated, is_stop(f)))
    return [f for f in taken if last[f.name] >= ended.get(f.name, _NEVER)]


def concurrent_classes(asked: Asked) -> Answer:
    """Return the classes of the other medications that the record shows in use."""
    others = others_in_use(asked)
    if not others:
        return silent("which other medications are in use")
    return _of_drugs(others, "Other medications", lambda f: class_words(class_of(f.name)))


def concurrent_drugs(asked: Asked) -> Answer:
    """Return the names and classes of the other medications in use."""
    others = others_in_use(asked)
    if not others:
        return silent("which other medications are in use")
    return _of_drugs(others, "Other medications", lambda f: (f.name, *class_words(class_of(f.name))))


def current_classes(asked: Asked) -> Answer:
    """Return the classes of every medication in use, the one asked for among them."""
    used = in_use(asked)
    if not used:
        return silent("which medications are in use")
    return _of_drugs(used, "Medications", lambda f: class_words(class_of(f.name)))


def _of_drugs(used: list[Fact], lead: str, words: Callable[[Fact], Iterable[str]]) -> Answer:
    """Return the words for some medications, each with the mention it comes from."""
    shown = tuple((word, f) for f in used for word in words(f))
    return Answer(
        value=frozenset(word for word, _ in shown),
        because=f"{lead} in the record: {listed(used)}.",
        places=places_of(used),
        shown_by=shown,
    )


def same_class_count(asked: Asked) -> Answer:
    """Return how many drugs of the same class are taken together with the one asked for."""
    drug = drug_of(asked.treatment)
    if drug is None:
        return silent("which drug is asked for")
    own = set(class_words(drug.drug_class)[:1])
    same = [f for f in others_in_use(asked) if own & set(class_words(class_of(f.name)))]
    if not others_in_use(asked):
        return silent("which other medications are in use")
    because = (
        f"Of the same class: {listed(same)}." if same else "No other drug of the class is in the record."
    )
    return Answer(
        value=float(1 + len({f.name for f in same})), because=because, places=places_of(same), is_least=True
    )


def class_words(drug_class: str) -> tuple[str, ...]:
    """Return the classes a drug counts under: "opioid, short-acting" is an opioid."""
    head = drug_class.split(",")[0].strip()
    if not head:
        return ()
    if "antagonist" not in head and head.startswith("opioid"):
        return (head, "opioid")
    return (head,)


# Medications that come before a second-line one for pain.
_FIRST_LINE = ("NSAID", "analgesic", "opioid", "NSAID combination")
_NOT_OPIOID = ("NSAID", "analgesic", "NSAID combination", "anticonvulsant", "tricyclic", "SNRI")


def _tried(asked: Asked, classes: tuple[str, ...]) -> list[Fact]:
    own = requested_drugs(asked)
    return [
        f
        for f in facts_of(asked, FactKind.MEDICATION)
        if f.assertion in SAID and f.name not in own and set(class_words(class_of(f.name))) & set(classes)
    ]


def first_line_tried(asked: Asked) -> Answer:
    """Return whether a first-line pain medication was tried; before an opioid, one that is none."""
    tried = _tried(asked, _NOT_OPIOID if is_opioid_request(asked) else _FIRST_LINE)
    if not tried:
        return silent("whether a first-line pain medication was tried or cannot be used")
    return Answer(value=True, because=f"The record shows {listed(tried)}.", places=places_of(tried))


def nonopioid_failed(asked: Asked) -> Answer:
    """Return whether an analgesic that is no opioid was tried and failed."""
    failed = [f for f in _tried(asked, _NOT_OPIOID) if has_failed(f)]
    if not failed:
        return silent("whether other analgesics were tried and failed")
    return Answer(
        value=True, because=f"The record shows that {listed(failed)} did not serve.", places=places_of(failed)
    )


def nonopioid_given(asked: Asked) -> Answer:
    """Return whether an analgesic that is no opioid is given as well, or failed."""
    tried = _tried(asked, _NOT_OPIOID)
    if not tried:
        return silent("whether other analgesics are given or failed")
    return Answer(value=True, because=f"The record shows {listed(tried)}.", places=places_of(tried))


def oral_nsaid_failed(asked: Asked) -> Answer:
    """Return whether an oral NSAID failed or cannot be used."""
    failed = [
        f for f in facts_of(asked, FactKind.MEDICATION) if class_of(f.name) == "NSAID" and has_failed(f)
    ]
    if not failed:
        return silent("whether an oral NSAID failed or cannot be used")
    return Answer(
        value=True, because=f"The record shows that {failed[0].name} did not serve.", places=places_of(failed)
    )


def failed_classes(asked: Asked) -> Answer:
    """Return the classes and names of the medications that failed."""
    failed = [f for f in facts_of(asked, FactKind.MEDICATION) if has_failed(f)]
    if not failed:
        return silent("which medications failed")
    found = {f.name for f in failed} | {w for f in failed for w in class_words(class_of(f.name))}
    if found & {"tricyclic", "SNRI"}:
        found |= {"antidepressant", "tricyclic antidepressant"}
    return Answer(value=frozenset(found), because=f"Not served: {listed(failed)}.", places=places_of(failed))


def indication_stated(asked: Asked) -> Answer:
    """Return whether the record says for what the medication is given."""
    stated = [
        f
        for f in facts_of(asked, FactKind.MEDICATION, *requested_drugs(asked))
        if dict(f.detail).get("indication")
    ]
    if not stated:
        return silent("for what the medication is given")
    because = f"The record gives it for {dict(stated[0].detail)['indication']}."
    return Answer(value=True, because=because, places=places_of(stated))


def strength_percent(asked: Asked) -> Answer:
    """Return the strength in percent of what is rubbed on."""
    percents = [a.amount for a in asked.treatment.strengths if a.unit == "%"]
    if not percents:
        return silent("which strength in percent is asked for")
    return Answer(value=max(percents), because=f"The request is for {max(percents):g} %.")


def form(asked: Asked) -> Answer:
    """Return the form that is asked for, with its strength where it is a patch."""
    drug = drug_of(asked.treatment)
    printed = asked.treatment.form or (drug.form if drug else None)
    if printed is None:
        return silent("in which form it is asked for")
    percents = [a.amount for a in asked.treatment.strengths if a.unit == "%"]
    value = f"{printed} {percents[0]:g}%" if printed == "patch" and percents else printed
    return Answer(value=value, because=f"The request is for a {value}.")


def approved_topical(asked: Asked) -> Answer:
    """Return whether the product is one that is approved for use on the skin."""
    drug = drug_of(asked.treatment)
    if drug is None:
        return silent("which product is asked for")
    is_approved = drug.drug_class == "topical NSAID"
    word = "is" if is_approved else "is not"
    return Answer(
        value=is_approved,
        because=f"The request is for {drug.id.replace('_', ' ')}, which {word} approved in this form.",
    )
