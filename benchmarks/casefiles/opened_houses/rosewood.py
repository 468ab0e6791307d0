"""Rosewood Orthopaedic, one surgeon with the forms of the state, a typewriter's habits and a rubber stamp."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random

from benchmarks.casefiles.dates import after, dashes, slashes, worded
from benchmarks.casefiles.draft import PAGE, Draft, Family, centred, paragraphs, said, setup, ticked
from benchmarks.casefiles.opened_houses.days import (
    Manner,
    bare,
    before,
    dotted,
    later,
    own,
    two_digits,
    with_ordinal,
)
from benchmarks.casefiles.opened_houses.fullness import carried, reasons
from benchmarks.casefiles.opened_houses.phrases import age, body, care, job, lines, past, pill, told
from benchmarks.casefiles.opened_houses.stationery import (
    boxed,
    broken,
    bullets,
    fields,
    gap,
    heading,
    paged,
    rule,
    wrapped,
)
from benchmarks.casefiles.world import Person, World

from openimr.terms.records import ExhibitType

HOUSE = "Rosewood Orthopaedic"


def state_form(world: World, random: Random) -> Draft:
    """Return the state's form of a progress report with boxes, filled by a typist."""
    doctor, seen = world.people["orthopedist"], world.day(random)
    signed = later(random, seen, 9, same=0.4)
    title = "PRIMARY TREATING PHYSICIAN'S PROGRESS REPORT (PR-2)"
    source = setup(
        font="Liberation Sans",
        size=random.choice((8.5, 10, 11)),
        margin="x: 0.6in, y: 0.55in",
        footer=f"context [{said('DWC Form PR-2', size='7pt')} #h(1fr) {PAGE}]",
    )
    source += centred("State of California, Division of Workers' Compensation", size="8pt") + centred(
        title, weight='"bold"', size="11pt"
    )
    why = random.randrange(4)
    marks = (
        "Periodic report",
        "Change in treatment plan",
        "Released from care",
        "Response to a request for information",
    )
    source += boxed(said("   ".join(ticked(at == why, one) for at, one in enumerate(marks)), size="8pt"))
    source += fields(
        [
            [("Last", world.last), ("First", world.first), ("Date of birth", bare(world.born_on))],
            [
                ("Date of injury", bare(world.injured_on)),
                ("Occupation", job(random)),
                ("Employer", world.employer),
            ],
            [
                ("Claims administrator", world.payer),
                ("Claim number", world.claim),
                ("Adjuster", world.adjuster),
            ],
        ]
    )
    for name, section, count in (
        ("Subjective complaints", "complaint", 5),
        ("Objective findings", "exam", 9),
        ("Treatment plan", "plan", 8),
    ):
        source += (
            said(f"{name}:", weight='"bold"')
            + "\n\n"
            + said(told(world, random, section, random.randint(3, count)))
            + "\n\n"
        )
        if name == "Objective findings":
            for title, text in carried(world, random, seen, bare):
                source += said(f"{title}: {text}") + "\n\n"
        if name == "Subjective complaints" and random.random() < 0.4:
            source += said(past(world, random, seen, bare, random.randint(1, 3))) + "\n\n"
    source += fields(
        [
            [(f"{at}. Diagnosis", name), ("ICD-9", code)]
            for at, (code, name) in enumerate(body(world).diagnoses, 1)
        ]
    )
    until = bare(after(random, seen, 20, 50))
    source += broken(
        [
            ticked(False, f"Remain off work until {until}"),
            ticked(True, f"Modified work from {bare(seen)}"),
            ticked(False, "Full duty"),
        ]
        if random.random() < 0.4
        else [
            ticked(True, f"Remain off work until {until}"),
            ticked(False, "Modified work"),
            ticked(False, "Full duty"),
        ]
    )
    source += fields(
        [
            [("Primary treating physician", doctor.name), ("Date of exam", bare(seen))],
            [
                ("Signature", ""),
                ("Cal. Lic. #", doctor.licence),
                *(
                    [("Executed at / Date", f"{doctor.city.split(',')[0]}  {bare(signed)}")]
                    if signed != seen
                    else [("Executed at", doctor.city.split(",")[0])]
                ),
            ],
            [("Name", HOUSE), ("Specialty", doctor.specialty), ("Phone", doctor.phone)],
        ]
    )
    if random.random() < 0.5:
        source += _continued(world, random, seen, signed)
    return Draft(
        type=ExhibitType.PROGRESS_REPORT,
        title=title,
        source=source,
        author=doctor.name,
        author_specialty=doctor.specialty,
        facility=HOUSE,
        date_of_service=seen,
        report_date=own(seen, signed),
        strings=("Objective findings:",),
    )


def _continued(world: World, random: Random, seen: date, signed: date) -> str:
    """Return sheets behind the form, for what its boxes did not hold."""
    source = (
        "#pagebreak()\n"
        + said(f"PR-2 continued: {world.patient}, exam of {bare(seen)}", weight='"bold"')
        + "\n\n"
    )
    for section in ("history", "exam", "plan"):
        source += paragraphs(world.prose.paragraphs(random, section, random.randint(1, 2)))
    dated = "" if signed == seen else f", signed {bare(signed)}"
    return source + said(f"End of PR-2 for exam of {bare(seen)}{dated}.")


def handwritten_ask(world: World, random: Random) -> Draft:
    """Return the state's form of a request, drawn by another program, with its day beside the signature."""
    doctor, asked = world.people["orthopedist"], world.day(random)
    show = random.choice((slashes, dashes, two_digits))
    source = setup(font="Liberation Serif", size=10, margin="x: 0.8in, y: 0.7in")
    source += (
        centred("REQUEST FOR AUTHORIZATION FOR MEDICAL TREATMENT", weight='"bold"', size="12pt")
        + centred("attached to a first report, a PR-2 or a narrative", size="8.5pt")
        + gap(3)
    )
    source += heading("Employee Information") + broken(
        [
            f"Name: {world.reversed}",
            f"Date of Injury: {show(world.injured_on)}      Date of Birth: {show(world.born_on)}",
            f"Claim Number: {world.claim}      Employer: {world.employer}",
        ]
    )
    source += heading("Requesting Physician Information") + broken(
        [
            f"Name: {doctor.signed}    Practice: {HOUSE}",
            f"Address: {doctor.street}, {doctor.city}",
            f"Phone: {doctor.phone}   Fax: {doctor.fax}   NPI: {doctor.npi}",
        ]
    )
    source += heading("Claims Administrator") + broken([f"{world.payer}, {world.adjuster}"])
    source += heading("Requested Treatment")
    report = before(random, world, asked, 1, 12)
    wants = [
        body(world).operation,
        f"{care(random)} twice a week for six weeks",
        pill(random),
        f"MRI of the {world.region}",
        "Cold therapy unit, 14 days",
        "Preoperative clearance",
    ]
    source += bullets(
        [f"{body(world).diagnoses[0][0]}  {one}" for one in random.sample(wants, random.randint(1, 5))]
    )
    if random.random() < 0.6:
        source += said(f"See report of {show(report)}.") + "\n\n"
    source += (
        rule()
        + said(
            f"Signature: {doctor.name} ______________     Date of Request: {show(asked)}"
            if random.random() < 0.5
            else f"Physician signature: {doctor.name}   Date: {show(asked)}"
        )
        + "\n\n"
    )
    if random.random() < 0.35:
        source += heading("Why") + said(reasons(world, random, report, show)) + "\n\n"
        source += paragraphs(world.prose.paragraphs(random, "history", 2))
    source += heading("Response of the claims administrator") + broken(
        [
            ticked(False, "Approved"),
            ticked(False, "Denied or modified"),
            "Signature ____________   Date ________",
        ]
    )
    return Draft(
        type=ExhibitType.RFA,
        title="REQUEST FOR AUTHORIZATION FOR MEDICAL TREATMENT",
        source=source,
        author=doctor.name,
        author_specialty=None,
        facility=HOUSE,
        report_date=asked,
        strings=("Requested Treatment",),
    )


def note_for_work(world: World, random: Random) -> Draft:
    """Return a slip of a few lines for the employer, its day without any label but the place."""
    doctor, seen = world.people["orthopedist"], world.day(random)
    until = after(random, seen, 14, 60)
    show: Manner = random.choice((worded, dotted, slashes, with_ordinal))
    source = setup(font="Liberation Serif", size=12, margin="x: 1.4in, y: 1.3in")
    source += (
        centred(HOUSE, size="15pt", weight='"bold"')
        + centred(f"{doctor.signed}   {doctor.phone}", size="9pt")
        + rule()
        + gap(8)
    )
    shape = random.randrange(3)
    if shape == 0:
        source += (
            f"#align(right)[{said(show(seen))}]\n\n"
            + said("To whom it may concern,")
            + "\n\n"
            + said(f"{world.patient} was in my office today because of the {world.region}.")
            + "\n\n"
        )
    elif shape == 1:
        source += (
            said("DISABILITY CERTIFICATE", weight='"bold"')
            + "\n\n"
            + said(f"This certifies that {world.patient} was seen on {show(seen)} and is under my care.")
            + "\n\n"
        )
    else:
        source += broken(["WORK STATUS", f"Patient: {world.patient}", f"Seen: {show(seen)}"])
    source += (
        said(f"{random.choice(('Off work', 'Modified work', 'Light duty'))} through {show(until)}.")
        + "\n\n"
        + bullets(lines(world, random, "limits", random.randint(1, 4)))
    )
    source += gap(20) + said(doctor.signed)
    return Draft(
        type=ExhibitType.WORK_STATUS,
        title="Note for work",
        source=source,
        author=doctor.name,
        author_specialty=None,
        facility=HOUSE,
        date_of_service=seen,
        strings=(world.patient,),
    )


def narrative(world: World, random: Random) -> Draft:
    """Return a surgeon's first narrative of several pages, typed like on a machine."""
    doctor, seen = world.people["orthopedist"], world.day(random)
    typed = later(random, seen, 12, same=0.2)
    top = [f"{HOUSE:^84}", f"{doctor.street + ', ' + doctor.city:^84}", ""]
    if typed == seen:
        opening = f"{world.patient} was examined in this office on {worded(seen)}."
        text = ["ORTHOPAEDIC CONSULTATION", ""]
    else:
        opening = f"The above patient was examined in this office on {worded(seen)}."
        text = [worded(typed), "", "ORTHOPAEDIC CONSULTATION", ""]
    text += [
        world.payer,
        f"Attention: {world.adjuster}",
        "",
        f"RE: {world.patient}",
        f"    Injury of {worded(world.injured_on)}",
        f"    Claim {world.claim}",
        "",
    ]
    text += [*wrapped(f"{opening} Age {age(world, seen)}. {told(world, random, 'accident', 1)}"), ""]
    for name, section, low in (
        ("HISTORY", "complaint", 5),
        ("PHYSICAL EXAMINATION", "exam", 6),
        ("DISCUSSION", "opinion", 4),
        ("TREATMENT", "plan", 4),
    ):
        text += [name, "", *wrapped(told(world, random, section, low + random.randint(0, 3)), indent=2), ""]
        if name == "HISTORY":
            text += [
                *wrapped(
                    past(world, random, seen, random.choice((worded, bare)), random.randint(2, 6)), indent=2
                ),
                "",
            ]
            text += [*wrapped(told(world, random, "complaint", random.randint(3, 8)), indent=2), ""]
    for name, part in carried(world, random, seen, worded):
        text += [name.upper(), "", *wrapped(part, indent=2), ""]
    text += ["", "Very truly yours,", "", "", doctor.signed]

    def head(page: int, pages: int) -> list[str]:
        return top if page == 1 else [f"{world.patient}", f"{worded(typed)}", f"Page {page}"]

    return Draft(
        type=ExhibitType.CONSULTATION,
        title="ORTHOPAEDIC CONSULTATION",
        lines=paged(text, head),
        author=doctor.name,
        author_specialty=doctor.specialty,
        facility=HOUSE,
        date_of_service=seen,
        report_date=own(seen, typed),
        strings=("PHYSICAL EXAMINATION",),
    )


def visits(world: World, random: Random) -> Sequence[Draft]:
    """Return short notes of one to three visits that lie behind each other, each on its own page."""
    doctor, seen = world.people["orthopedist"], world.day(random)
    found: list[Draft] = []
    show = random.choice((bare, dashes, two_digits, dotted))
    for _ in range(random.randint(1, 3)):
        found.append(
            _short_note(world, random, doctor, show, seen, found[-1].date_of_service if found else None)
        )
        seen = after(random, seen, 20, 45)
    return found


def _short_note(
    world: World, random: Random, doctor: Person, show: Manner, seen: date, earlier: date | None
) -> Draft:
    back = after(random, seen, 20, 45)
    source = setup(font="DejaVu Sans Mono", size=9, margin="x: 0.9in, y: 0.9in")
    source += (
        said(
            f"{world.reversed.upper()}    {show(seen)}   "
            f" {random.choice(('OFFICE VISIT', 'POST-OP CHECK', 'RECHECK'))}"
        )
        + "\n"
        + rule("0.4pt")
    )
    if earlier:
        source += said(f"Last here {show(earlier)}.") + "\n\n"
    source += paragraphs(
        [told(world, random, "complaint", 3), told(world, random, "exam", 4), told(world, random, "plan", 3)]
    )
    source += said(f"RTO {show(back)}") + "\n\n" + said(f"{doctor.signed}   {HOUSE}")
    return Draft(
        type=ExhibitType.PROGRESS_REPORT,
        title="OFFICE VISIT",
        source=source,
        author=doctor.name,
        author_specialty=None,
        facility=HOUSE,
        date_of_service=seen,
        strings=("RTO",),
    )


ROSEWOOD: dict[str, tuple[Family, int]] = {
    "rosewood_form": (state_form, 6),
    "rosewood_ask": (handwritten_ask, 4),
    "rosewood_slip": (note_for_work, 3),
    "rosewood_narrative": (narrative, 2),
    "rosewood_visits": (visits, 3),
}
