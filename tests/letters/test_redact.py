"""Nothing in the published version identifies a person."""

from __future__ import annotations

from dataclasses import replace

import pytest

from invented_letters import AUTHOR, ISSUANCE, LETTER, PATIENT, PHYSICIAN, WITNESS
from openimr.letters.read import LetterReader
from openimr.letters.redact import redact
from openimr.letters.render import compose_version, render
from openimr.terms.issuance import WithheldName
from openimr.terms.letter import Letter

NAMES = (
    "Rosalind", "Quimby", "Ignatius", "Barlowe", "Theodora", "Penhallow", "Cornelius", "Abney", "Wilhelmina",
    "Strand", "Anselm", "Götz", "Larch Lane", "Bellwether",
)  # fmt: skip


def summary(text: str) -> Letter:
    return replace(LETTER, clinical_summary=text)


def cleaned(text: str, *names: WithheldName) -> str | None:
    issuance = replace(ISSUANCE, withheld_names=names, addressees=())
    return redact(summary(text), issuance).letter.clinical_summary


@pytest.mark.parametrize("form", ["txt", "md", "html", "pdf"])
def test_the_published_letter_holds_none_of_the_names(form: str) -> None:
    data = render(LETTER, ISSUANCE, to=form, version="published")
    with LetterReader() as reader:
        text = reader.read_bytes(data, name="letter").text
    for name in NAMES:
        assert name.lower() not in text.lower()
        assert name.encode() not in data
    assert "First-class mail" not in text


@pytest.mark.parametrize("form", ["txt", "pdf"])
def test_the_served_letter_holds_them(form: str) -> None:
    data = render(LETTER, ISSUANCE, to=form)
    with LetterReader() as reader:
        text = reader.read_bytes(data, name="letter").text
    assert all(
        " ".join(name.split()) in " ".join(text.split()) for name in (PATIENT, PHYSICIAN, AUTHOR, WITNESS)
    )


def test_what_is_withheld_is_listed_by_kind_and_number() -> None:
    text = render(LETTER, ISSUANCE, to="txt", version="published").decode()
    listed = text[text.index("WITHHELD FOR PUBLICATION") :]
    for line in ("addressee: 3", "author of a document: 3", "witness: 1", "service: 1"):
        assert line in listed


@pytest.mark.parametrize(
    "text",
    [
        "Rosalind Quimby fell.", "ROSALIND QUIMBY fell.", "Quimby, Rosalind, fell.", "QUIMBY fell.",
        "Ms. Quimby's knee hurts.", "The Quimbys fell.", "RosalindQuimby fell.", "Rosalind_Quimby fell.",
        "Rosalind  fell.".replace("  ", " "), "rosalind quimby fell.",
    ],
)  # fmt: skip
def test_a_name_is_withheld_in_every_spelling(text: str) -> None:
    found = cleaned(text, WithheldName(kind="employee", name=PATIENT))
    assert found is not None
    assert "quimby" not in found.lower()
    assert "rosalind" not in found.lower()


@pytest.mark.parametrize("text", ["José Núñez fell.", "Jose Nunez fell.", "NÚÑEZ fell."])
@pytest.mark.parametrize("name", ["José Núñez", "Jose Nunez"])
def test_a_name_is_withheld_with_and_without_accents(text: str, name: str) -> None:
    found = cleaned(text, WithheldName(kind="employee", name=name))
    assert found is not None
    assert "fell" in found
    assert not any(part in found for part in ("Nunez", "Núñez", "NÚÑEZ", "Jos"))


@pytest.mark.parametrize("text", ["Larkin-Dell fell.", "Larkin fell.", "DELL fell.", "F. Dell fell."])
def test_each_half_of_a_double_name_is_withheld(text: str) -> None:
    found = cleaned(text, WithheldName(kind="employee's name", name="Ferdinand Larkin-Dell"))
    assert found is not None
    assert not any(part in found for part in ("Larkin", "Moss", "DELL"))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("O\u2019Neil fell.", "Una O'Neil"),
        ("O'Neil fell.", "Una O\u2019Neil"),
        ("ONeil fell.", "Una O'Neil"),
        ("Goetz fell.", "Anselm Götz"),
        ("Wu fell.", "Bo Wu"),
        ("B.W. fell.", "Bo Wu"),
        ("B. W. fell.", "Bo Wu"),
    ],
)
def test_a_name_is_withheld_however_it_is_typed(text: str, name: str) -> None:
    found = cleaned(text, WithheldName(kind="employee", name=name))
    assert found == "[employee withheld] fell."


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A male of 40.", "Ma Le"),
        ("P.T. twice a week.", "Paula Tamm"),
        ("De Quervain's disease.", "Ida De Tamm"),
        ("WU is no word.", "Bo Wu"),
    ],
)
def test_words_that_are_no_names_stay(text: str, name: str) -> None:
    assert cleaned(text, WithheldName(kind="employee", name=name)) == text


def test_a_firm_is_withheld_by_its_whole_name_only() -> None:
    employer = WithheldName(kind="employer's name", name="Pacific Steel Works")
    found = cleaned("He works at Pacific Steel Works. Works overhead hurt the shoulder.", employer)
    assert found == "He works at [employer's name withheld]. Works overhead hurt the shoulder."


def test_a_name_inside_another_word_stays() -> None:
    assert (
        cleaned("The Quimbyite stone.", WithheldName(kind="employee", name=PATIENT)) == "The Quimbyite stone."
    )


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Call 555-010-1234 today.", "Call [telephone number withheld] today."),
        ("Call (555) 010-1234 today.", "Call [telephone number withheld] today."),
        ("SSN 123-45-6789.", "SSN [social security number withheld]."),
        ("Write to a.b@example.org now.", "Write to [e-mail address withheld] now."),
        ("Seen by Dr. Wendell Ames on Monday.", "Seen by [name behind a title withheld] on Monday."),
    ],
)
def test_numbers_and_addresses_of_persons_are_withheld_unasked(text: str, kept: str) -> None:
    assert cleaned(text) == kept


@pytest.mark.parametrize(
    "text", ["Norco 10-325 mg #120 since 11-04-2014.", "CPT 62311-62319, L4-5, 4/5 strength."]
)
def test_amounts_and_dates_are_no_numbers_of_persons(text: str) -> None:
    assert cleaned(text) == text


def test_a_record_without_names_is_reported() -> None:
    composed = compose_version(LETTER, replace(ISSUANCE, withheld_names=()), version="published")
    assert [p.code for p in composed.problems] == ["letter.names_not_listed"]


def test_an_author_is_withheld_and_the_entry_stays() -> None:
    published = redact(LETTER, ISSUANCE).letter
    assert published.documents_reviewed is not None
    assert LETTER.documents_reviewed is not None
    assert len(published.documents_reviewed) == len(LETTER.documents_reviewed)
    assert {d.author for d in published.documents_reviewed} == {None, "withheld"}


def test_the_published_letter_reads_back_as_the_redacted_one() -> None:
    data = render(LETTER, ISSUANCE, to="pdf", version="published")
    with LetterReader() as reader:
        back = reader.parse_bytes(data, name="letter")[0].letter
    expected = redact(LETTER, ISSUANCE).letter
    assert back.disputes == expected.disputes
    assert back.documents_reviewed == expected.documents_reviewed
