"""Strengths, quantities, refills and forms in a treatment request."""

from __future__ import annotations

import re
from dataclasses import dataclass

from openimr.terms.treatment import Amount, Quantity

_UNIT = r"(?:mg|mcg|ug|µg|grams?|gms?|g|ml|%|percent|units?|iu|meq)"
_PER = r"(?:\s?/\s?(?:ml|g|gm|hr|hour|h|actuation|5\s?ml))?"
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
    "gram": "g",
    "grams": "g",
    "gm": "g",
    "gms": "g",
    "ug": "mcg",
    "µg": "mcg",
    "unit": "units",
}

_COUNT = r"(?P<count>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)"
_HASH = re.compile(rf"#\s?{_COUNT}(?!\s?[/\d])")
_LABELLED = re.compile(
    rf"\b(?:qty|quantity|disp(?:ense)?|count|total of)\b\.?\s*(?:of|:|=|-)?\s*#?\s?{_COUNT}", re.IGNORECASE
)
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
# "one tablet twice daily" is a dose, not the quantity
_DOSE_BEHIND = re.compile(
    r"^\s*(?:\(?\s*)?(?:by mouth|po|p\.o|orally|once|twice|three|at bedtime|every|per|a day|daily|bid|tid|qid|qhs|q\d|q\s|\d+\s?(?:times|x)|prn|as needed|nightly|one to)",
    re.IGNORECASE,
)
_REFILLS = re.compile(
    r"(?:\b(?:with|plus|and)\s+|[,(x]\s*)?(?P<count>\d+|no|zero|one)\s+(?:additional\s+)?refills?\b"
    r"|\brefills?\s*(?:x|:|of|#)?\s*(?P<count2>\d+)\b",
    re.IGNORECASE,
)
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
    r"\b(?:ER|XR|SR|CR|XL|LA|extended[- ]release|sustained[- ]release|controlled[- ]release)\b"
)
_ROUTES = re.compile(
    r"\b(?P<oral>oral(?:ly)?|by mouth|p\.?o\.?)(?![\w])|\b(?P<topical>topical(?:ly)?)\b|\b(?P<im>intramuscular|IM)\b"
    r"|\b(?P<iv>intravenous|IV)\b|\b(?P<it>intrathecal)\b|\b(?P<sl>sublingual|SL)\b|\b(?P<nasal>nasal|intranasal)\b"
)
_ROUTE_NAMES = {
    "oral": "oral",
    "topical": "topical",
    "im": "intramuscular",
    "iv": "intravenous",
    "it": "intrathecal",
    "sl": "sublingual",
    "nasal": "nasal",
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
    found = []
    for match in _STRENGTH.finditer(text):
        unit = (match["unit"] or "%").lower()
        unit = _UNIT_NAMES.get(unit, unit)
        per = match["per"].replace(" ", "").lower().replace("/gm", "/g").replace("/hour", "/hr")
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
    for pattern in (_HASH, _LABELLED):
        match = pattern.search(text)
        if match:
            thing = _COUNTED.match(text, match.start("count"))
            return Quantity(_number(match["count"]), _thing(thing))
    for match in _COUNTED.finditer(text):
        if not _DOSE_BEHIND.match(text[match.end() :]):
            return Quantity(_number(match["count"]), _thing(match))
    return None


def _thing(match: re.Match[str] | None) -> str | None:
    return _THINGS[match["thing"].lower().replace("-", " ")] if match else None


def read_refills(text: str) -> int | None:
    """Return the number of refills, 0 for "no refills", None when not said."""
    match = _REFILLS.search(text)
    if match is None:
        return None
    printed = (match["count"] or match["count2"]).lower()
    return {"no": 0, "zero": 0, "one": 1}.get(printed) if not printed.isdigit() else int(printed)


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
    if match is None or match.lastgroup is None:
        return None
    return _ROUTE_NAMES[match.lastgroup]
