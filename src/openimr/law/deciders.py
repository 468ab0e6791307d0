"""Who decides a question of the programme in the end."""

from __future__ import annotations

from datetime import date
from functools import cache

from openimr.terms.eligibility import Decider, Decision
from openimr.terms.errors import LawError
from openimr.terms.places import Verification, Verified
from openimr.vocabulary.tables import read_table


@cache
def decisions(programme: str = "us_ca_wc") -> tuple[Decision, ...]:
    """Return the questions of a programme, each with who decides it.

    Source:
        ``deciders.csv`` of the programme, each row with its citation.
    """
    return tuple(
        Decision(
            question=row["question"],
            decided_by=Decider(row["decided_by"]),
            citation=row["citation"],
            verified=Verified(
                how=Verification(row["how"]), source=row["source"], on=date.fromisoformat(row["on"])
            ),
        )
        for row in read_table("openimr.law", f"{programme}/deciders.csv")
    )


def who_decides(question: str, programme: str = "us_ca_wc") -> Decision:
    """Return who decides a question.

    Raises:
        LawError: The question is not listed; the known ones are.

    Source:
        ``deciders.csv`` of the programme.

    Example:
        >>> who_decides("more than one reviewer").decided_by.value
        'administrative_director'
    """
    known = {d.question: d for d in decisions(programme)}
    if question not in known:
        raise LawError(
            asked=f"Look up who decides: {question}",
            found=f"{programme} lists no such question.",
            remedy=f"Known questions are: {', '.join(known)}.",
        )
    return known[question]
