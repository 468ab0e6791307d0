"""A corrected letter: words of the released one replaced, and nothing that was decided changed."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from openimr.letters.render import compose_version
from openimr.terms.errors import CaseError
from openimr.terms.letter_record import LetterRecord

T = TypeVar("T")

# what a correction never touches
KEPT = frozenset({"outcome", "case_number", "layout", "source", "treatment"})


class CorrectionRefused(CaseError):
    """A correction finds nothing to replace, or touches what it may not."""

    code = "correction_refused"


def corrected(record: LetterRecord, find: str, put: str) -> LetterRecord:
    """Return a letter with words replaced wherever they stand in its texts.

    Raises:
        CorrectionRefused: The words stand nowhere, or the outcome of an item would change.
        LetterNotRenderable: The corrected letter could not be read back as itself.
    """
    find, put = " ".join(find.split()), " ".join(put.split())
    found = _replaced(record, find, put)
    if found == record:
        raise CorrectionRefused(
            asked="Correct the letter",
            found="these words stand nowhere in it.",
            remedy="Copy the words from the letter as it is printed.",
        )
    if [d.outcome for d in found.disputes] != [d.outcome for d in record.disputes]:
        raise CorrectionRefused(
            asked="Correct the letter",
            found="a decision would change.",
            remedy="A decision changes by an appeal alone.",
        )
    compose_version(found, found.issuance)
    return found


def _replaced(value: T, find: str, put: str) -> T:
    """Return a value with words replaced in all of its texts."""
    changed: Any = value
    if type(changed) is str:
        changed = changed.replace(find, put)
    elif isinstance(value, tuple):
        changed = tuple(_replaced(v, find, put) for v in value)
    elif is_dataclass(value) and not isinstance(value, type):
        new = {
            f.name: _replaced(getattr(value, f.name), find, put) for f in fields(value) if f.name not in KEPT
        }
        if any(new[name] != getattr(value, name) for name in new):
            fresh = {"treatment": None} if hasattr(value, "treatment") else {}
            changed = replace(value, **new, **fresh)
    return changed  # type: ignore[no-any-return]  # the same kind of value as came in
