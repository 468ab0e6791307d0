"""Lodestar Review Services, who decide about treatment, and what goes to and fro about their decisions."""

from __future__ import annotations

from datetime import date
from random import Random

from benchmarks.casefiles.dates import after, slashes, worded
from benchmarks.casefiles.draft import PAGE_OF, Draft, centred, grid, paragraphs, said, setup, ticked
from benchmarks.casefiles.opened_houses.bodies import Body
from benchmarks.casefiles.opened_houses.days import Manner, bare, before, clock, later, padded, two_digits
from benchmarks.casefiles.opened_houses.phrases import body, care, lines, pill, told
from benchmarks.casefiles.opened_houses.stationery import (
    bar,
    boxed,
    broken,
    bullets,
    fields,
    gap,
    heading,
    pairs,
    rule,
)
from benchmarks.casefiles.world import Person, World

from openimr.terms.records import ExhibitType

HOUSE = "Lodestar Review Services"


def _asked(about: Body, region: str, random: Random) -> list[str]:
    wanted = [
        f"{care(random).capitalize()}, {random.choice((6, 8, 12))} visits",
        about.injection,
        f"MRI of the {region}",
    ]
    wanted += [f"{pill(random)} #{random.choice((30, 60, 90))}", about.operation]
    return random.sample(wanted, random.randint(1, 4))


def _sheet(number: str, patient: str) -> str:
    foot = f"{HOUSE}   Reference {number}   {patient}"
    return setup(
        font="Liberation Sans",
        size=11,
        margin="x: 0.9in, y: 0.8in",
        footer=f"context [#line(length: 100%, stroke: 0.4pt) {said(foot, size='7.5pt')} #h(1fr) {PAGE_OF}]",
    )


def _summary(world: World, random: Random, received: date, show: Manner) -> list[str]:
    """Return what the reviewer read: papers with their days, and what they say."""
    treater, pain = world.people["primary"], world.people["pain"]
    latest = before(random, world, received, 2, 25)
    older = sorted(before(random, world, latest, 20, 300) for _ in range(random.randint(2, 18)))
    found = []
    for day in [*older, latest]:
        shapes = (
            f"Progress report of {show(day)}, {treater.doctor}: {told(world, random, 'complaint', 2)}",
            f"On {show(day)} {pain.doctor} recorded on examination: {told(world, random, 'exam', 3)}",
            f"The study of {show(day)} reads: {random.choice(body(world).findings)}",
            f"Per therapy notes of {show(day)}: {told(world, random, 'therapy_thought', 2)}",
            f"A report dated {show(day)} asks for treatment. {told(world, random, 'complaint', 2)}",
        )
        found.append(random.choice(shapes))
    return found


_CITED = (
    "The schedule of the state adopts treatment guidelines that are presumed to be correct, unless other "
    "evidence of a higher grade shows that a variance is needed to cure or relieve.",
    "Where the schedule is silent, the reviewer looked for other guidelines that are recognized by the "
    "profession, and for studies of suitable quality, in the order that the regulation gives.",
    "The guideline asks for documented improvement of function, for a plan with an end, and for a home "
    "program, before more sessions are given.",
    "For an interventional procedure it asks for findings on examination that agree with imaging or with "
    "tests of nerves, and for failure of treatment that is less invasive.",
    "For long use of a drug it asks for review of benefit, of harm and of adherence at each visit.",
)


def denial(world: World, random: Random) -> Draft:
    """Return a notice of a decision in several pages, which retells the file with its days."""
    reviewer, treater = world.people["reviewer"], world.people["pain"]
    decided = world.day(random)
    received = before(random, world, decided, 2, 7)
    show = random.choice((slashes, bare, worded, two_digits))
    number = f"LS-{random.randint(10**6, 10**7)}"
    outcome = random.choice(("NON-CERTIFIED", "MODIFIED", "DENIED"))
    title = random.choice(("UTILIZATION REVIEW DETERMINATION", "NOTICE OF UTILIZATION REVIEW DECISION"))
    source = (
        _sheet(number, world.patient)
        + said(HOUSE, size="16pt", weight='"bold"', fill='rgb("#34495e")')
        + "\n"
    )
    source += said("P.O. Box 4410, Sacramento, CA 95812", size="8pt") + "\n" + rule() + gap(4)
    source += said(show(decided)) + "\n\n" + broken([treater.signed, treater.street, treater.city])
    source += _about(world, number, received, decided, show, random)
    source += centred(title, weight='"bold"', size="12pt") + gap(4)
    asked = _asked(body(world), world.region, random)
    rows = [
        ("Requested", "Decision"),
        *(
            (one, outcome if at == 0 else random.choice((outcome, "CERTIFIED")))
            for at, one in enumerate(asked)
        ),
    ]
    source += grid(rows, "(1fr, auto)", head=True)
    source += bar("Clinical summary") + paragraphs(_summary(world, random, received, show))
    for one in asked:
        source += (
            heading(f"Rationale: {one}")
            + said(told(world, random, "decision", random.randint(3, 7)))
            + "\n\n"
        )
    if random.random() < 0.7:
        source += bar("Guidelines") + paragraphs(random.sample(_CITED, random.randint(2, 5)))
    if random.random() < 0.6:
        source += bar("Papers received") + bullets(_listed(world, random, received))
    source += bar("Reviewer") + broken(
        [reviewer.signed, reviewer.specialty, f"California license {reviewer.licence}"]
    )
    source += bar("If you disagree") + paragraphs([*_RIGHTS, *_MORE_RIGHTS][: random.randint(2, 9)])
    source += said(f"cc: {world.patient}; {world.payer}, {world.adjuster}", size="8.5pt")
    return Draft(
        type=ExhibitType.UR_DECISION,
        title=title,
        source=source,
        author=reviewer.name,
        author_specialty=reviewer.specialty,
        facility=HOUSE,
        report_date=decided,
        strings=(number,),
    )


_RIGHTS = (
    "You may ask for an independent medical review within thirty days after this decision was served on you.",
    "The form for it is enclosed, filled in as far as the law requires; sign it and mail it.",
    "The treating physician may talk with the reviewer on weekdays from nine to one, Pacific time.",
    "An information officer at a district office of the Division can answer general questions.",
)


_MORE_RIGHTS = (
    "A dispute about whether the claims administrator owes treatment at all, for instance because a part of "
    "the body is not accepted, is not for the medical review but for the appeals board.",
    "If your physician certifies that delay would seriously harm you, the review is done within days.",
    "The administrator sends the file to the reviewing organization, and you get a list of what it sent.",
    "You may send papers of your own, and copies of them to the administrator.",
    "A decision to modify or deny stays in force for twelve months, unless the facts change materially.",
)


def _about(world: World, number: str, received: date, decided: date, show: Manner, random: Random) -> str:
    rows = [
        ("Injured worker:", world.patient),
        ("Claim number:", world.claim),
        ("Date of injury:", show(world.injured_on)),
        ("Reference:", number),
        ("Request received:", show(received)),
        ("Employer:", world.employer),
    ]
    if random.random() < 0.5:
        rows.append(
            (random.choice(("Date of decision:", "Decision date:", "Date of notice:")), show(decided))
        )
    return pairs(rows)


def approval(world: World, random: Random) -> Draft:
    """Return one page that certifies a request."""
    treater = world.people["orthopedist"]
    decided = world.day(random)
    received = before(random, world, decided, 1, 6)
    valid = after(random, decided, 60, 180)
    number = f"LS-{random.randint(10**6, 10**7)}"
    show = random.choice((slashes, padded))
    source = (
        _sheet(number, world.patient)
        + said(HOUSE, size="16pt", weight='"bold"', fill='rgb("#34495e")')
        + "\n"
        + rule()
    )
    source += (
        said(f"Date: {show(decided)}") + "\n\n" + broken([f"To: {treater.signed}", f"Fax: {treater.fax}"])
    )
    source += centred("CERTIFICATION OF MEDICAL TREATMENT", weight='"bold"', size="12pt") + gap(4)
    source += pairs(
        [
            ("Employee", world.reversed),
            ("Claim", world.claim),
            ("Injury", show(world.injured_on)),
            ("Reference", number),
        ]
    )
    source += (
        said(f"The request for authorization that came on {show(received)} has been certified:") + "\n\n"
    )
    source += bullets(_asked(body(world), world.region, random))
    source += said(f"The certification is valid from {show(decided)} through {show(valid)}.") + "\n\n"
    source += said("Payment depends on compensability and on the fee schedule.") + "\n\n" + gap(10)
    source += broken(["Intake nurse, RN", HOUSE])
    return Draft(
        type=ExhibitType.UR_DECISION,
        title="CERTIFICATION OF MEDICAL TREATMENT",
        source=source,
        facility=HOUSE,
        report_date=decided,
        strings=(number,),
    )


def advice(world: World, random: Random) -> Draft:
    """Return the worksheet of the reviewer himself, with calls and answers."""
    reviewer: Person = world.people["reviewer"]
    done = world.day(random)
    sent = before(random, world, done, 1, 4)
    call = before(random, world, done, 1, 2)
    number = f"LS-{random.randint(10**6, 10**7)}"
    source = _sheet(number, world.patient) + centred("PHYSICIAN ADVISOR REPORT", weight='"bold"', size="13pt")
    source += fields(
        [
            [("Reference", number), ("Referred", bare(sent)), ("Completed", bare(done))],
            [("Injured worker", world.patient), ("DOI", bare(world.injured_on)), ("Claim", world.claim)],
            [("Jurisdiction", "CA"), ("Kind", random.choice(("Prospective", "Retrospective", "Concurrent")))],
        ]
    )
    source += heading("Records received") + bullets(_listed(world, random, sent))
    source += (
        heading("Case discussion")
        + said(f"{bare(call)} {clock(random)}: message left. No call back.")
        + "\n\n"
    )
    for one in _asked(body(world), world.region, random):
        source += heading(f"Question: Is {one} medically necessary?", under=True)
        source += said(
            f"Answer: {random.choice(('No.', 'Not as asked.', 'Yes, in part.'))} ", weight='"bold"'
        )
        source += said(told(world, random, "decision", random.randint(3, 5))) + "\n\n"
        source += paragraphs(random.sample(_CITED, random.randint(0, 2)))
    if random.random() < 0.6:
        source += heading("Summary of the file") + paragraphs(_summary(world, random, sent, bare))
    attest = "I have no conflict of interest in this matter, and my pay does not depend on the outcome."
    source += (
        said(attest)
        + "\n\n"
        + gap(10)
        + broken([reviewer.signed, reviewer.specialty, f"Signed {bare(done)}"])
    )
    return Draft(
        type=ExhibitType.UR_DECISION,
        title="PHYSICIAN ADVISOR REPORT",
        source=source,
        author=reviewer.name,
        author_specialty=reviewer.specialty,
        facility=HOUSE,
        report_date=done,
        strings=(number,),
    )


def _listed(world: World, random: Random, day: date) -> list[str]:
    kinds = (
        "Request for authorization",
        "Progress report",
        "MRI report",
        "PT notes",
        "Initial consultation",
        "QME report",
    )
    return [
        f"{kind}, {bare(before(random, world, day, 1, 300))}"
        for kind in random.sample(kinds, random.randint(2, 6))
    ]


def more_wanted(world: World, random: Random) -> Draft:
    """Return a letter that asks the treater for what is missing from a request."""
    treater, written = world.people["pain"], world.day(random)
    received = before(random, world, written, 1, 4)
    due = after(random, written, 5, 9)
    number = f"LS-{random.randint(10**6, 10**7)}"
    source = (
        _sheet(number, world.patient)
        + said(HOUSE, size="16pt", weight='"bold"', fill='rgb("#34495e")')
        + "\n"
        + rule()
    )
    source += said(worded(written)) + "\n\n" + broken([treater.signed, f"By fax {treater.fax}"])
    source += (
        said(f"RE: {world.patient} / {world.claim} / DOI {slashes(world.injured_on)}", weight='"bold"')
        + "\n\n"
    )
    source += said("REQUEST FOR ADDITIONAL INFORMATION", weight='"bold"') + "\n\n"
    source += said(f"Your request came to us on {worded(received)}. To decide it we need:") + "\n\n"
    source += bullets(random.sample(_MISSING, random.randint(2, 4)))
    source += (
        said(f"If we do not have it by {worded(due)}, the request may be denied for lack of information.")
        + "\n\n"
    )
    source += said("Clinical intake team") + "\n"
    return Draft(
        type=ExhibitType.CORRESPONDENCE,
        title="REQUEST FOR ADDITIONAL INFORMATION",
        source=source,
        facility=HOUSE,
        report_date=written,
        strings=(number,),
    )


_MISSING = (
    "The most recent progress report with examination.",
    "Results of the last urine test.",
    "The number of sessions already completed and their effect on function.",
    "A signed and complete form, for box four is empty.",
    "The radiologist's report of the study to which you refer.",
)


def application(world: World, random: Random) -> Draft:
    """Return the worker's form for independent review, sent back with a signature of a later day."""
    attorney = world.people["attorney"]
    decided = world.day(random)
    signed = later(random, decided, 28, same=0.0)
    source = setup(
        font="Liberation Sans",
        size=8.5,
        margin="x: 0.6in, y: 0.55in",
        footer=f"context [{said('DWC Form IMR', size='7pt')} #h(1fr) {PAGE_OF}]",
    )
    source += centred("State of California, Department of Industrial Relations", size="8pt")
    source += centred("APPLICATION FOR INDEPENDENT MEDICAL REVIEW", size="12.5pt", weight='"bold"') + gap(3)
    source += boxed(
        said(
            "Mail or fax this form with the decision within the time that the law gives. A late form is not"
            " accepted."
        )
    )
    source += fields(
        [
            [("Employee name", world.reversed), ("Date of birth", bare(world.born_on))],
            [
                ("Claim number", world.claim),
                ("Date of injury", bare(world.injured_on)),
                ("Employer", world.employer),
            ],
            [("Claims administrator", world.payer), ("Adjuster", world.adjuster)],
            [("Employee's attorney, if any", f"{attorney.name}"), ("Telephone", attorney.phone)],
            [
                ("Requesting physician", world.people["pain"].signed),
                ("Specialty", world.people["pain"].specialty),
            ],
            [
                ("Date of utilization review determination letter", bare(decided)),
                ("Primary diagnosis", body(world).diagnoses[0][1]),
            ],
        ]
    )
    source += (
        said("Treatment in dispute", weight='"bold"')
        + "\n\n"
        + bullets(_asked(body(world), world.region, random))
    )
    source += broken(
        [ticked(True, "Regular"), ticked(False, "Expedited: a physician's certificate is attached")]
    )
    source += (
        said("I ask for a review of this decision and consent to the release of my records for it.") + "\n\n"
    )
    source += fields([[("Employee signature", world.patient), ("Date signed", bare(signed))]])
    if random.random() < 0.6:
        source += "#pagebreak()\n" + centred("INSTRUCTIONS", weight='"bold"')
        source += paragraphs([*_RIGHTS, *lines(world, random, "lawyer", 3)])
        source += said(f"{world.patient}   {world.claim}   determination of {bare(decided)}", size="8pt")
    return Draft(
        type=ExhibitType.IMR_APPLICATION,
        title="APPLICATION FOR INDEPENDENT MEDICAL REVIEW",
        source=source,
        author=None,
        facility=None,
        report_date=signed,
        strings=(world.claim,),
    )


REVIEWING = {
    "lodestar_denial": (denial, 5),
    "lodestar_approval": (approval, 3),
    "lodestar_advice": (advice, 2),
    "lodestar_wanted": (more_wanted, 2),
    "review_application": (application, 3),
}
