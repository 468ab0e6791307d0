"""Layouts of 2013 and early 2014, whose items are prose.

The notice of 2013 is known from the beginning of one letter and from
descriptions; the two others from descriptions only. What is read from those
two is marked unverified.
"""

from __future__ import annotations

import re

from openimr.letters.citations import read_citations
from openimr.letters.credentials import read_prose_credentials
from openimr.letters.disputes import read_disputes
from openimr.letters.documents import read_document_list
from openimr.letters.header import Header, read_header
from openimr.letters.patient import read_patient
from openimr.letters.reading import Reading
from openimr.terms.letter import (
    Credentials,
    DocumentReviewed,
    Letter,
    LetterDispute,
    LetterPatient,
    Outcome,
)
from openimr.terms.places import Span
from openimr.terms.problem import Severity
from openimr.vocabulary.dates import find_dates
from openimr.vocabulary.requests import parse_request
from openimr.vocabulary.text import fold

# "has determined the request for X is notmedically necessary and appropriate":
# the blank behind "not" can be missing.
_VERDICT = re.compile(
    r"(?P<number>\d{1,2})\s*[).]\s*(?:[A-Z][\w ,.]*?\s+has\s+determined\s+)?the\s+request\s+for\s+"
    r"(?P<request>(?:(?!medically\s+necessary).){3,700}?)\s+(?:is|are)\s+(?P<not>not\s*)?medically\s+necessary(?:\s+and\s+appropriate)?",
    re.IGNORECASE | re.DOTALL,
)
_ISSUED = re.compile(r"\bDated\s*:\s*(?=\d)", re.IGNORECASE)
_PROSE_DATES = {
    "application_received": re.compile(
        r"application\s+for\s+Independent\s+Medical\s+Review\s+was\s+(?:filed|received)\s+on\s+",
        re.IGNORECASE,
    ),
    "ur_denial_date": re.compile(
        r"Utilization\s+Review\s+(?:Denial|Decision|Determination)(?:/\s?modification)?\s+dated\s+",
        re.IGNORECASE,
    ),
    "date_assigned": re.compile(
        r"Notice\s+of\s+Assignment\s+and\s+Request\s+for\s+Information\s+was\s+provided\s+to\s+(?:the\s+)?(?:above\s+)?parties\s+on\s+",
        re.IGNORECASE,
    ),
}
_QUALIFICATIONS = re.compile(r"Medical\s+Qualifications\s+of\s+the\s+Expert\s+Reviewer\s*:?", re.IGNORECASE)
_CASE_SUMMARY = re.compile(r"(?:Expert\s+Reviewer\s+)?Case\s+Summary\s*:", re.IGNORECASE)
_DISCLAIMER = re.compile(r"\s*Disclaimer\s*:.*?dated\s+[^.:]{4,30}[.:]\s*", re.IGNORECASE | re.DOTALL)
_NOTICE_DOCUMENTS = re.compile(r"Documents\s+Reviewed\s+for\s+Determination\s*:?", re.IGNORECASE)
_NOTICE_ITEM = re.compile(
    r"(?P<number>\d{1,2})\s*[).]\s*Regarding\s+the\s+request\s+for\s+(?P<request>[^:]{3,700}?)\s*:",
    re.IGNORECASE,
)
_NOTICE_RATIONALE = re.compile(r"Rationale\s+for\s+the\s+Decision\s*:", re.IGNORECASE)
_NOTICE_BASIS = re.compile(
    r"Relied\s+Upon\s+by\s+the\s+Expert\s+Reviewer[^:]{0,80}:|The\s+Claims\s+Administrator\s+based",
    re.IGNORECASE,
)
_NOTICE_END = re.compile(r"Effect\s+of\s+the\s+Decision\s*:", re.IGNORECASE)

_PAYER_BASED = re.compile(
    r"The\s+Claims\s+Administrator\s+(?:based\s+(?:its|their|his/her)\s+decision\s+on|did\s+not\s+cite)",
    re.IGNORECASE,
)
_REVIEWER_BASED = re.compile(
    r"The\s+(?:Physician|Expert|Medical)\s+Reviewer\s+(?:based\s+(?:his/her|its|their)\s+decision\s+on|found|did\s+not\s+cite|relied)",
    re.IGNORECASE,
)
# A reviewer who stands on what the other side cited does not cite it again.
_SAME_AS_PAYER = re.compile(
    r"\bfound\s+(?:that\s+)?the\s+(?:guidelines?|(?:referenced\s+)?sections?)\s+(?:[^.]{0,60}\s)?"
    r"(?:used|cited|referenced)\s+by\s+the\s+Claims\s+Administrator",
    re.IGNORECASE,
)
_REVIEWER_RATIONALE = re.compile(
    r"(?:The\s+)?(?:Physician|Expert|Medical)\s+Reviewer['’]s\s+decision\s+rationale\s*:|Decision\s+rationale\s*:",
    re.IGNORECASE,
)


def read_notice_2013(reading: Reading) -> Letter:
    """Return a "Notice of Independent Medical Review Determination"."""
    text = reading.text.text
    header = _notice_header(reading)
    marks = {
        "qualifications": _QUALIFICATIONS.search(text),
        "summary": _CASE_SUMMARY.search(text),
        "documents": _NOTICE_DOCUMENTS.search(text),
        "items": _NOTICE_ITEM.search(text),
    }
    starts = [*sorted(m.start() for m in marks.values() if m), len(text)]

    def body(name: str) -> Span | None:
        match = marks[name]
        if match is None:
            return None
        return Span(match.end(), next(s for s in starts if s > match.start()))

    qualifications, summary, documents = body("qualifications"), body("summary"), body("documents")
    reviewer = read_prose_credentials(reading, qualifications) if qualifications else Credentials()
    patient, told = _summary(reading, summary)
    return Letter(
        source=None,
        layout=None,
        case_number=header.case_number,
        date_assigned=header.date_assigned,
        date_of_injury=header.date_of_injury,
        decision_date=header.decision_date,
        ur_denial_date=header.ur_denial_date,
        application_received=header.application_received,
        priority=header.priority,
        patient=patient,
        reviewer=reviewer,
        clinical_summary=told,
        documents_reviewed=read_document_list(reading, documents) if documents else None,
        disputes=_notice_items(reading),
    )


def _notice_header(reading: Reading) -> Header:
    """Return dates from the sentences that give them, the rest from labels if any."""
    text = reading.text.text
    first = _VERDICT.search(text)
    region = Span(0, first.start() if first else min(len(text), 2000))
    problems = len(reading.problems)
    header = read_header(reading, region)
    del reading.problems[problems:]  # most of these letters have no header table
    values = {name: getattr(header, name) for name in Header.__dataclass_fields__}
    for name, pattern in (*_PROSE_DATES.items(), ("decision_date", _ISSUED)):
        if values[name] is not None:
            continue
        match = pattern.search(text)
        dates = find_dates(text[match.end() : match.end() + 24]) if match else []
        if match and dates and dates[0].start == 0 and dates[0].on is not None:
            values[name] = dates[0].on
            reading.spans[name] = Span(match.end(), match.end() + dates[0].end)
    for name in ("case_number", "decision_date", "ur_denial_date"):
        if values[name] is None:
            reading.problem(
                "header.unreadable",
                name,
                f"The letter gives no {name.replace('_', ' ')} that could be read.",
                remedy="Look at the first page of the letter.",
                severity=Severity.NOTE,
            )
    return Header(**values)


def _summary(reading: Reading, section: Span | None) -> tuple[LetterPatient, str | None]:
    if section is None:
        reading.problem(
            "summary.missing",
            "clinical_summary",
            "The letter has no case summary.",
            remedy="Check that the letter is complete.",
        )
        return LetterPatient(), None
    disclaimer = _DISCLAIMER.match(reading.text.text, section.start, section.end)
    body = Span(disclaimer.end() if disclaimer else section.start, section.end)
    return read_patient(reading, body), reading.keep("clinical_summary", body.start, body.end)


def _notice_items(reading: Reading) -> tuple[LetterDispute, ...]:
    """Return the items; the notice prints its verdicts twice, the first time counts."""
    text = reading.text.text
    details = {m["number"]: m for m in _NOTICE_ITEM.finditer(text)}
    ordered = sorted(details.values(), key=lambda m: m.start())
    seen: dict[str, LetterDispute] = {}
    for match in _VERDICT.finditer(text):
        if match["number"] in seen:
            continue
        path = f"disputes.{len(seen)}"
        request = _request(reading, path, Span(*match.span("request")))
        reading.spans[f"{path}.outcome"] = Span(match.end("request"), match.end())
        dispute = LetterDispute(
            request=request,
            treatment=parse_request(request) if request else None,
            outcome=Outcome.UPHELD if match["not"] else Outcome.OVERTURNED,
        )
        detail = details.get(match["number"])
        if detail is not None:
            following = [m.start() for m in ordered if m.start() > detail.start()]
            end_mark = _NOTICE_END.search(text, detail.end())
            until = following[0] if following else end_mark.start() if end_mark else len(text)
            dispute = _with_reasons(reading, path, dispute, Span(detail.end(), until), _NOTICE_RATIONALE)
        seen[match["number"]] = dispute
    if not seen:
        reading.problem(
            "disputes.missing",
            "disputes",
            "No numbered determination could be found in the letter.",
            remedy="Check that the letter is complete.",
        )
    return tuple(seen.values())


def _with_reasons(
    reading: Reading, path: str, dispute: LetterDispute, body: Span, rationale_mark: re.Pattern[str]
) -> LetterDispute:
    """Add both sides' guidelines and the rationale from the prose of one item."""
    text = reading.text.text
    mark = rationale_mark.search(text, body.start, body.end)
    basis_end = mark.start() if mark else body.end
    payer = _PAYER_BASED.search(text, body.start, basis_end)
    reviewer = _REVIEWER_BASED.search(text, body.start, basis_end)
    payer_end = reviewer.start() if payer and reviewer and reviewer.start() > payer.start() else basis_end
    theirs = Span(reviewer.start(), basis_end) if reviewer else None
    if payer and theirs and _SAME_AS_PAYER.search(text, theirs.start, theirs.end):
        theirs = Span(payer.start(), payer_end)
    return LetterDispute(
        request=dispute.request,
        treatment=dispute.treatment,
        outcome=dispute.outcome,
        payer_basis=read_citations(reading, f"{path}.payer_basis", payer.start(), payer_end)
        if payer
        else None,
        reviewer_basis=read_citations(reading, f"{path}.reviewer_basis", theirs.start, theirs.end)
        if theirs
        else None,
        rationale=reading.keep(f"{path}.rationale", mark.end(), body.end) if mark else None,
    )


_ITEM_2014 = re.compile(
    r"(?:^[ ]*(?P<number>\d{1,2})\s*[).]\s*(?:The\s+request\s+for\s+)?|\bThe\s+request\s+for\s+)"
    r"(?P<request>(?:(?!medically\s+necessary).){3,700}?)"
    r"\s+(?:is|are)\s+(?P<not>not\s*)?medically\s+necessary(?:\s+and\s+appropriate)?\s*\.?\s*"
    r"(?=The\s+Claims\s+Administrator)",
    re.IGNORECASE | re.DOTALL | re.MULTILINE,
)


def read_decisions_2014(reading: Reading, section: Span) -> tuple[LetterDispute, ...]:
    """Return the items of "IMR DECISION(S) AND RATIONALE(S)", in either form.

    Items with headings and guideline labels are read as in later letters;
    items that begin with a sentence of determination as in the notice.
    """
    text = reading.text.text
    items = list(_ITEM_2014.finditer(text, section.start, section.end))
    if not items:
        return read_disputes(reading, section)
    disputes = []
    for index, match in enumerate(items):
        path = f"disputes.{index}"
        until = items[index + 1].start() if index + 1 < len(items) else section.end
        request = _request(reading, path, Span(*match.span("request")))
        reading.spans[f"{path}.outcome"] = Span(match.end("request"), match.end())
        dispute = LetterDispute(
            request=request,
            treatment=parse_request(request) if request else None,
            outcome=Outcome.UPHELD if match["not"] else Outcome.OVERTURNED,
        )
        disputes.append(_with_reasons(reading, path, dispute, Span(match.end(), until), _REVIEWER_RATIONALE))
    return tuple(disputes)


_REVIEW_HEADINGS = re.compile(
    r"^[ ]*(?:(?P<issue>ISSUES?\s+AT\s+DISPUTE)|(?P<summary>CASE\s+SUMMARY)"
    r"|(?P<documents>DOCUMENTS\s+REVIEWED\s+FOR\s+DETERMINATION)"
    r"|(?P<guidelines>MEDICAL\s+TREATMENT\s+GUIDELINE\(S\)\s+RELIED\s+UPON\s+BY\s+PROFESSIONAL\s+REVIEWER"
    r"\s+AND\s+WHY)"
    r"|(?P<rationale>RATIONALE\s+FOR\s+WHY\s+THE\s+REQUESTED\s+TREATMENT/SERVICE"
    r"\s+(?P<verdict>IS/WAS\s+NOT|IS/WAS|WAS\s+NOT|IS\s+NOT|WAS|IS)\s+MEDICALLY\s+NECESSARY)"
    r"|(?P<qualifications>MEDICAL\s+REVIEWER\s+QUALIFICATIONS))\s*:?",
    re.MULTILINE,
)
_LONGEST_REQUEST = 1200
_NUMBERED = re.compile(r"^[ ]*(?P<number>\d{1,2})[).][ ]+", re.MULTILINE)


def read_professional_review(reading: Reading) -> Letter:
    """Return a "MEDICAL PROFESSIONAL REVIEW", which decides one issue."""
    text = reading.text.text
    marks = list(_REVIEW_HEADINGS.finditer(text))
    bodies: dict[str, Span] = {}
    verdict = None
    for index, mark in enumerate(marks):
        until = marks[index + 1].start() if index + 1 < len(marks) else len(text)
        name = next(n for n in mark.groupdict() if n != "verdict" and mark[n])
        bodies.setdefault(name, Span(mark.end(), until))
        verdict = verdict or (fold(mark["verdict"]) if mark["verdict"] else None)
    header = read_header(reading, Span(0, marks[0].start() if marks else 0))
    patient, told = _summary(reading, bodies.get("summary"))
    documents: tuple[DocumentReviewed, ...] | None = None
    if "documents" in bodies:
        documents = read_document_list(reading, bodies["documents"])
    return Letter(
        source=None,
        layout=None,
        case_number=header.case_number,
        date_assigned=header.date_assigned,
        date_of_injury=header.date_of_injury,
        decision_date=header.decision_date,
        ur_denial_date=header.ur_denial_date,
        application_received=header.application_received,
        priority=header.priority,
        patient=patient,
        reviewer=read_prose_credentials(reading, bodies["qualifications"])
        if "qualifications" in bodies
        else Credentials(),
        clinical_summary=told,
        documents_reviewed=documents,
        disputes=_review_items(reading, bodies, verdict),
    )


def _review_items(
    reading: Reading, bodies: dict[str, Span], verdict: str | None
) -> tuple[LetterDispute, ...]:
    """Return the issues; where they are numbered, guidelines and reasons are so too."""
    issue = bodies.get("issue")
    if issue is None:
        reading.problem(
            "disputes.missing", "disputes", "The letter names no issue at dispute.",
            remedy="Check that the letter is complete.",
        )  # fmt: skip
        return ()
    text = reading.text.text
    parts = _numbered(text, issue)
    sides = {name: _numbered(text, bodies[name]) for name in ("guidelines", "rationale") if name in bodies}
    disputes = []
    for index, (number, place) in enumerate(parts.items()):
        path = f"disputes.{index}"
        request = _request(reading, path, place)
        basis, rationale = (
            sides[name].get(number) if name in sides else None for name in ("guidelines", "rationale")
        )
        disputes.append(
            LetterDispute(
                request=request,
                treatment=parse_request(request) if request else None,
                outcome=_outcome_of_heading(reading, path, verdict, rationale),
                reviewer_basis=read_citations(reading, f"{path}.reviewer_basis", basis.start, basis.end)
                if basis
                else None,
                rationale=reading.keep(f"{path}.rationale", rationale.start, rationale.end)
                if rationale
                else None,
            )
        )
    return tuple(disputes)


def _request(reading: Reading, path: str, place: Span) -> str | None:
    is_long = place.end - place.start > _LONGEST_REQUEST
    request = None if is_long else reading.keep(f"{path}.request", place.start, place.end)
    if request is None:
        reading.problem(
            "dispute.request_missing",
            f"{path}.request",
            "The item does not say in the words of a heading what was requested.",
            remedy="Read it in the letter and enter it by hand.",
            at=Span(place.start, place.start),
        )
    return request


def _numbered(text: str, section: Span) -> dict[str, Span]:
    """Return the numbered parts of a section by number; one without numbers is all one part."""
    marks = list(_NUMBERED.finditer(text, section.start, section.end))
    if not marks or text[section.start : marks[0].start()].strip():
        return {"1": section}
    ends = [mark.start() for mark in marks[1:]] + [section.end]
    return {mark["number"]: Span(mark.end(), end) for mark, end in zip(marks, ends, strict=True)}


def _outcome_of_heading(
    reading: Reading, path: str, verdict: str | None, rationale: Span | None
) -> Outcome | None:
    """Return the outcome that the heading of the rationale states.

    "IS/WAS NOT" is the form's own wording for a denial that stands. The
    conclusion of the prose is not used: its polarity can be indirect.
    """
    if verdict is not None and verdict.upper().endswith("NOT"):
        return Outcome.UPHELD
    if verdict is not None:
        return Outcome.OVERTURNED
    reading.problem(
        "dispute.outcome_unreadable",
        f"{path}.outcome",
        "No heading states whether the treatment is medically necessary.",
        remedy="Read the outcome in the letter and enter it by hand.",
        at=rationale,
    )
    return None
