"""Lawyers, adjusters, a copy service and an employer: letters, notices, declarations, covers of faxes."""

from __future__ import annotations

from random import Random

from benchmarks.casefiles.dates import after, slashes, worded
from benchmarks.casefiles.draft import PAGE, Draft, centred, paragraphs, said, setup
from benchmarks.casefiles.opened_houses.covers import DEFENCE, cover, custodian, duties, sent_sheet, served
from benchmarks.casefiles.opened_houses.days import (
    bare,
    before,
    clock,
    padded,
    with_ordinal,
)
from benchmarks.casefiles.opened_houses.phrases import care, told
from benchmarks.casefiles.opened_houses.stationery import (
    broken,
    bullets,
    gap,
    heading,
    numbered,
    pairs,
    rule,
)
from benchmarks.casefiles.world import World

from openimr.terms.records import ExhibitType


def advocate(world: World, random: Random) -> Draft:
    """Return a letter of the applicant's attorney, its day beneath the letterhead without a label."""
    attorney, written = world.people["attorney"], world.day(random)
    report = before(random, world, written, 10, 90)
    show = random.choice((worded, with_ordinal, padded))
    source = setup(
        font="Libertinus Serif",
        size=12,
        margin="x: 1.2in, y: 1in",
        header=(
            f"context if counter(page).get().first() > 1 [{said(world.adjuster)} \\ {said(show(written))} \\"
            f" {said('Page')} {PAGE}]"
        ),
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
            f"Enclosed is the report of {world.people['orthopedist'].doctor} of {show(report)}, in which"
            f" {care(random)} is asked for."
        )
        + "\n\n"
    )
    source += paragraphs(
        [told(world, random, "lawyer", random.randint(2, 4)) for _ in range(random.randint(1, 2))]
    )
    source += paragraphs(world.prose.paragraphs(random, "legal", random.randint(1, 4)))
    source += (
        said("Very truly yours,")
        + "\n\n"
        + gap(24)
        + broken([attorney.facility, "", f"{attorney.name}", "Attorney for applicant"])
    )
    return Draft(
        type=ExhibitType.CORRESPONDENCE,
        title="Letter of the applicant's attorney",
        source=source,
        author=attorney.name,
        author_specialty=None,
        facility=attorney.facility,
        report_date=written,
        strings=("Attorney for applicant",),
    )


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
        type=ExhibitType.CORRESPONDENCE,
        title="Letter to the evaluator",
        source=source,
        facility=DEFENCE,
        report_date=written,
        strings=("Papers enclosed",),
    )


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
            f"Payment of ${random.randint(300, 1500)}.{random.randint(10, 99)} is for the days from"
            f" {slashes(start)} through {slashes(end)}."
        )
        + "\n\n"
    )
    source += paragraphs(
        [
            "Payments go on every two weeks until you return to work or are permanent and stationary.",
            (
                "If you do not agree, you may talk with an information and assistance officer, or with an"
                " attorney of your choice."
            ),
        ]
    )
    source += said("Sincerely,") + "\n\n" + gap(14) + broken([world.adjuster, "Claims Examiner"])
    return Draft(
        type=ExhibitType.CORRESPONDENCE,
        title=title,
        source=source,
        author=world.adjuster,
        facility=world.payer,
        report_date=written,
        strings=("Claims Examiner",),
    )


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
