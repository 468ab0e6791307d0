"""What casework asks of the law: how many reviewers decide, and what an even split means."""

from __future__ import annotations

from datetime import date

from openimr.law.rulebook import load_rulebook
from openimr.terms.case import Case

_RULE = "reviewers_of_a_case"


def reviewers_by_law(case: Case, on: date) -> int:
    """Return how many reviewers decide a case unless more are approved.

    Raises:
        LawError: The programme states no such number for that day.
    """
    version = load_rulebook(case.case.programme).version(_RULE, on)
    return int(version.number("reviewers"))


def even_split_is_for_treatment(case: Case, on: date) -> bool:
    """Return whether the treatment is provided where reviewers are evenly split.

    Raises:
        LawError: The programme does not say what an even split means.
    """
    version = load_rulebook(case.case.programme).version(_RULE, on)
    return version.word("even_split_for") == "treatment"
