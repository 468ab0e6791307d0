"""A scanned page made ready for recognition: blank or not, specks, slant, lying or standing."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

Grey: TypeAlias = NDArray[np.uint8]

# A dot darker than this is ink; faxes have nothing between.
_INK = 160
# A page with a smaller share of ink is blank: a thin rule or some dust.
_BLANK_SHARE = 0.0001
# Slant is looked for up to this many degrees, first coarsely, then finely.
_MOST_SLANT = 3.0
_COARSE, _FINE = 0.5, 0.1
# Below this slant turning the picture blurs more than it helps.
_LEAST_SLANT = 0.3
# How much more sharply columns must part than rows before a page lies on its side.
_LYING_FACTOR = 1.5
# The picture is searched at about this many rows; more only takes longer.
_SEARCH_ROWS = 800
# Dots that stand alone, as a share of ink, from which the page is specked.
_SPECKED_SHARE = 0.02


def grey_of(width: int, height: int, pixels: bytes) -> Grey:
    """Return a picture's bytes as rows of dots."""
    return np.frombuffer(pixels, dtype=np.uint8).reshape(height, width)


def is_blank(grey: Grey) -> bool:
    """Return whether a page has no marks, its outermost edge left aside."""
    return ink_share(grey) < _BLANK_SHARE


def ink_share(grey: Grey) -> float:
    """Return the share of a page that is ink, its outermost edge left aside."""
    height, width = grey.shape
    inner = grey[height // 50 : height - height // 50, width // 50 : width - width // 50]
    return float((inner < _INK).mean()) if inner.size else 0.0


def despeckled(grey: Grey) -> Grey:
    """Return the picture without single specks, or as it is where there are few.

    A median of three by three takes thin strokes away with the specks, so it
    is used only where lone dots are a real share of the ink, of a band across
    the middle of the page.
    """
    rows = grey.shape[0]
    ink = grey[rows * 3 // 8 : rows - rows * 3 // 8] < _INK
    total = int(ink.sum())
    if not total:
        return grey
    padded = np.pad(ink, 1)
    height, width = ink.shape
    around = np.zeros(ink.shape, dtype=np.uint8)
    for down in range(3):
        for across in range(3):
            if (down, across) != (1, 1):
                around += padded[down : down + height, across : across + width]
    alone = int((ink & (around <= 1)).sum())
    if alone < _SPECKED_SHARE * total:
        return grey
    return np.asarray(Image.fromarray(grey).filter(ImageFilter.MedianFilter(3)), dtype=np.uint8)


def _small_ink(grey: Grey) -> NDArray[np.float32]:
    step = max(1, grey.shape[0] // _SEARCH_ROWS)
    rows, columns = grey.shape[0] // step * step, grey.shape[1] // step * step
    if not rows or not columns:
        return np.zeros((1, 1), dtype=np.float32)
    ink = (grey[:rows, :columns] < _INK).astype(np.float32)
    blocks = ink.reshape(rows // step, step, columns // step, step)
    return np.asarray(blocks.mean(axis=(1, 3)), dtype=np.float32)


def _sharpness(ink: NDArray[np.float32], degrees: float) -> float:
    """Return how sharply lines and gaps alternate when the rows slant by ``degrees``."""
    height, width = ink.shape
    columns = np.arange(width)
    shift = np.rint((columns - width / 2) * np.tan(np.radians(degrees))).astype(int)
    rows, across = np.nonzero(ink)
    profile = np.bincount(
        np.clip(rows + shift[across], 0, height - 1), weights=ink[rows, across], minlength=height
    )
    return float(np.square(np.diff(profile)).sum())


def is_lying(grey: Grey) -> bool:
    """Return whether the lines of text run from top to bottom: the page lies on its side.

    Both ways are looked at under every slant: a slanted page has smeared rows
    and would otherwise pass for a lying one.
    """
    ink = _small_ink(grey)
    angles = [float(d) for d in np.arange(-_MOST_SLANT, _MOST_SLANT + _COARSE / 2, _COARSE)]
    along = max(_sharpness(ink, d) for d in angles) / ink.shape[0]
    down = max(_sharpness(ink.T, d) for d in angles) / ink.shape[1]
    return bool(down > _LYING_FACTOR * along)


def slant(grey: Grey) -> float:
    """Return by how many degrees the lines rise to the right, 0.0 if hardly at all.

    The angle under which the rows of ink and of paper part most sharply
    (projection profile), from -3 to 3 degrees.
    """
    ink = _small_ink(grey)
    coarse = np.arange(-_MOST_SLANT, _MOST_SLANT + _COARSE / 2, _COARSE)
    near = max(coarse, key=lambda d: _sharpness(ink, float(d)))
    fine = np.arange(near - _COARSE, near + _COARSE + _FINE / 2, _FINE)
    best = float(max(fine, key=lambda d: _sharpness(ink, float(d))))
    return round(best, 2) if _LEAST_SLANT <= abs(best) <= _MOST_SLANT else 0.0


def turned(grey: Grey, degrees: float) -> Grey:
    """Return the picture turned counter-clockwise, whole; quarters exactly, else on white."""
    if degrees % 90 == 0:
        return np.ascontiguousarray(np.rot90(grey, int(degrees // 90) % 4))
    picture = Image.fromarray(grey)
    return np.asarray(
        picture.rotate(degrees, resample=Image.Resampling.BILINEAR, fillcolor=255), dtype=np.uint8
    )


def box_before_turning(
    box: tuple[float, float, float, float], degrees: float, size: tuple[int, int]
) -> tuple[float, float, float, float]:
    """Return a box of the turned picture as a box of the picture before.

    Args:
        box: Left, top, right, bottom in dots.
        degrees: By how much the picture was turned, counter-clockwise.
        size: Width and height before turning.
    """
    width, height = size
    quarter = degrees % 180 == 90
    turned_width, turned_height = (height, width) if quarter else (width, height)
    angle = np.radians(degrees)
    cosine, sine = float(np.cos(angle)), float(np.sin(angle))
    xs, ys = [], []
    for x, y in ((box[0], box[1]), (box[2], box[1]), (box[0], box[3]), (box[2], box[3])):
        across, down = x - turned_width / 2, y - turned_height / 2
        xs.append(cosine * across - sine * down + width / 2)
        ys.append(sine * across + cosine * down + height / 2)
    return min(xs), min(ys), max(xs), max(ys)
