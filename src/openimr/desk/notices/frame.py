"""What every notice is made of: head, case, addressee, treatments, the law it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from openimr.casework.case_state import CaseState
from openimr.casework.moments import day_of
from openimr.casework.parts import CaseParty, DisputeStatus, Paper
from openimr.law.calendars import local_day
from openimr.law.deadlines import deadlines
from openimr.law.rulebook import NotEncoded, RuleBook, load_rulebook
from openimr.law.wording import doubt_words
from openimr.letters.blocks import Block, Entries, Fields, Heading, Letterhead, Paragraph, Title
from openimr.letters.wording import PRIORITIES
from openimr.terms.case import Case, ServiceMethod
from openimr.terms.eligibility import Deadline
from openimr.terms.period import Moment

PARTY_WORDS = {
    CaseParty.EMPLOYEE: "Injured employee",
    CaseParty.ATTORNEY: "Attorney of the employee",
    CaseParty.PAYER: "Claims administrator",
    CaseParty.PROVIDER: "Requesting physician",
}
_MONTHS = "January February March April May June July August September October November December".split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One paper for one party: the case as it stood when the paper came to be owed.

    ``lines`` is the address of the party, ``sent`` the day of sending where it
    is known, ``method`` how it is sent.
    """

    state: CaseState
    paper: Paper
    party: CaseParty
    organization: str
    lines: tuple[str, ...] = ()
    sent: date | None = None
    method: ServiceMethod | None = None

    @property
    def rulebook(self) -> RuleBook:
        """The rules of the programme of the case."""
        return load_rulebook(self.state.case.case.programme)

    @property
    def on(self) -> date:
        """The day on which the law is looked up: that of sending, or since when it is owed."""
        return self.sent or day_of(self.paper.owed_since)

    @property
    def number(self) -> int:
        """Which paper of its kind it is in the case, from 1."""
        return int(self.paper.id.rpartition("-")[2])


def us_day(day: date | None) -> str:
    """Return a day as notices print it.

    Example:
        >>> us_day(date(2026, 10, 7))
        'October 7, 2026'
    """
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}" if day else "not stated"


def name_of(case: Case, party: CaseParty) -> str | None:
    """Return the name of a party of a case."""
    named = {
        CaseParty.EMPLOYEE: case.patient.name,
        CaseParty.ATTORNEY: case.parties.attorney.name if case.parties.attorney else None,
        CaseParty.PAYER: case.parties.payer.name if case.parties.payer else None,
        CaseParty.PROVIDER: case.provider.name,
    }
    return named[party]


def head(notice: Notice, title: str) -> list[Block]:
    """Return the beginning of a notice: who sends it, what it is, to whom, about which case."""
    name = name_of(notice.state.case, notice.party) or "name not stated"
    lines = ", ".join((name, *notice.lines))
    return [
        Letterhead(programme=notice.rulebook.title, organization=notice.organization, lines=()),
        Title(title),
        Fields("", ((PARTY_WORDS[notice.party], lines), ("Date", us_day(notice.on))), is_table=False),
        Fields("Case", _case_rows(notice), is_table=True),
    ]


def _case_rows(notice: Notice) -> tuple[tuple[str, str], ...]:
    case = notice.state.case
    employer = case.parties.employer

    def day(moment: Moment | None) -> str:
        return us_day(local_day(moment) if moment else None)

    return (
        ("Case number", case.case.number),
        ("Employee", case.patient.name or "not stated"),
        ("Date of injury", us_day(case.dates.of_injury)),
        ("Kind of review", PRIORITIES[case.case.priority]),
        ("Employer", employer.name if employer else "not stated"),
        ("Claims administrator", name_of(case, CaseParty.PAYER) or "not stated"),
        ("Utilization review decision", day(case.dates.ur_decision)),
        ("Application received", day(case.dates.application_received)),
    )


def treatments(notice: Notice, lead: str, *statuses: DisputeStatus) -> list[Block]:
    """Return the disputed treatments that stand in one of some ways, numbered as in the application."""
    found = [
        f"{standing.number}. {notice.state.case.dispute[standing.number - 1].request}"
        for standing in notice.state.standings
        if not statuses or standing.status in statuses
    ]
    return [Entries(lead, tuple(found), is_numbered=True)] if found else []


def clocks(notice: Notice, *refs: str) -> tuple[Deadline, ...]:
    """Return the clocks of the case of some rows, as if the notice had gone out on its day."""
    case = notice.state.case
    if notice.sent is not None:
        sent = Moment(notice.sent)
        dates = replace(case.dates, noarfi_sent=case.dates.noarfi_sent or sent)
        service = replace(case.service, noarfi=case.service.noarfi or notice.method)
        case = replace(case, dates=dates, service=service)
    return tuple(d for d in deadlines(case, notice.rulebook) if d.ref in refs)


def due_words(clock: Deadline | None) -> str:
    """Return the last day of a clock in words, with its hour where it counts hours; empty without one."""
    if clock is None or clock.due is None:
        return ""
    hour = f", {clock.due.at:%H:%M} Pacific time" if clock.due.at else ""
    return us_day(local_day(clock.due)) + hour


def law(notice: Notice, *rules: str, on: date | None = None) -> list[Block]:
    """Return the section that names the rules a notice rests on, with what was not verified said of each."""
    return [Heading("THE LAW"), Entries("This notice rests on:", tuple(_rules(notice, rules, on)))]


def _rules(notice: Notice, rules: Iterable[str], on: date | None) -> Iterable[str]:
    for name in rules:
        rule = notice.rulebook.rule(name)
        version = rule.version_on(on or notice.on)
        if isinstance(version, NotEncoded):
            cited = rule.versions[-1].citation
            yield f"{rule.title}: {cited}. The text in force on this day was not at hand."
        else:
            doubt = doubt_words(version.verified.how)
            yield f"{rule.title}: {version.citation}" + (f" ({doubt})" if doubt else "") + "."


def questions(notice: Notice) -> list[Block]:
    """Return the end of a notice: where to turn."""
    words = (
        f"Write to {notice.organization} and name case {notice.state.case_number}. "
        "The status of the case can be asked for at any time by this number."
    )
    return [Heading("QUESTIONS"), Paragraph(words)]
