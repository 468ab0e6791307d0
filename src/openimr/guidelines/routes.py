"""The ways to yes that a topic offers, held against its findings."""

from __future__ import annotations

from collections.abc import Sequence

from openimr.guidelines.topic import Route, Topic
from openimr.terms.findings import Finding, RouteAnswer, Status


def routes_of(topic: Topic, findings: Sequence[Finding]) -> tuple[RouteAnswer, ...]:
    """Return for each route of a topic whether it is open, closed, or not documented.

    Source:
        The ``route`` tables of the topic.
    """
    return tuple(_answer(route, findings) for route in topic.route)


def _answer(route: Route, findings: Sequence[Finding]) -> RouteAnswer:
    steps: list[tuple[str, Status]] = [(f.criterion, f.status) for f in findings if f.criterion in route.all]
    for group in route.any_group:
        steps.append((group, _best([f.status for f in findings if f.group == group])))
    open_steps = [s for s in steps if s[1] not in (Status.MET, Status.NOT_APPLICABLE)]
    statuses = [status for _, status in open_steps]
    if Status.NOT_MET in statuses:
        status = Status.NOT_MET
    elif statuses:
        status = Status.NOT_DOCUMENTED
    else:
        status = Status.MET
    return RouteAnswer(
        id=route.id, text=route.text, status=status, waits_for=tuple(name for name, _ in open_steps)
    )


def _best(statuses: Sequence[Status]) -> Status:
    """Return the status of a group of which one member is enough."""
    for status in (Status.MET, Status.NOT_DOCUMENTED):
        if status in statuses:
            return status
    return Status.NOT_MET
