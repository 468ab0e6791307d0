"""Screening by index finds what comparing everybody with everybody finds."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from openimr.panel.conflicts import find_conflicts
from openimr.panel.name_parts import read_name
from openimr.panel.names import NameMatch, compare_names
from openimr.panel.screen import NameIndex, dependent_reviewers, screen
from openimr.terms.case import Parties, Party, Provider
from openimr.terms.reviewer import InterestKind
from openimr.vocabulary.tables import read_table
from panel.invented import CASE, ON, RULES, reviewer, tie

WORDS = (
    "Rosalind Rosalnd Robert Bob Bobby Ambergate Ambrgate Ambergaet Amborgate Thornquist Thornquis "
    "Oakenshaw Okenshaw Oakenshaw-Lee Lee R. A. K. B. St Saint Mary Heron Herons Valley Med Medical Ctr "
    "Center Group Grp Insurance Ins. Company MD Dr. Inc. UHVMC Health Care Healthcare 42 24 Jon John Joan "
    "Jr. Sr. III de la Torre Delatorre delaTore Ted Theodore Edward Riancy Nancy Sc0tt Scott "
    "Contrera5 Contreras Lee, Ambergate, Theod0re MaryLee, P.T. d/b/a HVIC H.V.I. InsuranceCompany"
).split()
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)


@settings(max_examples=300)
@given(st.lists(NAMES, min_size=1, max_size=12), NAMES)
def test_the_index_misses_no_name_that_comparison_finds(names, wanted) -> None:
    known = list(dict.fromkeys(names))
    compared = [(n, m) for n in known if (m := compare_names(n, wanted)) is not NameMatch.NO]
    assert list(NameIndex(names).matches(wanted)) == compared


@given(st.lists(NAMES, max_size=8), st.lists(NAMES, max_size=8))
def test_names_that_were_expected_match_as_others_do(names, wanted) -> None:
    warned = NameIndex(names)
    warned.expect(wanted)
    for name in wanted:
        assert warned.matches(name) == NameIndex(names).matches(name)


@given(NAMES, NAMES)
def test_comparing_is_the_same_both_ways(one, two) -> None:
    assert compare_names(one, two) is compare_names(two, one)


@settings(max_examples=60)
@given(st.lists(st.tuples(NAMES, NAMES, NAMES), min_size=1, max_size=4), st.tuples(NAMES, NAMES, NAMES))
def test_a_panel_is_screened_as_each_reviewer_is(ties, parties) -> None:
    panel = [
        reviewer(f"r{n}", name=own, interests=(tie(held), tie("Kestrel", InterestKind.FAMILY, group=group)))
        for n, (own, held, group) in enumerate(ties)
    ]
    payer, doctor, group = parties
    case = replace(
        CASE, parties=Parties(payer=Party(name=payer)), provider=Provider(name=doctor, group=group)
    )
    (found,) = screen([case], panel, RULES, ON)
    for one in panel:
        single = find_conflicts(one, case, RULES, ON)
        assert {e for e in found if e.reviewer == one.id} == {*single.certain, *single.possible}


def test_who_shares_a_practice_or_a_relative_or_is_a_tie_of_the_other_is_dependent() -> None:
    panel = [
        reviewer("a", interests=(tie("Sandbar Practice", InterestKind.GROUP),)),
        reviewer("b", interests=(tie("Sandbar Practice, Inc.", InterestKind.EMPLOYMENT),)),
        reviewer("c", name="Piers Coldwater", interests=(tie("Sandbar Practice", InterestKind.PANEL),)),
        reviewer("d", interests=(tie("Coldwater, Piers", InterestKind.FAMILY, relation="sibling"),)),
        reviewer("e"),
    ]
    assert dependent_reviewers(panel, RULES, ON) == {("a", "b"), ("c", "d")}


@given(st.text(max_size=40))
def test_any_text_is_a_name_that_is_like_itself(text: str) -> None:
    """Also where nothing is left of it: then it is like nothing."""
    alike = compare_names(text, text)
    assert alike is (NameMatch.SAME if read_name(text).words else NameMatch.NO)


def column(table: str) -> list[str]:
    return [row["word"] for row in read_table("openimr.panel", f"data/{table}.csv")]


KINDS = st.sampled_from([w for t in ("organization_words", "name_words", "given_names") for w in column(t)])
SPOILT = st.builds(
    lambda w, at, c: w[: at % (len(w) + 1)] + c + w[at % (len(w) + 1) :],
    KINDS,
    st.integers(0, 20),
    st.sampled_from("aez"),
)


@given(st.lists(KINDS | SPOILT, min_size=1, max_size=4).map(" ".join))
def test_every_word_of_the_tables_can_be_misspelt(name: str) -> None:
    assert all(read_name(name).words)
    assert NameIndex([name]).matches(name) == ((name, NameMatch.SAME),)
