"""The payer's reason is answered point by point, and taken no side with."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from openimr.determination.payer_points import answer_payer
from openimr.determination.phrases import POINT_NOT_ASKED
from openimr.terms.determination import SentenceOrigin
from openimr.terms.findings import EditionAnswer, Finding, Phase, Role, Status, TopicEvaluation
from openimr.terms.places import Verification, Verified

CASES = tomllib.loads(Path(__file__).with_name("payer_points.toml").read_text(encoding="utf-8"))["case"]
ASKED = sorted({asks for case in CASES for asks in case["about"]})


def finding(asks: str, number: int) -> Finding:
    return Finding(
        dispute=1,
        topic="demo.topic",
        criterion=f"demo.topic.{number}",
        role=Role.REQUIRE,
        phase=Phase.ANY,
        status=Status.NOT_DOCUMENTED,
        asks=asks,
        because="The record says nothing about it.",
        evidence=(),
        citation="Demonstration Guideline (2024), p. 3",
        verified=Verified(how=Verification.SEEN, on=date(2026, 11, 22)),
    )


def evaluation(*asks: str) -> TopicEvaluation:
    return TopicEvaluation(
        dispute=1,
        answer=EditionAnswer.ENCODED,
        topic="demo.topic",
        title="Demonstration",
        document="demo",
        edition="2024",
        citation="Demonstration Guideline (2024), p. 3",
        gist="Ours.",
        walked=(),
        findings=tuple(finding(text, n) for n, text in enumerate(asks, 1)),
    )


@pytest.mark.parametrize("case", CASES, ids=[case["said"] for case in CASES])
def test_a_point_is_answered_by_the_criteria_about_its_subject(case: dict[str, object]) -> None:
    (point,) = answer_payer(str(case["said"]), (evaluation(*ASKED),))
    asked = [s.text.removeprefix("The guideline asks: ") for s in point.answers if s.citation][::2]
    assert asked == case["about"]
    assert point.said == case["said"]
    if not asked:
        assert [s.text for s in point.answers] == [POINT_NOT_ASKED]


def test_each_part_of_a_reason_is_a_point() -> None:
    points = answer_payer("No spasm; no gain in function. Long use.", (evaluation(*ASKED),))
    assert [p.said for p in points] == ["No spasm", "no gain in function.", "Long use."]
    assert answer_payer(None, ()) == ()


def test_what_does_not_apply_answers_nothing() -> None:
    one = evaluation("Earlier use brought a documented gain in function.")
    silent = replace(one, findings=(replace(one.findings[0], status=Status.NOT_APPLICABLE),))
    (point,) = answer_payer("No gain in function.", (silent,))
    assert [s.origin for s in point.answers] == [SentenceOrigin.CONNECTING]
