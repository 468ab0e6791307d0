"""The draft of a case: what the file answers to the guidelines, for the disputes that wait for a decision."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

from django.conf import settings

from openimr.casework.case_state import CaseState
from openimr.casework.parts import Enclosure
from openimr.desk.packs import packs_of
from openimr.formats import to_json_line
from openimr.guidelines.library import load_library
from openimr.review import draft_of, in_dispute
from openimr.terms.determination import Draft
from openimr.terms.facts import Facts


def drafted(state: CaseState, facts: Facts) -> Draft:
    """Return the draft of a case, about its live disputes alone."""
    requested_on = state.case.dates.rfa.on if state.case.dates.rfa else None
    library = load_library(packs_of(settings.ENVIRONMENT))
    whole = draft_of(state.case_number, in_dispute(state.case), facts, requested_on, library)
    live = tuple(d for d in whole.disputes if d.number in state.live)
    used = {e.topic for d in live for e in d.evaluations}
    used |= {f.criterion for d in live for e in d.evaluations for f in e.findings}
    return replace(whole, disputes=live, to_confirm=tuple(name for name in whole.to_confirm if name in used))


def enclosed_draft(draft: Draft) -> Enclosure:
    """Return a draft as it travels in an event, under the hash of its bytes."""
    text = to_json_line(draft)
    return Enclosure(kind="draft", sha256=sha256(text).hexdigest(), json=text.decode("utf-8"))
