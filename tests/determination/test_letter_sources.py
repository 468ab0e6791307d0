"""How a letter says that its guidelines were checked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from openimr.determination.letter import least_sure
from openimr.guidelines.evaluate import evaluate
from openimr.guidelines.library import load_library
from openimr.terms.facts import Facts
from openimr.terms.findings import TopicEvaluation
from openimr.terms.places import Verification, Verified
from openimr.vocabulary.requests import parse_request

SEEN, OTHER, RECALLED = Verification.SEEN, Verification.SEEN_OTHER_EDITION, Verification.RECALLED


def checked(topic: Verification, *findings: Verification) -> TopicEvaluation:
    """Return a topic with criteria c0, c1 ..., each checked in its way."""
    nothing = Facts(facts=(), conflicts=(), drug_use=())
    found = evaluate(
        1, parse_request("Baclofen 10 mg #90"), nothing, on=date(2014, 12, 1), library=load_library()
    )
    like = found[0].findings[0]
    return replace(
        found[0],
        topic="topic",
        verified=Verified(how=topic),
        findings=tuple(
            replace(like, criterion=f"c{n}", verified=Verified(how=how)) for n, how in enumerate(findings)
        ),
    )


@pytest.mark.parametrize(
    ("topic", "findings", "confirmed", "how"),
    [
        (SEEN, (SEEN, SEEN), (), SEEN),
        (SEEN, (SEEN, OTHER), (), OTHER),
        # what is only recalled is not printed; where nothing else is used, it says so
        (SEEN, (SEEN, RECALLED), (), SEEN),
        (RECALLED, (RECALLED,), (), RECALLED),
        (RECALLED, (RECALLED,), ("topic",), SEEN),
        (RECALLED, (RECALLED, OTHER), ("c0",), OTHER),
    ],
)
def test_a_source_is_as_sure_as_the_least_sure_of_what_is_printed(
    topic: Verification, findings: tuple[Verification, ...], confirmed: tuple[str, ...], how: Verification
) -> None:
    assert least_sure([checked(topic, *findings)], confirmed) is how
