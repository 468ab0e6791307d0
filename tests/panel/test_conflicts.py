"""Ties to everybody in a case: found, possible, none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from openimr.panel.conflicts import find_conflicts, involved_in
from openimr.panel.names import NameMatch, compare_names
from openimr.terms.reviewer import InterestKind
from panel.invented import CASE, ON, RULES, reviewer, tie

DAY = timedelta(days=1)


def counts(**changes: object) -> tuple[int, int]:
    """Return how many conflicts and possible conflicts a reviewer with changes has."""
    found = find_conflicts(reviewer(**changes), CASE, RULES, ON)
    return len(found.certain), len(found.possible)


@pytest.mark.parametrize("involved", involved_in(CASE), ids=lambda i: i.role)
def test_a_tie_to_anybody_in_the_case_is_a_conflict(involved) -> None:
    found = find_conflicts(reviewer(interests=(tie(involved.name),)), CASE, RULES, ON)
    assert any(involved.role in e.reason for e in found.certain)
    assert all(e.code == "CONFLICT" and e.citation for e in found.certain)


def test_everybody_whom_the_law_names_is_looked_at() -> None:
    roles = {i.role for i in involved_in(replace(CASE, dispute=(replace(CASE.dispute[0], facility="F"),)))}
    assert roles >= {
        "employer",
        "group of the employer",
        "claims administrator",
        "insurer",
        "utilization review organization",
        "utilization reviewer",
        "attorney of the employee",
        "requesting physician",
        "group of the requesting physician",
        "facility of the requesting physician",
        "employee",
        "facility of item 1",
        "maker of item 1",
    }


@pytest.mark.parametrize(
    ("interest", "expected"),
    [
        (tie("Somebody Else Entirely"), (0, 0)),
        (tie("Another name", id="payer-1"), (1, 0)),
        (tie("SHEARWATER INS. CO."), (1, 0)),
        (tie("Estuary Med Ctr"), (1, 0)),
        (tie("Oakenshaw, Merrit"), (1, 0)),
        (tie("M. Oakenshaw"), (0, 1)),
        (tie("Gannet Claims Services", id="payer-2"), (0, 1)),
        (tie("Shearwater Insurance Company", until=ON - DAY), (0, 1)),
        (tie("Shearwater Insurance Company", until=ON), (1, 0)),
        (tie("Shearwater Insurance Company", since=ON + DAY), (0, 1)),
        (tie("Fulmar Pharma", InterestKind.FINANCIAL, share_pct=5.0), (0, 1)),
        (tie("Fulmar Pharma", InterestKind.FINANCIAL, share_pct=5.1), (1, 0)),
        (tie("Fulmar Pharma", InterestKind.FINANCIAL), (1, 0)),
        (tie("Estuary Spine"), (0, 1)),
    ],
)
def test_what_is_a_conflict_what_a_person_judges_and_what_is_none(interest, expected) -> None:
    assert counts(interests=(interest,)) == expected


def test_interests_that_were_never_asked_for_count_against_the_reviewer() -> None:
    found = find_conflicts(reviewer(interests=None), CASE, RULES, ON)
    assert [e.code for e in found.certain] == ["INTERESTS"]


def test_nobody_reviews_an_own_case() -> None:
    assert counts(id="reviewer-9") == (0, 0)
    for own in ("Thornquist, Ivo", "Dr. Merrit Oakenshaw", "Oda Fennimore"):
        found = find_conflicts(replace(reviewer(), name=own), CASE, RULES, ON)
        assert len(found.certain) == 1
    found = find_conflicts(replace(reviewer(), name="I. Thornquist"), CASE, RULES, ON)
    assert (len(found.certain), len(found.possible)) == (0, 1)


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("Rosalind Ambergate, M.D.", "Dr Ambergate, Rosalind", NameMatch.SAME),
        ("Tule Bend Pain & Spine Group, Inc.", "Tule Bend Pain and Spine Grp", NameMatch.SAME),
        ("José Núñez", "Jose Nunez", NameMatch.SAME),
        ("Rosalind K. Ambergate", "Rosalind Ambergate", NameMatch.POSSIBLE),
        ("R Ambergate", "Rosalind Ambergate", NameMatch.POSSIBLE),
        ("Rosalnd Ambergate", "Rosalind Ambergate", NameMatch.POSSIBLE),
        ("Marshgate Orthopedic", "Marshgate Orthopedic Associates", NameMatch.POSSIBLE),
        ("Rosalind Ambergate", "Bertram Ambergate", NameMatch.NO),
        ("Heronry Casualty Company", "Pelican Mutual Indemnity", NameMatch.NO),
        ("", "Rosalind Ambergate", NameMatch.NO),
    ],
)
def test_names_in_spite_of_their_spelling(one: str, two: str, expected: NameMatch) -> None:
    assert compare_names(one, two) is expected
    assert compare_names(two, one) is expected


def test_an_empty_date_of_the_tie_is_today() -> None:
    assert counts(interests=(tie("Shearwater Insurance Company", since=date(2001, 1, 1)),)) == (1, 0)


@pytest.mark.parametrize(
    ("interest", "expected"),
    [
        # the relative works for the claims administrator
        (tie("Tamsin Elver", InterestKind.FAMILY, relation="spouse", group="Gannet Claims Services"), (1, 0)),
        (tie("Tamsin Elver", InterestKind.FAMILY, relation="cousin", group="Gannet Claims Services"), (0, 1)),
        (tie("Merrit Oakenshaw", InterestKind.FAMILY, relation="cousin"), (0, 1)),
        # the clinic belongs to the group of the employer
        (tie("Mudflat Clinic", group="Saltmarsh Holdings"), (1, 0)),
        (tie("Mudflat Clinic", InterestKind.FINANCIAL, group="Saltmarsh Holdings"), (0, 1)),
        (tie("Merrit Oakenshaw", InterestKind.PARTNER, until=ON - DAY), (0, 1)),
        (tie("Merrit Oakenshaw", InterestKind.PARTNER), (1, 0)),
        # two physicians of one name are told apart by their identifiers, by a person
        (tie("Merrit Oakenshaw", id="9999999991"), (1, 0)),
        (tie("Merrit Oakenshaw", id="9999999992"), (0, 1)),
    ],
)
def test_ties_one_step_away_and_of_one_name(interest, expected) -> None:
    assert counts(interests=(interest,)) == expected


def test_the_reviewer_is_known_by_the_provider_identifier() -> None:
    assert counts(npi="9999999991") == (1, 0)
    assert counts(name="Merrit Oakenshaw", npi="9999999992") == (0, 1)


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("Bob Ambergate", "Robert Ambergate", NameMatch.POSSIBLE),
        ("Robret Ambergate", "Robert Ambergaet", NameMatch.POSSIBLE),
        ("Joan Smith", "John Smith", NameMatch.NO),
        ("Rosalind K. Ambergate", "Rosalind M. Ambergate", NameMatch.NO),
        ("Heron Valley Medical Center", "Heron Valley Med Ctr", NameMatch.SAME),
        ("Heron Medical Center", "Heron Physical Therapy", NameMatch.NO),
        ("Heron Valley Healthcare", "Heron Valley Health Care", NameMatch.POSSIBLE),
        ("HVHS", "Heron Valley Health System", NameMatch.POSSIBLE),
        ("Medical Group", "Heron Medical Group", NameMatch.NO),
        ("Clinic 24", "Clinic 42", NameMatch.NO),
    ],
)
def test_short_forms_typing_errors_and_kinds_of_organizations(
    one: str, two: str, expected: NameMatch
) -> None:
    assert compare_names(one, two) is expected
    assert compare_names(two, one) is expected


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("Sierra Valley Surgery Center", "Sierra Valley Surgey Ctr", NameMatch.SAME),
        ("Golden Valley Surgery Center", "Golden Valley Insurance Company", NameMatch.NO),
        ("Alan M. Roth", "Maud Roth", NameMatch.NO),
        ("J. Alan Roth", "Alan Roth", NameMatch.POSSIBLE),
        ("Katie Richards", "Katie Richardson", NameMatch.NO),
        ("Katie Richardson", "Katie Richardsn", NameMatch.POSSIBLE),
    ],
)
def test_what_stands_against_each_other(one: str, two: str, expected: NameMatch) -> None:
    assert compare_names(one, two) is expected
    assert compare_names(two, one) is expected


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        # father and son, and a name that leaves it open
        ("Ivo Thornquist, Jr.", "Ivo Thornquist, Sr.", NameMatch.NO),
        ("Ivo Thornquist II", "Ivo Thornquist, III, MD", NameMatch.NO),
        ("Ivo Thornquist, Jr.", "Thornquist, Ivo Jr", NameMatch.SAME),
        ("Ivo Thornquist 3rd", "Ivo Thornquist III", NameMatch.SAME),
        ("Ivo Thornquist, Jr.", "Ivo Thornquist", NameMatch.POSSIBLE),
        ("Ivo Thornquist, Jr.", "Ivo Thornquist II", NameMatch.POSSIBLE),
        # another order without a comma
        ("James Merrit", "Merrit James", NameMatch.POSSIBLE),
        ("James Merrit", "Merrit, James, M.D.", NameMatch.SAME),
        ("Heron Tule Medical Group", "Tule Heron Medical Group", NameMatch.POSSIBLE),
        ("Heron Tule Medical Group", "Medical Group, Heron Tule", NameMatch.SAME),
        # words written as one
        ("Ivo de la Torre", "DELATORRE, IVO", NameMatch.POSSIBLE),
        ("Thornquist,IvoBertram", "Ivo Bertram Thornquist", NameMatch.POSSIBLE),
        # what text recognition makes of letters
        ("Bertram Amber", "Bertrarn Amber", NameMatch.POSSIBLE),
        ("Nancy Amber", "Riancy Amber", NameMatch.POSSIBLE),
        ("Ivo Sc0tt", "Ivo Scott", NameMatch.SAME),
        ("Pier1 Clinic", "Pierl Clinic", NameMatch.POSSIBLE),
        # one short form of several names
        ("Ted Amber", "Theodore Amber", NameMatch.POSSIBLE),
        ("Ted Amber", "Edward Amber", NameMatch.POSSIBLE),
        ("Theodore Amber", "Edward Amber", NameMatch.NO),
        ("Bob", "Robert", NameMatch.POSSIBLE),
        # initials, with and without the company
        ("HTIC", "Heron Tule Insurance Company, Inc.", NameMatch.POSSIBLE),
        ("H.T.I.", "Heron Tule Insurance Company", NameMatch.POSSIBLE),
        ("HTMC", "Heron Tule Insurance Company", NameMatch.NO),
        ("Heron InsuranceCompany", "Heron Insurance Co.", NameMatch.SAME),
        # licences and corporations of a profession
        ("Ivo Thornquist, PT", "Ivo Thornquist, PA-C", NameMatch.SAME),
        ("Marshgate PT", "Marshgate Physical Therapy, Inc.", NameMatch.SAME),
        ("Ivo Thornquist, MD, A Medical Corp.", "Ivo Thornquist, M.D., P.C.", NameMatch.SAME),
        ("Thornquist Group, Inc. d/b/a Marshgate Clinic", "Marshgate Clinic", NameMatch.POSSIBLE),
        ("Ivo Sørensen", "Ivo Sorensen", NameMatch.SAME),
    ],
)
def test_generations_orders_and_what_scans_and_typists_make_of_names(
    one: str, two: str, expected: NameMatch
) -> None:
    assert compare_names(one, two) is expected
    assert compare_names(two, one) is expected
