"""Daily notes of therapists, chiropractors and acupuncturists, one behind the other; pharmacies and drugs."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from benchmarks.casefiles.draft import Draft, grid, paragraphs, quoted, said, setup
from benchmarks.casefiles.opened import manners
from benchmarks.casefiles.opened.phrases import DRUGS, diagnoses, passage, passages, sentences
from benchmarks.casefiles.opened.sheet import (
    band,
    boxes,
    counted,
    heading,
    labelled,
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
_EXERCISES = (
    "Nu-step",
    "Theraband rows",
    "Heel slides",
    "Bridges",
    "Wall slides",
    "Step ups",
    "Pulleys",
    "Pendulum",
    "Core brace",
    "Clamshell",
)


def therapy_days(world: World, random: Random) -> Sequence[Draft]:
    """Return two to eight daily notes of a therapist, a page each, days apart, much of them alike."""
    therapist = staff(world, "pt")
    day, found = world.day(random), []
    (code, name), *_ = diagnoses(world, random)
    for number in range(random.randint(1, 4), random.randint(6, 9)):
        rows = [
            ["Exercise", "Sets", "Reps", "Resistance"],
            *(
                [
                    one,
                    str(random.randint(1, 3)),
                    str(random.choice((8, 10, 12, 15))),
                    random.choice(("red", "green", "2 lb", "")),
                ]
                for one in random.sample(_EXERCISES, 5)
            ),
        ]
        body = [
            letterhead(therapist, "logo", "#e07b00"),
            said("Daily Treatment Note", weight=_BOLD, size="13pt") + "\n\n",
            plain_table(
                [
                    ["Patient:", world.patient, "Date of Service:", manners.padded(day)],
                    ["DOB:", manners.padded(world.born_on), "Visit #:", f"{number} of 12"],
                    ["Dx:", f"{name} {code}", "Onset:", manners.padded(world.injured_on)],
                ],
                "(50pt, 1fr, 95pt, 90pt)",
            ),
            labelled("S:", passage(world, random, "complaint", 1, 2)),
            labelled("O:", "See flow below. " + " ".join(sentences(world, random, "findings", 1))),
            grid(rows, "(1fr, 50pt, 50pt, 80pt)", stroke="0.3pt", head=True, inset="3pt"),
            labelled(
                "Modalities:",
                random.choice(("IFC and MHP x 15 min", "US 1.2 W/cm2 x 8 min", "Cold pack x 10 min")),
            ),
            labelled("A:", passage(world, random, "opinion", 1, 2)),
            labelled(
                "P:", f"Continue per POC. Next visit {manners.slash_short(manners.later(random, day, 2, 4))}."
            ),
            labelled("Timed minutes:", f"97110 x {random.randint(15, 30)}, 97140 x 15"),
            said(
                f"{therapist.signed}   electronically signed {manners.padded(day)} {manners.clock(random)}",
                size="9pt",
            ),
        ]
        found.append(
            Draft(
                type=ExhibitType.THERAPY_NOTES,
                title="Daily Treatment Note",
                source=setup(
                    font="Liberation Sans",
                    size=10,
                    margin="x: 0.8in, y: 0.7in",
                    footer=counted(f"{world.patient} - Daily Note", "of"),
                )
                + "".join(body),
                author=therapist.name,
                author_specialty=therapist.specialty,
                facility=therapist.facility,
                date_of_service=day,
                strings=(f"Date of Service: {manners.padded(day)}", therapist.signed),
            )
        )
        day = manners.later(random, day, 2, 5)
    return found


def therapy_evaluation(world: World, random: Random) -> Draft:
    """Return a therapist's evaluation and plan of care, to be signed by the doctor."""
    day = world.day(random)
    therapist, doctor = staff(world, "pt"), staff(world, "urgent")
    goals = (
        "Independent with home program",
        "Pain 3/10 or less with daily tasks",
        "Return to modified work",
        "Full active range",
    )
    body = [
        letterhead(therapist, "logo", "#e07b00"),
        said("Physical Therapy Initial Evaluation & Plan of Care", weight=_BOLD, size="13pt") + "\n\n",
        plain_table(
            [
                ["Patient:", world.patient, "Evaluation date:", manners.padded(day)],
                ["Physician:", doctor.signed, "Injury date:", manners.padded(world.injured_on)],
            ],
            "(60pt, 1fr, 95pt, 90pt)",
        ),
        heading("Subjective", lined=True),
        paragraphs(passages(world, random, "complaint", random.randint(2, 5))),
        heading("Objective measures", lined=True),
        grid(
            [
                ["Measure", "Right", "Left"],
                *(
                    [one, str(random.randint(10, 90)), str(random.randint(10, 90))]
                    for one in ("Flexion (deg)", "Extension (deg)", "Single leg stance (s)", "Grip (lb)")
                ),
            ],
            "(1fr, 80pt, 80pt)",
            stroke="0.3pt",
            head=True,
        ),
        paragraphs(passages(world, random, "findings", random.randint(1, 4))),
        heading("Goals", lined=True),
        "".join(f"+ {said(one)}\n" for one in goals),
        heading("Plan", lined=True),
        paragraphs(passages(world, random, "plans", 1, real=0.5)),
        paragraphs([f"2-3 visits weekly for {random.randint(3, 6)} weeks."]),
        stacked(
            [
                f"{therapist.signed}, license PT {therapist.licence[-5:]}",
                "Physician certification: ______________________   Date: ___________",
            ]
        ),
    ]
    return Draft(
        type=ExhibitType.THERAPY_NOTES,
        title="Physical Therapy Initial Evaluation",
        source=setup(
            font="Liberation Sans",
            size=10,
            footer=counted(f"{world.patient} - Evaluation of {manners.padded(day)}", "of"),
        )
        + "".join(body),
        author=therapist.name,
        author_specialty=therapist.specialty,
        facility=therapist.facility,
        date_of_service=day,
        strings=(f"Evaluation date: {manners.padded(day)}", therapist.signed),
    )


def chiropractic_days(world: World, random: Random) -> Sequence[Draft]:
    """Return one to four chiropractic notes, each half of a page of its own, as a machine types them."""
    doctor = staff(world, "chiro")
    day, found = world.day(random), []
    for _ in range(random.randint(1, 4)):
        lines = [
            f"S: {random.choice(('SAME', 'SL. BETTER', 'SORE'))}.  VAS {random.randint(2, 8)}/10",
            f"O: SUBLUX {random.choice(('L4 L5 SI', 'C5 C6 T1', 'T4 T5'))}; SPASM {random.randint(1, 3)}+",
            "A: RESPONDING AS EXPECTED",
            f"P: CMT {random.choice(('98940', '98941'))}, EMS 15 MIN, MYOFASCIAL RELEASE",
            *sentences(world, random, "findings", random.randint(1, 2)),
        ]
        body = [
            said(doctor.facility, weight=_BOLD, size="12pt") + "\n\n",
            rule("1.2pt"),
            band(f"NAME: {world.patient.upper()}", f"TODAY: {manners.weekday_brief(day)}"),
            "#v(10pt)\n",
            paragraphs(lines),
            boxes([(random.random() < 0.5, one) for one in ("Hot pack", "Traction", "Ultrasound", "Taping")]),
            signature(doctor, room="14pt"),
        ]
        found.append(
            Draft(
                type=ExhibitType.THERAPY_NOTES,
                title="Chiropractic SOAP note",
                source=setup(font="Liberation Mono", size=11, margin="x: 1in, y: 1in") + "".join(body),
                author=doctor.name,
                author_specialty=None,
                facility=doctor.facility,
                date_of_service=day,
                strings=(f"TODAY: {manners.weekday_brief(day)}", doctor.signed),
            )
        )
        day = manners.later(random, day, 2, 9)
    return found


def needles(world: World, random: Random) -> Sequence[Draft]:
    """Return one to three acupuncture notes on a printed form, tongue and pulse and points."""
    person = staff(world, "acupuncturist")
    day, found = world.day(random), []
    for _ in range(random.randint(1, 3)):
        points = ", ".join(
            random.sample(("LI4", "ST36", "GB34", "UB23", "UB40", "SP6", "LV3", "DU20", "SI3", "GB20"), 6)
        )
        body = [
            letterhead(person, "centred", "#6a1b4d"),
            said("Acupuncture Progress Note", size="12pt", style=quoted("italic")) + "\n\n",
            grid(
                [
                    ["Name", world.patient],
                    ["Date of treatment", manners.dotted(day)],
                    [
                        "Tongue / Pulse",
                        random.choice(("pale, thin coat / wiry", "purple / choppy", "red tip / rapid")),
                    ],
                    ["Points", points],
                    ["Adjunct", random.choice(("cupping", "infrared lamp", "electro-stim 2 Hz"))],
                ],
                "(110pt, 1fr)",
            ),
            paragraphs(
                [
                    passage(world, random, "complaint", 1, 3),
                    "Response: " + random.choice(("less stiffness", "no change", "slept better")),
                ]
            ),
            signature(person, [f"CA license AC {person.licence[-4:]}"]),
        ]
        found.append(
            Draft(
                type=ExhibitType.THERAPY_NOTES,
                title="Acupuncture Progress Note",
                source=setup(font="Libertinus Serif", size=11.5) + "".join(body),
                author=person.name,
                author_specialty=person.specialty,
                facility=person.facility,
                date_of_service=day,
                strings=(manners.dotted(day), person.signed),
            )
        )
        day = manners.later(random, day, 5, 9)
    return found


def attendance(world: World, random: Random) -> Draft:
    """Return a sheet of attendance over weeks, so that it has no one day of service."""
    therapist = staff(world, "pt")
    day = world.day(random)
    rows = [["Date", "Visit", "Arrived", "Initials", "Pain in/out"]]
    for number in range(1, random.randint(7, 19)):
        rows.append(
            [
                manners.slash_short(day),
                str(number),
                random.choice(("Y", "Y", "Y", "NS", "CX")),
                "",
                f"{random.randint(4, 8)}/{random.randint(2, 6)}",
            ]
        )
        day = manners.later(random, day, 2, 5)
    body = [
        said(therapist.facility, weight=_BOLD) + "\n\n",
        said("Attendance and Flow Sheet", size="12pt") + "\n\n",
        stacked(
            [
                f"Patient {world.patient}",
                f"DOI {manners.slash_short(world.injured_on)}   Authorized visits: 12",
            ]
        ),
        grid(rows, "(80pt, 50pt, 60pt, 80pt, 1fr)", head=True),
    ]
    return Draft(
        type=ExhibitType.THERAPY_NOTES,
        title="Attendance and Flow Sheet",
        source=setup(font="Liberation Sans", size=11) + "".join(body),
        facility=therapist.facility,
        strings=("Attendance and Flow Sheet",),
    )


def pharmacy_history(world: World, random: Random) -> Draft:
    """Return a pharmacy's print-out of all that was dispensed: many days, none of them its own."""
    lines: list[str] = []
    fills = sorted(manners.earlier(random, world, world.day(random)) for _ in range(random.randint(12, 200)))
    for day in fills:
        drug, count = random.choice(DRUGS)
        lines.append(
            f"{manners.padded_short(day)} {random.randint(10**6, 10**7 - 1):>8} "
            f"{drug:<30}{count:>5} {random.randint(15, 30):>4}  {random.uniform(9, 240):>8.2f}"
        )
    asked = manners.later(random, fills[-1], 3, 60)
    room = 46
    chunks = [lines[at : at + room] for at in range(0, len(lines), room)]
    pages = [
        (
            "PLAZA CENTRAL PHARMACY #12            PATIENT PRESCRIPTION PROFILE",
            (
                f"RUN {manners.padded_short(asked)} "
                f"{random.randint(8, 17)}:{random.randint(10, 59)}    PG {number}    "
                f"{manners.padded_short(fills[0])} THRU {manners.padded_short(fills[-1])}"
            ),
            (
                f"{world.reversed.upper()}   DOB {manners.padded_short(world.born_on)}   PLAN: WC "
                f"{world.payer.upper()[:22]}"
            ),
            "",
            "FILLED   RX NUM   DRUG                            QTY DAYS      PAID",
            "-" * 70,
            *chunk,
            *(("", f"TOTAL RX: {len(lines)}", "*** END OF REPORT ***") if number == len(chunks) else ()),
        )
        for number, chunk in enumerate(chunks, 1)
    ]
    return Draft(
        type=ExhibitType.PHARMACY,
        title="Patient Prescription Profile",
        lines=tuple(pages),
        facility="Plaza Central Pharmacy #12",
        strings=("PATIENT PRESCRIPTION PROFILE",),
    )


def medication_log(world: World, random: Random) -> Draft:
    """Return a clinic's log of drugs dispensed in the office, by visit, with initials."""
    doctor = staff(world, "physiatrist")
    day = world.day(random)
    rows = [["Date", "Medication / strength", "#", "NDC", "Given by"]]
    for _ in range(random.randint(6, 22)):
        drug, count = random.choice(DRUGS)
        rows.append(
            [
                manners.slash_short(day),
                drug.title(),
                str(count),
                f"{random.randint(10000, 99999)}-0{random.randint(100, 999)}-{random.randint(10, 99)}",
                random.choice(("MA", "jl", "RG")),
            ]
        )
        day = manners.later(random, day, 3, 35)
    body = [
        said(f"{doctor.facility} - Dispensing Log", weight=_BOLD, size="12pt") + "\n\n",
        plain_table(
            [
                ["Patient", world.patient, "Allergies", random.choice(("NKDA", "Sulfa", "PCN"))],
                ["DOB", manners.slash_short(world.born_on), "Prescriber", doctor.signed],
            ],
            "(60pt, 1fr, 70pt, 1fr)",
        ),
        grid(rows, "(60pt, 1fr, 40pt, 100pt, 60pt)", head=True),
    ]
    return Draft(
        type=ExhibitType.PHARMACY,
        title="Dispensing Log",
        source=setup(font="Liberation Sans", size=10) + "".join(body),
        facility=doctor.facility,
        strings=("Dispensing Log",),
    )


def prescription(world: World, random: Random) -> Draft:
    """Return a copy of a prescription: a small form in the corner of a page."""
    day = world.day(random)
    doctor = staff(world, "anesthesiologist")
    wanted = "".join(
        f"{said(f'{drug}   #{count}   Refills 0')} \\ "
        for drug, count in random.sample(DRUGS, random.randint(1, 3))
    )
    inner = [
        letterhead(doctor, "doctor"),
        stacked(
            [
                f"Lic. {doctor.licence}     DEA on file",
                f"Patient: {world.patient}     DOB: {manners.slash(world.born_on)}",
                f"Date written: {manners.dashed(day)}",
            ]
        ),
        said("Rx", size="20pt", style=quoted("italic")) + "\n\n",
        wanted + "\n\n",
        paragraphs(["Sig: as directed, one tablet by mouth. Do not substitute  [ ]"]),
        signature(doctor, room="18pt"),
        said("SECURITY FEATURES ON BACK - VOID IF COPIED", size="7pt"),
    ]
    return Draft(
        type=ExhibitType.PHARMACY,
        title="Prescription",
        source=setup(font="Liberation Serif", size=11)
        + f"#rect(width: 75%, inset: 12pt, stroke: 1pt)[{''.join(inner)}]\n",
        author=doctor.name,
        author_specialty=None,
        date_of_service=day,
        strings=(f"Date written: {manners.dashed(day)}", doctor.signed),
    )
