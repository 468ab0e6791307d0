"""The package as syntax trees, read once for all tests of the house."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "openimr"

Function = ast.FunctionDef | ast.AsyncFunctionDef

# the rooms that know clocks, users and HTTP
TOP_ROOMS = frozenset({"cli", "desk"})


@dataclass(frozen=True, slots=True)
class Module:
    """One file of the package, or one test: its path, room, lines and tree."""

    path: Path
    lines: tuple[str, ...]
    tree: ast.Module

    @property
    def name(self) -> str:
        return str(self.path.relative_to(ROOT))

    @property
    def dotted(self) -> str:
        """Return the name that the module is imported by."""
        return ".".join(("openimr", *self.path.relative_to(PACKAGE).with_suffix("").parts))

    @property
    def room(self) -> str:
        """Return the room: the folder below the package, or the file's stem (review)."""
        inside = self.path.relative_to(PACKAGE)
        return inside.parts[0] if len(inside.parts) > 1 else inside.stem

    def functions(self) -> Iterator[Function]:
        for node in ast.walk(self.tree):
            if isinstance(node, Function):
                yield node


def _read(path: Path) -> Module:
    text = path.read_text(encoding="utf-8")
    return Module(path, tuple(text.split("\n")), ast.parse(text, filename=str(path)))


@cache
def package_modules() -> tuple[Module, ...]:
    """Return every module of the package, ordered by path."""
    return tuple(_read(path) for path in sorted(PACKAGE.rglob("*.py")))


@cache
def checking_modules() -> tuple[Module, ...]:
    """Return every module of the tests, tools and benchmarks, ordered by path."""
    folders = (ROOT / name for name in ("tests", "tools", "benchmarks"))
    return tuple(_read(path) for folder in folders for path in sorted(folder.rglob("*.py")))


def rooms() -> list[Path]:
    """Return the folder of every room."""
    return [p for p in sorted(PACKAGE.iterdir()) if p.is_dir() and (p / "__init__.py").is_file()]
