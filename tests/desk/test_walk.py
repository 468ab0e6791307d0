"""The whole life of a case in real browsers, each step by the person whose step it is."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from desk.conftest import user_of
from desk.walking import Walk, press, tick, write
from openimr.casework.afterwards import charge_of
from openimr.casework.roles import Role
from openimr.casework.stages import Stage, stage_of
from openimr.desk import jobs, store
from openimr.desk.audit import verify
from openimr.desk.clock import today
from openimr.desk.demo_records import pdf, records_of
from openimr.desk.models import ApplicationDraft, Case, CaseJob, StoredDraw, User

PATIENT = "Wilhelmina Osgood"
ANSWERS = {
    "What is your full name?": PATIENT,
    "When were you born?": "1979-03-14",
    "Does a lawyer help you with this claim?": "No",
    "What day were you hurt?": (today() - timedelta(days=400)).isoformat(),
    "Who did you work for when you were hurt?": "Tarn Hollow Packing",
    "What is wrong?": "Low back pain",
    "Who said no to your care?": "Heron Casualty",
    "How did the letter come to you?": "By mail from a place in California",
    "Does the letter say that they do not have to pay for this injury?": "No",
    "Which doctor asked for the care?": "Leopold Marrow, MD",
    "What kind of doctor is that?": "A pain doctor",
    "What care did they say no to?": "Physical therapy for the lumbar spine",
    "What did the letter say about this care?": "It said no",
    "How much of it did your doctor ask for?": "12 visits",
    "Did the letter say no to anything else?": "No",
    "Did a doctor write that it would put your health in danger to wait?": "No",
}
LETTER_DAY = (today() - timedelta(days=12)).isoformat()


@pytest.fixture
def walk(own_database: str, site: str, browser: Browser, root: Path) -> Iterator[Walk]:
    """Return a walk whose pictures stay in the folder of outputs, which git does not keep."""
    made = Walk(browser, site, root / "out" / "walk")
    yield made
    made.close()


def second(role: Role) -> User:
    """Return the second account of a role."""
    return User.objects.filter(role=role).order_by("pk")[1]


def now_of(case: Case) -> store.CaseState:
    """Return a case as it is stored now."""
    case.refresh_from_db()
    return store.state_of(case)


def stage(case: Case) -> Stage:
    """Return the stage of a case as it is stored now."""
    return stage_of(now_of(case))


def answer(page: Page, letter: Path) -> None:
    """Answer one question of the form."""
    asked = page.locator("h1").inner_text()
    if page.locator("input[type=file]").count():
        if "letter" in asked:
            page.locator("input[type=file]").set_input_files(letter)
            press(page, "Send this file")
            page.get_by_role("button", name="Continue").click()
        else:
            page.get_by_role("button", name="I do not have it").click()
    else:
        told = ANSWERS.get(asked, LETTER_DAY)
        if page.locator("input[type=radio]").count():
            page.get_by_text(told, exact=True).click()
        else:
            page.locator("#id_answer").fill(told)
        page.get_by_role("button", name="Continue").click()
    expect(page.locator("h1")).not_to_have_text(asked)


def applies(walk: Walk, letter: Path) -> Case:
    """The employee answers one question after the other, signs, and is told what follows."""
    page = walk.go(user_of(Role.APPLICANT), "/")
    page.get_by_role("button", name="Ask for a review").click()
    walk.shoot(page, "applicant-first-question")
    while "Question" in page.locator("main").inner_text():
        answer(page, letter)
    walk.shoot(page, "applicant-checks-answers")
    page.get_by_role("link", name="It is right: sign it").click()
    tick(page, "agree")
    write(page, signature=PATIENT)
    press(page, "Sign and send")
    page.get_by_role("heading", name="We are checking your papers").wait_for()
    walk.shoot(page, "applicant-has-filed")
    filed = ApplicationDraft.objects.get(entered__patient_name=PATIENT).filed_as
    assert filed is not None
    return filed


def takes(walk: Walk, user: User, case: Case) -> None:
    """Somebody finds a case among those that wait, and takes it in hand."""
    case.refresh_from_db()
    assert case.waits and case.holder == user.role, (case.holder, case.waits)
    page = walk.go(user, f"/?which=waiting&text={case.number}")
    page.locator("main").get_by_role("button", name="Take").first.click()
    page.get_by_text(f"You are on case {case.number}.").wait_for()


def is_found_eligible(walk: Walk, case: Case) -> None:
    """The case manager links the claims administrator and decides; every ground is on the page."""
    manager = user_of(Role.CASE_MANAGER)
    takes(walk, manager, case)
    page = walk.go(manager, f"/cases/{case.number}/change-parties/")
    write(page, payer_id="payer-heron", why="The letter is on the paper of Heron Casualty.")
    page.locator("main form button[type=submit]").last.click()
    page = walk.go(manager, f"/cases/{case.number}/eligibility/")
    walk.shoot(page, "case-manager-eligibility")
    page = walk.go(manager, f"/cases/{case.number}/eligibility/decide/")
    tick(page, "status-1", "eligible")
    walk.shoot(page, "case-manager-decides-eligibility")
    press(page, "Decide")
    assert stage(case) is Stage.NOTICE


def serves(walk: Walk, case: Case, name: str) -> None:
    """The case manager serves every paper that is owed, by fax with the number of each report."""
    manager = user_of(Role.CASE_MANAGER)
    owed = [(paper.id, party.value) for paper in now_of(case).owed_papers for party in paper.owed]
    assert owed
    for n, (paper, party) in enumerate(owed):
        page = walk.go(manager, f"/cases/{case.number}/serve-paper/?what={paper}~{party}")
        write(page, channel="fax", method="fax", kind="transmission_report", reference=f"report {n + 101}")
        if n == 0:
            walk.shoot(page, f"case-manager-serves-{name}")
        press(page, "Serve")
    assert not now_of(case).owed_papers


def works(case: Case) -> None:
    """What software has to do is done, as by a worker, until nothing is left."""
    steps = {"read_records": jobs.read_records, "extract_facts": jobs.extract}
    steps |= {"prepare_draft": jobs.prepare_draft, "propose_assignment": jobs.propose_assignment}
    while job := CaseJob.objects.filter(case=case, state="waiting").order_by("pk").first():
        steps[job.kind](number=case.number, wanted=job.input)
        job.refresh_from_db()
        assert job.state == "done", (job.kind, job.why)


def sends_records(walk: Walk, case: Case, folder: Path) -> None:
    """The claims administrator sends the records in pieces; software reads every page."""
    sent = folder / "records.pdf"
    sent.write_bytes(records_of(now_of(case).case))
    payer = second(Role.PAYER)
    page = walk.go(payer, f"/cases/{case.number}/records/receive/")
    page.set_input_files("input[type=file]", sent)
    walk.shoot(page, "payer-sends-records")
    page.get_by_role("button", name="Send").click()
    page.wait_for_url(f"**/cases/{case.number}/records/")
    page.get_by_text("records.pdf was received.").wait_for()
    walk.shoot(page, "payer-has-sent")
    works(case)


def closes_file(walk: Walk, case: Case) -> None:
    """The case manager reads what came, and certifies and closes the file."""
    manager = user_of(Role.CASE_MANAGER)
    for name in ("records", "exhibits", "chronology", "pages/1"):
        walk.shoot(walk.go(manager, f"/cases/{case.number}/{name}/"), f"case-manager-{name.split('/')[0]}")
    page = walk.go(manager, f"/cases/{case.number}/records/complete/")
    walk.shoot(page, "case-manager-closes-file")
    tick(page, "seen")
    press(page, "Certify and close")
    assert stage(case) is Stage.ASSIGNMENT


def is_drawn(walk: Walk, case: Case) -> User:
    """Software has drawn for the case; the medical director reads why, and confirms."""
    works(case)
    drawn = StoredDraw.objects.order_by("-drawn_at")[0]
    director = user_of(Role.MEDICAL_DIRECTOR)
    page = walk.go(director, "/assignment/")
    walk.shoot(page, "director-assignment")
    page.locator(f'main a[href="/assignment/draws/{drawn.pk}/"]').first.click()
    assert case.number in page.locator("main").inner_text()
    walk.shoot(page, "director-draw")
    press(page, "Confirm, and ask the reviewers")
    assert stage(case) is Stage.ATTESTATION
    return User.objects.get(reviewer=now_of(case).seats[0].reviewer)


def decides(walk: Walk, case: Case, reviewer: User) -> None:
    """The reviewer attests, records a view, sees the draft and its pages, decides and adopts."""
    page = walk.go(reviewer, "/reviews/")
    walk.shoot(page, "reviewer-list")
    page = walk.go(reviewer, f"/cases/{case.number}/review/attest/")
    tick(page, "no_conflict")
    tick(page, "qualified")
    walk.shoot(page, "reviewer-attests")
    press(page, "Take the case, and open the file")
    works(case)
    assert now_of(case).draft is not None
    page = walk.go(reviewer, f"/cases/{case.number}/review/")
    assert page.url.endswith("/review/view/"), "the draft is closed before the view"
    tick(page, "leans-1", "overturned")
    write(page, because_1="Function improved with the visits that were completed.")
    walk.shoot(page, "reviewer-view")
    press(page, "Record my view")
    page = walk.go(reviewer, f"/cases/{case.number}/review/draft/")
    walk.shoot(page, "reviewer-before-draft")
    press(page, "Open the draft")
    page = walk.go(reviewer, f"/cases/{case.number}/review/")
    reads_sources(walk, page, case)
    tick(page, "outcome-1", "overturned")
    write(page, rationale_1="Walking improved from 10 to 20 minutes with therapy. More visits are justified.")
    write(page, citations_1="MTUS General Approaches to Treatment")
    for word in ("no_conflict", "qualified", "read_the_file", "knows_the_law"):
        tick(page, f"attests-{word}")
    walk.shoot(page, "reviewer-decides")
    press(page, "Adopt")
    assert stage(case) is Stage.QUALITY


def reads_sources(walk: Walk, page: Page, case: Case) -> None:
    """Each link of the draft leads to a page of the file, with the words marked; some are opened."""
    links = page.locator(f'main a[href*="/cases/{case.number}/pages/"]')
    hrefs = sorted({link.get_attribute("href") or "" for link in links.all()})
    assert hrefs, "the draft names the pages of the file"
    own = page.context.new_page()
    for href in hrefs[:2]:
        own.goto(f"{walk.site}{href}")
        expect(own.locator("h1")).to_contain_text(re.compile(r"[Pp]age"))
    walk.shoot(own, "reviewer-page-of-the-file")
    own.close()


def is_released(walk: Walk, case: Case) -> None:
    """A second person looks at the checks and the letter, and lets it out."""
    quality = user_of(Role.QUALITY)
    takes(walk, quality, case)
    page = walk.go(quality, f"/cases/{case.number}/release/")
    walk.shoot(page, "quality-checks")
    press(page, "Release the determination")
    assert stage(case) is Stage.SERVICE


def is_billed(walk: Walk, case: Case) -> None:
    """The case manager writes the invoice by the fee table; the payer finds it among its own."""
    manager = user_of(Role.CASE_MANAGER)
    page = walk.go(manager, f"/cases/{case.number}/invoice/")
    write(page, number=f"{case.number}-1")
    if (charge := charge_of(now_of(case))) is None or charge.amount_usd is None:
        write(page, amount_usd="345", agreed_in="the contract of the programme")
    walk.shoot(page, "case-manager-bills")
    page.locator("main form button[type=submit]").click()
    page.wait_for_load_state()
    assert now_of(case).invoice is not None
    page = walk.go(second(Role.PAYER), "/invoices/")
    assert case.number in page.locator("main").inner_text()
    walk.shoot(page, "payer-invoices")


def is_looked_at(walk: Walk, case: Case, reviewer: User) -> None:
    """The auditor reads the whole log; the parties and the street learn what is theirs, and no name."""
    page = walk.go(user_of(Role.AUDITOR), f"/cases/{case.number}/log/")
    text = page.locator("main").inner_text()
    assert "The chain is whole" in text
    acted = (Role.CASE_MANAGER, Role.MEDICAL_DIRECTOR, Role.QUALITY, Role.APPLICANT)
    names = [reviewer.name, second(Role.PAYER).name, *(user_of(role).name for role in acted)]
    assert not [name for name in names if name not in text], "everybody who acted stands in the log"
    walk.shoot(page, "auditor-log")
    for user, path in (
        (user_of(Role.APPLICANT), f"/my-cases/{case.number}/"),
        (second(Role.PAYER), f"/cases/{case.number}/"),
        (None, f"/status/{case.number}/"),
    ):
        page = walk.go(user, path)
        seen = page.content()
        assert case.number in seen
        assert not [w for w in (reviewer.name, reviewer.reviewer) if w and w in seen], path
        walk.shoot(page, f"{user.role if user else 'anybody'}-at-the-end")
        if user is None:
            assert PATIENT not in seen and "Heron" not in seen


def test_a_case_lives_from_its_application_to_its_invoice(
    walk: Walk, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    letter = tmp_path / "letter.pdf"
    lines = ["UTILIZATION REVIEW DECISION: NOTICE OF NON-CERTIFICATION", f"Patient: {PATIENT}"]
    letter.write_bytes(pdf([[*lines, f"Date of decision: {LETTER_DAY}", "Physical therapy: denied."]]))
    case = applies(walk, letter)
    is_found_eligible(walk, case)
    serves(walk, case, "notice")
    assert stage(case) is Stage.RECORDS
    sends_records(walk, case, tmp_path)
    closes_file(walk, case)
    reviewer = is_drawn(walk, case)
    decides(walk, case, reviewer)
    is_released(walk, case)
    serves(walk, case, "determination")
    assert stage(case) is Stage.SERVED
    is_billed(walk, case)
    is_looked_at(walk, case, reviewer)
    assert walk.errors == []
    assert verify().is_sound
    written = [PATIENT, reviewer.name, reviewer.reviewer, "Gabapentin", "Straight leg raise"]
    assert not [words for words in written if words in caplog.text], (
        "a log names somebody, or quotes a record"
    )
    pictures = sorted(path.name for path in walk.folder.glob("*.png"))
    assert len(pictures) >= 25
