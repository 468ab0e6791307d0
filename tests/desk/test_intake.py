"""Applications: the guided form of intake, the questions to somebody alone, filing, duplicates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from desk.conftest import sign_in, user_of
from desk.test_pages import complaints, context_of
from openimr.casework.roles import Role
from openimr.casework.stages import Stage
from openimr.desk import drafts, filing, plain, store
from openimr.desk.application_forms import STEPS, disputes_of, wrong
from openimr.desk.clock import today
from openimr.desk.demo_case import application
from openimr.desk.demo_records import pdf
from openimr.desk.entered import case_of, entered_of
from openimr.desk.models import ApplicationDraft, Case, StoredFile, User
from openimr.desk.questions import Question, questions_of, with_answer
from openimr.determination.reading_grade import reading_grade

HIGHEST_GRADE = 8.0


def whole(**other: Any) -> dict[str, Any]:
    """Return everything that an application needs, as it is typed."""
    day = today()
    return {
        "programme": "us_ca_wc",
        "patient_name": "Sabine Ferrow",
        "born_on": "1975-06-02",
        "of_injury": (day - timedelta(days=500)).isoformat(),
        "payer": "Heron Casualty",
        "payer_id": "payer-heron",
        "provider": "Corin Halloway, MD",
        "ur_decision": (day - timedelta(days=9)).isoformat(),
        "ur_served": (day - timedelta(days=9)).isoformat(),
        "ur_service": "mail_ca",
        "ur_decision_attached": "yes",
        "liability_disputed": "no",
        "formulary_dispute": "no",
        "signed": "yes",
        "signed_by": "employee",
        "filed_by": "web",
        "disputes": [
            {"request": "Aquatic therapy", "ur_action": "deny", "requested": "12 visits", "authorized": ""}
        ],
        **other,
    }


def filed(entered: dict[str, Any], by: User) -> filing.Filed:
    """Return what became of an application that somebody filed."""
    answer = filing.file_draft(drafts.begin(by, entered), by)
    assert isinstance(answer, filing.Filed), answer
    return answer


def a_pdf(name: str = "decision.pdf", words: str = "Not authorized.") -> SimpleUploadedFile:
    """Return a small PDF to upload."""
    return SimpleUploadedFile(name, pdf([[words]]), content_type="application/pdf")


@pytest.fixture
def intake(db: None) -> Client:
    """Return the browser of somebody of intake."""
    return sign_in(Role.INTAKE)


def test_what_is_known_of_a_case_survives_being_entered_again() -> None:
    for n in range(6):
        case = application(n, date(2026, 11, 2), stage=Stage.SCREENING)
        assert case_of(entered_of(case), case) == case


def test_what_is_empty_is_absent_and_never_a_default() -> None:
    case = case_of({"disputes": [{"request": "MRI"}], "born_on": "soon", "signed": "", "sex": "other"})
    assert (case.patient.born_on, case.application.signed, case.patient.sex) == (None, None, None)
    assert case.application.ur_decision_attached is None
    assert case.dispute[0].ur_action is None


def test_what_is_left_of_a_request_is_counted_and_a_contradiction_is_told() -> None:
    row = {"request": "Therapy", "requested": "12 visits", "authorized": "4 visits"}
    assert case_of({"disputes": [row]}).dispute[0].remaining == "8 visits"
    forms = disputes_of({"disputes": [{**row, "remaining": "6 visits"}]}, check=True).forms
    assert forms[0].errors["remaining"] == [
        "12 visits less 4 visits leaves 8 visits, and 6 visits is entered."
    ]


def test_a_step_is_kept_also_when_it_is_wrong_and_the_error_is_told_twice(intake: Client) -> None:
    draft = drafts.begin(user_of(Role.INTAKE))
    address = reverse("application-step", args=[draft.key, "denial"])
    answer = intake.post(address, {"ur_decision": "2026-03-09", "ur_served": "2026-03-01"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert text.count("It cannot have been served before it was made.") == 2
    assert 'href="' + address + '?check#id_ur_served"' in text
    draft.refresh_from_db()
    assert draft.entered["ur_served"] == "2026-03-01"
    assert 'value="2026-03-01"' in intake.get(address).content.decode()


def test_typing_is_kept_before_anything_is_sent_and_other_steps_stay(intake: Client) -> None:
    draft = drafts.begin(user_of(Role.INTAKE), {"patient_name": "Ada Fern"})
    answer = intake.post(reverse("application-save", args=[draft.key, "injury"]), {"employer": "Cinder Cr"})
    assert "Saved at" in answer.content.decode()
    draft.refresh_from_db()
    assert (draft.entered["employer"], draft.entered["patient_name"]) == ("Cinder Cr", "Ada Fern")


def test_a_draft_opens_to_its_owner_and_to_intake_alone(intake: Client) -> None:
    mine = drafts.begin(user_of(Role.APPLICANT))
    theirs = drafts.begin(User.objects.create_user("another", None, role=Role.APPLICANT))
    alone = sign_in(Role.APPLICANT)
    assert intake.get(reverse("application-step", args=[theirs.key, "person"])).status_code == 200
    assert alone.get(reverse("apply-question", args=[mine.key, "name"])).status_code == 200
    assert alone.get(reverse("apply-question", args=[theirs.key, "name"])).status_code == 404
    assert alone.get(reverse("application-sheet", args=[theirs.key, 1, 1])).status_code == 404
    assert theirs.key not in alone.get(reverse("my-cases")).content.decode()


def test_a_file_is_what_its_bytes_say_and_a_page_of_it_is_a_picture(intake: Client) -> None:
    draft = drafts.begin(user_of(Role.INTAKE))
    address = reverse("application-paper", args=[draft.key])
    program = SimpleUploadedFile(
        "decision.pdf", b"MZ\x90\x00" + b"\x00" * 200, content_type="application/pdf"
    )
    told = intake.post(address, {"kind": "ur_decision", "file": program}, follow=True).content.decode()
    assert "it is another kind of file. Send a PDF, or a picture" in told
    draft.refresh_from_db()
    assert not draft.entered.get("papers")
    intake.post(address, {"kind": "ur_decision", "file": a_pdf()})
    draft.refresh_from_db()
    assert [(p["kind"], p["pages"]) for p in draft.entered["papers"]] == [("ur_decision", 1)]
    picture = intake.get(reverse("application-sheet", args=[draft.key, 1, 1]))
    assert picture.content.startswith(b"\x89PNG")
    assert intake.get(reverse("application-sheet", args=[draft.key, 1, 2])).status_code == 404


def test_a_damaged_pdf_is_refused_with_what_to_do(intake: Client) -> None:
    draft = drafts.begin(user_of(Role.INTAKE))
    broken = SimpleUploadedFile("rfa.pdf", b"%PDF-1.7\nnothing more")
    told = intake.post(
        reverse("application-paper", args=[draft.key]), {"kind": "rfa", "file": broken}, follow=True
    )
    assert "cannot be opened" in told.content.decode()


def test_a_draft_is_filed_once_with_its_papers_and_looked_over(intake: Client) -> None:
    by = user_of(Role.INTAKE)
    draft = drafts.begin(by, whole())
    intake.post(reverse("application-paper", args=[draft.key]), {"kind": "ur_decision", "file": a_pdf()})
    address = reverse("application-review", args=[draft.key])
    before = Case.objects.count()
    first, second = intake.post(address), intake.post(address)
    draft.refresh_from_db()
    assert draft.filed_as is not None
    assert Case.objects.count() == before + 1
    assert first.headers["Location"] == f"/cases/{draft.filed_as.number}/eligibility/"
    assert second.headers["Location"] == f"/cases/{draft.filed_as.number}/"
    state = store.state_of(draft.filed_as)
    assert [f.name for f in state.records] == ["decision.pdf"]
    assert draft.filed_as.files.count() == 1
    assert state.screening is not None
    assert state.screening.eligible == (1,)
    assert draft.filed_as.members.filter(user=by).exists()


def test_what_is_missing_is_told_before_filing_with_links_to_the_fields(intake: Client) -> None:
    draft = drafts.begin(user_of(Role.INTAKE), {"filed_by": "mail"})
    answer = intake.post(reverse("application-review", args=[draft.key]))
    text = answer.content.decode()
    assert answer.status_code == 422
    for words in (
        "Full name of the employee is missing.",
        "Name a disputed treatment.",
        "State the day stamped",
    ):
        assert words in text
    person = reverse("application-step", args=[draft.key, "person"])
    assert f'href="{person}?check#id_patient_name"' in text
    draft.refresh_from_db()
    assert draft.filed_as is None


def test_rows_of_treatments_are_added_and_empty_ones_left_out(intake: Client) -> None:
    draft = drafts.begin(user_of(Role.INTAKE), whole())
    address = reverse("application-step", args=[draft.key, "disputes"])
    sent = {"dispute-0-request": "Therapy", "dispute-1-request": "", "dispute-2-request": "MRI", "more": "1"}
    text = intake.post(address, sent).content.decode()
    draft.refresh_from_db()
    assert [row["request"] for row in draft.entered["disputes"]] == ["Therapy", "MRI"]
    assert "Treatment 3" in text
    assert "Treatment 4" not in text


def test_a_duplicate_is_found_among_cases_in_flight_and_both_tell_of_it(intake: Client) -> None:
    first = filed(whole(), user_of(Role.APPLICANT))
    draft = drafts.begin(user_of(Role.INTAKE), whole(patient_name="sabine ferrow"))
    shown = intake.get(reverse("application-review", args=[draft.key])).content.decode()
    assert f"Case {first.case.number}" in shown
    told = intake.post(reverse("application-review", args=[draft.key]), follow=True).content.decode()
    assert f"Case {first.case.number} asks for the same review" in told
    draft.refresh_from_db()
    assert draft.filed_as is not None
    found = store.state_of(draft.filed_as)
    assert found.screening is not None
    assert [g.code for g in found.screening.grounds] == ["DUP"]
    assert store.state_of(first.case).duplicates == (draft.filed_as.number,)


def test_a_duplicate_is_found_among_drafts_that_nobody_has_filed(intake: Client) -> None:
    other = drafts.begin(User.objects.create_user("second", None, role=Role.INTAKE, name="Isa Gale"), whole())
    draft = drafts.begin(user_of(Role.INTAKE), whole())
    assert [one.draft for one in filing.alike(draft)] == [other]
    assert (
        "A draft of Isa Gale" in intake.get(reverse("application-review", args=[draft.key])).content.decode()
    )
    assert filing.alike(draft, owner=user_of(Role.APPLICANT)) == ()


def test_somebody_of_the_same_name_born_on_another_day_is_no_duplicate(db: None) -> None:
    filed(whole(patient_id="W-1"), user_of(Role.INTAKE))
    again = filed(whole(born_on="1990-01-01"), user_of(Role.INTAKE))
    assert again.duplicates == ()


def test_a_second_treatment_asks_further_questions_and_taking_it_back_ends_them() -> None:
    entered: dict[str, Any] = {}
    more = next(q for q in questions_of(entered) if q.field == "more")
    entered |= with_answer(more, "yes", entered)
    assert "care-2" in [q.name for q in questions_of(entered)]
    entered |= with_answer(more, "no", entered)
    assert "care-2" not in [q.name for q in questions_of(entered)]


def every_question() -> Iterator[Question]:
    """Yield every question that somebody may be asked."""
    rows = [{"request": "Therapy", "ur_action": "modify", "more": "yes"}, {}]
    yield from questions_of({"represented": "yes", "priority": "expedited", "disputes": rows})


def test_the_questions_read_easily() -> None:
    texts = [f"{q.text} {q.hint}" for q in every_question()]
    grade = reading_grade(" ".join(texts))
    assert grade is not None
    assert grade <= 6.0
    hard = {text: found for text in texts if (found := reading_grade(text) or 0) > HIGHEST_GRADE}
    assert hard == {}


def test_where_a_case_stands_reads_easily() -> None:
    said = [f"{s.short}. {s.means} {s.then}" for s in plain.STANDINGS.values()]
    said += [*plain.REASONS.values(), *plain.CURES.values(), *plain.DISPUTES.values()]
    grade = reading_grade(" ".join(said))
    assert grade is not None
    assert grade <= HIGHEST_GRADE


def test_every_stage_is_told_plainly_and_no_ground_lacks_its_words() -> None:
    assert {s for s in Stage if s not in plain.STANDINGS} == {
        Stage.ASSIGNMENT,
        Stage.ATTESTATION,
        Stage.VIEW,
        Stage.REVIEW,
        Stage.QUALITY,
    }
    assert plain.REASONS.keys() >= {"NOSIG", "LATE", "NOUR", "CNC", "DUP", "PRIOR", "LIAB", "AUTH"}


def test_i_do_not_know_is_kept_as_an_answer_and_leaves_the_case_silent(db: None) -> None:
    alone = sign_in(Role.APPLICANT)
    draft = drafts.begin(user_of(Role.APPLICANT), {"born_on": "1975-06-02"})
    answer = alone.post(reverse("apply-question", args=[draft.key, "birthday"]), {"unknown": "1"})
    assert answer.headers["Location"] == reverse("apply-question", args=[draft.key, "lawyer"])
    draft.refresh_from_db()
    assert case_of(draft.entered).patient.born_on is None
    assert "I do not know" in alone.get(reverse("apply-check", args=[draft.key])).content.decode()


def test_nothing_is_filed_without_a_name_and_a_treatment(db: None) -> None:
    alone = sign_in(Role.APPLICANT)
    draft = drafts.begin(user_of(Role.APPLICANT))
    text = alone.get(reverse("apply-check", args=[draft.key])).content.decode()
    assert "What care did they say no to?" in text
    sign = reverse("apply-sign", args=[draft.key])
    assert sign not in text
    assert alone.post(sign, {"agree": "on", "signature": "Sabine Ferrow"}).status_code == 302
    draft.refresh_from_db()
    assert draft.filed_as is None


def test_the_forms_name_every_field_once() -> None:
    names = [name for step in STEPS for name in step.fields if step.name != "disputes"]
    assert len(names) == len(set(names))
    assert wrong(whole()) == ()


ANSWERS = {
    "What is your full name?": "Sabine Ferrow",
    "When were you born?": "1975-06-02",
    "Does a lawyer help you with this claim?": "No",
    "Who did you work for when you were hurt?": "Cinder Creek Foundry",
    "What is wrong?": "My knee hurts when I walk",
    "Who said no to your care?": "Heron Casualty",
    "How did the letter come to you?": None,
    "Does the letter say that they do not have to pay for this injury?": "No",
    "Which doctor asked for the care?": "Corin Halloway",
    "What kind of doctor is that?": None,
    "What care did they say no to?": "MRI of the left knee",
    "What did the letter say about this care?": "It said no",
    "How much of it did your doctor ask for?": None,
    "Did the letter say no to anything else?": "No",
    "Did a doctor write that it would put your health in danger to wait?": "No",
}


def answer_one(page: Page, letter: Path, axe: str) -> str:
    """Answer the question that a page asks, by keyboard where it is typed; return the question."""
    asked = page.locator("h1").inner_text()
    assert complaints(page, axe) == [], asked
    if page.locator("input[type=file]").count():
        if "letter" in asked:
            page.locator("input[type=file]").set_input_files(letter)
            page.get_by_role("button", name="Send this file").click()
            page.get_by_role("button", name="Continue").click()
        else:
            page.get_by_role("button", name="I do not have it").click()
        expect(page.locator("h1")).not_to_have_text(asked)
        return asked
    told = ANSWERS.get(asked, (today() - timedelta(days=12)).isoformat())
    if told is None:
        page.get_by_role("button", name="I do not know").click()
    elif page.locator("input[type=radio]").count():
        page.get_by_text(told, exact=True).click()
        page.keyboard.press("Enter")
    else:
        field = page.locator("#id_answer")
        field.fill(told)
        if page.locator("textarea").count():
            page.get_by_role("button", name="Continue").click()
        else:
            field.press("Enter")
    expect(page.locator("h1")).not_to_have_text(asked)
    return asked


@pytest.fixture(scope="module")
def axe(root: Path) -> str:
    """Return the script that reads a page for what keeps people out."""
    return (root / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")


def test_somebody_alone_applies_on_a_small_screen(
    own_database: str, site: str, browser: Browser, axe: str, tmp_path: Path
) -> None:
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(pdf([["Your request is not authorized."]]))
    with context_of(browser, site, Role.APPLICANT, "narrow") as context:
        page = context.new_page()
        page.goto(f"{site}/")
        page.get_by_role("button", name="Ask for a review").click()
        asked = [answer_one(page, letter, axe) for _ in range(6)]
        # what was typed is there again after leaving, and after going back
        page.get_by_role("link", name="Save and come back later").click()
        page.get_by_role("link", name=re.compile("^Go on")).first.click()
        page.get_by_role("link", name="Back", exact=True).click()
        assert page.locator("#id_answer").input_value() == ANSWERS["What is wrong?"]
        page.get_by_role("button", name="Continue").click()
        while "Question" in page.locator("main").inner_text():
            asked.append(answer_one(page, letter, axe))
        assert len(asked) == len(set(asked)) == 20
        assert page.locator("h1").inner_text() == "Check your answers"
        assert complaints(page, axe) == []
        page.get_by_role("link", name="It is right: sign it").click()
        page.get_by_role("button", name="Sign and send").click()
        assert "Write your full name here to sign." in page.get_by_role("alert").inner_text()
        assert complaints(page, axe) == []
        page.locator("label[for=id_agree]").click()
        page.get_by_label("Write your full name to sign").fill("Sabine Ferrow")
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="We are checking your papers").wait_for()
        assert complaints(page, axe) == []
    draft = ApplicationDraft.objects.get(entered__patient_name="Sabine Ferrow")
    assert draft.filed_as is not None
    state = store.state_of(draft.filed_as)
    case = state.case
    assert (case.service.ur, case.provider.specialty, case.dispute[0].requested) == (None, None, None)
    assert (case.application.signed, case.application.ur_decision_attached) == (True, True)
    assert case.dispute[0].request == "MRI of the left knee"
    assert [f.name for f in state.records] == ["letter.pdf"]
    assert StoredFile.objects.filter(sha256=state.records[0].sha256).exists()
