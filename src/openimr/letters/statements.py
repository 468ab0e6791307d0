"""How the determination was made: what is proven, who decided, what software did.

A statement about the reviewer or the file is printed only where the record
proves it; each one left out is reported with its reason.
"""

from __future__ import annotations

from datetime import date

from openimr.letters import wording
from openimr.letters.blocks import Block, Fields, Heading, Paragraph
from openimr.terms.issuance import Disclosure, Issuance, LetterStatus, Statement
from openimr.terms.letter import Credentials
from openimr.terms.problem import Problem, Severity

# The statements that print a figure, and the most that it can be: years of a life, hours of a week.
_MOST = {Statement.ACTIVE_PRACTICE: 80.0, Statement.CURRENT_HOURS: 168.0}


def print_day(day: date | None) -> str:
    """Return a day as letters print it, month first."""
    return f"{day.month:02}/{day.day:02}/{day.year:04}" if day else wording.NOT_STATED


def left_out(field: str, code: str, message: str, *, severity: Severity = Severity.WARNING) -> Problem:
    """Return the finding that something is not in the letter because the record lacks it."""
    return Problem(
        code=code,
        field=field,
        message=message,
        remedy="Add it to the record and render the letter again.",
        severity=severity,
    )


def compose_how_made(
    reviewer: Credentials, issuance: Issuance | None, problems: list[Problem]
) -> list[Block]:
    """Return the section on how the determination was made."""
    is_draft = issuance is not None and issuance.status is LetterStatus.DRAFT
    blocks: list[Block] = [Heading(wording.HOW_DRAFTED if is_draft else wording.HOW_MADE)]
    sentences = _proven(issuance, problems)
    if sentences:
        blocks.append(Paragraph(" ".join(sentences)))
    rows = tuple(
        (label.removesuffix(":"), wording.CREDENTIALS_JOINT.join(values) or wording.NONE)
        for name, label in wording.CREDENTIALS.items()
        if (values := getattr(reviewer, name)) is not None
    )
    if rows:
        blocks.append(Paragraph(wording.CREDENTIALS_LEAD))
        blocks.append(Fields("", rows, is_table=False))
    else:
        problems.append(
            left_out("reviewer", "letter.no_credentials", "The record holds no credentials of the reviewer.")
        )
    blocks.append(Paragraph(_disclosed(issuance, problems)))
    return blocks


def _proven(issuance: Issuance | None, problems: list[Problem]) -> list[str]:
    # Of several proofs of one statement, one that fails counts.
    ordered = sorted(issuance.proofs, key=lambda proof: not proof.is_proven) if issuance else []
    proofs = {proof.statement: proof for proof in ordered}
    sentences = []
    for statement, words in wording.STATEMENTS.items():
        proof = proofs.get(statement)
        if proof is None or not proof.is_proven:
            reason = proof.because if proof else "the record of the letter holds nothing that proves it"
            problems.append(_not_proven(statement, reason))
        elif statement in _MOST and proof.figure is None:
            problems.append(_not_proven(statement, "the proof does not give the number"))
        elif statement in _MOST and not 0 < (proof.figure or 0) <= _MOST[statement]:
            problems.append(_not_proven(statement, f"the proof gives {proof.figure:g}, which cannot be"))
        else:
            sentences.append(words.format(figure=proof.figure))
    return sentences


def _not_proven(statement: Statement, reason: str) -> Problem:
    name = statement.value.replace("_", " ")
    return Problem(
        code="letter.statement_not_proven",
        field=f"issuance.proofs.{statement.value}",
        message=f'The letter does not state "{name}": {reason.rstrip(".")}.',
        remedy="Add the proof to the record and render the letter again.",
        severity=Severity.WARNING,
    )


def _disclosed(issuance: Issuance | None, problems: list[Problem]) -> str:
    """Return who prepared what and who decided, in whole sentences."""
    disclosure = issuance.disclosure if issuance else None
    version = issuance.software_version if issuance else None
    sentences = [f"{wording.MARK}, version {version}." if version else f"{wording.MARK}."]
    if disclosure is None:
        problems.append(
            left_out(
                "issuance.disclosure",
                "letter.no_disclosure",
                "The record does not say what software prepared and who adopted the letter.",
            )
        )
        return f"{sentences[0]} The record does not say who prepared this letter."
    if disclosure.prepared_by_software:
        sentences.append(f"Software prepared {_listed(disclosure.prepared_by_software)}.")
    if issuance is not None and issuance.status is LetterStatus.DRAFT:
        sentences.append("No physician has adopted it.")
    elif disclosure.adopted_on is None:
        problems.append(
            left_out(
                "issuance.disclosure.adopted_on",
                "letter.no_adoption",
                "The record does not say when a physician adopted the letter.",
                severity=Severity.ERROR,
            )
        )
        sentences.append("The record does not say when a physician adopted it.")
    else:
        sentences.extend(_adopted(disclosure))
    return " ".join(sentences)


def _adopted(disclosure: Disclosure) -> list[str]:
    sentences = [
        f"A physician decided every item and adopted this determination on "
        f"{print_day(disclosure.adopted_on)}. Software proposed no decision."
    ]
    if disclosure.changed_by_physician:
        changed = _listed(disclosure.changed_by_physician)
        sentences.append(f"Of what software had prepared, the physician changed {changed}.")
    elif disclosure.prepared_by_software:
        sentences.append("The physician changed nothing of what software had prepared.")
    if disclosure.confirmed_by_physician:
        confirmed = _listed(disclosure.confirmed_by_physician)
        sentences.append(f"The physician confirmed at the source what is used here of {confirmed}.")
    return sentences


def _listed(items: tuple[str, ...]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"
