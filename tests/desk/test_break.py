"""Trying to get at what is not one's own: by guessing, by forging, by names that are code."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from desk.conftest import foreign_case, sign_in, user_of
from desk.samples import path_of
from desk.test_intake import filed, whole
from desk.test_review import case_at
from desk.walking import client_of
from openimr.casework.commands import AddNote, TakeOverCase
from openimr.casework.roles import Role
from openimr.casework.stages import Stage
from openimr.desk import store
from openimr.desk.access import addresses
from openimr.desk.demo_records import pdf
from openimr.desk.models import Case, CaseMember, ReadPage, SourceFile, StoredDraw, User

PASSWORD = "a password of sixteen and more"
# what would run if a page took it for its own code
CODE = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
LOOKERS = (Role.CASE_MANAGER, Role.REVIEWER, Role.INTAKE, Role.QUALITY, Role.MEDICAL_DIRECTOR, Role.AUDITOR)
FORMS = [a for a in addresses() if a.rule is not None and a.rule.roles is not None and not a.rule.token]
PAGES = [a for a in FORMS if a.rule is not None and not a.rule.form]

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def applicant() -> User:
    """Return an account without a second factor whose password is known."""
    cache.clear()
    user = user_of(Role.APPLICANT)
    user.authenticator_set.all().delete()
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.mark.parametrize(
    "where",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "javascript:alert(1)",
        "\t//evil.example",
    ],
)
def test_signing_in_leads_nowhere_else(applicant: User, where: str) -> None:
    sent = {"login": applicant.username, "password": PASSWORD, "next": where}
    for path in ("/accounts/login/", f"/accounts/login/?next={where}"):
        client = Client()
        answer = client.post(path, sent)
        assert answer.status_code == 302, answer.content.decode()[:200]
        assert "evil" not in answer.headers["Location"] and "javascript" not in answer.headers["Location"]


def test_a_session_that_was_laid_out_before_is_not_the_one_that_signs_in(applicant: User) -> None:
    client, name = Client(), settings.SESSION_COOKIE_NAME
    client.cookies[name] = "laidoutbysomebodyelse0123456789a"
    client.post("/accounts/login/", {"login": applicant.username, "password": PASSWORD})
    own = client.cookies[name].value
    assert own != "laidoutbysomebodyelse0123456789a"
    assert client.get("/my-cases/").status_code == 200
    client.post("/accounts/logout/")
    stolen = Client()
    stolen.cookies[name] = own
    assert stolen.get("/my-cases/").status_code == 302, "signing out ends the session at the server"


def test_no_form_is_taken_without_its_token() -> None:
    """Every address, by a role that may: what somebody else's page sends in one's name is refused."""
    signed_in = {role: sign_in(role).cookies for role in Role if role is not Role.SYSTEM}
    for address in FORMS:
        assert address.rule is not None and address.rule.roles is not None
        role = sorted(address.rule.roles - {Role.AUDITOR})[:1]
        if not role:
            continue
        user = user_of(role[0])
        member = user.memberships.select_related("case").first()
        case = member.case if member else foreign_case(user)
        client = Client(enforce_csrf_checks=True)
        for key, morsel in signed_in[role[0]].items():
            client.cookies[key] = morsel.value
        answer = client.post(path_of(address, user, case), {"version": "1"})
        assert answer.status_code in (403, 404), f"{address.name}: {answer.status_code}"
        assert answer.status_code == 404 or "form has expired" in answer.content.decode(), address.name


def test_a_session_does_not_open_the_interface_of_programs() -> None:
    client = sign_in(Role.CASE_MANAGER)
    number = user_of(Role.CASE_MANAGER).memberships.first().case.number
    for path in (f"/api/v1/cases/{number}", "/api/v1/cases"):
        assert client.get(path).status_code in (401, 403, 404)


@pytest.mark.parametrize("role", [Role.APPLICANT, Role.PAYER, Role.CASE_MANAGER, Role.REVIEWER])
def test_what_belongs_to_another_case_does_not_open_under_the_own_one(role: Role) -> None:
    """The number is one's own, the hash or the paper that of a case that one is not on."""
    user = user_of(role)
    client = client_of(user)
    mine = [m.case for m in user.memberships.select_related("case")]
    theirs = foreign_case(user)
    own = {s.file_id for s in SourceFile.objects.filter(case__in=mine)}
    foreign = [s for s in SourceFile.objects.exclude(case__in=mine) if s.file_id not in own]
    letters = [store.state_of(case).letter for case in Case.objects.exclude(pk__in=[c.pk for c in mine])]
    hashes = {s.file_id for s in foreign} | {letter.sha256 for letter in letters if letter}
    assert hashes and mine and theirs
    for sha in sorted(hashes)[:12]:
        for case in mine[:3]:
            answer = client.get(f"/cases/{case.number}/files/{sha}/")
            assert answer.status_code in (302, 403, 404), sha
            assert not answer.has_header("Content-Disposition")
    page = ReadPage.objects.exclude(reading__case__in=mine).first()
    assert page is not None
    number = page.reading.case.number
    for path in (
        "pages/1/",
        "pages/1/picture/",
        "search/?q=pain",
        "papers/determination-1/paper.pdf",
        "log/",
    ):
        assert client.get(f"/cases/{number}/{path}").status_code in (403, 404), path


def test_the_ticket_of_a_picture_is_of_use_to_nobody_else() -> None:
    case = case_at(Stage.RECORDS)
    manager = case.members.filter(role=Role.CASE_MANAGER)[0].user
    shown = client_of(manager).get(f"/cases/{case.number}/pages/1/").content.decode()
    ticket = re.search(r"picture/\?ticket=([^\"&]+)", shown)
    assert ticket
    path = f"/cases/{case.number}/pages/1/picture/?ticket={ticket[1]}"
    for role in (Role.APPLICANT, Role.PAYER):
        user = user_of(role)
        CaseMember.objects.get_or_create(case=case, user=user, defaults={"role": role.value, "since": 1})
        assert client_of(user).get(path).status_code == 403
    stranger = User.objects.filter(role=Role.CASE_MANAGER).exclude(memberships__case=case).first()
    if stranger is not None:
        assert client_of(stranger).get(path).status_code == 404


def test_a_draw_names_no_patient_to_somebody_who_is_not_on_the_case() -> None:
    stranger = User.objects.create_user("stranger", None, role=Role.CASE_MANAGER, name="Stranger")
    drawn = StoredDraw.objects.order_by("-drawn_at")[0]
    client = client_of(stranger)
    case = case_at(Stage.ASSIGNMENT)
    for path in ("", "audit/", "record/"):
        told = client.get(f"/assignment/draws/{drawn.pk}/{path}").content.decode()
        assert case.patient not in told, path


def test_the_public_status_tells_no_more_by_guessing() -> None:
    client = Client()
    for number in ("CM26-0000000", "CM26-9999999", "../cases/CM26-0000001", "%00", "CM26-0000001'--"):
        answer = client.get("/status/", {"number": number})
        assert answer.status_code in (302, 404), number
    drafts = Case.objects.filter(stage="draft")
    for case in drafts:
        assert client.get(f"/status/{case.number}/").status_code == 404


@pytest.mark.parametrize(
    "name",
    ["../../../../tmp/broken.pdf", "..\\..\\broken.pdf", "/etc/broken.pdf", "a\r\nSet-Cookie: x=1.pdf"],
)
def test_the_name_of_a_file_leads_nowhere(name: str) -> None:
    case = case_at(Stage.RECORDS)
    user = case.members.filter(role=Role.PAYER)[0].user
    client = client_of(user)
    before = sorted(settings.ENVIRONMENT.data.glob("**/*broken*"))
    sent = SimpleUploadedFile(
        "x.pdf", pdf([["Pain 2/10 " + str(hash(name))]]), content_type="application/pdf"
    )
    sent._name = name
    client.post(f"/cases/{case.number}/records/receive/", {"submitter": "payer", "file": sent})
    data = {"submitter": "payer", "name": name, "size": "100", "mark": "abc"}
    announced = client.post(f"/cases/{case.number}/uploads/", data)
    assert announced.status_code in (200, 400)
    assert sorted(settings.ENVIRONMENT.data.glob("**/*broken*")) == before
    for row in SourceFile.objects.filter(case=case):
        answer = client.get(f"/cases/{case.number}/files/{row.file_id}/")
        assert "Set-Cookie: x" not in str(answer.headers) and "x" not in answer.cookies
        assert "\n" not in answer.headers.get("Content-Disposition", "")


def coded_case() -> Case:
    """Return a case in which everything that a stranger writes is code."""
    entered = whole(
        patient_name=f"Ivy {CODE}",
        employer=CODE,
        payer=CODE,
        provider=CODE,
        diagnoses=CODE,
        attorney=CODE,
        disputes=[
            {"request": f"Therapy {CODE}", "ur_action": "deny", "requested": "12 visits", "authorized": ""}
        ],
    )
    case = filed(entered, user_of(Role.APPLICANT)).case
    for role in (Role.INTAKE, Role.CASE_MANAGER, Role.ADMINISTRATIVE_DIRECTOR):
        store.act(case.number, TakeOverCase(why="to act in it"), by=user_of(role).actor, expected=None)
    store.act(case.number, AddNote(text=CODE), by=user_of(Role.CASE_MANAGER).actor, expected=None)
    sent = SimpleUploadedFile("x.pdf", pdf([[CODE]]), content_type="application/pdf")
    sent._name = f"{CODE.replace('/', '')}.pdf"
    client_of(user_of(Role.INTAKE)).post(
        f"/cases/{case.number}/records/receive/", {"submitter": "employee", "file": sent}
    )
    for role in Role:
        if role not in (Role.SYSTEM, Role.ADMINISTRATOR):
            user = user_of(role)
            CaseMember.objects.get_or_create(case=case, user=user, defaults={"role": role.value, "since": 1})
    return case


def test_what_strangers_write_is_never_code_on_any_page() -> None:
    case, opened = coded_case(), 0
    clients = {role: client_of(user_of(role)) for role in Role if role is not Role.SYSTEM}
    for address in PAGES:
        assert address.rule is not None and address.rule.roles is not None
        inside = [r for r in LOOKERS if r in address.rule.roles][:1]
        outside = [r for r in (Role.APPLICANT, Role.PAYER) if r in address.rule.roles][:1]
        for role in {*inside, *outside}:
            answer = clients[role].get(path_of(address, user_of(role), case))
            if answer.status_code != 200 or "html" not in answer.headers.get("Content-Type", ""):
                continue
            told = answer.content.decode()
            assert "<script>alert" not in told and "<img src=x" not in told, f"{role} {address.name}"
            opened += 1
    assert opened > 60
    for path in (f"/status/{case.number}/", f"/?text={CODE}", f"/status/?number={CODE}", f"/{CODE}"):
        told = clients[Role.CASE_MANAGER].get(path).content.decode()
        assert "<script>alert" not in told and "<img src=x" not in told, path
