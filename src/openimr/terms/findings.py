"""Answers to guideline criteria, with their evidence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from openimr.terms.places import Place, Verified


class Status(StrEnum):
    """The answer to a criterion. Silence is an answer of its own."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_DOCUMENTED = "not_documented"
    NOT_APPLICABLE = "not_applicable"


class Role(StrEnum):
    """What a criterion does in its topic."""

    REQUIRE = "require"
    REQUIRE_ANY = "require_any"
    LIMIT = "limit"
    SUPPORT = "support"
    CAUTION = "caution"
    EXCEPTION = "exception"
    NEVER = "never"
    """The topic knows no way to yes."""
    NOTE = "note"
    """Advice for the letter; it decides nothing."""


class Phase(StrEnum):
    """Whether a criterion is about starting, going on with, or repeating a treatment."""

    ANY = "any"
    INITIAL = "initial"
    CONTINUATION = "continuation"
    REPEAT = "repeat"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The answer to one criterion for one dispute.

    ``dispute`` counts from 1. ``asks`` is the criterion in our own words, so
    written that "met" favours the request. ``because`` says in one sentence
    what was found. ``limit`` prints a number that was compared.
    """

    dispute: int
    topic: str
    criterion: str
    role: Role
    phase: Phase
    status: Status
    asks: str
    because: str
    evidence: tuple[Place, ...]
    citation: str
    verified: Verified
    limit: str | None = None
    group: str | None = None


class EditionAnswer(StrEnum):
    """Whether the guideline edition of the relevant date is in the library."""

    ENCODED = "encoded"
    EDITION_NOT_ENCODED = "edition_not_encoded"
    DAY_NOT_KNOWN = "day_not_known"
    NO_TOPIC = "no_topic"


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteAnswer:
    """Whether one way to yes of a topic is open: every criterion on it is met, or not, or silent."""

    id: str
    text: str
    status: Status
    waits_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicEvaluation:
    """One dispute under one topic of one document in force.

    ``walked`` tells the steps of the evidence hierarchy that led here, each as
    a sentence. ``routes`` are the ways to yes that the topic offers; where it
    offers none, its requirements stand together. ``verified`` is how the gist
    was checked.
    """

    dispute: int
    answer: EditionAnswer
    topic: str | None
    title: str | None
    document: str | None
    edition: str | None
    citation: str | None
    gist: str | None
    walked: tuple[str, ...]
    findings: tuple[Finding, ...]
    routes: tuple[RouteAnswer, ...] = ()
    verified: Verified | None = None
