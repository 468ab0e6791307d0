"""The same decision, applied for again: a duplicate goes, a cure does not.

A missing signature and a missing decision can be cured by filing again in time
(8 CCR 9792.10.1(b), 9792.10.3). The second application then repeats the first
in everything but the flaw, and is no duplicate to be removed.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from openimr.law.eligibility import check_eligibility
from openimr.law.rulebook import load_rulebook
from openimr.terms.case import (
    Application,
    Case,
    CaseDates,
    CaseDispute,
    CaseHead,
    CaseService,
    Patient,
    Provider,
    ServiceMethod,
    SignedBy,
    UrAction,
)
from openimr.terms.eligibility import GroundOutcome
from openimr.terms.letter import Priority
from openimr.terms.period import Moment

DECIDED = Moment(on=date(2015, 1, 20))
WHOLE = Application(
    signed=True, signed_by=SignedBy.EMPLOYEE, ur_decision_attached=True, liability_disputed=False
)


def filed(number: str, day: int, *, application: Application = WHOLE, physician: str = "Dr. Aldous") -> Case:
    """Return an application filed on a day of February 2015 against the decision of 20 January."""
    on = Moment(on=date(2015, 2, day))
    return Case(
        schema=1,
        case=CaseHead(
            programme="us_ca_wc", number=number, priority=Priority.REGULAR, formulary_dispute=False
        ),
        patient=Patient(id="patient-aldous"),
        provider=Provider(name=physician),
        dates=CaseDates(
            of_injury=date(2012, 5, 2),
            rfa=Moment(on=date(2015, 1, 12)),
            rfa_received=Moment(on=date(2015, 1, 13)),
            ur_decision=DECIDED,
            ur_served=DECIDED,
            imr_form_provided=DECIDED,
            submitted=on,
            application_received=on,
        ),
        service=CaseService(ur=ServiceMethod.MAIL_CA),
        application=application,
        dispute=(CaseDispute(request="MRI of the left knee", ur_action=UrAction.DENY),),
    )


def is_removed(case: Case, *others: Case) -> bool:
    """Return whether the case is taken out as a duplicate, without asking anybody."""
    answer = check_eligibility(case, load_rulebook(), others)
    return any(ground.outcome is GroundOutcome.DUPLICATE for ground in answer.grounds)


FIRST = filed("CM15-9900001", 2)


def test_the_later_of_two_equal_applications_is_removed() -> None:
    assert is_removed(filed("CM15-9900002", 3), FIRST)
    assert not is_removed(FIRST, filed("CM15-9900002", 3))


def test_of_two_applications_of_one_day_exactly_one_is_removed() -> None:
    second = filed("CM15-9900002", 2)
    assert [is_removed(FIRST, second), is_removed(second, FIRST)].count(True) == 1


def test_another_decision_and_another_physician_give_another_right() -> None:
    later = filed("CM15-9900002", 3)
    decided = Moment(on=date(2015, 1, 21))
    assert not is_removed(replace(later, dates=replace(later.dates, ur_decision=decided)), FIRST)
    assert not is_removed(filed("CM15-9900002", 3, physician="Dr. Brandt"), FIRST)


@pytest.mark.parametrize(
    "flaw", [{"signed": False}, {"ur_decision_attached": False}], ids=["signature", "decision"]
)
def test_an_application_filed_again_to_cure_a_flaw_is_not_removed(flaw: dict[str, bool]) -> None:
    flawed = filed("CM15-9900001", 2, application=replace(WHOLE, **flaw))
    assert not is_removed(filed("CM15-9900002", 9), flawed)


def test_an_application_filed_again_with_the_same_flaw_is_removed() -> None:
    unsigned = replace(WHOLE, signed=False)
    assert is_removed(
        filed("CM15-9900002", 9, application=unsigned), filed("CM15-9900001", 2, application=unsigned)
    )
