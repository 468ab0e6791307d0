"""What a second person looks at before a determination leaves: each check with what was found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from openimr.casework.case_state import CaseState
from openimr.casework.events import Recorded
from openimr.casework.events_review import DeterminationAdopted
from openimr.casework.roles import Actor, Role
from openimr.casework.seats import Version
from openimr.desk.models import ROLE_WORDS
from openimr.desk.signing import is_signed
from openimr.formats import from_json
from openimr.letters.citations import cite
from openimr.terms.citation import CitationKind
from openimr.terms.determination import Determination, DeterminedDispute
from openimr.terms.problem import Problem

# a text for an injured worker that asks for more than this grade is worth a second look
HARD_TO_READ = 14.0


class Found(StrEnum):
    """What a check found."""

    GOOD = "good"
    LOOK = "look"
    """Nothing forbids the release; a person should look at it."""
    STOP = "stop"
    """It must not leave like this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was looked at."""

    found: Found
    about: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """The letter as it was composed: its text, what it does not state, and whether it is still the right one.

    ``trouble`` says why it cannot be printed.
    """

    text: str
    problems: tuple[Problem, ...]
    is_current: bool
    trouble: str = ""


def adopted_in(log: Sequence[Recorded], version: Version) -> DeterminationAdopted | None:
    """Return the event by which a version was adopted."""
    for one in log:
        if isinstance(one.event, DeterminationAdopted) and one.event.number == version.number:
            return one.event
    return None


def determination_of(event: DeterminationAdopted) -> Determination | None:
    """Return the determination that an event carries."""
    text = event.determination.json
    return from_json(text, Determination, name="the determination") if text else None


def checks(
    state: CaseState,
    log: Sequence[Recorded],
    *,
    letter: Letter | None,
    names: Mapping[str, str],
    key: Ed25519PublicKey,
) -> tuple[Check, ...]:
    """Return everything that was looked at before the release.

    Args:
        letter: The letter as it was composed, None where it was not.
        names: The names of the reviewers by their identifiers: none of them may stand in the letter.
        key: The public key of the organization.
    """
    return (
        *_order(state),
        *(c for v in standing(state) for c in _version(log, v, key)),
        *_letter(state, letter, names),
    )


def standing(state: CaseState) -> tuple[Version, ...]:
    """Return the versions that stand in this round."""
    return tuple(v for v in state.versions if v.counts and v.round == state.round)


def _order(state: CaseState) -> Iterator[Check]:
    blind = all(s.attestation is not None and s.views and s.draft_opened_at is not None for s in state.seats)
    yield Check(
        found=Found.GOOD if blind else Found.STOP,
        about="Order of the review",
        words=(
            "Attested before the file opened; a view of each dispute was recorded before the draft opened."
            if blind
            else "An attestation, a view or the opening of the draft is missing."
        ),
    )
    decided = {d.dispute for v in standing(state) for d in v.adoption.decision}
    left = [n for n in state.live if n not in decided]
    words = "Every eligible dispute is decided." if not left else f"Not decided: dispute {left}."
    yield Check(found=Found.STOP if left else Found.GOOD, about="Disputes", words=words)


def _version(log: Sequence[Recorded], version: Version, key: Ed25519PublicKey) -> Iterator[Check]:
    event = adopted_in(log, version)
    about = f"Version {version.number}"
    if event is None or (told := determination_of(event)) is None:
        yield Check(found=Found.STOP, about=about, words="The log does not hold the determination.")
        return
    text = event.determination.json or ""
    if event.signature is None:
        yield Check(found=Found.LOOK, about=about, words="It is not signed.")
    elif is_signed(text, event.signature, key):
        yield Check(found=Found.GOOD, about=about, words="The signature is that of the organization.")
    else:
        yield Check(found=Found.STOP, about=about, words="The signature is not that of this determination.")
    left = [name for name in told.drafted.to_confirm if name not in told.confirmed]
    if left:
        words = f"Only recalled, not confirmed, and so not printed: {', '.join(left)}."
        yield Check(found=Found.LOOK, about=about, words=words)
    for dispute in told.disputes:
        yield from _dispute(dispute, f"{about}, dispute {dispute.number}")


def _dispute(dispute: DeterminedDispute, about: str) -> Iterator[Check]:
    if not dispute.citations:
        yield Check(found=Found.LOOK, about=about, words="No guideline or evidence is cited.")
    for line in dispute.citations:
        kinds = {c.kind for c in cite(line)}
        if not kinds - {CitationKind.OTHER, CitationKind.NOT_CITED, CitationKind.OUTSIDE_MTUS}:
            words = f"What is cited was not recognized as a guideline: {line}"
            yield Check(found=Found.LOOK, about=about, words=words)
    grade = dispute.reading_grade
    if grade is not None:
        is_hard = grade > HARD_TO_READ
        words = f"The reasons ask for reading at grade {grade}."
        yield Check(found=Found.LOOK if is_hard else Found.GOOD, about=about, words=words)
    for change in dispute.findings_changed:
        words = f"The physician answered {change.criterion} otherwise than the draft: {change.why}"
        yield Check(found=Found.LOOK, about=about, words=words)


def _letter(state: CaseState, letter: Letter | None, names: Mapping[str, str]) -> Iterator[Check]:
    about = "Letter"
    if letter is None or state.letter is None:
        yield Check(found=Found.STOP, about=about, words="It was not composed from what is adopted now.")
        return
    if letter.trouble:
        yield Check(found=Found.STOP, about=about, words=letter.trouble)
        return
    wanted = {s.reviewer for s in state.seats} | {f.reviewer for f in state.former}
    lower = letter.text.lower()
    known = [w for r in wanted for w in (r, names.get(r, "")) if w and w.lower() in lower]
    yield Check(
        found=Found.STOP if known else Found.GOOD,
        about=about,
        words="It names a reviewer." if known else "It names no reviewer.",
    )
    yield Check(
        found=Found.GOOD if letter.is_current else Found.STOP,
        about=about,
        words=(
            "Composed anew from what is adopted, it comes out the same."
            if letter.is_current
            else "Composed anew from what is adopted, it comes out otherwise: compose it again."
        ),
    )
    for problem in letter.problems:
        yield Check(found=Found.LOOK, about=about, words=f"{problem.message} {problem.remedy}")


def who_may_not(state: CaseState, actor: Actor) -> str:
    """Return why somebody may not release, or nothing."""
    if actor.id in {v.adoption.reviewer for v in state.versions if v.round == state.round}:
        return "You adopted the determination: a second person releases it."
    if actor.id in state.authors:
        return "You wrote the draft or the letter: a second person releases it."
    if actor.role not in (Role.QUALITY, Role.MEDICAL_DIRECTOR):
        return f"{ROLE_WORDS[actor.role]} does not release; quality or the medical director does."
    return ""
