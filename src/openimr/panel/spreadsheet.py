"""A panel as a table of CSV, one reviewer a row, and back.

A cell that holds several entries parts them by ``|``, and the fields of an entry by ``;`` in
the order of the term. An empty cell is unknown; ``none`` is an empty list that is known.

Source:
    The form of ``panel.toml``; every field of it has its column.
"""

from __future__ import annotations

import csv
import io
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from openimr.formats import from_json, read_text_file, to_json_line
from openimr.panel.encode import Load
from openimr.terms.errors import FormatInvalid
from openimr.terms.reviewer import Panel, Reviewer

_ENTRY, _FIELD, _NONE = "|", ";", "none"
_LOADS = ("reviewer", "open_cases", "this_week")
_COLUMNS = tuple(f.name for f in fields(Reviewer))


def panel_to_csv(panel: Panel) -> str:
    """Return a panel as CSV with a header.

    Raises:
        FormatInvalid: A value holds a sign that parts entries.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for reviewer in panel.reviewer:
        writer.writerow([_cell(getattr(reviewer, column), column) for column in _COLUMNS])
    return out.getvalue()


def read_csv(path: Path) -> Panel:
    """Return the panel of a CSV file; see ``panel_from_csv``.

    Raises:
        FileMissing: There is no such file.
        FileUnreadable: It is not UTF-8.
        FormatInvalid: A column is unknown, or a cell has the wrong form.
    """
    return panel_from_csv(read_text_file(path), name=path.name)


def read_loads(path: Path, panel: Panel) -> dict[str, Load]:
    """Return what reviewers have already, from a CSV of reviewer, open_cases and this_week.

    Raises:
        FileMissing: There is no such file.
        FormatInvalid: A column is missing, a cell is no number from 0 on, or somebody is
            not on the panel.
    """
    rows = csv.DictReader(io.StringIO(read_text_file(path)))
    if sorted(rows.fieldnames or ()) != sorted(_LOADS):
        raise FormatInvalid(
            asked=f"Read {path.name}",
            found=f"its columns are {', '.join(rows.fieldnames or ()) or 'none'}.",
            remedy=f"It needs the columns {', '.join(_LOADS)}.",
        )
    known = {reviewer.id for reviewer in panel.reviewer}
    loads: dict[str, Load] = {}
    for number, row in enumerate(rows, 2):
        name, *counts = (row[column] or "" for column in _LOADS)
        if name not in known or name in loads or not all(c.isdecimal() for c in counts):
            raise FormatInvalid(
                asked=f"Read {path.name}, line {number}",
                found=f"{name!r} with {' and '.join(map(repr, counts))}.",
                remedy="Each reviewer of the panel may stand once, with two whole numbers.",
            )
        loads[name] = Load(open_cases=int(counts[0]), this_week=int(counts[1]))
    return loads


def panel_from_csv(text: str, *, name: str) -> Panel:
    """Return the panel of a CSV; a column may be missing, and its entries are then unknown.

    Args:
        text: The table, with a header.
        name: How messages call it.

    Raises:
        FormatInvalid: A column is unknown, or a cell has the wrong form.
    """
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    unknown = [c for c in rows.fieldnames or () if c not in _COLUMNS]
    if unknown or not rows.fieldnames:
        raise FormatInvalid(
            asked=f"Read {name}",
            found=f"it has the unknown column {unknown[0]!r}." if unknown else "it has no header.",
            remedy=f"Known columns are: {', '.join(_COLUMNS)}.",
        )
    hints = get_type_hints(Reviewer)
    reviewers = []
    for number, row in enumerate(rows, 2):
        where = f"{name}, line {number}"
        if None in row:
            raise FormatInvalid(
                asked=f"Read {where}",
                found="the row has more cells than the header.",
                remedy="Put cells that hold a comma into quotation marks.",
            )
        values = {c: _value(cell, hints[c], where, c) for c, cell in row.items() if cell}
        reviewers.append(from_json(to_json_line(values), Reviewer, name=where))
    return Panel(schema=1, reviewer=tuple(reviewers))


def _cell(value: object, column: str) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        # an empty list is the default of most columns, and for the others it is known to be empty
        is_known = not value and column in ("discipline", "interests")
        return _NONE if is_known else _ENTRY.join(_entry(v, column) for v in value)
    return _plain(value, column)


def _entry(value: object, column: str) -> str:
    if not is_dataclass(value):
        return _plain(value, column)
    parts = [getattr(value, f.name) for f in fields(value)]
    return _FIELD.join("" if p is None else _plain(p, column) for p in parts).rstrip(_FIELD)


def _plain(value: object, column: str) -> str:
    words = str(value).lower() if isinstance(value, bool) else str(value)
    if _ENTRY in words or _FIELD in words:
        raise FormatInvalid(
            asked="Write the panel as CSV",
            found=f"{words!r} in {column} holds a sign that parts entries.",
            remedy=f"Write it without {_ENTRY} and {_FIELD}, or keep the panel as TOML.",
        )
    return words


def _value(cell: str, kind: Any, where: str, column: str) -> object:
    """Return what a cell holds, in the form of JSON."""
    kind = _without_none(kind)
    if get_origin(kind) is not tuple:
        return _scalar(cell.strip(), kind, where, column)
    if cell.strip().lower() == _NONE:
        return []
    element = get_args(kind)[0]
    return [_element(part.strip(), element, where, column) for part in cell.split(_ENTRY) if part.strip()]


def _element(part: str, kind: Any, where: str, column: str) -> object:
    if not is_dataclass(kind):
        return _scalar(part, kind, where, column)
    names = [f.name for f in fields(kind)]
    hints = get_type_hints(kind)
    values = part.split(_FIELD)
    if len(values) > len(names):
        raise FormatInvalid(
            asked=f"Read {where}",
            found=f"an entry of {column} has {len(values)} fields.",
            remedy=f"Fields are, in this order: {f'{_FIELD} '.join(names)}.",
        )
    pairs = zip(names, values, strict=False)
    return {n: _scalar(v.strip(), _without_none(hints[n]), where, column) for n, v in pairs if v.strip()}


def _without_none(kind: Any) -> Any:
    if get_origin(kind) is UnionType:
        return next(a for a in get_args(kind) if a is not type(None))
    return kind


_TRUE, _FALSE = ("true", "yes"), ("false", "no")


def _scalar(words: str, kind: Any, where: str, column: str) -> object:
    if kind is bool and words.lower() in (*_TRUE, *_FALSE):
        return words.lower() in _TRUE
    if kind in (int, float):
        try:
            return kind(words)
        except ValueError:
            raise _unreadable(words, where, column) from None
    if kind is bool:
        raise _unreadable(words, where, column)
    return words


def _unreadable(words: str, where: str, column: str) -> FormatInvalid:
    return FormatInvalid(
        asked=f"Read {where}",
        found=f"{column} holds {words!r}.",
        remedy="Write a number, or yes or no for what is true or false; leave unknown cells empty.",
    )
