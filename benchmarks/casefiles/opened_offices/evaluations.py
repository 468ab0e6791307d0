"""Evaluations for the law: a panel evaluator, an agreed one in prose, an internist, and supplements."""

from __future__ import annotations

from random import Random

from benchmarks.casefiles.draft import Draft, centred, grid, paragraphs, said, setup
from benchmarks.casefiles.opened_offices import days
from benchmarks.casefiles.opened_offices.sheet import (
    boxes,
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
from benchmarks.casefiles.opened_offices.speech import told
from benchmarks.casefiles.world import World

from openimr.terms.records import ExhibitType

_LEGAL = ExhibitType.MEDICAL_LEGAL
_REVIEWED = ("PR-2", "MRI report", "Operative report", "First report", "Therapy note", "UR denial")


def panel_report(world: World, random: Random) -> Draft:
    """A panel evaluator's report of many pages: cover letter, history, records, rating, declaration."""
    who, day = staff(world, "evaluator"), world.day(random)
    report = days.later(random, day, 14, 30)
    title = "PANEL QUALIFIED MEDICAL EVALUATION"
    name = f"{title_of_address(world)} {world.last}"
    source = (
        setup(
            font="Liberation Serif",
            size=12,
            header=running(f"RE: {world.patient}   Date of evaluation: {days.words(day)}"),
        )
        + masthead(who, "centred", f"{who.name}, {who.credential}")
        + space()
        + said(days.words(report))
        + "\n\n"
        + lines(world.payer, f"Attn: {world.adjuster}", staff(world, "applicant_law").facility)
    )
    source += (
        centred(title, weight='"bold"')
        + labels(
            [
                ("Examinee:", world.patient),
                ("Employer:", world.employer),
                ("Date of injury:", days.words(world.injured_on)),
                ("Claim number:", world.claim),
                ("Date of evaluation:", days.words(day)),
            ]
        )
        + space()
    )
    source += (
        said(
            f"{name} was examined at my office on {days.words(day)}. This is a medical-legal evaluation "
            f"billed as ML-10{random.randint(2, 4)}; I spent {random.randint(1, 2)} hours face to face and "
            f"{random.randint(2, 6)} hours on the records."
        )
        + "\n\n"
    )
    for heading, topic, count in (
        ("History of the injury", "past", 9),
        ("Course of treatment", "past", 9),
        ("Present complaints", "complaint", 9),
        ("Activities of daily living", "complaint", 7),
        ("Occupational history", "evaluation", 4),
        ("Past medical history", "past", 4),
        ("Physical examination", "finding", 16),
    ):
        source += section(heading, [told(world, random, topic, count, day)], "caps")
    source += headline("Review of medical records", "caps")
    seen = sorted(days.before(random, world, day) for _ in range(random.randint(12, 30)))
    source += paragraphs(
        [
            f"{days.full(one)}, "
            f"{random.choice(_REVIEWED)}, "
            f"{staff(world, random.choice(('pain', 'orthopedic', 'industrial'))).name}. "
            f"{told(world, random, random.choice(('complaint', 'finding', 'opinion', 'next')), 3, one)}"
            for one in seen
        ]
    )
    for heading, topic, count in (
        ("Diagnoses", "opinion", 4),
        ("Discussion", "evaluation", 10),
        ("Impairment rating", "evaluation", 5),
        ("Apportionment", "evaluation", 4),
        ("Future medical care", "evaluation", 5),
    ):
        source += section(heading, [told(world, random, topic, count, day)], "caps")
    source += (
        said(
            "I declare under penalty of perjury that the information in this report is true and correct "
            f"to the best of my knowledge. Signed on {days.words(report)} in the county of "
            f"{random.choice(('Los Angeles', 'Fresno', 'Alameda'))}, California."
        )
        + "\n\n"
        + signed(f"{who.name}, {who.credential}", "Qualified Medical Evaluator")
    )
    return paper(_LEGAL, title, source, who, service=day, report=report, strings=(title, world.claim))


def agreed_report(world: World, random: Random) -> Draft:
    """An agreed evaluator's report as plain letters are written, few headings."""
    who, day = staff(world, "internist"), world.day(random)
    report = days.later(random, day, 7, 28)
    title = "AGREED MEDICAL EVALUATION"
    source = (
        setup(
            font="Libertinus Serif",
            size=12,
            justify=True,
            header=running(f"{world.patient}, {title.title()}", numbers=True),
        )
        + masthead(who, "left")
        + space()
        + said(days.ordinal(report))
        + "\n\n"
        + lines(staff(world, "applicant_law").facility, staff(world, "defense_law").facility)
        + said(
            f"In the matter of {world.patient} v. {world.employer}; {title.lower()} of {days.ordinal(day)}",
            weight='"bold"',
        )
        + "\n\n"
        + said("Dear Counsel:")
        + "\n\n"
    )
    source += (
        said(
            f"By your agreement I evaluated the applicant, born {days.ordinal(world.born_on)}, on "
            f"{days.ordinal(day)}."
        )
        + "\n\n"
    )
    source += (
        paragraphs(
            [
                told(world, random, topic, 8, day)
                for topic in (
                    "past",
                    "past",
                    "complaint",
                    "drugs",
                    "finding",
                    "finding",
                    "picture",
                    "evaluation",
                    "evaluation",
                    "evaluation",
                )
            ]
        )
        + said("Very truly yours,")
        + "\n\n"
        + signed(f"{who.name}, {who.credential}", "Agreed Medical Evaluator")
    )
    return paper(_LEGAL, title, source, who, service=day, report=report, strings=(world.patient,))


def supplement(world: World, random: Random) -> Draft:
    """A supplemental report: nobody was examined, so there is a day of the report alone."""
    who, report = staff(world, "evaluator"), world.day(random)
    examined = days.before(random, world, report)
    title = "SUPPLEMENTAL MEDICAL-LEGAL REPORT"
    source = (
        setup(font="Liberation Serif", size=12, header=running(f"RE: {world.patient}   {days.words(report)}"))
        + masthead(who, "centred", f"{who.name}, {who.credential}")
        + space()
        + said(days.words(report))
        + "\n\n"
        + lines(world.payer, f"Attn: {world.adjuster}")
        + centred(title, weight='"bold"')
        + labels(
            [
                ("Examinee:", world.patient),
                ("Claim number:", world.claim),
                ("Date of injury:", days.words(world.injured_on)),
            ]
        )
        + space()
    )
    source += (
        said(
            f"I last examined the applicant on {days.words(examined)}. Since then I have been sent further "
            "records, and I was asked whether they change my opinions. The applicant was not examined for "
            "this report."
        )
        + "\n\n"
    )
    source += (
        section(
            "Records received",
            [
                f"{days.full(days.before(random, world, report))}: "
                f"{told(world, random, random.choice(('picture', 'finding', 'next')), 3, report)}"
                for _ in range(random.randint(3, 12))
            ],
            "caps",
        )
        + section("Discussion", [told(world, random, "evaluation", 9, report)], "caps")
        + section(
            "Disclosure",
            ["I have not violated Labor Code section 139.3, and the contents are my own."],
            "caps",
        )
        + signed(f"{who.name}, {who.credential}")
    )
    return paper(_LEGAL, title, source, who, report=report, strings=(title, world.claim))


def psychological_evaluation(world: World, random: Random) -> Draft:
    """A psychologist's evaluation with tables of test scores."""
    who, day = staff(world, "psychology"), world.day(random)
    report = days.later(random, day, 10, 30)
    title = "QUALIFIED MEDICAL EVALUATION IN PSYCHOLOGY"
    source = (
        setup(
            font="New Computer Modern",
            size=11.5,
            footer=running(f"{world.patient} - psychological evaluation", all_pages=True),
        )
        + masthead(who, "sides")
        + centred(title, weight='"bold"')
        + boxes(
            [
                ("Name", world.patient),
                ("Date of interview and testing", days.words(day)),
                ("Date of report", days.words(report)),
                ("Claim", world.claim),
                ("Date of birth", days.words(world.born_on)),
                ("Date of injury", days.words(world.injured_on)),
            ],
            "(1fr, 1.2fr, 1fr)",
        )
        + space()
    )
    for heading, topic, count in (
        ("Reason for evaluation", "evaluation", 4),
        ("Account of the events", "past", 8),
        ("Mental status", "mind", 9),
        ("Present complaints", "complaint", 6),
    ):
        source += section(heading, [told(world, random, topic, count, day)], "bold")
    source += (
        grid(
            [("Test", "Score", "Range")]
            + [
                (one, str(random.randint(3, 88)), random.choice(("average", "raised", "high")))
                for one in (
                    "BDI-II",
                    "BAI",
                    "MMPI-2 scale 1",
                    "MMPI-2 scale 2",
                    "MMPI-2 scale 3",
                    "Epworth",
                    "P-3",
                )
            ],
            "(2fr, 1fr, 1fr)",
            head=True,
        )
        + section(
            "Review of records",
            [
                f"{days.full(days.before(random, world, day))}: {told(world, random, 'mind', 3, day)}"
                for _ in range(random.randint(3, 9))
            ],
            "bold",
        )
        + section(
            "Opinion",
            [told(world, random, "evaluation", 8, day), told(world, random, "mind", 4, day)],
            "bold",
        )
        + signed(f"{who.name}, {who.credential}")
    )
    return paper(_LEGAL, title, source, who, service=day, report=report, strings=(title, world.claim))
