"""Duplicates of an application, and determinations in other cases that still stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openimr.law.questions import Answer, Question, Unknown, day_of, ground
from openimr.law.rules import NotEncoded
from openimr.law.wording import day_words
from openimr.terms.case import Application, Case, CaseDispute
from openimr.terms.eligibility import GroundOutcome

_NOT_A_LETTER_OR_DIGIT = re.compile(r"[^a-z0-9]+")


def normalised(text: str) -> str:
    """Return a request or a name without case, punctuation and spacing.

    Source:
        Our key for finding duplicates; the regulation names none.

    Example:
        >>> normalised("Baclofen 10 mg,  #60")
        'baclofen 10 mg 60'
    """
    return _NOT_A_LETTER_OR_DIGIT.sub(" ", text.lower()).strip()


def duplicate_grounds(question: Question, number: int, dispute: CaseDispute) -> Iterator[Answer]:
    """Yield DUP and PRIOR that follow from other cases of the same patient.

    A duplicate has the same patient, injury, decision, physician and item; of
    two the one received later is the duplicate, of two received on one day the
    one with the later number. What was filed again to cure a missing signature
    or decision is none. Each decision gives a right
    of its own, on the same drug too.

    Source:
        8 CCR 9792.10.3(a); Lab. Code 4610(k).
    """
    others = [o for o in question.others if o.case.number != question.case.case.number]
    if not others:
        return
    missing = _missing(question.case)
    if missing:
        yield Unknown(f"{', '.join(missing)}: duplicates in other cases could not be checked (DUP)")
        return
    for other in others:
        if not _is_same_matter(question.case, other) or not _asks_for(other, dispute.request):
            continue
        if day_of(other.dates.ur_decision) == day_of(question.case.dates.ur_decision):
            yield from _duplicate(question, number, other)
        else:
            yield from _determined_before(question, number, other)


def _duplicate(question: Question, number: int, other: Case) -> Iterator[Answer]:
    if _cures(question.case.application, other.application):
        return
    ours = day_of(question.case.dates.application_received)
    theirs = day_of(other.dates.application_received)
    same = f"Case {other.case.number} asks for the same review of the same item"
    if ours is None or theirs is None:
        found = f"{same}; which one came first cannot be told."
        yield ground(question, "DUP", found, dispute=number, outcome=GroundOutcome.ASK_A_PERSON)
    elif (theirs, other.case.number) < (ours, question.case.case.number):
        yield ground(question, "DUP", f"{same}, received on {day_words(theirs)}.", dispute=number)


def _cures(ours: Application, theirs: Application) -> bool:
    """Whether an application has what the other lacks: it was filed again to cure that."""
    return (theirs.signed is False and ours.signed is not False) or (
        theirs.ur_decision_attached is False and ours.ur_decision_attached is not False
    )


def _determined_before(question: Question, number: int, other: Case) -> Iterator[Answer]:
    issued = day_of(other.dates.determination_issued)
    dates = question.case.dates
    asked = day_of(dates.rfa or dates.rfa_received or dates.ur_decision)
    if issued is None or asked is None or asked < issued:
        return
    version = question.rulebook.version_on("ur_decision_stands", issued)
    if isinstance(version, NotEncoded):
        return
    until = question.end_of(version.period("regular"), issued)
    if until is not None and asked <= until:
        found = (
            f"Case {other.case.number} determined the item on {day_words(issued)}, until {day_words(until)}."
        )
        yield ground(question, "PRIOR", found, dispute=number)


def _missing(case: Case) -> list[str]:
    wanted = {
        "patient.id or patient.name": patient_of(case),
        "dates.of_injury": case.dates.of_injury,
        "dates.ur_decision": case.dates.ur_decision,
        "provider.npi or provider.name": case.provider.npi or case.provider.name,
    }
    return [key for key, value in wanted.items() if value is None]


def _is_same_matter(case: Case, other: Case) -> bool:
    """Whether patient, injury and physician or practice group are the same."""
    return (
        patient_of(case) == patient_of(other)
        and case.dates.of_injury == other.dates.of_injury
        and _is_same_physician(case, other)
    )


def _is_same_physician(case: Case, other: Case) -> bool:
    ours, theirs = case.provider, other.provider
    if ours.npi is not None and theirs.npi is not None and ours.npi == theirs.npi:
        return True
    for one, two in ((ours.name, theirs.name), (ours.group, theirs.group)):
        if one is not None and two is not None and normalised(one) == normalised(two):
            return True
    return False


def patient_of(case: Case) -> str | None:
    """Return what tells one patient from another: the identifier, else the name.

    Source:
        Our key for finding duplicates; the regulation names none.
    """
    name = case.patient.name
    return case.patient.id or (normalised(name) if name else None)


def _asks_for(other: Case, request: str) -> bool:
    return normalised(request) in {normalised(d.request) for d in other.disputes}
