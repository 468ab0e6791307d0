"""Records of a case: files that come in over a line that breaks, who sees them, what is read of them."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Browser, Page, Route

from desk.conftest import sign_in, user_of
from openimr.casework.parts import CaseParty
from openimr.casework.roles import Role
from openimr.casework.stages import Stage
from openimr.desk import incoming, readings, scanning, store
from openimr.desk.clamd import Scanned, ScanState
from openimr.desk.demo_records import pdf
from openimr.desk.demo_steps import read_now
from openimr.desk.files import check_file
from openimr.desk.models import Case, CaseEvent, CaseJob, SourceFile, Upload
from openimr.desk.pages.case_file_rows import marked
from openimr.desk.postgres import Server

PATIENCE = 90
PIECE = 64 * 1024


def case_in(stage: Stage) -> Case:
    """Return a case that stands at a stage."""
    return Case.objects.filter(stage=stage.value).order_by("pk")[0]


def big_file(words: str = "Physical therapy, 12 visits.") -> bytes:
    """Return a text of pages, larger than a few pieces."""
    return "\f".join(f"PROGRESS REPORT {n}\n" + f"{words}\n" * 400 for n in range(30)).encode()


def announce(client: Client, case: Case, data: bytes, name: str = "sent.txt") -> dict[str, object]:
    """Return what is answered to a file that is announced."""
    told = {"submitter": "payer", "name": name, "size": len(data), "mark": f"{len(data)}-1"}
    answer = client.post(f"/cases/{case.number}/uploads/", told)
    return {"status": answer.status_code, **answer.json()}


def send_piece(
    client: Client, to: object, data: bytes, offset: int, **headers: str
) -> tuple[int, dict[str, object]]:
    """Return what is answered to a piece."""
    told = {"Upload-Offset": str(offset), "Piece-Sha256": sha256(data).hexdigest(), **headers}
    answer = client.post(str(to), data, content_type="application/octet-stream", headers=told)
    return answer.status_code, answer.json()


@pytest.mark.usefixtures("db")
class TestPieces:
    """The protocol, address by address."""

    def test_a_file_comes_in_pieces_and_is_one_event(self) -> None:
        client, case, data = sign_in(Role.INTAKE), case_in(Stage.RECORDS), big_file()
        began = announce(client, case, data)
        assert (began["received"], began["done"]) == (0, False)
        for offset in range(0, len(data), PIECE):
            status, said = send_piece(client, began["to"], data[offset : offset + PIECE], offset)
            assert status == 200
            assert said["received"] == min(offset + PIECE, len(data))
        assert said["done"] is True
        received = store.state_of(case).records[-1]
        assert (received.sha256, received.submitter, received.pages) == (
            sha256(data).hexdigest(),
            CaseParty.PAYER,
            30,
        )
        check_file(received.sha256)
        assert SourceFile.objects.filter(case=case, file_id=received.sha256).count() == 1
        assert CaseJob.objects.filter(case=case, kind="read_records").count() == 1

    def test_a_piece_out_of_place_is_told_where_the_file_ends(self) -> None:
        client, case, data = sign_in(Role.INTAKE), case_in(Stage.RECORDS), big_file()
        to = announce(client, case, data)["to"]
        assert send_piece(client, to, data[:PIECE], 0)[0] == 200
        assert send_piece(client, to, data[:PIECE], 0) == (409, {"received": PIECE})
        assert send_piece(client, to, data[PIECE : 2 * PIECE], 5 * PIECE) == (409, {"received": PIECE})
        assert announce(client, case, data)["received"] == PIECE, (
            "announced again, it goes on where it stopped"
        )

    def test_a_piece_that_came_damaged_is_sent_again(self) -> None:
        client, case, data = sign_in(Role.INTAKE), case_in(Stage.RECORDS), big_file()
        to = announce(client, case, data)["to"]
        wrong = {"Piece-Sha256": "0" * 64}
        assert send_piece(client, to, data[:PIECE], 0, **wrong) == (422, {"received": 0})
        assert send_piece(client, to, data[:PIECE], 0)[0] == 200

    def test_an_answer_that_was_lost_does_no_harm(self) -> None:
        client, case, data = sign_in(Role.INTAKE), case_in(Stage.RECORDS), b"A short note.\n"
        to = announce(client, case, data)["to"]
        assert send_piece(client, to, data, 0)[1]["done"] is True
        before = store.state_of(case).version
        assert send_piece(client, to, data, 0)[1]["done"] is True
        assert announce(client, case, data)["done"] is True
        assert store.state_of(case).version == before

    def test_a_file_whose_pieces_are_gone_begins_anew(self) -> None:
        client, case, data = sign_in(Role.INTAKE), case_in(Stage.RECORDS), big_file()
        to = announce(client, case, data)["to"]
        send_piece(client, to, data[:PIECE], 0)
        (settings.ENVIRONMENT.files / ".incoming" / Upload.objects.get(case=case).key).unlink()
        assert send_piece(client, to, data[PIECE : 2 * PIECE], PIECE) == (409, {"received": 0})
        assert announce(client, case, data)["received"] == 0

    def test_the_same_bytes_under_another_name_are_received_once(self) -> None:
        client, case, data = sign_in(Role.INTAKE), case_in(Stage.RECORDS), b"A short note.\n"
        for name in ("one.txt", "two.txt"):
            to = announce(client, case, data, name)["to"]
            said = send_piece(client, to, data, 0)[1]
        assert said["was_new"] is False
        assert [r.sha256 for r in store.state_of(case).records].count(sha256(data).hexdigest()) == 1

    @pytest.mark.parametrize(
        ("head", "kind"), [(b"MZ\x90\x00" + b"\x00" * 80, "a program"), (b"Rar!\x1a\x07", "a RAR archive")]
    )
    def test_what_is_no_record_is_refused_by_its_bytes(self, head: bytes, kind: str) -> None:
        client, case = sign_in(Role.INTAKE), case_in(Stage.RECORDS)
        to = announce(client, case, head, "records.pdf")["to"]
        status, said = send_piece(client, to, head, 0)
        assert status == 400
        assert kind in str(said["said"])

    def test_too_large_and_empty_files_are_refused_before_they_come(self) -> None:
        client, case = sign_in(Role.INTAKE), case_in(Stage.RECORDS)
        told = {"submitter": "payer", "name": "a.pdf", "mark": "1-1"}
        for size, words in ((incoming.MOST_BYTES + 1, "more than 500 MB"), (0, "empty")):
            answer = client.post(f"/cases/{case.number}/uploads/", {**told, "size": size})
            assert answer.status_code == 400
            assert words in answer.json()["said"]

    def test_nobody_goes_on_with_the_file_of_somebody_else(self) -> None:
        case, data = case_in(Stage.RECORDS), big_file()
        to = announce(sign_in(Role.INTAKE), case, data)["to"]
        answer = sign_in(Role.PAYER).post(
            str(to),
            data[:PIECE],
            content_type="application/octet-stream",
            headers={"Upload-Offset": "0", "Piece-Sha256": sha256(data[:PIECE]).hexdigest()},
        )
        assert answer.status_code == 404

    def test_a_party_sends_for_itself_alone(self) -> None:
        case = case_in(Stage.RECORDS)
        told = {"submitter": "employee", "name": "a.pdf", "size": 10, "mark": "1-1"}
        assert sign_in(Role.PAYER).post(f"/cases/{case.number}/uploads/", told).status_code == 400

    def test_a_file_is_sent_whole_where_no_script_runs(self, tmp_path: Path) -> None:
        case = case_in(Stage.RECORDS)
        path = tmp_path / "late report.pdf"
        path.write_bytes(pdf([["PROGRESS REPORT", "Date of service: 05/03/2026"]]))
        with path.open("rb") as file:
            told = {"submitter": "payer", "received_on": "2026-11-01", "file": file}
            answer = sign_in(Role.INTAKE).post(f"/cases/{case.number}/records/receive/", told)
        assert answer.status_code == 302
        received = store.state_of(case).records[-1]
        assert (received.name, str(received.received.on), received.pages) == (path.name, "2026-11-01", 1)


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a piece be small, so that a file of the test has several."""
    monkeypatch.setattr(incoming, "MOST_PIECE", PIECE)


def page_of(browser: Browser, site: str, role: Role, path: str) -> Page:
    """Return a page that somebody of a role opened."""
    context = browser.new_context()
    cookie = sign_in(role).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])
    page = context.new_page()
    page.goto(site + path)
    return page


def choose(page: Page, path: Path) -> None:
    """Choose a file for the claims administrator, and send it."""
    page.get_by_label("Who sends it").select_option("payer")
    page.set_input_files("input[type=file]", path)
    page.get_by_role("button", name="Send").click()


@pytest.mark.usefixtures("own_database", "small_pieces")
def test_an_upload_goes_on_after_a_lost_connection_and_after_the_page_was_closed(
    site: str, browser: Browser, tmp_path: Path
) -> None:
    case, path = case_in(Stage.RECORDS), tmp_path / "records.txt"
    path.write_bytes(big_file())
    address = f"/cases/{case.number}/records/receive/"
    page = page_of(browser, site, Role.INTAKE, address)
    sent: list[int] = []

    def line(route: Route) -> None:
        offset = int(route.request.headers["upload-offset"])
        sent.append(offset)
        if len(sent) == 2 or offset >= 4 * PIECE:
            route.abort()  # once at the second piece; for good from the fifth on
        else:
            route.continue_()

    page.route(f"**/cases/{case.number}/uploads/*/", line)
    choose(page, path)
    page.get_by_text("The connection was lost").wait_for()
    deadline = time.monotonic() + PATIENCE
    while Upload.objects.get(case=case).received < 4 * PIECE and time.monotonic() < deadline:
        page.wait_for_timeout(100)
    page.context.close()
    assert Upload.objects.get(case=case).received == 4 * PIECE

    again = page_of(browser, site, Role.INTAKE, address)
    again.get_by_text("records.txt:").wait_for()
    offsets: list[int] = []
    again.on(
        "request",
        lambda r: offsets.append(int(r.headers["upload-offset"])) if "upload-offset" in r.headers else None,
    )
    choose(again, path)
    again.wait_for_url(f"**/cases/{case.number}/records/")
    assert offsets[0] == 4 * PIECE, "what came before is not sent again"
    again.get_by_text("records.txt was received.").wait_for()
    again.context.close()
    assert store.state_of(case).records[-1].sha256 == sha256(path.read_bytes()).hexdigest()


@pytest.mark.usefixtures("db")
class TestWhoSees:
    """Who sees what of the records."""

    def test_a_party_opens_what_it_sent_and_nothing_else(self) -> None:
        case = Case.objects.filter(members__user=user_of(Role.PAYER), files__submitter="employee").distinct()[
            0
        ]
        own, foreign = (case.files.filter(submitter=who)[0].file_id for who in ("payer", "employee"))
        client = sign_in(Role.PAYER)
        answer = client.get(f"/cases/{case.number}/files/{own}/")
        assert answer.status_code == 200
        assert sha256(b"".join(answer)).hexdigest() == own
        assert client.get(f"/cases/{case.number}/files/{foreign}/").status_code == 302
        last = CaseEvent.objects.filter(case=case, kind="DocumentRead").order_by("number").last()
        assert last is not None
        assert (last.actor, json.loads(last.body)["document"]) == (user_of(Role.PAYER).actor.id, own)

    @pytest.mark.parametrize(
        "name", ["exhibits", "chronology", "search", "pages/1", "pages/1/picture", "jobs"]
    )
    def test_the_reading_is_not_for_the_parties(self, name: str) -> None:
        for role in (Role.PAYER, Role.APPLICANT):
            case = Case.objects.filter(members__user=user_of(role), readings__isnull=False).distinct()[0]
            assert sign_in(role).get(f"/cases/{case.number}/{name}/").status_code == 403

    def test_a_reviewer_opens_the_file_only_after_attesting(self) -> None:
        client, user = sign_in(Role.REVIEWER), user_of(Role.REVIEWER)
        before = Case.objects.filter(stage=Stage.ATTESTATION, members__user=user)[0]
        after = Case.objects.filter(stage=Stage.VIEW, members__user=user)[0]
        for name in ("exhibits", "pages/1", "pages/1/picture", "search", "chronology"):
            assert client.get(f"/cases/{before.number}/{name}/").status_code == 302
            assert client.get(f"/cases/{after.number}/{name}/").status_code == 200
        page = client.get(f"/cases/{before.number}/records/").content.decode()
        assert "The file opens after the attestation" in page
        assert "What has to come" not in page

    def test_every_page_that_is_read_is_an_event_once(self) -> None:
        client, case = sign_in(Role.MEDICAL_DIRECTOR), case_in(Stage.VIEW)
        shown = client.get(f"/cases/{case.number}/pages/2/").content.decode()
        picture = shown.split('<image href="')[1].split('"')[0].replace("&amp;", "&")
        answer = client.get(picture)
        assert answer.headers["Content-Type"] == "image/png"
        reads = CaseEvent.objects.filter(
            case=case, kind="DocumentRead", actor=user_of(Role.MEDICAL_DIRECTOR).actor.id
        )
        assert [json.loads(one.body)["pages"] for one in reads] == [[2]]
        client.get(picture.split("?")[0])
        assert reads.all().count() == 2, "a picture without its page is a read of its own"
        kept = list((settings.ENVIRONMENT.data / "pictures").rglob("*.png"))
        assert kept
        assert all(path.stat().st_mode & 0o077 == 0 for path in kept)

    def test_who_entered_a_file_is_not_told_outside(self) -> None:
        case = Case.objects.filter(members__user=user_of(Role.PAYER), files__isnull=False).distinct()[0]
        name = case.files.order_by("pk")[0].by.name
        assert name in sign_in(Role.AUDITOR).get(f"/cases/{case.number}/records/").content.decode()
        assert name not in sign_in(Role.PAYER).get(f"/cases/{case.number}/records/").content.decode()


@pytest.mark.usefixtures("db")
class TestReading:
    """What the pages show of what was read."""

    def test_a_hit_leads_to_its_words(self) -> None:
        client, case = sign_in(Role.CASE_MANAGER), case_in(Stage.VIEW)
        found = client.get(f"/cases/{case.number}/search/", {"q": '"straight leg raise"'}).content.decode()
        address = (
            found.split('<ol class="desk-hits">')[1].split('href="')[1].split('"')[0].replace("&amp;", "&")
        )
        page = client.get(address.split("#")[0]).content.decode()
        assert '<mark id="quote">Straight leg raise</mark>' in page
        assert "desk-page__mark" in page, "the words are marked on the picture, too"

    def test_a_search_that_cannot_be_read_says_so(self) -> None:
        case = case_in(Stage.VIEW)
        page = (
            sign_in(Role.CASE_MANAGER).get(f"/cases/{case.number}/search/", {"q": '"open'}).content.decode()
        )
        assert "A quotation mark has no partner." in page

    def test_what_the_record_says_leads_to_its_page(self) -> None:
        case = case_in(Stage.VIEW)
        page = sign_in(Role.CASE_MANAGER).get(f"/cases/{case.number}/chronology/").content.decode()
        assert "straight leg raise positive, left" in page
        assert f"/cases/{case.number}/pages/1/?start=" in page

    def test_what_is_missing_is_named_by_party(self) -> None:
        case = case_in(Stage.RECORDS)
        page = sign_in(Role.CASE_MANAGER).get(f"/cases/{case.number}/records/").content.decode()
        row = page.split("The request for authorization and what was submitted")[1].split("</tr>")[0]
        assert "Missing." in row
        assert "days after D1" in page
        assert "None" not in page

    def test_a_file_with_the_decision_alone_cannot_be_closed(self) -> None:
        case = case_in(Stage.UNDECIDABLE)
        user = Case.objects.get(pk=case.pk).members.filter(role=Role.CASE_MANAGER)[0].user
        client = sign_in(Role.CASE_MANAGER)
        client.force_login(user)
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa", "at": 0, "type": "totp"}]
        session.save()
        page = client.get(f"/cases/{case.number}/records/complete/").content.decode()
        assert "only the letter of utilization review is here" in page
        version = store.state_of(case).version
        client.post(f"/cases/{case.number}/records/complete/", {"seen": "on", "version": version})
        assert store.state_of(case).records_completed_at is None

    def test_a_file_is_certified_and_closed(self) -> None:
        case, client = case_in(Stage.RECORDS), sign_in(Role.CASE_MANAGER)
        address = f"/cases/{case.number}/records/complete/"
        assert "The file may be closed all the same" in client.get(address).content.decode()
        client.post(address, {"seen": "on", "version": store.state_of(case).version})
        state = store.state_of(case)
        reading = readings.current(case, state)
        assert reading is not None
        assert state.seal == reading.seal
        assert any("request for authorization" in line for line in state.missing)
        assert CaseJob.objects.filter(case=case, kind="prepare_draft").count() == 1

    def test_what_comes_after_the_seal_stands_behind_it(self) -> None:
        case = case_in(Stage.ASSIGNMENT)
        before = readings.sealed(case, store.state_of(case))
        assert before is not None
        data = pdf([["PROGRESS REPORT", "Date of service: 11/03/2026", "Pain 3/10."]])
        by = user_of(Role.INTAKE)
        incoming.take_whole(
            case, by, (data,), name="late.pdf", size=len(data), submitter=CaseParty.PAYER, on=None
        )
        state = store.state_of(case)
        read_now(state)
        after = readings.current(case, state)
        assert after is not None
        manifest = readings.manifest_of(after)
        assert [earlier.seal for earlier in manifest.earlier] == [before.seal]
        old = readings.exhibits_of(before)
        assert readings.exhibits_of(after)[: len(old)] == old

    def test_a_boundary_that_a_person_sets_goes_before_the_reader(self) -> None:
        case, client = case_in(Stage.RECORDS), sign_in(Role.CASE_MANAGER)
        before = readings.current(case, store.state_of(case))
        assert before is not None
        assert "It goes on: join it" in client.get(f"/cases/{case.number}/pages/2/").content.decode()
        client.post(f"/cases/{case.number}/pages/2/boundary/", {"begins": "no"})
        state = store.state_of(case)
        assert readings.current(case, state) is None, "it is another input"
        assert CaseJob.objects.filter(case=case, kind="read_records").count() == 1
        read_now(state)
        after = readings.current(case, state)
        assert after is not None
        assert readings.exhibits_of(after)[0].pages == (1, 2)
        assert "NoteAdded" in {event.kind for event in case.log.all()}

    def test_most_pages_of_another_patient_say_nothing_of_the_patient_of_the_case(self) -> None:
        case = case_in(Stage.RECORDS)
        patient = store.state_of(case).case.patient.name
        own = ["PROGRESS REPORT", f"Patient: {patient}", "Date of birth: 02/03/1970", "", "Pain 4/10 today."]
        other = ["PROGRESS REPORT", "Patient: Hepzibah Quillfeather", "Date of birth: 05/06/1981"]
        others = [[*other, f"Date of service: 0{n}/03/2026", "", "Pain 9/10 today."] for n in range(1, 10)]
        data = pdf([own, *others])
        about = {"name": "mixed.pdf", "size": len(data), "submitter": CaseParty.PAYER, "on": None}
        incoming.take_whole(case, user_of(Role.INTAKE), (data,), **about)  # type: ignore[arg-type]  # by name
        read_now(store.state_of(case))
        reading = readings.current(case, store.state_of(case))
        facts = readings.facts_of(reading) if reading is not None else None
        assert facts is not None
        quotes = {fact.quote for fact in facts.facts}
        assert "4/10" in quotes and "9/10" not in quotes

    def test_a_page_of_an_infected_file_has_no_picture(self) -> None:
        case, client = case_in(Stage.RECORDS), sign_in(Role.CASE_MANAGER)
        address = f"/cases/{case.number}/pages/1/picture/"
        assert client.get(address).status_code == 200
        for file in SourceFile.objects.filter(case=case):
            scanning.keep(file.file_id, Scanned(state=ScanState.INFECTED, signature="Invented.Guest-1"))
        answer = client.get(address)
        assert answer.status_code == 422 and b"A virus was found" in answer.content

    def test_a_closed_file_keeps_its_boundaries(self) -> None:
        case, client = case_in(Stage.ASSIGNMENT), sign_in(Role.CASE_MANAGER)
        client.post(f"/cases/{case.number}/pages/2/boundary/", {"begins": "no"})
        assert not case.boundaries.exists()

    def test_a_reminder_stands_in_the_log_with_its_penalty(self) -> None:
        case, client = case_in(Stage.RECORDS), sign_in(Role.CASE_MANAGER)
        address = f"/cases/{case.number}/records/chase/"
        assert "request for authorization" in client.get(address).content.decode()
        told = {"lines": "The request\n\nThe reports", "version": store.state_of(case).version}
        assert client.post(address, told).status_code == 302
        chase = store.state_of(case).chases[-1]
        assert chase.missing == ("The request", "The reports")
        assert "days after D1" in chase.explanation, "how late it is stands in the log"

    def test_a_party_is_asked_and_answers_inside_the_clock(self) -> None:
        case, client = case_in(Stage.RECORDS), sign_in(Role.CASE_MANAGER)
        told = {"of": "payer", "lines": "Operative report", "version": store.state_of(case).version}
        client.post(f"/cases/{case.number}/information/ask/", told)
        payer = sign_in(Role.PAYER)
        assert "Operative report" in payer.get(f"/cases/{case.number}/records/").content.decode()
        told = {"request": "1", "says": "There is none.", "version": store.state_of(case).version}
        assert payer.post(f"/cases/{case.number}/information/answer/", told).status_code == 302
        assert store.state_of(case).requests[-1].answered is not None


def test_a_mark_outside_the_text_marks_nothing() -> None:
    assert [piece.is_marked for piece in marked("abc", 2, 9)] == [False]
    assert "".join(piece.text for piece in marked("abc", 0, 3)) == "abc"


def test_the_arrow_keys_turn_pages(site: str, browser: Browser) -> None:
    case = case_in(Stage.VIEW)
    page = page_of(browser, site, Role.CASE_MANAGER, f"/cases/{case.number}/pages/1/")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/pages/2/")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**/pages/1/")
    page.context.close()


@pytest.fixture
def desk_apart() -> Iterator[tuple[str, Path, dict[str, object]]]:
    """Return a desk with a database of its own: its address, its folder, an account of a payer."""
    folder = Path(tempfile.mkdtemp(prefix="openimr-"))
    folder.chmod(0o711)
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        port = line.getsockname()[1]
    environment = {**os.environ, "OPENIMR_DATA": str(folder), "PYTHONPATH": os.pathsep.join(sys.path)}
    del environment["OPENIMR_ADDRESS"]
    openimr = [sys.executable, "-m", "openimr.cli.main", "desk"]
    filled = subprocess.run(
        [*openimr, "demo", "--cases", "3", "--json"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    accounts = [json.loads(one) for one in filled.stdout.splitlines()]
    payer = next(one for one in accounts if one["username"] == "payer")
    with subprocess.Popen(
        [*openimr, "serve", "--port", str(port)], env=environment, stdout=subprocess.DEVNULL
    ) as serving:
        try:
            yield f"http://127.0.0.1:{port}", folder, payer
        finally:
            serving.terminate()
            serving.wait(PATIENCE)
            Server(folder=folder / "postgres").stop()
            shutil.rmtree(folder)


def test_an_upload_goes_on_when_the_database_was_killed_and_started_again(
    desk_apart: tuple[str, Path, dict[str, object]], browser: Browser, tmp_path: Path
) -> None:
    address, folder, payer = desk_apart
    path = tmp_path / "records.txt"
    path.write_bytes(big_file() * 40)  # four pieces of the ordinary size
    _until_healthy(address)
    page = browser.new_context().new_page()
    _sign_in(page, address, payer)
    number = "CM26-0000003"
    page.goto(f"{address}/cases/{number}/records/receive/")
    server = Server(folder=folder / "postgres")
    pieces: list[str] = []

    def line(route: Route) -> None:
        pieces.append(route.request.headers["upload-offset"])
        if len(pieces) == 2:
            process = int((server.cluster / "postmaster.pid").read_text().split()[0])
            os.kill(process, signal.SIGKILL)
        route.continue_()

    page.route(f"**/cases/{number}/uploads/*/", line)
    page.set_input_files("input[type=file]", path)
    page.get_by_role("button", name="Send").click()
    page.get_by_text("The connection was lost").wait_for(timeout=1000 * PATIENCE)
    deadline = time.monotonic() + PATIENCE
    while server.is_running() and time.monotonic() < deadline:
        time.sleep(0.1)
    server.start()
    page.wait_for_url(f"**/cases/{number}/records/", timeout=1000 * PATIENCE)
    page.get_by_text("records.txt was received.").wait_for()
    assert (
        page.get_by_role("cell", name="records.txt")
        .or_(page.get_by_role("rowheader", name="records.txt"))
        .count()
        == 1
    )
    page.context.close()
    assert pieces.count("0") == 1, "the first piece was on disk, and came once"
    stored = folder / "files" / sha256(path.read_bytes()).hexdigest()[:2]
    assert (stored / sha256(path.read_bytes()).hexdigest()).stat().st_size == path.stat().st_size


def _until_healthy(address: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(f"{address}/healthy/", timeout=10):
                return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def _sign_in(page: Page, address: str, account: dict[str, object]) -> None:
    page.goto(f"{address}/accounts/login/")
    page.fill("input[name=login]", str(account["username"]))
    page.fill("input[name=password]", str(account["password"]))
    page.click("main button[type=submit]")
    codes = account["codes"]
    assert isinstance(codes, list)
    page.fill("input[name=code]", codes[0])
    page.click("main button[type=submit]")
    page.get_by_text("Signed in as", exact=False).first.wait_for()


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    "name",
    ["records", "exhibits", "chronology", "search", "pages/2", "records/complete", "records/chase", "jobs"],
)
def test_a_page_asks_the_database_few_questions(name: str) -> None:
    client, case = sign_in(Role.CASE_MANAGER), case_in(Stage.RECORDS)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"/cases/{case.number}/{name}/").status_code == 200
    assert len(asked) <= 30, "\n".join(one["sql"][:120] for one in asked.captured_queries)


@pytest.mark.usefixtures("own_database")
def test_the_page_follows_the_work_of_software_and_stops_when_it_is_done(site: str, browser: Browser) -> None:
    case = case_in(Stage.RECORDS)
    job = CaseJob.objects.create(case=case, kind="read_records", input="0" * 64, state="doing", done=2, of=5)
    page = page_of(browser, site, Role.CASE_MANAGER, f"/cases/{case.number}/records/")
    page.get_by_text("page 2 of 5").wait_for()
    before = CaseEvent.objects.filter(case=case).count()
    CaseJob.objects.filter(pk=job.pk).update(done=4)
    page.get_by_text("page 4 of 5").wait_for()
    CaseJob.objects.filter(pk=job.pk).update(state="done", ended_at=job.asked_at)
    page.get_by_role("link", name="Show what was read").wait_for()
    assert page.locator("[hx-trigger]").count() == 0, "it asks no more"
    assert CaseEvent.objects.filter(case=case).count() == before, "asking how far it is reads nothing"
    page.context.close()
