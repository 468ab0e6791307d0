"""Turn a keyer's table of quotes into spans, so that no text of a source enters this repository.

A row of the table (tab-separated, with a header) is ``doc, kind, quote, occurrence, assertion,
attributes``; a row of spans carries hashes, offsets and classes only. Rules: README.md beside this file.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from openimr.letters.read import LetterReader

SHARED = Path(__file__).resolve().parents[3] / "shared"

KINDS = ("medication", "diagnosis", "none")  # "none": the document was read and holds no mention
ASSERTIONS = ("present", "absent", "historical", "hypothetical", "family", "requested", "guideline")
ATTRIBUTES = {
    "medication": ("strength", "form", "quantity", "frequency", "route", "since"),
    "diagnosis": ("body_part", "side"),
    "none": (),
}
COLUMNS = ("source", "ref", "sha256", "kind", "start", "end", "assertion", "attributes")


class KeyingError(Exception):
    """A row of the table does not stand in its source, or names what the rules do not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a quote stands: offsets from 0, half-open."""

    start: int
    end: int

    def gap(self, other: Place) -> int:
        """Return how many characters lie between two places, 0 where they touch or overlap."""
        return max(0, other.start - self.end, self.start - other.end)


class Sources:
    """The texts that were keyed: clinical summaries of letters, and transcripts."""

    def __init__(self, reader: LetterReader, letters: Path, transcripts: Path) -> None:
        self._reader = reader
        self._letters = letters
        lines = transcripts.read_text(encoding="utf-8").splitlines()
        self._transcripts: list[str] = [json.loads(line)["transcription"] for line in lines]
        self._read: dict[str, str] = {}

    def text(self, doc: str) -> tuple[str, str]:
        """Return the kind and the text of a source: a line number (from 0) or a file name."""
        if doc.isdecimal():
            return "transcript", self._transcripts[int(doc)]
        if doc not in self._read:
            parsed, _ = self._reader.parse(self._letters / doc)
            self._read[doc] = parsed.letter.clinical_summary or ""
        return "letter", self._read[doc]


def places_of(quote: str, text: str) -> Iterator[Place]:
    """Return every place of a quote, letter by letter as it stands, overlapping ones too."""
    start = text.find(quote) if quote else -1
    while start >= 0:
        yield Place(start=start, end=start + len(quote))
        start = text.find(quote, start + 1)


def place_of(quote: str, occurrence: int, text: str) -> Place:
    """Return the place of the n-th occurrence of a quote, counted from 1."""
    places = list(places_of(quote, text))
    if not 1 <= occurrence <= len(places):
        raise KeyingError(f"occurrence {occurrence} of {quote!r}: it stands {len(places)} times")
    return places[occurrence - 1]


def attribute_place(quote: str, mention: Place, text: str) -> Place:
    """Return where an attribute stands: ``quote@n``, or the occurrence nearest to its mention.

    Of two occurrences equally near, the later one: attributes follow a name more often than not.
    """
    words, at, number = quote.rpartition("@")
    if at and number.isdecimal():
        return place_of(words, int(number), text)
    places = sorted(places_of(quote, text), key=lambda p: (p.gap(mention), -p.start))
    if not places:
        raise KeyingError(f"attribute {quote!r} does not stand in the source")
    return places[0]


def attribute_spans(row: dict[str, str], mention: Place, text: str) -> str:
    """Return the attributes of a mention as ``name:start-end;...``, in the order of the text."""
    found = []
    for part in filter(None, (p.strip() for p in row["attributes"].split(";"))):
        name, _, quote = part.partition("=")
        if name not in ATTRIBUTES[row["kind"]]:
            raise KeyingError(f"attribute {name!r}: a {row['kind']} has {', '.join(ATTRIBUTES[row['kind']])}")
        place = attribute_place(quote, mention, text)
        found.append((place.start, place.end, name))
    return ";".join(f"{name}:{start}-{end}" for start, end, name in sorted(found))


def span_row(row: dict[str, str], sources: Sources) -> dict[str, object]:
    """Return one row of spans for one row of quotes."""
    source, text = sources.text(row["doc"])
    digest = hashlib.sha256(text.encode()).hexdigest()
    spans: dict[str, object] = dict.fromkeys(COLUMNS, "")
    spans |= {"source": source, "ref": row["doc"], "sha256": digest, "kind": row["kind"]}
    if row["kind"] not in KINDS:
        raise KeyingError(f"kind {row['kind']!r}: known are {', '.join(KINDS)}")
    if row["kind"] == "none":
        return spans
    if row["assertion"] not in ASSERTIONS:
        raise KeyingError(f"assertion {row['assertion']!r}: known are {', '.join(ASSERTIONS)}")
    place = place_of(row["quote"], int(row["occurrence"]), text)
    spans |= {"start": place.start, "end": place.end, "assertion": row["assertion"]}
    spans["attributes"] = attribute_spans(row, place, text)
    return spans


def span_rows(table: Path, sources: Sources) -> tuple[list[dict[str, object]], list[str]]:
    """Return the rows of spans in the order of source and text, and what is wrong, line by line."""
    rows: list[dict[str, object]] = []
    wrong: list[str] = []
    seen: Counter[tuple[object, ...]] = Counter()
    with table.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), 2):
            try:
                spans = span_row({k: v or "" for k, v in row.items()}, sources)
            except (KeyingError, ValueError) as error:
                wrong.append(f"line {number} ({row['doc']}): {error}")
                continue
            seen[spans["ref"], spans["kind"], spans["start"]] += 1
            if seen[spans["ref"], spans["kind"], spans["start"]] > 1:
                wrong.append(f"line {number} ({row['doc']}): keyed twice")
            rows.append(spans)
    rows.sort(key=lambda r: (r["source"], str(r["ref"]).zfill(20), int(str(r["start"] or 0)), r["kind"]))
    return rows, wrong


def main() -> int:
    """Check a table of quotes and write its spans; return the exit status."""
    arguments = argparse.ArgumentParser(description=main.__doc__)
    arguments.add_argument("table", type=Path, help="the keyer's table, which stays outside the repository")
    arguments.add_argument("out", type=Path, help="the CSV of spans to write")
    arguments.add_argument("--letters", type=Path, default=SHARED / "letters" / "published")
    arguments.add_argument("--transcripts", type=Path, default=SHARED / "records" / "transcripts.jsonl")
    asked = arguments.parse_args()
    with LetterReader() as reader:
        rows, wrong = span_rows(asked.table, Sources(reader, asked.letters, asked.transcripts))
    for line in wrong:
        print(line, file=sys.stderr)
    if wrong:
        return 2
    with asked.out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    documents = len({r["ref"] for r in rows})
    counts = Counter(f"{r['kind']} {r['assertion']}".strip() for r in rows)
    print(f"{documents} documents: " + ", ".join(f"{n} {what}" for what, n in sorted(counts.items())))
    return 0


if __name__ == "__main__":
    sys.exit(main())
