"""May a case be reviewed: every ground against it, for each disputed item."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from openimr.law.calendars import load_calendars
from openimr.law.deadlines import deadlines
from openimr.law.duplicates import duplicate_grounds
from openimr.law.filing import paper_grounds, party_grounds, signature_grounds, timely_grounds
from openimr.law.items import (
    action_grounds,
    authorized_grounds,
    effective_grounds,
    exempt_grounds,
    liability_grounds,
    prior_grounds,
    untimely_review_alerts,
)
from openimr.law.questions import Answer, Question, Unknown
from openimr.law.rulebook import RuleBook
from openimr.terms.case import Case
from openimr.terms.eligibility import Deadline, Eligibility, Ground, GroundOutcome
from openimr.terms.errors import LawError

_WHOLE = (
    signature_grounds,
    party_grounds,
    paper_grounds,
    timely_grounds,
    effective_grounds,
    liability_grounds,
    untimely_review_alerts,
)
_BY_ITEM = (action_grounds, authorized_grounds, prior_grounds, duplicate_grounds, exempt_grounds)


def check_eligibility(
    case: Case,
    rulebook: RuleBook,
    others: Sequence[Case] = (),
    *,
    clocks: Sequence[Deadline] | None = None,
) -> Eligibility:
    """Return every ground against a case, and the items that nothing stands against.

    An item with a question for a person does not go on before the answer.
    What the case does not say makes nothing ineligible: it is named in
    ``unknown``.

    Args:
        case: The case.
        rulebook: The rules of its programme.
        others: Other cases, among which duplicates are looked for.
        clocks: The deadlines of the case, where they were computed already.

    Raises:
        LawError: No grounds are encoded for the programme.

    Source:
        8 CCR 9792.10.3; Lab. Code 4610.5.
    """
    if not rulebook.has_table("grounds.csv"):
        raise LawError(
            asked=f"Check whether case {case.case.number} may be reviewed",
            found=f"no grounds are encoded for the programme {rulebook.programme}.",
            remedy="Let a person decide; openimr law coverage lists what is encoded.",
        )
    question = Question(
        case=case,
        rulebook=rulebook,
        calendars=load_calendars(rulebook.calendars),
        clocks={d.ref: d for d in (deadlines(case, rulebook) if clocks is None else clocks)},
        others=others,
    )
    grounds: list[Ground] = []
    alerts: list[Ground] = []
    unknown: dict[str, None] = {}
    for answer in _answers(question):
        if isinstance(answer, Unknown):
            unknown[answer.words] = None
        elif answer.outcome is GroundOutcome.ALERT:
            alerts.append(answer)
        elif answer not in grounds:
            grounds.append(answer)
    return Eligibility(
        eligible=_going_on(case, grounds),
        grounds=tuple(grounds),
        alerts=tuple(alerts),
        unknown=tuple(unknown),
    )


def _answers(question: Question) -> Iterator[Answer]:
    for whole in _WHOLE:
        yield from whole(question)
    if not question.case.disputes:
        yield Unknown("dispute: the case names no disputed treatment")
    for number, dispute in enumerate(question.case.disputes, 1):
        for check in _BY_ITEM:
            yield from check(question, number, dispute)


def _going_on(case: Case, grounds: Sequence[Ground]) -> tuple[int, ...]:
    numbers = range(1, len(case.disputes) + 1)
    if not grounds:
        return tuple(numbers)
    stopped = {g.dispute for g in grounds}
    return () if None in stopped else tuple(n for n in numbers if n not in stopped)
