"""The school grade that a text asks of its reader."""

from __future__ import annotations

import re
from collections.abc import Iterable

from openimr.facts.sentences import split_sentences

_WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")
_VOWELS = re.compile(r"[aeiouy]+")
# An e at the end is silent ("dose"), one behind l after another consonant is not ("tablet", "able").
_SILENT_END = re.compile(r"(?<![aeiouyl])(?:e|es|ed)$|(?<=[aeiouy]l)e$")
# Endings that lose no syllable: "treated", "doses".
_SPOKEN_END = re.compile(r"(?:[td]ed|(?:[sxz]|[cg]|ch|sh)es)$")


def reading_grade(text: str) -> float | None:
    """Return the Flesch-Kincaid grade of a text, to one decimal; None where it has no words.

    Medical words of many syllables raise it, whoever reads them; it compares
    texts of one kind and decides nothing.

    Source:
        Kincaid et al., Derivation of New Readability Formulas for Navy
        Enlisted Personnel, Research Branch Report 8-75 (1975).

    Example:
        >>> reading_grade("The pain is worse. The patient does not sleep.")
        -0.7
        >>> reading_grade("#90") is None
        True
    """
    words = _WORD.findall(text)
    if not words:
        return None
    # what stands behind a semicolon still belongs to its sentence
    sentences = [s for s in split_sentences(text) if not s.goes_on and _WORD.search(text, s.start, s.end)]
    grade = 0.39 * len(words) / max(1, len(sentences)) + 11.8 * _syllables(words) / len(words) - 15.59
    return round(grade, 1)


def _syllables(words: Iterable[str]) -> int:
    return sum(_syllables_of(word.lower()) for word in words)


def _syllables_of(word: str) -> int:
    spoken = word if _SPOKEN_END.search(word) else _SILENT_END.sub("", word)
    return max(1, len(_VOWELS.findall(spoken)))
