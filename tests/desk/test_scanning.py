"""Files before the virus scanner: a real clamd, one that goes wrong, one that is away, and none."""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from desk.conftest import sign_in, user_of
from fakes.clamd import answering
from openimr.casework.commands import TakeOverCase
from openimr.casework.events import FileRefused
from openimr.casework.parts import CaseParty
from openimr.casework.roles import Role
from openimr.desk import filing, incoming, scanning, store
from openimr.desk.clamd import Scanned, ScanState, scan
from openimr.desk.clock import today
from openimr.desk.demo_records import pdf
from openimr.desk.files import path_of, store_file
from openimr.desk.models import (
    Case,
    FileScan,
    HeldFile,
    PrintBatch,
    Sending,
    SourceFile,
    StoredFile,
)
from openimr.desk.scanning import FileInfected

GOOD = pdf([["A progress report", "", "No virus stands here."]])
# the test content that every scanner knows; taken apart, so that no scanner takes this file for one
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
BAD = pdf([["A report with a guest"]]) + EICAR
NOWHERE = "127.0.0.1:9"


@pytest.fixture(scope="module")
def clamd() -> Iterator[str]:
    """Return the socket of a real clamd with one signature: what it should find is told by its hash."""
    program = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin")
    assert program, "clamd is missing: run tools/setup --dev"
    folder = Path("/tmp") / f"openimr-clamd-{os.getpid()}"
    (folder / "signatures").mkdir(parents=True)
    line = f"{hashlib.md5(BAD, usedforsecurity=False).hexdigest()}:{len(BAD)}:Invented.Guest-1\n"
    (folder / "signatures" / "invented.hdb").write_text(line)
    user = pwd.getpwuid(os.geteuid()).pw_name
    about = [
        f"LocalSocket {folder / 'clamd.sock'}",
        f"DatabaseDirectory {folder / 'signatures'}",
        f"User {user}",
        "Foreground yes",
        "StreamMaxLength 2M",
    ]
    (folder / "clamd.conf").write_text("\n".join(about) + "\n")
    running = subprocess.Popen([program, "-c", str(folder / "clamd.conf")], stdout=subprocess.DEVNULL)
    try:
        _wait_for(str(folder / "clamd.sock"), running)
        yield str(folder / "clamd.sock")
    finally:
        running.terminate()
        running.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(path: str, running: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert running.poll() is None, "clamd ended by itself"
        with socket.socket(socket.AF_UNIX) as line:
            try:
                line.connect(path)
                return
            except OSError:
                time.sleep(0.1)
    raise AssertionError("clamd does not answer")


def use(scanner: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, clamd=scanner))


@pytest.fixture
def case(db: None) -> Case:
    """Return a case at the records that intake is on."""
    found = Case.objects.filter(stage="records").order_by("pk")[0]
    command = TakeOverCase(why="to try it")
    store.act(found.number, command, by=user_of(Role.INTAKE).actor, expected=None)
    return Case.objects.get(pk=found.pk)


def take(case: Case, data: bytes, name: str = "report.pdf") -> incoming.Taken:
    user = user_of(Role.INTAKE)
    about = {"name": name, "size": len(data), "submitter": CaseParty.PAYER, "on": None}
    return incoming.take_whole(case, user, [data], **about)  # type: ignore[arg-type]  # arguments by name


def refusals(case: Case) -> list[FileRefused]:
    return [one.event for one in store.log_of(case) if isinstance(one.event, FileRefused)]


def test_the_real_clamd_tells_clean_from_infected(clamd: str) -> None:
    assert scan(clamd, [GOOD]) == Scanned(state=ScanState.CLEAN)
    assert scan(clamd, [BAD[:7], BAD[7:]]).state is ScanState.INFECTED
    assert scan(clamd, [BAD]).signature.startswith("Invented.Guest-1")


def test_what_is_larger_than_the_scanner_reads_is_not_clean(clamd: str) -> None:
    assert scan(clamd, [b"\0" * 2**20] * 4).state is ScanState.UNCHECKED


@pytest.mark.parametrize(
    "answer", [None, b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: OK but not\0", b"\xff\xfe\0"]
)
def test_whatever_is_not_the_answer_ok_is_not_clean(answer: bytes | None) -> None:
    with answering(answer) as scanner:
        assert scan(scanner, [GOOD]).state is ScanState.UNCHECKED
    with answering(b"stream: Eicar FOUND\0", after=10) as scanner:
        assert scan(scanner, [b"x" * 2**21]).state is not ScanState.CLEAN
    assert scan("/tmp/no-such-scanner.sock", [GOOD]).state is ScanState.UNCHECKED


def test_a_clean_file_comes_in(case: Case, clamd: str, monkeypatch: pytest.MonkeyPatch) -> None:
    use(clamd, monkeypatch)
    assert isinstance(take(case, GOOD), store.Done)
    row = SourceFile.objects.get(case=case, name="report.pdf")
    assert FileScan.objects.get(pk=row.file_id).state == ScanState.CLEAN


def test_an_infected_file_is_set_apart_and_refused_with_an_event(
    case: Case, clamd: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(clamd, monkeypatch)
    with pytest.raises(FileInfected, match="a virus was found"):
        take(case, BAD)
    sha = hashlib.sha256(BAD).hexdigest()
    (event,) = refusals(case)
    assert event.sha256 == sha and "Invented.Guest-1" in event.why
    assert not StoredFile.objects.filter(pk=sha).exists() and not path_of(sha).exists()
    apart = settings.ENVIRONMENT.data / "quarantine" / sha
    assert apart.read_bytes() == BAD and apart.stat().st_mode & 0o377 == 0
    assert sha not in {file.sha256 for file in store.state_of(case).records}
    apart.unlink()


def test_the_page_tells_plainly_that_a_virus_was_found(
    case: Case, clamd: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(clamd, monkeypatch)
    file = SimpleUploadedFile("report.pdf", BAD, content_type="application/pdf")
    path = f"/cases/{case.number}/records/receive/"
    answer = sign_in(Role.INTAKE).post(path, {"submitter": "payer", "file": file})
    assert answer.status_code == 422 and "virus was found in it" in answer.content.decode()
    (settings.ENVIRONMENT.data / "quarantine" / hashlib.sha256(BAD).hexdigest()).unlink()


def test_a_scanner_that_is_away_holds_the_file_and_nobody_opens_it(
    case: Case, clamd: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(NOWHERE, monkeypatch)
    held = take(case, GOOD)
    assert isinstance(held, HeldFile)
    sha = held.file_id
    assert sha not in {file.sha256 for file in store.state_of(case).records}
    assert not scanning.may_open(sha)
    shown = sign_in(Role.INTAKE).get(f"/cases/{case.number}/records/").content.decode()
    assert "Not yet checked by the virus scanner" in shown and "report.pdf" in shown
    came = held.received_at - timedelta(hours=3)
    HeldFile.objects.filter(pk=held.pk).update(received_at=came)
    incoming.scan_held()
    assert HeldFile.objects.get(pk=held.pk).tries == 2
    use(clamd, monkeypatch)
    incoming.scan_held()
    assert not HeldFile.objects.filter(pk=held.pk).exists()
    received = next(file for file in store.state_of(case).records if file.sha256 == sha)
    assert received.received.at == came, "it came when it came, not when it was scanned"


def test_a_held_file_that_proves_infected_is_refused_in_its_case(
    case: Case, clamd: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(NOWHERE, monkeypatch)
    held = take(case, BAD)
    assert isinstance(held, HeldFile)
    use(clamd, monkeypatch)
    incoming.scan_held()
    assert not HeldFile.objects.filter(pk=held.pk).exists()
    assert [event.sha256 for event in refusals(case)] == [held.file_id]
    (settings.ENVIRONMENT.data / "quarantine" / held.file_id).unlink()


def test_what_was_held_in_two_cases_is_refused_in_both_when_it_proves_infected(
    case: Case, clamd: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(NOWHERE, monkeypatch)
    other = Case.objects.filter(is_open=True).exclude(pk=case.pk).order_by("pk")[0]
    held = take(case, BAD)
    take(other, BAD, name="again.pdf")
    assert isinstance(held, HeldFile) and HeldFile.objects.filter(file_id=held.file_id).count() == 2
    use(clamd, monkeypatch)
    incoming.scan_held()
    assert not HeldFile.objects.exists()
    assert [len(refusals(one)) for one in (case, other)] == [1, 1]
    (settings.ENVIRONMENT.data / "quarantine" / held.file_id).unlink()


def test_an_infected_file_that_a_sending_holds_stays_closed_and_it_is_told_what_holds_it(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(NOWHERE, monkeypatch)
    held = take(case, BAD)
    assert isinstance(held, HeldFile)
    about = {
        "paper": "assignment-1",
        "party": "payer",
        "channel": "portal",
        "method": "electronic",
        "to": "x",
    }
    by = user_of(Role.INTAKE)
    sending = Sending.objects.create(case=case, file=held.file, state="sent", by=by, **about)
    batch = PrintBatch.objects.create(by=by, file=held.file)
    scanning.keep(held.file_id, Scanned(state=ScanState.INFECTED, signature="Invented.Guest-1"))
    told = scanning.set_apart(held.file)
    assert told == (f"print batch {batch.pk}", f"sending {sending.pk} of case {case.number}")
    assert path_of(held.file_id).read_bytes() == BAD, "what proves a service is not lost"
    assert not scanning.may_open(held.file_id)
    assert not HeldFile.objects.exists() and len(refusals(case)) == 1
    batch.delete()
    sending.delete()
    assert scanning.set_apart(held.file) == () and not path_of(held.file_id).exists()
    (settings.ENVIRONMENT.data / "quarantine" / held.file_id).unlink()


def test_a_file_that_cannot_be_moved_out_keeps_its_row(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    use(None, monkeypatch)
    stored = store_file([BAD], media_type="application/pdf")

    def full(*_: object) -> None:
        raise OSError("no room")

    with monkeypatch.context() as broken, pytest.raises(OSError, match="no room"):
        broken.setattr(os, "replace", full)
        scanning.set_apart(stored)
    assert StoredFile.objects.filter(pk=stored.pk).exists() and path_of(stored.pk).exists()
    assert scanning.set_apart(stored) == ()
    (settings.ENVIRONMENT.data / "quarantine" / stored.pk).unlink()


def test_a_paper_of_a_draft_that_was_set_apart_is_refused_in_the_case_it_is_filed_with(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(None, monkeypatch)
    user = user_of(Role.INTAKE)
    draft = user.drafts.filter(filed_as=None).order_by("pk")[0]
    stored = store_file([BAD], media_type="application/pdf")
    draft.entered["papers"] = [{"sha256": stored.pk, "name": "decision.pdf", "kind": "ur_decision"}]
    draft.save()
    scanning.keep(stored.pk, Scanned(state=ScanState.INFECTED, signature="Invented.Guest-1"))
    scanning.set_apart(stored)
    filed = filing.file_draft(draft, user)
    assert isinstance(filed, filing.Filed)
    assert [(one.name, one.sha256) for one in refusals(filed.case)] == [("decision.pdf", stored.pk)]
    (settings.ENVIRONMENT.data / "quarantine" / stored.pk).unlink()


def test_what_was_found_infected_stays_closed_when_no_scanner_is_configured_any_more(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(None, monkeypatch)
    assert isinstance(take(case, GOOD), store.Done)
    sha = SourceFile.objects.get(case=case, name="report.pdf").file_id
    assert scanning.may_open(sha)
    scanning.keep(sha, Scanned(state=ScanState.INFECTED, signature="Invented.Guest-1"))
    assert not scanning.may_open(sha)
    assert scanning.look_at(StoredFile.objects.get(pk=sha)) is ScanState.INFECTED


def test_without_a_scanner_files_come_in_and_the_page_says_so(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(None, monkeypatch)
    assert isinstance(take(case, GOOD), store.Done)
    assert not FileScan.objects.exists(), "nothing is called clean that nobody looked at"
    shown = sign_in(Role.INTAKE).get(f"/cases/{case.number}/records/").content.decode()
    assert "No virus scanner is configured" in shown


def test_a_paper_of_an_application_is_scanned_too(
    db: None, clamd: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(clamd, monkeypatch)
    client = sign_in(Role.INTAKE)
    draft = user_of(Role.INTAKE).drafts.filter(filed_as=None).order_by("pk")[0]
    before = len(draft.entered["papers"])
    file = SimpleUploadedFile("decision.pdf", BAD, content_type="application/pdf")
    told = {"kind": "ur_decision", "file": file, "papers": file}
    client.post(f"/applications/{draft.key}/papers/", told)
    draft.refresh_from_db()
    assert len(draft.entered["papers"]) == before
    assert hashlib.sha256(BAD).hexdigest() not in str(draft.entered)
    (settings.ENVIRONMENT.data / "quarantine" / hashlib.sha256(BAD).hexdigest()).unlink(missing_ok=True)


def test_a_file_in_pieces_that_is_infected_leaves_nothing_behind(
    case: Case, clamd: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(clamd, monkeypatch)
    user = user_of(Role.INTAKE)
    coming = incoming.Coming(name="b.pdf", size=len(BAD), submitter=CaseParty.PAYER, mark="m-1")
    row = incoming.begin(case, user, coming)
    piece = incoming.Piece(offset=0, data=BAD, sha256=hashlib.sha256(BAD).hexdigest())
    row_now = incoming.add_piece(case, user, row.key, piece)
    assert isinstance(row_now, incoming.Upload)
    with pytest.raises(FileInfected):
        incoming.finish(row_now, today())
    assert not StoredFile.objects.filter(pk=hashlib.sha256(BAD).hexdigest()).exists()
    assert len(refusals(case)) == 1
    (settings.ENVIRONMENT.data / "quarantine" / hashlib.sha256(BAD).hexdigest()).unlink()
