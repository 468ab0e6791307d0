"""The pictures of a chronology: what happened when, drugs as bars, pain over time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from openimr.facts.chronology_words import TOLD
from openimr.facts.drug_courses import Course
from openimr.terms.chronology import Entry, EntryKind

WIDTH, LEFT, RIGHT = 1000.0, 190.0, 30.0
_TOP, _LANE, _BAR = 20.0, 24.0, 40.0
# So many names of years or months stand under a picture at most.
_MOST_TICKS = 12
# The room that a letter of a label takes.
_LETTER = 6.4
# So far apart stand two labels of morphine.
_LABEL_ROOM = 34.0
PAIN_TOP, PAIN_STEP = 14.0, 15.0

LANES = (
    ("visits", (EntryKind.VISIT,)),
    ("images, nerve studies", (EntryKind.IMAGING_RESULT,)),
    ("procedures", (EntryKind.PROCEDURE,)),
    ("therapy", (EntryKind.THERAPY,)),
    (
        "drugs begin, change, end",
        (EntryKind.MEDICATION_STARTED, EntryKind.MEDICATION_CHANGED, EntryKind.MEDICATION_STOPPED),
    ),
    ("work status", (EntryKind.WORK_STATUS,)),
    ("requests", (EntryKind.REQUEST,)),
    ("denials", (EntryKind.DENIAL,)),
)


@dataclass(frozen=True, slots=True)
class Scale:
    """Days across a picture, from the first to the last."""

    first: date
    last: date

    def across(self, on: date) -> float:
        """Return where a day stands."""
        days = max(1, (self.last - self.first).days)
        return round(LEFT + 10 + (WIDTH - LEFT - RIGHT - 10) * (on - self.first).days / days, 1)

    def ticks(self) -> list[tuple[float, str]]:
        """Return the beginnings of months or years, few enough to be read."""
        months = [self.first.replace(day=1)]
        while months[-1] <= self.last:
            months.append((months[-1] + timedelta(days=32)).replace(day=1))
        inside = [month for month in months if self.first <= month <= self.last]
        if len(inside) <= _MOST_TICKS:
            return [(self.across(month), month.strftime("%Y-%m")) for month in inside]
        years = [month for month in inside if month.month == 1]
        step = max(1, -(-len(years) // _MOST_TICKS))
        return [(self.across(year), str(year.year)) for year in years[::step]]


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark of a picture, the words it stands for, and the part of the HTML page it opens."""

    x: float
    y: float
    words: str
    opens: str
    label: str = ""
    is_hollow: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """One drug: its row, its bar in one or more spans, its doses, where it was stopped."""

    y: float
    x: float
    width: float
    course: Course
    doses: tuple[Mark, ...]
    labels: tuple[tuple[float, str], ...]
    stops: tuple[Mark, ...]
    spans: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """What a picture shows; lengths are in its own units, ``WIDTH`` across."""

    height: float
    ticks: tuple[tuple[float, str], ...]
    lanes: tuple[tuple[float, str], ...] = ()
    marks: tuple[Mark, ...] = ()
    bars: tuple[Bar, ...] = ()


def _scale(days: Sequence[date]) -> Scale:
    return Scale(min(days), max(days))


def draw_events(entries: Sequence[Entry]) -> Picture | None:
    """Return the timeline: a row for each sort of event, a mark for each day; None without dated events."""
    kinds = {kind for _, of_lane in LANES for kind in of_lane}
    dated = [(entry.on, entry) for entry in entries if entry.on is not None and entry.kind in kinds]
    if not dated:
        return None
    scale = _scale([on for on, _ in dated])
    lanes: list[tuple[float, str]] = []
    marks: list[Mark] = []
    for name, of_lane in LANES:
        of_day: dict[date, list[str]] = {}
        for on, entry in dated:
            if entry.kind in of_lane:
                of_day.setdefault(on, []).append(entry.says)
        if of_day:
            y = _TOP + _LANE * len(lanes)
            lanes.append((y, name))
            for on, said in of_day.items():
                words = f"{on}, {name}: {'; '.join(dict.fromkeys(said))}"
                told = all(one.endswith(TOLD) for one in said)
                marks.append(Mark(scale.across(on), y, words, f"day-{on}", is_hollow=told))
    return Picture(_TOP + _LANE * len(lanes) + 14, tuple(scale.ticks()), tuple(lanes), tuple(marks))


def draw_courses(courses: Sequence[Course], mme: Sequence[tuple[date, float, int]]) -> Picture | None:
    """Return the drugs as bars from first to last day told, with doses, and the morphine of each day."""
    if not courses:
        return None
    days = [on for c in courses for span in c.spans for on in span]
    days += [d.on for c in courses for d in c.doses] + [on for c in courses for on in c.stopped]
    scale = _scale(days)
    bars = tuple(_bar(course, _TOP + _BAR * row, scale) for row, course in enumerate(courses))
    bottom = _TOP + _BAR * len(bars)
    lanes: tuple[tuple[float, str], ...] = ()
    marks: list[Mark] = []
    last: Mark | None = None
    for on, amount, page in mme:
        x = scale.across(on)
        # Each change is labelled where there is room, and what only goes on is not.
        room = last is None or x - last.x >= _LABEL_ROOM
        label = f"{amount:g}" if room and (last is None or last.label != f"{amount:g}") else ""
        words = f"{on}: opioids together at least {amount:g} MME a day"
        marks.append(Mark(x, bottom + 8, words, f"page-{page}", label))
        last = marks[-1] if label else last
    if mme:
        lanes, bottom = ((bottom + 8, "opioids, MME a day"),), bottom + 30
    return Picture(bottom + 14, tuple(scale.ticks()), lanes, tuple(marks), bars)


def _bar(course: Course, y: float, scale: Scale) -> Bar:
    spans = tuple((scale.across(a), max(scale.across(b) - scale.across(a), 3.0)) for a, b in course.spans)
    first, last = spans[0][0], spans[-1][0] + spans[-1][1]
    doses = []
    for dose in course.doses:
        mme = f", {dose.mme_per_day:g} MME a day" if dose.mme_per_day is not None else ""
        words = f"{dose.on}: {course.name}, {dose.words or 'dose not printed'}{mme}"
        doses.append(Mark(scale.across(dose.on), y, words, f"page-{dose.page}"))
    labels: list[tuple[float, str]] = []
    for dose in course.changes:
        mme = f", {dose.mme_per_day:g} MME" if dose.mme_per_day is not None else ", MME not known"
        words = dose.words + (mme if course.is_opioid else "")
        # A label that would run over the edge ends there.
        x = min(scale.across(dose.on), WIDTH - _LETTER * len(words))
        if not labels or x - labels[-1][0] >= _LETTER * len(labels[-1][1]):
            labels.append((x, words))
    stops = tuple(
        Mark(scale.across(on), y, f"{on}: {course.name} told as stopped", f"day-{on}")
        for on in course.stopped
    )
    return Bar(y, first, last - first, course, tuple(doses), tuple(labels), stops, spans)


def draw_pain(entries: Sequence[Entry]) -> Picture | None:
    """Return the pain scores over time, those without medication hollow; None where none is dated."""
    scores = [
        (e.on, e.value, n, e)
        for n, e in enumerate(entries, 1)
        if e.unit == "of 10" and e.on is not None and e.value is not None
    ]
    if not scores:
        return None
    scale = _scale([on for on, _, _, _ in scores])
    marks: list[Mark] = []
    crowd: Counter[tuple[date, float]] = Counter()
    for on, value, number, entry in scores:
        x, y = scale.across(on) + 9 * crowd[on, value], PAIN_TOP + PAIN_STEP * (10 - value)
        crowd[on, value] += 1
        hollow = "without medication" in entry.says
        marks.append(Mark(x, y, f"{on}: {entry.says}", f"entry-{number}", is_hollow=hollow))
    lanes = tuple((PAIN_TOP + PAIN_STEP * (10 - n), str(n)) for n in (0, 2, 4, 6, 8, 10))
    return Picture(PAIN_TOP + PAIN_STEP * 10 + 26, tuple(scale.ticks()), lanes, tuple(marks))
