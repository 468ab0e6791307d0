"""What somebody entered of an application, and the case that it states.

What was entered is kept as it was typed, so that nothing is lost that is not
understood yet. What is empty, or was answered with "I do not know", is absent
in the case, never a default.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from openimr.casework.quantities import quantity_words, read_quantity, remainder
from openimr.terms.case import (
    Application,
    Case,
    CaseDates,
    CaseDispute,
    CaseHead,
    Diagnoses,
    Parties,
    Party,
    Patient,
    ServiceMethod,
    SignedBy,
    UrAction,
)
from openimr.terms.letter import Priority, Sex
from openimr.terms.period import Moment

Entered = Mapping[str, Any]
Code = TypeVar("Code", bound=StrEnum)

PROGRAMME = "us_ca_wc"
# kinds of papers that come with an application, and what they are called
PAPERS = {
    "application": "Application form",
    "ur_decision": "Utilization review decision",
    "rfa": "Request for authorization",
    "certification": "Certification of a threat to health",
    "other": "Another paper",
}
_PARTIES = ("employer", "payer", "insurer", "ur_organization", "attorney")
_DAYS = (
    "rfa",
    "rfa_received",
    "ur_decision",
    "ur_served",
    "imr_form_provided",
    "liability_resolved",
    "submitted",
    "application_received",
    "expedited_certified",
)
_STATED_OF_DISPUTE = ("ur_reason", "requested", "authorized", "remaining")
_OF_PROVIDER = {
    "name": "provider",
    "npi": "provider_npi",
    "specialty": "provider_specialty",
    "group": "provider_group",
    "facility": "provider_facility",
}
_YES_NO = ("signed", "ur_decision_attached", "liability_disputed", "payer_agrees_to_review")
_YES = {"yes": True, "no": False}
_NOTHING = Case(
    schema=1, case=CaseHead(programme=PROGRAMME, number="", priority=Priority.REGULAR), dispute=()
)


def case_of(entered: Entered, known: Case = _NOTHING) -> Case:
    """Return the case that was entered; what no form asks for stays as it is known.

    Example:
        >>> case = case_of({"patient_name": "Ada Fern", "disputes": [{"request": "MRI"}]})
        >>> case.patient.name, case.patient.born_on, case.dispute[0].request
        ('Ada Fern', None, 'MRI')
    """
    return replace(
        known,
        case=replace(
            known.case,
            programme=_text(entered, "programme") or known.case.programme,
            priority=_code(Priority, entered, "priority") or Priority.REGULAR,
            formulary_dispute=_yes(entered, "formulary_dispute"),
        ),
        patient=_patient(entered, known.patient),
        parties=_parties(entered, known.parties),
        provider=replace(known.provider, **{n: _text(entered, key) for n, key in _OF_PROVIDER.items()}),
        dates=_dates(entered, known.dates),
        service=replace(known.service, ur=_code(ServiceMethod, entered, "ur_service")),
        application=_application(entered, known.application),
        diagnoses=Diagnoses(
            codes=tuple(_lines(entered, "diagnosis_codes")), text=tuple(_lines(entered, "diagnoses"))
        ),
        dispute=_disputes(entered.get("disputes", ()), known.dispute),
    )


def entered_of(case: Case) -> dict[str, Any]:
    """Return what a form would hold if a case had been entered in it."""
    dates = {name: _day_words(getattr(case.dates, name)) for name in _DAYS}
    parties = {name: party.name for name in _PARTIES if (party := getattr(case.parties, name))}
    provider = {key: getattr(case.provider, name) for name, key in _OF_PROVIDER.items()}
    answers = {name: _word(getattr(case.application, name)) for name in _YES_NO}
    designated = case.application.representative_designated_on
    return {
        "programme": case.case.programme,
        "priority": case.case.priority.value,
        "formulary_dispute": _word(case.case.formulary_dispute),
        "patient_name": case.patient.name or "",
        "patient_id": case.patient.id or "",
        "born_on": _day_words(case.patient.born_on),
        "sex": case.patient.sex or "",
        "represented": _word(case.patient.represented),
        "payer_id": (case.parties.payer.id if case.parties.payer else None) or "",
        "of_injury": _day_words(case.dates.of_injury),
        "ur_service": case.service.ur or "",
        "signed_by": case.application.signed_by or "",
        "representative_designated_on": _day_words(designated),
        "diagnoses": "\n".join(case.diagnoses.text),
        "diagnosis_codes": "\n".join(case.diagnoses.codes),
        "disputes": [_row(dispute) for dispute in case.dispute],
        **{key: value or "" for key, value in (dates | parties | provider | answers).items()},
    }


def _row(dispute: CaseDispute) -> dict[str, str]:
    return {
        "request": dispute.request,
        "ur_action": dispute.ur_action or "",
        "date_of_service": _day_words(dispute.date_of_service),
        **{name: getattr(dispute, name) or "" for name in _STATED_OF_DISPUTE},
    }


def _patient(entered: Entered, known: Patient) -> Patient:
    return replace(
        known,
        id=_text(entered, "patient_id"),
        name=_text(entered, "patient_name"),
        sex=_code(Sex, entered, "sex"),
        born_on=_day(entered, "born_on"),
        represented=_yes(entered, "represented"),
    )


def _parties(entered: Entered, known: Parties) -> Parties:
    found = {name: _party(_text(entered, name), getattr(known, name)) for name in _PARTIES}
    payer, told = found["payer"], _text(entered, "payer_id")
    # who has another name is another organization, whose accounts the old identifier would let in
    is_left_over = known.payer is not None and told == known.payer.id and payer != known.payer
    if payer is not None and told and not is_left_over:
        found["payer"] = replace(payer, id=told)
    return replace(known, **found)


def _party(name: str | None, known: Party | None) -> Party | None:
    """Return a party by its name; one that is known keeps its identifier and group."""
    if name is None:
        return None
    return known if known is not None and known.name == name else Party(name=name)


def _dates(entered: Entered, known: CaseDates) -> CaseDates:
    moments = {name: _moment(entered, name, getattr(known, name)) for name in _DAYS}
    return replace(known, of_injury=_day(entered, "of_injury"), **moments)


def _moment(entered: Entered, name: str, known: Moment | None) -> Moment | None:
    """Return a day that was entered, with its hour where it is the day that is known."""
    day = _day(entered, name)
    if day is None:
        return None
    return known if known is not None and known.on == day else Moment(day)


def _application(entered: Entered, known: Application) -> Application:
    answers: dict[str, Any] = {name: _yes(entered, name) for name in _YES_NO}
    if any(paper.get("kind") == "ur_decision" for paper in entered.get("papers", ())):
        answers["ur_decision_attached"] = True
    return replace(
        known,
        **answers,
        signed_by=_code(SignedBy, entered, "signed_by"),
        representative_designated_on=_day(entered, "representative_designated_on"),
    )


def _disputes(rows: Sequence[Entered], known: Sequence[CaseDispute]) -> tuple[CaseDispute, ...]:
    """Return the disputed treatments; what no form asks of one stays where its words are the same."""
    before = {dispute.request: dispute for dispute in known}
    found = []
    for row in rows:
        request = _text(row, "request")
        if request is None:
            continue
        stated: dict[str, Any] = {name: _text(row, name) for name in _STATED_OF_DISPUTE}
        stated["remaining"] = stated["remaining"] or remaining_words(row)
        found.append(
            replace(
                before.get(request) or CaseDispute(request=request),
                ur_action=_code(UrAction, row, "ur_action"),
                date_of_service=_day(row, "date_of_service"),
                **stated,
            )
        )
    return tuple(found)


def remaining_words(row: Entered) -> str | None:
    """Return what is left of a request after what was authorized, None where it cannot be counted.

    Example:
        >>> remaining_words({"requested": "12 sessions", "authorized": "4 sessions"})
        '8 sessions'
    """
    asked, allowed = read_quantity(_text(row, "requested")), read_quantity(_text(row, "authorized"))
    left = remainder(asked, allowed) if asked and allowed else None
    return quantity_words(left) if left is not None else None


def _text(entered: Entered, name: str) -> str | None:
    return str(entered.get(name) or "").strip() or None


def _lines(entered: Entered, name: str) -> Iterator[str]:
    return (line.strip() for line in str(entered.get(name) or "").splitlines() if line.strip())


def _yes(entered: Entered, name: str) -> bool | None:
    return _YES.get(str(entered.get(name) or ""))


def _word(answer: bool | None) -> str:
    return "" if answer is None else "yes" if answer else "no"


def _day(entered: Entered, name: str) -> date | None:
    """Return a day; what is no day is told by the form and absent here."""
    try:
        return date.fromisoformat(str(entered.get(name) or ""))
    except ValueError:
        return None


def _day_words(day: date | Moment | None) -> str:
    if day is None:
        return ""
    return (day.on if isinstance(day, Moment) else day).isoformat()


def _code(codes: type[Code], entered: Entered, name: str) -> Code | None:
    told = str(entered.get(name) or "")
    return codes(told) if told in {code.value for code in codes} else None
