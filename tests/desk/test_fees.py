"""Fees and invoices: the amount of the table, the letter, payment, cancelling, sums by payer and month."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO

import pytest
from django.urls import reverse

from desk.conftest import sign_in, user_of
from openimr.casework.afterwards import charge_of
from openimr.casework.parts import CaseParty
from openimr.casework.roles import Role
from openimr.desk import papers, store
from openimr.desk.clock import today
from openimr.desk.models import Case, CaseMember, StoredInvoice, User
from openimr.desk.pages.invoices import FORMULAS, totals

pytestmark = pytest.mark.usefixtures("db")


def manager_on(case: Case) -> User:
    user = user_of(Role.CASE_MANAGER)
    CaseMember.objects.get_or_create(case=case, user=user, defaults={"role": user.role, "since": 1})
    return user


def send(case: Case, name: str, entered: dict[str, str]) -> int:
    version = Case.objects.get(pk=case.pk).version
    path = reverse(name, args=[case.number])
    answer = sign_in(Role.CASE_MANAGER).post(path, {**entered, "version": str(version)})
    return int(answer.status_code)


def test_an_invoice_over_an_agreed_amount_says_where_it_was_agreed() -> None:
    """Of the fees in force now no table was at hand, so that an amount is asked for."""
    case = Case.objects.filter(stage="terminated").order_by("pk")[0]
    manager_on(case)
    charge = charge_of(store.state_of(case))
    assert charge is None or charge.amount_usd is None
    waiting = store.state_of(case).invoice
    assert waiting is not None
    assert send(case, "case-cancel-invoice", {"why": "Sent to the wrong administrator."}) == 302
    assert StoredInvoice.objects.get(case=case, number=waiting.number).is_cancelled
    assert send(case, "case-send-invoice", {"number": "2026-77"}) == 400, "an amount is asked for"
    agreed = {"number": "2026-77", "amount_usd": "115", "agreed_in": "section 4 of the contract"}
    assert send(case, "case-send-invoice", agreed) == 302
    row = StoredInvoice.objects.get(case=case, number="2026-77")
    assert (row.amount_usd, row.payer, row.paid_on) == (115, case.payer, None)
    paper = store.state_of(case).invoice
    assert paper is not None
    sent = papers.Sent(on=today())
    told = papers.page_of_paper(papers.compose_paper(store.log_of(case), paper.paper, CaseParty.PAYER, sent))
    assert "$115.00" in told and "section 4 of the contract" in told and "2026-77" in told


def test_a_payment_is_recorded_once() -> None:
    case = Case.objects.filter(stage="terminated").order_by("pk")[0]
    manager_on(case)
    number = store.state_of(case).invoice
    assert number is not None
    assert send(case, "case-record-payment", {"on": today().isoformat()}) == 302
    assert StoredInvoice.objects.get(case=case, number=number.number).paid_on == today()
    before = Case.objects.get(pk=case.pk).version
    send(case, "case-record-payment", {"on": today().isoformat()})
    assert Case.objects.get(pk=case.pk).version == before


def test_invoices_are_summed_by_payer_and_month_without_cancelled_ones() -> None:
    case = Case.objects.filter(stage="served").order_by("pk")[0]
    StoredInvoice.objects.all().delete()
    month = today().replace(day=1)
    for number, amount, paid, cancelled in (
        ("a", 100, None, False),
        ("b", 50, today(), False),
        ("c", 999, None, True),
    ):
        StoredInvoice.objects.create(
            case=case,
            number=number,
            payer="Pelican",
            amount_usd=amount,
            sent_on=month,
            paid_on=paid,
            is_cancelled=cancelled,
        )
    (one,) = totals(StoredInvoice.objects.all(), today())
    assert (one.payer, one.month, one.count) == ("Pelican", month, 2)
    assert (one.billed_usd, one.unpaid_usd) == (150, 100)


def test_invoices_are_listed_by_state_and_month_and_as_csv() -> None:
    client = sign_in(Role.AUDITOR)
    unpaid = client.get(reverse("invoices"), {"state": "unpaid"}).content.decode()
    paid = client.get(reverse("invoices"), {"state": "paid"}).content.decode()
    numbers = {i.number: i.paid_on for i in StoredInvoice.objects.all()}
    assert numbers
    for number, paid_on in numbers.items():
        assert (number in paid) == (paid_on is not None)
        assert (number in unpaid) == (paid_on is None)
    month = StoredInvoice.objects.all()[0].sent_on.strftime("%Y-%m")
    file = client.get(reverse("invoices-csv"), {"month": month}).content.decode()
    rows = list(csv.DictReader(StringIO(file)))
    assert {r["invoice"] for r in rows} == {
        i.number for i in StoredInvoice.objects.all() if i.sent_on.strftime("%Y-%m") == month
    }


def test_a_payer_sees_invoices_of_its_own_claims_only() -> None:
    for user in User.objects.filter(role=Role.PAYER):
        client = sign_in(Role.PAYER)
        client.force_login(user)
        told = client.get(reverse("invoices")).content.decode()
        for invoice in StoredInvoice.objects.select_related("case"):
            is_own = invoice.case.members.filter(user=user).exists()
            assert (invoice.number in told) == is_own


def test_no_cell_of_a_table_is_a_formula_to_a_spreadsheet() -> None:
    case = Case.objects.filter(stage="served").order_by("pk")[0]
    StoredInvoice.objects.filter(case=case).update(payer="=HYPERLINK(1)")
    file = sign_in(Role.AUDITOR).get(reverse("invoices-csv")).content.decode()
    assert "'=HYPERLINK(1)" in file and ",=HYPERLINK" not in file


def test_the_table_of_invoices_is_the_rows_whatever_stands_in_their_cells() -> None:
    case = Case.objects.filter(stage="served").order_by("pk")[0]
    StoredInvoice.objects.all().delete()
    cells = ('Heron, "West"', "-7", "+1", "@sum", "\tx", "two\nlines", "Pelícano", "a=b", "")
    for number, payer in enumerate(cells):
        StoredInvoice.objects.create(
            case=case,
            number=f"n-{number}",
            payer=payer,
            amount_usd=number,
            sent_on=date(2026, 3, 9),
            paid_on=date(2026, 4, 1) if number % 2 else None,
            is_cancelled=number == 4,
        )
    file = sign_in(Role.AUDITOR).get(reverse("invoices-csv")).content.decode()
    rows = list(csv.DictReader(StringIO(file, newline="")))
    assert [row["claims_administrator"] for row in reversed(rows)] == [
        f"'{cell}" if cell[:1] in FORMULAS and cell else cell for cell in cells
    ]
    first, second, fifth = rows[-1], rows[-2], rows[-5]
    assert first == {
        "invoice": "n-0",
        "case": case.number,
        "claims_administrator": 'Heron, "West"',
        "amount_usd": "0",
        "sent_on": "2026-03-09",
        "paid_on": "",
        "state": "unpaid",
    }
    assert (second["paid_on"], second["state"], fifth["state"]) == ("2026-04-01", "paid", "cancelled")
