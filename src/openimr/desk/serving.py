"""Service of papers: recorded with proof and handed to a channel, all in one transaction.

An e-mail is written down first and recorded as served when the server took it
(``mailing``). What waits to be printed is not served yet. The paper that goes out is kept
as it went, under the hash that the proof names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from io import BytesIO

import pikepdf
from django.db import transaction

from openimr.casework.commands import ConfirmReceipt, ServePaper
from openimr.casework.decide import Refused
from openimr.casework.moments import moment_of
from openimr.casework.papers import paper_of
from openimr.casework.parts import CaseParty, Channel, ProofKind, ProofOfService, ServedOn
from openimr.casework.roles import Actor, Role
from openimr.casework.state import fold
from openimr.desk import mailing, store
from openimr.desk.channels import ADAPTERS, Parcel
from openimr.desk.clock import now
from openimr.desk.files import open_file, store_file
from openimr.desk.models import Case, PrintBatch, Sending, User
from openimr.desk.papers import (
    PaperMissing,
    Sent,
    address_of,
    compose_paper,
    lines_of,
    pdf_of_paper,
    words_of,
)
from openimr.desk.store import Done, Outcome, Stale
from openimr.terms.case import ServiceMethod
from openimr.terms.errors import CaseError
from openimr.terms.period import Moment

PDF = "application/pdf"
WAITING, SENT = "waiting", "sent"
SOFTWARE = Actor(id="desk", role=Role.SYSTEM)


class NotServed(CaseError):
    """A paper could not be handed to the channel that was chosen."""

    code = "not_served"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What somebody wants served: which paper on whom, by which channel and method, on which day.

    ``proof`` is what shows it where it was done by hand.
    """

    paper: str
    party: CaseParty
    channel: Channel
    method: ServiceMethod
    on: date
    proof: ProofOfService | None = None


class _TakenBack(Exception):
    """Takes a transaction back, and carries what became of it."""

    def __init__(self, outcome: Refused | Stale) -> None:
        super().__init__()
        self.outcome = outcome


def serve(case: Case, order: Order, *, by: User, expected: int | None) -> Outcome | Sending:
    """Return what became of a service, or the sending that waits to be printed.

    Raises:
        NotServed: The channel does not reach the party, or nothing shows that it was done by hand.
        MailNotSent: The mail server refused the message.
        PaperMissing: There is no such paper.
    """
    try:
        with transaction.atomic():
            locked = Case.objects.select_for_update().get(pk=case.pk)
            if order.channel is not Channel.EMAIL:
                return _serve(locked, order, by, expected)
            sending, parcel = _begin_mail(locked, order, by, expected)
    except _TakenBack as back:
        return back.outcome
    return mailing.deliver(sending, parcel, by=by.actor)  # outside: no lock waits for a server


def _begin_mail(case: Case, order: Order, by: User, expected: int | None) -> tuple[Sending, Parcel]:
    """Return the sending of an e-mail, written down before the server is asked, and what it carries."""
    parcel, adapter = parcel_of(case, order), ADAPTERS[Channel.EMAIL]
    on_its_way = Sending.objects.filter(case=case, paper=order.paper, party=order.party.value)
    if on_its_way.filter(state__in=mailing.ON_ITS_WAY).exists():
        raise _not_served(order, "an e-mail with it is on its way.", "Wait, or serve it by hand with proof.")
    if missing := adapter.lacks(parcel):
        raise _not_served(order, missing, "Choose another channel, or enter what is missing.")
    proof = adapter.proof(parcel)
    with transaction.atomic():  # whether it may be served is known before anything goes out
        _acted(case, order, proof, by, expected)
        transaction.set_rollback(True)
    state = mailing.MailState.SENDING.value
    return _keep(case, order, parcel, by, to=parcel.email, reference=proof.reference, state=state), parcel


def _serve(case: Case, order: Order, by: User, expected: int | None) -> Outcome | Sending:
    parcel = parcel_of(case, order)
    adapter = ADAPTERS.get(order.channel)
    if adapter is None:
        if order.proof is None:
            raise _not_served(order, "nothing shows that it was sent.", "State the proof.")
        outcome = _acted(case, order, order.proof, by, expected)
        _keep(case, order, parcel, by, to="by hand", reference=order.proof.reference, state=SENT)
        return outcome
    if missing := adapter.lacks(parcel):
        raise _not_served(order, missing, "Choose another channel, or enter what is missing.")
    proof = adapter.proof(parcel)
    if order.channel is Channel.PRINT:
        to = adapter.hand_over(parcel)
        return _keep(case, order, parcel, by, to=to, reference=proof.reference, state=WAITING)
    outcome = _acted(case, order, proof, by, expected)
    to = adapter.hand_over(parcel)  # last: what fails here takes the whole transaction back
    _keep(case, order, parcel, by, to=to, reference=proof.reference, state=SENT)
    return outcome


def _not_served(order: Order, found: str, remedy: str) -> NotServed:
    return NotServed(asked=f"Serve {order.paper} on the {order.party.value}", found=found, remedy=remedy)


def parcel_of(case: Case, order: Order) -> Parcel:
    """Return a paper for a party as it goes out."""
    log = store.log_of(case)
    paper = paper_of(fold(log), order.paper)
    if paper is None or order.party not in paper.owed:
        raise PaperMissing(
            asked=f"Serve {order.paper} of case {case.number} on the {order.party.value}",
            found="no such paper is owed to that party.",
            remedy="Look at the list of papers of the case.",
        )
    address = address_of(case, order.party)
    lines = lines_of(address)
    sent = Sent(on=order.on, method=order.method, lines=lines)
    pdf = pdf_of_paper(compose_paper(log, order.paper, order.party, sent))
    return Parcel(
        case=case,
        paper=order.paper,
        title=words_of(paper),
        party=order.party,
        lines=lines,
        email=address.email if address else "",
        pdf=pdf,
        sha256=sha256(pdf).hexdigest(),
        at=now(),
    )


def _acted(case: Case, order: Order, proof: ProofOfService, by: User, expected: int | None) -> Done:
    """Return the service as it was recorded; whatever else comes of it takes the transaction back."""
    service = ServedOn(
        party=order.party,
        channel=order.channel,
        method=order.method,
        sent=Moment(order.on),
        proof=proof,
    )
    command = ServePaper(paper=order.paper, service=service)
    outcome = store.act(case.number, command, by=by.actor, expected=expected)
    if not isinstance(outcome, Done):
        raise _TakenBack(outcome)
    return outcome


def _keep(
    case: Case, order: Order, parcel: Parcel, by: User, *, to: str, reference: str, state: str
) -> Sending:
    """Return the row of a sending; one of the same paper to the same party that was not sent is replaced."""
    before = Sending.objects.filter(case=case, paper=order.paper, party=order.party.value)
    before.exclude(state=SENT).delete()
    return Sending.objects.create(
        case=case,
        paper=order.paper,
        party=order.party.value,
        channel=order.channel.value,
        method=order.method.value,
        to=to,
        file=store_file([parcel.pdf], media_type=PDF),
        state=state,
        reference=reference,
        by=by,
    )


def make_batch(by: User) -> PrintBatch | None:
    """Return a batch of everything that somebody has waiting to be printed, None where nothing does."""
    with transaction.atomic():
        waiting = list(
            Sending.objects.select_for_update().filter(by=by, state=WAITING, batch=None).order_by("id")
        )
        if not waiting:
            return None
        file = store_file([joined([s.file_id for s in waiting])], media_type=PDF)
        batch = PrintBatch.objects.create(by=by, file=file)
        Sending.objects.filter(pk__in=[s.pk for s in waiting]).update(batch=batch)
        return batch


def joined(files: Sequence[str]) -> bytes:
    """Return stored PDFs as one, each beginning on a front page, so that it can be printed on both sides."""
    whole = pikepdf.new()
    for sha in files:
        with open_file(sha) as stored, pikepdf.open(stored) as one:
            whole.pages.extend(one.pages)
            if len(one.pages) % 2:
                width, height = (float(v) for v in one.pages[-1].mediabox[2:])
                whole.add_blank_page(page_size=(width, height))
    out = BytesIO()
    whole.save(out, deterministic_id=True)
    return out.getvalue()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailing:
    """What came of declaring a batch as mailed: what is served now, and what was refused, in words."""

    served: tuple[Sending, ...]
    refused: tuple[str, ...]


def declare_mailed(batch: PrintBatch, on: date, by: User) -> Mailing:
    """Return what came of it: each paper of a batch is served on the day of mailing, by declaration.

    A paper that is no longer owed is not served; the batch goes on without it.
    A batch is declared once: the day of the first declaration stays.
    """
    served, refused = [], []
    with transaction.atomic():
        locked = PrintBatch.objects.select_for_update().get(pk=batch.pk)
        if locked.mailed_on is not None:
            return Mailing(served=(), refused=())
        for sending in locked.sendings.select_related("case").filter(state=WAITING).order_by("id"):
            outcome = _mailed(sending, locked, on, by)
            if isinstance(outcome, Done):
                Sending.objects.filter(pk=sending.pk).update(state=SENT)
                served.append(sending)
            else:
                reasons = " ".join(map(str, getattr(outcome, "reasons", ())))
                refused.append(f"{sending.case.number}, {sending}: {reasons}")
        locked.mailed_on, locked.declared_at = on, now()
        locked.save()
    return Mailing(served=tuple(served), refused=tuple(refused))


def _mailed(sending: Sending, batch: PrintBatch, on: date, by: User) -> Outcome:
    words = f"mailed in batch {batch.pk}, declared by {by} on {now():%Y-%m-%d}, {sending.reference}"
    service = ServedOn(
        party=CaseParty(sending.party),
        channel=Channel.PRINT,
        method=ServiceMethod(sending.method),
        sent=Moment(on),
        proof=ProofOfService(kind=ProofKind.DECLARATION, reference=words),
    )
    command = ServePaper(paper=sending.paper, service=service)
    return store.act(sending.case.number, command, by=by.actor, expected=None)


def downloaded(sending: Sending) -> None:
    """Record that a party took a paper from its page: the first time is the receipt."""
    with transaction.atomic():
        locked = Sending.objects.select_for_update().get(pk=sending.pk)
        if locked.downloaded_at is not None:
            return
        at = now()
        Sending.objects.filter(pk=sending.pk).update(downloaded_at=at)
        command = ConfirmReceipt(paper=sending.paper, party=CaseParty(sending.party), received=moment_of(at))
        store.act(sending.case.number, command, by=SOFTWARE, expected=None, at=at)
