"""States of the United States by postal code, as licences and letters name them."""

from __future__ import annotations

from functools import cache

from openimr.vocabulary.tables import read_table


@cache
def _names() -> dict[str, str]:
    return {row["code"]: row["name"] for row in read_table("openimr.vocabulary", "data/states.csv")}


def state_name(code: str) -> str:
    """Return the name of a State; what is no postal code is returned as it is.

    Example:
        >>> state_name("CA"), state_name("California")
        ('California', 'California')
    """
    return _names().get(code.strip().upper(), code)
