"""The invented cases are asked by an invented guideline: their draft shows criteria with links."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client

from openimr.casework.roles import Role
from openimr.casework.stages import Stage
from openimr.desk import store
from openimr.desk.environment import SettingInvalid, read_environment
from openimr.desk.models import Case, User
from openimr.desk.packs import DEMO, FOLDER, packs_of
from openimr.desk.review_shown import draft_in
from openimr.guidelines.library import load_library
from openimr.terms.determination import Draft
from openimr.terms.findings import Status

DRAFTED = (Stage.REVIEW, Stage.QUALITY, Stage.SERVICE, Stage.SERVED, Stage.APPEAL, Stage.REMAND)


def drafts() -> Iterator[Draft]:
    for case in Case.objects.filter(stage__in=DRAFTED):
        log = store.log_of(case)
        found = draft_in(log, store.state_of(case))
        if found is not None:
            yield found


def test_every_draft_of_an_invented_case_has_criteria(db: None) -> None:
    """No draft of the demo says that the edition of its day is not encoded."""
    found = list(drafts())
    assert len(found) >= 4
    answers = [f.status for draft in found for d in draft.disputes for e in d.evaluations for f in e.findings]
    assert {Status.MET, Status.NOT_MET, Status.NOT_DOCUMENTED} <= set(answers)
    for draft in found:
        for dispute in draft.disputes:
            assert any(e.findings for e in dispute.evaluations), dispute.request


def test_the_page_of_the_physician_shows_them_with_links_that_open(db: None) -> None:
    """All three answers stand in the table, under a title that says that the guideline is invented."""
    case = Case.objects.filter(stage=Stage.REVIEW).order_by("pk")[0]
    reviewer = User.objects.get(memberships__case=case, role=Role.REVIEWER)
    client = Client()
    client.force_login(reviewer)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0, "type": "totp"}]
    session.save()
    opened = client.post(f"/cases/{case.number}/review/draft/", {"version": str(case.version)})
    assert opened.status_code == 302
    shown = client.get(f"/cases/{case.number}/review/").content.decode()
    assert "Tidewater Demonstration Guideline (invented for the demo)" in shown
    for status in ("met", "not_met", "not_documented"):
        assert f"desk-answered--{status}" in shown
    links = re.findall(r'class="usa-link desk-page-link" href="([^"]+)"', shown)
    assert len(links) >= 3
    for link in links[:3]:
        page = client.get(link.replace("&amp;", "&"))
        assert page.status_code == 200
        assert "<mark" in page.content.decode()


def test_the_pack_of_the_demo_loads_and_stands_in_the_data_folder(database: str) -> None:
    """It is a pack like one of the organization, kept where those are kept."""
    packs = packs_of(settings.ENVIRONMENT)
    assert settings.ENVIRONMENT.data / FOLDER / DEMO in packs
    assert "tidewater-demo" in load_library(packs).documents
    assert "tidewater-demo" not in load_library().documents


def test_packs_and_scanner_are_named_by_the_environment() -> None:
    """Several packs stand one behind the other, as in PATH."""
    found = read_environment({"OPENIMR_DATA": "/d", "OPENIMR_GUIDELINES": "/a:/b"})
    assert [str(p) for p in packs_of(found)] == ["/a", "/b"]
    with pytest.raises(SettingInvalid):
        read_environment({"OPENIMR_CLAMD": "scanner"})
