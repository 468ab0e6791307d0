"""The day of service that a paper says plainly."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from openimr.records.dating import document_dates
from openimr.records.look import look_at
from openimr.records.plain_days import plain_days
from openimr.terms.records import ExhibitType, ReadBy
from records import paper

DAY = date(2016, 3, 14)
VISIT, LETTER, FIRST = ExhibitType.PROGRESS_REPORT, ExhibitType.CONSULTATION, ExhibitType.FIRST_REPORT
THERAPY = ExhibitType.THERAPY_NOTES


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
        (ExhibitType.THERAPY_NOTES, "NAME: IDA FERRAND TODAY: Mon Mar 14, 2016\nS: SORE. VAS 7/10"),
        (THERAPY, "Employer Name Granite Basin Packing Works of Reno Day of treatment\n3-14-16 D/I"),
        (FIRST, "15. Date and hour of first examination or\ntreatment\n03/14/2016 2:26 PM\nDOB: 1/2/70"),
        (VISIT, "Chart Note\nPatient: Ida Ferrand Return\nVisit: 4/2/16\nExam date: 3/14/16"),
        (VISIT, "Initial exam - 1/5/2014\nDate (encounter) - 3/14/2016\nTranscribed - 3/16/2016"),
        (VISIT, "Ms. Ferrand was seen today, Monday, March\n14, 2016, in our office. She is better."),
        (LETTER, "March 16, 2016\nDear Dr. Moss:\nI saw her in consultation on March 14th, 2016."),
        (VISIT, "Born 18.11.1972\nSeen on 14.03.2016\nKnee pain."),
        (VISIT, "3/14/2016. Ida Ferrand here for a recheck of the knee. Better since 1/5/16."),
        (VISIT, "Ida Ferrand presents March 14, 2016 for a recheck of the knee."),
        (VISIT, "To whom it may concern: I saw Ms. Ferrand in this office on March 14, 2016."),
        (ExhibitType.MEDICAL_LEGAL, "I evaluated the applicant, born 2/2/1970, on March 14, 2016."),
        (ExhibitType.MEDICAL_LEGAL, "Date of interview and testing\nMarch 14, 2016\nDate of report\n4/1/16"),
        (ExhibitType.IMAGING, "March 16, 2016\nRE: I. Ferrand\nThe scan was performed on March 14, 2016."),
        (LETTER, "Knee Consultation\nMarch 16, 2016\nDate of consultation: March 14, 2016"),
        (VISIT, "Ida Ferrand DOB: 02/02/1970 Acc No. 7399 DOS: 3/14/2016"),
        (THERAPY, "Datc of Daily Note 03/14/2016\nPlanned surgery: left ankle, 04/02/16"),
        (VISIT, "FERRAND, IDA Mar. 14, 2016 RECHECK\nLast here Jan. 5, 2016."),
        (VISIT, "March 14, 2016\nTo whom it may concern,\nIda Ferrand was in my office today."),
        (LETTER, "Consult Note, March 14, 2016\nAgreement on opioids signed 8/2/2015"),
        (LETTER, "Monday, March 21, 2016\nIn re: I. Ferrand\nOn 3/14/2016 I examined her."),
        (ExhibitType.LABORATORY, "COLL: 03/14/16-1235 RECD: 03/15/16-1648"),
        (FIRST, "Doctor's First Report\nArrival 3-14-2016 11:18. Ida Ferrand. Injured 3-11-2016."),
        (THERAPY, "3-14-2016 Pt Ferrand, Ida Tx 9 DOI 2-11-2014\nS\nSore."),
        (ExhibitType.IMAGING, "RUN 17JAN17 PG 1\nEXAM DONE 14-MAR-2016 MR LEFT KNEE"),
        (ExhibitType.MEDICAL_LEGAL, "Counsel: at your request I examined Ida Ferrand here on\n3/14/2016."),
        (ExhibitType.ELECTRODIAGNOSTIC, "Mar 14, 2016\nDear Dr. Moss, today I did nerve testing on her."),
        (ExhibitType.OTHER, "Emergency\nShe was seen here on March 14, 2016 at 9:15."),
        (ExhibitType.OTHER, "DELIVERY TICKET\nDelivery date\n03/14/16\nOrdered by\nA. Moss, MD"),
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
        (VISIT, "Chiropractic care that began on 03/14/2016 has been of help."),
        (VISIT, "A lawyer was retained, and care was moved to this office on March 14, 2016."),
        (VISIT, "No new accident has occurred since the\nvisit of 3/14/2016."),
        (VISIT, "An emergency room visit of March 14, 2016 led to an injection."),
        (VISIT, "August 19, 2016\nAlder Ridge Claims\nRE: Ida Ferrand\nPhysical therapy helps her."),
        (ExhibitType.IMAGING, "Compared with the study performed on March 14, 2016 there is no change."),
        (ExhibitType.PHARMACY, "Range 11/09/2015 - 03/14/2016"),
        (VISIT, "Consultation of 03/14/2016: 12 sessions of therapy were advised."),
        (VISIT, "PLANNED SURGERY: left ankle, 03/14/16"),
        (LETTER, "March 1, 2016\nDear Dr. Moss:\nExam date: 03/14/2016"),
        (ExhibitType.MEDICAL_LEGAL, "SUPPLEMENTAL REPORT\nI examined her on March 14, 2016."),
        (ExhibitType.MEDICAL_LEGAL, "I evaluated her on March 14, 2016. She was not seen again."),
        (ExhibitType.OTHER, "JOB DESCRIPTION - 03/14/2016"),
        (VISIT, ""),
    ],
)  # fmt: skip
def test_what_is_not_said_plainly_is_left_to_be_weighed(kind: ExhibitType, text: str) -> None:
    assert said(text, kind) is None


def test_labels_that_were_misread_are_known_and_figures_are_read_for_letters() -> None:
    text = "Chart Note\nAceident Date: 01/05/2O14\nServjce Day: O3/l4/2016"
    recognized = replace(paper.page(text, 1), read_by=ReadBy.OCR)
    assert plain_days([look_at(recognized)], VISIT).service == DAY


@pytest.mark.parametrize(
    ("kinds", "day"),
    [
        ({VISIT: 1.0}, DAY),
        ({ExhibitType.RFA: 1.0}, None),
        ({VISIT: 0.45, ExhibitType.CORRESPONDENCE: 0.55}, DAY),
        ({VISIT: 0.2, ExhibitType.CORRESPONDENCE: 0.8}, None),
        ({}, None),
    ],
)
def test_a_day_is_told_if_enough_kinds_of_paper_tell_it(
    kinds: dict[ExhibitType, float], day: date | None
) -> None:
    looks = [look_at(paper.page("Ferrand, Ida\nDate of Service: 03/14/2016\nThe knee is better.", 1))]
    assert document_dates(looks, kinds).service == day


def test_the_days_of_birth_and_of_the_report_are_known_to_be_others() -> None:
    text = "DOB: 02/02/1970\nVisit Date: 03/14/2016\nDate of Report: 03/16/2016"
    found = plain_days([look_at(paper.page(text, 1))], VISIT)
    assert found.others == {date(1970, 2, 2), date(2016, 3, 16)}
    assert plain_days([], VISIT).service is None


@pytest.mark.parametrize(
    "later",
    [
        "Ferrand, Ida DOS: 03/14/2016 Page 2 of 2\nThe knee is stable.",
        "Work status: modified duty.\nDate of exam\n03/14/2016\nA. Moss, MD\nDate\n03/18/2016",
    ],
)
def test_the_last_page_tells_the_day_of_service_where_the_first_is_silent(later: str) -> None:
    looks = [look_at(paper.page(text, n)) for n, text in enumerate(("Progress Report\nBetter.", later), 1)]
    assert plain_days(looks, VISIT).service == DAY


@pytest.mark.parametrize(
    ("kind", "text", "written"),
    [
        (
            ExhibitType.IMR_APPLICATION,
            "APPLICATION\nDecision of 03/01/2016\nSignature: I. Ferrand 03/14/2016",
            DAY,
        ),
        (LETTER, "March 14, 2016\nRE: Ida Ferrand\nShe was seen on March 2, 2016.", DAY),
        (VISIT, "Chart Note\nDate of service: 03/14/2016\nSigned by A. Moss, MD", None),
        (VISIT, "Signed by A. Moss, MD, 03/14/2016\nSigned by B. Lind, PA, 03/16/2016", None),
    ],
)
def test_a_signature_or_the_head_of_a_letter_gives_the_day_of_writing(
    kind: ExhibitType, text: str, written: date | None
) -> None:
    assert plain_days([look_at(paper.page(text, 1))], kind).written == written
