"""Whose pages are in the file: a page of another patient says nothing about this one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

import re2

from openimr.terms.facts import Conflict
from openimr.terms.places import Place
from openimr.terms.records import Exhibit, Page
from openimr.vocabulary.dates import find_dates

_LABEL = (
    r"(?i:patient(?:'s)?(?: name)?|claimant|injured worker|employee|applicant|name of (?:patient|employee))"
)
_PART = r"[A-Z][A-Za-z'’-]+"
# "Patient: Odo Vole", "Patient   Vole, Odo J."
_NAME = re2.compile(
    rf"(?:^|\n|[^\w\n ]|  )[ \t]*{_LABEL}(?:[ \t]*:[ \t]*({_PART}(?:,?[ \t]{_PART}\.?){{1,3}})"
    rf"|[ \t]+({_PART},[ \t]{_PART}))"
)
_CLAIM = re2.compile(r"(?i)\bclaim\s?(?:number|no|#|num)?\s?[.:#]*\s*([a-z0-9]{1,6}(?:-?[a-z0-9]{2,}){1,4})")
_BORN = re2.compile(r"(?i)\b(?:d\.?o\.?b\.?|date of birth|birth ?date)\W{0,6}")
# How far behind its label a date of birth stands.
_BORN_REACH = 24
# Words of a form that stand where a name would.
_NO_NAME = frozenset("name date claim number dob employer address phone id mrn of injury and the".split())
# Two spellings of one name, or one name read badly: as alike as this.
_ALIKE = 0.8
_LEAST_LETTERS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The patient that a page names: the words of the name, its place, claim and day of birth."""

    words: frozenset[str]
    printed: str
    place: Place
    bundle_page: int
    claim: str | None
    born_on: date | None


def other_patients(
    pages: Sequence[Page], exhibits: Sequence[Exhibit], patient: str | None = None
) -> tuple[frozenset[int], tuple[Conflict, ...]]:
    """Return the pages of the bundle that are about another patient, and what tells so.

    A page is another patient's where it names another person and its claim
    number or day of birth differs from those of the file as well. Where only
    the name differs (a maiden name, a slip), the page counts and the
    conflict is told. Pages behind it in its exhibit that name nobody go with it.

    Args:
        pages: The pages of the case file.
        exhibits: Its exhibits.
        patient: Whose file it is; where nothing is given, the name that most exhibits bear.
    """
    of_page = {page: exhibit.id for exhibit in exhibits for page in exhibit.pages}
    named = {p.bundle_page: n for p in pages if (n := _named(p, of_page.get(p.bundle_page)))}
    own = _own(list(named.values()), of_page, patient)
    if not own:
        return frozenset(), ()
    names = {n.words for n in own}
    same = {words for words in {n.words for n in named.values()} if any(_is_same(words, o) for o in names)}
    strangers = {at: n for at, n in named.items() if n.words not in same}
    claims, births = {n.claim for n in own if n.claim}, {n.born_on for n in own if n.born_on}
    others = {at for at, n in strangers.items() if _differs(n, claims, births)}
    told = {n.words: n for n in reversed(strangers.values())}
    conflicts = tuple(_conflict(own[0], n, n.bundle_page in others) for n in reversed(told.values()))
    return frozenset(_with_followers(others, named, exhibits)), conflicts


def _named(page: Page, exhibit: int | None) -> Named | None:
    """Return the patient that a page names, None where it names none."""
    for match in _NAME.finditer(page.text):
        group = 1 if match.group(1) else 2
        words = frozenset(
            w for w in re2.findall(r"[a-z]+", match.group(group).lower()) if len(w) >= _LEAST_LETTERS
        )
        if len(words) < 2 or words & _NO_NAME:
            continue
        claim = next((c for c in _CLAIM.findall(page.text) if sum(x.isdigit() for x in c) >= 4), None)
        born = _BORN.search(page.text)
        days = find_dates(page.text[born.end() : born.end() + _BORN_REACH]) if born else ()
        return Named(
            words=words,
            printed=match.group(group),
            place=Place(
                document=page.document,
                page=page.number,
                start=match.start(group),
                end=match.end(group),
                exhibit=exhibit,
            ),
            bundle_page=page.bundle_page,
            claim="".join(x for x in claim.upper() if x.isalnum()) if claim else None,
            born_on=next((d.on for d in days if d.on), None),
        )
    return None


def _is_same(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether every word of the shorter name stands in the longer, if perhaps misread."""
    shorter, longer = sorted((one, other), key=len)
    return all(any(_is_alike(word, known) for known in longer) for word in shorter)


def _is_alike(one: str, other: str) -> bool:
    return one == other or SequenceMatcher(None, one, other).ratio() >= _ALIKE


def _own(named: Sequence[Named], of_page: dict[int, int], patient: str | None) -> list[Named]:
    """Return the pages that name the patient of the file; none where it cannot be told."""
    if patient:
        words = frozenset(w for w in re2.findall(r"[a-z]+", patient.lower()) if len(w) >= _LEAST_LETTERS)
        if own := [n for n in named if words and _is_same(n.words, words)]:
            return own
    count: Counter[frozenset[str]] = Counter()
    for words, _ in {(n.words, of_page.get(n.bundle_page)) for n in named}:
        count[words] += 1
    most = count.most_common(2)
    if not most or (len(most) == 2 and most[0][1] == most[1][1] and not _is_same(most[0][0], most[1][0])):
        return []
    return [n for n in named if _is_same(n.words, most[0][0])]


def _differs(stranger: Named, claims: Set[str], births: Set[date]) -> bool:
    """Return whether claim or day of birth differ too: all that both pages print, of at least one."""
    if stranger.claim and claims:
        return stranger.claim not in claims
    return bool(stranger.born_on and births and stranger.born_on not in births)


def _with_followers(others: set[int], named: dict[int, Named], exhibits: Sequence[Exhibit]) -> set[int]:
    found = set(others)
    for exhibit in exhibits:
        goes_on = False
        for page in exhibit.pages:
            if page in named:
                goes_on = page in others
            elif goes_on:
                found.add(page)
    return found


def _conflict(own: Named, stranger: Named, is_other: bool) -> Conflict:
    says = f"{own.printed} and {stranger.printed}"
    if is_other:
        differs = "claim number" if stranger.claim != own.claim else "date of birth"
        says += f", with another {differs}; nothing is taken from what is about the latter"
    return Conflict(about="whose record it is", says=says, places=(own.place, stranger.place))
