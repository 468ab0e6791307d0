"""Procedure codes printed in a treatment request."""

from __future__ import annotations

import re

from openimr.vocabulary.text import has_digit

_ONE_CODE = r"(?:[ABCDEGHJKLPQRSTV]\d{4}|\d{5}|\d{4}T)"
# "CPT 62323", "HCPCS: E0730", "codes 64493, 64494"
_LABELLED = re.compile(rf"\b(?:CPT|HCPCS|codes?)\b[^A-Z0-9]{{0,8}}(?={_ONE_CODE}\b)", re.IGNORECASE)
_ALONE = re.compile(r"\b[ABCDEGHJKLPQRSTV]\d{4}\b|\((\d{5}|\d{4}T)\)")
_CODE = re.compile(rf"\b{_ONE_CODE}\b", re.IGNORECASE)
# what may stand between two codes of one list: "97110-59 x 2, and 97140"
_LINK = re.compile(r"(?:-[A-Z0-9]{2})?(?:\s?x\s?\d{1,2})?[\s,;/&+]{0,3}(?:and\s)?(?:CPT\s)?", re.IGNORECASE)


def read_codes(text: str) -> tuple[str, ...]:
    """Return CPT and HCPCS codes, each once; a bare five-digit number is none.

    Example:
        >>> read_codes("Facet injections (CPT 64493, 64494) and a TENS unit, E0730")
        ('64493', '64494', 'E0730')
    """
    if not has_digit(text):
        return ()
    found: list[tuple[int, str]] = [(m.start(), m.group(0).strip("()")) for m in _ALONE.finditer(text)]
    at = 0
    for label in _LABELLED.finditer(text):
        if label.start() < at:
            continue  # inside the list before
        at = label.end()
        while code := _CODE.match(text, at):
            found.append((code.start(), code.group(0).upper()))
            link = _LINK.match(text, code.end())
            at = link.end() if link else code.end()
    return tuple(dict.fromkeys(code for _, code in sorted(found)))
