"""The labels inside a disputed item: both sides' guidelines and the rationale.

Every item prints the same three labels in the same order, each at the
beginning of a line. The same words inside a sentence are none; and a label
that text recognition damaged is one, where an item would lack it otherwise.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from openimr.letters.source import LetterText
from openimr.terms.places import Span

# The words that end a label are rare, so they are sought first, as plain
# words, and what stands before them is read then.
_END_WORDS = ("uideline", "ationale", "UIDELINE", "ATIONALE")
_LABEL_END = re.compile(r"s?\s*:", re.IGNORECASE)
_LABEL_BEGIN = re.compile(
    r"(?:(?P<payer>Claims\s+Administrator(?:'s)?)"
    r"|(?P<reviewer>\b(?:MAXIMUS|IMRO|(?:Expert|Physician)\s+Reviewer|Reviewer)(?:'s)?)|(?P<rationale>\bDecision))"
    r"\s+[gr]$",
    re.IGNORECASE,
)
_LONGEST_LABEL = 40
# More than one heading before the first label: the labels of an item were missed.
_LONGEST_FIRST = 700
# Where a line's beginning was lost, a label follows an outcome or a sentence.
_MAY_STAND_BEFORE = re.compile(r"(?:[.:!?)\]\"”]|upheld|overturned|in\s+part)\s*$", re.IGNORECASE)
_REACH_BEFORE = 24

_ORDER = ("payer", "reviewer", "rationale")
# As printed, and how many characters of them may be damaged.
_PRINTED = {
    "payer": ("claims administrator guideline", 5),
    "reviewer": ("maximus guideline", 3),
    "rationale": ("decision rationale", 3),
}
_LABEL_STOP = re.compile(r"[:;.,]")


@dataclass(frozen=True, slots=True)
class Block:
    """The labels of one disputed item; each is None where it is missing."""

    payer: Span | None = None
    reviewer: Span | None = None
    rationale: Span | None = None

    @property
    def first(self) -> int:
        """Where the first label of the item begins."""
        return min(span.start for span in (self.payer, self.reviewer, self.rationale) if span)

    @property
    def last_end(self) -> int:
        """Where the last label of the item ends."""
        return max(span.end for span in (self.payer, self.reviewer, self.rationale) if span)

    @property
    def is_whole(self) -> bool:
        """Whether no label is missing."""
        return None not in (self.payer, self.reviewer, self.rationale)


def find_blocks(letter: LetterText, region: Span) -> list[Block]:
    """Return the labels of each item; a new item begins where their order restarts."""
    labels = _printed_labels(letter.text, region)
    blocks = _grouped(labels)
    is_late = bool(blocks) and blocks[0].first - region.start > _LONGEST_FIRST
    if not blocks or is_late or not all(block.is_whole for block in blocks):
        damaged = _damaged_labels(letter, region, {span.start for _, span in labels})
        if damaged:
            blocks = _grouped(sorted(labels + damaged, key=lambda label: label[1]))
    return blocks


def _grouped(labels: list[tuple[str, Span]]) -> list[Block]:
    blocks: list[Block] = []
    current: dict[str, Span] = {}
    reached = -1
    for name, span in labels:
        rank = _ORDER.index(name)
        if rank <= reached:
            if name == "rationale":
                continue  # the words at the beginning of a line of a rationale
            blocks.append(Block(**current))
            current = {}
        current[name] = span
        reached = rank
    if current:
        blocks.append(Block(**current))
    return blocks


def _printed_labels(text: str, region: Span) -> list[tuple[str, Span]]:
    found: list[tuple[str, Span]] = []
    for word in _END_WORDS:
        at = text.find(word, region.start, region.end)
        while at >= 0:
            label = _label_around(text, region.start, at, at + len(word))
            if label:
                found.append(label)
            at = text.find(word, at + len(word), region.end)
    found.sort(key=lambda label: label[1])
    return found


def _label_around(text: str, lowest: int, word: int, word_end: int) -> tuple[str, Span] | None:
    """Return the label whose last word holds the letters found, None where there is none."""
    end = _LABEL_END.match(text, word_end)
    if end is None:
        return None
    begin = _LABEL_BEGIN.search(text, max(lowest, word - _LONGEST_LABEL), word)
    if begin is None or (begin.lastgroup == "rationale") != (text[word] in "aA"):
        return None
    start = begin.start()
    before = text[max(lowest, start - _REACH_BEFORE) : start]
    before = before[before.rfind("\n") + 1 :]
    if before.strip(" >#-") and not _MAY_STAND_BEFORE.search(before):
        return None
    return begin.lastgroup or "", Span(start, end.end())


def _damaged_labels(letter: LetterText, region: Span, known: set[int]) -> list[tuple[str, Span]]:
    """Return the labels at the beginning of lines that differ from print in some characters."""
    found = []
    for line in letter.lines:
        if line.start < region.start or line.end > region.end or line.start in known:
            continue
        for name, (printed, most) in _PRINTED.items():
            size = len(printed)
            begin = letter.text[line.start : line.start + size].lower()
            if Levenshtein.distance(begin, printed, score_cutoff=most) > most:
                continue
            stop = _LABEL_STOP.search(letter.text, line.start + size - 2, line.start + size + 4)
            found.append((name, Span(line.start, stop.end() if stop else line.start + size)))
            break
    return found
