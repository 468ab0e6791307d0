"""Declarations of service and of records, an employer's form, and two covers of faxes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from random import Random

from benchmarks.casefiles.dates import slashes, worded
from benchmarks.casefiles.draft import PAGE_OF, Draft, centred, grid, paragraphs, said, setup, ticked
from benchmarks.casefiles.opened_houses.days import (
    bare,
    before,
    shouted,
    sworn,
    two_digits,
    weekday_first,
)
from benchmarks.casefiles.opened_houses.phrases import body, job, lines
from benchmarks.casefiles.opened_houses.stationery import (
    boxed,
    broken,
    bullets,
    columns,
    fields,
    gap,
    pairs,
    rule,
)
from benchmarks.casefiles.world import World

from openimr.terms.records import ExhibitType

DEFENCE = "Halvorsen, Kite & Obregon LLP"
COPIES = "Sable Legal Copy"
_MESSAGES = (
    "Appeal of decision, with exhibits.",
    "Second request for records.",
    "Application for review, signed.",
)


def served(world: World, random: Random) -> Draft:
    """Return a declaration that papers were served, with names and the day in the words of an oath."""
    sent = world.day(random)
    report = before(random, world, sent, 1, 40)
    city = random.choice(("Fresno", "Stockton", "Oxnard"))
    source = setup(font="Liberation Serif", size=12, margin="x: 1.2in, y: 1in")
    source += centred("PROOF OF SERVICE BY MAIL", weight='"bold"') + gap(6)
    source += said(f"Re: {world.patient}   Claim {world.claim}") + "\n\n"
    source += paragraphs(
        [
            (
                "I am over eighteen years of age and not a party to this matter. On"
                f" {random.choice((worded, slashes))(sent)} I placed the papers named below in sealed"
                f" envelopes, postage paid, in the mail at {city}, California."
            ),
            f"Papers: report of {world.people['evaluator'].signed}, dated {bare(report)}.",
        ]
    )
    source += bullets([world.payer, world.people["attorney"].facility, DEFENCE])
    source += (
        said(
            f"I declare under penalty of perjury that this is true. Executed this {sworn(sent)}, at {city},"
            " California."
        )
        + "\n\n"
        + gap(24)
    )
    source += said("______________________ Declarant")
    return Draft(
        type=ExhibitType.OTHER,
        title="PROOF OF SERVICE BY MAIL",
        source=source,
        report_date=sent,
        strings=(f"Papers: report of {world.people['evaluator'].signed}",),
    )


def custodian(world: World, random: Random) -> Draft:
    """Return the declaration of the one who keeps records, on a copy service's line-printed form."""
    signed = world.day(random)
    asked = before(random, world, signed, 7, 40)
    place = world.people[random.choice(("primary", "orthopedist", "pain"))]
    order = random.randint(10**5, 10**6)
    text = [
        f"{COPIES:<54}ORDER {order}",
        "",
        f"{'DECLARATION OF CUSTODIAN OF RECORDS':^84}",
        "",
        columns((f"APPLICANT: {world.reversed.upper()}", f"DOB: {slashes(world.born_on)}"), (54, 30)),
        columns((f"RECORDS OF: {place.facility}", ""), (64, 20)),
        f"SUBPOENA DATED: {slashes(asked)}",
        "",
        "I, the undersigned, state that:",
        "",
        f"{ticked(True, 'The copies given are all the records named in the subpoena.')}",
        f"{ticked(False, 'No records were found after a careful search.')}",
        f"{ticked(random.random() < 0.5, 'Bills are kept by another office.')}",
        "",
        "The records were made in the ordinary course of business, at or near the time",
        "of what they tell.",
        "",
        "I declare under penalty of perjury under the laws of California that this is",
        "true and correct.",
        "",
        "",
        (
            f"{random.choice(('EXECUTED ON', 'DATED', 'DATE'))}:"
            f" {random.choice((slashes, shouted, two_digits))(signed)}"
        ),
        "",
        "SIGNATURE: ______________________________",
    ]
    return Draft(
        type=ExhibitType.OTHER,
        title="DECLARATION OF CUSTODIAN OF RECORDS",
        lines=(tuple(text),),
        facility=COPIES,
        report_date=signed,
        strings=(f"ORDER {order}",),
    )


def duties(world: World, random: Random) -> Draft:
    """Return an employer's description of a job, with hours of each effort and days of signatures."""
    made = world.day(random)
    source = setup(
        font="Liberation Sans", size=9.5, margin="x: 0.7in, y: 0.7in", footer=f"context [#h(1fr) {PAGE_OF}]"
    )
    source += centred("DESCRIPTION OF EMPLOYEE'S JOB DUTIES", weight='"bold"', size="12pt") + gap(4)
    source += fields(
        [
            [("Employee", world.patient), ("Claim", world.claim)],
            [("Employer", world.employer), ("Title", job(random))],
            [("Date of injury", bare(world.injured_on)), ("Hours a week", str(random.choice((30, 40, 48))))],
        ]
    )
    rows: list[Sequence[str]] = [("Activity", "Never", "Up to 3 h", "3 to 6 h", "6 h and more")]
    for name in (
        "Sitting",
        "Walking",
        "Standing",
        "Bending",
        "Squatting",
        "Climbing",
        "Kneeling",
        "Twisting",
        "Gripping",
        "Reaching above the shoulder",
    ):
        picked = random.randrange(4)
        rows.append((name, *("X" if at == picked else "" for at in range(4))))
    source += grid(rows, "(1fr, auto, auto, auto, auto)", head=True) + bullets(
        lines(world, random, "accident", 1)
    )
    source += fields(
        [
            [
                ("Completed by", "Human resources"),
                ("Signature", ""),
                (random.choice(("Date", "Date completed")), bare(made)),
            ]
        ]
    )
    return Draft(
        type=ExhibitType.OTHER,
        title="DESCRIPTION OF EMPLOYEE'S JOB DUTIES",
        source=source,
        facility=world.employer,
        report_date=made,
        strings=("Reaching above the shoulder",),
    )


def cover(world: World, random: Random) -> Draft:
    """Return the cover of a fax of an office, typeset with large letters."""
    sender, sent = world.people[random.choice(("primary", "pain", "orthopedist"))], world.day(random)
    source = setup(font=random.choice(("Liberation Sans", "DejaVu Sans", "Libertinus Serif")), size=11)
    source += said("FAX", size="44pt", weight='"bold"') + "\n" + rule("2pt")
    show = random.choice((slashes, weekday_first, bare))
    source += pairs(
        [
            ("To:", world.adjuster),
            ("From:", sender.facility),
            ("Fax:", sender.fax),
            ("Pages:", str(random.randint(2, 30))),
            ("Phone:", sender.phone),
            ("Date:", show(sent)),
            ("Re:", f"{world.patient} {world.claim}"),
            ("CC:", ""),
        ],
        columns=2,
        inset="7pt",
    )
    source += (
        broken(
            [
                ticked(random.random() < 0.4, "Urgent"),
                ticked(True, "For review"),
                ticked(False, "Please reply"),
            ]
        )
        + rule()
    )
    source += (
        said(
            random.choice(
                (
                    f"RFA and PR-2 of {bare(before(random, world, sent, 1, 9))} attached.",
                    f"Records for {body(world).injection.lower()}.",
                    "See attached, thank you.",
                )
            )
        )
        + "\n\n"
        + gap(40)
    )
    source += boxed(
        said(
            "This message is meant for the one it is addressed to. If it came to you by mistake, call us and"
            " destroy it.",
            size="8.5pt",
        )
    )
    return Draft(
        type=ExhibitType.FAX_COVER,
        title="FAX",
        source=source,
        facility=sender.facility,
        report_date=sent,
        strings=("For review",),
    )


def sent_sheet(world: World, random: Random) -> Draft:
    """Return the cover that a computer's fax program prints, in fixed letters."""
    sender, sent = world.people["attorney"], world.day(random)
    hour = timedelta(hours=random.randint(8, 17), minutes=random.randint(0, 59))
    text = [
        "*" * 60,
        f"*{'FACSIMILE TRANSMITTAL':^58}*",
        "*" * 60,
        "",
        f"DATE......: {random.choice((slashes, two_digits, shouted))(sent)}",
        f"TIME......: {str(hour)[:-3]}",
        f"TO........: {world.payer}",
        f"ATTN......: {world.adjuster}",
        f"FROM......: {sender.facility}",
        f"SUBJECT...: {world.reversed.upper()} / {world.claim}",
        f"PAGES.....: {random.randint(2, 60)} INCLUDING THIS ONE",
        "",
        "MESSAGE:",
        (f"   {random.choice(_MESSAGES)}"),
        "",
        "",
        "CONFIDENTIAL. If you are not the addressee, please call the number above.",
    ]
    return Draft(
        type=ExhibitType.FAX_COVER,
        title="FACSIMILE TRANSMITTAL",
        lines=(tuple(text),),
        facility=sender.facility,
        report_date=sent,
        strings=("SUBJECT...",),
    )
