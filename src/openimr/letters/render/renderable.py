"""Whether a letter can be printed so that it reads back as the same letter.

What cannot is refused with its reason before anything is written: characters
without a glyph, white space that printing folds, words that read as a heading
of the letter itself. At the end the text is read back and compared, so that
no letter leaves that says something else to its next reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any

from openimr.letters import wording
from openimr.letters.blocks import Composed
from openimr.letters.own import read_own_letter
from openimr.letters.reading import Reading
from openimr.letters.render.runs import width_em
from openimr.letters.render.text import render_text
from openimr.letters.source import letter_text
from openimr.terms.errors import LetterNotRenderable
from openimr.terms.issuance import Issuance, LetterStatus
from openimr.terms.letter import DocumentReviewed, Letter
from openimr.vocabulary.requests import parse_request
from openimr.vocabulary.text import fold

NOT_PRINTED = frozenset({"source", "layout", "problems"})
"""The keys of a letter that no letter prints."""

# Every character here has a glyph in the fonts that letters are set in and
# comes back from a PDF as itself; a test sets and reads all of them.
_RANGES = (
    "\\x21-\\x7e\u00a1-\u00ab\u00ae-\u02ff\u0370-\u0373\u0375-\u0377\u037a-\u037d\u0384-\u0386\u0388-\u038a\u038c"
    "\u038e-\u03a1\u03a3-\u0482\u048a-\u04ff\u1e00-\u1eff\u2010-\u2027\u2030-\u2040\u2042\u2044-\u2052"
    "\u2070\u2071\u2074-\u208e\u20a0-\u20c0\u2122\u2153-\u215e\u2190-\u21ff\u2200-\u22ff\u2500-\u262f"
)
_UNPRINTABLE = re.compile(f"[^{_RANGES} ]")
# Lines of these words number or mark a page, and readers pass over them.
_PAGE_MARK = re.compile(
    rf"\bPage \d{{1,4}} of \d{{1,4}}\b|Final Determination Letter for IMR Case Number|{wording.DRAFT_HEADER}"
)
_EMPHASIS = re.compile(r"\*\*|<b>")
_COLUMNS = " ".join(wording.DOCUMENT_COLUMNS)
_OUTCOME_WORDS = re.compile(r"\b(?:upheld|overturned)\b", re.IGNORECASE)
# No person has become older.
_OLDEST = 125
# A row of the list of documents must fit on a page, its exhibit and a case number on a line.
_MOST_IN_TITLE = 600
_MOST_IN_CELL = 300
_MOST_EXHIBIT_EM = 5.4
_MOST_CASE_NUMBER_EM = 11.0


def with_treatments(letter: Letter) -> Letter:
    """Return the letter with each request understood where its record leaves that out."""
    disputes = tuple(
        replace(d, treatment=parse_request(d.request)) if d.request and d.treatment is None else d
        for d in letter.disputes
    )
    return Letter(**{**_values_of(letter), "disputes": disputes})


def _values_of(letter: Letter) -> dict[str, Any]:
    """Return the values of a letter's own keys, also of a record that holds more."""
    return {field.name: getattr(letter, field.name) for field in fields(Letter)}


def check_values(letter: Letter, issuance: Issuance | None) -> None:
    """Refuse values that cannot be printed and read back.

    Raises:
        LetterNotRenderable: The first such value, and why.
    """
    printed = replace(letter, source=None, layout=None, problems=())
    for root, record in (("", printed), ("issuance.", issuance)):
        for path, text in _strings(record, root):
            reason = _unprintable(text)
            if reason:
                raise refused(path, reason)
    _check_lines(letter)
    for index, dispute in enumerate(letter.disputes):
        if dispute.treatment != (parse_request(dispute.request) if dispute.request else None):
            raise refused(
                f"disputes.{index}.treatment",
                "is not what its request reads as; left out, it is read from the request",
            )
    for index, document in enumerate(letter.documents_reviewed or ()):
        _check_row(document, f"documents_reviewed.{index}")
    if issuance is not None and issuance.status is LetterStatus.DRAFT:
        _check_draft(letter, issuance)


def refused(field: str, reason: str) -> LetterNotRenderable:
    """Return the error that a field cannot be printed."""
    return LetterNotRenderable(
        asked="Render the letter",
        found=f"{field} {reason}.",
        remedy="Correct it in the letter's record.",
    )


def _strings(record: object, path: str) -> Iterator[tuple[str, str]]:
    """Yield every text of a record with its path; what a treatment holds is not printed."""
    waiting: list[tuple[str, Any]] = [(path, record)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, str):
            yield path, value
        elif isinstance(value, tuple):
            waiting.extend([(f"{path}.{n}", value[n]) for n in range(len(value) - 1, -1, -1)])
        elif hasattr(value, "__dataclass_fields__"):
            joint = "." if path and not path.endswith(".") else ""
            for name in reversed(value.__dataclass_fields__):
                part = getattr(value, name)
                if part is not None and name != "treatment":
                    waiting.append((f"{path}{joint}{name}", part))


def _unprintable(text: str) -> str | None:
    if not text:
        return "is empty; leave it out where it is not known"
    if text != fold(text):
        return "has line ends, tabs or more than one blank between words"
    char = _UNPRINTABLE.search(text)
    if char:
        return f"holds the character U+{ord(char.group(0)):04X}, which cannot be printed"
    if text == wording.NOT_STATED:
        return f'is "{text}", which is how a letter prints that there is nothing'
    if _PAGE_MARK.search(text):
        return "reads as the foot or the head of a page"
    if _EMPHASIS.search(text):
        return "holds a mark of bold type"
    return None


def _check_lines(letter: Letter) -> None:
    number = letter.case_number
    if number and (" " in number or width_em(number) > _MOST_CASE_NUMBER_EM):
        raise refused("case_number", "is not one word of at most about 20 characters")
    age = letter.patient.age
    if age is not None and not 0 <= age <= _OLDEST:
        raise refused("patient.age", f"is no age from 0 to {_OLDEST} years")
    for field in fields(letter.reviewer):
        for index, name in enumerate(getattr(letter.reviewer, field.name) or ()):
            if ";" in name:
                raise refused(f"reviewer.{field.name}.{index}", "holds a semicolon, which parts two entries")
            if name == wording.NONE:
                raise refused(
                    f"reviewer.{field.name}.{index}", "is how a letter prints that there is nothing"
                )


def _check_row(document: DocumentReviewed, path: str) -> None:
    exhibit = document.exhibit
    if exhibit and (" " in exhibit or width_em(exhibit) > _MOST_EXHIBIT_EM):
        raise refused(f"{path}.exhibit", "is not one word of at most about 8 characters")
    if exhibit == wording.NO_EXHIBIT:
        raise refused(f"{path}.exhibit", "is how a letter prints that there is nothing")
    if any(page < 1 for page in document.pages):
        raise refused(f"{path}.pages", "holds a page before the first")
    for name, most in (
        ("title", _MOST_IN_TITLE),
        ("type", _MOST_IN_CELL),
        ("author", _MOST_IN_CELL),
        ("submitted_by", _MOST_IN_CELL),
    ):
        text = getattr(document, name) or ""
        if len(text) > most:
            raise refused(f"{path}.{name}", f"has {len(text)} characters; a row has room for {most}")
        if _COLUMNS in text:
            raise refused(f"{path}.{name}", "reads as the head of the list of documents")


def _check_draft(letter: Letter, issuance: Issuance) -> None:
    """Refuse a draft that holds or suggests an outcome: software never decides."""
    for index, dispute in enumerate(letter.disputes):
        if dispute.outcome is not None:
            raise refused(f"disputes.{index}.outcome", "stands in a draft, which has no outcome")
        if _OUTCOME_WORDS.search(dispute.rationale or ""):
            raise refused(f"disputes.{index}.rationale", "names an outcome in a draft")
    numbers = [says.dispute for says in issuance.record_says]
    for index, number in enumerate(numbers):
        if not 1 <= number <= len(letter.disputes) or number in numbers[:index]:
            raise refused(
                f"issuance.record_says.{index}.dispute",
                f"is {number}, which is no item or stands there twice",
            )
    for path, text in _strings(issuance.record_says, "issuance.record_says"):
        if _OUTCOME_WORDS.search(text):
            raise refused(path, "names an outcome in a draft")


def check_reads_back(letter: Letter, composed: Composed) -> None:
    """Refuse a letter whose text reads back as another letter.

    Raises:
        LetterNotRenderable: A value holds words that read as a part of the
            letter itself, such as the heading of a section.
    """
    field = first_difference(letter, read_own_letter(Reading(letter_text(render_text(composed)))))
    if field:
        raise refused(field, "does not read back from the printed letter: it reads as a part of the letter")


def first_difference(letter: Letter, other: Letter) -> str | None:
    """Return the path of the first printed value in which two letters differ."""
    for field in fields(Letter):
        if field.name not in NOT_PRINTED:
            path = _difference(getattr(letter, field.name), getattr(other, field.name), field.name)
            if path:
                return path
    return None


def _difference(one: object, other: object, path: str) -> str | None:
    if one == other:
        return None
    if isinstance(one, tuple) and isinstance(other, tuple) and len(one) == len(other):
        parts = ((a, b, f"{path}.{n}") for n, (a, b) in enumerate(zip(one, other, strict=True)))
    elif is_dataclass(one) and type(one) is type(other) and not isinstance(one, date):
        parts = ((getattr(one, f.name), getattr(other, f.name), f"{path}.{f.name}") for f in fields(one))
    else:
        return path
    return next((found for a, b, p in parts if (found := _difference(a, b, p))), path)
