"""The record of a draw: repeated, signed, and every change found out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from openimr.formats import read_json_file, to_json
from openimr.panel.assign import assign_cases, waiting_case
from openimr.panel.encode import Load
from openimr.panel.record import DrawRecord, audit_record, record_draw, repeat_draw
from openimr.terms.reviewer import Panel
from panel.invented import CASE, ON, RULES, reviewer, tie

KEY = b"an invented key of thirty-two by"


@pytest.fixture
def record() -> DrawRecord:
    """Return the signed record of a draw of three cases between four reviewers."""
    cases = [
        waiting_case(replace(CASE, case=replace(CASE.case, number=f"c{n}")), ON.replace(day=9))
        for n in range(3)
    ]
    panel = Panel(
        schema=1,
        reviewer=(
            *(reviewer(name, turnaround_days=3.5) for name in "abc"),
            reviewer("d", interests=(tie("M. Oakenshaw"),)),
        ),
    )
    unsure = assign_cases(cases, panel, rules=RULES, on=ON, seed=1)
    assert unsure.encoded.is_barred[:, 3].all()
    drawn = assign_cases(cases, panel, rules=RULES, on=ON, seed=2**61 + 9, loads={"a": Load(open_cases=1)})
    return record_draw(drawn, is_fair=False, key=KEY)


def test_a_record_that_was_written_and_read_is_the_same_and_sound(record: DrawRecord, tmp_path: Path) -> None:
    path = tmp_path / "draw.json"
    path.write_bytes(to_json(record))
    again = read_json_file(path, DrawRecord)
    assert again == record
    audit = audit_record(again, key=KEY)
    assert (audit.findings, audit.is_sound, audit.is_signed) == ((), True, True)
    assert repeat_draw(again).result == record.result


def test_every_change_is_found_out(record: DrawRecord) -> None:
    first, *others = record.result.assigned
    moved = replace(first, reviewers=("b" if first.reviewers != ("b",) else "c",))
    result = replace(record.result, assigned=(moved, *others))
    assert len(audit_record(replace(record, result=result)).findings) == 2
    seed = replace(record, input=replace(record.input, seed="7"))
    assert "input" in audit_record(seed).findings[0]
    assert audit_record(record, key=b"another key of thirty-two bytes").findings == (
        "The record is not signed with this key.",
    )
    assert audit_record(replace(record, hmac_sha256=None), key=KEY).findings
    assert audit_record(replace(record, hmac_sha256=None)).is_sound


def test_whoever_changes_result_and_hashes_is_found_out_by_drawing_again(record: DrawRecord) -> None:
    drawn = repeat_draw(record)
    first, *others = record.result.assigned
    moved = replace(first, reviewers=("b" if first.reviewers != ("b",) else "c",))
    forged = record_draw(
        replace(drawn, result=replace(drawn.result, assigned=(moved, *others))), is_fair=False
    )
    assert audit_record(forged).findings == ("Drawn again, the result is another.",)
    older = audit_record(replace(forged, version="0.0.0"))
    assert any("version 0.0.0" in words for words in older.findings)
