"""``openimr guidelines`` as it is typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from openimr.cli.main import main
from openimr.facts.extract import extract_facts, pages_of_summary
from openimr.formats import to_json


def run(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """Return exit status, output and errors of a command."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    out, err = capsys.readouterr()
    return int(ended.value.code or 0), out, err


def test_list_counts_documents_and_topics(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(["guidelines", "list", "--json"], capsys)
    assert (status, err) == (0, "")
    assert len(json.loads(out)) == 18
    _, out, _ = run(["guidelines", "list", "--topics", "--document", "mtus-op-2016", "--json"], capsys)
    assert "op16.maintain" in {t["id"] for t in json.loads(out)}
    _, out, _ = run(["guidelines", "list"], capsys)
    assert "18 documents, 184 topics" in out


def test_show_prints_a_topic_in_every_edition(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(["guidelines", "show", "mr.baclofen"], capsys)
    assert "2009" in out and "2016" in out and "bac.mr_short_term" in out
    _, out, _ = run(["guidelines", "show", "pm.home_health", "--json"], capsys)
    assert json.loads(out)[0]["invalid"]["since"] == "2015-10-28"


def test_show_names_near_topics_for_one_it_does_not_know(capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = run(["guidelines", "show", "drug.baclofen"], capsys)
    assert status == 2
    assert "mr.baclofen" in err


def test_for_prints_the_search_and_the_topics(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["guidelines", "for", "Baclofen 10 mg #90", "--on", "2014-12-14"]
    _, out, _ = run(arguments, capsys)
    assert "Step 1, the MTUS" in out and "mr.baclofen" in out
    _, out, _ = run([*arguments, "--json"], capsys)
    assert json.loads(out)[0]["topic"] == "mr.baclofen"


def test_for_takes_a_pack(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack = str(root / "examples" / "guideline-pack")
    arguments = ["guidelines", "for", "MRI of the lumbar spine", "--on", "2024-03-01", "--json"]
    _, out, _ = run([*arguments, "--guidelines", pack], capsys)
    assert json.loads(out)[0]["topic"] == "lantern.mri_lumbar"
    _, out, _ = run(arguments, capsys)
    assert json.loads(out)[0]["answer"] == "edition_not_encoded"


def test_evaluate_asks_the_facts_of_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts = extract_facts(pages_of_summary("The patient takes Naproxen. No muscle spasm was found."))
    path = tmp_path / "facts.json"
    path.write_bytes(to_json(facts))
    arguments = ["guidelines", "evaluate", str(path), "Baclofen 10 mg #90", "--on", "2014-12-14"]
    _, out, _ = run([*arguments, "--json"], capsys)
    statuses = {f["criterion"]: f["status"] for e in json.loads(out) for f in e["findings"]}
    assert statuses["bac.mr_nsaid_combo"] == "not_met"
    assert statuses["bac.mr_spasm_documented"] == "not_met"
    assert statuses["bac.dx"] == "not_documented"
    _, out, _ = run(arguments, capsys)
    assert "Way to yes, flare" in out


@pytest.mark.parametrize(
    ("request_", "near"),
    [
        ("Baclofeen 10 mg #90", "baclofen"),
        ("Acupnctur 6 sessions", "acupuncture"),
        ("Lumbar suport", "lumbar"),
    ],
)
def test_an_unknown_treatment_is_named_with_the_nearest_known_ones(
    request_: str, near: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "facts.json"
    path.write_bytes(to_json(extract_facts(pages_of_summary(""))))
    for arguments in (["for", request_], ["evaluate", str(path), request_]):
        status, _, err = run(["guidelines", *arguments, "--on", "2014-12-14"], capsys)
        assert status == 0
        assert "names no treatment that is known" in err
        assert near in err.split("nearest known names are")[1]


def test_a_treatment_that_is_like_nothing_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, err = run(["guidelines", "for", "Qqqq xxyyzz", "--on", "2014-12-14"], capsys)
    assert "No known name is spelled like it." in err
    assert "No topic of the library speaks about this treatment." in out


@pytest.mark.parametrize("request_", ["Baclofen 10 mg #90", "MRI of the lumbar spine", "Norco 10/325 mg"])
def test_an_empty_record_is_never_a_no(
    request_: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "facts.json"
    path.write_bytes(to_json(extract_facts(pages_of_summary(""))))
    arguments = ["guidelines", "evaluate", str(path), request_, "--on", "2014-12-14", "--json"]
    _, out, _ = run(arguments, capsys)
    findings = [f for e in json.loads(out) for f in e["findings"]]
    assert findings
    assert {f["status"] for f in findings if "request" not in f["because"].lower()} <= {
        "not_documented",
        "not_applicable",
    }


def test_two_days_of_injury_are_a_contradiction_and_no_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "Date of injury: 3/4/2012. No muscle spasm was found. Date of injury: 5/6/2013."
    facts = extract_facts(pages_of_summary(text))
    assert [c.about for c in facts.conflicts] == ["date of injury"]
    path = tmp_path / "facts.json"
    path.write_bytes(to_json(facts))
    arguments = ["guidelines", "evaluate", str(path), "Lumbar support", "--on", "2014-12-14", "--json"]
    _, out, _ = run(arguments, capsys)
    phase = next(f for e in json.loads(out) for f in e["findings"] if "acute" in f["asks"].lower())
    assert phase["status"] == "not_documented"
    assert "contradicts itself on the day of the injury: 2012-03-04 and 2013-05-06" in phase["because"]
    assert len(phase["evidence"]) == 2
