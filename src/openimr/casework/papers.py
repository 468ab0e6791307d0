"""Which papers are owed to whom."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from openimr.casework.case_state import CaseState
from openimr.casework.parts import CaseParty, Paper, PaperKind
from openimr.terms.case import Case


def parties_of(case: Case) -> tuple[CaseParty, ...]:
    """Return whom the papers of a case go to: an attorney only where the case names one.

    Source:
        8 CCR 9792.10.4(b): the claims administrator, the employee, the attorney
        if any, the requesting physician.
    """
    everybody = (CaseParty.EMPLOYEE, CaseParty.ATTORNEY, CaseParty.PAYER, CaseParty.PROVIDER)
    return tuple(p for p in everybody if p is not CaseParty.ATTORNEY or case.parties.attorney is not None)


def owe(
    state: CaseState, kind: PaperKind, at: datetime, parties: tuple[CaseParty, ...] | None = None
) -> CaseState:
    """Return the case with a paper that is owed to parties, to all of them where none is named."""
    number = 1 + sum(p.kind is kind for p in state.papers)
    paper = Paper(
        id=f"{kind.value}-{number}",
        kind=kind,
        parties=parties_of(state.case) if parties is None else parties,
        owed_since=at,
    )
    return replace(state, papers=(*state.papers, paper))


def no_longer_owe(
    state: CaseState, kinds: Collection[PaperKind], *, only: Collection[str] | None = None
) -> CaseState:
    """Return the case without what is still owed of some kinds of paper; what was served stays.

    Args:
        state: The case.
        kinds: The kinds of paper.
        only: The papers that are meant, where not all of a kind are.
    """
    return replace(
        state,
        papers=tuple(
            replace(p, parties=tuple(s.party for s in p.served))
            if p.kind in kinds and (only is None or p.id in only)
            else p
            for p in state.papers
        ),
    )


def paper_of(state: CaseState, paper: str) -> Paper | None:
    """Return a paper by its identifier."""
    return next((p for p in state.papers if p.id == paper), None)
