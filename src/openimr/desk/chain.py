"""The chain of hashes over the log of a case: what each event's hash covers, and whether a log is whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from openimr.formats import to_json_line

# what stands before the first event of a log
BEGINNING = "0" * 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One event as its hash covers it. ``body`` is the JSON of the event, ``previous`` the hash before."""

    case: str
    number: int
    at: datetime
    actor: str
    role: str
    kind: str
    body: str
    previous: str

    def hash(self) -> str:
        """Return the hash of the event and, through the one before, of all that came before.

        Example:
            >>> at = datetime(2026, 1, 2, tzinfo=UTC)
            >>> link = Link(case="CM26-0000001", number=1, at=at, actor="user-1", role="intake",
            ...             kind="CaseTaken", body="{}", previous=BEGINNING)
            >>> link.hash()[:12]
            'f0020903e332'
        """
        at = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        covered = (self.previous, self.case, self.number, at, self.actor, self.role, self.kind, self.body)
        return sha256(to_json_line(covered)).hexdigest()


def breaks(links: Iterable[tuple[Link, str]]) -> tuple[str, ...]:
    """Return what is wrong with the log of one case: nothing for one that is whole.

    Args:
        links: Its events by number, each with the hash that was stored for it.
    """
    found = []
    previous, expected = BEGINNING, 1
    for link, stored in links:
        if link.number != expected:
            found.append(f"event {expected} is missing")
        if link.previous != previous:
            found.append(f"event {link.number} does not follow the event before it")
        if link.hash() != stored:
            found.append(f"event {link.number} is not what it was when it was stored")
        previous, expected = stored, link.number + 1
    return tuple(found)
