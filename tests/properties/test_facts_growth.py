"""A page four times as long costs about four times the work, whatever stands on it.

Work is counted, not timed: the lines and calls of our own code that run, and
the characters that are copied, searched and given to a pattern.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, ClassVar, SupportsIndex

import pytest
import re2

from openimr.facts import concepts, reading
from openimr.facts.belonging import other_patients
from openimr.facts.extract import extract_facts, pages_of_summary
from openimr.terms.records import Page, ReadBy
from openimr.vocabulary.text import lowered

# Characters; a sentence is at most half a short page long, so that both pages hold whole ones.
SHORT, TIMES = 4_000, 4
# Four times the page: four times the work, and a little for what looks back further than a page begins.
MOST = 5.2

PAGES = {
    "headings": "PLAN: rest.\n",
    "headings in running text": "Plan: rest. ",
    "drugs without a stop": "baclofen 10 mg, Norco, ",
    "parts of a compound": "Ketoprofen 10%-Baclofen 2%-",
    "one line of capitals": "ACUPUNCTURE FOR PAIN, PT, ",
    "lines of capitals": "PHYSICAL THERAPY\n",
    "negations": "no pain, denies numbness ",
    "dates": "on 06/04/2014 physical therapy ",
    "brackets": "fracture (fracture) ",
    "open brackets": "no pain (",
    "a numbered list": "1. Norco\n2. Pain\n",
    "doses": "Norco 10/325 mg #60 one tablet bid prn ",
    "pain": "pain ",
    "scores": "medication reduces pain from 8/10 to 5/10 ",
    "boxes of one line": "[ ] Asthma [X] Stroke ",
    "questions with boxes": "Diabetes [ ] Yes [X] No ",
    "risks behind semicolons": "risks of pain; ",
    "risks without a stop": "risk of infection ",
    "operations in a list": "DIAGNOSES:\n1. Status post left hip fusion for fracture.\n",
    "referrals": "referred to evaluation for pain ",
    "relief": "acupuncture gave relief for two weeks ",
    "tests of the leg": "straight leg raise positive left leg. ",
    "injected drugs": "ketorolac injection, was given Ancef 1 g ",
    "past history": "PAST MEDICAL HISTORY: on Coumadin, gout.\n",
    "injuries": "injured on 1/2/2014 when he fell. ",
    "feet": "feet - ",
    "guidelines": "The guidelines recommend Norco. ",
    "a laboratory": "urine drug screen positive for cocaine and Norco ",
    "semicolons": "with;pain;",
    "blanks": "A   \t  \n ",
}


class Counted(str):
    """A text that counts the characters copied from it or looked at in it, as do the texts cut from it."""

    __slots__ = ()
    looked_at: ClassVar[Counter[str]] = Counter()

    def _count(self, characters: int) -> None:
        self.looked_at["characters"] += characters

    def __getitem__(self, key: SupportsIndex | slice, /) -> Counted:
        found = Counted(super().__getitem__(key))
        self._count(len(found))
        return found

    def __add__(self, value: str, /) -> Counted:
        self._count(len(self) + len(value))
        return Counted(super().__add__(value))

    def __contains__(self, key: object, /) -> bool:
        self._count(len(self))
        return isinstance(key, str) and super().__contains__(key)

    def isupper(self) -> bool:
        self._count(len(self))
        return super().isupper()

    def splitlines(self, keepends: bool = False) -> list[str]:
        return [Counted(line) for line in super().splitlines(keepends)]

    def translate(self, table: Any, /) -> Counted:
        return Counted(super().translate(table))


@contextmanager
def steps_counted() -> Iterator[Counter[str]]:
    """Count the lines and calls of our own code that run within."""
    counted: Counter[str] = Counter()

    def on_line(frame: FrameType, event: str, arg: Any) -> Any:
        counted["steps"] += 1
        return on_line

    def on_call(frame: FrameType, event: str, arg: Any) -> Any:
        if "openimr" not in frame.f_code.co_filename and frame.f_code.co_filename != __file__:
            return None
        counted["steps"] += 1
        return on_line

    before = sys.gettrace()
    sys.settrace(on_call)
    try:
        yield counted
    finally:
        sys.settrace(before)


def work_of(read: Callable[[str], object], text: str) -> dict[str, int]:
    """Return how many steps and characters it takes to read a text."""
    Counted.looked_at.clear()
    with steps_counted() as counted:
        read(Counted(text))
    return {**counted, **Counted.looked_at}


def growth_of(read: Callable[[str], object], unit: str) -> dict[str, float]:
    """Return how many times the work of a short page its longer one costs."""
    texts = [(unit * (size // len(unit) + 1))[:size] for size in (SHORT, SHORT * TIMES)]
    short, long = (work_of(read, text) for text in texts)
    return {what: long[what] / short[what] for what in short}


@pytest.fixture
def _patterns_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count what is given to patterns too, and the page in lower case."""
    encode = re2._encode

    def counting(text: str) -> bytes:
        Counted.looked_at["given to patterns"] += len(text)
        return bytes(encode(text))

    monkeypatch.setattr(re2, "_encode", counting)
    for room in (reading, concepts):
        monkeypatch.setattr(room, "lowered", lambda text: Counted(lowered(text)))


def facts_of(text: str) -> object:
    return extract_facts(pages_of_summary(text))


@pytest.mark.usefixtures("_patterns_count")
@pytest.mark.parametrize("unit", PAGES.values(), ids=PAGES.keys())
def test_the_work_of_a_page_grows_with_its_length(unit: str) -> None:
    facts_of(unit)  # the tables are read
    growth = growth_of(facts_of, unit)
    assert max(growth.values()) < MOST, growth


def letters_of(many: int) -> list[Page]:
    """Return pages of which every other names a patient of the file, and the rest each somebody else."""
    names = ["Odo Vole" if n % 2 else f"{chr(97 + n % 26) * 5} {chr(97 + n // 26) * 6}" for n in range(many)]
    return [
        Page(
            document="d" * 64,
            number=n,
            bundle_page=n,
            text=f"Patient: {name.title()}\nDOB: 1/2/{1950 + n % 2}",
            read_by=ReadBy.TEXT_LAYER,
        )
        for n, name in enumerate(names, 1)
    ]


def test_the_work_of_telling_patients_apart_grows_with_the_number_of_pages() -> None:
    taken = []
    for many in (100, 100 * TIMES):
        with steps_counted() as counted:
            others, _ = other_patients(letters_of(many), (), "Odo Vole")
        assert len(others) == many // 2
        taken.append(counted["steps"])
    assert taken[1] / taken[0] < MOST


@pytest.mark.parametrize(
    "read",
    [
        lambda text: [text[:at] for at in range(0, len(text), 100)],
        lambda text: [at for at in range(0, len(text), 100) for _ in range(0, at, 100)],
        lambda text: ["x" in text[:] for _ in range(0, len(text), 100)],
    ],
)
def test_what_grows_with_the_square_is_seen(read: Callable[[str], object]) -> None:
    assert max(growth_of(read, "Plan: rest. ").values()) > 2 * MOST
