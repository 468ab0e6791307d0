"""Where sentences end."""

from __future__ import annotations

import pytest

from openimr.facts.sentences import split_sentences

CASES = [
    ("Seen by Dr. Vole. He walks.", ["Seen by Dr. Vole.", "He walks."]),
    ("Baclofen 7.5 mg. twice a day. Norco.", ["Baclofen 7.5 mg. twice a day.", "Norco."]),
    ("and medications.Currently she rests", ["and medications.", "Currently she rests"]),
    ("Neck vs. shoulder pain", ["Neck vs. shoulder pain"]),
    ("injured on 07/31/07 .The worker", ["injured on 07/31/07 .", "The worker"]),
    ("Findings:\n- Spasm\n- Tenderness", ["Findings:", "- Spasm", "- Tenderness"]),
    ("1. Norco 10/325\n2. Soma 350 mg", ["1. Norco 10/325", "2. Soma 350 mg"]),
    (
        "The back is tender over the whole of the lower lumbar region and\nthe sacrum.",
        ["The back is tender over the whole of the lower lumbar region and\nthe sacrum."],
    ),
    (
        "THE CONUS ENDS AT L1 AND IS OF NORMAL SIGNAL ON EVERY SEQUENCE. NO\nLESION OF THE CORD IS SEEN.",
        [
            "THE CONUS ENDS AT L1 AND IS OF NORMAL SIGNAL ON EVERY SEQUENCE.",
            "NO\nLESION OF THE CORD IS SEEN.",
        ],
    ),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=lambda value: str(value)[:30])
def test_a_text_is_split_where_its_sentences_end(text: str, expected: list[str]) -> None:
    assert [text[s.start : s.end] for s in split_sentences(text)] == expected


def test_a_blank_line_begins_a_paragraph() -> None:
    assert [s.paragraph for s in split_sentences("One. Two.\n\nThree.")] == [0, 0, 1]


def test_a_page_without_stops_is_cut() -> None:
    text = "no pain " * 2_000
    found = split_sentences(text)
    assert all(0 < s.end - s.start <= 2_000 for s in found)
    assert sum(text[s.start : s.end].count("no") for s in found) == 2_000
    unbroken = "x" * 9_000
    assert "".join(unbroken[s.start : s.end] for s in split_sentences(unbroken)) == unbroken
