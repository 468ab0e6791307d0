"""A paper as a house typesets it."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.casefiles.draft import BOLD, centred, grid, paragraphs, quoted, said
from benchmarks.casefiles.train.styled.edges import Edges
from benchmarks.casefiles.train.styled.house import House
from benchmarks.casefiles.train.styled.parts import Fields, Rows, Section


def page_setup(house: House, edges: Edges) -> str:
    """Return the settings of the pages."""
    header = _edge(house, edges.header, from_two=edges.header_from_two)
    footer = _edge(house, edges.footer, from_two=False)
    margin = f"x: {house.margin_x}in, y: {house.margin_y}in"
    return (
        f'#set page(paper: "us-letter", margin: ({margin}), header: {header}, footer: {footer})\n'
        f'#set text(font: "{house.font}", size: {house.size}pt)\n'
        f"#set par(leading: {house.leading}em, spacing: {house.leading + 0.55}em)\n"
    )


def _edge(house: House, lines: Sequence[str], *, from_two: bool) -> str:
    if not lines:
        return "[]"
    shown = " \\ ".join(_counted(house, line) for line in lines)
    place = "center" if len(house.counter) % 2 else "right" if len(house.counter) % 3 else "left"
    content = f"[#align({place}, text(size: {min(house.size, 9)}pt)[{shown}])]"
    condition = "if counter(page).get().first() > 1 " if from_two else ""
    return f"context {condition}{content}"


def _counted(house: House, line: str) -> str:
    found = ""
    for piece in line.replace("{k}", "\0k\0").replace("{n}", "\0n\0").split("\0"):
        if piece == "k":
            found += f"#(counter(page).get().first() + {house.offset})"
        elif piece == "n":
            found += f"#(counter(page).final().first() + {2 * house.offset})"
        elif piece:
            found += f"#{quoted(piece)}"
    return found


def letterhead_set(house: House, lines: Sequence[str]) -> str:
    """Return the letterhead."""
    if not lines:
        return ""
    first, rest = lines[0], lines[1:]
    if house.letterhead in ("left", "team"):
        return said(first, size="15pt", **BOLD) + "\n\n" + paragraphs(["\n".join(rest)])
    if house.letterhead == "split":
        return (
            centred(first, size="14pt")
            + "".join(centred(one, size="9pt") for one in rest)
            + "#line(length: 100%)\n"
        )
    return (
        centred(first, size="16pt", **BOLD) + "".join(centred(one, size="9pt") for one in rest) + "#v(10pt)\n"
    )


def title_set(house: House, title: str) -> str:
    """Return the title."""
    if not title:
        return ""
    if house.title == "left":
        return said(title, size="13pt", **BOLD) + "\n\n"
    if house.title == "underlined":
        return f"#align(center)[#underline[{said(title, size='12pt')}]]\n\n"
    if house.title == "boxed":
        return f"#block(stroke: 1pt, inset: 6pt, width: 100%)[{said(title, **BOLD)}]\n\n"
    return centred(title, size="13pt", **BOLD) + "\n"


def part_set(house: House, part: Fields | Section | Rows, number: int) -> str:
    """Return a part of a paper."""
    if isinstance(part, Fields):
        return _fields(house, part)
    if isinstance(part, Rows):
        widths = "(" + ", ".join("2fr" if at == 0 else "1fr" for at in range(len(part.rows[0]))) + ")"
        stroke = "none" if house.layout in ("lines", "grid4") else "0.4pt"
        return grid(part.rows, widths, head=True, stroke=stroke, inset="3pt")
    start = "#pagebreak(weak: true)\n" if part.on_new_page else ""
    return start + _section(house, part, number)


def _label(house: House, label: str) -> str:
    return f"{label.upper() if house.upper_labels else label}{house.joint}"


def labelled(house: House, label: str, value: str) -> str:
    """Return a value behind its label, as the house joins them."""
    return f"{_label(house, label)} {value}"


def _fields(house: House, part: Fields) -> str:
    rows = [(_label(house, label), value) for label, value in part.rows]
    joined = [f"{label} {value}" for label, value in rows]
    pairs = [*zip(joined[::2], [*joined[1::2], ""], strict=False)]
    if house.layout == "pairs":
        return "\n\n".join(said("      ".join(pair)) for pair in pairs) + "\n\n"
    if house.layout == "grid2":
        return grid(rows, "(auto, 1fr)", stroke="none")
    if house.layout == "grid4":
        fours = [(*one, *other) for one, other in zip(rows[::2], [*rows[1::2], ("", "")], strict=False)]
        return grid(fours, "(auto, 1fr, auto, 1fr)", stroke="none", inset="3pt")
    if house.layout in ("boxed", "boxed2"):
        return grid(pairs, "(1fr, 1fr)" if house.layout == "boxed" else "(2fr, 1fr)")
    if house.layout == "over":
        threes = [rows[at : at + 3] for at in range(0, len(rows), 3)]
        cells = [
            [f"{label}\n{value}" for label, value in (*three, *[("", "")] * (3 - len(three)))]
            for three in threes
        ]
        return grid(cells, "(1fr, 1fr, 1fr)", stroke="0.3pt")
    if house.layout == "run":
        return paragraphs(["    ".join(joined)])
    return paragraphs(["\n".join(joined)])


def _section(house: House, part: Section, number: int) -> str:
    texts, head = list(part.texts), part.head
    if not head or house.heads == "none":
        return paragraphs(texts)
    if house.heads == "run_in":
        mark = "" if head.endswith(":") else ":"
        return paragraphs([f"{head}{mark} {texts[0] if texts else ''}", *texts[1:]])
    shown = {
        "colon": head if head.endswith(":") else f"{head}:",
        "upper": head.upper(),
        "numbered": f"{number}. {head}",
    }.get(house.heads, head)
    style = BOLD if house.heads in ("bold", "numbered", "colon") else {}
    line = f"#underline[{said(shown)}]" if house.heads == "underlined" else said(shown, **style)
    return line + "\n\n" + paragraphs(texts)
