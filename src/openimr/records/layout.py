"""How the text of a page lies on it: margins, size of type, how far down it reaches."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from openimr.records.look import PageLook

# Below this share of the height stands what is at the foot of every page.
_FOOT = 0.925
_HEAD = 0.07
# So many lines from the top may be a title.
_TITLE_LINES = 6
_LEAST_WORDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Shares of the page's width and height, but for ``size``, in points.

    ``large_top`` is the largest type of the first lines over the usual one,
    ``centred_top`` whether one of them stands in the middle.
    """

    left: float
    right: float
    top: float
    bottom: float
    size: float
    large_top: float
    centred_top: float


def layout_of(look: PageLook) -> Layout | None:
    """Return how the text of a page lies; None where the places of its words are not known."""
    page = look.page
    words, width, height = page.words, page.width_pt, page.height_pt
    if len(words) < _LEAST_WORDS or not width or not height or not look.lines:
        return None
    lefts = sorted(word.left for word in words)
    rights = sorted(word.right for word in words)
    body = [word for word in words if word.bottom <= _FOOT * height] or list(words)
    size = median(word.bottom - word.top for word in words) or 1.0
    left, right = lefts[len(lefts) // 20] / width, rights[-1 - len(rights) // 50] / width
    ends = [line.start for line in look.lines[1 : _TITLE_LINES + 1]]
    top = [word for word in words if word.start < (ends[-1] if ends else len(page.text))]
    centred = 0.0
    starts = [line.start for line in look.lines[: _TITLE_LINES + 1]]
    for begin, end in pairwise(starts):
        line = [word for word in top if begin <= word.start < end]
        if line:
            a, b = min(w.left for w in line) / width, max(w.right for w in line) / width
            is_centred = a > left + 0.06 and abs((a + b) / 2 - 0.5) < 0.04 and b < right - 0.05
            centred = max(centred, float(is_centred))
    under = [word.top for word in words if word.top > _HEAD * height]
    return Layout(
        left=left,
        right=right,
        top=min(under, default=0.0) / height,
        bottom=max(word.bottom for word in body) / height,
        size=size,
        large_top=min(3.0, max((word.bottom - word.top for word in top), default=size) / size),
        centred_top=centred,
    )
