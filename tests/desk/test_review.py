"""From the attestation to the release: closed until attested, blind until viewed, decided by a physician."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser

from desk.conftest import sign_in, user_of
from desk.test_assignment import client_of, drawn_and_confirmed, together
from desk.test_pages import complaints
from openimr.casework.commands import ApproveReviewers, PrepareDraft, ReleaseDetermination
from openimr.casework.events_review import DeterminationAdopted
from openimr.casework.roles import Role
from openimr.casework.stages import Stage, stage_of
from openimr.desk import composing, readings, release_checks, store
from openimr.desk.clock import today
from openimr.desk.demo_steps import SOFTWARE
from openimr.desk.determination_letter import record_in
from openimr.desk.drafting import enclosed_draft
from openimr.desk.keys import signing_key
from openimr.desk.models import Case, CaseMember, ReviewText, User
from openimr.desk.pages.release import letter_now
from openimr.desk.release_checks import Found
from openimr.desk.review_forms import AdoptionForm
from openimr.desk.review_shown import draft_in
from openimr.desk.signing import is_signed
from openimr.guidelines.library import load_library
from openimr.letters.paragraphs import paragraphs
from openimr.letters.render import render
from openimr.review import draft_of, in_dispute
from openimr.terms.determination import Draft
from openimr.terms.letter import Outcome


def case_at(stage: Stage) -> Case:
    """Return an invented case of a stage."""
    return Case.objects.filter(stage=stage.value).order_by("pk")[0]


def reviewer_on(case: Case) -> Client:
    """Return a client of the reviewer of a case."""
    return client_of(store.state_of(case).seats[0].reviewer)


def prepare(case: Case) -> Draft:
    """Return a draft that was put beside the file, by guidelines of a year that the library holds."""
    state = store.state_of(case)
    reading = readings.sealed(case, state)
    assert reading is not None
    facts = readings.facts_of(reading)
    assert facts is not None
    whole = draft_of(case.number, in_dispute(state.case), facts, date(2014, 12, 1), load_library())
    draft = replace(whole, disputes=tuple(d for d in whole.disputes if d.number in state.live))
    if state.draft is None:
        command = PrepareDraft(draft=enclosed_draft(draft), seal=state.seal or "")
        assert isinstance(store.act(case.number, command, by=SOFTWARE, expected=None), store.Done)
    return draft


def version_of(case: Case) -> str:
    """Return the version of a case as its forms carry it."""
    return str(Case.objects.get(pk=case.pk).version)


def open_draft(case: Case, client: Client) -> Draft:
    """Return the draft of a case after its reviewer recorded a view and opened it."""
    draft = prepare(case)
    views = {f"leans-{n}": "upheld" for n in store.state_of(case).live}
    views |= {f"because-{n}": "The file shows no goal." for n in store.state_of(case).live}
    if not store.state_of(case).seats[0].views:
        client.post(f"/cases/{case.number}/review/view/", {**views, "version": version_of(case)})
    client.post(f"/cases/{case.number}/review/draft/", {"version": version_of(case)})
    assert store.state_of(case).seats[0].draft_opened_at is not None
    return draft


def decision(case: Case, draft: Draft, **changed: str) -> dict[str, str]:
    """Return a form of the adoption as a physician fills it in."""
    fields = {"version": version_of(case)}
    for dispute in draft.disputes:
        n = dispute.number
        fields |= {
            f"outcome-{n}": Outcome.UPHELD.value,
            f"rationale-{n}": f"The record of item {n} states no change in function.",
            f"citations-{n}": "MTUS Chronic Pain Medical Treatment Guidelines",
        }
    fields |= {f"attests-{word}": "on" for word in ("no_conflict", "qualified", "read_the_file")}
    return {**fields, **changed}


def adopted(case: Case) -> list[DeterminationAdopted]:
    """Return every adoption in the log of a case."""
    return [o.event for o in store.log_of(case) if isinstance(o.event, DeterminationAdopted)]


@pytest.mark.usefixtures("db")
def test_the_drafted_summary_stands_in_the_paragraphs_of_the_letter() -> None:
    case = case_at(Stage.VIEW)
    client = reviewer_on(case)
    draft = open_draft(case, client)
    page = client.get(f"/cases/{case.number}/review/").content.decode()
    shown = page[page.index('aria-labelledby="summary"') : page.index('id="id_summary"')]
    found = [
        " ".join(unescape(re.sub("<a .*?</a>|<[^>]*>", "", part)).split())
        for part in re.findall("<p>(.*?)</p>", shown, re.DOTALL)
    ]
    assert found == list(paragraphs(" ".join(s.text for s in draft.summary))) and len(found) > 2


@pytest.mark.usefixtures("db")
class TestBeforeTheDecision:
    """What is closed, and until when."""

    def test_the_file_is_closed_until_the_reviewer_attests(self) -> None:
        case = case_at(Stage.ATTESTATION)
        client, number = reviewer_on(case), case.number
        for name in (
            "exhibits",
            "chronology",
            "search",
            "pages/1",
            f"files/{store.state_of(case).records[0].sha256}",
        ):
            answer = client.get(f"/cases/{number}/{name}/")
            assert answer.status_code in (302, 403, 404), name
        for name in ("view", ""):
            answer = client.get(f"/cases/{number}/review/{name}{'/' if name else ''}")
            assert answer.headers["Location"] == f"/cases/{number}/review/attest/"
        page = client.get(f"/cases/{number}/review/attest/").content.decode()
        assert "The file stays closed until you attest" in page
        sent = {"no_conflict": "on", "qualified": "on", "version": version_of(case)}
        client.post(f"/cases/{number}/review/attest/", sent)
        assert client.get(f"/cases/{number}/exhibits/").status_code == 200

    def test_nothing_of_the_draft_is_seen_before_the_view(self) -> None:
        case = case_at(Stage.VIEW)
        client, draft = reviewer_on(case), prepare(case)
        told = [s.text for d in draft.disputes for s in (*d.rationale, *d.missing, *d.speaks_for)]
        told = [t for t in told if not t.startswith(("The request is for", "Utilization review gave"))]
        assert told
        for address in ("", "review/view/", "review/draft/", "versions/"):
            page = client.get(f"/cases/{case.number}/{address}").content.decode()
            assert not [t for t in told if t in page], address
        answer = client.get(f"/cases/{case.number}/review/")
        assert answer.headers["Location"] == f"/cases/{case.number}/review/view/"
        client.post(f"/cases/{case.number}/review/draft/", {"version": version_of(case)})
        assert store.state_of(case).seats[0].draft_opened_at is None

    def test_a_view_is_given_of_each_dispute_with_its_reason_and_once(self) -> None:
        case = case_at(Stage.VIEW)
        client, address = reviewer_on(case), f"/cases/{case_at(Stage.VIEW).number}/review/view/"
        page = client.get(address).content.decode()
        assert " checked" not in page
        live = store.state_of(case).live
        sent = {f"leans-{n}": "overturned" for n in live} | {f"because-{n}": "Shown." for n in live}
        one = {name: value for name, value in sent.items() if not name.endswith(f"-{live[-1]}")}
        assert client.post(address, {**one, "version": version_of(case)}).status_code == 422
        assert client.post(address, {**sent, "version": version_of(case)}).status_code == 302
        again = client.post(address, {**sent, "version": version_of(case)}, follow=True)
        assert "usa-alert--error" in again.content.decode()
        assert len(store.state_of(case).seats[0].views) == len(live)

    def test_a_form_without_a_version_stores_nothing(self) -> None:
        case = case_at(Stage.VIEW)
        live = store.state_of(case).live
        sent = {f"leans-{n}": "upheld" for n in live} | {f"because-{n}": "Shown." for n in live}
        reviewer_on(case).post(f"/cases/{case.number}/review/view/", sent)
        assert not store.state_of(case).seats[0].views

    def test_whoever_prepares_the_draft_in_person_is_its_author_and_software_is_nobodys(self) -> None:
        case = case_at(Stage.VIEW)
        manager = User.objects.get(pk=case.members.filter(role=Role.CASE_MANAGER)[0].user_id)
        client = Client()
        client.force_login(manager)
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa", "at": 0, "type": "totp"}]
        session.save()
        address = f"/cases/{case.number}/review/prepare/"
        client.post(address, {"by": "software", "version": version_of(case)})
        state = store.state_of(case)
        assert state.draft is not None
        assert state.authors == ()
        client.post(address, {"by": "me", "version": version_of(case)})
        assert store.state_of(case).authors == (manager.actor.id,)


@pytest.mark.usefixtures("db")
class TestDecision:
    """The adoption."""

    def test_software_proposes_no_outcome_and_selects_nothing(self) -> None:
        case = case_at(Stage.VIEW)
        client = reviewer_on(case)
        open_draft(case, client)
        page = client.get(f"/cases/{case.number}/review/").content.decode()
        assert "Your decision on dispute 1" in page
        assert not re.findall(r"<input[^>]*(?:radio|checkbox)[^>]*\bchecked", page)

    def test_each_sentence_of_the_record_opens_its_page(self) -> None:
        case = case_at(Stage.VIEW)
        client = reviewer_on(case)
        draft = open_draft(case, client)
        page = client.get(f"/cases/{case.number}/review/").content.decode()
        links = set(re.findall(rf'href="(/cases/{case.number}/pages/\d+/\?[^"]+)"', page))
        assert links or not any(s.places for s in draft.summary)
        for link in sorted(links)[:3]:
            assert client.get(link.replace("&amp;", "&")).status_code == 200

    def test_what_is_left_out_is_told_and_nothing_is_stored(self) -> None:
        case = case_at(Stage.VIEW)
        client = reviewer_on(case)
        draft = open_draft(case, client)
        address = f"/cases/{case.number}/review/"
        n = draft.disputes[0].number
        part = Outcome.OVERTURNED_IN_PART.value
        for wrong in (
            {f"outcome-{n}": ""},
            {f"rationale-{n}": " "},
            {"attests-read_the_file": ""},
            {f"outcome-{n}": part},
            {f"necessary-{n}": "6 of 12 sessions"},
        ):
            answer = client.post(address, decision(case, draft, **wrong))
            assert answer.status_code == 422, wrong
            assert "Nothing was adopted yet" in answer.content.decode()
        assert adopted(case) == []

    def test_a_part_is_stated_in_its_quantities_and_stands_in_the_letter(self) -> None:
        case = case_at(Stage.VIEW)
        client = reviewer_on(case)
        draft = open_draft(case, client)
        n = draft.disputes[0].number
        changed = {f"outcome-{n}": "overturned_in_part", f"necessary-{n}": "6 of 12 sessions"}
        client.post(f"/cases/{case.number}/review/", decision(case, draft, **changed))
        state = store.state_of(case)
        assert stage_of(state) is Stage.QUALITY
        assert state.letter is not None
        record = record_in(store.log_of(case), state.letter.sha256)
        assert record is not None
        text = " ".join(render(record, record.issuance, to="txt").decode().split())
        assert "the following is medically necessary: 6 of 12 sessions." in text

    def test_an_answer_that_is_changed_needs_a_reason_and_is_kept(self) -> None:
        case = case_at(Stage.VIEW)
        client = reviewer_on(case)
        draft = open_draft(case, client)
        found = [
            (d.number, f.criterion)
            for d in draft.disputes
            for e in d.evaluations
            for f in e.findings
            if f.criterion not in draft.to_confirm
        ]
        assert found, "the invented case has criteria"
        n, criterion = found[0]
        changed = {f"status-{n}-{criterion}": "met"}
        address = f"/cases/{case.number}/review/"
        assert client.post(address, decision(case, draft, **changed)).status_code == 422
        changed |= {f"why-{n}-{criterion}": "Page 3 states it."}
        assert client.post(address, decision(case, draft, **changed)).status_code == 302
        (event,) = adopted(case)
        (change,) = event.adoption.decision[0].findings_changed
        assert (change.criterion, change.why) == (criterion, "Page 3 states it.")

    def test_a_recalled_criterion_is_confirmed_before_it_is_answered_otherwise(self) -> None:
        case = case_at(Stage.VIEW)
        client = reviewer_on(case)
        draft = open_draft(case, client)
        state = store.state_of(case)
        assert draft_in(store.log_of(case), state) == draft
        form = AdoptionForm(decision(case, draft) | {"confirmed-0": "on"}, draft=draft)
        assert form.is_valid(), form.errors
        assert form.confirmed() == draft.to_confirm[:1]

    def test_the_determination_is_signed_and_sent_twice_it_is_stored_once(self) -> None:
        case = case_at(Stage.VIEW)
        client = reviewer_on(case)
        draft = open_draft(case, client)
        sent = decision(case, draft)
        first = client.post(f"/cases/{case.number}/review/", sent)
        assert first.headers["Location"] == f"/cases/{case.number}/versions/"
        client.post(f"/cases/{case.number}/review/", sent)
        (event,) = adopted(case)
        assert event.signature is not None
        assert event.determination.json is not None
        assert is_signed(event.determination.json, event.signature, signing_key().public_key())

    def test_what_is_being_written_is_saved_and_found_again(self) -> None:
        case = case_at(Stage.VIEW)
        client = reviewer_on(case)
        draft = open_draft(case, client)
        n = draft.disputes[0].number
        sent = {f"rationale-{n}": "Half a thought", "attests-qualified": "on", "nonsense": "x"}
        answer = client.post(f"/cases/{case.number}/review/save/", sent, headers={"HX-Request": "true"})
        assert answer.content.decode().startswith("Saved ")
        assert ReviewText.objects.get(case=case).entered == {f"rationale-{n}": "Half a thought"}
        assert "Half a thought" in client.get(f"/cases/{case.number}/review/").content.decode()
        assert adopted(case) == []
        client.post(f"/cases/{case.number}/review/", decision(case, draft))
        assert not ReviewText.objects.exists()
        assert client.post(f"/cases/{case.number}/review/save/", sent).status_code == 409


@pytest.mark.usefixtures("db")
class TestRelease:
    """The second person."""

    def adopted_case(self) -> tuple[Case, Client, Draft]:
        """Return a case that was just adopted, its reviewer and its draft."""
        case = case_at(Stage.VIEW)
        client = reviewer_on(case)
        draft = open_draft(case, client)
        client.post(f"/cases/{case.number}/review/", decision(case, draft))
        for role in (Role.QUALITY, Role.MEDICAL_DIRECTOR):
            user = user_of(role)
            CaseMember.objects.get_or_create(case=case, user=user, defaults={"role": role, "since": 1})
        return case, client, draft

    def test_a_version_that_comes_back_is_kept_and_shown_beside_the_next(self) -> None:
        case, client, draft = self.adopted_case()
        n = draft.disputes[0].number
        sent = {"adopted": "1", "reasons": "State the page.\nState the goal.", "version": version_of(case)}
        number = case.number
        answer = sign_in(Role.QUALITY).post(f"/cases/{number}/release/return/", sent)
        assert answer.status_code == 302
        assert store.state_of(case).versions[0].returned is not None
        page = client.get(f"/cases/{number}/review/").content.decode()
        assert "State the goal." in page
        assert f"The record of item {n} states no change in function." in page
        assert not re.findall(r"<input[^>]*radio[^>]*\bchecked", page)
        again = decision(case, draft, **{f"rationale-{n}": f"The record of item {n} states a change."})
        client.post(f"/cases/{number}/review/", again)
        assert len(store.state_of(case).versions) == 2
        page = sign_in(Role.QUALITY).get(f"/cases/{number}/versions/").content.decode()
        assert "<ins>a change.</ins>" in page
        assert "<del>no change in function.</del>" in page

    def test_neither_adopter_nor_author_releases_and_somebody_else_does(self) -> None:
        case, _client, _draft = self.adopted_case()
        director, address = sign_in(Role.MEDICAL_DIRECTOR), f"/cases/{case.number}/release/"
        director.post(f"{address}compose/", {"by": "me", "version": version_of(case)})
        letter = store.state_of(case).letter
        assert letter is not None
        sent = {"letter": letter.sha256, "version": version_of(case)}
        assert "a second person releases it" in director.get(address).content.decode()
        director.post(address, sent)
        assert store.state_of(case).released is None
        sign_in(Role.QUALITY).post(address, {**sent, "version": version_of(case)})
        assert store.state_of(case).released is not None

    def test_the_letter_names_no_reviewer_and_every_check_is_good_or_told(self) -> None:
        case, _client, _draft = self.adopted_case()
        log = store.log_of(case)
        state = store.state_of(case)
        letter = letter_now(case, state, log)
        assert letter is not None
        names = {r.reviewer: str(r) for r in User.objects.exclude(reviewer="")}
        key = signing_key().public_key()
        found = release_checks.checks(state, log, letter=letter, names=names, key=key)
        assert [c.words for c in found if c.found is Found.STOP] == []
        author = state.seats[0].reviewer
        named = replace(letter, text=f"Reviewed by {names[author]}.")
        found = release_checks.checks(state, log, letter=named, names=names, key=key)
        assert [c.words for c in found if c.found is Found.STOP] == ["It names a reviewer."]
        for form in ("html", "pdf"):
            answer = sign_in(Role.QUALITY).get(f"/cases/{case.number}/release/letter/{form}/")
            assert answer.status_code == 200
            assert names[author].split(",")[0].encode() not in answer.content
            assert author.encode() not in answer.content

    def test_a_signature_that_is_not_ours_stops_the_release(self) -> None:
        case, _client, _draft = self.adopted_case()
        log, state = store.log_of(case), store.state_of(case)
        forged = [
            replace(o, event=replace(o.event, signature="AAAA"))
            if isinstance(o.event, DeterminationAdopted)
            else o
            for o in log
        ]
        key = signing_key().public_key()
        found = release_checks.checks(state, forged, letter=letter_now(case, state, log), names={}, key=key)
        assert any("not that of this determination" in c.words for c in found if c.found is Found.STOP)

    def test_the_parties_see_nothing_of_versions_or_of_the_letter_before_its_release(self) -> None:
        case, _client, _draft = self.adopted_case()
        for role in (Role.PAYER, Role.APPLICANT, Role.ADMINISTRATIVE_DIRECTOR):
            user = user_of(role)
            CaseMember.objects.get_or_create(case=case, user=user, defaults={"role": role, "since": 1})
            client = sign_in(role)
            for address in ("versions/", "release/", "release/letter/pdf/", "reviewers/", "review/"):
                assert client.get(f"/cases/{case.number}/{address}").status_code == 403, (role, address)


@pytest.mark.usefixtures("db")
def test_three_reviewers_decide_apart_and_the_majority_stands_in_one_letter() -> None:
    case = case_at(Stage.ASSIGNMENT)
    command = ApproveReviewers(count=3, why="Three fields.")
    office = user_of(Role.ADMINISTRATIVE_DIRECTOR).actor
    assert isinstance(store.act(case.number, command, by=office, expected=None), store.Done)
    drawn_and_confirmed(case)
    votes: dict[str, tuple[Client, str]] = {}
    for seat, outcome in zip(store.state_of(case).seats, ("upheld", "overturned", "overturned"), strict=True):
        client, number = client_of(seat.reviewer), case.number
        attests = {"no_conflict": "on", "qualified": "on", "version": version_of(case)}
        client.post(f"/cases/{number}/review/attest/", attests)
        votes[seat.reviewer] = (client, outcome)
    draft = prepare(case)
    live = store.state_of(case).live
    for client, outcome in votes.values():
        views = {f"leans-{n}": outcome for n in live} | {f"because-{n}": "As I read it." for n in live}
        client.post(f"/cases/{case.number}/review/view/", {**views, "version": version_of(case)})
    for number, (client, outcome) in enumerate(votes.values(), 1):
        client.post(f"/cases/{case.number}/review/draft/", {"version": version_of(case)})
        changed = {f"outcome-{n}": outcome for n in live}
        client.post(f"/cases/{case.number}/review/", decision(case, draft, **changed))
        assert len(adopted(case)) == number
        seen = client.get(f"/cases/{case.number}/versions/").content.decode().count("<article")
        assert seen == (3 if number == 3 else 1), "nobody sees what another decided before all have"
    state = store.state_of(case)
    assert stage_of(state) is Stage.QUALITY
    assert state.letter is not None
    record = record_in(store.log_of(case), state.letter.sha256)
    assert record is not None
    assert {d.outcome for d in record.disputes} == {Outcome.OVERTURNED}
    text = render(record, record.issuance, to="txt").decode()
    assert "First reviewer:" in text
    assert not any(seat.reviewer in text for seat in state.seats)


@pytest.mark.usefixtures("own_database")
def test_two_people_who_release_one_letter_at_once_release_it_once() -> None:
    case = case_at(Stage.QUALITY)
    composing.compose(case, store.state_of(case))
    state = store.state_of(case)
    assert state.letter is not None
    command = ReleaseDetermination(letter=state.letter.sha256)
    people = [user_of(role).actor for role in (Role.QUALITY, Role.MEDICAL_DIRECTOR)]
    done = together(
        *(
            lambda actor=actor: store.act(case.number, command, by=actor, expected=state.version)
            for actor in people
        )
    )
    assert sum(isinstance(outcome, store.Done) for outcome in done) == 1
    assert sum(isinstance(outcome, store.Stale) for outcome in done) == 1
    assert len(store.state_of(case).releases) == 1


@pytest.mark.usefixtures("own_database")
def test_one_adoption_sent_twice_at_once_is_stored_once() -> None:
    case = case_at(Stage.VIEW)
    reviewer = store.state_of(case).seats[0].reviewer
    draft = open_draft(case, client_of(reviewer))
    sent = decision(case, draft)
    clients = [client_of(reviewer) for _ in range(2)]
    together(*(lambda c=c: c.post(f"/cases/{case.number}/review/", sent) for c in clients))
    assert len(adopted(case)) == 1
    assert adopted(case)[0].adoption.adopted_on == today()


@pytest.mark.parametrize("width", [1280, 360])
def test_the_place_of_decision_keeps_nobody_out(width: int, site: str, browser: Browser, root: Path) -> None:
    axe = (settings.ENVIRONMENT.page_parts / "axe-core" / "axe.min.js").read_text("utf-8")
    case = case_at(Stage.VIEW if width == 1280 else Stage.REVIEW)
    client = reviewer_on(case)
    open_draft(case, client)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    with browser.new_context(viewport={"width": width, "height": 800}) as context:
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])
        page = context.new_page()
        page.goto(f"{site}/cases/{case.number}/review/")
        assert complaints(page, axe) == []
        overflow = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert overflow <= 0
        # by keyboard alone: choose, write; it is saved by itself, and nothing is adopted
        page.locator("input[type=radio]").first.focus()
        page.keyboard.press("Space")
        page.locator("textarea[name^=rationale]").first.focus()
        page.keyboard.type("By keyboard.")
        page.get_by_text(re.compile("^Saved ")).wait_for(timeout=15000)
        assert page.evaluate("document.title").startswith("Decide")
    assert adopted(case) == []
