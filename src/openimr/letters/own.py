"""Read back the letters that this package renders.

Every value stands between fixed words, so nothing here depends on lines,
blank lines or bold type: whatever a PDF does to white space, the same
values come back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from openimr.letters import wording
from openimr.letters.basis import read_entries, read_entry
from openimr.letters.document_table import read_rows, rejoined
from openimr.letters.header import FIELDS
from openimr.letters.reading import Reading
from openimr.terms.citation import Citation
from openimr.terms.letter import Credentials, Letter, LetterDispute, LetterPatient, Outcome, Priority, Sex
from openimr.terms.places import Span
from openimr.terms.problem import Severity
from openimr.vocabulary.dates import read_date
from openimr.vocabulary.requests import parse_request

_DAY = r"not\s+stated|\d\d/\d\d/\d{4}"
_KIND_OF_VALUE = {"case_number": r"not\s+stated|\S+", "priority": r"not\s+stated|[A-Z][a-z]+"}
_HEADER = re.compile(
    r"\s*" + r"\s+".join(f"(?P<{name}>{_KIND_OF_VALUE.get(name, _DAY)})" for name in FIELDS) + r"\s*"
)
_PATIENT = re.compile(
    r"Patient:\s+(?:(?P<age>\d+)\s+years\s+old|age\s+not\s+stated),\s+(?:(?P<sex>female|male)|sex\s+not\s+stated)"
    r"\s+Summary:\s"
)
_ITEM = r"Disputed\s+item\s+{number}\s+of\s+{count}:\s"
_PRIORITIES = {word: priority for priority, word in wording.PRIORITIES.items()}


@cache
def _words(*phrases: str) -> re.Pattern[str]:
    """Return a pattern for one of the phrases, with any white space between its words."""
    return re.compile("|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in phrases))


def read_own_letter(reading: Reading) -> Letter:
    """Return a letter of this package's own layout; what is missing is None with a problem."""
    sections = _sections(reading)
    patient, summary = _read_summary(reading, sections.get("clinical_summary"))
    documents = sections.get("documents_reviewed")
    header = _read_header(reading, sections["header"])
    return Letter(
        **header,  # type: ignore[arg-type]  # names and types come from FIELDS
        patient=patient,
        reviewer=_read_credentials(reading, sections.get("reviewer")),
        clinical_summary=summary,
        documents_reviewed=read_rows(reading, documents) if documents else None,
        disputes=_read_items(reading, sections.get("disputes")),
    )


def _sections(reading: Reading) -> dict[str, Span]:
    """Return the sections by the field that they hold, in the order of the letter."""
    text = reading.text.text
    found: list[tuple[str, int, int]] = []
    position = 0
    for field, phrases in (
        ("reviewer", (wording.HOW_MADE, wording.HOW_DRAFTED)),
        ("clinical_summary", (wording.SUMMARY,)),
        ("documents_reviewed", (wording.DOCUMENTS,)),
        ("disputes", (wording.ITEMS, wording.DRAFT_ITEMS)),
        ("end", (wording.RIGHTS,)),
    ):
        match = _words(*phrases).search(text, position)
        if match is None:
            _incomplete(reading, field, f'the section "{phrases[0]}" is missing')
            continue
        found.append((field, match.start(), match.end()))
        position = match.end()
    if not found or found[-1][0] != "end":
        _cut(reading, found[-1][0] if found else "header")
    sections = {"header": Span(0, found[0][1] if found else len(text))}
    for index, (field, _, begin) in enumerate(found):
        sections[field] = Span(begin, found[index + 1][1] if index + 1 < len(found) else len(text))
    return sections


def _incomplete(reading: Reading, field: str, found: str, *, at: Span | None = None) -> None:
    reading.problem(
        "letter.incomplete",
        field,
        f"The letter is not as it was rendered: {found}.",
        remedy="Use the complete letter, without later changes.",
        at=at,
    )


def _cut(reading: Reading, field: str) -> None:
    """Say that the letter ends inside a section, so its last value may not be whole."""
    end = len(reading.text.text)
    reading.problem(
        "letter.cut",
        field,
        "The letter ends inside this section, so its last value may be cut.",
        remedy="Use the complete letter.",
        severity=Severity.WARNING,
        at=Span(end, end),
    )


def _value(reading: Reading, path: str, start: int, end: int) -> str | None:
    """Return the value between two fixed phrases; None where it is not stated."""
    kept = reading.keep(path, start, end)
    if kept is None or kept == wording.NOT_STATED:
        reading.spans.pop(path, None)
        return None
    return rejoined(kept)


def _read_header(reading: Reading, region: Span) -> dict[str, object]:
    """Return the fields of the header: all labels taken out, the values stand in order."""
    text = reading.text.text
    first = _words(f"{FIELDS['case_number']}:").search(text, region.start, region.end)
    start = first.start() if first else region.end
    labels = _words(*(f"{label}:" for label in FIELDS.values()))
    values = labels.sub(lambda m: " " * len(m.group(0)), text[start : region.end])
    match = _HEADER.fullmatch(values)
    if match is None:
        _incomplete(reading, "header", "its header table cannot be read", at=region)
        return {}
    header: dict[str, object] = {}
    for name in FIELDS:
        begin, end = match.span(name)
        printed = _value(reading, name, start + begin, start + end)
        if printed is None:
            header[name] = None
        elif name == "case_number":
            header[name] = printed
        elif name == "priority":
            header[name] = _priority(reading, printed)
        else:
            header[name] = read_date(printed)
    return header


def _priority(reading: Reading, printed: str) -> Priority | None:
    priority = _PRIORITIES.get(printed)
    if priority is None:
        _incomplete(reading, "priority", "its priority is none of the known words")
    return priority


def _marks(text: str, phrases: Iterable[tuple[str, str]], section: Span) -> dict[str, Span]:
    """Return what stands behind each phrase that is found, in this order, up to the next one."""
    found: list[tuple[str, int, int]] = []
    position = section.start
    for name, phrase in phrases:
        match = _words(phrase).search(text, position, section.end)
        if match:
            found.append((name, match.start(), match.end()))
            position = match.end()
    return {
        name: Span(end, found[index + 1][1] if index + 1 < len(found) else section.end)
        for index, (name, _, end) in enumerate(found)
    }


def _read_credentials(reading: Reading, section: Span | None) -> Credentials:
    if section is None:
        return Credentials()
    text = reading.text.text
    lead = _words(wording.CREDENTIALS_LEAD).search(text, section.start, section.end)
    if lead is None:
        return Credentials()
    mark = _words(wording.MARK).search(text, lead.end(), section.end)
    region = Span(lead.end(), mark.start() if mark else section.end)
    found: dict[str, tuple[str, ...]] = {}
    for name, span in _marks(text, wording.CREDENTIALS.items(), region).items():
        printed = _value(reading, f"reviewer.{name}", span.start, span.end) or ""
        found[name] = () if printed == wording.NONE else tuple(printed.split(wording.CREDENTIALS_JOINT))
    return Credentials(**found)


def _read_summary(reading: Reading, section: Span | None) -> tuple[LetterPatient, str | None]:
    if section is None:
        return LetterPatient(), None
    match = _PATIENT.search(reading.text.text, section.start, section.end)
    if match is None:
        _incomplete(reading, "patient", "the line on the patient's age and sex is missing", at=section)
        return LetterPatient(), _value(reading, "clinical_summary", section.start, section.end)
    for name in ("age", "sex"):
        if match[name]:
            reading.spans[f"patient.{name}"] = Span(*match.span(name))
    patient = LetterPatient(
        age=int(match["age"]) if match["age"] else None,
        sex=Sex(match["sex"]) if match["sex"] else None,
    )
    return patient, _value(reading, "clinical_summary", match.end(), section.end)


def _read_items(reading: Reading, section: Span | None) -> tuple[LetterDispute, ...]:
    if section is None:
        return ()
    text = reading.text.text
    mark = re.compile(_ITEM.format(number=1, count=r"(?P<count>\d+)")).search(
        text, section.start, section.end
    )
    if mark is None:
        return ()
    count = int(mark["count"])
    disputes = []
    for number in range(1, count + 1):
        following = re.compile(_ITEM.format(number=number + 1, count=count)).search(
            text, mark.end(), section.end
        )
        body = Span(mark.end(), following.start() if following else section.end)
        disputes.append(_read_item(reading, f"disputes.{number - 1}", body))
        if following is None:
            if number < count:
                _incomplete(reading, "disputes", f"items {number + 1} to {count} are missing")
            break
        mark = following
    return tuple(disputes)


def _decision_phrases() -> dict[str, Outcome | None]:
    phrases: dict[str, Outcome | None] = {
        f"{wording.DECISION} {' '.join(words)}": outcome for outcome, words in wording.DECISIONS.items()
    }
    for words in (wording.NOT_DECIDED, wording.DRAFT_DECISION):
        phrases[f"{wording.DECISION} {' '.join(words)}"] = None
    return phrases


_DECISIONS = _decision_phrases()


def _read_item(reading: Reading, path: str, body: Span) -> LetterDispute:
    text = reading.text.text
    decision = _words(*_DECISIONS).search(text, body.start, body.end)
    if decision is None:
        _incomplete(reading, f"{path}.outcome", "the decision on an item cannot be read", at=body)
    else:
        reading.spans[f"{path}.outcome"] = Span(*decision.span())
    rationale = wording.RATIONALE
    if _words(wording.DRAFT_RATIONALE).search(text, body.start, body.end):
        rationale = wording.DRAFT_RATIONALE
    parts = _marks(
        text,
        (
            ("payer_basis", wording.PAYER_BASIS),
            ("reviewer_basis", wording.REVIEWER_BASIS),
            ("rationale", rationale),
            *((("end", wording.SPEAKS_FOR),) if rationale == wording.DRAFT_RATIONALE else ()),
        ),
        Span(decision.end() if decision else body.start, body.end),
    )
    request = _value(reading, f"{path}.request", body.start, decision.start() if decision else body.end)
    reasons = parts.get("rationale")
    return LetterDispute(
        request=request,
        treatment=parse_request(request) if request else None,
        outcome=_DECISIONS[" ".join(decision.group(0).split())] if decision else None,
        payer_basis=_read_basis(reading, f"{path}.payer_basis", parts.get("payer_basis")),
        reviewer_basis=_read_basis(reading, f"{path}.reviewer_basis", parts.get("reviewer_basis")),
        rationale=_value(reading, f"{path}.rationale", reasons.start, reasons.end) if reasons else None,
    )


def _read_basis(reading: Reading, path: str, span: Span | None) -> tuple[Citation, ...] | None:
    if span is None:
        _incomplete(reading, path, "the guidelines of one side are missing")
        return None
    printed = _value(reading, path, span.start, span.end)
    if printed is None:
        return None
    if printed == wording.NONE:
        return ()
    citations: list[Citation] = []
    for entry, label in read_entries(reading.text.text, span.start, span.end):
        words = rejoined(reading.text.folded(entry))
        for citation in read_entry(label, words):
            reading.spans[f"{path}.{len(citations)}"] = reading.text.trimmed(entry.start, entry.end)
            citations.append(citation)
    if not citations:
        _incomplete(reading, path, "the guidelines of one side cannot be read", at=span)
    return tuple(citations)
