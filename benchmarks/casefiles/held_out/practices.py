"""Papers of smaller practices: a portal's export, columns of a chiropractor, a slip, a first visit told."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from benchmarks.casefiles.dates import after, dashes, european, short, worded
from benchmarks.casefiles.draft import ITALIC, PAGE_OF, Draft, grid, paragraphs, quoted, said, setup
from benchmarks.casefiles.world import World

from openimr.terms.records import ExhibitType


def portal_export(world: World, random: Random) -> Draft:
    """Return a visit as a patient portal exports it; the foot bears the day of the export."""
    who = world.people[random.choice(("primary", "pain", "orthopedist"))]
    seen = world.day(random)
    exported = seen + timedelta(days=random.randint(60, 700))
    by_whom = f"Exported {european(exported)} by health information desk"
    footer = (
        f"context [#text(size: 7pt, fill: gray)[#{quoted(by_whom)} "
        "#h(1fr) sheet #counter(page).display() / #counter(page).final().first()]]"
    )
    body = setup(font="DejaVu Sans", size=8.5, margin="left: 1.6in, right: 0.8in, y: 0.8in", footer=footer)
    bar = said(f"{who.facility} | {european(seen)}", size="12pt")
    body += f"#rect(fill: luma(235), width: 100%, inset: 8pt)[{bar}]\n\n"
    body += paragraphs(
        [f"{world.patient} was seen by {who.name} ({who.specialty}). Visit, injury claim {world.claim}."]
    )
    for head, section in (
        ("What brought you in", "history"),
        ("What we found", "exam"),
        ("What we think", "assessment"),
        ("What happens next", "plan"),
    ):
        body += said(head, size="11pt", fill="rgb(0, 110, 90)") + "\n\n"
        body += paragraphs(world.prose.paragraphs(random, section, random.randint(1, 5)))
    body += paragraphs([f"Note closed: {who.signed}, {european(seen)}"])
    return Draft(
        type=ExhibitType.PROGRESS_REPORT,
        title="Office visit",
        source=body,
        author=who.name,
        author_specialty=who.specialty,
        facility=who.facility,
        date_of_service=seen,
        report_date=seen,
        strings=("What we found", european(seen)),
    )


def narrative_progress(world: World, random: Random) -> Draft:
    """Return a progress report told in numbered prose, the day of the visit inside the first sentence."""
    who = world.people[random.choice(("pain", "orthopedist", "psychologist"))]
    seen = world.day(random)
    sent = after(random, seen, 3, 14)
    body = setup(
        font="New Computer Modern",
        size=11.5,
        margin="x: 1.3in, y: 1in",
        footer="context align(center)[- #counter(page).display() -]",
        justify=True,
    )
    body += f"#align(right)[{said(who.facility, **ITALIC)} \\ {said(who.city)}]\n\n"
    body += paragraphs(
        [f"{world.adjuster}, {world.payer}", f"About: {world.patient}, your file {world.claim}"]
    )
    body += said("Secondary physician's progress report", weight='"bold"') + "\n\n"
    opening = (
        f"I saw {world.patient} in follow-up on {worded(seen)} for the injury of {worded(world.injured_on)}."
    )
    for number, section in enumerate(("history", "exam", "assessment", "plan"), 1):
        told = world.prose.paragraphs(random, section, random.randint(1, 3))
        body += paragraphs([f"{number}. {' '.join([opening, *told]) if number == 1 else ' '.join(told)}"])
    body += paragraphs([f"With kind regards, {who.signed}", f"{who.specialty}. Written {worded(sent)}."])
    return Draft(
        type=ExhibitType.PROGRESS_REPORT,
        title="Secondary physician's progress report",
        source=body,
        author=who.name,
        author_specialty=who.specialty,
        facility=who.facility,
        date_of_service=seen,
        report_date=sent,
        strings=(f"Written {worded(sent)}.",),
    )


def chiropractic_columns(world: World, random: Random) -> Draft:
    """Return a chiropractor's treatment note in two columns, initialled."""
    who = world.people["chiropractor"]
    seen = world.day(random)
    initials = "".join(part[0] for part in who.name.split())
    body = setup(font="Liberation Serif", size=10, margin="x: 0.5in, y: 0.5in")
    body += grid(
        [
            (
                dashes(seen),
                f"Pt {world.reversed}",
                f"Tx {random.randint(1, 36)}",
                f"DOI {dashes(world.injured_on)}",
            )
        ],
        "(1fr, 2fr, 0.6fr, 1fr)",
        stroke="1pt",
    )
    body += "#columns(2)[\n"
    for letter, section in zip("SOAP", ("history", "exam", "assessment", "plan"), strict=True):
        body += (
            said(letter, size="22pt", weight='"bold"')
            + "\n\n"
            + paragraphs(world.prose.items(random, section, random.randint(3, 7)))
        )
    body += (
        "#colbreak()\n"
        + paragraphs(
            [
                "CMT 3-4 regions, 98941",
                "EMS 15 min, 97014",
                f"{who.facility}",
                f"{initials}, {who.credential}",
            ]
        )
        + "]\n"
    )
    return Draft(
        type=ExhibitType.THERAPY_NOTES,
        title="Chiropractic treatment note",
        source=body,
        facility=who.facility,
        date_of_service=seen,
        strings=(dashes(seen), f"Pt {world.reversed}"),
    )


def capacity_note(world: World, random: Random) -> Draft:
    """Return a note to an employer on what the patient may do."""
    who = world.people[random.choice(("primary", "orthopedist"))]
    seen = world.day(random)
    until = after(random, seen, 20, 40)
    body = setup(font="Libertinus Serif", size=14, margin="x: 1.5in, y: 1.5in")
    body += said("Return-to-duty slip", size="22pt") + "\n\n"
    body += paragraphs(
        [
            f"{world.patient} was examined in this office on {short(seen)} "
            f"and is excused from full duties until {short(until)}.",
            f"In the meantime: desk work alone, no more than {random.randint(2, 6)} hours a day.",
            f"{who.signed} - {who.facility} - {who.phone}",
        ]
    )
    return Draft(
        type=ExhibitType.WORK_STATUS,
        title="Return-to-duty slip",
        source=body,
        author=who.name,
        facility=who.facility,
        date_of_service=seen,
        strings=("Return-to-duty slip", short(seen)),
    )


def first_visit_told(world: World, random: Random) -> Draft:
    """Return a doctor's first report that an urgent care prints instead of the state's form."""
    who = world.people["internist"]
    seen = after(random, world.injured_on, 0, 8)
    body = setup(
        font="Liberation Sans",
        size=10,
        margin="left: 0.9in, right: 2in, y: 1in",
        footer=f"context [#{quoted(world.last + ' ' + world.chart)} #h(1fr) {PAGE_OF}]",
    )
    body += said("BRIDGEWAY URGENT CARE", size="14pt") + "\n\n"
    body += (
        said("Doctor's First Report of Occupational Injury (in lieu of Form 5021)", weight='"bold"') + "\n\n"
    )
    body += paragraphs(
        [
            f"Arrival {dashes(seen)} 11:{random.randint(10, 59)}. {world.patient}, of {world.employer}.",
            f"Injured {dashes(world.injured_on)}.",
        ]
    )
    for head, section in (
        ("Mechanism", "history"),
        ("Findings", "exam"),
        ("Diagnosis", "assessment"),
        ("Treatment", "plan"),
    ):
        body += f"- {said(head)}: {said(world.prose.sentences(random, section, random.randint(2, 8)))}\n"
    body += "\n" + paragraphs([f"Attending: {who.signed}, CA lic. {who.licence}"])
    return Draft(
        type=ExhibitType.FIRST_REPORT,
        title="Doctor's First Report of Occupational Injury",
        source=body,
        author=who.name,
        facility="BRIDGEWAY URGENT CARE",
        date_of_service=seen,
        strings=("BRIDGEWAY URGENT CARE", f"Arrival {dashes(seen)}"),
    )
