"""Decisions of utilization review: denied, modified, approved, and what a physician advised before."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from benchmarks.casefiles.draft import Draft, centred, grid, paragraphs, said, setup
from benchmarks.casefiles.opened_offices import days
from benchmarks.casefiles.opened_offices.sheet import (
    boxes,
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
)
from benchmarks.casefiles.opened_offices.speech import told
from benchmarks.casefiles.world import World

from openimr.terms.records import ExhibitType

_DECISION = ExhibitType.UR_DECISION
_ASKED = (
    "Physical therapy 2 x 6",
    "Norco 10/325 mg #120",
    "Lumbar epidural steroid injection L4-L5",
    "Cyclobenzaprine 7.5 mg #60",
    "Urine drug screen",
    "Acupuncture 8 visits",
    "Right shoulder arthroscopy",
    "EMG/NCV of both legs",
    "Terocin patch #30",
    "Functional capacity evaluation",
)


def _addressed(world: World, day: date, doctor: str) -> str:
    return (
        said(days.words(day))
        + "\n\n"
        + lines(doctor, "via facsimile")
        + labels(
            [
                ("Employee:", world.patient),
                ("Claim Number:", world.claim),
                ("Date of Injury:", days.full(world.injured_on)),
                ("Employer:", world.employer),
                ("Claims Administrator:", world.payer),
            ]
        )
        + space()
    )


def denial(world: World, random: Random) -> Draft:
    """A denial of several pages: determination, rationale for each treatment, notice of rights."""
    who, asked, day = (
        staff(world, "review"),
        staff(world, random.choice(("orthopedic", "pain"))),
        world.day(random),
    )
    received = day - timedelta(days=random.randint(3, 5))
    title = "NOTICE OF UTILIZATION REVIEW DETERMINATION - DENIAL"
    source = (
        setup(
            font="Liberation Sans",
            size=10.5,
            header=running(f"{world.patient}   Claim {world.claim}   {days.words(day)}"),
        )
        + masthead(who, "sides", "A Utilization Review Organization")
        + space()
    )
    source += _addressed(world, day, f"{asked.name}, {asked.credential}") + centred(title, weight='"bold"')
    treatments = random.sample(_ASKED, random.randint(1, 4))
    source += paragraphs(
        [
            "This letter follows the request for authorization dated "
            f"{days.full(received - timedelta(days=2))} and received {days.full(received)}. The following "
            "treatment has been found not medically necessary and is DENIED:"
        ]
    ) + bullets(treatments)
    source += section("Records reviewed", [], "bold") + bullets(
        [
            f"{kind}, {days.full(days.before(random, world, day))}"
            for kind in random.sample(
                (
                    "PR-2 report",
                    "RFA form",
                    "MRI report",
                    "Operative report",
                    "Physical therapy note",
                    "QME report",
                    "Urine toxicology",
                ),
                random.randint(3, 6),
            )
        ]
    )
    source += section(
        "Clinical summary",
        [told(world, random, "past", 6, day), told(world, random, "complaint", 4, day)],
        "bold",
    )
    for treatment in treatments:
        source += section(
            treatment,
            ["Decision: Non-certified.", told(world, random, "refusal", random.randint(4, 8), day)],
            "underlined",
        )
    source += signed(
        f"{who.name}, {who.credential}",
        f"{who.specialty}, California license {who.licence}",
        "Available Monday to Friday, 9 to 11 a.m. Pacific time",
    )
    source += section(
        "Your right to dispute this decision",
        [
            "This decision is final unless an independent medical review is requested within 30 calendar "
            "days after it was served. The form is enclosed with an addressed envelope.",
            "You may speak with the claims adjuster, or with an Information and Assistance officer of the "
            "state, free of charge.",
            "The internal appeal of this organization is voluntary and does not lengthen the time to ask "
            "for independent review.",
        ],
        "bold",
    )
    return paper(_DECISION, title, source, who, report=day, strings=(title, world.claim))


def approval(world: World, random: Random) -> Draft:
    """An approval: one page, with an authorization number and the days for which it holds."""
    asked, day = staff(world, random.choice(("orthopedic", "therapy", "pain"))), world.day(random)
    who = staff(world, "review_b")
    title = "Utilization Review Certification"
    number = f"AUTH-{random.randint(100_000, 999_999)}"
    source = (
        setup(font="Liberation Serif", size=11)
        + masthead(who, "left")
        + space()
        + _addressed(world, day, f"{asked.name}, {asked.credential}")
        + said(title, weight='"bold"', size="13pt")
        + "\n\n"
    )
    source += paragraphs(
        [
            f"We have received your request of {days.full(day - timedelta(days=random.randint(1, 5)))}. "
            f"The services below are CERTIFIED as medically necessary. Reference {number}."
        ]
    )
    source += grid(
        [("Treatment", "From", "Through")]
        + [
            (one, days.full(day), days.full(day + timedelta(days=90)))
            for one in random.sample(_ASKED, random.randint(1, 3))
        ],
        "(2fr, 1fr, 1fr)",
        head=True,
    )
    source += paragraphs(
        [
            "Certification is not a guarantee of payment. Please use network providers where possible.",
            told(world, random, "opinion", 2, day),
        ]
    )
    source += signed(who.name, "Utilization Review Department", who.phone)
    return paper(_DECISION, title, source, who, report=day, strings=(number, title))


def modification(world: World, random: Random) -> Draft:
    """A decision that grants a part: asked and certified quantities in a table, reasons behind."""
    who, asked, day = staff(world, "review"), staff(world, "pain"), world.day(random)
    title = "UTILIZATION REVIEW DECISION: MODIFIED"
    source = (
        setup(
            font="Liberation Sans", size=10, footer=running(f"{who.facility} - confidential", all_pages=True)
        )
        + masthead(who, "band")
        + space()
    )
    source += centred(title, weight='"bold"', size="12pt")
    source += (
        boxes(
            [
                ("Decision date", days.full(day)),
                ("RFA date", days.full(day - timedelta(days=random.randint(6, 9)))),
                ("RFA received", days.full(day - timedelta(days=random.randint(3, 5)))),
            ],
            "(1fr, 1fr, 1fr)",
        )
        + boxes(
            [
                ("Injured worker", world.patient),
                ("Claim", world.claim),
                ("Date of injury", days.full(world.injured_on)),
                ("Requesting physician", f"{asked.name}, {asked.credential}"),
            ],
            "(1fr, 1fr, 1fr, 1.4fr)",
        )
        + space()
    )
    rows = [("Requested", "Quantity requested", "Quantity certified")] + [
        (one, str(random.randint(8, 120)), str(random.randint(1, 6)))
        for one in random.sample(_ASKED, random.randint(2, 4))
    ]
    source += grid(rows, "(2fr, 1fr, 1fr)", head=True)
    source += section(
        "Case history", [told(world, random, "past", 5, day), told(world, random, "finding", 5, day)], "bar"
    )
    source += section(
        "Rationale", [told(world, random, "refusal", random.randint(8, 16), day) for _ in rows[1:]], "bar"
    )
    source += section(
        "Peer contact",
        [
            f"A call to {asked.name} was placed on {days.full(day - timedelta(days=1))} and on "
            f"{days.full(day)}; there was no return call."
        ],
        "bar",
    )
    source += signed(f"{who.name}, {who.credential}", who.specialty, f"CA license {who.licence}")
    source += section(
        "Appeal",
        [
            "A request for independent medical review must reach the state within 30 days of service of "
            "this decision."
        ],
        "bar",
    )
    return paper(_DECISION, title, source, who, report=day, strings=(title, world.claim))


def advisor_report(world: World, random: Random) -> Draft:
    """What a physician advised, as the reviewing organization keeps it: questions and answers."""
    who, day = staff(world, "review_b"), world.day(random)
    title = "PHYSICIAN ADVISOR REVIEW"
    source = setup(
        font="DejaVu Sans",
        size=9,
        header=running(f"{title}   {world.reversed}   {world.claim}", all_pages=True),
    )
    source += centred(title, weight='"bold"', size="13pt") + space()
    source += (
        labels(
            [
                ("Review completed", days.three_letters(day)),
                ("Referral received", days.three_letters(day - timedelta(days=random.randint(2, 4)))),
                ("Claimant", world.reversed),
                ("Date of loss", days.three_letters(world.injured_on)),
                ("Client", world.payer),
                ("Organization", who.facility),
                ("Reviewer", f"{who.name}, {who.credential}"),
                ("Review type", "Prospective, initial"),
            ],
            2,
            size=9,
        )
        + space()
    )
    for at, one in enumerate(random.sample(_ASKED, random.randint(2, 4)), 1):
        source += section(
            f"Question {at}: Is {one} medically necessary?",
            [f"Answer: {random.choice(('No.', 'Yes.', 'In part.'))}", told(world, random, "refusal", 6, day)],
            "bold",
        )
    source += section(
        "Summary of documentation",
        [told(world, random, "past", 7, day), told(world, random, "finding", 6, day)],
        "bold",
    )
    source += (
        said("The reviewer has no financial interest in the outcome.")
        + "\n\n"
        + signed(f"{who.name}, {who.credential}", who.specialty)
    )
    return paper(_DECISION, title, source, who, report=day, strings=(title, world.claim))
