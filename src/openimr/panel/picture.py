"""The gaps of a panel as one page of HTML that needs nothing else.

Source:
    As ``gaps``; the picture shows cases beside places for each specialty.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from openimr.panel.gaps import Gaps, SpecialtyGap

# Pixels: one row a specialty, names to the left of the bars, counts to the right.
_ROW, _NAMES, _BARS, _COUNTS = 36, 330, 420, 190
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b}"
    "table{border-collapse:collapse;margin:1rem 0}td,th{text-align:left;padding:.25rem .75rem;"
    "border-bottom:1px solid #a9aeb1}svg{max-width:100%;height:auto}"
)
# Told apart without colour too: waiting cases are hatched, places are outlined.
_SERVED, _WAITING, _PLACES = "#2e6276", "url(#hatch)", "#ffffff"


def gaps_page(gaps: Gaps, *, title: str) -> str:
    """Return the page: a sentence, the picture, and the tables that it shows."""
    return "".join(
        (
            '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body><main>",
            f"<h1>{escape(title)}</h1><p>{escape(summary(gaps))}</p>",
            _picture(gaps.specialties),
            _table("Why cases wait", ("In the way", "Cases"), gaps.obstacles),
            _table("Licences in force", ("State", "Reviewers"), gaps.states),
            _table("What keeps reviewers from every case", ("Reason", "Reviewers"), gaps.kept_out),
            "</main></body></html>\n",
        )
    )


def summary(gaps: Gaps) -> str:
    """Return in words how many cases were served, and how many outside the preferred State."""
    words = (
        f"{gaps.assigned} of {gaps.cases} cases have a reviewer; {gaps.away} of them have none licensed in "
        f"{gaps.preferred_state}."
    )
    if gaps.unfit:
        words += f" {len(gaps.unfit)} cases are fitted by no single specialty and have to be split."
    return words


def _picture(rows: Sequence[SpecialtyGap]) -> str:
    height, width = _ROW * len(rows) + 40, _NAMES + _BARS + _COUNTS
    most = max((max(r.cases, r.places) for r in rows), default=0) or 1
    told = "; ".join(f"{r.specialty}: {r.cases} cases, {r.waiting} waiting, {r.places} places" for r in rows)
    return "".join(
        (
            # inside HTML a picture needs no name space
            f'<svg viewBox="0 0 {width} {height}" role="img" ',
            'aria-labelledby="t d" font-size="14"><title id="t">Cases and places by specialty</title>',
            f'<desc id="d">{escape(told)}</desc><defs><pattern id="hatch" width="6" height="6" ',
            'patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" ',
            'fill="#f2d8c4"/><rect width="2.5" height="6" fill="#a23b12"/></pattern></defs>',
            f'<text x="{_NAMES}" y="16">Bar above: cases (hatched: waiting). Bar below: free places.</text>',
            *_bars(rows, most),
            "</svg>",
        )
    )


def _bars(rows: Sequence[SpecialtyGap], most: int) -> Iterator[str]:
    for number, row in enumerate(rows):
        top = 32 + number * _ROW
        served = _BARS * (row.cases - row.waiting) / most
        waiting = _BARS * row.waiting / most
        room = _BARS * row.places / most
        yield f'<text x="{_NAMES - 8}" y="{top + 18}" text-anchor="end">{escape(row.specialty)}</text>'
        yield f'<rect x="{_NAMES}" y="{top}" width="{served:.1f}" height="14" fill="{_SERVED}"/>'
        yield f'<rect x="{_NAMES + served:.1f}" y="{top}" width="{waiting:.1f}" '
        yield f'height="14" fill="{_WAITING}"/>'
        yield (
            f'<rect x="{_NAMES}" y="{top + 16}" width="{room:.1f}" height="10" fill="{_PLACES}" '
            f'stroke="{_SERVED}"/>'
        )
        end = _NAMES + max(served + waiting, room) + 8
        yield f'<text x="{end:.1f}" y="{top + 18}">{row.cases} cases, {row.places} places</text>'


def _table(title: str, head: tuple[str, str], rows: Sequence[tuple[str, int]]) -> str:
    if not rows:
        return ""
    body = "".join(f"<tr><td>{escape(words)}</td><td>{count}</td></tr>" for words, count in rows)
    return (
        f"<h2>{escape(title)}</h2><table><thead><tr><th>{head[0]}</th><th>{head[1]}</th></tr></thead>"
        f"<tbody>{body}</tbody></table>"
    )
