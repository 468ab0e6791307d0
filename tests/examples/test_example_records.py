"""The printed records of the examples hold what their truth files quote."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
CASES = sorted(path.parent for path in EXAMPLES.glob("*/truth.toml"))


def folded(text: str) -> str:
    """Return the text with every run of white space as one blank."""
    return re.sub(r"\s+", " ", text)


def page_texts(case: Path) -> dict[str, list[str]]:
    """Return the text of every page of the case's records, by file."""
    texts = {}
    for path in sorted((case / "records").glob("*.pdf")):
        with pypdfium2.PdfDocument(path) as pdf:
            texts[path.name] = [folded(page.get_textpage().get_text_range()) for page in pdf]
    return texts


def quotations(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every table of the truth file that quotes a page."""
    if isinstance(value, dict):
        if "quote" in value:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from quotations(inner)


def test_there_are_examples() -> None:
    """The tests below would pass on nothing."""
    assert [case.name for case in CASES] == ["baclofen-spasm", "three-disputes"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_quotation_stands_on_the_page_it_names(case: Path) -> None:
    """A quotation of a printed page is in its text; a scanned page has no text to search."""
    truth = tomllib.loads((case / "truth.toml").read_text(encoding="utf-8"))
    texts = page_texts(case)
    assert {name: len(pages) for name, pages in texts.items()} == truth["file"]["pages"]
    missing = [
        place
        for place in quotations(truth)
        if not place.get("scanned") and folded(place["quote"]) not in texts[place["file"]][place["page"] - 1]
    ]
    assert missing == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_exactly_the_named_pages_are_scans(case: Path) -> None:
    """Pages without text are those that the truth file names, no more and no fewer."""
    truth = tomllib.loads((case / "truth.toml").read_text(encoding="utf-8"))
    empty = [
        {"file": name, "page": number}
        for name, pages in page_texts(case).items()
        for number, text in enumerate(pages, 1)
        if not text.strip()
    ]
    assert empty == truth["file"]["scanned"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_page_belongs_to_one_document(case: Path) -> None:
    """The documents of the truth file cover each page once, a duplicate page aside."""
    truth = tomllib.loads((case / "truth.toml").read_text(encoding="utf-8"))
    named = [
        (document["file"], page)
        for document in truth["document"]
        for page in range(document["pages"][0], document["pages"][1] + 1)
    ]
    named += [(double["file"], double["page"]) for double in truth["file"]["duplicates"]]
    assert sorted(named) == [
        (name, page) for name, count in truth["file"]["pages"].items() for page in range(1, count + 1)
    ]
