"""The version of a letter for publication."""

from __future__ import annotations

from dataclasses import replace

from openimr.letters import wording
from openimr.letters.blocks import Block, Composed, Entries, Heading, Paragraph
from openimr.letters.compose import compose
from openimr.letters.redact import redact
from openimr.terms.errors import LetterNotRenderable
from openimr.terms.issuance import Issuance, LetterStatus
from openimr.terms.letter import Letter


def publish(letter: Letter, issuance: Issuance | None = None) -> tuple[Letter, Composed]:
    """Return the letter without what identifies a person, and its blocks.

    What was withheld is listed at the end of the letter, by kind and number.

    Raises:
        LetterNotRenderable: The letter is a draft.
    """
    if issuance is not None and issuance.status is LetterStatus.DRAFT:
        raise LetterNotRenderable(
            asked="Render the letter for publication",
            found="it is a draft, which no physician has adopted.",
            remedy="Publish it when it is adopted.",
        )
    redacted = redact(letter, issuance)
    composed = compose(redacted.letter, redacted.issuance, is_served=False)
    listed = tuple(f"{kind}: {count}" for kind, count in redacted.withheld)
    tail: tuple[Block, ...] = (
        Heading(wording.WITHHELD),
        Entries("Withheld, with the number of places:", listed)
        if listed
        else Paragraph("Nothing had to be withheld."),
    )
    return redacted.letter, replace(
        composed,
        blocks=(*composed.blocks, *tail),
        problems=(*composed.problems, *redacted.problems),
    )
