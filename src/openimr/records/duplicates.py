"""Pages that stand in a case file more than once: word for word, or but for noise.

Copies of a page differ by what scanners, readers and fax machines did to them:
single characters here and there. Other pages of the same form differ in whole
words and in figures. So two pages are copies where their differences are
spread thinly, and no figure differs more often than letters do.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from openimr.records.look import PageLook, plain

# Pages with less text are blank, or say too little to be called the same.
_LEAST_CHARACTERS = 80
# A page with this much, behind a repeated page, is the rest of the same document.
_LEAST_FOLLOWING = 15
# With less text than this only equal pages are the same: too little to tell noise by.
_LEAST_NEAR = 120
# Pieces of so many characters are compared; at 5 % noise on both pages 6 of 10 survive.
_PIECE = 5
# Permutations, in bands of two: pages that share 4 of 10 pieces meet with a probability of 0.998.
_BANDS, _IN_BAND = 32, 2
_SEED = 20_150_309
_PRIME = (1 << 31) - 1
# More differences than this share, and it is another page: 5 % noise on both pages make 10 %.
_MOST_DIFFERENT = 0.17
# Differences that lie this near to each other are one.
_TOGETHER = 2
# One difference may be so long on a page without noise, and longer by so much for a page full of it.
_LONGEST, _LONGER_BY_NOISE = 4, 60
# Below this share of differences a page has no noise that could change a figure.
_WITHOUT_NOISE = 0.002
# So many figures of one day may be misread as other figures, one more on a page full of noise.
_MOST_OF_DAY = 1
_DAY_DIGITS = 8
_NOISY = 0.07
# What a stamp says first, on a short line of its own, and how many of its letters may be misread.
_STAMPED = {
    **dict.fromkeys(("copy", "filed", "faxed", "fax"), 0),
    **dict.fromkeys(("received", "scanned", "confidential", "duplicate", "entered", "exhibit"), 1),
}
_FIRST_WORD = re.compile(r"\W*(?P<word>\w+)")
_MOST_STAMP = 45
# A number of a bundle, as a line of its own at the edge of a page, whatever noise made of it.
_NUMBER_LINE = re.compile(r"^\W*(?:[A-Z][A-Z_\s.-]{0,18}[\dOIlSB]{4,}\W*){1,4}$")
# The same behind or before what is printed there, as on one height with a page number.
_NUMBER_BESIDE = re.compile(
    r"^[A-Z]{2,12}[ _.-]?[\dOIlSB]{5,9}\s+(?=\S)|(?<=\S)\s+[A-Z]{2,12}[ _.-]?[\dOIlSB]{5,9}\W*$"
)
_EDGE = 2
# A band that so many pages share is boilerplate, and compares everything with everything.
_CROWD = 60


def find_repeats(looks: Sequence[PageLook]) -> dict[int, int]:
    """Return for each repeated page the page that it repeats, as pages of the bundle.

    Letters and digits decide; line ends, capitals, the lines of fax machines
    and stamped numbers do not. Errs towards keeping pages apart.
    """
    pages = [_Text.of(look) for look in looks]
    repeats: dict[int, int] = {}
    first: dict[bytes, int] = {}
    for look, page in zip(looks, pages, strict=True):
        number = look.page.bundle_page
        if look.page.copied_from is not None:
            repeats[number] = repeats.get(look.page.copied_from, look.page.copied_from)
        elif len(page.text) >= _LEAST_CHARACTERS:
            key = hashlib.sha256(page.text.encode()).digest()
            if first.setdefault(key, number) != number:
                repeats[number] = first[key]
    rest = [page for page in pages if page.number not in repeats and len(page.text) >= _LEAST_NEAR]
    repeats.update(_near(rest))
    repeats = {number: repeats.get(earlier, earlier) for number, earlier in repeats.items()}
    _add_short_followers(pages, repeats)
    return repeats


def _add_short_followers(pages: Sequence[_Text], repeats: dict[int, int]) -> None:
    """Add pages with too little text to be judged alone, where both pages before are the same."""
    by_number = {page.number: page for page in pages}
    for page in pages:
        first = repeats.get(page.number - 1)
        twin = by_number.get(first + 1) if first is not None else None
        if twin is None or page.number in repeats or twin.number >= page.number - 1:
            continue
        if twin.text == page.text and len(page.text) >= _LEAST_FOLLOWING:
            repeats[page.number] = repeats.get(twin.number, twin.number)


@dataclass(frozen=True, slots=True)
class _Text:
    """A page as it is compared: its letters and digits, in order."""

    number: int
    text: str

    @classmethod
    def of(cls, look: PageLook) -> _Text:
        last = len(look.lines) - _EDGE
        kept = [
            _NUMBER_BESIDE.sub("", line.text) if index < _EDGE or index >= last else line.text
            for index, line in enumerate(look.lines)
            if not _is_stamp(line.text)
            and not ((index < _EDGE or index >= last) and _NUMBER_LINE.match(line.text))
        ]
        return cls(look.page.bundle_page, plain("".join(kept)))


def _is_stamp(text: str) -> bool:
    """Return whether a line is that of a stamp, a letter of its first word misread or not.

    Example:
        >>> _is_stamp("RECEIwVED NOV 20 2014"), _is_stamp("Received six sessions of therapy for the knee.")
        (True, False)
    """
    if len(text) > _MOST_STAMP:
        return False
    first = _FIRST_WORD.match(text)
    return first is not None and any(
        Levenshtein.distance(first["word"].lower(), word) <= misread for word, misread in _STAMPED.items()
    )


def _near(pages: Sequence[_Text]) -> Iterator[tuple[int, int]]:
    """Yield each page that repeats an earlier one but for noise, with that one."""
    bands: dict[tuple[int, int], list[_Text]] = defaultdict(list)
    for page in pages:
        keys = _band_keys(page.text)
        met: dict[int, _Text] = {}
        shared: dict[int, int] = defaultdict(int)
        for key in keys:
            for other in bands[key]:
                met[other.number] = other
                shared[other.number] += 1
        likely = sorted(met.values(), key=lambda other: (-shared[other.number], other.number))
        found = next((other.number for other in likely if are_copies(page.text, other.text)), None)
        if found is not None:
            yield page.number, found
            continue
        for key in keys:
            if len(bands[key]) < _CROWD:
                bands[key].append(page)


def _permutations() -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    chance = np.random.default_rng(_SEED)
    size = _BANDS * _IN_BAND
    return chance.integers(1, _PRIME, (size, 1)), chance.integers(0, _PRIME, (size, 1))


_FACTORS, _SHIFTS = _permutations()


def _band_keys(text: str) -> list[tuple[int, int]]:
    """Return the bands of a text: two texts that share one are compared (MinHash)."""
    codes = np.frombuffer(text.encode("utf-32-le"), dtype="<u4").astype(np.int64)
    pieces = np.zeros(len(codes) - _PIECE + 1, dtype=np.int64)
    for offset in range(_PIECE):
        pieces = (pieces * 131 + codes[offset : offset + len(pieces)]) % _PRIME
    pieces = np.unique(pieces)
    least = ((pieces[None, :] * _FACTORS + _SHIFTS) % _PRIME).min(axis=1)
    rows = least.reshape(_BANDS, _IN_BAND)
    return [(band, zlib.crc32(row.tobytes())) for band, row in enumerate(rows)]


def are_copies(one: str, other: str) -> bool:
    """Return whether two texts of letters and digits differ only by noise.

    Example:
        >>> line = "thepatientreportscontinuingpaininthelowback" * 6
        >>> are_copies(line, line.replace("reports", "rep0rts", 1)), are_copies(line, line + "denied")
        (True, False)
    """
    most = int(_MOST_DIFFERENT * max(len(one), len(other)))
    if abs(len(one) - len(other)) > most:
        return False
    distance: int = Levenshtein.distance(one, other, score_cutoff=most)
    if distance > most:
        return False
    edits = Levenshtein.editops(one, other)
    runs = _runs([edit.src_pos for edit in edits])
    if not runs:
        return True
    noise = (sum(runs) - max(runs)) / max(len(one), 1)
    if max(runs) > _LONGEST + _LONGER_BY_NOISE * noise:
        return False
    changed = [
        edit.src_pos
        for edit in edits
        if edit.tag == "replace" and one[edit.src_pos].isdigit() and other[edit.dest_pos].isdigit()
    ]
    if noise < _WITHOUT_NOISE:
        return not changed
    most_of_day = _MOST_OF_DAY if noise < _NOISY else _MOST_OF_DAY + 1
    return not any(b - a < _DAY_DIGITS for a, b in zip(changed, changed[most_of_day:], strict=False))


def _runs(places: Sequence[int]) -> list[int]:
    """Return how many edits each difference takes."""
    runs: list[int] = []
    end = -10
    for place in places:
        if place - end <= _TOGETHER:
            runs[-1] += 1
        else:
            runs.append(1)
        end = place
    return runs
