"""What the dashboards count: arrivals, stages, lateness, load, outcomes; each by one query over indexes.

Nothing here names a case, a party or a patient. Who reviews how many cases
is counted apart, for the organization alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.cache import cache
from django.db.models import Count, F, Q
from django.db.models.functions import TruncWeek
from django.utils import timezone

from openimr.casework.roles import Role
from openimr.casework.stages import Stage
from openimr.desk.afterlists import DONE
from openimr.desk.clock import now
from openimr.desk.intervals import Share, wilson
from openimr.desk.models import ROLE_WORDS, Case, CaseMember, ClockResult, DisputeResult, User
from openimr.law.rulebook import load_rulebook
from openimr.terms.letter import Outcome

WEEKS = 26
DAYS = 365
# figures are counted by the worker once a minute (``recount``), and pages say of which moment they are;
# where no worker runs, a page counts those that are older than so many seconds itself
SECONDS = 900
KEPT_AS = "desk-figures"
REVIEWERS = 40

CLOCK_WORDS = {
    "S1": "Notice of assignment",
    "D1": "Records (notice mailed)",
    "D2": "Records (electronic)",
    "D3": "Records (expedited)",
    "V1": "Determination",
    "V2": "Determination (formulary)",
    "V3": "Determination (expedited)",
    "V4": "Determination (extended)",
    "I1": "Carried out (care given)",
    "I2": "Carried out (care ahead)",
}
OUTCOME_WORDS = {
    Outcome.UPHELD: "Denial upheld",
    Outcome.OVERTURNED: "Denial overturned",
    Outcome.OVERTURNED_IN_PART: "Overturned in part",
}
assert CLOCK_WORDS.keys() == DONE.keys()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lateness:
    """One clock of the deadline table over a year: met in time, met late, overdue, still running."""

    ref: str
    words: str
    citation: str
    in_time: int
    late: int
    overdue: int
    running: int

    @property
    def share(self) -> Share:
        """Return the share in time of those that have ended: met, or overdue."""
        return wilson(self.in_time, self.in_time + self.late + self.overdue)


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How many open cases somebody holds, and how many of them are overdue."""

    words: str
    open: int
    overdue: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Everything that the dashboards show, counted at one moment."""

    at: datetime
    arrivals: tuple[tuple[date, int], ...]
    stages: tuple[tuple[Stage, int], ...]
    lateness: tuple[Lateness, ...]
    holders: tuple[Load, ...]
    reviewers: tuple[Load, ...]
    outcomes: tuple[tuple[Outcome, Share], ...]


def figures() -> Figures:
    """Return the figures as they were counted last, counted now where that is long ago."""
    found: Figures | None = cache.get(KEPT_AS)
    return recount() if found is None else found


def recount() -> Figures:
    """Return the figures of this moment, kept for every page."""
    found = count(now())
    cache.set(KEPT_AS, found, SECONDS)
    return found


def count(at: datetime) -> Figures:
    """Return the figures of a moment."""
    day = timezone.localdate(at)
    return Figures(
        at=at,
        arrivals=arrivals(day),
        stages=stages(),
        lateness=lateness(day),
        holders=holders(day),
        reviewers=load_of_reviewers(day),
        outcomes=outcomes(day),
    )


def arrivals(day: date) -> tuple[tuple[date, int], ...]:
    """Return how many applications came in each week, the earliest first; weeks begin on Monday."""
    first = day - timedelta(days=day.weekday(), weeks=WEEKS - 1)
    since = timezone.make_aware(datetime.combine(first, time.min))
    rows = (
        Case.objects.filter(filed_at__gte=since)
        .exclude(stage=Stage.DRAFT.value)
        .annotate(week=TruncWeek("filed_at"))
        .values("week")
        .annotate(n=Count("id"))
    )
    found = {row["week"].date(): row["n"] for row in rows}
    weeks = [first + timedelta(weeks=n) for n in range(WEEKS)]
    return tuple((week, found.get(week, 0)) for week in weeks)


def stages() -> tuple[tuple[Stage, int], ...]:
    """Return how many cases stand at each stage, in the order of the life of a case."""
    found = dict(Case.objects.values_list("stage").annotate(n=Count("id")))
    return tuple((stage, found[stage.value]) for stage in Stage if found.get(stage.value))


def lateness(day: date) -> tuple[Lateness, ...]:
    """Return for each clock of the last year how often it was met, and how often not."""
    rows = (
        ClockResult.objects.filter(due_on__gt=day - timedelta(days=DAYS))
        .values("ref")
        .annotate(
            in_time=Count("id", filter=Q(done_on__lte=F("due_on"))),
            late=Count("id", filter=Q(done_on__gt=F("due_on"))),
            overdue=Count("id", filter=Q(done_on=None, due_on__lt=day)),
            running=Count("id", filter=Q(done_on=None, due_on__gte=day)),
        )
    )
    cited = citations()
    found = {row["ref"]: row for row in rows}
    return tuple(
        Lateness(words=words, citation=cited.get(ref, ""), **found[ref])
        for ref, words in CLOCK_WORDS.items()
        if ref in found
    )


def citations() -> Mapping[str, str]:
    """Return the citation of the rule of each clock, as it stands last in the rule book."""
    book = load_rulebook()
    rules = {"S": "notice_of_assignment", "D": "records_deadline", "V": "determination_deadline"}
    rules |= {"I": "implementation_deadline"}
    return {ref: book.rule(rules[ref[0]]).versions[-1].citation for ref in DONE}


def holders(day: date) -> tuple[Load, ...]:
    """Return how many open cases each role holds."""
    rows = (
        Case.objects.filter(is_open=True)
        .values("holder")
        .annotate(open=Count("id"), overdue=Count("id", filter=Q(due_on__lt=day)))
        .order_by("-open")
    )
    return tuple(
        Load(
            words=ROLE_WORDS[Role(row["holder"])] if row["holder"] else "Nobody",
            open=row["open"],
            overdue=row["overdue"],
        )
        for row in rows
    )


def load_of_reviewers(day: date) -> tuple[Load, ...]:
    """Return how many open cases each reviewer has: for the organization alone."""
    rows = (
        CaseMember.objects.filter(role=Role.REVIEWER.value, is_open=True)
        .values("user")
        .annotate(open=Count("id"), overdue=Count("id", filter=Q(due_on__lt=day)))
        .order_by("-open", "user")[:REVIEWERS]
    )
    people = User.objects.in_bulk([row["user"] for row in rows])
    return tuple(
        Load(words=str(people[row["user"]]), open=row["open"], overdue=row["overdue"]) for row in rows
    )


def outcomes(day: date) -> tuple[tuple[Outcome, Share], ...]:
    """Return the share of each outcome among the disputes that were determined in the last year."""
    rows = (
        DisputeResult.objects.filter(released_on__gt=day - timedelta(days=DAYS))
        .values_list("outcome")
        .annotate(n=Count("id"))
    )
    found = dict(rows)
    whole = sum(found.values())
    return tuple((outcome, wilson(found.get(outcome.value, 0), whole)) for outcome in Outcome)
