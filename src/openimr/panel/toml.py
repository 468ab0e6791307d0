"""A panel as the text of a ``panel.toml``.

Source:
    The form of ``panel.toml``; what is unknown is left out, what is known to be empty stands there.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum

from openimr.formats import to_json_line
from openimr.terms.reviewer import Panel, Reviewer

# Columns in which an empty list says something: it was asked for, and there is none.
_TOLD_EMPTY = ("discipline", "interests")


def panel_to_toml(panel: Panel) -> str:
    """Return the text of a panel; reading it gives the same panel."""
    return "".join((f"schema = {panel.schema}\n", *(_reviewer(r) for r in panel.reviewer)))


def _reviewer(reviewer: Reviewer) -> str:
    lines = ["", "[[reviewer]]"]
    for field in fields(reviewer):
        value = getattr(reviewer, field.name)
        if value is None or (value == () and field.name not in _TOLD_EMPTY):
            continue
        lines.append(f"{field.name} = {_value(value)}")
    return "\n".join((*lines, ""))


def _value(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(_value(v) for v in value)}]"
    if is_dataclass(value):
        known = [(f.name, getattr(value, f.name)) for f in fields(value)]
        return f"{{ {', '.join(f'{n} = {_value(v)}' for n, v in known if v is not None)} }}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return repr(value)
    # a text of JSON is a basic string of TOML
    return to_json_line(value.value if isinstance(value, Enum) else value).decode()
