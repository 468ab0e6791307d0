"""Tables of laboratories, therapists, pharmacies and bills."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from benchmarks.casefiles.train.styled.house import House
from benchmarks.casefiles.train.styled.parts import Rows
from benchmarks.casefiles.world import World

_ANALYTES = (
    "Amphetamine",
    "Barbiturates",
    "Benzodiazepine",
    "Cocaine",
    "Methadone",
    "Morphine",
    "Oxycodone",
    "Fentanyl",
    "THC",
    "Creatinine",
    "pH",
    "Glucose",
    "Sodium",
    "Potassium",
    "BUN",
    "ALT",
    "AST",
    "Hemoglobin",
    "Platelets",
    "WBC",
)
_EXERCISES = (
    "Recumbent bike",
    "Theraband rows",
    "Pelvic tilts",
    "Wand flexion",
    "Heel slides",
    "Cold pack",
    "Manual therapy",
    "Electrical stimulation",
    "Neuromuscular re-education",
    "Gait training",
    "Ultrasound 3 MHz",
    "Grip strengthening",
)
_DRUGS = (
    "NAPROXEN 500 MG TABLET",
    "TRAMADOL 50 MG",
    "GABAPENTIN 300MG CAP",
    "OMEPRAZOLE 20 MG CAP",
    "HYDROCODONE-APAP 10-325",
    "CYCLOBENZAPRINE 7.5 MG",
    "LIDOCAINE 5% PATCH",
    "BACLOFEN 10MG TAB",
    "DICLOFENAC GEL 1%",
)
_NERVES = ("Median motor", "Ulnar motor", "Radial sensory", "Peroneal motor", "Tibial motor", "Sural sensory")
_CODES = ("99213", "99214", "97110", "97140", "72148", "20610", "64483", "99080", "A4556", "J3301")


def results(random: Random, count: int) -> Rows:
    """Return results of a laboratory."""
    head = random.choice(
        (("Test", "Result", "Flag", "Reference range"), ("Analyte", "Outcome", "Cutoff", "Units"))
    )
    rows = [
        (
            name,
            random.choice(("Negative", "Not detected", f"{random.randint(1, 400)}")),
            random.choice(("", "", "H", "L")),
            f"{random.randint(1, 50)}-{random.randint(51, 300)}",
        )
        for name in random.choices(_ANALYTES, k=count)
    ]
    return Rows(rows=(head, *rows))


def exercises(random: Random) -> Rows:
    """Return what was done in a session of therapy."""
    rows = [
        (name, str(random.randint(1, 4)), str(random.randint(6, 20)), f"{random.randint(3, 15)} min")
        for name in random.sample(_EXERCISES, random.randint(4, 9))
    ]
    return Rows(rows=(("Exercise / modality", "Sets", "Reps", "Time"), *rows))


def flowsheet(house: House, world: World, random: Random) -> Rows:
    """Return exercises by the days of several visits."""
    first = world.day(random)
    days = [house.day(first + timedelta(days=3 * at)) for at in range(4)]
    rows = [
        (name, *(f"{random.randint(1, 3)}x{random.randint(8, 15)}" for _ in days))
        for name in random.sample(_EXERCISES, 8)
    ]
    return Rows(rows=(("Date", *days), *rows))


def fills(house: House, world: World, random: Random, count: int) -> Rows:
    """Return what a pharmacy gave out, each line with its day."""
    days = sorted(world.day(random) for _ in range(count))
    rows = [
        (
            house.day(day),
            random.choice(_DRUGS),
            str(random.choice((30, 60, 90))),
            str(random.choice((15, 30))),
            f"{random.randint(10**6, 10**7)}",
        )
        for day in days
    ]
    return Rows(rows=(("Filled", "Drug", "Qty", "Days", "Rx #"), *rows))


def drugs(random: Random) -> Rows:
    """Return what is prescribed on one day."""
    rows = [
        (
            name,
            f"#{random.choice((30, 60, 90))}",
            random.choice(("1 po bid", "1 po qhs", "1 po tid prn")),
            str(random.randint(0, 3)),
        )
        for name in random.sample(_DRUGS, random.randint(1, 3))
    ]
    return Rows(rows=(("Medication", "Quantity", "Sig", "Refills"), *rows))


def nerves(random: Random) -> Rows:
    """Return a table of conduction."""
    rows = [
        (
            f"{random.choice('LR')} {name}",
            f"{random.uniform(2, 6):.1f}",
            f"{random.uniform(3, 14):.1f}",
            f"{random.uniform(38, 62):.1f}",
        )
        for name in _NERVES * 2
    ]
    return Rows(rows=(("Nerve", "Latency ms", "Amp mV", "CV m/s"), *rows))


def charges(house: House, world: World, random: Random, count: int) -> Rows:
    """Return lines of a bill."""
    rows = [
        (
            house.day(world.day(random)),
            random.choice(_CODES),
            f"{random.randint(1, 3)}",
            f"${random.randint(20, 900)}.00",
        )
        for _ in range(count)
    ]
    return Rows(rows=(("Date", "Code", "Units", "Charge"), *rows))


def asked(world: World, random: Random) -> Rows:
    """Return treatments that are asked for."""
    rows = [
        (one, f"M{random.randint(10, 99)}.{random.randint(0, 9)}", random.choice(_CODES))
        for one in world.prose.items(random, "plan", random.randint(1, 4))
    ]
    return Rows(rows=(("Service requested", "ICD", "CPT"), *rows))
