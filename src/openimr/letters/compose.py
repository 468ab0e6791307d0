"""From a letter's record to its blocks: what is printed, in which words and order.

A statement about the reviewer or the file is printed only where the record
proves it; each one left out is reported with its reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from openimr.letters.blocks import (
    Banner,
    Block,
    Bullets,
    Documents,
    Fields,
    Heading,
    Item,
    Paragraph,
    Title,
)
from openimr.letters.documents import NO_DOCUMENTS
from openimr.letters.header import FIELDS
from openimr.terms.citation import Citation, CitationKind
from openimr.terms.issuance import Disclosure, Issuance, LetterStatus, Proof, Statement
from openimr.terms.letter import Credentials, Letter, LetterDispute, Outcome, Priority
from openimr.terms.places import Verification
from openimr.terms.problem import Problem, Severity

NOT_STATED = "not stated"
NOT_DECIDED = "Not decided"
NO_LIST = "The record of this letter holds no list of the documents reviewed."
MARK = "Prepared with OpenIMR."

_OUTCOME_WORDS = {
    Outcome.UPHELD: "Upheld",
    Outcome.OVERTURNED: "Overturned",
    Outcome.OVERTURNED_IN_PART: "Overturned in Part",
    None: NOT_DECIDED,
}
_PRIORITY_WORDS = {Priority.REGULAR: "Standard", Priority.EXPEDITED: "Expedited"}
_CREDENTIAL_LABELS = {
    "licensed_in": "State(s) of Licensure",
    "specialties": "Certification(s)/Specialty",
    "board_certified_in": "Board Certification(s)",
    "subspecialties": "Subspecialty(s)",
}
_STATEMENTS = {
    Statement.COMPLETE_FILE: "The expert reviewer received the complete case file.",
    Statement.NO_AFFILIATION: (
        "The reviewer has no material affiliation with the employee, the employer, "
        "the claims administrator or any provider in this case."
    ),
    Statement.ACTIVE_PRACTICE: (
        "The reviewer has been in active clinical practice for more than {figure:g} years."
    ),
    Statement.CURRENT_HOURS: "The reviewer now works at least {figure:g} hours a week in active practice.",
    Statement.SAME_OR_SIMILAR_SPECIALTY: (
        "The reviewer was chosen because specialists of the same or a similar kind evaluate "
        "and treat this condition and prescribe the disputed treatment."
    ),
    Statement.FAMILIAR_WITH_LAW: (
        "The reviewer has attested to know the laws and regulations that govern this review, "
        "and the order in which evidence must be weighed."
    ),
    Statement.READ_THE_FILE: "The reviewer has attested to have read the case file as it was sent.",
}
_DRAFT_BANNER = "DRAFT. This is not a determination. No physician has decided on it, and it holds no outcome."


@dataclass(frozen=True, slots=True)
class Composed:
    """A letter as blocks, and what could not be said in it."""

    title: str
    dated: date | None
    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...]


def compose(letter: Letter, issuance: Issuance | None = None) -> Composed:
    """Return the served version of a letter as blocks, in the order of printing.

    Args:
        letter: What the letter says.
        issuance: What stands behind it; without it no statement about the
            reviewer or the file is printed.
    """
    problems: list[Problem] = []
    is_draft = issuance is not None and issuance.status is LetterStatus.DRAFT
    title = "Independent Medical Review " + ("Draft" if is_draft else "Final Determination")
    blocks: list[Block] = [Title(title)]
    if is_draft:
        blocks.append(Banner(_DRAFT_BANNER))
    if issuance and issuance.addressees:
        blocks.append(Fields("Addressees", _addressees(issuance), is_table=False))
    blocks.append(Fields("Case", _header_rows(letter), is_table=True))
    blocks.extend(_how_made(letter.reviewer, issuance, problems))
    blocks.extend(_summary(letter))
    blocks.append(Heading("DOCUMENTS REVIEWED"))
    if letter.documents_reviewed is None:
        blocks.append(Paragraph(NO_LIST))
        problems.append(_missing("documents_reviewed", "letter.no_document_list", NO_LIST))
    elif not letter.documents_reviewed:
        blocks.append(Paragraph(NO_DOCUMENTS))
    else:
        blocks.append(Documents(letter.documents_reviewed))
    blocks.append(Heading("IMR ISSUES, DECISIONS AND RATIONALES"))
    blocks.append(
        Paragraph(
            "The determination rests on a decision for each of the disputed items/services set forth below:"
        )
    )
    for dispute in letter.disputes:
        blocks.extend(_dispute(dispute))
    blocks.extend(_rights(issuance, problems, is_draft=is_draft))
    return Composed(
        title=f"{title}, case {letter.case_number or NOT_STATED}",
        dated=letter.decision_date,
        blocks=tuple(blocks),
        problems=tuple(problems),
    )


def _addressees(issuance: Issuance) -> tuple[tuple[str, str], ...]:
    return tuple((a.role, f"{a.name}, {a.address}" if a.address else a.name) for a in issuance.addressees)


def print_day(day: date | None) -> str:
    """Return a day as letters print it, month first."""
    return day.strftime("%m/%d/%Y") if day else NOT_STATED


def _header_rows(letter: Letter) -> tuple[tuple[str, str], ...]:
    def printed(name: str) -> str:
        value = getattr(letter, name)
        if name == "priority":
            return _PRIORITY_WORDS[value] if value else NOT_STATED
        return print_day(value) if name != "case_number" else value or NOT_STATED

    return tuple((label, printed(name)) for name, label in FIELDS.items())


def _how_made(reviewer: Credentials, issuance: Issuance | None, problems: list[Problem]) -> list[Block]:
    """Return how the determination was made: proven statements, credentials, disclosure."""
    blocks: list[Block] = [Heading("HOW THE IMR FINAL DETERMINATION WAS MADE")]
    proofs = {proof.statement: proof for proof in issuance.proofs} if issuance else {}
    sentences = []
    for statement, words in _STATEMENTS.items():
        proof = proofs.get(statement)
        if proof is not None and proof.is_proven:
            sentences.append(words.format(figure=proof.figure or 0))
        else:
            problems.append(_not_proven(statement, proof))
    if sentences:
        blocks.append(Paragraph(" ".join(sentences)))
    rows = tuple(
        (label, ", ".join(values))
        for name, label in _CREDENTIAL_LABELS.items()
        if (values := getattr(reviewer, name)) is not None
    )
    if rows:
        blocks.append(Paragraph("The expert reviewer has these credentials:"))
        blocks.append(Fields("Credentials", rows, is_table=False))
    blocks.append(Paragraph(_disclosed(issuance.disclosure if issuance else None)))
    return blocks


def _not_proven(statement: Statement, proof: Proof | None) -> Problem:
    name = statement.value.replace("_", " ")
    reason = proof.because if proof else "the record of the letter holds nothing that proves it"
    return Problem(
        code="letter.statement_not_proven",
        field=f"issuance.proofs.{statement.value}",
        message=f'The letter does not state "{name}": {reason}.',
        remedy="Add the proof to the record and render the letter again.",
        severity=Severity.WARNING,
    )


def _missing(field: str, code: str, message: str) -> Problem:
    return Problem(
        code=code,
        field=field,
        message=message,
        severity=Severity.WARNING,
        remedy="Add it to the record and render the letter again.",
    )


def _disclosed(disclosure: Disclosure | None) -> str:
    """Return who prepared what and who decided, in whole sentences."""
    if disclosure is None:
        return f"{MARK} The record does not say who prepared this letter."
    sentences = [MARK]
    if disclosure.prepared_by_software:
        sentences.append(f"Software prepared {_listed(disclosure.prepared_by_software)}.")
    if disclosure.adopted_on:
        sentences.append(
            "A physician read the case file, decided every item, and adopted this determination "
            f"on {print_day(disclosure.adopted_on)}. No outcome was proposed by software."
        )
        if disclosure.changed_by_physician:
            sentences.append(
                f"The physician changed {_listed(disclosure.changed_by_physician)} of what software had prepared."
            )
    else:
        sentences.append("No physician has adopted it yet.")
    return " ".join(sentences)


def _listed(items: tuple[str, ...]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"


def _summary(letter: Letter) -> list[Block]:
    patient = letter.patient
    age = f"{patient.age} years old" if patient.age is not None else "age not stated"
    sex = patient.sex.value if patient.sex else "sex not stated"
    blocks: list[Block] = [
        Heading("CLINICAL CASE SUMMARY"),
        Paragraph(f"{age}, {sex}", lead="Patient:"),
    ]
    blocks.append(Paragraph(letter.clinical_summary or "", lead="Summary:"))
    return blocks


def _dispute(dispute: LetterDispute) -> list[Block]:
    blocks: list[Block] = [Item(dispute.request or NOT_STATED, _OUTCOME_WORDS[dispute.outcome])]
    for lead, basis in (
        ("Claims Administrator guideline:", dispute.payer_basis),
        ("Expert Reviewer guideline:", dispute.reviewer_basis),
    ):
        if basis is not None:
            blocks.append(Paragraph(print_basis(basis), lead=lead))
    if dispute.rationale is not None:
        blocks.append(Paragraph(dispute.rationale, lead="Decision rationale:"))
    return blocks


def print_basis(citations: tuple[Citation, ...]) -> str:
    """Return a guideline line that reads back as these citations."""
    parts: list[str] = []
    mtus: list[str] = []
    for citation in citations:
        if citation.kind is CitationKind.MTUS:
            mtus.append(citation.printed)
            continue
        parts.extend(_mtus_statement(mtus))
        mtus = []
        if citation.kind in (CitationKind.NOT_CITED, CitationKind.OUTSIDE_MTUS):
            parts.append(citation.printed)
        else:
            parts.append(f"Decision based on Non-MTUS Citation {citation.printed}.")
    parts.extend(_mtus_statement(mtus))
    return " ".join(parts)


def _mtus_statement(printed: list[str]) -> list[str]:
    return [f"Decision based on MTUS {', and '.join(printed)}."] if printed else []


def _rights(issuance: Issuance | None, problems: list[Problem], *, is_draft: bool) -> list[Block]:
    blocks: list[Block] = [Heading("APPEAL RIGHTS")]
    appeal = issuance.appeal if issuance else None
    if is_draft:
        return [*blocks, Paragraph("A draft cannot be appealed.")]
    if appeal is None:
        problems.append(
            _missing(
                "issuance.appeal", "letter.no_appeal_rights", "The record holds no appeal rights and dates."
            )
        )
        return [*blocks, Paragraph("The record of this letter holds no dates for an appeal.")]
    if appeal.verified is Verification.RECALLED:
        problems.append(
            _missing(
                "issuance.appeal",
                "letter.appeal_rights_unverified",
                "The rule on appeals was not verified against its text, so it is not printed.",
            )
        )
        return [*blocks, Paragraph("Ask the review organization how and until when to appeal.")]
    blocks.append(Paragraph(f"{appeal.explanation} ({appeal.citation})."))
    if appeal.due:
        blocks.append(Paragraph(print_day(appeal.due), lead="Last day to appeal:"))
    if issuance and issuance.service:
        service = issuance.service
        blocks.append(Paragraph(f"{service.method}, on {print_day(service.on)}", lead="Served by:"))
    return blocks
