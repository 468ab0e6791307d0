"""The names of figures that a rule may state, and the shape of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from openimr.terms.period import Period, Unit


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of an ordered list of the law: its letter or name, and our words for it."""

    id: str
    text: str


Figure = Period | bool | float | str | date | tuple[str, ...] | tuple[Item, ...]


class Shape(StrEnum):
    """What a figure is made of."""

    PERIOD = 'a period such as { count = 30, unit = "calendar_days" }'
    FLAG = "true or false"
    NUMBER = "a number"
    WORD = "a text"
    DAY = "a date"
    WORDS = "a list of texts"
    ITEMS = 'a list of entries such as { id = "A", text = "..." }'


# A figure that no code asks for is a slip of the pen: a rule file may state these only.
KNOWN_FIGURES: Mapping[str, Shape] = {
    "regular": Shape.PERIOD,
    "expedited": Shape.PERIOD,
    "formulary": Shape.PERIOD,
    "outer_limit": Shape.PERIOD,
    "mailed": Shape.PERIOD,
    "electronic": Shape.PERIOD,
    "rendered": Shape.PERIOD,
    "not_rendered": Shape.PERIOD,
    "mail_ca": Shape.PERIOD,
    "mail_us": Shape.PERIOD,
    "mail_abroad": Shape.PERIOD,
    "mail_confidential": Shape.PERIOD,
    "overnight": Shape.PERIOD,
    "fax": Shape.PERIOD,
    "personal": Shape.PERIOD,
    "ask": Shape.PERIOD,
    "complete": Shape.PERIOD,
    "notice": Shape.PERIOD,
    "concurrent": Shape.PERIOD,
    "prospective": Shape.PERIOD,
    "retrospective": Shape.PERIOD,
    "experimental": Shape.PERIOD,
    "extension": Shape.PERIOD,
    "report": Shape.PERIOD,
    "look_back": Shape.PERIOD,
    "within": Shape.PERIOD,
    "before_surgery": Shape.PERIOD,
    "after_surgery": Shape.PERIOD,
    "without_days": Shape.WORD,
    "no_such_rule": Shape.FLAG,
    "equipment_over_usd": Shape.NUMBER,
    "up_to_usd": Shape.NUMBER,
    "usd_a_day": Shape.NUMBER,
    "at_most_usd": Shape.NUMBER,
    "at_most_usd_a_day": Shape.NUMBER,
    "good_faith_cut_pct": Shape.NUMBER,
    "visits_at_most": Shape.NUMBER,
    "therapies": Shape.WORDS,
    "same": Shape.WORDS,
    "reviewers": Shape.NUMBER,
    "even_split_for": Shape.WORD,
    "injury_from": Shape.DAY,
    "decision_from": Shape.DAY,
    "reviewable_actions": Shape.WORDS,
    "still_reviewed": Shape.WORDS,
    "unrestricted_licence": Shape.FLAG,
    "licence_from": Shape.WORD,
    "board_required_for": Shape.WORDS,
    "discipline_allowed": Shape.FLAG,
    "evaluator_allowed": Shape.FLAG,
    "preferred_state": Shape.WORD,
    "more_than_years": Shape.NUMBER,
    "hours_per_week": Shape.NUMBER,
    "material_income_pct": Shape.NUMBER,
    "parties": Shape.WORDS,
    "family": Shape.WORDS,
    "in_strict_order": Shape.FLAG,
    "steps": Shape.ITEMS,
    "contents": Shape.ITEMS,
}


class FigureInvalid(ValueError):
    """A figure is not what its name says; the loader adds file and line."""


def read_figure(name: str, value: object) -> Figure:
    """Return a figure of a rule file in its shape.

    Raises:
        FigureInvalid: The value has another shape; the message says which is wanted.

    Source:
        House rule: every duration is a count and a unit.

    Example:
        >>> str(read_figure("regular", {"count": 30, "unit": "calendar_days"}))
        '30 calendar days'
    """
    shape = KNOWN_FIGURES[name]
    found = _READERS[shape](value)
    if found is None:
        raise FigureInvalid(f"{name} must be {shape.value}")
    return found


def _period(value: object) -> Period | None:
    if not isinstance(value, Mapping) or set(value) != {"count", "unit"}:
        return None
    count, unit = value["count"], value["unit"]
    if not _is_count(count) or unit not in set(Unit):
        return None
    return Period(count, Unit(unit))


def _is_count(count: object) -> bool:
    return isinstance(count, int) and not isinstance(count, bool) and count >= 0


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _number(value: object) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _word(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _day(value: object) -> date | None:
    return value if isinstance(value, date) and not isinstance(value, datetime) else None


def _words(value: object) -> tuple[str, ...] | None:
    if isinstance(value, list) and value and all(isinstance(v, str) for v in value):
        return tuple(value)
    return None


def _items(value: object) -> tuple[Item, ...] | None:
    if not isinstance(value, list) or not value:
        return None
    if not all(isinstance(v, Mapping) and set(v) == {"id", "text"} for v in value):
        return None
    return tuple(Item(v["id"], v["text"]) for v in value)


_READERS = {
    Shape.PERIOD: _period,
    Shape.FLAG: _flag,
    Shape.NUMBER: _number,
    Shape.WORD: _word,
    Shape.DAY: _day,
    Shape.WORDS: _words,
    Shape.ITEMS: _items,
}
