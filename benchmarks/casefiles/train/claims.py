"""Papers of the claim: utilization review, requests, applications, work status, faxes, letters of lawyers."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from benchmarks.casefiles.dates import after, slashes, worded
from benchmarks.casefiles.draft import (
    BOLD,
    PAGE,
    Draft,
    centred,
    from_page_two,
    grid,
    paragraphs,
    quoted,
    said,
    setup,
    ticked,
)
from benchmarks.casefiles.world import World

from openimr.terms.records import ExhibitType

_CODES = ("M54.5", "M54.16", "S33.5XXA", "M75.41", "M25.562", "G56.01")
_TREATERS = ("primary", "pain", "orthopedist", "chiropractor")


def review_letter(world: World, random: Random) -> Draft:
    """Return a denial of a utilization review vendor."""
    who, asked = world.people["reviewer"], world.people[random.choice(_TREATERS)]
    decided = world.day(random)
    received = decided - timedelta(days=random.randint(2, 5))
    footer = (
        f"context [#text(size: 8pt)[#{quoted(who.facility + ' - Claim ' + world.claim)} #h(1fr) "
        "Page #counter(page).display() of #counter(page).final().first()]]"
    )
    body = setup(font="Liberation Sans", size=10.5, footer=footer)
    body += said(who.facility, size="18pt", **BOLD) + f"\n\n{said(f'{who.street}, {who.city}')}\n\n"
    body += paragraphs([worded(decided), f"{world.patient}\n{asked.street}\n{asked.city}"])
    body += centred("UTILIZATION REVIEW DETERMINATION: NON-CERTIFICATION", **BOLD)
    body += grid(
        [
            ("Employee:", world.patient),
            ("Claim Number:", world.claim),
            ("Date of Injury:", slashes(world.injured_on)),
            ("Requesting Physician:", asked.signed),
            ("Date RFA received:", slashes(received)),
            ("Date of Determination:", slashes(decided)),
        ],
        "(auto, 1fr)",
        stroke="none",
    )
    rows = [("Treatment Requested", "Decision")]
    rows += [(one, "Denied") for one in world.prose.items(random, "plan", random.randint(1, 3))]
    body += grid(rows, "(3fr, 1fr)", head=True)
    body += said("Medical records reviewed:", **BOLD) + "\n\n"
    body += paragraphs(
        [
            f"PR-2 by {asked.signed} dated {slashes(decided - timedelta(days=random.randint(10, 200)))}"
            for _ in range(4)
        ]
    )
    body += (
        said("Clinical rationale:", **BOLD)
        + "\n\n"
        + paragraphs(world.prose.paragraphs(random, "rationale", random.randint(2, 6)))
    )
    body += paragraphs([f"Reviewed by: {who.signed}, {who.specialty}, License {who.licence}"])
    return Draft(
        type=ExhibitType.UR_DECISION,
        title="Utilization Review Determination",
        source=body,
        author=who.name,
        author_specialty=who.specialty,
        facility=who.facility,
        report_date=decided,
        strings=("UTILIZATION REVIEW DETERMINATION", slashes(decided)),
    )


def request_form(world: World, random: Random) -> Draft:
    """Return a request for authorization on the state's form."""
    who = world.people[random.choice(_TREATERS)]
    signed = world.day(random)
    body = setup(
        font="Liberation Sans",
        size=9,
        margin="x: 0.6in, y: 0.5in",
        footer="[#text(size: 7pt)[DWC Form RFA (Effective 2/2014) #h(1fr) Page 1]]",
    )
    body += centred("State of California, Division of Workers' Compensation", size="10pt")
    body += centred("REQUEST FOR AUTHORIZATION", size="13pt", **BOLD)
    body += centred("DWC Form RFA", size="9pt")
    first = random.random() < 0.7
    body += grid(
        [(ticked(first, "New Request"), ticked(not first, "Resubmission - Change in Material Facts"))],
        "(1fr, 1fr)",
    )
    body += grid(
        [
            ("Employee Information", ""),
            (f"Name (Last, First): {world.reversed}", f"Date of Injury: {slashes(world.injured_on)}"),
            (f"Claim Number: {world.claim}", f"Employer: {world.employer}"),
            ("Requesting Physician Information", ""),
            (f"Name: {who.name}", f"Practice Name: {who.facility}"),
            (f"Specialty: {who.specialty}", f"NPI Number: {who.npi}"),
            (f"Phone: {who.phone}", f"Fax Number: {who.fax}"),
            ("Claims Administrator Information", ""),
            (f"Company Name: {world.payer}", f"Contact Name: {world.adjuster}"),
        ],
        "(1fr, 1fr)",
    )
    rows = [("Diagnosis", "ICD-Code", "Service/Good Requested", "CPT/HCPCS", "Other")]
    for item in world.prose.items(random, "plan", random.randint(1, 4)):
        rows.append(
            (
                world.prose.sentences(random, "assessment", 1),
                random.choice(_CODES),
                item,
                f"{random.randint(90000, 99999)}",
                "",
            )
        )
    body += grid(rows, "(2fr, 1fr, 2.4fr, 1fr, 0.6fr)", head=True)
    body += grid(
        [(f"Requesting Physician Signature: {who.signed}", f"Date: {slashes(signed)}")], "(2fr, 1fr)"
    )
    body += paragraphs(["Claims Administrator/Utilization Review Organization (URO) Response"])
    body += grid(
        [(ticked(False, "Approved"), ticked(False, "Denied or Modified"), ticked(False, "Delay"))],
        "(1fr, 1fr, 1fr)",
    )
    return Draft(
        type=ExhibitType.RFA,
        title="Request for Authorization",
        source=body,
        author=who.name,
        author_specialty=who.specialty,
        facility=who.facility,
        report_date=signed,
        strings=("REQUEST FOR AUTHORIZATION", f"Date: {slashes(signed)}"),
    )


def application(world: World, random: Random) -> Draft:
    """Return an application for independent medical review."""
    asked = world.people["primary"]
    decided = world.day(random)
    signed = after(random, decided, 5, 28)
    body = setup(
        font="Liberation Sans",
        size=9.5,
        margin="x: 0.7in, y: 0.6in",
        footer="[#text(size: 7pt)[DWC Form IMR (Effective 2/2014)]]",
    )
    body += centred("State of California, Department of Industrial Relations", size="9pt")
    body += centred("APPLICATION FOR INDEPENDENT MEDICAL REVIEW", size="13pt", **BOLD)
    body += grid(
        [
            ("Type of Utilization Review:", f"{ticked(True, 'Regular')}   {ticked(False, 'Expedited')}"),
            ("Employee Name:", world.patient),
            ("Claim Number:", world.claim),
            ("Date of Injury:", slashes(world.injured_on)),
            ("Employer:", world.employer),
            ("Requesting Physician:", asked.signed),
            ("Claims Administrator:", world.payer),
            ("Date of UR Determination Letter:", slashes(decided)),
            ("Primary Diagnosis:", world.prose.sentences(random, "assessment", 1)),
            (
                "List each specific requested medical service:",
                "\n".join(world.prose.items(random, "plan", 3)),
            ),
        ],
        "(1fr, 1.6fr)",
    )
    body += paragraphs(
        [
            "Request for Review and Consent to Obtain Medical Records",
            "I request a review of the disputed treatment and allow my records to be given to the reviewer.",
        ]
    )
    body += grid([(f"Employee Signature: {world.patient}", f"Date: {slashes(signed)}")], "(2fr, 1fr)")
    return Draft(
        type=ExhibitType.IMR_APPLICATION,
        title="Application for Independent Medical Review",
        source=body,
        report_date=signed,
        strings=("APPLICATION FOR INDEPENDENT MEDICAL REVIEW", f"Date: {slashes(signed)}"),
    )


def work_slip(world: World, random: Random) -> Draft:
    """Return a work status slip: half a page."""
    who = world.people[random.choice(_TREATERS)]
    seen = world.day(random)
    until = after(random, seen, 14, 45)
    body = setup(font="DejaVu Sans Mono", size=9.5)
    body += centred(who.facility, **BOLD) + centred("WORK STATUS REPORT", size="14pt", **BOLD)
    body += paragraphs(
        [
            f"Patient: {world.patient}    Claim: {world.claim}",
            f"Date of visit: {slashes(seen)}",
            ticked(random.random() < 0.3, "Temporarily totally disabled"),
            ticked(True, f"Modified duty from {slashes(seen)} through {slashes(until)}"),
            f"Restrictions: no lifting over {random.choice((5, 10, 15, 20))} lbs",
            f"Next appointment: {slashes(until)}",
            f"Physician: {who.signed}   {slashes(seen)}",
        ]
    )
    return Draft(
        type=ExhibitType.WORK_STATUS,
        title="Work Status Report",
        source=body,
        author=who.name,
        facility=who.facility,
        date_of_service=seen,
        report_date=seen,
        strings=("WORK STATUS REPORT", f"Date of visit: {slashes(seen)}"),
    )


def fax_sheet(world: World, random: Random) -> Draft:
    """Return a fax cover sheet."""
    sender = world.people[random.choice(_TREATERS)]
    sent = world.day(random)
    body = setup(font="Libertinus Serif", size=13)
    body += said("FAX", size="44pt", **BOLD) + "\n\n"
    body += grid(
        [
            ("To:", world.adjuster),
            ("Company:", world.payer),
            ("From:", sender.facility),
            ("Fax:", sender.fax),
            ("Date:", slashes(sent)),
            ("Pages:", f"{random.randint(2, 40)} including cover"),
            ("Re:", f"{world.patient} / {world.claim}"),
        ],
        "(auto, 1fr)",
        stroke="none",
    )
    body += paragraphs(
        [
            "Comments: please see the attached records.",
            "CONFIDENTIALITY NOTICE: this is meant for the addressee alone. If it reached you in error, "
            "call the sender and destroy every copy.",
        ]
    )
    return Draft(
        type=ExhibitType.FAX_COVER,
        title="Fax",
        source=body,
        facility=sender.facility,
        report_date=sent,
        strings=(f"{world.patient} / {world.claim}", slashes(sent)),
    )


def lawyer_letter(world: World, random: Random) -> Draft:
    """Return a letter of the applicant's attorney."""
    who = world.people["attorney"]
    sent = world.day(random)
    header = from_page_two(f"#{quoted(world.adjuster)} \\ #{quoted(worded(sent))} \\ Page {PAGE}")
    body = setup(font="Libertinus Serif", size=12, margin="x: 1.25in, y: 1in", header=header, justify=True)
    body += centred("LAW OFFICES OF", size="9pt") + centred(who.facility.upper(), size="14pt")
    body += paragraphs([worded(sent), f"VIA FACSIMILE AND U.S. MAIL\n{world.adjuster}\n{world.payer}"])
    body += paragraphs(
        [
            f"Re:  {world.patient} v. {world.employer}\nClaim No.: {world.claim}\n"
            f"Date of Injury: {worded(world.injured_on)}"
        ]
    )
    body += paragraphs(
        [f"Dear {world.adjuster}:", *world.prose.paragraphs(random, "legal", random.randint(2, 7))]
    )
    body += paragraphs(["Very truly yours,", who.facility, f"{who.name}\nAttorney for Applicant"])
    return Draft(
        type=ExhibitType.CORRESPONDENCE,
        title="Letter of attorney",
        source=body,
        author=who.name,
        facility=who.facility,
        report_date=sent,
        strings=(worded(sent), "Very truly yours,"),
    )
