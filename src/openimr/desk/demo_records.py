"""Invented records of invented cases: what a claims administrator and an employee send, as PDF files.

No person, company or claim named here exists.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from openimr.terms.case import Case

_LINES = 52
_WIDTH = 88
_FIRST = 3  # the number of the first object behind catalogue and list of pages
_CLINIC = "TULE BEND PAIN AND SPINE GROUP"


def records_of(case: Case, *, with_request: bool = True) -> bytes:
    """Return what the claims administrator sends: reports, therapy, a study, and the request or not."""
    asked = case.dates.rfa.on if case.dates.rfa else date(2026, 1, 5)
    visits = [asked - timedelta(days=days) for days in (118, 63, 1)]
    papers = [
        *(_report(case, day, number) for number, day in enumerate(visits)),
        _therapy(case, asked - timedelta(days=90)),
        _study(case, asked - timedelta(days=104)),
        *([_request(case, asked)] if with_request else []),
    ]
    return pdf(tuple(page for paper in papers for page in _pages(paper)))


def decision_of(case: Case) -> bytes:
    """Return what the employee sends: the decision of utilization review and the application."""
    papers = (_decision(case), _application(case))
    return pdf(tuple(page for paper in papers for page in _pages(paper)))


def _head(case: Case, title: str) -> list[str]:
    patient, employer = case.patient, case.parties.employer
    return [
        title,
        "",
        f"Patient: {patient.name}",
        f"Date of birth: {patient.born_on:%m/%d/%Y}" if patient.born_on else "",
        f"Date of injury: {case.dates.of_injury:%m/%d/%Y}" if case.dates.of_injury else "",
        f"Employer: {employer.name}" if employer else "",
        "",
    ]


def _report(case: Case, day: date, number: int) -> list[str]:
    pain = (7, 6, 6)[number]
    course = (
        "Pain began after lifting a crate. Ibuprofen 600 mg three times a day gave little relief.",
        "Twelve sessions of physical therapy were completed. Walking improved from 10 to 20 minutes.",
        "Pain has not changed since the last visit. Gabapentin 300 mg at bedtime is tolerated and gave 10% "
        "pain relief. Conservative care has failed. The patient is not a surgical candidate.",
    )[number]
    plan = ", ".join(dispute.request for dispute in case.dispute)
    return [
        _CLINIC,
        *_head(case, "PRIMARY TREATING PHYSICIAN'S PROGRESS REPORT (PR-2)"),
        f"Date of service: {day:%m/%d/%Y}",
        "",
        "SUBJECTIVE COMPLAINTS",
        f"The patient reports low back pain, {pain}/10, radiating to the left leg. {course}",
        "",
        "OBJECTIVE FINDINGS",
        "Lumbar flexion is limited to 40 degrees. There is tenderness of the lumbar paraspinal muscles.",
        "Straight leg raise is positive on the left at 50 degrees. Motor strength is 5/5. No spasticity.",
        "",
        "DIAGNOSES",
        "1. Low back pain, M54.50",
        "2. Lumbar radiculopathy, M54.16",
        "",
        "TREATMENT PLAN",
        f"Continue home exercise. Request authorization for {plan}."
        if number == 2
        else "Continue home exercise.",
        "",
        "WORK STATUS",
        "Modified duty: no lifting over 20 pounds.",
        "",
        "Electronically signed by",
        f"{case.provider.name}",
    ]


def _therapy(case: Case, day: date) -> list[str]:
    return [
        "SALTGRASS PHYSICAL THERAPY",
        *_head(case, "PHYSICAL THERAPY DAILY NOTE"),
        f"Date of service: {day:%m/%d/%Y}",
        "",
        "Visit 8 of 12. Therapeutic exercise 30 minutes, manual therapy 15 minutes.",
        "Pain before treatment 6/10, after treatment 5/10. Sitting tolerance 25 minutes.",
        "",
        "Signed: Ottavia Brindle, PT",
    ]


def _study(case: Case, day: date) -> list[str]:
    return [
        "MARSHLIGHT IMAGING CENTER",
        *_head(case, "MRI OF THE LUMBAR SPINE WITHOUT CONTRAST"),
        f"Date of exam: {day:%m/%d/%Y}",
        "",
        "FINDINGS",
        "L4-L5: a 3 mm disc protrusion without canal stenosis.",
        "L5-S1: a 4 mm left paracentral disc protrusion that contacts the left S1 nerve root.",
        "",
        "IMPRESSION",
        "Left paracentral disc protrusion at L5-S1 with contact of the S1 nerve root.",
        "",
        "Radiologist: Ambrose Tillwater, MD",
    ]


def _request(case: Case, day: date) -> list[str]:
    return [
        *_head(case, "REQUEST FOR AUTHORIZATION (DWC Form RFA)"),
        f"Date of request: {day:%m/%d/%Y}",
        f"Requesting physician: {case.provider.name}",
        "",
        *(f"Requested treatment: {d.request}   Quantity: {d.requested or 'as stated'}" for d in case.dispute),
        "",
        f"Signature of the requesting physician: {case.provider.name}",
    ]


def _decision(case: Case) -> list[str]:
    day = case.dates.ur_decision.on if case.dates.ur_decision else date(2026, 1, 12)
    organization = case.parties.ur_organization
    return [
        (organization.name if organization else "UTILIZATION REVIEW").upper(),
        *_head(case, "UTILIZATION REVIEW DECISION: NOTICE OF NON-CERTIFICATION"),
        f"Date of decision: {day:%m/%d/%Y}",
        "",
        *(f"{d.request}: denied. {d.ur_reason or ''}" for d in case.dispute),
        "",
        "The enclosed application must be sent within the time that the law allows.",
        "Reviewer: Peregrine Ashdown, MD",
    ]


def _application(case: Case) -> list[str]:
    day = case.dates.ur_served.on if case.dates.ur_served else date(2026, 1, 12)
    return [
        *_head(case, "APPLICATION FOR INDEPENDENT MEDICAL REVIEW (DWC Form IMR)"),
        f"Date of the decision in dispute: {day:%m/%d/%Y}",
        *(f"Disputed treatment: {d.request}" for d in case.dispute),
        "",
        f"Employee signature: {case.patient.name}",
    ]


def _pages(lines: Sequence[str]) -> Iterator[list[str]]:
    wrapped = [part for line in lines for part in _wrapped(line)]
    for begin in range(0, len(wrapped), _LINES):
        yield wrapped[begin : begin + _LINES]


def _wrapped(line: str) -> Iterator[str]:
    while len(line) > _WIDTH:
        cut = line.rfind(" ", 0, _WIDTH)
        yield line[:cut]
        line = line[cut + 1 :]
    yield line


def pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """Return a PDF that prints lines on pages, the same bytes for the same lines."""
    kids = b" ".join(b"%d 0 R" % (_FIRST + 1 + 2 * n) for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
    ]
    for n, lines in enumerate(pages):
        shown = b"".join(b"(" + _escaped(line) + b") Tj T*\n" for line in lines)
        content = b"BT /F1 9.5 Tf 13.5 TL 54 738 Td\n" + shown + b"ET"
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (_FIRST + 2 + 2 * n)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    return _file_of(objects)


def _escaped(line: str) -> bytes:
    plain = line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return plain.encode("cp1252", errors="replace")


def _file_of(objects: Sequence[bytes]) -> bytes:
    data, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table, size = len(data), len(objects) + 1
    data += b"xref\n0 %d\n0000000000 65535 f \n" % size
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, table)
    return bytes(data)
