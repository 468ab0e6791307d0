"""A letter as a tagged PDF through Typst, claiming PDF/UA-1 and PDF/A-2a."""

from __future__ import annotations

import threading
from datetime import date
from functools import cache
from importlib.resources import files

import msgspec
import typst

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
from openimr.letters.document_table import exhibit_of, row_cells
from openimr.letters.render.runs import Run, runs, width_em
from openimr.letters.wording import DOCUMENT_COLUMNS
from openimr.terms.letter import DocumentReviewed

# A PDF/A needs a date. A letter without a decision date gets the first day of
# the programme, which no reader sees; no clock is read here.
_NO_DATE = date(2013, 1, 1)
# Widths in ems of the type that is set there, a little less than letter.typ gives.
_BODY_EM = 38.0
_VALUE_EM = 26.0
# A table of a report: its whole width, and what a cell loses at its sides.
_TABLE_EM = 54.0
_INSET_EM = 1.3
_COLUMN_EM = (15.0, 11.0, 5.0, 9.0)


class _Compilers(threading.local):
    """One compiler a thread: it keeps its fonts and what it has set before."""

    def __init__(self) -> None:
        self.compiler = typst.Compiler(ignore_system_fonts=True)


_compilers = _Compilers()


@cache
def _template() -> bytes:
    return files("openimr.letters.render").joinpath("letter.typ").read_bytes()


def render_pdf(composed: Composed) -> bytes:
    """Return a letter as a PDF with title, language, headings and table headers."""
    dated = composed.dated or _NO_DATE
    data = {
        "title": composed.title,
        "header": composed.header,
        "footer": composed.footer,
        "date": [dated.year, dated.month, dated.day],
        "blocks": [_data_of(block) for block in composed.blocks],
    }
    pdf = _compilers.compiler.compile(
        input=_template(),
        format="pdf",
        sys_inputs={"letter": msgspec.json.encode(data).decode()},
        pdf_standards=["ua-1", "a-2a"],
    )
    assert isinstance(pdf, bytes)
    return pdf


def _body(text: str) -> list[Run]:
    return runs(text, most_em=_BODY_EM)


def _data_of(block: Block) -> dict[str, object]:
    match block:
        case Letterhead(programme, organization, lines):
            return {
                "kind": "letterhead",
                "programme": _body(programme or ""),
                "organization": _body(organization or ""),
                "lines": [_body(line) for line in lines],
            }
        case Title(text):
            return {"kind": "title", "text": text}
        case Heading(text):
            return {"kind": "heading", "text": text}
        case Banner(text):
            return {"kind": "banner", "text": text}
        case Fields(caption, rows, is_table):
            kind = "fields_table" if is_table else "fields_list"
            return {"kind": kind, "caption": caption, "rows": [_field(*row) for row in rows]}
        case Paragraph(text, lead):
            return {"kind": "paragraph", "text": _body(text), "lead": lead}
        case Documents(entries):
            return {
                "kind": "documents",
                "columns": DOCUMENT_COLUMNS,
                "entries": list(map(_document, entries)),
            }
        case Item(lead, request):
            return {"kind": "item", "text": _body(f"{lead} {request}")}
        case Decision(lead, word, meaning):
            return {"kind": "decision", "word": f"{lead} {word}".rstrip(), "meaning": meaning}
        case Entries(lead, texts, is_numbered):
            kind = "numbered" if is_numbered else "bullets"
            return {"kind": kind, "lead": lead, "texts": [_body(text) for text in texts]}
        case Table(caption, head, rows):
            shares = _shares(head, rows)
            most = [_TABLE_EM * share - _INSET_EM for share in shares]
            cells = [[runs(c, most_em=m) for c, m in zip(row, most, strict=True)] for row in rows]
            return {"kind": "table", "caption": caption, "head": head, "rows": cells, "shares": shares}


def _shares(head: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> list[float]:
    """Return how much of the width each column of a table gets: its longest word, more for long cells."""
    least, more = [], []
    for column in zip(head, *rows, strict=True):
        word = max(width_em(w) for cell in column for w in cell.split() or [""])
        least.append(word + _INSET_EM)
        more.append(max(1.0, 0.5 * min(60, max(map(len, column))) - word))
    room = max(0.0, _TABLE_EM - sum(least))
    widths = [a + room * b / sum(more) for a, b in zip(least, more, strict=True)]
    return [width / sum(widths) for width in widths]


def _field(label: str, value: str) -> tuple[list[Run], list[Run]]:
    return runs(f"{label}:", most_em=_VALUE_EM), runs(value, most_em=_VALUE_EM)


def _document(entry: DocumentReviewed) -> dict[str, object]:
    cells = [
        [(f"{label}:", runs(value, most_em=most)) for label, value in cell]
        for cell, most in zip(row_cells(entry), _COLUMN_EM, strict=True)
    ]
    return {"exhibit": runs(exhibit_of(entry), most_em=_COLUMN_EM[1]), "cells": cells}
