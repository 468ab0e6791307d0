"""A paper as a house prints it line by line, on pages of so many lines."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from benchmarks.casefiles.train.styled.edges import Edges
from benchmarks.casefiles.train.styled.house import House
from benchmarks.casefiles.train.styled.parts import Fields, Rows, Section
from benchmarks.casefiles.train.styled.typeset import labelled

_LINES = 57
_BREAK = "\f"


def letterhead_typed(house: House, lines: Sequence[str]) -> list[str]:
    """Return the letterhead."""
    if not lines:
        return []
    shown = [line.center(house.columns) if house.letterhead != "left" else line for line in lines]
    return [*(one.rstrip() for one in shown), ""]


def title_typed(house: House, title: str) -> list[str]:
    """Return the title."""
    if not title:
        return []
    if house.title == "boxed":
        return ["*" * house.columns, title.upper().center(house.columns).rstrip(), "*" * house.columns, ""]
    if house.title in ("left", "first"):
        return [title, "-" * len(title) if house.title == "left" else "", ""]
    return [title.center(house.columns).rstrip(), ""]


def part_typed(house: House, part: Fields | Section | Rows, number: int) -> list[str]:
    """Return the lines of a part of a paper."""
    if isinstance(part, Fields):
        joined = [labelled(house, label, value) for label, value in part.rows]
        if house.layout in ("pairs", "grid4", "boxed", "boxed2"):
            half = house.columns // 2
            rest = [*joined[1::2], ""]
            return [
                *(f"{one:<{half}}{other}".rstrip() for one, other in zip(joined[::2], rest, strict=False)),
                "",
            ]
        if house.layout == "run":
            return [*textwrap.wrap("   ".join(joined), house.columns), ""]
        return [*joined, ""]
    if isinstance(part, Rows):
        width = house.columns // len(part.rows[0])
        return [*("".join(cell[: width - 1].ljust(width) for cell in row).rstrip() for row in part.rows), ""]
    return ([_BREAK] if part.on_new_page else []) + _section(house, part, number)


def _section(house: House, part: Section, number: int) -> list[str]:
    found: list[str] = []
    texts, head = list(part.texts), part.head.rstrip(":")
    if head and house.heads == "run_in":
        texts = [f"{head}: {texts[0] if texts else ''}", *texts[1:]]
    elif head and house.heads != "none":
        found.append(f"{number}. {head}" if house.heads == "numbered" else f"{head.upper()}:")
    for text in texts:
        for line in text.split("\n"):
            found += textwrap.wrap(line, house.columns) or [""]
        found.append("")
    return found


def pages_typed(house: House, edges: Edges, lines: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Return the lines on their pages, between head and foot."""
    room = _LINES - len(edges.header) - len(edges.footer) - 2
    pages: list[list[str]] = [[]]
    for line in lines:
        if line == _BREAK or len(pages[-1]) >= room:
            pages.append([])
        if line != _BREAK and (line or pages[-1]):
            pages[-1].append(line)
    pages = [page for page in pages if page] or [[""]]
    found = []
    for number, page in enumerate(pages, 1):
        head = [] if edges.header_from_two and number == 1 else [*edges.header, ""]
        foot = ["", *edges.footer] if edges.footer else []
        k, n = str(number + house.offset), str(len(pages) + 2 * house.offset)
        full = [*head, *page, *foot]
        found.append(tuple(line.replace("{k}", k).replace("{n}", n)[:95] for line in full))
    return tuple(found)
