"""An answer of the record held against what a criterion wants: silence stays silence."""

from __future__ import annotations

from dataclasses import replace

from openimr.guidelines.answer import Answer, listed, places_of
from openimr.guidelines.topic import Criterion
from openimr.terms.findings import Status
from openimr.terms.places import Place

# Days of use that a record shows are the least there were: they can pass a
# limit, and never prove that it was kept.
_AT_LEAST = frozenset({"rx.duration_of_use_total", "tx.visits_cumulative", "test.count_last_12_months"})
_ANY_OF = frozenset({"intersects", "in", "includes", "includes_any"})
_NONE_OF = frozenset({"excludes", "not_in"})
# Lists of the record that are complete enough for what is missing in them to be absent.
_INCOMPLETE = frozenset({"dx.concepts", "dx.history"})


def compare(criterion: Criterion, answer: Answer) -> tuple[Status, tuple[Place, ...]]:
    """Return the status of a criterion for an answer, and the places it rests on.

    Source:
        The ``op`` and ``value`` of the criterion.
    """
    if answer.one_of:
        statuses = {compare(criterion, replace(answer, value=v, one_of=()))[0] for v in answer.one_of}
        return (statuses.pop() if len(statuses) == 1 else Status.NOT_DOCUMENTED), answer.places
    if isinstance(answer.value, frozenset) or answer.refuted:
        return _of_set(criterion, answer)
    if answer.value is None:
        return Status.NOT_DOCUMENTED, answer.places
    if criterion.op in ("is", "in", "includes", "includes_any", "intersects"):
        return _said(_is(answer.value, criterion.value)), answer.places
    if criterion.op in ("is_not", "not_in", "excludes"):
        return _said(not _is(answer.value, criterion.value)), answer.places
    return _of_number(criterion, answer)


def _is(found: object, wanted: object) -> bool:
    return found in wanted if isinstance(wanted, tuple) else found == wanted


def _said(is_so: bool) -> Status:
    return Status.MET if is_so else Status.NOT_MET


def _of_number(criterion: Criterion, answer: Answer) -> tuple[Status, tuple[Place, ...]]:
    wanted, found = criterion.value, answer.value
    if isinstance(found, bool) or not isinstance(found, (int, float)):
        return Status.NOT_DOCUMENTED, answer.places
    if isinstance(wanted, bool) or not isinstance(wanted, (int, float)):
        return Status.NOT_DOCUMENTED, answer.places
    if criterion.op == ">=":
        return _least(found >= wanted, answer)
    if criterion.op == ">":
        return _least(found > wanted, answer)
    if found > wanted:
        return Status.NOT_DOCUMENTED if answer.is_most else Status.NOT_MET, answer.places
    if criterion.fact in _AT_LEAST or answer.is_least:
        return Status.NOT_DOCUMENTED, answer.places
    return Status.MET, answer.places


def _least(is_reached: bool, answer: Answer) -> tuple[Status, tuple[Place, ...]]:
    """What the record shows at least can reach a figure, and never prove that it was not reached.

    What it shows at most can fail to reach it, and never prove that it did.
    """
    if (answer.is_least and not is_reached) or (answer.is_most and is_reached):
        return Status.NOT_DOCUMENTED, answer.places
    return _said(is_reached), answer.places


def _of_set(criterion: Criterion, answer: Answer) -> tuple[Status, tuple[Place, ...]]:
    wanted = criterion.value if isinstance(criterion.value, tuple) else (str(criterion.value),)
    found = answer.value if isinstance(answer.value, frozenset) else frozenset()
    if criterion.op in ("includes_all", "all_in", "subset_of"):
        return _whole(criterion.op, found, set(wanted), answer)
    shared = found & set(wanted)
    if criterion.op in _ANY_OF:
        if shared:
            return Status.MET, answer.places
        if criterion.op == "in" and found:
            return Status.NOT_MET, answer.places
        if set(wanted) <= answer.refuted:
            return Status.NOT_MET, answer.refuted_at
        return Status.NOT_DOCUMENTED, _looked_at(answer)
    if shared:
        return Status.NOT_MET, answer.places
    if set(wanted) <= answer.refuted:
        return Status.MET, answer.refuted_at
    if found and criterion.fact not in _INCOMPLETE:
        # a list of medications or parts was given, and this is not among them
        return Status.MET, answer.places
    return Status.NOT_DOCUMENTED, _looked_at(answer)


def deciding(criterion: Criterion, answer: Answer) -> tuple[str, tuple[Place, ...]] | None:
    """Return the words and places of what in a list decides a criterion; None where nothing in it does.

    What the record denies elsewhere is told beside it.

    Source:
        The criterion's own, which its topic names.
    """
    wanted = criterion.value if isinstance(criterion.value, tuple) else (str(criterion.value),)
    if not isinstance(answer.value, frozenset) or criterion.op not in _ANY_OF | _NONE_OF:
        return None
    shown = [fact for word, fact in answer.shown_by if word in wanted]
    if not shown:
        return None
    denied = [fact for word, fact in answer.denied_by if word in {f.name for f in shown}]
    because = f"The record shows {listed(shown)}."
    if denied:
        because += f" It also denies {listed(denied)}: the two disagree."
    return because, places_of([*shown, *denied])


def _looked_at(answer: Answer) -> tuple[Place, ...]:
    """Return the places of what the record does list and deny, though none of it answers.

    The answer's sentence names these things, and every factual sentence has its page.
    """
    return tuple(dict.fromkeys((*answer.places, *answer.refuted_at)))


def _whole(
    op: str, found: frozenset[str], wanted: set[str], answer: Answer
) -> tuple[Status, tuple[Place, ...]]:
    if not found:
        return Status.NOT_DOCUMENTED, ()
    if op == "includes_all":
        return (Status.MET if wanted <= found else Status.NOT_DOCUMENTED), answer.places
    return _said(found <= wanted), answer.places
