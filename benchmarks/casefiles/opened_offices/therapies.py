"""Therapists: first evaluations, daily notes in a row, cards of a chiropractor, needles, discharge."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from random import Random

from benchmarks.casefiles.draft import Draft, centred, grid, paragraphs, said, setup
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
)
from benchmarks.casefiles.opened_offices.speech import points, told
from benchmarks.casefiles.world import World

from openimr.terms.records import ExhibitType

_THERAPY = ExhibitType.THERAPY_NOTES
_POINTS = ("LI4", "LR3", "BL23", "BL40", "GB34", "ST36", "SI3", "GB20", "Ashi")


def therapy_start(world: World, random: Random) -> Draft:
    """A first evaluation with a table of measures, goals and a plan of care to be signed."""
    who, asked, day = staff(world, "therapy"), staff(world, "orthopedic"), world.day(random)
    title = "Physical Therapy Initial Evaluation"
    source = (
        setup(
            font="DejaVu Sans",
            size=8.5,
            header=running(
                f"{title}   Patient: {world.reversed}   Date of Visit: {days.full(day)}", all_pages=True
            ),
        )
        + masthead(who, "sides")
        + space()
    )
    source += (
        labels(
            [
                ("Patient Name", world.reversed),
                ("Date of Initial Visit", days.full(day)),
                ("Date of Birth", days.full(world.born_on)),
                ("Injury/Onset Date", days.full(world.injured_on)),
                ("Referring Physician", asked.name),
                ("Visit No.", "1 / 12"),
                ("Payer", world.payer),
                ("Claim", world.claim),
            ],
            2,
            size=8.5,
        )
        + space()
    )
    source += section(
        "Subjective", [told(world, random, "complaint", 7, day), told(world, random, "past", 4, day)], "bar"
    )
    rows = [("Motion", "Left", "Right", "Pain")] + [
        (one, f"{random.randint(20, 170)}", f"{random.randint(20, 170)}", random.choice(("-", "+", "++")))
        for one in (
            "Flexion",
            "Extension",
            "Abduction",
            "Internal rotation",
            "External rotation",
            "Side bend",
        )
    ]
    source += (
        headline("Objective", "bar")
        + grid(rows, "(2fr, 1fr, 1fr, 1fr)", head=True)
        + paragraphs([told(world, random, "finding", 6, day)])
    )
    source += (
        section(
            "Assessment",
            [told(world, random, "opinion", 2, day), told(world, random, "session", 3, day)],
            "bar",
        )
        + headline("Goals", "bar")
        + bullets(
            [
                f"{one} By {days.full(day + timedelta(days=random.randint(20, 60)))}."
                for one in points(world, random, "session", 4, day)
            ],
            numbered=True,
        )
    )
    source += (
        section(
            "Plan of care",
            [
                f"Frequency {random.randint(2, 3)} per week for {random.randint(4, 6)} weeks.",
                told(world, random, "session", 4, day),
            ],
            "bar",
        )
        + said(
            f"{who.name}, {who.credential}   License #{who.licence}. Electronically signed {days.full(day)}."
        )
        + "\n"
    )
    return paper(_THERAPY, title, source, who, service=day, strings=(title, world.claim))


def therapy_daily(world: World, random: Random) -> Sequence[Draft]:
    """Daily notes of one course of therapy, one a page."""
    who, day, found = staff(world, "therapy"), world.day(random), []
    for visit in range(random.randint(2, 6)):
        source = (
            setup(font="DejaVu Sans", size=9)
            + said("Daily Note / Billing Sheet", weight='"bold"', size="13pt")
            + "\n\n"
            + labels(
                [
                    ("Patient", world.reversed),
                    ("Date of Daily Note", days.full(day)),
                    ("DOB", days.full(world.born_on)),
                    ("Visit", f"{visit + 2} of 12"),
                    ("Clinic", who.facility),
                    ("Injury", days.full(world.injured_on)),
                ],
                2,
                size=9,
            )
            + space()
        )
        for heading, topic, count in (
            ("Subjective", "complaint", 2),
            ("Objective", "session", 4),
            ("Assessment", "session", 2),
            ("Plan", "session", 1),
        ):
            source += section(heading, [told(world, random, topic, count, day)], "bar")
        source += (
            grid(
                [("CPT", "Description", "Minutes", "Units")]
                + [
                    (code, name, str(random.randint(8, 30)), str(random.randint(1, 2)))
                    for code, name in random.sample(
                        (
                            ("97110", "Therapeutic exercise"),
                            ("97140", "Manual therapy"),
                            ("97014", "Electrical stimulation"),
                            ("97530", "Activities"),
                        ),
                        3,
                    )
                ],
                "(1fr, 3fr, 1fr, 1fr)",
                head=True,
            )
            + said(f"{who.name}, {who.credential}")
            + "\n"
        )
        found.append(
            paper(_THERAPY, "Daily Note", source, who, service=day, strings=("Daily Note", world.reversed))
        )
        day = days.later(random, day, 1, 4)
    return found


def therapy_discharge(world: World, random: Random) -> Draft:
    """The last visit: day of start, day of discharge, count of visits."""
    who, day = staff(world, "therapy"), world.day(random)
    title = "DISCHARGE SUMMARY"
    source = (
        setup(font="Liberation Sans", size=10)
        + masthead(who, "left")
        + centred(title, weight='"bold"')
        + boxes(
            [
                ("Patient", world.patient),
                ("Start of care", days.plain(days.before(random, world, day))),
                ("Date of this visit", days.plain(day)),
                ("Visits attended / missed", f"{random.randint(5, 12)} / {random.randint(0, 3)}"),
            ],
            "(1.3fr, 1fr, 1fr, 1fr)",
        )
        + space()
    )
    source += (
        paragraphs([told(world, random, "session", 7, day), told(world, random, "finding", 5, day)])
        + section(
            "Reason for discharge",
            [random.choice(("Goals met in part.", "Plateau.", "Authorization was used up."))],
            "bold",
        )
        + signed(f"{who.name}, {who.credential}")
    )
    return paper(_THERAPY, title, source, who, service=day, strings=(title,))


def chiropractic_slips(world: World, random: Random) -> Sequence[Draft]:
    """Slips of a chiropractor, short and without a proper heading."""
    who, day, found = staff(world, "chiropractic"), world.day(random), []
    for _ in range(random.randint(1, 4)):
        source = (
            setup(font="Liberation Serif", size=12, margin="x: 1.2in, y: 1.2in")
            + lines(who.facility, f"{who.name}, {who.credential}", who.phone)
            + space()
            + grid([("Pt", world.patient, "Date", days.brief(day))], "(0.4fr, 2fr, 0.6fr, 1fr)")
        )
        for letter, topic, count in (
            ("S", "complaint", 2),
            ("O", "finding", 3),
            ("A", "opinion", 1),
            ("P", "session", 2),
        ):
            source += said(f"{letter}:  {told(world, random, topic, count, day)}") + "\n\n"
        source += (
            said(
                f"CMT {random.choice(('98940', '98941', '98942'))}; levels "
                f"{random.choice(('L4 L5', 'C5 T1', 'C2 C6 T4', 'L3 S1'))}; next "
                f"{random.choice(('Mon', 'Wed', 'Fri'))}"
            )
            + "\n"
        )
        found.append(
            paper(_THERAPY, "Chiropractic treatment slip", source, who, service=day, strings=(world.patient,))
        )
        day = days.later(random, day, 2, 5)
    return found


def chiropractic_reexam(world: World, random: Random) -> Draft:
    """A reexamination by a chiropractor with scored questionnaires."""
    who, day = staff(world, "chiropractic"), world.day(random)
    title = "CHIROPRACTIC RE-EXAMINATION"
    source = (
        setup(
            font="Libertinus Serif", size=11, header=running(f"{world.patient}  Re-exam {days.hyphens(day)}")
        )
        + masthead(who, "centred")
        + centred(title, weight='"bold"')
        + labels(
            [
                ("Patient", world.patient),
                ("Re-exam date", days.hyphens(day)),
                ("Injury date", days.hyphens(world.injured_on)),
                ("Claim", world.claim),
            ],
            2,
        )
        + space()
    )
    source += grid(
        [("Outcome tool", "First", "Last", "Today")]
        + [
            (one, *(f"{random.randint(8, 70)}%" for _ in range(3)))
            for one in ("Oswestry", "Neck Disability Index", "Roland-Morris")
        ],
        "(2fr, 1fr, 1fr, 1fr)",
        head=True,
    )
    for heading, topic, count in (
        ("Progress", "complaint", 6),
        ("Findings", "finding", 9),
        ("Treatment given", "session", 6),
        ("Plan", "next", 4),
    ):
        source += section(heading, [told(world, random, topic, count, day)], "bold")
    source += signed(f"{who.name}, {who.credential}", f"DC {who.licence[1:]}")
    return paper(_THERAPY, title, source, who, service=day, strings=(title, world.claim))


def acupuncture_notes(world: World, random: Random) -> Sequence[Draft]:
    """Sessions with needles: tongue, pulse and points, one a sheet."""
    who, day, found = staff(world, "acupuncture"), world.day(random), []
    for visit in range(random.randint(1, 4)):
        title = "Acupuncture Treatment Record"
        source = (
            setup(font="New Computer Modern", size=11)
            + masthead(who, "left")
            + centred(title, weight='"bold"')
            + boxes(
                [
                    ("Name", world.patient),
                    ("Treatment date", days.padded(day)),
                    ("Tx #", str(visit + 1)),
                    ("DOI", days.padded(world.injured_on)),
                ],
                "(2fr, 1fr, 0.5fr, 1fr)",
            )
            + space()
        )
        source += paragraphs(
            [
                told(world, random, "complaint", 3, day),
                f"Tongue {random.choice(('pale', 'red', 'purple'))}, pulse "
                f"{random.choice(('wiry', 'thready', 'slippery'))}.",
                f"Points: {', '.join(random.sample(_POINTS, 5))}.",
                told(world, random, "session", 3, day),
            ]
        ) + signed(f"{who.name}, {who.credential}", gap=10)
        found.append(paper(_THERAPY, title, source, who, service=day, strings=(title,)))
        day = days.later(random, day, 3, 8)
    return found
