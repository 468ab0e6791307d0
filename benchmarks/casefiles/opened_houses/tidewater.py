"""Tidewater Industrial Clinics: an electronic system of walk-in clinics, with bars, pairs and print lines."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from benchmarks.casefiles.dates import after, slashes
from benchmarks.casefiles.draft import PAGE, Draft, grid, paragraphs, said, setup, ticked
from benchmarks.casefiles.opened_houses.days import bare, before, clock, later, own, weekday_cut
from benchmarks.casefiles.opened_houses.fullness import at_first, carried
from benchmarks.casefiles.opened_houses.phrases import age, body, job, lines, past, told
from benchmarks.casefiles.opened_houses.stationery import (
    bar,
    broken,
    bullets,
    fields,
    gap,
    pairs,
    rule,
    sides,
)
from benchmarks.casefiles.world import Person, World

from openimr.terms.records import ExhibitType

HOUSE = "Tidewater Industrial Clinics"
_INK = 'rgb("#1f4e79")'
_SITES = ("Harbor Boulevard", "Airport Center", "Eastgate", "Mission Plaza")


def _page(world: World, visit: date, random: Random, *, printed_after: int = 120) -> str:
    """Return the settings: name and visit in the head of later pages, the hour of printing in the foot."""
    printed = after(random, visit, 1, printed_after)
    head = f"{world.reversed}   DOB {slashes(world.born_on)}   Visit {slashes(visit)}"
    foot = (
        f"Printed: {bare(printed)} {clock(random)} by {random.choice(('mroa', 'kdelgado', 'fd02', 'hims'))}"
    )
    return setup(
        font="Liberation Sans",
        size=random.choice((9, 10, 10.5)),
        margin="x: 0.7in, y: 0.7in",
        header=f"context if counter(page).get().first() > 1 [#set text(size: 7.5pt)\n{said(head)}]",
        footer=f"context [#set text(size: 7pt)\n{said(foot)} #h(1fr) {PAGE}]",
    )


def _top(title: str, doctor: Person, random: Random) -> str:
    name = said(HOUSE, size="15pt", weight='"bold"', fill=_INK)
    address = broken(
        [
            f"{random.choice(_SITES)} Center",
            doctor.street,
            doctor.city,
            f"Ph {doctor.phone}  Fx {doctor.fax}",
        ],
        size="7.5pt",
    )
    return sides(name, address) + rule("1.5pt") + said(title, size="12pt", weight='"bold"') + "\n\n"


def _stay(random: Random) -> str:
    came, left = (
        f"{hour}:{random.randint(10, 59)}" for hour in (random.randint(8, 11), random.randint(1, 5))
    )
    return f"{came} AM / {left} PM"


def _signed(doctor: Person, day: date, random: Random) -> str:
    return (
        gap(8) + said(f"Electronically signed by {doctor.signed} on {slashes(day)} at {clock(random)}") + "\n"
    )


def visit(world: World, random: Random) -> Draft:
    """Return a clinic's progress report with bars over its sections."""
    doctor, seen = world.people["primary"], world.day(random)
    signed = later(random, seen, 5, same=0.6)
    kind = random.choice(("Recheck", "Follow-Up Evaluation", "Injury Recheck"))
    label = random.choice(("Date of Service:", "Visit Date:", "Service Date:", "Date of Visit:"))
    show = random.choice((slashes, weekday_cut))
    source = _page(world, seen, random) + _top(f"Physician's Progress Report: {kind}", doctor, random)
    source += pairs(
        [
            ("Patient:", world.reversed),
            (label, show(seen)),
            ("Employer:", world.employer),
            (
                "Time In / Out:",
                _stay(random),
            ),
            ("DOB / Age:", f"{slashes(world.born_on)} / {age(world, seen)}"),
            ("Date of Injury:", slashes(world.injured_on)),
            ("Claim #:", world.claim),
            ("Case #:", world.chart),
        ]
    )
    for title, section, count in (("SUBJECTIVE", "complaint", 6), ("OBJECTIVE", "exam", 7)):
        source += bar(title) + said(told(world, random, section, random.randint(4, count + 3))) + "\n\n"
    if random.random() < 0.6:
        source += bar("HISTORY") + said(past(world, random, seen, slashes, random.randint(2, 4))) + "\n\n"
    for title, text in carried(world, random, seen, slashes):
        source += bar(title.upper()) + said(text) + "\n\n"
    source += bar("DIAGNOSIS") + bullets([f"{code}  {name}" for code, name in body(world).diagnoses[:2]])
    source += bar("TREATMENT PLAN") + bullets(lines(world, random, "plan", random.randint(3, 6)))
    source += bar("VISITS TO DATE") + _earlier(world, random, seen) if random.random() < 0.4 else ""
    back = after(random, seen, 7, 30)
    source += bar("DISPOSITION") + said(f"Next appointment: {slashes(back)}  {clock(random)}") + "\n\n"
    source += _signed(doctor, signed, random)
    return Draft(
        type=ExhibitType.PROGRESS_REPORT,
        title=f"Physician's Progress Report: {kind}",
        source=source,
        author=doctor.name,
        author_specialty=doctor.specialty,
        facility=HOUSE,
        date_of_service=seen,
        report_date=own(seen, signed),
        strings=(world.claim,),
    )


def _earlier(world: World, random: Random, seen: date) -> str:
    days = sorted({before(random, world, seen, 5, 120) for _ in range(random.randint(2, 5))})
    rows = [
        (slashes(day), random.choice(("Recheck", "PT", "Initial", "No show")), "Tidewater") for day in days
    ]
    return grid([("Date", "Type", "Site"), *rows], "(auto, auto, 1fr)", head=True)


def first(world: World, random: Random) -> Draft:
    """Return the state's first report of an injury as the system fills it."""
    doctor = world.people["primary"]
    seen = after(random, world.injured_on, 0, 12)
    sent = later(random, seen, 4, same=0.5)
    title = "DOCTOR'S FIRST REPORT OF OCCUPATIONAL INJURY OR ILLNESS"
    source = _page(world, seen, random, printed_after=200)
    source += (
        f"#align(center)[{said('STATE OF CALIFORNIA', size='8pt')} \\"
        f" {said(title, weight=chr(34) + 'bold' + chr(34))}]\n"
    )
    note = "Within 5 days of the initial examination the report goes to the insurer of the employer."
    source += said(note, size="7pt") + "\n" + gap(4)
    source += fields(
        [
            [("1. INSURER NAME AND ADDRESS", world.payer)],
            [("2. EMPLOYER NAME", world.employer), ("Policy / claim no.", world.claim)],
            [("5. PATIENT NAME", world.patient), ("6. Sex", " "), ("7. Date of birth", bare(world.born_on))],
            [("9. Occupation", job(random)), ("10. Social security no.", "on file")],
            [
                ("13. Date and hour of injury", f"{bare(world.injured_on)}  {clock(random)}"),
                ("14. Date last worked", bare(world.injured_on)),
            ],
            [
                ("15. Date and hour of first examination or treatment", f"{bare(seen)}  {clock(random)}"),
                ("16. Seen here before?", "No"),
            ],
        ]
    )
    for label, section, count in (
        ("17. DESCRIBE HOW THE ACCIDENT OR EXPOSURE HAPPENED", "accident", 1),
        ("18. SUBJECTIVE COMPLAINTS", "onset", 5),
        ("19. OBJECTIVE FINDINGS  A. Physical examination", "exam", 5),
        ("23. TREATMENT RENDERED / FURTHER TREATMENT", "plan", 3),
    ):
        source += (
            said(label, size="7.5pt")
            + "\n\n"
            + said(told(world, random, section, count))
            + "\n\n"
            + rule("0.4pt")
        )
    if random.random() < 0.5:
        for title, text in at_first(world, random, seen, bare):
            source += said(title.upper(), size="7.5pt") + "\n\n" + said(text) + "\n\n"
        source += paragraphs(world.prose.paragraphs(random, "history", 2))
    code, name = body(world).diagnoses[1]
    source += said(f"20. DIAGNOSIS: {name}   ICD-9 {code}") + "\n\n"
    source += said(
        f"26. WORK STATUS: {ticked(True, 'Modified')} {ticked(False, 'Full')} until"
        f" {bare(after(random, seen, 5, 14))}"
    )
    source += "\n\n" + fields(
        [
            [("Doctor's name and address", f"{HOUSE}, {doctor.street}, {doctor.city}")],
            [
                ("Doctor's signature", f"/s/ {doctor.signed}"),
                ("CA license number", doctor.licence),
                ("Date", bare(sent)),
            ],
        ]
    )
    return Draft(
        type=ExhibitType.FIRST_REPORT,
        title=title,
        source=source,
        author=doctor.name,
        author_specialty=doctor.specialty,
        facility=HOUSE,
        date_of_service=seen,
        report_date=own(seen, sent),
        strings=(world.claim,),
    )


def status(world: World, random: Random) -> Draft:
    """Return one page for the employer: what the patient may do until when."""
    doctor, seen = world.people["primary"], world.day(random)
    back = after(random, seen, 7, 28)
    title = random.choice(("Work Activity Status Report", "Activity Status for Employer"))
    source = _page(world, seen, random) + _top(title, doctor, random)
    source += pairs(
        [
            ("Patient", world.patient),
            ("Service Date", slashes(seen)),
            ("Employer", world.employer),
            ("Injury Date", slashes(world.injured_on)),
            ("Claim Number", world.claim),
            ("Check In", clock(random)),
        ],
        stroke="0.4pt",
    )
    code, name = body(world).diagnoses[0]
    source += bar("Diagnosis") + said(f"{name} ({code})") + "\n\n"
    choice = random.randrange(3)
    kinds = ("Regular duty", "Modified activity", "No work")
    source += bar("Patient Status") + broken([ticked(at == choice, kind) for at, kind in enumerate(kinds)])
    source += said(f"effective {slashes(seen)} until {slashes(back)}") + "\n\n"
    source += bar("Restrictions") + bullets(lines(world, random, "limits", random.randint(2, 5)))
    source += bar("Next Visit(s)") + grid(
        [("Date", "Time", "With"), (slashes(back), clock(random), doctor.doctor)],
        "(1fr, 1fr, 1fr)",
        head=True,
    )
    source += said(f"Provider: {doctor.signed}")
    return Draft(
        type=ExhibitType.WORK_STATUS,
        title=title,
        source=source,
        author=doctor.name,
        author_specialty=doctor.specialty,
        facility=HOUSE,
        date_of_service=seen,
        strings=(world.claim,),
    )


def therapy(world: World, random: Random) -> Draft:
    """Return the clinic's note of one treatment by its therapist."""
    therapist, seen = world.people["therapist"], world.day(random)
    signed = later(random, seen, 3, same=0.7)
    source = _page(world, seen, random) + _top("Physical Therapy Treatment Note", therapist, random)
    number = random.randint(2, 12)
    referred = before(random, world, seen, 5, 40)
    source += pairs(
        [
            ("Patient:", world.reversed),
            ("Visit Date:", slashes(seen)),
            ("Visit #:", f"{number} of {number + random.randint(0, 6)}"),
            ("Referral Date:", slashes(referred)),
            ("Injury Date:", slashes(world.injured_on)),
            ("Initial Eval:", slashes(max(referred, seen - timedelta(days=4 * number)))),
        ]
    )
    for title, section, count in (
        ("S", "therapy_said", 3),
        ("O", "therapy_done", 5),
        ("A / P", "therapy_thought", 3),
    ):
        source += bar(title) + bullets(lines(world, random, section, count))
    rows = [
        ("CPT", "Procedure", "Min"),
        ("97110", "Exercise", "23"),
        ("97140", "Manual techniques", "15"),
        ("97014", "E-stim", "15"),
    ]
    source += grid(rows, "(auto, 1fr, auto)", head=True) + _signed(therapist, signed, random)
    return Draft(
        type=ExhibitType.THERAPY_NOTES,
        title="Physical Therapy Treatment Note",
        source=source,
        author=therapist.name,
        author_specialty=therapist.specialty,
        facility=HOUSE,
        date_of_service=seen,
        report_date=own(seen, signed),
        strings=("97140",),
    )


TIDEWATER = {
    "tide_visit": (visit, 6),
    "tide_first": (first, 3),
    "tide_status": (status, 4),
    "tide_therapy": (therapy, 4),
}
