"""``openimr letters render``: a record in, a letter out, whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from invented_letters import DRAFT_ISSUANCE, DRAFT_LETTER, ISSUANCE, LETTER
from openimr.cli.main import main
from openimr.letters.record import record_json
from openimr.letters.render import render


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "letter.json"
    path.write_bytes(record_json(LETTER, ISSUANCE))
    return path


def status(*arguments: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in ("letters", "render", *arguments)])
    assert isinstance(ended.value.code, int)
    return ended.value.code


@pytest.mark.parametrize("form", ["pdf", "html", "txt", "md"])
@pytest.mark.parametrize("version", ["served", "published"])
def test_every_form_and_version_is_written(record: Path, tmp_path: Path, form: str, version: str) -> None:
    out = tmp_path / f"letter.{form}"
    assert status(record, "--to", form, "--version", version, "--out", out) == 0
    assert out.read_bytes() == render(LETTER, ISSUANCE, to=form, version=version)


def test_a_letter_goes_to_standard_output(record: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert status(record, "--to", "pdf") == 0
    out, err = capfdbinary.readouterr()
    assert out.startswith(b"%PDF-1.7")
    assert err == b""


def test_what_is_not_stated_is_a_finding_on_standard_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bare.json"
    path.write_bytes(record_json(LETTER, None))
    assert status(path, "--to", "txt", "--out", tmp_path / "bare.txt") == 0
    assert 'bare.json: issuance.proofs.no_affiliation: The letter does not state "no affiliation"' in (
        capsys.readouterr().err
    )
    assert status(path, "--to", "txt", "--out", tmp_path / "bare.txt", "--json") == 0
    findings = json.loads(capsys.readouterr().err)
    assert {finding["code"] for finding in findings} >= {"letter.statement_not_proven", "letter.no_service"}


def test_a_parsed_letter_is_a_record(
    record: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pdf = tmp_path / "letter.pdf"
    assert status(record, "--to", "pdf", "--out", pdf) == 0
    with pytest.raises(SystemExit):
        main(["letters", "parse", str(pdf), "--json", "--spans"])
    parsed = tmp_path / "parsed.json"
    parsed.write_text(capsys.readouterr().out, encoding="utf-8")
    again = tmp_path / "again.txt"
    assert status(parsed, "--to", "txt", "--out", again) == 0
    assert "Disputed item 2 of 2:" in again.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"case_nr": "CM15-1"}', "unknown key 'case_nr'"),
        ('{"issuance": {"status": "final"}}', "issuance.status"),
        ('{"disputes": [{"request": "x", "result": "upheld"}]}', "unknown key 'result'"),
        ('{"decision_date": "2015-02-30"}', "decision_date"),
        ('{"clinical_summary": ""}', "clinical_summary is empty"),
        ("[]", "broken.json"),
        ("{", "not valid JSON"),
        ("", "not valid JSON"),
    ],
)
def test_a_record_that_cannot_be_used_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, words: str
) -> None:
    path, out = tmp_path / "broken.json", tmp_path / "letter.txt"
    path.write_text(text, encoding="utf-8")
    assert status(path, "--to", "txt", "--out", out) == 2
    assert words in capsys.readouterr().err
    assert not out.exists()


def test_a_missing_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert status(tmp_path / "none.json", "--to", "txt") == 2
    assert "there is no such file" in capsys.readouterr().err


def test_an_old_letter_stays_when_the_new_one_is_refused(tmp_path: Path) -> None:
    path, out = tmp_path / "draft.json", tmp_path / "letter.txt"
    path.write_bytes(record_json(DRAFT_LETTER, DRAFT_ISSUANCE))
    out.write_text("the letter before", encoding="utf-8")
    assert status(path, "--to", "txt", "--version", "published", "--out", out) == 2
    assert out.read_text(encoding="utf-8") == "the letter before"
    assert [p.name for p in sorted(tmp_path.iterdir())] == ["draft.json", "letter.txt"]
