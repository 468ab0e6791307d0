"""A letter as plain text and as Markdown."""

from __future__ import annotations

import textwrap

from openimr.letters.blocks import (
    Banner,
    Block,
    Bullets,
    Documents,
    Fields,
    Heading,
    Item,
    Paragraph,
    Title,
)
from openimr.letters.compose import Composed
from openimr.letters.render.entries import entry_line

_WIDTH = 92


def render_text(composed: Composed) -> str:
    """Return a letter as plain text in lines of at most 92 characters."""
    parts = [_text_of(block) for block in composed.blocks]
    return "\n\n".join(parts) + "\n"


def _wrap(text: str, *, indent: str = "") -> str:
    return textwrap.fill(
        text, _WIDTH, break_long_words=False, break_on_hyphens=False, subsequent_indent=indent
    )


def _text_of(block: Block) -> str:
    match block:
        case Title(text):
            return text.upper()
        case Heading(text):
            return text.center(_WIDTH).rstrip()
        case Banner(text):
            return _wrap(f"*** {text} ***")
        case Fields(_, rows, _):
            return "\n".join(_wrap(f"{label}: {value}", indent="    ") for label, value in rows)
        case Paragraph(text, lead):
            return _wrap(f"{lead} {text}" if lead else text)
        case Documents(entries):
            return "\n".join(_wrap(entry_line(entry), indent="    ") for entry in entries)
        case Item(request, outcome):
            return _wrap(f"{request}: {outcome}")
        case Bullets(items):
            return "\n".join(_wrap(f"- {item}", indent="  ") for item in items)


def render_markdown(composed: Composed) -> str:
    """Return a letter as Markdown: bold labels, one paragraph a line."""
    return "\n\n".join(_markdown_of(block) for block in composed.blocks) + "\n"


def _markdown_of(block: Block) -> str:
    match block:
        case Title(text):
            return f"# {text}"
        case Heading(text):
            return f"### {text}"
        case Banner(text):
            return f"**{text}**"
        case Fields(_, rows, _):
            return "\n\n".join(f"**{label}:** {value}" for label, value in rows)
        case Paragraph(text, lead):
            return f"**{lead}** {text}" if lead else text
        case Documents(entries):
            return "\n\n".join(entry_line(entry) for entry in entries)
        case Item(request, outcome):
            return f"**{request}:** {outcome}"
        case Bullets(items):
            return "\n".join(f"- {item}" for item in items)
