"""When a service was given and when its report was written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from openimr.records.date_signs import date_signs
from openimr.records.linear import LinearModel, linear_model
from openimr.records.look import PageLook
from openimr.records.plain_days import plain_days
from openimr.terms.records import ExhibitType

# A day is told only where it is so probable beside all others and beside none: a wrong day is worse than
# none. Set over families of papers that the weights had not been learned from.
_SERVICE_FROM, _REPORT_FROM = 0.7, 0.7
# Two days that are both so probable by themselves are none.
_SECOND_AT_MOST = 0.7
# Odds beyond this are as sure as can be.
_SUREST = 1.0 - 1e-9


@dataclass(frozen=True, slots=True)
class DocumentDates:
    """The dates of a document; None where none is sure enough, or two are nearly so."""

    service: date | None
    report: date | None


def document_dates(looks: Sequence[PageLook], kind: ExhibitType) -> DocumentDates:
    """Return when the service was given and when the paper was written.

    Abstains rather than guesses: two days that are nearly as probable are no day.
    """
    return told_dates(looks, kind, linear_model("date_signs"))


def told_dates(looks: Sequence[PageLook], kind: ExhibitType, model: LinearModel) -> DocumentDates:
    """Return what a paper says plainly of its days, and what a model says of them where it does not."""
    signs = date_signs(looks, kind)
    plain = plain_days(looks, kind)
    service = plain.service or _told(signs, model, "service", _SERVICE_FROM)
    report = _told(signs, model, "report", _REPORT_FROM)
    return DocumentDates(None if service in plain.others else service, report)


def _told(
    signs: Mapping[date, Mapping[str, float]], model: LinearModel, answer: str, least: float
) -> date | None:
    """Return the one day that is probable enough."""
    found = sorted(((model.probability(one, answer), day) for day, one in signs.items()), reverse=True)
    if not found or (len(found) > 1 and found[1][0] > _SECOND_AT_MOST):
        return None
    share = _odds(found[0][0]) / (1.0 + sum(_odds(one) for one, _ in found))
    return found[0][1] if share >= least else None


def _odds(probability: float) -> float:
    return min(probability, _SUREST) / (1.0 - min(probability, _SUREST))
