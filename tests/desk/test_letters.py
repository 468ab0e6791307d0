"""Papers: what each says, whom it may be seen by, how it is served, and that no reviewer is ever named."""

from __future__ import annotations

import email
import re
from contextlib import closing
from datetime import date
from io import BytesIO

import pikepdf
import pypdfium2 as pdfium
import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from desk.conftest import sign_in, user_of
from desk.samples import path_of
from openimr.casework.papers import parties_of
from openimr.casework.parts import CaseParty, Channel, PaperKind, ProofKind
from openimr.casework.roles import Role
from openimr.casework.state import fold
from openimr.desk import channels, papers, serving, store
from openimr.desk.access import addresses
from openimr.desk.channels import MailNotSent
from openimr.desk.clock import today
from openimr.desk.demo_records import pdf as pdf_with
from openimr.desk.models import (
    Case,
    CaseMember,
    OwedPaper,
    PartyAddress,
    Sending,
    StoredReviewer,
    User,
)
from openimr.desk.serving import NotServed, Order
from openimr.terms.case import ServiceMethod

pytestmark = pytest.mark.usefixtures("db")

OUTSIDE = (Role.APPLICANT, Role.PAYER, Role.ADMINISTRATIVE_DIRECTOR)


def text_of(pdf: bytes) -> str:
    """Return the text of a PDF, as a reader gets it."""
    with closing(pdfium.PdfDocument(pdf)) as opened:
        return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in opened)


def case_at(stage: str) -> Case:
    return Case.objects.filter(stage=stage).order_by("pk")[0]


def on_the_case(role: Role, case: Case) -> User:
    """Return the account of a role, on a case from now on."""
    user = user_of(role)
    CaseMember.objects.get_or_create(case=case, user=user, defaults={"role": role.value, "since": 1})
    return user


def composed(case: Case, paper: str, party: CaseParty, on: date | None = None) -> str:
    sent = papers.Sent(on=on, method=ServiceMethod.MAIL_CA, lines=("1 Pier Road", "Sacramento, CA 95814"))
    return str(papers.page_of_paper(papers.compose_paper(store.log_of(case), paper, party, sent)))


def test_the_notice_of_assignment_asks_the_payer_for_records_by_the_day_of_the_law() -> None:
    case = case_at("notice")
    told = composed(case, "assignment-1", CaseParty.PAYER, date(2026, 11, 10))
    # 15 calendar days from mailing; November 25 is no day of rest
    assert "Records due: November 25, 2026." in told
    assert "8 CCR 9792.10.5(a)(1)" in told and "8 CCR 9792.10.4(b)" in told
    assert "seen in another edition of the text only" in told
    assert "Records due" not in composed(case, "assignment-1", CaseParty.EMPLOYEE, date(2026, 11, 10))


def test_every_ground_of_an_ineligible_case_stands_in_its_notice_with_citation_and_cure() -> None:
    case = case_at("ineligible")
    state = store.state_of(case)
    told = composed(case, "ineligibility-1", CaseParty.EMPLOYEE, date(2026, 11, 10))
    assert state.screening is not None and state.screening.grounds
    for ground in state.screening.grounds:
        assert ground.citation in told
    assert "Last day to petition:" in told and "Sign the application" in told


@pytest.mark.parametrize("kind", list(PaperKind), ids=lambda k: k.value)
def test_every_kind_of_paper_is_called_something_and_can_be_composed(kind: PaperKind) -> None:
    assert papers.PAPER_WORDS[kind]
    for case in Case.objects.exclude(stage="draft").order_by("pk"):
        log = store.log_of(case)
        for paper in fold(log).papers:
            if paper.kind is kind:
                sent = papers.Sent(on=date(2026, 11, 10), method=ServiceMethod.FAX)
                blocks = papers.compose_paper(log, paper.id, paper.parties[0], sent)
                assert case.number in blocks.title
                return


def test_a_pdf_says_what_the_page_says_and_is_tagged() -> None:
    case = case_at("served")
    sent = papers.Sent(on=date(2026, 11, 10), method=ServiceMethod.MAIL_CA)
    composed_paper = papers.compose_paper(store.log_of(case), "determination-1", CaseParty.EMPLOYEE, sent)
    pdf = papers.pdf_of_paper(composed_paper)
    text = text_of(pdf)
    assert "Independent Medical Review Final Determination" in text
    assert "within 30 calendar days of the service" in text
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert "/StructTreeRoot" in opened.Root and str(opened.Root.Lang) == "en-US"


def serve_page(case: Case, **entered: str) -> object:
    state = store.state_of(case)
    paper = state.owed_papers[0]
    asked = {
        "what": f"{paper.id}~{paper.owed[0].value}",
        "channel": "fax",
        "method": "fax",
        "on": today().isoformat(),
        "version": str(case.version),
        **entered,
    }
    return sign_in(Role.INTAKE).post(reverse("case-serve-paper", args=[case.number]), asked)


def order_of(case: Case, channel: Channel, method: ServiceMethod) -> Order:
    paper = store.state_of(case).owed_papers[0]
    return Order(paper=paper.id, party=paper.owed[0], channel=channel, method=method, on=today())


def test_a_fax_is_served_with_the_number_of_its_report_and_not_without() -> None:
    case = case_at("notice")
    on_the_case(Role.INTAKE, case)
    paper = store.state_of(case).owed_papers[0]
    assert serve_page(case).status_code == 400  # type: ignore[attr-defined]  # an answer of Django
    serve_page(case, kind="transmission_report", reference="report 4711")
    after = next(p for p in store.state_of(case).papers if p.id == paper.id)
    assert after.served[0].proof.reference == "report 4711"
    assert after.served[0].proof.kind is ProofKind.TRANSMISSION_REPORT
    rows = OwedPaper.objects.filter(case=case, paper=paper.id)
    assert {row.party for row in rows} == {p.value for p in after.owed}


def test_a_printed_paper_is_served_when_its_batch_is_declared_as_mailed() -> None:
    case = case_at("notice")
    user = on_the_case(Role.INTAKE, case)
    order = order_of(case, Channel.PRINT, ServiceMethod.MAIL_CA)
    with pytest.raises(NotServed, match="no address"):
        serving.serve(case, order, by=user, expected=None)
    PartyAddress.objects.create(case=case, party=order.party.value, lines="1 Pier Road", changed_by=user)
    waiting = serving.serve(case, order, by=user, expected=None)
    assert isinstance(waiting, Sending) and waiting.state == serving.WAITING
    assert order.party in store.state_of(case).owed_papers[0].owed, "nothing is served before it is mailed"
    batch = serving.make_batch(user)
    assert batch is not None and serving.make_batch(user) is None
    client = sign_in(Role.INTAKE)
    pdf = b"".join(client.get(reverse("print-batch-pdf", args=[batch.pk])).streaming_content)
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert len(opened.pages) % 2 == 0, "the next paper begins on a front page"
    day = today().isoformat()
    assert client.post(reverse("print-batch", args=[batch.pk]), {"on": day}).status_code == 400
    client.post(reverse("print-batch", args=[batch.pk]), {"on": day, "declares": "on"})
    paper = next(p for p in store.state_of(case).papers if p.id == order.paper)
    service = next(s for s in paper.served if s.party is order.party)
    assert waiting.file_id in service.proof.reference and f"batch {batch.pk}" in service.proof.reference
    assert serving.declare_mailed(batch, today(), user).served == (), "a batch is served once"


def test_an_e_mail_lies_in_the_outbox_with_the_paper_that_the_proof_names() -> None:
    case = case_at("notice")
    user = on_the_case(Role.INTAKE, case)
    order = order_of(case, Channel.EMAIL, ServiceMethod.ELECTRONIC)
    PartyAddress.objects.create(case=case, party=order.party.value, email="a@example.org", changed_by=user)
    assert isinstance(serving.serve(case, order, by=user, expected=case.version), store.Done)
    sending = Sending.objects.get(case=case, paper=order.paper, party=order.party.value)
    found = sorted((settings.ENVIRONMENT.data / "outbox").glob(f"*{case.number}-{order.paper}*.eml"))[-1]
    message = email.message_from_bytes(found.read_bytes())
    attached = [part for part in message.walk() if part.get_content_type() == "application/pdf"]
    assert serving.sha256(attached[0].get_payload(decode=True)).hexdigest() == sending.file_id
    assert message["Message-ID"] in sending.reference and sending.file_id in sending.reference
    assert case.patient not in str(message["Subject"])


def test_nothing_is_recorded_where_the_mail_server_does_not_take_it(monkeypatch: pytest.MonkeyPatch) -> None:
    case = case_at("notice")
    user = on_the_case(Role.INTAKE, case)
    order = order_of(case, Channel.EMAIL, ServiceMethod.ELECTRONIC)
    PartyAddress.objects.create(case=case, party=order.party.value, email="a@example.org", changed_by=user)

    def refuse(self: object, parcel: object) -> str:
        raise MailNotSent(asked="Send", found="refused.", remedy="Look.")

    monkeypatch.setattr(channels.Mailed, "hand_over", refuse)
    events = Case.objects.get(pk=case.pk).events
    with pytest.raises(MailNotSent):
        serving.serve(case, order, by=user, expected=None)
    assert Case.objects.get(pk=case.pk).events == events
    assert not Sending.objects.filter(case=case, paper=order.paper).exists()


def test_what_is_laid_on_the_page_of_a_party_is_received_when_it_is_taken() -> None:
    case = Case.objects.filter(stage="notice", members__role="payer").order_by("pk")[0]
    payer = case.members.get(role="payer").user
    user = on_the_case(Role.INTAKE, case)
    paper = store.state_of(case).owed_papers[0]
    order = Order(
        paper=paper.id,
        party=CaseParty.PAYER,
        channel=Channel.PORTAL,
        method=ServiceMethod.ELECTRONIC,
        on=today(),
    )
    client = sign_in(Role.PAYER)
    client.force_login(payer)
    path = reverse("case-paper-pdf", args=[case.number, paper.id])
    assert client.get(path).status_code == 302, "before it is served there is nothing to read"
    serving.serve(case, order, by=user, expected=None)
    answer = client.get(path)
    pdf = b"".join(answer.streaming_content)
    service = next(s for p in store.state_of(case).papers for s in p.served if s.party is CaseParty.PAYER)
    assert service.received is not None and serving.sha256(pdf).hexdigest() in service.proof.reference
    assert store.state_of(case).case.dates.noarfi_received is not None


def test_a_party_reads_what_was_served_on_its_own_side_and_nothing_else() -> None:
    case = Case.objects.filter(stage="service", members__role="payer").order_by("pk")[0]
    payer = case.members.get(role="payer").user
    client = sign_in(Role.PAYER)
    client.force_login(payer)
    page = client.get(reverse("case-papers", args=[case.number])).content.decode()
    assert "Notice of assignment" in page and "Final determination" not in page, "it was not served yet"


def hidden_words() -> set[str]:
    """Return every name and identifier of a reviewer, of the panel and of the accounts."""
    told = {row.reviewer for row in StoredReviewer.objects.all()} | {
        row.name.split(",")[0] for row in StoredReviewer.objects.all()
    }
    return {word for word in told if word}


@pytest.mark.parametrize("role", OUTSIDE, ids=lambda r: r.value)
def test_no_reviewer_is_named_in_anything_that_somebody_outside_can_open(role: Role) -> None:
    user, client = user_of(role), sign_in(role)
    for case in Case.objects.exclude(stage="draft").order_by("pk"):
        CaseMember.objects.get_or_create(case=case, user=user, defaults={"role": role.value, "since": 1})
    hidden = hidden_words()
    assert len(hidden) >= 4
    cases = list(Case.objects.filter(stage__in=("served", "remand", "review", "service")).order_by("pk"))
    opened = 0
    for address in addresses():
        rule = address.rule
        if rule is None or rule.form or rule.token or rule.roles is None or role not in rule.roles:
            continue
        for case in cases if "number" in address.pattern else cases[:1]:
            answer = client.get(path_of(address, user, case))
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            told = body.decode("utf-8", "replace")
            if body.startswith(b"%PDF"):
                told += text_of(body) + properties_of(body)
            opened += answer.status_code == 200
            found = {word for word in hidden if word.lower() in told.lower()}
            assert not found, f"{role} reads {found} at {address.name} of {case.number}"
            head = str(answer.headers)
            assert not any(word.lower() in head.lower() for word in hidden)
    assert opened > 15


def properties_of(pdf: bytes) -> str:
    """Return the properties and the metadata of a PDF as text."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        metadata = opened.Root.Metadata.read_bytes().decode() if "/Metadata" in opened.Root else ""
        return f"{dict(opened.docinfo.items())} {metadata}"


@pytest.mark.parametrize("role", OUTSIDE, ids=lambda r: r.value)
def test_every_paper_as_pdf_names_no_reviewer(role: Role) -> None:
    """Also papers of cases whose determination was adopted, released, corrected, reversed."""
    user, client = user_of(role), sign_in(role)
    hidden, read = hidden_words(), 0
    for case in Case.objects.filter(stage__in=("served", "service", "appeal", "remand")).order_by("pk"):
        CaseMember.objects.get_or_create(case=case, user=user, defaults={"role": role.value, "since": 1})
        for paper in store.state_of(case).papers:
            for name in ("case-paper-pdf", "case-proof"):
                answer = client.get(reverse(name, args=[case.number, paper.id]))
                if answer.status_code != 200:
                    continue
                body = b"".join(answer.streaming_content) if answer.streaming else answer.content
                told = (text_of(body) + properties_of(body) + body.decode("latin-1")).lower()
                assert not {word for word in hidden if word.lower() in told}
                read += 1
    assert read > 0


def test_a_corrected_letter_changes_words_and_no_decision() -> None:
    case = case_at("served")
    manager = on_the_case(Role.CASE_MANAGER, case)
    client = sign_in(Role.CASE_MANAGER)
    path = reverse("case-prepare-correction", args=[case.number])
    version = Case.objects.get(pk=case.pk).version
    asked = {
        "corrections": "The rationale named no goal.",
        "put": "The file states no goal",
        "version": version,
    }
    assert client.post(path, {**asked, "find": "words that stand nowhere"}).status_code == 400
    client.post(path, {**asked, "find": "The file names no goal"})
    state = store.state_of(case)
    assert state.correction is not None and state.correction.by == manager.actor.id
    on_the_case(Role.QUALITY, case)
    letter = {"letter": state.correction.sha256, "version": str(state.version)}
    sign_in(Role.QUALITY).post(reverse("case-release-correction", args=[case.number]), letter)
    told = composed(case, "corrected_determination-1", CaseParty.EMPLOYEE)
    assert "The file states no goal" in told and "The rationale named no goal." in told
    before = papers.record_in(store.log_of(case), store.state_of(case).releases[0].letter)
    after = papers.record_in(store.log_of(case), store.state_of(case).releases[1].letter)
    assert before is not None and after is not None
    assert [d.outcome for d in before.disputes] == [d.outcome for d in after.disputes]


def test_the_published_letter_names_nobody() -> None:
    case = case_at("served")
    on_the_case(Role.ADMINISTRATIVE_DIRECTOR, case)
    client = sign_in(Role.ADMINISTRATIVE_DIRECTOR)
    version = Case.objects.get(pk=case.pk).version
    client.post(reverse("case-approve-publication", args=[case.number]), {"version": str(version)})
    assert store.state_of(case).published is not None
    page = client.get(reverse("case-published", args=[case.number]), {"as": "pdf"})
    text = text_of(page.content)
    application = store.state_of(case).case
    for party in parties_of(application):
        name = papers.name_of(application, party)
        assert name and name not in text
    assert application.parties.employer is not None and application.parties.employer.name not in text


def test_an_appeal_is_told_decided_and_remanded_by_forms() -> None:
    case = case_at("served")
    on_the_case(Role.INTAKE, case)
    on_the_case(Role.ADMINISTRATIVE_DIRECTOR, case)

    def send(role: Role, name: str, entered: dict[str, object]) -> None:
        version = Case.objects.get(pk=case.pk).version
        path = reverse(name, args=[case.number])
        answer = sign_in(role).post(path, {**entered, "version": str(version)})
        assert answer.status_code == 302, re.findall(
            r"usa-error-message[^>]*>([^<]+)", answer.content.decode()
        )

    day = today().isoformat()
    send(Role.INTAKE, "case-record-appeal", {"filed_on": day, "by": "employee"})
    assert Case.objects.get(pk=case.pk).stage == "appeal"
    order = BytesIO(pdf_with([["Order of the appeals board"]]))
    order.name = "order.pdf"
    facts = "Page 41 documents earlier treatment."
    entered = {"outcome": "reversed", "on": day, "ground": "error_of_fact", "facts": facts, "file": order}
    send(Role.INTAKE, "case-record-appeal-decision", entered)
    assert Case.objects.get(pk=case.pk).stage == "remand"
    send(
        Role.ADMINISTRATIVE_DIRECTOR,
        "case-remand",
        {"why": "No other organization.", "available": "", "to": ""},
    )
    assert Case.objects.get(pk=case.pk).stage == "assignment"
    told = composed(case, "remand-1", CaseParty.PAYER, date(2026, 11, 10))
    assert facts in told


def test_the_list_of_owed_papers_is_read_in_few_queries() -> None:
    case = case_at("notice")
    on_the_case(Role.INTAKE, case)
    client = sign_in(Role.INTAKE)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(reverse("owed-papers"))
    assert case.number in answer.content.decode()
    assert len(queries) < 30
