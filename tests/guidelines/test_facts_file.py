"""A facts.json that somebody sends: what is counted with is checked when it is read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from openimr.facts.extract import extract_facts, pages_of_summary
from openimr.formats import to_json
from openimr.guidelines.facts_file import read_facts
from openimr.terms.errors import FormatInvalid

RECORD = "He takes Norco since 1/5/2014. The epidural steroid injection gave 60% relief."


def test_what_we_write_we_read(tmp_path: Path) -> None:
    facts = extract_facts(pages_of_summary(RECORD))
    path = tmp_path / "facts.json"
    path.write_bytes(to_json(facts))
    assert read_facts(path) == facts


@pytest.mark.parametrize(
    ("key", "wrong"),
    [
        ("since", "garbage"),
        ("response_percent", "about 50"),
        ("response_percent", "nan"),
        ("response_percent", "inf"),
    ],
)
def test_a_particular_that_cannot_be_counted_with_is_named(tmp_path: Path, key: str, wrong: str) -> None:
    text = to_json(extract_facts(pages_of_summary(RECORD))).decode()
    broken, times = re.subn(rf'("{key}",\s*)"[^"]*"', rf'\1"{wrong}"', text)
    assert times == 1
    path = tmp_path / "facts.json"
    path.write_text(broken, encoding="utf-8")
    with pytest.raises(FormatInvalid) as caught:
        read_facts(path)
    assert f"{key} is '{wrong}'" in str(caught.value) and "facts.json" in str(caught.value)
