"""The end of a letter: how it was served, how to appeal, what the review used."""

from __future__ import annotations

from openimr.letters import wording
from openimr.letters.blocks import Block, Entries, Heading, Paragraph
from openimr.letters.statements import left_out, print_day
from openimr.terms.issuance import AppealRights, Issuance, LetterStatus, Service, SourceUsed
from openimr.terms.places import Verification
from openimr.terms.problem import Problem

_VERIFIED_WORDS = {
    Verification.SEEN_OTHER_EDITION: "checked against another edition",
    Verification.SEEN_LABEL: "checked against the label",
    Verification.DERIVED: "derived from its source",
    Verification.CONFLICT: "its sources disagree",
    Verification.RECALLED: "not checked against its text",
}


def compose_closing(issuance: Issuance | None, problems: list[Problem], *, is_served: bool) -> list[Block]:
    """Return the sections behind the disputed items.

    Args:
        issuance: What stands behind the letter.
        problems: Where findings are added.
        is_served: The letter goes to the parties, and says how.
    """
    is_draft = issuance is not None and issuance.status is LetterStatus.DRAFT
    blocks: list[Block] = [Heading(wording.RIGHTS)]
    if is_draft:
        blocks.append(Paragraph("A draft cannot be appealed."))
    else:
        blocks.extend(_rights(issuance.appeal if issuance else None, problems))
        if is_served:
            blocks.extend(_service(issuance.service if issuance else None, problems))
    blocks.extend(_sources(issuance, problems))
    return blocks


def _rights(appeal: AppealRights | None, problems: list[Problem]) -> list[Block]:
    if appeal is None:
        problems.append(
            left_out(
                "issuance.appeal", "letter.no_appeal_rights", "The record holds no appeal rights and dates."
            )
        )
        return [Paragraph("The record of this letter holds no dates for an appeal.")]
    if appeal.verified is Verification.RECALLED:
        problems.append(
            left_out(
                "issuance.appeal",
                "letter.appeal_rights_unverified",
                "The rule on appeals was not verified against its text, so it is not printed.",
            )
        )
        return [Paragraph("Ask the review organization how and until when to appeal.")]
    blocks: list[Block] = [Paragraph(f"{appeal.explanation.rstrip('.')} ({appeal.citation}).")]
    if appeal.due:
        blocks.append(Paragraph(print_day(appeal.due), lead="Last day to appeal:"))
    else:
        problems.append(
            left_out("issuance.appeal.due", "letter.no_last_day", "The record holds no last day to appeal.")
        )
    return blocks


def _service(service: Service | None, problems: list[Problem]) -> list[Block]:
    if service is None:
        problems.append(
            left_out("issuance.service", "letter.no_service", "The record does not say how it was served.")
        )
        return []
    return [
        Heading(wording.SERVICE),
        Paragraph(f"{service.method}, on {print_day(service.on)}", lead="Served by:"),
    ]


def _sources(issuance: Issuance | None, problems: list[Problem]) -> list[Block]:
    used = issuance.sources_used if issuance else ()
    if not used:
        problems.append(
            left_out(
                "issuance.sources_used",
                "letter.no_sources",
                "The record does not say which rules and guidelines were used in which version.",
            )
        )
        return []
    return [
        Heading(wording.SOURCES),
        Entries("The review used these rules and guidelines:", tuple(map(_source, used))),
    ]


def _source(used: SourceUsed) -> str:
    remark = _VERIFIED_WORDS.get(used.verified) if used.verified else None
    return f"{used.name}, {used.version}" + (f" ({remark})" if remark else "")
