"""Who may do what, when: a table that reads like a rule of procedure.

Each row says: this action, by these roles, at these stages, and only if this
is so. What stands in no row is refused.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from openimr.casework import conditions as needs
from openimr.casework.action_names import Action as Act
from openimr.casework.case_state import CaseState
from openimr.casework.conditions import Condition
from openimr.casework.roles import Actor
from openimr.casework.roles import Role as By
from openimr.casework.stages import REVIEWING, Stage, stage_of

Action = Act


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. A stage of None is that no case is there yet."""

    action: Act
    by: tuple[By, ...]
    at: frozenset[Stage | None]
    only_if: Condition | None = None

    def allows(self, state: CaseState | None, stage: Stage | None, role: By) -> bool:
        """Return whether the row lets somebody in a role do it with a case at its stage."""
        return role in self.by and stage in self.at and self.is_met(state)

    def is_met(self, state: CaseState | None) -> bool:
        """Return whether the condition holds."""
        return self.only_if is None or (state is not None and self.only_if.holds(state))


def _row(
    action: Act, by: Collection[By], at: Collection[Stage | None], only_if: Condition | None = None
) -> Row:
    return Row(action, tuple(by), frozenset(at), only_if)


_S = Stage
_NEW = (None, _S.DRAFT)
_BEFORE_DECISION = (_S.SCREENING, _S.INFORMATION)
_BEFORE_REVIEW = (_S.NOTICE, _S.RECORDS, _S.UNDECIDABLE)
_UNDER_REVIEW = (*_BEFORE_REVIEW, *REVIEWING)
_UNTIL_ADOPTED = (*_BEFORE_REVIEW, _S.ASSIGNMENT, _S.ATTESTATION, _S.VIEW, _S.REVIEW)
_PENDING = (*_BEFORE_DECISION, _S.DEFERRED, *_UNDER_REVIEW)
_CONSOLIDABLE = (_S.NOTICE, _S.RECORDS, _S.ASSIGNMENT)
_RELEASED = (_S.SERVICE, _S.SERVED, _S.APPEAL)
_FILED = tuple(stage for stage in Stage if stage is not _S.DRAFT)
_DESK = (By.INTAKE, By.CASE_MANAGER)
_ORGANIZATION = (*_DESK, By.MEDICAL_DIRECTOR, By.QUALITY)
_STAFF = (*_ORGANIZATION, By.ADMINISTRATIVE_DIRECTOR)
_SIDES = (By.APPLICANT, By.PAYER)

TABLE: tuple[Row, ...] = (
    # the application
    _row(Act.SAVE_DRAFT, (By.APPLICANT, By.INTAKE), _NEW),
    _row(Act.FILE_APPLICATION, (By.APPLICANT, By.INTAKE), _NEW),
    _row(Act.CORRECT_APPLICATION, _DESK, _BEFORE_DECISION),
    _row(Act.FILE_AGAIN, (By.APPLICANT, By.INTAKE), (*_BEFORE_DECISION, _S.INELIGIBLE), needs.CURABLE),
    _row(
        Act.CHANGE_PARTIES,
        _DESK,
        (*_BEFORE_DECISION, _S.DEFERRED, *_UNTIL_ADOPTED),
        needs.NOTHING_ADOPTED,
    ),
    _row(Act.LINK_DUPLICATE, _DESK, _BEFORE_DECISION),
    _row(Act.UNLINK_DUPLICATE, (*_DESK, By.ADMINISTRATIVE_DIRECTOR), (_S.DUPLICATE,)),
    _row(Act.NOTE_DUPLICATE, (*_DESK, By.SYSTEM), _FILED),
    _row(Act.CONSOLIDATE, (By.CASE_MANAGER, By.SYSTEM), _CONSOLIDABLE, needs.UNASSIGNED),
    _row(Act.TAKE_IN_CASE, (By.CASE_MANAGER, By.SYSTEM), _CONSOLIDABLE, needs.NO_REVIEWER),
    _row(Act.LINK_PAYER, _DESK, _FILED, needs.HAS_PAYER),
    _row(Act.JOIN_CASE, (By.APPLICANT,), _FILED),
    *(_row(Act.TAKE_CASE, (role,), _FILED, has_step) for role, has_step in needs.HAS_STEP.items()),
    _row(Act.TAKE_OVER_CASE, _ORGANIZATION, _FILED),
    _row(Act.TAKE_OVER_CASE, (By.ADMINISTRATIVE_DIRECTOR,), _FILED, needs.WAITS_ON_OFFICE),
    _row(Act.ADD_NOTE, (*_STAFF, By.SYSTEM), _FILED),
    _row(Act.ASK_OFFICE, _ORGANIZATION, _FILED),
    # eligibility
    _row(Act.SCREEN_APPLICATION, (*_DESK, By.SYSTEM), _BEFORE_DECISION),
    _row(Act.ASK_ABOUT_ELIGIBILITY, (By.CASE_MANAGER, By.ADMINISTRATIVE_DIRECTOR), _BEFORE_DECISION),
    _row(Act.ANSWER_INFORMATION, _DESK, (_S.INFORMATION, *_UNDER_REVIEW), needs.ASKED),
    _row(Act.ANSWER_INFORMATION, (By.APPLICANT,), (_S.INFORMATION, *_UNDER_REVIEW), needs.APPLICANT_ASKED),
    _row(Act.ANSWER_INFORMATION, (By.PAYER,), (_S.INFORMATION, *_UNDER_REVIEW), needs.PAYER_ASKED),
    _row(
        Act.CLOSE_INFORMATION,
        (By.CASE_MANAGER, By.ADMINISTRATIVE_DIRECTOR),
        (_S.INFORMATION, *_UNDER_REVIEW),
        needs.ASKED,
    ),
    _row(
        Act.DECIDE_ELIGIBILITY,
        (By.CASE_MANAGER, By.MEDICAL_DIRECTOR, By.ADMINISTRATIVE_DIRECTOR),
        (_S.SCREENING,),
        needs.SCREENED,
    ),
    _row(
        Act.DECIDE_ELIGIBILITY_ANEW,
        (By.ADMINISTRATIVE_DIRECTOR,),
        (_S.INELIGIBLE, _S.DEFERRED, *_UNDER_REVIEW),
    ),
    _row(Act.RESOLVE_LIABILITY, (*_SIDES, *_DESK), (_S.DEFERRED,)),
    _row(Act.END_DISPUTE, (*_SIDES, *_DESK), _PENDING),
    _row(
        Act.AUTHORIZE_IN_PART,
        (By.PAYER, *_DESK),
        (*_BEFORE_DECISION, *_UNTIL_ADOPTED),
        needs.NOTHING_ADOPTED,
    ),
    _row(Act.TERMINATE, (By.CASE_MANAGER, By.MEDICAL_DIRECTOR, By.ADMINISTRATIVE_DIRECTOR), _PENDING),
    _row(
        Act.CONVERT_TO_EXPEDITED,
        (*_DESK, By.ADMINISTRATIVE_DIRECTOR),
        (*_BEFORE_DECISION, *_UNDER_REVIEW),
        needs.CAN_CONVERT,
    ),
    # records
    _row(Act.RECEIVE_RECORDS, (*_SIDES, *_DESK), (*_BEFORE_DECISION, *_UNDER_REVIEW)),
    _row(Act.REFUSE_FILE, (*_SIDES, *_DESK, By.SYSTEM), _FILED),
    _row(Act.CHASE_RECORDS, (By.CASE_MANAGER, By.SYSTEM), (_S.RECORDS, _S.UNDECIDABLE)),
    _row(Act.COMPLETE_RECORDS, (*_DESK, By.SYSTEM), (_S.RECORDS, _S.UNDECIDABLE), needs.SOME_RECORDS),
    _row(Act.FIND_UNDECIDABLE, (By.CASE_MANAGER, By.MEDICAL_DIRECTOR), (_S.RECORDS,)),
    _row(Act.FIND_UNDECIDABLE, (By.REVIEWER,), (_S.VIEW, _S.REVIEW), needs.ATTESTED),
    _row(Act.READ_DOCUMENT, (*_SIDES, *_STAFF, By.AUDITOR), _FILED),
    _row(Act.READ_DOCUMENT, (By.REVIEWER,), _FILED, needs.ATTESTED),
    _row(Act.READ_CASE, (*_SIDES, *_STAFF, By.AUDITOR), tuple(Stage)),
    _row(Act.READ_CASE, (By.REVIEWER,), _FILED, needs.HAS_SEAT),
    # the reviewer
    _row(Act.APPROVE_REVIEWERS, (By.ADMINISTRATIVE_DIRECTOR,), _UNTIL_ADOPTED, needs.NOTHING_ADOPTED),
    _row(Act.PROPOSE_REVIEWER, (By.CASE_MANAGER, By.MEDICAL_DIRECTOR, By.SYSTEM), (_S.ASSIGNMENT,)),
    _row(Act.REPORT_NOBODY, (By.CASE_MANAGER, By.MEDICAL_DIRECTOR, By.SYSTEM), (_S.ASSIGNMENT,)),
    _row(Act.ATTEST, (By.REVIEWER,), (_S.ASSIGNMENT, _S.ATTESTATION), needs.UNATTESTED),
    _row(Act.DECLINE, (By.REVIEWER,), (_S.ASSIGNMENT, _S.ATTESTATION), needs.UNATTESTED),
    _row(
        Act.REPORT_CONFLICT,
        (By.REVIEWER, By.CASE_MANAGER, By.MEDICAL_DIRECTOR),
        REVIEWING,
        needs.ATTESTED,
    ),
    _row(
        Act.REPLACE_REVIEWER,
        (By.CASE_MANAGER, By.MEDICAL_DIRECTOR),
        (*_PENDING, _S.INELIGIBLE),
        needs.HAS_SEAT,
    ),
    _row(
        Act.LAPSE_OFFER,
        (By.CASE_MANAGER, By.MEDICAL_DIRECTOR, By.SYSTEM),
        (_S.ASSIGNMENT, _S.ATTESTATION),
        needs.OFFERED_UNTIL,
    ),
    # the review
    _row(Act.RECORD_VIEW, (By.REVIEWER,), (_S.ASSIGNMENT, _S.ATTESTATION, _S.VIEW), needs.MAY_VIEW),
    _row(
        Act.PREPARE_DRAFT,
        (By.CASE_MANAGER, By.MEDICAL_DIRECTOR, By.SYSTEM),
        (_S.ASSIGNMENT, _S.ATTESTATION, _S.VIEW, _S.REVIEW),
        needs.NOTHING_ADOPTED,
    ),
    _row(Act.OPEN_DRAFT, (By.REVIEWER,), REVIEWING, needs.MAY_OPEN),
    _row(
        Act.REQUEST_INFORMATION,
        (By.CASE_MANAGER, By.MEDICAL_DIRECTOR),
        (_S.RECORDS, _S.UNDECIDABLE, *REVIEWING),
    ),
    _row(Act.REQUEST_INFORMATION, (By.REVIEWER,), (_S.VIEW, _S.REVIEW), needs.ATTESTED),
    _row(Act.ADOPT_DETERMINATION, (By.REVIEWER,), (_S.ATTESTATION, _S.VIEW, _S.REVIEW), needs.MAY_ADOPT),
    _row(Act.APPROVE_EXTENSION, (By.ADMINISTRATIVE_DIRECTOR,), _UNDER_REVIEW, needs.NO_EXTENSION),
    # quality and release
    _row(Act.RETURN_FOR_REWRITE, (By.QUALITY, By.MEDICAL_DIRECTOR), (_S.QUALITY,)),
    _row(
        Act.COMPOSE_LETTER,
        (By.CASE_MANAGER, By.QUALITY, By.MEDICAL_DIRECTOR, By.SYSTEM),
        (_S.QUALITY,),
    ),
    _row(Act.RELEASE_DETERMINATION, (By.QUALITY, By.MEDICAL_DIRECTOR), (_S.QUALITY,), needs.COMPOSED),
    _row(Act.SERVE_PAPER, (*_DESK, By.SYSTEM), _FILED, needs.OWED),
    _row(Act.CONFIRM_RECEIPT, (*_DESK, By.SYSTEM), _FILED, needs.UNCONFIRMED),
    # afterwards
    _row(
        Act.PREPARE_CORRECTION,
        (By.CASE_MANAGER, By.QUALITY, By.MEDICAL_DIRECTOR),
        _RELEASED,
        needs.NO_CORRECTION,
    ),
    _row(Act.RELEASE_CORRECTION, (By.QUALITY, By.MEDICAL_DIRECTOR), _RELEASED, needs.CORRECTION),
    _row(
        Act.RECORD_APPEAL,
        (*_SIDES, *_DESK, By.ADMINISTRATIVE_DIRECTOR),
        (_S.SERVICE, _S.SERVED),
    ),
    _row(Act.RECORD_APPEAL_DECISION, (*_DESK, By.ADMINISTRATIVE_DIRECTOR), (_S.APPEAL,)),
    _row(Act.REMAND, (By.ADMINISTRATIVE_DIRECTOR,), (_S.REMAND,)),
    _row(Act.RECORD_IMPLEMENTATION, (By.PAYER, *_DESK), _RELEASED, needs.NOT_IMPLEMENTED),
    _row(Act.APPROVE_PUBLICATION, (By.ADMINISTRATIVE_DIRECTOR,), _RELEASED, needs.NOT_PUBLISHED),
    _row(
        Act.SEND_INVOICE,
        (By.CASE_MANAGER, By.SYSTEM),
        (_S.TERMINATED, *_RELEASED, _S.REMAND, _S.SENT_ELSEWHERE),
        needs.NO_INVOICE,
    ),
    _row(Act.SEND_INVOICE, (By.CASE_MANAGER, By.SYSTEM), (_S.INELIGIBLE,), needs.ASSIGNED_BEFORE),
    _row(Act.SEND_INVOICE, (By.CASE_MANAGER, By.SYSTEM), _UNDER_REVIEW, needs.EARLIER_UNBILLED),
    _row(Act.RECORD_PAYMENT, (By.CASE_MANAGER, By.SYSTEM), _FILED, needs.UNPAID),
    _row(Act.CANCEL_INVOICE, (By.CASE_MANAGER,), _FILED, needs.UNPAID),
)


def rows_of(action: Act) -> Iterator[Row]:
    """Yield the rows of an action."""
    return (row for row in TABLE if row.action is action)


def available_actions(state: CaseState | None, role: By) -> tuple[Act, ...]:
    """Return what somebody in a role may do with a case as it stands, in the order of the table.

    An action that is named here is accepted with a proper command from the
    right person of that role; what is not named is refused.

    Args:
        state: The case, None where there is none yet.
        role: The role.

    Example:
        >>> [action.value for action in available_actions(None, By.APPLICANT)]
        ['save_draft', 'file_application']
    """
    stage = None if state is None else stage_of(state)
    return tuple(dict.fromkeys(row.action for row in TABLE if row.allows(state, stage, role)))


def actions_of(state: CaseState, actor: Actor) -> tuple[Act, ...]:
    """Return what one person may do with a case as it stands: of a reviewer only what the own seat allows.

    Beside a colleague's open seat the own one may be done: who has adopted is
    not offered to adopt again.
    """
    if actor.role is not By.REVIEWER:
        return available_actions(state, actor.role)
    alone = replace(state, seats=tuple(seat for seat in state.seats if seat.reviewer == actor.id))
    stage = stage_of(state)
    return tuple(dict.fromkeys(row.action for row in TABLE if row.allows(alone, stage, actor.role)))
