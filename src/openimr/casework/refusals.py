"""Why a command is not accepted: what was asked, what was found, what to do."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from openimr.casework.events import Event
from openimr.casework.moments import day_of
from openimr.casework.parts import Enclosure
from openimr.law.calendars import local_day
from openimr.terms.period import Moment

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """One thing that stands against a command: what was found, and what to do about it."""

    found: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Objections:
    """Everything that stands against a command, at once."""

    all: tuple[Objection, ...]


Answer = tuple[Event, ...] | Objections


def answer(objections: Iterable[Objection | None], events: Callable[[], tuple[Event, ...]]) -> Answer:
    """Return the events of a command, or all objections where there are any."""
    found = tuple(o for o in objections if o is not None)
    return Objections(found) if found else events()


def unless(holds: bool, found: str, remedy: str) -> Objection | None:
    """Return an objection unless something holds."""
    return None if holds else Objection(found=found, remedy=remedy)


def unsaid(words: str | Iterable[str] | None, what: str) -> Objection | None:
    """Return an objection where a text, or every line of a list, is empty."""
    lines = [words] if isinstance(words, str) else list(words or ())
    said = bool(lines) and all(line.strip() for line in lines)
    return unless(said, f"{what} is not stated.", f"State {what}.")


def in_future(moment: Moment | None, at: datetime, what: str) -> Objection | None:
    """Return an objection where a moment lies after the act that tells it."""
    if moment is None:
        return None
    later = moment.at > at if moment.at is not None else local_day(moment) > day_of(at)
    return unless(not later, f"{what} lies in the future.", "State the day on which it happened.")


def tampered(enclosure: Enclosure) -> Objection | None:
    """Return an objection where the hash of an enclosure is none, or not that of its text."""
    named = len(enclosure.sha256) == 64 and not set(enclosure.sha256) - set("0123456789abcdef")
    if named and enclosure.json is not None:
        named = hashlib.sha256(enclosure.json.encode()).hexdigest() == enclosure.sha256
    return unless(
        named,
        f"the hash of the {enclosure.kind.replace('_', ' ')} is not that of its contents.",
        "Take the SHA-256 of its bytes, in hexadecimal, once more.",
    )
