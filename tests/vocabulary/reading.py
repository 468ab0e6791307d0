"""A treatment written as a physician would note it, for the table of requests."""

from __future__ import annotations

from openimr.terms.treatment import BodyPart, Portion, Treatment

COLUMNS = ("kind", "what", "strength", "amount", "schedule", "where", "also")


def note_of(treatment: Treatment) -> dict[str, str]:
    """Return every field of a treatment in the columns of ``requests.csv``."""
    return {
        "kind": treatment.kind.value,
        "what": treatment.name or " + ".join(treatment.ingredients),
        "strength": _joined(treatment.strength, treatment.form, treatment.route),
        "amount": _joined(_amount(treatment), _refills(treatment)),
        "schedule": _joined(_sessions(treatment), _frequency(treatment), _duration(treatment)),
        "where": _joined(*(_place(part) for part in treatment.body_parts), *treatment.levels),
        "also": _joined(*_flags(treatment), *treatment.qualifiers, *treatment.codes),
    }


def _joined(*parts: str | None) -> str:
    return "; ".join(part for part in parts if part)


def _amount(treatment: Treatment) -> str | None:
    quantity = treatment.quantity
    return f"{quantity.count:g} {quantity.unit or ''}".strip() if quantity else None


def _refills(treatment: Treatment) -> str | None:
    return None if treatment.refills is None else f"refills {treatment.refills}"


def _sessions(treatment: Treatment) -> str | None:
    if treatment.sessions is None:
        return None
    least = f"{treatment.sessions_at_least}-" if treatment.sessions_at_least else ""
    return f"{least}{treatment.sessions} sessions"


def _frequency(treatment: Treatment) -> str | None:
    rate = treatment.frequency
    if rate is None:
        return None
    least = "" if rate.least == rate.most else f"{rate.least:.3g}-"
    return f"{least}{rate.most:.3g} a {rate.per}"


def _duration(treatment: Treatment) -> str | None:
    return str(treatment.duration) if treatment.duration else None


def _place(part: BodyPart) -> str:
    return f"{part.side.value} {part.part}" if part.side else part.part


def _flags(treatment: Treatment) -> list[str]:
    flags = []
    if treatment.name and treatment.ingredients and treatment.kind.value != "medication":
        flags.append("with " + " + ".join(treatment.ingredients))
    if treatment.associated_surgical_service:
        flags.append("associated surgical service")
    if treatment.retrospective:
        flags.append("retrospective")
    if treatment.date_of_service:
        flags.append(treatment.date_of_service.isoformat())
    if treatment.as_needed:
        flags.append("as needed")
    for name in ("original", "authorized", "remaining"):
        portion = getattr(treatment, name)
        if portion is not None:
            flags.append(f"{name} {_portion(portion)}")
    return flags


def _portion(portion: Portion) -> str:
    if portion.count is None:
        return "as worded"
    return f"{portion.count:g} {portion.unit or ''}".strip()
