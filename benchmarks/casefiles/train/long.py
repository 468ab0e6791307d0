"""Papers of many pages or of columns: the evaluator's report, therapy sheets, drug ledgers."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from benchmarks.casefiles.dates import after, slashes, worded
from benchmarks.casefiles.draft import (
    PAGE,
    Draft,
    centred,
    from_page_two,
    grid,
    paragraphs,
    quoted,
    said,
    setup,
)
from benchmarks.casefiles.world import World

from openimr.terms.records import ExhibitType

_EXERCISES = (
    "Upper body ergometer",
    "Wall slides",
    "Bridging",
    "Clam shells",
    "Hamstring stretch",
    "Cervical retraction",
)
_DRUGS = (
    "NAPROXEN SOD 550MG TAB",
    "OMEPRAZOLE DR 20MG CAP",
    "TRAMADOL HCL 50MG TAB",
    "CYCLOBENZAPRINE 7.5MG TAB",
)


def evaluator_report(world: World, random: Random) -> Draft:
    """Return a qualified medical evaluator's report; it tells of many other papers and their days."""
    who = world.people["evaluator"]
    seen = world.day(random)
    written = after(random, seen, 10, 30)
    about = quoted("RE: " + world.patient.upper())
    header = from_page_two(f"#text(size: 9pt)[#{about} \\ #{quoted(worded(written))} \\ Page {PAGE}]")
    body = setup(font="Liberation Serif", size=12, margin="x: 1.15in, y: 1.1in", header=header)
    body += centred(who.facility.upper(), size="16pt") + centred(f"{who.street}, {who.city}", size="10pt")
    body += paragraphs([worded(written), f"{world.payer}\nAttention: {world.adjuster}"])
    body += centred("PANEL QUALIFIED MEDICAL EVALUATION", weight='"bold"')
    body += grid(
        [
            ("Applicant:", world.patient),
            ("Employer:", world.employer),
            ("Claim Number:", world.claim),
            ("Date of Injury:", worded(world.injured_on)),
            ("Date of Evaluation:", worded(seen)),
        ],
        "(auto, 1fr)",
        stroke="none",
    )
    body += paragraphs(["This is an ML-104 report. Face-to-face time was one hour."])
    for head, section, low in (
        ("HISTORY OF INJURY", "history", 3),
        ("PRESENT COMPLAINTS", "history", 2),
        ("PHYSICAL EXAMINATION", "exam", 4),
        ("DIAGNOSES", "assessment", 1),
    ):
        body += (
            said(head, weight='"bold"')
            + "\n\n"
            + paragraphs(world.prose.paragraphs(random, section, low + random.randint(0, 4)))
        )
    body += said("REVIEW OF MEDICAL RECORDS", weight='"bold"') + "\n\n" + paragraphs(_reviewed(world, random))
    body += (
        said("DISCUSSION", weight='"bold"')
        + "\n\n"
        + paragraphs(world.prose.paragraphs(random, "law", random.randint(4, 12)))
    )
    body += paragraphs(
        [
            "I declare under penalty of perjury that this report is true to the best of my knowledge.",
            f"Signed this {worded(written)} in the county of my office.",
            f"{who.signed}\nQualified Medical Evaluator\nDiplomate, {who.specialty}",
        ]
    )
    return Draft(
        type=ExhibitType.MEDICAL_LEGAL,
        title="Panel Qualified Medical Evaluation",
        source=body,
        author=who.name,
        author_specialty=who.specialty,
        facility=who.facility,
        date_of_service=seen,
        report_date=written,
        strings=("PANEL QUALIFIED MEDICAL EVALUATION", worded(seen)),
    )


def _reviewed(world: World, random: Random) -> list[str]:
    """Return what the evaluator read: titles and days that belong to other papers."""
    others = (
        "Operative Report",
        "MRI report",
        "Progress Report (PR-2)",
        "Physical Therapy Note",
        "Work Status Report",
    )
    found = []
    for _ in range(random.randint(6, 24)):
        writer = world.people[random.choice(("primary", "pain", "orthopedist", "surgeon", "radiologist"))]
        day = slashes(world.day(random))
        found.append(
            f"{day}: {random.choice(others)}, {writer.signed}. {world.prose.sentences(random, 'history', 2)}"
        )
    return found


def therapy_sheet(world: World, random: Random) -> Draft:
    """Return a daily note of a physical therapist with a table of exercises."""
    who, referred = world.people["therapist"], world.people["primary"]
    seen = world.day(random)
    visit = random.randint(1, 24)
    body = setup(
        font="Liberation Sans",
        size=9,
        margin="x: 0.8in, y: 0.8in",
        footer=f"[#text(size: 7pt, {quoted(who.facility + '  ' + who.phone)})]",
    )
    body += grid([(who.facility, "Physical Therapy Daily Note", f"Visit # {visit} of 24")], "(1fr, 1fr, 1fr)")
    body += grid(
        [
            (
                f"Patient: {world.patient}",
                f"Date of Service: {slashes(seen)}",
                f"Referring MD: {referred.signed}",
            ),
            (
                f"DOB: {slashes(world.born_on)}",
                f"Onset: {slashes(world.injured_on)}",
                "Time in 2:00  Time out 2:50",
            ),
        ],
        "(1fr, 1fr, 1fr)",
    )
    body += paragraphs(
        [
            f"S: {world.prose.sentences(random, 'history', 3)}",
            f"O: {world.prose.sentences(random, 'exam', 3)}",
        ]
    )
    rows = [("Exercise / Modality", "Sets", "Reps", "Weight", "Minutes", "CPT")]
    for name in _EXERCISES:
        rows.append(
            (
                name,
                str(random.randint(1, 4)),
                str(random.randint(8, 20)),
                f"{random.randint(0, 10)} lb",
                str(random.randint(3, 12)),
                random.choice(("97110", "97140", "97014")),
            )
        )
    body += grid(rows, "(2fr, 1fr, 1fr, 1fr, 1fr, 1fr)", head=True)
    body += paragraphs(
        [
            f"A: {world.prose.sentences(random, 'assessment', 2)}",
            f"P: {world.prose.sentences(random, 'plan', 2)}",
            f"Therapist: {who.signed}  Lic {who.licence}",
        ]
    )
    return Draft(
        type=ExhibitType.THERAPY_NOTES,
        title="Physical Therapy Daily Note",
        source=body,
        author=who.name,
        facility=who.facility,
        date_of_service=seen,
        strings=("Physical Therapy Daily Note", f"Date of Service: {slashes(seen)}"),
    )


def drug_ledger(world: World, random: Random) -> Draft:
    """Return a pharmacy's ledger of prescriptions filled; it has no single day of service."""
    printed = world.day(random)
    writer = world.people["pain"]
    body = setup(
        font="Liberation Mono",
        size=8.5,
        margin="x: 0.6in, y: 0.7in",
        footer="context [Page #counter(page).display() of #counter(page).final().first()]",
    )
    body += said("ESQUINA DRUG STORE - PATIENT PRESCRIPTION HISTORY", size="11pt", weight='"bold"') + "\n\n"
    body += paragraphs(
        [f"Patient: {world.reversed}   DOB: {slashes(world.born_on)}   Report printed: {slashes(printed)}"]
    )
    rows = [("Fill Date", "Rx #", "Drug", "Qty", "Days", "Prescriber")]
    day = world.injured_on + timedelta(days=20)
    for _ in range(random.randint(15, 60)):
        day += timedelta(days=random.randint(3, 20))
        rows.append(
            (
                slashes(day),
                str(random.randint(600_000, 699_999)),
                random.choice(_DRUGS),
                "60",
                "30",
                writer.name.upper(),
            )
        )
    body += grid(rows, "(1fr, 0.8fr, 2.4fr, 0.5fr, 0.5fr, 1.6fr)", head=True, stroke="none", inset="2.5pt")
    return Draft(
        type=ExhibitType.PHARMACY,
        title="Patient Prescription History",
        source=body,
        report_date=printed,
        strings=("PATIENT PRESCRIPTION HISTORY", f"Report printed: {slashes(printed)}"),
    )
