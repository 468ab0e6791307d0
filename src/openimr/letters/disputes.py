"""The disputed items of a letter: heading, outcome, both sides' guidelines, rationale.

Letters since 2014 print each item as a heading that ends in ": Upheld" or
": Overturned", two guideline lines and a rationale.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from openimr.letters.citations import read_citations
from openimr.letters.headings import Heading, find_heading, find_outcome_line
from openimr.letters.labels import Block, find_blocks
from openimr.letters.reading import Reading
from openimr.terms.citation import Citation
from openimr.terms.letter import LetterDispute, Outcome
from openimr.terms.places import Span
from openimr.terms.problem import Severity
from openimr.vocabulary.requests import parse_request

INTRODUCTION = re.compile(r"disputed\s+items/services\s+set\s+forth\s+below\s*[:;.,]?", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.?!][\"”’')\]]*$")
_BY_HAND = "Read it in the letter and enter it by hand."


def read_disputes(reading: Reading, region: Span) -> tuple[LetterDispute, ...]:
    """Return the disputed items of the section that decides them, in order."""
    letter = reading.text
    introduction = INTRODUCTION.search(letter.text, region.start, region.end)
    begin = introduction.end() if introduction else region.start
    blocks = find_blocks(letter, Span(begin, region.end))
    if not blocks:
        reading.problem(
            "disputes.missing",
            "disputes",
            "No disputed item could be found in the section that decides them.",
            remedy="Check that the letter is complete.",
            at=Span(region.start, min(region.end, region.start + 80)),
        )
        return ()
    headings = [find_heading(letter, begin, blocks[0].first, is_first=introduction is not None)]
    for before, block in pairwise(blocks):
        headings.append(find_heading(letter, before.last_end, block.first, is_first=False))
    ends = [heading.lowest for heading in headings[1:]]
    are_sure = [heading.start is not None for heading in headings[1:]]
    items = zip(headings, blocks, [*ends, region.end], [*are_sure, True], strict=True)
    return tuple(
        _read_one(reading, index, heading, block, end, is_sure=is_sure)
        for index, (heading, block, end, is_sure) in enumerate(items)
    )


def _read_one(
    reading: Reading, index: int, heading: Heading, block: Block, end: int, *, is_sure: bool
) -> LetterDispute:
    """Return one item; ``end`` is where the next one begins, if ``is_sure``."""
    path = f"disputes.{index}"
    request = _request(reading, path, heading)
    reviewer_end = block.rationale.start if block.rationale else None
    payer_end = block.reviewer.start if block.reviewer else None
    outcome = _outcome(reading, path, heading)
    rationale = _rationale(reading, path, block, end, is_sure=is_sure)
    _check_conclusion(reading, path, outcome, rationale)
    return LetterDispute(
        request=request,
        treatment=_treatment(request) if request else None,
        outcome=outcome,
        payer_basis=_basis(reading, f"{path}.payer_basis", block.payer, payer_end),
        reviewer_basis=_basis(reading, f"{path}.reviewer_basis", block.reviewer, reviewer_end),
        rationale=rationale,
    )


# The same requests come again and again in a stream of letters.
_treatment = lru_cache(maxsize=4096)(parse_request)


def _request(reading: Reading, path: str, heading: Heading) -> str | None:
    if heading.start is not None:
        request = reading.keep(f"{path}.request", heading.start, heading.request_end)
        if request is not None:
            return request
        reading.problem(
            "dispute.request_missing",
            f"{path}.request",
            "The item has no heading.",
            remedy=_BY_HAND,
            at=Span(heading.request_end, heading.request_end),
        )
        return None
    reading.problem(
        "dispute.request_uncertain",
        f"{path}.request",
        "Where the heading of the item begins or ends cannot be told from the text around it.",
        remedy=_BY_HAND,
        at=reading.text.trimmed(max(heading.lowest, heading.request_end - 200), heading.request_end),
    )
    return None


def _outcome(reading: Reading, path: str, heading: Heading) -> Outcome | None:
    """Return the outcome; None where its word is missing, damaged or one of two."""
    if heading.outcome_at is None or heading.is_outcome_damaged:
        reading.problem(
            "dispute.outcome_unreadable",
            f"{path}.outcome",
            'The heading of the item does not end in ": Upheld" or ": Overturned" alone.',
            remedy=_BY_HAND,
            at=heading.outcome_at
            or reading.text.trimmed(max(heading.lowest, heading.request_end - 120), heading.request_end),
        )
        return None
    reading.spans[f"{path}.outcome"] = heading.outcome_at
    return heading.outcome


# The plain forms of a conclusion; indirect ones, whose polarity can be the
# other one, are not looked at.
_CONCLUSION = re.compile(
    r"\b(?:is|are|was|were)\s+(?:(?P<not>not)\s+)?(?:considered\s+|deemed\s+|determined\s+to\s+be\s+)?"
    r"(?P<not_later>not\s+)?medically\s+necessary(?:\s+and\s+appropriate)?\W*$",
    re.IGNORECASE,
)
_OTHER_NEGATION = re.compile(
    r"\b(?:no|not|cannot|never|neither|nor|without|un\w+|insufficient)\b|n['’]t\b", re.IGNORECASE
)


def _check_conclusion(reading: Reading, path: str, outcome: Outcome | None, rationale: str | None) -> None:
    """Warn where the last sentence of a rationale plainly says the opposite of the heading."""
    if rationale is None or outcome not in (Outcome.UPHELD, Outcome.OVERTURNED):
        return
    last = rationale[-300:]
    sentence = last[max(last.rfind(". ", 0, -2), last.rfind("? ", 0, -2)) + 1 :]
    if ("not" in sentence) == (outcome is Outcome.UPHELD):
        return  # most conclusions agree, and one look at the word tells
    match = _CONCLUSION.search(sentence)
    if match is None or _OTHER_NEGATION.search(sentence, 0, match.start()):
        return
    denies = bool(match["not"] or match["not_later"])
    if denies != (outcome is Outcome.UPHELD):
        reading.problem(
            "dispute.outcome_contradicts",
            f"{path}.outcome",
            "The last sentence of the rationale says the opposite of the heading.",
            remedy="Ask the review organization which of the two is meant.",
            at=reading.spans.get(f"{path}.outcome"),
            severity=Severity.WARNING,
        )


def _basis(reading: Reading, path: str, label: Span | None, end: int | None) -> tuple[Citation, ...] | None:
    """Return the citations between a label and the next; None where either is missing."""
    if label is None:
        reading.problem(
            "dispute.basis_missing",
            path,
            "The guideline line of this side is missing.",
            remedy="Check the letter; each side's guidelines must be named.",
        )
        return None
    if end is None:
        reading.problem(
            "dispute.basis_uncertain",
            path,
            "Where the guideline line of this side ends cannot be told, since the next label is missing.",
            remedy=_BY_HAND,
            at=label,
        )
        return None
    return read_citations(reading, path, label.end, end)


def _rationale(reading: Reading, path: str, block: Block, end: int, *, is_sure: bool) -> str | None:
    """Return the rationale; None where it is missing or its end is in doubt."""
    field = f"{path}.rationale"
    if block.rationale is None:
        reading.problem(
            "dispute.rationale_missing",
            field,
            "The item has no rationale that could be found.",
            remedy="Check the letter; every decision must give its clinical reasons.",
            at=Span(block.first, block.first),
        )
        return None
    hidden = find_outcome_line(reading.text.text, block.rationale.end, end)
    if hidden is not None:
        reading.problem(
            "disputes.hidden",
            "disputes",
            "A line of a rationale ends like the heading of an item, so an item may be missing here.",
            remedy="Compare the items with the letter.",
            at=Span(*hidden.span("outcome")),
        )
    if hidden is not None or not is_sure:
        reading.problem(
            "dispute.rationale_uncertain",
            field,
            "Where the rationale ends and the next heading begins cannot be told.",
            remedy=_BY_HAND,
            at=block.rationale,
        )
        return None
    return _kept_rationale(reading, field, block.rationale, end)


def _kept_rationale(reading: Reading, field: str, label: Span, end: int) -> str | None:
    """Return the rationale behind its label, after looking whether anything of it is missing."""
    rationale = reading.keep(field, label.end, end)
    if rationale is None:
        reading.problem(
            "dispute.rationale_missing",
            field,
            "The item has no rationale behind its label.",
            remedy="Check the letter; every decision must give its clinical reasons.",
            at=label,
        )
    elif not _SENTENCE_END.search(rationale[-8:]):
        reading.problem(
            "dispute.rationale_cut",
            field,
            "The rationale does not end with a sentence, so the letter may be cut there.",
            remedy="Check that the letter is complete.",
            at=Span(max(label.end, end - 60), end),
            severity=Severity.WARNING,
        )
    return rationale
