"""What papers say differently of the same thing is told, and nothing wins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from openimr.facts.extract import extract_facts
from openimr.terms.facts import Facts
from openimr.terms.records import Exhibit, ExhibitType, Page, ReadBy

MAY, AUGUST = date(2014, 5, 12), date(2014, 8, 20)


def _read(papers: Sequence[tuple[date, str]]) -> Facts:
    """Return the facts of progress reports, each of a day and one page."""
    pages = [
        Page(document=f"{n:064d}", number=1, bundle_page=n, text=text, read_by=ReadBy.TEXT_LAYER)
        for n, (_, text) in enumerate(papers, start=1)
    ]
    exhibits = [
        Exhibit(
            id=n,
            type=ExhibitType.PROGRESS_REPORT,
            title="Report",
            document=f"{n:064d}",
            pages=(n,),
            document_pages=(1,),
            date_of_service=on,
        )
        for n, (on, _) in enumerate(papers, start=1)
    ]
    return extract_facts(pages, exhibits)


# What two reports say, and what the conflicts are about.
PAIRS = [
    (
        (MAY, "He injured his left knee on 03/04/2013 when he slipped."),
        (AUGUST, "He injured his right knee on 03/04/2013 when he slipped."),
        {"side of the injured knee"},
    ),
    (
        (MAY, "He injured his left knee on 03/04/2013 when he slipped."),
        (AUGUST, "He injured his left knee on 03/14/2013 when he slipped."),
        {"date of injury"},
    ),
    (
        (MAY, "Diagnosis: medial meniscus tear, left knee."),
        (AUGUST, "Diagnosis: medial meniscus tear, right knee."),
        {"side of medial meniscus tear"},
    ),
    # one paper speaks of both knees
    (
        (MAY, "Diagnosis: medial meniscus tear, left knee."),
        (AUGUST, "Diagnoses: medial meniscus tear, right knee. Medial meniscus tear, left knee."),
        set(),
    ),
    (
        (MAY, "Diagnosis: osteoarthritis, left knee."),
        (AUGUST, "Diagnosis: medial meniscus tear, right knee."),
        set(),
    ),
    (
        (MAY, "He completed 12 sessions of physical therapy in February 2014."),
        (AUGUST, "He completed 18 sessions of physical therapy in February 2014."),
        {"number of sessions of physical therapy"},
    ),
    # another month, another therapy, the same count, another part, only asked for
    (
        (MAY, "He completed 12 sessions of physical therapy in February 2014."),
        (AUGUST, "He completed 18 sessions of physical therapy in June 2014."),
        set(),
    ),
    (
        (MAY, "He completed 12 sessions of physical therapy in February 2014."),
        (AUGUST, "He completed 18 sessions of acupuncture in February 2014."),
        set(),
    ),
    (
        (MAY, "He completed 12 sessions of physical therapy in February 2014."),
        (AUGUST, "He completed 12 sessions of physical therapy in February 2014."),
        set(),
    ),
    (
        (MAY, "He completed 12 sessions of physical therapy."),
        (AUGUST, "He has completed 18 sessions of physical therapy."),
        set(),
    ),
    (
        (MAY, "He completed 12 sessions of physical therapy."),
        (MAY, "He completed 18 sessions of physical therapy."),
        {"number of sessions of physical therapy"},
    ),
    (
        (MAY, "He completed 12 sessions of physical therapy in February 2014."),
        (AUGUST, "Request for authorization of 18 sessions of physical therapy."),
        set(),
    ),
    (
        (MAY, "Naproxen 550 mg twice a day, started on 01/10/2014."),
        (AUGUST, "Naproxen 550 mg twice a day, started on 03/15/2014."),
        {"start of naproxen"},
    ),
    (
        (MAY, "Naproxen 550 mg twice a day, started on 01/10/2014."),
        (AUGUST, "Naproxen 550 mg twice a day, started on 01/20/2014."),
        set(),
    ),
    (
        (MAY, "Naproxen 550 mg twice a day, started on 01/10/2014."),
        (AUGUST, "On 02/20/2014 naproxen was discontinued.\n\nNaproxen 550 mg, started on 03/15/2014."),
        set(),
    ),
    (
        (MAY, "The patient takes tramadol 50 mg twice a day."),
        (MAY, "The patient takes tramadol 100 mg twice a day."),
        {"strength of tramadol"},
    ),
    # a dose may change from day to day, and two strengths may be taken together
    (
        (MAY, "The patient takes tramadol 50 mg twice a day."),
        (AUGUST, "The patient takes tramadol 100 mg twice a day."),
        set(),
    ),
    (
        (MAY, "The patient takes tramadol 50 mg in the morning and tramadol 100 mg at night."),
        (MAY, "The patient takes tramadol 100 mg at night."),
        set(),
    ),
]


@pytest.mark.parametrize(("first", "second", "about"), PAIRS)
def test_two_reports_that_disagree_make_a_conflict(
    first: tuple[date, str], second: tuple[date, str], about: set[str]
) -> None:
    """In either order the same conflicts are found, each with a place in both papers."""
    for papers in ((first, second), (second, first)):
        facts = _read(papers)
        assert {c.about for c in facts.conflicts} == about
        for conflict in facts.conflicts:
            assert {place.exhibit for place in conflict.places} == {1, 2}
            assert set(conflict.places) <= {fact.seen_at for fact in facts.facts}
