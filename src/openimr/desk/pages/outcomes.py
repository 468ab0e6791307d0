"""How a page tells what became of a command: stored, refused with reasons, or overtaken by somebody else."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest

from openimr.casework.decide import Refused
from openimr.desk.store import Outcome, Stale
from openimr.desk.telling import sentence


def tell(request: HttpRequest, outcome: Outcome) -> None:
    """Put a message for the person who acted on the next page."""
    if isinstance(outcome, Refused):
        for reason in outcome.reasons:
            messages.error(request, str(reason))
    elif isinstance(outcome, Stale):
        changes = " ".join(sentence(one.event) for one in outcome.since)
        messages.error(
            request,
            "Nothing was stored: the case changed while you had it open. "
            f"In the meantime: {changes} Look at the case as it is now, and decide again.",
        )
    else:
        messages.success(request, " ".join(sentence(one.event) for one in outcome.events))
