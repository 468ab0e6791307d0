"""Invented applications: no person, company or claim named here exists."""

from __future__ import annotations

from datetime import date, timedelta

from openimr.casework.stages import Stage
from openimr.terms.case import (
    Application,
    Case,
    CaseDates,
    CaseDispute,
    CaseHead,
    CaseService,
    Diagnoses,
    Parties,
    Party,
    Patient,
    Provider,
    ServiceMethod,
    SignedBy,
    UrAction,
)
from openimr.terms.letter import Priority, Sex
from openimr.terms.period import Moment

NAMES = (
    "Araminta Thistle",
    "Barnaby Ashgrove",
    "Clementine Rook",
    "Dashiell Moorcroft",
    "Elowen Pike",
    "Fitzroy Lantern",
    "Guinevere Stoat",
    "Hollis Underbough",
    "Isolde Farthing",
    "Jasper Millrace",
    "Keziah Windrow",
    "Leander Brook",
)
EMPLOYERS = ("Lanternfish Packing Company", "Cinder Creek Foundry", "Bellweather Nurseries")
PAYERS = (
    Party(name="Pelican Mutual Indemnity", id="payer-pelican", group="Pelican Holdings"),
    Party(name="Heron Casualty", id="payer-heron"),
)
TREATMENTS = (
    ("Physical therapy, lumbar spine, 12 sessions", "12 sessions"),
    ("MRI of the left knee without contrast", "1"),
    ("Gabapentin 300 mg #90", "#90"),
    ("Lumbar epidural steroid injection at L5-S1", "1"),
    ("Functional restoration program, 80 hours", "80 hours"),
)


def application(n: int, filed_on: date, *, stage: Stage) -> Case:
    """Return the nth invented application, filed on a day; what it lacks depends on where it shall end."""
    return Case(
        schema=1,
        case=CaseHead(
            programme="us_ca_wc",
            number="",
            priority=Priority.EXPEDITED if n % 9 == 8 else Priority.REGULAR,
            formulary_dispute=False,
        ),
        patient=_patient(n),
        parties=Parties(
            employer=Party(name=EMPLOYERS[n % len(EMPLOYERS)]),
            payer=PAYERS[n % len(PAYERS)],
            ur_organization=Party(name="Saltmarsh Utilization Review, LLC", id="ur-saltmarsh"),
        ),
        provider=Provider(
            name="Thaddeus Orrinquist, MD",
            specialty="Physical Medicine & Rehabilitation",
            group="Tule Bend Pain and Spine Group",
        ),
        dates=_dates(n, filed_on),
        service=CaseService(ur=ServiceMethod.MAIL_CA),
        application=Application(
            signed=stage is not Stage.INELIGIBLE,
            signed_by=SignedBy.EMPLOYEE,
            ur_decision_attached=True,
            liability_disputed=stage is Stage.DEFERRED,
        ),
        diagnoses=Diagnoses(codes=("M54.50",), text=("Low back pain",)),
        dispute=_disputes(n),
    )


def _patient(n: int) -> Patient:
    return Patient(
        id=f"patient-{n + 1}",
        name=NAMES[n % len(NAMES)],
        sex=Sex.FEMALE if n % 2 == 0 else Sex.MALE,
        born_on=date(1958 + n % 35, 1 + n % 12, 1 + n % 28),
        represented=False,
    )


def _dates(n: int, filed_on: date) -> CaseDates:
    def day(back: int) -> Moment:
        return Moment(filed_on - timedelta(days=back))

    return CaseDates(
        of_injury=filed_on - timedelta(days=700 + n),
        rfa=day(22),
        rfa_received=day(21),
        ur_decision=day(16),
        ur_served=day(16),
        imr_form_provided=day(16),
    )


def _disputes(n: int) -> tuple[CaseDispute, ...]:
    """Return what is disputed: two treatments in every third case, and in some others."""
    wanted = [TREATMENTS[n % len(TREATMENTS)]]
    if n % 3 == 0 or n % 9 == 8:
        wanted.append(TREATMENTS[(n + 2) % len(TREATMENTS)])
    return tuple(
        CaseDispute(
            request=request,
            ur_action=UrAction.DENY,
            ur_reason="The request does not show why it is needed now.",
            requested=quantity,
        )
        for request, quantity in wanted
    )
