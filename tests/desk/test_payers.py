"""Claims administrators: what is known is linked, what looks alike is proposed, and a person confirms it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client

from desk.conftest import sign_in, user_of
from openimr.casework.commands import FileApplication, TakeCase
from openimr.casework.events import PayerLinked
from openimr.casework.parts import CaseParty, FiledBy
from openimr.casework.roles import Role
from openimr.casework.stages import Stage
from openimr.desk import payers, store
from openimr.desk.clock import today
from openimr.desk.demo_case import application
from openimr.desk.models import Case, PartyAddress, PayerAlias, PayerOrganization, User
from openimr.desk.payers import AliasKind
from openimr.terms.case import Party

pytestmark = pytest.mark.usefixtures("db")


def filed(name: str) -> Case:
    """Return a case that names a claims administrator in some spelling, and no identifier."""
    made = application(400, today(), stage=Stage.SCREENING)
    made = replace(made, parties=replace(made.parties, payer=Party(name=name)))
    by = user_of(Role.INTAKE).actor
    done = store.open_case(FileApplication(case=made, filed_by=FiledBy.WEB), by=by)
    assert isinstance(done, store.Done)
    store.act(done.case.number, TakeCase(), by=by, expected=None)
    return Case.objects.get(pk=done.case.pk)


def heron() -> PayerOrganization:
    return PayerOrganization.objects.get(identifier="payer-heron")


def payers_on(case: Case) -> set[str]:
    return set(case.members.filter(role=Role.PAYER).values_list("user__party", flat=True))


def confirm(client: Client, case: Case, **more: str) -> None:
    told = {"organization": str(heron().pk), "why": "the letterhead", "version": str(case.version), **more}
    assert client.post(f"/cases/{case.number}/payer/", told).status_code == 302


def test_a_name_that_looks_alike_is_proposed_and_never_linked_by_itself() -> None:
    case = filed("Heron Casualty Company")
    assert payers_on(case) == set()
    found = payers.proposals(case, store.state_of(case))
    assert [p.organization.identifier for p in found] == ["payer-heron"]
    assert "looks like" in found[0].grounds[0]


def test_a_person_confirms_the_link_and_the_accounts_are_on_the_case() -> None:
    case = filed("Heron Casualty Company")
    confirm(sign_in(Role.INTAKE), case)
    assert payers_on(case) == {"payer-heron"}
    event = next(one for one in reversed(store.log_of(case)) if isinstance(one.event, PayerLinked))
    assert event.by == user_of(Role.INTAKE).actor
    later = filed("Heron Casualty Company")
    assert payers_on(later) == set(), "one link says nothing of other cases"


def test_a_remembered_name_links_later_cases_of_exactly_that_name() -> None:
    confirm(sign_in(Role.INTAKE), filed("Heron Cas. Co. of the West"), remember="on")
    assert payers_on(filed("HERON CAS. CO.  of the West")) == {"payer-heron"}
    assert payers_on(filed("Heron Cas. Co. of the East")) == set()


def test_an_address_is_a_ground_and_two_grounds_stand_first() -> None:
    user = user_of(Role.INTAKE)
    other = PayerOrganization.objects.create(identifier="payer-stork", name="Stork Indemnity", made_by=user)
    payers.remember(heron(), AliasKind.ADDRESS, "P.O. Box 77, Tule Bend", by=user)
    payers.remember(other, AliasKind.ADDRESS, "Tule Bend", by=user)
    case = filed("Heron Casualty Company")
    lines = "Claims\nP O Box 77\nTule Bend CA 95000"
    PartyAddress.objects.create(case=case, party=CaseParty.PAYER.value, lines=lines, changed_by=user)
    found = payers.proposals(case, store.state_of(case))
    assert [p.organization.identifier for p in found] == ["payer-heron", "payer-stork"]
    assert len(found[0].grounds) == 2


def test_the_beginning_of_a_claim_number_in_the_records_is_a_ground(monkeypatch: pytest.MonkeyPatch) -> None:
    payers.remember(heron(), AliasKind.CLAIM_PREFIX, "HN-7", by=user_of(Role.INTAKE))
    monkeypatch.setattr(payers, "claim_numbers", lambda case: ("HN7-00412",))
    case = filed("Some Third Party Administrator")
    found = payers.proposals(case, store.state_of(case))
    assert found[0].grounds == ("The claim number HN7-00412 begins with HN-7.",)
    assert payers_on(case) == set()


def test_claim_numbers_are_read_from_the_pages_of_the_records() -> None:
    case = Case.objects.filter(readings__isnull=False).order_by("pk")[0]
    page = case.readings.order_by("-pk")[0].pages.order_by("number")[0]
    page.text += "\nClaim Number: hcx-204-118\nClaim no. unknown"
    page.save()
    assert payers.claim_numbers(case) == ("HCX-204-118",)


def test_what_is_refused_is_not_proposed_again() -> None:
    case = filed("Heron Casualty Company")
    sign_in(Role.INTAKE).post(f"/cases/{case.number}/payer/not/", {"organization": str(heron().pk)})
    assert payers.proposals(case, store.state_of(case)) == ()


def test_an_alias_is_of_one_organization() -> None:
    user = user_of(Role.ADMINISTRATOR)
    other = PayerOrganization.objects.create(identifier="payer-stork", name="Stork Indemnity", made_by=user)
    payers.remember(heron(), AliasKind.NAME, "Wading Birds Group", by=user)
    client = sign_in(Role.ADMINISTRATOR)
    told = {"kind": "name", "value": "wading  BIRDS group"}
    answer = client.post(f"/payers/{other.pk}/", told)
    assert answer.status_code == 422 and "confirmed for Heron Casualty" in answer.content.decode()
    assert client.post(f"/payers/{other.pk}/", {"kind": "claim_prefix", "value": "A"}).status_code == 422
    alias = PayerAlias.objects.get(value="Wading Birds Group")
    client.post(f"/payers/{heron().pk}/forget/", {"alias": str(alias.pk)})
    assert not PayerAlias.objects.filter(pk=alias.pk).exists()


def test_the_page_lists_only_cases_of_whoever_looks() -> None:
    case = filed("Some Third Party Administrator")
    assert case.number in sign_in(Role.INTAKE).get("/payers/").content.decode()
    other = User.objects.filter(role=Role.INTAKE).exclude(pk=user_of(Role.INTAKE).pk)[0]
    assert case not in payers.unlinked(other, 0, 50)
