"""What law offices, copy services, fax machines and front desks add to a file."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from benchmarks.casefiles.draft import Draft, grid, paragraphs, quoted, said, setup
from benchmarks.casefiles.opened import manners
from benchmarks.casefiles.opened.phrases import SERVICES, passage, passages, sentences
from benchmarks.casefiles.opened.sheet import (
    band,
    bar,
    boxes,
    cells,
    counted,
    heading,
    labelled,
    later_pages,
    letterhead,
    plain_table,
    rule,
    signature,
    stacked,
    staff,
)
from benchmarks.casefiles.world import World

from openimr.terms.records import ExhibitType

_BOLD = quoted("bold")


def applicant_letter(world: World, random: Random) -> Draft:
    """Return a letter of the worker's attorney to the claims administrator, of a page or two."""
    day = world.day(random)
    lawyer = staff(world, "applicant")
    body = [
        letterhead(lawyer, "centred", "#222222"),
        said(manners.worded(day)) + "\n\n",
        said("Via fax and first class mail", style=quoted("italic")) + "\n\n",
        stacked(
            [world.payer, f"Attention: {world.adjuster}", "P.O. Box 14", "Rancho Cordova, California 95741"]
        ),
        plain_table(
            [
                ["Re:", f"{world.patient} v. {world.employer}"],
                ["Claim:", world.claim],
                ["DOI:", manners.slash(world.injured_on)],
                ["EAMS:", f"ADJ{random.randint(10**6, 10**7 - 1)}"],
            ],
            "(60pt, 1fr)",
        ),
        paragraphs(
            [
                f"Dear {random.choice(('Mr.', 'Ms.'))} {world.adjuster.split()[-1]}:",
                (
                    "Reference is made to the request of "
                    f"{manners.worded(manners.earlier(random, world, day))} for "
                    f"{random.choice(SERVICES)[1].lower()}, to which there has been no reply."
                ),
            ]
        ),
        paragraphs(passages(world, random, "counsel", random.randint(2, 8), real=0)),
        paragraphs(["Very truly yours,", lawyer.facility.upper()]),
        signature(lawyer, ["Attorney for Applicant"], room="20pt"),
        said(f"{lawyer.name[0]}{lawyer.name.split()[1][0]}/rm", size="9pt"),
    ]
    return Draft(
        type=ExhibitType.CORRESPONDENCE,
        title="Letter of applicant's attorney",
        source=setup(
            font="Libertinus Serif",
            size=12,
            margin="x: 1.1in, y: 1in",
            header=later_pages([world.payer, f"{world.patient}", manners.worded(day)], page="Page "),
        )
        + "".join(body),
        author=lawyer.name,
        author_specialty=None,
        facility=lawyer.facility,
        report_date=day,
        strings=(manners.worded(day), lawyer.name),
    )


def cover_to_evaluator(world: World, random: Random) -> Draft:
    """Return the defence's letter to an evaluator: questions, and a list of what it encloses with days."""
    day = world.day(random)
    lawyer, evaluator = staff(world, "defence"), staff(world, "qme")
    exhibits = sorted(manners.earlier(random, world, day) for _ in range(random.randint(8, 60)))
    names = (
        "Medical report",
        "PR-2",
        "MRI",
        "Operative report",
        "Work status",
        "UR determination",
        "Deposition transcript",
    )
    authors = ("Dr. Castro", "Dr. Ames", "no author stated")
    entries = [
        f"{random.choice(names)} dated {manners.worded(one)}, {random.choice(authors)};" for one in exhibits
    ]
    listed = "".join(f"+ {said(one)}\n" for one in entries)
    body = [
        letterhead(lawyer, "logo", "#14213d"),
        said(manners.worded(day)) + "\n\n",
        stacked([evaluator.signed, evaluator.street, evaluator.city]),
        plain_table(
            [
                ["RE:", world.patient],
                ["Our file:", f"{random.randint(1000, 9999)}.{world.chart[:3]}"],
                [
                    "Exam date:",
                    f"{manners.worded(manners.later(random, day, 15, 40))} at {manners.clock(random)}",
                ],
                ["Date of injury:", manners.worded(world.injured_on)],
            ],
            "(90pt, 1fr)",
        ),
        paragraphs(
            [
                f"Dear Doctor {evaluator.name.split()[-1]}:",
                (
                    "Thank you for agreeing to serve as the panel Qualified Medical Evaluator. "
                    "This office represents the employer."
                ),
            ]
        ),
        paragraphs(passages(world, random, "counsel", random.randint(2, 4), real=0)),
        heading("ISSUES TO BE ADDRESSED"),
        "".join(f"+ {said(one)}\n" for one in sentences(world, random, "counsel", 4)),
        heading("MEDICAL RECORDS ENCLOSED"),
        listed,
        paragraphs(["Respectfully,"]),
        signature(lawyer, [lawyer.facility]),
    ]
    return Draft(
        type=ExhibitType.CORRESPONDENCE,
        title="Letter to the panel evaluator",
        source=setup(
            font="Liberation Serif",
            size=12,
            margin="x: 1.1in, y: 1in",
            header=later_pages([f"{evaluator.signed}", f"Re: {world.patient}"], page="Page "),
        )
        + "".join(body),
        author=lawyer.name,
        author_specialty=None,
        facility=lawyer.facility,
        report_date=day,
        strings=(manners.worded(day), lawyer.name),
    )


def proof_of_service(world: World, random: Random) -> Draft:
    """Return a proof of service by mail, a page of its own."""
    day = world.day(random)
    clerk = staff(world, "applicant")
    served = random.sample(
        (
            "OBJECTION TO UTILIZATION REVIEW",
            "MEDICAL INDEX AND EXHIBITS",
            "DECLARATION OF READINESS TO PROCEED",
            "NOTICE OF REPRESENTATION",
            "REQUEST FOR QUALIFIED MEDICAL EVALUATOR PANEL",
            f"REPORT OF {staff(world, 'physiatrist').signed.upper()}",
            "LIEN CLAIM",
        ),
        random.randint(1, 4),
    )
    parties = [
        world.payer,
        *(staff(world, one).facility for one in ("defence", "physiatrist", "chiro", "qme")),
    ]
    body = [
        "#v(20pt)\n",
        (
            f"#align(center)[{said('PROOF OF SERVICE BY MAIL', weight=_BOLD)} \\ "
            f"{said('(Code of Civil Procedure sections 1013a, 2015.5)')}]\n"
        ),
        stacked(["STATE OF CALIFORNIA", f"COUNTY OF {random.choice(('LOS ANGELES', 'ORANGE', 'FRESNO'))}"]),
        paragraphs(
            [
                (
                    "I am employed in the county aforesaid. I am over the age of eighteen and "
                    "not a party to the within action. My business address is "
                )
                + f"{clerk.street}, {clerk.city}.",
                (
                    f"On {manners.worded(day)}, I served the within {'; '.join(served)} on the interested "
                    "parties by placing a true copy in a sealed envelope with postage fully "
                    "prepaid, addressed as follows:"
                ),
            ]
        ),
        stacked(random.sample(parties, random.randint(2, 5))),
        paragraphs(
            [
                (
                    "I declare under penalty of perjury that the foregoing is true. Executed on "
                    f"this {manners.sworn(day)}, at {clerk.city.split(',')[0]}, California."
                )
            ]
        ),
        "#v(26pt)\n#line(length: 200pt, stroke: 0.5pt)\n",
    ]
    return Draft(
        type=ExhibitType.CORRESPONDENCE,
        title="Proof of Service",
        source=setup(font="Liberation Serif", size=12, margin="x: 1.2in, y: 1in") + "".join(body),
        report_date=day,
        strings=(manners.worded(day), "PROOF OF SERVICE"),
    )


def custodian(world: World, random: Random) -> Draft:
    """Return a copy service's declaration of a custodian of records, of one page, signed by hand."""
    day = world.day(random)
    doctor = staff(world, random.choice(("urgent", "physiatrist", "pt", "mri", "spine")))
    body = [
        band("GOLDEN BEAR COPY SERVICE", f"Order No. {random.randint(10**5, 10**6)}-01", weight=_BOLD),
        rule("2pt"),
        f"#align(center)[{said('DECLARATION OF CUSTODIAN OF RECORDS', weight=_BOLD, size='12pt')}]\n",
        plain_table(
            [
                ["Records pertaining to:", world.patient],
                ["Date of birth:", manners.slash(world.born_on)],
                ["Location:", doctor.facility],
            ],
            "(130pt, 1fr)",
        ),
        paragraphs(
            [
                (
                    "I, the undersigned, being the duly authorized custodian of records or other "
                    "qualified witness, declare that the records copied are true copies of all "
                    "records called for in the subpoena, made in the regular course of business."
                )
            ]
        ),
        boxes(
            [
                (True, "Medical"),
                (random.random() < 0.5, "Billing"),
                (False, "Films"),
                (False, "No records found"),
            ]
        ),
        paragraphs(
            [
                (
                    f"Executed on {manners.padded(day)} at {doctor.city.split(',')[0]}, "
                    f"California. Number of pages: {random.randint(20, 400)}"
                )
            ]
        ),
        "#v(30pt)\n#line(length: 200pt, stroke: 0.5pt)\nCustodian\n",
    ]
    return Draft(
        type=ExhibitType.CORRESPONDENCE,
        title="Declaration of Custodian of Records",
        source=setup(font="Liberation Sans", size=11, margin="x: 1in, y: 0.9in") + "".join(body),
        facility="Golden Bear Copy Service",
        report_date=day,
        strings=(manners.padded(day), "DECLARATION OF CUSTODIAN"),
    )


def clinic_fax(world: World, random: Random) -> Sequence[Draft]:
    """Return a clinic's cover: big letters, boxes, a warning about confidential matter."""
    day = world.day(random)
    doctor = staff(world, "physiatrist")
    body = [
        said(doctor.facility, weight=_BOLD, size="14pt") + "\n\n",
        said("FAX", size="48pt", weight=_BOLD) + "\n\n",
        plain_table(
            [
                [
                    "To:",
                    f"{world.adjuster} / UR",
                    "From:",
                    random.choice(("Maribel", "Front desk", "Referrals - Tanya")),
                ],
                ["Fax:", doctor.fax, "Pages:", str(random.randint(2, 40))],
                ["Re:", f"{world.patient} {world.claim}", "Date:", manners.slash(day)],
            ],
            "(50pt, 1fr, 60pt, 1fr)",
        ),
        rule("1pt"),
        boxes([(True, "Urgent"), (False, "For Review"), (False, "Please Comment"), (True, "Please Reply")]),
        labelled(
            "Comments:",
            random.choice(
                (
                    "RFA + PR2 attached, pls authorize asap",
                    "2nd request!!",
                    "Records you asked for",
                    "Please see attached report and bill.",
                )
            ),
        ),
        "#v(1fr)\n",
        said(
            (
                "CONFIDENTIALITY NOTICE: The documents accompanying this transmission contain "
                "confidential health information that is legally privileged. If you are not the "
                "intended recipient, any disclosure is prohibited."
            ),
            size="8pt",
        ),
    ]
    return [
        Draft(
            type=ExhibitType.FAX_COVER,
            title="Fax",
            source=setup(font="Liberation Sans", size=12) + "".join(body),
            facility=doctor.facility,
            report_date=day,
            strings=(manners.slash(day),),
        )
    ]


def server_fax(world: World, random: Random) -> Draft:
    """Return what a server for faxes puts before what it sends: names and values in letters of a machine."""
    day = world.day(random)
    office = staff(world, random.choice(("defence", "emg", "mri")))
    return Draft(
        type=ExhibitType.FAX_COVER,
        title="Facsimile transmittal",
        lines=(
            (
                "",
                "            F A C S I M I L E   T R A N S M I T T A L   S H E E T",
                "",
                "=" * 70,
                f"  TO:        {world.payer}",
                f"  FAX NO:    {office.fax}",
                f"  FROM:      {office.facility}",
                f"  SENT:      {manners.weekday_brief(day)}  {manners.clock(random)}",
                f"  SUBJECT:   {world.reversed} ({world.claim})",
                f"  PAGES:     {random.randint(2, 60)} (including cover)",
                "=" * 70,
                "",
                "  NOTES:",
                (
                    "  "
                    + random.choice(
                        (
                            "Report attached.",
                            "Per your request of last week.",
                            "Please route to nurse reviewer.",
                        )
                    )
                ),
                "",
                "  This message is intended only for the use of the individual or entity",
                "  to which it is addressed. If received in error please call the sender.",
            ),
        ),
        facility=office.facility,
        report_date=day,
        strings=(manners.weekday_brief(day),),
    )


def questionnaire(world: World, random: Random) -> Draft:
    """Return what a patient fills in at the desk; nobody wrote the day on it."""
    asked = (
        "High blood pressure",
        "Diabetes",
        "Asthma",
        "Ulcer",
        "Kidney disease",
        "Depression",
        "Cancer",
        "Thyroid",
    )
    body = [
        said("NEW PATIENT QUESTIONNAIRE", weight=_BOLD, size="14pt") + "\n\n",
        cells(
            [
                [f"Name|{world.patient}", f"Birth date|{manners.slash_short(world.born_on)}"],
                [
                    f"Employer|{world.employer}",
                    f"When were you hurt?|{manners.slash_short(world.injured_on)}",
                ],
                ["Who is your doctor?|", "Hand|R"],
            ],
            "(1fr, 1fr)",
            size="11pt",
        ),
        bar("Please check all that apply to you"),
        boxes([(random.random() < 0.2, one) for one in asked], gap="16pt"),
        bar("Rate your pain from 0 to 10"),
        paragraphs(["   ".join(f"( {n} )" if n == 6 else str(n) for n in range(11))]),
        bar("What makes it worse? What makes it better?"),
        paragraphs([passage(world, random, "complaint", 1, 2), "_" * 60, "_" * 60]),
        bar("Medicines you take now"),
        grid([["Name", "How much", "How often"], *([["", "", ""]] * 4)], "(1fr, 100pt, 120pt)", inset="7pt"),
        paragraphs(["Patient signature: ______________________      Date: ______________"]),
    ]
    return Draft(
        type=ExhibitType.OTHER,
        title="New Patient Questionnaire",
        source=setup(
            font="DejaVu Sans", size=10, footer=counted("Continue on the other side if needed", "bare")
        )
        + "".join(body),
        strings=("NEW PATIENT QUESTIONNAIRE",),
    )


def job_description(world: World, random: Random) -> Draft:
    """Return the description of an employee's duties: a grid of how often what is done, without any day."""
    tasks = (
        "Sitting",
        "Walking",
        "Standing",
        "Bending (neck)",
        "Bending (waist)",
        "Squatting",
        "Climbing",
        "Kneeling",
        "Twisting",
        "Reaching above shoulder",
        "Simple grasping",
        "Power grasping",
        "Fine manipulation",
    )
    rows = [["ACTIVITY (hours per day)", "Never", "Up to 3", "3 - 6", "6 - 8"]]
    for one in tasks:
        at = random.randrange(4)
        rows.append([one, *("X" if at == column else "" for column in range(4))])
    body = [
        f"#align(center)[{said('DESCRIPTION OF EMPLOYEE JOB DUTIES', weight=_BOLD, size='13pt')}]\n",
        said(
            (
                "This form is developed jointly by the employer and employee and is intended to "
                "describe the employee's job duties."
            ),
            size="9pt",
        )
        + "\n\n",
        cells(
            [
                [f"Employee Name|{world.patient}", f"Claim #|{world.claim}"],
                [f"Employer Name|{world.employer}", "Job Title|Warehouse associate"],
                ["Job Address|400 Industrial Way", "Hours worked per day|8"],
            ],
            "(1fr, 1fr)",
        ),
        "#v(6pt)\n",
        grid(rows, "(1fr, 60pt, 60pt, 60pt, 60pt)", head=True, inset="3pt"),
        labelled(
            "Heaviest item carried:", f"{random.choice((25, 40, 50, 75))} lb, {random.randint(10, 60)} feet"
        ),
        paragraphs(
            [
                "Employee comments: ____________________________",
                "Employer contact: _______________   Title: ____________",
            ]
        ),
    ]
    return Draft(
        type=ExhibitType.OTHER,
        title="Description of Employee's Job Duties",
        source=setup(font="Liberation Sans", size=10, footer=counted("DWC AD 10133.33", "pg"))
        + "".join(body),
        strings=("JOB DUTIES",),
    )


def delivery(world: World, random: Random) -> Draft:
    """Return a supplier's ticket for what was delivered, with the day of delivery."""
    day = world.day(random)
    doctor = staff(world, "anesthesiologist")
    body = [
        band(
            "MEDI-QUICK HOME SUPPLY",
            f"DELIVERY TICKET {random.randint(10**4, 10**5)}",
            size="12pt",
            weight=_BOLD,
        ),
        rule(),
        cells(
            [
                [f"Deliver to|{world.patient}", f"Delivery date|{manners.padded_short(day)}"],
                [f"Ordered by|{doctor.signed}", "Driver|#4"],
                [f"Bill to|{world.payer}", f"Claim|{world.claim}"],
            ],
            "(1fr, 150pt)",
        ),
        "#v(6pt)\n",
        grid(
            [
                ["Qty", "Item", "HCPCS", "Rent/Buy"],
                [
                    "1",
                    random.choice(
                        ("TENS unit, four lead", "Lumbar orthosis", "Cold therapy unit", "Wrist brace")
                    ),
                    "E0730",
                    random.choice(("Rent", "Buy")),
                ],
                ["2", "Electrodes, pair", "A4556", "Buy"],
            ],
            "(40pt, 1fr, 70pt, 70pt)",
            head=True,
        ),
        paragraphs(
            [
                "I have received the items above in good order and was shown how to use them.",
                "Received by: ______________________",
            ]
        ),
    ]
    return Draft(
        type=ExhibitType.OTHER,
        title="Delivery Ticket",
        source=setup(font="Liberation Sans", size=12) + "".join(body),
        facility="Medi-Quick Home Supply",
        date_of_service=day,
        strings=(f"Delivery date {manners.padded_short(day)}",),
    )
