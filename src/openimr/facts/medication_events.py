"""Mentions of a drug as events: first seen, started, changed, stopped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from openimr.facts.chronology_words import plain
from openimr.facts.daily_dose import dose_words
from openimr.terms.chronology import EntryKind
from openimr.terms.facts import Assertion, Fact, FactKind

# The first words of a trigger that ends the use of a drug.
ENDS = (
    "stop",
    "discontinue",
    "no longer",
    "was weaned",
    "he weaned",
    "she weaned",
    "weaned",
    "been weaned off",
    "tapered off",
    "is off",
    "has been off",
    "came off",
    "went off",
    "quit",
    "d/c",
)
_DOSE = ("strength", "frequency")


def medication_events(facts: Sequence[Fact]) -> Iterator[tuple[EntryKind, str, Fact]]:
    """Yield each event of each drug with its words and the mention it was read from.

    Mentions of one drug are taken in the order of their days, those without a
    day last. What a paper of the dispute reports is no event of the care.
    """
    by_drug: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.kind is FactKind.MEDICATION and not fact.is_reported:
            by_drug.setdefault(fact.name, []).append(fact)
    for mentions in by_drug.values():
        yield from _events(sorted(mentions, key=lambda f: (f.dated or date.max, not is_start(f))))


def is_start(fact: Fact) -> bool:
    """Return whether a mention says that the drug is started."""
    return dict(fact.detail).get("state") == "started"


def is_stop(fact: Fact) -> bool:
    """Return whether a mention says that the drug was stopped."""
    detail = dict(fact.detail)
    if fact.assertion is not Assertion.HISTORICAL:
        return False
    return detail.get("state") == "stopped" or detail.get("said_by", "").startswith(ENDS)


def _events(mentions: Sequence[Fact]) -> Iterator[tuple[EntryKind, str, Fact]]:
    known: dict[str, str] = {}
    in_use = was_stopped = False
    for fact in mentions:
        name = plain(fact.name)
        dose = dose_words(fact)
        with_dose = f"{name}, {dose}" if dose else name
        if is_stop(fact):
            yield EntryKind.MEDICATION_STOPPED, f"{name} stopped", fact
            in_use, known, was_stopped = False, {}, True
        elif fact.assertion is Assertion.HISTORICAL:
            yield EntryKind.MEDICATION_PAST, f"{with_dose}, in the past", fact
        elif fact.assertion is Assertion.PRESENT:
            changed = _changed(known, fact)
            if is_start(fact):
                yield EntryKind.MEDICATION_STARTED, f"{with_dose}, started", fact
            elif was_stopped and not in_use:
                yield EntryKind.MEDICATION_STARTED, f"{with_dose}, taken again" + _since(fact), fact
            elif not in_use:
                yield EntryKind.MEDICATION_FIRST_SEEN, with_dose + _since(fact), fact
            elif changed:
                yield EntryKind.MEDICATION_CHANGED, f"{name}: {changed}", fact
            in_use = True
            known |= {key: value for key, value in fact.detail if key in _DOSE}


def _since(fact: Fact) -> str:
    since = dict(fact.detail).get("since")
    return f", since {since} at the latest" if since else ""


def _changed(known: dict[str, str], fact: Fact) -> str:
    """Return how strength and frequency differ from what was last printed; nothing where they do not."""
    now = dict(fact.detail)
    differ = [key for key in _DOSE if key in known and key in now and _bare(known[key]) != _bare(now[key])]
    return ", ".join(f"{key} from {known[key]} to {now[key]}" for key in differ)


def _bare(printed: str) -> str:
    """Return a dose without what only differs in print: "10-325 MG" is "10/325 mg"."""
    return printed.lower().replace("-", "/").replace(" ", "")
