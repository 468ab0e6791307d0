"""A requested treatment, understood: what, how much, where on the body."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from openimr.terms.period import Period


class TreatmentKind(StrEnum):
    """What sort of treatment a request asks for."""

    MEDICATION = "medication"
    PROCEDURE = "procedure"
    IMAGING = "imaging"
    THERAPY = "therapy"
    EQUIPMENT = "equipment"
    CONSULTATION = "consultation"
    TEST = "test"
    OTHER = "other"


class Side(StrEnum):
    """The side of the body."""

    LEFT = "left"
    RIGHT = "right"
    BILATERAL = "bilateral"


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyPart:
    """A body part and, where printed, its side."""

    part: str
    side: Side | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of one ingredient: 7.5 mg, 1 %, 25 mg/ml."""

    amount: float
    unit: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many are asked for; ``unit`` is None where only "#120" is printed."""

    count: float
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often: ``least`` to ``most`` times per ``per`` (day, week, month, year)."""

    least: float
    most: float
    per: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """One portion of a partly approved request: its words, and its quantity if said."""

    text: str
    count: float | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Treatment:
    """What a request asks for, read from its printed words.

    What the words do not say is None or empty, never a default. For a partial
    approval the treatment is the part still in dispute, and ``original``,
    ``authorized`` and ``remaining`` hold the three portions. ``units_per_day``
    is how many tablets a day the words allow at most.
    """

    kind: TreatmentKind
    name: str | None = None
    ingredients: tuple[str, ...] = ()
    product: str | None = None
    drug_class: str | None = None
    strength: str | None = None
    strengths: tuple[Amount, ...] = ()
    form: str | None = None
    route: str | None = None
    quantity: Quantity | None = None
    refills: int | None = None
    sessions: int | None = None
    sessions_at_least: int | None = None
    frequency: Frequency | None = None
    units_per_day: float | None = None
    duration: Period | None = None
    as_needed: bool = False
    body_parts: tuple[BodyPart, ...] = ()
    levels: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    qualifiers: tuple[str, ...] = ()
    retrospective: bool = False
    date_of_service: date | None = None
    associated_surgical_service: bool = False
    original: Portion | None = None
    authorized: Portion | None = None
    remaining: Portion | None = None
