"""Guideline packs: a guideline of one's own, kept outside the library."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from openimr.guidelines.evaluate import evaluate
from openimr.guidelines.library import load_library
from openimr.terms.errors import FileMissing, FormatInvalid
from openimr.terms.facts import Assertion, Fact, FactKind, Facts
from openimr.terms.findings import EditionAnswer, Status
from openimr.terms.places import Place
from openimr.vocabulary.requests import parse_request

REQUEST = parse_request("MRI of the lumbar spine")


def pack(root: Path) -> Path:
    return root / "examples" / "guideline-pack"


def care(day: date, name: str = "physical therapy") -> Fact:
    return Fact(
        kind=FactKind.TREATMENT,
        name=name,
        assertion=Assertion.PRESENT,
        quote="word",
        seen_at=Place(document="a" * 64, page=1, start=day.toordinal(), end=day.toordinal() + 4),
        dated=day,
    )


def answers(root: Path, on: date, *facts: Fact) -> dict[str, Status]:
    record = Facts(facts=facts, conflicts=(), drug_use=())
    found = evaluate(1, REQUEST, record, on=on, library=load_library((pack(root),)))
    return {f.criterion: f.status for e in found for f in e.findings}


def test_a_pack_governs_its_area_from_its_first_day_on(root: Path) -> None:
    record = Facts(facts=(), conflicts=(), drug_use=())
    library = load_library((pack(root),))
    for on, topic in ((date(2024, 1, 31), None), (date(2024, 2, 1), "lantern.mri_lumbar")):
        found = evaluate(1, REQUEST, record, on=on, library=library)
        assert found[0].topic == topic
    (before,) = evaluate(1, REQUEST, record, on=date(2024, 1, 31), library=library)
    assert before.answer is EditionAnswer.EDITION_NOT_ENCODED


def test_a_pack_leaves_the_library_as_it_is(root: Path) -> None:
    load_library((pack(root),))
    assert load_library().topic("lantern.mri_lumbar", "lantern-low-back-2024") is None
    early = evaluate(
        1,
        REQUEST,
        Facts(facts=(), conflicts=(), drug_use=()),
        on=date(2015, 3, 1),
        library=load_library((pack(root),)),
    )
    assert early[0].document == "acoem-2004"


def test_its_criteria_are_asked_of_the_record(root: Path) -> None:
    on = date(2024, 5, 1)
    assert set(answers(root, on).values()) == {Status.NOT_DOCUMENTED}
    enough = (care(date(2024, 2, 10)), care(date(2024, 3, 24)))
    assert answers(root, on, *enough)["lantern.mri.weeks"] is Status.MET
    short = (care(date(2024, 2, 10)), care(date(2024, 3, 22)))
    assert answers(root, on, *short)["lantern.mri.weeks"] is Status.NOT_DOCUMENTED


def test_its_routes_are_told(root: Path) -> None:
    facts = (
        care(date(2024, 2, 10)),
        care(date(2024, 3, 24)),
        care(date(2024, 3, 1), "home exercise program"),
    )
    record = Facts(facts=facts, conflicts=(), drug_use=())
    (found,) = evaluate(1, REQUEST, record, on=date(2024, 5, 1), library=load_library((pack(root),)))
    assert {r.id: r.status for r in found.routes} == {
        "red_flag": Status.NOT_DOCUMENTED,
        "after_care": Status.MET,
    }


def test_a_quotation_that_was_changed_is_refused(root: Path, tmp_path: Path) -> None:
    copy = tmp_path / "pack"
    shutil.copytree(pack(root), copy)
    said = copy / "quotations.toml"
    said.write_text(said.read_text(encoding="utf-8").replace("six weeks", "four weeks"), encoding="utf-8")
    with pytest.raises(FormatInvalid, match="not the text whose hash"):
        load_library((copy,))


def test_a_pack_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileMissing, match="there is no such folder"):
        load_library((tmp_path / "nothing",))
