"""Pain scores: their numbers, and whether they are with or without medication, at worst or at best."""

from __future__ import annotations

import pytest

from openimr.facts.extract import extract_facts, pages_of_summary
from openimr.terms.facts import FactKind

# What a note says; each score as (least, most, with or without medication, when).
SCORES = [
    (
        "Pain is rated 8-9/10 without medication and 4-5/10 with medication.",
        [(8, 9, "without", None), (4, 5, "with", None)],
    ),
    ("Low back pain 5/10 without leg symptoms.", [(5, 5, None, None)]),
    ("Pain is 8/10 without it, 6/10 with his medication.", [(8, 8, "without", None), (6, 6, "with", None)]),
    ("Pain is 6/10 with medications and 8/10 without.", [(6, 6, "with", None), (8, 8, "without", None)]),
    (
        "VAS: 7/10 before medications; 4/10 after medications.",
        [(7, 7, "without", None), (4, 4, "with", None)],
    ),
    (
        "Pain is 9/10 before taking his medication and 5/10 after taking his medication.",
        [(9, 9, "without", None), (5, 5, "with", None)],
    ),
    (
        "The medication reduces the pain from 8/10 to 5/10 for six hours.",
        [(8, 8, "without", None), (5, 5, "with", None)],
    ),
    (
        "The opioid brings her pain from an 8/10 down to a 5/10.",
        [(8, 8, "without", None), (5, 5, "with", None)],
    ),
    # over time and not by a drug: neither
    ("Pain has gone from 8/10 to 5/10.", [(8, 8, None, None), (5, 5, None, None)]),
    ("Pain ranges from 4 to 8 out of 10.", [(4, 8, None, None)]),
    ("Least reported pain over the period 4/10.", [(4, 4, None, "least reported pain")]),
    ("Average pain since the last visit is 6/10.", [(6, 6, None, "average")]),
    ("Worst pain 10/10.", [(10, 10, None, "worst pain")]),
    # no scores of pain
    ("Motor strength 4/5. Patellar reflexes 2/4.", []),
    ("Seen on 10/20 last. Flexion 5/10/2014.", []),
    ("Pain on a scale from 0 to 10.", []),
]


@pytest.mark.parametrize(("text", "wanted"), SCORES)
def test_a_score_keeps_what_was_printed_beside_it(
    text: str, wanted: list[tuple[int, int, str | None, str | None]]
) -> None:
    """Numbers, medication and occasion are those of the words."""
    found = []
    for fact in extract_facts(pages_of_summary(text)).facts:
        if fact.kind is FactKind.PAIN_SCORE and fact.value is not None:
            detail = dict(fact.detail)
            least = float(detail.get("least", fact.value))
            found.append((least, fact.value, detail.get("medication"), detail.get("when")))
    assert found == wanted
