"""Offers that nobody answered in time: they lapse by themselves, and the next best reviewer is asked.

The worker looks once a minute. How long a reviewer has is the organization's
own rule (``OPENIMR_DAYS_TO_ANSWER``); the day stands in the log with the offer.
"""

from __future__ import annotations

import contextlib
from datetime import date

from django.db import transaction

from openimr.casework.commands import LapseOffer, ReplaceReviewer
from openimr.casework.roles import Actor
from openimr.casework.stages import Stage
from openimr.desk import drawing, store
from openimr.desk.models import CaseOffer
from openimr.panel.offers import OfferState
from openimr.terms.errors import OpenIMRError

# stages at which a reviewer who was asked has still to answer
UNANSWERED = (Stage.ASSIGNMENT.value, Stage.ATTESTATION.value)


def lapse_all(day: date) -> tuple[str, ...]:
    """Return the cases in which an offer lapsed whose last day was before a day; each got the next reviewer.

    One that somebody answered in the meantime is refused by casework, and stays.
    """
    over = CaseOffer.objects.filter(state=OfferState.OPEN, respond_by__lt=day, case__stage__in=UNANSWERED)
    found = []
    for offer in over.select_related("case").order_by("respond_by", "pk"):
        with contextlib.suppress(OpenIMRError), transaction.atomic():  # the others are not kept waiting
            outcome = lapse(offer, by=drawing.SOFTWARE)
            if isinstance(outcome, store.Done):
                ask_next_quietly(outcome)
                found.append(outcome.case.number)
    return tuple(found)


def lapse(offer: CaseOffer, *, by: Actor) -> store.Outcome:
    """Return what became of letting an offer lapse; within a transaction.

    The case is locked before the offer, as it is where a reviewer answers.
    """
    outcome = store.act(offer.case.number, LapseOffer(reviewer=offer.reviewer), by=by, expected=None)
    if isinstance(outcome, store.Done):
        drawing.close_offer(offer.case, offer.reviewer, OfferState.LAPSED, why_of(offer))
    return outcome


def take_back(offer: CaseOffer, *, by: Actor) -> store.Outcome:
    """Return what became of taking a case back that was offered without a day in its log."""
    command = ReplaceReviewer(reviewer=offer.reviewer, why=why_of(offer))
    outcome = store.act(offer.case.number, command, by=by, expected=None)
    if isinstance(outcome, store.Done):
        drawing.close_offer(offer.case, offer.reviewer, OfferState.LAPSED, why_of(offer))
    return outcome


def why_of(offer: CaseOffer) -> str:
    """Return why an offer lapsed."""
    return f"No answer came by {offer.respond_by}."


def ask_next_quietly(left: store.Done) -> None:
    """Ask the next best reviewer, where whoever acts is not told who that is.

    Where nobody can be drawn, the case goes on waiting in the list of the
    case managers.
    """
    with contextlib.suppress(OpenIMRError), transaction.atomic():
        drawing.offer_next(left.case, left.state)
