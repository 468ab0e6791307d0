"""A treatment request, read as a whole: partial approvals, kind, what it asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from openimr.terms.treatment import BodyPart, Portion, Quantity, Treatment, TreatmentKind
from openimr.vocabulary.anatomy import read_body_parts, read_levels
from openimr.vocabulary.dates import find_dates
from openimr.vocabulary.drugs import Drug, find_drugs
from openimr.vocabulary.phrases import Match, PhraseMatcher
from openimr.vocabulary.requests.amounts import (
    find_strengths,
    read_form,
    read_quantity,
    read_refills,
    read_route,
)
from openimr.vocabulary.requests.partial import PartialApproval, split_partial_approval
from openimr.vocabulary.requests.schedule import Schedule, read_schedule
from openimr.vocabulary.tables import read_table
from openimr.vocabulary.text import fold, with_digits

_ASSOCIATED = re.compile(r"^\s*associated surgical (?:service|request|item)s?\s*:?\s*", re.IGNORECASE)
_RETROSPECTIVE = re.compile(r"\b(?:retrospective(?:ly)?|retro)\b", re.IGNORECASE)
_SERVICE_DATE = re.compile(
    r"\b(?:DOS|dates?\s+of\s+service|service\s+date|performed\s+on|dispensed(?:\s+on)?|provided\s+on)\b"
    r"\s*(?:of|:|on|is|-)?\s*",
    re.IGNORECASE,
)
_AS_NEEDED = re.compile(r"\b(?:as needed|prn|p\.r\.n)\b", re.IGNORECASE)
_QUALIFIERS = re.compile(
    r"\bwith(?:out)? and with(?:out)? contrast|\bwith or without contrast|\bwith(?:out)? contrast|\bw/o contrast"
    r"|\bunder (?:fluoroscop(?:y|ic guidance)|ultrasound guidance|anesthesia|IV sedation)"
    r"|\bwith fluoroscopic guidance|\bfluoroscopic guidance|\bultrasound guid(?:ance|ed)|\brentals?\b|\bpurchase\b"
    r"|\btrial\b|\binitial\b|\badditional\b|\bpost-?op(?:erative)?\b|\bpre-?op(?:erative)?\b|\brepeat\b|\bcontinued\b",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"\b(?:CPT|HCPCS|codes?)\b[^A-Z0-9]{0,8}((?:[A-V]?\d{4,5}(?:[,;/& ]+|\s+and\s+)?)+)|\b([A-V]\d{4})\b|\(([0-9]{5})\)",
    re.IGNORECASE,
)
_ONE_CODE = re.compile(r"\b[A-V]\d{4}\b|\b\d{5}\b", re.IGNORECASE)

# A spinal level names its part where the request prints no other.
_LEVEL_PARTS = {"C": "neck", "T": "thoracic spine", "L": "lumbar spine", "S": "lumbar spine"}
_SIDE_WORD = re.compile(r"\b(left|right|bilateral)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Service:
    """A treatment other than a drug: its name, kind, and whether the word is vague."""

    name: str
    kind: TreatmentKind
    is_generic: bool


@cache
def _services() -> PhraseMatcher[Service]:
    return PhraseMatcher(
        (row["phrase"], Service(row["name"], TreatmentKind(row["kind"]), row["generic"] == "yes"))
        for row in read_table("openimr.vocabulary", "data/treatments.csv")
    )


def find_services(text: str) -> list[Match[Service]]:
    """Return the treatments other than drugs named in a text, with offsets."""
    return _services().find(text)


def parse_request(request: str) -> Treatment:
    """Return a disputed request as a treatment, as far as its words go.

    What the words do not say stays empty; a kind that cannot be told is
    ``other`` with no name. After a partial approval the treatment is the
    part still in dispute, and all three portions are kept.

    Args:
        request: The request as printed, without the outcome behind it.

    Example:
        >>> t = parse_request("Vicodin 7.5/325 mg #120")
        >>> t.ingredients, t.strength, t.quantity.count
        (('hydrocodone', 'acetaminophen'), '7.5/325 mg', 120.0)
        >>> t = parse_request("right L5 transforaminal epidural steroid injection under fluoroscopic guidance")
        >>> t.name, t.levels, t.body_parts[0].side.value
        ('epidural steroid injection', ('L5',), 'right')
    """
    text = fold(request)
    partial = split_partial_approval(text)
    if partial is None:
        return _parse_one(text)
    return _with_portions(_parse_one(partial.remaining), partial, text)


def _with_portions(treatment: Treatment, partial: PartialApproval, text: str) -> Treatment:
    """Add the three portions; a heading's own flags stand before the first one."""
    whole = _parse_one(partial.original)
    return replace(
        treatment,
        original=_portion(partial.original, treatment.kind),
        authorized=_portion(partial.authorized, treatment.kind),
        remaining=_portion(partial.remaining, treatment.kind),
        retrospective=treatment.retrospective or whole.retrospective,
        date_of_service=treatment.date_of_service or whole.date_of_service or _service_date(text),
        associated_surgical_service=whole.associated_surgical_service,
        body_parts=treatment.body_parts or whole.body_parts,
        levels=treatment.levels or whole.levels,
    )


def _portion(text: str, kind: TreatmentKind) -> Portion:
    """Return one portion of a partial approval as words and as a quantity."""
    digits = with_digits(text)
    if kind in (TreatmentKind.THERAPY, TreatmentKind.CONSULTATION):
        schedule = read_schedule(digits)
        if schedule.most is not None:
            return Portion(text=text, count=schedule.most, unit="sessions")
    quantity = read_quantity(digits)
    if quantity is not None:
        return Portion(text=text, count=quantity.count, unit=quantity.unit)
    duration = read_schedule(digits).duration
    if duration is not None:
        return Portion(text=text, count=duration.count, unit=duration.unit.value)
    return Portion(text=text)


def _parse_one(text: str) -> Treatment:
    """Return one wording of a request as a treatment."""
    associated = _ASSOCIATED.match(text)
    body = text[associated.end() :] if associated else text
    digits = with_digits(body)
    drugs = find_drugs(digits)
    service = _leading_service(digits, drugs)
    if service is None and (drugs or _looks_like_medication(digits)):
        treatment = _medication(digits, drugs)
    else:
        treatment = _service_treatment(digits, service)
    return replace(
        treatment,
        qualifiers=tuple(dict.fromkeys(m.group(0).lower() for m in _QUALIFIERS.finditer(digits))),
        codes=_read_codes(digits),
        as_needed=bool(_AS_NEEDED.search(digits)),
        retrospective=bool(_RETROSPECTIVE.search(body)),
        date_of_service=_service_date(body),
        associated_surgical_service=associated is not None,
    )


def _leading_service(text: str, drugs: list[Match[Drug]]) -> Service | None:
    """Return the service that names the request, or None where a drug does.

    The first specific name decides, service or drug: "acupuncture with
    capsaicin patch" is acupuncture, "lidocaine patch for the shoulder" a
    drug. Words such as "injection" or "evaluation" decide only alone.
    """
    found = find_services(text)
    specific = next((m for m in found if not m.value.is_generic), None)
    first_drug = drugs[0] if drugs else None
    if specific and (first_drug is None or specific.start < first_drug.start):
        return specific.value
    if specific and specific.value.kind is TreatmentKind.TEST:
        return specific.value
    if first_drug is not None:
        return None
    return found[0].value if found else None


def _looks_like_medication(text: str) -> bool:
    """Whether a request without a known drug is still one for a medication."""
    return bool(find_strengths(text)) and (read_quantity(text) is not None or read_form(text) is not None)


def _medication(text: str, drugs: list[Match[Drug]]) -> Treatment:
    strengths = find_strengths(text)
    schedule = read_schedule(text)
    amounts = tuple(a for s in strengths for a in s.amounts)
    if len(drugs) <= 1:
        # "0.1% 60 g": what follows the strength of a single product is its amount
        amounts = strengths[0].amounts if strengths else ()
    ingredients = tuple(dict.fromkeys(i for m in drugs for i in m.value.ingredients))
    first = drugs[0] if drugs else None
    form = read_form(text)
    return Treatment(
        kind=TreatmentKind.MEDICATION,
        name=first.value.id if first and len(drugs) == 1 else None,
        ingredients=ingredients,
        product=text[first.start : first.end] if first and len(drugs) == 1 else None,
        drug_class=first.value.drug_class if first and len(drugs) == 1 else None,
        strength=strengths[0].text if strengths else None,
        strengths=amounts,
        form=form or (first.value.form if first else None),
        route=read_route(text) or _implied_route(form, first),
        quantity=read_quantity(text),
        refills=read_refills(text),
        frequency=schedule.frequency,
        duration=schedule.duration,
        body_parts=read_body_parts(text),
    )


def _implied_route(form: str | None, drug: Match[Drug] | None) -> str | None:
    """Return the route that form or product leave no doubt about."""
    if form in {"gel", "cream", "ointment", "lotion", "roll-on", "foam"}:
        return "topical"
    return drug.value.route if drug else None


def _service_treatment(text: str, service: Service | None) -> Treatment:
    kind = service.kind if service else TreatmentKind.OTHER
    is_course = kind in (TreatmentKind.THERAPY, TreatmentKind.CONSULTATION, TreatmentKind.PROCEDURE)
    schedule = read_schedule(text)
    levels = read_levels(text)
    return Treatment(
        kind=kind,
        name=service.name if service else None,
        quantity=None if kind is TreatmentKind.THERAPY else _count_of(text),
        sessions=schedule.most if is_course else None,
        sessions_at_least=_at_least(schedule) if is_course else None,
        frequency=schedule.frequency,
        duration=schedule.duration,
        body_parts=read_body_parts(text) or _part_of_level(text, levels),
        levels=levels,
    )


def _at_least(schedule: Schedule) -> int | None:
    return schedule.least if schedule.least != schedule.most else None


def _count_of(text: str) -> Quantity | None:
    """Return "#2" or "2 pairs"; a bare leading number counts things ("2 leg wraps")."""
    quantity = read_quantity(text)
    if quantity is not None:
        return quantity
    leading = re.match(
        r"^(\d{1,3})\s+(?!-|x\b|times|days?|weeks?|months?|sessions?|visits?)[a-z]", text, re.IGNORECASE
    )
    return Quantity(float(leading.group(1))) if leading else None


def _part_of_level(text: str, levels: tuple[str, ...]) -> tuple[BodyPart, ...]:
    """Return the part that spinal levels name, with the side printed anywhere."""
    if not levels:
        return ()
    sides = {m.group(1).lower() for m in _SIDE_WORD.finditer(text)}
    side = None
    if len(sides) == 1:
        parts = read_body_parts(f"{sides.pop()} shoulder")
        side = parts[0].side
    names = dict.fromkeys(_LEVEL_PARTS[level[0]] for level in levels)
    return tuple(BodyPart(part=name, side=side) for name in names)


def _service_date(text: str) -> date | None:
    """Return the date that the words call the date of service; None for several."""
    marker = _SERVICE_DATE.search(text)
    if marker is None:
        return None
    found = {d.on for d in find_dates(text[marker.end() : marker.end() + 60])}
    return found.pop() if len(found) == 1 else None


def _read_codes(text: str) -> tuple[str, ...]:
    """Return CPT and HCPCS codes; a bare five-digit number is none."""
    found: list[str] = []
    for match in _CODE.finditer(text):
        found.extend(code.upper() for code in _ONE_CODE.findall(match.group(0)))
    return tuple(dict.fromkeys(found))
