"""Corriente Spine and Pain, a practice that dictates: letters, typists' footers, a line printer."""

from __future__ import annotations

from datetime import date
from random import Random

from benchmarks.casefiles.dates import after, dashes, slashes, worded
from benchmarks.casefiles.draft import PAGE, Draft, centred, paragraphs, said, setup, ticked
from benchmarks.casefiles.opened_houses.days import bare, before, dashed, later, own, padded, two_digits
from benchmarks.casefiles.opened_houses.fullness import carried
from benchmarks.casefiles.opened_houses.phrases import age, body, care, lines, past, pill, told
from benchmarks.casefiles.opened_houses.stationery import (
    broken,
    fields,
    gap,
    heading,
    numbered,
    paged,
    rule,
    wrapped,
)
from benchmarks.casefiles.world import Person, World

from openimr.terms.records import ExhibitType

HOUSE = "Corriente Spine and Pain Medical Group"
CENTER = "Bayou Street Ambulatory Surgery Center"


def _initials(person: Person, random: Random) -> str:
    own_letters = "".join(part[0] for part in person.name.split())
    return f"{own_letters}/{random.choice(('ksm', 'lt', 'trx12', 'bw', 'mmodal'))}"


def _letter(world: World, shown: str) -> str:
    """Return the settings: on later pages the patient, the day and the number, as typists set them."""
    head = broken([f"RE: {world.patient}", shown], size="9.5pt")
    later_pages = f"context if counter(page).get().first() > 1 [{head} {said('Page')} {PAGE}]"
    return setup(font="Liberation Serif", size=11, margin="x: 1.1in, y: 1.15in", header=later_pages)


def _top(doctor: Person) -> str:
    return (
        centred(HOUSE, size="14pt", weight='"bold"')
        + centred("Board Certified, Pain Medicine and Rehabilitation", size="9pt", style='"italic"')
        + centred(f"{doctor.street}, {doctor.city}   Tel. {doctor.phone}   Fax {doctor.fax}", size="8.5pt")
        + rule()
        + gap(8)
    )


def _typed(doctor: Person, random: Random, seen: date, typed: date) -> str:
    """Return a footer of a typing service: dictated on the day of the visit, typed later."""
    job = random.randint(100_000, 999_999)
    show = random.choice((slashes, two_digits, dashes))
    shape = random.randrange(3)
    if shape == 0:
        rows = [_initials(doctor, random), f"D: {show(seen)}", f"T: {show(typed)}"]
    elif shape == 1:
        rows = [f"DD: {show(seen)}   DT: {show(typed)}   Job #{job}"]
    else:
        rows = [f"{_initials(doctor, random)}  Dictated {show(seen)}  Transcribed {show(typed)}"]
    return gap(6) + broken(rows, size="9pt")


def consult(world: World, random: Random) -> Draft:
    """Return a letter to the primary doctor about a first consultation."""
    doctor, primary = world.people["pain"], world.people["primary"]
    seen = world.day(random)
    typed = later(random, seen, 6, same=0.2)
    source = _letter(world, worded(seen)) + _top(doctor) + said(worded(seen)) + "\n\n" + gap(6)
    source += broken([primary.signed, primary.street, primary.city]) + broken(
        [
            f"RE: {world.patient}",
            f"D.O.I.: {bare(world.injured_on)}",
            f"EMPLOYER: {world.employer}",
            f"CLAIM NO.: {world.claim}",
        ]
    )
    opening = random.choice(
        (
            f"Thank you for asking me to see {world.patient}, who came to my office today.",
            f"I had the pleasure of seeing your patient {world.patient} in consultation this morning.",
        )
    )
    source += (
        said(f"Dear {primary.doctor}:")
        + "\n\n"
        + paragraphs(
            [
                (
                    f"{opening} As you know, the patient is {age(world, seen)} years old and was hurt on"
                    f" {worded(world.injured_on)}."
                ),
                past(world, random, seen, worded, random.randint(2, 4)),
                told(world, random, "complaint", random.randint(5, 9)),
            ]
        )
    )
    source += heading("PHYSICAL EXAMINATION", under=True)
    source += paragraphs(
        [told(world, random, "exam", random.randint(5, 9)) for _ in range(random.randint(1, 3))]
    )
    for name, text in carried(world, random, seen, worded):
        source += heading(name.upper(), under=True) + said(text) + "\n\n"
    source += heading("IMPRESSION", under=True) + numbered([name for _, name in body(world).diagnoses])
    source += heading("RECOMMENDATIONS", under=True) + paragraphs(
        [told(world, random, "plan", random.randint(4, 8))]
    )
    source += (
        said("Thank you for letting me take part in this patient's care.")
        + "\n\n"
        + said("Sincerely,")
        + "\n\n"
        + gap(20)
    )
    source += broken([doctor.signed, doctor.specialty])
    source += _typed(doctor, random, seen, typed) if typed != seen else ""
    return Draft(
        type=ExhibitType.CONSULTATION,
        title="Consultation",
        source=source,
        author=doctor.name,
        author_specialty=doctor.specialty,
        facility=HOUSE,
        date_of_service=seen,
        report_date=own(seen, typed),
        strings=(f"Dear {primary.doctor}",),
    )


def follow_up(world: World, random: Random) -> Draft:
    """Return a dictated progress report that names its day once or twice, in its own order."""
    doctor, seen = world.people["pain"], world.day(random)
    typed = later(random, seen, 7, same=0.3)
    label = random.choice(("DATE OF EXAMINATION", "Date Seen", "EXAM DATE", "DATE"))
    show = random.choice((padded, dashes, slashes, worded))
    source = _letter(world, show(seen)) + _top(doctor)
    title = random.choice(
        ("PRIMARY TREATING PHYSICIAN'S PROGRESS REPORT (PR-2)", "PAIN MANAGEMENT FOLLOW-UP NOTE")
    )
    source += centred(title, weight='"bold"') + gap(4)
    source += broken(
        [
            f"PATIENT: {world.reversed}",
            f"{label}: {show(seen)}",
            f"DATE OF INJURY: {show(world.injured_on)}",
            f"CLAIM #: {world.claim}",
        ]
    )
    for name, section, low in (
        ("INTERVAL HISTORY", "complaint", 4),
        ("EXAMINATION", "exam", 4),
        ("PLAN", "plan", 3),
    ):
        told_now = told(world, random, section, random.randint(low, low + 4))
        source += said(f"{name}:  ", weight='"bold"') + said(told_now) + "\n\n"
        if name == "INTERVAL HISTORY" and random.random() < 0.5:
            source += paragraphs([past(world, random, seen, bare, random.randint(1, 4))])
    for name, text in carried(world, random, seen, show):
        source += said(f"{name.upper()}:  ", weight='"bold"') + said(text) + "\n\n"
    source += said(f"MEDICATIONS:  {pill(random)}, {pill(random)}.") + "\n\n"
    source += (
        said(
            f"DISABILITY STATUS:  Modified work until {show(after(random, seen, 20, 45))}, when the patient"
            " returns."
        )
        + "\n\n"
        + gap(14)
    )
    source += broken([doctor.signed, f"CA Lic. {doctor.licence}"])
    source += _typed(doctor, random, seen, typed) if typed != seen else ""
    return Draft(
        type=ExhibitType.PROGRESS_REPORT,
        title=title,
        source=source,
        author=doctor.name,
        author_specialty=doctor.specialty,
        facility=HOUSE,
        date_of_service=seen,
        report_date=own(seen, typed),
        strings=("DISABILITY STATUS",),
    )


def procedure(world: World, random: Random) -> Draft:
    """Return a surgery center's report of an injection, printed by a line printer."""
    doctor, done = world.people["pain"], world.day(random)
    typed = later(random, done, 4, same=0.25)
    about = body(world)
    show = random.choice((slashes, dashes, dashed))

    def head(page: int, pages: int) -> list[str]:
        return [
            f"{CENTER:^84}",
            f"{'PROCEDURE REPORT':^84}",
            "",
            f"PATIENT NAME:  {world.reversed.upper():<34}MR#: {world.chart}",
            f"DATE OF PROCEDURE:  {show(done):<29}DOB: {show(world.born_on)}",
            f"SURGEON:  {doctor.signed:<39}PAGE {page} OF {pages}",
            "-" * 84,
            "",
        ]

    text = [
        f"PREOPERATIVE DIAGNOSIS:   {about.diagnoses[0][1]}.",
        "POSTOPERATIVE DIAGNOSIS:  Same.",
        f"PROCEDURE:  {about.injection}.",
        "ANESTHESIA:  Monitored care with local.",
        "",
    ]
    text += ["INDICATIONS:", *wrapped(told(world, random, "complaint", 4), indent=2), ""]
    text += [
        "DESCRIPTION OF PROCEDURE:",
        *wrapped(told(world, random, "procedure", random.randint(6, 10)), indent=2),
        "",
    ]
    if random.random() < 0.5:
        text += ["AFTERCARE:", *wrapped(told(world, random, "limits", 4), indent=2), ""]
    text += ["PLAN:", *wrapped(told(world, random, "plan", 2), indent=2), "", f"    {doctor.signed}", ""]
    if typed != done:
        text += [
            f"{_initials(doctor, random)}   D: {show(done)} {random.randint(8, 17):02d}:15   T: {show(typed)}"
            f" {random.randint(8, 17):02d}:40   #{random.randint(1000, 9999)}"
        ]
    text += [f"CC: {world.people['primary'].signed}"]
    pages = tuple(tuple(line[:88] for line in page) for page in paged(text, head))
    return Draft(
        type=ExhibitType.OPERATIVE_REPORT,
        title="PROCEDURE REPORT",
        lines=pages,
        author=doctor.name,
        author_specialty=doctor.specialty,
        facility=CENTER,
        date_of_service=done,
        report_date=own(done, typed),
        strings=("DESCRIPTION OF PROCEDURE",),
    )


def request(world: World, random: Random) -> Draft:
    """Return the state's form to ask for treatment, as a biller of the practice types it."""
    doctor, seen = world.people["pain"], world.day(random)
    asked = later(random, seen, 6, same=0.3)
    about = body(world)
    source = setup(font="DejaVu Sans", size=8, margin="x: 0.6in, y: 0.6in")
    source += centred("State of California, Division of Workers' Compensation", size="8pt")
    source += centred("REQUEST FOR AUTHORIZATION", size="12pt", weight='"bold"') + centred(
        "DWC Form RFA", size="8pt"
    )
    source += broken(
        [
            ticked(random.random() < 0.7, "New Request"),
            ticked(False, "Expedited Review"),
            ticked(random.random() < 0.2, "Resubmission, change in material facts"),
        ]
    )
    source += fields(
        [
            [
                ("Name (Last, First, Middle)", world.reversed),
                ("Date of Injury", bare(world.injured_on)),
                ("Date of Birth", bare(world.born_on)),
            ],
            [("Claim Number", world.claim), ("Employer", world.employer)],
            [("Requesting Physician", doctor.signed), ("Practice Name", HOUSE)],
            [("Address", f"{doctor.street}, {doctor.city}"), ("Fax", doctor.fax), ("NPI", doctor.npi)],
            [("Claims Administrator", world.payer), ("Contact", world.adjuster)],
        ]
    )
    rows = [
        [
            ("Diagnosis", name),
            ("ICD", code),
            ("Service or good requested", what),
            ("Frequency, duration", often),
        ]
        for (code, name), what, often in zip(
            about.diagnoses,
            (about.injection, care(random), pill(random)),
            ("x 1", "2 x 4 weeks", "#60"),
            strict=True,
        )
    ]
    source += fields(rows[: random.randint(1, 3)])
    source += said(f"Substantiating report attached: PR-2 of {bare(seen)}.") + "\n\n"
    source += fields([[("Requesting Physician Signature", f"{doctor.name}"), ("Date", bare(asked))]])
    source += (
        said("Claims administrator: approved / denied / delayed, and date:  ______________________") + "\n"
    )
    return Draft(
        type=ExhibitType.RFA,
        title="REQUEST FOR AUTHORIZATION",
        source=source,
        author=doctor.name,
        author_specialty=None,
        facility=HOUSE,
        report_date=asked,
        strings=(world.claim,),
    )


def appeal(world: World, random: Random) -> Draft:
    """Return the practice's letter against a decision, with no visit behind it."""
    doctor, written = world.people["pain"], world.day(random)
    decided = before(random, world, written, 5, 25)
    source = _letter(world, padded(written)) + _top(doctor) + said(padded(written)) + "\n\n"
    source += broken([world.payer, f"Attention: {world.adjuster}"]) + broken(
        [f"Re: {world.patient}", f"Claim: {world.claim}", f"DOI: {bare(world.injured_on)}"]
    )
    source += (
        said("To whom it may concern:")
        + "\n\n"
        + paragraphs(
            [
                (
                    f"I write about your determination of {bare(decided)}, which refused"
                    f" {body(world).injection.lower()}."
                ),
                told(world, random, "opinion", 4),
                told(world, random, "complaint", 4),
                told(world, random, "plan", 3),
            ]
        )
    )
    source += paragraphs(lines(world, random, "opinion", random.randint(2, 6)))
    source += said("Respectfully,") + "\n\n" + gap(18) + said(doctor.signed)
    return Draft(
        type=ExhibitType.CORRESPONDENCE,
        title="Letter of appeal",
        source=source,
        author=doctor.name,
        author_specialty=None,
        facility=HOUSE,
        report_date=written,
        strings=("To whom it may concern",),
    )


DICTATED = {
    "dictated_consult": (consult, 3),
    "dictated_follow_up": (follow_up, 6),
    "dictated_procedure": (procedure, 3),
    "dictated_request": (request, 4),
    "dictated_appeal": (appeal, 2),
}
