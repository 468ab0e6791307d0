"""Letters, slips and sheets: lawyers, adjusters, work status, fax covers, and what fits nowhere."""

from __future__ import annotations

from random import Random

from benchmarks.casefiles.draft import Draft, centred, grid, paragraphs, said, setup, ticked
from benchmarks.casefiles.opened_offices import days
from benchmarks.casefiles.opened_offices.sheet import (
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
)
from benchmarks.casefiles.opened_offices.speech import points, told
from benchmarks.casefiles.world import World

from openimr.terms.records import ExhibitType

_LETTER, _OTHER = ExhibitType.CORRESPONDENCE, ExhibitType.OTHER


def work_slip(world: World, random: Random) -> Draft:
    """Half a page for the employer."""
    who, day = staff(world, "family"), world.day(random)
    title = random.choice(("WORK STATUS REPORT", "DISABILITY / RETURN TO WORK NOTE"))
    source = (
        setup(font="Liberation Serif", size=12)
        + masthead(who, "left")
        + centred(title, weight='"bold"')
        + paragraphs(
            [
                f"{world.patient} was seen in this office on {days.plain(day)}.",
                ticked(False, "Unable to work"),
                ticked(
                    True,
                    f"May work with limits from {days.plain(days.later(random, day, 1, 2))} through "
                    f"{days.plain(days.later(random, day, 20, 60))}",
                ),
                *points(world, random, "next", 2, day),
            ]
        )
        + signed(f"{who.name}, {who.credential}")
    )
    return paper(ExhibitType.WORK_STATUS, title, source, who, service=day, strings=(title,))


def activity_form(world: World, random: Random) -> Draft:
    """A clinic's form of restrictions with a table of hours."""
    who, day = staff(world, "industrial"), world.day(random)
    title = "PHYSICIAN WORK ACTIVITY STATUS REPORT"
    source = (
        setup(font="DejaVu Sans", size=9)
        + masthead(who, "sides")
        + centred(title, weight='"bold"', size="12pt")
        + boxes(
            [
                ("Patient", world.reversed),
                ("Service date", days.full(day)),
                ("Injury date", days.full(world.injured_on)),
                ("Employer", world.employer),
                ("Claim", world.claim),
                ("Next visit", days.full(days.later(random, day, 7, 30))),
            ],
            "(1fr, 1fr, 1fr)",
        )
        + space()
    )
    source += (
        section("Diagnosis", points(world, random, "opinion", 2, day), "bar")
        + grid(
            [("Activity", "Never", "Up to 2 h", "Up to 4 h", "Full shift")]
            + [
                (
                    one,
                    *random.choice(
                        (("X", "", "", ""), ("", "X", "", ""), ("", "", "X", ""), ("", "", "", "X"))
                    ),
                )
                for one in (
                    "Standing",
                    "Walking",
                    "Sitting",
                    "Bending",
                    "Squatting",
                    "Overhead work",
                    "Gripping",
                    "Driving",
                )
            ],
            "(2fr, 1fr, 1fr, 1fr, 1fr)",
            head=True,
        )
        + said(f"Estimated return to full duty: {days.full(days.later(random, day, 30, 90))}")
        + "\n\n"
        + signed(f"{who.name}, {who.credential}")
    )
    return paper(ExhibitType.WORK_STATUS, title, source, who, service=day, strings=(title, world.claim))


def counsel_letter(world: World, random: Random) -> Draft:
    """A lawyer's letter; visits and reports it tells of are not its own."""
    who, day = staff(world, random.choice(("applicant_law", "defense_law"))), world.day(random)
    write = random.choice((days.words, days.ordinal, days.weekday))
    source = (
        setup(font="Liberation Serif", size=12, header=running(f"{world.payer}   {write(day)}"))
        + masthead(who, "centred", "Attorneys at Law")
        + space()
        + said(write(day))
        + "\n\n"
        + lines(world.payer, f"Attention: {world.adjuster}", "VIA FACSIMILE AND U.S. MAIL")
        + labels(
            [
                ("Re:", f"{world.patient} v. {world.employer}"),
                ("Claim No.:", world.claim),
                ("D/I:", days.words(world.injured_on)),
                ("WCAB No.:", f"ADJ{random.randint(10**6, 10**7)}"),
            ]
        )
        + space()
        + said(f"Dear {world.adjuster}:")
        + "\n\n"
    )
    source += (
        paragraphs(
            [told(world, random, "demand", random.randint(2, 5), day) for _ in range(random.randint(1, 6))]
        )
        + said("Very truly yours,")
        + "\n\n"
        + signed(f"{who.name}, {who.credential}", who.facility)
        + lines("Enclosures")
    )
    return paper(_LETTER, f"Letter to {world.payer}", source, who, report=day, strings=(world.claim,))


def examiner_instructions(world: World, random: Random) -> Draft:
    """Instructions of counsel to an evaluator: an appointment to come, questions, a list of records."""
    who, asked, day = staff(world, "defense_law"), staff(world, "evaluator"), world.day(random)
    source = (
        setup(font="New Computer Modern", size=11.5, header=running(f"{asked.name}   {days.words(day)}"))
        + masthead(who, "sides", "A Limited Liability Partnership")
        + space()
        + said(days.words(day))
        + "\n\n"
        + lines(f"{asked.name}, {asked.credential}", asked.facility)
        + lines(f"Re: {world.patient}, claim {world.claim}")
        + said(
            "Dear Doctor: You are to evaluate the applicant on "
            f"{days.weekday(days.later(random, day, 20, 60))} at 10:00 a.m."
        )
        + "\n\n"
        + paragraphs([told(world, random, "past", 6, day)])
    )
    source += (
        section("Questions", [], "bold")
        + bullets(points(world, random, "evaluation", 6, day), numbered=True)
        + section("Records enclosed", [], "bold")
        + bullets(
            [
                f"{kind} dated {days.full(days.before(random, world, day))}"
                for kind in random.choices(
                    ("PR-2", "MRI", "First report", "UR decision", "Deposition transcript", "Therapy notes"),
                    k=random.randint(4, 25),
                )
            ]
        )
        + said("Very truly yours,")
        + "\n\n"
        + signed(f"{who.name}, {who.credential}")
    )
    return paper(_LETTER, f"Instructions to {asked.name}", source, who, report=day, strings=(world.claim,))


def adjuster_notice(world: World, random: Random) -> Draft:
    """A notice of the claims administrator about benefits."""
    day = world.day(random)
    title = random.choice(
        (
            "NOTICE REGARDING TEMPORARY DISABILITY BENEFITS",
            "NOTICE OF DELAY IN CLAIM DECISION",
            "NOTICE OF ACCEPTANCE OF CLAIM",
        )
    )
    source = (
        setup(font="Liberation Sans", size=10.5)
        + said(world.payer, weight='"bold"', size="14pt")
        + "\n\n"
        + lines("P.O. Box 4400", "Rancho Cordova, CA 95741")
        + said(days.words(day))
        + "\n\n"
        + lines(world.patient, f"{random.randint(10, 990)} Elm Court")
        + labels(
            [
                ("Employer:", world.employer),
                ("Date of Injury:", days.full(world.injured_on)),
                ("Claim Number:", world.claim),
            ]
        )
        + space()
        + centred(title, weight='"bold"')
    )
    source += paragraphs(
        [
            f"Dear {world.patient}:",
            f"Payments cover the period from {days.full(days.before(random, world, day))} to "
            f"{days.full(day)} at ${random.randint(200, 900)}.{random.randint(10, 99)} a week.",
            *points(world, random, "demand", 3, day),
            "You have a right to disagree with this decision. An Information and Assistance officer can "
            "help you free of charge.",
        ]
    ) + signed(world.adjuster, "Claims Examiner", gap=16)
    return Draft(
        type=_LETTER,
        title=title,
        source=source,
        author=world.adjuster,
        facility=world.payer,
        report_date=day,
        strings=(title, world.claim),
    )


def transmittal(world: World, random: Random) -> Draft:
    """A fax cover with boxes; its day is when it was sent."""
    who, day = staff(world, random.choice(("pain", "orthopedic", "therapy"))), world.day(random)
    title = random.choice(("FAX", "FACSIMILE TRANSMITTAL SHEET"))
    source = (
        setup(font="Liberation Sans", size=12)
        + masthead(who, "left")
        + said(title, weight='"bold"', size="30pt")
        + "\n\n"
        + boxes(
            [
                ("TO", world.payer),
                ("FROM", who.facility),
                ("FAX", f"(800) 555-{random.randint(100, 199):04d}"),
                ("PAGES", str(random.randint(2, 40))),
                ("ATTN", world.adjuster),
                ("DATE", days.plain(day)),
                ("RE", f"{world.patient} {world.claim}"),
                ("CC", ""),
            ],
            "(1fr, 1fr)",
            size=12,
        )
        + space()
        + lines(f"{ticked(True, 'Urgent')}   {ticked(False, 'For review')}   {ticked(True, 'Please reply')}")
        + said(
            f"Comments: RFA and report of {days.plain(days.before(random, world, day))}. "
            f"{random.choice(('Please authorize.', 'Second request!', 'Thank you.'))}"
        )
        + "\n\n"
        + said(
            "This message is meant for the addressee alone and may hold health information protected by law.",
            size="8pt",
        )
        + "\n"
    )
    return Draft(
        type=ExhibitType.FAX_COVER,
        title=title,
        source=source,
        facility=who.facility,
        report_date=day,
        strings=(title, world.claim),
    )


def plain_cover(world: World, random: Random) -> Draft:
    """A typed cover sheet of a copy service or a claims office."""
    day, who = world.day(random), staff(world, "copy")
    source = setup(font="Liberation Mono", size=11) + lines(
        who.facility.upper(),
        who.phone,
        "",
        "FAX COVER",
        "=" * 40,
        f"TO......: {world.payer}",
        f"ATTN....: {world.adjuster}",
        f"DATE....: {days.padded(day)}",
        f"RE......: {world.patient}",
        f"CLAIM...: {world.claim}",
        f"PAGES...: {random.randint(3, 200)}",
        "=" * 40,
        random.choice(("PLEASE CALL IF PAGES ARE MISSING", "RECORDS AS REQUESTED")),
    )
    return Draft(
        type=ExhibitType.FAX_COVER,
        title="Fax cover",
        source=source,
        facility=who.facility,
        report_date=day,
        strings=(world.claim,),
    )


def pain_questionnaire(world: World, random: Random) -> Draft:
    """A questionnaire that the patient filled in before a visit."""
    day = world.day(random)
    title = random.choice(("PATIENT PAIN QUESTIONNAIRE", "OSWESTRY DISABILITY QUESTIONNAIRE"))
    source = (
        setup(font="Liberation Sans", size=11)
        + centred(title, weight='"bold"', size="14pt")
        + labels([("Name:", world.patient), ("Today's date:", days.brief(day))], 2)
        + space()
    )
    for number, one in enumerate(
        (
            "Pain intensity",
            "Personal care",
            "Lifting",
            "Walking",
            "Sitting",
            "Standing",
            "Sleeping",
            "Travelling",
        ),
        1,
    ):
        chosen = random.randrange(4)
        source += headline(f"Section {number} - {one}", "bold") + paragraphs(
            [
                "    ".join(
                    ticked(at == chosen, text)
                    for at, text in enumerate(("no trouble", "some", "a lot", "cannot do it"))
                )
            ]
        )
    return Draft(type=_OTHER, title=title, source=source, date_of_service=day, strings=(title,))


def service_declaration(world: World, random: Random) -> Draft:
    """A declaration that papers were served by mail."""
    who, day = staff(world, "applicant_law"), world.day(random)
    title = "PROOF OF SERVICE BY MAIL"
    source = (
        setup(font="Liberation Serif", size=12)
        + centred(title, weight='"bold"')
        + paragraphs(
            [
                f"I am over the age of eighteen and not a party to the matter of {world.patient}, claim "
                f"{world.claim}. My business address is {who.street}, {who.city}.",
                f"On {days.words(day)} I served the report of "
                f"{days.words(days.before(random, world, day))} on the persons below by placing it, sealed "
                "and with postage, in the mail.",
            ]
        )
        + lines(world.payer, world.employer, staff(world, "defense_law").facility)
        + said(f"I declare under penalty of perjury that this is true. Executed on {days.words(day)}.")
        + "\n\n"
        + signed(who.name)
    )
    return paper(_OTHER, title, source, who, report=day, strings=(title, world.claim))


def records_certificate(world: World, random: Random) -> Draft:
    """The custodian's certificate in front of subpoenaed records."""
    who, day = staff(world, "copy"), world.day(random)
    title = "DECLARATION OF CUSTODIAN OF RECORDS"
    source = (
        setup(font="Liberation Sans", size=11)
        + masthead(who, "sides")
        + centred(title, weight='"bold"')
        + labels(
            [
                ("Records of:", world.patient),
                ("Date of birth:", days.full(world.born_on)),
                ("Order number:", str(random.randint(10**5, 10**6))),
                ("Location:", staff(world, "pain").facility),
            ]
        )
        + space()
        + paragraphs(
            [
                "I am the duly authorized custodian of the records and have the authority to certify them.",
                ticked(
                    True, f"The copy is true and complete and consists of {random.randint(20, 400)} pages."
                ),
                ticked(False, "No records were found."),
                f"Executed on {days.full(day)} at {who.city}.",
            ]
        )
        + signed(who.name, "Custodian")
    )
    return paper(_OTHER, title, source, who, report=day, strings=(title,))
