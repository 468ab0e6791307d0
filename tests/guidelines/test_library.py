"""The library as a whole: what it holds, what it names, and how sure it is of it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from openimr.guidelines.coverage import HEADING, coverage_toml
from openimr.guidelines.formulary import formulary
from openimr.guidelines.library import Library, Tier, load_library
from openimr.guidelines.morphine import factor_sets, factors_on
from openimr.guidelines.postsurgical import courses
from openimr.guidelines.questions import QUESTIONS, not_searched, reasons_not_searched
from openimr.terms.errors import FormatInvalid
from openimr.terms.findings import Role
from openimr.terms.places import Verification
from openimr.vocabulary.drugs import all_drugs
from openimr.vocabulary.tables import read_table

LIBRARY = load_library()


def test_the_library_is_whole() -> None:
    assert len(LIBRARY.documents) == 18
    assert len(LIBRARY.in_force) == 52
    assert len({t.id for t in LIBRARY.topics}) == 184
    assert len({c.id for t in LIBRARY.topics for c in t.criterion}) == 465


def test_every_member_is_a_name_of_the_vocabulary() -> None:
    treatments = {row["name"] for row in read_table("openimr.vocabulary", "data/treatments.csv")}
    parts = {row["part"] for row in read_table("openimr.vocabulary", "data/body_parts.csv")}
    ids = {d.id for d in all_drugs()} | {i for d in all_drugs() for i in d.ingredients}
    classes = {d.drug_class for d in all_drugs()} | {d.drug_class.split(",")[0] for d in all_drugs()}
    # consultations are named by their specialty, which the vocabulary joins itself
    lost = {
        (topic.id, name)
        for topic in LIBRARY.topics
        for known, names in (
            (treatments, (*topic.members.treatments, *topic.members.around_surgery)),
            (parts | {"upper back"}, topic.members.parts),
            (ids, topic.members.drugs),
            (classes | {"opioid", "NSAID combination", "triptan combination"}, topic.members.classes),
        )
        for name in names
        if name not in known and not name.endswith("consultation")
    }
    assert not lost


@pytest.mark.parametrize(
    ("area", "last", "before", "after"),
    [
        ("chronic pain", date(2016, 7, 28), "mtus-cp-2009", "mtus-cp-2016"),
        ("chronic pain", date(2017, 11, 30), "mtus-cp-2016", "acoem-2017-set"),
        ("opioids", date(2016, 7, 28), "mtus-cp-2009", "mtus-op-2016"),
        ("opioids", date(2017, 11, 30), "mtus-op-2016", "acoem-2017-set"),
        ("low back", date(2009, 7, 17), None, "acoem-2004"),
        ("low back", date(2017, 11, 30), "acoem-2004", "acoem-2017-set"),
        ("low back", date(2019, 8, 10), "acoem-2017-set", "acoem-later"),
        ("knee", date(2020, 9, 20), "acoem-2017-set", "acoem-later"),
        ("acupuncture", date(2017, 11, 30), "mtus-acupuncture", None),
        ("drug formulary", date(2017, 12, 31), None, "mtus-formulary"),
        ("cannabis", date(2025, 1, 28), None, None),
    ],
)
def test_editions_on_both_sides_of_each_boundary(
    area: str, last: date, before: str | None, after: str | None
) -> None:
    rows = [
        LIBRARY.document_on(area, last),
        LIBRARY.document_on(area, date.fromordinal(last.toordinal() + 1)),
    ]
    assert [row.document if row else None for row in rows] == [before, after]


def test_a_service_given_already_chooses_the_edition_where_its_row_says_so() -> None:
    asked, given = date(2017, 12, 20), date(2017, 11, 20)
    by_service = LIBRARY.document_on("low back", asked, service_on=given)
    assert by_service and by_service.document == "acoem-2004"
    by_request = LIBRARY.document_on("low back", asked)
    assert by_request and by_request.document == "acoem-2017-set"
    # the row of the chronic pain edition of 2016 goes by the request, whatever the day of the service
    row = LIBRARY.document_on("chronic pain", date(2016, 8, 10), service_on=date(2016, 7, 1))
    assert row and row.document == "mtus-cp-2016"


def test_every_topic_of_the_mtus_stands_in_an_area_that_a_row_governs() -> None:
    areas = {row.area: row.document for row in LIBRARY.in_force}
    governed = {(row.area, row.document) for row in LIBRARY.in_force}
    for topic in LIBRARY.topics:
        document = LIBRARY.documents[topic.document]
        if document.tier is not Tier.MTUS or document.in_force_from:
            continue
        for area in (topic.area, *topic.areas):
            assert area in areas, (topic.id, area)
            assert (area, topic.document) in governed, (topic.id, area)


def test_every_comparison_is_one_that_is_made() -> None:
    made = (
        "is is_not <= >= > in not_in includes includes_any includes_all intersects excludes all_in subset_of"
    )
    assert {c.op for t in LIBRARY.topics for c in t.criterion} <= set(made.split())


def test_what_was_recalled_never_passes_as_seen() -> None:
    for topic in LIBRARY.topics:
        for verified in (topic.verified, topic.pages_verified, *(c.verified for c in topic.criterion)):
            if verified and verified.how is Verification.SEEN:
                assert "recalled" not in (verified.source or ""), topic.id
                assert verified.source, topic.id


def test_nothing_of_the_orders_since_december_2017_is_encoded() -> None:
    later = {"acoem-2017-set", "acoem-later"}
    assert not [t.id for t in LIBRARY.topics if t.document in later]


def test_a_limit_has_a_number_and_a_note_decides_nothing() -> None:
    for topic in LIBRARY.topics:
        for criterion in topic.criterion:
            if criterion.role is Role.LIMIT and criterion.value != "half of general course":
                assert isinstance(criterion.value, (int, float)) and not isinstance(criterion.value, bool)


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def _runs(text: str, length: int) -> set[tuple[str, ...]]:
    words = _words(text)
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


def test_the_wording_is_ours(shared: Path) -> None:
    """No run of nine words of a gist or a criterion stands in the reference or in a letter."""
    paths = [shared / "reference" / "guidelines.yaml", *sorted((shared / "letters").glob("**/*.txt"))]
    theirs: set[tuple[str, ...]] = set()
    for path in paths:
        theirs |= _runs(path.read_text(encoding="utf-8", errors="replace"), 9)
    for topic in LIBRARY.topics:
        for text in (topic.gist, *(c.asks for c in topic.criterion)):
            assert not _runs(text, 9) & theirs, (topic.id, text)


def test_the_factors_of_the_day(capsys: pytest.CaptureFixture[str]) -> None:
    assert {s.id for s in factor_sets()} == {
        "mtus_2009",
        "cdc_2016_clinical",
        "cdc_2016_analysis",
        "cdc_2022",
    }
    assert factors_on(date(2016, 7, 28)).id == "mtus_2009"
    assert factors_on(date(2016, 7, 29)).id == "cdc_2016_clinical"
    assert {s.factors["oxycodone"] for s in factor_sets()} == {1.5}


def test_courses_after_operations_and_the_formulary() -> None:
    assert len(courses().operation) == 15
    assert courses().default_period_months == 6
    assert len(formulary().rule) == 9
    assert formulary().list_on(date(2017, 12, 31)) is None
    listed = [formulary().list_on(d) for d in (date(2018, 5, 14), date(2018, 5, 15), date(2020, 1, 15))]
    assert [v.version if v else None for v in listed] == ["1", "2", "6"]


def test_the_coverage_that_is_printed_is_the_library_s(root: Path) -> None:
    _, heading, rest = (root / "docs" / "coverage.toml").read_text(encoding="utf-8").partition(HEADING)
    assert heading + rest == coverage_toml(LIBRARY), "run python tools/guideline_coverage.py"


def test_two_topics_of_one_name_do_not_load(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    (pack / "topics").mkdir(parents=True)
    source = Path(__file__).resolve().parents[2] / "src/openimr/guidelines/topics/odg/dx_fce.toml"
    (pack / "topics" / "again.toml").write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    (pack / "documents.toml").write_text("document = []\n", encoding="utf-8")
    with pytest.raises(FormatInvalid, match="stands twice"):
        load_library((pack,))


def test_a_library_answers_by_id_and_document() -> None:
    assert isinstance(LIBRARY, Library)
    assert LIBRARY.topic("mr.baclofen", "mtus-cp-2009") is not None
    assert LIBRARY.topic("mr.baclofen", "odg") is None


def test_every_question_that_nobody_searches_for_has_its_reason() -> None:
    """The reasons are of the questions that criteria ask and no search answers, and of no other."""
    asked = {c.fact for t in LIBRARY.topics for c in t.criterion}
    reasons = reasons_not_searched()
    assert set(reasons) == asked - set(QUESTIONS)
    for fact, reason in reasons.items():
        assert len(reason.split()) >= 5
        answer = not_searched(fact)
        assert reason in answer.because
        assert (answer.value, answer.is_looked_for) == (None, False)
