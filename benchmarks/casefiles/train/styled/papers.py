"""What each kind of paper says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from benchmarks.casefiles.dates import after
from benchmarks.casefiles.train.styled import sundry, tables, told
from benchmarks.casefiles.train.styled.edges import signs_with_day
from benchmarks.casefiles.train.styled.house import House
from benchmarks.casefiles.train.styled.parts import Fields, Paper, Part, Section
from benchmarks.casefiles.train.styled.vocabulary import setting, word, words
from benchmarks.casefiles.world import Person, World

from openimr.terms.records import ExhibitType

_VISITS = ("visit", "state_progress", "first", "consult", "therapy", "work")
# Papers that nobody signs.
_SUNDRY = ("bill", "sheet", "goods")
_STUDIES = ("imaging", "nerves", "laboratory", "operation")
# Papers whose kind has no day of service.
_UNSERVED = ("pharmacy", "review", "request", "application", "letter", "notice", "cover", "bill", "sheet")


def paper_of(kind: str, house: House, world: World, random: Random, who: Person, role: str) -> Paper:
    """Return a paper of a kind with its days, in the words of a dialect."""
    day = after(random, world.injured_on, 0, 6) if kind == "first" else world.day(random)
    service = None if kind in _UNSERVED else day
    wait = random.choice((0, 0, 0, 1, 2, 5)) if kind in (*_VISITS, *_STUDIES) else random.randint(8, 30)
    report = day + timedelta(days=wait) if service else day
    has_report = kind in _UNSERVED or (
        kind != "prescription" and Random(house.name + "report").random() < 0.45
    )
    signed = report if signs_with_day(house) else None
    content = _CONTENTS.get(kind, _visit_parts)(kind, house, world, random, day)
    way = _way_of_service(kind, house) if service else "label"
    if service and way == "prose":
        content = _with_first(content, told.visit(house, world, random, service))
    rows = _rows(kind, house, world, who, service if way == "label" else None, report if has_report else None)
    if service and way in ("strap", "alone"):
        day_text = house.prose_day(service)
        strap = " | ".join((world.patient, day_text, house.name)) if way == "strap" else day_text
        content = (Section(head="", texts=(strap,)), *content)
    title = word(kind, "titles", house.dialect, house.own).format(region=world.region)
    return Paper(
        type=ExhibitType(setting(kind, "type")),
        title=title,
        parts=(Fields(rows=tuple(rows)), *content) if rows else content,
        role=role,
        service=service,
        report=report if has_report or signed else None,
        signed_on=signed,
        is_letter=kind in ("letter", "notice", "review")
        or (kind in ("consult", "evaluation") and house.dialect % 2 == 1),
        is_by_author=kind not in ("cover", "application", "pharmacy", "notice", *_SUNDRY),
    )


# What a service is called in labels that are put together, by kind of paper.
_NOUNS: dict[str, tuple[str, ...]] = {
    "operation": ("procedure", "surgery", "operation", "service", "case"),
    "imaging": ("exam", "study", "scan", "service", "imaging"),
    "nerves": ("test", "study", "exam", "service"),
    "laboratory": ("collection", "specimen", "sample", "draw"),
    "therapy": ("session", "treatment", "visit", "service", "tx", "attendance"),
    "evaluation": ("evaluation", "exam", "examination", "interview"),
    "prescription": ("rx", "fill", "order"),
}
_ANY_NOUN = (
    "visit",
    "exam",
    "encounter",
    "service",
    "svc",
    "appointment",
    "appt",
    "consult",
    "evaluation",
    "contact",
)
_FORMS = (
    "{} date",
    "{} dt",
    "date of {}",
    "{} on",
    "{}",
    "dt of {}",
    "{} date/time",
    "day of {}",
    "date/time of {}",
    "{} day",
    "this {}",
    "date ({})",
)


def _service_label(kind: str, house: House) -> str:
    """Return the label of the day of service: one of the dialect's, or one put together."""
    habits = Random(f"{house.name} {kind} service label")
    if habits.random() < 0.5:
        return habits.choice(words(kind, "service", house.dialect))
    label = habits.choice(_FORMS).format(habits.choice(_NOUNS.get(kind, _ANY_NOUN)))
    return habits.choice((label.capitalize(), label.title(), label.upper()))


def _way_of_service(kind: str, house: House) -> str:
    """Return how a house tells the day of a service: under a label mostly, or with none."""
    can_tell = kind in ("visit", "consult", "evaluation", "state_progress", "therapy", "operation", "imaging")
    if house.tells_service_in_prose and can_tell:
        return "prose"
    unlabelled = kind not in ("first", "laboratory") and (
        house.fields_first or Random(f"{house.name} bare").random() < 0.1
    )
    return Random(f"{house.name} way").choice(("label", "strap", "alone")) if unlabelled else "label"


def _with_first(content: tuple[Part, ...], sentence: str) -> tuple[Part, ...]:
    """Return the parts with the sentence in front of the first prose."""
    for at, part in enumerate(content):
        if isinstance(part, Section):
            texts = (f"{sentence} {part.texts[0]}", *part.texts[1:]) if part.texts else (sentence,)
            return (*content[:at], Section(head=part.head, texts=texts), *content[at + 1 :])
    return (Section(head="", texts=(sentence,)), *content)


def _rows(
    kind: str, house: House, world: World, who: Person, service: date | None, report: date | None
) -> list[tuple[str, str]]:
    """Return the labelled values, in the order that the house has for them."""
    habits = Random(f"{house.name} {kind}")

    def label(name: str, of: str = "shared") -> str:
        return Random(f"{house.name}{name}").choice(words(of, name, house.dialect))

    rows = [(label("patient"), habits.choice((world.patient, world.reversed, world.patient.upper())))]
    optional = [
        (label("born"), house.day(world.born_on)),
        (label("injured"), house.day(world.injured_on)),
        (label("claim"), world.claim),
        (label("chart"), world.chart),
        (label("employer"), world.employer),
        (label("payer"), world.payer),
        (label("referred"), world.people["primary"].signed),
    ]
    rows += habits.sample(optional, habits.randint(1, 5))
    if kind in ("letter", "notice"):
        rows = rows[:3]
    if kind not in ("letter", "notice", "cover", "application", *_SUNDRY) and habits.random() < 0.6:
        rows.append((label("author", kind), who.signed))
    if service:
        hour = habits.choice(("", "", "", " 09:15 AM", " 14:20"))
        rows.append((_service_label(kind, house), house.day(service) + hour))
    if report:
        rows.append((label("report", kind), house.day(report)))
    if kind in ("review", "laboratory", "request") and habits.random() < 0.6:
        base = report or service or world.injured_on
        rows.append((label("received"), house.day(base - timedelta(days=2))))
    if kind in ("visit", "work", "therapy") and habits.random() < 0.3 and service:
        rows.append((label("next"), house.day(service + timedelta(days=28))))
    if kind in (*_VISITS, *_STUDIES) and habits.random() < 0.25 and service:
        rows.append((label("earlier"), house.day(service - timedelta(days=habits.randint(5, 300)))))
    first, rest = rows[0], rows[1:]
    habits.shuffle(rest)
    return [first, *rest] if habits.random() < 0.7 else [*rest, first]


Parts = tuple[Part, ...]


def _section(kind: str, name: str, house: House, texts: list[str], *, on_new_page: bool = False) -> Section:
    return Section(
        head=word(kind, name, house.dialect, Random(house.name + name)),
        texts=tuple(texts),
        on_new_page=on_new_page,
    )


def _visit_parts(kind: str, house: House, world: World, random: Random, day: date) -> Parts:
    found: list[Part] = []
    for name in ("history", "exam", "assessment", "plan"):
        texts = world.prose.paragraphs(random, name, random.choice((1, 1, 2, 3)))
        if random.random() < 0.35:
            texts = [" ".join(told.others(house, world, random, day, 2)), *texts]
        found.append(_section(kind, name, house, texts))
    return tuple(found)


def _long_parts(kind: str, house: House, world: World, random: Random, day: date) -> Parts:
    fresh = house.dialect in (1, 2)
    many = random.choice((1, 2, 3, 6))
    return (
        _section(
            kind,
            "history",
            house,
            [
                *told.others(house, world, random, day, 3),
                *world.prose.paragraphs(random, "history", 2 * many),
            ],
        ),
        _section(kind, "exam", house, world.prose.paragraphs(random, "exam", many), on_new_page=fresh),
        _section(
            kind, "records", house, list(told.records(house, world, random, 8 * many)), on_new_page=fresh
        ),
        _section(kind, "assessment", house, world.prose.paragraphs(random, "assessment", 1)),
        _section(
            kind,
            "body",
            house,
            world.prose.paragraphs(random, "law", 2 * many),
            on_new_page=fresh and many > 2,
        ),
    )


def _operation_parts(kind: str, house: House, world: World, random: Random, day: date) -> Parts:
    closes = words(kind, "close", house.dialect)
    return (
        _section(kind, "history", house, world.prose.items(random, "assessment", 2)),
        _section(
            kind,
            "body",
            house,
            [world.prose.sentences(random, "operation", 6) for _ in range(random.randint(1, 5))],
        ),
        Section(head="", texts=tuple(closes)),
    )


def _imaging_parts(kind: str, house: House, world: World, random: Random, day: date) -> Parts:
    compared = told.others(house, world, random, day, 1) if random.random() < 0.3 else []
    return (
        _section(kind, "history", house, ["Work injury, persistent pain.", *compared]),
        _section(kind, "body", house, world.prose.paragraphs(random, "imaging", random.randint(1, 3))),
        _section(kind, "assessment", house, world.prose.items(random, "imaging", 3)),
    )


def _nerve_parts(kind: str, house: House, world: World, random: Random, day: date) -> Parts:
    return (
        _section(kind, "history", house, world.prose.paragraphs(random, "history", 1)),
        tables.nerves(random),
        _section(kind, "assessment", house, world.prose.items(random, "assessment", 3)),
    )


def _laboratory_parts(kind: str, house: House, world: World, random: Random, day: date) -> Parts:
    found: list[Part] = [tables.results(random, random.choice((8, 14, 30, 60)))]
    if random.random() < 0.5:
        found.append(
            Section(
                head="Comments",
                texts=("Results are for medical purposes only.", "Cutoffs are set by the laboratory."),
            )
        )
    return tuple(found)


def _therapy_parts(kind: str, house: House, world: World, random: Random, day: date) -> Parts:
    table = (
        tables.flowsheet(house, world, random)
        if house.dialect == 3 and random.random() < 0.2
        else tables.exercises(random)
    )
    return (
        _section(kind, "history", house, [world.prose.sentences(random, "history", 2)]),
        _section(kind, "exam", house, [world.prose.sentences(random, "exam", 2)]),
        table,
        _section(kind, "plan", house, [world.prose.sentences(random, "plan", 2)]),
    )


def _pharmacy_parts(kind: str, house: House, world: World, random: Random, day: date) -> Parts:
    return (tables.fills(house, world, random, random.choice((8, 15, 40, 70))),)


def _prescription_parts(kind: str, house: House, world: World, random: Random, day: date) -> Parts:
    return (tables.drugs(random), Section(head="", texts=("May substitute generic.",)))


def _work_parts(kind: str, house: House, world: World, random: Random, day: date) -> Parts:
    until = house.day(day + timedelta(days=random.randint(14, 45)))
    ways = (
        (f"[X] Modified duty from {house.day(day)} through {until}", "[  ] Full duty", "[  ] Off work"),
        ("Full duty: no", f"Restricted until {until}", f"No lifting over {random.choice((5, 10, 20))} lbs"),
        (f"Temporarily totally disabled until {until}.",),
        (f"May return to work on {until} with limits:", "no repeated bending, no overhead work"),
    )
    return (
        Section(head="", texts=ways[house.dialect]),
        Section(head="", texts=(world.prose.sentences(random, "assessment", 1),)),
    )


def _review_parts(kind: str, house: House, world: World, random: Random, day: date) -> Parts:
    asked = world.prose.items(random, "plan", random.randint(1, 3))
    verdict = ("is not certified.", "is denied.", "is modified.", "is non-certified.")[house.dialect]
    return (
        Section(head="", texts=tuple(f"{one.rstrip('.')}: {verdict}" for one in asked)),
        _section(kind, "records", house, list(told.records(house, world, random, random.randint(2, 9)))),
        _section(kind, "body", house, world.prose.paragraphs(random, "rationale", random.randint(1, 4))),
        Section(
            head="",
            texts=("You may ask for an independent medical review within 30 days.",)
            if house.dialect % 2
            else (),
        ),
    )


def _request_parts(kind: str, house: House, world: World, random: Random, day: date) -> Parts:
    return (
        Section(head="", texts=("[X] New request   [  ] Resubmission   [  ] Expedited",)),
        tables.asked(world, random),
        _section(kind, "assessment", house, [world.prose.sentences(random, "assessment", 1)]),
    )


def _application_parts(kind: str, house: House, world: World, random: Random, day: date) -> Parts:
    decided = house.day(day - timedelta(days=random.randint(5, 28)))
    return (
        Section(
            head="",
            texts=(
                f"Date of utilization review decision: {decided}",
                "Type of review: [X] Regular [  ] Expedited",
            ),
        ),
        Section(head="Disputed treatment", texts=tuple(world.prose.items(random, "plan", 2))),
        Section(
            head="",
            texts=(
                "I consent to the release of my records to the review organization.",
                f"Employee signature: {world.patient}   Date: {house.day(day)}",
            ),
        ),
    )


def _letter_parts(kind: str, house: House, world: World, random: Random, day: date) -> Parts:
    texts = world.prose.paragraphs(random, "legal", random.choice((1, 2, 3, 5)))
    if random.random() < 0.5:
        texts.insert(1, " ".join(told.others(house, world, random, day, 2)))
    return (
        Section(head="", texts=tuple(texts)),
        Section(head="", texts=(word(kind, "closing", house.dialect),)),
    )


def _cover_parts(kind: str, house: House, world: World, random: Random, day: date) -> Parts:
    sheets = random.randint(2, 60)
    forms = (
        Fields(rows=(("To", world.adjuster), ("From", house.name), ("Pages", f"{sheets} including cover"))),
        Fields(
            rows=(
                ("Attn", world.payer),
                ("Sender", house.name),
                ("No. of pages", str(sheets)),
                ("Subject", world.patient),
            )
        ),
        Fields(
            rows=(
                ("TO", f"{world.adjuster}, {world.payer}"),
                ("FROM", house.name),
                ("RE", world.claim),
                ("PAGES", str(sheets)),
            )
        ),
        Fields(
            rows=(
                ("Recipient", world.adjuster),
                ("Fax", house.name),
                ("Total pages with this sheet", str(sheets)),
            )
        ),
    )
    note = (
        "Please see attached.",
        "URGENT [X]  For review [X]",
        "Requested records follow.",
        "Call if pages are missing.",
    )[house.dialect]
    secret = "The contents are confidential. If you received them in error, please call the sender."
    return (forms[house.dialect], Section(head="", texts=(note, secret)))


_CONTENTS: dict[str, Callable[[str, House, World, Random, date], Parts]] = {
    "evaluation": _long_parts,
    "operation": _operation_parts,
    "imaging": _imaging_parts,
    "nerves": _nerve_parts,
    "laboratory": _laboratory_parts,
    "therapy": _therapy_parts,
    "pharmacy": _pharmacy_parts,
    "prescription": _prescription_parts,
    "work": _work_parts,
    "review": _review_parts,
    "request": _request_parts,
    "application": _application_parts,
    "letter": _letter_parts,
    "notice": _letter_parts,
    "bill": sundry.bill,
    "sheet": sundry.sheet,
    "goods": sundry.goods,
    "cover": _cover_parts,
}
