"""Notices about an application: what is asked, what cannot be reviewed, what goes on elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from openimr.casework.parts import About, DisputeStanding, DisputeStatus
from openimr.desk.notices.frame import (
    PARTY_WORDS,
    Notice,
    due_words,
    head,
    law,
    questions,
    treatments,
)
from openimr.law.other_starts import deadline_from
from openimr.letters.blocks import Block, Decision, Entries, Heading, Paragraph
from openimr.terms.eligibility import Ground
from openimr.terms.period import Moment


def information_request(notice: Notice) -> Sequence[Block]:
    """Return the request to a party for information that the case needs."""
    request = next((r for r in notice.state.requests if r.number == notice.number), None)
    if request is None:
        return head(notice, "Request for Information")
    is_asked = notice.party is request.of
    of = PARTY_WORDS[request.of].lower()
    needed = (
        "It cannot be decided yet whether this application can be reviewed. "
        if request.about is About.ELIGIBILITY
        else "The review of this case needs more information. "
    )
    asks = "Please send the following:" if is_asked else f"The {of} was asked for the following:"
    rule = "more_information" if request.about is About.ELIGIBILITY else "information_for_reviewer"
    return [
        *head(notice, "Request for Information"),
        Paragraph(needed + ("You can help with it." if is_asked else "You receive a copy of the request.")),
        Entries(asks, request.what),
        *_time_to_answer(notice, rule),
        Paragraph(
            "If no answer comes in that time, the case is decided on what is there, which can be to the "
            "disadvantage of whoever did not answer."
        ),
        *law(notice, rule),
        *questions(notice),
    ]


def _time_to_answer(notice: Notice, rule: str) -> list[Block]:
    ref = "E1" if rule == "more_information" else "D7"
    moment = Moment(notice.sent) if notice.sent else None
    clock = deadline_from(
        notice.state.case, notice.rulebook, ref=ref, start="information_asked_for", moment=moment
    )
    if clock is None:
        return []
    words = due_words(clock)
    if not words:
        return [Paragraph("The time to answer runs from the day on which this request is received.")]
    return [Paragraph(f"{words}, if it is received on the day of its date.", lead="Answer by:")]


def ineligibility(notice: Notice) -> Sequence[Block]:
    """Return the notice that treatments cannot be reviewed: every reason, what cures it, how to object."""
    blocks = head(notice, "Notice of Ineligibility")
    refused = [s for s in notice.state.standings if s.status is DisputeStatus.INELIGIBLE]
    goes_on = treatments(
        notice,
        "Treatment that goes on to review, of which a notice of its own tells:",
        DisputeStatus.ELIGIBLE,
    )
    words = "of the treatment listed here" if goes_on else "that was applied for"
    blocks.append(
        Decision("Decision:", "Not eligible.", f"The independent medical review {words} cannot be held.")
    )
    blocks.append(Heading("TREATMENT AND REASONS"))
    for standing in refused:
        blocks.extend(_reasons(notice, standing))
    blocks.extend(goes_on)
    blocks.extend(_objection(notice))
    return [*blocks, *law(notice, "eligibility_notice", "ineligibility_appeal"), *questions(notice)]


def _reasons(notice: Notice, standing: DisputeStanding) -> Iterable[Block]:
    request = notice.state.case.dispute[standing.number - 1].request
    reasons = [_reason(g) for g in _grounds(notice, standing)] or [standing.why or "No reason was stated."]
    return [Entries(f"{standing.number}. {request}", tuple(dict.fromkeys(reasons)))]


def _grounds(notice: Notice, standing: DisputeStanding) -> Iterable[Ground]:
    """Yield the grounds that the decision names for a treatment."""
    screening = notice.state.screening
    exempt = {(e.code, e.dispute) for e in notice.state.exemptions}
    for ground in screening.grounds if screening else ():
        concerns = ground.dispute in (None, standing.number)
        counts = not {(ground.code, None), (ground.code, standing.number)} & exempt
        if concerns and counts and (not standing.codes or ground.code in standing.codes):
            yield ground


def _reason(ground: Ground) -> str:
    """Return a ground as a sentence, with its citation and its cure."""
    found = ground.found[:1].upper() + ground.found[1:].rstrip(".")
    cure = f" What can be done: {ground.cure}" if ground.cure else ""
    return f"{found} ({ground.citation}).{cure}"


def _objection(notice: Notice) -> list[Block]:
    moment = Moment(notice.sent) if notice.sent else None
    clock = deadline_from(
        notice.state.case,
        notice.rulebook,
        ref="E3",
        start="ineligibility_served",
        moment=moment,
        method=notice.method,
    )
    words = (
        "Whoever is aggrieved by this decision may petition the Workers' Compensation Appeals Board. "
        "The time for it runs from the service of this notice."
    )
    blocks: list[Block] = [Heading("IF YOU DISAGREE"), Paragraph(words)]
    if day := due_words(clock):
        blocks.append(Paragraph(day, lead="Last day to petition:"))
    return blocks


def deferral(notice: Notice) -> Sequence[Block]:
    """Return the notice that the review waits, because it is disputed who is liable."""
    return [
        *head(notice, "Notice of Deferral"),
        Decision(
            "Decision:",
            "Deferred.",
            "The review waits until it is decided whether the claims administrator is liable.",
        ),
        *treatments(notice, "Treatment that waits:", DisputeStatus.DEFERRED),
        Paragraph(
            "The application is kept. When the dispute over liability is resolved and the treatment is found "
            "to be the liability of the claims administrator, tell us so and send the decision that shows "
            "it: the application then goes on from where it stands."
        ),
        *law(notice, "filing_window_after_liability", "ur_after_liability"),
        *questions(notice),
    ]


def duplicate(notice: Notice) -> Sequence[Block]:
    """Return the notice that the same review was applied for before."""
    closed = notice.state.closed
    elsewhere = closed.goes_on_in if closed and closed.goes_on_in else "the earlier case"
    return [
        *head(notice, "Notice of a Duplicate Application"),
        Paragraph(
            f"The same treatment was brought to review before, in case {elsewhere}. This application is "
            "closed; nothing is lost by it, because the earlier case goes on and decides the same question."
        ),
        *([Paragraph(closed.why, lead="What is the same:")] if closed and closed.why else []),
        *treatments(notice, "Treatment of this application:"),
        Paragraph(
            "If the two applications are about different treatment or decisions, tell us how they differ."
        ),
        *law(notice, "eligibility_notice"),
        *questions(notice),
    ]


def consolidation(notice: Notice) -> Sequence[Block]:
    """Return the notice that applications are reviewed as one."""
    closed = notice.state.closed
    if closed is not None and closed.goes_on_in:
        words = (
            f"This application is reviewed together with case {closed.goes_on_in}, and goes on under that "
            "number. One determination answers all of its treatment."
        )
    else:
        cases = ", ".join(notice.state.taken_in) or "another application"
        words = (
            f"The treatment of {cases} is reviewed in this case as well. One determination answers all of it."
        )
    return [
        *head(notice, "Notice of Consolidation"),
        Paragraph(words),
        *treatments(notice, "Treatment reviewed together:", DisputeStatus.ELIGIBLE, DisputeStatus.OPEN),
        *law(notice, "consolidation"),
        *questions(notice),
    ]
