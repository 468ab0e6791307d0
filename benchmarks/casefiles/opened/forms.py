"""The forms of the state, filled in by typewriter, computer and pen, and a clinic's slip for the employer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random

from benchmarks.casefiles.draft import Draft, centred, grid, paragraphs, quoted, said, setup
from benchmarks.casefiles.opened import manners
from benchmarks.casefiles.opened.phrases import (
    SERVICES,
    diagnoses,
    looking_back,
    passage,
    passages,
    sentences,
)
from benchmarks.casefiles.opened.sheet import (
    BREAK,
    bar,
    box,
    boxes,
    cells,
    counted,
    heading,
    labelled,
    letterhead,
    rubber_stamp,
    signature,
    stacked,
    staff,
)
from benchmarks.casefiles.world import Person, World

from openimr.terms.records import ExhibitType

_BOLD = quoted("bold")
_TYPED = "Liberation Mono"
_REASONS = (
    "Periodic report (required 45 days after last report)",
    "Change in treatment plan",
    "Release from care",
    "Change in work status",
    "Need for referral or consultation",
    "Response to request for information",
    "Change in patient's condition",
    "Need for surgery or hospitalization",
    "Request for authorization",
    "Other",
)


def _state_head(lines: Sequence[str], title: str) -> str:
    shown = BREAK.join(said(line, size="9pt") for line in lines)
    return f"#align(center)[{shown} \\ {said(title, weight=_BOLD, size='12pt')}]\n"


def visit_packet(world: World, random: Random) -> Sequence[Draft]:
    """Return what one visit leaves behind: the state's progress report, and perhaps a request and a slip."""
    day = world.day(random)
    doctor = staff(world, "physiatrist")
    found = [_progress(world, random, doctor, day)]
    if random.random() < 0.6:
        found.append(_request(world, random, doctor, manners.later(random, day, 0, 2)))
    if random.random() < 0.5:
        found.append(_slip(world, random, doctor, day))
    return found


def _progress(world: World, random: Random, doctor: Person, day: date) -> Draft:
    """Return a PR-2 on the headings of the state's form; its second page may hold nothing but signatures."""
    reasons = set(random.sample(_REASONS, 3))
    first, last = world.first, world.last
    pairs = [
        " #h(8pt) ".join(box(one in reasons, one) for one in _REASONS[at : at + 2]) for at in (0, 2, 4, 6, 8)
    ]
    body = [
        _state_head(
            ["STATE OF CALIFORNIA", "Division of Workers' Compensation"],
            "PRIMARY TREATING PHYSICIAN'S PROGRESS REPORT (PR-2)",
        ),
        "#text(size: 8.5pt)[Check the box(es) which indicate why you are submitting a report at this time. "
        + BREAK
        + BREAK.join(pairs)
        + "]\n\n",
        heading("Patient:", size="9.5pt"),
        cells(
            [
                [f"Last|{last}", f"First|{first}", "M.I.|", f"Sex|{random.choice('MF')}"],
                [
                    f"Address|{random.randint(10, 9999)} Poplar St",
                    "City|Fontana",
                    "State|CA",
                    f"Zip|92{random.randint(100, 999)}",
                ],
                [
                    f"Date of Injury|{manners.slash(world.injured_on)}",
                    f"Date of Birth|{manners.slash(world.born_on)}",
                    "Occupation|Laborer",
                    "SS #|xxx-xx-",
                ],
            ],
            "(1fr, 1fr, 80pt, 80pt)",
        ),
        heading("Claims Administrator:", size="9.5pt"),
        cells(
            [
                [f"Name|{world.payer}", f"Claim Number|{world.claim}"],
                ["Address|P.O. Box 14", f"Phone|{doctor.phone}"],
                [f"Employer name|{world.employer}", "Employer phone|"],
            ],
            "(1fr, 1fr)",
        ),
        said(
            (
                "The information below must be provided. You may use this form or you may "
                "substitute or append a narrative report."
            ),
            size="8pt",
            style=quoted("italic"),
        )
        + "\n\n",
        labelled("Subjective complaints:", passage(world, random, "complaint", 2, 5)),
        labelled(
            (
                "Objective findings: (Include significant physical examination, laboratory, "
                "imaging, or other diagnostic findings.)"
            ),
            passage(world, random, "findings", 3, 6) + " " + looking_back(world, random, day),
        ),
        heading("Diagnoses:", size="9.5pt"),
        "".join(
            f"{n}. {said(name)} #h(1fr) ICD-9 {said(code)} \\ "
            for n, (code, name) in enumerate(diagnoses(world, random, 3), 1)
        )
        + "\n\n",
        labelled(
            (
                "Treatment Plan: (Include treatment rendered to date. List methods, frequency "
                "and duration of planned treatment(s).)"
            ),
            passage(world, random, "plans", 2, 5),
        ),
        labelled("Work Status:", "This patient has been instructed to:"),
        boxes(
            [
                (False, "Remain off-work until"),
                (True, f"Return to modified work on {manners.slash(manners.later(random, day, 1, 3))}"),
            ]
        ),
        boxes([(False, "Return to full duty with no limitations or restrictions")]),
        labelled(
            "Primary Treating Physician:",
            f"(original signature, do not stamp)      Date of Exam: {manners.slash(day)}",
        ),
        paragraphs(
            [
                (
                    "I declare under penalty of perjury that this report is true and correct to "
                    "the best of my knowledge and that I have not violated Labor Code § 139.3."
                )
            ]
        ),
        "#block(breakable: false)["
        + cells(
            [
                [
                    f"Executed at|{doctor.city.split(',')[0]}, CA",
                    f"Date|{manners.slash(manners.later(random, day, 0, 7))}",
                ],
                [f"Name|{doctor.signed}", f"Cal. Lic. #|{doctor.licence}"],
                [f"Address|{doctor.street}, {doctor.city}", f"Phone|{doctor.phone}"],
                [f"Specialty|{doctor.specialty}", "Next report due no later than|"],
            ],
            "(1fr, 1fr)",
        )
        + "]\n",
    ]
    size = random.choice((8.5, 9, 10))
    return Draft(
        type=ExhibitType.PROGRESS_REPORT,
        title="Primary Treating Physician's Progress Report (PR-2)",
        source=setup(
            font="Liberation Sans",
            size=size,
            margin="x: 0.7in, y: 0.6in",
            footer=counted("DWC Form PR-2 (Rev. 06-05)", random.choice(("bare", "of"))),
        )
        + "".join(body),
        author=doctor.name,
        author_specialty=doctor.specialty,
        facility=None,
        date_of_service=day,
        strings=(f"Date of Exam: {manners.slash(day)}", doctor.signed),
    )


def request(world: World, random: Random) -> Draft:
    """Return a request for authorization by itself."""
    return _request(world, random, staff(world, "orthopaedist"), world.day(random))


def _request(world: World, random: Random, doctor: Person, day: date) -> Draft:
    write = random.choice((manners.slash, manners.padded, manners.dashed_short))
    wanted = random.sample(SERVICES, random.randint(1, 4))
    rows = [
        [
            "Diagnosis (Required)",
            "ICD-Code (Required)",
            "Service/Good Requested (Required)",
            "CPT/HCPCS Code (If known)",
            "Other Information",
        ]
    ]
    for code, service, how in wanted:
        icd, name = random.choice(diagnoses(world, random))
        rows.append([name, icd, service, code, how])
    rows += [["", "", "", "", ""]] * (4 - len(wanted))
    body = [
        _state_head(["State of California, Division of Workers' Compensation"], "REQUEST FOR AUTHORIZATION"),
        f"#align(center)[{said('DWC Form RFA', weight=_BOLD)}]\n",
        said(
            (
                "Attach the Doctor's First Report of Occupational Injury or Illness, Form DLSR "
                "5021, a Treating Physician's Progress Report, DWC Form PR-2, or equivalent "
                "narrative report substantiating the requested treatment."
            ),
            size="8pt",
        )
        + "\n\n",
        boxes([(True, "New Request"), (False, "Resubmission - Change in Material Facts")]),
        boxes(
            [
                (False, "Expedited Review: faces imminent and serious threat"),
                (False, "Written confirmation of prior oral request"),
            ]
        ),
        bar("Employee Information"),
        cells(
            [
                [
                    f"Name (Last, First, Middle):|{world.reversed}",
                    f"Date of Injury (MM/DD/YYYY):|{write(world.injured_on)}",
                ],
                [f"Claim Number:|{world.claim}", f"Date of Birth (MM/DD/YYYY):|{write(world.born_on)}"],
                [f"Employer:|{world.employer}", " |"],
            ],
            "(1fr, 1fr)",
        ),
        bar("Requesting Physician Information"),
        cells(
            [
                [f"Name:|{doctor.signed}", "Contact Name:|Referrals"],
                [f"Practice Name:|{doctor.facility}", f"Address:|{doctor.street}"],
                [f"City, Zip:|{doctor.city}", f"Phone / Fax:|{doctor.phone} / {doctor.fax}"],
                [f"Specialty:|{doctor.specialty}", f"NPI Number:|{doctor.npi}"],
            ],
            "(1fr, 1fr)",
        ),
        bar("Claims Administrator Information"),
        cells(
            [
                [f"Company Name:|{world.payer}", f"Contact Name:|{world.adjuster}"],
                ["Address:|P.O. Box 14", f"Fax Number:|{doctor.fax}"],
            ],
            "(1fr, 1fr)",
        ),
        bar("Requested Treatment (see instructions for guidance; attached additional pages if necessary)"),
        grid(rows, "(1fr, 60pt, 1fr, 70pt, 90pt)", inset="3pt"),
        cells([["Requesting Physician Signature:| ", f"Date:|{write(day)}"]], "(1fr, 130pt)"),
        bar("Claims Administrator/Utilization Review Organization (URO) Response"),
        boxes(
            [
                (False, "Approved"),
                (False, "Denied or Modified (See separate decision letter)"),
                (False, "Delay"),
            ]
        ),
        cells(
            [["Authorization Number (if assigned):|", "Date:|"], ["Authorized Agent Name:|", "Signature:|"]],
            "(1fr, 1fr)",
        ),
    ]
    if random.random() < 0.4:
        body += [
            "#pagebreak()\n",
            heading("Attachment to Request for Authorization"),
            stacked([f"Employee: {world.patient}", f"Claim: {world.claim}", f"Request of {write(day)}"]),
            labelled("Reason for the request:", passage(world, random, "opinion")),
            paragraphs(passages(world, random, "plans", random.randint(1, 3), real=0.3)),
        ]
    return Draft(
        type=ExhibitType.RFA,
        title="Request for Authorization (DWC Form RFA)",
        source=setup(
            font="Liberation Sans",
            size=8.5,
            margin="x: 0.7in, y: 0.5in",
            footer=counted("DWC Form RFA (Effective 2/2014)", "pg"),
        )
        + "".join(body),
        author=doctor.name,
        author_specialty=doctor.specialty,
        facility=doctor.facility,
        report_date=day,
        strings=("REQUEST FOR AUTHORIZATION", write(day), doctor.signed),
    )


def slip(world: World, random: Random) -> Draft:
    """Return a clinic's slip about work by itself."""
    return _slip(world, random, staff(world, "urgent"), world.day(random))


def _slip(world: World, random: Random, doctor: Person, day: date) -> Draft:
    write = random.choice((manners.padded_short, manners.slash, manners.brief))
    until = manners.later(random, day, 14, 45)
    body = [
        letterhead(doctor, random.choice(("centred", "logo")), "#2e6b3e"),
        centred("PATIENT STATUS / WORK ABILITY REPORT", weight=_BOLD, size="13pt") + "#v(6pt)\n",
        cells(
            [
                [f"Patient|{world.patient}", f"Employer|{world.employer}"],
                [f"Seen on|{write(day)}", f"Injury date|{write(world.injured_on)}"],
                [f"Time in|{manners.clock(random)}", f"Time out|{manners.clock(random)}"],
            ],
            "(1fr, 1fr)",
        ),
        "#v(8pt)\n",
        boxes([(False, "Full duty"), (True, "Modified duty"), (False, "Unable to work")]),
        paragraphs([f"From {write(day)} through {write(until)}, with these limits:"]),
        "".join(
            box(random.random() < 0.4, one) + BREAK
            for one in (
                "No lifting over 10 lb",
                "No lifting over 25 lb",
                "No kneeling or squatting",
                "No work above the shoulder",
                "Sitting work only",
                "May not drive company vehicles",
                "Breaks of 5 minutes each hour",
            )
        )
        + "\n\n",
        paragraphs(
            [
                (
                    "If modified duty is not available the employee is to be considered off "
                    "work. This slip is not a medical report."
                )
            ]
        ),
        labelled("Next appointment:", f"{write(until)} at {manners.clock(random)}"),
        signature(doctor),
        rubber_stamp(f"{world.payer.upper()} {manners.rubber(manners.later(random, day, 3, 20))}")
        if random.random() < 0.3
        else "",
    ]
    return Draft(
        type=ExhibitType.WORK_STATUS,
        title="Work Ability Report",
        source=setup(font="DejaVu Sans", size=10, margin="x: 0.8in, y: 0.8in") + "".join(body),
        author=doctor.name,
        author_specialty=None,
        facility=doctor.facility,
        date_of_service=day,
        strings=(write(day), doctor.signed),
    )


def first_report(world: World, random: Random) -> Draft:
    """Return the doctor's first report, form 5021, its numbered boxes filled by a typewriter."""
    day = manners.later(random, world.injured_on, 0, 12)
    doctor = staff(world, "urgent")
    write = random.choice((manners.slash, manners.padded_short))
    icd = diagnoses(world, random)
    body = [
        _state_head(["STATE OF CALIFORNIA"], "DOCTOR'S FIRST REPORT OF OCCUPATIONAL INJURY OR ILLNESS"),
        said(
            (
                "Within 5 days of your initial examination, for every occupational injury or "
                "illness, send two copies of this report to the employer's workers' compensation "
                "insurance carrier or the insured employer."
            ),
            size="7.5pt",
        )
        + "\n\n",
        cells(
            [
                [f"1. INSURER NAME AND ADDRESS|{world.payer}"],
                [f"2. EMPLOYER NAME|{world.employer}"],
                ["3. Address   No. and Street   City   Zip|400 Industrial Way"],
                ["4. Nature of business|Warehouse"],
            ],
            "(1fr)",
        ),
        cells(
            [
                [
                    f"5. PATIENT NAME (first, middle initial, last)|{world.patient}",
                    f"6. Sex|{random.choice(('Male', 'Female'))}",
                    f"7. Date of Birth|{write(world.born_on)}",
                ],
                [
                    f"8. Address|{random.randint(100, 999)} Cherry Ln",
                    "9. Telephone number|",
                    "10. Occupation (Specific job title)|Packer",
                ],
                ["11. Social Security Number|", "12. Injured at: City|Ontario", "County|San Bernardino"],
                [
                    (
                        "13. Date and hour of injury or onset of "
                        f"illness|{write(world.injured_on)} {manners.clock(random)}"
                    ),
                    "14. Date last worked|" + write(world.injured_on),
                    (
                        f"15. Date and hour of first examination or treatment|{write(day)} "
                        f"{manners.clock(random)}"
                    ),
                ],
                ["16. Have you previously treated patient?|No", " |", " |"],
            ],
            "(1fr, 110pt, 150pt)",
        ),
        labelled("17. DESCRIBE HOW THE ACCIDENT OR EXPOSURE HAPPENED", passage(world, random, "story", 1, 2)),
        labelled("18. SUBJECTIVE COMPLAINTS", passage(world, random, "complaint", 2, 4)),
        labelled("19. OBJECTIVE FINDINGS  A. Physical examination", passage(world, random, "findings", 3, 5)),
        labelled("B. X-ray and laboratory results", "Negative for fracture."),
        labelled("20. DIAGNOSIS", "; ".join(f"{name} ICD-9 {code}" for code, name in icd)),
        boxes(
            [
                (True, "21. Findings consistent with account"),
                (False, "22. Other condition that will delay recovery"),
            ]
        ),
        labelled("23. TREATMENT RENDERED", passage(world, random, "plans", 1, 3)),
        labelled(
            "24. If further treatment required, specify treatment plan/estimated duration.",
            sentences(world, random, "plans", 1)[0],
        ),
        labelled(
            "26. WORK STATUS", "Is patient able to perform usual work?  No. Modified work from " + write(day)
        ),
        cells(
            [
                ["Doctor's Signature|", f"CA License Number|{doctor.licence}"],
                [f"Doctor Name and Degree (please type)|{doctor.signed}", "IRS Number|"],
                [
                    f"Address|{doctor.facility}, {doctor.street}, {doctor.city}",
                    f"Telephone Number|{doctor.phone}",
                ],
            ],
            "(1fr, 150pt)",
        ),
        said("FORM 5021 (Rev. 4)", size="7pt") + "\n\n",
        said(
            (
                "Any person who makes or causes to be made any knowingly false or fraudulent "
                "material statement for the purpose of obtaining or denying benefits is guilty "
                "of a felony."
            ),
            size="7.5pt",
        ),
    ]
    return Draft(
        type=ExhibitType.FIRST_REPORT,
        title="Doctor's First Report of Occupational Injury or Illness",
        source=setup(font=random.choice((_TYPED, "Liberation Sans")), size=9, margin="x: 0.6in, y: 0.5in")
        + "".join(body),
        author=doctor.name,
        author_specialty=None,
        facility=doctor.facility,
        date_of_service=day,
        strings=(write(day), doctor.signed),
    )


def independent_review(world: World, random: Random) -> Draft:
    """Return an application for independent medical review, sometimes with its pages of instructions."""
    decided = world.day(random)
    signed = manners.later(random, decided, 3, 28)
    lawyer, doctor = staff(world, "applicant"), staff(world, "physiatrist")
    body = [
        _state_head(
            ["State of California, Department of Industrial Relations", "DIVISION OF WORKERS' COMPENSATION"],
            "APPLICATION FOR INDEPENDENT MEDICAL REVIEW",
        ),
        f"#align(center)[{said('DWC Form IMR', weight=_BOLD)}]\n",
        said(
            (
                "TO REQUEST INDEPENDENT MEDICAL REVIEW: 1. Sign and date this application and "
                "consent to obtain medical records. 2. Mail or fax the application and a copy of "
                "the written decision you received that denied or modified the medical treatment "
                "requested by your physician."
            ),
            size="8.5pt",
        )
        + "\n\n",
        boxes([(True, "Regular"), (False, "Expedited")]),
        bar("Employee"),
        cells(
            [
                [
                    f"Employee Name (First, MI, Last):|{world.patient}",
                    f"Date of Birth:|{manners.slash(world.born_on)}",
                ],
                [
                    f"Address:|{random.randint(100, 9999)} Walnut Grove",
                    f"Date of Injury (MM/DD/YYYY):|{manners.padded(world.injured_on)}",
                ],
                [
                    f"Claim Number:|{world.claim}",
                    f"WCIS Jurisdictional Claim Number:|{random.randint(10**9, 10**10 - 1)}",
                ],
                [f"Employer:|{world.employer}", f"EAMS Case Number:|ADJ{random.randint(10**6, 10**7 - 1)}"],
            ],
            "(1fr, 1fr)",
        ),
        bar("Employee's Attorney (if known)"),
        cells(
            [
                [f"Name:|{lawyer.name}", f"Phone:|{lawyer.phone}"],
                [f"Firm:|{lawyer.facility}", f"Fax:|{lawyer.fax}"],
            ],
            "(1fr, 1fr)",
        ),
        bar("Requesting Physician / Claims Administrator"),
        cells(
            [
                [f"Physician:|{doctor.signed}", f"Specialty:|{doctor.specialty}"],
                [f"Administrator:|{world.payer}", f"Adjuster:|{world.adjuster}"],
                ["Address:|P.O. Box 14", f"Phone:|{doctor.phone}"],
            ],
            "(1fr, 1fr)",
        ),
        bar("Disputed Medical Treatment"),
        labelled("Primary diagnosis:", "; ".join(name for _, name in diagnoses(world, random))),
        labelled("Date of Utilization Review Determination Letter:", manners.padded(decided)),
        boxes([(False, "Is the claims administrator disputing liability? Yes"), (True, "No")]),
        "".join(
            f"{n}. {said(service + ' (' + code + ')')} \\ "
            for n, (code, service, _) in enumerate(random.sample(SERVICES, random.randint(1, 3)), 1)
        )
        + "\n\n",
        bar("Consent to Obtain Medical Records"),
        said(
            (
                "I allow my health care providers and claims administrator to furnish medical "
                "records and information relevant for review of the disputed treatment to the "
                "independent medical review organization. This consent ends one year after it is "
                "signed."
            ),
            size="8.5pt",
        )
        + "\n\n",
        cells([["Employee Signature:|", f"Date:|{manners.padded(signed)}"]], "(1fr, 150pt)"),
    ]
    if random.random() < 0.5:
        body += [
            "#pagebreak()\n",
            heading("INSTRUCTIONS FOR COMPLETING THE APPLICATION"),
            paragraphs(
                [
                    "If your employer's insurer has denied or changed the care your doctor "
                    "asked for, you may have an "
                    "independent doctor look at the decision. There is no cost to you.",
                    (
                        "You have 30 days from the mailing of the decision to send the signed "
                        "form with a copy of it."
                    ),
                    (
                        "Your attorney or another person whom you have named may sign in your "
                        "place if the designation is attached."
                    ),
                    (
                        "Mail the application to the review organization in Sacramento or fax it "
                        "to the number in the letter."
                    ),
                ]
            ),
            heading("REASONS GIVEN BY THE EMPLOYEE (optional)"),
            paragraphs([passage(world, random, "complaint"), passage(world, random, "counsel")]),
            heading("AUTHORIZED REPRESENTATIVE DESIGNATION"),
            stacked(
                [
                    "I wish to designate the following person to act on my behalf:",
                    f"Name: {lawyer.name}    {lawyer.facility}",
                    f"Signature: ____________________   Date: {manners.padded(signed)}",
                ]
            ),
        ]
    return Draft(
        type=ExhibitType.IMR_APPLICATION,
        title="Application for Independent Medical Review",
        source=setup(
            font="Liberation Serif",
            size=9.5,
            margin="x: 0.75in, y: 0.6in",
            footer=counted("DWC Form IMR (Effective 2/2014)", random.choice(("bare", "of"))),
        )
        + "".join(body),
        report_date=signed,
        strings=("APPLICATION FOR INDEPENDENT MEDICAL REVIEW", manners.padded(signed)),
    )
