"""What happens to papers on their way: fax lines, stamps, numbers, ink, a poor layer of text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

import pikepdf
import pypdfium2
from benchmarks.casefiles.printing import escaped, helvetica

_FONT = "/OverlayFont"
_CONFUSED = {
    "l": "1",
    "1": "l",
    "O": "0",
    "0": "O",
    "5": "S",
    "S": "5",
    "e": "c",
    "c": "e",
    "a": "o",
    "n": "u",
    "h": "b",
    "t": "f",
    "i": "j",
    "8": "B",
    "B": "8",
    "g": "q",
    "rn": "m",
}
_LETTERS = "abcdefghijklmnopqrstuvwxyz.,:;'"
NOISE = 0.05
"""The share of characters that a poor recognition gets wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of text of a page and where it stands, in points from the bottom left."""

    text: str
    left: float
    bottom: float
    width: float
    height: float


def fax_line(random: Random, day: date, page: int, pages: int) -> bytes:
    """Return the drawing of the line that a receiving fax prints at the top of each page."""
    hour = f"{random.randint(7, 18):02d}:{random.randint(0, 59):02d}"
    sender, receiver = (f"555{random.randint(10**6, 10**7)}" for _ in range(2))
    text = f"{day:%m/%d/%Y} {hour}  FROM: {sender}   TO: {receiver}   P. {page:03d}/{pages:03d}"
    return _shown(text, 40, 778, 8)


def page_number_stamp(prefix: str, number: int, *, left: int) -> bytes:
    """Return the drawing of a running number at the foot of the page."""
    return _shown(f"{prefix}{number:06d}", left, 14, 9)


def received_stamp(random: Random, day: date) -> bytes:
    """Return the drawing of a slanted stamp of a mail room; its day is not the paper's."""
    x, y = random.randint(330, 420), random.randint(560, 690)
    return (
        b"q 0.97 0.22 -0.22 0.97 %d %d cm 2 w 0 0 150 44 re S\n" % (x, y)
        + _shown("RECEIVED", 34, 25, 15)
        + _shown(f"{day:%b %d %Y}".upper(), 38, 8, 11)
        + b" Q\n"
    )


def ink(random: Random) -> bytes:
    """Return strokes of a pen: a signature near the foot, sometimes a remark at the margin."""
    places = [(random.randint(90, 330), random.randint(60, 150), 90)]
    if random.random() < 0.3:
        places.append((random.randint(20, 60), random.randint(250, 650), 45))
    strokes = b"q 1.1 w 0.1 0.1 0.4 RG\n"
    for x, y, width in places:
        strokes += b"%d %d m\n" % (x, y)
        for step in range(random.randint(5, 9)):
            at = x + width * (step + 1) // 8
            bends = [random.randint(-16, 22) for _ in range(4)]
            strokes += b"%d %d %d %d %d %d c\n" % (
                at - 8,
                y + bends[0],
                at + bends[1] // 3,
                y + bends[2],
                at,
                y + bends[3] // 3,
            )
        strokes += b"S\n"
    return strokes + b"Q\n"


def drawn_over(pdf: pikepdf.Pdf, page: pikepdf.Page, drawing: bytes) -> None:
    """Draw over a page, whatever state its own drawing leaves behind."""
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(b"\nQ\n" + drawing)
    page.add_resource(helvetica(pdf), pikepdf.Name.Font, pikepdf.Name(_FONT))


def noisy(random: Random, text: str, share: float = NOISE) -> str:
    """Return the text with this share of its characters changed, left out or doubled.

    Example:
        >>> noisy(Random(1), "no pain", 0.0)
        'no pain'
    """
    found = []
    for sign in text:
        if sign.isspace() or random.random() >= share:
            found.append(sign)
            continue
        kind = random.random()
        if kind < 0.7:
            found.append(_CONFUSED.get(sign, random.choice(_LETTERS)))
        elif kind < 0.85:
            found.append(sign + random.choice(_LETTERS))
    return "".join(found)


def misread(random: Random, text: str, share: float) -> str:
    """Return the text with this share of its characters read as others, each in its place."""
    return "".join(
        _CONFUSED.get(sign, sign) if random.random() < share and len(_CONFUSED.get(sign, sign)) == 1 else sign
        for sign in text
    )


def lines_of(page: pypdfium2.PdfPage) -> list[Line]:
    """Return the lines of a page with their places."""
    text = page.get_textpage()
    found = []
    for index in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(index)
        words = text.get_text_bounded(left, bottom, right, top).strip()
        if words:
            found.append(Line(text=words, left=left, bottom=bottom, width=right - left, height=top - bottom))
    return found


def hidden_text(lines: list[Line], random: Random) -> bytes:
    """Return a layer of text that is not shown, as a poor recognition leaves it over a picture."""
    drawing = b"BT 3 Tr\n"
    for line in lines:
        words = noisy(random, " ".join(line.text.split()))
        if not words:
            continue
        size = max(4.0, line.height)
        stretch = max(20, min(300, 100 * line.width / (0.5 * size * len(words))))
        drawing += (
            f"{_FONT} {size:.1f} Tf {stretch:.0f} Tz 1 0 0 1 {line.left:.1f} {line.bottom:.1f} Tm ".encode()
        )
        drawing += b"(" + escaped(words) + b") Tj\n"
    return drawing + b"ET\n"


def _shown(text: str, x: int, y: int, size: int) -> bytes:
    return f"BT {_FONT} {size} Tf 1 0 0 1 {x} {y} Tm ".encode() + b"(" + escaped(text) + b") Tj ET\n"
