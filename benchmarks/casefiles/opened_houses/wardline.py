"""Two newer systems: WardLine, printed by encounter, and the portal of a counselling practice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random

from benchmarks.casefiles.dates import abbreviated, after, slashes
from benchmarks.casefiles.draft import PAGE, PAGE_OF, Draft, Family, centred, grid, said, setup, ticked
from benchmarks.casefiles.opened_houses.days import (
    Manner,
    bare,
    before,
    clock,
    iso,
    later,
    own,
    padded,
    spaced,
    weekday_cut,
)
from benchmarks.casefiles.opened_houses.fullness import carried
from benchmarks.casefiles.opened_houses.phrases import age, body, lines, past, pill, told
from benchmarks.casefiles.opened_houses.stationery import bar, broken, bullets, gap, heading, pairs, rule
from benchmarks.casefiles.world import World

from openimr.terms.records import ExhibitType

GROUP = "Manzanita Medical Group"
MIND = "Stillwater Counseling and Biofeedback"


def encounter(world: World, random: Random) -> Draft:
    """Return a note of the group whose day stands in the running head, at times there alone."""
    doctor, seen = world.people[random.choice(("internist", "pain"))], world.day(random)
    signed = later(random, seen, 4, same=0.5)
    show = random.choice((slashes, abbreviated, bare))
    named = random.choice(("Encounter Date", "Encounter", "Date of Encounter", "Appointment"))
    head = f"{world.reversed} (id #{world.chart}, dob: {bare(world.born_on)})   {named}: {show(seen)}"
    source = setup(
        font="DejaVu Sans",
        size=random.choice((8.5, 9.5)),
        margin="x: 0.75in, y: 0.85in",
        header=f"[{said(head, size='7.5pt')} {rule('0.3pt')}]",
        footer=f"context [{said(f'{GROUP}, {doctor.street}, {doctor.city}', size='7pt')} #h(1fr) {PAGE_OF}]",
    )
    if random.random() < 0.4:
        source += pairs(
            [
                ("Patient", world.patient),
                ("Provider", doctor.signed),
                ("Insurance", f"WC: {world.payer}"),
                ("Seen", f"{weekday_cut(seen)} {clock(random)}"),
            ],
            columns=1,
        )
    else:
        source += (
            said(f"{world.patient}, {age(world, seen)}", size="13pt", weight='"bold"')
            + "\n\n"
            + said(f"Injury {slashes(world.injured_on)}, claim {world.claim}")
            + "\n\n"
        )
    names = ["Reason for Visit", "HPI", "Past Encounters", "Medications", "Exam", "Assessment / Plan"]
    for name in names:
        if name == "Past Encounters" and random.random() < 0.5:
            continue
        source += heading(name, size="9.5pt") + _part(world, random, name, show, seen)
    back = after(random, seen, 25, 60)
    for name, text in carried(world, random, seen, show):
        source += heading(name, size="9.5pt") + said(text) + "\n\n"
    source += heading("Return to Office", size="9.5pt") + bullets(
        [f"{doctor.signed} for Follow-up at {GROUP} on or around {slashes(back)}"]
    )
    line = f"Electronically Signed by: {doctor.signed.upper()}"
    source += said(line if signed == seen else f"{line}, {slashes(signed)} {clock(random)}", size="8pt")
    return Draft(
        type=ExhibitType.PROGRESS_REPORT,
        title="Encounter",
        source=source,
        author=doctor.name,
        author_specialty=None,
        facility=GROUP,
        date_of_service=seen,
        report_date=own(seen, signed),
        strings=("Return to Office",),
    )


def _part(world: World, random: Random, name: str, show: Manner, seen: date) -> str:
    if name == "Past Encounters":
        days = sorted(
            {before(random, world, seen, 15, 300) for _ in range(random.randint(2, 6))}, reverse=True
        )
        kinds = ("office visit", "phone", "procedure", "lab only")
        return grid([(show(day), random.choice(kinds)) for day in days], "(auto, 1fr)", stroke="0.2pt")
    if name == "Medications":
        started = before(random, world, seen, 30, 200)
        return bullets(
            [f"{drug}, started {slashes(started)}" for drug in dict.fromkeys((pill(random), pill(random)))]
        )
    if name == "HPI" and random.random() < 0.5:
        return said(past(world, random, seen, show, 3) + " " + told(world, random, "complaint", 5)) + "\n\n"
    if name == "Assessment / Plan":
        found = [f"{name} - {code}" for code, name in body(world).diagnoses]
        return bullets(found[:2]) + said(told(world, random, "plan", random.randint(3, 6))) + "\n\n"
    section, count = {"Exam": ("exam", 6), "Reason for Visit": ("complaint", 1)}.get(name, ("complaint", 5))
    return said(told(world, random, section, count)) + "\n\n"


def calls(world: World, random: Random) -> Draft:
    """Return a message about a call between the front desk and a nurse, printed from the chart."""
    doctor, called = world.people["internist"], world.day(random)
    source = setup(
        font="DejaVu Sans",
        size=8.5,
        margin="x: 0.75in, y: 0.85in",
        footer=f"context [{said(GROUP, size='7pt')} #h(1fr) {PAGE_OF}]",
    )
    source += said("Telephone Encounter / Patient Message", size="12pt", weight='"bold"') + "\n" + rule()
    source += pairs(
        [
            ("Patient", world.reversed),
            ("Date of call", f"{slashes(called)} {clock(random)}"),
            ("DOB", slashes(world.born_on)),
            ("To", doctor.signed),
        ]
    )
    last = before(random, world, called, 5, 40)
    source += (
        heading("Message")
        + said(
            f"Patient was last in on {slashes(last)} and asks about the {pill(random)}."
            f" {told(world, random, 'complaint', 2)}"
        )
        + "\n\n"
    )
    source += heading("Answer") + said(told(world, random, "plan", 2)) + "\n"
    return Draft(
        type=ExhibitType.CORRESPONDENCE,
        title="Telephone Encounter / Patient Message",
        source=source,
        author=doctor.name,
        author_specialty=None,
        facility=GROUP,
        report_date=called,
        strings=("Date of call",),
    )


def counselling(world: World, random: Random) -> Sequence[Draft]:
    """Return notes of one to three sessions of counselling, each on a page, printed together."""
    doctor, held = world.people["psychologist"], world.day(random)
    show = random.choice((padded, iso, spaced))
    found = []
    printed = after(random, held, 60, 200)
    number = random.randint(1, 9)
    for at in range(random.randint(1, 3)):
        source = setup(
            font="New Computer Modern",
            size=11,
            margin="x: 1.2in, y: 1in",
            footer=f"context [{said(f'Printed {bare(printed)}', size='8pt')} #h(1fr) {PAGE}]",
        )
        source += said(MIND, size="13pt", weight='"bold"') + "\n\n"
        source += pairs(
            [
                ("Client", world.reversed),
                ("Session", f"{number + at} of 12"),
                (random.choice(("Session date", "Date of session")), show(held)),
                ("Clinician", doctor.signed),
            ]
        )
        source += heading("Data") + said(told(world, random, "mood", random.randint(3, 5))) + "\n\n"
        source += heading("Assessment") + said(told(world, random, "mood", 2)) + "\n\n"
        held_next = after(random, held, 7, 15)
        source += (
            heading("Plan")
            + said(f"Next session {show(held_next)}.")
            + "\n\n"
            + gap(10)
            + said(doctor.signed)
        )
        found.append(
            Draft(
                type=ExhibitType.PROGRESS_REPORT,
                title="Session",
                source=source,
                author=doctor.name,
                author_specialty=doctor.specialty,
                facility=MIND,
                date_of_service=held,
                strings=("Next session",),
            )
        )
        held = held_next
    return found


def intake(world: World, random: Random) -> Draft:
    """Return the questions that a new patient fills in, with a scale of pain and a signature."""
    filled_in = world.day(random)
    source = setup(
        font="Liberation Serif", size=10.5, margin="x: 0.9in, y: 0.8in", footer=f"context [#h(1fr) {PAGE_OF}]"
    )
    source += (
        centred(GROUP, size="13pt", weight='"bold"')
        + centred("NEW PATIENT QUESTIONNAIRE", weight='"bold"')
        + gap(4)
    )
    source += broken(
        [
            f"Your name: {world.patient}",
            f"{random.choice(('Today is', 'Date today', 'Date'))}: {bare(filled_in)}",
            f"Born: {bare(world.born_on)}     When were you hurt? {bare(world.injured_on)}",
            f"Where do you work? {world.employer}",
        ]
    )
    for question in (
        "Do you have pain at night?",
        "Does the pain travel?",
        "Have you had surgery?",
        "Do you smoke?",
        "Are you working now?",
        "Have you had injections?",
    ):
        yes = random.random() < 0.5
        source += said(f"{question}    {ticked(yes, 'Yes')}   {ticked(not yes, 'No')}") + "\n\n"
    picked = random.randint(3, 9)
    source += (
        said("Pain now:  " + "  ".join(f"({at})" if at == picked else str(at) for at in range(11))) + "\n\n"
    )
    rows = [("How much does it trouble you with ...", "0 to 10")]
    rows += [
        (name, str(random.randint(1, 10)))
        for name in ("dressing", "sleeping", "sitting", "walking", "driving", "mood", "housework")
    ]
    source += (
        grid(rows, "(1fr, auto)", head=True)
        + said("What happened? ")
        + said(told(world, random, "accident", 1))
        + "\n\n"
        + gap(12)
    )
    source += said("Signature of patient ____________________")
    return Draft(
        type=ExhibitType.OTHER,
        title="NEW PATIENT QUESTIONNAIRE",
        source=source,
        facility=GROUP,
        date_of_service=filled_in,
        strings=("Signature of patient",),
    )


def referred(world: World, random: Random) -> Draft:
    """Return a consultation of the group in the system's own order, with the day in its title alone."""
    doctor, asked = world.people["pain"], world.people["primary"]
    seen = world.day(random)
    signed = later(random, seen, 6, same=0.4)
    show = random.choice((padded, slashes))
    source = setup(
        font="Liberation Sans",
        size=10,
        margin="x: 0.9in, y: 0.9in",
        footer=f"context [{said(world.reversed, size='8pt')} #h(1fr) {PAGE_OF}]",
    )
    source += (
        said(GROUP, size="14pt", weight='"bold"', fill='rgb("#555577")')
        + "\n\n"
        + said(f"Consult Note, {show(seen)}", size="12pt")
        + "\n"
        + rule()
    )
    source += pairs(
        [
            ("Patient", world.reversed),
            ("Birth", show(world.born_on)),
            ("Asked by", asked.signed),
            ("Consultant", doctor.signed),
        ]
    )
    source += (
        bar("Why the patient was sent")
        + said(told(world, random, "accident", 1))
        + " "
        + said(past(world, random, seen, show, random.randint(2, 4)))
        + "\n\n"
    )
    for name, section, count in (
        ("Complaints", "complaint", 6),
        ("Findings", "exam", 8),
        ("Advice", "plan", 5),
    ):
        source += bar(name) + bullets(lines(world, random, section, random.randint(3, count)))
    for name, text in carried(world, random, seen, show, 6):
        source += bar(name) + said(text) + "\n\n"
    source += bar("Diagnoses") + bullets([f"{name} [{code}]" for code, name in body(world).diagnoses])
    verb = random.choice(("Authenticated by", "Signed by", "E-signed"))
    source += said(
        f"{verb} {doctor.signed}" + (f", {show(signed)} {clock(random)}" if signed != seen else ""),
        size="8.5pt",
    )
    return Draft(
        type=ExhibitType.CONSULTATION,
        title="Consult Note",
        source=source,
        author=doctor.name,
        author_specialty=None,
        facility=GROUP,
        date_of_service=seen,
        report_date=own(seen, signed),
        strings=("Why the patient was sent",),
    )


WARDLINE: dict[str, tuple[Family, int]] = {
    "manzanita_encounter": (encounter, 6),
    "manzanita_call": (calls, 1),
    "manzanita_intake": (intake, 1),
    "manzanita_consult": (referred, 2),
    "stillwater_sessions": (counselling, 2),
}
