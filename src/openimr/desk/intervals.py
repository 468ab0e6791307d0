"""Shares with the range in which the true share lies: a share without its n and range says too much."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

# the 97.5th percentile of the normal distribution: an interval of 95 %
Z = 1.959964


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many of how many, as a share of 1 with its 95 % interval; no share of nothing."""

    part: int
    whole: int
    low: float
    high: float

    @property
    def value(self) -> float | None:
        """Return the share, None of nothing."""
        return self.part / self.whole if self.whole else None

    @property
    def words(self) -> str:
        """Return the share in per cent with its interval and its n.

        Example:
            >>> wilson(3, 10).words
            '30 % (95 % interval 11 to 60 %; 3 of 10)'
            >>> wilson(0, 0).words
            'no cases'
        """
        if self.value is None:
            return "no cases"
        low, high = f"{100 * self.low:.0f}", f"{100 * self.high:.0f}"
        return f"{100 * self.value:.0f} % (95 % interval {low} to {high} %; {self.part:,} of {self.whole:,})"


def wilson(part: int, whole: int) -> Share:
    """Return a share with its interval after Wilson, which holds for few cases and for 0 and 1 as well.

    Source:
        Wilson (1927), "Probable inference, the law of succession, and statistical inference".

    Example:
        >>> found = wilson(0, 20)
        >>> round(found.low, 3), round(found.high, 3)
        (0.0, 0.161)
    """
    if whole == 0:
        return Share(part=0, whole=0, low=0.0, high=1.0)
    share = part / whole
    centre = share + Z * Z / (2 * whole)
    spread = Z * sqrt(share * (1 - share) / whole + Z * Z / (4 * whole * whole))
    scale = 1 + Z * Z / whole
    return Share(
        part=part,
        whole=whole,
        low=max(0.0, (centre - spread) / scale),
        high=min(1.0, (centre + spread) / scale),
    )
