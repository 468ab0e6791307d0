"""From a letter's record to its blocks: what is printed, in which words and order."""

from __future__ import annotations

from collections import Counter

from openimr.letters import wording
from openimr.letters.basis import print_basis
from openimr.letters.blocks import (
    Banner,
    Block,
    Composed,
    Decision,
    Documents,
    Entries,
    Fields,
    Heading,
    Item,
    Letterhead,
    Paragraph,
    Title,
)
from openimr.letters.closing import compose_closing
from openimr.letters.header import FIELDS
from openimr.letters.paragraphs import paragraphs
from openimr.letters.statements import compose_how_made, left_out, print_day
from openimr.terms.citation import Citation
from openimr.terms.issuance import Addressee, Issuance, LetterStatus, RecordSays
from openimr.terms.letter import DocumentReviewed, Letter, LetterDispute
from openimr.terms.problem import Problem, Severity


def compose(letter: Letter, issuance: Issuance | None = None, *, is_served: bool = True) -> Composed:
    """Return a letter as blocks, in the order of printing.

    Args:
        letter: What the letter says.
        issuance: What stands behind it; without it no statement about the
            reviewer or the file is printed.
        is_served: The letter goes to the parties: a missing addressee or
            service is a finding. A published letter has neither.

    Raises:
        LetterNotRenderable: A citation holds values that its printed words do not.
    """
    problems: list[Problem] = []
    is_draft = issuance is not None and issuance.status is LetterStatus.DRAFT
    title = wording.DRAFT_TITLE if is_draft else wording.TITLE
    number = letter.case_number or "number not stated"
    blocks = _head(issuance, title, is_draft=is_draft)
    if not is_draft:
        blocks.extend(_result(letter))
    if is_served and not is_draft:
        blocks.extend(_addressees(issuance, problems))
    blocks.append(Fields("Case", _header_rows(letter, problems), is_table=True))
    blocks.extend(compose_how_made(letter.reviewer, issuance, problems))
    blocks.extend(_summary(letter, problems))
    blocks.extend(_documents(letter.documents_reviewed, problems))
    blocks.extend(_items(letter, issuance, problems, is_draft=is_draft))
    blocks.extend(compose_closing(issuance, problems, is_served=is_served))
    return Composed(
        title=f"{title}, case {number}",
        footer=f"Case {number}",
        header=wording.DRAFT_HEADER if is_draft else None,
        dated=letter.decision_date,
        blocks=tuple(blocks),
        problems=tuple(problems),
    )


def _head(issuance: Issuance | None, title: str, *, is_draft: bool) -> list[Block]:
    blocks: list[Block] = []
    organization = issuance.organization if issuance else None
    if issuance and (issuance.programme or organization):
        blocks.append(
            Letterhead(
                programme=issuance.programme,
                organization=organization.name if organization else None,
                lines=organization.lines if organization else (),
            )
        )
    blocks.append(Title(title))
    if is_draft:
        blocks.append(Banner(wording.DRAFT_BANNER))
    return blocks


def _result(letter: Letter) -> list[Block]:
    """Return in one sentence what was decided, where every item is decided."""
    counts = Counter(dispute.outcome for dispute in letter.disputes)
    if not counts or None in counts:
        return []
    if len(letter.disputes) == 1:
        words = wording.RESULT_WORDS[next(o for o in counts if o is not None)]
        return [Decision(wording.RESULT, "", f"The denial of the disputed treatment {words}.")]
    told = [f"{words} for {counts[o]}" for o, words in wording.RESULT_WORDS.items() if counts[o]]
    listed = told[0] if len(told) == 1 else f"{', '.join(told[:-1])} and {told[-1]}"
    return [Decision(wording.RESULT, "", f"Of {len(letter.disputes)} disputed items, the denial {listed}.")]


def _addressees(issuance: Issuance | None, problems: list[Problem]) -> list[Block]:
    if issuance is None or not issuance.addressees:
        problems.append(
            left_out(
                "issuance.addressees",
                "letter.no_addressees",
                "The record names nobody to serve the letter on.",
            )
        )
        return []
    rows = tuple((a.role, _addressed(a)) for a in issuance.addressees)
    return [Fields("Sent to", rows, is_table=False)]


def _addressed(addressee: Addressee) -> str:
    return f"{addressee.name}, {addressee.address}" if addressee.address else addressee.name


def _header_rows(letter: Letter, problems: list[Problem]) -> tuple[tuple[str, str], ...]:
    for name, label in FIELDS.items():
        if getattr(letter, name) is None:
            problems.append(left_out(name, "letter.header_gap", f'The record holds no "{label}".'))

    def printed(name: str) -> str:
        if name == "case_number":
            return letter.case_number or wording.NOT_STATED
        if name == "priority":
            return wording.PRIORITIES[letter.priority] if letter.priority else wording.NOT_STATED
        return print_day(getattr(letter, name))

    return tuple((label, printed(name)) for name, label in FIELDS.items())


def _summary(letter: Letter, problems: list[Problem]) -> list[Block]:
    patient = letter.patient
    age = f"{patient.age} years old" if patient.age is not None else wording.AGE_NOT_STATED
    sex = patient.sex.value if patient.sex else wording.SEX_NOT_STATED
    if letter.clinical_summary is None:
        problems.append(
            left_out("clinical_summary", "letter.no_summary", "The record holds no clinical case summary.")
        )
    first, *others = paragraphs(letter.clinical_summary or wording.NOT_STATED)
    return [
        Heading(wording.SUMMARY),
        Paragraph(f"{age}, {sex}", lead=wording.PATIENT),
        Paragraph(first, lead=wording.SUMMARY_LEAD),
        *map(Paragraph, others),
    ]


def _documents(entries: tuple[DocumentReviewed, ...] | None, problems: list[Problem]) -> list[Block]:
    heading = Heading(wording.DOCUMENTS)
    if entries is None:
        problems.append(left_out("documents_reviewed", "letter.no_document_list", wording.NO_LIST))
        return [heading, Paragraph(wording.NO_LIST)]
    return [heading, Documents(entries) if entries else Paragraph(wording.NO_DOCUMENTS)]


def _items(
    letter: Letter, issuance: Issuance | None, problems: list[Problem], *, is_draft: bool
) -> list[Block]:
    blocks: list[Block] = [Heading(wording.DRAFT_ITEMS if is_draft else wording.ITEMS)]
    if not letter.disputes:
        problems.append(left_out("disputes", "letter.no_disputes", wording.NO_ITEMS, severity=Severity.ERROR))
        return [*blocks, Paragraph(wording.NO_ITEMS)]
    blocks.append(Paragraph(wording.DRAFT_ITEMS_LEAD if is_draft else wording.ITEMS_LEAD))
    says = {s.dispute: s for s in issuance.record_says} if issuance and is_draft else {}
    count = len(letter.disputes)
    for number, dispute in enumerate(letter.disputes, 1):
        blocks.append(Item(wording.item_heading(number, count), dispute.request or wording.NOT_STATED))
        blocks.append(_decision(dispute, number, problems, is_draft=is_draft))
        blocks.extend(_reasons(dispute, f"disputes.{number - 1}", is_draft=is_draft))
        if is_draft:
            blocks.extend(_record_says(says.get(number)))
    return blocks


def _decision(dispute: LetterDispute, number: int, problems: list[Problem], *, is_draft: bool) -> Decision:
    if is_draft:
        return Decision(wording.DECISION, *wording.DRAFT_DECISION)
    if dispute.outcome is None:
        problems.append(
            left_out(
                f"disputes.{number - 1}.outcome",
                "letter.no_outcome",
                f"The record holds no decision on item {number}.",
                severity=Severity.ERROR,
            )
        )
        return Decision(wording.DECISION, *wording.NOT_DECIDED)
    return Decision(wording.DECISION, *wording.DECISIONS[dispute.outcome])


def _reasons(dispute: LetterDispute, path: str, *, is_draft: bool) -> list[Block]:
    """Return both sides' guidelines and the rationale."""
    return [
        _basis(wording.PAYER_BASIS, dispute.payer_basis, f"{path}.payer_basis"),
        _basis(wording.REVIEWER_BASIS, dispute.reviewer_basis, f"{path}.reviewer_basis"),
        Paragraph(
            dispute.rationale or wording.NOT_STATED,
            lead=wording.DRAFT_RATIONALE if is_draft else wording.RATIONALE,
        ),
    ]


def _basis(lead: str, citations: tuple[Citation, ...] | None, field: str) -> Block:
    if not citations:
        return Paragraph(wording.NOT_STATED if citations is None else wording.NONE, lead=lead)
    return Entries(lead, print_basis(citations, field=field), is_numbered=True)


def _record_says(says: RecordSays | None) -> list[Block]:
    """Return what the record says for and against a request, and what is missing."""
    blocks: list[Block] = []
    for lead, texts in (
        (wording.SPEAKS_FOR, says.speaks_for if says else ()),
        (wording.SPEAKS_AGAINST, says.speaks_against if says else ()),
        (wording.MISSING, says.missing if says else ()),
    ):
        blocks.append(Entries(lead, texts) if texts else Paragraph("nothing was found", lead=lead))
    return blocks
