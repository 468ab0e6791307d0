"""Service by e-mail: sent once, recorded when the server took it, tried again where it did not take it now.

What goes out is written down before the server is asked. A message is given to
the server at most once: where it is not known whether it was taken, a person
looks. The proof names the message, its content and the answer of the server.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from django.db import transaction

from openimr.casework.commands import ServePaper
from openimr.casework.moments import day_of
from openimr.casework.papers import paper_of
from openimr.casework.parts import CaseParty, Channel, Paper, ProofKind, ProofOfService, ServedOn
from openimr.casework.roles import Actor
from openimr.desk import store
from openimr.desk.channels import (
    ADAPTERS,
    MailDelayed,
    MailNotSent,
    MailServerSilent,
    MailUnclear,
    Parcel,
    identifier,
)
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
    NOT_OWED = "not_owed"
    """The server took it, and the paper was not owed any more: nobody is served by it."""
    REFUSED = "refused"
    """The server refused it when it was tried again; the paper is owed as before."""


ON_ITS_WAY = (MailState.SENDING, MailState.DELAYED, MailState.TAKEN)


def deliver(sending: Sending, parcel: Parcel, *, by: Actor) -> Outcome | Sending:
    """Return what became of an e-mail that is being sent: served, or a sending that is not yet.

    Raises:
        MailNotSent: The server refused it; the sending is gone.
    """
    try:
        return _hand_over(sending, parcel, by)
    except MailDelayed as error:
        _keep(sending, MailState.DELAYED, error.found)
        return sending
    except MailNotSent:
        sending.delete()
        raise


def _hand_over(sending: Sending, parcel: Parcel, by: Actor) -> Outcome | Sending:
    try:
        said = ADAPTERS[Channel.EMAIL].hand_over(parcel)
    except MailUnclear as error:
        _keep(sending, MailState.SENDING, error.found)
        return sending
    reference = f"message {identifier(parcel)} to {sending.to}, sha256 {parcel.sha256}, taken: {said}"
    if not _keep(sending, MailState.TAKEN, reference):
        return sending  # somebody served it by hand meanwhile, and that stands in the case
    return record(sending, by=by)


def record(sending: Sending, *, by: Actor) -> Outcome:
    """Return what became of recording that a message was taken: the day of service is that of the answer.

    Where the paper is not owed any more the sending ends, and nothing is recorded; what is refused for
    another reason is tried again.
    """
    proof = ProofOfService(kind=ProofKind.TRANSMISSION_REPORT, reference=sending.reference)
    service = ServedOn(
        party=CaseParty(sending.party),
        channel=Channel.EMAIL,
        method=ServiceMethod(sending.method),
        sent=Moment(day_of(sending.taken_at) if sending.taken_at else today()),
        proof=proof,
    )
    command = ServePaper(paper=sending.paper, service=service)
    with transaction.atomic():
        outcome = store.act(sending.case.number, command, by=by, expected=None)
        if isinstance(outcome, Done):
            Sending.objects.filter(pk=sending.pk).update(state="sent")
        elif _owed(sending) is None:
            Sending.objects.filter(pk=sending.pk).update(state=MailState.NOT_OWED.value)
    return outcome


def send_delayed() -> None:
    """Send what was delayed, each message once more; a worker asks for it every minute."""
    delayed = Sending.objects.filter(state=MailState.DELAYED).order_by("pk")
    for key in list(delayed.values_list("pk", flat=True)):
        if not send_again(key):
            break  # the server cannot be reached: the others wait for the next minute
    for sending in Sending.objects.filter(state=MailState.TAKEN, made_at__lt=now() - SOON):
        record(sending, by=sending.by.actor)


def send_again(key: int) -> bool:
    """Return whether the server could be asked about an e-mail that was delayed.

    One that somebody else has in hand is left alone; one whose paper is not owed any more is taken back.
    """
    taken = Sending.objects.filter(pk=key, state=MailState.DELAYED).update(state=MailState.SENDING)
    if not taken:
        return True
    sending = Sending.objects.select_related("case", "by").get(pk=key)
    parcel = parcel_again(sending)
    if parcel is None:
        sending.delete()
        return True
    try:
        _hand_over(sending, parcel, sending.by.actor)
    except MailDelayed as error:
        _keep(sending, MailState.DELAYED, error.found)
        return not isinstance(error, MailServerSilent)
    except MailNotSent as error:  # nobody waits for the answer: the list of papers tells it
        _keep(sending, MailState.REFUSED, error.found)
    return True


def parcel_again(sending: Sending) -> Parcel | None:
    """Return the parcel of a sending as it was made, None where its paper is not owed any more."""
    paper = _owed(sending)
    if paper is None:
        return None
    with open_file(sending.file_id) as file:
        pdf = file.read()
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


def _owed(sending: Sending) -> Paper | None:
    """Return the paper of a sending, None where it is not owed to its party any more."""
    paper = paper_of(store.state_of(sending.case), sending.paper)
    return paper if paper is not None and CaseParty(sending.party) in paper.owed else None


def _keep(sending: Sending, state: MailState, reference: str) -> bool:
    """Return whether the row of a sending was there to be changed."""
    sending.state, sending.reference = state.value, reference
    sending.taken_at = now() if state is MailState.TAKEN else None
    told = {"state": sending.state, "reference": reference, "taken_at": sending.taken_at}
    return bool(Sending.objects.filter(pk=sending.pk).update(**told))
