"""Reports of treating physicians: the state's form, dictation, and two electronic records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from benchmarks.casefiles.draft import Draft, centred, grid, paragraphs, said, setup, ticked
from benchmarks.casefiles.opened_offices import days
from benchmarks.casefiles.opened_offices.sheet import (
    boxes,
    bullets,
    headline,
    labels,
    lines,
    masthead,
    paper,
    running,
    section,
    signed,
    space,
    staff,
    title_of_address,
)
from benchmarks.casefiles.opened_offices.speech import points, told
from benchmarks.casefiles.world import World

from openimr.terms.records import ExhibitType

_PROGRESS = ExhibitType.PROGRESS_REPORT
_PR2 = "PRIMARY TREATING PHYSICIAN'S PROGRESS REPORT (PR-2)"


def pr2_form(world: World, random: Random) -> Draft:
    """The state's form: boxes, ticks, and the day of the examination beside the signature."""
    who, day = staff(world, "industrial"), world.day(random)
    write = random.choice((days.full, days.plain, days.padded))
    box = random.randrange(5)
    reasons = (
        "Periodic Report (required 45 days after last report)",
        "Change in treatment plan",
        "Released from care",
        "Change in work status",
        "Need for referral or consultation",
    )
    source = setup(
        font="Liberation Sans",
        size=9.5,
        margin="x: 0.7in, y: 0.6in",
        footer=running("DWC Form PR-2 (Rev. 06-05)", all_pages=True),
    )
    source += lines("State of California", "Division of Workers' Compensation")
    source += centred(_PR2, weight='"bold"', size="12pt") + space(4)
    source += said("Check the box(es) which indicate why you are submitting a report at this time.") + "\n\n"
    source += paragraphs([ticked(number == box, text) for number, text in enumerate(reasons)])
    source += boxes(
        [("Last", world.last), ("First", world.first), ("M.I.", ""), ("Sex", random.choice("MF"))],
        "(2fr, 2fr, 0.5fr, 0.5fr)",
    )
    source += boxes(
        [
            ("Date of Injury", write(world.injured_on)),
            ("Date of Birth", write(world.born_on)),
            ("Occupation", random.choice(("Packer", "Driver", "Custodian"))),
        ],
        "(1fr, 1fr, 1fr)",
    )
    source += (
        boxes(
            [
                ("Claims Administrator: Name", world.payer),
                ("Claim Number", world.claim),
                ("Employer", world.employer),
            ],
            "(1fr, 1fr, 1fr)",
        )
        + space()
    )
    source += section("Subjective complaints:", [told(world, random, "complaint", 5, day)], "bold")
    source += section(
        "Objective findings: (Include significant physical examination, laboratory, imaging, or other "
        "diagnostic findings.)",
        [told(world, random, "finding", 6, day)],
        "bold",
    )
    source += section("Diagnoses:", [], "bold") + bullets(
        points(world, random, "opinion", 4, day), numbered=True
    )
    source += section(
        "Treatment Plan:",
        [told(world, random, "next", random.randint(6, 12), day), told(world, random, "drugs", 4, day)],
        "bold",
    )
    source += headline("Work Status: This patient has been instructed to:", "bold")
    source += paragraphs(
        [
            ticked(False, "Remain off-work until"),
            ticked(
                True,
                f"Return to modified work on {write(days.later(random, day, 1, 4))} with the "
                f"following limitations or restrictions: no lifting over {random.randint(1, 5) * 5} lb",
            ),
            ticked(False, "Return to full duty on ____ with no limitations or restrictions"),
        ]
    )
    source += headline("Primary Treating Physician: (original signature, do not stamp)", "bold")
    source += (
        "#block(breakable: "
        f"false)[{boxes([('Date of exam', write(day)), ('Cal. Lic. #', who.licence)], '(1fr, 1fr)')}"
    )
    source += (
        said(
            "I declare under penalty of perjury that this report is true and correct to the best of my "
            "knowledge and that I have not violated Labor Code section 139.3."
        )
        + "\n\n"
    )
    report = days.later(random, day, 0, 5)
    source += boxes(
        [("Signature", ""), ("Executed at", who.city), ("Date", write(report))], "(2fr, 1fr, 1fr)"
    )
    source += (
        boxes(
            [("Name", f"{who.name}, {who.credential}"), ("Specialty", who.specialty), ("Phone", who.phone)],
            "(1fr, 1fr, 1fr)",
        )
        + "]\n"
    )
    return paper(_PROGRESS, _PR2, source, who, service=day, report=report, strings=(world.claim, _PR2))


def dictated_pr2(world: World, random: Random) -> Draft:
    """A dictated narrative in place of the form, with the typist's lines at its end."""
    who, day = staff(world, "orthopedic"), world.day(random)
    typed = days.later(random, day, 1, 9)
    head = random.choice(("DATE OF EXAM", "DATE OF EXAMINATION", "DATE OF SERVICE", "EXAM DATE"))
    name = f"{title_of_address(world)} {world.last}"
    source = setup(
        font="Liberation Serif",
        size=11,
        header=running(f"{world.patient} / {days.words(day)}"),
        justify=False,
    )
    source += masthead(who, "centred", "Diplomates, American Board of Orthopaedic Surgery")
    source += lines(world.payer, f"Attn: {world.adjuster}", "Claims Department")
    source += (
        labels(
            [
                ("PATIENT:", world.patient.upper()),
                ("EMPLOYER:", world.employer),
                ("CLAIM NO.:", world.claim),
                ("DATE OF INJURY:", days.words(world.injured_on)),
                ("DATE OF BIRTH:", days.words(world.born_on)),
                (f"{head}:", days.words(day)),
            ]
        )
        + space()
    )
    title = "PRIMARY TREATING PHYSICIAN'S PROGRESS REPORT WITH REQUEST FOR AUTHORIZATION"
    source += centred(title, weight='"bold"') + space()
    source += said("Dear Claims Examiner:") + "\n\n"
    source += (
        said(
            f"{name} was reexamined in my office. This report is submitted under section 9785 of the "
            "regulations."
        )
        + "\n\n"
    )
    for heading, topic, count in (
        ("Interval history", "complaint", 8),
        ("Prior treatment", "past", 5),
        ("Current medications", "drugs", 6),
        ("Physical examination", "finding", 11),
        ("Diagnostic impression", "opinion", 4),
        ("Discussion", "next", 7),
        ("Work status", "next", 3),
    ):
        source += section(heading, [told(world, random, topic, count, day)], "caps")
    source += said("Thank you for the opportunity to take part in the care of this patient.") + "\n\n"
    source += signed(
        f"{who.name}, {who.credential}", "Board Certified Orthopaedic Surgeon", f"License {who.licence}"
    )
    source += lines(
        f"{''.join(part[0] for part in who.name.split())}/kt",
        f"D: {days.padded(day)}",
        f"T: {days.padded(typed)}",
    )
    return paper(_PROGRESS, title, source, who, service=day, report=typed, strings=(world.claim, title))


def _chart_visit(world: World, random: Random, day: date, printed: str, label: str) -> Draft:
    who = staff(world, "industrial")
    # Every third print-out names the day of the visit in the running header alone.
    at = f"{random.randint(8, 16):02d}:{random.randint(10, 59)}"
    when = (label, f"{days.full(day)} {at}") if random.random() < 0.7 else ("Time in", at)
    title = random.choice(("Recheck Visit", "Follow Up Visit", "Office Visit - Workers Comp"))
    banner = (
        f"Patient: {world.reversed}   MRN: {world.chart}   DOB: {days.full(world.born_on)}   {label}: "
        f"{days.full(day)}"
    )
    source = setup(
        font="DejaVu Sans",
        size=8.5,
        margin="x: 0.6in, y: 0.8in",
        header=f"[#set text(size: 7.5pt)\n{said(banner)}]",
        footer=running(f"{who.facility}   Printed on {printed}", all_pages=True, numbers=False),
    )
    source += headline(title, "bold")
    source += labels(
        [
            ("Provider", f"{who.name}, {who.credential}"),
            ("Employer", world.employer),
            when,
            ("Injury date", days.full(world.injured_on)),
            ("Payer", world.payer),
            ("Claim #", world.claim),
        ],
        2,
        size=8.5,
    ) + space(4)
    for heading, topic, count in (
        ("Chief Complaint", "complaint", 2),
        ("History of Present Illness", "complaint", 7),
        ("Past Medical / Surgical History", "past", 6),
        ("Medications", "drugs", 5),
    ):
        source += section(heading, [told(world, random, topic, count, day)], "bar")
    signs = [
        ("Temp", "BP", "Pulse", "Resp", "Weight", "Pain"),
        (
            f"98.{random.randint(0, 9)}",
            f"{random.randint(108, 148)}/{random.randint(62, 94)}",
            str(random.randint(58, 99)),
            "16",
            f"{random.randint(120, 260)} lb",
            f"{random.randint(2, 9)}/10",
        ),
    ]
    source += headline("Vital Signs", "bar") + grid(signs, "(1fr, 1fr, 1fr, 1fr, 1fr, 1fr)", head=True)
    source += section("Physical Exam", points(world, random, "finding", 10, day), "bar")
    source += headline("Assessment", "bar") + bullets(
        [
            f"{random.choice(('847.2', '724.4', '726.10', '836.0', 'S33.5XXD', 'M54.16'))} - {one}"
            for one in points(world, random, "opinion", 4, day)
        ],
        numbered=True,
    )
    source += headline("Plan", "bar") + bullets(points(world, random, "next", 8, day))
    rows = [("Activity", "Allowed", "Limit")] + [
        (act, random.choice(("Yes", "No", "Limited")), random.choice(("-", "10 lb", "20 min/hr")))
        for act in ("Lift/Carry", "Push/Pull", "Climb", "Stand", "Reach above shoulder", "Kneel")
    ]
    source += headline("Work Activity Status", "bar") + grid(rows, "(2fr, 1fr, 1fr)", head=True)
    sign = days.later(random, day, 0, 2)
    source += (
        said(
            f"Electronically signed by {who.name}, {who.credential} on {days.full(sign)} "
            f"{random.randint(1, 11)}:{random.randint(10, 59)} PM"
        )
        + "\n"
    )
    return paper(_PROGRESS, title, source, who, service=day, report=sign, strings=(world.claim, title))


def _printed(random: Random, day: date, low: int, high: int) -> str:
    printed_on = days.later(random, day, low, high)
    return f"{days.full(printed_on)} at {random.randint(8, 17)}:{random.randint(10, 59)}"


def chart_visit(world: World, random: Random) -> Draft:
    """A visit out of an electronic record, with the day of the encounter in the head of every page."""
    day = world.day(random)
    label = random.choice(("Encounter Date", "Visit Date", "Date of Service", "DOS"))
    return _chart_visit(world, random, day, _printed(random, day, 30, 400), label)


def two_visits(world: World, random: Random) -> Sequence[Draft]:
    """Two visits of one print-out: two documents, though both were printed the same day."""
    first = world.day(random)
    second = days.later(random, first, 14, 60)
    printed = _printed(random, second, 20, 300)
    return [_chart_visit(world, random, day, printed, "Encounter Date") for day in (first, second)]


def portal_visit(world: World, random: Random) -> Draft:
    """A visit as a hospital's portal prints it: the day of printing first, then many other days."""
    who, day = staff(world, "hospital"), world.day(random)
    printed_on = days.later(random, day, 60, 500)
    source = setup(
        font="Liberation Sans",
        size=9,
        margin="x: 0.8in, y: 0.7in",
        header=running(
            f"{world.reversed} (MR # 0{world.chart})   Printed by {who.name.split()[-1].upper()}J at "
            f"{days.brief(printed_on)} 3:{random.randint(10, 59)} PM",
            all_pages=True,
        ),
    )
    source += space(4) + labels(
        [
            (
                "Patient Info",
                f"{world.reversed}, {random.choice(('Male', 'Female'))}, {days.plain(world.born_on)}",
            ),
            ("Visit Date", f"{days.plain(day)} {random.randint(8, 11)}:20 AM"),
            ("Department", f"{who.facility} OCC MED"),
            ("Provider", f"{who.name}, {who.credential} (Orthopedics)"),
        ],
        1,
    )
    source += section(
        "Progress Notes",
        [f"{who.name}, {who.credential} at {days.plain(day)} 10:{random.randint(10, 59)} AM. Status: Signed"],
        "bold",
    )
    source += paragraphs(
        [
            told(world, random, topic, count, day)
            for topic, count in (("complaint", 6), ("past", 7), ("finding", 10), ("opinion", 3), ("next", 7))
        ]
    )
    rows = [("Problem List", "Noted", "Resolved")] + [
        (one, days.plain(days.before(random, world, day)), "-")
        for one in points(world, random, "opinion", 5, day)
    ]
    source += grid(rows, "(3fr, 1fr, 1fr)", head=True)
    orders = [("Orders Placed", "Date", "Status")] + [
        (one, days.plain(day + timedelta(days=random.randint(0, 9))), random.choice(("Completed", "Pending")))
        for one in points(world, random, "next", 4, day)
    ]
    source += grid(orders, "(3fr, 1fr, 1fr)", head=True)
    return paper(_PROGRESS, "Progress Notes", source, who, service=day, strings=(world.reversed,))
