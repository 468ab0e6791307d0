"""Service by e-mail: sent once, recorded when the server took it, tried again where it did not take it now.

What goes out is written down before the server is asked. A message is given to
the server at most once: where it is not known whether it was taken, a person
looks. The proof names the message, its content and the answer of the server.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from enum import StrEnum

from django.db import transaction

from openimr.casework.commands import ServePaper
from openimr.casework.papers import paper_of
from openimr.casework.parts import CaseParty, Channel, ProofKind, ProofOfService, ServedOn
from openimr.casework.roles import Actor
from openimr.desk import store
from openimr.desk.channels import ADAPTERS, MailDelayed, MailNotSent, MailUnclear, Parcel, identifier
from openimr.desk.clock import now, today
from openimr.desk.files import open_file
from openimr.desk.models import Sending
from openimr.desk.papers import words_of
from openimr.desk.store import Done, Outcome
from openimr.terms.case import ServiceMethod
from openimr.terms.period import Moment

# a message that was taken is recorded at once; what a killed process left is recorded after
SOON = timedelta(minutes=2)


class MailState(StrEnum):
    """How far an e-mail is."""

    SENDING = "sending"
    """The server is being asked. Where it stays so, nobody knows whether it was taken."""
    DELAYED = "delayed"
    TAKEN = "taken"
    """The server took it; that it is served is not recorded yet."""


ON_ITS_WAY = (MailState.SENDING, MailState.DELAYED, MailState.TAKEN)


def deliver(sending: Sending, parcel: Parcel, *, by: Actor) -> Outcome | Sending:
    """Return what became of an e-mail that is being sent: served, or a sending that is not yet.

    Raises:
        MailNotSent: The server refused it; the sending is gone.
    """
    try:
        said = ADAPTERS[Channel.EMAIL].hand_over(parcel)
    except MailDelayed as error:
        _keep(sending, MailState.DELAYED, error.found)
        return sending
    except MailUnclear as error:
        _keep(sending, MailState.SENDING, error.found)
        return sending
    except MailNotSent:
        sending.delete()
        raise
    reference = f"message {identifier(parcel)} to {sending.to}, sha256 {parcel.sha256}, taken: {said}"
    _keep(sending, MailState.TAKEN, reference)
    return record(sending, by=by)


def record(sending: Sending, *, by: Actor) -> Outcome:
    """Return what became of recording that a message was taken: the day of service is that of the answer."""
    proof = ProofOfService(kind=ProofKind.TRANSMISSION_REPORT, reference=sending.reference)
    service = ServedOn(
        party=CaseParty(sending.party),
        channel=Channel.EMAIL,
        method=ServiceMethod(sending.method),
        sent=Moment(today()),
        proof=proof,
    )
    command = ServePaper(paper=sending.paper, service=service)
    with transaction.atomic():
        outcome = store.act(sending.case.number, command, by=by, expected=None)
        if isinstance(outcome, Done):
            Sending.objects.filter(pk=sending.pk).update(state="sent")
    return outcome


def send_delayed() -> None:
    """Send what was delayed, each message once more; a worker asks for it every minute."""
    delayed = Sending.objects.filter(state=MailState.DELAYED).order_by("pk")
    for key in list(delayed.values_list("pk", flat=True)):
        send_again(key)
    for sending in Sending.objects.filter(state=MailState.TAKEN, made_at__lt=now() - SOON):
        record(sending, by=sending.by.actor)


def send_again(key: int) -> None:
    """Send an e-mail that was delayed. One that somebody else has in hand is left alone."""
    taken = Sending.objects.filter(pk=key, state=MailState.DELAYED).update(state=MailState.SENDING)
    if not taken:
        return
    sending = Sending.objects.select_related("case", "by").get(pk=key)
    with suppress(MailNotSent):  # then the sending is gone, and the paper is owed as before
        deliver(sending, parcel_again(sending), by=sending.by.actor)


def parcel_again(sending: Sending) -> Parcel:
    """Return the parcel of a sending as it was made: the same paper, under the same identifier."""
    with open_file(sending.file_id) as file:
        pdf = file.read()
    paper = paper_of(store.state_of(sending.case), sending.paper)
    assert paper is not None, "a paper that was owed stays a paper of its case"
    return Parcel(
        case=sending.case,
        paper=sending.paper,
        title=words_of(paper),
        party=CaseParty(sending.party),
        lines=(),
        email=sending.to,
        pdf=pdf,
        sha256=sending.file_id,
        at=now(),
    )


def _keep(sending: Sending, state: MailState, reference: str) -> None:
    sending.state, sending.reference = state.value, reference
    sending.save(update_fields=["state", "reference"])
