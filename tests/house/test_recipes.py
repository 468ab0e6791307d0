"""The examples of the recipes load as what they are examples of."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from openimr.formats import read_toml_file
from openimr.guidelines.questions import QUESTIONS
from openimr.guidelines.topic import Topic
from openimr.law.reading import read_rules
from openimr.law.rules import NotEncoded


def example(root: Path, recipe: str) -> str:
    text = (root / "docs" / "recipes" / recipe).read_text(encoding="utf-8")
    (block,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    assert isinstance(block, str)
    return block


def test_the_example_of_a_rule_is_a_rule(root: Path, tmp_path: Path) -> None:
    (tmp_path / "example_deadline.toml").write_text(example(root, "add-a-rule.md"), "utf-8")
    rule = read_rules(tmp_path, "us_ca_wc")["us_ca_wc.example_deadline"]
    before, after = rule.version_on(date(2019, 12, 31)), rule.version_on(date(2020, 1, 1))
    assert not isinstance(before, NotEncoded)
    assert str(before.period("regular")) == "10 calendar days"
    assert isinstance(after, NotEncoded)


def test_the_example_of_a_criterion_is_a_topic(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "example.toml"
    path.write_text(example(root, "add-a-criterion.md"), "utf-8")
    (criterion,) = read_toml_file(path, Topic).criterion
    assert criterion.fact in QUESTIONS


def test_the_recipes_name_only_files_that_are_there(root: Path) -> None:
    package = root / "src" / "openimr"
    named = {
        name
        for recipe in sorted((root / "docs" / "recipes").glob("*.md"))
        for name in re.findall(
            r"`((?:terms|law|letters|guidelines|facts)/[\w/]+\.py)`", recipe.read_text("utf-8")
        )
    }
    assert named
    assert not [name for name in sorted(named) if not (package / name).is_file()]
