"""Laboratories and the counter: drug screens, blood, prescriptions, what was dispensed."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from benchmarks.casefiles.draft import Draft, centred, grid, said, setup
from benchmarks.casefiles.opened_offices import days
from benchmarks.casefiles.opened_offices.sheet import (
    boxes,
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
from benchmarks.casefiles.opened_offices.speech import told
from benchmarks.casefiles.world import World

from openimr.terms.records import ExhibitType

_LABORATORY, _PHARMACY = ExhibitType.LABORATORY, ExhibitType.PHARMACY
_SUBSTANCES = (
    "Amphetamines",
    "Barbiturates",
    "Benzodiazepines",
    "Cocaine metabolite",
    "Codeine",
    "Fentanyl",
    "Hydrocodone",
    "Hydromorphone",
    "Methadone",
    "Morphine",
    "Oxycodone",
    "THC",
    "Tramadol",
    "Carisoprodol",
    "Gabapentin",
    "Zolpidem",
)
_DRUGS = (
    "NORCO 10/325 MG",
    "CYCLOBENZAPRINE 7.5 MG",
    "OMEPRAZOLE DR 20 MG",
    "GABAPENTIN 300 MG",
    "NAPROXEN 550 MG",
    "TRAMADOL 50 MG",
    "LIDODERM 5% PATCH",
    "DULOXETINE 30 MG",
)


def urine_confirmation(world: World, random: Random) -> Draft:
    """A confirmed urine screen: collected, received and reported are three days."""
    who, asked, day = staff(world, "laboratory"), staff(world, "pain"), world.day(random)
    got, told_on = days.later(random, day, 1, 2), days.later(random, day, 4, 8)
    title = "URINE DRUG TEST - CONFIRMATION REPORT"
    source = (
        setup(
            font="Liberation Sans",
            size=9,
            footer=running(f"{who.facility}  CLIA 05D{random.randint(10**6, 10**7)}", all_pages=True),
        )
        + masthead(who, "sides", "Toxicology")
        + centred(title, weight='"bold"', size="12pt")
    )
    source += (
        boxes(
            [
                ("Patient", world.reversed),
                ("DOB", days.full(world.born_on)),
                ("Specimen ID", str(random.randint(10**7, 10**8))),
                ("Collected", days.full(day)),
                ("Received", days.full(got)),
                ("Reported", days.full(told_on)),
                ("Ordering provider", asked.name),
                ("Laboratory director", f"{who.name}, {who.credential}"),
                ("Specimen", "Urine, random"),
            ],
            "(1fr, 1fr, 1fr)",
        )
        + space()
    )
    rows = [("Analyte", "Result", "Cutoff ng/mL", "Quantity", "Expected")] + [
        (
            one,
            random.choice(("Negative", "Negative", "POSITIVE")),
            str(random.choice((25, 50, 100))),
            str(random.randint(26, 4000)),
            random.choice(("Consistent", "Inconsistent")),
        )
        for one in _SUBSTANCES
    ]
    source += grid(rows, "(2fr, 1fr, 1fr, 1fr, 1fr)", head=True) + grid(
        [
            ("Validity", "Result", "Range"),
            ("Creatinine", str(random.randint(21, 300)), "> 20 mg/dL"),
            ("pH", f"{random.uniform(4.6, 8.4):.1f}", "4.5 - 9.0"),
            ("Specific gravity", f"1.0{random.randint(10, 30)}", "1.003 - 1.035"),
        ],
        "(1fr, 1fr, 1fr)",
        head=True,
    )
    source += section("Comment", [told(world, random, "drugs", 3, day)], "bold")
    return paper(_LABORATORY, title, source, who, service=day, report=told_on, strings=(title,))


def blood_panel(world: World, random: Random) -> Draft:
    """Blood from a hospital's laboratory, printed line by line."""
    who, day = staff(world, "hospital"), world.day(random)
    told_on = days.later(random, day, 1, 2)
    head = [
        who.facility,
        "DEPARTMENT OF PATHOLOGY - LABORATORY REPORT",
        "",
        f"NAME: {world.reversed.upper():<34}MRN: {world.chart}",
        f"DOB:  {days.hyphens(world.born_on):<34}PHYSICIAN: {who.name}",
        f"COLLECTED: {days.hyphens(day)} 0{random.randint(6, 9)}:{random.randint(10, 59)}",
        f"REPORTED:  {days.hyphens(told_on)} 1{random.randint(0, 9)}:{random.randint(10, 59)}",
        "",
        f"{'TEST':<26}{'RESULT':<10}{'FLAG':<8}{'REFERENCE':<18}UNITS",
        "-" * 74,
    ]
    tests = (
        ("WBC", 4, 12, "4.0-11.0", "K/UL"),
        ("RBC", 4, 6, "4.2-5.8", "M/UL"),
        ("HEMOGLOBIN", 11, 17, "12.0-16.0", "G/DL"),
        ("PLATELETS", 150, 400, "150-400", "K/UL"),
        ("SODIUM", 134, 146, "135-145", "MMOL/L"),
        ("POTASSIUM", 3, 5, "3.5-5.1", "MMOL/L"),
        ("GLUCOSE", 70, 180, "70-99", "MG/DL"),
        ("BUN", 7, 30, "7-20", "MG/DL"),
        ("CREATININE", 0, 2, "0.6-1.2", "MG/DL"),
        ("ALT", 10, 80, "10-45", "U/L"),
        ("AST", 10, 80, "10-40", "U/L"),
        ("CRP", 0, 12, "0-5", "MG/L"),
        ("URIC ACID", 3, 9, "3.5-7.2", "MG/DL"),
    )
    body = [
        f"{name:<26}{random.uniform(low, high):<10.1f}{random.choice(('', '', 'H')):<8}{span:<18}{unit}"
        for name, low, high, span, unit in tests
    ]
    return Draft(
        type=_LABORATORY,
        title="Laboratory report",
        lines=((*head, *body, "", "END OF REPORT"),),
        author_specialty="Pathology",
        facility=who.facility,
        date_of_service=day,
        report_date=told_on,
        strings=(world.chart,),
    )


def dipstick(world: World, random: Random) -> Draft:
    """A screen in the office, ticked by an assistant."""
    who, day = staff(world, "pain"), world.day(random)
    title = "POINT OF CARE URINE DRUG SCREEN"
    source = (
        setup(font="Liberation Sans", size=11)
        + masthead(who, "band")
        + space()
        + centred(title, weight='"bold"')
        + lines(
            f"Patient: {world.patient}",
            f"Date collected: {days.brief(day)}",
            f"DOB: {days.brief(world.born_on)}",
        )
    )
    source += grid(
        [("Drug", "Neg", "Pos")]
        + [(one, *random.choice((("X", ""), ("", "X")))) for one in _SUBSTANCES[:12]],
        "(2fr, 1fr, 1fr)",
        head=True,
    ) + lines(f"Temperature strip: 9{random.randint(0, 8)} F", f"Reviewed by {who.name}, {who.credential}")
    return paper(_LABORATORY, title, source, who, service=day, strings=(title,))


def prescription(world: World, random: Random) -> Draft:
    """A prescription from a pad: its day is the day it was written."""
    who, day = staff(world, random.choice(("pain", "family"))), world.day(random)
    source = (
        setup(font="Liberation Serif", size=12, margin="x: 2in, y: 1.5in")
        + masthead(who, "centred")
        + lines(f"License {who.licence}   NPI {who.npi}")
        + lines(f"Name: {world.patient}", f"DOB: {days.plain(world.born_on)}", f"Date: {days.plain(day)}")
        + said("Rx", size="22pt", style='"italic"')
        + "\n\n"
    )
    for drug in random.sample(_DRUGS, random.randint(1, 3)):
        source += lines(
            drug.title(),
            f"Sig: {random.choice(('1 po bid', '1 po tid prn pain', '1 po qhs'))}",
            f"Disp: #{random.choice((30, 60, 90, 120))}   Refills: {random.randint(0, 3)}",
        )
    source += signed(f"{who.name}, {who.credential}") + lines("Do not substitute  [  ]")
    return paper(_PHARMACY, "Prescription", source, who, service=day, strings=(world.patient, who.npi))


def office_dispensing(world: World, random: Random) -> Draft:
    """What an office dispensed on one day."""
    who, day = staff(world, "industrial"), world.day(random)
    title = "PHYSICIAN DISPENSED MEDICATION LOG"
    source = (
        setup(font="Liberation Sans", size=10)
        + centred(who.facility, weight='"bold"', size="13pt")
        + centred(title)
        + labels(
            [
                ("Patient", world.patient),
                ("Date dispensed", days.full(day)),
                ("Date of injury", days.full(world.injured_on)),
                ("Prescriber", f"{who.name}, {who.credential}"),
            ],
            2,
        )
        + space()
    )
    source += (
        grid(
            [("Drug", "NDC", "Qty", "Lot")]
            + [
                (
                    one,
                    f"{random.randint(10_000, 99_999)}-{random.randint(100, 999)}-{random.randint(10, 99)}",
                    str(random.choice((30, 60, 90))),
                    f"L{random.randint(1000, 9999)}",
                )
                for one in random.sample(_DRUGS, random.randint(2, 4))
            ],
            "(2fr, 1.4fr, 0.6fr, 1fr)",
            head=True,
        )
        + said("I have received the medications listed above and was told how to take them.")
        + "\n\n"
        + signed("Patient signature")
    )
    return paper(_PHARMACY, title, source, who, service=day, strings=(title,))


def pharmacy_ledger(world: World, random: Random) -> Draft:
    """A history of fills: many days, none of them the paper's."""
    who, day = staff(world, "pharmacy"), world.day(random)
    title = "Patient Prescription Profile"
    start = days.before(random, world, day)
    filled = sorted(start + timedelta(days=random.randint(0, 500)) for _ in range(random.randint(20, 70)))
    last = filled[-1] + timedelta(days=random.randint(3, 40))
    source = (
        setup(
            font="Liberation Mono",
            size=8.5,
            header=running(f"{who.facility}   {world.reversed}", all_pages=True),
        )
        + said(title, weight='"bold"', size="12pt")
        + "\n\n"
        + labels(
            [
                ("Patient", world.reversed),
                ("DOB", days.full(world.born_on)),
                ("Pharmacist", f"{who.name}, {who.credential}"),
                ("Range", f"{days.full(filled[0])} - {days.full(filled[-1])}"),
                ("Run date", days.full(last)),
            ]
        )
        + space()
    )
    doctors = [staff(world, office).name for office in ("pain", "family", "industrial")]
    source += grid(
        [("Filled", "Rx #", "Drug", "Qty", "Prescriber", "Copay")]
        + [
            (
                days.full(one),
                str(random.randint(400_000, 999_999)),
                random.choice(_DRUGS),
                str(random.choice((30, 60, 90))),
                random.choice(doctors),
                "0.00",
            )
            for one in filled
        ],
        "(auto, auto, 1fr, auto, 1fr, auto)",
        head=True,
    )
    return paper(_PHARMACY, title, source, who, report=last, strings=(title,))
