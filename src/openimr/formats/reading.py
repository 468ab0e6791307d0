"""Read TOML and JSON into terms, strictly: an unknown key is an error with a remedy."""

from __future__ import annotations

import re
import threading
import tomllib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

from openimr.terms.errors import FileMissing, FileUnreadable, FormatInvalid
from openimr.terms.period import Moment

T = TypeVar("T")

# The one version of the files that commands exchange.
SCHEMA = 1
# msgspec learns the fields of a term when it is first read. Two threads that do so at once crash the whole
# process (segmentation fault in msgspec 0.22), so that the first reading of each term is done alone.
_learning = threading.Lock()
_learnt: set[object] = set()


def read_toml_file(path: Path, kind: type[T]) -> T:
    """Return a TOML file as the term ``kind``.

    Raises:
        FileMissing: There is no such file.
        FileUnreadable: The file is not UTF-8 or not TOML; the message names the line.
        FormatInvalid: A key is unknown or a value has the wrong type.
    """
    text = read_text_file(path)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FileUnreadable(
            asked=f"Read {path.name}",
            found=f"it is not valid TOML: {error}.",
            remedy="Correct the line that is named.",
        ) from error
    return _converted(data, kind, name=path.name, text=text)


def read_json_file(path: Path, kind: type[T]) -> T:
    """Return a JSON file as the term ``kind``; errors as ``read_toml_file``."""
    return from_json(read_text_file(path), kind, name=path.name)


def from_json(text: str | bytes, kind: type[T], *, name: str) -> T:
    """Return a JSON text as the term ``kind``; ``name`` is how messages call it."""
    try:
        data = msgspec.json.decode(text)
    except msgspec.DecodeError as error:
        raise FileUnreadable(
            asked=f"Read {name}",
            found=f"it is not valid JSON: {error}.",
            remedy="Correct the place that is named.",
        ) from error
    return _converted(data, kind, name=name, text="", has_dates=False)


def read_text_file(path: Path) -> str:
    """Return the text of a file in UTF-8.

    Raises:
        FileMissing: There is no such file.
        FileUnreadable: It is a folder, or not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise FileMissing(
            asked=f"Read {path.name}",
            found=f"there is no file {path}.",
            remedy="Check the path, or create the file.",
        ) from error
    except IsADirectoryError as error:
        raise FileUnreadable(
            asked=f"Read {path.name}",
            found=f"{path} is a folder.",
            remedy="Name the file inside it.",
        ) from error
    except UnicodeDecodeError as error:
        raise FileUnreadable(
            asked=f"Read {path.name}",
            found="it is not UTF-8 text.",
            remedy="Save the file as UTF-8.",
        ) from error


def _converted(data: object, kind: type[T], *, name: str, text: str, has_dates: bool = True) -> T:
    """Return the data as the term; TOML has dates of its own, JSON writes them as text."""
    native = (date, datetime) if has_dates else ()
    prepared = _prepared(data, kind, _Where(name, text, ""))
    try:
        return _convert(prepared, kind, native)
    except msgspec.ValidationError as error:
        raise FormatInvalid(
            asked=f"Read {name}",
            found=f"{_plain(str(error))}.",
            remedy="Correct the value; docs/schemas lists what each key takes.",
        ) from error


def _convert(prepared: object, kind: type[T], native: tuple[type, ...]) -> T:
    if kind in _learnt:
        return msgspec.convert(prepared, kind, builtin_types=native, strict=True)
    with _learning:
        try:
            return msgspec.convert(prepared, kind, builtin_types=native, strict=True)
        finally:
            _learnt.add(kind)


def _plain(message: str) -> str:
    """Return a validation message with a path as people write it."""
    match = re.match(r"(?P<what>.*?) - at `\$\.?(?P<path>.*)`$", message)
    if match is None:
        return message
    return f"{match['path'] or 'the file'}: {match['what'][0].lower()}{match['what'][1:]}"


class _Where:
    """The place in a file that a check is at, for its message."""

    def __init__(self, name: str, text: str, path: str) -> None:
        self.name = name
        self.text = text
        self.path = path

    def under(self, key: str) -> _Where:
        return _Where(self.name, self.text, f"{self.path}.{key}" if self.path else key)

    @property
    def is_toml(self) -> bool:
        """Return whether dates are written bare here; JSON writes them as text."""
        return bool(self.text)

    def refusal(self, found: str, remedy: str) -> FormatInvalid:
        """Return the error that the value at this place is not what it should be."""
        line = self.line_of(self.path.rpartition(".")[2])
        return FormatInvalid(asked=f"Read {self.name}", found=f"{self.path} {found}{line}.", remedy=remedy)

    def line_of(self, key: str) -> str:
        """Return the line of a key in words; nothing where several lines could be meant."""
        found = list(re.finditer(rf"^\s*\[*\s*{re.escape(key)}\b", self.text, re.MULTILINE))
        if len(found) != 1:
            return ""
        return f" (line {self.text.count(chr(10), 0, found[0].end()) + 1})"


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _prepared(data: object, kind: Any, where: _Where) -> object:
    """Return the data with moments in one form, after checking that all keys are known."""
    if kind is Moment:
        return _moment(data, where)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _member(data, kind, where)
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        inner = [a for a in get_args(kind) if a is not type(None)]
        return _prepared(data, inner[0], where) if len(inner) == 1 and data is not None else data
    if origin in (tuple, list) and isinstance(data, list):
        element = get_args(kind)[0] if get_args(kind) else Any
        return [_prepared(d, element, where.under(str(i + 1))) for i, d in enumerate(data)]
    if isinstance(kind, type) and is_dataclass(kind) and isinstance(data, Mapping):
        return _prepared_record(data, kind, where)
    return data


def _prepared_record(data: Mapping[str, object], kind: type, where: _Where) -> dict[str, object]:
    known = [f.name for f in fields(kind)]
    for key in data:
        if key not in known:
            place = f"[{where.path}] " if where.path else ""
            raise FormatInvalid(
                asked=f"Read {where.name}",
                found=f"{place}has the unknown key {key!r}{where.line_of(key)}.",
                remedy=f"Known keys are: {', '.join(known)}.",
            )
    if data.get("schema", SCHEMA) != SCHEMA:
        raise where.under("schema").refusal(f"is {data['schema']!r}", f"Known values are: {SCHEMA}.")
    hints = _hints(kind)
    return {key: _prepared(value, hints[key], where.under(key)) for key, value in data.items()}


def _moment(data: object, where: _Where) -> object:
    """Return a date or a moment of a file in the form of the term."""
    if isinstance(data, datetime):
        if data.tzinfo is None:
            raise where.refusal(
                "is an hour without its offset",
                "Write the offset, as in 2015-03-09T16:20:00-08:00, or the day.",
            )
        return {"on": data.date(), "at": data}
    if isinstance(data, str) and where.is_toml:
        raise where.refusal("is text", "Write a date without quotation marks, as in 2015-03-09.")
    if isinstance(data, str) and "T" in data:
        return {"on": data[:10], "at": data}
    if isinstance(data, Mapping):
        return data  # as we write it ourselves
    if isinstance(data, date | str):
        return {"on": data}
    raise where.refusal("is no date", "Write a date, as in 2015-03-09, or a moment with its offset.")


def _member(data: object, kind: type[StrEnum], where: _Where) -> object:
    """Return the data, after checking that it is one of the known values."""
    known = [member.value for member in kind]
    if data not in known:
        raise where.refusal(f"is {data!r}", f"Known values are: {', '.join(known)}.")
    return data
