"""Offers of a case to a reviewer: accepted, declined, let pass, withdrawn; and who is next.

Every step is a new value; nothing is changed in place.

Source:
    Lab. Code 139.5(d)(3), (d)(5)-(6); the time to answer is the organization's own.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from openimr.panel.assign import Assigning
from openimr.panel.explain import explain_case
from openimr.panel.obstacles import unassignable
from openimr.terms.errors import AssignmentError
from openimr.terms.reviewer import Exclusion, Unassignable


class OfferState(StrEnum):
    """What became of an offer."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A case offered to a reviewer; the last day to answer is ``respond_by``."""

    case: str
    reviewer: str
    offered_on: date
    respond_by: date
    state: OfferState = OfferState.OPEN
    closed_on: date | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """All offers of one case, the oldest first."""

    case: str
    offers: tuple[Offer, ...] = ()

    @property
    def latest(self) -> Offer | None:
        """The offer that counts now."""
        return self.offers[-1] if self.offers else None

    @property
    def asked(self) -> frozenset[str]:
        """Everybody to whom the case was offered."""
        return frozenset(offer.reviewer for offer in self.offers)


def offer_case(
    assigning: Assigning,
    offers: Offers,
    *,
    on: date,
    respond_by: date,
    full: Collection[str] = (),
) -> Offers | Unassignable:
    """Return the offers of a case with the next one: the assigned reviewer, then the next best.

    Args:
        assigning: The draw in which the case was assigned.
        offers: What was offered so far; whoever was asked is not asked again.
        on: The day of the offer.
        respond_by: The last day to answer.
        full: Reviewers who have meanwhile no room, beside those whom the draw filled.

    Raises:
        AssignmentError: An offer is open or accepted, or the last day lies before the first.
    """
    latest = offers.latest
    if latest is not None and latest.state in (OfferState.OPEN, OfferState.ACCEPTED):
        raise _refused(
            offers.case, f"it is {latest.state.value} with {latest.reviewer}.", "Close that offer."
        )
    if respond_by < on:
        raise _refused(offers.case, f"the answer is due on {respond_by}, before {on}.", "Give a later day.")
    told = explain_case(assigning, offers.case)
    names = [c.reviewer for c in (*told.chosen, *(a for a in told.alternatives if not a.is_full))]
    left = [name for name in names if name not in offers.asked and name not in full]
    if not left:
        return _nobody_left(assigning, offers)
    offer = Offer(case=offers.case, reviewer=left[0], offered_on=on, respond_by=respond_by)
    return replace(offers, offers=(*offers.offers, offer))


def accept_offer(offers: Offers, on: date) -> Offers:
    """Return the offers with the open one accepted; the attestation follows before the file opens.

    Raises:
        AssignmentError: No offer is open, or its time has passed.
    """
    offer = _open(offers)
    if on > offer.respond_by:
        raise _refused(offers.case, f"the offer ended on {offer.respond_by}.", "Offer it anew.")
    return _closed(offers, OfferState.ACCEPTED, on, None)


def decline_offer(offers: Offers, reason: str, on: date) -> Offers:
    """Return the offers with the open one declined; the next best can be asked.

    Raises:
        AssignmentError: No offer is open, or no reason is given.
    """
    _open(offers)
    if not reason.strip():
        raise _refused(offers.case, "no reason for declining is given.", "State the reason.")
    return _closed(offers, OfferState.DECLINED, on, reason.strip())


def lapse_offer(offers: Offers, on: date) -> Offers:
    """Return the offers with the open one lapsed, if its time has passed; else as they are.

    Raises:
        AssignmentError: No offer is open.
    """
    if on <= _open(offers).respond_by:
        return offers
    return _closed(offers, OfferState.LAPSED, on, "No answer came in time.")


def withdraw_for_conflict(offers: Offers, conflict: Exclusion, on: date) -> Offers:
    """Return the offers with the latest withdrawn for a tie that was found late.

    It may be open or accepted; the file closes for that reviewer, and the case
    is offered to the next best.

    Raises:
        AssignmentError: The conflict is not that of the reviewer who has the case.
    """
    latest = offers.latest
    has_it = latest is not None and latest.state in (OfferState.OPEN, OfferState.ACCEPTED)
    if latest is None or not has_it or conflict.reviewer != latest.reviewer:
        raise _refused(offers.case, f"{conflict.reviewer} does not have the case.", "Name who has it.")
    return _closed(offers, OfferState.WITHDRAWN, on, conflict.reason)


def _open(offers: Offers) -> Offer:
    latest = offers.latest
    if latest is None or latest.state is not OfferState.OPEN:
        raise _refused(offers.case, "no offer is open.", "Offer the case first.")
    return latest


def _closed(offers: Offers, state: OfferState, on: date, reason: str | None) -> Offers:
    offer = replace(offers.offers[-1], state=state, closed_on=on, reason=reason)
    return replace(offers, offers=(*offers.offers[:-1], offer))


def _nobody_left(assigning: Assigning, offers: Offers) -> Unassignable:
    """Return that everybody was asked, with the reasons of those and of the excluded."""
    declined = tuple(
        Exclusion(reviewer=o.reviewer, code=o.state.value.upper(), reason=o.reason or "No reason is on file.")
        for o in offers.offers
    )
    if not declined:
        return unassignable(assigning, offers.case)
    excluded = explain_case(assigning, offers.case).excluded
    return Unassignable(
        case=offers.case,
        reasons=(*declined, *excluded),
        in_the_way=tuple(sorted({e.code for e in declined})),
        would_free=("A new draw of the waiting cases, or another reviewer on the panel.",),
    )


def _refused(case: str, found: str, remedy: str) -> AssignmentError:
    return AssignmentError(asked=f"Offer {case}", found=found, remedy=remedy)
