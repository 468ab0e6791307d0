"""A letter's record as a finished letter: checked, composed, rendered."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from openimr.letters.blocks import Composed
from openimr.letters.compose import compose
from openimr.letters.publish import publish
from openimr.letters.render.html import render_html
from openimr.letters.render.pdf import render_pdf
from openimr.letters.render.renderable import check_reads_back, check_values, with_treatments
from openimr.letters.render.text import render_markdown, render_text
from openimr.terms.issuance import Issuance
from openimr.terms.letter import Letter


class Form(StrEnum):
    """What a letter can be rendered to."""

    PDF = "pdf"
    HTML = "html"
    TEXT = "txt"
    MARKDOWN = "md"


class Version(StrEnum):
    """For whom a letter is: its parties, or everybody."""

    SERVED = "served"
    PUBLISHED = "published"


_RENDERERS: dict[Form, Callable[[Composed], bytes]] = {
    Form.PDF: render_pdf,
    Form.HTML: lambda composed: render_html(composed).encode(),
    Form.TEXT: lambda composed: render_text(composed).encode(),
    Form.MARKDOWN: lambda composed: render_markdown(composed).encode(),
}


def compose_version(
    letter: Letter, issuance: Issuance | None = None, *, version: Version | str = Version.SERVED
) -> Composed:
    """Return a version of a letter as blocks that read back as that version.

    Its ``problems`` say what the letter does not state, and why.

    Args:
        letter: What the letter says.
        issuance: What stands behind it: proofs, addressees, service, rights.
        version: ``published`` holds nothing that identifies a person.

    Raises:
        LetterNotRenderable: Something in the record cannot be printed and
            read back, or a draft holds an outcome or is to be published.
    """
    letter = with_treatments(letter)
    check_values(letter, issuance)
    if Version(version) is Version.PUBLISHED:
        letter, composed = publish(letter, issuance)
    else:
        composed = compose(letter, issuance)
    check_reads_back(letter, composed)
    return composed


def render(
    letter: Letter,
    issuance: Issuance | None = None,
    *,
    to: Form | str,
    version: Version | str = Version.SERVED,
) -> bytes:
    """Return a letter as a finished file.

    Raises:
        LetterNotRenderable: As ``compose_version``.
    """
    return render_composed(compose_version(letter, issuance, version=version), to=to)


def render_composed(composed: Composed, *, to: Form | str) -> bytes:
    """Return composed blocks as a finished file."""
    return _RENDERERS[Form(to)](composed)
