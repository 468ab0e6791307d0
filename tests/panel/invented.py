"""Invented reviewers and an invented case, from which tests change what they are about."""

from __future__ import annotations

from datetime import date

from openimr.law.qualifications import reviewer_rules
from openimr.terms.case import Case, CaseDispute, CaseHead, Diagnoses, Parties, Party, Patient, Provider
from openimr.terms.letter import Priority
from openimr.terms.reviewer import Board, Interest, InterestKind, Licence, LicenceStatus, Reviewer
from openimr.vocabulary.requests import parse_request

ON = date(2015, 3, 2)
RULES = reviewer_rules("us_ca_wc", ON)

CASE = Case(
    schema=1,
    case=CaseHead(programme="us_ca_wc", number="CM15-0000001", priority=Priority.REGULAR),
    patient=Patient(id="patient-1", name="Oda Fennimore"),
    parties=Parties(
        employer=Party(name="Saltmarsh Canning Co.", id="employer-1", group="Saltmarsh Holdings"),
        payer=Party(name="Gannet Claims Services", id="payer-1"),
        insurer=Party(name="Shearwater Insurance Company"),
        ur_organization=Party(name="Petrel Utilization Review"),
        ur_reviewer=Party(name="Ivo Thornquist, MD"),
        attorney=Party(name="Linnet & Daughters, LLP"),
    ),
    provider=Provider(
        name="Merrit Oakenshaw, DO",
        npi="9999999991",
        group="Estuary Spine Group",
        facility="Estuary Medical Center",
    ),
    diagnoses=Diagnoses(text=("Lumbago",)),
    dispute=(CaseDispute(request="Baclofen 10 mg #60", maker="Fulmar Pharmaceuticals, Inc."),),
)
TREATMENTS = tuple(parse_request(d.request) for d in CASE.disputes)


def reviewer(id: str = "reviewer-1", **changes: object) -> Reviewer:
    """Return a reviewer against whom nothing stands, with changes."""
    whole: dict[str, object] = {
        "id": id,
        "licences": (licence(),),
        "boards": (Board(name="Physical Medicine & Rehabilitation", expires_on=date(2020, 1, 1)),),
        "taxonomy": ("208100000X",),
        "practice_since": date(2001, 7, 1),
        "practice_proved_on": date(2015, 1, 5),
        "hours_per_week": 30.0,
        "hours_proved_on": date(2015, 1, 5),
        "discipline": (),
        "discipline_checked_on": date(2015, 3, 1),
        "exclusions_checked_on": date(2015, 3, 1),
        "qme": False,
        "capacity": 5,
        "interests": (),
    }
    return Reviewer(**(whole | changes))


def licence(state: str = "CA", **changes: object) -> Licence:
    """Return a licence in force, with changes."""
    whole: dict[str, object] = {"status": LicenceStatus.ACTIVE, "expires_on": date(2016, 6, 30)}
    return Licence(state=state, **(whole | changes))


def tie(name: str, kind: InterestKind = InterestKind.EMPLOYMENT, **changes: object) -> Interest:
    """Return an interest."""
    return Interest(kind=kind, name=name, **changes)
