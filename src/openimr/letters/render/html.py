"""A letter as one HTML page that needs nothing else."""

from __future__ import annotations

from html import escape

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
from openimr.terms.letter import DocumentReviewed

_STYLE = """
body { font: 1.0625rem/1.5 Georgia, "Times New Roman", serif; color: #1b1b1b; background: #fff;
  max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; border-bottom: 2px solid #162e51; padding-bottom: .4rem; }
h2 { font-size: 1.0625rem; letter-spacing: .03em; color: #162e51; margin-top: 2rem; }
h3 { font-size: 1.0625rem; margin: 1.5rem 0 .25rem; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
th, td { border: 1px solid #767676; padding: .35rem .5rem; text-align: left; vertical-align: top; }
th { background: #f0f0f0; }
td p { margin: 0; }
.banner { border: 2px solid #b50909; padding: .75rem 1rem; font-weight: bold; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; }
dt { font-weight: bold; } dd { margin: 0; }
@media print { body { margin: 0; max-width: none; } }
"""
_COLUMNS = ("Document", "Dates", "Pages", "Source and use")


def render_html(composed: Composed) -> str:
    """Return a letter as an HTML page with headings, table headers and a language."""
    body = "\n".join(_html_of(block) for block in composed.blocks)
    return (
        '<!DOCTYPE html>\n<html lang="en-US">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(composed.title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _html_of(block: Block) -> str:
    match block:
        case Title(text):
            return f"<h1>{escape(text)}</h1>"
        case Heading(text):
            return f"<h2>{escape(text)}</h2>"
        case Banner(text):
            return f'<p class="banner" role="note">{escape(text)}</p>'
        case Fields(caption, rows, True):
            return _table(caption, rows)
        case Fields(_, rows, _):
            pairs = "".join(f"<dt>{escape(label)}:</dt><dd>{escape(value)}</dd>" for label, value in rows)
            return f"<dl>{pairs}</dl>"
        case Paragraph(text, lead):
            strong = f"<strong>{escape(lead)}</strong> " if lead else ""
            return f"<p>{strong}{escape(text)}</p>"
        case Documents(entries):
            return _documents(entries)
        case Item(request, outcome):
            return f"<h3>{escape(request)}: {escape(outcome)}</h3>"
        case Bullets(items):
            return "<ul>" + "".join(f"<li>{escape(item)}</li>" for item in items) + "</ul>"


def _table(caption: str, rows: tuple[tuple[str, str], ...]) -> str:
    lines = "\n".join(
        f'<tr><th scope="row">{escape(label)}:</th><td>{escape(value)}</td></tr>' for label, value in rows
    )
    return f"<table>\n<caption>{escape(caption)}</caption>\n<tbody>\n{lines}\n</tbody>\n</table>"


def _documents(entries: tuple[DocumentReviewed, ...]) -> str:
    head = "".join(f'<th scope="col">{column}</th>' for column in _COLUMNS)
    rows = []
    for entry in entries:
        cells = "".join(
            "<td>" + "".join(f"<p>{escape(part)}</p>" for part in parts) + "</td>"
            for parts in entry_parts(entry).values()
        )
        rows.append(f"<tr>{cells}</tr>")
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n" + "\n".join(rows) + "\n</tbody>\n</table>"
