"""Requests for authorization, the decisions on them, and the application for a review of a decision."""

from __future__ import annotations

from random import Random

from benchmarks.casefiles import dates
from benchmarks.casefiles.draft import (
    BOLD,
    ITALIC,
    PAGE,
    PAGE_OF,
    Draft,
    centred,
    from_page_two,
    paragraphs,
    said,
    ticked,
)
from benchmarks.casefiles.unseen.dress import (
    BOOK,
    FORMS,
    LETTERS,
    NARROW,
    RULE,
    SANS,
    SERIF,
    WIDE,
    before,
    boxes,
    clock,
    labelled,
    letterhead,
    lined,
    look,
    paged,
    requested,
    stamp,
    table,
    wrapped,
)
from benchmarks.casefiles.world import World

from openimr.terms.records import ExhibitType

CARE = (
    ("Physical therapy, 2 x week x 4 weeks", "97110"),
    ("Lumbar epidural steroid injection, one level", "62323"),
    ("MRI without contrast", "73221"),
    ("Acupuncture, 6 visits", "97810"),
    ("Cyclobenzaprine 7.5 mg #60", "J8499"),
    ("Tramadol ER 150 mg #30", "J8499"),
    ("Functional restoration program, 80 hours", "97799"),
    ("EMG/NCV, both upper extremities", "95886"),
    ("Arthroscopic subacromial decompression", "29826"),
    ("Interferential unit, 30 day rental", "E0745"),
)
CODES = ("M54.16", "M75.41", "S83.242A", "722.10", "847.2", "M54.2", "G56.01")


def rfa_form(world: World, random: Random) -> Draft:
    """Return the state's form of a request, often with an answer's lines left empty, or a fax line above."""
    me = world.people["primary"]
    look_ = look(random, (SANS, NARROW), FORMS)
    signed = requested(world, random)
    report = before(random, signed, 0, 6)
    asked = random.sample(CARE, random.randint(1, 4))
    kind = random.randint(0, 2)
    line = f"{look_.day(dates.after(random, signed, 0, 3))} {clock(random)}  {me.fax} -> CLAIMS   P. 002/009"
    source = (
        look_.setup(
            margin="x: 0.7in, y: 0.6in",
            header=f"[{said(line, size='7pt')}]" if random.random() < 0.4 else "[]",
            footer=f"[{said('DWC Form RFA (Effective 2/2014)   Page 1', size='8pt')}]",
        )
        + stamp(random, signed, 0.25)
        + centred("State of California, Division of Workers' Compensation", size="9pt")
        + centred("REQUEST FOR AUTHORIZATION", weight="700", size="13pt")
        + centred("DWC Form RFA", weight="700")
        + said("Attach the Doctor's First Report of Occupational Injury or Illness, Form DLSR 5021, a "
               "Treating Physician's Progress Report, DWC Form PR-2, or equivalent narrative report "
               "substantiating "
               "the requested treatment.", size="8pt") + "\n\n"
        + lined([
            ticked(kind == 0, "New Request") + "     " + ticked(kind == 1, "Resubmission - Change in Facts"),
            ticked(kind == 2, "Expedited Review: Check box if employee faces an imminent and serious threat"),
        ])
        + look_.head("Employee Information")
        + boxes([("Name (Last, First, Middle):", world.reversed),
                 ("Date of Injury (MM/DD/YYYY):", look_.day(world.injured_on)),
                 ("Date of Birth (MM/DD/YYYY):", look_.day(world.born_on)),
                 ("Claim Number:", world.claim), ("Employer:", world.employer)], 3 if kind else 2)
        + look_.head("Requesting Physician Information")
        + boxes([("Name:", me.signed), ("Practice Name:", me.facility), ("Address:", me.street),
                 ("City, State, Zip:", me.city), ("Phone:", me.phone), ("Fax Number:", me.fax),
                 ("Specialty:", me.specialty), ("NPI Number:", me.npi)])
        + look_.head("Claims Administrator Information")
        + boxes([("Company Name:", world.payer), ("Contact Name:", world.adjuster)])
        + look_.head("Requested Treatment (see instructions for guidance; attach pages if necessary)")
        + table([("Diagnosis", "ICD-Code", "Service/Good Requested", "CPT/HCPCS", "Other Information"),
                 *((world.region, random.choice(CODES), what, code,
                    f"see report of {look_.day(report)}" if random.random() < 0.5 else "")
                   for what, code in asked)],
                "(1fr, auto, 2fr, auto, 1fr)")
        + labelled([("Requesting Physician Signature", "________________"), ("Date", look_.day(signed))], 2)
        + look_.head("Claims Administrator/Utilization Review Organization (URO) Response")
        + lined(["[  ] Approved   [  ] Denied or Modified (See separate decision letter)   [  ] Delay",
                 "Authorized Agent Name: ______________   Signature: ______________   Date: __________"])
    )  # fmt: skip
    return Draft(
        type=ExhibitType.RFA, title="Request for Authorization (DWC Form RFA)", source=source,
        author=me.name, author_specialty=me.specialty, facility=me.facility, report_date=signed,
    )  # fmt: skip


def rfa_office(world: World, random: Random) -> Draft:
    """Return an office's own sheet that asks for authorization, with the day of the last visit in it."""
    me, prose = world.people[random.choice(("pain", "orthopedist"))], world.prose
    look_ = look(random, (SERIF, BOOK, WIDE), (*FORMS, *LETTERS))
    asked_on = requested(world, random)
    visit = before(random, asked_on, 1, 9)
    asked = random.sample(CARE, random.randint(1, 3))
    head = random.choice(("SURGERY / PROCEDURE AUTHORIZATION REQUEST", "Treatment Authorization Request",
                          "PRE-AUTHORIZATION REQUEST - WORKERS' COMPENSATION"))  # fmt: skip
    source = (
        look_.setup() + stamp(random, asked_on) + letterhead(random, me, me.facility)
        + centred(head, weight="700", size="13pt")
        + labelled([(random.choice(("Date of request", "Request date", "Date")), look_.day(asked_on)),
                    ("To", f"{world.payer}, attn {world.adjuster}"), ("Patient", world.patient),
                    ("DOB", look_.day(world.born_on)), ("Claim", world.claim),
                    ("Injured", look_.day(world.injured_on)),
                    ("Last office visit", f"{look_.day(visit)} (note attached)")])
        + said("We request authorization for the following:") + "\n\n"
        + table([("Procedure / item", "Code", "Dx"),
                 *((what, code, random.choice(CODES)) for what, code in asked)], "(3fr, 1fr, 1fr)")
        + look_.head("Medical necessity") + paragraphs(prose.paragraphs(random, "assessment", 1))
        + said(prose.sentences(random, "plan", 3)) + "\n\n"
        + said("Please fax your answer within five working days. If you need more, call our surgery "
               f"coordinator at {me.phone}, extension {random.randint(10, 99)}.") + "\n\n"
        + lined(["________________________", f"{me.signed}   Lic {me.licence}   NPI {me.npi}"])
    )  # fmt: skip
    return Draft(
        type=ExhibitType.RFA, title=head, source=source, author=me.name, author_specialty=me.specialty,
        facility=me.facility, report_date=asked_on,
    )  # fmt: skip


def ur_notice(world: World, random: Random) -> Draft:
    """Return a letter of denial or modification, with the days of the request and of reports reviewed."""
    me, treating, prose = world.people["reviewer"], world.people["pain"], world.prose
    look_ = look(random, (SANS, SERIF, WIDE), LETTERS)
    decided = dates.after(random, requested(world, random), 3, 14)
    got, report = before(random, decided, 2, 5), before(random, decided, 6, 20)
    box = random.choice(FORMS)
    asked = random.sample(CARE, random.randint(1, 3))
    outcome = random.choice(("Non-Certified", "Denied", "Modified", "Not medically necessary"))
    title = random.choice(("NOTICE OF ADVERSE DETERMINATION", "UTILIZATION REVIEW DETERMINATION",
                           "UTILIZATION REVIEW - NOTICE OF NON-CERTIFICATION"))  # fmt: skip
    source = (
        look_.setup(
            header=from_page_two(f"{said(f'{world.patient} / {world.claim}')} #h(1fr) Page {PAGE}"),
            footer=f"[{said('cc: Injured worker; applicant attorney; requesting provider', size='8pt')}]",
        )
        + stamp(random, decided)
        + letterhead(random, me, me.facility) + said(look_.day(decided)) + "\n\n"
        + lined([treating.signed, treating.street, treating.city])
        + centred(title, weight="700", size="12pt")
        + labelled([("Injured worker", world.patient), ("Claim number", world.claim),
                    ("Date of injury", box(world.injured_on)), ("Employer", world.employer),
                    ("Request for authorization received", box(got)),
                    ("Requesting provider", treating.signed), ("Reference", f"UR{random.randint(10, 999)}Q")])
        + said(f"Dear {treating.doctor}:") + "\n\n"
        + said(f"On {look_.day(got)} we received your request for treatment of the {world.region}. A "
               "physician reviewer has completed the review, and the determination is as follows:") + "\n\n"
        + table([("Treatment requested", "Code", "Determination"),
                 *((what, code, outcome) for what, code in asked)], "(3fr, 1fr, 1fr)")
        + look_.head("Records reviewed")
        + lined([f"Progress report, {treating.signed}, {box(report)}",
                 f"Request for authorization dated {box(before(random, got, 0, 2))}"])
        + look_.head("Clinical summary") + paragraphs(prose.paragraphs(random, "history", 1))
        + look_.head("Rationale") + paragraphs(prose.paragraphs(random, "rationale", 2))
        + look_.head("Your right to dispute this decision")
        + said("If you disagree with this decision you may ask for an Independent Medical Review. The "
               "signed application, which is enclosed, must be received no later than 30 days after the "
               "day on "
               "which this decision was served on you. This decision stays in effect for 12 months from "
               "its date "
               "unless the facts change.") + "\n\n"
        + said(f"{treating.doctor} may speak with the reviewer on {random.choice(('Monday', 'Friday'))} "
               f"from nine to noon at {me.phone}.") + "\n\n"
        + lined(["Reviewed by:", me.signed, f"{me.specialty}, California license {me.licence}"])
    )  # fmt: skip
    return Draft(
        type=ExhibitType.UR_DECISION, title=title.capitalize(), source=source, author=me.name,
        author_specialty=me.specialty, facility=me.facility, report_date=decided,
    )  # fmt: skip


def ur_worksheet(world: World, random: Random) -> Draft:
    """Return a physician advisor's finding as a program prints it, line by line."""
    me, prose = world.people["reviewer"], world.prose
    decided = dates.after(random, requested(world, random), 3, 14)
    write = random.choice((dates.slashes, dates.machine, dates.compact))
    label = random.choice(("REVIEW COMPLETED", "DECISION DATE", "DATE OF DETERMINATION"))
    asked = random.sample(CARE, random.randint(1, 3))
    top = [
        f"{me.facility.upper():<52}PHYSICIAN ADVISOR REVIEW",
        "-" * 78,
        f"CLAIMANT : {world.reversed.upper():<30} CLAIM : {world.claim}",
        f"DOI      : {write(world.injured_on):<30} CLIENT: {world.payer[:24].upper()}",
        f"RFA RECD : {write(before(random, decided, 2, 5)):<30} RFA DATED: "
        f"{write(before(random, decided, 6, 9))}",
        f"{label}: {write(decided)}",
        "-" * 78,
    ]
    found = [*top]
    for number, (what, code) in enumerate(asked, 1):
        outcome = random.choice(("NOT CERTIFIED", "CERTIFIED", "MODIFIED", "NOT CERTIFIED"))
        found += ["", f"ITEM {number}. {what.upper()} ({code})", f"   OUTCOME: {outcome}", "   RATIONALE:"]
        found += wrapped(prose.sentences(random, "rationale", random.randint(3, 6)), "   ")
    found += ["", "CLINICAL INFORMATION SUMMARIZED:", *wrapped(prose.sentences(random, "history", 8), "   ")]
    found += ["", f"ADVISOR: {me.signed.upper()}  {me.specialty.upper()}  LIC {me.licence}"]
    found += ["THE ADVISOR HAS NO CONFLICT OF INTEREST WITH THE PROVIDER OR THE CLAIMANT."]
    return Draft(
        type=ExhibitType.UR_DECISION, title="Physician advisor review", lines=paged(found, 56),
        author=me.name, author_specialty=me.specialty, facility=me.facility, report_date=decided,
    )  # fmt: skip


def imr_form(world: World, random: Random) -> Draft:
    """Return the application for a review, signed by the worker or a lawyer."""
    treating = world.people["pain"]
    look_ = look(random, (SANS, SERIF), (*FORMS, dates.worded))
    signed = dates.after(random, requested(world, random), 12, 45)
    letter = before(random, signed, 3, 28)
    signer = random.choice((world.patient, world.people["attorney"].name))
    source = (
        look_.setup(margin="x: 0.75in, y: 0.7in",
                    footer=f"context [{said('DWC Form IMR', size='8pt')} #h(1fr) {PAGE_OF}]")
        + stamp(random, signed, 0.5)
        + centred("State of California, Division of Workers' Compensation")
        + centred("APPLICATION FOR INDEPENDENT MEDICAL REVIEW", weight="700", size="13pt")
        + said("TO REQUEST INDEPENDENT MEDICAL REVIEW: Sign and date this application and consent to obtain "
               "medical records. Mail or fax the application and a copy of the written determination "
               "letter.", **ITALIC) + "\n\n"
        + said("Type of Utilization Review:  ", **BOLD)
        + lined([ticked(True, "Regular"), ticked(False, "Expedited"), ticked(False, "After appeal")])
        + RULE
        + labelled([("Employee Name", world.patient), ("Address", f"{random.randint(10, 999)} Oak Street"),
                    ("Phone Number", world.people["primary"].phone), ("Employer Name", world.employer),
                    ("Claim Number", world.claim), ("Date of Injury", look_.day(world.injured_on)),
                    ("WCIS Jurisdictional Claim Number", "__________")])
        + RULE
        + labelled([("Requesting Physician Name", treating.signed), ("Specialty", treating.specialty),
                    ("Claims Administrator Name", world.payer), ("Adjuster/Contact", world.adjuster)])
        + RULE
        + said("Disputed Medical Treatment (complete below section or attach the UR determination)", **BOLD)
        + "\n\n"
        + labelled([("Primary Diagnosis", random.choice(CODES)),
                    ("Date of Utilization Review Determination Letter", look_.day(letter)),
                    ("Is the Claims Administrator disputing liability?", "[X] No  [  ] Yes")])
        + lined([f"{number}. {what}" for number, (what, _) in enumerate(random.sample(CARE, 2), 1)])
        + look_.head("Consent to Obtain Medical Records")
        + said("I request a review of the treatment named above. I certify that I have sent a copy of this "
               "application to the claims administrator. I allow my health care providers and claims "
               "administrator to furnish medical records for this review. My permission ends one year from "
               "the date below, except as allowed by law.") + "\n\n"
        + labelled([("Employee Signature" if signer == world.patient else "Signature of representative",
                     f"/s/ {signer}"), ("Date", look_.day(signed))], 2)
    )  # fmt: skip
    return Draft(
        type=ExhibitType.IMR_APPLICATION, title="Application for Independent Medical Review",
        source=source, report_date=signed,
    )  # fmt: skip
