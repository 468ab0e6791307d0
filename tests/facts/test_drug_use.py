"""How long a drug was used: all dated mentions, and what parts them."""

from __future__ import annotations

from datetime import date

import pytest

from openimr.facts.chronology_drawing import draw_courses
from openimr.facts.drug_courses import drug_courses
from openimr.facts.extract import extract_facts, pages_of_summary
from openimr.guidelines.about_drugs import duration_of_use
from openimr.guidelines.answer import Asked
from openimr.terms.facts import DrugUse, Facts
from openimr.vocabulary.requests import parse_request

# What a record tells; the days of the last course, the stops that part it, when it was taken up again.
COURSES = [
    (
        "On 06/04/2014 the patient takes tizanidine 4 mg. On 11/12/2014 the patient takes tizanidine 4 mg.",
        161,
        (),
        None,
    ),
    (
        "On 06/04/2014 the patient takes tizanidine 4 mg. On 07/15/2014 tizanidine was discontinued. "
        "On 10/20/2014 the patient takes tizanidine 4 mg. On 11/12/2014 the patient takes tizanidine 4 mg.",
        23,
        (date(2014, 7, 15),),
        date(2014, 10, 20),
    ),
    # stopped at the end: nothing is taken up again
    (
        "On 06/04/2014 the patient takes tizanidine 4 mg. On 06/20/2014 the patient takes tizanidine 4 mg. "
        "On 07/15/2014 tizanidine was discontinued.",
        16,
        (),
        None,
    ),
    # a later report says since when: there was no stop
    (
        "On 06/04/2014 the patient takes tizanidine 4 mg. On 07/15/2014 tizanidine was discontinued. "
        "On 11/12/2014 the patient takes tizanidine 4 mg, since 05/01/2014.",
        195,
        (),
        None,
    ),
    # a name that is only alike stops nothing
    (
        "On 06/04/2014 the patient takes tizanidine 4 mg. On 07/15/2014 trazodone was discontinued. "
        "On 11/12/2014 the patient takes tizanidine 4 mg.",
        161,
        (),
        None,
    ),
]


def _facts(text: str) -> Facts:
    return extract_facts(pages_of_summary(text.replace(". On", ".\n\nOn")))


def _use(facts: Facts) -> DrugUse:
    return next(use for use in facts.drug_use if use.drug == "tizanidine")


@pytest.mark.parametrize(("text", "days", "stopped", "resumed"), COURSES)
def test_use_is_counted_over_the_last_course(
    text: str, days: int, stopped: tuple[date, ...], resumed: date | None
) -> None:
    """Days count from the first to the last mention of the course that no stop parts."""
    use = _use(_facts(text))
    assert (use.days, use.stopped, use.resumed) == (days, stopped, resumed)


@pytest.mark.parametrize(("text", "days", "stopped", "resumed"), COURSES)
def test_the_guideline_is_told_the_same_days(
    text: str, days: int, stopped: tuple[date, ...], resumed: date | None
) -> None:
    """What a criterion compares is that course, and a stop before it is told."""
    asked = Asked(facts=_facts(text), treatment=parse_request("Tizanidine 4 mg #60"), on=date(2014, 11, 20))
    answer = duration_of_use(asked)
    assert answer.value == days
    assert answer.is_least
    assert ("stopped before" in answer.because) is bool(stopped)


@pytest.mark.parametrize(("text", "days", "stopped", "resumed"), COURSES)
def test_the_bar_is_parted_where_the_use_is(
    text: str, days: int, stopped: tuple[date, ...], resumed: date | None
) -> None:
    """The picture shows a gap behind a stop, and begins on the first day told."""
    facts = _facts(text)
    bundle = {(f.seen_at.document, f.seen_at.page): 1 for f in facts.facts}
    course = next(c for c in drug_courses(facts.facts, bundle, None) if c.name == "tizanidine")
    assert len(course.spans) == len(stopped) + 1
    assert (course.spans[-1][1] - course.spans[-1][0]).days == days
    picture = draw_courses((course,), ())
    assert picture is not None
    assert len(picture.bars[0].spans) == len(course.spans)


@pytest.mark.parametrize(
    ("words", "since"),
    [
        ("since 2014", "2014-04-01"),
        ("since 04/2014", "2014-04-01"),
        ("since 03/2014", "2014-03-31"),
        ("since 2012", "2012-12-31"),
        ("since 02/10/2014", "2014-02-10"),
        ("since 04/02/2014", None),
        ("since 12/2019", None),
        ("since 2099", None),
    ],
)
def test_no_drug_is_used_since_a_day_behind_the_note(words: str, since: str | None) -> None:
    """A year in which the note was written counts to the day of the note; a later one is an error of it."""
    found = _facts(f"On 04/01/2014 he takes baclofen 10 mg {words}.")
    (drug,) = [f for f in found.facts if f.name == "baclofen"]
    assert dict(drug.detail).get("since") == since
    (use,) = found.drug_use
    assert use.last_seen == date(2014, 4, 1)


def test_another_day_of_the_sentence_is_no_day_of_the_note() -> None:
    found = _facts("She was placed on prednisone on 08/11/2013 and baclofen was started on 08/16/2013.")
    (drug,) = [f for f in found.facts if f.name == "baclofen"]
    assert dict(drug.detail)["since"] == "2013-08-16"
