"""Laboratories that test urine and blood, and the cup of the office itself."""

from __future__ import annotations

from random import Random

from benchmarks.casefiles.dates import after, dashes, slashes
from benchmarks.casefiles.draft import PAGE_OF, Draft, centred, grid, said, setup, ticked
from benchmarks.casefiles.opened_houses.days import bare, clock, iso, own, two_digits
from benchmarks.casefiles.opened_houses.phrases import pill
from benchmarks.casefiles.opened_houses.stationery import (
    bar,
    broken,
    bullets,
    columns,
    gap,
    paged,
    pairs,
    rule,
    sides,
)
from benchmarks.casefiles.world import World

from openimr.terms.records import ExhibitType

LAB = "Verity Clinical Toxicology, LLC"
BLOOD = "Sunmark Medical Laboratories"
_CLASSES = (
    ("Amphetamines", 500),
    ("Barbiturates", 200),
    ("Benzodiazepines", 200),
    ("Buprenorphine", 5),
    ("Cannabinoids (THC)", 50),
    ("Cocaine metabolite", 150),
    ("Fentanyl", 2),
    ("Methadone", 150),
    ("Opiates", 300),
    ("Oxycodone", 100),
    ("Tramadol", 100),
    ("Carisoprodol", 100),
)


def panel(world: World, random: Random) -> Draft:
    """Return a laboratory's report of urine: three days of its own, tables of classes and amounts."""
    director, asked = world.people["pathologist"], world.people["pain"]
    taken = world.day(random)
    received = after(random, taken, 1, 2)
    reported = after(random, received, 0, 5)
    show = random.choice((slashes, two_digits, iso))
    number = f"VT{random.randint(10**7, 10**8)}"
    head = f"{world.reversed}   Accession {number}   Collected {show(taken)}"
    source = setup(
        font="Liberation Sans",
        size=random.choice((8.5, 9.5, 10.5)),
        margin="x: 0.7in, y: 0.75in",
        header=f"context if counter(page).get().first() > 1 [{said(head, size='8pt')}]",
        footer=f"context [{said('CLIA 05D' + world.chart, size='7pt')} #h(1fr) {PAGE_OF}]",
    )
    source += sides(
        said(LAB, size="15pt", weight='"bold"', fill='rgb("#6a1b4d")'),
        broken([f"Director: {director.signed}", director.street, director.city], size="7.5pt"),
    )
    source += rule("1.5pt") + centred("FINAL REPORT: URINE DRUG MONITORING", weight='"bold"', size="11pt")
    days = [
        ("Collected:", f"{show(taken)} {clock(random)}"),
        ("Received:", show(received)),
        ("Reported:", show(reported)),
    ]
    if random.random() < 0.3:
        days = [
            ("Collection Date:", show(taken)),
            ("Accessioned:", show(received)),
            ("Report Date:", show(reported)),
        ]
    people = [("Patient:", world.reversed), ("DOB:", show(world.born_on)), ("Provider:", asked.signed)]
    people += [("Accession:", number), ("Specimen:", "Urine"), ("Claim:", world.claim)]
    source += pairs(
        [one for both in zip(people, [*days, *days], strict=True) for one in both][:6] + people[3:]
    )
    taking = [pill(random) for _ in range(2)]
    source += bar("Prescribed medications stated by the provider") + said(", ".join(taking)) + "\n\n"
    rows = [("Class", "Screen", "Cutoff ng/mL", "Outcome")]
    rows += [
        (name, random.choice(("Negative", "Negative", "POSITIVE")), str(limit), "")
        for name, limit in _CLASSES
    ]
    source += bar("Immunoassay") + grid(rows, "(1fr, auto, auto, auto)", head=True)
    quantities = [("Analyte", "Result ng/mL", "Limit", "Interpretation")]
    for name, limit in random.sample(_CLASSES, random.randint(5, 12)):
        amount = random.choice(("None detected", str(random.randint(limit, 4000))))
        quantities.append(
            (name, amount, str(limit), random.choice(("Consistent", "Not prescribed", "Consistent")))
        )
    source += bar("Confirmation by LC-MS/MS") + grid(quantities, "(1fr, auto, auto, auto)", head=True)
    if random.random() < 0.5:
        source += bar("Comments") + bullets(random.sample(_COMMENTS, random.randint(3, len(_COMMENTS))))
    source += bar("Validity") + said(
        f"Creatinine {random.randint(25, 220)} mg/dL. pH {random.uniform(5, 8):.1f}. Oxidant absent."
    )
    return Draft(
        type=ExhibitType.LABORATORY,
        title="FINAL REPORT: URINE DRUG MONITORING",
        source=source,
        author=director.name,
        author_specialty=director.specialty,
        facility=LAB,
        date_of_service=taken,
        report_date=own(taken, reported),
        strings=(number,),
    )


_COMMENTS = (
    "A drug that was prescribed and not found may not have been taken within the last days.",
    "Hydrocodone forms hydromorphone and norhydrocodone in the body; small amounts of them are expected.",
    "Oxycodone forms oxymorphone and noroxycodone.",
    "Temazepam and oxazepam are made from diazepam and are prescribed by themselves as well.",
    "Cannabinoids can be found for weeks after heavy use.",
    "An immunoassay answers to structures alike; only a confirmed result should guide treatment.",
    "This test was developed by this laboratory, and its performance was determined here.",
    "Screening cutoffs differ from those of workplace programs.",
    "A toxicologist can be reached on weekdays for questions about this report.",
)


def cup(world: World, random: Random) -> Draft:
    """Return the sheet on which an office writes what a test cup shows."""
    doctor, tested = world.people["pain"], world.day(random)
    show = random.choice((dashes, bare, two_digits))
    lot_ends = after(random, tested, 90, 400)
    source = setup(font="DejaVu Sans", size=9.5)
    source += centred("IN-OFFICE URINE DRUG SCREEN", size="13pt", weight='"bold"') + gap(4)
    source += broken(
        [
            f"Patient: {world.patient}",
            f"DOB: {show(world.born_on)}",
            f"Date: {show(tested)}    Time: {clock(random)}",
            f"Cup lot {random.randint(10**5, 10**6)}   exp. {show(lot_ends)}",
        ]
    )
    rows = [("Strip", "Negative", "Positive", "Invalid")]
    for name, _ in _CLASSES[: random.randint(8, 12)]:
        hit = random.random() < 0.25
        rows.append((name, "" if hit else "X", "X" if hit else "", ""))
    source += grid(rows, "(1fr, auto, auto, auto)", head=True)
    source += broken(
        [
            ticked(True, "Temperature strip 90-100 F"),
            ticked(random.random() < 0.5, "Send out for confirmation"),
            ticked(True, f"Patient states taking: {pill(random)}"),
        ]
    )
    source += gap(10) + said("Collected and read by: ______________ MA") + "\n\n"
    source += said(f"Ordering provider: {doctor.signed}, {doctor.facility}")
    return Draft(
        type=ExhibitType.LABORATORY,
        title="IN-OFFICE URINE DRUG SCREEN",
        source=source,
        author=doctor.name,
        author_specialty=None,
        facility=doctor.facility,
        date_of_service=tested,
        strings=("Collected and read by",),
    )


_TESTS = (
    ("WBC", "x10E3/uL", 3.4, 10.8),
    ("RBC", "x10E6/uL", 4.1, 5.8),
    ("Hemoglobin", "g/dL", 12.6, 17.7),
    ("Hematocrit", "%", 37.5, 51.0),
    ("Platelets", "x10E3/uL", 150, 379),
    ("Glucose, Serum", "mg/dL", 65, 99),
    ("BUN", "mg/dL", 6, 24),
    ("Creatinine, Serum", "mg/dL", 0.76, 1.27),
    ("AST (SGOT)", "IU/L", 0, 40),
    ("ALT (SGPT)", "IU/L", 0, 44),
    ("Testosterone, Serum", "ng/dL", 348, 1197),
    ("Vitamin D, 25-Hydroxy", "ng/mL", 30, 100),
    ("Sed Rate", "mm/hr", 0, 30),
    ("C-Reactive Protein", "mg/L", 0, 4.9),
)


def blood(world: World, random: Random) -> Draft:
    """Return a commercial laboratory's results from a line printer, the days in its head."""
    asked, drawn = world.people["primary"], world.day(random)
    reported = after(random, drawn, 1, 4)
    entered = after(random, drawn, 0, 1)
    show = random.choice((slashes, two_digits))
    number = f"{random.randint(100, 365)}-{random.randint(100, 999)}-{random.randint(1000, 9999)}-0"

    def head(page: int, pages: int) -> list[str]:
        return [
            columns((BLOOD, "Patient Report"), (56, 28)),
            columns((f"Specimen ID: {number}", f"Acct #: 0{world.chart}"), (56, 28)),
            columns((world.reversed, f"DOB: {show(world.born_on)}"), (56, 28)),
            columns((f"Date collected: {show(drawn)}", f"Ordering: {asked.doctor}"), (56, 28)),
            columns((f"Date entered:   {show(entered)}", f"Page {page} of {pages}"), (56, 28)),
            columns((f"Date reported:  {show(reported)}", ""), (56, 28)),
            "_" * 84,
            "",
        ]

    text = [columns(("TESTS", "RESULT", "FLAG", "UNITS", "REFERENCE INTERVAL"), (28, 12, 8, 14, 20)), ""]
    for name, unit, low, high in random.sample(_TESTS, random.randint(8, len(_TESTS))):
        value = random.uniform(low * 0.95, high * 1.05)
        flag = "High" if value > high else "Low" if value < low else ""
        text += [columns((name, f"{value:.1f}", flag, unit, f"{low:g} - {high:g}"), (28, 12, 8, 14, 20)), ""]
    text += ["Performed at: 01  Central laboratory", f"Dir: {world.people['pathologist'].signed}"]
    return Draft(
        type=ExhibitType.LABORATORY,
        title="Patient Report",
        lines=paged(text, head),
        author=world.people["pathologist"].name,
        author_specialty=world.people["pathologist"].specialty,
        facility=BLOOD,
        date_of_service=drawn,
        report_date=own(drawn, reported),
        strings=(number,),
    )


TOXICOLOGY = {"verity_urine": (panel, 4), "office_cup": (cup, 2), "sunmark_blood": (blood, 2)}
