"""From a letter's blocks to text, Markdown, HTML and PDF."""

from openimr.letters.render.html import render_html
from openimr.letters.render.pdf import render_pdf
from openimr.letters.render.text import render_markdown, render_text

__all__ = ["render_html", "render_markdown", "render_pdf", "render_text"]
