"""What a house prints at the head and the foot of every page, and over and under the text of a paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from benchmarks.casefiles.train.styled.house import House
from benchmarks.casefiles.train.styled.parts import Paper
from benchmarks.casefiles.train.styled.vocabulary import word
from benchmarks.casefiles.world import Person, World


@dataclass(frozen=True, slots=True, kw_only=True)
class Edges:
    """Lines at the edges of pages. A counter in them is written with ``{k}`` and ``{n}``."""

    header: tuple[str, ...]
    header_from_two: bool
    footer: tuple[str, ...]


def edges_of(house: House, paper: Paper, world: World, who: Person) -> Edges:
    """Return the head and the foot of the pages of a paper."""
    header, from_two = _header(house, paper, world)
    footer = [*_footer(house, world, who)]
    if house.counter and house.counter_at == "header":
        header = (*header, house.counter)
        from_two = from_two or (house.counter_from_two and len(header) == 1)
    elif house.counter:
        footer.append(house.counter)
    return Edges(header=header, header_from_two=from_two, footer=tuple(footer))


def _header(house: House, paper: Paper, world: World) -> tuple[tuple[str, ...], bool]:
    day = paper.service or paper.report or world.injured_on
    born, chart = word("shared", "born", house.dialect), word("shared", "chart", house.dialect)
    visit = word("visit", "service", house.dialect)
    lines: dict[str, tuple[str, ...]] = {
        "banner": (f"{world.reversed}   {born}: {house.day(world.born_on)}   {chart}: {world.chart}",),
        "visit_banner": (
            f"{world.patient}  {chart} {world.chart}",
            f"{visit} {house.day(day)}  {house.name}",
        ),
        "full_banner": (
            f"{word('shared', 'patient', house.dialect)}: {world.patient}",
            f"{visit}: {house.day(day)}",
            paper.title or house.name,
        ),
        "name_day": (f"{world.patient}, {house.day(day)}",),
        "house": (house.name,),
        "re_two": (f"RE: {world.patient}", house.prose_day(paper.report or day)),
        "title_two": (paper.title or house.name, world.patient),
        "continued": (f"{paper.title or world.patient} (continued)",),
        "title_all": (f"{paper.title}  {world.reversed}",),
    }
    if house.header in ("visit_banner", "full_banner") and paper.service is None:
        return (f"{world.patient}  {chart} {world.chart}",), False
    return lines.get(house.header, ()), house.header in ("re_two", "title_two", "continued")


def _footer(house: House, world: World, who: Person) -> tuple[str, ...]:
    printed = word("shared", "printed", house.dialect)
    ran = house.day(world.injured_on + timedelta(days=1_000 + house.own.randint(0, 300)))
    lines: dict[str, tuple[str, ...]] = {
        "phone": (f"{house.name}  {who.phone}",),
        "confidential": ("CONFIDENTIAL: protected health information",),
        "printed": (f"{printed} {ran} 14:0{house.offset % 10}",),
        "form": (f"Form {house.name[:2].upper()}-{len(house.name)} (Rev. 06-05)",),
        "house": (f"{house.name}, {who.street}, {who.city}",),
    }
    return lines.get(house.footer, ())


def letterhead(house: House, who: Person, world: World) -> tuple[str, ...]:
    """Return the lines over the first page; the first is the largest."""
    address = f"{who.street}, {who.city}"
    if house.letterhead == "centred":
        return (house.name.upper(), address, f"Tel {who.phone}  Fax {who.fax}")
    if house.letterhead == "left":
        return (house.name, who.street, who.city, who.phone)
    if house.letterhead == "split":
        return (house.name, f"{who.signed}, {who.specialty}", f"{address}   {who.phone}")
    if house.letterhead == "team":
        others = [p for p in world.people.values() if p.credential == "MD" and p is not who][:2]
        team = [f"{one.signed}    {one.specialty}" for one in (who, *others)]
        return (house.name, *team, address)
    return (house.name,) if house.letterhead == "name_only" else ()


def signature(house: House, paper: Paper, world: World, who: Person) -> tuple[str, ...]:
    """Return the lines under a paper. What they say of a day is ``paper.signed_on``, if it has one."""
    author = word("visit", "author", house.dialect)
    on = paper.signed_on
    if not paper.is_by_author:
        return ()
    if on is None:
        plain = (
            (who.signed,),
            (f"/s/ {who.name}", who.specialty),
            (f"{author}: {who.signed}",),
            ("Sincerely,", who.signed),
        )
        return plain[house.signature % len(plain)]
    day, told = house.day(on), house.prose_day(on)
    typed = house.day(on + timedelta(days=1))
    first = f"{who.name[0]}{who.name.split()[-1][0]}"
    ways: tuple[tuple[str, ...], ...] = (
        (f"Electronically signed by {who.signed} on {day} at 4:12 PM",),
        (f"/s/ {who.name}", who.signed, who.specialty),
        ("Sincerely,", who.signed, f"Diplomate, American Board of {who.specialty}"),
        (who.signed, f"{who.specialty}"),
        ("Dictated but not read", who.signed, f"{first}:tr  D: {day}  T: {typed}"),
        (f"Signature: ______________ {who.signed}   Date: {day}",),
        (f"Authenticated by {who.signed} {day} 10:22",),
        (f"{author}: {who.signed}   {day}",),
        (f"{who.signed}", f"{first}/mk", f"DD: {day} DT: {typed}"),
        (f"Signed this {told} at {who.city.split(',')[0]}, California.", who.signed),
        (
            "I declare under penalty of perjury that this report is true and correct.",
            f"Date: {day}",
            who.signed,
        ),
        (f"This note was reviewed and signed: {who.signed}, {day} 08:15 AM", "End of note"),
        (f"[Signed] {day} 17:40  {who.signed}",),
        (f"{who.signed}", "*** END OF REPORT ***"),
    )
    return ways[house.signature]


def signs_with_day(house: House) -> bool:
    """Return whether the signatures of a house carry a day."""
    return house.signature in (0, 4, 5, 6, 7, 8, 9, 10, 11, 12)


def title_of(house: House, paper: Paper, day: date | None) -> str:
    """Return the title as the house writes it."""
    if house.title == "none":
        return ""
    if house.title == "spaced" and len(paper.title) < 30:
        return paper.title.upper()
    if house.title == "dated" and day is not None:
        return f"{paper.title} - {house.day(day)}"
    return paper.title
