"""Take out of a letter what identifies a person, and count what was taken out.

It errs towards taking out too much: a surname that is also a word ("Brown")
is withheld wherever it stands with a capital letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace

from openimr.letters.basis import reworded
from openimr.terms.citation import Citation
from openimr.terms.issuance import Disclosure, Issuance, WithheldName
from openimr.terms.letter import DocumentReviewed, Letter, LetterDispute
from openimr.terms.problem import Problem, Severity
from openimr.vocabulary.requests import parse_request

WITHHELD = "withheld"
"""What stands in place of an author."""

# The name of one of these is no person's: only the whole name is withheld.
_NOT_PERSONS = re.compile(
    r"employer|payer|insurer|administrator|organization|group|facility|practice|clinic", re.IGNORECASE
)
# Parts of a name that identify nobody by themselves.
_NO_NAMES = frozenset(
    "MD DO DC PA PAC NP RN PT OT DPM PHD PSYD ESQ INC LLC LLP DR MR MRS MS JR SR II III THE AND OF FOR "
    "PHYSICIAN SURGEON THERAPIST THERAPY RADIOLOGIST CHIROPRACTOR NURSE PRACTITIONER ASSISTANT HOSPITAL "
    "CLINIC CENTER CENTRE MEDICAL GROUP HEALTH IMAGING LABORATORY DEPARTMENT PHYSICAL SURGERY ORTHOPEDIC "
    "REVIEWER ADMINISTRATOR CLAIMS UTILIZATION REVIEW PRIMARY TREATING UNKNOWN UNSIGNED EMPLOYEE EMPLOYER "
    "PROVIDER DE DA DI DU LA LE EL AL ST".split()
)
_SHORTEST_PART = 2
_IDENTIFIERS = (
    ("e-mail address", re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")),
    ("social security number", re.compile(r"\b\d{3}-\d{2}-\d{4}\b")),
    ("telephone number", re.compile(r"(?:\(\d{3}\)\s?|\b\d{3}[-. ])\d{3}[-. ]\d{4}\b")),
    (
        "name behind a title",
        re.compile(
            r"\b(?:Dr|Mr|Mrs|Ms|Miss)\b\.?\s+[A-Z][\w'\u2019-]+(?:\s+(?:[A-Z]\.|[A-Z][a-z][\w'\u2019-]*))*"
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Redacted:
    """A letter without names, and how often each kind of name was withheld."""

    letter: Letter
    issuance: Issuance | None
    withheld: tuple[tuple[str, int], ...]
    problems: tuple[Problem, ...]


def redact(letter: Letter, issuance: Issuance | None) -> Redacted:
    """Return the letter as it may be published.

    Authors of documents, addressees and service are always withheld. In the
    text, every name that the record lists or that an author or addressee
    bears is withheld wherever it or its surname stands, and so are names
    behind a title, telephone numbers and addresses of e-mail. A record
    without a list of names is reported. Dates and ages stay, as published
    determinations print them.
    """
    cleaner = _Cleaner(_names(letter, issuance))
    documents = letter.documents_reviewed
    if documents is not None:
        documents = tuple(_document(d, cleaner) for d in documents)
    published = replace(
        letter,
        source=None,
        clinical_summary=cleaner.clean_or_none(letter.clinical_summary),
        documents_reviewed=documents,
        disputes=tuple(_dispute(d, cleaner, f"disputes.{n}") for n, d in enumerate(letter.disputes)),
        problems=(),
    )
    shown = _issuance(issuance, cleaner) if issuance else None
    problems = () if issuance and issuance.withheld_names else (_nobody_looked(),)
    return Redacted(published, shown, cleaner.counted(), problems)


def _nobody_looked() -> Problem:
    return Problem(
        code="letter.names_not_listed",
        field="issuance.withheld_names",
        message="The record lists no names to withhold, so the text was searched for few.",
        remedy="List the names of the persons of the case in the record, or read the text yourself.",
        severity=Severity.WARNING,
    )


def _names(letter: Letter, issuance: Issuance | None) -> tuple[WithheldName, ...]:
    names = list(issuance.withheld_names) if issuance else []
    names.extend(
        WithheldName(kind=a.role.lower(), name=a.name) for a in (issuance.addressees if issuance else ())
    )
    names.extend(
        WithheldName(kind="author of a document", name=d.author)
        for d in letter.documents_reviewed or ()
        if d.author
    )
    return tuple(names)


class _Cleaner:
    """Takes names out of texts and counts them by kind."""

    def __init__(self, names: tuple[WithheldName, ...]) -> None:
        self._counts: Counter[str] = Counter()
        ordered = sorted(names, key=lambda name: -len(name.name))
        whole = [(n.kind, re.compile(_spelled(n.name), re.IGNORECASE)) for n in ordered if n.name.strip()]
        parts = {part: n.kind for n in reversed(ordered) for part in _parts(n)}
        single = [(kind, re.compile(_spelled(part))) for part, kind in parts.items()]
        initials = [(n.kind, re.compile(printed)) for n in ordered if (printed := _initials(n))]
        self._patterns = [*whole, *_IDENTIFIERS, *single, *initials]

    def count(self, kind: str, number: int) -> None:
        """Count what is left out as a whole."""
        self._counts[kind] += number

    def counted(self) -> tuple[tuple[str, int], ...]:
        """Return how often each kind was withheld, by name of the kind."""
        return tuple(sorted((kind, count) for kind, count in self._counts.items() if count))

    def clean(self, text: str) -> str:
        """Return a text with each name replaced by what it was."""
        for kind, pattern in self._patterns:
            spans = [match.span() for match in pattern.finditer(_without_accents(text))]
            self._counts[kind] += len(spans)
            for start, end in reversed(spans):
                text = f"{text[:start]}[{kind} withheld]{text[end:]}"
        return text

    def clean_or_none(self, text: str | None) -> str | None:
        """Return a text cleaned, and None for none."""
        return None if text is None else self.clean(text)


# Signs that stand for the apostrophe of a name, as which each is read.
_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u02bc\u00b4`\u2032", "'"))


def _without_accents(text: str) -> str:
    """Return a text of the same length in which accented letters and apostrophes are plain."""
    if text.isascii():
        return text.translate(_APOSTROPHES)
    plain = "".join(unicodedata.normalize("NFD", char)[0] for char in text)
    return plain.translate(_APOSTROPHES)


# The words of a short name, run together, may be a word of any text ("Ma Le").
_LONGEST_WORD_OF_TWO = 9


def _spelled(name: str) -> str:
    """Return a pattern for a name, whatever parts its words: blanks, an underscore, nothing at all.

    A letter behind an umlaut's place may be the "e" that is written for it,
    and an apostrophe may be left out. A plural is the name too.
    """
    letters = []
    for char in name.translate(_APOSTROPHES):
        plain = _without_accents(char)
        is_umlaut = unicodedata.normalize("NFD", char)[1:] == "\u0308"
        letters.append("'?" if plain == "'" else re.escape(plain) + ("e?" if is_umlaut else ""))
    between = r"[\s_]*" if len(name) > _LONGEST_WORD_OF_TWO else r"[\s_]+"
    words = between.join("".join(letters).replace("\\ ", " ").split())
    return rf"(?<![^\W_]){words}s?(?![^\W_])"


def _initials(name: WithheldName) -> str | None:
    """Return a pattern for a person's initials with their periods; None for a single name."""
    words = [
        word for word in name.name.split() if word[0].isupper() and word.upper().strip(".,") not in _NO_NAMES
    ]
    is_a_title = "".join(word[0] for word in words) in _NO_NAMES
    if _NOT_PERSONS.search(name.kind) or len(words) < 2 or is_a_title:
        return None
    return (
        r"(?<!\w)" + r"\s?".join(rf"{re.escape(_without_accents(word[0]))}\." for word in words) + r"(?!\w)"
    )


def _parts(name: WithheldName) -> list[str]:
    """Return the words of a person's name that identify the person alone, as written and in capitals."""
    if _NOT_PERSONS.search(name.kind):
        return []
    whole = {word.strip(".,;()") for word in name.name.split()}
    words = whole | {half for word in whole for half in re.split(r"[-\u2010\u2011]", word)}
    found = [
        word
        for word in sorted(words)
        if len(word) >= _SHORTEST_PART
        and word[0].isupper()
        and word.upper().replace(".", "") not in _NO_NAMES
    ]
    # two capitals are an abbreviation of medicine sooner than a name
    return [*found, *(word.upper() for word in found if word.upper() != word and len(word) > _SHORTEST_PART)]


def _document(document: DocumentReviewed, cleaner: _Cleaner) -> DocumentReviewed:
    if document.author:
        cleaner.count("author of a document", 1)
    return replace(
        document,
        title=cleaner.clean(document.title),
        type=cleaner.clean_or_none(document.type),
        author=WITHHELD if document.author else None,
        submitted_by=cleaner.clean_or_none(document.submitted_by),
    )


def _dispute(dispute: LetterDispute, cleaner: _Cleaner, path: str) -> LetterDispute:
    request = cleaner.clean_or_none(dispute.request)
    return replace(
        dispute,
        request=request,
        treatment=parse_request(request) if request else None,
        rationale=cleaner.clean_or_none(dispute.rationale),
        payer_basis=_basis(dispute.payer_basis, cleaner, f"{path}.payer_basis"),
        reviewer_basis=_basis(dispute.reviewer_basis, cleaner, f"{path}.reviewer_basis"),
    )


def _basis(basis: tuple[Citation, ...] | None, cleaner: _Cleaner, field: str) -> tuple[Citation, ...] | None:
    return None if basis is None else reworded(basis, cleaner.clean, field=field)


def _issuance(issuance: Issuance, cleaner: _Cleaner) -> Issuance:
    cleaner.count("addressee", len(issuance.addressees))
    cleaner.count("service", 1 if issuance.service else 0)
    appeal, disclosure = issuance.appeal, issuance.disclosure
    return replace(
        issuance,
        addressees=(),
        service=None,
        withheld_names=(),
        proofs=tuple(replace(p, because=cleaner.clean(p.because)) for p in issuance.proofs),
        appeal=replace(appeal, explanation=cleaner.clean(appeal.explanation)) if appeal else None,
        disclosure=_disclosure(disclosure, cleaner) if disclosure else None,
    )


def _disclosure(disclosure: Disclosure, cleaner: _Cleaner) -> Disclosure:
    return replace(
        disclosure,
        prepared_by_software=tuple(map(cleaner.clean, disclosure.prepared_by_software)),
        changed_by_physician=tuple(map(cleaner.clean, disclosure.changed_by_physician)),
        confirmed_by_physician=tuple(map(cleaner.clean, disclosure.confirmed_by_physician)),
    )
