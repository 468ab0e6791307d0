"""Grounds that concern the application as a whole: signature, papers, party, time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from openimr.law.questions import Answer, Question, Unknown, day_of, ground
from openimr.law.rules import NotEncoded
from openimr.law.traits import has_liability_window, is_medication
from openimr.law.wording import day_words
from openimr.terms.case import SignedBy
from openimr.terms.eligibility import Deadline, GroundOutcome


def signature_grounds(question: Question) -> Iterator[Answer]:
    """Yield NOSIG where nobody, or nobody with authority, signed.

    Source:
        Lab. Code 4610.5(j); 8 CCR 9792.10.1(b).
    """
    application = question.case.application
    if application.signed is None:
        yield Unknown("application.signed: a missing signature could not be checked (NOSIG)")
    elif not application.signed:
        yield ground(question, "NOSIG", "The application is not signed.", cure_by=_cure_by(question))
    if application.signed_by is SignedBy.REPRESENTATIVE:
        yield from _designation(question)


def _designation(question: Question) -> Iterator[Answer]:
    """A designation counts only where it was signed after the decision."""
    designated = question.case.application.representative_designated_on
    decided = day_of(question.case.dates.ur_decision)
    if designated is None or decided is None:
        key = "application.representative_designated_on" if designated is None else "dates.ur_decision"
        yield Unknown(f"{key}: the authority of the representative could not be checked (NOSIG)")
    elif designated < decided:
        found = (
            f"The representative was designated on {day_words(designated)}, before the decision of "
            f"{day_words(decided)}: such a designation is void."
        )
        yield ground(question, "NOSIG", found, cure_by=_cure_by(question))
    elif designated == decided:
        found = f"The representative was designated on the day of the decision, {day_words(decided)}."
        yield ground(question, "NOSIG", found, outcome=GroundOutcome.ASK_A_PERSON, cure_by=_cure_by(question))


def party_grounds(question: Question) -> Iterator[Answer]:
    """Yield NOPARTY where the one who filed may not file.

    Source:
        Lab. Code 4610.5(h)(4) and (j); 8 CCR 9792.10.1(b)(2).
    """
    signer = question.case.application.signed_by
    if signer is None and question.case.application.signed is not False:
        yield Unknown("application.signed_by: who filed could not be checked (NOPARTY)")
    elif signer is SignedBy.OTHER:
        found = "The application was filed by somebody other than the employee side."
        yield ground(question, "NOPARTY", found, cure_by=_cure_by(question))
    elif signer is SignedBy.PROVIDER:
        found = "A provider filed: only a provider of emergency treatment may, and the case cannot say that."
        yield ground(
            question, "NOPARTY", found, outcome=GroundOutcome.ASK_A_PERSON, cure_by=_cure_by(question)
        )


def paper_grounds(question: Question) -> Iterator[Answer]:
    """Yield NOUR where the decision is not attached to the application.

    Source:
        8 CCR 9792.10.1(b).
    """
    attached = question.case.application.ur_decision_attached
    if attached is None:
        yield Unknown("application.ur_decision_attached: the attachment could not be checked (NOUR)")
    elif not attached:
        found = "The utilization review decision is not attached."
        yield ground(question, "NOUR", found, cure_by=_cure_by(question))


def timely_grounds(question: Question) -> Iterator[Answer]:
    """Yield LATE for what was submitted after its last day, and what cannot be told.

    The day of submission counts, not that of receipt. Nothing is late without
    a day of submission and a proof of service, nor a disputed drug between
    the short and the long period without a person's word.

    Source:
        Lab. Code 4610.5(h); 8 CCR 9792.10.1(b); Code Civ. Proc. 12a, 1013.
    """
    long, short = _windows(question)
    if long is None and short is None:
        return
    submitted = day_of(question.case.dates.submitted)
    received = day_of(question.case.dates.application_received)
    filed = submitted or received
    if filed is None:
        yield Unknown("dates.submitted: whether the application came in time could not be checked (LATE)")
        return
    for numbers, window in _by_item(question, long, short):
        last = day_of(window.due) or _surely_in_time_until(question)
        if last is None:
            yield Unknown(f"{window.explanation} (LATE)")
        elif filed <= last:
            continue
        else:
            yield from _after_the_last_day(question, numbers, window, submitted, filed)
    yield from _may_be_formulary(question, filed)


def _may_be_formulary(question: Question, filed: date) -> Iterator[Answer]:
    """Say where a drug came after the short period, and the case does not say that it is one."""
    served = day_of(question.case.dates.ur_served)
    if question.case.case.formulary_dispute is not None or "A2" not in question.clocks or served is None:
        return
    version = question.rulebook.version_on("filing_window", served)
    if isinstance(version, NotEncoded) or not version.has("formulary"):
        return
    end = question.end_of(version.period("formulary"), served)
    if end is not None and filed > end:
        yield Unknown(
            "case.formulary_dispute: a drug is in dispute, and whether the shorter period of a formulary "
            "dispute runs could not be checked; a person confirms (LATE)"
        )


def _after_the_last_day(
    question: Question, numbers: tuple[int | None, ...], window: Deadline, submitted: date | None, filed: date
) -> Iterator[Answer]:
    if submitted is None:
        yield Unknown(
            f"dates.submitted: received on {day_words(filed)}, but the day of submission counts (LATE)"
        )
    elif window.due is None:
        yield Unknown(f"{window.explanation} (LATE)")
    elif question.case.service.ur is None and window.ref != "A3":
        yield Unknown(
            f"service.ur: submitted on {day_words(filed)}, after the last day by mail within California, "
            f"{day_words(window.due.on)}; without proof of service it is not late (LATE)"
        )
    else:
        last = day_words(window.due.on)
        found = f"Submitted on {day_words(filed)}; the last day was {last}: {window.explanation}."
        # what the statute means by a formulary dispute is open, so a person confirms the short period
        outcome = GroundOutcome.ASK_A_PERSON if _is_in_long_period(question, window, filed) else None
        for number in numbers:
            yield ground(question, "LATE", found, dispute=number, outcome=outcome)


def _windows(question: Question) -> tuple[Deadline | None, Deadline | None]:
    if has_liability_window(question.case):
        after = question.clocks.get("A3")
        waiting = question.case.dates.liability_resolved is None
        return (None if waiting else after), None
    short = question.clocks.get("A2")
    if question.case.case.formulary_dispute is not True:
        short = None  # the long period runs unless the case says otherwise
    return question.clocks.get("A1"), short


def _by_item(
    question: Question, long: Deadline | None, short: Deadline | None
) -> Iterator[tuple[tuple[int | None, ...], Deadline]]:
    """Yield each window with the items it concerns; None is the whole application."""
    if short is None:
        if long is not None:
            yield (None,), long
        return
    drugs = [n for n, d in enumerate(question.case.disputes, 1) if is_medication(d)]
    rest = [n for n, _ in enumerate(question.case.disputes, 1) if n not in drugs]
    yield tuple(drugs) or (None,), short
    if rest and long is not None:
        yield tuple(rest), long


def _is_in_long_period(question: Question, window: Deadline, filed: date) -> bool:
    """Return whether a drug dispute came after the short period and within the long one."""
    if window.ref != "A2" or window.starts is None or window.due is None:
        return False
    version = question.rulebook.version("filing_window", window.starts.on)
    more = version.period("regular").count - version.period("formulary").count
    return filed <= question.calendars.roll(window.due.on + timedelta(days=int(more))).due.on


def _surely_in_time_until(question: Question) -> date | None:
    """Return a day that is in time on any reading: no service comes before the decision."""
    decided = day_of(question.case.dates.ur_decision)
    if decided is None or question.case.dates.ur_served is not None or has_liability_window(question.case):
        return None
    version = question.rulebook.version_on("filing_window", decided)
    if isinstance(version, NotEncoded):
        return None
    is_short = question.case.case.formulary_dispute is True and version.has("formulary")
    period = version.period("formulary" if is_short else "regular")
    return question.end_of(period, decided)


def _cure_by(question: Question) -> date | None:
    """Return the last day for filing again: the first of those that run."""
    clocks = (question.clocks.get(ref) for ref in ("A1", "A2", "A3"))
    return min((c.due.on for c in clocks if c is not None and c.due is not None), default=None)
