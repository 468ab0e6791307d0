"""The values of a medication in one comparable form, whoever wrote them: a physician or our reading."""

from __future__ import annotations

import re
from collections.abc import Iterable

from openimr.vocabulary.drugs import all_drugs, find_drugs

_NUMBER = re.compile(r"\d*\.?\d+")
_UNITS = {
    "gm": "g",
    "gms": "g",
    "gram": "g",
    "grams": "g",
    "percent": "%",
    "milligram": "mg",
    "milligrams": "mg",
    "cc": "ml",
    "ccs": "ml",
}
# What is counted says nothing more than its number: 60 tablets are #60.
_COUNTED = re.compile(r"#|\b(?:tab(?:let)?s?|cap(?:sule)?s?|pills?|patch(?:es)?|units?)\b")
_FORMS = {
    "tab": "tablet", "tabs": "tablet", "cap": "capsule", "caps": "capsule", "shot": "injection",
    "patche": "patch", "injectable": "injection",
}  # fmt: skip
# The release belongs to the name (rules), so it is no form of its own.
_RELEASE = {"extended release", "sustained release", "delayed release", "controlled release"}
_WORDS = {"one": "1", "once": "1", "two": "2", "twice": "2", "three": "3", "thrice": "3", "four": "4",
          "five": "5", "six": "6", "eight": "8", "twelve": "12"}  # fmt: skip
_LATIN = {"qd": "1", "qday": "1", "od": "1", "bid": "2", "tid": "3", "qid": "4", "qhs": "1", "hs": "1",
          "qam": "1", "qpm": "1", "qdaily": "1"}  # fmt: skip
_AS_NEEDED = re.compile(r"\bprn\b|\bas (?:needed|necessary|required)\b")
_HOURS = re.compile(r"\b(?:every |q ?)(\d+)(?: ?(?:-|to) ?(\d+))? ?(?:h(?:ours?|rs?)?)\b")
_TIMES = re.compile(
    r"(\d+(?:\.\d+)?)(?: ?(?:-|to) ?(\d+))? ?(?:times |x )?(?:(?:a|per|each|every) )?(day|daily|week)"
)
_DAILY = re.compile(
    r"\b(?:q day|each (?:night|morning|evening)|every (?:morning|evening|bedtime)|daily|a day|per day"
    r"|every day|each day|nightly|every night|at bedtime|at night)\b"
)
_WEEKLY = re.compile(r"\b(?:weekly|a week|per week|every week)\b")


def number(printed: str) -> str:
    """Return a number without needless noughts.

    Example:
        >>> number("1.0"), number(".5"), number("10")
        ('1', '0.5', '10')
    """
    return f"{float(printed):g}"


def strength(printed: str) -> str:
    """Return a strength without spaces, with "/" between the parts of a combination.

    Example:
        >>> strength("10-325 mg"), strength("320.5-30- 16mg"), strength("50 gm"), strength("40-mg")
        ('10/325mg', '320.5/30/16mg', '50g', '40mg')
    """
    plain = re.sub(r"(?<=\d),(?=\d{3})", "", printed.lower())
    # "40-mg" is 40 mg, "75 mcg per hour" is 75 mcg/hr
    plain = re.sub(r"\s(?:per|an) h(?:ou)?r\b|/h(?:our)?\b", "/hr", re.sub(r"(?<=\d)-(?=[a-z])", " ", plain))
    joined = re.sub(r"\s*[-/]\s*", "/", plain)
    words = [_WORDS.get(w, w) for w in re.findall(r"[\d.]*\d|%|/|[a-z]+", joined)]
    return "".join(number(w) if _NUMBER.fullmatch(w) else _UNITS.get(w, w) for w in words)


def form(printed: str) -> str:
    """Return a form in the singular, and nothing for a kind of release.

    Example:
        >>> form("Tablets"), form("shots"), form("patches"), form("extended release")
        ('tablet', 'injection', 'patch', '')
    """
    plain = printed.lower().strip()
    if plain in _RELEASE:
        return ""
    single = plain.removesuffix("s")
    return _FORMS.get(plain, _FORMS.get(single, single))


def quantity(printed: str) -> str:
    """Return an amount: a bare number where things are counted, else with its unit.

    Example:
        >>> quantity("#60"), quantity("5 capsules"), quantity("One cc"), quantity("1 month supply")
        ('60', '5', '1ml', '1monthsupply')
    """
    plain = " ".join(_WORDS.get(word, word) for word in printed.lower().split())
    words = re.findall(r"[\d.]*\d|[a-z]+", _COUNTED.sub(" ", plain))
    return "".join(number(w) if _NUMBER.fullmatch(w) else _UNITS.get(w, w) for w in words)


def as_needed(printed: str) -> bool:
    """Return whether a frequency says that the drug is taken when needed.

    Example:
        >>> as_needed("q.4h. p.r.n."), as_needed("twice a day")
        (True, False)
    """
    return _AS_NEEDED.search(_plain(printed)) is not None


def times(printed: str) -> str:
    """Return how often a day, as a number or a range, or nothing where no number is printed.

    Example:
        >>> times("twice a day as needed"), times("q.4-6h. p.r.n."), times("every six hours"), times("b.i.d.")
        ('2', '4-6', '4', '2')
        >>> times("2-3 per day"), times("0.333333 per day"), times("once a week"), times("p.r.n.")
        ('2-3', '0.333', '0.143', '')
    """
    plain = _plain(printed)
    if found := _HOURS.search(plain):
        return _range(*(24 / float(hours) for hours in reversed(found.groups()) if hours))
    for word in plain.split():
        if word in _LATIN:
            return _LATIN[word]
    if found := _TIMES.search(plain):
        days = 7 if found[3] == "week" else 1
        return _range(*(float(count) / days for count in (found[1], found[2]) if count))
    if _DAILY.search(plain):
        return "1"
    return _range(1 / 7) if _WEEKLY.search(plain) else ""


def _range(*ends: float) -> str:
    return "-".join(f"{end:.3g}" for end in ends)


def _plain(printed: str) -> str:
    words = re.sub(r"[.,;]+(?!\d)", "", re.sub(r"(?<=[a-zA-Z])\.(?=\d)", "", printed.lower())).split()
    return " ".join(_WORDS.get(word, word) for word in words)


def ingredients_named(printed: str) -> tuple[str, ...]:
    """Return the ingredients of the drugs named, or the words themselves where the vocabulary knows none.

    Example:
        >>> ingredients_named("Norco"), ingredients_named("No such Drug")
        (('acetaminophen', 'hydrocodone'), ('no such drug',))
    """
    known = {part for match in find_drugs(printed) for part in match.value.ingredients}
    return tuple(sorted(known)) or (" ".join(printed.lower().split()),)


def ingredients_of(drug: str) -> tuple[str, ...]:
    """Return the ingredients of a drug of the vocabulary by its identifier, or the identifier itself.

    Example:
        >>> ingredients_of("hydrocodone_acetaminophen")
        ('acetaminophen', 'hydrocodone')
        >>> ingredients_of("flurbiprofen+baclofen")
        ('baclofen', 'flurbiprofen')
    """
    return next(
        (tuple(sorted(d.ingredients)) for d in all_drugs() if d.id == drug), tuple(sorted(drug.split("+")))
    )


def medication_values(drug: tuple[str, ...], printed: Iterable[tuple[str, str]]) -> tuple[object, ...]:
    """Return drug, strengths, forms, quantities, times a day and whether as needed, in comparable form.

    Example:
        >>> medication_values(("soma",), [("strength", "350 mg"), ("quantity", "#60"), ("form", "tabs")])
        (('soma',), ('350mg',), ('tablet',), ('60',), (), False)
        >>> medication_values(("soma",), [("frequency", "b.i.d. p.r.n.")])
        (('soma',), (), (), (), ('2',), True)
    """
    every = list(printed)
    needed = any(key == "as_needed" or (key == "frequency" and as_needed(value)) for key, value in every)
    read = {"strength": strength, "form": form, "quantity": quantity, "frequency": times}
    plain = (tuple(sorted({of(v) for key, v in every if key == name} - {""})) for name, of in read.items())
    return (drug, *plain, needed)
