"""A letter as a tagged PDF through Typst, claiming PDF/UA-1 and PDF/A-2a."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files

import msgspec
import typst

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
from openimr.letters.render.entries import entry_parts

# A PDF/A needs a date. A letter without a decision date gets the first day of
# the programme, which no reader sees; no clock is read here.
_NO_DATE = date(2013, 1, 1)


@cache
def _template() -> bytes:
    return files("openimr.letters.render").joinpath("letter.typ").read_bytes()


def render_pdf(composed: Composed) -> bytes:
    """Return a letter as a PDF with title, language, headings and table headers."""
    dated = composed.dated or _NO_DATE
    data = {
        "title": composed.title,
        "footer": composed.title,
        "date": [dated.year, dated.month, dated.day],
        "blocks": [_data_of(block) for block in composed.blocks],
    }
    return bytes(
        typst.compile(
            _template(),
            sys_inputs={"letter": msgspec.json.encode(data).decode()},
            pdf_standards=["ua-1", "a-2a"],
            ignore_system_fonts=True,
        )
    )


def _data_of(block: Block) -> dict[str, object]:
    match block:
        case Title(text):
            return {"kind": "title", "text": text}
        case Heading(text):
            return {"kind": "heading", "text": text}
        case Banner(text):
            return {"kind": "banner", "text": text}
        case Fields(_, rows, is_table):
            return {"kind": "fields_table" if is_table else "fields_list", "rows": rows}
        case Paragraph(text, lead):
            return {"kind": "paragraph", "text": text, "lead": lead}
        case Documents(entries):
            return {"kind": "documents", "entries": [list(entry_parts(e).values()) for e in entries]}
        case Item(request, outcome):
            return {"kind": "item", "request": request, "outcome": outcome}
        case Bullets(items):
            return {"kind": "bullets", "items": items}
