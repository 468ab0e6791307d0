"""Consultations: a surgeon's letter, a neurologist from abroad, the first evaluation of a pain clinic."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from benchmarks.casefiles.draft import Draft, centred, grid, said, setup
from benchmarks.casefiles.opened_offices import days
from benchmarks.casefiles.opened_offices.sheet import (
    age,
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

_CONSULTATION = ExhibitType.CONSULTATION


def surgeon_consultation(world: World, random: Random) -> Draft:
    """A surgeon's dictated consultation, with a table of days under the heading."""
    who, sent, day = staff(world, "orthopedic"), staff(world, "industrial"), world.day(random)
    typed = days.later(random, day, 1, 8)
    title = "ORTHOPAEDIC SURGICAL CONSULTATION"
    source = (
        setup(
            font="Liberation Serif",
            size=11,
            header=running(f"RE: {world.patient}   {days.words(day)}", numbers=False),
        )
        + masthead(who, "centred")
        + space()
    )
    source += (
        centred(title, weight='"bold"')
        + boxes(
            [
                ("Date of consultation", days.words(day)),
                ("Date of injury", days.words(world.injured_on)),
                ("Date of birth", days.words(world.born_on)),
                ("Referred by", sent.name),
            ],
            "(1fr, 1fr, 1fr, 1fr)",
        )
        + space()
    )
    source += (
        labels([("Patient:", world.patient), ("Claim:", world.claim), ("Carrier:", world.payer)]) + space()
    )
    source += (
        said(
            f"Thank you for asking me to see {title_of_address(world)} {world.last}, a "
            f"{age(world, day)}-year-old, regarding the {world.region}."
        )
        + "\n\n"
    )
    for heading, topic, count in (
        ("History of present illness", "past", 8),
        ("Chief complaints", "complaint", 6),
        ("Medications", "drugs", 3),
        ("Physical examination", "finding", 12),
        ("Review of studies", "picture", 4),
        ("Impression", "opinion", 3),
        ("Recommendations", "next", 8),
    ):
        source += section(heading, [told(world, random, topic, count, day)], "run")
    source += signed(f"{who.name}, {who.credential}", f"cc: {sent.name}, {sent.credential}") + lines(
        f"Dictated: {days.full(day)}", f"Transcribed: {days.full(typed)}"
    )
    return paper(_CONSULTATION, title, source, who, service=day, report=typed, strings=(title, world.claim))


def continental_consultation(world: World, random: Random) -> Draft:
    """A neurologist who writes the day before the month, as numbers above twelve make plain."""
    who, day = staff(world, "neurology"), days.after_the_twelfth(world, random)
    title = "Neurological Consultation"
    source = (
        setup(
            font="New Computer Modern",
            size=11,
            footer=running(f"{who.facility}  {who.phone}", all_pages=True),
        )
        + masthead(who, "sides")
        + space()
    )
    source += said(title, weight='"bold"', size="14pt") + "\n\n"
    source += (
        labels(
            [
                ("Name", world.patient),
                ("Born", days.continental(world.born_on.replace(day=random.randint(13, 28)))),
                ("Seen on", days.continental(day)),
                ("Claim", world.claim),
            ]
        )
        + space()
    )
    for heading, topic, count in (
        ("Reason for referral", "complaint", 5),
        ("Background", "past", 5),
        ("Neurological status", "finding", 10),
        ("Summary", "opinion", 3),
        ("Advice", "next", 5),
    ):
        source += section(heading, [told(world, random, topic, count, day)], "bold")
    source += signed(f"{who.name}, {who.credential}")
    return paper(_CONSULTATION, title, source, who, service=day, strings=(title, world.claim))


def pain_evaluation(world: World, random: Random) -> Draft:
    """The long first evaluation of a pain clinic, its day in the text of the opening and at the end."""
    who, day = staff(world, "pain"), world.day(random)
    title = "INITIAL PAIN MANAGEMENT EVALUATION"
    write = random.choice((days.plain, days.full, days.words))
    source = (
        setup(font="Liberation Sans", size=10, header=running(f"{world.reversed} | {title.title()}"))
        + masthead(who, "band")
        + space(4)
        + centred(title, weight='"bold"', size="12pt")
    )
    source += (
        labels(
            [
                ("Patient", world.patient),
                ("DOB", write(world.born_on)),
                ("DOI", write(world.injured_on)),
                ("DOS", write(day)),
                ("Claim #", world.claim),
                ("Adjuster", world.adjuster),
            ],
            2,
        )
        + space()
    )
    for heading, topic, count in (
        ("Mechanism of injury", "past", 5),
        ("Pain history", "complaint", 9),
        ("Previous treatment", "past", 8),
        ("Medication trial history", "drugs", 7),
        ("Review of systems", "complaint", 3),
        ("Psychosocial", "mind", 4),
        ("Examination", "finding", 14),
        ("Diagnostic studies", "picture", 5),
    ):
        source += section(heading, [told(world, random, topic, count, day)], "bar")
    source += headline("Diagnoses", "bar") + bullets(points(world, random, "opinion", 6, day), numbered=True)
    source += headline("Recommendations", "bar") + bullets(
        points(world, random, "next", 9, day), numbered=True
    )
    source += (
        headline("Disclosure", "bar")
        + said(
            f"The evaluation on {write(day)} lasted {random.randint(45, 80)} minutes face to face, apart "
            "from the review of records."
        )
        + "\n\n"
    )
    source += signed(f"{who.name}, {who.credential}", who.specialty)
    return paper(_CONSULTATION, title, source, who, service=day, strings=(title, world.claim))


def internist_clearance(world: World, random: Random) -> Draft:
    """A clearance before surgery: the operation that is planned has a day too."""
    who, day = staff(world, "internist"), world.day(random)
    title = "PREOPERATIVE MEDICAL CONSULTATION"
    source = (
        setup(font="Liberation Mono", size=9.5)
        + said(who.facility.upper(), weight='"bold"')
        + "\n\n"
        + lines(title, "=" * len(title))
    )
    source += lines(
        f"PATIENT: {world.reversed.upper()}",
        f"DATE SEEN: {days.padded(day)}",
        f"DOB: {days.padded(world.born_on)}",
        f"PLANNED SURGERY: {world.region}, {days.padded(days.later(random, day, 7, 30))}",
        f"CONSULTANT: {who.name}, {who.credential}",
    )
    for heading, topic, count in (
        ("HPI", "past", 5),
        ("MEDICATIONS", "drugs", 3),
        ("EXAM", "finding", 6),
        ("ASSESSMENT", "opinion", 2),
    ):
        source += section(heading, [told(world, random, topic, count, day)], "caps")
    labs = [("TEST", "RESULT", "DRAWN")] + [
        (name, str(random.randint(4, 140)), days.padded(day - timedelta(days=random.randint(1, 9))))
        for name in ("HGB", "NA", "K", "GLUCOSE", "INR")
    ]
    source += grid(labs, "(1fr, 1fr, 1fr)", stroke="none")
    source += (
        said("The patient is at acceptable risk for the procedure under general anesthesia.")
        + "\n\n"
        + lines(f"{who.name}, {who.credential}", "(signature on file)")
    )
    return paper(_CONSULTATION, title, source, who, service=day, strings=(title,))
