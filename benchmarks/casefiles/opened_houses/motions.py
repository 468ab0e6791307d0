"""A test of what somebody can lift and carry, and the table of motions that therapists measure."""

from __future__ import annotations

from random import Random

from benchmarks.casefiles.dates import slashes
from benchmarks.casefiles.draft import PAGE_OF, Draft, grid, said, setup
from benchmarks.casefiles.opened_houses.days import later, own
from benchmarks.casefiles.opened_houses.phrases import body, lines, told
from benchmarks.casefiles.opened_houses.stationery import bar, bullets, pairs, rule
from benchmarks.casefiles.world import World

from openimr.terms.records import ExhibitType

MOVE = "Kestrel Sports and Spine Rehabilitation"


def motion(world: World, random: Random) -> str:
    """Return the table of motions with their norms."""
    rows = [("Motion", "Measured", "Norm")]
    rows += [
        (name, f"{round(norm * random.uniform(0.4, 0.9))}", f"{norm}") for name, norm in body(world).motions
    ]
    return grid(rows, "(1fr, auto, auto)", head=True)


def capacity(world: World, random: Random) -> Draft:
    """Return the report of a test of what somebody can lift, carry and endure."""
    tester, asked = world.people["therapist"], world.people["orthopedist"]
    tested = world.day(random)
    written = later(random, tested, 8, same=0.2)
    source = setup(
        font="Liberation Sans",
        size=11,
        footer=f"context [{said(world.reversed, size='8pt')} #h(1fr) {PAGE_OF}]",
    )
    source += (
        said(MOVE, size="12pt", weight='"bold"')
        + "\n\n"
        + said("Functional Capacity Evaluation", size="18pt")
        + "\n"
        + rule("2pt")
    )
    rows = [
        ("Client", world.patient),
        ("Evaluation date", slashes(tested)),
        ("Referred by", asked.signed),
        ("Injury date", slashes(world.injured_on)),
    ]
    if written != tested:
        rows.append(("Report date", slashes(written)))
    source += pairs([*rows, ("Evaluator", tester.signed)])
    source += bar("Summary") + said(told(world, random, "opinion", 3)) + "\n\n"
    lifts = [("Task", "Occasional", "Frequent", "Limited by")]
    lifts += [
        (
            task,
            f"{random.randint(10, 45)} lb",
            f"{random.randint(5, 20)} lb",
            random.choice(("pain", "safe mechanics", "heart rate")),
        )
        for task in (
            "Floor to waist",
            "Waist to shoulder",
            "Overhead",
            "Carry 50 feet",
            "Push cart",
            "Pull cart",
        )
    ]
    source += bar("Material handling") + grid(lifts, "(1fr, auto, auto, auto)", head=True)
    source += bar("Positions") + grid(
        [
            ("Position", "Tolerated"),
            *(
                (name, f"{random.randint(10, 60)} min")
                for name in ("Sitting", "Standing", "Walking", "Kneeling")
            ),
        ],
        "(1fr, auto)",
        head=True,
    )
    source += bar("Range of motion") + motion(world, random)
    source += (
        bar("Consistency of effort")
        + said(told(world, random, "opinion", 3))
        + "\n\n"
        + bar("Limits advised")
        + bullets(lines(world, random, "limits", 4))
    )
    return Draft(
        type=ExhibitType.OTHER,
        title="Functional Capacity Evaluation",
        source=source,
        author=tester.name,
        author_specialty=tester.specialty,
        facility=MOVE,
        date_of_service=tested,
        report_date=own(tested, written),
        strings=("Material handling",),
    )
