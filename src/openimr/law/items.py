"""Grounds that concern single disputed items: what was decided, and what became of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from openimr.law.calendars import local_day
from openimr.law.questions import Answer, Question, Unknown, day_of, ground
from openimr.law.rules import NotEncoded
from openimr.law.wording import day_words
from openimr.terms.case import CaseDispute, UrAction
from openimr.terms.eligibility import GroundOutcome
from openimr.terms.period import Moment
from openimr.vocabulary.anatomy import find_parts
from openimr.vocabulary.requests import parse_request

# A reason that reads like a conditional decision under another action: a person looks.
_CONDITIONAL = re.compile(
    r"\bcondition(?:al|ally)\b|\bpending (?:receipt of )?(?:additional|requested) information\b",
    re.IGNORECASE,
)
# The clocks of a decision of utilization review: regular, formulary, expedited, retrospective.
_DECISION_CLOCKS = ("U1", "U2", "U4", "U5")
_HOME_HEALTH = re.compile(r"\bhome (?:health|care|attendant)", re.IGNORECASE)
_X_RAY = re.compile(r"\bx-?rays?\b|\bradiographs?\b", re.IGNORECASE)


def action_grounds(question: Question, number: int, dispute: CaseDispute) -> Iterator[Answer]:
    """Yield CNC or NOTUR where the decision on an item is none that can be reviewed.

    A denial on the merits that says the information does not suffice is
    reviewed; a conditional one for requested information that did not come is not.

    Source:
        Lab. Code 4610(i)(5), (j)(2); 4610.5(a), (c); 8 CCR 9792.10.3(a).
    """
    action = dispute.ur_action
    if action is None:
        yield Unknown(f"dispute.{number}.ur_action: what was decided could not be checked (CNC, NOTUR)")
    elif action is UrAction.CONDITIONAL:
        found = "The request was denied only because requested information had not come."
        yield ground(question, "CNC", found, dispute=number)
    elif action is UrAction.DEFER:
        found = "Utilization review was deferred: there is no decision on necessity yet."
        yield ground(question, "NOTUR", found, dispute=number)
    elif action is UrAction.DELAY:
        yield from _delay(question, number)
    elif dispute.ur_reason and _CONDITIONAL.search(dispute.ur_reason):
        found = "The action is stated as a denial, and its reason reads like a conditional one."
        yield ground(question, "CNC", found, dispute=number, outcome=GroundOutcome.ASK_A_PERSON)


def _delay(question: Question, number: int) -> Iterator[Answer]:
    communicated = question.communicated_on()
    if communicated is None:
        yield Unknown("dates.ur_decision: whether a delay can be reviewed could not be checked (NOTUR)")
        return
    version = question.rulebook.version_on("eligible_decisions", communicated)
    if isinstance(version, NotEncoded) or UrAction.DELAY in version.words("reviewable_actions"):
        return
    found = (
        f"The request was delayed; since {day_words(version.effective_from)} only these are named: "
        f"{', '.join(version.words('reviewable_actions')).replace('_', ' ')}."
    )
    yield ground(question, "NOTUR", found, dispute=number, outcome=GroundOutcome.ASK_A_PERSON)


def authorized_grounds(question: Question, number: int, dispute: CaseDispute) -> Iterator[Answer]:
    """Yield AUTH where an item was authorised meanwhile, or the request withdrawn.

    Source:
        Lab. Code 4610.5(g); 8 CCR 9792.10.6(a).
    """
    withdrawn = question.case.application.withdrawn_on
    if dispute.authorized_since is not None:
        found = f"The treatment was authorized on {day_words(dispute.authorized_since)}."
        yield ground(question, "AUTH", found, dispute=number)
    if withdrawn is not None:
        found = f"The application was withdrawn on {day_words(withdrawn)}."
        yield ground(question, "AUTH", found, dispute=number)


def prior_grounds(question: Question, number: int, dispute: CaseDispute) -> Iterator[Answer]:
    """Yield PRIOR where an earlier determination on the item still stands.

    Source:
        Lab. Code 4610(k): twelve months, same physician or practice group.
    """
    prior = dispute.prior_determination_on
    if prior is None:
        return
    dates = question.case.dates
    filed = day_of(dates.submitted or dates.application_received)
    if filed is not None and filed < prior:
        return  # not an earlier determination: check_dates says so
    asked = day_of(dates.rfa or dates.rfa_received or dates.ur_decision)
    if asked is None:
        yield Unknown(
            "dates.rfa: whether the earlier determination still stands could not be checked (PRIOR)"
        )
        return
    version = question.rulebook.version_on("ur_decision_stands", prior)
    if isinstance(version, NotEncoded):
        yield Unknown(f"dispute.{number}.prior_determination_on: {version.reason} (PRIOR)")
        return
    until = question.end_of(version.period("regular"), prior)
    if until is None:
        yield Unknown(
            f"dispute.{number}.prior_determination_on: {day_words(prior)} cannot be counted from (PRIOR)"
        )
    elif prior <= asked <= until:
        found = (
            f"The treatment was determined on {day_words(prior)} and asked for again on {day_words(asked)}, "
            f"before {day_words(until)}."
        )
        yield ground(question, "PRIOR", found, dispute=number)


def liability_grounds(question: Question) -> Iterator[Answer]:
    """Yield LIAB while liability is disputed: review is deferred, not refused.

    Source:
        Lab. Code 4610.5(h)(2), (k); 8 CCR 9792.10.3(d).
    """
    application = question.case.application
    if application.liability_disputed is None:
        yield Unknown("application.liability_disputed: a dispute over liability could not be checked (LIAB)")
    if not application.liability_disputed or question.case.dates.liability_resolved is not None:
        return
    if application.payer_agrees_to_review is not True:
        found = "The claims administrator disputes liability and has not agreed to review."
        yield ground(question, "LIAB", found)


def effective_grounds(question: Question) -> Iterator[Answer]:
    """Yield PREEFF where injury and decision came before review existed for them.

    Source:
        Lab. Code 4610.5(a)(1)-(2).
    """
    communicated = question.communicated_on()
    if communicated is None:
        yield Unknown("dates.ur_decision: whether the law applies yet could not be checked (PREEFF)")
        return
    version = question.rulebook.version_on("eligible_decisions", communicated)
    if isinstance(version, NotEncoded):
        found = f"The decision was communicated on {day_words(communicated)}: {version.reason}."
        yield ground(question, "PREEFF", found)
        return
    if communicated >= version.day("decision_from"):
        return
    injury = question.case.dates.of_injury
    if injury is None:
        yield Unknown("dates.of_injury: whether the law applies yet could not be checked (PREEFF)")
    elif injury < version.day("injury_from"):
        found = (
            f"Injury of {day_words(injury)}, decision communicated on {day_words(communicated)}: "
            f"both before the law applied."
        )
        yield ground(question, "PREEFF", found)


def exempt_grounds(question: Question, number: int, dispute: CaseDispute) -> Iterator[Answer]:
    """Yield EXEMPT where the treatment may have needed no prior review: a person decides.

    Source:
        Lab. Code 4610(b)-(f), injuries since 2018.
    """
    injury = question.case.dates.of_injury
    if injury is None:
        return
    version = question.rulebook.version_on("first_days_exemption", injury)
    if isinstance(version, NotEncoded):
        return
    given = dispute.date_of_service or day_of(question.case.dates.rfa)
    period = version.period("regular")
    until = question.end_of(period, injury)
    if given is None or until is None or given > until:
        return
    needs = _kinds(dispute.request) & set(version.words("still_reviewed"))
    if needs - {"equipment"}:
        return
    if needs:
        price = f"{version.number('equipment_over_usd'):g} dollars"
        yield Unknown(
            f"dispute.{number}.request: whether the equipment costs more than {price}, and so needs prior "
            "review in the first days after the injury, could not be checked (EXEMPT)"
        )
        return
    found = (
        f"Treatment of {day_words(given)}, within {period} of the injury of {day_words(injury)}, "
        "may have needed no prior review."
    )
    yield ground(question, "EXEMPT", found, dispute=number)


@lru_cache(maxsize=2**14)
def _kinds(request: str) -> frozenset[str]:
    """Return the kinds of care that the statute still reviews, as far as a request names them."""
    if _X_RAY.search(request):
        return frozenset()
    named = {parse_request(request).kind.value, *(m.value.region for m in find_parts(request))}
    if _HOME_HEALTH.search(request):
        named.add("home health")
    return frozenset(named)


def untimely_review_alerts(question: Question) -> Iterator[Answer]:
    """Yield WCABUR for each clock that utilization review missed: an alert, never a ground.

    Source:
        *Dubon v. World Restoration* (2014), en banc.
    """
    decided = question.case.dates.ur_decision
    if decided is None:
        return
    for ref in _DECISION_CLOCKS:
        clock = question.clocks.get(ref)
        if clock is None or clock.due is None or not _is_after(decided, clock.due):
            continue
        found = (
            f"Decided on {day_words(local_day(decided))}; the clock {ref} ended on "
            f"{day_words(local_day(clock.due))}."
        )
        yield ground(question, "WCABUR", found)


def _is_after(one: Moment, other: Moment) -> bool:
    if one.at is not None and other.at is not None:
        return one.at > other.at
    return local_day(one) > local_day(other)
