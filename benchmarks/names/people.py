"""People as they are written in case files and in records of reviewers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache
from random import Random

from benchmarks.names.parts import Parts
from benchmarks.names.spelling import misread, mistyped, titled, unaccented

_AFTER = (
    "MD",
    "M.D.",
    "DO",
    "D.O.",
    "PhD",
    "Ph.D.",
    "DC",
    "D.C.",
    "PT",
    "L.Ac.",
    "Esq.",
    "MD, FACS",
    "PA-C",
    "QME",
)
_BEFORE = ("Dr.", "Dr", "Mr.", "Ms.", "Mrs.", "Prof.", "Doctor")
_SUFFIXES = {"jr": ("Jr.", "Jr", "JR"), "sr": ("Sr.", "Sr"), "ii": ("II", "2nd"), "iii": ("III", "3rd")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A name and the way it is written."""

    first: str
    last: str
    middle: str = ""
    suffix: str = ""
    before: str = ""
    after: str = ""
    is_comma: bool = False
    is_upper: bool = False
    is_glued: bool = False

    def text(self) -> str:
        """Return the name as it stands on paper."""
        gap = "" if self.is_glued else " "
        given = gap.join(titled(word) for word in (self.first, self.middle) if word)
        last = titled(self.last)
        if self.is_comma:
            name = f"{last}{',' if self.is_glued else ', '}{given}"
            name += f" {self.suffix}" if self.suffix else ""
        else:
            name = f"{given}{gap}{last}" + (f", {self.suffix}" if self.suffix else "")
        name = f"{self.before} {name}" if self.before else name
        name += f", {self.after}" if self.after else ""
        return name.upper() if self.is_upper else name


Change = Callable[[Random, Parts, Person], tuple[Person, Person] | None]


def person(draw: Random, parts: Parts, surnames: tuple[str, ...] = ()) -> Person:
    """Return someone, with a middle name in four of ten."""
    kinds = (parts.surnames,) * 16 + (parts.two_part, parts.apostrophe, parts.accented)
    given = draw.choice(parts.given)
    middle = draw.choice(parts.given) if draw.random() < 0.4 else ""
    if middle and draw.random() < 0.6:
        middle = f"{middle[0]}."
    return Person(first=given, middle=middle, last=draw.choice(surnames or draw.choice(kinds)))


def dressed(draw: Random, someone: Person) -> Person:
    """Return the same name with a title, in another order or in capitals, in half of the cases."""
    if draw.random() < 0.5:
        return someone
    return replace(
        someone,
        before=draw.choice(_BEFORE) if draw.random() < 0.2 else someone.before,
        after=draw.choice(_AFTER) if draw.random() < 0.4 else someone.after,
        is_comma=someone.is_comma or (not someone.before and draw.random() < 0.3),
        is_upper=someone.is_upper or draw.random() < 0.2,
    )


def _title_after(draw: Random, _: Parts, one: Person) -> tuple[Person, Person]:
    return replace(one, after=draw.choice(_AFTER)), replace(one, after=draw.choice(("", *_AFTER)))


def _title_before(draw: Random, _: Parts, one: Person) -> tuple[Person, Person]:
    return one, replace(one, before=draw.choice(_BEFORE))


def _order(_: Random, __: Parts, one: Person) -> tuple[Person, Person]:
    return one, replace(one, is_comma=True)


def _capitals(_: Random, __: Parts, one: Person) -> tuple[Person, Person]:
    return one, replace(one, is_upper=True)


def _initial(draw: Random, _: Parts, one: Person) -> tuple[Person, Person]:
    return one, replace(one, first=f"{one.first[0]}." if draw.random() < 0.7 else one.first[0])


def _initials(draw: Random, parts: Parts, one: Person) -> tuple[Person, Person]:
    one = replace(one, middle=draw.choice(parts.given))
    return one, replace(one, first=f"{one.first[0]}.", middle=f"{one.middle[0]}.")


def _middle_initial(draw: Random, parts: Parts, one: Person) -> tuple[Person, Person]:
    one = replace(one, middle=draw.choice(parts.given))
    return one, replace(one, middle=f"{one.middle[0]}.")


def _middle_dropped(draw: Random, parts: Parts, one: Person) -> tuple[Person, Person]:
    return replace(one, middle=one.middle or draw.choice(parts.given)), replace(one, middle="")


def _middle_used(draw: Random, parts: Parts, one: Person) -> tuple[Person, Person]:
    middle = draw.choice(parts.given)
    return replace(one, first=f"{one.first[0]}.", middle=middle), replace(one, first=middle, middle="")


def _suffix_form(draw: Random, _: Parts, one: Person) -> tuple[Person, Person]:
    first, second = draw.sample(_SUFFIXES[draw.choice(sorted(_SUFFIXES))], 2)
    return replace(one, suffix=first), replace(one, suffix=second)


def _suffix_dropped(draw: Random, _: Parts, one: Person) -> tuple[Person, Person]:
    return replace(one, suffix=draw.choice(_SUFFIXES[draw.choice(sorted(_SUFFIXES))])), one


def _hyphen(draw: Random, parts: Parts, one: Person) -> tuple[Person, Person]:
    first, second = draw.sample(parts.surnames, 2)
    other = draw.choice((f"{first} {second}", f"{first}{second}"))
    return replace(one, last=f"{first}-{second}"), replace(one, last=other)


def _hyphen_part(draw: Random, parts: Parts, one: Person) -> tuple[Person, Person]:
    both = draw.sample(parts.surnames, 2)
    return replace(one, last=draw.choice("- ").join(both)), replace(one, last=draw.choice(both))


def _two_part(draw: Random, parts: Parts, one: Person) -> tuple[Person, Person]:
    last = draw.choice(parts.two_part)
    return replace(one, last=last), replace(one, last=last.replace(" ", draw.choice(("", "", "-"))))


def _apostrophe(draw: Random, parts: Parts, one: Person) -> tuple[Person, Person]:
    last = draw.choice(parts.apostrophe)
    return replace(one, last=last), replace(one, last=last.replace("'", draw.choice(("", " ", "’"))))


def _accent(draw: Random, parts: Parts, one: Person) -> tuple[Person, Person]:
    last = draw.choice(parts.accented)
    plain = last.replace("ü", "ue").replace("ö", "oe") if draw.random() < 0.3 else last
    return replace(one, last=last), replace(one, last=unaccented(plain))


def _nickname(draw: Random, parts: Parts, one: Person) -> tuple[Person, Person]:
    given = draw.choice(sorted(parts.short))
    return replace(one, first=given), replace(one, first=draw.choice(parts.short[given]))


def _spelled(how: Callable[[Random, str], str]) -> Change:
    def change(draw: Random, _: Parts, one: Person) -> tuple[Person, Person] | None:
        if draw.random() < 0.35:
            return (one, replace(one, first=how(draw, one.first))) if len(one.first) > 3 else None
        return (one, replace(one, last=how(draw, one.last))) if len(one.last) > 3 else None

    return change


def _glued(draw: Random, _: Parts, one: Person) -> tuple[Person, Person]:
    return one, replace(one, is_glued=True, is_comma=draw.random() < 0.3)


# How the same person is written twice, and how often among people.
SAME: dict[str, tuple[int, Change]] = {
    "title after": (8, _title_after),
    "title before": (5, _title_before),
    "surname first, comma": (8, _order),
    "capitals": (4, _capitals),
    "initial of the given name": (6, _initial),
    "initials of given and middle name": (3, _initials),
    "initial of the middle name": (5, _middle_initial),
    "middle name left out": (7, _middle_dropped),
    "known by the middle name": (1, _middle_used),
    "Jr., III in another form": (3, _suffix_form),
    "Jr., III left out": (3, _suffix_dropped),
    "hyphen of the surname": (4, _hyphen),
    "part of a double surname": (3, _hyphen_part),
    "surname of two words": (4, _two_part),
    "apostrophe": (3, _apostrophe),
    "accent": (4, _accent),
    "nickname": (7, _nickname),
    "one letter mistyped": (8, _spelled(mistyped)),
    "misread by text recognition": (6, _spelled(misread)),
    "run together": (3, _glued),
}


@cache
def _like(words: tuple[str, ...], word: str) -> tuple[str, ...]:
    return tuple(
        other for other in words if other != word and SequenceMatcher(None, word, other).ratio() >= 0.7
    )


def _other_given(draw: Random, parts: Parts, one: Person) -> tuple[Person, Person] | None:
    other = draw.choice(parts.given)
    known = {one.first, *parts.short.get(one.first, ())} & {other, *parts.short.get(other, ())}
    return None if known else (one, replace(one, first=other))


def _other_surname(draw: Random, parts: Parts, one: Person) -> tuple[Person, Person] | None:
    other = draw.choice(parts.surnames)
    return None if other == unaccented(one.last) else (one, replace(one, last=other))


def _like_given(draw: Random, parts: Parts, one: Person) -> tuple[Person, Person] | None:
    likes = _like(parts.given, one.first)
    return (one, replace(one, first=draw.choice(likes))) if likes else None


def _like_surname(draw: Random, parts: Parts, one: Person) -> tuple[Person, Person] | None:
    likes = _like(parts.surnames, unaccented(one.last))
    return (one, replace(one, last=draw.choice(likes))) if likes else None


def _father_and_son(draw: Random, _: Parts, one: Person) -> tuple[Person, Person]:
    father, son = draw.choice((("sr", "jr"), ("jr", "iii"), ("sr", "iii"), ("ii", "iii")))
    return replace(one, suffix=draw.choice(_SUFFIXES[father])), replace(
        one, suffix=draw.choice(_SUFFIXES[son])
    )


def _other_initial(draw: Random, parts: Parts, one: Person) -> tuple[Person, Person] | None:
    other = draw.choice(parts.given)[0]
    same = other == one.first[0]
    return None if same else (replace(one, middle=""), replace(one, first=f"{other}.", middle=""))


def _other_middle(draw: Random, parts: Parts, one: Person) -> tuple[Person, Person] | None:
    first, second = draw.choice(parts.given), draw.choice(parts.given)
    if first[0] == second[0]:
        return None
    return replace(one, middle=f"{first[0]}."), replace(one, middle=f"{second[0]}.")


def _same_initial(draw: Random, parts: Parts, one: Person) -> tuple[Person, Person] | None:
    others = [name for name in parts.given if name[0] == one.first[0] and name != one.first]
    same = f"{one.first[0]}."
    return (replace(one, first=draw.choice(others), middle=""), replace(one, first=same)) if others else None


def _turned(draw: Random, parts: Parts, one: Person) -> tuple[Person, Person] | None:
    last = draw.choice(parts.given)
    if last == one.first:
        return None
    return replace(one, last=last, middle=""), replace(one, first=last, last=one.first, middle="")


def _other_part(draw: Random, parts: Parts, one: Person) -> tuple[Person, Person]:
    first, second, third = draw.sample(parts.surnames, 3)
    return replace(one, last=f"{first}-{second}"), replace(one, last=f"{first}-{third}")


def _common(draw: Random, parts: Parts, _: Person) -> tuple[Person, Person] | None:
    last = draw.choice(parts.surnames[:12])
    first, second = draw.sample(parts.given[:24], 2)
    known = {first, *parts.short.get(first, ())} & {second, *parts.short.get(second, ())}
    return None if known else (Person(first=first, last=last), Person(first=second, last=last))


# How two people come close, and how often among them.
OTHER: dict[str, tuple[int, Change]] = {
    "same surname, other given name": (10, _other_given),
    "same given name, other surname": (6, _other_surname),
    "given names alike": (8, _like_given),
    "surnames alike": (6, _like_surname),
    "father and son": (6, _father_and_son),
    "same surname, other initial": (6, _other_initial),
    "other middle initial": (6, _other_middle),
    "an initial that fits another": (2, _same_initial),
    "given name and surname turned about": (1, _turned),
    "another part of a double surname": (4, _other_part),
    "common names": (5, _common),
}
