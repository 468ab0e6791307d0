"""What the unseen papers wear: an office's type, its headings, its way of writing a day, its stamps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from benchmarks.casefiles import dates
from benchmarks.casefiles.draft import BOLD, grid, quoted, said, setup
from benchmarks.casefiles.world import Person, World

Writing = Callable[[date], str]
SANS, SERIF, MONO = "Liberation Sans", "Liberation Serif", "Liberation Mono"
NARROW, BOOK, WIDE, OLD = "Liberation Sans Narrow", "Libertinus Serif", "DejaVu Sans", "New Computer Modern"
RULE = "#line(length: 100%, stroke: 0.6pt)\n\n"
_FIRST_REQUESTS = date(2013, 7, 8)
"""No request on the form and no application is older."""


def plain(day: date) -> str:
    """Return the day as in 3/5/2015."""
    return f"{day.month}/{day.day}/{day.year}"


def dotted(day: date) -> str:
    """Return the day as in 03.05.2015."""
    return day.strftime("%m.%d.%Y")


def dashed(day: date) -> str:
    """Return the day as in 03-05-15."""
    return day.strftime("%m-%d-%y")


def two(day: date) -> str:
    """Return the day as in 03/05/15."""
    return day.strftime("%m/%d/%y")


def iso(day: date) -> str:
    """Return the day as in 2015-03-05."""
    return day.isoformat()


def weekday(day: date) -> str:
    """Return the day as in Thursday, March 5, 2015."""
    return f"{day:%A}, {dates.worded(day)}"


def ordinal(day: date) -> str:
    """Return the day as in March 5th, 2015."""
    return f"{day:%B} {_nth(day.day)}, {day.year}"


def oath(day: date) -> str:
    """Return the day as in 5th day of March, 2015."""
    return f"{_nth(day.day)} day of {day:%B}, {day.year}"


def capitals(day: date) -> str:
    """Return the day as in MAR 5 2015."""
    return f"{day:%b} {day.day} {day.year}".upper()


def _nth(number: int) -> str:
    ending = "th" if 10 < number < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


FORMS: tuple[Writing, ...] = (dates.slashes, plain, dates.short, two, dashed, dates.dashes)
"""How days stand in the boxes of a form."""
LETTERS: tuple[Writing, ...] = (dates.worded, dates.worded, dates.abbreviated, weekday, ordinal)
"""How days stand over a letter and in its sentences."""
SYSTEMS: tuple[Writing, ...] = (
    dates.slashes, plain, iso, dates.machine, dates.abbreviated, dates.european, capitals, dotted,
)  # fmt: skip
"""How programs write days."""
WRITINGS = tuple(dict.fromkeys((*FORMS, *LETTERS, *SYSTEMS, oath, dates.compact)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How one paper looks."""

    font: str
    size: float
    day: Writing
    heading: str

    def head(self, text: str) -> str:
        """Return a heading of a section."""
        match self.heading:
            case "capitals":
                return f"{said(text.upper(), **BOLD)}\n\n"
            case "underlined":
                return f"#underline(offset: 2pt)[{said(text, **BOLD)}]\n\n"
            case "bar":
                return f"#block(fill: luma(215), width: 100%, inset: 3pt)[{said(text, **BOLD)}]\n\n"
            case "ruled":
                return f"{said(text.upper(), **BOLD)}\n{RULE}"
        return f"{said(text + ':', **BOLD)} "

    def setup(self, *, margin: str = "x: 0.95in, y: 0.85in", header: str = "[]", footer: str = "[]") -> str:
        """Return the settings of the pages."""
        return setup(font=self.font, size=self.size, margin=margin, header=header, footer=footer)


def look(random: Random, fonts: Sequence[str], writings: Sequence[Writing]) -> Look:
    """Return a look drawn for one paper."""
    return Look(
        font=random.choice(fonts),
        size=random.choice((9.5, 10, 10, 10.5, 11)),
        day=random.choice(writings),
        heading=random.choice(("capitals", "underlined", "bar", "ruled", "run in", "run in")),
    )


def labelled(rows: Sequence[tuple[str, str]], columns: int = 1, end: str = ":") -> str:
    """Return labels in bold with their values behind them, in so many columns."""
    cells = ", ".join(
        f"[#text(weight: 700, {quoted(label + end)})], [#{quoted(value)}]" for label, value in rows
    )
    widths = ", ".join(["auto", "1fr"] * columns)
    return f"#grid(columns: ({widths}), column-gutter: 8pt, row-gutter: 6pt, {cells})\n\n"


def boxes(rows: Sequence[tuple[str, str]], columns: int = 2) -> str:
    """Return boxes of a form: a small label over its value."""
    cells = ", ".join(
        f"[#text(size: 7pt, {quoted(label)}) #linebreak() #{quoted(value)}]" for label, value in rows
    )
    return f"#table(columns: ({', '.join(['1fr'] * columns)}), stroke: 0.5pt, inset: 4pt, {cells})\n\n"


def lined(texts: Sequence[str]) -> str:
    """Return lines under each other."""
    return " #linebreak()\n".join(said(text) for text in texts) + "\n\n"


def letterhead(random: Random, person: Person, name: str) -> str:
    """Return the head of an office's paper, in the middle, at the left or in two halves."""
    where = f"{person.street}, {person.city}"
    calls = f"Tel {person.phone}   Fax {person.fax}"
    match random.randint(0, 2):
        case 0:
            return (
                f"#align(center)[{said(name, size='15pt', weight='700')} #linebreak() {said(where)} "
                f"#linebreak() {said(calls)}]\n\n{RULE}"
            )
        case 1:
            return f"{said(name, size='14pt', **BOLD)}\n\n" + lined([where, calls])
    return (
        f"#grid(columns: (1fr, auto), [{said(name, size='13pt', **BOLD)}], "
        f"[#align(right)[{said(where)} #linebreak() {said(calls)}]])\n\n"
    )


def stamp(random: Random, day: date, chance: float = 0.35) -> str:
    """Return a stamp of whoever received the paper some days later, now and then."""
    if random.random() > chance:
        return ""
    received = dates.after(random, day, 2, 25)
    first = random.choice(("RECEIVED", "RECEIVED CLAIMS DEPT", "SCANNED", "R E C E I V E D", "MAIL ROOM"))
    text = random.choice((capitals, dates.slashes, dates.compact))(received)
    place, down = random.choice((("top + right", -46), ("top + left", -46), ("bottom + right", 36)))
    return (
        f"#place({place}, dx: 0pt, dy: {down}pt, rect(stroke: 1.2pt, inset: 3pt)"
        f"[#align(center)[{said(first, size='8pt', **BOLD)} #linebreak() {said(text, **BOLD)}]])\n"
    )


def clock(random: Random) -> str:
    """Return an hour of the working day."""
    hour, minute = random.randint(7, 18), random.randint(0, 59)
    if random.random() < 0.4:
        return f"{hour:02d}:{minute:02d}"
    return f"{(hour - 1) % 12 + 1}:{minute:02d} {'AM' if hour < 12 else 'PM'}"


def initials(name: str) -> str:
    """Return the first letters of the words of a name."""
    return "".join(word[0] for word in name.split())


def later(random: Random, day: date, chance: float, most: int = 9) -> date | None:
    """Return a workday after the day, or None where the paper has one day alone."""
    return dates.after(random, day, 1, most) if random.random() < chance else None


def requested(world: World, random: Random) -> date:
    """Return a day on which something could be requested on the form."""
    day = world.day(random)
    return day if day >= _FIRST_REQUESTS else dates.after(random, _FIRST_REQUESTS, 0, 400)


def before(random: Random, day: date, low: int, high: int) -> date:
    """Return a day some days earlier, never on a weekend."""
    found = day - timedelta(days=random.randint(low, high))
    return found - timedelta(days=max(0, found.weekday() - 4))


def addressed(random: Random, world: World) -> str:
    """Return the adjuster's address."""
    return lined(
        [
            world.adjuster,
            random.choice((world.payer, f"{world.payer}, Workers' Compensation")),
            f"P.O. Box {random.randint(1000, 99999)}",
            f"{random.choice(('Roseville', 'Glendale', 'Brea'))}, CA 9{random.randint(1000, 5999)}",
        ]
    )


def concerning(random: Random, world: World, write: Writing, *more: tuple[str, str]) -> str:
    """Return the block of a letter that says whom it is about."""
    rows = [
        (random.choice(("RE", "Re", "REGARDING")), world.patient.upper()),
        (random.choice(("Employer", "EMP", "Insured")), world.employer),
        (random.choice(("Claim No.", "Claim #", "WCAB/Claim")), world.claim),
        (random.choice(("D/I", "Date of Injury", "DOI", "Injured on")), write(world.injured_on)),
        *more,
    ]
    return f"#pad(left: {random.choice(('0pt', '40pt', '110pt'))})[\n{labelled(rows)}]\n"


def table(rows: Sequence[Sequence[str]], columns: str) -> str:
    """Return a table with a head."""
    return grid(rows, columns, head=True)


def wrapped(text: str, indent: str, width: int = 76) -> list[str]:
    """Return a text in lines of a line printer."""
    lines = [indent]
    for word in text.split():
        if len(lines[-1]) + len(word) + 1 > width:
            lines.append(indent)
        lines[-1] += word if lines[-1] == indent else f" {word}"
    return lines


def paged(lines: list[str], height: int) -> tuple[tuple[str, ...], ...]:
    """Return lines as pages with a last line each that counts them."""
    parts = [lines[start : start + height] for start in range(0, len(lines), height)]
    return tuple(
        (*part, "", f"{'':<60}PAGE {number} OF {len(parts)}") for number, part in enumerate(parts, 1)
    )
