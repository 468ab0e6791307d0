"""Requests whose treatment the vocabulary does not know, with the nearest names that it knows."""

from __future__ import annotations

from collections.abc import Sequence

from openimr.terms.case import CaseDispute
from openimr.terms.problem import Problem, Severity
from openimr.vocabulary.nearest import nearest_treatment_names
from openimr.vocabulary.requests import parse_request


def unknown_treatments(disputes: Sequence[CaseDispute]) -> tuple[Problem, ...]:
    """Return a problem for each dispute whose request names no treatment that is known.

    Source:
        The word lists of the vocabulary.
    """
    return tuple(
        problem
        for number, dispute in enumerate(disputes, start=1)
        if (problem := unknown_treatment(dispute.request, field=f"dispute[{number}].request"))
    )


def unknown_treatment(request: str, *, field: str = "request") -> Problem | None:
    """Return the problem of a request that names no treatment that is known, or None.

    Source:
        The word lists of the vocabulary.
    """
    treatment = parse_request(request)
    if treatment.name is not None or treatment.ingredients:
        return None
    nearest = nearest_treatment_names(request)
    near = (
        f"The nearest known names are {', '.join(nearest)}."
        if nearest
        else "No known name is spelled like it."
    )
    return Problem(
        code="request.unknown_treatment",
        field=field,
        message=f"The request names no treatment that is known: {request!r}.",
        remedy=f"{near} Correct the request, or add the treatment to the vocabulary.",
        severity=Severity.WARNING,
    )
