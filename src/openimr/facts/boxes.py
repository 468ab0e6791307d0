"""Forms with boxes: what stands behind an unticked box is not said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_BOX = re.compile(r"\[[ \t_]?\]|\([ \t_]\)|[☐□❏❑▢]|\[[xX✓✔]\]|\([xX✓✔]\)|[☒☑]")
_MARKS = "[(☐□❏❑▢☒☑"
_TICKED = re.compile(r"[xX✓✔☒☑]")
_ANSWER = re.compile(r"[ \t]*(yes|no|y|n)\b[ \t:.]*", re.IGNORECASE)
# A ticked box begins a line of its own, in as many characters as the box has.
_NEW_LINE = {3: "\n- ", 1: "\n"}


def only_ticked(text: str) -> str:
    r"""Return a page with blanks for what its unticked boxes offer, every offset as it was.

    A ticked box begins a line of its own, so that nothing in one option is
    said of the next. Where boxes answer a question ("Diabetes [ ] Yes [X] No")
    the question stays only where its yes is ticked: this says less than the
    form, never more.

    Example:
        >>> only_ticked("[X] Asthma [ ] Stroke [X] Modified work")
        '\n-  Asthma            \n-  Modified work'
    """
    if not any(mark in text for mark in _MARKS):
        return text
    lines = text.splitlines(keepends=True)
    return "".join(_of_line(line) if _BOX.search(line) else line for line in lines)


def _of_line(line: str) -> str:
    boxes = list(_BOX.finditer(line))
    if all(_ANSWER.match(line, box.end()) for box in boxes):
        return _blanked(line, _unanswered(line, boxes))
    ticked = [_TICKED.search(box.group()) is not None for box in boxes]
    offered = zip(_offers(line, boxes), ticked, strict=True)
    kept = _blanked(line, (span for span, is_on in offered if not is_on))
    pieces: list[str] = []
    reached = 0
    for box, is_on in zip(boxes, ticked, strict=True):
        if is_on:
            pieces += (kept[reached : box.start()], _NEW_LINE[len(box.group())])
            reached = box.end()
    return "".join((*pieces, kept[reached:]))


def _offers(line: str, boxes: list[re.Match[str]]) -> list[tuple[int, int]]:
    """Return the span of each box with what it offers: the words behind it, or those before it.

    They stand before it where the line begins with words and ends with a box.
    """
    first, last = boxes[0].start(), boxes[-1].end()
    if line[:first].strip() and not line[last:].strip():
        starts = [0, *(box.end() for box in boxes[:-1])]
        return [(start, box.end()) for start, box in zip(starts, boxes, strict=True)]
    ends = [*(box.start() for box in boxes[1:]), len(line.rstrip("\r\n"))]
    return [(box.start(), end) for box, end in zip(boxes, ends, strict=True)]


def _blanked(line: str, spans: Iterable[tuple[int, int]]) -> str:
    characters = list(line)
    for start, end in spans:
        characters[start:end] = " " * (end - start)
    return "".join(characters)


def _unanswered(line: str, boxes: list[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """Yield the spans of boxes with their answers, and of the questions whose yes is not ticked.

    The question stands in front of its boxes; where the line begins with a
    box, it stands behind them.
    """
    groups: list[list[re.Match[str]]] = []
    for box in boxes:
        if groups and not line[_answered_at(line, groups[-1][-1]) : box.start()].strip():
            groups[-1].append(box)
        else:
            groups.append([box])
    starts = [group[0].start() for group in groups]
    ends = [_answered_at(line, group[-1]) for group in groups]
    yield from zip(starts, ends, strict=True)
    leads = bool(line[: starts[0]].strip())
    questions = (
        zip([0, *ends], starts, strict=False)
        if leads
        else zip(ends, [*starts[1:], len(line.rstrip("\r\n"))], strict=True)
    )
    for group, question in zip(groups, questions, strict=True):
        if not any(_says_yes(line, box) for box in group):
            yield question


def _answered_at(line: str, box: re.Match[str]) -> int:
    """Return where the yes or no behind a box ends."""
    answer = _ANSWER.match(line, box.end())
    return answer.end() if answer else box.end()


def _says_yes(line: str, box: re.Match[str]) -> bool:
    answer = _ANSWER.match(line, box.end())
    is_yes = answer is not None and answer.group(1).lower().startswith("y")
    return is_yes and _TICKED.search(box.group()) is not None
