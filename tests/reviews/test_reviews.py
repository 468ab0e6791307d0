"""Whole reviews: the example cases, drafts without an outcome, and input that cannot be used."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from click.testing import CliRunner, Result

from openimr.cli.review import command
from openimr.letters.read import LetterReader
from openimr.terms.errors import CaseError, InputError

EXAMPLES = Path(__file__).parents[2] / "examples"
CASES = ("baclofen-spasm", "three-disputes")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, list(arguments), catch_exceptions=True)


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Each example case reviewed once, with a fixed seed."""
    folders = {}
    for name in CASES:
        out = tmp_path_factory.mktemp("reviews") / name
        result = run(str(EXAMPLES / name), "--out", str(out), "--seed", "7")
        assert result.exit_code == 0, result.output
        folders[name] = out
    return folders


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A copy of an example case that a test may change."""
    folder = tmp_path / "case"
    shutil.copytree(EXAMPLES / "baclofen-spasm", folder)
    return folder


def letter_of(folder: Path) -> dict[str, Any]:
    found = json.loads((folder / "letter.json").read_text())
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    ("name", "outcomes"),
    [("baclofen-spasm", ["upheld"]), ("three-disputes", ["upheld", "overturned", "upheld"])],
)
def test_the_letter_holds_the_outcomes_that_the_physician_adopted(
    reviewed: dict[str, Path], name: str, outcomes: list[str]
) -> None:
    assert [d["outcome"] for d in letter_of(reviewed[name])["disputes"]] == outcomes


@pytest.mark.parametrize("name", CASES)
def test_the_printed_letter_reads_back_as_its_record(reviewed: dict[str, Path], name: str) -> None:
    record = letter_of(reviewed[name])
    with LetterReader() as reader:
        parsed, _ = reader.parse(reviewed[name] / "letter.pdf")
    letter = parsed.letter
    assert letter.case_number == record["case_number"]
    assert letter.clinical_summary == record["clinical_summary"]
    assert [d.request for d in letter.disputes] == [d["request"] for d in record["disputes"]]
    assert [d.rationale for d in letter.disputes] == [d["rationale"] for d in record["disputes"]]
    assert letter.documents_reviewed is not None
    assert len(letter.documents_reviewed) == len(record["documents_reviewed"])


@pytest.mark.parametrize("name", CASES)
def test_every_page_that_the_letter_names_can_be_opened_in_the_packet(
    reviewed: dict[str, Path], name: str
) -> None:
    html = (reviewed[name] / "letter.html").read_text()
    named = set(re.findall(r'href="packet\.html#(page-\d+)"', html))
    packet = (reviewed[name] / "packet.html").read_text()
    assert named
    assert named <= set(re.findall(r'id="(page-\d+)"', packet))
    for address in re.findall(r'href="(records/[^"#]+)#page=\d+"', packet):
        assert (reviewed[name] / address).is_file()


def test_a_file_with_signs_in_its_name_is_opened_by_the_packet(case: Path, tmp_path: Path) -> None:
    sent = sorted((case / "records").glob("*.pdf"))[0]
    sent.rename(sent.with_name("01 sent #1 100%.pdf"))
    assert run(str(case), "--out", str(tmp_path / "out")).exit_code == 0
    addresses = re.findall(
        r'href="records/([^"#]+)#page=\d+"', (tmp_path / "out" / "packet.html").read_text()
    )
    assert "01 sent #1 100%.pdf" in {unquote(address) for address in addresses}


@pytest.mark.parametrize("name", CASES)
def test_every_page_of_the_file_stands_in_the_packet_even_where_it_was_scanned(
    reviewed: dict[str, Path], name: str
) -> None:
    packet = (reviewed[name] / "packet.html").read_text()
    assert packet.count('class="page"') in (17, 20)
    assert packet.count("read by ocr") == 2


@pytest.mark.parametrize("name", CASES)
def test_no_reviewer_is_named_in_what_leaves_the_organization(reviewed: dict[str, Path], name: str) -> None:
    adopted = re.search(r'reviewer = "([^"]+)"', (EXAMPLES / name / "adoption.toml").read_text())
    assert adopted
    for file in ("letter.html", "letter.json", "letter.pdf", "letter-published.pdf"):
        assert adopted.group(1).encode() not in (reviewed[name] / file).read_bytes()


def test_the_published_letter_names_nobody(reviewed: dict[str, Path]) -> None:
    with LetterReader() as reader:
        _, text = reader.parse(reviewed["baclofen-spasm"] / "letter-published.pdf")
    for name in ("Brindlewick", "Orrinquist", "Pelican", "Lanternfish", "Pennyfeather"):
        assert name not in text.text


def test_without_an_adoption_the_letter_is_a_draft_without_any_outcome(case: Path, tmp_path: Path) -> None:
    (case / "adoption.toml").unlink()
    result = run(str(case), "--out", str(tmp_path / "out"))
    assert result.exit_code == 0, result.output
    letter = letter_of(tmp_path / "out")
    assert [d["outcome"] for d in letter["disputes"]] == [None]
    html = (tmp_path / "out" / "letter.html").read_text()
    assert "DRAFT" in html
    assert not re.search(r"upheld|overturned|medically necessary", html, re.IGNORECASE)
    assert not (tmp_path / "out" / "letter-published.pdf").exists()


def test_two_runs_with_one_seed_write_the_same_letter(case: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert run(str(case), "--out", str(tmp_path / name), "--seed", "3").exit_code == 0
    for file in ("letter.json", "letter.html", "letter.pdf", "packet.html"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


Change = Callable[[Path], None]


def replaced(old: str, new: str) -> Change:
    def change(case: Path) -> None:
        text = (case / "case.toml").read_text()
        assert old in text
        (case / "case.toml").write_text(text.replace(old, new, 1))

    return change


@pytest.mark.parametrize(
    ("change", "kind", "words"),
    [
        (lambda c: (c / "panel.toml").unlink(), InputError, "panel.toml"),
        (lambda c: shutil.rmtree(c / "records"), InputError, "records"),
        (replaced("priority =", "prioritee ="), InputError, "'prioritee'"),
        (replaced("of_injury = 2012-08-14", "of_injury = 2012-02-30"), InputError, "line 30"),
        (replaced("rfa = 2015-01-12", "rfa = 2011-01-12"), CaseError, "dates.rfa"),
        (replaced('request = "Baclofen 10 mg #90"', 'request = " "'), InputError, "Read case.toml"),
        (replaced('programme = "us_ca_wc"', 'programme = "us_xx"'), None, "us_xx"),
    ],
)
def test_input_that_cannot_be_used_is_named_and_nothing_is_written(
    case: Path, tmp_path: Path, change: Change, kind: type[Exception] | None, words: str
) -> None:
    change(case)
    result = run(str(case), "--out", str(tmp_path / "out"))
    assert result.exception is not None and words in str(result.exception)
    if kind is not None:
        assert isinstance(result.exception, kind)
    assert not (tmp_path / "out").exists()


def test_an_application_that_is_not_signed_ends_with_its_reasons_and_no_letter(
    case: Path, tmp_path: Path
) -> None:
    replaced("signed = true", "signed = false")(case)
    result = run(str(case), "--out", str(tmp_path / "out"))
    assert result.exit_code == 0
    assert "NOSIG" in result.output and "none" in result.output
    assert not (tmp_path / "out").exists()


def test_a_second_application_on_the_same_decision_is_a_duplicate(case: Path, tmp_path: Path) -> None:
    known = tmp_path / "known"
    shutil.copytree(case, known / "other")
    text = (known / "other" / "case.toml").read_text()
    (known / "other" / "case.toml").write_text(text.replace("CM15-9900101", "CM15-9900001"))
    result = run(str(case), "--out", str(tmp_path / "out"), "--known", str(known))
    assert "DUP" in result.output and "CM15-9900001" in result.output


def test_an_unknown_drug_is_named_with_the_nearest_known(case: Path, tmp_path: Path) -> None:
    replaced('request = "Baclofen 10 mg #90"', 'request = "Baclofeen 10 mg #90"')(case)
    result = run(str(case), "--out", str(tmp_path / "out"))
    assert "names no treatment that is known: 'Baclofeen 10 mg #90'" in result.output
    assert "The nearest known names are baclofen" in result.output


def test_a_page_without_text_is_listed_as_unread(case: Path, tmp_path: Path) -> None:
    (case / "records" / "05_empty.txt").write_text("")
    result = run(str(case), "--out", str(tmp_path / "out"))
    assert result.exit_code == 0
    assert "unread pages: 21" in result.output
    assert (
        "could not be read" in (tmp_path / "out" / "packet.html").read_text()
        or "Not read" in (tmp_path / "out" / "packet.html").read_text()
    )


def test_letters_reviewed_anew_show_our_findings_beside_their_outcome(shared: Path) -> None:
    result = run("--from-letter", str(shared / "letters" / "seeds"), "--json")
    assert result.exit_code == 0
    rows = [json.loads(line) for line in result.output.splitlines() if line.startswith("{")]
    assert len(rows) == 9
    assert all(row["topics"] for row in rows)
    assert all(row["outcome"] == "upheld" for row in rows)
    for row in rows:
        assert set(row["topics"][:2]) & set(row["cited_topics"])


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_a_letter_without_decisions_is_told_of_in_either_form(form: tuple[str, ...], tmp_path: Path) -> None:
    letter = Path(__file__).parents[1] / "letters" / "good" / "block_2015_retrospective.txt"
    head = letter.read_text(encoding="utf-8").partition("IMR ISSUES")[0]
    (tmp_path / "cut.txt").write_text(head, encoding="utf-8")
    result = run("--from-letter", str(tmp_path / "cut.txt"), *form)
    assert "cut.txt: disputes: The letter ends before" in result.stderr
