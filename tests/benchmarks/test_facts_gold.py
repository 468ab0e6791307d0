"""The keyed facts hold places and classes only; what scores against them does so on tiny invented texts."""

from __future__ import annotations

import csv
import doctest
import hashlib
import json
import re
from pathlib import Path
from types import ModuleType

import pytest
from benchmarks.casefiles.measures import f1
from benchmarks.gold import agreement, keys, scoring, spans, values
from benchmarks.gold.keys import Attribute, Keyed, part_of, read_keyed
from benchmarks.gold.scoring import mention_counts, tuple_counts

from benchmarks import facts_gold
from openimr.letters.read import LetterReader

TEXT = "He takes Soma 350 mg and Norco 10/325 mg #60. He has asthma. There is no fracture."
CELLS = {
    "source": "letter|transcript",
    "ref": r"CM\d\d-\d{7}\.pdf|\d+",
    "sha256": "[0-9a-f]{64}",
    "kind": "medication|diagnosis|none",
    "start": r"\d*",
    "end": r"\d*",
    "assertion": "|".join(("", *spans.ASSERTIONS)),
    "attributes": r"(?:[a-z_]+:\d+-\d+(?:;|$))*",
    "how": "agreed|decided",
    "part": "development|held_out",
}


@pytest.fixture(scope="module")
def gold() -> tuple[Keyed, ...]:
    return read_keyed(facts_gold.GOLD)


def keyed(kind: str, quote: str, assertion: str = "present", **attributes: str) -> Keyed:
    """Return a row about the invented text."""
    places = tuple(
        Attribute(name=name, start=TEXT.index(printed), end=TEXT.index(printed) + len(printed))
        for name, printed in attributes.items()
    )
    return Keyed(
        source="letter",
        ref="invented",
        sha256=hashlib.sha256(TEXT.encode()).hexdigest(),
        kind=kind,
        start=TEXT.index(quote),
        end=TEXT.index(quote) + len(quote),
        assertion=assertion,
        attributes=places,
        part="development",
    )


@pytest.mark.parametrize(
    "module", [agreement, facts_gold, keys, scoring, values], ids=lambda module: module.__name__
)
def test_the_examples_of_a_module_hold(module: ModuleType) -> None:
    results = doctest.testmod(module)
    assert results.attempted > 0
    assert results.failed == 0


def test_the_keyed_file_has_no_text_of_a_source(gold: tuple[Keyed, ...]) -> None:
    with facts_gold.GOLD.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == len(gold) > 0
    for row in rows:
        assert list(row) == list(CELLS)
        assert all(re.fullmatch(CELLS[name], cell) for name, cell in row.items()), row


def test_no_mention_is_keyed_twice(gold: tuple[Keyed, ...]) -> None:
    places = [(row.ref, row.kind, row.start, row.end) for row in gold]
    assert len(set(places)) == len(places)


def test_half_of_each_sort_of_text_is_held_out_by_the_hash_of_its_name(gold: tuple[Keyed, ...]) -> None:
    for source, half in (("letter", 30), ("transcript", 20)):
        parts = {row.ref: row.part for row in gold if row.source == source}
        assert list(parts.values()).count("held_out") == half == len(parts) - half
        assert parts == {ref: part_of(ref, parts) for ref in parts}


def test_every_place_lies_inside_its_unchanged_source(gold: tuple[Keyed, ...], shared: Path) -> None:
    with LetterReader() as reader:
        sources = spans.Sources(
            reader, shared / "letters" / "published", shared / "records" / "transcripts.jsonl"
        )
        for row in gold:
            source, text = sources.text(row.ref)
            assert source == row.source
            assert keys.is_unchanged(row, text), row.ref
            for place in (row, *row.attributes):
                assert 0 <= place.start < place.end <= len(text), row
                assert text[place.start : place.end].strip() == text[place.start : place.end], row


def test_what_is_read_rightly_counts_as_right() -> None:
    rows = [
        keyed("medication", "Soma", strength="350 mg"),
        keyed("medication", "Norco", strength="10/325 mg", quantity="#60"),
        keyed("diagnosis", "asthma"),
        keyed("diagnosis", "fracture", "absent"),
    ]
    found = facts_gold.compared(rows, TEXT)
    assert f1(tuple_counts(found.medications)) == f1(mention_counts(found.diagnoses)) == 1.0
    figures = facts_gold.figures_of([found], samples=20)
    assert figures["assertion precision"].value == 1.0
    assert figures["absent: recall"].counted == 1


def test_a_wrong_value_a_missed_mention_and_a_wrong_class_each_cost() -> None:
    rows = [
        keyed("medication", "Soma", strength="10/325 mg"),
        keyed("medication", "Norco", strength="10/325 mg", quantity="#60"),
        keyed("diagnosis", "takes"),
        keyed("diagnosis", "asthma", "family"),
        keyed("diagnosis", "fracture", "absent"),
    ]
    found = facts_gold.compared(rows, TEXT)
    assert tuple_counts(found.medications) == (1, 1, 1)
    assert mention_counts(found.medications) == (2, 0, 0)
    assert mention_counts(found.diagnoses) == (2, 0, 1)
    figures = facts_gold.figures_of([found], samples=20)
    assert figures["family: recall"].value == 0.0
    assert figures["present: precision"].value == pytest.approx(2 / 3)


def test_a_changed_source_is_named_and_left_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], shared: Path
) -> None:
    monkeypatch.setattr(facts_gold, "is_unchanged", lambda row, text: row.ref != "7")
    monkeypatch.setattr("sys.argv", ["facts_gold.py", "--json", "--part", part_named("7")])
    assert facts_gold.main() == 1
    said = capsys.readouterr()
    assert said.err.startswith("7: the text is not the one that was keyed")
    assert json.loads(said.out)


def part_named(ref: str) -> str:
    """Return the part of a keyed text."""
    return next(row.part or "" for row in read_keyed(facts_gold.GOLD) if row.ref == ref)


def test_of_the_part_held_out_only_totals_are_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], shared: Path
) -> None:
    monkeypatch.setattr("sys.argv", ["facts_gold.py", "--quick", "--part", "held_out"])
    assert facts_gold.main() == 0
    said = capsys.readouterr()
    assert "medication tuples F1" in said.out
    assert not said.err
    assert not re.search(r"CM\d\d-|[0-9a-f]{64}|\d{5}-|development", said.out)
