"""Papers that fit no form: bare dictation, a ward's terminal, a portal, a deposition, a chart log."""

from __future__ import annotations

import textwrap
from datetime import timedelta
from random import Random

from benchmarks.casefiles.dates import abbreviated, after, compact, machine, short, slashes, worded
from benchmarks.casefiles.draft import (
    BOLD,
    ITALIC,
    PAGE,
    PAGE_OF,
    Draft,
    centred,
    from_page_two,
    grid,
    paragraphs,
    quoted,
    said,
    setup,
)
from benchmarks.casefiles.train.styled.days import iso, ordinal
from benchmarks.casefiles.world import World

from openimr.terms.records import ExhibitType


def bare_dictation(world: World, random: Random) -> Draft:
    """Return a visit told in paragraphs, without a title, a heading or a field."""
    who = world.people[random.choice(("primary", "pain"))]
    seen = world.day(random)
    opening = random.choice(
        (
            f"{world.patient} was seen on {worded(seen)} in follow-up of the {world.region} injury.",
            f"I saw {world.patient} again today, {worded(seen)}.",
            f"{worded(seen)}. {world.patient} comes in for a recheck.",
        )
    )
    body = setup(font="Liberation Serif", size=12, margin="x: 1.3in, y: 1.2in", header=from_page_two(PAGE))
    told = [
        text
        for section in ("history", "exam", "assessment", "plan")
        for text in world.prose.paragraphs(random, section, random.randint(1, 2))
    ]
    told[0] = f"{opening} {told[0]}"
    body += paragraphs([*told, who.signed])
    return Draft(
        type=ExhibitType.PROGRESS_REPORT,
        title="Dictated note",
        source=body,
        author=who.name,
        date_of_service=seen,
    )


def ward_terminal(world: World, random: Random) -> Draft:
    """Return a discharge summary as a ward's terminal prints it."""
    who = world.people["surgeon"]
    came = world.day(random)
    left = came + timedelta(days=random.randint(1, 4))
    top = [
        f"{who.facility.upper():<44}PAT: {world.reversed.upper()}",
        f"{'DISCHARGE SUMMARY':<44}MR#: {world.chart}  DOB {compact(world.born_on)}",
        "=" * 78,
    ]
    lines = [f"ADM DT: {machine(came)}   DISCH DT: {machine(left)}   ATT: {who.name.upper()}", ""]
    for head, section in (("HOSPITAL COURSE", "operation"), ("CONDITION", "exam"), ("INSTRUCTIONS", "plan")):
        lines += [f"{head}:"]
        for text in world.prose.paragraphs(random, section, random.randint(1, 4)):
            lines += [*textwrap.wrap(text, 76), ""]
    lines += [
        f"{who.name.upper()}, {who.credential}",
        f"D: {machine(left)} T: {machine(left + timedelta(days=1))}",
    ]
    room = 50
    parts = [lines[at : at + room] for at in range(0, len(lines), room)]
    pages = tuple((*top, *part, "", f"{'PAGE':>70} {number:03d}") for number, part in enumerate(parts, 1))
    return Draft(
        type=ExhibitType.OTHER,
        title="Discharge Summary",
        lines=pages,
        author=who.name,
        report_date=left,
    )


def portal_summary(world: World, random: Random) -> Draft:
    """Return what a patient prints from a portal after a visit."""
    who = world.people[random.choice(("primary", "orthopedist"))]
    seen = world.day(random)
    footer = f"[#text(size: 7pt)[MyHealth Connect #h(1fr) https://portal.example/visits #h(1fr) {PAGE}]]"
    body = setup(font="DejaVu Sans", size=9.5, footer=f"context {footer}")
    body += said("After Visit Summary", size="18pt") + "\n\n"
    body += paragraphs([f"{world.patient}  |  {abbreviated(seen)}  |  {who.facility}"])
    body += said("You were seen by", size="8pt") + "\n\n" + said(who.signed, **BOLD) + "\n\n"
    for head, section in (
        ("Why you came in", "history"),
        ("What we found", "exam"),
        ("What to do next", "plan"),
    ):
        body += said(head, size="13pt", **BOLD) + "\n\n"
        body += paragraphs([f"• {one}" for one in world.prose.items(random, section, random.randint(3, 8))])
        body += paragraphs(world.prose.paragraphs(random, section, random.randint(0, 2)))
    upcoming = after(random, seen, 14, 60)
    body += paragraphs([f"Upcoming appointments: {abbreviated(upcoming)} with {who.doctor}"])
    return Draft(
        type=ExhibitType.PROGRESS_REPORT,
        title="After Visit Summary",
        source=body,
        author=who.name,
        facility=who.facility,
        date_of_service=seen,
    )


def chart_log(world: World, random: Random) -> Draft:
    """Return one visit of a print-out whose pages are numbered through all visits."""
    who = world.people["pain"]
    seen = world.day(random)
    first, whole = random.randint(1, 60), 74
    header = (
        f"[#text(size: 8pt)[#{quoted(world.reversed)} (#{quoted(world.chart)}) #h(1fr) Chart Review Report]]"
    )
    page = f"Printed by HIM Page #(counter(page).get().first() + {first}) of {whole}"
    body = setup(font="Liberation Sans Narrow", size=10, header=header, footer=f"context [{page}]")
    body += grid(
        [
            ("Visit Date", "Department", "Encounter Provider", "Status"),
            (slashes(seen), "PAIN MGMT", who.signed, "Signed"),
        ],
        "(1fr, 1fr, 1.4fr, 1fr)",
        head=True,
    )
    body += paragraphs([f"Progress Notes by {who.signed} at {slashes(seen)} 9:{random.randint(10, 59)} AM"])
    for section in ("history", "exam", "assessment", "plan"):
        body += paragraphs(world.prose.paragraphs(random, section, random.randint(1, 3)))
    body += said(f"Electronically signed by {who.signed} at {slashes(seen)} 5:02 PM", **ITALIC)
    return Draft(
        type=ExhibitType.PROGRESS_REPORT,
        title="Progress Notes",
        source=body,
        author=who.name,
        date_of_service=seen,
        report_date=seen,
    )


def deposition(world: World, random: Random) -> Draft:
    """Return pages of a deposition with numbered lines."""
    taken = world.day(random)
    talk = []
    for _ in range(random.randint(20, 70)):
        for mark, section in (("Q.", "legal"), ("A.", "history")):
            talk += textwrap.wrap(f"{mark}  {world.prose.sentences(random, section, 1)}", 60)
    start = [
        "BEFORE THE WORKERS' COMPENSATION APPEALS BOARD",
        "STATE OF CALIFORNIA",
        "",
        f"{world.patient}, Applicant,",
        "vs.",
        f"{world.employer}, Defendant.",
        "",
        "DEPOSITION OF " + world.patient.upper(),
        f"Taken on {worded(taken)}",
        "",
    ]
    lines = [*start, *talk]
    parts = [lines[at : at + 25] for at in range(0, len(lines), 25)]
    pages = tuple(
        (f"{number:>70}", "", *(f"{at:>3}   {line}" for at, line in enumerate(part, 1)))
        for number, part in enumerate(parts, 1)
    )
    return Draft(type=ExhibitType.MEDICAL_LEGAL, title="Deposition", lines=pages, report_date=taken)


def nurse_report(world: World, random: Random) -> Draft:
    """Return a nurse case manager's report of a month, with days of several contacts."""
    who = world.people["reviewer"]
    written = world.day(random)
    header = from_page_two(f"#{quoted('Case Management Report - ' + world.patient)} #h(1fr) {PAGE_OF}")
    body = setup(font="Liberation Serif", size=11, header=header)
    body += centred("Bridgeway Nurse Case Management", size="15pt", **BOLD)
    body += paragraphs(
        [worded(written), f"To: {world.adjuster}, {world.payer}", f"Re: {world.patient}, {world.claim}"]
    )
    body += said("Medical Case Management Status Report", **BOLD) + "\n\n"
    for number in range(random.randint(3, 9)):
        on = written - timedelta(days=40 - 4 * number)
        body += paragraphs([f"{short(on)}  {world.prose.sentences(random, 'history', random.randint(2, 4))}"])
    body += paragraphs(
        ["Goals:", *world.prose.items(random, "plan", 4), "Respectfully,", f"{who.name}, RN, CCM"]
    )
    return Draft(
        type=ExhibitType.CORRESPONDENCE,
        title="Case Management Report",
        source=body,
        author=who.name,
        report_date=written,
    )


def pathway_table(world: World, random: Random) -> Draft:
    """Return a therapist's evaluation as one large table of boxes."""
    who = world.people["therapist"]
    seen = world.day(random)
    footer = (
        f"context [#text(size: 8pt)[#{quoted(who.facility)} #h(1fr) {PAGE} / #counter(page).final().first()]]"
    )
    body = setup(font="Liberation Sans", size=8.5, margin="x: 0.5in, y: 0.6in", footer=footer)
    rows = [
        ("PLAN OF CARE", f"{world.reversed}  DOB {iso(world.born_on)}"),
        ("Start of care", iso(seen)),
        ("Onset", iso(world.injured_on)),
        ("Certification period", f"{iso(seen)} to {iso(seen + timedelta(days=60))}"),
    ]
    for name, section in (
        ("Complaint", "history"),
        ("Findings", "exam"),
        ("Problems", "assessment"),
        ("Goals", "plan"),
    ):
        rows += [
            (name if at == 0 else "", one) for at, one in enumerate(world.prose.items(random, section, 6))
        ]
    rows += [("Therapist", f"{who.signed}   {iso(seen)}"), ("Physician certification", "signature on file")]
    body += grid(rows, "(1fr, 4fr)")
    return Draft(
        type=ExhibitType.THERAPY_NOTES,
        title="Plan of Care",
        source=body,
        author=who.name,
        date_of_service=seen,
        report_date=seen,
    )


def evaluators_letter(world: World, random: Random) -> Draft:
    """Return an agreed evaluator's long letter: parts that begin on pages of their own, records with days."""
    who = world.people["evaluator"]
    seen = world.day(random)
    written = after(random, seen, 8, 30)
    header = from_page_two(f"#{quoted(world.patient)} \\ #{quoted(ordinal(written))} \\ Page {PAGE}")
    body = setup(font="DejaVu Serif", size=10.5, margin="x: 1.2in, y: 1.1in", header=header, justify=True)
    body += said(who.signed, size="15pt") + "\n\n" + said("Agreed Medical Examiner") + "\n\n"
    body += paragraphs(
        [f"{who.street}\n{who.city}", ordinal(written), f"{world.payer}\nAttn: {world.adjuster}"]
    )
    body += paragraphs(
        [f"RE: {world.patient} vs. {world.employer}\nD/INJ: {ordinal(world.injured_on)}", "Dear Counsel:"]
    )
    body += paragraphs(
        [f"The above applicant was examined at my office on {ordinal(seen)} as an agreed medical evaluation."]
    )
    for head, section, new in (
        ("I. HISTORY", "history", False),
        ("II. EXAMINATION", "exam", True),
        ("III. REVIEW OF RECORDS", "records", True),
        ("IV. DISCUSSION", "law", True),
    ):
        body += ("#pagebreak(weak: true)\n" if new and random.random() < 0.7 else "") + centred(head, **BOLD)
        if section == "records":
            for _ in range(random.randint(10, 30)):
                on, doctor = world.day(random), random.choice(list(world.people.values()))
                body += paragraphs(
                    [f"{short(on)}  {doctor.doctor}. {world.prose.sentences(random, 'history', 2)}"]
                )
        else:
            body += paragraphs(world.prose.paragraphs(random, section, random.randint(3, 9)))
    body += paragraphs(["Respectfully submitted,", who.signed])
    return Draft(
        type=ExhibitType.MEDICAL_LEGAL,
        title="Agreed Medical Evaluation",
        source=body,
        author=who.name,
        date_of_service=seen,
        report_date=written,
    )
