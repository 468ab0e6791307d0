"""The patient's age and sex, as the clinical summary gives them."""

from __future__ import annotations

import re

from openimr.letters.reading import Reading
from openimr.terms.letter import LetterPatient, Sex
from openimr.terms.places import Span
from openimr.terms.problem import Severity

_AGE = re.compile(
    r"\b(?P<age>\d{1,3})[\s-]*(?:years?|yrs?|y\.?/?o\.?)(?:[\s-]*(?:old|of[\s-]age))?(?=[\s,.;)-])"
    r"|\b(?P<age2>\d{1,3})[\s-]*yo\b|\bage[d]?\s+(?:of\s+)?(?P<age3>\d{1,3})\b",
    re.IGNORECASE,
)
_OLD = re.compile(r"old|of[\s-]age|y\.?/?o|^age", re.IGNORECASE)
# The letter in front lets the search pass over all others at once.
_SEX = re.compile(
    r"[FfMmWwLlGg](?<!\w.)(?:(?P<female>(?<=[Ff])(?:emales?|EMALES?)|(?<=[Ww])oman|(?<=[Ll])ady)"
    r"|(?P<male>(?<=[Mm])(?:ales?|ALES?|an)|(?<=[Gg])entleman))\b"
)
# Behind an age only these words may stand before the sex: "46-year-old, right-handed female"
_SEX_REACH = 60
_OLDEST = 115


def read_patient(reading: Reading, summary: Span) -> LetterPatient:
    """Return age and sex from the summary; None where it does not say them."""
    text = reading.text.text[summary.start : summary.end]
    age_match = next((m for m in _AGE.finditer(text) if _OLD.search(m.group(0))), None)
    age = None
    if age_match is not None:
        name = next(n for n in ("age", "age2", "age3") if age_match[n])
        if int(age_match[name]) <= _OLDEST:
            age = int(age_match[name])
            start, end = age_match.span(name)
            reading.spans["patient.age"] = Span(summary.start + start, summary.start + end)
    if age is None:
        _note_missing(reading, "age", summary)
    sex_match = _nearest_sex(text, age_match)
    if sex_match is None:
        _note_missing(reading, "sex", summary)
        return LetterPatient(age=age)
    start, end = sex_match.span()
    reading.spans["patient.sex"] = Span(summary.start + start, summary.start + end)
    sex = _sex_of(sex_match)
    _warn_of_two(reading, text, sex, summary)
    return LetterPatient(age=age, sex=sex)


def _note_missing(reading: Reading, name: str, summary: Span) -> None:
    reading.problem(
        f"patient.{name}_missing",
        f"patient.{name}",
        f"The summary does not give the patient's {name} in words that could be read.",
        remedy="Nothing, unless the case turns on it.",
        severity=Severity.NOTE,
        at=Span(summary.start, summary.start),
    )


def _sex_of(match: re.Match[str]) -> Sex:
    return Sex.FEMALE if match["female"] else Sex.MALE


def _nearest_sex(text: str, age: re.Match[str] | None) -> re.Match[str] | None:
    """Return the word of sex behind the age, else the first of the summary."""
    if age is not None:
        behind = _SEX.search(text, age.end(), age.end() + _SEX_REACH)
        if behind:
            return behind
    return _SEX.search(text)


def _warn_of_two(reading: Reading, text: str, sex: Sex, summary: Span) -> None:
    for match in _SEX.finditer(text):
        if _sex_of(match) is not sex:
            start, end = match.span()
            reading.problem(
                "patient.sex_contradicts",
                "patient.sex",
                f"The summary calls the patient {sex.value} and also uses a word for the other sex.",
                remedy="Check which word is about the patient.",
                at=Span(summary.start + start, summary.start + end),
                severity=Severity.WARNING,
            )
            return
