"""The file ``letter.json``: a letter, and under ``issuance`` what stands behind it."""

from __future__ import annotations

from dataclasses import fields

from openimr.formats import from_json, to_json
from openimr.terms.issuance import Issuance
from openimr.terms.letter import Letter
from openimr.terms.letter_record import LetterRecord


def read_record(data: bytes, *, name: str) -> tuple[Letter, Issuance | None]:
    """Return a letter and its issuance from one JSON object.

    The object holds the keys that ``openimr letters parse --json`` prints and
    may hold ``issuance``; ``spans`` is accepted and passed over.

    Args:
        data: The bytes of the file.
        name: How messages name the file.

    Raises:
        FileUnreadable: The bytes are not one JSON object.
        FormatInvalid: A key is unknown, or a value has the wrong type.
    """
    record = from_json(data, LetterRecord, name=name)
    letter = Letter(**{field.name: getattr(record, field.name) for field in fields(Letter)})
    return letter, record.issuance


def record_json(letter: Letter, issuance: Issuance | None) -> bytes:
    """Return a letter and its issuance as the JSON object that ``read_record`` reads."""
    values = {field.name: getattr(letter, field.name) for field in fields(Letter)}
    return to_json(LetterRecord(**values, issuance=issuance))
