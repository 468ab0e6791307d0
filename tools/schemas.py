"""Write docs/schemas/*.json from the terms that files are read into, or check them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import msgspec

from openimr.formats import to_json
from openimr.terms.case import Case
from openimr.terms.chronology import Entry
from openimr.terms.determination import Adoption, Determination
from openimr.terms.facts import Facts
from openimr.terms.findings import TopicEvaluation
from openimr.terms.letter_record import LetterRecord
from openimr.terms.records import Exhibit, Manifest, Page
from openimr.terms.reviewer import Panel

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "schemas"

# name of the schema: the term, and where it stands in the files
KINDS: dict[str, tuple[type, str]] = {
    "adoption": (Adoption, "adoption.toml of a case folder."),
    "case": (Case, "case.toml of a case folder."),
    "chronology_entry": (Entry, "One entry of chronology.json."),
    "determination": (Determination, "What a physician adopted, with what software had drafted."),
    "exhibit": (Exhibit, "One entry of exhibits.json in a records folder."),
    "facts": (Facts, "The facts that were read from a record."),
    "letter": (LetterRecord, "A determination letter, and what stands behind it."),
    "manifest": (Manifest, "manifest.json of a records folder: the file as sent."),
    "page": (Page, "One line of pages.ndjson in a records folder."),
    "panel": (Panel, "panel.toml of a case folder."),
    "topic_evaluation": (TopicEvaluation, "One dispute under one guideline topic, with its findings."),
}

# what a file holds where the term is a Moment
MOMENT = {
    "description": "A day, or a moment with its offset: 2015-03-09, or 2015-03-09T16:20:00-08:00.",
    "anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}],
}


def schema_of(name: str) -> bytes:
    """Return the JSON Schema of one kind of file, as it is written."""
    kind, about = KINDS[name]
    (_,), parts = msgspec.json.schema_components([kind])
    top = parts.pop(kind.__name__)
    if "Moment" in parts:
        parts["Moment"] = MOMENT
    for part in (top, *parts.values()):
        _close(part)
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **top,
        "description": about,
    }
    if parts:
        schema["$defs"] = dict(sorted(parts.items()))
    text = to_json(schema).replace(b"#/components/schemas/", b"#/$defs/")
    return text.replace(f'"#/$defs/{kind.__name__}"'.encode(), b'"#"')


def _close(part: dict[str, Any]) -> None:
    """Refuse unknown keys, as reading does."""
    if "properties" in part:
        part["additionalProperties"] = False


def main() -> None:
    """Write the schemas, or with --check compare them."""
    stale = []
    for name in KINDS:
        path = FOLDER / f"{name}.schema.json"
        text = schema_of(name)
        if "--check" not in sys.argv[1:]:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text)
        elif not path.is_file() or path.read_bytes() != text:
            stale.append(path.name)
    if stale:
        sys.exit(
            f"docs/schemas: not what the terms say: {', '.join(stale)}. Run .venv/bin/python tools/schemas.py"
        )


if __name__ == "__main__":
    main()
