"""What a panel lacks, in figures and as a page that needs nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

from openimr.panel.assign import assign_cases, waiting_case
from openimr.panel.gaps import find_gaps
from openimr.panel.picture import gaps_page
from openimr.terms.case import CaseDispute
from openimr.terms.reviewer import Board, Panel
from panel.invented import CASE, ON, RULES, licence, reviewer


def found():
    """Return the gaps of two physiatrists for two cases of the spine and one of the mind."""
    cases = [
        waiting_case(
            replace(CASE, case=replace(CASE.case, number=number), dispute=(CaseDispute(request=request),))
        )
        for number, request in (
            ("c1", "Baclofen 10 mg #60"),
            ("c2", "Baclofen 10 mg #60"),
            ("c3", "Psychotherapy x 6"),
        )
    ]
    panel = Panel(
        schema=1,
        reviewer=(
            reviewer("a", capacity=1),
            reviewer("b", capacity=1, licences=(licence("TX"),)),
            reviewer("c", qme=True, boards=(Board(name="Psychiatry", expires_on=date(2020, 1, 1)),)),
        ),
    )
    return find_gaps(assign_cases(cases, panel, rules=RULES, on=ON, seed=1))


def test_what_waits_what_is_away_and_what_keeps_reviewers_out() -> None:
    gaps = found()
    assert (gaps.cases, gaps.assigned, gaps.away) == (3, 2, 1)
    by_name = {g.specialty: g for g in gaps.specialties}
    assert (by_name["Psychiatry"].waiting, by_name["Psychiatry"].places) == (1, 0)
    spine = by_name["Physical Medicine & Rehabilitation"]
    assert (spine.cases, spine.waiting, spine.reviewers, spine.places, spine.in_preferred_state) == (
        2,
        0,
        2,
        2,
        1,
    )
    assert gaps.specialties[0].waiting == 1
    assert gaps.kept_out == (("QME", 1),)
    assert gaps.states == (("CA", 1), ("TX", 1))
    assert sum(count for _, count in gaps.obstacles) == 1


def test_the_page_is_whole_and_reaches_for_nothing() -> None:
    page = gaps_page(found(), title="What <the> panel lacks")
    opened: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs) -> None:
            if tag not in ("meta",):
                opened.append(tag)
            assert not {"src", "href"} & {name for name, _ in attrs}

        def handle_startendtag(self, tag, attrs) -> None:
            assert not {"src", "href"} & {name for name, _ in attrs}

        def handle_endtag(self, tag) -> None:
            assert opened.pop() == tag

    Reader().feed(page)
    assert opened == []
    assert "What &lt;the&gt; panel lacks" in page
    assert not re.search(r"https?:|<script", page)
    assert "2 of 3 cases have a reviewer" in page
