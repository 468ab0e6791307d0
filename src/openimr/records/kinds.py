"""What kind of document a page or a document is, by the headings that it carries."""

from __future__ import annotations

import math
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from openimr.records.date_labels import date_label
from openimr.records.days import days_in
from openimr.records.labels import labels
from openimr.records.linear import LinearModel, linear_model
from openimr.records.look import HEAD_LINES, PageLook
from openimr.records.words import words_of
from openimr.terms.records import ExhibitType, ReadBy
from openimr.vocabulary.dates import find_dates, read_date
from openimr.vocabulary.phrases import PhraseMatcher
from openimr.vocabulary.text import lowered

# A phrase outside a heading counts for this share of its weight.
_HINT = 0.15
# A heading is a short line, and its phrase a real part of it.
_MOST_HEADING_CHARACTERS = 110
_LEAST_COVER = 0.35
# Letters that a reader adds make the phrase a smaller part.
_LEAST_COVER_RECOGNIZED = 0.28
# What specks are read as: marks alone, or one letter alone; a word torn at its hyphen.
_SPECK = re.compile(r"[^\w\[\]&]+|(?![AaI\d])\w")
_TORN = re.compile(r"(?<=\w)- (?=\w)")
# Near the very top a short line that begins with the phrase is a heading whatever follows:
# "MRI lumbar spine without contrast".
_TOP_LINES = 6
_SHORT_CHARACTERS = 60
# Lines that are no headings: wrapped prose, bullets, boxes to tick, the address of a fax.
_NO_HEADING = re.compile(
    r"^(?-i:[a-z])|^[-~*\u2022\u00b7\uf0b7]|\[.?.?\]|[,;-]$|^(?:to(?!\s+whom)|from|attn|attention|cc)\b\W+\w|^(?:fax|phone)\b\W+\d"
    r"|\bdated\s|\.\s+\w+\s+\S+\s+\S|(?-i:[a-z])\.$|^[\d/.-]+\s*:",
    re.IGNORECASE,
)
# What stands before or after a phrase where it is mentioned and not a heading.
_MENTIONED_BEFORE = re.compile(
    r"(?:\bre|\bregarding|\bsubject|\benclos\w*|\battach\w*|\bcc|\bsee|\bper|\bthe|\byour|\bof|\bfor|\bin|\bwith|\bto"
    r"|\bprior|\bmy|\bour|\bthis|\bdated?)\s*:?\s*$",
    re.IGNORECASE,
)
_MENTIONED_AFTER = re.compile(
    r"^\s*(?:received|dated|submitted|was|is|were|has|date|number|and\s+the)\b|^\s*:\s*\S",
    re.IGNORECASE,
)
# What stands behind a heading in capitals with a colon belongs to it: "DETERMINATION: NON-CERTIFICATION".
_COLON = re.compile(r"^\s*:\s*\S")
# A label before what was done: "EXAM: MRI of the knee".
_LABEL = re.compile(r"^(?:exam|examination|procedure|study|test|service)\s*:\s*", re.IGNORECASE)
# A phrase that is the whole of a line near the top weighs this much more.
_ALONE = 1.0
# The date of a letter stands alone over whom it is written to.
_TO_WHOM = re.compile(r"^(?:dear|to whom it may concern)\b", re.IGNORECASE)
_WEEKDAY = re.compile(r"^(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s*", re.IGNORECASE)
_ABOUT = re.compile(r"^(?:re|in re|regarding|subject)\s*:", re.IGNORECASE)
_TO_PHYSICIAN = re.compile(r"^dear\s+(?:dr|doctor)\b", re.IGNORECASE)
_BY_PHYSICIAN = re.compile(r"\b(?:M\.?D|D\.?O|D\.?P\.?M|D\.?C)\b")
# The sentence that dictated reports open with.
_WHO_IT_IS = re.compile(
    r"^(?:this|the patient|patient|he|she|mrs?\.?|ms\.?)\b.{0,40}?\b(?:is|was)\b.{0,30}?"
    r"\b\d{1,3}[- ]years?[- ]old\b",
    re.IGNORECASE,
)
# Whoever writes so has seen the patient.
_SEEN = re.compile(
    r"\bI (?:re-?)?(?:examined|evaluated|saw|interviewed|have seen|met with)\b"
    r"|\bI had the (?:pleasure|opportunity)\b"
    r"|\b(?:was|is) (?:re-?)?(?:seen|examined|evaluated)"
    r" (?:by me|today|in (?:my|our|this|the) (?:\w+ )?(?:office|clinic))"
    r"|\b(?:presents|returns|comes in|came in|here) (?:today|for|to (?:the|our|my|this) (?:office|clinic))",
    re.IGNORECASE,
)
# A kind less probable than this is not told, and its confidence is as low as this says.
_LEAST_SHARE, _UNSURE = 0.35, 0.2
# Headings and hints together say no more than this.
_MOST_SAID = 6.0
# A heading counts more than the words around it: the larger a sign, the less weight it has to be given.
_SAID_LOUDLY = 1.0
# A title has its line nearly to itself, and stands among so many lines.
_TITLE_LINES, _TITLE_COVER = 32, 0.45
# Labels of days that tell a kind stand among so many lines.
_DATED_LINES = 30
# More words of a kind than these say no more of it; they are looked for on the first pages.
_MOST_SPOKEN, _SPOKEN_PAGES = 16, 3
# Weight from which a heading names the kind of a document.
NAMES_KIND = 4
GIVES_TITLE = 3


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading found on a page: the kind it names, how surely, and the line."""

    type: ExhibitType
    weight: float
    title: str


@dataclass(frozen=True, slots=True)
class Kind:
    """What kind a document is, how sure that is from 0 to 1, and how probable each kind is."""

    type: ExhibitType
    title: str | None
    confidence: float
    shares: Mapping[ExhibitType, float]


@cache
def _matcher() -> PhraseMatcher[tuple[ExhibitType, float]]:
    text = files("openimr.records").joinpath("data/exhibit_types.toml").read_text(encoding="utf-8")
    tables = {name: table for name, table in tomllib.loads(text).items() if name != "schema"}
    return PhraseMatcher(
        (phrase, (ExhibitType(name), float(weight)))
        for name, table in tables.items()
        for phrase, weight in table.items()
    )


def headings_of(look: PageLook) -> tuple[Heading, ...]:
    """Return the headings near the top of a page, the surest first."""
    return tuple(sorted(_top_down(look), key=lambda heading: -heading.weight))


def _top_down(look: PageLook) -> list[Heading]:
    """Return the headings near the top of a page in the order in which they stand there."""
    is_recognized = look.page.read_by in (ReadBy.OCR, ReadBy.COPIED)
    return list(_headings_in(tuple(line.text for line in look.head), is_recognized))


# Asked for by every sign that has to do with headings: more pages than are looked at together.
@lru_cache(maxsize=1024)
def _headings_in(lines: tuple[str, ...], is_recognized: bool) -> tuple[Heading, ...]:
    return tuple(
        heading
        for index, line in enumerate(lines)
        for heading in _headings(_without_specks(line) if is_recognized else line, index, is_recognized)
    )


def _without_specks(text: str) -> str:
    """Return a recognized line without what a reader makes of specks.

    Example:
        >>> _without_specks("| UTILIZATION F REVIEW DETERMINATION: NON- CERTIFICATION ~ .")
        'UTILIZATION REVIEW DETERMINATION: NON-CERTIFICATION'
    """
    joined = _TORN.sub("-", text)
    words = [word for word in joined.split() if not _SPECK.fullmatch(word)]
    return " ".join(words).strip(" .,'|_~-")


def _headings(text: str, index: int, is_recognized: bool = False) -> list[Heading]:
    least = _LEAST_COVER_RECOGNIZED if is_recognized else _LEAST_COVER
    if len(text) > _MOST_HEADING_CHARACTERS or _NO_HEADING.search(text):
        return []
    matches = _matcher().find(text)
    counted = sum(c.isalnum() for c in text) - sum(
        sum(c.isalnum() for c in text[d.start : d.end]) for d in find_dates(text)
    )
    covered = sum(sum(c.isalnum() for c in text[m.start : m.end]) for m in matches)
    leads = index < _TOP_LINES and len(text) <= _SHORT_CHARACTERS and not text.endswith(".")
    label = _LABEL.match(text)
    begin = label.end() if label else 0
    if not matches or (covered < least * counted and not (leads and matches[0].start == begin)):
        return []
    is_alone = index < _TOP_LINES and len(matches) == 1 and covered == counted
    return [
        Heading(match.value[0], match.value[1] + (_ALONE if is_alone and match.value[1] > 1 else 0), text)
        for match in matches
        if not _MENTIONED_BEFORE.search(text[: match.start]) and not _is_mentioned(text, match.end)
    ]


def _is_mentioned(text: str, end: int) -> bool:
    """Return whether what stands behind a phrase shows that it is mentioned only."""
    if text.isupper() and _COLON.match(text[end:]):
        return False
    return bool(_MENTIONED_AFTER.match(text[end:]))


def is_letter(look: PageLook) -> bool:
    """Return whether a letter begins on a page: a date alone, then whom or what it is about."""
    texts = [line.text for line in look.head]
    dated = next((at for at, text in enumerate(texts) if read_date(_WEEKDAY.sub("", text)) is not None), None)
    if dated is None:
        return False
    rest = [line.text for line in look.lines[dated + 1 : dated + 1 + HEAD_LINES]]
    return any(_TO_WHOM.search(text) or _ABOUT.search(text) for text in rest)


def _letter_kind(look: PageLook) -> ExhibitType:
    """Return what a letter without a heading is: one physician's to another is a consultation."""
    texts = [line.text for line in look.lines[: 2 * HEAD_LINES]]
    above = next((index for index, text in enumerate(texts) if read_date(text) is not None), 0)
    to_physician = any(_TO_PHYSICIAN.search(text) for text in texts)
    if to_physician and any(_BY_PHYSICIAN.search(text) for text in texts[:above]):
        return ExhibitType.CONSULTATION
    return ExhibitType.CORRESPONDENCE


def opens_a_report(look: PageLook) -> bool:
    """Return whether the first words of a page are a section that reports open with."""
    if not look.lines:
        return False
    first = look.lines[0].text
    name, mark, _ = first.partition(":")
    label = name.strip().lower()
    if (bool(mark) or name.isupper()) and label.startswith(labels("opening")):
        return True
    return bool(_WHO_IT_IS.search(" ".join(line.text for line in look.lines[:2])))


def opens_with_section(look: PageLook) -> bool:
    """Return whether the first line of a page is a part of a report and no title of one."""
    if not look.lines:
        return False
    first = look.lines[0].text.partition(":")[0].strip().lower()
    if first.startswith((*labels("section"), *labels("opening"))):
        return True
    weights = [match.value[1] for match in _matcher().find(look.lines[0].text)]
    return bool(weights) and max(weights) < GIVES_TITLE


def kind_of(looks: Sequence[PageLook]) -> Kind:
    """Return the kind of a document, from its headings and its words; OTHER where it is not sure enough."""
    read = [look for look in looks if look.lines]
    if not read:
        return Kind(ExhibitType.OTHER, None, 0.0, {})
    shares = kind_shares(kind_signs(read), linear_model("kind_signs"))
    best, share = likeliest_kind(shares)
    headings = headings_of(read[0])
    title = next((h.title for h in headings if h.type is best and h.weight >= GIVES_TITLE), None)
    return Kind(best, title, share, shares)


def kind_shares(signs: Mapping[str, float], model: LinearModel) -> dict[ExhibitType, float]:
    """Return how probable a model finds each kind by the signs of a document."""
    return {ExhibitType(name): share for name, share in model.shares(signs).items()}


def likeliest_kind(shares: Mapping[ExhibitType, float]) -> tuple[ExhibitType, float]:
    """Return the most probable kind, and how sure it is; OTHER where none is probable enough."""
    best = max(shares, key=lambda kind: shares[kind])
    if shares[best] < _LEAST_SHARE:
        return ExhibitType.OTHER, _UNSURE
    return best, round(shares[best], 2)


def kind_signs(looks: Sequence[PageLook]) -> dict[str, float]:
    """Return what tells the kind of a document: its words, and what its headings say of kinds."""
    found = words_of(looks)
    for kind, score in _scores(looks).items():
        found[f"says:{kind.value}"] = min(score, _MOST_SAID) * _SAID_LOUDLY
    first = looks[0]
    for heading in headings_of(first)[:1]:
        found[f"headed:{heading.type.value}"] = min(heading.weight, _MOST_SAID) * _SAID_LOUDLY
    for kind, weight in _titles(first).items():
        found[f"titled:{kind.value}"] = min(weight, _MOST_SAID) * _SAID_LOUDLY
    found.update(dict.fromkeys(_dated(first), 1.0))
    if _SEEN.search(" ".join(line.text for line in first.lines[:_TITLE_LINES])):
        found["tells:seen"] = 1.0
    for kind, count in _spoken(looks).items():
        found[f"speaks:{kind.value}"] = 2.0 * math.sqrt(min(count, _MOST_SPOKEN))
    if is_letter(first):
        found["letter"] = 1.0
        found[f"letter:{_letter_kind(first).value}"] = 1.0
    return found


def _titles(look: PageLook) -> dict[ExhibitType, float]:
    """Return what lines name that hold a title and next to nothing else; in letters they stand low."""
    found: dict[ExhibitType, float] = {}
    for line in look.lines[:_TITLE_LINES]:
        if len(line.text) > _MOST_HEADING_CHARACTERS or _NO_HEADING.search(line.text):
            continue
        length = sum(c.isalnum() for c in line.text)
        for match in _matcher().find(line.text):
            kind, weight = match.value
            covered = sum(c.isalnum() for c in line.text[match.start : match.end])
            if weight >= NAMES_KIND and covered >= _TITLE_COVER * length:
                found[kind] = max(weight, found.get(kind, 0.0))
    return found


def _spoken(looks: Sequence[PageLook]) -> dict[ExhibitType, int]:
    """Return how many different words of each kind of paper stand in a document."""
    found: dict[ExhibitType, set[str]] = defaultdict(set)
    for look in looks[:_SPOKEN_PAGES]:
        text = "\n".join(line.text for line in look.lines)
        for match in _matcher().find(text):
            found[match.value[0]].add(lowered(text[match.start : match.end]))
    return {kind: len(phrases) for kind, phrases in found.items()}


def _dated(look: PageLook) -> Iterator[str]:
    """Yield what the labels of days say of the kind: "Collected:" is of a laboratory."""
    own, others = _labels_of_one_kind(), (labels("service_date"), labels("report_date"))
    for line in look.lines[:_DATED_LINES]:
        reach = 0
        for day in days_in(line.text):
            label = date_label(line.text[reach : day.start])
            reach = day.end
            if label in own:
                yield f"dated:{own[label].value}"
            if label is not None:
                yield from (
                    f"dated:{name}"
                    for name, known in zip(("service", "report"), others, strict=True)
                    if label in known
                )


@cache
def _labels_of_one_kind() -> dict[str, ExhibitType]:
    """Return the labels of days of service that papers of one kind alone have."""
    found: dict[str, list[ExhibitType]] = defaultdict(list)
    for kind in ExhibitType:
        for label in set(labels("service_date", kind)) - set(labels("service_date")):
            found[label].append(kind)
    return {label: kinds[0] for label, kinds in found.items() if len(kinds) == 1}


def _scores(looks: Sequence[PageLook]) -> dict[ExhibitType, float]:
    """Return what the headings of the first page and phrases anywhere say of each kind."""
    scores: dict[ExhibitType, float] = defaultdict(float)
    for order, heading in enumerate(_in_place(looks[0], headings_of(looks[0]))):
        # of two headings the upper one names the document
        scores[heading.type] = max(scores[heading.type], heading.weight - 0.5 * order)
    for kind, hint in _hints(looks).items():
        scores[kind] += hint
    return scores


def _in_place(look: PageLook, headings: Sequence[Heading]) -> list[Heading]:
    """Return the headings that name a kind, in the order of the page."""
    order = {heading.title: number for number, heading in reversed(list(enumerate(_top_down(look))))}
    return sorted(headings, key=lambda heading: (order[heading.title], -heading.weight))


def _hints(looks: Sequence[PageLook]) -> dict[ExhibitType, float]:
    hints: dict[ExhibitType, float] = defaultdict(float)
    seen: set[str] = set()
    for look in looks:
        for match in _matcher().find("\n".join(line.text for line in look.lines)):
            kind, weight = match.value
            phrase = f"{kind}:{weight}:{match.end - match.start}"
            if phrase not in seen:
                seen.add(phrase)
                hints[kind] += _HINT * weight
    # hints never weigh as much as one plain heading
    return {kind: min(hint, 2.0) for kind, hint in hints.items()}
