"""Eligibility: every ground with its source, decisions, cures, single disputes, duplicates, consolidation."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from desk.conftest import sign_in, user_of
from desk.test_intake import a_pdf, filed, whole
from openimr.casework import commands as do
from openimr.casework.case_state import CaseState
from openimr.casework.parts import CaseParty, DisputeStatus, PaperKind
from openimr.casework.roles import Role
from openimr.casework.stages import Stage, stage_of
from openimr.desk import store
from openimr.desk.clock import today
from openimr.desk.filing import SOFTWARE
from openimr.desk.models import Case, CaseMember

TWO = [
    {"request": "Aquatic therapy", "ur_action": "deny", "requested": "12 visits"},
    {"request": "MRI of the left knee", "ur_action": "conditional"},
]
pytestmark = pytest.mark.usefixtures("db")


def filed_case(*, by: Role = Role.APPLICANT, **other: Any) -> Case:
    """Return a case with intake, a case manager and the director's office on it."""
    case = filed(whole(**other), user_of(by)).case
    for role in (Role.INTAKE, Role.CASE_MANAGER, Role.ADMINISTRATIVE_DIRECTOR):
        store.act(case.number, do.TakeOverCase(why="to act in it"), by=user_of(role).actor, expected=None)
    case.refresh_from_db()
    return case


def chosen(page: Any, name: str) -> str:
    """Return the choice that a page offers as made."""
    inputs = re.findall(f'<input[^>]*name="{name}"[^>]*>', page.content.decode())
    values = [found for tag in inputs if "checked" in tag for found in re.findall('value="([^"]*)"', tag)]
    assert len(values) == 1, values
    return values[0]


def now_of(case: Case) -> CaseState:
    """Return a case as it is stored now."""
    case.refresh_from_db()
    return store.state_of(case)


def send(client: Client, name: str, case: Case, told: dict[str, Any], *, version: int | None = None) -> Any:
    """Return the answer to a form of a case, made from the case as it is or from another version."""
    sent = {"version": now_of(case).version if version is None else version, **told}
    return client.post(reverse(name, args=[case.number]), sent)


def eligible_case(**other: Any) -> Case:
    """Return a case that was found eligible."""
    case = filed_case(**other)
    answer = send(sign_in(Role.CASE_MANAGER), "case-decide-eligibility", case, {"status-1": "eligible"})
    assert answer.status_code == 302
    assert stage_of(now_of(case)) is Stage.NOTICE
    return case


def test_all_grounds_stand_there_at_once_with_source_clock_and_dates() -> None:
    case = filed_case(signed="no", ur_decision_attached="no", disputes=TWO)
    text = sign_in(Role.CASE_MANAGER).get(reverse("case-eligibility", args=[case.number])).content.decode()
    for code in ("NOSIG", "NOUR", "CNC"):
        assert f">{code}<" in text
    assert "8 CCR 9792.10.1(b)" in text
    assert "Last day:" in text
    assert "application filed on" in text
    assert "The request was denied only because requested information had not come." in text


def test_a_correction_is_named_as_the_source_of_a_date_and_screened_anew() -> None:
    case = filed_case(signed="no")
    state = now_of(case)
    client = sign_in(Role.INTAKE)
    page = client.get(reverse("case-correct-application", args=[case.number])).content.decode()
    assert 'value="Sabine Ferrow"' in page
    entered = whole(rfa=(today() - timedelta(days=20)).isoformat())
    rows = entered.pop("disputes")
    sent = {f"dispute-{n}-{k}": v for n, row in enumerate(rows) for k, v in row.items()}
    entered["application_received"] = state.case.dates.application_received.on.isoformat()
    entered["submitted"] = entered["application_received"]
    assert send(client, "case-correct-application", case, {**entered, **sent}).status_code == 422
    told = {**entered, **sent, "why": "The form is signed on its back."}
    assert send(client, "case-correct-application", case, told).status_code == 302
    after = now_of(case)
    assert after.screening is not None
    assert after.screening.grounds == ()
    assert after.case.dates.application_received == state.case.dates.application_received
    text = client.get(reverse("case-eligibility", args=[case.number])).content.decode()
    assert "The form is signed on its back." in text


def test_what_is_eligible_goes_on_and_its_notice_is_owed() -> None:
    case = eligible_case()
    text = sign_in(Role.CASE_MANAGER).get(reverse("case-eligibility", args=[case.number])).content.decode()
    assert "Assignment: employee, payer, provider" in " ".join(text.split())


def test_each_dispute_is_decided_by_itself_with_its_reason() -> None:
    case = filed_case(disputes=TWO)
    page = sign_in(Role.CASE_MANAGER).get(reverse("case-decide-eligibility", args=[case.number]))
    assert (chosen(page, "status-1"), chosen(page, "status-2")) == ("eligible", "ineligible")
    told = {"status-1": "eligible", "status-2": "ineligible"}
    assert send(sign_in(Role.CASE_MANAGER), "case-decide-eligibility", case, told).status_code == 302
    standings = now_of(case).standings
    assert [s.status.value for s in standings] == ["eligible", "ineligible"]
    assert standings[1].codes == ("CNC",)


def test_an_exemption_needs_its_reason_and_whom_the_law_names() -> None:
    case = filed_case(signed="no")
    told = {"status-1": "eligible", "exempt-0": "on"}
    answer = send(sign_in(Role.CASE_MANAGER), "case-decide-eligibility", case, told)
    assert answer.status_code == 422
    assert answer.content.decode().count("State why NOSIG does not count.") == 2
    told["reason-0"] = "The fax lost the last page, which was signed."
    answer = send(sign_in(Role.CASE_MANAGER), "case-decide-eligibility", case, told)
    assert answer.status_code == 422
    assert "NOSIG is decided by the administrative director" in answer.content.decode()
    assert "The fax lost the last page" in answer.content.decode()
    office = sign_in(Role.ADMINISTRATIVE_DIRECTOR)
    assert send(office, "case-decide-eligibility", case, told).status_code == 302
    assert [e.code for e in now_of(case).exemptions] == ["NOSIG"]


def test_the_office_is_asked_by_a_form_and_then_sees_that_the_case_waits_for_it() -> None:
    case = filed_case(signed="yes")
    CaseMember.objects.filter(case=case, role=Role.ADMINISTRATIVE_DIRECTOR.value).delete()
    assert (
        send(
            sign_in(Role.CASE_MANAGER), "case-decide-eligibility", case, {"status-1": "eligible"}
        ).status_code
        == 302
    )
    assert stage_of(now_of(case)) is Stage.NOTICE
    office = sign_in(Role.ADMINISTRATIVE_DIRECTOR)
    told = {"number": case.number, "why": "I want to look."}
    refused = office.post(reverse("take-over"), told)
    assert refused.status_code == 422 and "nothing in it waits for" in refused.content.decode()
    assert office.get(reverse("case", args=[case.number])).status_code == 404
    asked = {"what": "Two reviewers, for a rare combination of treatments."}
    assert send(sign_in(Role.CASE_MANAGER), "case-ask-office", case, asked).status_code == 302
    assert office.get(reverse("case", args=[case.number])).status_code == 404, "asked is not yet there"
    assert office.post(reverse("case-take", args=[case.number])).status_code == 302
    assert "Two reviewers" in office.get(reverse("case", args=[case.number])).content.decode()


def test_the_office_decides_in_the_end() -> None:
    case = filed_case(signed="no")
    refused = {"status-1": "ineligible"}
    assert send(sign_in(Role.CASE_MANAGER), "case-decide-eligibility", case, refused).status_code == 302
    assert stage_of(now_of(case)) is Stage.INELIGIBLE
    told = {"status-1": "eligible", "why": "The signature was found."}
    assert sign_in(Role.CASE_MANAGER).get(
        reverse("case-decide-eligibility-anew", args=[case.number])
    ).status_code in (403, 404)
    office = sign_in(Role.ADMINISTRATIVE_DIRECTOR)
    assert send(office, "case-decide-eligibility-anew", case, told).status_code == 302
    assert stage_of(now_of(case)) is Stage.NOTICE


def test_whoever_was_overtaken_is_told_and_loses_nothing() -> None:
    case = filed_case()
    seen = now_of(case).version
    store.act(case.number, do.AddNote(text="The payer called."), by=user_of(Role.INTAKE).actor, expected=None)
    told = {"why": "Everything was authorized."}
    answer = send(sign_in(Role.CASE_MANAGER), "case-terminate", case, told, version=seen)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "the case changed while you had it open" in text
    assert "Everything was authorized." in text
    assert stage_of(now_of(case)) is Stage.SCREENING
    answer = send(sign_in(Role.CASE_MANAGER), "case-terminate", case, told)
    assert answer.status_code == 302
    assert stage_of(now_of(case)) is Stage.TERMINATED


def test_a_party_is_asked_and_the_clock_of_the_answer_is_shown() -> None:
    case = filed_case()
    client = sign_in(Role.CASE_MANAGER)
    told = {"of": "payer", "what": "The proof of service\nThe request for authorization"}
    assert send(client, "case-ask-about-eligibility", case, told).status_code == 302
    state = now_of(case)
    assert stage_of(state) is Stage.INFORMATION
    assert state.requests[0].what == ("The proof of service", "The request for authorization")
    text = client.get(reverse("case-eligibility", args=[case.number])).content.decode()
    assert "The proof of service; The request for authorization" in text
    assert "<strong>Open.</strong>" in text


def test_the_employee_takes_back_one_treatment_and_the_other_goes_on() -> None:
    case = filed_case(disputes=TWO)
    alone = sign_in(Role.APPLICANT)
    told = {"dispute": "2", "status": "withdrawn", "on": today().isoformat(), "told_by": "employee"}
    assert send(alone, "case-end-dispute", case, told).status_code == 422
    answer = send(alone, "case-end-dispute", case, {**told, "why": "I do not want it any more."})
    assert answer.headers["Location"] == reverse("my-case", args=[case.number])
    assert [s.status for s in now_of(case).standings] == [DisputeStatus.OPEN, DisputeStatus.WITHDRAWN]
    assert "You took it back." in alone.get(answer.headers["Location"]).content.decode()


def test_the_payer_authorizes_a_part_then_all_of_it() -> None:
    case = filed_case()
    payer = sign_in(Role.PAYER)
    told = {"dispute": "1", "authorized": "five", "on": today().isoformat()}
    case.members.update_or_create(user=user_of(Role.PAYER), defaults={"role": "payer", "since": 1})
    assert send(payer, "case-authorize-in-part", case, told).status_code == 422
    assert send(payer, "case-authorize-in-part", case, told | {"authorized": "5 visits"}).status_code == 302
    dispute = now_of(case).case.dispute[0]
    assert (dispute.requested, dispute.authorized, dispute.remaining) == ("12 visits", "5 visits", "7 visits")
    ended = {"dispute": "1", "status": "authorized", "told_by": "payer", "why": "All is authorized."}
    assert send(payer, "case-end-dispute", case, ended | {"on": today().isoformat()}).status_code == 302
    state = now_of(case)
    assert stage_of(state) is Stage.TERMINATED
    assert PaperKind.TERMINATION in {paper.kind for paper in state.owed_papers}


def test_a_review_becomes_expedited_with_the_written_certification() -> None:
    case = filed_case()
    client = sign_in(Role.CASE_MANAGER)
    told = {"certified": today().isoformat(), "certified_by": "Corin Halloway, MD"}
    answer = send(client, "case-convert-to-expedited", case, told)
    assert "Add the certification" in answer.content.decode()
    program = SimpleUploadedFile("certificate.pdf", b"\x7fELF" + b"\x00" * 100)
    answer = send(client, "case-convert-to-expedited", case, told | {"file": program})
    assert "Send a PDF, or a picture" in answer.content.decode()
    paper = a_pdf("certificate.pdf", "Waiting would harm the employee.")
    assert send(client, "case-convert-to-expedited", case, told | {"file": paper}).status_code == 302
    case.refresh_from_db()
    assert case.priority == "expedited"
    assert [f.name for f in now_of(case).records] == ["certificate.pdf"]


def test_an_application_without_signature_is_filed_again_by_the_employee() -> None:
    case = filed_case(signed="no")
    alone = sign_in(Role.APPLICANT)
    page = alone.get(reverse("case-file-again", args=[case.number])).content.decode()
    assert "The form is not signed" in page
    assert "Requesting physician" not in page
    assert "usa-error-message" not in page
    told = {"cures": ["NOSIG"], "signature": "Sabine Ferrow"}
    assert send(alone, "case-file-again", case, told).status_code == 302
    state = now_of(case)
    assert state.times_filed == 2
    assert state.screening is not None
    assert state.screening.grounds == ()


def test_a_duplicate_is_closed_and_both_cases_tell_of_it() -> None:
    first, second = filed_case(), filed_case(by=Role.INTAKE)
    client = sign_in(Role.CASE_MANAGER)
    page = client.get(reverse("case-link-duplicate", args=[second.number])).content.decode()
    assert f'value="{first.number}"' in page
    told = {"of_case": first.number, "why": "The same treatment under the same decision."}
    assert send(client, "case-link-duplicate", second, told).status_code == 302
    closed = now_of(second)
    assert closed.closed is not None
    assert closed.closed.goes_on_in == first.number
    assert now_of(first).duplicates == (second.number,)
    assert PaperKind.DUPLICATE in {paper.kind for paper in closed.owed_papers}
    case_page = client.get(reverse("case-eligibility", args=[first.number])).content.decode()
    assert second.number in case_page
    assert send(client, "case-unlink-duplicate", second, {"why": "Another injury."}).status_code == 302
    assert stage_of(now_of(second)) is Stage.SCREENING


def test_applications_are_proposed_as_one_and_put_together_or_not_at_all() -> None:
    first = eligible_case()
    later = (today() - timedelta(days=3)).isoformat()
    other = [{"request": "Ultrasound of the left knee", "ur_action": "deny"}]
    second = eligible_case(ur_decision=later, ur_served=later, disputes=other)
    client = sign_in(Role.CASE_MANAGER)
    address = reverse("case-take-in-case", args=[second.number])
    page = client.get(address)
    assert "8 CCR 9792.10.4(a)" in page.content.decode()
    key = re.findall('name="cases" value="([^"]*)"', page.content.decode())[0]
    assert key.split() == [first.number, second.number]
    second.members.filter(user=user_of(Role.CASE_MANAGER)).delete()
    page = client.get(reverse("case-take-in-case", args=[first.number]))
    assert f"You are not on {second.number}" in page.content.decode()
    store.act(
        second.number, do.TakeOverCase(why="to act in it"), by=user_of(Role.CASE_MANAGER).actor, expected=None
    )
    assert client.post(address, {"cases": "CM26-1 CM26-2"}).status_code == 422
    assert client.post(address, {"cases": key}).status_code == 302
    lead, joined = now_of(first), now_of(second)
    assert stage_of(joined) is Stage.CONSOLIDATED
    assert [d.request for d in lead.case.dispute] == ["Aquatic therapy", "Ultrasound of the left knee"]
    assert lead.taken_in == (second.number,)


def test_a_deferred_case_goes_on_when_liability_is_resolved() -> None:
    case = filed_case(liability_disputed="yes")
    client = sign_in(Role.CASE_MANAGER)
    page = client.get(reverse("case-decide-eligibility", args=[case.number]))
    assert chosen(page, "status-1") == "deferred"
    send(client, "case-decide-eligibility", case, {"status-1": "deferred"})
    assert stage_of(now_of(case)) is Stage.DEFERRED
    told = {"resolved": today().isoformat()}
    assert send(sign_in(Role.APPLICANT), "case-resolve-liability", case, told).status_code == 302
    assert stage_of(now_of(case)) is Stage.SCREENING


def test_the_parties_change_and_the_new_administrator_is_on_the_case() -> None:
    case = filed_case()
    told = {"payer": "Pelican Mutual Indemnity", "payer_id": "payer-pelican", "why": "The claim moved."}
    assert send(sign_in(Role.INTAKE), "case-change-parties", case, told).status_code == 302
    on = {member.user.party for member in case.members.filter(role=Role.PAYER).select_related("user")}
    assert on == {"payer-pelican"}


def test_a_new_name_with_the_identifier_left_over_lets_nobody_of_the_old_administrator_in() -> None:
    case = filed_case()
    assert case.members.filter(role=Role.PAYER, user__party="payer-heron").exists()
    told = {"payer": "Pelican Mutual Indemnity", "payer_id": "payer-heron", "why": "The claim moved."}
    assert send(sign_in(Role.INTAKE), "case-change-parties", case, told).status_code == 302
    assert not case.members.filter(role=Role.PAYER).exists()
    payer = now_of(case).case.parties.payer
    assert payer is not None and (payer.name, payer.id) == ("Pelican Mutual Indemnity", None)


def test_what_cannot_be_done_now_says_so() -> None:
    case = eligible_case()
    answer = sign_in(Role.CASE_MANAGER).get(reverse("case-decide-eligibility", args=[case.number]))
    assert answer.status_code == 409
    assert "This cannot be done now" in answer.content.decode()


def test_looking_anew_finds_an_application_that_came_meanwhile() -> None:
    first = filed_case()
    second = filed_case(by=Role.INTAKE)
    outcome = store.act(
        second.number,
        do.ScreenApplication(found=now_of(first).screening),
        by=SOFTWARE,
        expected=None,
    )
    assert isinstance(outcome, store.Done)
    client = sign_in(Role.CASE_MANAGER)
    page = client.get(reverse("case-screen-application", args=[second.number])).content.decode()
    assert f"Case {first.number}" in page
    assert send(client, "case-screen-application", second, {}).status_code == 302
    state = now_of(second)
    assert state.compared_with == (first.number,)
    assert state.screening is not None
    assert [g.code for g in state.screening.grounds] == ["DUP"]


def test_the_employee_sees_the_reasons_plainly_and_no_name_of_the_house() -> None:
    case = filed_case(signed="no")
    send(sign_in(Role.CASE_MANAGER), "case-decide-eligibility", case, {"status-1": "ineligible"})
    text = sign_in(Role.APPLICANT).get(reverse("my-case", args=[case.number])).content.decode()
    assert "The form is not signed" in text
    assert "Sign the form and send it again." in text
    assert "Casimir Vane" not in text
    assert CaseParty.PAYER.value not in text


def test_a_decision_that_was_missing_comes_with_the_application_filed_again() -> None:
    case = filed_case(ur_decision_attached="no")
    alone = sign_in(Role.APPLICANT)
    assert "What you can fix" in alone.get(reverse("my-case", args=[case.number])).content.decode()
    told = {"cures": ["NOUR"], "signature": "Sabine Ferrow"}
    answer = send(alone, "case-file-again", case, told)
    assert answer.status_code == 422
    assert answer.content.decode().count("Send the letter that said no: it was missing.") == 2
    assert send(alone, "case-file-again", case, told | {"file": a_pdf()}).status_code == 302
    state = now_of(case)
    assert state.case.application.ur_decision_attached is True
    assert [f.name for f in state.records] == ["decision.pdf"]
    assert state.screening is not None
    assert state.screening.grounds == ()


def test_of_a_programme_without_grounds_a_person_decides_and_nothing_is_chosen_before() -> None:
    case = filed_case(programme="us_ca_dmhc")
    client = sign_in(Role.CASE_MANAGER)
    text = client.get(reverse("case-eligibility", args=[case.number])).content.decode()
    assert "No grounds are encoded for this programme" in text
    page = client.get(reverse("case-decide-eligibility", args=[case.number])).content.decode()
    assert re.findall("<input[^>]* checked", page) == []
    assert send(client, "case-decide-eligibility", case, {}).status_code == 422
    told = {"status-1": "eligible", "why-1": "Nothing stands against it."}
    assert send(client, "case-decide-eligibility", case, told).status_code == 302
    assert stage_of(now_of(case)) is Stage.NOTICE
