"""Sentences of these offices, in words of their own; with transcripts, some paragraphs are real ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from random import Random

from benchmarks.casefiles.unseen.days import brief, full, plain, words
from benchmarks.casefiles.unseen.topics import SLOTS, TOPICS
from benchmarks.casefiles.world import World

_REAL_SHARE = 0.2
"""Share of paragraphs that are taken from real transcripts where there are any."""

_LONG, _FULLNESS = 5, (1, 2, 2, 3)
"""A paragraph of so many sentences is told at length: so many times the sentences asked for."""


def told(world: World, random: Random, topic: str, count: int, day: date) -> str:
    """Return a paragraph of so many sentences; days it tells of lie before ``day``."""
    if world.prose.transcripts and random.random() < _REAL_SHARE:
        return random.choice(world.prose.transcripts)
    return " ".join(points(world, random, topic, count * _fullness(random, count), day))


def _fullness(random: Random, count: int) -> int:
    return random.choice(_FULLNESS) if count >= _LONG else 1


def points(world: World, random: Random, topic: str, count: int, day: date) -> list[str]:
    """Return so many single sentences about a topic."""
    known = TOPICS[topic]
    chosen: list[str] = []
    while len(chosen) < count:
        chosen += random.sample(known, min(len(known), count - len(chosen)))
    return [_filled(world, random, sentence, day) for sentence in chosen]


def tale(world: World, random: Random, topics: Sequence[tuple[str, int]], day: date) -> list[str]:
    """Return a paragraph for each topic and number of sentences."""
    return [told(world, random, topic, count, day) for topic, count in topics]


def _filled(world: World, random: Random, sentence: str, day: date) -> str:
    earlier = world.injured_on + (day - world.injured_on) * random.uniform(0.05, 0.9)
    manner = random.choice((full, plain, brief, words))
    own = {
        "region": world.region,
        "name": world.last,
        "employer": world.employer,
        "earlier": manner(earlier),
        "injured": manner(world.injured_on),
    }
    while "{" in sentence:
        sentence = re.sub(
            r"\{(\w+)\}",
            lambda slot: own[slot[1]] if slot[1] in own else random.choice(SLOTS[slot[1]]),
            sentence,
        )
    return sentence[0].upper() + sentence[1:]
