"""Where Tesseract's English language data is installed."""

from __future__ import annotations

import os
from pathlib import Path

MISSING = (
    "Tesseract's English data is not installed, so pictures of text cannot be read. "
    "Install tesseract-ocr and tesseract-ocr-eng, or set TESSDATA_PREFIX to the folder with eng.traineddata."
)

# Debian and Ubuntu, by version of Tesseract; then where others put it.
_FOLDERS = ("/usr/share/tesseract-ocr", "/usr/share/tessdata", "/usr/local/share/tessdata")
_FILE = "eng.traineddata"


def tessdata_folder() -> Path | None:
    """Return the folder with the English data, TESSDATA_PREFIX first; None where there is none.

    Where TESSDATA_PREFIX is set, nothing else stands in for it.
    """
    named = os.environ.get("TESSDATA_PREFIX")
    if named:
        candidates = [Path(named), Path(named) / "tessdata"]
    else:
        versions = sorted(Path(_FOLDERS[0]).glob("*/tessdata"), reverse=True)
        candidates = [*versions, *(Path(folder) for folder in _FOLDERS[1:])]
    return next((folder for folder in candidates if (folder / _FILE).is_file()), None)
