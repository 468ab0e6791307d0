"""A letter as one HTML page that needs nothing else."""

from __future__ import annotations

from functools import cache
from html import escape
from importlib.resources import files

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
from openimr.letters.wording import DOCUMENT_COLUMNS
from openimr.terms.letter import DocumentReviewed


@cache
def _style() -> str:
    return files("openimr.letters.render").joinpath("letter.css").read_text("utf-8")


def render_html(composed: Composed) -> str:
    """Return a letter as an HTML page with headings, table headers and a language."""
    body = render_body(composed)
    header = f'<p class="draft">{escape(composed.header)}</p>\n' if composed.header else ""
    return (
        '<!DOCTYPE html>\n<html lang="en-US">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(composed.title)}</title>\n<style>\n{_style()}</style>\n</head>\n"
        f"<body>\n{header}<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def render_body(composed: Composed) -> str:
    """Return the blocks of a letter as HTML, to stand inside a page that brings its own style."""
    return "\n".join(_html_of(block) for block in composed.blocks)


def _html_of(block: Block) -> str:
    match block:
        case Letterhead(programme, organization, lines):
            names = [f"<strong>{escape(name)}</strong>" for name in (programme, organization) if name]
            return f'<p class="letterhead">{"<br>".join([*names, *map(escape, lines)])}</p>'
        case Title(text):
            return f"<h1>{escape(text)}</h1>"
        case Heading(text):
            return f"<h2>{escape(text)}</h2>"
        case Banner(text):
            return f'<p class="banner" role="note">{escape(text)}</p>'
        case Fields(caption, rows, is_table):
            return _table(caption, rows) if is_table else _pairs(caption, rows)
        case Paragraph(text, lead):
            strong = f"<strong>{escape(lead)}</strong> " if lead else ""
            return f"<p>{strong}{escape(text)}</p>"
        case Documents(entries):
            return _documents(entries)
        case Item(lead, request):
            return f"<h3>{escape(lead)} {escape(request)}</h3>"
        case Decision(lead, word, meaning):
            strong = escape(f"{lead} {word}".rstrip())
            return f'<p class="decision"><strong>{strong}</strong> {escape(meaning)}</p>'
        case Entries(lead, texts, is_numbered):
            kind = "ol" if is_numbered else "ul"
            items = "".join(f"<li>{escape(text)}</li>" for text in texts)
            return f'<p class="lead"><strong>{escape(lead)}</strong></p>\n<{kind}>{items}</{kind}>'
        case Table():
            return _rows(block)


def _rows(table: Table) -> str:
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in table.head)
    rows = "\n".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in table.rows
    )
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(table.caption)}">\n<table>\n'
        f"<caption>{escape(table.caption)}</caption>\n<thead><tr>{head}</tr></thead>\n"
        f"<tbody>\n{rows}\n</tbody>\n</table>\n</div>"
    )


def _pairs(caption: str, rows: tuple[tuple[str, str], ...]) -> str:
    lead = f'<p class="lead"><strong>{escape(caption)}:</strong></p>\n' if caption else ""
    pairs = "".join(f"<div><dt>{escape(k)}:</dt> <dd>{escape(v)}</dd></div>" for k, v in rows)
    return f"{lead}<dl>{pairs}</dl>"


def _table(caption: str, rows: tuple[tuple[str, str], ...]) -> str:
    lines = "\n".join(
        f'<tr><th scope="row">{escape(label)}:</th><td>{escape(value)}</td></tr>' for label, value in rows
    )
    return f'<table class="case" aria-label="{escape(caption)}">\n<tbody>\n{lines}\n</tbody>\n</table>'


def _documents(entries: tuple[DocumentReviewed, ...]) -> str:
    head = "".join(f'<th scope="col">{column}</th>' for column in DOCUMENT_COLUMNS)
    rows = "\n".join(_document(entry) for entry in entries)
    return f'<table class="documents">\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>'


def _document(entry: DocumentReviewed) -> str:
    cells = "".join(
        "<td>" + "".join(f"<p><span>{label}:</span> {escape(value)}</p>" for label, value in cell) + "</td>"
        for cell in row_cells(entry)
    )
    return f'<tr><th scope="row">{escape(exhibit_of(entry))}</th>{cells}</tr>'
