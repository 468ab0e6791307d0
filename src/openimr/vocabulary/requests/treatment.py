"""A treatment request, read as a whole: partial approvals, kind, what it asks for."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from openimr.terms.treatment import BodyPart, Portion, Quantity, Side, Treatment, TreatmentKind
from openimr.vocabulary.anatomy import read_body_parts, read_levels
from openimr.vocabulary.dates import find_dates
from openimr.vocabulary.drugs import Drug, find_drugs
from openimr.vocabulary.phrases import Match
from openimr.vocabulary.requests.amounts import find_strengths, read_form, read_hours, read_quantity
from openimr.vocabulary.requests.codes import read_codes
from openimr.vocabulary.requests.medication import parse_medication, unknown_medication
from openimr.vocabulary.requests.partial import PartialApproval, split_partial_approval
from openimr.vocabulary.requests.qualifiers import read_qualifiers
from openimr.vocabulary.requests.schedule import Schedule, read_schedule
from openimr.vocabulary.requests.services import Service, find_services, refined_name
from openimr.vocabulary.text import fold, with_digits

_ASSOCIATED = re.compile(
    r"^\s*associated surgical (?:service|request|item|equipment|procedure)s?\s*:?\s*", re.IGNORECASE
)
_RETROSPECTIVE = re.compile(r"\b(?:retrospective(?:ly)?|retro)\b", re.IGNORECASE)
_SERVICE_DATE = re.compile(
    r"\b(?:DOS|dates?\s+of\s+service|service\s+date|performed\s+on|dispensed(?:\s+on)?|provided\s+on)\b"
    r"\s*(?:of|:|on|is|-)?\s*",
    re.IGNORECASE,
)
# "(Retrospective 2/26/2015)": a date that the request calls nothing else
_OTHER_DATE = re.compile(
    r"\b(?:per|order|ordered|dated|report|rfa|injury|doi|prior to|since"
    r"|before|after|until|through|between|from|to|and)"
    r"\s*(?:of|on|:)?\s*$",
    re.IGNORECASE,
)
_AS_NEEDED = re.compile(r"\b(?:as needed|prn|p\.r\.n)\b", re.IGNORECASE)
# "twelve (12) sessions": the figure repeats the word
_SAID_TWICE = re.compile(r"\b(\d+)\s?\(\s?#?\1\s?\)")
# "consultation for a spinal cord stimulator" asks for the consultation
_VISIT_FOR = re.compile(r"^\s{0,2}(?:for|regarding|re:|to discuss)\b", re.IGNORECASE)
_SERIES = re.compile(
    r"\bseries of (?P<a>\d{1,2})\b|(?:\bx\s?|\btimes\s)(?P<b>\d{1,2})(?![\w/%.-])"
    r"(?!\s?(?:weeks?|days?|months?|years?|hours?|x\b|per\b|a\b))|\b(?P<c>\d{1,2})x(?!\s?\d|\w)",
    re.IGNORECASE,
)
_LEADING_COUNT = re.compile(
    r"^(\d{1,3})\s+(?!-|x\b|times|days?|weeks?|months?|years?|hours?|hrs?|sessions?|visits?|view|level|panel|in\b|to\b|or\b|night|lead)[a-z]",
    re.IGNORECASE,
)

# Forms that only a medication has; a patch, a spray or a film can be something else.
_MEDICATION_FORMS = frozenset(
    {"tablet", "capsule", "cream", "ointment", "gel", "lotion", "suspension", "elixir"}
)
# What is spread on the skin holds its drugs in per cent, and is no procedure.
_SPREAD = frozenset({"cream", "ointment", "gel", "lotion"})
# "fusion with a 3 day inpatient stay": the days are those of the stay
_STAY = re.compile(
    r"\b\d{1,2}(?: ?- ?\d{1,2})?[- ]days? (?:inpatient|in-patient|hospital|length|stay|los)\b", re.IGNORECASE
)
# A spinal level names its part where the request prints no other.
_LEVEL_PARTS = {"C": "neck", "T": "thoracic spine", "L": "lumbar spine", "S": "lumbar spine"}
_SPINE_PARTS = frozenset({"neck", "thoracic spine", "lumbar spine", "back", "spine", "sacroiliac joint"})
_SIDE_AT_LEVEL = re.compile(
    r"\b(?P<before>left|right|bilateral)(?:[- ]sided)?,?\s(?:at\s)?[CTLS]\d"
    r"|\b[CTLS]\d{1,2}[-/CTLS0-9, ]{0,12}[\s,(]+(?:on the )?(?P<after>left|right|bilaterally|bilateral)\b",
    re.IGNORECASE,
)
_SIDE_WORD = re.compile(r"\b(left|right|bilateral)", re.IGNORECASE)
_VISITS = (TreatmentKind.THERAPY, TreatmentKind.CONSULTATION)


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
        >>> t = parse_request("right L5 transforaminal epidural steroid injection under fluoroscopy")
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
    if treatment.kind is TreatmentKind.OTHER and treatment.name is None:
        # "the remaining portion, 4 sessions": what of stands in the original
        schedule = read_schedule(_digits(partial.remaining))
        least = _at_least(schedule)
        treatment = replace(
            whole, quantity=treatment.quantity, sessions=schedule.most, sessions_at_least=least
        )
    if treatment.strength and whole.strength and treatment.strength != whole.strength:
        treatment = replace(treatment, strength=None, strengths=())  # two strengths for one request
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


def _digits(text: str) -> str:
    """Return the text with numbers as figures, each once: "six (6)" is 6."""
    return _SAID_TWICE.sub(r"\1", with_digits(text))


def _portion(text: str, kind: TreatmentKind) -> Portion:
    """Return one portion of a partial approval as words and as a quantity."""
    digits = _digits(text)
    if kind in _VISITS:
        schedule = read_schedule(digits)
        if schedule.most is not None:
            return Portion(text=text, count=schedule.most, unit="sessions")
    drugs = find_drugs(digits) if kind is TreatmentKind.MEDICATION else []
    quantity = parse_medication(digits, drugs).quantity if drugs else read_quantity(digits)
    quantity = quantity or (read_hours(digits) if kind is TreatmentKind.THERAPY else None)
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
    digits = _digits(body)
    drugs = find_drugs(digits)
    service = _leading_service(digits, drugs)
    qualifiers = read_qualifiers(digits)
    if service is not None:
        treatment = _service_treatment(digits, service, drugs, qualifiers)
    elif drugs:
        treatment = parse_medication(digits, drugs)
    elif _looks_like_medication(digits):
        treatment = unknown_medication(digits)
    else:
        treatment = _service_treatment(digits, None, drugs, qualifiers)
    return replace(
        treatment,
        qualifiers=qualifiers,
        codes=read_codes(digits),
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
    found = [m for m in find_services(text) if not _is_count(text, m)]
    if {"electromyography", "nerve conduction study"} <= {m.value.name for m in found}:
        return Service("electrodiagnostic testing", TreatmentKind.TEST, False)
    if drugs and "%" in text and read_form(text) in _SPREAD:
        found = [m for m in found if m.value.kind is not TreatmentKind.PROCEDURE]
    specific = next((m for m in found if not m.value.is_generic), None)
    first_drug = drugs[0] if drugs else None
    if specific and found[0] is not specific and _is_visit_for(text, found[0], specific):
        return found[0].value
    if specific and (
        first_drug is None or (specific.start, -specific.end) <= (first_drug.start, -first_drug.end)
    ):
        return _steroid_injection(specific.value, drugs)
    if specific and specific.value.kind is TreatmentKind.TEST and not find_strengths(text):
        return specific.value
    if first_drug is not None:
        return _injection(text, found, drugs)
    return found[0].value if found else None


def _is_visit_for(text: str, visit: Match[Service], other: Match[Service]) -> bool:
    """Whether the first words ask for a visit that is to discuss another treatment."""
    return (
        visit.value.kind is TreatmentKind.CONSULTATION
        and other.value.kind not in _VISITS
        and bool(_VISIT_FOR.match(text[visit.end :]))
    )


def _injection(text: str, found: list[Match[Service]], drugs: list[Match[Drug]]) -> Service | None:
    """Return the injection of a steroid or an anesthetic into a body part, a procedure."""
    vague = next((m.value for m in found if m.value.name == "injection"), None)
    classes = {m.value.drug_class for m in drugs}
    if vague is None or not classes & {"corticosteroid", "local anesthetic"} or not read_body_parts(text):
        return None
    return _steroid_injection(vague, drugs)


def _steroid_injection(service: Service, drugs: list[Match[Drug]]) -> Service:
    """Return the service, an injection of a corticosteroid under its own name."""
    if service.name == "injection" and any(m.value.drug_class == "corticosteroid" for m in drugs):
        return replace(service, name="steroid injection")
    return service


def _is_count(text: str, match: Match[Service]) -> bool:
    """Whether "ct" behind a number is short for count and no tomography: "90 ct"."""
    is_ct = text[match.start : match.end].lower() == "ct"
    return is_ct and text[: match.start].rstrip()[-1:].isdigit()


def _looks_like_medication(text: str) -> bool:
    """Whether a request without a known drug is still one for a medication."""
    form = read_form(text)
    if form in _MEDICATION_FORMS:
        return True
    return bool(find_strengths(text)) and (form is not None or read_quantity(text) is not None)


def _service_treatment(
    text: str, service: Service | None, drugs: list[Match[Drug]], qualifiers: tuple[str, ...]
) -> Treatment:
    """Return a request for anything but a drug as a treatment."""
    kind = service.kind if service else TreatmentKind.OTHER
    has_hours_a_day = any("hour" in q or "hr" in q for q in qualifiers)
    timed = _STAY.sub(" ", text) if kind is TreatmentKind.PROCEDURE else text
    schedule = read_schedule(timed, by_weeks=kind in _VISITS)
    sessions = _sessions(text, kind, schedule) if not has_hours_a_day else None
    levels = () if kind is TreatmentKind.TEST else read_levels(text)
    parts = _parts(text, levels)
    return Treatment(
        kind=kind,
        name=refined_name(service.name, parts) if service else None,
        ingredients=()
        if kind is TreatmentKind.TEST
        else tuple(dict.fromkeys(i for m in drugs for i in m.value.ingredients)),
        quantity=_service_quantity(text, service, sessions),
        sessions=sessions,
        sessions_at_least=_at_least(schedule) if sessions is not None else None,
        frequency=schedule.frequency,
        duration=schedule.duration,
        body_parts=parts,
        levels=levels,
    )


def _service_quantity(text: str, service: Service | None, sessions: int | None) -> Quantity | None:
    """Return how many are asked for; of a therapy only hours, for its visits are sessions."""
    if service and service.kind is TreatmentKind.THERAPY:
        return read_hours(text)
    if service and service.name == "epidural steroid injection" and "#" in text:
        return None  # "injection #2" can be the second or two of them
    return _count_of(text, sessions)


def _sessions(text: str, kind: TreatmentKind, schedule: Schedule) -> int | None:
    """Return the sessions of a course; other things are counted as a quantity."""
    if kind in _VISITS:
        return schedule.most
    if kind is TreatmentKind.PROCEDURE and re.search(
        r"\b(?:sessions?|visits?|treatments)\b", text, re.IGNORECASE
    ):
        return schedule.most
    return None


def _at_least(schedule: Schedule) -> int | None:
    return schedule.least if schedule.least != schedule.most else None


def _count_of(text: str, sessions: int | None) -> Quantity | None:
    """Return "#2", "2 pairs", "x 3" or "series of 3"; a bare leading number counts things ("2 leg wraps")."""
    if sessions is not None:
        return None
    quantity = read_quantity(text)
    if quantity is not None:
        return quantity
    leading = _LEADING_COUNT.match(text)
    if leading:
        return Quantity(float(leading.group(1)))
    counts = {m["a"] or m["b"] or m["c"] for m in _SERIES.finditer(text)}
    return Quantity(float(counts.pop())) if len(counts) == 1 else None


def _parts(text: str, levels: tuple[str, ...]) -> tuple[BodyPart, ...]:
    """Return the body parts of a request, with the side that is printed at its levels."""
    parts = read_body_parts(text)
    if not levels:
        return parts
    if not parts:
        sides = {m.group(1).lower() for m in _SIDE_WORD.finditer(text)}
        side = Side(sides.pop()) if len(sides) == 1 else None
        names = dict.fromkeys(_LEVEL_PARTS[level[0]] for level in levels)
        return tuple(BodyPart(part=name, side=side) for name in names)
    sides = {
        (m["before"] or m["after"]).lower().replace("bilaterally", "bilateral")
        for m in _SIDE_AT_LEVEL.finditer(text)
    }
    spine = [p for p in parts if p.part in _SPINE_PARTS]
    if not spine:
        # "left L5 injection for pain in the right leg": the level is treated, the leg is why
        side = Side(sides.pop()) if len(sides) == 1 else None
        names = dict.fromkeys(_LEVEL_PARTS[level[0]] for level in levels)
        return (*(BodyPart(part=name, side=side) for name in names), *parts)
    if len(sides) != 1 or len(spine) != 1 or spine[0].side is not None:
        return parts
    side = Side(sides.pop())
    return tuple(replace(p, side=side) if p is spine[0] else p for p in parts)


def _service_date(text: str) -> date | None:
    """Return the date that the words call the date of service; None for several."""
    marker = _SERVICE_DATE.search(text)
    if marker is not None:
        found = {d.on for d in find_dates(text[marker.end() : marker.end() + 60])}
        return found.pop() if len(found) == 1 else None
    if not _RETROSPECTIVE.search(text):
        return None
    dates = find_dates(text)
    if len(dates) != 1 or _OTHER_DATE.search(text[max(0, dates[0].start - 20) : dates[0].start]):
        return None
    return dates[0].on
