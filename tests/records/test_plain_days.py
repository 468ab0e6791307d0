"""The day of service that a paper says plainly."""

from __future__ import annotations

from datetime import date

import pytest

from openimr.records.look import look_at
from openimr.records.plain_days import plain_days
from openimr.terms.records import ExhibitType
from records import paper

DAY = date(2016, 3, 14)
VISIT, LETTER, FIRST = ExhibitType.PROGRESS_REPORT, ExhibitType.CONSULTATION, ExhibitType.FIRST_REPORT


def said(text: str, kind: ExhibitType) -> date | None:
    return plain_days([look_at(paper.page(text, 1))], kind).service


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (VISIT, "Progress Note\nDate of Service: 03/14/2016\nDate of Report: 03/16/2016"),
        (VISIT, "Progress Note\nDt Of Svc: 14MAR16\nDOB: 02/02/1970"),
        (VISIT, "Chart Note\nDate of report : Wednesday, March 16, 2016 Contact on : Monday, March 14, 2016"),
        (VISIT, "Claim: 12 Signature date: 2016-03-16 Svc Date/Time: 2016-03-14 Physician: A. Moss, MD"),
        (VISIT, "Chart Note\nDate of Injury: 03/14/2016\nVisit Date: 03/14/2016"),
        (VISIT, "Ms. Ferrand was seen in my office on March 14, 2016. She fell on May 2, 2014."),
        (VISIT, "Chart Note\nToday, March 14, 2016, she is better. An MRI dated May 2, 2014 was read."),
        (VISIT, "Chart Note\nOn March 14, 2016 Ms. Ferrand came in for reexamination."),
        (VISIT, "Office Visit Note - 14-Mar-16\nDOB: 02/02/1970\nDate typed 15-Mar-16"),
        (VISIT, "Ida Ferrand | March 14, 2016 | Alder Ridge Clinic\nShe will return on April 2, 2016."),
        (VISIT, "Alder Ridge Clinic\nDate: 3/14/16\nModified duty from 3/14/16 through 4/6/16"),
        (LETTER, "March 16, 2016\nDear Dr. Moss:\nShe was seen on March 14, 2016."),
        (FIRST, "Date and hour of first examination - 03/14/2016 09:15 AM\nOnset - 3/11/16"),
        (ExhibitType.IMAGING, "MRI Report\nComparison: 01/05/2014\nStudy Date: 03/14/2016"),
        (ExhibitType.LABORATORY, "Collected: 03/14/2016\nDate received: 03/14/2016\nReported: 03/16/2016"),
        (ExhibitType.OTHER, "Alder Ridge\nDate of Service: 03/14/2016"),
        (ExhibitType.PHARMACY, "Prescription\nThis Fill: 03/14/2016 09:15 AM"),
    ],
)  # fmt: skip
def test_a_day_that_is_said_plainly_is_told(kind: ExhibitType, text: str) -> None:
    assert said(text, kind) == DAY


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (VISIT, "Date of Service: 03/14/2016\nDate of Service: 04/11/2016"),
        (VISIT, "DOB: 03/14/1970\nDate of Injury: 05/02/2014"),
        (VISIT, "Return\nNext visit: 03/14/2016"),
        (VISIT, "Seen by A. Moss. Last seen: 01/05/2014 Return\nvisit: March 14, 2016"),
        (VISIT, "The patient was last seen here on March 14, 2016."),
        (VISIT, "Visit Date: 03/14/2016\nDate of Report: 03/11/2016"),
        (VISIT, "Onset: 08SEP14 SIGNATURE DATE: 14MAR16"),
        (VISIT, "Reviewed and signed: A. Moss, MD, 03/14/2016"),
        (LETTER, "March 14, 2016\nDear Dr. Moss:\nThank you for sending her."),
        (ExhibitType.OTHER, "Ida Ferrand | March 14, 2016 | Alder Ridge Clinic"),
        (ExhibitType.CORRESPONDENCE, "Date of Service: 03/14/2016"),
        (ExhibitType.THERAPY_NOTES, "Date 02/01/2016 02/04/2016 02/08/2016 03/14/2016"),
        (ExhibitType.PHARMACY, "Filled\n" + "\n".join(f"03/{day}/2016 Naproxen" for day in range(10, 19))),
        (VISIT, ""),
    ],
)  # fmt: skip
def test_what_is_not_said_plainly_is_left_to_be_weighed(kind: ExhibitType, text: str) -> None:
    assert said(text, kind) is None


def test_the_days_of_birth_and_of_the_report_are_known_to_be_others() -> None:
    text = "DOB: 02/02/1970\nVisit Date: 03/14/2016\nDate of Report: 03/16/2016"
    found = plain_days([look_at(paper.page(text, 1))], VISIT)
    assert found.others == {date(1970, 2, 2), date(2016, 3, 16)}
    assert plain_days([], VISIT).service is None
