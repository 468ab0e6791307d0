"""The API: tokens and scopes, filing once, many at once, records, status; nothing of somebody else's."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from desk.conftest import foreign_case, own_case, sign_in, user_of
from openimr.casework.roles import Role
from openimr.casework.stages import Stage
from openimr.desk.api.tokens import Scope, make_token
from openimr.desk.clock import now, today
from openimr.desk.demo_case import application
from openimr.desk.models import ApiToken, Case, CaseEvent, SourceFile, User
from openimr.formats import to_json_line

pytestmark = pytest.mark.usefixtures("db")
V1 = "/api/v1"


def secret_of(role: Role, *scopes: Scope) -> str:
    return make_token(user_of(role), name="a test", scopes=frozenset(scopes or Scope), days=30)[1]


def call(secret: str | None, method: str, path: str, body: object = None, **headers: str) -> Any:
    named = {"authorization": f"Bearer {secret}"} if secret else {}
    data = body if isinstance(body, bytes) else json.dumps(body).encode() if body is not None else b""
    kind = headers.pop("content_type", "application/json")
    return Client().generic(method, V1 + path, data, content_type=kind, headers={**named, **headers})


def an_application(n: int = 3) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(to_json_line(application(n, today(), stage=Stage.SCREENING)))
    return found


def without_nothing(value: Any) -> Any:
    """Return a body as a person would write it: what is not known is not there."""
    if isinstance(value, dict):
        return {k: without_nothing(v) for k, v in value.items() if v is not None}
    return [without_nothing(v) for v in value] if isinstance(value, list) else value


def reasons(answer: Any) -> str:
    said = answer.json()
    assert set(said) == {"type", "title", "status", "reasons"}
    assert said["status"] == answer.status_code
    assert all(set(r) == {"asked", "found", "remedy"} for r in said["reasons"])
    return " ".join(f"{r['asked']}: {r['found']} {r['remedy']}" for r in said["reasons"])


def test_without_a_token_nothing_opens_but_the_public_status() -> None:
    case = Case.objects.exclude(stage=Stage.DRAFT)[0]
    for method, path in (("GET", "/cases"), ("GET", f"/cases/{case.number}"), ("POST", "/applications")):
        answer = call(None, method, path)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        assert "make one under Tokens" in reasons(answer)
    said = call(None, "GET", f"/status/{case.number}").json()
    assert said["number"] == case.number
    assert case.patient not in json.dumps(said) and case.payer not in json.dumps(said)


def test_a_token_opens_what_its_scope_says_until_it_ends_or_is_revoked() -> None:
    secret = secret_of(Role.INTAKE, Scope.READ_CASES)
    assert call(secret, "GET", "/cases").status_code == 200
    answer = call(secret, "POST", "/applications", an_application())
    assert answer.status_code == 403
    assert "lacks the scope applications:file" in reasons(answer)
    row = ApiToken.objects.get(beginning=secret[:11])
    assert secret not in str(row.__dict__)
    ApiToken.objects.filter(pk=row.pk).update(ends_at=now() - timedelta(seconds=1))
    assert call(secret, "GET", "/cases").status_code == 401
    ApiToken.objects.filter(pk=row.pk).update(ends_at=now() + timedelta(days=1), revoked_at=now())
    assert call(secret, "GET", "/cases").status_code == 401


def test_a_token_of_a_user_who_was_switched_off_opens_nothing() -> None:
    secret = secret_of(Role.INTAKE)
    user = user_of(Role.INTAKE)
    user.is_active = False
    user.save()
    assert call(secret, "GET", "/cases").status_code == 401


@pytest.mark.parametrize("role", [Role.PAYER, Role.APPLICANT, Role.CASE_MANAGER])
def test_somebody_elses_case_is_as_one_that_does_not_exist(role: Role) -> None:
    secret, user = secret_of(role), user_of(role)
    mine, other = own_case(user), foreign_case(user)
    assert mine is not None
    assert call(secret, "GET", f"/cases/{mine.number}").json()["number"] == mine.number
    answer = call(secret, "GET", f"/cases/{other.number}")
    never = call(secret, "GET", "/cases/CM99-9999999")
    assert answer.status_code == never.status_code == 404
    assert reasons(answer).replace(other.number, "") == reasons(never).replace("CM99-9999999", "")
    numbers = {row["number"] for row in call(secret, "GET", "/cases?most=200").json()["cases"]}
    assert mine.number in numbers and other.number not in numbers


def test_a_list_goes_on_where_the_one_before_ended() -> None:
    secret = secret_of(Role.CASE_MANAGER)
    whole = [row["number"] for row in call(secret, "GET", "/cases?most=200").json()["cases"]]
    found, after = [], ""
    while after is not None:
        part = call(secret, "GET", f"/cases?most=2&after={after}").json()
        found += [row["number"] for row in part["cases"]]
        after = part["next"]
    assert found == whole == sorted(whole) and len(whole) > 2


def test_an_application_is_filed_once_under_its_key() -> None:
    secret, body = secret_of(Role.INTAKE), without_nothing(an_application())
    before = Case.objects.count()
    first = call(secret, "POST", "/applications", body, **{"Idempotency-Key": "k-1"})
    assert first.status_code == 201, first.content
    again = call(secret, "POST", "/applications", body, **{"Idempotency-Key": "k-1"})
    assert again.status_code == 201 and again.content == first.content
    assert again.headers["Idempotent-Replayed"] == "true"
    assert Case.objects.count() == before + 1
    body["patient"]["name"] = "Somebody Else"
    other = call(secret, "POST", "/applications", body, **{"Idempotency-Key": "k-1"})
    assert other.status_code == 422 and "another request was sent under the same key" in reasons(other)
    assert Case.objects.get(number=first.json()["number"]).stage == Stage.SCREENING


def test_the_same_application_filed_twice_is_found_to_be_a_duplicate() -> None:
    secret, body = secret_of(Role.INTAKE), an_application()
    first = call(secret, "POST", "/applications", body).json()["number"]
    second = call(secret, "POST", "/applications", body).json()
    assert first in second["duplicate_of"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"case": {"programme": "us_ca_wc", "number": "CM26-1", "priority": "regular"}}, "bears the number"),
        ({"pateint": {}}, "pateint"),
        ({"schema": 7}, "schema"),
        ({"case": {"programme": "us_zz", "number": "", "priority": "regular"}}, "us_zz"),
    ],
)
def test_what_cannot_be_filed_is_said_in_words(change: dict[str, Any], words: str) -> None:
    before = Case.objects.count()
    answer = call(secret_of(Role.INTAKE), "POST", "/applications", {**an_application(), **change})
    assert answer.status_code in (409, 422), answer.content
    assert words in reasons(answer)
    assert Case.objects.count() == before


def test_many_applications_are_filed_and_one_that_is_wrong_stands_in_nobodys_way() -> None:
    bodies = [an_application(n) for n in range(3)]
    bodies[1]["schema"] = "one"
    answer = call(secret_of(Role.INTAKE), "POST", "/applications/bulk", {"applications": bodies})
    said = answer.json()
    assert (said["filed"], said["refused"]) == (2, 1)
    assert [row["filed"] is not None for row in said["applications"]] == [True, False, True]
    assert said["applications"][1]["reasons"][0]["found"]
    for row in said["applications"][::2]:
        assert Case.objects.filter(number=row["filed"]["number"]).exists()


def test_a_thousand_and_one_are_too_many() -> None:
    answer = call(secret_of(Role.INTAKE), "POST", "/applications/bulk", {"applications": [{}] * 1001})
    assert answer.status_code == 413 and "Send them in parts" in reasons(answer)


def test_a_payer_sends_records_of_its_own_case_and_for_itself_alone() -> None:
    user = user_of(Role.PAYER)
    case = Case.objects.filter(members__user=user, stage=Stage.RECORDS).first()
    assert case is not None
    path = f"/cases/{case.number}/records?name=note.txt&submitter=employee"
    kind = "application/octet-stream"
    answer = call(secret_of(Role.PAYER), "POST", path, b"Seen on 3 March.", content_type=kind)
    assert answer.status_code == 201, answer.content
    row = SourceFile.objects.get(case=case, name="note.txt")
    assert row.submitter == "payer" and row.file_id == answer.json()["sha256"]
    wrong = call(secret_of(Role.PAYER), "POST", path, b"MZ\x90\x00program", content_type=kind)
    assert wrong.status_code == 422 and "program" in reasons(wrong)


def test_the_description_names_every_operation_and_every_part_of_an_application() -> None:
    said = call(None, "GET", "/openapi.json").json()
    assert {"/api/v1/applications", "/api/v1/applications/bulk", "/api/v1/cases"} <= set(said["paths"])
    assert "Case" in said["components"]["schemas"]
    for path, operations in said["paths"].items():
        for operation in operations.values():
            assert operation.get("security") or path.startswith("/api/v1/status/"), path


def test_a_token_is_shown_once_and_revoked_by_its_owner_alone() -> None:
    client = sign_in(Role.INTAKE)
    page = client.post(
        "/tokens/", {"name": "claims", "scopes": ["cases:read"], "days": "30"}
    ).content.decode()
    row = ApiToken.objects.get(name="claims")
    assert page.count("oimr_") >= 2 and row.beginning in page
    assert "Copy this token now" not in client.get("/tokens/").content.decode()
    assert sign_in(Role.PAYER).post(f"/tokens/{row.pk}/revoke/").status_code == 404
    client.post(f"/tokens/{row.pk}/revoke/")
    row.refresh_from_db()
    assert row.revoked_at is not None


def test_a_determination_is_read_by_those_it_was_served_on_and_names_no_reviewer() -> None:
    served = Case.objects.filter(stage__in=(Stage.SERVED, Stage.APPEAL))
    case = served.filter(members__user=user_of(Role.PAYER)).first()
    assert case is not None
    secret = secret_of(Role.PAYER)
    said = call(secret, "GET", f"/cases/{case.number}/determination")
    assert said.status_code == 200, said.content
    letter = said.json()
    assert letter["case_number"] == case.number and letter["disputes"][0]["outcome"]
    pdf = call(secret, "GET", f"/cases/{case.number}/determination.pdf")
    whole = b"".join(pdf) if pdf.streaming else pdf.content
    assert whole.startswith(b"%PDF-")
    for reviewer in User.objects.filter(role=Role.REVIEWER.value):
        for name in (reviewer.name, reviewer.reviewer):
            assert name not in said.content.decode() and name.encode() not in whole
    assert CaseEvent.objects.filter(
        case=case, kind="DocumentRead", actor=user_of(Role.PAYER).actor.id
    ).exists()


def test_a_determination_that_was_not_served_is_not_there_for_the_parties() -> None:
    mine = Case.objects.filter(members__user=user_of(Role.PAYER))
    case = mine.exclude(stage__in=(Stage.SERVED, Stage.APPEAL, Stage.REMAND)).first()
    assert case is not None
    for ending in ("", ".pdf"):
        answer = call(secret_of(Role.PAYER), "GET", f"/cases/{case.number}/determination{ending}")
        assert answer.status_code == 404
