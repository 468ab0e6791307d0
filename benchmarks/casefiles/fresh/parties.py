"""Lawyers, adjusters, a copy service and an employer: letters, notices, declarations, covers of faxes."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from benchmarks.casefiles.dates import after, slashes, worded
from benchmarks.casefiles.draft import PAGE, PAGE_OF, Draft, centred, grid, paragraphs, said, setup, ticked
from benchmarks.casefiles.fresh.days import (
    bare,
    before,
    clock,
    padded,
    shouted,
    sworn,
    two_digits,
    weekday_first,
    with_ordinal,
)
from benchmarks.casefiles.fresh.phrases import body, care, job, lines, told
from benchmarks.casefiles.fresh.stationery import (
    boxed,
    broken,
    bullets,
    columns,
    fields,
    gap,
    heading,
    numbered,
    pairs,
    rule,
)
from benchmarks.casefiles.world import World

from openimr.terms.records import ExhibitType

DEFENCE = "Halvorsen, Kite & Obregon LLP"
COPIES = "Sable Legal Copy"


def advocate(world: World, random: Random) -> Draft:
    """Return a letter of the applicant's attorney, its day beneath the letterhead without a label."""
    attorney, written = world.people["attorney"], world.day(random)
    report = before(random, world, written, 10, 90)
    show = random.choice((worded, with_ordinal, padded))
    source = setup(
        font="Libertinus Serif",
        size=12,
        margin="x: 1.2in, y: 1in",
        header=f"context if counter(page).get().first() > 1 [{said(world.adjuster)} \\ {said(show(written))} \\ {said('Page')} {PAGE}]",
    )
    source += (
        said(attorney.facility.upper(), size="14pt", weight='"bold"')
        + "\n\n"
        + said(f"{attorney.street}, {attorney.city}", size="9pt")
        + "\n"
        + rule()
        + gap(8)
    )
    source += (
        said(show(written))
        + "\n\n"
        + random.choice((said("VIA FACSIMILE ONLY") + "\n\n", said("By mail and facsimile") + "\n\n", ""))
    )
    source += broken([world.adjuster, world.payer]) + pairs(
        [
            ("RE:", f"{world.patient} v. {world.employer}"),
            ("Claim:", world.claim),
            ("D/I:", bare(world.injured_on)),
        ],
        columns=1,
    )
    source += said(f"Dear {random.choice(('Claims Examiner', world.adjuster))}:") + "\n\n"
    source += (
        said(
            f"Enclosed is the report of {world.people['orthopedist'].doctor} of {show(report)}, in which {care(random)} is asked for."
        )
        + "\n\n"
    )
    source += paragraphs(
        [told(world, random, "lawyer", random.randint(2, 4)) for _ in range(random.randint(1, 5))]
    )
    source += (
        said("Very truly yours,")
        + "\n\n"
        + gap(24)
        + broken([attorney.facility, "", f"{attorney.name}", "Attorney for applicant"])
    )
    return Draft(
        type=ExhibitType.CORRESPONDENCE, title="Letter of the applicant's attorney", source=source, author=attorney.name,
        author_specialty=None, facility=attorney.facility, report_date=written, strings=("Attorney for applicant",),
    )  # fmt: skip


def defender(world: World, random: Random) -> Draft:
    """Return a letter that tells an evaluator what he is asked, with questions and a list of papers."""
    evaluator, written = world.people["evaluator"], world.day(random)
    meeting = after(random, written, 14, 60)
    source = setup(
        font="Liberation Serif",
        size=12,
        margin="x: 1.1in, y: 1in",
        footer=f"context [#align(center)[{PAGE}]]",
    )
    source += centred(DEFENCE, size="16pt", style='"italic"') + rule() + said(worded(written)) + "\n\n"
    source += broken([evaluator.signed, evaluator.street, evaluator.city])
    source += broken(
        [
            f"Employee: {world.patient}",
            f"Employer: {world.employer}",
            f"Claim: {world.claim}",
            f"Date of injury: {worded(world.injured_on)}",
            f"Appointment: {worded(meeting)} at {clock(random)}",
        ],
        weight='"bold"',
    )
    source += (
        said(f"Dear {evaluator.doctor}:")
        + "\n\n"
        + said("Thank you for agreeing to examine the applicant. Please answer these questions:")
        + "\n\n"
    )
    source += numbered(
        [
            "Is the injury industrial?",
            f"Is the {world.region} permanent and stationary?",
            f"Is {care(random)} needed?",
            "Is there cause to apportion?",
        ][: random.randint(2, 4)]
    )
    source += heading("Papers enclosed")
    kinds = (
        "Report of treater",
        "MRI study",
        "Claim form",
        "Transcript of deposition",
        "Personnel file",
        "Therapy notes",
    )
    source += bullets(
        [
            f"{random.choice(kinds)}, {bare(before(random, world, written, 5, 600))}"
            for _ in range(random.randint(3, 25))
        ]
    )
    source += paragraphs([told(world, random, "lawyer", 3)])
    source += said("Sincerely,") + "\n\n" + gap(22) + broken(["For the firm", DEFENCE])
    return Draft(
        type=ExhibitType.CORRESPONDENCE, title="Letter to the evaluator", source=source, facility=DEFENCE,
        report_date=written, strings=("Papers enclosed",),
    )  # fmt: skip


def notice(world: World, random: Random) -> Draft:
    """Return an insurer's notice about benefits, with sums and spans of days."""
    written = world.day(random)
    start = before(random, world, written, 20, 60)
    end = before(random, world, written, 1, 7)
    title = random.choice(
        (
            "NOTICE REGARDING TEMPORARY DISABILITY BENEFITS",
            "NOTICE OF DELAY IN DETERMINING LIABILITY",
            "NOTICE REGARDING PERMANENT DISABILITY",
        )
    )
    source = setup(font="Liberation Sans", size=10.5, margin="x: 1in, y: 1in")
    source += (
        said(world.payer, size="14pt", weight='"bold"')
        + "\n\n"
        + said("Workers' Compensation Claims", size="9pt")
        + "\n"
        + rule()
    )
    source += (
        said(f"{random.choice(('Date: ', '', 'Mailed: '))}{random.choice((slashes, worded))(written)}")
        + "\n\n"
    )
    source += broken([world.patient, "(address on file)"]) + pairs(
        [
            ("Claim", world.claim),
            ("Employer", world.employer),
            ("Date of injury", slashes(world.injured_on)),
            ("Adjuster", world.adjuster),
        ]
    )
    source += said(title, weight='"bold"') + "\n\n"
    source += (
        said(
            f"Payment of ${random.randint(300, 1500)}.{random.randint(10, 99)} is for the days from {slashes(start)} through {slashes(end)}."
        )
        + "\n\n"
    )
    source += paragraphs(
        [
            "Payments go on every two weeks until you return to work or are permanent and stationary.",
            "If you do not agree, you may talk with an information and assistance officer, or with an attorney of your choice.",
        ]
    )
    source += said("Sincerely,") + "\n\n" + gap(14) + broken([world.adjuster, "Claims Examiner"])
    return Draft(
        type=ExhibitType.CORRESPONDENCE, title=title, source=source, author=world.adjuster, facility=world.payer,
        report_date=written, strings=("Claims Examiner",),
    )  # fmt: skip


def served(world: World, random: Random) -> Draft:
    """Return a declaration that papers were served, with names and the day in the words of an oath."""
    sent = world.day(random)
    report = before(random, world, sent, 1, 40)
    city = random.choice(("Fresno", "Stockton", "Oxnard"))
    source = setup(font="Liberation Serif", size=12, margin="x: 1.2in, y: 1in")
    source += centred("PROOF OF SERVICE BY MAIL", weight='"bold"') + gap(6)
    source += said(f"Re: {world.patient}   Claim {world.claim}") + "\n\n"
    source += paragraphs(
        [f"I am over eighteen years of age and not a party to this matter. On {random.choice((worded, slashes))(sent)} I placed the papers named below in sealed envelopes, postage paid, in the mail at {city}, California.",
         f"Papers: report of {world.people['evaluator'].signed}, dated {bare(report)}."]
    )  # fmt: skip
    source += bullets([world.payer, world.people["attorney"].facility, DEFENCE])
    source += (
        said(
            f"I declare under penalty of perjury that this is true. Executed this {sworn(sent)}, at {city}, California."
        )
        + "\n\n"
        + gap(24)
    )
    source += said("______________________ Declarant")
    return Draft(
        type=ExhibitType.OTHER, title="PROOF OF SERVICE BY MAIL", source=source, report_date=sent,
        strings=(f"Papers: report of {world.people['evaluator'].signed}",),
    )  # fmt: skip


def custodian(world: World, random: Random) -> Draft:
    """Return the declaration of the one who keeps records, on a copy service's line-printed form."""
    signed = world.day(random)
    asked = before(random, world, signed, 7, 40)
    place = world.people[random.choice(("primary", "orthopedist", "pain"))]
    order = random.randint(10**5, 10**6)
    text = [
        f"{COPIES:<54}ORDER {order}", "", f"{'DECLARATION OF CUSTODIAN OF RECORDS':^84}", "",
        columns((f"APPLICANT: {world.reversed.upper()}", f"DOB: {slashes(world.born_on)}"), (54, 30)),
        columns((f"RECORDS OF: {place.facility}", ""), (64, 20)), f"SUBPOENA DATED: {slashes(asked)}", "", "I, the undersigned, state that:", "",
        f"{ticked(True, 'The copies given are all the records named in the subpoena.')}",
        f"{ticked(False, 'No records were found after a careful search.')}",
        f"{ticked(random.random() < 0.5, 'Bills are kept by another office.')}", "",
        "The records were made in the ordinary course of business, at or near the time", "of what they tell.", "",
        "I declare under penalty of perjury under the laws of California that this is", "true and correct.", "", "",
        f"{random.choice(('EXECUTED ON', 'DATED', 'DATE'))}: {random.choice((slashes, shouted, two_digits))(signed)}", "", "SIGNATURE: ______________________________",
    ]  # fmt: skip
    return Draft(
        type=ExhibitType.OTHER, title="DECLARATION OF CUSTODIAN OF RECORDS", lines=(tuple(text),), facility=COPIES,
        report_date=signed, strings=(f"ORDER {order}",),
    )  # fmt: skip


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
    rows = [("Activity", "Never", "Up to 3 h", "3 to 6 h", "6 h and more")]
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
        type=ExhibitType.OTHER, title="DESCRIPTION OF EMPLOYEE'S JOB DUTIES", source=source, facility=world.employer,
        report_date=made, strings=("Reaching above the shoulder",),
    )  # fmt: skip


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
            "This message is meant for the one it is addressed to. If it came to you by mistake, call us and destroy it.",
            size="8.5pt",
        )
    )
    return Draft(
        type=ExhibitType.FAX_COVER, title="FAX", source=source, facility=sender.facility, report_date=sent,
        strings=("For review",),
    )  # fmt: skip


def sent_sheet(world: World, random: Random) -> Draft:
    """Return the cover that a computer's fax program prints, in fixed letters."""
    sender, sent = world.people["attorney"], world.day(random)
    hour = timedelta(hours=random.randint(8, 17), minutes=random.randint(0, 59))
    text = [
        "*" * 60, f"*{'FACSIMILE TRANSMITTAL':^58}*", "*" * 60, "",
        f"DATE......: {random.choice((slashes, two_digits, shouted))(sent)}", f"TIME......: {str(hour)[:-3]}", f"TO........: {world.payer}", f"ATTN......: {world.adjuster}",
        f"FROM......: {sender.facility}", f"SUBJECT...: {world.reversed.upper()} / {world.claim}", f"PAGES.....: {random.randint(2, 60)} INCLUDING THIS ONE", "",
        "MESSAGE:", f"   {random.choice(('Appeal of decision, with exhibits.', 'Second request for records.', 'Application for review, signed.'))}", "", "",
        "CONFIDENTIAL. If you are not the addressee, please call the number above.",
    ]  # fmt: skip
    return Draft(
        type=ExhibitType.FAX_COVER, title="FACSIMILE TRANSMITTAL", lines=(tuple(text),), facility=sender.facility,
        report_date=sent, strings=("SUBJECT...",),
    )  # fmt: skip


PARTIES = {
    "duarte_letter": (advocate, 3),
    "halvorsen_letter": (defender, 1),
    "payer_notice": (notice, 3),
    "served_by_mail": (served, 2),
    "sable_custodian": (custodian, 1),
    "job_duties": (duties, 1),
    "fax_large": (cover, 2),
    "fax_program": (sent_sheet, 2),
}
