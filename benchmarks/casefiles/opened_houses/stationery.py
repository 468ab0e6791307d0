"""Parts of papers that several offices print: bars, pairs of label and value, rules, printed lines."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence

from benchmarks.casefiles.draft import said

_WIDTH, _HEIGHT = 84, 58


def bar(text: str, *, fill: str = "luma(220)", ink: str = "black", size: str = "9.5pt") -> str:
    """Return a heading on a coloured bar."""
    words = said(text, weight='"bold"', fill=ink, size=size)
    return f"#block(width: 100%, fill: {fill}, inset: 3.5pt, above: 8pt, below: 6pt)[{words}]\n"


def heading(text: str, *, size: str = "10pt", under: bool = False) -> str:
    """Return a heading in bold, or underlined."""
    words = said(text, weight='"bold"', size=size)
    return f"#block(above: 10pt, below: 5pt)[{f'#underline[{words}]' if under else words}]\n"


def rule(weight: str = "0.7pt") -> str:
    """Return a line over the whole width."""
    return f"#line(length: 100%, stroke: {weight})\n"


def gap(points: int) -> str:
    """Return empty space of so many points."""
    return f"#v({points}pt)\n"


def sides(left: str, right: str, columns: str = "(1fr, auto)") -> str:
    """Return two pieces beside each other."""
    return f"#grid(columns: {columns}, column-gutter: 12pt, [{left}], [{right}])\n"


def broken(texts: Sequence[str], **style: str) -> str:
    """Return lines one below the other, without space between."""
    return " \\\n".join(said(text, **style) for text in texts) + "\n\n"


def pairs(
    rows: Sequence[tuple[str, str]], *, columns: int = 2, stroke: str = "none", inset: str = "2.5pt"
) -> str:
    """Return labels in bold with their values, in so many columns of pairs."""
    cells = [
        f"[{said(label, weight=chr(34) + 'bold' + chr(34))}], [{said(value)}]" if label or value else "[], []"
        for label, value in rows
    ]
    cells += ["[], []"] * (-len(cells) % columns)
    widths = ", ".join(["auto", "1fr"] * columns)
    return f"#table(columns: ({widths}), stroke: {stroke}, inset: {inset}, {', '.join(cells)})\n\n"


def fields(rows: Sequence[Sequence[tuple[str, str]]], *, size: str = "7pt") -> str:
    """Return rows of boxes as forms have them: a small label in the corner, the value below it."""
    found = []
    for row in rows:
        cells = ", ".join(f"[{said(label, size=size)} \\ {said(value or ' ')}]" for label, value in row)
        found.append(
            f"#table(columns: ({'1fr, ' * len(row)}), stroke: 0.5pt, inset: 3pt, {cells})\n#v(-1.25em)\n"
        )
    return "".join(found) + "#v(1.25em)\n"


def boxed(content: str) -> str:
    """Return a piece in a frame."""
    return f"#rect(width: 100%, stroke: 0.7pt, inset: 6pt)[{content}]\n"


def bullets(texts: Sequence[str], sign: str = "•") -> str:
    """Return lines with a sign before each."""
    return "".join(f"#pad(left: 10pt, bottom: -3pt)[{said(f'{sign} {text}')}]\n" for text in texts) + "\n"


def numbered(texts: Sequence[str], ending: str = ".") -> str:
    """Return lines with running numbers before them."""
    return (
        "".join(
            f"#pad(left: 8pt, bottom: -3pt)[{said(f'{number}{ending} {text}')}]\n"
            for number, text in enumerate(texts, 1)
        )
        + "\n"
    )


def wrapped(text: str, *, indent: int = 0, width: int = _WIDTH) -> list[str]:
    """Return the text in lines of a line printer."""
    space = " " * indent
    return textwrap.wrap(text, width, initial_indent=space, subsequent_indent=space) or [""]


def paged(
    body: Sequence[str],
    head: Callable[[int, int], Sequence[str]],
    foot: Callable[[int, int], Sequence[str]] = lambda page, pages: (),
) -> tuple[tuple[str, ...], ...]:
    """Return the lines in pages, with what stands at the head and the foot of each."""
    room = _HEIGHT - len(head(1, 1)) - len(foot(1, 1))
    parts = [list(body[start : start + room]) for start in range(0, max(len(body), 1), room)]
    pages = len(parts)
    return tuple(
        (*head(number, pages), *part, *[""] * (room - len(part) if foot(1, 1) else 0), *foot(number, pages))
        for number, part in enumerate(parts, 1)
    )


def columns(cells: Sequence[str], widths: Sequence[int]) -> str:
    """Return a row of a line printer's table."""
    return "".join(f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=True)).rstrip()
