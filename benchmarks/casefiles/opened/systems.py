"""Print-outs of five electronic systems: what a clinic prints when its chart is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random

from benchmarks.casefiles.draft import Draft, centred, grid, paragraphs, quoted, said, setup
from benchmarks.casefiles.opened import manners
from benchmarks.casefiles.opened.phrases import (
    DRUGS,
    diagnoses,
    looking_back,
    passage,
    passages,
    sentences,
)
from benchmarks.casefiles.opened.sheet import (
    BLUE,
    band,
    bar,
    colour,
    counted,
    heading,
    labelled,
    letterhead,
    plain_table,
    rule,
    stacked,
    staff,
    turned_round,
)
from benchmarks.casefiles.world import World

from openimr.terms.records import ExhibitType

_BOLD = quoted("bold")


def _vitals(random: Random) -> str:
    return (
        f"BP {random.randint(108, 148)}/{random.randint(64, 92)}  HR {random.randint(58, 96)}  "
        f"RR {random.randint(12, 18)}  Wt {random.randint(128, 260)} lb  Temp 98.{random.randint(0, 9)} F"
    )


def _visits(world: World, random: Random, most: int) -> list[date]:
    """Return the days of one to so many visits in a row, about a month apart."""
    days = [world.day(random)]
    while len(days) < most and random.random() < 0.6:
        days.append(manners.later(random, days[-1], 21, 45))
    return days


def health_system(world: World, random: Random) -> Sequence[Draft]:
    """Return one to three visits as a large health system prints them."""
    found = []
    carried = passages(world, random, "complaint", random.randint(2, 7))
    printed = f"{manners.padded(world.day(random))} {manners.clock(random)}"
    for day in _visits(world, random, 3):
        doctor = staff(world, "physiatrist")
        head = (
            f"[#set text(size: 8pt)\n{band(world.reversed.upper(), 'Enc. Date: ' + manners.padded(day))}"
            f"{band('MRN: 00' + world.chart + '   DOB: ' + manners.slash(world.born_on), 'Office Visit')}"
            f"{rule('0.4pt')}]"
        )
        body = [
            said(
                f"Progress Notes by {turned_round(doctor)} at {manners.padded(day)} {manners.clock(random)}",
                weight=_BOLD,
                size="11pt",
            )
            + "\n\n",
            plain_table(
                [
                    ["Author:", turned_round(doctor), "Service:", doctor.specialty],
                    [
                        "Filed:",
                        f"{manners.padded(manners.later(random, day, 0, 3))} {manners.clock(random)}",
                        "Status:",
                        "Signed",
                    ],
                    ["Editor:", turned_round(doctor), "Encounter:", "Workers Comp follow up"],
                ],
                "(55pt, 1fr, 60pt, 1fr)",
            ),
            labelled("Chief Complaint", f"Follow up of {world.region} pain"),
            heading("HPI"),
            paragraphs(
                [
                    f"{world.patient} is seen in follow up for a work injury. "
                    + passage(world, random, "complaint"),
                    *carried,
                ]
            ),
            heading("Current Outpatient Prescriptions"),
            grid(
                [
                    ["Medication", "Sig", "Dispense"],
                    *([d, "Take as directed", str(n)] for d, n in random.sample(DRUGS, random.randint(3, 6))),
                ],
                "(1fr, 120pt, 60pt)",
                stroke="0.3pt",
                head=True,
                inset="3pt",
            ),
            labelled("Vitals:", _vitals(random)),
            heading("Physical Exam"),
            paragraphs(passages(world, random, "findings", random.randint(2, 5))),
            heading("Assessment and Plan"),
            "".join(f"+ {said(name + ' (' + code + ')')}\n" for code, name in diagnoses(world, random)),
            "\n",
            paragraphs(
                [
                    looking_back(world, random, day),
                    *passages(world, random, "plans", random.randint(1, 5), real=0.3),
                ]
            ),
            said(
                (
                    f"Electronically signed by {doctor.signed} at "
                    f"{manners.padded(manners.later(random, day, 0, 4))} {manners.clock(random)}"
                ),
                style=quoted("italic"),
            ),
        ]
        found.append(
            Draft(
                type=ExhibitType.PROGRESS_REPORT,
                title="Progress Notes",
                source=setup(
                    font="Liberation Sans",
                    size=random.choice((9.5, 10, 11)),
                    margin="x: 0.7in, top: 1in, bottom: 0.8in",
                    header=head,
                    footer=counted(f"Printed by ROI_{random.randint(100, 999)} on {printed}", "of"),
                )
                + "".join(body),
                author=doctor.name,
                author_specialty=doctor.specialty,
                facility=None,
                date_of_service=day,
                strings=(f"Enc. Date: {manners.padded(day)}", doctor.signed),
            )
        )
    return found


def office_suite(world: World, random: Random) -> Sequence[Draft]:
    """Return visits as a suite for small offices prints them: the patient's box, headings with colons."""
    found = []
    doctor = staff(world, "urgent")
    carried = " ".join(passages(world, random, "complaint", random.randint(1, 4)))
    for day in _visits(world, random, 3):
        written = manners.padded(day)
        footer = (
            f"Patient: {world.reversed}   DOB: {manners.padded(world.born_on)}   Progress "
            f"Note: {doctor.signed}   "
            f"{written}"
        )
        box = plain_table(
            [
                [f"Patient: {world.reversed}", f"Provider: {doctor.signed}"],
                [
                    (
                        f"DOB: {manners.padded(world.born_on)}   Age: "
                        f"{(day - world.born_on).days // 365} Y   Sex: {random.choice('MF')}"
                    ),
                    f"Date: {written}",
                ],
                [
                    (
                        f"Phone: {random.randint(209, 949)}-555-0{random.randint(100, 199)}   "
                        f"Acct #: {world.chart}"
                    ),
                    f"Address: {random.randint(10, 9999)} {random.choice(('Elm', 'Oak', 'Third'))} St",
                ],
            ],
            "(1fr, 1fr)",
        )
        parts = [
            letterhead(doctor, "centred"),
            f"#rect(width: 100%, stroke: 0.5pt)[{box}]\n",
            heading("Subjective:", lined=True),
            labelled("Chief Complaints:", f"1. {world.region} pain, work related. 2. Medication refill."),
            labelled("HPI:", carried),
            paragraphs([passage(world, random, "complaint", 2, 4)]),
            labelled(
                "ROS:",
                (
                    "Constitutional: no fever. GI: no nausea. Neurologic: tingling as above. All "
                    "others negative."
                ),
            ),
            labelled(
                "Medical History:",
                random.choice(
                    ("Hypertension.", "None.", "Diabetes, diet controlled.", "Asthma in childhood.")
                ),
            ),
            heading("Objective:", lined=True),
            labelled("Vitals:", _vitals(random)),
            labelled("Examination:", passage(world, random, "findings")),
            heading("Assessment:", lined=True),
            paragraphs(
                [
                    f"{n}. {name} - {code}{' (Primary)' if n == 1 else ''}"
                    for n, (code, name) in enumerate(diagnoses(world, random), 1)
                ]
            ),
            heading("Plan:", lined=True),
            paragraphs(sentences(world, random, "plans", random.randint(2, 5))),
            labelled("Follow Up:", f"4 Weeks (appt {manners.padded(manners.later(random, day, 26, 32))})"),
            centred(
                f"Electronically signed by {doctor.signed} on "
                f"{manners.padded(manners.later(random, day, 0, 6))} at {manners.clock(random)} PST"
            ),
            said("Sign off status: Completed", size="9pt"),
        ]
        found.append(
            Draft(
                type=ExhibitType.PROGRESS_REPORT,
                title="Progress Note",
                source=setup(
                    font="DejaVu Sans",
                    size=random.choice((9, 10)),
                    margin="x: 0.8in, y: 0.8in",
                    footer=counted(footer, "bare", "7pt"),
                )
                + "".join(parts),
                author=doctor.name,
                author_specialty=doctor.specialty,
                facility=doctor.facility,
                date_of_service=day,
                strings=(written, doctor.name),
            )
        )
    return found


def web_chart(world: World, random: Random) -> Draft:
    """Return a visit from a chart in the browser: cards, and few words."""
    day = world.day(random)
    doctor = staff(world, "spine")
    first = random.random() < 0.6
    kind = "Initial consultation" if first else "Office visit"
    details = grid(
        [
            ["PATIENT", "FACILITY", "ENCOUNTER"],
            [
                (
                    f"{world.patient}\nDOB {manners.padded(world.born_on)}\nPRN "
                    f"{world.last[:2].upper()}{world.chart}"
                ),
                f"{doctor.facility}\nT {doctor.phone}\nF {doctor.fax}\n{doctor.street}\n{doctor.city}",
                f"{kind}\nNOTE TYPE SOAP Note\nSEEN BY {doctor.name}\nDATE {manners.padded(day)}\n"
                f"AGE AT DOS {(day - world.born_on).days // 365} yrs",
            ],
        ],
        "(1fr, 1fr, 1fr)",
        stroke="none",
        head=True,
        inset="4pt",
    )
    body = [
        details,
        rule("1.2pt", "#3a7d8c"),
        heading("Chief complaint"),
        paragraphs([f"{world.region} pain since industrial injury of {manners.padded(world.injured_on)}"]),
        heading("Subjective"),
        paragraphs(passages(world, random, "complaint", random.randint(2, 7))),
        heading("Objective"),
        paragraphs(passages(world, random, "findings", random.randint(1, 5))),
        heading("Assessment"),
        paragraphs(
            [looking_back(world, random, day, manners.padded), *passages(world, random, "opinion", 1)]
        ),
        heading("Plan"),
        paragraphs(passages(world, random, "plans", random.randint(1, 2), real=0.2)),
        said(
            f"Signed electronically by {doctor.name} {manners.brief(manners.later(random, day, 0, 2))}",
            size="8pt",
        ),
    ]
    return Draft(
        type=ExhibitType.CONSULTATION if first else ExhibitType.PROGRESS_REPORT,
        title=kind,
        source=setup(
            font="Liberation Sans",
            size=10,
            margin="x: 0.6in, y: 0.7in",
            footer=counted(f"{world.patient}   {manners.padded(world.born_on)}   {kind}", "slash"),
        )
        + "".join(body),
        author=doctor.name,
        author_specialty=doctor.specialty,
        facility=doctor.facility,
        date_of_service=day,
        strings=(f"DATE {manners.padded(day)}", doctor.name),
    )


def key_values(world: World, random: Random) -> Draft:
    """Return a visit as a system prints it that knows only names and values, the date with its weekday."""
    day = world.day(random)
    doctor, helper = staff(world, "orthopaedist"), staff(world, "nurse")
    dictated = manners.later(random, day, 1, 5)
    rows = [
        ["Patient", world.patient.upper(), "Visit date", manners.weekday(day)],
        ["Date of birth", manners.worded(world.born_on), "Visit type", "Follow-up, occupational"],
        ["Historian", "Self", "Claim", world.claim],
        ["Date of injury", manners.worded(world.injured_on), "Employer", world.employer],
    ]
    body = [
        letterhead(doctor, "band", BLUE),
        grid(rows, "(70pt, 1fr, 60pt, 1fr)", stroke="0.3pt + gray", inset="3pt"),
        bar("Reason for visit"),
        paragraphs([f"This patient returns for evaluation of the {world.region}."]),
        bar("History of present illness"),
        paragraphs(passages(world, random, "complaint", random.randint(1, 3))),
        bar("Orthopedic examination"),
        "".join(f"- {said(one)}\n" for one in sentences(world, random, "findings", random.randint(4, 9))),
        bar("Diagnostic studies"),
        paragraphs([looking_back(world, random, day, manners.worded)]),
        bar("Impression"),
        paragraphs([f"{name} ({code})" for code, name in diagnoses(world, random, 3)]),
        bar("Discussion / Plan"),
        paragraphs(passages(world, random, "plans", random.randint(2, 3), real=0.3)),
        stacked(
            [
                f"Provider: {doctor.signed}",
                f"Scribed by {helper.signed}",
                f"Document generated by: {helper.name} {manners.padded(dictated)} {manners.clock(random)}",
            ]
        ),
    ]
    return Draft(
        type=ExhibitType.PROGRESS_REPORT,
        title="Orthopaedic follow-up",
        source=setup(
            font="Liberation Serif",
            size=11,
            margin="x: 0.9in, y: 0.8in",
            footer=counted(
                f"{world.patient.upper()} {manners.padded(world.born_on)} #{world.chart}", "slash"
            ),
        )
        + "".join(body),
        author=doctor.name,
        author_specialty=doctor.specialty,
        facility=doctor.facility,
        date_of_service=day,
        strings=(manners.weekday(day), doctor.signed),
    )


def old_terminal(world: World, random: Random) -> Draft:
    """Return an occupational clinic's activity note from a terminal, in capitals, page by page."""
    day = world.day(random)
    doctor = staff(world, "urgent")
    text = [
        "PATIENT COMPLAINTS:",
        *wrapped(passage(world, random, "complaint", 5, 8)),
        "",
        "OBJECTIVE:",
        *wrapped(passage(world, random, "findings", 5, 9)),
        "",
        "ASSESSMENT:",
        *(f"  {code}  {name.upper()}" for code, name in diagnoses(world, random, 3)),
        "",
        "TREATMENT PLAN:",
        *wrapped(passage(world, random, "plans", 3, 7)),
        "",
        f"NEXT VISIT: {manners.padded_short(manners.later(random, day, 7, 14))}",
        "",
        f"PROVIDER: {doctor.name.upper()}, MD    LIC {doctor.licence}",
        "*** ELECTRONIC SIGNATURE ON FILE ***",
    ]
    room = random.choice((28, 40, 52))
    chunks = [text[at : at + room] for at in range(0, len(text), room)]
    pages = [
        (
            f"{doctor.facility.upper():<52}PAGE {number:>2}",
            (
                f"PT: {world.reversed.upper():<30} SS#: XXX-XX-{world.chart[:4]}  DOB: "
                f"{manners.padded_short(world.born_on)}"
            ),
            (
                f"SVC DATE: {manners.padded_short(day)}   DOI: "
                f"{manners.padded_short(world.injured_on)}   EMP: {world.employer.upper()[:24]}"
            ),
            "-" * 78,
            "",
            *chunk,
        )
        for number, chunk in enumerate(chunks, 1)
    ]
    return Draft(
        type=ExhibitType.PROGRESS_REPORT,
        title="Physician activity status note",
        lines=tuple(pages),
        author=doctor.name,
        author_specialty=doctor.specialty,
        facility=doctor.facility,
        date_of_service=day,
        strings=(f"SVC DATE: {manners.padded_short(day)}", doctor.name.upper()),
    )


def wrapped(text: str, width: int = 76) -> list[str]:
    """Return the text in capitals, in lines of a terminal."""
    found, line = [], ""
    for word in text.upper().split():
        if len(line) + len(word) + 1 > width:
            found.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return [*found, line]


def hospital_consultation(world: World, random: Random) -> Draft:
    """Return a hand surgeon's first consultation out of a hospital's system, with tables of vital signs."""
    day = world.day(random)
    doctor = staff(world, "hand")
    hours = [f"{hour:02d}{random.randint(0, 59):02d}" for hour in (8, 9, 10)]
    head = (
        "[#set text(size: "
        f"8pt)\n{band('NAME: ' + world.reversed.upper(), 'ADM: ' + manners.hyphenated(day).upper())}]"
    )
    body = [
        letterhead(doctor, "logo", "#5b3a8c"),
        f"#align(center)[{said('OUTPATIENT CONSULTATION', weight=_BOLD, size='12pt')}]\n",
        labelled("Date of Consultation:", manners.hyphenated(day)),
        labelled("Referring:", "Claims administrator"),
        labelled("Consultant:", f"{doctor.signed} ({doctor.specialty})"),
        heading("REASON FOR CONSULTATION", tint="#5b3a8c"),
        paragraphs([f"Opinion about the {world.region}; onset {manners.hyphenated(world.injured_on)}."]),
        heading("HISTORY", tint="#5b3a8c"),
        paragraphs(passages(world, random, "complaint", random.randint(2, 4), real=0.6)),
        heading("VITAL SIGNS", tint="#5b3a8c"),
        grid(
            [
                ["Time", *hours],
                ["Pulse", *(str(random.randint(60, 90)) for _ in hours)],
                ["Pain", *(str(random.randint(3, 8)) for _ in hours)],
            ],
            "(60pt, 50pt, 50pt, 50pt)",
            inset="3pt",
        ),
        heading("EXAMINATION", tint="#5b3a8c"),
        paragraphs(passages(world, random, "findings", random.randint(1, 5))),
        heading("RECOMMENDATIONS", tint="#5b3a8c"),
        f"#set text(fill: {colour('#000000')})\n",
        paragraphs([passage(world, random, "opinion"), *sentences(world, random, "plans", 3)]),
        said(
            (
                f"Authenticated by {doctor.signed} "
                f"{manners.hyphenated(manners.later(random, day, 1, 9))} {hours[0]}"
            ),
            size="9pt",
        ),
    ]
    return Draft(
        type=ExhibitType.CONSULTATION,
        title="Outpatient Consultation",
        source=setup(font="Libertinus Serif", size=11.5, header=head, footer=counted("Chart copy", "colon"))
        + "".join(body),
        author=doctor.name,
        author_specialty=doctor.specialty,
        facility=doctor.facility,
        date_of_service=day,
        strings=(f"Date of Consultation: {manners.hyphenated(day)}", doctor.signed),
    )
