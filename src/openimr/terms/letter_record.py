"""The file ``letter.json``: a letter and what stands behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from openimr.terms.issuance import Issuance
from openimr.terms.letter import Letter


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRecord(Letter):
    """The keys of a letter, with two more that a file may hold.

    ``issuance`` is what stands behind the letter: proofs, addressees, service,
    rights. ``spans`` tells where a parsed letter's values were read from; it
    is accepted, since parsing prints it, and not used for printing.
    """

    issuance: Issuance | None = None
    spans: dict[str, Any] | None = None
