"""Sentences of these offices, in words of their own; with transcripts, some paragraphs are real ones."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from random import Random

from benchmarks.casefiles.opened_offices.days import brief, full, plain, words
from benchmarks.casefiles.opened_offices.sheet import title_of_address
from benchmarks.casefiles.opened_offices.topics import SLOTS, TOPICS
from benchmarks.casefiles.world import World

_REAL_SHARE = 0.2
"""Share of paragraphs that are taken from real transcripts where there are any."""

_LONG, _FULLNESS = 5, (1, 2, 2, 3, 4)
"""Paragraphs of so many sentences are told at length, all of one day alike: so many times as many."""

_PARAGRAPH, _SHORTEST = 9, 3
"""After so many sentences a new line is begun, unless fewer than the second number would stand on it."""

_IN_ORDER = frozenset({"theatre"})
"""Topics whose sentences follow one another, each once."""


def told(world: World, random: Random, topic: str, count: int, day: date) -> str:
    """Return paragraphs, one under the other, of so many sentences; their days lie before ``day``."""
    if world.prose.transcripts and random.random() < _REAL_SHARE:
        return random.choice(world.prose.transcripts)
    said = points(world, random, topic, count * _fullness(world, count, day), day)
    ends = [at for at in range(_PARAGRAPH, len(said), _PARAGRAPH) if len(said) - at >= _SHORTEST]
    parts = [said[start:end] for start, end in pairwise([0, *ends, len(said)])]
    return "\n".join(" ".join(part) for part in parts)


def _fullness(world: World, count: int, day: date) -> int:
    return Random(f"{world.claim} {day}").choice(_FULLNESS) if count >= _LONG else 1


def points(world: World, random: Random, topic: str, count: int, day: date) -> list[str]:
    """Return so many single sentences about a topic."""
    known = TOPICS[topic]
    if topic in _IN_ORDER:
        steps = sorted(random.sample(range(len(known)), min(count, len(known))))
        return [_filled(world, random, known[step], day) for step in steps]
    chosen: list[str] = []
    while len(chosen) < count:
        chosen += random.sample(known, min(len(known), count - len(chosen)))
    return [_filled(world, random, sentence, day) for sentence in chosen]


def _filled(world: World, random: Random, sentence: str, day: date) -> str:
    earlier = world.injured_on + (day - world.injured_on) * random.uniform(0.05, 0.9)
    manner = random.choice((full, plain, brief, words))
    own = {
        "region": world.region,
        "name": random.choice(("the patient", f"{title_of_address(world)} {world.last}", "this worker")),
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
