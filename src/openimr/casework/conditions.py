"""What an action needs of a case beside its stage: each in words, and as a question to the state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from openimr.casework.case_state import CaseState
from openimr.casework.parts import CaseParty
from openimr.casework.roles import Role
from openimr.casework.seats import Seat
from openimr.casework.stages import Stage, stage_of
from openimr.casework.steps import steps
from openimr.law.traits import is_expedited, is_rendered


@dataclass(frozen=True, slots=True)
class Condition:
    """What must be so: ``otherwise`` is what was found where it is not, ``remedy`` what to do then."""

    holds: Callable[[CaseState], bool]
    otherwise: str
    remedy: str


def _seat(holds: Callable[[CaseState, Seat], bool]) -> Callable[[CaseState], bool]:
    """Return whether any reviewer of the case is where the question asks."""
    return lambda state: any(holds(state, seat) for seat in state.seats)


def seat_may_view(state: CaseState, seat: Seat) -> bool:
    """Return whether a reviewer may record a view: attested, not all recorded, draft not opened."""
    return seat.attestation is not None and not state.has_view(seat) and seat.draft_opened_at is None


def seat_may_open(state: CaseState, seat: Seat) -> bool:
    """Return whether the draft is open to a reviewer: attested, and the view recorded."""
    return seat.attestation is not None and state.has_view(seat) and bool(seat.views)


def seat_may_adopt(state: CaseState, seat: Seat) -> bool:
    """Return whether a reviewer may adopt: the draft was opened, and nothing adopted stands."""
    return (
        seat_may_open(state, seat)
        and seat.draft_opened_at is not None
        and state.version_of(seat.reviewer) is None
    )


def nothing_adopted(state: CaseState) -> bool:
    """Return whether nothing that anybody adopted stands in this round."""
    return not any(v.counts and v.round == state.round for v in state.versions)


def answers_for(role: Role) -> frozenset[CaseParty]:
    """Return for which parties somebody in a role answers."""
    if role is Role.APPLICANT:
        return frozenset({CaseParty.EMPLOYEE, CaseParty.ATTORNEY})
    if role is Role.PAYER:
        return frozenset({CaseParty.PAYER})
    return frozenset(CaseParty)


def _asked(role: Role) -> Callable[[CaseState], bool]:
    return lambda state: any(r.of in answers_for(role) for r in state.open_requests)


def _can_convert(state: CaseState) -> bool:
    items = state.case.dispute
    return not is_expedited(state.case) and not (items and all(map(is_rendered, items)))


def _earlier_unbilled(state: CaseState) -> bool:
    return state.unbilled_round is not None and state.unbilled_round < state.round


def _has_step(role: Role) -> Callable[[CaseState], bool]:
    return lambda state: any(step.role is role for step in steps(state))


_office_has_step = _has_step(Role.ADMINISTRATIVE_DIRECTOR)
HAS_STEP = {
    role: Condition(
        _has_step(role),
        f"nothing waits for the role {role.value.replace('_', ' ')} in it.",
        "Take it over with a reason, if you have to act in it.",
    )
    for role in (Role.INTAKE, Role.CASE_MANAGER, Role.QUALITY, Role.ADMINISTRATIVE_DIRECTOR)
}
"""That the next steps of a case hold one for a role: for the roles that have steps of their own."""
_OFFICE_AT = (Stage.SCREENING, Stage.INFORMATION, Stage.INELIGIBLE, Stage.DEFERRED, Stage.APPEAL)
# where the law gives the office a say whoever has the next step: eligibility, its petition, an appeal
WAITS_ON_OFFICE = Condition(
    lambda s: bool(s.open_requests) or stage_of(s) in _OFFICE_AT or _office_has_step(s),
    "nothing in it waits for the Administrative Director's office.",
    "The organization asks the office for what it needs; the case then waits for it.",
)
SCREENED = Condition(
    lambda s: s.screening is not None,
    "the application was not screened as it now stands.",
    "Screen it for every ground first.",
)
CURABLE = Condition(
    lambda s: s.screening is not None and not s.seats and any(g.is_curable for g in s.screening.grounds),
    "no ground was found that filing again could cure, or a reviewer was chosen.",
    "An application about another decision is a case of its own.",
)
UNASSIGNED = Condition(
    lambda s: not s.seats and not s.taken_in,
    "a reviewer was chosen, or another case was taken in.",
    "Applications are consolidated before a reviewer is chosen.",
)
NO_REVIEWER = Condition(
    lambda s: not s.seats,
    "a reviewer was chosen.",
    "Applications are consolidated before a reviewer is chosen.",
)
NOTHING_ADOPTED = Condition(
    nothing_adopted,
    "a determination was adopted.",
    "Return it for rewrite first.",
)
ASKED = Condition(
    lambda s: bool(s.open_requests), "no request for information is open.", "Ask a party first."
)
APPLICANT_ASKED = Condition(
    _asked(Role.APPLICANT), "nothing was asked of the employee side.", "Records can be sent at any time."
)
PAYER_ASKED = Condition(
    _asked(Role.PAYER), "nothing was asked of the claims administrator.", "Records can be sent at any time."
)
CAN_CONVERT = Condition(
    _can_convert,
    "the review is expedited, or all disputed care was given already.",
    "The short clocks are for care that was not given yet.",
)
SOME_RECORDS = Condition(
    lambda s: bool(s.records), "no record was received.", "Receive records, or record that none came."
)
HAS_SEAT = Condition(
    lambda s: bool(s.seats), "no reviewer was chosen.", "The case opens to the reviewer who was chosen."
)
UNATTESTED = Condition(
    _seat(lambda _, seat: seat.attestation is None),
    "no reviewer has still to attest.",
    "A conflict that came to light later is reported as such.",
)
OFFERED_UNTIL = Condition(
    _seat(lambda _, seat: seat.attestation is None and seat.answer_by is not None),
    "no reviewer has an offer to answer by a day.",
    "A reviewer who was given no day is replaced.",
)
ATTESTED = Condition(
    _seat(lambda _, seat: seat.attestation is not None),
    "no reviewer has attested.",
    "The file opens after the attestation.",
)
MAY_VIEW = Condition(
    _seat(seat_may_view),
    "no reviewer who attested has still to record a view with the draft closed.",
    "Attest first; a view is recorded once.",
)
MAY_OPEN = Condition(
    lambda s: s.draft is not None and any(seat_may_open(s, seat) for seat in s.seats),
    "there is no draft, or no reviewer has recorded a view of every dispute.",
    "Record the view of each dispute; the draft opens after it.",
)
MAY_ADOPT = Condition(
    _seat(seat_may_adopt),
    "no reviewer has opened the draft after the view, or all have adopted.",
    "Attest, read the file, record the view, open the draft; then decide.",
)
NO_EXTENSION = Condition(
    lambda s: s.extension is None, "more time was approved already.", "It is approved once."
)
COMPOSED = Condition(
    lambda s: s.letter is not None,
    "the letter was not composed from what is adopted now.",
    "Compose the letter first.",
)
OWED = Condition(
    lambda s: bool(s.owed_papers), "every paper that is owed was served.", "There is nothing to serve."
)
UNCONFIRMED = Condition(
    lambda s: any(v.received is None for p in s.papers for v in p.served),
    "no paper was served whose receipt is not known.",
    "Serve the paper first.",
)
NO_CORRECTION = Condition(
    lambda s: s.correction is None,
    "a correction waits for its release.",
    "Release it first; a second one may follow.",
)
CORRECTION = Condition(
    lambda s: s.correction is not None, "no correction waits for its release.", "Prepare one first."
)
NOT_IMPLEMENTED = Condition(
    lambda s: s.implemented_on is None, "the day was recorded already.", "Write a note if it was wrong."
)
NOT_PUBLISHED = Condition(
    lambda s: s.published is None, "the letter was approved already.", "A corrected one follows its release."
)
NO_INVOICE = Condition(
    lambda s: s.unbilled_round is not None,
    "an invoice was sent for every round of review.",
    "Cancel it with its reason first.",
)
EARLIER_UNBILLED = Condition(
    _earlier_unbilled,
    "every round of review that is over was billed.",
    "The round that goes on now is billed when it is over.",
)
ASSIGNED_BEFORE = Condition(
    lambda s: s.notice_sent_at is not None and s.unbilled_round is not None,
    "the case was never assigned, or an invoice was sent.",
    "An application that was never assigned costs nothing.",
)
UNPAID = Condition(lambda s: bool(s.unpaid), "no invoice waits for its payment.", "Send one first.")
HAS_PAYER = Condition(
    lambda s: s.case.parties.payer is not None,
    "the case names no claims administrator.",
    "Name it first, by changing the parties.",
)
