"""The body part, side and level that a mention is about."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from openimr.facts.sentences import Sentence
from openimr.vocabulary.anatomy import find_parts, read_levels

# Words without repetition, and windows of at most sixty characters: here
# ``re`` is quicker than re2 and has nothing to backtrack over.
_SIDE = re.compile(r"\b(left|right|bilaterally|bilateral|both)\b")
_LEVEL = re.compile(r"\b[CTLScls]\d{1,2}(?:\s?[-/]\s?[CTLScls]?\d{1,2})?\b")
# Between a mention and the part that it is said of: "tenderness to palpation of the left knee".
_LINK = re.compile(
    r"^\W*(?:(?:to|with|on) (?:\w+ )?(?:palpation|pressure|touch|pinprick|light touch)\W+)?(?:was "
    r"|were |is )?(?:noted |present |seen |located )?"
    r"(?:of|in|over|to|at|along|on|across|involving|affecting)\b"
)
# What stands between care and the part that it is given for.
_AIM = re.compile(r"\s(?:was |were |is )?for (?:the |his |her |a )?")
# An adjective may stand between a part and what it is said of: "lumbar facet arthropathy".
_ADJECTIVE = 18
_SEPARATES = re.compile(r"[,;:.(]|\band\b|\bor\b|\bwith\b|\bfor\b")
# As the code book writes: "strain of muscle, fascia and tendon at neck level".
_CODE_BOOK = re.compile(
    r"^ of (?:unspecified |other )?(?:muscles?|(?:the )?ligaments?|parts)\b[^.;()]*\b(?:at|of"
    r"|in)(?: the)? $"
)
# "Rotator cuff tear on the right", "rotator cuff tear, right".
_SIDE_ALONE = re.compile(r"(?:,? (?:of|on) the|,) (left|right)(?: side)?(?=[.,;)\n]|$)")
# How far before a part its side stands, and how far behind a mention its part.
_SIDE_REACH = 25
_PART_REACH = 60


@dataclass(frozen=True, slots=True)
class Site:
    """A body part on a page, with its side where the words give one."""

    start: int
    end: int
    part: str
    side: str | None


def _side_of(
    lower: str, start: int, floor: int, end: int, sides: Sequence[tuple[int, int, str]]
) -> tuple[int, str | None]:
    """Return where a part with its side begins, and the side."""
    before = [s for s in sides if floor <= s[0] and start - _SIDE_REACH <= s[0] and s[1] <= start]
    if before and "," not in lower[before[-1][1] : start]:
        return before[-1][0], before[-1][2]
    behind = [s for s in sides if 0 <= s[0] - end <= 3]
    return start, behind[0][2] if behind else None


def find_sites(lower: str) -> list[Site]:
    """Return the body parts of a page with their sides, in order."""
    sides = [
        (m.start(), m.end(), {"both": "bilateral", "bilaterally": "bilateral"}.get(m.group(1), m.group(1)))
        for m in _SIDE.finditer(lower)
    ]
    starts = [s[0] for s in sides]
    found: list[Site] = []
    floor = 0
    for match in find_parts(lower):
        near = sides[bisect_left(starts, match.start - _SIDE_REACH) : bisect_right(starts, match.end + 3)]
        start, side = _side_of(lower, match.start, floor, match.end, near) if near else (match.start, None)
        found.append(Site(start, match.end, match.value.name, side))
        floor = match.end
    return found


def _outside(sites: Sequence[Site], tests: Sequence[tuple[int, int]]) -> list[Site]:
    """Return the sites that do not end inside the name of a test, the names in order."""
    starts = [start for start, _ in tests]
    found = []
    for site in sites:
        at = bisect_left(starts, site.end) - 1
        if at < 0 or site.end > tests[at][1]:
            found.append(site)
    return found


class Body:
    """Answers, for one page, which site and levels a mention is about."""

    def __init__(self, text: str, lower: str, tests: Sequence[tuple[int, int]]) -> None:
        """Find the sites of a page; the leg of "straight leg raise" is none."""
        self._text = text
        self._lower = lower
        self._sites = _outside(find_sites(lower), tests)
        self._starts = [s.start for s in self._sites]
        self._levels = [m.start() for m in _LEVEL.finditer(text)]

    def site_of(self, start: int, end: int, sentence: Sentence, *, reaches_far: bool) -> Site | None:
        """Return the site of a mention: inside it, linked behind it, or before it.

        Args:
            start: Where the mention begins.
            end: Where it ends.
            sentence: Its sentence.
            reaches_far: Whether the nearest part before it in the sentence counts
                ("lumbar spine with spasm and tenderness"), or only the words right
                before it ("lumbar strain").
        """
        low = bisect_left(self._starts, sentence.start)
        high = bisect_left(self._starts, sentence.end)
        before: Site | None = None
        for at, site in enumerate(self._sites[low:high], low):
            if site.end > start and site.start < end:
                return site if site.side else self._with_side_behind(site, at, end, high)
            if site.end <= start:
                before = site
            elif before is not None and start - before.end <= 1:
                break
            elif site.start - end <= _PART_REACH and self._links(end, site):
                return site
            else:
                break
        if before is None or reaches_far:
            return before
        between = self._lower[before.end : start]
        return before if len(between) <= _ADJECTIVE and not _SEPARATES.search(between) else None

    def aim_of(self, end: int, sentence: Sentence) -> Site | None:
        """Return the site that care is given for, right behind its name: "therapy for the left knee".

        Args:
            end: Where the name of the care ends.
            sentence: Its sentence.
        """
        at = bisect_left(self._starts, end)
        if at == len(self._sites) or self._sites[at].start >= sentence.end:
            return None
        site = self._sites[at]
        return site if _AIM.fullmatch(self._lower[end : site.start]) else None

    def _with_side_behind(self, site: Site, at: int, end: int, high: int) -> Site:
        """Return a part that a name implies, with the side behind it: "rotator cuff tear, right shoulder"."""
        following = self._sites[at + 1] if at + 1 < high else None
        if following and following.part == site.part and self._links(end, following):
            return replace(site, side=following.side)
        match = _SIDE_ALONE.match(self._lower[end : end + _SIDE_REACH])
        return replace(site, side=match.group(1)) if match else site

    def _links(self, end: int, site: Site) -> bool:
        between = self._lower[end : site.start]
        if between in (" ", ", "):
            # "tenosynovitis, left hand;" but not "wrist sprain, right knee contusion"
            return self._text[site.end : site.end + 1] in ("", ".", ";", ",", ")", "\n")
        if _CODE_BOOK.search(between):
            return True
        return "," not in between and _LINK.search(between) is not None

    def levels_of(self, start: int, sentence: Sentence) -> tuple[str, ...]:
        """Return the spinal levels that stand near a mention in its sentence."""
        low = max(sentence.start, start - _PART_REACH)
        high = min(sentence.end, start + _PART_REACH)
        at = bisect_left(self._levels, low)
        if at >= len(self._levels) or self._levels[at] >= high:
            return ()
        return read_levels(self._text[low:high])
