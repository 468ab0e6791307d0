"""Organizations as they are written in case files and in records of reviewers."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from benchmarks.names.parts import Parts
from benchmarks.names.spelling import misread, mistyped, titled

_MEDICAL = (
    "medical center|community hospital|memorial hospital|regional hospital|orthopaedic associates|"
    "spine institute|physical therapy|surgery center|medical group|chiropractic|imaging center|"
    "pain management|occupational health|rehabilitation hospital|pharmacy|home health services|"
    "medical equipment|neurology associates|psychiatry group|hand surgery|industrial medicine|"
    "urgent care|sports medicine|acupuncture clinic|dental group|eye institute"
).split("|")
_BUSINESS = (
    "insurance company|casualty company|mutual insurance company|claims services|claims administrators|"
    "indemnity company|risk management|foods|construction|manufacturing|logistics|farms|"
    "staffing services|transportation|security services|building maintenance|utilization review|"
    "managed care|holdings|hotels|electric|roofing|plumbing supply|school district|fire department|"
    "water district|packing company|winery"
).split("|")
_LEGAL = ("Inc.", "Inc", "Incorporated", "LLC", "L.L.C.", "Corp.", "Corporation", "LP", "Ltd.", "Co.")
_PROFESSIONAL = ("P.C.", "PC", "A Professional Corporation", "A Medical Corporation", "APC", "LLP", "PLLC")
# A word, and the forms it is shortened to.
_SHORT = {
    "medical": ("Med", "Med."), "center": ("Ctr", "Ctr.", "Cntr"), "hospital": ("Hosp", "Hosp."),
    "services": ("Svcs", "Svcs."), "management": ("Mgmt", "Mgmt."), "group": ("Grp", "Grp."),
    "insurance": ("Ins", "Ins."), "company": ("Co", "Co."), "mutual": ("Mut", "Mut."),
    "rehabilitation": ("Rehab", "Rehab."), "regional": ("Reg'l", "Regl"), "community": ("Comm.", "Cmty"),
    "memorial": ("Mem", "Mem'l"), "institute": ("Inst", "Inst."), "department": ("Dept", "Dept."),
    "district": ("Dist", "Dist."), "manufacturing": ("Mfg", "Mfg."), "construction": ("Const.", "Constr"),
    "administrators": ("Admin", "Admin."),
    "transportation": ("Transp.", "Trans."), "equipment": ("Equip.", "Equip"),
    "surgery": ("Surg", "Surg."), "occupational": ("Occ.", "Occ"), "chiropractic": ("Chiro", "Chiro."),
    "maintenance": ("Maint.", "Maint"), "psychiatry": ("Psych", "Psych."), "physical therapy": ("PT", "P.T."),
    "united": ("Utd.",), "valley": ("Vly", "Vly."), "university": ("Univ", "Univ."),
}  # fmt: skip
_PLURAL = {
    "services": "Service", "associates": "Associate", "center": "Centers", "administrators": "Administrator",
    "foods": "Food", "farms": "Farm", "hotels": "Hotel", "clinic": "Clinics", "institute": "Institutes",
    "group": "Groups", "holdings": "Holding",
}  # fmt: skip
_DIRECTIONS = "north south east west upper lower central".split()
Change = Callable[[Random, Parts], tuple[str, str] | None]


def organization(draw: Random, parts: Parts) -> str:
    """Return an organization with one or two distinctive words and what it does."""
    kind = draw.random()
    does = draw.choice(_MEDICAL if draw.random() < 0.6 else _BUSINESS)
    if kind < 0.12:
        return titled(f"{draw.choice(parts.surnames)} {does}")
    if kind < 0.24:
        return titled(f"{draw.choice(parts.distinct)} {draw.choice(parts.distinct)} {does}")
    if kind < 0.36:
        return titled(f"{draw.choice(parts.cities)} {draw.choice(parts.distinct)} {does}")
    return titled(f"{draw.choice(parts.distinct)} {does}")


def dressed(draw: Random, name: str) -> str:
    """Return the same name in capitals or with a legal form, in four of ten cases."""
    chance = draw.random()
    if chance < 0.15:
        return name.upper()
    return f"{name}, {draw.choice(_LEGAL)}" if chance < 0.4 and not name.endswith(".") else name


def _named(draw: Random, parts: Parts, does: str) -> str:
    chance = draw.random()
    first = draw.choice(parts.distinct)
    if chance < 0.4:
        first = f"{draw.choice(parts.cities + parts.distinct)} {first}"
    return titled(f"{first} {does}")


def _shortened(draw: Random, parts: Parts) -> tuple[str, str] | None:
    name = organization(draw, parts)
    fits = [(titled(word), to) for word, to in _SHORT.items() if titled(word) in name]
    if not fits:
        return None
    other = name
    for word, to in fits if draw.random() < 0.5 else [draw.choice(fits)]:
        other = other.replace(word, draw.choice(to))
    return name, other


def _legal_form(draw: Random, parts: Parts) -> tuple[str, str]:
    name = organization(draw, parts)
    first, second = draw.choice(_LEGAL), draw.choice((*_LEGAL, ""))
    return f"{name}{draw.choice((', ', ' '))}{first}", f"{name} {second}".strip()


def _professional(draw: Random, parts: Parts) -> tuple[str, str]:
    name = _named(draw, parts, draw.choice(_MEDICAL))
    return f"{name}, {draw.choice(_PROFESSIONAL)}", name


def _practice(draw: Random, parts: Parts) -> tuple[str, str]:
    name = titled(f"{draw.choice(parts.given)} {draw.choice(parts.surnames)}")
    forms = ("M.D., Inc.", "MD Inc", "MD, PC", "M.D., A Professional Corporation", "MD, A Medical Corp.")
    first, second = draw.sample(forms, 2)
    return f"{name}, {first}", f"{name}, {second}"


def _ampersand(draw: Random, parts: Parts) -> tuple[str, str]:
    first, second, third = (titled(word) for word in draw.sample(parts.surnames, 3))
    kind = draw.choice(
        ("{}, {} & {}", "{} & {}", "{1} {0} & Associates", "{} & {} Construction", "{} & Sons")
    )
    name = kind.format(first, second, third)
    return name, name.replace("&", draw.choice(("and", "and", "+")))


def _saint(draw: Random, parts: Parts) -> tuple[str, str]:
    does = draw.choice(("Medical Center", "Hospital", "Regional Hospital", "Family Clinic"))
    last = draw.choice(("", "'s")) if does != "Family Clinic" else ""
    saint = titled(draw.choice(parts.saints))
    return f"St. {saint}{last} {does}", f"{draw.choice(('Saint', 'St'))} {saint}{last} {does}"


def _possessive(draw: Random, parts: Parts) -> tuple[str, str]:
    saint = titled(draw.choice(parts.saints))
    does = draw.choice(("Medical Center", "Hospital", "Regional Hospital", "Clinic"))
    return f"St. {saint}'s {does}", f"St. {saint}{draw.choice(('s', '', '’s'))} {does}"


def _ortho(draw: Random, parts: Parts) -> tuple[str, str]:
    does = draw.choice(("Associates", "Group", "Institute", "Medical Group", "Specialists"))
    forms = draw.sample(("Orthopaedic", "Orthopedic", "Orthopaedics", "Orthopedics", "Ortho", "Ortho."), 2)
    name = _named(draw, parts, "{}")
    return f"{name.format(forms[0])} {does}", f"{name.format(forms[1])} {does}"


def _associates(draw: Random, parts: Parts) -> tuple[str, str]:
    name = _named(draw, parts, draw.choice(("Orthopaedic", "Neurology", "Radiology", "Pain", "Spine")))
    return f"{name} Associates", f"{name} {draw.choice(('Assoc.', 'Assoc', 'Assocs.'))}"


def _trade_name(draw: Random, parts: Parts) -> tuple[str, str]:
    name = _named(draw, parts, draw.choice(_MEDICAL))
    owner = draw.choice((_practice(draw, parts)[0], organization(draw, parts) + ", Inc."))
    mark = draw.choice(("d/b/a", "dba", "DBA", "doing business as", "D.B.A."))
    return f"{owner} {mark} {name}", draw.choice((name, name, owner))


def _place(draw: Random, parts: Parts) -> tuple[str, str]:
    name, city = organization(draw, parts), titled(draw.choice(parts.cities))
    form = draw.choice(("{} - {}", "{} of {}", "{} ({})", "{}, {}", "{}, {}, CA", "{} {} Campus"))
    return name, form.format(name, city)


def _initials(draw: Random, parts: Parts) -> tuple[str, str]:
    name = _named(draw, parts, draw.choice([does for does in _MEDICAL + _BUSINESS if " " in does]))
    letters = "".join(word[0] for word in name.split())
    return name, draw.choice((letters, ".".join(letters) + "."))


def _order(draw: Random, parts: Parts) -> tuple[str, str]:
    place = titled(draw.choice(parts.cities + parts.distinct))
    does = titled(draw.choice(_MEDICAL))
    kind = draw.choice(("{} of {}", "{}, {}", "{}-{}"))
    head = draw.choice(("City", "County", "University"))
    if draw.random() < 0.3:
        return f"{head} of {place}", f"{place}, {head} of" if draw.random() < 0.5 else f"{place} {head}"
    return f"{place} {does}", kind.format(does, place)


def _plural(draw: Random, parts: Parts) -> tuple[str, str] | None:
    name = organization(draw, parts)
    fits = [(titled(word), other) for word, other in _PLURAL.items() if name.endswith(titled(word))]
    return (name, name.replace(*fits[0])) if fits else None


def _spelled(how: Callable[[Random, str], str]) -> Change:
    def change(draw: Random, parts: Parts) -> tuple[str, str] | None:
        words = organization(draw, parts).split()
        at = draw.choice([place for place, word in enumerate(words) if len(word) > 3])
        other = titled(how(draw, words[at].lower()))
        return " ".join(words), " ".join([*words[:at], other, *words[at + 1 :]])

    return change


def _glued(draw: Random, parts: Parts) -> tuple[str, str]:
    words = organization(draw, parts).split()
    at = draw.randrange(len(words) - 1) if len(words) > 2 else 0
    return " ".join(words), " ".join([*words[:at], words[at] + words[at + 1], *words[at + 2 :]])


def _article(draw: Random, parts: Parts) -> tuple[str, str]:
    name = organization(draw, parts)
    return name, f"The {name}"


# How the same organization is written twice, and how often among organizations.
SAME: dict[str, tuple[int, Change]] = {
    "words shortened (Med Ctr)": (10, _shortened),
    "legal form": (10, _legal_form),
    "professional corporation": (4, _professional),
    "practice of one physician": (4, _practice),
    "& and and": (4, _ampersand),
    "St. and Saint": (4, _saint),
    "possessive": (3, _possessive),
    "Ortho, Orthopaedic": (4, _ortho),
    "Assoc., Associates": (3, _associates),
    "doing business as": (4, _trade_name),
    "place added": (5, _place),
    "initials of an organization": (1, _initials),
    "order of words": (4, _order),
    "singular and plural": (4, _plural),
    "organization mistyped": (6, _spelled(mistyped)),
    "organization misread": (5, _spelled(misread)),
    "two words run together": (3, _glued),
    "article": (2, _article),
}


def _other_order(draw: Random, parts: Parts) -> tuple[str, str]:
    words = [titled(word) for word in draw.sample(parts.distinct, 2)]
    does = titled(draw.choice(_MEDICAL + _BUSINESS))
    return f"{words[0]} {words[1]} {does}", f"{words[1]} {words[0]} {does}"


def _same_city(draw: Random, parts: Parts) -> tuple[str, str]:
    city = titled(draw.choice(parts.cities))
    kinds = (
        "Community Hospital",
        "Memorial Hospital",
        "General Hospital",
        "Regional Medical Center",
        "Surgery Center",
    )
    first, second = draw.sample(kinds, 2)
    return f"{city} {first}", f"{city} {second}"


def _sister(draw: Random, parts: Parts) -> tuple[str, str]:
    name = titled(draw.choice(parts.distinct))
    first, second = (titled(does) for does in draw.sample(_BUSINESS + _MEDICAL, 2))
    return f"{name} {first}", f"{name} {second}"


def _other_saint(draw: Random, parts: Parts) -> tuple[str, str]:
    first, second = draw.sample(parts.saints, 2)
    does = draw.choice(("Medical Center", "Hospital", "Regional Hospital"))
    return f"St. {titled(first)} {does}", f"St. {titled(second)} {does}"


def _other_direction(draw: Random, parts: Parts) -> tuple[str, str]:
    first, second = (titled(word) for word in draw.sample(_DIRECTIONS, 2))
    rest = f"{titled(draw.choice(parts.distinct))} {titled(draw.choice(_MEDICAL + _BUSINESS))}"
    return f"{first} {rest}", f"{second} {rest}"


def _other_first_word(draw: Random, parts: Parts) -> tuple[str, str]:
    first, second, third = (titled(word) for word in draw.sample(parts.distinct, 3))
    does = titled(draw.choice(_MEDICAL + _BUSINESS))
    return f"{first} {second} {does}", f"{third} {second} {does}"


def _other_place(draw: Random, parts: Parts) -> tuple[str, str]:
    first, second = (titled(city) for city in draw.sample(parts.cities, 2))
    does = titled(draw.choice(_MEDICAL))
    return f"{first} {does}", f"{second} {does}"


def _other_partner(draw: Random, parts: Parts) -> tuple[str, str]:
    first, second, third = (titled(word) for word in draw.sample(parts.surnames, 3))
    return f"{first} & {second}", f"{first} & {third}"


# How two organizations come close, and how often among them.
OTHER: dict[str, tuple[int, Change]] = {
    "same words, another order": (2, _other_order),
    "hospitals of one city": (6, _same_city),
    "one name, another business": (6, _sister),
    "another saint": (5, _other_saint),
    "another direction": (5, _other_direction),
    "one word of two in common": (6, _other_first_word),
    "same kind in another city": (6, _other_place),
    "another partner": (4, _other_partner),
}
