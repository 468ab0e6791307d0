"""Whether a page's text layer can be read, or the page must be recognized from its picture."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from openimr.vocabulary.tables import read_table

_TOKEN = re.compile(r"[^\W\d_]{2,}")
# Control characters, the replacement character, and the area for private use, where fonts without a
# map to letters end up.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff]")

# Fewer words than this on a page that a picture covers, and the words are a stamp on a scan.
_FEW_WORDS = 30
# A picture of this share of the page is the page.
_PICTURE_IS_PAGE = 0.5
# Shares of known words: prose has 0.4 and more, lists of names and drugs 0.15, garbage next to none.
_LEAST_KNOWN = 0.08
# Words from somebody else's recognition are taken only where they read well: ours is at hand.
_LEAST_KNOWN_ON_PICTURE = 0.25
# Too few words to judge by.
_JUDGED_FROM = 12
_LEAST_PRINTABLE = 0.9


@dataclass(frozen=True, slots=True)
class Legibility:
    """What a text looks like: its words, the share that are known, the share of printable characters."""

    words: int
    known: float
    printable: float


@cache
def known_words() -> frozenset[str]:
    """Return the words that count as real, in lower case: common ones and the vocabulary's."""
    package = files("openimr.records").joinpath("data/common_words.txt")
    lines = [li for li in package.read_text(encoding="utf-8").splitlines() if not li.startswith("#")]
    found = {word for line in lines for word in line.split()}
    for table, column in (("body_parts", "phrase"), ("treatments", "phrase"), ("drugs", "names")):
        for row in read_table("openimr.vocabulary", f"data/{table}.csv"):
            found.update(token.lower() for token in _TOKEN.findall(row[column]))
    return frozenset(found)


def legibility(text: str) -> Legibility:
    """Return what a text looks like.

    Example:
        >>> legibility("Wkh sdwlhqw kdv qrw lpsuryhg").known
        0.0
    """
    tokens = _TOKEN.findall(text)
    known = known_words()
    hits = sum(token.lower() in known for token in tokens)
    visible = sum(map(len, text.split()))
    bad = len(_UNPRINTABLE.findall(text))
    return Legibility(
        words=len(tokens),
        known=hits / len(tokens) if tokens else 0.0,
        printable=1.0 - bad / visible if visible else 1.0,
    )


def is_text_layer_usable(text: str, *, pictures_cover: float) -> bool:
    """Return whether a page is read from its text layer.

    Errs towards recognition: a stamp on a scan, a layer of wrong characters
    and a poor older recognition are all passed over.

    Args:
        text: The text layer.
        pictures_cover: The share of the page under pictures, from 0 to 1.
    """
    look = legibility(text)
    is_picture = pictures_cover >= _PICTURE_IS_PAGE
    if not text.strip() or look.printable < _LEAST_PRINTABLE:
        return False
    if is_picture and (look.words < _FEW_WORDS or look.known < _LEAST_KNOWN_ON_PICTURE):
        return False
    return look.words < _JUDGED_FROM or look.known >= _LEAST_KNOWN
