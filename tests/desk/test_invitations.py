"""A code on paper or by e-mail: it makes one account for one case, once, and opens nothing else."""

from __future__ import annotations

import email
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from desk.conftest import foreign_case, own_case, sign_in, user_of
from openimr.casework.decide import Reason, Refused
from openimr.casework.events import PersonJoined
from openimr.casework.parts import CaseParty
from openimr.casework.roles import Role
from openimr.desk import invitations, store
from openimr.desk.channels import MailDelayed, MailNotSent, MailUnclear
from openimr.desk.clock import now
from openimr.desk.models import Case, CaseMember, Invitation, PartyAddress, User
from openimr.desk.pages.invitations import NO_SUCH
from openimr.terms.errors import InputError

pytestmark = pytest.mark.usefixtures("db")
PASSWORD = "linen-orchard-velvet-kelp"


@pytest.fixture(autouse=True)
def counted_anew() -> None:
    """Let tries of one test not count in another."""
    cache.clear()


def case_of_intake() -> Case:
    """Return a case of intake that nobody of the employee side is on."""
    found = Case.objects.filter(members__user=user_of(Role.INTAKE))
    return found.exclude(members__role=Role.APPLICANT).order_by("pk")[0]


def made(case: Case | None = None) -> invitations.Made:
    return invitations.make(case or case_of_intake(), CaseParty.EMPLOYEE, by=user_of(Role.INTAKE))


def told(of: invitations.Made, **more: str) -> dict[str, str]:
    return {
        "number": of.invitation.case.number,
        "code": of.code,
        "name": "Barnaby Ashgrove",
        "username": "barnaby",
        "password": PASSWORD,
        "again": PASSWORD,
        **more,
    }


def test_a_code_makes_an_account_that_is_on_this_case_alone() -> None:
    one = made()
    answer = Client().post("/join/", told(one))
    assert answer.status_code == 302 and answer["Location"] == "/accounts/login/"
    user = User.objects.get(username="barnaby")
    assert user.acts_as is Role.APPLICANT
    assert [m.case_id for m in CaseMember.objects.filter(user=user)] == [one.invitation.case_id]
    last = store.log_of(one.invitation.case)[-1]
    assert isinstance(last.event, PersonJoined) and last.by == user.actor
    client = Client()
    client.force_login(user)
    assert client.get(f"/my-cases/{one.invitation.case.number}/").status_code == 200
    assert client.get(f"/cases/{foreign_case(user).number}/").status_code == 404


def test_a_code_works_once() -> None:
    one = made()
    assert Client().post("/join/", told(one)).status_code == 302
    again = Client().post("/join/", told(one, username="somebody-else"))
    assert again.status_code == 422 and not User.objects.filter(username="somebody-else").exists()


def test_a_code_opens_no_other_case() -> None:
    one = made()
    other = Case.objects.exclude(pk=one.invitation.case_id).order_by("pk")[0]
    answer = Client().post("/join/", told(one, number=other.number))
    assert answer.status_code == 422 and not User.objects.filter(username="barnaby").exists()


@pytest.mark.parametrize("column", ["ends_at", "revoked_at"])
def test_a_code_that_ended_or_was_taken_back_opens_nothing(column: str) -> None:
    one = made()
    Invitation.objects.filter(pk=one.invitation.pk).update(**{column: now() - timedelta(seconds=1)})
    assert Client().post("/join/", told(one)).status_code == 422


def test_a_new_code_takes_the_place_of_the_one_before() -> None:
    first = made()
    second = made(first.invitation.case)
    assert Client().post("/join/", told(first)).status_code == 422
    assert Client().post("/join/", told(second)).status_code == 302


def test_who_guesses_is_stopped_even_with_the_right_code_at_last() -> None:
    one = made()
    client = Client()
    answers = [client.post("/join/", told(one, code=f"WRONG-{n:05}")).status_code for n in range(22)]
    assert answers[:20] == [422] * 20 and answers[-1] == 429
    assert client.post("/join/", told(one)).status_code == 429
    elsewhere = Client(REMOTE_ADDR="198.51.100.7")
    assert elsewhere.post("/join/", told(one)).status_code == 302, "nobody shuts the person out"


def test_a_code_is_not_spent_where_the_case_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    one = made()
    refused = Refused(reasons=(Reason(asked="Join", found="it cannot be.", remedy="Ask."),))
    with monkeypatch.context() as broken:
        broken.setattr(invitations.store, "act", lambda *_, **__: refused)
        assert invitations.join(one.invitation, user_of(Role.APPLICANT)) == refused
    assert Invitation.objects.get(pk=one.invitation.pk).used_at is None
    assert Client().post("/join/", told(one)).status_code == 302


@pytest.mark.parametrize(
    ("error", "words"),
    [(MailDelayed, b"It was not sent"), (MailNotSent, b"It was not sent"), (MailUnclear, b"It is not known")],
)
def test_a_code_that_mail_did_not_take_is_told(
    error: type[InputError], words: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sign_in(Role.CASE_MANAGER)
    case = own_case(user_of(Role.CASE_MANAGER))
    address = {"email": "worker@example.org", "changed_by": user_of(Role.CASE_MANAGER)}
    PartyAddress.objects.update_or_create(case=case, party="employee", defaults=address)

    def fails(message: object) -> str:
        raise error(asked="Send", found="No answer.", remedy="Look.")

    monkeypatch.setattr(invitations, "post", fails)
    told_to = {"party": "employee", "way": "email"}
    answer = client.post(f"/cases/{case.number}/invitations/", told_to, follow=True)
    assert answer.status_code == 200 and words in answer.content
    is_open = Invitation.objects.filter(case=case).latest("pk").revoked_at is None
    assert is_open is (error is MailUnclear)


def test_what_is_kept_is_no_code_and_the_answer_says_the_same_of_every_wrong_one() -> None:
    one = made()
    row = Invitation.objects.get(pk=one.invitation.pk)
    assert one.code not in str(row.__dict__)
    no_case = Client().post("/join/", told(one, number="CM26-9999999")).content.decode()
    no_code = Client().post("/join/", told(one, code="AAAAA-AAAAA-AAAAA-AAAAA")).content.decode()
    assert NO_SUCH in no_case and NO_SUCH in no_code


def test_somebody_with_an_account_joins_with_it() -> None:
    one = made()
    client = sign_in(Role.APPLICANT)
    answer = client.post("/join/", {"number": one.invitation.case.number, "code": one.code.lower()})
    assert answer.status_code == 302
    assert own_case(user_of(Role.APPLICANT)) is not None
    assert one.invitation.case.members.filter(user=user_of(Role.APPLICANT)).exists()


def test_staff_cannot_join_by_a_code() -> None:
    one = made()
    answer = sign_in(Role.CASE_MANAGER).post("/join/", told(one))
    assert b"another role" in answer.content
    assert Invitation.objects.get(pk=one.invitation.pk).used_at is None


def test_a_short_password_and_a_taken_name_use_no_code_up() -> None:
    one = made()
    for wrong in ({"password": "short", "again": "short"}, {"username": "INTAKE"}, {"again": "another"}):
        assert Client().post("/join/", told(one, **wrong)).status_code == 422
    assert Client().post("/join/", told(one)).status_code == 302


def test_the_paper_shows_the_code_once() -> None:
    case = case_of_intake()
    client = sign_in(Role.INTAKE)
    shown = client.post(f"/cases/{case.number}/invitations/", {"party": "employee", "way": "paper"})
    assert shown["Cache-Control"] == "no-store"
    row = Invitation.objects.get(case=case)
    code = shown.content.decode().split('desk-password">')[1].split("<")[0]
    assert invitations.hash_of(code) == row.hash
    assert code not in client.get(f"/cases/{case.number}/invitations/").content.decode()


def test_an_e_mail_carries_the_code_and_no_name() -> None:
    case = case_of_intake()
    client, path = sign_in(Role.INTAKE), f"/cases/{case.number}/invitations/"
    client.post(path, {"party": "attorney", "way": "email"})
    assert not Invitation.objects.filter(case=case).exists(), "no address is known"
    user = user_of(Role.INTAKE)
    PartyAddress.objects.create(case=case, party="attorney", email="b@example.org", changed_by=user)
    client.post(path, {"party": "attorney", "way": "email"})
    row = Invitation.objects.get(case=case)
    found = settings.ENVIRONMENT.data / "outbox" / f"{case.number}-invitation-{row.pk}.eml"
    message = email.message_from_bytes(found.read_bytes())
    text = message.get_payload(decode=True).decode()
    code = text.split("Your code: ")[1].split("\n")[0]
    assert invitations.hash_of(code) == row.hash
    assert case.patient not in str(message["Subject"]) + text
    found.unlink()


def test_a_code_can_be_taken_back() -> None:
    one = made()
    number = one.invitation.case.number
    sign_in(Role.INTAKE).post(f"/cases/{number}/invitations/{one.invitation.pk}/revoke/")
    assert Client().post("/join/", told(one)).status_code == 422
