"""Models that add up weights of signs: one table, one sign a line, one column an answer.

The tables are written by ``tools/train_splitter.py``. A sum of weights can be read
by a person: which sign spoke for which answer, and how loudly.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from openimr.vocabulary.tables import read_table

# The line of the weights that count always.
ALWAYS = "always"
# Sums beyond this are as sure as can be, and exp would overflow.
_SUREST = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LinearModel:
    """Weights of signs for each answer; with one answer, for it and against it."""

    answers: tuple[str, ...]
    weights: Mapping[str, tuple[float, ...]]

    def sums(self, signs: Mapping[str, float]) -> list[float]:
        """Return the summed weights of each answer."""
        total = list(self.weights.get(ALWAYS, (0.0,) * len(self.answers)))
        for name, value in signs.items():
            weights = self.weights.get(name)
            if weights is not None:
                for at, weight in enumerate(weights):
                    total[at] += weight * value
        return total

    def probability(self, signs: Mapping[str, float], answer: str) -> float:
        """Return how probable an answer is that may be right beside others.

        Example:
            >>> model = LinearModel(answers=("begins",), weights={"always": (-1.0,), "title": (3.0,)})
            >>> round(model.probability({"title": 1.0}, "begins"), 2)
            0.88
        """
        total = self.sums(signs)[self.answers.index(answer)]
        return 1.0 / (1.0 + math.exp(-max(-_SUREST, min(_SUREST, total))))

    def shares(self, signs: Mapping[str, float]) -> dict[str, float]:
        """Return how probable each answer is where exactly one is right."""
        sums = self.sums(signs)
        most = max(sums)
        odds = [math.exp(one - most) for one in sums]
        return {answer: one / sum(odds) for answer, one in zip(self.answers, odds, strict=True)}


@cache
def linear_model(name: str) -> LinearModel:
    """Return a model of the room, such as ``boundary_signs``."""
    rows = read_table("openimr.records", f"data/{name}.csv")
    answers = tuple(rows[0])[1:]
    weights = {row["sign"]: tuple(float(row[one] or 0) for one in answers) for row in rows}
    return LinearModel(answers=answers, weights=weights)
