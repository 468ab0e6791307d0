"""Check that every quotation of a truth file stands on the page that it names.

Run from the repository: ``python examples/build/check_truth.py [case ...]``. The words are looked for in the
plain sources, which hold the text of the scans too; white space and the rules of form rows are ignored.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from typing import Any

from build import HERE, case_names, read_source


def places(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every table that quotes a page."""
    if isinstance(value, dict):
        if "quote" in value:
            yield value
        for inner in value.values():
            yield from places(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from places(inner)


def plain(text: str) -> str:
    """Return the text with white space and form rules folded."""
    return re.sub(r"[\s|]+", " ", text)


def check_case(name: str) -> list[str]:
    """Return one line for each quotation that is not where it is said to be."""
    truth = tomllib.loads((HERE.parent / name / "truth.toml").read_text(encoding="utf-8"))
    sources = {f"{p.stem}.pdf": read_source(p) for p in (HERE / name).glob("*.txt")}
    wrong = [
        f"{name}: {file} has {len(sources[file].pages)} pages, not {count}"
        for file, count in truth["file"]["pages"].items()
        if len(sources[file].pages) != count
    ]
    for place in places(truth):
        page = sources[place["file"]].pages[place["page"] - 1]
        text = plain("\n".join(re.sub(r"^(?:#+|>|-|~) ", "", line) for line in page.lines))
        if plain(place["quote"]) not in text or bool(place.get("scanned")) != (page.scan is not None):
            wrong.append(f"{name}: {place['file']} page {place['page']}: {place['quote']}")
    return wrong


def main() -> int:
    """Print what is wrong and return the exit status."""
    cases = sys.argv[1:] or case_names()
    wrong = [line for name in cases for line in check_case(name)]
    print("\n".join(wrong) or "every quotation stands where it is said to")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
