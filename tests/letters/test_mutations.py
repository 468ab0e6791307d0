"""Letters made harder to read: values are right or missing with a problem, never silently wrong."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from benchmarks.letter_accuracy import Tally, compare, sample_of
from benchmarks.letter_mutations import MUTATIONS, Sample

from openimr.letters.parse import parse_letter
from openimr.letters.source import letter_text
from openimr.terms.errors import NotALetter
from openimr.terms.letter import Layout

GOOD = Path(__file__).parent / "good"

# Changes of which a part may be abstained from: lines and labels themselves are damaged.
_HARD = {
    "rationales without a final period": 0.9,
    "noise of 0.5 %": 0.85,
    "noise of 2 %": 0.6,
    "cut anywhere": 0.95,
}
_USUALLY = 0.97


def _sample(source: str) -> Sample:
    text = letter_text(source)
    return sample_of(parse_letter(text), source)


def _samples(paths: list[Path]) -> list[Sample]:
    """Return the letters of the layouts with headings and labels, which the changes are made for."""
    sources = [path.read_text(encoding="utf-8") for path in paths]
    of_labels = (Layout.PROSE_2014, Layout.BLOCK_2015)
    return [
        _sample(source) for source in sources if parse_letter(letter_text(source)).letter.layout in of_labels
    ]


def _tally(name: str, samples: list[Sample], *, rounds: int) -> Tally:
    total = Tally()
    for number, sample in enumerate(samples):
        for round_number in range(rounds):
            changed = MUTATIONS[name](sample, Random(1000 * number + round_number))
            if changed is None:
                continue
            try:
                letter = parse_letter(letter_text(changed.text)).letter
            except NotALetter:
                continue
            total.add(compare(changed.truth, letter))
    return total


@pytest.fixture(scope="module")
def invented() -> list[Sample]:
    return _samples(sorted([*GOOD.glob("*.txt"), *GOOD.glob("*.md")]))


@pytest.fixture(scope="module")
def real(shared: Path) -> list[Sample]:
    letters = shared / "letters"
    return _samples(
        [*sorted((letters / "published" / "text").iterdir())[::4], *sorted((letters / "seeds").iterdir())]
    )


@pytest.mark.parametrize("name", [name for name in MUTATIONS if name != "two letters in one file"])
def test_no_change_of_an_invented_letter_makes_a_value_silently_wrong(
    name: str, invented: list[Sample]
) -> None:
    tally = _tally(name, invented, rounds=2)
    assert tally.examples_of_silent() == []
    assert tally.right >= _HARD.get(name, _USUALLY) * tally.total


@pytest.mark.parametrize("name", [name for name in MUTATIONS if name != "two letters in one file"])
def test_no_change_of_a_real_letter_makes_a_value_silently_wrong(name: str, real: list[Sample]) -> None:
    tally = _tally(name, real, rounds=1)
    assert tally.examples_of_silent() == []
    assert tally.right >= _HARD.get(name, _USUALLY) * tally.total


def test_two_letters_in_one_text_are_refused(invented: list[Sample]) -> None:
    for sample in invented:
        changed = MUTATIONS["two letters in one file"](sample, Random(0))
        assert changed is not None
        with pytest.raises(NotALetter, match="more than one"):
            parse_letter(letter_text(changed.text))


def test_the_comparison_tells_silent_errors_from_missing_values(invented: list[Sample]) -> None:
    sample = invented[0]
    letter = parse_letter(letter_text(sample.text)).letter
    assert compare(sample.truth, letter).right == compare(sample.truth, letter).total
    tally = compare({**sample.truth, "case_number": "CM00-0000000", "disputes.0.outcome": "other"}, letter)
    assert tally.silent == 2


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_type_that_tells_nothing_changes_nothing(share: float, real: list[Sample]) -> None:
    """Letters of which no line, or every line, is bold are read by gaps and sentences."""
    total = Tally()
    for sample in real:
        text = letter_text(sample.text)
        bold = frozenset(line.start for line in text.lines) if share else frozenset[int]()
        if not text.knows_bold:
            letter = parse_letter(letter_text(sample.text, bold_lines=bold)).letter
            total.add(compare(sample.truth, letter))
    assert total.examples_of_silent() == []
    assert total.right >= _USUALLY * total.total
