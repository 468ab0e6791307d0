"""A letter as plain text and as Markdown."""

from __future__ import annotations

import re

from openimr.letters.blocks import (
    Banner,
    Block,
    Composed,
    Decision,
    Documents,
    Entries,
    Fields,
    Heading,
    Item,
    Letterhead,
    Paragraph,
    Table,
    Title,
)
from openimr.letters.document_table import exhibit_of, row_cells, row_line
from openimr.letters.wording import DOCUMENT_COLUMNS
from openimr.terms.letter import DocumentReviewed

_WIDTH = 92


def render_text(composed: Composed) -> str:
    """Return a letter as plain text in lines of at most 92 characters, longer words whole."""
    return "\n\n".join(_text_of(block) for block in composed.blocks) + "\n"


def _wrap(text: str, *, indent: str = "", first: str = "") -> str:
    """Return folded text in lines that end at blanks only; a longer word has a line to itself."""
    lines: list[str] = []
    words: list[str] = []
    room = _WIDTH - len(first)
    for word in text.split(" "):
        if words and len(word) > room:
            lines.append(" ".join(words))
            words, room = [], _WIDTH - len(indent)
        words.append(word)
        room -= len(word) + 1
    lines.append(" ".join(words))
    return first + f"\n{indent}".join(lines)


def _centred(lines: list[str]) -> str:
    return "\n".join(line.center(_WIDTH).rstrip() for text in lines for line in _wrap(text).split("\n"))


def _text_of(block: Block) -> str:
    match block:
        case Letterhead(programme, organization, lines):
            return _centred([line for line in (programme, organization, *lines) if line])
        case Title(text):
            return _centred([text.upper(), "=" * len(text)])
        case Heading(text):
            return f"{text}\n{'-' * len(text)}"
        case Banner(text):
            return f"{'=' * _WIDTH}\n{_wrap(text)}\n{'=' * _WIDTH}"
        case Fields(caption, rows, is_table):
            pairs = [_wrap(f"{label}: {value}", indent="    ", first="  ") for label, value in rows]
            return "\n".join([f"{caption}:", *pairs] if caption and not is_table else pairs)
        case Paragraph(text, lead):
            return _wrap(f"{lead} {text}" if lead else text)
        case Documents(entries):
            return "\n".join(_wrap(row_line(entry), indent="    ", first="  ") for entry in entries)
        case Item(lead, request):
            return _wrap(f"{lead} {request}")
        case Decision(lead, word, meaning):
            return _wrap(f"{lead} {word} {meaning}".replace("  ", " "))
        case Entries(lead, texts, is_numbered):
            mark = "" if is_numbered else "- "
            return "\n".join([lead, *(_wrap(mark + text, indent="    ", first="  ") for text in texts)])
        case Table(caption, head, rows):
            told = ["; ".join(f"{h}: {c}" for h, c in zip(head, row, strict=True)) for row in rows]
            return "\n".join([f"{caption}:", *(_wrap(line, indent="    ", first="  ") for line in told)])


def render_markdown(composed: Composed) -> str:
    """Return a letter as Markdown: headings, tables, bold labels, one paragraph a line."""
    return "\n\n".join(_markdown_of(block) for block in composed.blocks) + "\n"


_SPECIAL = re.compile(r"[\\`*_|<>\[\]~&]|^#|#(?=[#\s]|$)")


def _escaped(text: str) -> str:
    """Return a text in which no character is a mark of Markdown."""
    return _SPECIAL.sub(lambda mark: "\\" + mark.group(0), text)


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _markdown_of(block: Block) -> str:
    match block:
        case Letterhead(programme, organization, lines):
            names = [f"**{_escaped(name)}**" for name in (programme, organization) if name]
            return "  \n".join([*names, *map(_escaped, lines)])
        case Title(text):
            return f"# {_escaped(text)}"
        case Heading(text):
            return f"## {_escaped(text)}"
        case Banner(text):
            return f"**{_escaped(text)}**"
        case Fields(caption, rows, is_table):
            return _markdown_fields(caption, rows, is_table=is_table)
        case Paragraph(text, lead):
            return f"**{_escaped(lead)}** {_escaped(text)}" if lead else _escaped(text)
        case Documents(entries):
            return _markdown_documents(entries)
        case Item(lead, request):
            return f"### {lead} {_escaped(request)}"
        case Decision(lead, word, meaning):
            return f"**{f'{lead} {word}'.rstrip()}** {meaning}"
        case Entries(lead, texts, is_numbered):
            marks = "" if is_numbered else "- "
            joint = "\n\n" if is_numbered else "\n"
            return f"**{_escaped(lead)}**\n\n" + joint.join(marks + _escaped(text) for text in texts)
        case Table(caption, head, rows):
            table = [_row([_escaped(c) for c in head]), _row(["---"] * len(head))]
            table += [_row([_escaped(c) for c in row]) for row in rows]
            return f"**{_escaped(caption)}**\n\n" + "\n".join(table)


def _markdown_fields(caption: str, rows: tuple[tuple[str, str], ...], *, is_table: bool) -> str:
    if is_table:
        head = _row([f"{_escaped(label)}:" for label, _ in rows])
        return "\n".join([head, _row(["---"] * len(rows)), _row([_escaped(value) for _, value in rows])])
    lines = [f"**{_escaped(label)}:** {_escaped(value)}" for label, value in rows]
    return "\n\n".join([f"**{caption}:**", *lines] if caption else lines)


def _markdown_documents(entries: tuple[DocumentReviewed, ...]) -> str:
    lines = [_row(list(DOCUMENT_COLUMNS)), _row(["---"] * len(DOCUMENT_COLUMNS))]
    for entry in entries:
        cells = [
            "<br>".join(f"{label}: {_escaped(value)}" for label, value in cell) for cell in row_cells(entry)
        ]
        lines.append(_row([_escaped(exhibit_of(entry)), *cells]))
    return "\n".join(lines)
