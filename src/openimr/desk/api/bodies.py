"""What the API says of the bodies it reads: the schemas of the terms themselves, not a copy of them."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

from openimr.formats.reading import SCHEMA
from openimr.law.rulebook import programmes
from openimr.terms.case import Case

# what a file holds where the term is a Moment
MOMENT = {
    "description": "A day, or a moment with its offset: 2015-03-09, or 2015-03-09T16:20:00-08:00.",
    "anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}],
}
_HERE = "#/components/schemas/{name}"


@cache
def case_components() -> dict[str, Any]:
    """Return the schemas of an application and of all its parts, by name."""
    _, parts = msgspec.json.schema_components([Case], ref_template=_HERE)
    parts["Moment"] = MOMENT
    parts["Case"]["properties"]["schema"] = {"type": "integer", "enum": [SCHEMA]}
    head = parts["CaseHead"]["properties"]
    head["number"] = {"type": "string", "maxLength": 0, "description": "Empty: a number is given here."}
    head["programme"] = {"type": "string", "enum": list(programmes())}
    for part in parts.values():
        if part.get("type") == "object":
            part["additionalProperties"] = False
    return parts


def case_body(about: str, *, most: int | None = None) -> dict[str, Any]:
    """Return what is said of a body that holds an application, or with ``most`` a list of them."""
    case: dict[str, Any] = {"$ref": _HERE.format(name="Case")}
    many = {
        "type": "object",
        "properties": {"applications": {"type": "array", "maxItems": most, "items": case}},
        "required": ["applications"],
        "additionalProperties": False,
    }
    content = {"application/json": {"schema": case if most is None else many}}
    return {"requestBody": {"required": True, "description": about, "content": content}}
