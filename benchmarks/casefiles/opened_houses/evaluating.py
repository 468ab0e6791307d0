"""Evaluators of the parties: long reports, a second look, a psychologist, a short answer."""

from __future__ import annotations

from datetime import date
from random import Random

from benchmarks.casefiles.dates import after, slashes, worded
from benchmarks.casefiles.draft import PAGE, PAGE_OF, Draft, centred, grid, paragraphs, said, setup
from benchmarks.casefiles.opened_houses.days import bare, before, later, own, padded, shouted
from benchmarks.casefiles.opened_houses.phrases import age, body, job, lines, past, told
from benchmarks.casefiles.opened_houses.stationery import broken, bullets, gap, heading, numbered, pairs, rule
from benchmarks.casefiles.world import World

from openimr.terms.records import ExhibitType

PANEL = "Arroyo Grande Medical-Legal Evaluations"
MIND = "Center for Forensic Psychology of the Central Valley"


def _records(world: World, random: Random, day: date, count: int) -> list[str]:
    """Return a review of records: many papers of others, each with its day and a sentence."""
    days = sorted(before(random, world, day, 20, 900) for _ in range(count))
    writers = [world.people[role].signed for role in ("primary", "orthopedist", "pain", "chiropractor")]
    kinds = (
        "Progress report",
        "Consultation",
        "Doctor's first report",
        "MRI report",
        "Operative report",
        "Request for authorization",
        "Therapy note",
    )
    found = []
    for at in days:
        said_there = told(world, random, random.choice(("complaint", "exam", "plan")), random.randint(1, 3))
        found.append(f"{slashes(at)}: {random.choice(kinds)}, {random.choice(writers)}. {said_there}")
    return found


def _address(world: World) -> str:
    attorney = world.people["attorney"]
    return broken([world.payer, f"Attention: {world.adjuster}"]) + broken(
        [attorney.facility, f"Attention: {attorney.name}"]
    )


def panel(world: World, random: Random) -> Draft:
    """Return a qualified evaluator's report of many pages; examined on one day, written on a later one."""
    doctor, seen = world.people["evaluator"], world.day(random)
    written = after(random, seen, 6, 29)
    agreed = random.random() < 0.3
    title = "AGREED MEDICAL EVALUATION" if agreed else "PANEL QUALIFIED MEDICAL EVALUATION"
    running = f"{world.reversed.upper()}   {random.choice((f'Exam date: {bare(seen)}', world.claim))}"
    source = setup(
        font="Liberation Serif",
        size=12,
        margin="x: 1.1in, y: 1in",
        header=(
            f"context if counter(page).get().first() > 1 [{broken([running], size='10pt')} {said('Page')}"
            f" {PAGE}]"
        ),
    )
    source += (
        centred(PANEL, size="15pt", weight='"bold"')
        + centred(f"{doctor.signed}, {doctor.specialty}")
        + rule()
        + gap(6)
    )
    source += said(worded(written)) + "\n\n" + _address(world)
    examined = random.choice(("DATE OF EVALUATION", "DATE OF EXAMINATION", "EXAMINED ON"))
    source += pairs(
        [
            ("EMPLOYEE:", world.patient),
            ("EMPLOYER:", world.employer),
            ("CLAIM NO.:", world.claim),
            ("DATE OF INJURY:", worded(world.injured_on)),
            (f"{examined}:", worded(seen)),
        ],
        columns=1,
    )
    source += centred(title, weight='"bold"') + gap(4)
    source += paragraphs(
        [
            f"{world.patient} is {age(world, seen)} years old and worked as a {job(random)}."
            f" {told(world, random, 'accident', 1)}"
        ]
    )
    parts = (
        ("History of the injury", "complaint", 2),
        ("Present complaints", "complaint", 1),
        ("Physical examination", "exam", random.randint(2, 4)),
    )
    for name, section, count in parts:
        source += heading(name.upper(), under=True)
        source += paragraphs([told(world, random, section, random.randint(5, 9)) for _ in range(count)])
        source += paragraphs(world.prose.paragraphs(random, "exam" if section == "exam" else "history", 2))
    source += heading("REVIEW OF RECORDS", under=True) + paragraphs(
        _records(world, random, seen, random.randint(10, 70))
    )
    source += heading("DIAGNOSES", under=True) + numbered([name for _, name in body(world).diagnoses])
    for name in ("Causation", "Impairment rating", "Apportionment", "Future medical care"):
        source += heading(name.upper(), under=True) + paragraphs(
            [told(world, random, "opinion", random.randint(3, 6)), *world.prose.paragraphs(random, "law", 1)]
        )
    source += _declaration(world, random, written, doctor.signed)
    return Draft(
        type=ExhibitType.MEDICAL_LEGAL,
        title=title,
        source=source,
        author=doctor.name,
        author_specialty=doctor.specialty,
        facility=PANEL,
        date_of_service=seen,
        report_date=written,
        strings=("FUTURE MEDICAL CARE",),
    )


def _declaration(world: World, random: Random, written: date, signed: str) -> str:
    place = random.choice(("Fresno", "Kern", "Los Angeles", "San Joaquin"))
    sworn = (
        "I declare under penalty of perjury that what this report says is true as far as I know, save what I"
        " was told."
    )
    return (
        paragraphs([sworn, f"Signed this day, {padded(written)}, in {place} County, California."])
        + gap(22)
        + said(signed)
    )


def second_look(world: World, random: Random) -> Draft:
    """Return a reevaluation in the form of a table of facts and short parts."""
    doctor, seen = world.people["evaluator"], world.day(random)
    earlier = before(random, world, seen, 150, 500)
    written = later(random, seen, 25, same=0.1)
    source = setup(
        font="Liberation Sans",
        size=10,
        footer=f"context [{said(world.patient, size='8pt')} #h(1fr) {PAGE_OF}]",
    )
    source += said(PANEL.upper(), weight='"bold"', size="12pt") + "\n" + rule("2pt")
    source += said("QME RE-EVALUATION", size="14pt", weight='"bold"') + "\n\n"
    rows = [
        ("Injured worker", world.patient),
        ("Birth date", bare(world.born_on)),
        ("Injury date", bare(world.injured_on)),
        ("First evaluation", bare(earlier)),
        ("Present evaluation", bare(seen)),
        ("Claim", world.claim),
    ]
    if written != seen:
        rows.append(("Report issued", bare(written)))
    source += grid(rows, "(auto, 1fr)")
    source += (
        heading("Since the first evaluation")
        + said(past(world, random, seen, bare, random.randint(2, 6)))
        + "\n\n"
    )
    source += said(told(world, random, "complaint", 6)) + "\n\n"
    motions = [
        ("Motion", "Then", "Now"),
        *(
            (name, str(round(norm * 0.6)), str(round(norm * random.uniform(0.5, 0.9))))
            for name, norm in body(world).motions
        ),
    ]
    source += heading("Measured") + grid(motions, "(1fr, auto, auto)", head=True)
    source += heading("Papers received") + bullets(_records(world, random, seen, random.randint(4, 20)))
    source += heading("Answers to the parties") + numbered(
        lines(world, random, "opinion", random.randint(4, 8))
    )
    source += gap(20) + broken([doctor.signed, f"QME, {doctor.specialty}"])
    return Draft(
        type=ExhibitType.MEDICAL_LEGAL,
        title="QME RE-EVALUATION",
        source=source,
        author=doctor.name,
        author_specialty=doctor.specialty,
        facility=PANEL,
        date_of_service=seen,
        report_date=own(seen, written),
        strings=("Answers to the parties",),
    )


def supplement(world: World, random: Random) -> Draft:
    """Return an evaluator's answer to further papers, without an examination."""
    doctor, written = world.people["evaluator"], world.day(random)
    examined = before(random, world, written, 30, 300)
    asked = before(random, world, written, 10, 40)
    source = setup(
        font="Liberation Serif",
        size=12,
        margin="x: 1.1in, y: 1in",
        header=(
            "context if counter(page).get().first() > 1"
            f" [{broken([f'Re: {world.patient}', shouted(written)], size='10pt')} {said('Page')} {PAGE}]"
        ),
    )
    source += (
        centred(PANEL, size="15pt", weight='"bold"')
        + rule()
        + gap(6)
        + said(worded(written))
        + "\n\n"
        + _address(world)
    )
    source += broken(
        [
            f"Re: {world.patient} v. {world.employer}",
            f"Claim: {world.claim}",
            f"Injury: {worded(world.injured_on)}",
        ]
    )
    source += centred("SUPPLEMENTAL REPORT", weight='"bold"') + gap(4)
    opening = (
        f"I examined this person on {worded(examined)} and did so not again. By a letter of {worded(asked)} I"
        " was asked to read what follows."
    )
    source += said(opening) + "\n\n" + paragraphs(_records(world, random, asked, random.randint(2, 14)))
    source += heading("DISCUSSION", under=True) + paragraphs(
        [told(world, random, "opinion", 5), told(world, random, "opinion", 4)]
    )
    source += _declaration(world, random, written, doctor.signed)
    return Draft(
        type=ExhibitType.MEDICAL_LEGAL,
        title="SUPPLEMENTAL REPORT",
        source=source,
        author=doctor.name,
        author_specialty=doctor.specialty,
        facility=PANEL,
        report_date=written,
        strings=("DISCUSSION",),
    )


def mind(world: World, random: Random) -> Draft:
    """Return a psychologist's evaluation with tests and their scores."""
    doctor, seen = world.people["psychologist"], world.day(random)
    written = after(random, seen, 3, 30)
    show = random.choice((worded, slashes))
    source = setup(
        font="New Computer Modern",
        size=11.5,
        margin="x: 1.1in, y: 1in",
        footer=f"context [#align(center)[{PAGE}]]",
    )
    source += centred(MIND, size="14pt", weight='"bold"') + centred("PSYCHOLOGICAL QME REPORT") + gap(6)
    source += pairs(
        [
            ("Name", world.patient),
            ("Date of birth", show(world.born_on)),
            ("Date of injury", show(world.injured_on)),
            (random.choice(("Interviewed and tested", "Date of interview", "Dates seen")), show(seen)),
            (random.choice(("Date of report", "Report dated")), show(written)),
        ],
        columns=1,
    )
    for name in ("Complaints", "Interview", "Mental status"):
        source += heading(name) + paragraphs(
            [told(world, random, "mood", random.randint(4, 7)) for _ in range(random.randint(1, 2))]
        )
    scores = [("Instrument", "Score", "Range")]
    scores += [
        (name, str(random.randint(8, 40)), random.choice(("mild", "moderate", "minimal")))
        for name in (
            "Mood inventory",
            "Anxiety inventory",
            "Pain catastrophizing",
            "Epworth",
            "Symptom validity",
        )
    ]
    source += heading("Testing") + grid(scores, "(1fr, auto, auto)", head=True)
    source += heading("Records") + paragraphs(_records(world, random, seen, random.randint(5, 30)))
    source += heading("Opinions") + paragraphs(
        [told(world, random, "opinion", 4), told(world, random, "mood", 3)]
    )
    source += gap(18) + broken([doctor.signed, "Licensed psychologist"])
    return Draft(
        type=ExhibitType.MEDICAL_LEGAL,
        title="PSYCHOLOGICAL QME REPORT",
        source=source,
        author=doctor.name,
        author_specialty=doctor.specialty,
        facility=MIND,
        date_of_service=seen,
        report_date=written,
        strings=("Mental status",),
    )


EVALUATING = {
    "arroyo_panel": (panel, 2),
    "arroyo_second": (second_look, 1),
    "arroyo_supplement": (supplement, 1),
    "forensic_mind": (mind, 1),
}
