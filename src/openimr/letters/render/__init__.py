"""From a letter's record to a finished letter: text, Markdown, HTML and PDF."""

from openimr.letters.render.html import render_body
from openimr.letters.render.versions import Form, Version, compose_version, render, render_composed

__all__ = ["Form", "Version", "compose_version", "render", "render_body", "render_composed"]
