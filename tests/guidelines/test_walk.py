"""The search for the guideline that answers: step by step, each step left for a reason."""

from __future__ import annotations

from datetime import date

import pytest

from openimr.guidelines.evaluate import evaluate
from openimr.guidelines.library import load_library
from openimr.terms.facts import Facts
from openimr.terms.findings import EditionAnswer, TopicEvaluation
from openimr.vocabulary.requests import parse_request

LIBRARY = load_library()
NOTHING = Facts(facts=(), conflicts=(), drug_use=())


def search(request: str, on: date) -> tuple[TopicEvaluation, ...]:
    return evaluate(1, parse_request(request), NOTHING, on=on, library=LIBRARY)


@pytest.mark.parametrize(
    ("request_", "on", "document", "steps"),
    [
        ("Baclofen 10 mg #90", date(2014, 12, 14), "mtus-cp-2009", ("Step 1",)),
        ("Baclofen 10 mg #90", date(2016, 12, 14), "mtus-cp-2016", ("Step 1",)),
        ("MRI of the lumbar spine", date(2016, 12, 14), "acoem-2004", ("Step 1",)),
        ("Acupuncture 6 sessions", date(2016, 12, 14), "mtus-acupuncture", ("Step 1",)),
        ("Functional capacity evaluation", date(2016, 12, 14), "odg", ("Step 1", "Step 2")),
        ("Ambien 10 mg #30", date(2014, 6, 1), "odg", ("Step 1", "Step 2")),
        ("Ambien 10 mg #30", date(2016, 12, 14), "mtus-cp-2016", ("Step 1",)),
        ("Theramine #90", date(2014, 6, 1), "odg", ("Step 1", "Step 2")),
        ("Zofran 4 mg #20", date(2014, 6, 1), "odg", ("Step 1", "Step 2")),
        ("Cold therapy unit 7 days", date(2016, 12, 14), "odg", ("Step 1", "Step 2")),
        ("Viagra 50 mg #10", date(2016, 12, 14), "fda-label", ("Step 1", "Step 2", "Step 3")),
    ],
)
def test_the_search_ends_at_the_first_document_that_answers(
    request_: str, on: date, document: str, steps: tuple[str, ...]
) -> None:
    found = [e for e in search(request_, on) if e.topic]
    assert found[0].document == document
    told = [line for line in found[0].walked if line.startswith("Step")]
    assert tuple(line[:6] for line in told) == steps
    assert told[-1].endswith("the search ends here.")
    assert all(line.endswith(("treatment.", "library.")) for line in told[:-1]), "a step without its reason"


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2016, 12, 31), "every higher one does not"),
        (date(2017, 1, 1), "apply as the MTUS sets out"),
        (date(2012, 12, 31), "No rule of 2012-12-31"),
    ],
)
def test_the_standards_of_the_day_are_told_first(on: date, words: str) -> None:
    assert words in search("Baclofen 10 mg #90", on)[0].walked[0]


def test_the_formulary_is_pointed_to_for_drugs_since_2018() -> None:
    drug = search("Baclofen 10 mg #90", date(2018, 1, 1))[0].walked
    assert any("drug formulary" in line for line in drug)
    assert not any("formulary" in line for line in search("Baclofen 10 mg #90", date(2017, 12, 31))[0].walked)
    assert not any(
        "formulary" in line for line in search("Acupuncture 6 sessions", date(2018, 2, 1))[0].walked
    )


@pytest.mark.parametrize(
    "request_",
    [
        "Baclofen 10 mg #90",
        "MRI of the lumbar spine",
        "Norco 10/325 mg #60",
        "Functional capacity evaluation",
    ],
)
@pytest.mark.parametrize("on", [date(2017, 12, 1), date(2020, 6, 1), date(2026, 11, 24)])
def test_since_december_2017_no_edition_is_encoded_and_none_stands_in(request_: str, on: date) -> None:
    found = search(request_, on)
    assert {e.answer for e in found} == {EditionAnswer.EDITION_NOT_ENCODED}
    assert not any(e.findings for e in found)


def test_a_section_that_a_court_holds_invalid_is_passed_over_with_its_reason() -> None:
    before = search("Home health care", date(2015, 10, 27))
    assert [e.topic for e in before if e.topic] == ["pm.home_health"]
    after = search("Home health care", date(2015, 10, 28))
    assert "pm.home_health" not in [e.topic for e in after]
    assert "Stevens" in " ".join(after[0].walked)


def test_a_retrospective_service_goes_by_its_own_day() -> None:
    late = search("Retrospective MRI of the lumbar spine (DOS 11/20/17)", date(2017, 12, 20))
    assert {e.document for e in late if e.topic} == {"acoem-2004"}
    prospective = search("MRI of the lumbar spine", date(2017, 12, 20))
    assert {e.answer for e in prospective} == {EditionAnswer.EDITION_NOT_ENCODED}


@pytest.mark.parametrize(
    ("request_", "on", "first", "missing"),
    [
        # the chapter of the shoulder of 2017 governs beside the postsurgical rules, and is not encoded
        (
            "Post-op physical therapy 12 sessions for the shoulder",
            date(2018, 6, 1),
            "mtus-ps-2009",
            {"acoem-2017-set"},
        ),
        ("Post-op physical therapy 12 sessions for the shoulder", date(2016, 6, 1), "mtus-ps-2009", set()),
        # an edition that says nothing on the treatment is not missing
        ("Electromyography of the legs", date(2014, 5, 1), "acoem-2004", set()),
        ("MRI of the lumbar spine", date(2014, 5, 1), "acoem-2004", set()),
    ],
)
def test_what_governs_and_is_not_encoded_stands_behind_what_answers(
    request_: str, on: date, first: str, missing: set[str]
) -> None:
    found = search(request_, on)
    assert found[0].document == first
    assert {e.document for e in found if e.answer is EditionAnswer.EDITION_NOT_ENCODED} == missing
    assert any("A person must look as well" in line for line in found[0].walked) is bool(missing)
