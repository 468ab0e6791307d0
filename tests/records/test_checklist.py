"""What the claims administrator has to send, and what is missing of it."""

from __future__ import annotations

from datetime import date

import pytest

from openimr.records.checklist import Completeness, certificate_of, missing_records
from openimr.records.seal import sealed_manifest
from openimr.terms.case import Case, CaseDates, CaseHead, Provider
from openimr.terms.letter import Priority
from openimr.terms.period import Moment
from openimr.terms.records import CaseFile, Exhibit, ExhibitType


def case(rfa: date | None = date(2016, 8, 31), requester: str | None = "Orrin Castleby") -> Case:
    return Case(
        schema=1,
        case=CaseHead(programme="us_ca_wc", number="CM16-0000001", priority=Priority.REGULAR),
        provider=Provider(name=requester),
        dates=CaseDates(rfa=Moment(on=rfa) if rfa else None),
    )


def exhibit(
    kind: ExhibitType, on: date | None = None, *, author: str | None = None, unread: bool = False
) -> Exhibit:
    return Exhibit(
        id=1,
        type=kind,
        title=kind.value,
        document="a" * 64,
        pages=(1,),
        document_pages=(1,),
        date_of_service=on,
        author=author,
        unread_pages=(1,) if unread else (),
    )


WHOLE = (
    exhibit(ExhibitType.PROGRESS_REPORT, date(2016, 8, 1), author="O. Castleby, MD"),
    exhibit(ExhibitType.IMR_APPLICATION),
    exhibit(ExhibitType.RFA),
    exhibit(ExhibitType.CORRESPONDENCE),
    exhibit(ExhibitType.UR_DECISION),
)


def codes(*exhibits: Exhibit, of: Case | None = None) -> set[str]:
    return {p.code.removeprefix("records.") for p in missing_records(of or case(), exhibits)}


def test_nothing_is_missing_from_a_whole_file() -> None:
    assert codes(*WHOLE) == set()


@pytest.mark.parametrize(
    ("left_out", "code"),
    [
        (1, "application_missing"),
        (2, "request_missing"),
        (3, "correspondence_missing"),
        (4, "decision_missing"),
    ],
)
def test_each_thing_left_out_is_named(left_out: int, code: str) -> None:
    assert codes(*WHOLE[:left_out], *WHOLE[left_out + 1 :]) == {code}


@pytest.mark.parametrize(
    ("on", "is_in"),
    [
        (date(2016, 2, 28), False),
        (date(2016, 2, 29), True),  # six months before 31 August, in a leap year
        (date(2016, 8, 31), True),
        (date(2016, 9, 1), False),
    ],
)
def test_reports_count_in_the_six_months_before_the_request(on: date, is_in: bool) -> None:
    report = exhibit(ExhibitType.PROGRESS_REPORT, on, author="Orrin Castleby, MD")
    assert codes(report, *WHOLE[1:]) == (set() if is_in else {"reports_missing"})


def test_without_the_date_of_the_request_the_window_is_not_told() -> None:
    assert codes(*WHOLE, of=case(rfa=None)) == {"request_date_unknown"}


def test_only_papers_about_the_dispute_cannot_be_decided() -> None:
    dispute = (
        exhibit(ExhibitType.UR_DECISION),
        exhibit(ExhibitType.IMR_APPLICATION),
        exhibit(ExhibitType.FAX_COVER),
    )
    assert "only_ur_decision" in codes(*dispute)
    assert "only_ur_decision" in codes()
    assert "only_ur_decision" not in codes(*dispute, exhibit(ExhibitType.RFA))


def test_an_unread_exhibit_is_no_clinical_document_and_is_named() -> None:
    unread = exhibit(ExhibitType.OTHER, unread=True)
    problems = missing_records(case(), (exhibit(ExhibitType.UR_DECISION), unread))
    only = next(p for p in problems if p.code == "records.only_ur_decision")
    assert "could not be read" in only.message


def test_a_file_without_the_requesters_reports_says_so() -> None:
    assert codes(*WHOLE, of=case(requester="Ludo Fairweather, MD")) == {"requester_missing"}


@pytest.mark.parametrize(
    ("exhibits", "state", "missing"),
    [
        (WHOLE, Completeness.COMPLETE, set()),
        (WHOLE[1:], Completeness.INCOMPLETE, {"records.reports_missing"}),
        ((exhibit(ExhibitType.UR_DECISION),), Completeness.ONLY_UR_DECISION, None),
    ],
    ids=["whole", "without reports", "only the decision"],
)
def test_completeness_is_certified_for_a_seal_or_the_missing_named(
    exhibits: tuple[Exhibit, ...], state: Completeness, missing: set[str] | None
) -> None:
    case_file = CaseFile(manifest=sealed_manifest((), (), exhibits), pages=(), exhibits=exhibits)
    certificate = certificate_of(case(), case_file)
    assert (certificate.state, certificate.seal) == (state, case_file.manifest.seal)
    if missing is not None:
        assert {problem.code for problem in certificate.missing} == missing
