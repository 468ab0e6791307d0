"""What is scanned beside the way of records: orders of the appeals board, files from before a scanner."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from desk.conftest import sign_in, user_of
from desk.test_scanning import BAD, GOOD, NOWHERE, case, clamd, take, use
from openimr.casework.commands import RecordAppeal, TakeOverCase
from openimr.casework.events import NoteAdded
from openimr.casework.parts import CaseParty
from openimr.casework.roles import Role
from openimr.desk import scanning, store
from openimr.desk.clamd import Scanned, ScanState
from openimr.desk.clock import now, today
from openimr.desk.files import path_of
from openimr.desk.models import Case, CaseMember, FileScan, SourceFile, StoredFile

__all__ = ["case", "clamd"]  # fixtures of the tests of the scanner


def at_appeal(db: None) -> Case:
    """Return a case at its appeal that intake is on."""
    found = Case.objects.filter(stage="served").order_by("pk")[0]
    by = user_of(Role.INTAKE).actor
    store.act(found.number, TakeOverCase(why="to try it"), by=by, expected=None)
    told = RecordAppeal(filed_on=today(), by=CaseParty.EMPLOYEE)
    assert isinstance(store.act(found.number, told, by=by, expected=None), store.Done)
    return Case.objects.get(pk=found.pk)


def send_order(case: Case, data: bytes) -> HttpResponse:
    version = store.state_of(case).version
    file = SimpleUploadedFile("order.pdf", data, content_type="application/pdf")
    told = {"outcome": "affirmed", "on": today().isoformat(), "file": file, "version": str(version)}
    path = f"/cases/{case.number}/appeal/order/"
    return sign_in(Role.INTAKE).post(path, told)


def test_an_order_of_the_appeals_board_is_scanned_before_it_is_acted_on(
    db: None, clamd: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = at_appeal(db)
    use(clamd, monkeypatch)
    answer = send_order(case, BAD)
    assert answer.status_code == 400 and "virus was found in it" in answer.content.decode()
    use(NOWHERE, monkeypatch)
    answer = send_order(case, GOOD)
    assert answer.status_code == 400 and "the virus scanner cannot be reached" in answer.content.decode()
    assert Case.objects.get(pk=case.pk).stage == "appeal"
    assert not SourceFile.objects.filter(case=case, submitter="").exists()
    use(clamd, monkeypatch)
    assert send_order(case, GOOD).status_code == 302
    assert Case.objects.get(pk=case.pk).stage != "appeal"
    (settings.ENVIRONMENT.data / "quarantine" / hashlib.sha256(BAD).hexdigest()).unlink()


def test_an_order_can_be_opened_by_those_of_the_organization_alone(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = at_appeal(db)
    assert send_order(case, GOOD).status_code == 302
    path = f"/cases/{case.number}/files/{hashlib.sha256(GOOD).hexdigest()}/"
    page = sign_in(Role.INTAKE).get(f"/cases/{case.number}/records/").content.decode()
    assert "Orders of the appeals board" in page and path in page
    assert b"".join(sign_in(Role.INTAKE).get(path)) == GOOD
    payer = user_of(Role.PAYER)
    CaseMember.objects.get_or_create(case=case, user=payer, defaults={"role": "payer", "since": 1})
    assert sign_in(Role.PAYER).get(path).status_code == 302
    assert "Orders of the" not in sign_in(Role.PAYER).get(f"/cases/{case.number}/records/").content.decode()


def test_what_came_in_before_there_was_a_scanner_is_scanned_once_there_is_one(
    case: Case, clamd: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(None, monkeypatch)
    FileScan.objects.all().delete()
    assert isinstance(take(case, GOOD), store.Done)
    assert isinstance(take(case, BAD, name="guest.pdf"), store.Done)
    assert scanning.scan_unscanned() == 0, "without a scanner nothing is called scanned"
    good, bad = (hashlib.sha256(data).hexdigest() for data in (GOOD, BAD))
    assert not FileScan.objects.filter(pk__in=[good, bad]).exists()
    for other in StoredFile.objects.exclude(pk__in=[good, bad]):
        scanning.keep(other.pk, Scanned(state=ScanState.CLEAN))
    gone = StoredFile.objects.create(sha256="0" * 64, size=1, media_type="application/pdf")
    use(NOWHERE, monkeypatch)
    assert scanning.scan_unscanned() == 0
    FileScan.objects.get(pk=gone.pk).delete()
    gone.delete()
    assert FileScan.objects.filter(state=ScanState.UNCHECKED).count() == 1, "one that is away is asked once"
    assert scanning.may_open(good) and scanning.may_open(bad), (
        "what a case has stays open until found infected"
    )
    FileScan.objects.filter(state=ScanState.UNCHECKED).update(scanned_at=now() - timedelta(hours=2))
    use(clamd, monkeypatch)
    assert scanning.scan_unscanned() == 2
    with CaptureQueriesContext(connection) as queries:
        assert scanning.scan_unscanned() == 0
    assert not any("desk_storedfile" in one["sql"] for one in queries), (
        "it looks again in an hour, not before"
    )
    assert scanning.may_open(good) and not scanning.may_open(bad)
    assert SourceFile.objects.filter(case=case, file_id=bad).exists() and path_of(bad).read_bytes() == BAD
    notes = [one.event.text for one in store.log_of(case) if isinstance(one.event, NoteAdded)]
    assert [bad[:16] in note and "clean copy" in note for note in notes] == [True]
    shown = sign_in(Role.INTAKE).get(f"/cases/{case.number}/records/").content.decode()
    assert "A virus was found in what was received" in shown and "guest.pdf" in shown
    path_of(bad).unlink()
