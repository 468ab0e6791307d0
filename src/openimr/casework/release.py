"""The letter: composed, released by a second person, served with proof, corrected."""

from __future__ import annotations

from datetime import datetime

from openimr.casework.case_state import CaseState
from openimr.casework.commands_afterwards import (
    ComposeLetter,
    ConfirmReceipt,
    PrepareCorrection,
    ReleaseCorrection,
    ReleaseDetermination,
    ServePaper,
)
from openimr.casework.events_afterwards import (
    CorrectionPrepared,
    CorrectionReleased,
    LetterComposed,
    Released,
    Served,
)
from openimr.casework.events_review import NoticeReceived
from openimr.casework.moments import day_of
from openimr.casework.papers import paper_of
from openimr.casework.parts import Channel, Paper
from openimr.casework.refusals import Answer, Objection, answer, in_future, tampered, unless, unsaid
from openimr.casework.roles import Actor
from openimr.law.calendars import local_day
from openimr.terms.case import ServiceMethod as By

METHODS: dict[Channel, tuple[By, ...]] = {
    Channel.PRINT: (By.MAIL_CA, By.MAIL_US, By.MAIL_ABROAD, By.MAIL_CONFIDENTIAL, By.OVERNIGHT),
    Channel.EMAIL: (By.ELECTRONIC,),
    Channel.PORTAL: (By.ELECTRONIC,),
    Channel.FAX: (By.FAX,),
    Channel.IN_PERSON: (By.PERSONAL,),
}
"""What the law calls the ways by which a paper is sent."""


def compose_letter(command: ComposeLetter) -> Answer:
    """Return that the letter was composed from what is adopted now."""
    return answer((tampered(command.letter),), lambda: (LetterComposed(letter=command.letter),))


def release_determination(state: CaseState, command: ReleaseDetermination, by: Actor) -> Answer:
    """Return that a second person let the letter out."""
    composed = state.letter.sha256 if state.letter is not None else None
    return answer(
        (
            unless(
                command.letter == composed,
                "the letter to be released is not the one that was composed last.",
                "Read the letter as it stands now, and release that one.",
            ),
            _adopted_it(state, by),
            unless(
                by.id not in state.authors,
                "you wrote the draft or the letter.",
                "A second person releases it.",
            ),
        ),
        lambda: (Released(letter=command.letter),),
    )


def _adopted_it(state: CaseState, by: Actor) -> Objection | None:
    adopters = {v.adoption.reviewer for v in state.versions if v.round == state.round}
    return unless(by.id not in adopters, "you adopted the determination.", "A second person releases it.")


def prepare_correction(state: CaseState, command: PrepareCorrection) -> Answer:
    """Return that a corrected letter waits for its release."""
    before = state.released.letter if state.released is not None else None
    return answer(
        (
            tampered(command.letter),
            unsaid(command.corrections, "what was wrong"),
            unless(
                command.letter.sha256 != before,
                "it is the letter that was released.",
                "Correct the letter first.",
            ),
        ),
        lambda: (CorrectionPrepared(letter=command.letter, corrections=command.corrections),),
    )


def release_correction(state: CaseState, command: ReleaseCorrection, by: Actor) -> Answer:
    """Return that a second person let the corrected letter out."""
    waiting = state.correction
    return answer(
        (
            unless(
                waiting is not None and command.letter == waiting.sha256,
                "that corrected letter does not wait for its release.",
                "Read the corrected letter as it stands now, and release that one.",
            ),
            unless(
                waiting is None or waiting.by != by.id,
                "you prepared the correction.",
                "A second person releases it.",
            ),
            _adopted_it(state, by),
        ),
        lambda: (CorrectionReleased(letter=command.letter),),
    )


def serve_paper(state: CaseState, command: ServePaper, at: datetime) -> Answer:
    """Return that a paper was served on a party, by a channel, with proof."""
    paper, service = paper_of(state, command.paper), command.service
    owed = paper.owed if paper is not None else ()
    waiting = [f"{p.id} to {', '.join(p.owed)}" for p in state.owed_papers]
    return answer(
        (
            unless(
                service.party in owed,
                f"{command.paper} is not owed to the {service.party.value}.",
                f"Owed are: {'; '.join(waiting)}.",
            ),
            unless(
                service.method in METHODS[service.channel],
                f"by {service.channel.value} it cannot be served as {service.method.value}.",
                f"The law calls it: {', '.join(m.value for m in METHODS[service.channel])}.",
            ),
            in_future(service.sent, at, "the day of service"),
            _before_it_was_there(paper, command),
            unsaid(service.proof.reference, "the proof of service"),
        ),
        lambda: (Served(paper=command.paper, service=service),),
    )


def _before_it_was_there(paper: Paper | None, command: ServePaper) -> Objection | None:
    if paper is None:
        return None
    since = day_of(paper.owed_since)
    return unless(
        local_day(command.service.sent) >= since,
        f"it was sent on {local_day(command.service.sent).isoformat()}, before it was there.",
        f"State the day on which it was sent, from {since.isoformat()} on.",
    )


def confirm_receipt(state: CaseState, command: ConfirmReceipt, at: datetime) -> Answer:
    """Return that a party received a paper."""
    paper = paper_of(state, command.paper)
    services = paper.served if paper is not None else ()
    service = next((s for s in services if s.party is command.party and s.received is None), None)
    return answer(
        (
            unless(
                service is not None,
                f"{command.paper} was not served on the {command.party.value}, or its receipt is known.",
                "Serve it first.",
            ),
            unless(
                service is None or local_day(command.received) >= local_day(service.sent),
                "it was received before it was sent.",
                "State the day of receipt.",
            ),
            in_future(command.received, at, "the receipt"),
        ),
        lambda: (NoticeReceived(paper=command.paper, party=command.party, received=command.received),),
    )
