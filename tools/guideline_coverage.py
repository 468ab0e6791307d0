"""Write the part on guidelines in docs/coverage.toml, or check it."""

from __future__ import annotations

import sys
from pathlib import Path

from openimr.guidelines.coverage import HEADING, coverage_toml
from openimr.guidelines.library import load_library

TARGET = Path(__file__).resolve().parents[1] / "docs" / "coverage.toml"


def main() -> None:
    """Write the part, or with --check compare it; what stands before it is kept."""
    before, _, _ = TARGET.read_text(encoding="utf-8").partition(HEADING)
    text = f"{before.rstrip()}\n\n{coverage_toml(load_library())}"
    if "--check" not in sys.argv[1:]:
        TARGET.write_text(text, encoding="utf-8")
    elif TARGET.read_text(encoding="utf-8") != text:
        sys.exit("docs/coverage.toml is not what the library holds: run python tools/guideline_coverage.py")


if __name__ == "__main__":
    main()
