"""Dictated and typed: consultants' letters, narratives, chart notes, operations, a psychologist's report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random

from benchmarks.casefiles.draft import Draft, centred, paragraphs, quoted, said, setup
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
    MAROON,
    band,
    counted,
    heading,
    labelled,
    later_pages,
    letterhead,
    plain_table,
    rubber_stamp,
    rule,
    signature,
    stacked,
    staff,
)
from benchmarks.casefiles.world import Person, World

from openimr.terms.records import ExhibitType


def _subject(world: World, day: date | None, *, sign: str = "RE:") -> str:
    """Return what stands under a letter's address: whose, from which employer, of which injury."""
    rows = [
        [sign, world.patient.upper()],
        ["", f"Employer: {world.employer}"],
        ["", f"Claim #: {world.claim}"],
        ["", f"D/Injury: {manners.worded(world.injured_on)}"],
    ]
    if day:
        rows.append(["", f"D/Exam: {manners.worded(day)}"])
    return plain_table(rows, "(66pt, 1fr)")


def _typist(person: Person, random: Random) -> str:
    first, last = person.name.split()
    return f"{first[0]}{last[0]}:{random.choice(('mlk', 'dg', 'js', 'rtw'))}"


def consultant_letter(world: World, random: Random) -> Draft:
    """Return a consultant's letter; the day of the visit stands in its first sentence alone."""
    day = world.day(random)
    typed = manners.later(random, day, 1, 9)
    doctor, asked = staff(world, "anesthesiologist"), staff(world, "urgent")
    opening = random.choice(
        (
            f"Thank you for asking me to see {world.patient}, who was evaluated in my office on "
            f"{manners.worded(day)} for {world.region} pain.",
            "I had the pleasure of seeing your patient in consultation on "
            f"{manners.ordinal(day)}. As you know, this "
            f"is a worker who was hurt on {manners.worded(world.injured_on)}.",
        )
    )
    body = [
        letterhead(doctor, "doctor"),
        said(manners.worded(typed)) + "\n\n",
        stacked([asked.signed, asked.facility, asked.street, asked.city]),
        _subject(world, None),
        paragraphs([f"Dear Dr. {asked.name.split()[-1]}:", opening]),
        paragraphs(passages(world, random, "complaint", random.randint(1, 5), real=0.7)),
        paragraphs(["On examination: " + passage(world, random, "findings")]),
        paragraphs(passages(world, random, "findings", random.randint(0, 3), real=0.8)),
        paragraphs(passages(world, random, "opinion", random.randint(1, 2))),
        paragraphs(["I would suggest the following. " + passage(world, random, "plans", 2, 4)]),
        paragraphs(["Thank you for this kind referral. Sincerely,"]),
        signature(doctor, [doctor.specialty]),
        rubber_stamp(f"SIGNED {manners.rubber(typed)}") if random.random() < 0.4 else "",
        said(
            f"{_typist(doctor, random)}   D: {manners.padded_short(day)}   T: {manners.padded_short(typed)}",
            size="8pt",
        ),
        "\n\n" + said(f"cc: {world.adjuster}, {world.payer}", size="9pt"),
    ]
    return Draft(
        type=ExhibitType.CONSULTATION,
        title="Consultation letter",
        source=setup(
            font="Liberation Serif",
            size=12,
            margin="x: 1.1in, y: 1in",
            header=later_pages([world.patient.upper(), manners.worded(typed)], page="Page "),
        )
        + "".join(body),
        author=doctor.name,
        author_specialty=doctor.specialty,
        facility=None,
        date_of_service=day,
        report_date=typed,
        strings=(opening[:40], doctor.signed),
    )


def narrative_report(world: World, random: Random) -> Draft:
    """Return a treating physician's progress report as a long letter with inner headings."""
    day = world.day(random)
    doctor = staff(world, "physiatrist")
    wanted = random.sample(SERVICES, 2)
    stated = random.random() < 0.5
    parts = [
        letterhead(doctor, "logo", MAROON),
        said(manners.capitals(day)) + "\n\n",
        stacked(
            [world.payer, f"Attn: {world.adjuster}, Claims Examiner", "P.O. Box 7711", "Sacramento, CA 95812"]
        ),
        _subject(world, day if stated else None, sign="PATIENT:"),
        centred(
            "PRIMARY TREATING PHYSICIAN REEVALUATION REPORT AND REQUEST FOR AUTHORIZATION",
            weight=quoted("bold"),
        ),
        paragraphs(
            [
                f"Dear {world.adjuster.split()[0]}:",
                (
                    f"The above captioned individual was seen today, {manners.worded(day)}, in our "
                    f"{doctor.city.split(',')[0]} office."
                ),
            ]
        ),
        heading("INTERIM HISTORY"),
        paragraphs(passages(world, random, "complaint", random.randint(3, 9))),
        heading("JOB DESCRIPTION"),
        paragraphs([(f"The patient worked for {world.employer}. {passage(world, random, 'story', 1, 2)}")]),
        heading("PHYSICAL EXAMINATION"),
        paragraphs(passages(world, random, "findings", random.randint(3, 7))),
        heading("REVIEW OF MEDICAL RECORDS"),
        paragraphs([looking_back(world, random, day, manners.worded) for _ in range(random.randint(2, 9))]),
        heading("DIAGNOSES"),
        "".join(f"+ {said(name + ' [' + code + ']')}\n" for code, name in diagnoses(world, random, 3)),
        heading("DISCUSSION AND TREATMENT PLAN"),
        paragraphs(passages(world, random, "opinion", random.randint(2, 6))),
        paragraphs([f"{name} (CPT {code}), {how}, is requested." for code, name, how in wanted]),
        heading("WORK STATUS"),
        paragraphs([passage(world, random, "plans", 1, 2)]),
        heading("DISCLOSURE"),
        paragraphs(
            [
                (
                    "I declare under penalty of perjury that the information in this report is "
                    "true and correct to the best of my knowledge. I have not violated Labor "
                    "Code section 139.3. "
                    f"Signed in {doctor.city.split(',')[0]} County, California, on "
                    f"{manners.slash(manners.later(random, day, 0, 8))}."
                )
            ]
        ),
        signature(doctor, [f"Cal. Lic. {doctor.licence}", "Primary Treating Physician"]),
    ]
    return Draft(
        type=ExhibitType.PROGRESS_REPORT,
        title="Primary treating physician reevaluation report",
        source=setup(
            font="Liberation Serif",
            size=random.choice((11.5, 12)),
            header=later_pages([f"RE: {world.patient}", f"{manners.worded(day)}"], page="Page "),
        )
        + "".join(parts),
        author=doctor.name,
        author_specialty=doctor.specialty,
        facility=doctor.facility,
        date_of_service=day,
        strings=(f"D/Exam: {manners.worded(day)}" if stated else manners.capitals(day), doctor.signed),
    )


def chart_notes(world: World, random: Random) -> Sequence[Draft]:
    """Return two to five typed chart notes, a page each, that begin with nothing but the day."""
    doctor = staff(world, "orthopaedist")
    day, found = world.day(random), []
    write = random.choice((manners.dashed_short, manners.slash_short, manners.capitals))
    for _ in range(random.randint(2, 5)):
        body = [
            band(world.reversed.upper(), f"Chart {world.chart}"),
            rule(),
            f"#v({random.randint(4, 14)}pt)\n",
            said(write(day), weight=quoted("bold"))
            + "   "
            + said(random.choice(("OFFICE VISIT", "FOLLOW UP", "RECHECK")))
            + "\n\n",
            paragraphs(
                [
                    f"The patient is back about the {world.region}. "
                    + passage(world, random, "complaint", 2, 4)
                ]
            ),
            paragraphs(passages(world, random, "findings", 1, real=0.2)),
            paragraphs(
                [passage(world, random, "opinion", 1, 2) + " " + passage(world, random, "plans", 1, 3)]
            ),
            f"#v(20pt)\n{said(doctor.signed + ' /' + random.choice(('kb', 'sm')))}\n\n",
            said(
                f"Dictated but not read. T: {manners.slash_short(manners.later(random, day, 1, 6))}",
                size="8pt",
            ),
        ]
        found.append(
            Draft(
                type=ExhibitType.PROGRESS_REPORT,
                title="Office note",
                source=setup(font="Liberation Mono", size=10, margin="x: 1in, y: 0.8in") + "".join(body),
                author=doctor.name,
                author_specialty=None,
                facility=None,
                date_of_service=day,
                strings=(write(day), doctor.signed),
            )
        )
        day = manners.later(random, day, 14, 50)
    return found


def operation(world: World, random: Random) -> Draft:
    """Return a hospital's report of an operation, dictated and transcribed."""
    day = world.day(random)
    surgeon, sleep = staff(world, "orthopaedist"), staff(world, "anesthesiologist")
    typed = manners.later(random, day, 0, 3)
    (code, before), (_, after) = diagnoses(world, random)
    labels = [
        ["PATIENT NAME:", world.reversed.upper(), "ROOM:", "OPS"],
        ["MED REC #:", f"00-{world.chart}", "DOB:", manners.padded(world.born_on)],
        ["DATE OF PROCEDURE:", manners.padded(day), "ADMITTED:", manners.padded(day)],
        ["SURGEON:", surgeon.signed, "ANESTHESIA:", sleep.name],
    ]
    body = [
        (
            f"#align(center)[{said('FOOTHILL COMMUNITY HOSPITAL', size='14pt', weight=quoted('bold'))} "
            f"\\ {said('OPERATIVE REPORT')}]\n"
        ),
        plain_table(labels, "(110pt, 1fr, 80pt, 110pt)"),
        rule(),
        labelled("PREOPERATIVE DIAGNOSIS:", f"{before} ({code})"),
        labelled("POSTOPERATIVE DIAGNOSIS:", after),
        labelled("OPERATION:", f"Examination under anesthesia and operative treatment, {world.region}."),
        labelled("INDICATIONS:", looking_back(world, random, day, manners.padded)),
        labelled("DESCRIPTION OF OPERATION:", passage(world, random, "scope", 5, 9)),
        paragraphs(passages(world, random, "scope", random.randint(1, 6), real=0.7)),
        signature(surgeon),
        stacked(
            [
                f"DD: {manners.padded(day)} {manners.clock(random)}",
                f"DT: {manners.padded(typed)} {manners.clock(random)}",
                f"Job #{random.randint(10**5, 10**6)}   {_typist(surgeon, random)}",
            ]
        ),
    ]
    return Draft(
        type=ExhibitType.OPERATIVE_REPORT,
        title="Operative Report",
        source=setup(
            font="Liberation Mono",
            size=10,
            margin="x: 0.9in, y: 0.9in",
            footer=counted(f"{world.reversed.upper()}   OPERATIVE REPORT", "of"),
        )
        + "".join(body),
        author=surgeon.name,
        author_specialty=None,
        facility="Foothill Community Hospital",
        date_of_service=day,
        strings=(manners.padded(day), "OPERATIVE REPORT"),
    )


def injection(world: World, random: Random) -> Draft:
    """Return a pain clinic's procedure note of one or two pages."""
    day = world.day(random)
    doctor = staff(world, "anesthesiologist")
    body = [
        letterhead(doctor, "centred", "#2e6b3e"),
        f"#align(center)[{said('PROCEDURE NOTE', weight=quoted('bold'), size='12pt')}]\n",
        plain_table(
            [
                [f"Patient: {world.patient}", f"DOB: {manners.slash(world.born_on)}"],
                [f"Procedure date: {manners.slash(day)}", f"DOI: {manners.slash(world.injured_on)}"],
            ],
            "(1fr, 1fr)",
        ),
        labelled("Procedure:", f"Fluoroscopically guided injection, {world.region}"),
        labelled("Operator:", doctor.signed),
        labelled(
            "Sedation:", f"Versed {random.randint(1, 3)} mg, fentanyl {random.choice((50, 75, 100))} mcg"
        ),
        labelled(
            "Consent:",
            "Risks including bleeding, infection and nerve injury were explained and consent was signed.",
        ),
        labelled("Technique:", passage(world, random, "needle", 4, 7)),
        paragraphs(passages(world, random, "needle", random.randint(0, 2), real=0.4)),
        labelled(
            "Post-procedure:",
            (
                f"VAS went from {random.randint(6, 9)} to {random.randint(1, 4)}. Discharged with "
                "instructions. Next appointment "
                f"{manners.slash(manners.later(random, day, 10, 20))}."
            ),
        ),
        signature(doctor),
        rubber_stamp(f"REVIEWED  {manners.rubber(manners.later(random, day, 1, 12))}"),
    ]
    return Draft(
        type=ExhibitType.OPERATIVE_REPORT,
        title="Procedure Note",
        source=setup(font="DejaVu Serif", size=10) + "".join(body),
        author=doctor.name,
        author_specialty=None,
        facility=doctor.facility,
        date_of_service=day,
        strings=(f"Procedure date: {manners.slash(day)}", doctor.signed),
    )


def psychology(world: World, random: Random) -> Draft:
    """Return a psychologist's long initial report to the treating doctor, with tests and scores."""
    day = world.day(random)
    typed = manners.later(random, day, 10, 30)
    doctor = staff(world, "psych")
    tests = [
        ["Beck Depression Inventory-II", str(random.randint(8, 45)), "moderate range"],
        ["Beck Anxiety Inventory", str(random.randint(8, 45)), "mild range"],
        ["Epworth Sleepiness Scale", str(random.randint(4, 18)), "elevated"],
    ]
    parts = [
        letterhead(doctor, "centred", "#7a1f2b"),
        (
            centred("INITIAL PSYCHOLOGICAL CONSULTATION", weight=quoted("bold"), size="12pt")
            + centred("CONFIDENTIAL")
        ),
        plain_table(
            [
                ["Name:", world.patient],
                ["Date of Birth:", manners.worded(world.born_on)],
                ["Date(s) Seen:", manners.worded(day)],
                ["Date of Report:", manners.worded(typed)],
                ["Examiner:", doctor.signed],
            ],
            "(100pt, 1fr)",
        ),
    ]
    for title, kind, count in (
        ("REASON FOR REFERRAL", "mind", 1),
        ("HISTORY OF THE INJURY", "story", 5),
        ("CURRENT COMPLAINTS", "complaint", 6),
        ("FAMILY AND SOCIAL HISTORY", "story", 5),
        ("MENTAL STATUS EXAMINATION", "mind", 5),
    ):
        parts += [heading(title), paragraphs(passages(world, random, kind, count + random.randint(0, 4)))]
    parts += [
        heading("PSYCHOLOGICAL TESTING"),
        plain_table(tests, "(190pt, 60pt, 1fr)"),
        paragraphs(passages(world, random, "mind", random.randint(3, 8))),
        heading("DIAGNOSTIC IMPRESSION"),
        stacked(
            [
                "Axis I: 309.28 Adjustment disorder, mixed",
                "Axis II: Deferred",
                f"Axis III: {world.region} injury",
                f"Axis V: GAF {random.randint(50, 65)}",
            ]
        ),
        heading("RECOMMENDATIONS"),
        paragraphs(sentences(world, random, "plans", 3)),
        signature(doctor, [f"License {doctor.licence}"]),
    ]
    return Draft(
        type=ExhibitType.CONSULTATION,
        title="Initial Psychological Consultation",
        source=setup(
            font="Liberation Serif",
            size=12,
            margin="x: 1.1in, y: 1in",
            header=later_pages([f"{world.patient} - Psychological Consultation"]),
            footer=counted("", "dash"),
        )
        + "".join(parts),
        author=doctor.name,
        author_specialty=doctor.specialty,
        facility=doctor.facility,
        date_of_service=day,
        report_date=typed,
        strings=(manners.worded(day), doctor.signed),
    )
