"""Quantities of a partial approval: what was asked, what was allowed, what remains in dispute."""

from __future__ import annotations

import re

from openimr.terms.case import CaseDispute
from openimr.terms.treatment import Quantity

_PRINTED = re.compile(r"#?\s*(?P<count>\d+(?:[.,]\d+)?)\s*(?P<unit>[a-z][a-z -]*)?", re.IGNORECASE)


def read_quantity(words: str | None) -> Quantity | None:
    """Return a quantity as papers print it, None where the words are no single count.

    Example:
        >>> read_quantity("12 sessions"), read_quantity("#90"), read_quantity("as needed")
        (Quantity(count=12.0, unit='sessions'), Quantity(count=90.0, unit=None), None)
    """
    match = _PRINTED.fullmatch(words.strip()) if words is not None else None
    if match is None:
        return None
    unit = match["unit"]
    return Quantity(float(match["count"].replace(",", "")), unit.strip().lower() if unit else None)


def quantity_words(quantity: Quantity) -> str:
    """Return a quantity as papers print it.

    Example:
        >>> quantity_words(Quantity(12, "sessions")), quantity_words(Quantity(90))
        ('12 sessions', '#90')
    """
    count = f"{quantity.count:g}"
    return f"#{count}" if quantity.unit is None else f"{count} {quantity.unit}"


def requested(dispute: CaseDispute) -> Quantity | None:
    """Return the quantity that is in dispute before a further part is authorized."""
    return read_quantity(dispute.remaining) or read_quantity(dispute.requested)


def remainder(asked: Quantity, authorized: Quantity) -> Quantity | None:
    """Return what remains in dispute, None where the two cannot be subtracted or nothing remains.

    Example:
        >>> remainder(Quantity(12, "sessions"), Quantity(6, "sessions"))
        Quantity(count=6, unit='sessions')
        >>> remainder(Quantity(12, "sessions"), Quantity(6, "weeks")) is None
        True
    """
    if asked.unit != authorized.unit or not 0 < authorized.count < asked.count:
        return None
    return Quantity(asked.count - authorized.count, asked.unit)
