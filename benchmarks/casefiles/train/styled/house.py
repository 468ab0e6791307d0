"""How one house prints its papers: everything that differs between offices and not between visits."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from benchmarks.casefiles.train.styled.days import Writer, writer
from benchmarks.casefiles.world import World

_FONTS = (
    "Liberation Sans",
    "Liberation Serif",
    "Liberation Sans Narrow",
    "DejaVu Sans",
    "DejaVu Serif",
    "Libertinus Serif",
    "Liberation Mono",
)
_LAYOUTS = ("lines", "lines", "pairs", "grid2", "grid4", "boxed", "boxed2", "over", "run")
_LETTERHEADS = ("none", "centred", "centred", "left", "split", "team", "foot", "name_only")
_HEADERS = (
    "none",
    "none",
    "none",
    "banner",
    "banner",
    "visit_banner",
    "name_day",
    "house",
    "re_two",
    "re_two",
    "title_two",
    "full_banner",
    "full_banner",
    "continued",
    "title_all",
)
_COUNTERS = (
    "",
    "",
    "",
    "",
    "Page {k} of {n}",
    "Page {k} of {n}",
    "{k}/{n}",
    "- {k} -",
    "{k}",
    "Page {k}",
    "Page: {k}",
    "Pg. {k} of {n}",
    "p. {k}",
    "PAGE {k}",
    "{k} of {n}",
    "Page {k}/{n}",
    "Sheet {k}",
    "({k})",
)
_FOOTERS = ("none", "none", "phone", "confidential", "printed", "form", "house")
_TITLES = ("centred", "centred", "left", "underlined", "boxed", "dated", "none", "spaced", "first")
_HEADS = ("bold", "bold", "colon", "run_in", "run_in", "underlined", "numbered", "upper", "plain", "none")
_PLACES = (
    "Amber",
    "Bayshore",
    "Cobalt",
    "Delta",
    "Eastlake",
    "Fairmont",
    "Grove",
    "Highland",
    "Inland",
    "Jasper",
    "Keller",
    "Laurel",
    "Mesa",
    "Northgate",
    "Orchard",
    "Pinecrest",
    "Quail",
    "Redwood",
    "Summit",
    "Tamarack",
    "Union",
    "Vista",
    "Westgate",
    "Yosemite",
)
_THINGS: dict[str, tuple[str, ...]] = {
    "primary": (
        "Occupational Medicine",
        "Medical Group",
        "Industrial Clinic",
        "Urgent Care",
        "Health Partners",
    ),
    "orthopedist": ("Orthopedics", "Bone and Joint", "Orthopaedic Specialists", "Sports Medicine Clinic"),
    "pain": ("Pain Institute", "Spine and Pain", "Interventional Pain Physicians", "Comprehensive Pain Care"),
    "chiropractor": ("Chiropractic", "Spinal Care", "Family Chiropractic and Wellness"),
    "therapist": ("Physical Therapy", "Rehab", "Sports and Spine Rehabilitation", "Therapy Services"),
    "radiologist": ("Radiology", "Open MRI", "Imaging Center", "Diagnostic Imaging Associates"),
    "neurologist": ("Neurology", "Neurophysiology Laboratory", "Nerve and Muscle Clinic"),
    "surgeon": ("Surgery Center", "Hospital", "Outpatient Surgical Suites", "Memorial Medical Center"),
    "evaluator": (
        "Medical Evaluators",
        "Medicolegal Consultants",
        "Forensic Medicine",
        "Evaluation Services",
    ),
    "psychologist": ("Psychological Services", "Behavioral Medicine", "Counseling Associates"),
    "reviewer": ("Utilization Review", "Managed Care", "Review Services", "Medical Management"),
    "pathologist": ("Laboratories", "Toxicology", "Clinical Laboratory", "Diagnostics"),
    "attorney": ("Law Group", "Attorneys at Law", "& Associates, Lawyers", "Legal Offices"),
    "internist": ("Internal Medicine", "Physicians", "Medical Associates"),
}
_TYPED = 0.22
"""The share of houses that still print line by line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The habits of one office."""

    dialect: int
    name: str
    font: str
    size: float
    margin_x: float
    margin_y: float
    leading: float
    layout: str
    letterhead: str
    header: str
    counter: str
    counter_at: str
    counter_from_two: bool
    offset: int
    footer: str
    title: str
    heads: str
    joint: str
    upper_labels: bool
    signature: int
    fields_first: bool
    is_typed: bool
    columns: int
    day: Writer
    prose_day: Writer
    tells_service_in_prose: bool
    own: Random


def house_of(world: World, family: str, dialect: int, role: str, wording: float) -> House:
    """Return the house that prints a family's papers in one case: always the same for the same case."""
    random = Random(f"{world.chart} {world.claim} {family} {role}")
    place = random.choice(_PLACES)
    counter = random.choice(_COUNTERS)
    return House(
        dialect=dialect,
        name=f"{place} {random.choice(_THINGS[role])}",
        font=random.choice(_FONTS),
        size=random.choice((8.5, 9, 9.5, 10, 10.5, 11, 12)),
        margin_x=random.choice((0.5, 0.7, 0.9, 1, 1.2, 1.4)),
        margin_y=random.choice((0.75, 0.8, 0.9, 1, 1.2)),
        leading=random.choice((0.5, 0.65, 0.65, 0.8, 1.1)),
        layout=random.choice(_LAYOUTS),
        letterhead=random.choice(_LETTERHEADS),
        header=random.choice(_HEADERS),
        counter=counter,
        counter_at=random.choice(("header", "footer", "footer", "footer")),
        counter_from_two=random.random() < 0.3,
        offset=random.randint(2, 30) if random.random() < 0.06 else 0,
        footer=random.choice(_FOOTERS),
        title=random.choice(_TITLES),
        heads=random.choice(_HEADS),
        joint=random.choice((":", ":", ":", ":", " :", "", " -", "  ", "....")),
        upper_labels=random.random() < 0.2,
        signature=random.randrange(14),
        fields_first=random.random() < 0.25,
        is_typed=random.random() < _TYPED,
        columns=random.choice((72, 78, 84)),
        day=writer(random, words=wording),
        prose_day=writer(random, words=0.7),
        tells_service_in_prose=random.random() < 0.22,
        own=random,
    )
