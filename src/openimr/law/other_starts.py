"""One clock of a case that runs from a day for which the case itself has no place."""

from __future__ import annotations

from openimr.law.calendars import load_calendars
from openimr.law.computing import Dates, compute
from openimr.law.deadlines import table_of
from openimr.law.rulebook import RuleBook
from openimr.law.starts import STARTS
from openimr.law.traits import traits_of
from openimr.terms.case import Case, ServiceMethod
from openimr.terms.eligibility import Deadline
from openimr.terms.errors import LawError
from openimr.terms.period import Moment


def deadline_from(
    case: Case,
    rulebook: RuleBook,
    *,
    ref: str,
    start: str,
    moment: Moment | None,
    method: ServiceMethod | None = None,
) -> Deadline | None:
    """Return a clock of a case from a day that is told beside it; None where the case has no such clock.

    Requests for information, determinations of ineligibility and invoices can
    be many in one case, and a determination is served on each party on a day
    of its own.

    Args:
        case: The case.
        rulebook: The rules of its programme.
        ref: The row of the deadline table.
        start: The name of the day, as the rule states it.
        moment: That day.
        method: How the paper was served, where service lengthens the period.

    Raises:
        LawError: There is no such day; the known ones are listed.

    Source:
        The row of ``clocks.toml`` and its rule.

    Example:
        >>> from datetime import date
        >>> from openimr.law.rulebook import load_rulebook
        >>> from openimr.terms.case import CaseDates, CaseHead
        >>> from openimr.terms.letter import Priority
        >>> case = Case(
        ...     schema=1,
        ...     case=CaseHead(programme="us_ca_wc", number="CM24-1", priority=Priority.REGULAR),
        ...     dates=CaseDates(application_received=Moment(date(2024, 3, 4))),
        ... )
        >>> asked = Moment(date(2024, 3, 6))
        >>> clock = deadline_from(
        ...     case, load_rulebook(), ref="E1", start="information_asked_for", moment=asked
        ... )
        >>> clock.due.on.isoformat(), clock.citation
        ('2024-03-13', '8 CCR 9792.10.3(b)-(c)')
    """
    if start not in STARTS:
        raise LawError(
            asked=f"Compute {ref} from {start}",
            found="no rule counts from such a day.",
            remedy=f"Known days are: {', '.join(STARTS)}.",
        )
    traits = traits_of(case)
    clock = next((c for c in table_of(rulebook) if c.ref == ref and c.applies(traits)), None)
    if clock is None:
        return None
    days = {s: s.read(case) for s in STARTS.values()}
    days[STARTS[start]] = moment
    return compute(clock, traits, Dates(days, method), rulebook, load_calendars(rulebook.calendars))
