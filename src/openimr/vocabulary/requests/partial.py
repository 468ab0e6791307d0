"""A request that utilization review approved in part: three portions of one thing.

Letters print such a request as fixed sentences around three wordings: the
original request, what was authorized, and what remains in dispute.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# The longest printed heading has some 600 characters; a longer text is no heading.
_LONGEST = 4000
_REMAINDER = re.compile(
    r"^(?P<original>.+?),?\s+(?:was|were) the original request\.?\s+"
    r"(?P<authorized>.+?),?\s+(?:was|were) authorized by the Claims Administrator\.?\s+"
    r"The remaining IMR eligible portion of the original request,?\s+"
    r"(?P<remaining>.+?),?(?:\s+(?:is|are))?$",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"^(?P<original>.+?),?\s+(?:was|were) the original request\.?\s+"
    r"The Claims Administrator authorized (?P<authorized>.+?),?\s+"
    r"leaving the original request IMR eligible\.?\s+"
    r"The original request,?\s+(?P<remaining>.+?),?(?:\s+(?:is|are))?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PartialApproval:
    """The three wordings of a partly approved request."""

    original: str
    authorized: str
    remaining: str


def split_partial_approval(request: str) -> PartialApproval | None:
    """Return the three portions of a partly approved request, or None.

    Args:
        request: The request as printed, white space folded, without the outcome.

    Example:
        >>> split_partial_approval(
        ...     "Soma 350mg #60 was the original request. Soma 350mg #20 was authorized "
        ...     "by the Claims Administrator. The remaining IMR eligible portion of the "
        ...     "original request, Soma 350mg #40 is").remaining
        'Soma 350mg #40'
    """
    if "original request" not in request or len(request) > _LONGEST:
        return None
    match = _REMAINDER.match(request) or _WHOLE.match(request)
    if match is None:
        return None
    return PartialApproval(match["original"], match["authorized"], match["remaining"])


def print_partial_approval(
    request: str, *, requested: str | None, authorized: str | None, remaining: str | None
) -> str:
    """Return a partly approved request in the sentences that letters print it in.

    A portion that is only a quantity takes the place of the requested one in
    the words of the request. Without all three the request stays as it is.

    Example:
        >>> print_partial_approval("Soma 350mg #60", requested="#60", authorized="#20", remaining="#40")
        'Soma 350mg #60 was the original request. Soma 350mg #20 was authorized by the Claims \
Administrator. The remaining IMR eligible portion of the original request, Soma 350mg #40'
    """
    if not requested or not authorized or not remaining:
        return request

    def portion(words: str) -> str:
        return request.replace(requested, words, 1) if requested in request else words

    return (
        f"{request} was the original request. {portion(authorized)} was authorized by the Claims "
        f"Administrator. The remaining IMR eligible portion of the original request, {portion(remaining)}"
    )
