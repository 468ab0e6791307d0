"""What a letter states, and what it leaves out and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest

from invented_letters import DRAFT_ISSUANCE, DRAFT_LETTER, ISSUANCE, LETTER, PROOFS
from openimr.letters import wording
from openimr.letters.render import compose_version, render
from openimr.terms.errors import LetterNotRenderable
from openimr.terms.issuance import Issuance, LetterStatus, Proof, Statement
from openimr.terms.letter import Letter, Outcome
from openimr.terms.places import Verification

GOLDEN = Path(__file__).parent / "golden"


def printed(letter: Letter, issuance: Issuance | None = None, *, version: str = "served") -> str:
    """Return a letter's text with white space folded."""
    return " ".join(render(letter, issuance, to="txt", version=version).decode().split())


def codes(letter: Letter, issuance: Issuance | None = None) -> list[str]:
    return [problem.code for problem in compose_version(letter, issuance).problems]


@pytest.mark.parametrize("form", ["txt", "md", "html"])
@pytest.mark.parametrize("version", ["served", "published", "draft"])
def test_the_invented_letter_is_printed_as_expected(
    golden: Callable[[Path, str], None], form: str, version: str
) -> None:
    record = (DRAFT_LETTER, DRAFT_ISSUANCE) if version == "draft" else (LETTER, ISSUANCE)
    data = render(*record, to=form, version="published" if version == "published" else "served")
    golden(GOLDEN / f"{version}.{form}", data.decode())


def test_a_whole_record_leaves_nothing_to_report() -> None:
    assert codes(LETTER, ISSUANCE) == []


@pytest.mark.parametrize("missing", list(Statement))
def test_a_statement_is_printed_only_with_its_proof(missing: Statement) -> None:
    proof = next(p for p in PROOFS if p.statement is missing)
    words = wording.STATEMENTS[missing].format(figure=proof.figure)
    without = replace(ISSUANCE, proofs=tuple(p for p in PROOFS if p.statement is not missing))
    assert words in printed(LETTER, ISSUANCE)
    assert words not in printed(LETTER, without)
    problems = compose_version(LETTER, without).problems
    assert [p.field for p in problems] == [f"issuance.proofs.{missing.value}"]


@pytest.mark.parametrize("statement", list(Statement))
def test_a_disproved_statement_is_a_finding_with_the_reason(statement: Statement) -> None:
    proof = Proof(statement=statement, is_proven=False, because="the licence ended in 2014", figure=3)
    others = tuple(p for p in PROOFS if p.statement is not statement)
    issuance = replace(ISSUANCE, proofs=(*others, proof))
    problem = compose_version(LETTER, issuance).problems[0]
    assert "the licence ended in 2014" in problem.message
    assert wording.STATEMENTS[statement].format(figure=3) not in printed(LETTER, issuance)


@pytest.mark.parametrize("statement", [Statement.ACTIVE_PRACTICE, Statement.CURRENT_HOURS])
def test_a_number_of_years_or_hours_is_never_made_up(statement: Statement) -> None:
    proofs = tuple(replace(p, figure=None) if p.statement is statement else p for p in PROOFS)
    issuance = replace(ISSUANCE, proofs=proofs)
    assert codes(LETTER, issuance) == ["letter.statement_not_proven"]
    assert wording.STATEMENTS[statement].format(figure=0) not in printed(LETTER, issuance)


@pytest.mark.parametrize("figure", [0.0, -3.0, 1e30, float("nan")])
@pytest.mark.parametrize("statement", [Statement.ACTIVE_PRACTICE, Statement.CURRENT_HOURS])
def test_a_number_that_cannot_be_is_not_printed(statement: Statement, figure: float) -> None:
    proofs = tuple(replace(p, figure=figure) if p.statement is statement else p for p in PROOFS)
    issuance = replace(ISSUANCE, proofs=proofs)
    assert codes(LETTER, issuance) == ["letter.statement_not_proven"]
    assert wording.STATEMENTS[statement].format(figure=figure) not in printed(LETTER, issuance)


@pytest.mark.parametrize("age", [-1, 126, 10**30])
def test_an_age_that_nobody_has_is_refused(age: int) -> None:
    with pytest.raises(LetterNotRenderable, match=r"patient\.age"):
        render(replace(LETTER, patient=replace(LETTER.patient, age=age)), ISSUANCE, to="txt")


def test_without_an_issuance_nothing_is_said_about_the_reviewer() -> None:
    text = printed(LETTER)
    assert not any(words.split(" {")[0] in text for words in wording.STATEMENTS.values())
    assert codes(LETTER).count("letter.statement_not_proven") == len(Statement)


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (Outcome.UPHELD, "Upheld. The denial stands; the treatment in dispute is not medically necessary."),
        (Outcome.OVERTURNED, "Overturned. The denial is overturned; the treatment in dispute is medically"),
        (Outcome.OVERTURNED_IN_PART, "Overturned in Part. The denial is overturned for a part"),
    ],
)
def test_an_outcome_is_also_said_in_plain_words(outcome: Outcome, words: str) -> None:
    letter = replace(LETTER, disputes=(replace(LETTER.disputes[0], outcome=outcome),))
    assert words in printed(letter, ISSUANCE)


def test_the_result_stands_at_the_beginning() -> None:
    text = printed(LETTER, ISSUANCE)
    assert "Result: Of 2 disputed items, the denial stands for 1 and is overturned for 1." in text
    assert text.index("Result:") < text.index("Case Number:")


def test_an_item_without_an_outcome_is_an_error() -> None:
    letter = replace(LETTER, disputes=(replace(LETTER.disputes[0], outcome=None),))
    assert codes(letter, ISSUANCE) == ["letter.no_outcome"]
    assert "Result:" not in printed(letter, ISSUANCE)


@pytest.mark.parametrize("form", ["txt", "md", "html"])
def test_a_draft_holds_no_word_of_an_outcome(form: str) -> None:
    text = render(DRAFT_LETTER, DRAFT_ISSUANCE, to=form).decode().lower()
    body = text.split("</style>")[-1]
    for word in ("upheld", "overturned", "denial stands", "medically necessary", "result:"):
        assert word not in body
    assert wording.DRAFT_HEADER.lower() in body or wording.DRAFT_BANNER.lower()[:40] in body


def test_a_draft_says_what_speaks_for_and_against_and_what_is_missing() -> None:
    text = printed(DRAFT_LETTER, DRAFT_ISSUANCE)
    for said in DRAFT_ISSUANCE.record_says:
        for sentence in (*said.speaks_for, *said.speaks_against, *said.missing):
            assert sentence in text


def test_what_the_record_says_is_printed_in_drafts_only() -> None:
    adopted = replace(ISSUANCE, record_says=DRAFT_ISSUANCE.record_says)
    assert wording.SPEAKS_FOR not in printed(LETTER, adopted)


def test_a_draft_with_an_outcome_is_refused() -> None:
    with pytest.raises(LetterNotRenderable, match=r"disputes\.0\.outcome"):
        render(LETTER, DRAFT_ISSUANCE, to="txt")


def test_a_draft_whose_rationale_names_an_outcome_is_refused() -> None:
    first = replace(DRAFT_LETTER.disputes[0], rationale="The denial should be overturned.")
    letter = replace(DRAFT_LETTER, disputes=(first,))
    with pytest.raises(LetterNotRenderable, match="names an outcome in a draft"):
        render(letter, DRAFT_ISSUANCE, to="txt")


def test_a_draft_is_not_published() -> None:
    with pytest.raises(LetterNotRenderable, match="it is a draft"):
        render(DRAFT_LETTER, DRAFT_ISSUANCE, to="txt", version="published")


def test_a_rule_that_was_only_recalled_is_not_printed() -> None:
    assert ISSUANCE.appeal is not None
    issuance = replace(ISSUANCE, appeal=replace(ISSUANCE.appeal, verified=Verification.RECALLED))
    assert codes(LETTER, issuance) == ["letter.appeal_rights_unverified"]
    assert ISSUANCE.appeal.citation not in printed(LETTER, issuance)


@pytest.mark.parametrize(
    ("key", "empty", "code"),
    [
        ("appeal", None, "letter.no_appeal_rights"),
        ("service", None, "letter.no_service"),
        ("addressees", (), "letter.no_addressees"),
        ("sources_used", (), "letter.no_sources"),
    ],
)
def test_what_stands_behind_a_letter_is_missed(key: str, empty: object, code: str) -> None:
    assert codes(LETTER, replace(ISSUANCE, **{key: empty})) == [code]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("clinical_summary", "letter.no_summary"),
        ("documents_reviewed", "letter.no_document_list"),
        ("case_number", "letter.header_gap"),
        ("date_of_injury", "letter.header_gap"),
    ],
)
def test_what_a_letter_must_hold_is_missed(key: str, code: str) -> None:
    assert codes(replace(LETTER, **{key: None}), ISSUANCE) == [code]  # type: ignore[arg-type]


def test_software_and_physician_are_told_apart() -> None:
    text = printed(LETTER, ISSUANCE)
    assert "Software prepared the clinical case summary and the list of documents reviewed." in text
    assert "A physician decided every item and adopted this determination on 04/20/2015." in text
    assert "Of what software had prepared, the physician changed the second rationale." in text
    assert "version 0.1.0" in text


def test_a_letter_whose_adoption_has_no_date_says_so() -> None:
    assert ISSUANCE.disclosure is not None
    issuance = replace(ISSUANCE, disclosure=replace(ISSUANCE.disclosure, adopted_on=None))
    assert "A physician decided" not in printed(LETTER, issuance)
    assert codes(LETTER, issuance) == ["letter.no_adoption"]


def test_a_letter_that_does_not_say_who_prepared_it_is_reported() -> None:
    issuance = replace(ISSUANCE, disclosure=None)
    assert codes(LETTER, issuance) == ["letter.no_disclosure"]


@pytest.mark.parametrize("is_first", [True, False])
def test_one_proof_that_fails_counts(is_first: bool) -> None:
    failed = replace(PROOFS[1], is_proven=False, because="an interest was found")
    proofs = (failed, *PROOFS) if is_first else (*PROOFS, failed)
    issuance = replace(ISSUANCE, proofs=proofs)
    assert codes(LETTER, issuance) == ["letter.statement_not_proven"]
    assert wording.STATEMENTS[PROOFS[1].statement] not in printed(LETTER, issuance)


@pytest.mark.parametrize("numbers", [(3,), (0,), (1, 1)])
def test_what_the_record_says_belongs_to_one_item(numbers: tuple[int, ...]) -> None:
    says = tuple(replace(DRAFT_ISSUANCE.record_says[0], dispute=number) for number in numbers)
    with pytest.raises(LetterNotRenderable, match="record_says"):
        render(DRAFT_LETTER, replace(DRAFT_ISSUANCE, record_says=says), to="txt")


def test_every_status_has_a_title() -> None:
    for status, title in ((LetterStatus.DRAFT, wording.DRAFT_TITLE), (LetterStatus.ADOPTED, wording.TITLE)):
        letter = DRAFT_LETTER if status is LetterStatus.DRAFT else LETTER
        issuance = replace(DRAFT_ISSUANCE if status is LetterStatus.DRAFT else ISSUANCE, status=status)
        assert compose_version(letter, issuance).title == f"{title}, case CM15-7700123"


def test_the_title_of_a_letter_names_no_person() -> None:
    composed = compose_version(LETTER, ISSUANCE)
    assert "Quimby" not in composed.title + composed.footer
    assert composed.dated == date(2015, 4, 21)
    assert {field.name for field in fields(composed)} >= {"header", "footer"}
