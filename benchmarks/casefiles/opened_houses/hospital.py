"""Piedra Blanca Community Hospital: an old mainframe, and a newer system for its wards."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from benchmarks.casefiles.dates import after, compact, machine, slashes
from benchmarks.casefiles.draft import PAGE_OF, Draft, grid, said, setup
from benchmarks.casefiles.opened_houses.days import before, later, own, two_digits
from benchmarks.casefiles.opened_houses.fullness import at_first
from benchmarks.casefiles.opened_houses.phrases import age, body, lines, past, told
from benchmarks.casefiles.opened_houses.stationery import bar, bullets, columns, paged, pairs, rule, wrapped
from benchmarks.casefiles.world import Person, World

from openimr.terms.records import ExhibitType

HOUSE = "Piedra Blanca Community Hospital"


def _hour(random: Random) -> str:
    return f"{random.randint(6, 19):02d}{random.randint(0, 59):02d}"


def _banner(world: World, kind: str, day: str, number: str, page: int, pages: int) -> list[str]:
    return [
        columns((HOUSE, f"PAGE: {page}"), (66, 12)) + (f" of {pages}" if pages > 1 else ""),
        columns(("DEPARTMENT OF " + kind, day), (50, 34)),
        columns((f"NAME: {world.reversed.upper()}", f"ACCT#: {number}"), (50, 34)),
        columns((f"DOB: {two_digits(world.born_on)}", f"MR#: {world.chart}"), (50, 34)),
        "=" * 84,
        "",
    ]


def operative(world: World, random: Random) -> Draft:
    """Return an operative report of the mainframe, dictated, typed and at times signed days later."""
    surgeon, done = world.people["surgeon"], world.day(random)
    typed = later(random, done, 5, same=0.3)
    number = f"V{random.randint(10**6, 10**7)}"
    about = body(world)
    label = random.choice(("DATE OF OPERATION", "DATE OF SURGERY", "DOS", "OPERATION DATE"))
    write = random.choice((slashes, machine, two_digits))
    text = [
        f"{'REPORT OF OPERATION':^84}",
        "",
        f"{label}: {write(done)}",
        f"SURGEON: {surgeon.signed}",
        f"ASSISTANT: {random.choice(('None', 'Surgical technician', 'PA-C on staff'))}",
        f"ANESTHESIA: {random.choice(('General', 'Regional block with sedation', 'General endotracheal'))}",
        "",
        f"PREOPERATIVE DIAGNOSIS:  {about.diagnoses[0][1]}.",
        f"POSTOPERATIVE DIAGNOSIS: {about.diagnoses[0][1]}, confirmed.",
        *wrapped(f"OPERATION: {about.operation}."),
        "",
        *wrapped("HISTORY: " + told(world, random, "complaint", 3)),
        *wrapped(past(world, random, done, write, 2)),
        *(line for one in world.prose.paragraphs(random, "history", 2) for line in ["", *wrapped(one)]),
        "",
        "FINDINGS AND TECHNIQUE:",
    ]
    steps = lines(world, random, "surgery", random.randint(7, 12))
    for start in range(0, len(steps), 3):
        text += [*wrapped(" ".join(steps[start : start + 3]), indent=4), ""]
    text += [*wrapped("DISPOSITION: " + told(world, random, "plan", random.randint(2, 6))), ""]
    if random.random() < 0.5:
        text += [
            *wrapped(
                "IMPLANTS: "
                + random.choice(("None.", "Two suture anchors.", "Cage and plate, lot on chart."))
            )
        ]
    text += [*_tail(random, surgeon, done, typed)]
    pages = paged(text, lambda page, of: _banner(world, "SURGERY", f"ADM: {write(done)}", number, page, of))
    return Draft(
        type=ExhibitType.OPERATIVE_REPORT,
        title="REPORT OF OPERATION",
        lines=pages,
        author=surgeon.name,
        author_specialty=surgeon.specialty,
        facility=HOUSE,
        date_of_service=done,
        report_date=own(done, typed),
        strings=("FINDINGS AND TECHNIQUE",),
    )


def _tail(random: Random, surgeon: Person, done: date, typed: date) -> list[str]:
    signature = ["", f"      {'_' * 34}", f"      {surgeon.signed}", ""]
    if typed == done:
        return signature
    if random.random() < 0.5:
        number = random.randint(10**5, 10**6)
        hours = _hour(random), _hour(random)
        return [
            *signature,
            f"DD/DT: {compact(done)} {hours[0]}",
            f"TD/TT: {compact(typed)} {hours[1]}",
            f"JOB: {number}",
        ]
    return [*signature, f"<Electronically signed by {surgeon.signed}> {slashes(typed)} {_hour(random)}"]


def radiology(world: World, random: Random) -> Draft:
    """Return a radiology report of the mainframe: exam, order and result each with an hour."""
    reader, asked = world.people["radiologist"], world.people["primary"]
    done = world.day(random)
    read = later(random, done, 3, same=0.5)
    ordered = before(random, world, done, 1, 14)
    region = world.region.upper()
    write = random.choice((machine, slashes, compact))
    text = [
        columns(
            (
                f"EXAM: XR {region} {random.choice(('2', '3', '4'))} VIEWS",
                f"ORDER #: {world.chart[:4]}-0{random.randint(1, 9)}",
            ),
            (54, 30),
        ),
        columns(
            (f"ORDERED: {write(ordered)} {_hour(random)}", f"ORD PHYS: {asked.doctor.upper()}"), (42, 42)
        ),
        (
            f"{random.choice(('EXAM DATE', 'PERFORMED', 'EXAM COMPLETED', 'DATE OF EXAM'))}: {write(done)}"
            f" {_hour(random)}"
        ),
        "",
        *wrapped(f"CLINICAL: Work injury {write(world.injured_on)}, pain."),
        *wrapped(
            f"COMPARISON: {random.choice(('None.', write(before(random, world, done, 60, 300)) + '.'))}"
        ),
        "",
        "FINDINGS:",
        *wrapped(" ".join(random.sample(_FILMS, random.randint(3, 6))), indent=2),
        "",
        "IMPRESSION:",
        *[f"  {number}. {one}" for number, one in enumerate(random.sample(_FILMS, 2), 1)],
        "",
        f"  READ BY: {reader.signed.upper()}",
    ]
    if read != done:
        text += [
            f"  {random.choice(('RESULT DATE', 'SIGNED', 'FINAL REPORT', 'REPORTED'))}: {write(read)}"
            f" {_hour(random)}"
        ]
    pages = paged(
        text, lambda page, of: _banner(world, "RADIOLOGY", "OUTPATIENT", f"R{world.chart}", page, of)
    )
    return Draft(
        type=ExhibitType.IMAGING,
        title=f"XR {region}",
        lines=pages,
        author=reader.name,
        author_specialty=reader.specialty,
        facility=HOUSE,
        date_of_service=done,
        report_date=own(done, read),
        strings=("IMPRESSION:",),
    )


_FILMS = (
    "No acute fracture or subluxation.",
    "Joint spaces are kept apart from slight marginal spurring.",
    "Bone density is in the expected range for age.",
    "Soft tissue planes are not displaced.",
    "Alignment is anatomic in all projections.",
    "No radiopaque foreign body.",
    "Early degenerative change without erosion.",
)


def chemistry(world: World, random: Random) -> Draft:
    """Return results of blood as the mainframe sums them up."""
    chief, drawn = world.people["pathologist"], world.day(random)
    reported = later(random, drawn, 3, same=0.5)
    hour = _hour(random)
    text = [
        f"SPECIMEN: {random.randint(1000, 9999)}:C{random.randint(10000, 99999)}S   STATUS: COMP",
        f"COLL: {two_digits(drawn)}-{hour}    RECD: {two_digits(drawn)}-{_hour(random)}",
        f"REQ PHYS: {world.people['primary'].doctor.upper()}",
        "",
        columns(("TEST", "RESULT", "FLAG", "REFERENCE", "UNITS"), (26, 14, 8, 18, 10)),
        "-" * 84,
    ]
    for name, low, high, unit in random.sample(_BLOOD, random.randint(7, len(_BLOOD))):
        value = round(random.uniform(low * 0.9, high * 1.1), 1 if high < 30 else 0)
        flag = "H" if value > high else "L" if value < low else ""
        text.append(columns((name, f"{value:g}", flag, f"{low:g}-{high:g}", unit), (26, 14, 8, 18, 10)))
    text += ["", f"LABORATORY DIRECTOR: {chief.signed}", ""]
    if reported != drawn:
        text += [
            f"REPORT {random.choice(('FINAL', 'VERIFIED', 'COMPLETE'))}:"
            f" {two_digits(reported)}-{_hour(random)}"
        ]
    text += ["** END OF REPORT **"]
    pages = paged(
        text, lambda page, of: _banner(world, "PATHOLOGY", "CHEMISTRY", f"L{world.chart}", page, of)
    )
    return Draft(
        type=ExhibitType.LABORATORY,
        title="CHEMISTRY",
        lines=pages,
        author=chief.name,
        author_specialty=chief.specialty,
        facility=HOUSE,
        date_of_service=drawn,
        report_date=own(drawn, reported),
        strings=("REQ PHYS",),
    )


_BLOOD = (
    ("SODIUM", 135, 145, "mmol/L"),
    ("POTASSIUM", 3.5, 5.1, "mmol/L"),
    ("CHLORIDE", 98, 107, "mmol/L"),
    ("GLUCOSE", 70, 99, "mg/dL"),
    ("BUN", 7, 20, "mg/dL"),
    ("CREATININE", 0.6, 1.3, "mg/dL"),
    ("CALCIUM", 8.5, 10.2, "mg/dL"),
    ("AST", 10, 40, "U/L"),
    ("ALT", 7, 56, "U/L"),
    ("ALK PHOS", 44, 147, "U/L"),
    ("WBC", 4.5, 11, "K/uL"),
    ("HEMOGLOBIN", 12, 17, "g/dL"),
    ("PLATELETS", 150, 400, "K/uL"),
)


def anesthesia(world: World, random: Random) -> Draft:
    """Return the sheet that is kept during an operation: hours, gases, drugs."""
    surgeon, done = world.people["surgeon"], world.day(random)
    keeper = world.people["internist"]
    start = timedelta(hours=random.randint(7, 13), minutes=random.choice((0, 15, 30)))
    times = [str(start + timedelta(minutes=15 * step))[:-3] for step in range(random.randint(6, 12))]
    rows = [("Time", "BP", "HR", "SpO2", "Sevo %", "Note")]
    rows += [
        (
            at,
            f"{random.randint(95, 145)}/{random.randint(55, 90)}",
            f"{random.randint(55, 98)}",
            f"{random.randint(96, 100)}",
            f"{random.choice((0.8, 1.2, 1.8, 2.0))}",
            random.choice(("", "", "fluid", "incision")),
        )
        for at in times
    ]
    source = setup(
        font="Liberation Sans", size=8.5, margin="x: 0.5in, y: 0.5in", footer=f"context [{PAGE_OF}]"
    )
    source += (
        said(HOUSE, weight='"bold"', size="11pt")
        + " #h(1fr) "
        + said("ANESTHESIA RECORD", weight='"bold"', size="13pt")
    )
    source += "\n" + rule("1.2pt")
    source += pairs(
        [
            ("Patient", world.reversed),
            ("Date", slashes(done)),
            ("MR#", world.chart),
            ("Age", str(age(world, done))),
            ("Surgeon", surgeon.signed),
            ("Procedure", body(world).operation),
        ],
        stroke="0.4pt",
    )
    source += grid(rows, "(auto, auto, auto, auto, auto, 1fr)", head=True)
    source += said("Induction smooth, tube secured, eyes taped. Emergence without event.") + "\n\n"
    source += said(f"Anesthesia provider: {keeper.signed}")
    return Draft(
        type=ExhibitType.OTHER,
        title="ANESTHESIA RECORD",
        source=source,
        author=keeper.name,
        author_specialty=None,
        facility=HOUSE,
        date_of_service=done,
        strings=("Emergence without event",),
    )


def emergency(world: World, random: Random) -> Draft:
    """Return the newer system's note of the emergency department, soon after the injury."""
    doctor = world.people["internist"]
    seen = after(random, world.injured_on, 0, 2)
    signed = later(random, seen, 3, same=0.5)
    printed = after(random, seen, 30, 500)
    head = f"{world.reversed} | MRN {world.chart} | DOB {slashes(world.born_on)} | Adm: {slashes(seen)}"
    foot = f"{HOUSE} - Release of Information. Printed {slashes(printed)} {_hour(random)}"
    source = setup(
        font="DejaVu Sans",
        size=8.5,
        margin="x: 0.8in, y: 0.8in",
        header=f"[{said(head, size='7.5pt')}]",
        footer=f"context [{said(foot, size='7pt')} #h(1fr) {PAGE_OF}]",
    )
    source += said("ED Provider Notes", size="13pt", weight='"bold"') + "\n\n"
    line = f"{doctor.signed} at {slashes(seen)} {random.randint(1, 11)}:{random.randint(10, 59)} PM"
    source += said(line, style='"italic"') + "\n\n" + rule()
    source += bar("History") + said(told(world, random, "onset", 5)) + "\n\n"
    source += bar("Physical Exam") + bullets(lines(world, random, "exam", 6), "-")
    for title, text in at_first(world, random, seen, slashes):
        source += bar(title) + said(text) + "\n\n"
    source += bar("ED Course") + said(told(world, random, "plan", 4)) + "\n\n"
    source += bar("Clinical Impression") + bullets([name for _, name in body(world).diagnoses[1:]], "-")
    source += bar("Disposition") + said("Discharged home. Occupational clinic within three days.") + "\n\n"
    source += said(f"{doctor.name} electronically signed this note on {slashes(signed)}.", size="8pt")
    return Draft(
        type=ExhibitType.OTHER,
        title="ED Provider Notes",
        source=source,
        author=doctor.name,
        author_specialty=None,
        facility=HOUSE,
        date_of_service=seen,
        report_date=own(seen, signed),
        strings=("ED Course",),
    )


HOSPITAL = {
    "hospital_operative": (operative, 3),
    "hospital_radiology": (radiology, 3),
    "hospital_chemistry": (chemistry, 2),
    "hospital_anesthesia": (anesthesia, 1),
    "hospital_emergency": (emergency, 1),
}
