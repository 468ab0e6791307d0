"""The rule book loads whole or not at all, and has one version a day."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.tables import HERE
from openimr.law.qualifications import determination_contents, hierarchy, reviewer_rules
from openimr.law.reading import read_rules
from openimr.law.rulebook import load_rulebook
from openimr.law.rules import NotEncoded, Rule
from openimr.terms.errors import LawError
from openimr.terms.places import Verification
from openimr.vocabulary.tables import read_table

RULES = sorted(load_rulebook().rules.values(), key=lambda rule: rule.id)
BROKEN = sorted((HERE / "broken").glob("*.toml"))


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_file_is_refused_with_file_line_and_cause(path: Path, tmp_path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    (tmp_path / path.name).write_text(text, encoding="utf-8")
    expected = text.splitlines()[0].removeprefix("# expects: ").split(" | ")
    with pytest.raises(LawError) as refused:
        read_rules(tmp_path, "us_ca_wc")
    assert path.name in str(refused.value)
    for words in expected:
        assert words in str(refused.value)


def test_each_kind_of_fault_has_its_broken_file() -> None:
    names = {path.stem for path in BROKEN}
    assert names >= {"unknown_key", "overlap", "gap", "no_citation", "twice", "no_unit"}


@given(rule=st.sampled_from(RULES), days=st.integers(0, 9000))
def test_every_day_since_2013_has_exactly_one_version(rule: Rule, days: int) -> None:
    day = date(2013, 1, 1) + timedelta(days=days)
    begun = [v for v in rule.versions if v.effective_from <= day]
    ends = [v.effective_from for v in rule.versions[1:]] + [None]
    in_force = [
        v
        for v, end in zip(rule.versions, ends, strict=True)
        if v.effective_from <= day and (end is None or day < end)
    ]
    assert len(in_force) == 1
    found = rule.version_on(day)
    if in_force[0].reason is not None:
        assert isinstance(found, NotEncoded)
    else:
        assert found is in_force[0] is begun[-1]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_day_before_a_rule_begins_is_not_encoded(rule: Rule) -> None:
    first = rule.versions[0].effective_from
    found = rule.version_on(first - timedelta(days=1))
    assert isinstance(found, NotEncoded)
    assert str(first) in found.reason


def test_a_repealed_rule_is_not_in_force_and_says_so(tmp_path: Path) -> None:
    text = (HERE / "broken" / "gap.toml").read_text(encoding="utf-8").split("\n\n")[0]
    (tmp_path / "gap.toml").write_text(text, encoding="utf-8")
    rule = read_rules(tmp_path, "us_ca_wc")["us_ca_wc.gap"]
    assert not isinstance(rule.version_on(date(2013, 11, 30)), NotEncoded)
    found = rule.version_on(date(2013, 12, 1))
    assert isinstance(found, NotEncoded)
    assert "repealed" in found.reason


def test_a_known_gap_answers_not_encoded() -> None:
    book = load_rulebook()
    found = book.rule("first_days_exemption").version_on(date(2017, 12, 31))
    assert isinstance(found, NotEncoded)
    with pytest.raises(LawError, match="not encoded"):
        book.version("first_days_exemption", date(2017, 12, 31))
    assert book.version("first_days_exemption", date(2018, 1, 1)).has("regular")


def test_unknown_programmes_and_rules_list_the_known_ones() -> None:
    with pytest.raises(LawError, match="us_ca_wc"):
        load_rulebook("us_zz")
    with pytest.raises(LawError, match="determination_deadline"):
        load_rulebook().rule("no_such_rule")
    with pytest.raises(LawError, match="regular"):
        load_rulebook().version("appeal_window", date(2015, 1, 1)).period("expedited")


def test_what_is_seen_names_its_source_and_what_is_recalled_is_not_seen() -> None:
    for rule in RULES:
        for version in rule.versions:
            verified = version.verified
            assert verified.on is not None
            if verified.how is not Verification.RECALLED:
                assert verified.source
            assert not re.search(r"recalled", verified.source or "") or verified.how is not Verification.SEEN


def source_keys(source: str) -> list[str]:
    """Return the keys of a source, without the remarks in parentheses."""
    plain = re.sub(r"\([^)]*\)", "", source)
    return [part.strip() for part in plain.split(";") if part.strip()]


def test_every_source_is_in_the_list_of_sources() -> None:
    known = {row["key"] for row in read_table("openimr.law", "us_ca_wc/sources.csv")}
    sources = [v.verified.source for rule in RULES for v in rule.versions]
    for table in ("grounds", "holidays", "fees", "penalties", "deciders"):
        sources += [row["source"] for row in read_table("openimr.law", f"us_ca_wc/{table}.csv")]
    sources += [regime.verified.source for regime in load_rulebook().regimes]
    named = {key for source in sources if source for key in source_keys(source)}
    assert named
    assert named == known, f"not listed: {sorted(named - known)}; not used: {sorted(known - named)}"


def test_the_order_of_standards_changes_with_2017() -> None:
    before, since = hierarchy(date(2016, 12, 31)), hierarchy(date(2017, 1, 1))
    assert [s.id for s in before.steps] == [s.id for s in since.steps] == list("ABCDEF")
    assert (before.in_strict_order, since.in_strict_order) == (True, False)
    assert "formulary" in since.steps[0].text
    assert "formulary" not in before.steps[0].text


def test_contents_from_the_regulation_are_recalled_and_those_of_the_statute_seen() -> None:
    found = {c.id: c.verified.how for c in determination_contents(date(2017, 1, 1))}
    assert found["necessity_per_item"] is Verification.SEEN
    assert found["clinical_reasons"] is Verification.RECALLED
    before = {c.id: c.verified.how for c in determination_contents(date(2016, 12, 31))}
    assert before["necessity_per_item"] is Verification.SEEN_OTHER_EDITION


def test_years_and_hours_of_practice_are_no_statute() -> None:
    rules = reviewer_rules("us_ca_wc", date(2015, 5, 5))
    assert (rules.more_than_years, rules.hours_per_week) == (5, 24)
    assert rules.practice_verified.how is Verification.DERIVED
    assert rules.verified.how is Verification.SEEN
    assert reviewer_rules("us_ca_wc", date(2014, 12, 31)).verified.how is Verification.SEEN_OTHER_EDITION
