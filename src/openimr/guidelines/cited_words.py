"""How the words and pages of a citation fit the names, chapters and pages of a topic."""

from __future__ import annotations

import re
from functools import lru_cache

from openimr.guidelines.topic import Topic
from openimr.terms.citation import Citation


@lru_cache(maxsize=10_000)
def plain(words: str) -> str:
    """Return printed words in the one form in which names are compared.

    Source:
        The ways in which the published letters print one name.

    Example:
        >>> plain("NSAIDs, GI symptoms & cardiovascular risk")
        'nsaids gi symptoms and cardiovascular risk'
    """
    return re.sub(r"[^a-z0-9.]+", " ", words.lower().replace("&", " and ")).strip(" .")


# What the words of a whole section name weigh more than a step of its path.
_WHOLE = 1000


def fit_of(section: str, name: str) -> int:
    """Return how well a name fits a printed section: its letters, and more where it begins the section.

    Source:
        The ways in which the published letters print one name.
    """
    wanted = plain(name)
    if _begins(plain(section), wanted):
        return _WHOLE + len(wanted)
    steps = re.split(r"[:;/–]| - | \(|\) ", section)
    return len(wanted) if any(_begins(plain(step), wanted) for step in steps) else 0


@lru_cache(maxsize=10_000)
def _singular(words: str) -> str:
    """Return plain words without the plural of any of them: "opioids differentiation" as "opioid ..."."""
    return re.sub(r"(?<=[a-z]{2}[^su])s\b", "", words)


def _begins(printed: str, wanted: str) -> bool:
    printed, wanted = _singular(printed), _singular(wanted)
    return printed == wanted or printed.startswith(f"{wanted} ")


def _range(pages: str) -> tuple[int, int]:
    first, _, last = pages.partition("-")
    return int(first), int(last or first)


def in_chapter(citation: Citation, topic: Topic) -> bool:
    """Return whether a topic stands in the chapter that a citation names.

    Source:
        The ``chapters`` of the topic.
    """
    printed = _stem(citation.chapter or "")
    return bool(printed) and any(
        printed == (c := _stem(chapter)) or printed.startswith(f"{c} ") or c.startswith(f"{printed} ")
        for chapter in topic.chapters
    )


def _stem(chapter: str) -> str:
    words = plain(chapter).removesuffix(" complaints").removesuffix(" chapter")
    words = words.replace("chronic pain", "pain")
    if words.startswith("lumbar and thoracic"):
        words = f"low back {words}"
    return " ".join({"hips": "hip", "knees": "knee"}.get(word, word) for word in words.split())


def touches(topic: Topic, citation: Citation) -> bool:
    """Return whether a page of a citation is one of a topic, in the chapter that is named if one is.

    Source:
        The ``pages`` of the topic.
    """
    if citation.chapter and topic.chapters and not in_chapter(citation, topic):
        return False
    ranges = [_range(pages) for pages in topic.pages]
    return any(first <= high and low <= last for first, last in citation.pages for low, high in ranges)


# A shorter name stands in too many words to tell anything from within them.
_SHORTEST_INSIDE = 5
# Names of a chapter's sections, which stand for all of the chapter.
_OF_EVERY_CHAPTER = frozenset(
    "summary|special studies|initial care|physical methods|surgical considerations|diagnostic criteria"
    "|initial approaches to treatment|activity modification|treatment|low back complaints".split("|")
)


def is_inside(topic: Topic, words: str) -> bool:
    """Return whether a name of a topic stands anywhere within printed words.

    Source:
        The ``cited_as`` names of the topic.
    """
    printed = f" {_singular(plain(words))} "
    return any(
        len(name) >= _SHORTEST_INSIDE and f" {_singular(plain(name))} " in printed
        for name in topic.cited_as
        if name not in _OF_EVERY_CHAPTER
    )


def part_is_inside(topic: Topic, words: str) -> bool:
    """Return whether the part of the body that a chapter is about stands within printed words.

    Source:
        The ``chapters`` of the topic.
    """
    printed = f" {plain(words)} "
    return any(f" {_stem(chapter)} " in printed for chapter in topic.chapters)
