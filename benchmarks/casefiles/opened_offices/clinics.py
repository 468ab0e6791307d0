"""Notes and letters of small clinics: pain carried forward, plain paper, sessions of a psychologist."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from benchmarks.casefiles.draft import Draft, centred, grid, paragraphs, said, setup
from benchmarks.casefiles.opened_offices import days
from benchmarks.casefiles.opened_offices.sheet import (
    age,
    bullets,
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


def pain_carried_forward(world: World, random: Random) -> Sequence[Draft]:
    """Monthly visits of a pain clinic that carry most of their words forward."""
    who, day, found = staff(world, "pain"), world.day(random), []
    kept = [
        (head, told(world, random, topic, count, day))
        for head, topic, count in (
            ("Social history", "past", 4),
            ("Chronic Pain Summary", "past", 8),
            ("Opioid monitoring (4 A's)", "drugs", 6),
        )
    ]
    for _ in range(random.choice((1, 2, 3))):
        source = setup(
            font="Liberation Sans",
            size=9.5,
            header=running(
                f"{world.reversed}  DOB: {days.plain(world.born_on)}  Acc No. {world.chart}  DOS: "
                f"{days.plain(day)}",
                numbers=False,
            ),
        )
        source += masthead(who, "band") + space(4)
        source += labels(
            [
                ("Patient:", world.reversed),
                ("Provider:", f"{who.name}, {who.credential}"),
                ("DOB:", f"{days.plain(world.born_on)}  Age: {age(world, day)} Y"),
                ("Date:", days.plain(day)),
                ("Phone:", f"559-555-{random.randint(100, 199):04d}"),
                ("Insurance:", world.payer),
            ],
            2,
        )
        source += space() + section("Subjective", [told(world, random, "complaint", 7, day)], "bold")
        for head, text in kept:
            source += section(head, [text], "underlined")
        source += section("Objective", [told(world, random, "finding", 9, day)], "bold")
        source += section("Assessment", [], "bold") + bullets(
            points(world, random, "opinion", 5, day), numbered=True
        )
        source += section("Plan", [], "bold") + bullets(points(world, random, "next", 6, day), numbered=True)
        rows = [("Medication", "Sig", "Disp", "Start")] + [
            (*one, days.plain(days.before(random, world, day)))
            for one in (
                ("Norco 10-325 mg", "1 tab q 6h prn", "120"),
                ("Gabapentin 600 mg", "1 tab tid", "90"),
                ("Senna", "2 tabs qhs", "60"),
            )
        ]
        source += grid(rows, "(2fr, 2fr, 1fr, 1fr)", head=True)
        source += said(f"Next appointment: {days.plain(days.later(random, day, 27, 33))}") + "\n\n"
        source += (
            said(
                f"Electronically signed by {who.name}, {who.credential} on {days.plain(day)} at "
                f"05:{random.randint(10, 59)} PM PST"
            )
            + "\n\n"
        )
        source += said("Sign off status: Completed") + "\n"
        found.append(paper(_PROGRESS, "Progress Notes", source, who, service=day, strings=(world.reversed,)))
        day = days.later(random, day, 27, 33)
    return found


def unheaded_note(world: World, random: Random) -> Draft:
    """A note typed onto plain paper: no heading, and its day in the first sentence alone."""
    who, day = staff(world, "family"), world.day(random)
    source = setup(font="Liberation Mono", size=10)
    opening = random.choice(
        (
            f"{world.patient}, {age(world, day)} y.o., seen today, {days.plain(day)}.",
            f"{days.plain(day)}. {world.patient} here for recheck of {world.region}.",
            f"Patient {world.patient} presents {days.words(day)} for a recheck.",
        )
    )
    texts = [
        told(world, random, topic, count, day)
        for topic, count in (("complaint", 5), ("finding", 6), ("opinion", 2), ("next", 5))
    ]
    source += paragraphs([f"{opening} {texts[0]}", *texts[1:]])
    source += space(20) + said(f"{who.name} {who.credential}") + "\n"
    return paper(_PROGRESS, "Recheck", source, who, service=day, strings=(world.patient,))


def psychology_session(world: World, random: Random) -> Sequence[Draft]:
    """Sessions of a psychologist, one a sheet."""
    who, day, found = staff(world, "psychology"), world.day(random), []
    for number in range(random.randint(1, 4)):
        source = setup(font="New Computer Modern", size=11) + masthead(who, "sides") + space()
        title = "Psychotherapy Progress Note"
        source += centred(title, size="13pt")
        source += labels(
            [
                ("Client", world.patient),
                ("Session date", days.words(day)),
                ("Session", f"{number + 1} of 12, 50 minutes, 90834"),
                ("Claim", world.claim),
            ]
        )
        for head, topic, count in (
            ("Presentation", "mind", 5),
            ("Intervention", "mind", 5),
            ("Response and plan", "mind", 4),
            ("Pain", "complaint", 3),
        ):
            source += section(head, [told(world, random, topic, count, day)], "underlined")
        source += signed(f"{who.name}, {who.credential}", f"Lic. PSY{who.licence[1:]}")
        found.append(paper(_PROGRESS, title, source, who, service=day, strings=(title, world.claim)))
        day = days.later(random, day, 6, 9)
    return found


def letter_to_adjuster(world: World, random: Random) -> Draft:
    """A letter about a visit: dated later than the visit, which a sentence names."""
    who, day = staff(world, "family"), world.day(random)
    report = days.later(random, day, 1, 6)
    name = f"{title_of_address(world)} {world.last}"
    source = setup(font="Libertinus Serif", size=11.5, header=running(f"Re: {world.patient}", numbers=True))
    source += masthead(who, "left") + space() + said(days.words(report)) + "\n\n"
    source += lines(world.payer, f"Attention: {world.adjuster}")
    source += lines(
        f"Re: {world.patient}",
        f"Employer: {world.employer}",
        f"D/I: {days.words(world.injured_on)}",
        f"Claim: {world.claim}",
    )
    seen = random.choice(
        (
            f"{name} was seen on {days.words(day)} for a follow-up of the industrial injury.",
            f"I saw {name} in this office on {days.words(day)}.",
            f"The above patient came in for reevaluation on {days.weekday(day)}.",
        )
    )
    source += said(f"To whom it may concern: {seen}") + "\n\n"
    source += paragraphs(
        [
            told(world, random, topic, count, day)
            for topic, count in (("complaint", 6), ("drugs", 4), ("finding", 8), ("opinion", 3), ("next", 6))
        ]
    )
    source += said("Sincerely,") + "\n\n" + signed(f"{who.name}, {who.credential}", who.specialty)
    return paper(
        _PROGRESS,
        f"Follow-up of {world.patient}",
        source,
        who,
        service=day,
        report=report,
        strings=(world.claim, seen),
    )
