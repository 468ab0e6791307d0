"""Pages that stand in a case file more than once, word for word."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from openimr.records.look import PageLook, plain

# Pages with less text are blank, or say too little to be called the same.
_LEAST_CHARACTERS = 80


def find_repeats(looks: Sequence[PageLook]) -> dict[int, int]:
    """Return for each repeated page the page that it repeats, as pages of the bundle.

    Letters and digits decide; line ends, capitals, the lines of fax machines
    and stamped numbers do not. Errs towards keeping pages apart.
    """
    first: dict[bytes, int] = {}
    repeats: dict[int, int] = {}
    for look in looks:
        text = plain("".join(line.text for line in look.lines))
        if len(text) < _LEAST_CHARACTERS:
            continue
        key = hashlib.sha256(text.encode()).digest()
        number = look.page.bundle_page
        if first.setdefault(key, number) != number:
            repeats[number] = first[key]
    return repeats
