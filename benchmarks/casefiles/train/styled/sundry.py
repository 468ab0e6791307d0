"""Papers of case files that report no care: bills, sheets to fill in, receipts of goods."""

from __future__ import annotations

from datetime import date
from random import Random

from benchmarks.casefiles.train.styled import tables
from benchmarks.casefiles.train.styled.house import House
from benchmarks.casefiles.train.styled.parts import Part, Section
from benchmarks.casefiles.world import World


def bill(kind: str, house: House, world: World, random: Random, day: date) -> tuple[Part, ...]:
    """Return the charges of a bill."""
    return (
        tables.charges(house, world, random, random.randint(6, 40)),
        Section(head="", texts=("Total due is payable within 45 days.",) if house.dialect % 2 else ()),
    )


_ASKED = (
    "Do you smoke? [  ] Yes [X] No",
    "Please mark where you feel pain.",
    "I have read the above and had my questions answered.",
    "I agree to use one pharmacy and one prescriber only.",
    "Lifting: up to 25 pounds, occasionally. Standing: 6 hours of 8.",
    "Emergency contact and telephone: ______________",
    "Marital status: single / married / other",
    "Walking: I cannot walk more than half a mile.",
    "Risks include infection, bleeding and nerve injury.",
    "Describe the duties of the job and how often each is done.",
    "Signature: ______________________",
    "Have you ever had: diabetes [  ] asthma [  ] surgery [X]",
)


def sheet(kind: str, house: House, world: World, random: Random, day: date) -> tuple[Part, ...]:
    """Return what patients fill in, agree to or describe."""
    return (Section(head="", texts=tuple(random.sample(_ASKED[house.dialect % 2 :: 2] + _ASKED[:4], 5))),)


_GOODS = (
    "TENS unit, 1",
    "Lumbar orthosis, size L, 1",
    "Electrodes, 4 packs",
    "Cold therapy unit, rental 14 days",
    "Knee brace, hinged, 1",
    "Wrist splint, left, 1",
    "Interferential unit, 1",
    "Cane, adjustable, 1",
)


def goods(kind: str, house: House, world: World, random: Random, day: date) -> tuple[Part, ...]:
    """Return what was brought to a patient."""
    texts = (*random.sample(_GOODS, 3), "Received in good order by: ______________________")
    return (Section(head="Items", texts=texts),)
