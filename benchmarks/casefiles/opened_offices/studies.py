"""Images and nerve studies: two houses of radiology, an ultrasound by dictation, two ways of nerve tables."""

from __future__ import annotations

from collections.abc import Sequence
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

_IMAGING, _NERVES = ExhibitType.IMAGING, ExhibitType.ELECTRODIAGNOSTIC


def mri_report(world: World, random: Random) -> Draft:
    """An MRI: labels over values, technique, findings level by level, impression."""
    who, asked, day = staff(world, "open_mri"), staff(world, "orthopedic"), world.day(random)
    read = days.later(random, day, 0, 4)
    title = f"MRI OF THE {world.region.upper()} WITHOUT CONTRAST"
    source = setup(font="Liberation Sans", size=10) + masthead(who, "sides") + space()
    source += (
        boxes(
            [
                ("PATIENT", world.reversed.upper()),
                ("DATE OF BIRTH", days.full(world.born_on)),
                ("EXAM DATE", days.full(day)),
                ("ACCESSION", str(random.randint(10**6, 10**7))),
                ("REFERRING PHYSICIAN", asked.name.upper()),
                ("DATE OF INJURY", days.full(world.injured_on)),
            ],
            "(1.4fr, 1fr, 1fr)",
        )
        + space()
    )
    source += said(title, weight='"bold"') + "\n\n"
    source += section("History", [told(world, random, "complaint", 2, day)], "run") + section(
        "Technique",
        [
            "Multiplanar sequences were acquired at 1.5 Tesla, weighted for T1 and T2, with and without "
            "suppression of fat."
        ],
        "run",
    )
    source += section(
        "Findings",
        [told(world, random, "picture", random.randint(3, 6), day) for _ in range(random.randint(2, 7))],
        "run",
    )
    source += headline("Impression", "caps") + bullets(
        points(world, random, "picture", 4, day), numbered=True
    )
    source += signed(f"{who.name}, {who.credential}", f"Electronically signed: {days.full(read)}", gap=6)
    return paper(_IMAGING, title, source, who, service=day, report=read, strings=(title,))


def plain_films(world: World, random: Random) -> Draft:
    """Plain films read by a large group: days of order, study and signature one under the other."""
    who, day = staff(world, "radiology"), world.day(random)
    ordered, read = days.before(random, world, day), days.later(random, day, 0, 2)
    title = f"X-RAY {world.region.upper()} {random.choice(('2', '3', '4'))} VIEWS"
    source = (
        setup(font="DejaVu Sans", size=9)
        + centred(who.facility.upper(), weight='"bold"', size="12pt")
        + centred("Final Report")
    )
    source += (
        labels(
            [
                ("Patient:", world.reversed),
                ("MRN:", world.chart),
                ("DOB:", days.server(world.born_on)),
                ("Ordered:", days.server(ordered)),
                ("Study date:", f"{days.server(day)} 1{random.randint(0, 9)}:{random.randint(10, 59)}"),
                ("Reported:", f"{days.server(read)} 1{random.randint(0, 9)}:{random.randint(10, 59)}"),
                ("Procedure:", title),
                ("Status:", "Final"),
            ],
            2,
            size=9,
        )
        + space()
    )
    for heading, count in (("CLINICAL INDICATION", 1), ("FINDINGS", 5), ("IMPRESSION", 2)):
        source += section(
            heading, [told(world, random, "complaint" if count == 1 else "picture", count, day)], "run"
        )
    source += (
        said(
            f"Interpreted by: {who.name}, {who.credential}. This report was verified electronically on "
            f"{days.server(read)}."
        )
        + "\n"
    )
    return paper(_IMAGING, title, source, who, service=day, report=read, strings=(title,))


def ultrasound_letter(world: World, random: Random) -> Draft:
    """An ultrasound dictated as a letter; the day of the study stands in its first sentence."""
    who, day = staff(world, "radiology"), world.day(random)
    typed = days.later(random, day, 1, 4)
    title = f"DIAGNOSTIC ULTRASOUND, {world.region.upper()}"
    source = (
        setup(font="Liberation Serif", size=11.5)
        + masthead(who, "left")
        + space()
        + said(days.words(typed))
        + "\n\n"
        + lines(f"RE: {world.patient}", f"Claim {world.claim}")
        + said(title, weight='"bold"')
        + "\n\n"
    )
    opening = f"High-frequency linear ultrasound of the {world.region} was performed on {days.words(day)}."
    source += paragraphs(
        [opening, told(world, random, "picture", 7, day), told(world, random, "picture", 5, day)]
    ) + section("Conclusion", [told(world, random, "picture", 2, day)], "bold")
    source += signed(f"{who.name}, {who.credential}", who.specialty)
    return paper(_IMAGING, title, source, who, service=day, report=typed, strings=(title, world.claim))


def _nerve_rows(random: Random) -> Sequence[tuple[str, ...]]:
    return [("Nerve / Site", "Latency ms", "Amplitude", "Distance mm", "Velocity m/s")] + [
        (
            f"{side} {nerve} - {site}",
            f"{random.uniform(2, 7):.1f}",
            f"{random.uniform(1, 30):.1f}",
            str(random.randint(70, 290)),
            str(random.randint(38, 64)),
        )
        for nerve, site in (
            ("Median", "wrist"),
            ("Median", "elbow"),
            ("Ulnar", "wrist"),
            ("Ulnar", "below elbow"),
            ("Peroneal", "ankle"),
            ("Tibial", "ankle"),
            ("Sural", "calf"),
        )
        for side in ("L", "R")
    ]


def _muscle_rows(random: Random) -> Sequence[tuple[str, ...]]:
    muscles = (
        "Deltoid",
        "Biceps",
        "Triceps",
        "Abd. poll. brevis",
        "First dorsal int.",
        "Vastus medialis",
        "Tibialis anterior",
        "Gastrocnemius",
        "Paraspinals",
    )
    return [("Muscle", "Fibs", "PSW", "Amp", "Dur", "Recruit")] + [
        (
            one,
            random.choice(("0", "1+", "2+")),
            random.choice(("0", "1+")),
            "Nml",
            "Nml",
            random.choice(("Full", "Reduced")),
        )
        for one in muscles
    ]


def nerve_machine(world: World, random: Random) -> Draft:
    """What the machine prints: name and days at the top, tables, a short interpretation."""
    who, day = staff(world, "neurology"), world.day(random)
    title = "EMG / NCV Report"
    source = (
        setup(
            font="Liberation Sans",
            size=9,
            footer=running(f"{world.reversed} {world.chart}   Test of {days.plain(day)}", all_pages=True),
        )
        + centred(who.facility, weight='"bold"', size="13pt")
        + centred(title)
    )
    source += (
        boxes(
            [
                ("Full Name", world.patient),
                ("Test Date", days.plain(day)),
                ("Birthdate", days.plain(world.born_on)),
                ("Patient ID", world.chart),
                ("Physician", f"{who.name}, {who.credential}"),
                ("Height", f"5 feet {random.randint(0, 11)} inch"),
            ],
            "(1fr, 1fr, 1fr)",
        )
        + space()
    )
    source += (
        section("Patient complaints", [told(world, random, "complaint", 3, day)], "bold")
        + headline("Motor and sensory nerve conduction", "bar")
        + grid(_nerve_rows(random), "(2fr, 1fr, 1fr, 1fr, 1fr)", head=True)
    )
    source += headline("Needle EMG", "bar") + grid(
        _muscle_rows(random), "(2fr, 1fr, 1fr, 1fr, 1fr, 1fr)", head=True
    )
    source += section("Interpretation", [told(world, random, "nerve", 5, day)], "bold") + signed(
        f"{who.name}, {who.credential}"
    )
    return paper(_NERVES, title, source, who, service=day, strings=(title, world.chart))


def nerve_letter(world: World, random: Random) -> Draft:
    """A nerve study as a letter to the doctor who asked, tables on the pages behind."""
    who, asked, day = staff(world, "neurology"), staff(world, "pain"), world.day(random)
    title = "ELECTRODIAGNOSTIC CONSULTATION"
    source = (
        setup(
            font="New Computer Modern",
            size=11,
            header=running(f"{world.patient} - Electrodiagnostic study of {days.full(day)}"),
        )
        + masthead(who, "sides")
        + space()
    )
    source += lines(f"{asked.name}, {asked.credential}", asked.facility) + centred(title, weight='"bold"')
    source += (
        labels(
            [
                ("Patient:", world.patient),
                ("Date of birth:", days.full(world.born_on)),
                ("Date of study:", days.full(day)),
                ("Claim number:", world.claim),
            ]
        )
        + space()
    )
    source += (
        said(f"Dear Dr. {asked.name.split()[-1]}:")
        + "\n\n"
        + paragraphs(
            [
                told(world, random, "past", 5, day),
                told(world, random, "finding", 6, day),
                told(world, random, "nerve", 8, day),
            ]
        )
    )
    source += (
        section(
            "Conclusion",
            [told(world, random, "nerve", 3, day), told(world, random, "opinion", 2, day)],
            "bold",
        )
        + said("With kind regards,")
        + "\n\n"
        + signed(f"{who.name}, {who.credential}")
    )
    source += grid(_nerve_rows(random), "(2fr, 1fr, 1fr, 1fr, 1fr)", head=True) + grid(
        _muscle_rows(random), "(2fr, 1fr, 1fr, 1fr, 1fr, 1fr)", head=True
    )
    return paper(_NERVES, title, source, who, service=day, strings=(title, world.claim))
