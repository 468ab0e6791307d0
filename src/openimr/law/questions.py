"""What a check of eligibility asks of, and the grounds it can answer with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from openimr.law.calendars import Calendars, local_day
from openimr.law.rulebook import RuleBook
from openimr.terms.case import Case
from openimr.terms.eligibility import Deadline, Decider, Ground, GroundOutcome
from openimr.terms.period import Moment, Period
from openimr.terms.places import Verification, Verified
from openimr.vocabulary.tables import read_table


@dataclass(frozen=True, slots=True)
class Unknown:
    """What the case does not say, and what could therefore not be checked."""

    words: str


Answer = Ground | Unknown


@dataclass(frozen=True, slots=True)
class Question:
    """One case whose eligibility is asked for, with its clocks and the other cases."""

    case: Case
    rulebook: RuleBook
    calendars: Calendars
    clocks: Mapping[str, Deadline]
    others: Sequence[Case] = ()

    def communicated_on(self) -> date | None:
        """Return the day on which the decision reached the employee, or None.

        Source:
            Lab. Code 4610.5(a)(2).
        """
        return day_of(self.case.dates.ur_served or self.case.dates.ur_decision)

    def end_of(self, period: Period, day: date) -> date | None:
        """Return the last day of a period, not rolled; None for a day of no year on file.

        Source:
            Code Civ. Proc. 12.
        """
        return self.calendars.add(Moment(day), period).due.on if self.calendars.covers(day) else None


def day_of(moment: Moment | None) -> date | None:
    """Return the day of a moment in California, None where there is none.

    Source:
        Periods of the programme run in Pacific time.
    """
    return None if moment is None else local_day(moment)


@dataclass(frozen=True, slots=True)
class GroundRow:
    """What the table of grounds says of a code."""

    outcome: GroundOutcome
    cure: str | None
    decided_by: Decider
    citation: str
    verified: Verified


@cache
def ground_table(programme: str) -> Mapping[str, GroundRow]:
    """Return the grounds of a programme by their codes.

    Source:
        ``grounds.csv`` of the programme, each row with its citation.
    """
    return {
        row["code"]: GroundRow(
            GroundOutcome(row["outcome"]),
            row["cure"] or None,
            Decider(row["decided_by"]),
            row["citation"],
            Verified(
                how=Verification(row["how"]),
                source=row["source"] or None,
                on=date.fromisoformat(row["on"]),
            ),
        )
        for row in read_table("openimr.law", f"{programme}/grounds.csv")
    }


def ground(
    question: Question,
    code: str,
    found: str,
    *,
    dispute: int | None = None,
    outcome: GroundOutcome | None = None,
    cure_by: date | None = None,
) -> Ground:
    """Return a ground with what the table of grounds says of its code.

    Args:
        question: The case.
        code: The code of the table.
        found: What the case says, as a sentence.
        dispute: The number of the disputed item, from 1; None for the whole application.
        outcome: Where this finding comes to something else than the table says.
        cure_by: Until when it can be cured.

    Source:
        ``grounds.csv`` of the programme, each row with its citation.
    """
    row = ground_table(question.rulebook.programme)[code]
    return Ground(
        code=code,
        dispute=dispute,
        outcome=outcome or row.outcome,
        found=found,
        is_curable=row.cure is not None,
        cure=row.cure,
        cure_by=cure_by,
        decided_by=row.decided_by,
        citation=row.citation,
        verified=row.verified,
    )
