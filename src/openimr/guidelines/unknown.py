"""Requests whose treatment the vocabulary does not know, with the nearest names that it knows."""

from __future__ import annotations

from collections.abc import Sequence

from openimr.terms.case import CaseDispute
from openimr.terms.problem import Problem, Severity
from openimr.vocabulary.drugs import nearest_drug_names
from openimr.vocabulary.requests import parse_request


def unknown_treatments(disputes: Sequence[CaseDispute]) -> tuple[Problem, ...]:
    """Return a problem for each dispute whose request names no treatment that is known.

    Source:
        The word lists of the vocabulary.
    """
    found = []
    for number, dispute in enumerate(disputes, start=1):
        treatment = parse_request(dispute.request)
        if treatment.name is None and not treatment.ingredients:
            found.append(_unknown(number, dispute.request))
    return tuple(found)


def _unknown(number: int, request: str) -> Problem:
    words = [word for word in request.split() if word.isalpha() and len(word) > 3]
    nearest = list(dict.fromkeys(name for word in words for name in nearest_drug_names(word)))[:3]
    remedy = "Correct the request, or add the treatment to the vocabulary."
    if nearest:
        remedy = f"The nearest known names are {', '.join(nearest)}. {remedy}"
    return Problem(
        code="request.unknown_treatment",
        field=f"dispute[{number}].request",
        message=f"The request of dispute {number} names no treatment that is known: {request!r}.",
        remedy=remedy,
        severity=Severity.WARNING,
    )
