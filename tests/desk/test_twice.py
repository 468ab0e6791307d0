"""What is sent twice is there once: invoices, papers on their way, print batches and their declaration."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desk.test_faults import on_case
from desk.test_review import case_at, version_of
from desk.test_store import together
from desk.walking import client_of
from openimr.casework.commands import CancelInvoice
from openimr.casework.parts import CaseParty, Channel
from openimr.casework.roles import Role
from openimr.casework.stages import Stage
from openimr.desk import serving, store
from openimr.desk.clock import today
from openimr.desk.models import Case, CaseEvent, PartyAddress, PrintBatch, Sending, StoredInvoice, User
from openimr.terms.case import ServiceMethod

pytestmark = pytest.mark.usefixtures("own_database")


def unbilled() -> tuple[Case, User]:
    """Return a case that is over and whose invoice was cancelled, and who bills it."""
    case = case_at(Stage.TERMINATED)
    user = on_case(case, Role.CASE_MANAGER)
    invoice = store.state_of(case).invoice
    assert invoice is not None
    command = CancelInvoice(number=invoice.number, why="Sent to the wrong administrator.")
    assert isinstance(store.act(case.number, command, by=user.actor, expected=None), store.Done)
    return case, user


@pytest.mark.parametrize("second", ["2026-77", "2026-78"], ids=["the same number", "another number"])
def test_an_invoice_that_is_sent_twice_at_once_is_one_invoice(second: str) -> None:
    case, user = unbilled()
    clients = [client_of(user) for _ in range(2)]
    about = {"amount_usd": "115", "agreed_in": "section 4 of the contract", "version": version_of(case)}
    path = f"/cases/{case.number}/invoice/"
    answers = together(
        *(
            lambda c=c, n=n: c.post(path, {**about, "number": n})
            for c, n in zip(clients, ("2026-77", second), strict=True)
        )
    )
    assert all(answer.status_code < 500 for answer in answers)
    assert StoredInvoice.objects.filter(case=case, is_cancelled=False).count() == 1
    assert len(store.state_of(case).unpaid) == 1


def test_a_second_invoice_for_a_round_is_refused_however_late_it_is_sent() -> None:
    case, user = unbilled()
    client, path = client_of(user), f"/cases/{case.number}/invoice/"
    about = {"amount_usd": "115", "agreed_in": "section 4 of the contract"}
    for number in ("2026-77", "2026-78"):
        client.post(path, {**about, "number": number, "version": version_of(case)})
    client.post(path, {**about, "number": "2026-79"})
    live = StoredInvoice.objects.filter(case=case, is_cancelled=False)
    assert [invoice.number for invoice in live] == ["2026-77"]


def to_print(case: Case, user: User) -> serving.Order:
    """Return what is asked for so that the first owed paper of a case is printed for its first party."""
    paper = store.state_of(case).owed_papers[0]
    party: CaseParty = paper.owed[0]
    PartyAddress.objects.get_or_create(
        case=case, party=party.value, defaults={"lines": "1 Pier Road", "changed_by": user}
    )
    return serving.Order(
        paper=paper.id, party=party, channel=Channel.PRINT, method=ServiceMethod.MAIL_CA, on=today()
    )


def test_a_paper_is_on_its_way_to_a_party_once_and_in_one_batch() -> None:
    case = case_at(Stage.NOTICE)
    user = on_case(case, Role.CASE_MANAGER)
    order = to_print(case, user)

    def send() -> bool:
        try:
            serving.serve(case, order, by=user, expected=None)
        except serving.NotServed:
            return False
        return True

    assert any(together(send, send))
    assert Sending.objects.filter(case=case, paper=order.paper, party=order.party.value).count() == 1
    clients = [client_of(user) for _ in range(2)]
    together(*(lambda c=c: c.post("/print/") for c in clients))
    (batch,) = PrintBatch.objects.filter(by=user, sendings__case=case)
    assert PrintBatch.objects.filter(by=user).count() == 1
    days = (today(), today() - timedelta(days=1))
    done = together(*(lambda d=d: serving.declare_mailed(batch, d, user) for d in days))
    assert sorted(len(mailing.served) for mailing in done) == [0, 1]
    assert CaseEvent.objects.filter(case=case, kind="Served").count() == 1
    first = next(day for day, mailing in zip(days, done, strict=True) if mailing.served)
    batch.refresh_from_db()
    assert batch.mailed_on == first, "the day of the first declaration stays"
