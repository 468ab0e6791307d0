"""Which eligible applications may be reviewed as one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from openimr.law.duplicates import normalised, patient_of
from openimr.law.eligibility import check_eligibility
from openimr.law.questions import day_of
from openimr.law.rulebook import RuleBook
from openimr.law.rules import NotEncoded, Version
from openimr.law.wording import day_words
from openimr.terms.case import Case
from openimr.terms.eligibility import Consolidation


def consolidations(cases: Sequence[Case], rulebook: RuleBook) -> tuple[Consolidation, ...]:
    """Return the groups of applications that may be reviewed as one; nothing has to be.

    Each is eligible in at least one item, and all have the same employee,
    requesting physician and date of injury. A case that does not state one of
    the three, or was received when no such rule was in force, stands alone.

    Source:
        8 CCR 9792.10.4(a), since 2014-02-12.
    """
    groups: dict[tuple[object, ...], list[tuple[Case, Version]]] = defaultdict(list)
    for case in cases:
        key, version = _key(case), _version(case, rulebook)
        if (
            key is not None
            and version is not None
            and check_eligibility(case, rulebook, others=cases).eligible
        ):
            groups[key].append((case, version))
    return tuple(_consolidation(group) for group in groups.values() if len(group) > 1)


def _key(case: Case) -> tuple[object, ...] | None:
    physician = case.provider.npi or (normalised(case.provider.name) if case.provider.name else None)
    key = (patient_of(case), physician, case.dates.of_injury)
    return None if None in key else key


def _version(case: Case, rulebook: RuleBook) -> Version | None:
    received = day_of(case.dates.application_received)
    if received is None:
        return None
    version = rulebook.version_on("consolidation", received)
    return None if isinstance(version, NotEncoded) else version


def _consolidation(group: list[tuple[Case, Version]]) -> Consolidation:
    ordered = sorted(group, key=lambda pair: str(pair[0].dates.application_received))
    first, version = ordered[0]
    injury = first.dates.of_injury
    assert injury is not None
    shared = ", ".join(version.words("same"))
    return Consolidation(
        cases=tuple(case.case.number for case, _ in ordered),
        because=f"the same {shared} ({day_words(injury)}); it may be done and need not be",
        citation=version.citation,
        verified=version.verified,
    )
