"""The grammar of treatment requests against requests that were read by hand."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openimr.terms.treatment import TreatmentKind
from openimr.vocabulary.dates import find_dates
from openimr.vocabulary.requests import parse_request
from openimr.vocabulary.requests.services import find_services
from openimr.vocabulary.tables import read_table
from openimr.vocabulary.text import with_digits
from vocabulary.reading import COLUMNS, note_of

with (Path(__file__).parent / "requests.csv").open(encoding="utf-8", newline="") as table:
    ROWS = list(csv.DictReader(table))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["request"][:60])
def test_a_request_is_read_as_a_physician_reads_it(row: dict[str, str]) -> None:
    assert note_of(parse_request(row["request"])) == {column: row[column] for column in COLUMNS}


def test_the_table_holds_every_kind_and_no_request_twice() -> None:
    assert {row["kind"] for row in ROWS} == {kind.value for kind in TreatmentKind}
    assert len({row["request"] for row in ROWS}) == len(ROWS) > 150


def test_every_published_request_is_understood(shared: Path) -> None:
    letters = json.loads((shared / "letters/published/expected.json").read_text(encoding="utf-8"))
    requests = [item["request"] for letter in letters for item in letter["items"]]
    read = [parse_request(request) for request in requests]
    assert len(read) > 150
    nameless = [r for r, t in zip(requests, read, strict=True) if not (t.name or t.ingredients)]
    assert nameless == []
    partial = [t for r, t in zip(requests, read, strict=True) if "original request" in r]
    assert all(t.original and t.authorized and t.remaining for t in partial)
    for treatment in partial:
        portions = (treatment.original, treatment.authorized, treatment.remaining)
        whole, given_, rest = (portion.count if portion else None for portion in portions)
        units = {portion.unit for portion in portions if portion}
        if None not in (whole, given_, rest) and len(units) == 1:
            assert whole is not None and given_ is not None and rest is not None
            assert whole - given_ in (rest, 0)


def test_two_strengths_in_one_partial_approval_are_none() -> None:
    treatment = parse_request(
        "Trezix 320.5/30/16mg #30 was the original request. Trezix 320.5/30/16mg #5 was authorized by the "
        "Claims Administrator. The remaining IMR eligible portion of the original request, "
        "Trezix 30.5/30/16mg #25 is"
    )
    assert (treatment.strength, treatment.strengths) == (None, ())
    assert treatment.remaining is not None and treatment.remaining.count == 25


def test_sessions_that_contradict_their_schedule_are_left_empty() -> None:
    treatment = parse_request("Physical therapy 12 sessions 2x4")
    assert treatment.sessions is None
    assert treatment.frequency is not None and treatment.duration is not None


def test_several_dates_of_service_are_none() -> None:
    assert parse_request("Retrospective Norco #60, DOS 7/1/13 and 8/1/13").date_of_service is None


def test_a_name_that_stands_for_tablets_is_not_kept_for_a_cream() -> None:
    treatment = parse_request("Norco 10% cream 60 g")
    assert treatment.name is None and treatment.ingredients == ("hydrocodone", "acetaminophen")


@pytest.mark.parametrize("request_", ["", " ", "???", "#", "as requested", "0", "12", "- mg / %"])
def test_words_that_say_nothing_are_other_without_a_name(request_: str) -> None:
    treatment = parse_request(request_)
    assert (treatment.kind, treatment.name) == (TreatmentKind.OTHER, None)


PIECES = [row["request"] for row in ROWS] + [
    "2x6",
    "#",
    "mg",
    "%",
    "q0h",
    "every 0 hours",
    "L4-5",
    "CPT",
    "was the original request.",
    "was authorized by the Claims Administrator.",
    "The remaining IMR eligible portion of the original request,",
]


@given(st.text(max_size=120))
def test_no_text_makes_the_grammar_fail(text: str) -> None:
    assert parse_request(text).kind in TreatmentKind


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=10), max_size=4))
def test_no_mixture_of_requests_makes_the_grammar_fail(pieces: list[str]) -> None:
    treatment = parse_request(" ".join(pieces))
    assert treatment.sessions is None or treatment.sessions >= 0
    assert treatment.refills is None or treatment.refills >= 0
    if treatment.date_of_service is not None:
        found = [d.on for d in find_dates(" ".join(" ".join(pieces).split()))]
        assert treatment.date_of_service in found


@given(st.sampled_from(ROWS), st.sampled_from(["\n", "  ", "\t \n"]))
def test_white_space_changes_nothing(row: dict[str, str], blank: str) -> None:
    assert parse_request(row["request"].replace(" ", blank)) == parse_request(row["request"])


@given(st.lists(st.sampled_from(["MRI", "neurology consult", "ultrasound guided", "x", "İ"]), max_size=6))
def test_services_found_stand_where_they_say(words: list[str]) -> None:
    text = ", ".join(words)
    for match in find_services(text):
        assert find_services(text[match.start : match.end])[0].value == match.value


@given(st.text(max_size=60))
def test_number_words_become_figures_once(text: str) -> None:
    assert with_digits(with_digits(text)) == with_digits(text)


def test_treatments_are_sorted_and_no_phrase_stands_twice() -> None:
    rows = read_table("openimr.vocabulary", "data/treatments.csv")
    phrases = [row["phrase"] for row in rows]
    assert phrases == sorted(set(phrases))
    assert all(phrase == " ".join(phrase.lower().split()) for phrase in phrases)
    assert {row["kind"] for row in rows} <= {kind.value for kind in TreatmentKind}
    kinds = {(row["name"], row["kind"]) for row in rows}
    assert len(kinds) == len({name for name, _ in kinds})


def test_specialists_are_sorted_and_used_in_a_known_way() -> None:
    rows = read_table("openimr.vocabulary", "data/specialists.csv")
    phrases = [row["phrase"] for row in rows]
    assert phrases == sorted(set(phrases))
    assert {row["use"] for row in rows} == {"alone", "named", "field", "adjective"}
