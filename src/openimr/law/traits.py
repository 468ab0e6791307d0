"""What a case is like, as far as its clocks ask: asked once a case, then compared as bits."""

from __future__ import annotations

from enum import IntFlag
from functools import lru_cache

from openimr.terms.case import Case, CaseDispute, ServiceMethod, UrAction
from openimr.terms.letter import Priority
from openimr.terms.treatment import TreatmentKind
from openimr.vocabulary.requests import parse_request


class Trait(IntFlag):
    """One thing that a clock may ask of a case."""

    REGULAR_PRIORITY = 1
    EXPEDITED = 2
    CONVERTED = 4
    NO_ITEM = 8
    SOME_GIVEN = 16
    ALL_GIVEN = 32
    LIABILITY_WINDOW = 64
    LIABILITY_IN_DISPUTE = 128
    INFORMATION_MISSING = 256
    MAY_BE_FORMULARY = 512
    FORMULARY_UNSAID = 1024
    ALL_FORMULARY = 2048
    NOTICE_MAILED = 4096
    NOTICE_ELECTRONIC = 8192
    NOTICE_OTHERWISE = 16384
    NOT_FOUND_ELIGIBLE = 32768
    DETERMINED = 65536
    GIVEN_UP = 131072
    EXPERIMENTAL = 262144


TRAIT_NAMES = tuple(str(t.name).lower() for t in Trait)

_NOTICE: dict[ServiceMethod | None, int] = {
    None: 0,
    **{
        m: int(
            Trait.NOTICE_MAILED
            if m.value.startswith("mail_")
            else Trait.NOTICE_ELECTRONIC
            if m is ServiceMethod.ELECTRONIC
            else Trait.NOTICE_OTHERWISE
        )
        for m in ServiceMethod
    },
}
_INFORMATION = (UrAction.CONDITIONAL, UrAction.DELAY)
# plain numbers: an enumeration is slow to combine, and every case is asked
_REGULAR_PRIORITY, _EXPEDITED, _CONVERTED = (
    int(t) for t in (Trait.REGULAR_PRIORITY, Trait.EXPEDITED, Trait.CONVERTED)
)
_NO_ITEM, _SOME_GIVEN, _ALL_GIVEN = int(Trait.NO_ITEM), int(Trait.SOME_GIVEN), int(Trait.ALL_GIVEN)
_LIABILITY_WINDOW, _IN_DISPUTE = int(Trait.LIABILITY_WINDOW), int(Trait.LIABILITY_IN_DISPUTE)
_INFORMATION_MISSING, _GIVEN_UP = int(Trait.INFORMATION_MISSING), int(Trait.GIVEN_UP)
_MAY_BE_FORMULARY, _UNSAID = int(Trait.MAY_BE_FORMULARY), int(Trait.FORMULARY_UNSAID)
_ALL_FORMULARY, _EXPERIMENTAL = int(Trait.ALL_FORMULARY), int(Trait.EXPERIMENTAL)
_NOT_FOUND_ELIGIBLE, _DETERMINED = int(Trait.NOT_FOUND_ELIGIBLE), int(Trait.DETERMINED)


def traits_of(case: Case) -> int:
    """Return what a case is like, as the bits of ``Trait``.

    Source:
        Lab. Code 4610.5 and 4610.6: each trait is what a subdivision asks.
    """
    items, application, dates = case.dispute, case.application, case.dates
    found = _NOTICE[case.service.noarfi]
    found |= _formulary(case)
    for item in items:
        found |= _of_item(item)
    if not items:
        found |= _NO_ITEM
    elif found & _SOME_GIVEN and all(is_rendered(d) for d in items):
        found |= _ALL_GIVEN
    if case.case.priority is Priority.REGULAR:
        found |= _REGULAR_PRIORITY
        if dates.expedited_certified is not None and not found & _ALL_GIVEN:
            found |= _EXPEDITED | _CONVERTED
    elif not found & _ALL_GIVEN:
        found |= _EXPEDITED
    if application.liability_disputed is True:
        found |= _IN_DISPUTE
    if has_liability_window(case):
        found |= _LIABILITY_WINDOW
    if application.withdrawn_on is not None:
        found |= _GIVEN_UP
    if dates.eligible is None and dates.assigned is None:
        found |= _NOT_FOUND_ELIGIBLE
    if dates.determination_issued is not None:
        found |= _DETERMINED
    return found


def _formulary(case: Case) -> int:
    flag = case.case.formulary_dispute
    if flag is False:
        return 0
    drugs = [is_medication(d) for d in case.dispute]
    if flag is None:
        return _UNSAID | (_MAY_BE_FORMULARY if any(drugs) else 0)
    return _MAY_BE_FORMULARY | (_ALL_FORMULARY if all(drugs) else 0)


def _of_item(item: CaseDispute) -> int:
    found = _SOME_GIVEN if is_rendered(item) else 0
    if item.ur_action in _INFORMATION:
        found |= _INFORMATION_MISSING
    elif item.ur_action is UrAction.DEFER:
        found |= _IN_DISPUTE
    if item.authorized_since is not None:
        found |= _GIVEN_UP
    reason = item.ur_reason
    if reason is not None and ("xperimental" in reason or "nvestigational" in reason):
        found |= _EXPERIMENTAL
    return found


def is_medication(dispute: CaseDispute) -> bool:
    """Return whether a request asks for a drug.

    Source:
        Lab. Code 4610.5(a)(3): the formulary is about medication.
    """
    return _asks_for_a_drug(dispute.request)


@lru_cache(maxsize=2**16)
def _asks_for_a_drug(request: str) -> bool:
    return parse_request(request).kind is TreatmentKind.MEDICATION


def is_rendered(dispute: CaseDispute) -> bool:
    """Return whether the disputed treatment was given already.

    Source:
        Lab. Code 4610.6(j) parts services rendered from services not yet rendered.
    """
    return dispute.date_of_service is not None or dispute.ur_action is UrAction.RETROSPECTIVE_DENY


def is_expedited(case: Case) -> bool:
    """Return whether the short clocks run: asked for or certified, and care not yet given.

    Source:
        Lab. Code 4610.6(d)(1)(C); 8 CCR 9792.10.4(c).
    """
    return bool(traits_of(case) & _EXPEDITED)


def has_liability_window(case: Case) -> bool:
    """Return whether the filing window runs from the end of a liability dispute.

    The statute makes no exception where the claims administrator agrees to
    review meanwhile: then review goes on, and the window stays.

    Source:
        Lab. Code 4610.5(h)(2).
    """
    return case.application.liability_disputed is True or case.dates.liability_resolved is not None
