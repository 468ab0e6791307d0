"""The clinical chronology: what happened when, each entry with the page and words it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from openimr.terms.facts import Assertion
from openimr.terms.places import Place


class EntryKind(StrEnum):
    """What sort of event an entry tells."""

    INJURY = "injury"
    VISIT = "visit"
    COMPLAINT = "complaint"
    FINDING = "finding"
    DIAGNOSIS = "diagnosis"
    MEDICATION_FIRST_SEEN = "medication_first_seen"
    """The first mention of a drug in use, where nothing says that it was started then."""
    MEDICATION_STARTED = "medication_started"
    MEDICATION_CHANGED = "medication_changed"
    MEDICATION_STOPPED = "medication_stopped"
    MEDICATION_PAST = "medication_past"
    """Told as used before, without a word of when it ended."""
    IMAGING_RESULT = "imaging_result"
    PROCEDURE = "procedure"
    THERAPY = "therapy"
    WORK_STATUS = "work_status"
    REQUEST = "request"
    DENIAL = "denial"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One dated event: ``quote`` stands at ``seen_at``, word for word.

    ``on`` is the day it is about, None where the record gives none;
    ``dated_by`` says how the day was found. ``page`` is the page of the
    bundle, from 1. ``says`` tells the event in a few words. ``value`` and
    ``unit`` hold a number where there is one (pain score, sessions, dose);
    ``mme_per_day`` the morphine milligram equivalents a day of an opioid whose
    dose and frequency are printed. ``reported_by`` names the paper of the
    dispute that tells it at second hand. ``conflicts`` are the statements of
    the record that disagree with this one: they all stay.
    """

    on: date | None
    dated_by: str | None
    kind: EntryKind
    name: str
    says: str
    assertion: Assertion
    page: int
    exhibit: int | None
    quote: str
    seen_at: Place
    value: float | None = None
    unit: str | None = None
    response: str | None = None
    mme_per_day: float | None = None
    reported_by: str | None = None
    conflicts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MorphineFactors:
    """Factors that turn milligrams of an opioid into oral morphine, by ingredient.

    ``is_seen`` is False where the table rests on memory and was not checked
    against its source.
    """

    title: str
    factors: dict[str, float]
    is_seen: bool
