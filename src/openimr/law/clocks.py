"""Which clocks a case has: the row of the deadline table, its rule, when it applies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from openimr.law.starts import Start
from openimr.terms.case import Case, CaseDispute, ServiceMethod, UrAction
from openimr.terms.letter import Priority
from openimr.terms.treatment import TreatmentKind
from openimr.vocabulary.requests import parse_request

_MAIL = frozenset(m for m in ServiceMethod if m.value.startswith("mail_"))


def _never_missing(_: Case) -> str | None:
    return None


def _never(_: Case) -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One row of the deadline table.

    Attributes:
        ref: The code of the row.
        rule: The rule, without the programme, and ``figure`` of it.
        applies: Whether a case has this clock at all.
        yields_to: A figure of the version that takes this clock's place where ``yields`` holds.
        yields: Whether every item of a case is under that figure.
        missing: The key without which it cannot be told whether the clock runs.
        not_before: Dates that move the start on where they are later.
        served: How the paper was served, where service lengthens the period.
        note: What a reader should know about the start.
    """

    ref: str
    rule: str
    figure: str
    applies: Callable[[Case], bool]
    yields_to: str = ""
    yields: Callable[[Case], bool] = _never
    missing: Callable[[Case], str | None] = _never_missing
    not_before: tuple[Start, ...] = ()
    served: Callable[[Case], ServiceMethod | None] | None = None
    service_key: str = ""
    note: str = ""


def is_medication(dispute: CaseDispute) -> bool:
    """Return whether a request asks for a drug.

    Source:
        Lab. Code 4610.5(a)(3): the formulary is about medication.
    """
    return parse_request(dispute.request).kind is TreatmentKind.MEDICATION


def is_rendered(dispute: CaseDispute) -> bool:
    """Return whether the disputed treatment was given already.

    Source:
        Lab. Code 4610.6(j) parts services rendered from services not yet rendered.
    """
    return dispute.date_of_service is not None or dispute.ur_action is UrAction.RETROSPECTIVE_DENY


def is_expedited(case: Case) -> bool:
    """Return whether the short clocks run: asked for or certified, and care not yet given.

    Source:
        Lab. Code 4610.6(d)(1)(C); 8 CCR 9792.10.4(c).
    """
    asked = case.case.priority is Priority.EXPEDITED or case.dates.expedited_certified is not None
    return asked and not _all_rendered(case)


def has_liability_window(case: Case) -> bool:
    """Return whether the filing window runs from the end of a liability dispute.

    Source:
        Lab. Code 4610.5(h)(2).
    """
    if case.dates.liability_resolved is not None:
        return True
    application = case.application
    return application.liability_disputed is True and application.payer_agrees_to_review is not True


def _all_rendered(case: Case) -> bool:
    return bool(case.disputes) and all(map(is_rendered, case.disputes))


def _may_be_formulary(case: Case) -> bool:
    flag = case.case.formulary_dispute
    return flag is True or (flag is None and any(map(is_medication, case.disputes)))


def _formulary_missing(case: Case) -> str | None:
    return "case.formulary_dispute" if case.case.formulary_dispute is None else None


def _is_all_formulary(case: Case) -> bool:
    """Whether every item is a formulary dispute, so that the longer period runs for none."""
    return case.case.formulary_dispute is True and all(map(is_medication, case.disputes))


def _noarfi_missing(case: Case) -> str | None:
    method = case.service.noarfi
    if method is None:
        return "service.noarfi"
    if method in _MAIL or method is ServiceMethod.ELECTRONIC:
        return None
    return f"service.noarfi as mail or electronic (the regulation has no period for {method.value})"


def _mailed(case: Case) -> bool:
    return not is_expedited(case) and case.service.noarfi is not ServiceMethod.ELECTRONIC


def _sent_electronically(case: Case) -> bool:
    return not is_expedited(case) and case.service.noarfi not in _MAIL


CLOCKS = (
    Clock(
        ref="U1",
        rule="ur_decision_deadline",
        figure="regular",
        applies=lambda c: c.case.priority is Priority.REGULAR and not _all_rendered(c),
        note="a late decision is a question for the appeals board and no ground of ineligibility",
    ),
    Clock(
        ref="A1",
        rule="filing_window",
        figure="regular",
        applies=lambda c: not has_liability_window(c),
        yields_to="formulary",
        yields=_is_all_formulary,
        not_before=(Start(("imr_form_provided",), "form provided", lambda c: c.dates.imr_form_provided),),
        served=lambda c: c.service.ur,
        service_key="service.ur",
    ),
    Clock(
        ref="A2",
        rule="filing_window",
        figure="formulary",
        applies=lambda c: not has_liability_window(c) and _may_be_formulary(c),
        missing=_formulary_missing,
        not_before=(Start(("imr_form_provided",), "form provided", lambda c: c.dates.imr_form_provided),),
        served=lambda c: c.service.ur,
        service_key="service.ur",
        note="the statute does not define a formulary dispute: a person confirms",
    ),
    Clock(
        ref="A3",
        rule="filing_window_after_liability",
        figure="regular",
        applies=has_liability_window,
        served=lambda _: None,
        service_key="the service of that notice",
    ),
    Clock(
        ref="S1",
        rule="notice_of_assignment",
        figure="regular",
        applies=lambda _: True,
    ),
    Clock(
        ref="D1",
        rule="records_deadline",
        figure="mailed",
        applies=_mailed,
        missing=_noarfi_missing,
        note="the records must be received by then",
    ),
    Clock(
        ref="D2",
        rule="records_deadline",
        figure="electronic",
        applies=_sent_electronically,
        missing=_noarfi_missing,
        note="the records must be received by then",
    ),
    Clock(
        ref="D3",
        rule="records_deadline_expedited",
        figure="expedited",
        applies=is_expedited,
        note="the statute counts from approval of the request",
    ),
    Clock(
        ref="V1",
        rule="determination_deadline",
        figure="regular",
        applies=lambda c: not is_expedited(c),
        yields_to="formulary",
        yields=_is_all_formulary,
    ),
    Clock(
        ref="V2",
        rule="determination_deadline",
        figure="formulary",
        applies=lambda c: not is_expedited(c) and _may_be_formulary(c),
        missing=_formulary_missing,
    ),
    Clock(
        ref="V3",
        rule="determination_deadline",
        figure="expedited",
        applies=is_expedited,
        not_before=(
            Start(("expedited_certified",), "threat certified", lambda c: c.dates.expedited_certified),
        ),
    ),
    Clock(
        ref="I1",
        rule="implementation_deadline",
        figure="rendered",
        applies=lambda c: not c.disputes or any(map(is_rendered, c.disputes)),
        note="runs from receipt, which is not before service; only for treatment found necessary",
    ),
    Clock(
        ref="I2",
        rule="implementation_deadline",
        figure="not_rendered",
        applies=lambda c: not c.disputes or not _all_rendered(c),
        note="runs from receipt, which is not before service; only for treatment found necessary",
    ),
    Clock(
        ref="P1",
        rule="appeal_window",
        figure="regular",
        applies=lambda _: True,
        served=lambda c: c.service.determination,
        service_key="service.determination",
    ),
)
