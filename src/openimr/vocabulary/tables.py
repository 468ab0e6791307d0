"""Read the CSV tables that stand beside the code."""

from __future__ import annotations

import csv
from importlib.resources import files


def read_table(package: str, name: str) -> list[dict[str, str]]:
    """Return the rows of a CSV table with a header, as dictionaries of text.

    Args:
        package: The package that holds the table, such as ``openimr.vocabulary``.
        name: The path of the table inside it, such as ``data/drugs.csv``.
    """
    text = files(package).joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
