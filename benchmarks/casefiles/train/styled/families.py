"""The families: every kind of paper in every dialect."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from random import Random

from benchmarks.casefiles.draft import Draft, Family, paragraphs
from benchmarks.casefiles.train.styled import edges, typed, typeset
from benchmarks.casefiles.train.styled.house import House, house_of
from benchmarks.casefiles.train.styled.papers import paper_of
from benchmarks.casefiles.train.styled.parts import Paper, Part, Section
from benchmarks.casefiles.train.styled.vocabulary import DIALECTS, kinds, roles
from benchmarks.casefiles.world import Person, World

_WORDED = 0.25
"""The share of houses whose labelled days are in words."""
_OFTEN = {
    "visit": 8,
    "state_progress": 5,
    "therapy": 6,
    "work": 4,
    "request": 4,
    "consult": 3,
    "review": 3,
    "imaging": 3,
}


def styled(kind: str, dialect: int, world: World, random: Random) -> Draft:
    """Return a paper of a kind in a dialect, printed as one house of the case prints it."""
    family = f"{kind}.{dialect}"
    role = Random(f"{world.claim} {family}").choice(roles(kind))
    who = world.people[role]
    house = house_of(world, family, dialect, role, _WORDED)
    paper = paper_of(kind, house, world, random, who, role)
    around = edges.edges_of(house, paper, world, who)
    source, lines = None, ()
    if house.is_typed:
        lines = typed.pages_typed(house, around, _typed(house, paper, world, who))
    else:
        source = typeset.page_setup(house, around) + _typeset(house, paper, world, who)
    return Draft(
        type=paper.type,
        title=paper.title,
        source=source,
        lines=lines,
        author=who.name if paper.is_by_author else None,
        author_specialty=None,
        facility=None,
        date_of_service=paper.service,
        report_date=paper.report,
        strings=(who.name,) if paper.is_by_author else (),
    )


def _parts(paper: Paper, who: Person, house: House, world: World) -> list[Part]:
    signed = edges.signature(house, paper, world, who)
    return [*paper.parts, Section(head="", texts=("\n".join(signed),))] if signed else list(paper.parts)


def _address(house: House, paper: Paper, world: World) -> str:
    """Return the day and the address of a letter; none for other papers."""
    if not paper.is_letter:
        return ""
    day = house.prose_day(paper.report) + "\n\n" if paper.report else ""
    return f"{day}{world.adjuster}\n{world.payer}"


def _typeset(house: House, paper: Paper, world: World, who: Person) -> str:
    day = paper.service or paper.report
    head = typeset.letterhead_set(house, edges.letterhead(house, who, world))
    title = typeset.title_set(house, edges.title_of(house, paper, day))
    address = paragraphs(_address(house, paper, world).split("\n\n")) if paper.is_letter else ""
    parts = _parts(paper, who, house, world)
    shown = [typeset.part_set(house, part, number) for number, part in enumerate(parts)]
    shown = [shown[0], title, *shown[1:]] if house.fields_first and len(shown) > 1 else [title, *shown]
    first = shown.pop(0) if house.title == "first" else ""
    return "".join([first, head, address, *shown])


def _typed(house: House, paper: Paper, world: World, who: Person) -> list[str]:
    day = paper.service or paper.report
    head = typed.letterhead_typed(house, edges.letterhead(house, who, world))
    title = typed.title_typed(house, edges.title_of(house, paper, day))
    address = [*_address(house, paper, world).split("\n"), ""] if paper.is_letter else []
    parts = _parts(paper, who, house, world)
    shown = [line for number, part in enumerate(parts) for line in typed.part_typed(house, part, number)]
    return [*title, *head, *address, *shown] if house.title == "first" else [*head, *address, *title, *shown]


STYLED: Mapping[str, tuple[Family, int]] = {
    f"{kind}.{dialect}": (partial(styled, kind, dialect), _OFTEN.get(kind, 2))
    for kind in kinds()
    for dialect in range(DIALECTS)
}
