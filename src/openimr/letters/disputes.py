"""The disputed items of a letter: heading, outcome, both sides' guidelines, rationale.

Letters since 2014 print each item as a heading that ends in ": Upheld" or
": Overturned", two guideline lines and a rationale. Where a heading begins is
the hard part: nothing but type or a blank line parts it from the rationale
before it, and extractors lose both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from openimr.letters.citations import read_citations
from openimr.letters.reading import Reading
from openimr.letters.source import Line
from openimr.terms.letter import LetterDispute, Outcome
from openimr.terms.places import Span
from openimr.terms.problem import Severity
from openimr.vocabulary.requests import parse_request

INTRODUCTION = re.compile(r"disputed\s+items/services\s+set\s+forth\s+below\s*:?", re.IGNORECASE)
# One pattern for the three labels would try every letter of the text; the words
# that end them are rare, so those are sought first and what stands before them read.
_LABEL_END = re.compile(r"(?:[Gg]uidelines?|[Rr]ationale|GUIDELINES?|RATIONALE)\s*:")
_LABEL_BEGIN = re.compile(
    r"(?:(?P<payer>Claims\s+Administrator(?:'s)?)"
    r"|(?P<reviewer>\b(?:MAXIMUS|IMRO|Expert\s+Reviewer|Reviewer)(?:'s)?)|(?P<rationale>\bDecision))\s+$",
    re.IGNORECASE,
)
_LONGEST_LABEL = 40
_OUTCOME = re.compile(
    r"(?P<mark>\s*[:;\u2013\u2014-]\s*|\s+)(?P<outcome>Upheld|Overturned\s+in\s+part|Overturned"
    r"|Partially\s+Overturned|Partially\s+Upheld|Not\s+decided)\s*\.?\s*$",
    re.IGNORECASE,
)
_OUTCOMES = {
    "upheld": Outcome.UPHELD,
    "overturned": Outcome.OVERTURNED,
    "overturned in part": Outcome.OVERTURNED_IN_PART,
    "partially overturned": Outcome.OVERTURNED_IN_PART,
    "partially upheld": Outcome.OVERTURNED_IN_PART,
    "not decided": None,
}
_SENTENCE_END = re.compile(r"[.?!][\"”’')\]]*$")
# A partly approved heading is three sentences; its later ones begin so.
_LATER_SENTENCE = re.compile(
    r"^(?:The\s+Claims\s+Administrator\s+authorized|The\s+remaining\s+IMR\s+eligible|The\s+original\s+request)"
    r"|^.{0,400}?authorized\s+by\s+the\s+Claims\s+Administrator",
    re.IGNORECASE | re.DOTALL,
)
_FIRST_SENTENCE = re.compile(r"(?:was|were)\s+the\s+original\s+request", re.IGNORECASE)
# Words of a rationale, never of a request: the heading was cut too early.
_RATIONALE_WORDS = re.compile(
    r"medically\s+necessary|medical\s+necessity|\bis\s+not\s+(?:supported|recommended|indicated)\b"
    r"|\b(?:the|this)\s+request\s+(?:for|is)\b|\btherefore\b|\bguidelines?\s+(?:state|recommend)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Block:
    """The labels of one disputed item; each is None where it is missing."""

    first: int
    payer: Span | None
    reviewer: Span | None
    rationale: Span | None


def read_disputes(reading: Reading, region: Span) -> tuple[LetterDispute, ...]:
    """Return the disputed items of the section that decides them, in order."""
    text = reading.text.text
    introduction = INTRODUCTION.search(text, region.start, region.end)
    begin = introduction.end() if introduction else region.start
    blocks = _find_blocks(text, Span(begin, region.end))
    if not blocks:
        reading.problem(
            "disputes.missing",
            "disputes",
            "No disputed item could be found in the section that decides them.",
            remedy="Check that the letter is complete.",
            at=Span(region.start, min(region.end, region.start + 80)),
        )
    disputes = []
    for index, block in enumerate(blocks):
        next_first = blocks[index + 1].first if index + 1 < len(blocks) else None
        dispute, begin = _read_one(reading, index, block, begin, next_first, region.end)
        disputes.append(dispute)
    return tuple(disputes)


def _find_blocks(text: str, region: Span) -> list[_Block]:
    """Group the three labels of each item; a new item begins where the order restarts."""
    order = ("payer", "reviewer", "rationale")
    blocks: list[_Block] = []
    current: dict[str, Span] = {}
    for name, span in _find_labels(text, region):
        if any(order.index(seen) >= order.index(name) for seen in current):
            if name == "rationale":
                continue  # the words inside a rationale, not a label
            blocks.append(_block(current))
            current = {}
        current[name] = span
    if current:
        blocks.append(_block(current))
    return blocks


def _find_labels(text: str, region: Span) -> Iterator[tuple[str, Span]]:
    for end in _LABEL_END.finditer(text, region.start, region.end):
        lowest = max(region.start, end.start() - _LONGEST_LABEL)
        begin = _LABEL_BEGIN.search(text, lowest, end.start())
        is_rationale = end.group(0)[0] in "Rr"
        if begin and (begin.lastgroup == "rationale") == is_rationale:
            yield begin.lastgroup or "", Span(begin.start(), end.end())


def _block(labels: dict[str, Span]) -> _Block:
    return _Block(
        first=min(span.start for span in labels.values()),
        payer=labels.get("payer"),
        reviewer=labels.get("reviewer"),
        rationale=labels.get("rationale"),
    )


def _read_one(
    reading: Reading, index: int, block: _Block, begin: int, next_first: int | None, end: int
) -> tuple[LetterDispute, int]:
    """Return one item, and where the search for the next heading begins."""
    path = f"disputes.{index}"
    request, outcome = _read_heading(reading, path, begin, block.first)
    after_payer = block.reviewer or block.rationale
    rationale_end = end if next_first is None else _heading_start(reading, block, next_first)
    after_reviewer = block.rationale.start if block.rationale else rationale_end
    payer_end = after_payer.start if after_payer else rationale_end
    payer = _basis(reading, f"{path}.payer_basis", block.payer, payer_end)
    reviewer = _basis(reading, f"{path}.reviewer_basis", block.reviewer, after_reviewer)
    rationale = None
    if block.rationale:
        rationale = reading.keep(f"{path}.rationale", block.rationale.end, rationale_end)
    if rationale is None:
        reading.problem(
            "dispute.rationale_missing",
            f"{path}.rationale",
            f"Item {index + 1} has no rationale.",
            remedy="Check the letter; every decision must give its clinical reasons.",
            at=Span(block.first, block.first),
        )
    dispute = LetterDispute(
        request=request,
        treatment=parse_request(request) if request else None,
        outcome=outcome,
        payer_basis=payer,
        reviewer_basis=reviewer,
        rationale=rationale,
    )
    return dispute, rationale_end


def _basis(reading: Reading, path: str, label: Span | None, end: int):  # type: ignore[no-untyped-def]
    if label is None:
        reading.problem(
            "dispute.basis_missing",
            path,
            "The guideline line of this side is missing.",
            remedy="Check the letter; each side's guidelines must be named.",
        )
        return None
    return read_citations(reading, path, label.end, end)


def _read_heading(
    reading: Reading, path: str, begin: int, label_start: int
) -> tuple[str | None, Outcome | None]:
    """Return the request and the outcome that stand before the first label of an item."""
    text = reading.text.text
    match = _OUTCOME.search(text, begin, label_start)
    span = reading.text.trimmed(begin, match.start() if match else label_start)
    if match is None:
        reading.problem(
            "dispute.outcome_unreadable",
            f"{path}.outcome",
            'The heading of the item does not end in ": Upheld" or ": Overturned".',
            remedy="Read the outcome in the letter and enter it by hand.",
            at=reading.text.trimmed(max(span.start, label_start - 120), label_start),
        )
        outcome = None
    else:
        outcome = _OUTCOMES[" ".join(match["outcome"].lower().split())]
        reading.spans[f"{path}.outcome"] = Span(*match.span("outcome"))
    request = reading.keep(f"{path}.request", span.start, span.end)
    if request is not None and _RATIONALE_WORDS.search(request):
        del reading.spans[f"{path}.request"]
        reading.problem(
            "dispute.request_uncertain",
            f"{path}.request",
            "Where the heading of the item begins cannot be told from the rationale before it.",
            remedy="Read the request in the letter and enter it by hand.",
            at=span,
        )
        request = None
    elif request is None:
        reading.problem(
            "dispute.request_missing",
            f"{path}.request",
            "The item has no heading.",
            remedy="Read the request in the letter and enter it by hand.",
            at=Span(label_start, label_start),
        )
    return request, outcome


def _heading_start(reading: Reading, block: _Block, next_first: int) -> int:
    """Return where the heading before ``next_first`` begins.

    The heading is the last paragraph before the label. Bold type tells where
    it begins, then a blank line, then the end of the sentence before it.
    """
    letter = reading.text
    floor = block.rationale.end if block.rationale else block.first
    lowest = letter.line_at(floor)
    index = letter.line_at(next_first - 1)
    if letter.lines[index].start >= next_first:
        index -= 1
    last = index
    if letter.knows_bold and letter.lines[index].is_bold:
        while index > lowest + 1 and letter.lines[index - 1].is_bold:
            index -= 1
        return max(floor, letter.lines[index].start)
    while index > lowest + 1 and not _begins_paragraph(reading, index, last):
        index -= 1
    return max(floor, letter.lines[index].start)


def _begins_paragraph(reading: Reading, index: int, last: int) -> bool:
    """Whether the heading that ends on line ``last`` begins on line ``index``."""
    letter = reading.text
    line: Line = letter.lines[index]
    if line.has_gap_before:
        return True
    before = letter.lines[index - 1]
    if not _SENTENCE_END.search(letter.text[before.start : before.end]):
        return False
    heading = letter.text[line.start : letter.lines[last].end]
    if _LATER_SENTENCE.match(heading) and not _FIRST_SENTENCE.search(heading):
        return False
    if _SENTENCE_CONTINUES.match(heading):
        return False
    return True


# "…200 mg approx." at a line's end is no sentence end when the next line goes on.
_SENTENCE_CONTINUES = re.compile(r"^(?:[a-z]|[,;:)#]|\d+\.\d)")
