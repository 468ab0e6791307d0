"""The words of a dose in one plain form, so that amounts and frequencies are read from one grammar."""

from __future__ import annotations

import re2

from openimr.vocabulary.text import with_digits

# Points inside the Latin for how often: "q.4h.", "q.h.s.", "q.o.d."
_LATIN_POINTS = re2.compile(r"\b(q)\.\s*(\d|h|o)|\b(h)\.(s)\b|\b(q)\.\s?([ap])\.(m)\b")
_EACH_DAY = re2.compile(
    r"\bevery bedtime\b|\bq\.?\s?day\b|\ba day\b|\beach (?:night|morning|evening)\b"
    r"|\bevery (?:morning|evening)\b"
)
_EVERY_OTHER = re2.compile(r"\bqo\.?d\b|\bevery second day\b")
_COUNTED_DAILY = re2.compile(r"(?:\d|times|once|twice|x) a day\b")
# "15 mg in the morning", "one in the evening"; not "for stiffness in the morning".
_AT_ONE_TIME = re2.compile(
    r"\b(mg|mcg|ml|tablets?|tabs?|capsules?|caps?|pills?|\d)\.? in the (?:morning|afternoon|evening)\b"
)
# "b.i.d. to t.i.d."
_LATIN_RANGE = re2.compile(r"\b(b|t|q)(?:id|\.i\.d)\b\.?\s?(?:to|or|-)\s?(b|t|q)(?:id|\.i\.d)\b\.?")
_LATIN_TIMES = {"b": 2, "t": 3, "q": 4}
# "1/2 tablet daily", "one-half to one tablet": half of one thing is taken at once, like one of them.
_HALF = re2.compile(r"(?:\b\d\s)?\b1/2\b|½|\b(?:1|one|a)[- ]half\b(?: (?:of )?a)?")
# "No. 60" is #60; a number below ten belongs to a name ("Tylenol with codeine No. 3").
_NUMBER_SIGN = re2.compile(r"\b(?:No\.|no\.|NO\.|[Nn]umber|NUMBER)\s?(\d{2,3})\b")
# "one gram", "two grams"
_GRAMS = re2.compile(r"(?i)\b(one|two) grams?\b")


def plain_frequency(words: str) -> str:
    """Return the words with figures for numbers and without the points of "q.4h." and "q.h.s.".

    Example:
        >>> plain_frequency("1/2 tablet q.o.d."), plain_frequency("two tablets each morning")
        ('1 tablet every other day.', '2 tablets every day')
    """
    plain: str = _HALF.sub("1", _LATIN_POINTS.sub(r"\1\2\3\4\5\6\7", words.lower()))
    plain = with_digits(plain).replace("qh.s", "qhs").replace(" hs", " qhs")
    plain = _EVERY_OTHER.sub("every other day", plain)
    plain = _AT_ONE_TIME.sub(r"\1 every day", plain)
    if several := _LATIN_RANGE.search(plain):
        least, most = (_LATIN_TIMES[code] for code in several.groups())
        plain = f"{plain[: several.start()]}{least} to {most} times a day{plain[several.end() :]}"
    if _COUNTED_DAILY.search(plain) is None:
        plain = _EACH_DAY.sub("every day", plain)
    return plain


def plain_quantity(words: str) -> str:
    """Return the words with "#" for "No." where many are meant.

    Example:
        >>> plain_quantity("Soma No. 60"), plain_quantity("Tylenol with codeine No. 3")
        ('Soma # 60', 'Tylenol with codeine No. 3')
    """
    signed: str = _NUMBER_SIGN.sub(r"# \1", words)
    return signed


def grams_in_words(words: str) -> str | None:
    """Return a strength that is printed in words, or None.

    Example:
        >>> grams_in_words("Ancef one gram IV"), grams_in_words("two grams of"), grams_in_words("3 g")
        ('1 gram', '2 grams', None)
    """
    match = _GRAMS.search(words)
    if match is None:
        return None
    return "1 gram" if match.group(1).lower() == "one" else "2 grams"
