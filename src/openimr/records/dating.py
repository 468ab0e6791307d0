"""When a service was given and when its report was written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

from openimr.records.date_signs import date_signs
from openimr.records.linear import LinearModel, linear_model
from openimr.records.look import PageLook
from openimr.records.plain_days import PlainDays, plain_days
from openimr.terms.records import ExhibitType

# A day is told only where it is so probable beside all others and beside none: a wrong day is worse than
# none. Set over families of papers that the weights had not been learned from.
_SERVICE_FROM, _REPORT_FROM = 0.7, 0.6
# Two days that are both so probable by themselves are none.
_SECOND_AT_MOST = 0.7
# A kind less probable than this has no say in the days.
_LIKELY_KIND = 0.04
# A day is told from this share of the kinds; one that a label or a sentence says from the lesser one.
_TOLD_FROM, _SAID_FROM = 0.6, 0.3
# Odds beyond this are as sure as can be.
_SUREST = 1.0 - 1e-9


@dataclass(frozen=True, slots=True)
class DocumentDates:
    """The dates of a document; None where none is sure enough, or two are nearly so."""

    service: date | None
    report: date | None


def document_dates(looks: Sequence[PageLook], kinds: Mapping[ExhibitType, float]) -> DocumentDates:
    """Return when the service was given and when the paper was written.

    Abstains rather than guesses: two days that are nearly as probable are no day.

    Args:
        looks: The pages of the document.
        kinds: How probable each kind of paper is; a day is told that most of them would tell.
    """
    return told_dates(looks, kinds, linear_model("date_signs"))


def told_dates(
    looks: Sequence[PageLook], kinds: Mapping[ExhibitType, float], model: LinearModel
) -> DocumentDates:
    """Return what a paper says plainly of its days, and what a model says of them where it does not."""
    likely = {kind: share for kind, share in kinds.items() if share >= _LIKELY_KIND}
    all_ = sum(likely.values())
    services: dict[date | None, float] = defaultdict(float)
    reports: dict[date | None, float] = defaultdict(float)
    said = set()
    for kind, share in likely.items():
        signs, plain = date_signs(looks, kind), plain_days(looks, kind)
        service = _service(signs, plain, model)
        services[service] += share / all_
        written = plain.written if plain.written != service else None
        reports[_told(signs, model, "report", _REPORT_FROM) or written] += share / all_
        said |= {plain.service} if plain.is_said else set()
    return DocumentDates(_most_told(services, said), _most_told(reports, set()))


def _service(signs: Mapping[date, Mapping[str, float]], plain: PlainDays, model: LinearModel) -> date | None:
    """Return the day of service of a paper of one kind."""
    service = plain.service or _told(signs, model, "service", _SERVICE_FROM)
    return None if plain.is_unserved or service in plain.others else service


def _most_told(shares: Mapping[date | None, float], said: Set[date | None]) -> date | None:
    """Return the day that enough kinds tell, by how probable they are; fewer do for one said in words."""
    days = {day: share for day, share in shares.items() if day is not None}
    best = max(days, key=lambda day: days[day], default=None)
    if best is None:
        return None
    return best if days[best] >= (_SAID_FROM if best in said else _TOLD_FROM) else None


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
