"""A topic of a guideline: what it speaks about and what it asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from openimr.terms.findings import Phase, Role
from openimr.terms.places import Verified


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """What a topic speaks about: drugs by id, drug classes, treatments by name.

    ``kinds`` takes in every treatment of a kind that nothing else names.
    ``parts`` restricts to parts of the body, where the request names one;
    ``settings`` to requests that belong to them (``postoperative``),
    ``not_settings`` to all others.
    ``around_surgery`` are treatments that count only beside an operation.
    """

    drugs: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    treatments: tuple[str, ...] = ()
    around_surgery: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    not_settings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A condition under which a criterion is asked at all: ``dx = myalgia``."""

    about: str
    is_: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One thing that a topic asks, so worded that "met" favours the request.

    ``fact`` is a question that the record is asked; ``op`` compares its answer
    with ``value``. ``unit`` belongs to a number.
    """

    id: str
    role: Role
    phase: Phase
    fact: str
    op: str
    asks: str
    verified: Verified
    value: bool | float | str | tuple[str, ...] = True
    unit: str | None = None
    group: str | None = None
    section: str | None = None
    when: When | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One way to yes: each criterion of ``all`` and one of each group of ``any_group``."""

    id: str
    text: str
    all: tuple[str, ...] = ()
    any_group: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Invalid:
    """Since when a court holds a topic for nothing, and why."""

    since: date
    because: str
    citation: str
    verified: Verified


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One topic of one document, with its criteria; without any it is a gist alone.

    ``area`` (or the one of ``areas`` that fits the part of the body) chooses
    the row that says from when to when the document governs. ``cited_as`` are
    the section names under which letters cite it, ``chapters`` the chapters in
    which those sections stand. ``silent`` names documents that do not speak
    about the subject at all, so that the search may leave them. Of two topics
    that fit a treatment, the one of lower ``precedence`` comes first.
    """

    id: str
    document: str
    area: str
    title: str
    section: str
    status: str
    gist: str
    members: Members
    verified: Verified
    kind: str = "drug"
    areas: tuple[str, ...] = ()
    chapters: tuple[str, ...] = ()
    cited_as: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    pages_verified: Verified | None = None
    silent: tuple[str, ...] = ()
    precedence: int = 0
    invalid: Invalid | None = None
    route: tuple[Route, ...] = ()
    criterion: tuple[Criterion, ...] = ()
