"""Pictures, nerve studies, blood and urine: what diagnostic offices and laboratories send."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from benchmarks.casefiles.draft import Draft, centred, grid, paragraphs, quoted, said, setup
from benchmarks.casefiles.opened import manners
from benchmarks.casefiles.opened.phrases import DRUGS, passages, sentences
from benchmarks.casefiles.opened.sheet import (
    band,
    bar,
    colour,
    counted,
    heading,
    labelled,
    letterhead,
    plain_table,
    rule,
    signature,
    stacked,
    staff,
    turned_round,
)
from benchmarks.casefiles.world import World

from openimr.terms.records import ExhibitType

_BOLD = quoted("bold")


def magnet(world: World, random: Random) -> Draft:
    """Return a report of magnetic resonance from a centre for open magnets."""
    day = world.day(random)
    reader, asked = staff(world, "mri"), staff(world, "physiatrist")
    body = [
        letterhead(reader, "band", "#0b5563"),
        plain_table(
            [
                ["PATIENT:", world.reversed.upper(), "DATE OF EXAM:", manners.padded(day)],
                ["DOB:", manners.padded(world.born_on), "ACCESSION:", str(random.randint(10**6, 10**7))],
                ["REFERRING:", asked.signed, "FAX:", asked.fax],
            ],
            "(75pt, 1fr, 95pt, 100pt)",
        ),
        rule(),
        said(f"MRI OF THE {world.region.upper()} WITHOUT CONTRAST", weight=_BOLD) + "\n\n",
        labelled("CLINICAL HISTORY:", f"Pain after industrial injury {manners.padded(world.injured_on)}."),
        labelled(
            "COMPARISON:",
            random.choice(
                ("None.", f"Radiographs of {manners.padded(manners.earlier(random, world, day))}.")
            ),
        ),
        labelled("FINDINGS:", ""),
        paragraphs(passages(world, random, "picture", random.randint(2, 5), real=0.3)),
        labelled("IMPRESSION:", ""),
        "".join(f"{n}. {said(one)}\n\n" for n, one in enumerate(sentences(world, random, "picture", 3), 1)),
        paragraphs([f"Thank you for referring {world.patient} to our center."]),
        stacked(
            [
                reader.signed,
                "Board Certified Radiologist",
                (
                    f"Electronically signed {manners.padded(manners.later(random, day, 0, 3))} "
                    f"{manners.clock(random)}"
                ),
            ]
        ),
    ]
    return Draft(
        type=ExhibitType.IMAGING,
        title=f"MRI of the {world.region}",
        source=setup(font="Liberation Sans", size=10.5, margin="x: 0.9in, y: 0.7in") + "".join(body),
        author=reader.name,
        author_specialty=None,
        facility=reader.facility,
        date_of_service=day,
        strings=(f"DATE OF EXAM: {manners.padded(day)}", reader.signed),
    )


def plain_film(world: World, random: Random) -> Draft:
    """Return a short report of plain films, half a page, with the days in small print at its foot."""
    day = world.day(random)
    reader = staff(world, "xray")
    typed = manners.later(random, day, 0, 2)
    body = [
        band(reader.facility, f"Fax {reader.fax}", size="11pt", weight=_BOLD),
        rule("1.5pt"),
        stacked(
            [
                f"Patient Name: {turned_round_name(world)}",
                f"MR#: {world.chart}",
                f"Physician: {turned_round(staff(world, 'urgent'))}",
                f"Exam Date: {manners.hyphenated_short(day)}",
            ]
        ),
        said(f"X-RAY {world.region.upper()}, {random.randint(2, 5)} VIEWS", weight=_BOLD) + "\n\n",
        paragraphs(passages(world, random, "picture", 1, real=0.2)),
        labelled("CONCLUSION:", sentences(world, random, "picture", 1)[0]),
        stacked(
            [
                f"Read by: {reader.signed}",
                f"Dictated: {manners.hyphenated_short(day)} {manners.clock(random)}",
                f"Transcribed: {manners.hyphenated_short(typed)} {manners.clock(random)} (vr)",
            ]
        ),
    ]
    return Draft(
        type=ExhibitType.IMAGING,
        title="X-ray report",
        source=setup(font="DejaVu Sans Mono", size=9.5, margin="x: 1in, y: 1in") + "".join(body),
        author=reader.name,
        author_specialty=None,
        facility=reader.facility,
        date_of_service=day,
        strings=(f"Exam Date: {manners.hyphenated_short(day)}", reader.name),
    )


def turned_round_name(world: World) -> str:
    """Return the patient's name as a registry keeps it."""
    return world.reversed.upper()


def nerves(world: World, random: Random) -> Draft:
    """Return a nerve study: a letter of a page or two, then tables of figures on pages of their own."""
    day = world.day(random)
    doctor, asked = staff(world, "emg"), staff(world, "orthopaedist")
    tables = [
        _velocities(random, "Sensory Nerve Conduction", ("Median", "Ulnar", "Radial", "Sural")),
        _velocities(random, "Motor Nerve Conduction", ("Median", "Ulnar", "Peroneal", "Tibial")),
        _needle(random),
    ]
    body = [
        letterhead(doctor, "logo", "#3b3b98"),
        said("ELECTRODIAGNOSTIC CONSULTATION", weight=_BOLD, size="12pt") + "\n\n",
        plain_table(
            [
                ["Patient:", world.patient, "Test date:", manners.military(day)],
                ["Birth date:", manners.military(world.born_on), "Physician:", doctor.signed],
                ["Referred by:", asked.signed, "ID#:", world.chart],
            ],
            "(70pt, 1fr, 70pt, 1fr)",
        ),
        labelled(
            "History:",
            sentences(world, random, "complaint", 1)[0]
            + f" Date of injury {manners.military(world.injured_on)}.",
        ),
        labelled("Findings:", " ".join(sentences(world, random, "findings", 3))),
        labelled(
            "Impression:",
            random.choice(
                (
                    "This is a normal study without evidence of radiculopathy or entrapment.",
                    "This is an abnormal study consistent with a mild focal neuropathy.",
                    "Findings suggest an acute radiculopathy; clinical correlation is advised.",
                )
            ),
        ),
        paragraphs(passages(world, random, "opinion", 1, real=0.3)),
        signature(doctor, [doctor.specialty]),
        "#pagebreak(weak: true)\n" if random.random() < 0.6 else "",
        *tables,
    ]
    return Draft(
        type=ExhibitType.ELECTRODIAGNOSTIC,
        title="Electrodiagnostic Consultation",
        source=setup(font="Liberation Sans", size=10, footer=counted(world.patient, "of")) + "".join(body),
        author=doctor.name,
        author_specialty=doctor.specialty,
        facility=doctor.facility,
        date_of_service=day,
        strings=(f"Test date: {manners.military(day)}", doctor.signed),
    )


def _velocities(random: Random, title: str, nerves_: tuple[str, ...]) -> str:
    rows = [["Nerve / Site", "Lat (ms)", "Amp", "Dist (cm)", "CV (m/s)"]]
    for nerve in nerves_:
        for side in ("L", "R"):
            for site in random.sample(("Wrist", "Elbow", "Ankle", "Knee", "Axilla"), 2):
                rows.append(
                    [
                        f"{side} {nerve} - {site}",
                        f"{random.uniform(2, 9):.1f}",
                        f"{random.uniform(3, 40):.1f}",
                        str(random.randint(8, 30)),
                        str(random.randint(40, 65)),
                    ]
                )
    return heading(title) + grid(
        rows, "(1fr, 60pt, 60pt, 60pt, 60pt)", stroke="0.3pt", head=True, inset="2.5pt"
    )


def _needle(random: Random) -> str:
    rows = [["Side", "Muscle", "Root", "Ins Act", "Fibs", "PSW", "Recruit"]]
    for muscle, root in (
        ("Deltoid", "C5-6"),
        ("Biceps", "C5-6"),
        ("Triceps", "C6-7"),
        ("Tib ant", "L4-5"),
        ("Gastroc", "S1"),
        ("Vast med", "L3-4"),
    ):
        rows.append([random.choice("LR"), muscle, root, "Nml", random.choice(("0", "1+")), "Nml", "Full"])
    return heading("Needle EMG") + grid(
        rows, "(40pt, 1fr, 60pt, 50pt, 50pt, 50pt, 60pt)", stroke="0.3pt", head=True, inset="2.5pt"
    )


def blood(world: World, random: Random) -> Draft:
    """Return a reference laboratory's report of blood, with three days of which the first is the drawing."""
    day = world.day(random)
    client = staff(world, "urgent")
    in_, out = manners.later(random, day, 0, 1), manners.later(random, day, 2, 4)
    rows = [["TEST", "RESULT", "FLAG", "UNITS", "REFERENCE RANGE"]]
    for name, low, high, unit in (
        ("WBC", 4, 11, "Thous/uL"),
        ("HEMOGLOBIN", 12, 17, "g/dL"),
        ("PLATELETS", 140, 400, "Thous/uL"),
        ("GLUCOSE", 65, 99, "mg/dL"),
        ("CREATININE", 1, 2, "mg/dL"),
        ("ALT", 6, 48, "U/L"),
        ("AST", 10, 40, "U/L"),
        ("SODIUM", 135, 146, "mmol/L"),
        ("POTASSIUM", 3, 5, "mmol/L"),
        ("SED RATE", 0, 20, "mm/h"),
    ):
        value = round(random.uniform(low * 0.9, high * 1.15), 1)
        rows.append([name, str(value), "H" if value > high else "", unit, f"{low}-{high}"])
    body = [
        band("Western Sierra Reference Laboratories", "FINAL REPORT", size="12pt", weight=_BOLD),
        rule(),
        grid(
            [
                [
                    (
                        f"{world.reversed.upper()}\nDOB: {manners.padded(world.born_on)}\nPATIENT "
                        f"ID: {world.chart}"
                    ),
                    (
                        "SPECIMEN: "
                        f"{random.choice('ABW')}{random.randint(10**6, 10**7)}\nCOLLECTED: "
                        f"{manners.padded(day)} 08:{random.randint(10, 59)}\nRECEIVED: "
                        f"{manners.padded(in_)} 21:{random.randint(10, 59)}\nREPORTED: "
                        f"{manners.padded(out)} 06:{random.randint(10, 59)}"
                    ),
                    (f"CLIENT: {random.randint(10**4, 10**5)}\n{client.facility}\n{client.signed}"),
                ]
            ],
            "(1fr, 1fr, 1fr)",
        ),
        grid(rows, "(1fr, 70pt, 40pt, 80pt, 110pt)", stroke="none", head=True, inset="3pt"),
        "#v(1fr)\n"
        + said("Performed at WSR-Fresno, CLIA 05D0000000. Laboratory director on file.", size="8pt"),
    ]
    return Draft(
        type=ExhibitType.LABORATORY,
        title="Laboratory report",
        source=setup(
            font="Liberation Mono", size=9, margin="x: 0.6in, y: 0.6in", footer=counted("WSRL", "pg")
        )
        + "".join(body),
        facility="Western Sierra Reference Laboratories",
        date_of_service=day,
        report_date=out,
        strings=(f"COLLECTED: {manners.padded(day)}",),
    )


def _screen(random: Random) -> list[list[str]]:
    rows = [["Analyte", "Result", "Cutoff", "Quant.", "Consistent?"]]
    for name in (
        "Amphetamines",
        "Barbiturates",
        "Benzodiazepines",
        "Cocaine metabolite",
        "Methadone",
        "Opiates",
        "Oxycodone",
        "Hydrocodone",
        "Norhydrocodone",
        "Tramadol",
        "O-desmethyltramadol",
        "Carisoprodol",
        "THC",
        "Ethanol",
    ):
        found = random.random() < 0.2
        rows.append(
            [
                name,
                "POSITIVE" if found else "Not detected",
                f"{random.choice((50, 100, 300))} ng/mL",
                str(random.randint(60, 4000)) if found else "",
                random.choice(("Yes", "No")) if found else "",
            ]
        )
    return rows


def urine_confirmed(world: World, random: Random) -> Draft:
    """Return a toxicology laboratory's report in colour, with what was prescribed and found."""
    day = world.day(random)
    out = manners.later(random, day, 3, 9)
    body = [
        (
            f"#rect(width: 100%, fill: {colour('#004d40')}, inset: "
            f"9pt)[{said('TRUEPATH TOXICOLOGY', fill='white', size='15pt', weight=_BOLD)} #h(1fr) "
            f"{said('Medication Monitoring Report', fill='white')}]\n"
        ),
        grid(
            [
                ["Patient", "Specimen", "Provider"],
                [
                    f"{world.reversed}\n{manners.slash(world.born_on)}",
                    (
                        f"Urine\nDate collected: {manners.slash(day)}\nDate received: "
                        f"{manners.slash(manners.later(random, day, 1, 2))}\nDate reported: "
                        f"{manners.slash(out)}"
                    ),
                    f"{staff(world, 'physiatrist').signed}\n{staff(world, 'physiatrist').facility}",
                ],
            ],
            "(1fr, 1fr, 1fr)",
            head=True,
        ),
        labelled("Medications listed:", ", ".join(name.title() for name, _ in random.sample(DRUGS, 3))),
        grid(_screen(random), "(1fr, 90pt, 80pt, 60pt, 80pt)", stroke="0.3pt + gray", head=True, inset="3pt"),
        heading("Comments"),
        paragraphs(
            [
                (
                    "Results are for medical use only. Confirmation by LC-MS/MS. Validity: "
                    "creatinine, pH and specific gravity acceptable."
                )
            ]
        ),
    ]
    if random.random() < 0.4:
        body += ["#pagebreak()\n", heading("Detection times and metabolism"), *_metabolism(random, out)]
    return Draft(
        type=ExhibitType.LABORATORY,
        title="Medication Monitoring Report",
        source=setup(
            font="Liberation Sans",
            size=9.5,
            margin="x: 0.6in, y: 0.5in",
            footer=counted(f"{world.reversed} {manners.slash(world.born_on)}", "slash"),
        )
        + "".join(body),
        facility="TruePath Toxicology",
        date_of_service=day,
        report_date=out,
        strings=(f"Date collected: {manners.slash(day)}",),
    )


def _metabolism(random: Random, out: date) -> list[str]:
    """Return what a second page says of how long a drug is found, and of earlier specimens."""
    earlier = [out - timedelta(days=random.randint(30, 400)) for _ in range(random.randint(1, 6))]
    history = [
        [manners.slash(one), *(str(random.randint(0, 900)) for _ in range(3))] for one in sorted(earlier)
    ]
    rows = [
        ["Drug", "Metabolite", "Window"],
        ["Hydrocodone", "Norhydrocodone, hydromorphone", "1-3 days"],
        ["Tramadol", "O-desmethyltramadol", "1-4 days"],
        ["Diazepam", "Nordiazepam, temazepam, oxazepam", "up to 10 days"],
    ]
    before = [["Earlier specimen", "Hydrocodone", "Tramadol", "Diazepam"], *history]
    return [
        grid(rows, "(1fr, 1fr, 90pt)", head=True),
        heading("Trend (ng/mL)"),
        grid(before, "(1fr, 80pt, 80pt, 80pt)", head=True),
        paragraphs([f"End of report of {manners.slash(out)}."]),
    ]


def urine_cup(world: World, random: Random) -> Draft:
    """Return an office's own form for a cup test: a tick for each strip, the day by the collector's name."""
    day: date = world.day(random)
    doctor = staff(world, "physiatrist")
    rows = [["Strip", "Neg", "Pos"]]
    for name in ("AMP", "BAR", "BZO", "COC", "MTD", "OPI", "OXY", "PCP", "THC", "TCA"):
        positive = random.random() < 0.15
        rows.append([name, "" if positive else "X", "X" if positive else ""])
    body = [
        centred(doctor.facility, weight=_BOLD),
        centred("In-Office Urine Drug Screen (point of care)"),
        "#v(8pt)\n",
        stacked(
            [
                f"Patient: {world.patient}",
                f"Date of Birth: {manners.slash_short(world.born_on)}",
                f"Date & time collected: {manners.slash_short(day)}  {manners.clock(random)}",
                "Temperature 90-100 F:  yes",
            ]
        ),
        grid(rows, "(80pt, 50pt, 50pt)", head=True),
        bar("For laboratory confirmation"),
        paragraphs(["Send out?   [X] Yes   [ ] No     Reason: monitoring of opioid treatment"]),
        stacked(["Collected by: M.A.", f"Reviewed by: {doctor.signed}"]),
    ]
    return Draft(
        type=ExhibitType.LABORATORY,
        title="In-Office Urine Drug Screen",
        source=setup(font="DejaVu Serif", size=11) + "".join(body),
        author=None,
        facility=doctor.facility,
        date_of_service=day,
        strings=(f"collected: {manners.slash_short(day)}",),
    )
