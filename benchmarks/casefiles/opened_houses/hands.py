"""Therapists, a chiropractor and an acupuncturist: evaluations, daily notes, flow sheets, discharges."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from random import Random

from benchmarks.casefiles.dates import after, dashes, short, slashes, worded, workday
from benchmarks.casefiles.draft import (
    PAGE,
    PAGE_OF,
    Draft,
    Family,
    centred,
    grid,
    paragraphs,
    said,
    setup,
    ticked,
)
from benchmarks.casefiles.opened_houses.days import (
    NUMERIC,
    bare,
    before,
    clock,
    dotted,
    later,
    own,
    two_digits,
)
from benchmarks.casefiles.opened_houses.motions import MOVE, capacity, motion
from benchmarks.casefiles.opened_houses.phrases import body, filled, lines, past, told
from benchmarks.casefiles.opened_houses.stationery import (
    broken,
    bullets,
    columns,
    gap,
    heading,
    pairs,
    rule,
    wrapped,
)
from benchmarks.casefiles.world import World

from openimr.terms.records import ExhibitType

CHIRO = "Alignment First Chiropractic"
NEEDLE = "Jade Bridge Acupuncture and Herbs"


def evaluation(world: World, random: Random) -> Draft:
    """Return a therapist's first evaluation with a plan of care that the doctor is to sign."""
    therapist, asked = world.people["therapist"], world.people["orthopedist"]
    seen = world.day(random)
    ends = after(random, seen, 28, 60)
    again = random.random() < 0.35
    title = "PHYSICAL THERAPY RE-EVALUATION" if again else "PHYSICAL THERAPY INITIAL EVALUATION"
    show = random.choice(NUMERIC)
    label = random.choice(
        (
            "Date of Evaluation",
            "Eval Date",
            "Date",
            "Date of Re-evaluation" if again else "Date of Initial Visit",
        )
    )
    foot = f"{world.patient}  {show(seen)}"
    source = setup(
        font="DejaVu Serif",
        size=9,
        margin="x: 0.9in, y: 0.8in",
        footer=f"context [{said(foot, size='8pt')} #h(1fr) {PAGE}]",
    )
    source += (
        said(MOVE, size="14pt", weight='"bold"')
        + "\n\n"
        + said(f"{therapist.street}, {therapist.city}", size="8pt")
        + "\n"
        + rule()
    )
    source += centred(title, weight='"bold"', size="11pt") + gap(4)
    rows = [
        ("Patient", world.patient),
        (label, show(seen)),
        ("Physician", asked.signed),
        ("Onset", show(world.injured_on)),
    ]
    if again:
        rows.append(("Start of care", show(before(random, world, seen, 25, 60))))
    source += pairs(rows)
    source += (
        heading("History")
        + said(told(world, random, "complaint", 4))
        + " "
        + said(past(world, random, seen, show, 2))
        + "\n\n"
    )
    source += heading("Range of motion") + motion(world, random)
    source += heading("Other findings") + said(told(world, random, "exam", random.randint(4, 7))) + "\n\n"
    goals = (
        "Sit for an hour without a break",
        "Lift twenty pounds from the floor",
        "Sleep six hours",
        "Return to usual work",
    )
    if random.random() < 0.5:
        source += heading("Function") + paragraphs(world.prose.paragraphs(random, "history", 2))
        source += heading("Palpation and strength") + bullets(lines(world, random, "exam", 6))
    source += heading("Goals") + bullets(
        [f"{goal} in {random.choice((3, 4, 6))} weeks." for goal in random.sample(goals, 3)]
    )
    source += heading("Plan of care") + bullets(lines(world, random, "therapy_done", 4))
    source += said(f"Certification period: {show(seen)} to {show(ends)}") + "\n\n" + gap(8)
    source += broken([therapist.signed, f"License PT {therapist.licence[1:]}"])
    source += said(
        "Physician: I certify the need for this care.   Signature ________________   Date ________"
    )
    return Draft(
        type=ExhibitType.THERAPY_NOTES,
        title=title,
        source=source,
        author=therapist.name,
        author_specialty=therapist.specialty,
        facility=MOVE,
        date_of_service=seen,
        strings=("Plan of care",),
    )


def daily(world: World, random: Random) -> Draft:
    """Return a daily note of a therapist's system; it may say when it was closed."""
    therapist, seen = world.people["therapist"], world.day(random)
    closed = later(random, seen, 4, same=0.5)
    number = random.randint(2, 18)
    started = before(random, world, seen, number * 2, number * 4)
    source = setup(
        font="Liberation Sans", size=9.5, footer=f"context [{said(MOVE, size='7.5pt')} #h(1fr) {PAGE_OF}]"
    )
    source += said("Daily Note / Billing Sheet", size="14pt", weight='"bold"') + "\n" + rule()
    source += pairs(
        [
            ("Patient Name", world.reversed),
            ("Date of Daily Note", slashes(seen)),
            ("Date of Birth", slashes(world.born_on)),
            ("Injury / Onset Date", slashes(world.injured_on)),
            ("Visit No.", str(number)),
            ("Date of Original Eval", slashes(started)),
        ]
    )
    for name, section, count in (
        ("Subjective", "therapy_said", 3),
        ("Objective", "exam", 2),
        ("Treatment", "therapy_done", 5),
        ("Assessment", "therapy_thought", 2),
    ):
        source += heading(name) + said(told(world, random, section, count)) + "\n\n"
    if random.random() < 0.3:
        source += heading("Home program") + bullets(lines(world, random, "homework", 5))
    rows = [
        ("Code", "Description", "Units", "Minutes"),
        ("97110", "Therapeutic exercise", "2", "30"),
        ("97112", "Neuromuscular re-ed", "1", "15"),
    ]
    source += grid(rows, "(auto, 1fr, auto, auto)", head=True)
    line = f"{therapist.signed} on {bare(closed)} at {clock(random).lower()}"
    source += said(
        f"Document digitally signed by {line}"
        if closed != seen
        else f"Treating therapist: {therapist.signed}"
    )
    return Draft(
        type=ExhibitType.THERAPY_NOTES,
        title="Daily Note / Billing Sheet",
        source=source,
        author=therapist.name,
        author_specialty=therapist.specialty,
        facility=MOVE,
        date_of_service=seen,
        report_date=own(seen, closed),
        strings=("97112",),
    )


def flow_sheet(world: World, random: Random) -> Draft:
    """Return exercises over many visits in one table: no one day of service, only the day of the sheet."""
    therapist, last = world.people["therapist"], world.day(random)
    count = random.randint(4, 8)
    days = [workday(last - timedelta(days=3 * (count - at))) for at in range(count)]
    made = after(random, last, 1, 20)
    source = setup(font="Liberation Sans", size=8.5, margin="x: 0.5in, y: 0.6in")
    source += (
        said(MOVE, weight='"bold"', size="12pt")
        + " #h(1fr) "
        + said("EXERCISE FLOW SHEET", weight='"bold"')
        + "\n"
        + rule()
    )
    source += pairs(
        [
            ("Name", world.reversed),
            ("Sheet prepared", slashes(made)),
            ("Dx", body(world).diagnoses[0][1]),
            ("Therapist", therapist.signed),
        ]
    )
    rows: list[Sequence[str]] = [("Exercise", *(f"{day.month}/{day.day}/{day:%y}" for day in days))]
    for name in random.sample(_EXERCISES, random.randint(6, len(_EXERCISES))):
        rows.append((name, *(random.choice(("2x10", "3x10", "5 min", "x", "-")) for _ in days)))
    rows.append(("Pain in / out", *(f"{random.randint(4, 7)}/{random.randint(2, 5)}" for _ in days)))
    rows.append(("Initials", *("".join(part[0] for part in therapist.name.split()) for _ in days)))
    source += grid(rows, f"(1fr, {'auto, ' * count})", head=True)
    return Draft(
        type=ExhibitType.THERAPY_NOTES,
        title="EXERCISE FLOW SHEET",
        source=source,
        author=therapist.name,
        author_specialty=therapist.specialty,
        facility=MOVE,
        report_date=made,
        strings=("Pain in / out",),
    )


_EXERCISES = (
    "Bike",
    "Bridges",
    "Clam shells",
    "Band rows",
    "Wall slides",
    "Step-ups",
    "Planks",
    "Hamstring stretch",
    "Heel raises",
    "Towel curls",
    "Ball squats",
)


def discharge(world: World, random: Random) -> Draft:
    """Return the letter with which a course of therapy ends, after a last visit."""
    therapist, asked = world.people["therapist"], world.people["primary"]
    seen = world.day(random)
    started = before(random, world, seen, 30, 80)
    written = later(random, seen, 6, same=0.3)
    source = setup(font="DejaVu Serif", size=10, margin="x: 1.1in, y: 1in")
    source += centred(MOVE, size="14pt", weight='"bold"') + gap(6) + said(worded(written)) + "\n\n"
    source += broken([f"To: {asked.signed}", f"Patient: {world.patient}", "Subject: Discharge summary"])
    came = "today" if written == seen else f"on {worded(seen)}"
    opening = (
        f"Your patient came for the last visit and was measured again {came}, after a course that began"
        f" {worded(started)}."
    )
    source += said(f"{opening} {told(world, random, 'therapy_thought', 3)}") + "\n\n" + motion(world, random)
    source += said(told(world, random, "therapy_said", 3)) + "\n\n"
    source += (
        said("I have closed the case with a home program. Thank you for the referral.")
        + "\n\n"
        + gap(16)
        + said(therapist.signed)
    )
    return Draft(
        type=ExhibitType.THERAPY_NOTES,
        title="Discharge summary",
        source=source,
        author=therapist.name,
        author_specialty=therapist.specialty,
        facility=MOVE,
        date_of_service=seen,
        report_date=own(seen, written),
        strings=("home program",),
    )


def adjustment(world: World, random: Random) -> Sequence[Draft]:
    """Return one to three visits of a chiropractor, each a page of a line printer."""
    doctor, seen = world.people["chiropractor"], world.day(random)
    found: list[Draft] = []
    show = random.choice((short, slashes, dashes, two_digits))
    label = random.choice(("DATE", "VISIT DATE", "TREATMENT DATE", "SEEN"))
    for number in range(random.randint(1, 3)):
        day = workday(seen + timedelta(days=number * random.choice((2, 3, 7))))
        day = (
            day if not found or day > (found[-1].date_of_service or day) else workday(day + timedelta(days=8))
        )
        text = [
            f"{CHIRO:<50}{doctor.phone}",
            f"{doctor.street}, {doctor.city}",
            "",
            columns((f"PATIENT: {world.reversed.upper()}", f"{label}: {show(day)}"), (50, 34)),
            columns((f"D/ACCIDENT: {show(world.injured_on)}", f"CLAIM: {world.claim}"), (50, 34)),
            "-" * 84,
        ]
        for letter, section, count in (
            ("S", "complaint", 3),
            ("O", "exam", 4),
            ("A", "therapy_thought", 1),
            ("P", "plan", 3),
        ):
            text += ["", f"{letter}:", *wrapped(told(world, random, section, count), indent=3)]
        text += [
            "",
            "ADJUSTED: " + ", ".join(random.sample(("C5", "T4", "T8", "L3", "L5", "R SI", "L SI"), 3)),
        ]
        text += [
            "MODALITIES: " + random.choice(("EMS 15 MIN", "ULTRASOUND 8 MIN", "TRACTION 10 MIN")),
            "",
            f"   {doctor.signed}",
        ]
        found.append(
            Draft(
                type=ExhibitType.THERAPY_NOTES,
                title=CHIRO,
                lines=(tuple(text),),
                author=doctor.name,
                author_specialty=doctor.specialty,
                facility=CHIRO,
                date_of_service=day,
                strings=("MODALITIES",),
            )
        )
    return found


def needles(world: World, random: Random) -> Draft:
    """Return an acupuncturist's form of one session, ticked and written in."""
    keeper, seen = world.people["therapist"], world.day(random)
    show = random.choice((bare, dotted, slashes))
    source = setup(font="Libertinus Serif", size=10.5)
    source += (
        centred(NEEDLE, size="15pt", weight='"bold"') + centred("Treatment Record", size="11pt") + gap(4)
    )
    source += broken(
        [
            f"Name {world.patient}",
            f"Date {show(seen)}   Visit {random.randint(1, 12)} of 12",
            f"Complaint: {world.region}",
        ]
    )
    for name, choices in (
        ("Tongue", ("pale", "dusky", "red tip")),
        ("Pulse", ("wiry", "thready", "slippery")),
        ("Pain today", ("3", "5", "7")),
    ):
        picked = random.choice(choices)
        source += said(f"{name}:  " + "   ".join(ticked(one == picked, one) for one in choices)) + "\n\n"
    points = random.sample(
        ("LI 4", "GB 20", "GB 34", "UB 23", "UB 40", "ST 36", "SP 6", "SI 3", "LR 3", "Ashi"), 6
    )
    source += (
        said("Points: " + ", ".join(points))
        + "\n\n"
        + said("Retained 25 minutes with electrical stimulation; cupping after.")
        + "\n\n"
    )
    source += said(told(world, random, "therapy_said", 3)) + "\n\n"
    source += said(filled(world, random, "Plan: continue twice a week for {span}.")) + "\n\n" + gap(12)
    source += said(f"Provider: {keeper.name}, L.Ac.")
    return Draft(
        type=ExhibitType.THERAPY_NOTES,
        title="Treatment Record",
        source=source,
        author=keeper.name,
        author_specialty=None,
        facility=NEEDLE,
        date_of_service=seen,
        strings=(points[0],),
    )


HANDS: dict[str, tuple[Family, int]] = {
    "kestrel_evaluation": (evaluation, 2),
    "kestrel_daily": (daily, 4),
    "kestrel_flow": (flow_sheet, 2),
    "kestrel_discharge": (discharge, 1),
    "alignment_visits": (adjustment, 3),
    "jade_session": (needles, 2),
    "kestrel_capacity": (capacity, 1),
}
