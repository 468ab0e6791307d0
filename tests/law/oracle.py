"""What is due when, worked out a second time from the text of the law and without the room ``law``.

Nothing here is fast or general. Each row of the deadline table is one function
that says what the law says, and every place where the law leaves two readings
open says so: a row has several acceptable dates and the reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from law.oracle_calendar import (
    Reading,
    answers,
    calendar_days,
    hours,
    months_later,
    open_days,
    rolled,
    working_period,
)
from openimr.terms.case import Case, ServiceMethod, UrAction
from openimr.terms.letter import Priority
from openimr.terms.period import Moment

Due = date | datetime | None

PACIFIC = ZoneInfo("America/Los_Angeles")

# The formulary, and 10 days to file and 5 working days to decide (LC 4610.5(a)(3), (h)(1)(A)).
FORMULARY_FROM = date(2018, 1, 1)
# LC 4610(i)(1) in its text of 2018 says working days; LC 4600.4(b) defines normal business days from 2020.
WORKING_DAYS_FROM, NORMAL_BUSINESS_DAYS_FROM = date(2018, 1, 1), date(2020, 1, 1)
# Rules of utilization review that were rewritten; their text could not be read.
UNREAD_RULES_FROM = date(2026, 4, 1)
MAIL = {
    ServiceMethod.MAIL_CA: 5,
    ServiceMethod.MAIL_US: 10,
    ServiceMethod.MAIL_ABROAD: 20,
    ServiceMethod.MAIL_CONFIDENTIAL: 12,
}
# CCP 1013 and 1010.6 give two court days, Rule 10605 five days: the longer one is taken.
TWO_COURT_DAYS_OR_FIVE = {ServiceMethod.OVERNIGHT, ServiceMethod.FAX, ServiceMethod.ELECTRONIC}


@dataclass(frozen=True)
class Row:
    """The dates that the law allows for one row; one date where it is clear.

    ``must`` is False where it is open whether the row applies at all.
    """

    dates: frozenset[Due]
    must: bool = True
    because: str = ""


Rows = dict[str, Row]


def day_of(moment: Moment | None) -> date | None:
    """Return the day of a moment; a moment with an hour is a day in California."""
    if moment is None:
        return None
    return moment.at.astimezone(PACIFIC).date() if moment.at else moment.on


def unknown(because: str = "") -> Row:
    return Row(frozenset({None}), because=because)


def due_dates(case: Case) -> Rows:
    """Return every row of the deadline table that the case can be asked about."""
    rows: Rows = {}
    for one in (_utilization_review, _filing, _assignment, _records, _determination, _told, _after):
        rows.update(one(case))
    return rows


def either(first: Row, *others: Row, because: str, must: bool = True) -> Row:
    """Return a row that is right with the dates of any of the rows."""
    dates = frozenset[Due]().union(first.dates, *(other.dates for other in others))
    return Row(dates, must=must, because=because)


def maybe(row: Row, because: str) -> Row:
    return Row(row.dates, must=False, because=because)


# U: the decision of utilization review


def _utilization_review(case: Case) -> Rows:
    return {**_decision_clock(case), **_around_the_decision(case)}


def _decision_clock(case: Case) -> Rows:
    received, rfa = case.dates.rfa_received, day_of(case.dates.rfa)
    called = [dispute.ur_action is UrAction.RETROSPECTIVE_DENY for dispute in case.disputes]
    given = [_is_rendered(case, number) for number in range(len(case.disputes))]
    after, before = _days_row(day_of(received), 30), _five_days(day_of(received), rfa)
    rows: Rows = {"U5": after} if any(called) else {}
    if called and all(called):
        return rows
    if case.case.priority is Priority.EXPEDITED:
        rows["U4"] = _hours_row(received, 72)
    elif case.case.formulary_dispute is False or (day_of(received) or FORMULARY_FROM) < FORMULARY_FROM:
        rows["U1"] = before
    else:
        why = "whether every item is a drug of the formulary"
        short = _five_days(day_of(received), None)
        rows["U2"] = short
        if case.case.formulary_dispute is None or received is None:
            rows["U2"] = maybe(either(short, unknown(), because=why), why)
        rows["U1"] = maybe(either(before, short, because=why), why)
    if any(given):
        # Given already, but not called retrospective: whether it was asked for before is not told.
        rows = {ref: row if ref == "U5" else maybe(row, "given already") for ref, row in rows.items()}
        rows.setdefault("U5", maybe(after, "given already"))
    return rows


def _five_days(received: date | None, recommended: date | None) -> Row:
    """Five days of the kind in force, never beyond 14 calendar days from the recommendation."""
    if received is None:
        return unknown()
    dates: frozenset[Due] = answers(lambda reading: working_period(received, 5, ur_days(received), reading))
    if recommended is None:
        return Row(dates)
    cap = calendar_days(recommended, 14)
    # Whether the outer limit of 14 days rolls over a holiday is not told.
    caps = {cap} | answers(lambda reading: rolled(cap, reading))
    return Row(frozenset(min(five, limit) for five in dates for limit in caps if isinstance(five, date)))


def ur_days(day: date) -> str:
    """Return which days utilization review counts on a day: three texts in turn."""
    if day >= NORMAL_BUSINESS_DAYS_FROM:
        return "normal_business"
    return "working" if day >= WORKING_DAYS_FROM else "business"


def _around_the_decision(case: Case) -> Rows:
    """U3, U6, U7, U8, U9: asking for information, telling the decision, deferring, and how long it stands."""
    received, resolved = day_of(case.dates.rfa_received), day_of(case.dates.liability_resolved)
    decided = day_of(case.dates.ur_decision)
    rows = {ref: unknown() for ref in ("U3", "U6", "U7", "U9")}
    # Thirty days for what was given; for care to come it starts with a recommendation nobody states.
    rows["U8"] = either(_days_row(resolved, 30), unknown(), because="given, or to come")
    if received:
        five = Row(answers(lambda reading: working_period(received, 5, "business", reading)))
        # Since 2018 the statute says "immediately" and gives no days.
        rows["U3"], rows["U7"] = either(five, unknown(), because="immediately"), five
        if received >= UNREAD_RULES_FROM:
            rows["U7"] = either(five, unknown(), because="the rules of 2026 were not read")
    if decided:
        rows["U9"] = Row(frozenset({months_later(decided, 12)}))
        calendar = "normal_business" if decided >= NORMAL_BUSINESS_DAYS_FROM else "business"
        rows["U6"] = Row(
            answers(lambda reading: working_period(decided, 2, calendar, reading))
            | answers(lambda reading: working_period(decided, 2, ur_days(decided), reading))
        )
    return {ref: maybe(row, "the case does not say whether it applies") for ref, row in rows.items()}


# A: the application


def _filing(case: Case) -> Rows:
    disputed = case.application.liability_disputed
    resolved = day_of(case.dates.liability_resolved)
    after_liability = _filing_row(resolved, 30, None)
    if disputed or resolved:
        return {"A3": after_liability, "A6": maybe(_internal_appeal(case), "voluntary")}
    rows = {**_window(case), "A6": maybe(_internal_appeal(case), "voluntary")}
    if disputed is None:
        # The paper does not say whether liability was disputed: either clock may be shown.
        rows = {ref: maybe(row, "liability not stated") for ref, row in rows.items()}
        rows["A3"] = maybe(after_liability, "liability not stated")
    return rows


def _internal_appeal(case: Case) -> Row:
    """Ten days from receipt, which no paper states: from the decision or from its service."""
    starts = (day_of(case.dates.ur_decision), day_of(case.dates.ur_served))
    return either(*(_days_row(start, 10) for start in starts), because="receipt is not stated")


def _window(case: Case) -> Rows:
    served, decided = day_of(case.dates.ur_served), day_of(case.dates.ur_decision)
    provided = day_of(case.dates.imr_form_provided)
    start = max(served, provided) if served and provided else served
    long = _filing_row(start, 30, case.service.ur)
    short = _filing_row(start, 10, case.service.ur)
    if provided is None and served is not None:
        # A4: without the form the clock does not start; a case that is silent may have had it.
        long = either(long, unknown(), because="A4: form not stated")
        short = either(short, unknown(), because="A4: form not stated")
    days = [day for day in (served, decided, start) if day]
    if case.case.formulary_dispute is False or (days and max(days) < FORMULARY_FROM):
        return {"A1": long}
    if case.case.formulary_dispute is None or not days:
        may = "whether it is a formulary dispute is not stated"
        return {"A1": maybe(long, may), "A2": maybe(either(short, unknown(), because=may), may)}
    if min(days) < FORMULARY_FROM:
        may = "decided in 2017, served in 2018"
        return {"A1": maybe(long, may), "A2": maybe(short, may)}
    return {"A2": short, "A1": maybe(long, "items that are no drugs keep the long clock")}


def _filing_row(start: date | None, count: int, method: ServiceMethod | None) -> Row:
    if start is None:
        return unknown()
    return Row(answers(lambda reading: filing_end(start, count, method, reading)))


def filing_end(start: date, count: int, method: ServiceMethod | None, reading: Reading) -> date:
    """Return the last day to file: the limit, the longer extension for service, then the next open day."""
    limit = calendar_days(start, count)
    return rolled(extended(limit, method, reading), reading)


def extended(limit: date, method: ServiceMethod | None, reading: Reading) -> date:
    """Return the limit with the extension of the service; no proof of service: mail is taken."""
    if method is ServiceMethod.PERSONAL:
        return limit
    if method in TWO_COURT_DAYS_OR_FIVE:
        return max(calendar_days(limit, 5), open_days(limit, 2, "judicial", reading))
    return calendar_days(limit, MAIL[method or ServiceMethod.MAIL_CA])


# S and D: the notice of assignment and the records


def is_expedited_review(case: Case) -> Row | bool:
    """Return whether the expedited clocks run: a threat, treatment not yet provided (LC 4610.6(d)(1)(C))."""
    certified = case.dates.expedited_certified is not None
    if case.case.priority is not Priority.EXPEDITED and not certified:
        return False
    rendered = {_is_rendered(case, number) for number in range(len(case.disputes))}
    if rendered == {True}:
        return False
    return Row(frozenset(), because="some items were provided") if True in rendered else True


def _is_rendered(case: Case, number: int) -> bool:
    dispute = case.disputes[number]
    return dispute.date_of_service is not None or dispute.ur_action is UrAction.RETROSPECTIVE_DENY


def _by_priority(case: Case, expedited: Rows, regular: Rows) -> Rows:
    kind = is_expedited_review(case)
    if isinstance(kind, Row):
        return {ref: maybe(row, kind.because) for ref, row in {**expedited, **regular}.items()}
    return expedited if kind else regular


def _assignment(case: Case) -> Rows:
    eligible = day_of(case.dates.eligible)
    if eligible is None:
        return {"S1": unknown()}
    return {"S1": Row(answers(lambda reading: working_period(eligible, 1, "business", reading)))}


def _records(case: Case) -> Rows:
    """15 days from mailing, 12 when sent electronically; 24 hours from receipt when expedited."""
    sent, method = day_of(case.dates.noarfi_sent), case.service.noarfi
    fifteen, twelve = _days_row(sent, 15), _days_row(sent, 12)
    if method in MAIL:
        regular = {"D1": fifteen}
    elif method is ServiceMethod.ELECTRONIC:
        regular = {"D2": twelve}
    else:
        why = "neither mailed nor, surely, electronic: the regulation has no days for it"
        regular = {
            "D1": maybe(either(fifteen, unknown(), because=why), why),
            "D2": maybe(either(twelve, unknown(), because=why), why),
        }
    rows = _by_priority(case, {"D3": _a_day_from_notice(case)}, regular)
    own = frozenset[Due]().union(*(row.dates for row in rows.values()))
    why = "what the others send follows the same clocks; the statute has ten days of its own"
    return {**rows, "D4": Row(own, must=False, because=why), "D3s": maybe(_days_row(sent, 10), why)}


def _a_day_from_notice(case: Case) -> Row:
    """24 hours from receipt of the notice; of a review that became expedited later, from the certificate."""
    received, certified = case.dates.noarfi_received, case.dates.expedited_certified
    if received is None or certified is None or certified.on < received.on:
        return _hours_row(received, 24)
    if certified.on == received.on and (certified.at is None or received.at is None):
        return either(_hours_row(received, 24), _hours_row(certified, 24), unknown(), because="the same day")
    if certified.at and received.at:
        return _hours_row(max(received, certified, key=lambda one: one.at or datetime.max), 24)
    return _hours_row(certified, 24)


# V: the determination


def _determination(case: Case) -> Rows:
    complete = day_of(case.dates.records_complete)
    decided = [d for d in (day_of(case.dates.ur_decision), day_of(case.dates.ur_served), complete) if d]
    thirty = _days_row(complete, 30)
    five = unknown()
    if complete:
        five = Row(answers(lambda reading: working_period(complete, 5, "working", reading)))
    flag = case.case.formulary_dispute
    if flag is False or (decided and max(decided) < FORMULARY_FROM):
        regular = {"V1": thirty}
    elif flag and decided and min(decided) >= FORMULARY_FROM:
        regular = {"V2": five, "V1": maybe(thirty, "items that are no drugs keep the long clock")}
    else:
        why = "whether the formulary of 2018 applies is not stated"
        regular = {
            ref: maybe(either(row, unknown(), because=why), why)
            for ref, row in (("V1", thirty), ("V2", five))
        }
    # Without the certificate nobody owes three days: they run when it and the papers are there.
    certified = day_of(case.dates.expedited_certified)
    ready = max(complete, certified) if complete and certified else complete
    three = _days_row(ready, 3)
    rows = _by_priority(case, {"V3": three}, regular)
    if case.dates.ur_decision is None and case.dates.ur_served is None:
        why = "without a decision no version of the law is chosen"
        rows = {ref: either(row, unknown(), because=why, must=row.must) for ref, row in rows.items()}
    more = [_three_more(rows, start) for start in (complete, ready) if start]
    return {**rows, "V4": maybe(either(unknown(), *more, because="") if more else unknown(), "when approved")}


def _three_more(rows: Rows, complete: date) -> Row:
    """Up to three days more; whether they follow the limit before or after it rolled is not told."""
    days = {"V1": 30, "V3": 3}
    bases = {end for row in rows.values() for end in row.dates}
    bases |= {calendar_days(complete, days[ref]) for ref in rows if ref in days}
    ends = {calendar_days(base, 3) for base in bases if isinstance(base, date)}
    rolled_ends: frozenset[Due] = frozenset[Due]().union(*(_rolled_each(end) for end in ends))
    return Row(rolled_ends)


def _rolled_each(day: date) -> frozenset[Due]:
    return answers(lambda reading: rolled(day, reading))


# I and P: after the determination


def _told(case: Case) -> Rows:
    """D8: five calendar days to tell of an authorization or a withdrawal."""
    days = [dispute.authorized_since for dispute in case.disputes if dispute.authorized_since]
    days += [case.application.withdrawn_on] if case.application.withdrawn_on else []
    ends = either(unknown(), *(_days_row(day, 5) for day in days), because="which of the events")
    return {"D8": maybe(ends if days else unknown(), "only after such an event")}


def _after(case: Case) -> Rows:
    served = day_of(case.dates.determination_served)
    rendered = [_is_rendered(case, number) for number in range(len(case.disputes))]
    rows = {
        "P1": _filing_row(served, 30, case.service.determination),
        # A rule of 2013 and 2014 that printed 20 days.
        "P1h": maybe(_filing_row(served, 20, case.service.determination), "printed by mistake"),
    }
    if any(rendered):
        rows["I1"] = _days_row(served, 20)
    if not all(rendered) or not rendered:
        rows["I2"] = unknown()
        if served:
            rows["I2"] = Row(answers(lambda reading: working_period(served, 5, "working", reading)))
    return rows


def _days_row(start: date | None, count: int) -> Row:
    """Calendar days; the end rolls to the next day that is no holiday."""
    if start is None:
        return unknown()
    return Row(answers(lambda reading: rolled(calendar_days(start, count), reading)))


def _hours_row(start: Moment | None, count: int) -> Row:
    """Hours run from an hour: a day alone does not say when they end."""
    if start is None or start.at is None:
        return unknown()
    return Row(frozenset({hours(start.at, count)}))
