"""What is written about drugs: slips, receipts, histories of fills, an order of a compounder, a letter."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from benchmarks.casefiles.dates import after, slashes, worded, workday
from benchmarks.casefiles.draft import PAGE_OF, Draft, centred, grid, said, setup, ticked
from benchmarks.casefiles.opened_houses.days import bare, before, clock, dashed, iso, two_digits, weekday_cut
from benchmarks.casefiles.opened_houses.phrases import body, pill, told
from benchmarks.casefiles.opened_houses.stationery import (
    boxed,
    broken,
    bullets,
    columns,
    fields,
    gap,
    paged,
    pairs,
    rule,
    sides,
)
from benchmarks.casefiles.world import World

from openimr.terms.records import ExhibitType

STORE = "Wickersham Drug No. 14"
MIXER = "Galena Compounding Pharmacy"
MANAGER = "Trellis Rx Management"
_HOW = (
    "Take 1 tablet twice daily with food",
    "Take 1 at bedtime",
    "Take 1 every 8 hours as needed for pain",
    "Apply to the area up to four times daily",
)


def slip(world: World, random: Random) -> Draft:
    """Return a prescription on the tamper-proof form of a practice."""
    doctor, written = world.people[random.choice(("pain", "orthopedist"))], world.day(random)
    show = random.choice((bare, two_digits, dashed, worded))
    label = random.choice(("Date", "DATE WRITTEN", "Date of issue", "Issued"))
    source = setup(font="Liberation Serif", size=11, margin="x: 1.3in, y: 1.2in")
    inner = centred(doctor.signed, size="14pt", weight='"bold"') + centred(doctor.facility, size="10pt")
    inner += centred(f"{doctor.street}, {doctor.city}   {doctor.phone}", size="8.5pt")
    inner += centred(f"Lic. {doctor.licence}    NPI {doctor.npi}", size="8.5pt") + rule()
    inner += broken([f"Name  {world.patient}", f"DOB  {show(world.born_on)}", f"{label}  {show(written)}"])
    for drug in dict.fromkeys(pill(random) for _ in range(random.randint(1, 3))):
        inner += (
            said(f"Rx   {drug}   #{random.choice((30, 60, 90))}")
            + " \\ "
            + said(f"Sig: {random.choice(_HOW)}")
            + "\n\n"
        )
    inner += broken([ticked(False, "Do not substitute"), f"Refills: {random.randint(0, 3)}"]) + gap(16)
    inner += said("Signature ______________________")
    return Draft(
        type=ExhibitType.PHARMACY,
        title="Prescription",
        source=source + boxed(inner),
        author=doctor.name,
        author_specialty=None,
        facility=doctor.facility,
        date_of_service=written,
        strings=("Do not substitute",),
    )


def electronic(world: World, random: Random) -> Draft:
    """Return the record of a prescription that went to a store by wire, printed later."""
    doctor, written = world.people["pain"], world.day(random)
    printed = after(random, written, 10, 300)
    drug = pill(random)
    source = setup(
        font="DejaVu Sans",
        size=8.5,
        footer=(
            f"context [{said(f'printed {slashes(printed)} {clock(random)}', size='7pt')} #h(1fr) {PAGE_OF}]"
        ),
    )
    source += said("ELECTRONIC PRESCRIPTION RECORD", weight='"bold"', size="12pt") + "\n" + rule("1.2pt")
    source += pairs(
        [
            ("Patient", world.reversed),
            ("DOB", slashes(world.born_on)),
            ("Prescriber", doctor.signed),
            ("Practice", doctor.facility),
            ("Drug", drug),
            ("Quantity", random.choice(("30", "60", "90"))),
            ("Directions", random.choice(_HOW)),
            ("Refills", str(random.randint(0, 3))),
            ("Pharmacy", STORE),
            ("Written", f"{slashes(written)} {clock(random)}"),
            ("Status", "Sent, verified"),
            ("Diagnosis", body(world).diagnoses[0][0]),
        ],
        columns=1,
        stroke="0.3pt",
    )
    source += said(told(world, random, "plan", 1)) + "\n"
    return Draft(
        type=ExhibitType.PHARMACY,
        title="ELECTRONIC PRESCRIPTION RECORD",
        source=source,
        author=doctor.name,
        author_specialty=None,
        facility=doctor.facility,
        date_of_service=written,
        strings=(drug,),
    )


def history(world: World, random: Random) -> Draft:
    """Return a store's list of what was filled over months: no one day of service, but that of the print."""
    made = world.day(random)
    start = before(random, world, made, 200, 500)
    count = random.randint(20, 150)
    days = sorted(before(random, world, made, 1, 400) for _ in range(count))
    show = random.choice((slashes, two_digits))

    def head(page: int, pages: int) -> list[str]:
        return [
            columns((STORE, f"Report date: {show(made)}"), (56, 28)),
            columns(("PATIENT PROFILE / MEDICAL EXPENSE", f"Page {page} of {pages}"), (56, 28)),
            columns(
                (
                    f"{world.reversed.upper()}  DOB {show(world.born_on)}",
                    f"From {show(start)} thru {show(made)}",
                ),
                (44, 40),
            ),
            "",
            columns(("FILLED", "RX NO", "DRUG", "QTY", "PRESCRIBER", "COPAY"), (12, 10, 28, 6, 18, 8)),
            "-" * 84,
        ]

    doctors = [world.people[one].name.split()[-1].upper() for one in ("pain", "primary", "orthopedist")]
    text = [
        columns(
            (
                show(day),
                str(random.randint(600_000, 699_999)),
                pill(random).upper(),
                random.choice(("30", "60", "90")),
                random.choice(doctors),
                "0.00",
            ),
            (12, 10, 28, 6, 18, 8),
        )
        for day in days
    ]
    text += ["-" * 84, f"TOTAL PRESCRIPTIONS: {count}"]
    return Draft(
        type=ExhibitType.PHARMACY,
        title="PATIENT PROFILE / MEDICAL EXPENSE",
        lines=paged(text, head),
        facility=STORE,
        report_date=made,
        strings=(f"TOTAL PRESCRIPTIONS: {count}",),
    )


def dispensed(world: World, random: Random) -> Draft:
    """Return the receipt of an office that hands out drugs itself, with the patient's consent."""
    doctor, given = world.people["primary"], world.day(random)
    ends = workday(given + timedelta(days=365))
    show = random.choice((slashes, bare, weekday_cut))
    source = setup(font="Liberation Sans", size=9.5, margin="x: 0.9in, y: 0.8in")
    source += (
        sides(
            said("DISPENSING RECORD", size="14pt", weight='"bold"'),
            broken([doctor.facility, doctor.phone], size="8.5pt"),
        )
        + rule()
    )
    label = random.choice(("Dispensed", "Date Dispensed", "Dispense date"))
    source += pairs(
        [
            ("Patient", world.patient),
            (label, show(given)),
            ("DOB", bare(world.born_on)),
            ("Claim", world.claim),
        ]
    )
    rows = [("NDC", "Medication", "Qty", "Lot", "Exp.")]
    for _ in range(random.randint(1, 4)):
        code = f"{random.randint(10000, 69999)}-{random.randint(100, 999)}-{random.randint(10, 99)}"
        rows.append(
            (
                code,
                pill(random),
                random.choice(("30", "60")),
                f"L{random.randint(1000, 9999)}",
                f"{ends:%m/%Y}",
            )
        )
    source += grid(rows, "(auto, 1fr, auto, auto, auto)", head=True)
    source += (
        said("I was told that I may fill this elsewhere, and I chose to receive it here.") + "\n\n" + gap(10)
    )
    source += fields(
        [
            [
                ("Patient signature", ""),
                ("Staff", random.choice(("MA", "LVN", "RN"))),
                ("Prescriber", doctor.signed),
            ]
        ]
    )
    return Draft(
        type=ExhibitType.PHARMACY,
        title="DISPENSING RECORD",
        source=source,
        author=doctor.name,
        author_specialty=None,
        facility=doctor.facility,
        date_of_service=given,
        strings=("I chose to receive it here",),
    )


def compound(world: World, random: Random) -> Draft:
    """Return a compounder's form of order, on which a doctor ticks what is to be mixed."""
    doctor, ordered = world.people["pain"], world.day(random)
    show = random.choice((bare, slashes))
    source = setup(font="Liberation Sans", size=9)
    source += (
        centred(MIXER, size="15pt", weight='"bold"', fill='rgb("#7d3c98")')
        + centred("TOPICAL PRESCRIPTION ORDER FORM", weight='"bold"')
        + gap(4)
    )
    source += fields(
        [
            [
                ("Patient", world.patient),
                ("DOB", show(world.born_on)),
                ("Date of injury", show(world.injured_on)),
            ],
            [("Prescriber", doctor.signed), ("NPI", doctor.npi), ("Fax", doctor.fax)],
            [("Carrier", world.payer), ("Claim", world.claim)],
        ]
    )
    mixes = (
        "Flurbiprofen 20% / lidocaine 5%",
        "Gabapentin 6% / ketoprofen 10%",
        "Cyclobenzaprine 2% in gel",
        "Capsaicin 0.025% / menthol 10%",
    )
    picked = random.randrange(len(mixes))
    source += broken(
        [ticked(at == picked, f"{mix}   180 g   apply thrice daily") for at, mix in enumerate(mixes)]
    )
    source += (
        said(f"Refills: {random.randint(0, 5)}     Diagnosis: {body(world).diagnoses[0][1]}")
        + "\n\n"
        + gap(14)
    )
    source += fields([[("Prescriber signature", doctor.name), ("Date", show(ordered))]])
    return Draft(
        type=ExhibitType.PHARMACY,
        title="TOPICAL PRESCRIPTION ORDER FORM",
        source=source,
        author=doctor.name,
        author_specialty=None,
        facility=MIXER,
        date_of_service=ordered,
        strings=(mixes[picked],),
    )


def managed(world: World, random: Random) -> Draft:
    """Return a letter of a manager of pharmacy benefits about a drug that wants a review."""
    doctor, written = world.people["pain"], world.day(random)
    filled_on = before(random, world, written, 1, 30)
    drug = pill(random)
    source = setup(font="Liberation Sans", size=10.5, margin="x: 1.1in, y: 1in")
    source += said(MANAGER, size="18pt", weight='"bold"', fill='rgb("#b9770e")') + "\n" + rule() + gap(6)
    source += said(random.choice((worded, iso, slashes))(written)) + "\n\n"
    source += broken([doctor.signed, doctor.street, doctor.city]) + broken(
        [f"Patient: {world.patient}", f"Claim: {world.claim}", f"Drug: {drug}"]
    )
    source += (
        said(
            f"Dear Prescriber: A claim for this drug was refused at the counter on {slashes(filled_on)},"
            " since it is not exempt from review."
        )
        + "\n\n"
    )
    source += bullets(
        [
            "Send a request for authorization to the claims administrator.",
            "Or choose a drug that the formulary exempts.",
        ]
    )
    source += said(told(world, random, "decision", 1)) + "\n\n" + said("Clinical Programs") + "\n"
    return Draft(
        type=ExhibitType.CORRESPONDENCE,
        title="Letter about a drug",
        source=source,
        facility=MANAGER,
        report_date=written,
        strings=(drug,),
    )


PHARMACIES = {
    "rx_slip": (slip, 3),
    "rx_electronic": (electronic, 2),
    "wickersham_history": (history, 2),
    "office_dispensed": (dispensed, 2),
    "galena_order": (compound, 1),
    "trellis_letter": (managed, 1),
}
