"""The dashboard: pictures of the figures, each with the same numbers as a table and its definition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from openimr.casework.roles import Role
from openimr.desk.access import UserRequest, only, page
from openimr.desk.charts import Bar, Part, bars, columns, intervals
from openimr.desk.figures import OUTCOME_WORDS, Figures, Load, figures

# who plans and watches; the Administrative Director's office sees everything but who reviews
WHO = only(
    Role.INTAKE,
    Role.CASE_MANAGER,
    Role.MEDICAL_DIRECTOR,
    Role.QUALITY,
    Role.AUDITOR,
    Role.ADMINISTRATIVE_DIRECTOR,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A picture with its heading, what it counts, and the same numbers as a table."""

    id: str
    title: str
    definition: str
    picture: SafeString
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@page(WHO)
@require_GET
def show(request: UserRequest) -> HttpResponse:
    """Return the dashboard; who reviews how much only to those inside the organization."""
    found = figures()
    charts = [
        arrivals(found),
        stages(found),
        lateness(found),
        load("holders", "Open cases by who holds them", HOLDERS, found.holders),
        outcomes(found),
    ]
    if request.user.is_staff:
        charts.append(load("reviewers", "Open cases by reviewer", REVIEWING, found.reviewers))
    return render(request, "desk/figures/dashboard.html", {"charts": charts, "at": found.at})


HOLDERS = (
    "Cases that are not closed, by the role that has to act next. Overdue: the earliest period of the law at "
    "the stage of the case has ended."
)
REVIEWING = "Cases that are not closed and have this reviewer. Seen inside the organization only."


def arrivals(found: Figures) -> Chart:
    """Return applications by week."""
    total = sum(n for _, n in found.arrivals)
    return Chart(
        id="arrivals",
        title="Applications by week",
        definition="Applications by the week in which they were filed, Monday to Sunday, for half a year; "
        "drafts are not counted. The last week is not over.",
        picture=columns(
            "arrivals-picture",
            f"Applications by week: {total:,} in {len(found.arrivals)} weeks",
            [(_short(week), n) for week, n in found.arrivals],
        ),
        head=("Week from", "Applications"),
        rows=tuple((week.isoformat(), f"{n:,}") for week, n in found.arrivals),
    )


def _short(day: date) -> str:
    return f"{day:%b} {day.day}"


def stages(found: Figures) -> Chart:
    """Return cases by stage."""
    rows = [(stage.value.replace("_", " ").capitalize(), n) for stage, n in found.stages]
    return Chart(
        id="stages",
        title="Cases by stage",
        definition="All cases by how far they have come; closed ones too.",
        picture=bars(
            "stages-picture",
            f"Cases by stage: {sum(n for _, n in rows):,} cases",
            [Bar(label=w, parts=(Part(style="bar", value=n),), words=f"{n:,}") for w, n in rows],
        ),
        head=("Stage", "Cases"),
        rows=tuple((words, f"{n:,}") for words, n in rows),
    )


def lateness(found: Figures) -> Chart:
    """Return for each clock how often it was met in time."""
    rows = [
        Bar(
            label=clock.words,
            parts=(
                Part(style="bar-done", value=clock.in_time),
                Part(style="bar-late", value=clock.late + clock.overdue),
            ),
            words=f"{clock.in_time:,} of {clock.share.whole:,}",
        )
        for clock in found.lateness
    ]
    return Chart(
        id="lateness",
        title="In time, by clock of the law",
        definition="Periods that ended in the last 365 days, one a case and clock. In time: done on the last "
        "day or before. Late: done after it, or not done yet. Periods that still run are in the table only. "
        "The share in time stands with its 95 % interval (Wilson).",
        picture=bars("lateness-picture", "Periods of the law that were kept, green, and missed, red", rows),
        head=("Clock", "Rule", "In time", "Late", "Overdue", "Running", "Share in time"),
        rows=tuple(
            (
                f"{c.ref} {c.words}",
                c.citation,
                f"{c.in_time:,}",
                f"{c.late:,}",
                f"{c.overdue:,}",
                f"{c.running:,}",
                c.share.words,
            )
            for c in found.lateness
        ),
    )


def load(identifier: str, title: str, definition: str, rows: tuple[Load, ...]) -> Chart:
    """Return how many open cases somebody has."""
    return Chart(
        id=identifier,
        title=title,
        definition=definition,
        picture=bars(
            f"{identifier}-picture",
            f"{title}: {sum(r.open for r in rows):,} cases",
            [
                Bar(
                    label=row.words,
                    parts=(
                        Part(style="bar", value=row.open - row.overdue),
                        Part(style="bar-late", value=row.overdue),
                    ),
                    words=f"{row.open:,}" + (f", {row.overdue:,} late" if row.overdue else ""),
                )
                for row in rows
            ],
        ),
        head=("", "Open cases", "Of them overdue"),
        rows=tuple((row.words, f"{row.open:,}", f"{row.overdue:,}") for row in rows),
    )


def outcomes(found: Figures) -> Chart:
    """Return the outcomes with their n and intervals."""
    return Chart(
        id="outcomes",
        title="Outcomes",
        definition="Disputed treatments whose determination was released in the last 365 days; of a "
        "corrected or remanded case what stands now. Each share of all of them, with its 95 % interval "
        "(Wilson).",
        picture=intervals(
            "outcomes-picture",
            "Outcomes: " + "; ".join(f"{OUTCOME_WORDS[o]} {s.words}" for o, s in found.outcomes),
            [(OUTCOME_WORDS[o], s) for o, s in found.outcomes],
        ),
        head=("Outcome", "Treatments", "Share"),
        rows=tuple((OUTCOME_WORDS[o], f"{s.part:,}", s.words) for o, s in found.outcomes),
    )
