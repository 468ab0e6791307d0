"""Reports of evaluators: a panel's very long one, an agreed one, a supplement without an examination."""

from __future__ import annotations

from datetime import date
from random import Random

from benchmarks.casefiles.draft import Draft, grid, paragraphs, quoted, said, setup
from benchmarks.casefiles.opened import manners
from benchmarks.casefiles.opened.phrases import diagnoses, passage, passages, sentences
from benchmarks.casefiles.opened.sheet import (
    counted,
    heading,
    later_pages,
    letterhead,
    plain_table,
    signature,
    stacked,
    staff,
)
from benchmarks.casefiles.world import World

from openimr.terms.records import ExhibitType

_BOLD = quoted("bold")
_REVIEWED = (
    "Doctor's First Report of Occupational Injury",
    "Primary Treating Physician's Progress Report (PR-2)",
    "MRI of the affected region",
    "Operative Report",
    "Physical Therapy Daily Note",
    "Request for Authorization",
    "Utilization Review Determination",
    "Electrodiagnostic Study",
    "Agreed Medical Examination",
    "Initial Orthopaedic Consultation",
    "Urine Toxicology",
    "Work Status Report",
    "Deposition of the applicant",
    "Psychological Consultation",
    "Application for Adjudication of Claim",
    "X-ray report",
)
_SIGNED_BY = ("Dr. Ames", "Dr. Bhatt", "Dr. Castro", "signature illegible", "K. Dole, D.C.")


def _record_review(world: World, random: Random, day: date, count: int) -> str:
    """Return summaries of other papers, each opened by its own day and title, in the order of their days."""
    write = random.choice((manners.slash, manners.worded, manners.padded))
    days = sorted(manners.earlier(random, world, day) for _ in range(count))
    parts = []
    for one in days:
        opening = f"{write(one)} - {random.choice(_REVIEWED)}, "
        opening += random.choice(_SIGNED_BY) + "."
        kind = random.choice(("complaint", "findings", "opinion"))
        parts.append(said(opening, weight=_BOLD) + " " + said(passage(world, random, kind, 2, 6)) + "\n\n")
    return "".join(parts)


def panel_evaluation(world: World, random: Random) -> Draft:
    """Return a panel evaluator's report of 25 pages and more, most of it review of records."""
    day = world.day(random)
    doctor = staff(world, "qme")
    typed = manners.later(random, day, 20, 30)
    parts = [
        letterhead(doctor, "doctor"),
        said(manners.worded(typed)) + "\n\n",
        plain_table(
            [
                ["Claims Administrator:", f"{world.payer}, Attn {world.adjuster}"],
                ["Applicant's attorney:", staff(world, "applicant").facility],
                ["Defense attorney:", staff(world, "defence").facility],
            ],
            "(120pt, 1fr)",
        ),
        f"#align(center)[{said('PANEL QUALIFIED MEDICAL EVALUATION', weight=_BOLD, size='13pt')}]\n",
        plain_table(
            [
                ["APPLICANT:", world.patient],
                ["EMPLOYER:", world.employer],
                ["CLAIM NO.:", world.claim],
                ["PANEL NO.:", str(random.randint(10**6, 10**7))],
                ["DATE OF INJURY:", manners.worded(world.injured_on)],
                ["DATE OF EXAMINATION:", manners.worded(day)],
            ],
            "(150pt, 1fr)",
        ),
        paragraphs(
            [
                (
                    "This report is submitted under section 9795 at level ML-104. Complexity "
                    "factors are: two or more hours of face-to-face time, two or more hours of "
                    "record review, causation and apportionment."
                ),
                f"The above-named was seen by me at {doctor.street}, {doctor.city}, on the date shown.",
            ]
        ),
    ]
    for title, kind, count in (
        ("HISTORY OF THE PRESENT INJURY", "story", 7),
        ("CURRENT COMPLAINTS", "complaint", 6),
        ("OCCUPATIONAL HISTORY", "story", 4),
        ("PAST MEDICAL HISTORY", "complaint", 2),
        ("ACTIVITIES OF DAILY LIVING", "complaint", 4),
        ("PHYSICAL EXAMINATION", "findings", 8),
    ):
        parts += [heading(title), paragraphs(passages(world, random, kind, count))]
    parts += [
        _motion(random),
        heading("REVIEW OF MEDICAL RECORDS"),
        _record_review(world, random, day, random.randint(130, 190)),
        heading("DIAGNOSES"),
        "".join(f"+ {said(name)}\n" for _, name in diagnoses(world, random, 3)),
    ]
    for title in (
        "DISCUSSION",
        "DISABILITY STATUS",
        "CAUSATION",
        "IMPAIRMENT RATING",
        "APPORTIONMENT",
        "FUTURE MEDICAL CARE",
    ):
        parts += [
            heading(title),
            paragraphs(passages(world, random, "forensic", random.randint(2, 5), real=0)),
        ]
    parts += [heading("DISCLOSURE STATEMENT"), *_declaration(random, typed, doctor.city.split(",")[0])]
    return Draft(
        type=ExhibitType.MEDICAL_LEGAL,
        title="Panel Qualified Medical Evaluation",
        source=setup(
            font="Liberation Serif",
            size=12,
            margin="x: 1.1in, y: 1in",
            header=later_pages(
                [f"RE: {world.patient}", f"Date of Examination: {manners.worded(day)}"], page="Page "
            ),
        )
        + "".join(parts)
        + signature(doctor, ["Qualified Medical Evaluator", doctor.specialty]),
        author=doctor.name,
        author_specialty=doctor.specialty,
        facility=None,
        date_of_service=day,
        report_date=typed,
        strings=(f"DATE OF EXAMINATION: {manners.worded(day)}", doctor.signed),
    )


def _motion(random: Random) -> str:
    rows = [["Motion", "Right", "Left", "Normal"]]
    rows += [
        [name, str(random.randint(20, 60)), str(random.randint(20, 60)), "60"]
        for name in ("Flexion", "Extension", "Lateral bend")
    ]
    return grid(rows, "(120pt, 60pt, 60pt, 60pt)", head=True, inset="3pt")


def _declaration(random: Random, signed: date, county: str) -> list[str]:
    return [
        paragraphs(
            [
                "I declare under penalty of perjury that the information contained in this "
                "report and its attachments, "
                "if any, is true and correct to the best of my knowledge and belief, except "
                "as to information that I "
                "have indicated I received from others.",
                f"Dated this {manners.sworn(signed)}, at {county}, California. An assistant "
                f"took {random.randint(10, 40)} "
                "minutes of history, which I verified with the applicant.",
            ]
        )
    ]


def agreed_evaluation(world: World, random: Random) -> Draft:
    """Return an agreed evaluator's report of middling length, its first page a letter to both attorneys."""
    day = world.day(random)
    doctor = staff(world, "ame")
    typed = manners.later(random, day, 7, 29)
    one, other = staff(world, "applicant"), staff(world, "defence")
    addresses = grid(
        [
            [
                f"{one.name}, Esq.\n{one.facility}\n{one.street}\n{one.city}",
                f"{other.name}, Esq.\n{other.facility}\n{other.street}\n{other.city}",
            ]
        ],
        "(1fr, 1fr)",
        stroke="none",
        inset="0pt",
    )
    parts = [
        letterhead(doctor, "centred", "#26456e"),
        said(manners.capitals(typed)) + "\n\n",
        addresses,
        stacked(
            [
                f"RE:     {world.patient} vs. {world.employer}",
                f"WCAB:   ADJ{random.randint(10**6, 10**7 - 1)}",
                f"D/I:    {manners.slash(world.injured_on)}",
            ]
        ),
        said("AGREED MEDICAL EVALUATION IN INTERNAL MEDICINE", weight=_BOLD) + "\n\n",
        paragraphs(
            [
                "Dear Counsel:",
                (
                    f"Pursuant to your joint letter, I examined {world.patient} on "
                    f"{manners.weekday(day)}, in my {doctor.city.split(',')[0]} office."
                ),
            ]
        ),
    ]
    for number, (title, kind, count) in enumerate(
        (
            ("History", "story", 6),
            ("Symptoms at Present", "complaint", 5),
            ("Examination", "findings", 5),
            ("Laboratory", "findings", 1),
        ),
        1,
    ):
        parts += [heading(f"{number}.  {title}"), paragraphs(passages(world, random, kind, count, real=0.6))]
    parts += [
        heading("5.  Records"),
        _record_review(world, random, day, random.randint(20, 70)),
        heading("6.  Answers to Your Questions"),
        paragraphs(passages(world, random, "forensic", random.randint(5, 12), real=0)),
        *_declaration(random, typed, doctor.city.split(",")[0]),
        signature(doctor, ["Agreed Medical Evaluator"]),
        stacked(["Enclosure: billing, AO 10133", "cc: " + world.payer]),
    ]
    return Draft(
        type=ExhibitType.MEDICAL_LEGAL,
        title="Agreed Medical Evaluation",
        source=setup(
            font="Liberation Sans",
            size=11,
            margin="x: 1in, y: 1in",
            header=later_pages([f"{world.patient} / AME", manners.capitals(typed)]),
            footer=counted("", "dash"),
        )
        + "".join(parts),
        author=doctor.name,
        author_specialty=doctor.specialty,
        facility=doctor.facility,
        date_of_service=day,
        report_date=typed,
        strings=(manners.weekday(day), doctor.signed),
    )


def supplement(world: World, random: Random) -> Draft:
    """Return a supplemental report: nobody was examined, and it quotes the day of the examination."""
    examined = world.day(random)
    typed = manners.later(random, examined, 60, 240)
    doctor = staff(world, "qme")
    parts = [
        letterhead(doctor, "doctor"),
        said(manners.worded(typed)) + "\n\n",
        stacked(
            [staff(world, "defence").facility, staff(world, "defence").street, staff(world, "defence").city]
        ),
        plain_table(
            [["RE:", world.patient], ["D/I:", manners.worded(world.injured_on)], ["CLAIM:", world.claim]],
            "(60pt, 1fr)",
        ),
        f"#align(center)[{said('SUPPLEMENTAL MEDICAL-LEGAL REPORT', weight=_BOLD)}]\n",
        paragraphs(
            [
                (
                    f"I evaluated this applicant as a panel QME on {manners.worded(examined)}. I "
                    "have now been sent further records and your letter. The applicant was not "
                    f"seen again. This is an ML-106 report; {random.randint(2, 6)} hours were "
                    "spent."
                )
            ]
        ),
        heading("RECORDS REVIEWED"),
        _record_review(world, random, typed, random.randint(3, 25)),
        heading("DISCUSSION"),
        paragraphs(passages(world, random, "forensic", random.randint(2, 7), real=0)),
        paragraphs(sentences(world, random, "forensic", 2)),
        *_declaration(random, typed, doctor.city.split(",")[0]),
        signature(doctor),
    ]
    return Draft(
        type=ExhibitType.MEDICAL_LEGAL,
        title="Supplemental Medical-Legal Report",
        source=setup(
            font="Liberation Serif",
            size=12,
            margin="x: 1.1in, y: 1in",
            header=later_pages([f"RE: {world.patient}", "Supplemental Report"], page="Page "),
        )
        + "".join(parts),
        author=doctor.name,
        author_specialty=doctor.specialty,
        report_date=typed,
        strings=(manners.worded(typed), "SUPPLEMENTAL"),
    )
