"""The heading of a disputed item: where it begins, and the outcome that ends it.

Nothing but type or a blank line parts a heading from the rationale before it,
and extractors lose both. Each way of telling leaves some doubt of its own;
where the doubt stays, the heading is not read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from openimr.letters.source import LetterText
from openimr.terms.letter import Outcome
from openimr.terms.places import Span

_OUTCOME_WORDS = (
    r"(?P<outcome>Upheld|Overturned\s+in\s+part|Overturned"
    r"|Partially\s+Overturned|Partially\s+Upheld|Not\s+decided)"
)
_OUTCOME = re.compile(rf"(?P<mark>\s*[:;\u2013\u2014-]\s*|\s+){_OUTCOME_WORDS}\s*\.?\s*$", re.IGNORECASE)
_OUTCOME_LINE = re.compile(rf"(?P<mark>\s*[:;]\s*){_OUTCOME_WORDS}[ ]*(?=\n|\Z)", re.IGNORECASE)
# Letters of every word of an outcome; where none stands, no line need be looked at.
_OUTCOME_HINTS = ("pheld", "verturned", "PHELD", "VERTURNED")

_OUTCOMES = {
    "upheld": Outcome.UPHELD,
    "overturned": Outcome.OVERTURNED,
    "overturned in part": Outcome.OVERTURNED_IN_PART,
    "partially overturned": Outcome.OVERTURNED_IN_PART,
    "partially upheld": Outcome.OVERTURNED_IN_PART,
    "not decided": None,
}
_LAST_WORD = re.compile(r"(?P<mark>\s*[:;]\s*)(?P<outcome>\w{5,11})\s*[.,]?\s*$")
# How many characters of a damaged word may differ from the one that is meant.
_DAMAGE = {"upheld": 2, "overturned": 3}

_SENTENCE_END = re.compile(r"[.?!][\"”’')\]]*\s*$")
_INNER_END = re.compile(r"[.?!][\"”’')\]]*\s+(?=[\"“(]?[A-Z])")
_CONCLUSION = re.compile(
    r"\bnecessary(?:\s+and\s+appropriate)?(?:\s+(?:at\s+this\s+time|per\s+the\s+guidelines))?\s*\.[\"”’')\]]*\s+",
    re.IGNORECASE,
)
# A conclusion that lost its period; behind a gap it ends a rationale all the same.
_CONCLUDES = re.compile(r"\bmedically\s+necessary(?:\s+and\s+appropriate)?\s*$", re.IGNORECASE)
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|does|do|did|should|would|could|can|may|will|not|necessary)\b",
    re.IGNORECASE,
)
# A partly approved heading is three sentences; its later ones begin so.
_LATER_SENTENCE = re.compile(
    r"^(?:The\s+Claims\s+Administrator\s+authorized|The\s+remaining\s+IMR\s+eligible|The\s+original\s+request)"
    r"|^.{0,400}?authorized\s+by\s+the\s+Claims\s+Administrator",
    re.IGNORECASE | re.DOTALL,
)
_FIRST_SENTENCE = re.compile(
    r"(?:was|were|is)\s+(?:the\s+original\s+request|originally\s+requested)", re.IGNORECASE
)
# A request has none of these, but for the partly approved ones.
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|does|did|should|would|could|cannot)\b", re.IGNORECASE
)
# Words of a partly approved heading, which is prose too.
_PARTLY_APPROVED = re.compile(r"original\s+request|authorized|IMR\s+eligible", re.IGNORECASE)
# "…200 mg approx." at a line's end is no sentence end when the next line goes on.
_CONTINUES = re.compile(r"^(?:[a-z]|[,;:)#]|\d+\.\d)")
# Words of a rationale, never of a request: the heading was cut too early.
_RATIONALE_WORDS = re.compile(
    r"medically\s+necessary|medical\s+necessity|\bis\s+not\s+(?:supported|recommended|indicated)\b"
    r"|\b(?:the|this)\s+request\s+(?:for|is)\b|\btherefore\b|\bguidelines?\s+(?:state|recommend)"
    r"|\bas\s+such,|\b(?:would|should|could|cannot)\s+(?:not\s+)?be\b",
    re.IGNORECASE,
)
# The longest real headings have 550 characters; behind this the beginning was missed.
_LONGEST_HEADING = 1200
# "Partially Overturned" over two lines, with its mark and a period.
_LONGEST_OUTCOME = 40
# One of these stands in all the words above.
_RATIONALE_HINTS = ("necess", "is not", "request", "therefore", "guideline", "as such", "ould", "cannot")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: where it begins, None if in doubt, where its request ends, its outcome.

    ``lowest`` is the earliest place at which it could begin.
    """

    start: int | None
    request_end: int
    lowest: int
    outcome_at: Span | None
    outcome: Outcome | None
    is_outcome_damaged: bool = False


def find_heading(letter: LetterText, floor: int, label_start: int, *, is_first: bool) -> Heading:
    """Return the heading that stands between ``floor`` and the first label of its item.

    Args:
        letter: The text of the letter.
        floor: Where the text before the heading begins: a rationale, or the
            end of the section's introduction.
        label_start: Where the item's first label begins.
        is_first: Nothing but the heading stands behind ``floor``.
    """
    match, is_damaged = _outcome(letter.text, floor, label_start)
    if match is None:
        return Heading(None, label_start, _last_gap(letter, floor, label_start), None, None)
    outcome, at = _outcome_of(match), Span(*match.span("outcome"))
    request_end = match.start()
    start = _first_start(letter, floor, request_end) if is_first else _start(letter, floor, request_end)
    lowest = floor if start is None else start
    return Heading(start, request_end, lowest, at, outcome, is_damaged)


def _first_start(letter: LetterText, floor: int, request_end: int) -> int | None:
    """Return where the heading behind the introduction begins; None if more than it stands there."""
    start = letter.trimmed(floor, request_end).start
    is_alone = find_outcome_line(letter.text, start, request_end) is None
    return start if is_alone and request_end - start <= _LONGEST_HEADING else None


def _outcome(text: str, floor: int, label_start: int) -> tuple[re.Match[str] | None, bool]:
    """Return the outcome before a label, and whether its word is damaged.

    Where a label was lost, the line of one side stands behind the outcome;
    the one outcome that ends a line is then the heading's.
    """
    window = text[max(floor, label_start - 80) : label_start]
    behind = len(window) - len(window.rstrip())
    match = _OUTCOME.search(text, max(floor, label_start - behind - _LONGEST_OUTCOME), label_start)
    if match:
        before = text[max(floor, match.start() - 12) : match.start()].rstrip(" \n:;,/").lower()
        return match, before.endswith(("upheld", "overturned"))
    match = _LAST_WORD.search(text, max(floor, label_start - 40), label_start)
    if match and _nearest(match["outcome"]):
        return match, True
    lines = list(_OUTCOME_LINE.finditer(text, floor, label_start))
    return (lines[0], False) if len(lines) == 1 else (None, False)


def find_outcome_line(text: str, start: int, end: int) -> re.Match[str] | None:
    """Return the first outcome that ends a line, as that of a heading does; its group is ``outcome``."""
    if all(text.find(hint, start, end) < 0 for hint in _OUTCOME_HINTS):
        return None
    return _OUTCOME_LINE.search(text, start, end)


def _nearest(word: str) -> str | None:
    for printed, most in _DAMAGE.items():
        if Levenshtein.distance(word.lower(), printed, score_cutoff=most) <= most:
            return printed
    return None


def _outcome_of(match: re.Match[str]) -> Outcome | None:
    printed = " ".join(match["outcome"].lower().split())
    return _OUTCOMES[printed] if printed in _OUTCOMES else _OUTCOMES[_nearest(printed) or ""]


def _last_gap(letter: LetterText, floor: int, before: int) -> int:
    """Return where the last paragraph before an offset begins."""
    index = letter.line_at(before - 1)
    while index > 0 and letter.lines[index].start > floor and not letter.lines[index].has_gap_before:
        index -= 1
    return max(floor, letter.lines[index].start)


def _start(letter: LetterText, floor: int, request_end: int) -> int | None:
    """Return where a heading begins: by type, by a gap, by the sentence before; None in doubt."""
    lowest = letter.line_at(floor)
    last = index = letter.line_at(request_end - 1)
    if letter.knows_bold and letter.lines[last].is_bold:
        while index > lowest + 1 and letter.lines[index - 1].is_bold:
            index -= 1
        start = max(floor, letter.lines[index].start)
        # where all of a letter is bold, type tells nothing
        if request_end - start <= _LONGEST_HEADING and not _has_rationale(letter.text[start:request_end]):
            return start
        index = last
    while index > lowest and letter.lines[index].start > floor:
        start = letter.lines[index].start
        if request_end - start > _LONGEST_HEADING:
            break
        begins = _begins_here(letter, index, floor, request_end)
        if begins:
            return _without_rationale(letter.text, start, request_end, letter.lines[index].has_gap_before)
        if begins is None:
            return None
        index -= 1
    return _behind_conclusion(letter.text, max(floor, request_end - _LONGEST_HEADING), request_end)


def _begins_here(letter: LetterText, index: int, floor: int, request_end: int) -> bool | None:
    """Return whether a heading begins on a line; None where that cannot be told."""
    line, before = letter.lines[index], letter.lines[index - 1]
    heading = letter.text[line.start : request_end]
    ends_sentence = bool(_SENTENCE_END.search(letter.text, max(before.start, before.end - 8), before.end))
    if not ends_sentence and line.has_gap_before:
        ends_sentence = _is_unfinished_prose(_last_sentence(letter.text, floor, before.end))
    if not ends_sentence:
        return None if line.has_gap_before and not _CONTINUES.match(heading) else False
    if _LATER_SENTENCE.match(heading) and not _FIRST_SENTENCE.search(heading):
        return False
    if line.has_gap_before:
        return True
    if _CONTINUES.match(heading):
        return False
    sentence = _last_sentence(letter.text, floor, before.end)
    return True if len(sentence.split()) >= 3 and _VERB.search(sentence) else None


def _is_unfinished_prose(sentence: str) -> bool:
    """Whether words before a gap are a rationale that lost its period, and no half of a heading."""
    if _CONCLUDES.search(sentence):
        return True
    return bool(_VERB.search(sentence)) and not _PARTLY_APPROVED.search(sentence)


def _last_sentence(text: str, floor: int, end: int) -> str:
    """Return the sentence that ends at an offset."""
    part = text[max(floor, end - 400) : end]
    begins = [m.end() for m in _INNER_END.finditer(part)]
    return part[begins[-1] :] if begins else part


def _without_rationale(text: str, start: int, request_end: int, has_gap: bool) -> int | None:
    """Return where the request begins in a paragraph that may begin with a rationale's end."""
    heading = text[start:request_end]
    if _is_request(heading, may_have_sentences=has_gap):
        return start
    return _behind_conclusion(text, start, request_end)


def _behind_conclusion(text: str, lowest: int, request_end: int) -> int | None:
    """Return where a request begins that runs on from "... is not medically necessary."."""
    ends = [m.end() for m in _CONCLUSION.finditer(text, lowest, request_end)]
    if ends and _is_request(text[ends[-1] : request_end], may_have_sentences=False):
        return ends[-1]
    return None


def _has_rationale(heading: str) -> bool:
    """Whether words of a rationale stand in what should be a request."""
    lower = heading.lower()
    return any(hint in lower for hint in _RATIONALE_HINTS) and bool(_RATIONALE_WORDS.search(heading))


def _is_request(heading: str, *, may_have_sentences: bool) -> bool:
    """Whether words can be a whole request and nothing else."""
    if not heading.strip() or _has_rationale(heading):
        return False
    ends = [match.start() + 1 for match in _INNER_END.finditer(heading)]
    if not ends:
        return not _FINITE.search(heading) or bool(_PARTLY_APPROVED.search(heading))
    if _FIRST_SENTENCE.search(heading[: ends[0]]):
        return True
    has_verb = _VERB.search(heading[: ends[-1]]) or _FINITE.search(heading, ends[-1])
    return may_have_sentences and not has_verb
