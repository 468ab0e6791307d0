"""Parts that make a report long: what systems carry forward from visit to visit, with its own days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random

from benchmarks.casefiles.opened_houses.days import Manner, before
from benchmarks.casefiles.opened_houses.phrases import body, care, filled, job, pill, told
from benchmarks.casefiles.world import World

Part = Callable[[World, Random, date, Manner], str]

_SYSTEMS = (
    "General: no chills, sweats or loss of weight",
    "Eyes: glasses for reading",
    "Ears and throat: no complaint",
    "Heart: no chest pain, no palpitations",
    "Lungs: no cough, no shortness of breath",
    "Stomach: at times heartburn with tablets",
    "Urinary: no urgency, no burning",
    "Skin: no rash",
    "Blood: does not bruise easily",
    "Nerves: tingling as described",
    "Mind: frustrated, not hopeless",
    "Hormones: no diabetes known",
)
_TAUGHT = (
    "Tablets are to be kept in a locked place and never shared.",
    "No alcohol with what was prescribed, and no driving when drowsy.",
    "The report of the state's monitoring program was looked at and fits the history.",
    "Sitting is to be broken up every thirty minutes, with a short walk.",
    "Warning signs that call for an emergency room were named and repeated back.",
    "The patient was told how pain that lasts differs from damage.",
    "Questions were answered through an interpreter where needed.",
)
_WHY = (
    "The treatment asked for is meant to restore function and to lower the use of tablets.",
    "Conservative measures were tried for more than three months and did not suffice.",
    "The patient meets each of the conditions that the guideline names, as the findings above show.",
    "Denial would prolong disability, and with it the cost to all parties.",
    "A home program alone was not enough, for the patient cannot progress it without supervision.",
    "If there is a doubt, I ask the reviewer to call me before a decision is made.",
)


def systems(world: World, random: Random, seen: date, show: Manner) -> str:
    """Return a review of systems."""
    return "; ".join(random.sample(_SYSTEMS, random.randint(6, len(_SYSTEMS)))) + "."


def background(world: World, random: Random, seen: date, show: Manner) -> str:
    """Return earlier illness, family and habits, with the year or day of one of them."""
    born = random.randint(1, 4)
    operated = show(before(random, world, seen, 60, 600))
    texts = (
        f"Past surgery: {random.choice(('appendix as a child', 'hernia', 'none', 'gallbladder'))}.",
        f"Last complete physical {operated} with the family doctor.",
        f"Married, {born} children, works as a {job(random)} when able.",
        "Mother with high blood pressure, father well.",
        "Never smoked, beer on weekends, no drugs.",
        f"Tetanus given {operated}." if random.random() < 0.3 else "No allergy known.",
    )
    return " ".join(random.sample(texts, random.randint(3, 6)))


def taken(world: World, random: Random, seen: date, show: Manner) -> str:
    """Return drugs with the days on which they were begun."""
    drugs = list(dict.fromkeys(pill(random) for _ in range(random.randint(3, 7))))
    begun = [show(before(random, world, seen, 10, 400)) for _ in drugs]
    return " ".join(f"{drug}, begun {day}." for drug, day in zip(drugs, begun, strict=True))


def read_today(world: World, random: Random, seen: date, show: Manner) -> str:
    """Return what was read of other offices, each with its day."""
    days = sorted(before(random, world, seen, 5, 500) for _ in range(random.randint(2, 7)))
    kinds = (
        "MRI",
        "Therapy progress note",
        "Utilization review letter",
        "Consultation",
        "QME report",
        "Urine screen",
        "EMG",
    )
    return " ".join(
        f"{random.choice(kinds)} of {show(day)}:"
        f" {told(world, random, random.choice(('exam', 'complaint')), 1)}"
        for day in days
    )


def agreement(world: World, random: Random, seen: date, show: Manner) -> str:
    """Return what is said about controlled drugs: an agreement signed on another day, a count, a test."""
    signed, tested = (show(before(random, world, seen, 20, 400)) for _ in range(2))
    return (
        f"Agreement about controlled drugs signed {signed}. Last urine test {tested}, as expected. Pain falls"
        f" from {random.randint(7, 9)} to {random.randint(3, 6)} with {pill(random)}, for about four hours. "
        + " ".join(random.sample(_TAUGHT[:3], 2))
    )


def taught(world: World, random: Random, seen: date, show: Manner) -> str:
    """Return what the patient was told."""
    return " ".join(random.sample(_TAUGHT, random.randint(3, len(_TAUGHT))))


def reasons(world: World, random: Random, seen: date, show: Manner) -> str:
    """Return why a treatment is necessary, at length."""
    what = random.choice((care(random), body(world).injection.lower(), pill(random)))
    opened = filled(world, random, f"I ask for {what} because of the {{region}}.")
    return f"{opened} {' '.join(random.sample(_WHY, random.randint(3, len(_WHY))))}"


def surgeon_said(world: World, random: Random, seen: date, show: Manner) -> str:
    """Return what another doctor found on another day."""
    doctor = world.people[random.choice(("orthopedist", "pain", "neurologist"))]
    day = show(before(random, world, seen, 10, 250))
    return (
        f"{doctor.signed} saw the patient on {day}. {told(world, random, 'exam', 4)}"
        f" {told(world, random, 'plan', 2)}"
    )


def at_length(world: World, random: Random, seen: date, show: Manner) -> str:
    """Return paragraphs that tell the course once more, as systems copy it from note to note."""
    earlier = show(before(random, world, seen, 20, 300))
    told_again = world.prose.paragraphs(
        random, random.choice(("history", "exam", "plan")), random.randint(2, 4)
    )
    return f"Carried from {earlier}: {' '.join(told_again[:5])}"


_PARTS: tuple[tuple[tuple[str, ...], Part], ...] = (
    (("Review of Systems", "ROS"), systems),
    (("Past Medical, Family and Social History", "Background"), background),
    (("Current Medications", "Medication Reconciliation", "Medications"), taken),
    (("Records Reviewed", "Data Reviewed", "Interval Records"), read_today),
    (("Opioid Monitoring", "Medication Management"), agreement),
    (("Course to Date", "Previous History", "Earlier Notes"), at_length),
    (("Patient Education", "Counseling"), taught),
    (("Medical Necessity", "Discussion of Requests", "Rationale"), reasons),
    (("Outside Consultation", "Specialist Opinion"), surgeon_said),
)


def at_first(world: World, random: Random, seen: date, show: Manner) -> list[tuple[str, str]]:
    """Return the parts that a first report may have, when nothing has happened before."""
    parts = (("Review of Systems", systems), ("Patient Education", taught))
    return [(name, part(world, random, seen, show)) for name, part in parts if random.random() < 0.7]


def carried(world: World, random: Random, seen: date, show: Manner, most: int = 9) -> list[tuple[str, str]]:
    """Return some of the parts, each with a heading: none at times, all of them in the longest reports."""
    chosen = sorted(random.sample(range(len(_PARTS)), min(random.choice((0, 2, 4, 6, 9, 9)), most)))
    return [(random.choice(_PARTS[at][0]), _PARTS[at][1](world, random, seen, show)) for at in chosen]
