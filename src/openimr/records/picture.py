"""A scanned page made ready for recognition: blank or not, specks, slant, lying or standing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image

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
# A line of text, as a share of the height of the page: from six-point print to large headings.
_LEAST_LINE, _MOST_LINE = 0.005, 0.03
# Lines that must speak, and how much, before a page is first read the other way up.
_LEAST_VOTES, _ON_HEAD = 5, -0.1
# Specks are this large at most, in inches, and two dots at least.
_SPECK_INCH, _LEAST_SPECK = 0.01, 2
# Specks, as a share of all dots, from which a page is specked: clean pages have a tenth of it, as points of
# leaders, and faxes ten times as many.
_SPECKED = 0.0002


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


def despeckled(grey: Grey, *, dpi: float) -> Grey:
    """Return the picture without specks, or as it is where there are few.

    A speck is ink of a hundredth of an inch with nothing around it: smaller
    than the dot of an i in six-point print, but dust on a glass and the noise
    of a fax line. A median, tried before, took thin strokes with the specks.
    """
    size = max(_LEAST_SPECK, round(dpi * _SPECK_INCH))
    edge = size + 1
    ink = np.pad(grey < _INK, edge).view(np.uint8)
    around = _window_sums(ink, size + 2)
    within = _window_sums(ink, size)[1:-1, 1:-1]
    rows, columns = np.nonzero((within == around) & (within > 0))
    if len(rows) < _SPECKED * grey.size:
        return grey
    clean = np.pad(grey, edge, constant_values=255)
    for down in range(1, edge):
        for across in range(1, edge):
            clean[rows + down, columns + across] = 255
    return np.ascontiguousarray(clean[edge:-edge, edge:-edge])


def _window_sums(ink: NDArray[np.uint8], size: int) -> NDArray[np.uint8]:
    """Return the ink in every square of ``size`` by ``size`` dots, by its upper left corner."""
    height, width = ink.shape[0] - size + 1, ink.shape[1] - size + 1
    down = sum((ink[at : at + height] for at in range(1, size)), start=ink[:height].copy())
    return np.asarray(sum((down[:, at : at + width] for at in range(1, size)), start=down[:, :width].copy()))


@dataclass(frozen=True, slots=True)
class Lie:
    """How a page lies: on its side or not, and by how many degrees its lines then rise to the right."""

    is_lying: bool
    slant: float


UPRIGHT = Lie(is_lying=False, slant=0.0)


class _Ink:
    """The ink of a page as points, coarse enough to be looked at under many angles."""

    def __init__(self, grey: Grey) -> None:
        step = max(1, grey.shape[0] // _SEARCH_ROWS)
        rows, columns = grey.shape[0] // step * step, grey.shape[1] // step * step
        ink = (grey[:rows, :columns] < _INK).reshape(rows // step, step, columns // step, step)
        shares = ink.mean(axis=(1, 3), dtype=np.float32) if ink.size else np.zeros((1, 1), dtype=np.float32)
        self.height: int = shares.shape[0]
        self.width: int = shares.shape[1]
        self.rows, self.columns = np.nonzero(shares)
        self.weights = shares[self.rows, self.columns]

    def turned(self) -> _Ink:
        """Return the same ink with rows for columns."""
        other = object.__new__(_Ink)
        other.height, other.width = self.width, self.height
        other.rows, other.columns, other.weights = self.columns, self.rows, self.weights
        return other

    def sharpness(self, degrees: float) -> float:
        """Return how sharply lines and gaps alternate when the rows slant by ``degrees``."""
        shift = np.rint((np.arange(self.width) - self.width / 2) * np.tan(np.radians(degrees))).astype(int)
        rows = np.clip(self.rows + shift[self.columns], 0, self.height - 1)
        profile = np.bincount(rows, weights=self.weights, minlength=self.height)
        return float(np.square(np.diff(profile)).sum())

    def best(self, angles: NDArray[np.float64]) -> tuple[float, float]:
        """Return the greatest sharpness under some angles, and that angle."""
        return max((self.sharpness(float(degrees)), float(degrees)) for degrees in angles)


_ANGLES = np.arange(-_MOST_SLANT, _MOST_SLANT + _COARSE / 2, _COARSE)


def lie_of(grey: Grey) -> Lie:
    """Return how a page lies, by the angle under which rows of ink and of paper part most sharply.

    Both ways are looked at under every slant, from -3 to 3 degrees: a slanted
    page has smeared rows and would otherwise pass for a lying one.
    """
    ink = _Ink(grey)
    along, slant_along = ink.best(_ANGLES)
    across = ink.turned()
    down, slant_down = across.best(_ANGLES)
    if down / ink.width > _LYING_FACTOR * along / ink.height:
        # turned upright counter-clockwise, what rose to the right of the columns falls
        return Lie(is_lying=True, slant=-_fine_slant(across, slant_down))
    return Lie(is_lying=False, slant=_fine_slant(ink, slant_along))


def _fine_slant(ink: _Ink, near: float) -> float:
    _, best = ink.best(np.arange(near - _COARSE, near + _COARSE + _FINE / 2, _FINE))
    return round(best, 2) if _LEAST_SLANT <= abs(best) <= _MOST_SLANT else 0.0


def stands_on_head(grey: Grey) -> bool:
    """Return whether a straight page of text seems to stand on its head; which only reading it can tell.

    Small letters have more that reaches up than down, and capitals fill
    their lines above: so more ink lies over the core of a line than under it.
    Pages in capitals alone may be judged wrongly, either way.
    """
    height, width = grey.shape
    profile = (grey[height // 20 : height - height // 20, width // 20 : width - width // 20] < _INK).sum(
        axis=1
    )
    is_line = profile > max(2.0, np.percentile(profile, 20) + 1) if profile.size else profile > 0
    edges = np.flatnonzero(np.diff(np.concatenate(([0], is_line.view(np.int8), [0]))))
    votes = [
        vote
        for first, last in zip(edges[::2], edges[1::2], strict=True)
        if _LEAST_LINE * height < last - first < _MOST_LINE * height
        and (vote := _over_core(profile[first:last])) is not None
    ]
    return len(votes) >= _LEAST_VOTES and float(np.mean(votes)) < _ON_HEAD


def _over_core(line: NDArray[np.int64]) -> float | None:
    """Return how much more ink lies over the core of a line than under it, from -1 to 1."""
    core = np.flatnonzero(line >= 0.5 * line.max())
    over, under = int(line[: core[0]].sum()), int(line[core[-1] + 1 :].sum())
    return (over - under) / (over + under) if over + under else None


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
