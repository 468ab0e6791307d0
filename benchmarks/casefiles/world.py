"""The people, places and days of one invented case."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from benchmarks.casefiles.dates import workday
from benchmarks.casefiles.prose import Prose

_FIRST = (
    "Alma Bertrand Celia Dmitri Esperanza Farid Gwendolyn Hector Imelda Jamal Katarina Lucinda Marcos Nadia "
    "Orville Priscilla Quentin Rosario Stefan Tamika Ulises Verena Wendell Ximena Yolanda Zachary"
).split()
_LAST = (
    "Abernathy Barragan Castellanos Dunleavy Estrella Fenwick Galindo Hargrove Iverson Jaramillo Kowalczyk "
    "Lindqvist Mirzakhani Nakagawa Oyelaran Pettibone Quintanar Ruvalcaba Szymanski Thibodeaux Urquidez "
    "Vandermeer Whitcombe Yarborough Zavaleta"
).split()
_STREETS = "Alder Birchwood Cypress Del Rio Esperance Foothill Granada Hawthorne Ironwood Juniper".split()
_CITIES = "Fresno Stockton Modesto Bakersfield Riverside Oxnard Salinas Chula Vista Torrance Redding".replace(
    "Chula Vista", "Chula_Vista"
).split()
_EMPLOYERS = (
    "Granite Basin Packing Company",
    "Seaward Unified School District",
    "Valley Crest Logistics",
    "Mariposa Linen Services",
    "Coastline Paratransit, Inc.",
    "Blue Oak Nursery",
)
_PAYERS = (
    "Pacific Ridge Insurance Company",
    "Sequoia Mutual Claims Services",
    "Golden Harbor Casualty",
    "Tri-Valley Risk Administrators",
)
_REGIONS = ("lumbar spine", "cervical spine", "right shoulder", "left knee", "right wrist", "left ankle")

# role: credential, specialty, facility
_ROLES = {
    "primary": ("MD", "Occupational Medicine", "Cedar Flats Occupational Health Center"),
    "orthopedist": ("MD", "Orthopedic Surgery", "Alta Vista Orthopedic Institute"),
    "pain": ("DO", "Pain Medicine", "Meridian Pain and Spine Associates"),
    "chiropractor": ("DC", "Chiropractic", "Backbone Chiropractic Group"),
    "therapist": ("PT, DPT", "Physical Therapy", "Restore Physical Therapy"),
    "radiologist": ("MD", "Radiology", "Clearview Advanced Imaging"),
    "neurologist": ("MD", "Neurology", "Central Coast Neurodiagnostics"),
    "surgeon": ("MD", "Orthopedic Surgery", "Sierra Pines Surgery Center"),
    "evaluator": ("MD", "Orthopedic Surgery", "Westlake Medical Evaluations"),
    "psychologist": ("PhD", "Psychology", "Harborlight Behavioral Health"),
    "reviewer": ("MD", "Physical Medicine and Rehabilitation", "Keystone Utilization Management"),
    "pathologist": ("MD", "Clinical Pathology", "Precision Toxicology Laboratories"),
    "attorney": ("Esq.", "Law", "Duarte & Holloway, A Professional Corporation"),
    "internist": ("MD", "Internal Medicine", "Sierra Pines Medical Group"),
}
_DAYS_OF_A_CASE = 900
# Words of names that are words of papers too.
_MEAN_SOMETHING = frozenset(
    "insurance company claims services casualty risk administrators del rio inc school".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who writes papers of the case."""

    name: str
    credential: str
    specialty: str
    facility: str
    street: str
    city: str
    phone: str
    fax: str
    licence: str
    npi: str

    @property
    def signed(self) -> str:
        """Return the name with the degree behind it."""
        return f"{self.name}, {self.credential}"

    @property
    def doctor(self) -> str:
        """Return the person as a letter addresses one."""
        return f"Dr. {self.name.split()[-1]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Everything that the papers of one case have in common."""

    first: str
    last: str
    born_on: date
    injured_on: date
    claim: str
    chart: str
    employer: str
    payer: str
    adjuster: str
    region: str
    people: dict[str, Person]
    prose: Prose

    @property
    def patient(self) -> str:
        """Return the patient's name in its plain order."""
        return f"{self.first} {self.last}"

    @property
    def reversed(self) -> str:
        """Return the patient's name, the family name first."""
        return f"{self.last}, {self.first}"

    def day(self, random: Random) -> date:
        """Return a workday in the life of the case."""
        return workday(self.injured_on + timedelta(days=random.randint(3, _DAYS_OF_A_CASE)))


def make_world(random: Random, transcripts: Sequence[str] = ()) -> World:
    """Return an invented case."""
    names = [f"{first} {last}" for first in random.sample(_FIRST, 20) for last in random.sample(_LAST, 1)]
    patient, adjuster, *others = random.sample(sorted(set(names)), len(set(names)))
    first, last = patient.split()
    region = random.choice(_REGIONS)
    people = {
        role: _person(random, name, role) for role, name in zip(_ROLES, [*others, *others], strict=False)
    }
    return World(
        first=first,
        last=last,
        born_on=date(1950, 1, 1) + timedelta(days=random.randint(0, 15_000)),
        injured_on=workday(date(2011, 1, 3) + timedelta(days=random.randint(0, 1_400))),
        claim=f"{random.choice(('WC', 'CA', '0'))}{random.randint(10**7, 10**8 - 1)}",
        chart=f"{random.randint(100_000, 999_999)}",
        employer=random.choice(_EMPLOYERS),
        payer=random.choice(_PAYERS),
        adjuster=adjuster,
        region=region,
        people=people,
        prose=Prose(region, tuple(transcripts)),
    )


def _person(random: Random, name: str, role: str) -> Person:
    credential, specialty, facility = _ROLES[role]
    return Person(
        name=name,
        credential=credential,
        specialty=specialty,
        facility=facility,
        street=f"{random.randint(100, 9999)} {random.choice(_STREETS)} Avenue",
        city=f"{random.choice(_CITIES).replace('_', ' ')}, CA 9{random.randint(1000, 6199)}",
        phone=f"({random.randint(209, 951)}) 555-{random.randint(100, 199):04d}",
        fax=f"({random.randint(209, 951)}) 555-{random.randint(100, 199):04d}",
        licence=f"{random.choice('ACG')}{random.randint(30_000, 99_999)}",
        npi=f"{random.randint(1_000_000_000, 1_999_999_999)}",
    )


def proper_names() -> frozenset[str]:
    """Return the words, in lower case, that are names of invented people and places and mean nothing."""
    said = [
        *_FIRST,
        *_LAST,
        *_STREETS,
        *_CITIES,
        *(name for texts in (_EMPLOYERS, _PAYERS) for name in texts),
    ]
    places = "cedar flats alta vista meridian backbone restore clearview sierra pines westlake"
    found = {word.lower() for text in said for word in re.findall("[A-Za-z]+", text)}
    found |= set(f"{places} harborlight keystone precision duarte holloway".split())
    return frozenset(found - _MEAN_SOMETHING)
