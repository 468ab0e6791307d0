"""The version of a letter for publication."""

from __future__ import annotations

from dataclasses import replace

from openimr.letters.blocks import Block, Bullets, Heading, Paragraph
from openimr.letters.compose import Composed, compose
from openimr.letters.redact import redact
from openimr.terms.issuance import Issuance
from openimr.terms.letter import Letter


def compose_published(letter: Letter, issuance: Issuance | None = None) -> Composed:
    """Return the version for publication: nothing that identifies a person.

    What was withheld is listed at the end of the letter, by kind and number.
    """
    redacted = redact(letter, issuance)
    composed = compose(redacted.letter, redacted.issuance)
    listed = tuple(f"{kind}: {count}" for kind, count in redacted.withheld)
    tail: tuple[Block, ...] = (
        Heading("WITHHELD FOR PUBLICATION"),
        Bullets(listed) if listed else Paragraph("Nothing had to be withheld."),
    )
    return replace(
        composed,
        blocks=(*composed.blocks, *tail),
        problems=(*composed.problems, *redacted.problems),
    )
