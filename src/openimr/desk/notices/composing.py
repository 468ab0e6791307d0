"""From a notice to its blocks: one function for each kind of paper but the determination's."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from openimr.casework.parts import DETERMINATIONS, PaperKind
from openimr.desk.notices import about_application, about_review
from openimr.desk.notices.frame import Notice
from openimr.letters.blocks import Block, Composed, Title

BY_KIND: Mapping[PaperKind, Callable[[Notice], Sequence[Block]]] = {
    PaperKind.INFORMATION_REQUEST: about_application.information_request,
    PaperKind.DUPLICATE: about_application.duplicate,
    PaperKind.CONSOLIDATION: about_application.consolidation,
    PaperKind.INELIGIBILITY: about_application.ineligibility,
    PaperKind.DEFERRAL: about_application.deferral,
    PaperKind.ASSIGNMENT: about_review.assignment,
    PaperKind.RECORDS_CHASE: about_review.records_chase,
    PaperKind.CONVERSION: about_review.conversion,
    PaperKind.TERMINATION: about_review.termination,
    PaperKind.REMAND: about_review.remand,
    PaperKind.INVOICE: about_review.invoice,
}
assert BY_KIND.keys() == frozenset(PaperKind) - DETERMINATIONS


def compose_notice(notice: Notice) -> Composed:
    """Return a notice as blocks, ready to be rendered as a letter is."""
    blocks = tuple(BY_KIND[notice.paper.kind](notice))
    title = next(block.text for block in blocks if isinstance(block, Title))
    number = notice.state.case_number
    return Composed(
        title=f"{title}, case {number}",
        footer=f"Case {number}",
        header=None,
        dated=notice.on,
        blocks=blocks,
        problems=(),
    )
