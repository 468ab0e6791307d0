"""Strengths, quantities, refills and forms in a treatment request."""

from __future__ import annotations

import re
from dataclasses import dataclass

from openimr.terms.treatment import Amount, Quantity
from openimr.vocabulary.text import has_digit

_UNIT = r"(?:mg|milligrams?|mcg|micrograms?|ug|µg|grams?|gms?|grms?|g|ml|%|percent|oz|ounces?|units?|iu|meq)"
_PER = r"(?:\s?/\s?(?:ml|g|gm|hr|hour|h|actuation|5\s?ml)|\s(?:per|an)\s(?:hour|hr))?"
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d*\.\d+|\d+"

# "7.5/325 mg", "10-325mg", "320.5/30/16mg", "4%-27.5%-0.0325%", "1.3 %", "25mg/ml"
_STRENGTH = re.compile(
    rf"(?<![#\w.])(?P<numbers>(?:{_NUMBER})(?:\s?{_UNIT})?(?:\s?[-/]\s?(?:{_NUMBER})(?:\s?{_UNIT})?){{0,3}})"
    rf"\s?(?P<unit>(?<=%)|{_UNIT})(?P<per>{_PER})(?![\w])",
    re.IGNORECASE,
)
_ONE_NUMBER = re.compile(_NUMBER)
_UNIT_NAMES = {
    "percent": "%",
    "ounce": "oz",
    "ounces": "oz",
    "gram": "g",
    "grams": "g",
    "gm": "g",
    "gms": "g",
    "grm": "g",
    "grms": "g",
    "milligram": "mg",
    "milligrams": "mg",
    "microgram": "mcg",
    "micrograms": "mcg",
    "ug": "mcg",
    "µg": "mcg",
    "unit": "units",
}

_COUNT = r"(?P<count>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)"
_HASH = re.compile(
    rf"#\s?{_COUNT}(?!\s?(?:\d|/\s?\d|-?gauge|\s?(?:vicryl|prolene|ethibond|pds|nylon|monocryl|chromic|silk|blade)))",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    rf"\b(?:qty|quantity|disp(?:ensed?)?|count|total of)\b\.?\s*(?:of|:|=|-)?\s*#?\s?{_COUNT}", re.IGNORECASE
)
# "90 count": a label behind the number
_LABELLED_BEHIND = re.compile(rf"(?<![\w./#%-]){_COUNT}[ -]?(?:count|ct)\b", re.IGNORECASE)
_THINGS = {
    "tablet": "tablet",
    "tablets": "tablet",
    "tab": "tablet",
    "tabs": "tablet",
    "capsule": "capsule",
    "capsules": "capsule",
    "cap": "capsule",
    "caps": "capsule",
    "patch": "patch",
    "patches": "patch",
    "tube": "tube",
    "tubes": "tube",
    "bottle": "bottle",
    "bottles": "bottle",
    "box": "box",
    "boxes": "box",
    "container": "container",
    "containers": "container",
    "pack": "pack",
    "packs": "pack",
    "package": "pack",
    "packages": "pack",
    "vial": "vial",
    "vials": "vial",
    "jar": "jar",
    "jars": "jar",
    "kit": "kit",
    "kits": "kit",
    "pill": "tablet",
    "pills": "tablet",
    "dose": "dose",
    "doses": "dose",
    "lozenge": "lozenge",
    "lozenges": "lozenge",
    "suppository": "suppository",
    "suppositories": "suppository",
    "film": "film",
    "films": "film",
    "injection": "injection",
    "injections": "injection",
    "pair": "pair",
    "pairs": "pair",
    "unit": "unit",
    "units": "unit",
    "month supply": "month supply",
    "months supply": "month supply",
    "month's supply": "month supply",
    "day supply": "day supply",
    "days supply": "day supply",
    "day's supply": "day supply",
    "week supply": "week supply",
    "weeks supply": "week supply",
}
_COUNTED = re.compile(
    rf"(?<![\w./#%-]){_COUNT}\)?[ -]?(?P<thing>"
    + "|".join(sorted((re.escape(t).replace(r"\ ", "[ -]") for t in _THINGS), key=len, reverse=True))
    + r")\b(?!\s?(?:strength|mg))",
    re.IGNORECASE,
)
# "one tablet twice daily" is a dose, not the quantity; "120 tablets, one twice daily" is one
_DOSE_BEHIND = re.compile(
    r"^\s*(?:\(?\s*)?(?:by mouth|po|p\.o|orally|once|twice|three|at bedtime|every|per|a day|daily|bid|tid|qid"
    r"|qhs|q\d|q\s|/|\d+\s?(?:times|x)|prn|as needed"
    r"|nightly|one to|to affected|to the|in the (?:morning|afternoon|evening)|each|at (?:noon|night))",
    re.IGNORECASE,
)
_DOSE_BEFORE = re.compile(
    r"\b(?:apply|applying|take|taking|takes|use|using|inject|place|sig:?)\s+$", re.IGNORECASE
)
_REFILLS_BEFORE = re.compile(
    r"(?<![#\w./])(?P<count>\d{1,2}|no|zero|one)\)?\s+(?:additional\s+)?refills?\b(?!\s?[:x=]?\s?\d)",
    re.IGNORECASE,
)
_REFILLS_AFTER = re.compile(
    r"\b(?:refills?|rf)\s?(?:x|:|of|=|times)?\s?(?P<count>\d{1,2})(?![\w/%.])(?!\s?(?:mg|tab|cap|patch))",
    re.IGNORECASE,
)
# A size that stands behind a strength is how much there is: "1 % 100 g", "25 mg/ml 420 ml"
_SIZES = frozenset({"g", "ml", "oz"})
_SIZE_BEHIND = re.compile(r"\s?(grams?|gms?|grms?|g|ml|oz)\b", re.IGNORECASE)
_HOURS = re.compile(
    r"(?<![\w./#-])(?P<count>\d{1,4})\)?\s?(?:hours?|hrs?)\b(?!\s?(?:a|per|each|every|/|daily|stay|observation|hospital))",
    re.IGNORECASE,
)
_NO_HOURS_BEFORE = re.compile(r"\b(?:every|q|each)\s?$", re.IGNORECASE)
_FORMS = re.compile(
    r"\b(?P<form>tablets?|tabs?|capsules?|caps?|patch(?:es)?|gel|cream|ointment|lotion|spray|solution|suspension|"
    r"suppositor(?:y|ies)|lozenges?|films?|injections?|inhaler|drops|liquid|roll[- ]on|powder|elixir|syrup|"
    r"foam|pads?|vials?)\b",
    re.IGNORECASE,
)
_FORM_NAMES = {
    "tab": "tablet",
    "cap": "capsule",
    "patche": "patch",
    "suppositorie": "suppository",
    "pad": "patch",
    "roll on": "roll-on",
}
_RELEASE = re.compile(
    r"(?<![\w-])(?:ER|XR|SR|CR|XL|LA|(?i:extended[- ]release|sustained[- ]release|controlled[- ]release))\b"
)
_ROUTES = re.compile(
    r"(?i:\b(?P<oral>oral(?:ly)?|by mouth|p\.?o\.?)(?![\w])"
    r"|\b(?P<topical>topical(?:ly|s)?|transdermal cream)\b)"
    r"|\b(?P<im>(?i:intramuscular(?:ly)?)|IM)\b|\b(?P<iv>(?i:intravenous(?:ly)?)|IV)\b|\b(?P<it>(?i:intrathecal))\b"
    r"|\b(?P<sl>(?i:sublingual)|SL)\b|\b(?P<nasal>(?i:nasal|intranasal))\b|\b(?P<buccal>(?i:buccal))\b"
    r"|\b(?P<transdermal>(?i:transdermal))\b"
)
_ROUTE_NAMES = {
    "oral": "oral",
    "topical": "topical",
    "im": "intramuscular",
    "iv": "intravenous",
    "it": "intrathecal",
    "sl": "sublingual",
    "nasal": "nasal",
    "buccal": "buccal",
    "transdermal": "transdermal",
}


def _number(printed: str) -> float:
    return float(printed.replace(",", ""))


@dataclass(frozen=True, slots=True)
class StrengthFound:
    """A strength in a request: where it stands, as one text, and as amounts."""

    start: int
    end: int
    text: str
    amounts: tuple[Amount, ...]


def find_strengths(text: str) -> list[StrengthFound]:
    """Return the strengths of a request in order.

    Example:
        >>> [(s.text, len(s.amounts)) for s in find_strengths("Vicodin 7.5/325 mg #120")]
        [('7.5/325 mg', 2)]
    """
    found: list[StrengthFound] = []
    if not has_digit(text):
        return found
    for match in _STRENGTH.finditer(text):
        unit = (match["unit"] or "%").lower()
        unit = _UNIT_NAMES.get(unit, unit)
        per = match["per"].replace(" ", "").lower().replace("/gm", "/g")
        per = per.replace("perh", "/h").replace("anh", "/h").replace("/hour", "/hr")
        numbers = _ONE_NUMBER.findall(match["numbers"])
        amounts = tuple(Amount(_number(n), unit + per) for n in numbers)
        joined = "/".join(f"{a.amount:g}" for a in amounts)
        blank = "" if unit == "%" else " "
        found.append(StrengthFound(match.start(), match.end(), f"{joined}{blank}{unit}{per}", amounts))
    return found


def read_quantity(text: str) -> Quantity | None:
    """Return how many are asked for; None where the request does not say.

    The unit is None where only "#120" is printed.

    Example:
        >>> read_quantity("Norco 10/325mg #60")
        Quantity(count=60.0, unit=None)
        >>> read_quantity("one month supply of Trezix".replace("one", "1"))
        Quantity(count=1.0, unit='month supply')
    """
    if not has_digit(text):
        return None
    for pattern in (_HASH, _LABELLED, _LABELLED_BEHIND):
        match = pattern.search(text)
        if match:
            size = _SIZE_BEHIND.match(text, match.end())
            if size:
                return Quantity(_number(match["count"]), _UNIT_NAMES.get(size[1].lower(), size[1].lower()))
            thing = _COUNTED.match(text, match.start("count"))
            return Quantity(_number(match["count"]), _thing(thing))
    for match in _COUNTED.finditer(text):
        before = text[max(0, match.start() - 12) : match.start()]
        if not _DOSE_BEHIND.match(text[match.end() :]) and not _DOSE_BEFORE.search(before):
            return Quantity(_number(match["count"]), _thing(match))
    return None


def read_counts(text: str) -> set[float]:
    """Return the different counts that a request prints behind "#" or a label."""
    return {_number(m["count"]) for pattern in (_HASH, _LABELLED) for m in pattern.finditer(text)}


def is_size(strength: StrengthFound) -> bool:
    """Return whether an amount is the size of a container: 100 g, 420 ml."""
    return len(strength.amounts) == 1 and strength.amounts[0].unit in _SIZES


def read_hours(text: str) -> Quantity | None:
    """Return the hours that a programme is asked for; None for hours a day.

    Example:
        >>> read_hours("functional restoration program, 80 hours")
        Quantity(count=80.0, unit='hour')
    """
    found = {
        float(m["count"])
        for m in _HOURS.finditer(text)
        if not _NO_HOURS_BEFORE.search(text[max(0, m.start() - 8) : m.start()])
    }
    return Quantity(found.pop(), "hour") if len(found) == 1 else None


def _thing(match: re.Match[str] | None) -> str | None:
    return _THINGS[match["thing"].lower().replace("-", " ")] if match else None


def read_refills(text: str) -> int | None:
    """Return the number of refills, 0 for "no refills", None when not said."""
    match = _REFILLS_BEFORE.search(text) or _REFILLS_AFTER.search(text)
    if match is None:
        return None
    printed = match["count"].lower()
    return int(printed) if printed.isdigit() else {"no": 0, "zero": 0, "one": 1}[printed]


def read_form(text: str) -> str | None:
    """Return the form of a medication: tablet, gel, patch, extended release."""
    match = _FORMS.search(text)
    form = None
    if match:
        singular = match["form"].lower().removesuffix("s")
        form = _FORM_NAMES.get(singular, singular)
    if _RELEASE.search(text):
        return f"extended release {form}" if form else "extended release"
    return form


def read_route(text: str) -> str | None:
    """Return the route that the words name; None when they do not."""
    match = _ROUTES.search(text)
    return _ROUTE_NAMES[match.lastgroup] if match and match.lastgroup else None
