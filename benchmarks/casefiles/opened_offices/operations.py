"""Operations and injections, as a hospital's system, a surgery center and an office write them."""

from __future__ import annotations

from random import Random
from textwrap import wrap

from benchmarks.casefiles.draft import Draft, centred, grid, paragraphs, said, setup
from benchmarks.casefiles.opened_offices import days
from benchmarks.casefiles.opened_offices.sheet import (
    boxes,
    bullets,
    headline,
    labels,
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

_OPERATION = ExhibitType.OPERATIVE_REPORT
_WIDTH, _ROWS = 78, 56


def hospital_operation(world: World, random: Random) -> Draft:
    """An operation from a hospital's line printer, with admission, dictation and typing in machine days."""
    who, day = staff(world, "hospital"), world.day(random)
    typed = days.later(random, day, 1, 3)
    title = "OPERATIVE REPORT"
    head = [
        who.facility.center(_WIDTH),
        title.center(_WIDTH),
        "",
        f"PATIENT: {world.reversed.upper():<36}MED REC #: {world.chart}",
        f"SURGEON: {who.name}, {who.credential}".ljust(45) + f"DOB: {days.military(world.born_on)}",
        f"DATE OF ADMISSION: {days.military(day)}".ljust(45) + "ROOM: OPS",
        f"DATE OF OPERATION: {days.military(day)}",
        "-" * _WIDTH,
    ]
    body: list[str] = []
    for heading, topic, count in (
        ("PREOPERATIVE DIAGNOSIS", "opinion", 2),
        ("POSTOPERATIVE DIAGNOSIS", "opinion", 2),
        ("INDICATIONS", "past", 5),
        ("FINDINGS", "picture", 4),
        ("DESCRIPTION OF PROCEDURE", "theatre", 22),
        ("DISPOSITION", "next", 3),
    ):
        body += ["", f"{heading}:", *wrap(told(world, random, topic, count, day), _WIDTH)]
    body += [
        "",
        "",
        f"{who.name}, {who.credential}",
        "",
        f"JOB: {random.randint(10_000, 99_999)}   D: {days.military(day)} "
        f"1{random.randint(0, 9)}:{random.randint(10, 59)}   T: {days.military(typed)} "
        f"0{random.randint(1, 9)}:{random.randint(10, 59)}",
        "AUTHENTICATED BY SURGEON",
    ]
    pages: list[tuple[str, ...]] = []
    rest = head + body
    while rest:
        pages.append((*rest[:_ROWS], "", f"{title}   {world.reversed.upper()}   PAGE {len(pages) + 1}"))
        rest = rest[_ROWS:]
    return Draft(
        type=_OPERATION,
        title=title,
        lines=tuple(pages),
        author=who.name,
        author_specialty=who.specialty,
        facility=who.facility,
        date_of_service=day,
        report_date=typed,
        strings=(world.chart, title),
    )


def center_operation(world: World, random: Random) -> Draft:
    """An operation in a surgery center: labels over values, numbered lists, a long description."""
    who, day = staff(world, "surgicenter"), world.day(random)
    title = "Operative Report"
    source = (
        setup(
            font="Liberation Serif",
            size=10.5,
            header=running(f"{world.patient}  {title}  {days.full(day)}", numbers=False),
        )
        + masthead(who, "centred", "An Ambulatory Surgery Center")
        + centred(title, weight='"bold"', size="14pt")
    )
    source += (
        boxes(
            [
                ("Patient name", world.patient),
                ("Date of surgery", days.full(day)),
                ("Date of birth", days.full(world.born_on)),
                ("Account", world.chart),
                ("Surgeon", f"{who.name}, {who.credential}"),
                ("Anesthesia", random.choice(("General", "MAC", "Regional block"))),
            ],
            "(1fr, 1fr, 1fr)",
        )
        + space()
    )
    for heading in ("Preoperative diagnoses", "Postoperative diagnoses"):
        source += headline(heading, "underlined") + bullets(
            points(world, random, "opinion", 3, day), numbered=True
        )
    source += section("Indications", [told(world, random, "past", 5, day)], "underlined")
    source += section("Findings", [told(world, random, "picture", 4, day)], "underlined")
    source += section(
        "Procedure in detail",
        [told(world, random, "theatre", 9, day) for _ in range(random.randint(2, 4))],
        "underlined",
    )
    source += section("Estimated blood loss", [f"{random.randint(5, 90)} cc"], "underlined") + signed(
        f"{who.name}, {who.credential}"
    )
    return paper(_OPERATION, title, source, who, service=day, strings=(world.chart,))


def epidural_note(world: World, random: Random) -> Draft:
    """An injection under fluoroscopy at a pain clinic."""
    who, day = staff(world, "pain"), world.day(random)
    title = random.choice(
        (
            "PROCEDURE NOTE: TRANSFORAMINAL EPIDURAL STEROID INJECTION",
            "PROCEDURE REPORT: FACET JOINT INJECTION",
            "PROCEDURE REPORT: MEDIAL BRANCH BLOCK",
        )
    )
    source = (
        setup(font="Liberation Sans", size=10)
        + masthead(who, "band")
        + space()
        + said(title, weight='"bold"')
        + "\n\n"
    )
    label = random.choice(("Date of procedure", "Procedure date", "DOS"))
    source += (
        labels(
            [
                ("Patient", world.patient),
                (label, days.plain(day)),
                ("DOB", days.plain(world.born_on)),
                ("Date of injury", days.plain(world.injured_on)),
                ("Physician", f"{who.name}, {who.credential}"),
                ("Claim", world.claim),
            ],
            2,
        )
        + space()
    )
    for heading, topic, count in (
        ("Diagnosis", "opinion", 2),
        ("Indication", "complaint", 4),
        ("Consent and technique", "theatre", 10),
        ("Post-procedure", "next", 3),
    ):
        source += section(heading, [told(world, random, topic, count, day)], "bold")
    source += grid(
        [("Time", "BP", "Pulse", "SpO2", "Pain")]
        + [
            (
                f"{random.randint(8, 11)}:{random.randint(10, 59)}",
                f"{random.randint(110, 150)}/{random.randint(60, 90)}",
                str(random.randint(55, 95)),
                f"{random.randint(95, 100)}%",
                f"{random.randint(0, 8)}/10",
            )
            for _ in range(3)
        ],
        "(1fr, 1fr, 1fr, 1fr, 1fr)",
        head=True,
    )
    source += signed(f"{who.name}, {who.credential}")
    return paper(_OPERATION, title, source, who, service=day, strings=(world.claim, title))


def office_injection(world: World, random: Random) -> Draft:
    """Half a sheet about an injection in the office."""
    who, day = staff(world, "orthopedic"), world.day(random)
    title = "Injection Record"
    source = (
        setup(font="Libertinus Serif", size=11.5)
        + masthead(who, "sides")
        + space()
        + said(title, weight='"bold"', size="13pt")
        + "\n\n"
    )
    opening = (
        f"On {days.words(day)}, after verbal consent, {world.patient} received an injection of "
        f"{random.randint(1, 3)} cc of Kenalog and lidocaine into the {world.region}."
    )
    source += paragraphs(
        [
            opening,
            told(world, random, "theatre", 3, day),
            f"Lot {random.choice('ABC')}{random.randint(1000, 9999)}, expires "
            f"{random.randint(1, 12):02d}/{day.year + 2}.",
        ]
    ) + signed(f"{who.name}, {who.credential}")
    return paper(_OPERATION, title, source, who, service=day, strings=(title,))
