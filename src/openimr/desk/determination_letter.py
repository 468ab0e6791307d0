"""The record of a determination letter, put together from what was adopted in a case.

It holds what the parties may read: the qualifications of the reviewers, and
never who they are. Several reviewers are told as the first, the second and
the third; where they differ, the letter says how the outcome was reached.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from openimr import __version__
from openimr.casework.case_state import CaseState
from openimr.casework.events import Recorded
from openimr.casework.events_afterwards import CorrectionPrepared, LetterComposed
from openimr.casework.events_review import DeterminationAdopted, ReviewerProposed
from openimr.casework.moments import day_of
from openimr.casework.outcomes import outcomes
from openimr.casework.papers import parties_of
from openimr.casework.parts import Enclosure
from openimr.casework.seats import Version
from openimr.desk.notices.frame import PARTY_WORDS, name_of
from openimr.determination.letter import letter_record
from openimr.determination.proofs import proofs
from openimr.formats import from_json, to_json_line
from openimr.law.deadlines import deadlines
from openimr.law.qualifications import reviewer_rules
from openimr.law.rulebook import NotEncoded, RuleBook, load_rulebook
from openimr.terms.determination import Determination
from openimr.terms.eligibility import Eligibility
from openimr.terms.errors import CaseError
from openimr.terms.issuance import (
    Addressee,
    AppealRights,
    Issuance,
    Organization,
    Proof,
    SourceUsed,
    Statement,
)
from openimr.terms.letter import Credentials, Letter, LetterDispute
from openimr.terms.letter_record import LetterRecord
from openimr.terms.problem import Problem, Severity
from openimr.terms.records import CaseFile, Manifest
from openimr.terms.review import Review
from openimr.terms.reviewer import Assignment, Reviewer

ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth")
KIND = "letter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What a letter is put together from, beside the state of its case.

    ``case_file`` is None where the records were not read: the letter then has
    no list of documents.
    """

    log: tuple[Recorded, ...]
    reviewers: Mapping[str, Reviewer]
    case_file: CaseFile | None
    organization: str


def letter_of(state: CaseState, sources: Sources) -> LetterRecord:
    """Return the record of the letter of what is adopted now.

    Raises:
        CaseError: Not every reviewer has adopted.
    """
    adopted = _adopted(state)
    if not adopted:
        raise CaseError(
            asked=f"Put the letter of case {state.case_number} together",
            found="not every reviewer has adopted a determination.",
            remedy="Wait for the adoption.",
        )
    records = [_record(state, sources, version) for version in adopted]
    first = records[0]
    return replace(
        first,
        reviewer=_credentials(records),
        documents_reviewed=first.documents_reviewed if sources.case_file else None,
        disputes=_disputes(state, records),
        issuance=_issuance(state, sources, records),
    )


def enclosed(record: Letter) -> Enclosure:
    """Return a letter as it travels in an event, under the hash of its bytes."""
    text = to_json_line(record)
    return Enclosure(kind=KIND, sha256=sha256(text).hexdigest(), json=text.decode("utf-8"))


def record_in(log: Sequence[Recorded], letter: str) -> LetterRecord | None:
    """Return the letter of a hash from the log of its case, None where the log holds none."""
    for one in log:
        if isinstance(one.event, LetterComposed | CorrectionPrepared) and one.event.letter.sha256 == letter:
            text = one.event.letter.json
            return from_json(text, LetterRecord, name=f"the letter {letter[:16]}") if text else None
    return None


def _adopted(state: CaseState) -> tuple[Version, ...]:
    if not state.is_adopted:
        return ()
    return tuple(v for s in state.seats if (v := state.version_of(s.reviewer)) is not None)


def _record(state: CaseState, sources: Sources, version: Version) -> LetterRecord:
    """Return the letter of what one reviewer adopted."""
    determination = _determination(sources.log, version)
    reviewer = sources.reviewers.get(version.adoption.reviewer)
    case_file = sources.case_file or _unread(state)
    review = Review(
        case=state.case,
        eligibility=state.screening or Eligibility(eligible=state.live, grounds=(), alerts=(), unknown=()),
        deadlines=(),
        problems=(),
        case_file=case_file,
        reviewer=reviewer,
        proofs=_proofs(state, sources, version, case_file),
        draft=determination.drafted,
        determination=determination,
    )
    programme = load_rulebook(state.case.case.programme).title
    return letter_record(review, programme_name=programme, software_version=__version__)


def _determination(log: Sequence[Recorded], version: Version) -> Determination:
    for one in log:
        if isinstance(one.event, DeterminationAdopted) and one.event.number == version.number:
            text = one.event.determination.json
            if text:
                return from_json(text, Determination, name=f"version {version.number}")
    raise CaseError(
        asked=f"Read version {version.number} of the determination",
        found="the log of the case does not hold it.",
        remedy="Let the reviewer adopt it again.",
    )


def _unread(state: CaseState) -> CaseFile:
    manifest = Manifest(files=(), exhibits=0, pages=0, unread_pages=(), seal=state.seal or "")
    return CaseFile(manifest=manifest, pages=(), exhibits=())


def _proofs(state: CaseState, sources: Sources, version: Version, case_file: CaseFile) -> tuple[Proof, ...]:
    """Return what the record proves of the reviewer and of the file; nothing where it does not say."""
    reviewer = sources.reviewers.get(version.adoption.reviewer)
    assignment = _assignment(sources.log, version.adoption.reviewer)
    seat = state.seat_of(version.adoption.reviewer)
    if reviewer is None or assignment is None or seat is None:
        return ()
    on = day_of(seat.proposed_at)
    rules = reviewer_rules(state.case.case.programme, on)
    earlier = seat.attestation.attests if seat.attestation else ()
    found = proofs(
        case_file=case_file,
        missing=tuple(_missing(m) for m in state.missing),
        assignment=assignment,
        attests=(*earlier, *version.adoption.attests),
        reviewer=reviewer,
        on=on,
        least_years=rules.more_than_years,
        least_hours=rules.hours_per_week,
    )
    read = sources.case_file is not None
    return tuple(p for p in found if read or p.statement is not Statement.COMPLETE_FILE)


def _missing(message: str) -> Problem:
    return Problem(
        code="records.missing", field="records", message=message, remedy="", severity=Severity.WARNING
    )


def _assignment(log: Sequence[Recorded], reviewer: str) -> Assignment | None:
    chosen = [
        one.event.assignment
        for one in log
        if isinstance(one.event, ReviewerProposed) and one.event.assignment.reviewer == reviewer
    ]
    return chosen[-1] if chosen else None


def _credentials(records: Sequence[LetterRecord]) -> Credentials:
    """Return the qualifications of all reviewers, each once."""

    def joined(name: str) -> tuple[str, ...] | None:
        return tuple(dict.fromkeys(v for r in records for v in getattr(r.reviewer, name) or ())) or None

    return Credentials(
        licensed_in=joined("licensed_in"),
        specialties=joined("specialties"),
        board_certified_in=joined("board_certified_in"),
        subspecialties=joined("subspecialties"),
    )


def _disputes(state: CaseState, records: Sequence[LetterRecord]) -> tuple[LetterDispute, ...]:
    found = {o.dispute: o for o in outcomes(state)}
    numbers = state.live
    merged = []
    for place, dispute in enumerate(records[0].disputes):
        outcome = found[numbers[place]]
        told = dispute.rationale
        if len(records) > 1:
            parts = [f"{ORDINALS[n]} reviewer: {r.disputes[place].rationale}" for n, r in enumerate(records)]
            told = " ".join((*parts, outcome.because or "The reviewers agree."))
        merged.append(replace(dispute, outcome=outcome.outcome, rationale=told))
    return tuple(merged)


def _issuance(state: CaseState, sources: Sources, records: Sequence[LetterRecord]) -> Issuance:
    first = records[0].issuance
    assert first is not None, "the letter of a review has what stands behind it"
    rulebook = load_rulebook(state.case.case.programme)
    shared = _proven_of_all([r.issuance.proofs for r in records if r.issuance])
    appeal = _appeal(state, rulebook)
    return replace(
        first,
        organization=Organization(name=sources.organization),
        addressees=tuple(
            Addressee(role=PARTY_WORDS[party], name=name)
            for party in parties_of(state.case)
            if (name := name_of(state.case, party))
        ),
        proofs=shared,
        appeal=appeal,
        service=None,
        sources_used=(*first.sources_used, *_rules(state, rulebook)),
    )


def _proven_of_all(found: Sequence[tuple[Proof, ...]]) -> tuple[Proof, ...]:
    """Return the proofs of several reviewers as one: proven is what is proven of each."""
    return tuple(p for proofs_of_one in found for p in proofs_of_one)


def _appeal(state: CaseState, rulebook: RuleBook) -> AppealRights | None:
    issued = state.case.dates.application_received
    version = rulebook.version_on("appeal_window", day_of(state.versions[-1].adopted_at))
    if issued is None or isinstance(version, NotEncoded):
        return None
    return AppealRights(
        explanation=(
            "An aggrieved party may file a verified appeal with the Workers' Compensation Appeals Board, and "
            f"must serve it on all parties, within {version.period('regular')} of the service of this "
            "determination; service by mail, fax or electronic means lengthens that time by law. The proof "
            "of service that comes with this letter states the last day for each party"
        ),
        due=None,
        citation=version.citation,
        verified=version.verified.how,
    )


def _rules(state: CaseState, rulebook: RuleBook) -> tuple[SourceUsed, ...]:
    """Return the rules of procedure that the review followed, as they stood."""
    used = {d.rule: d for d in deadlines(state.case, rulebook) if d.ref in ("V1", "V2", "V3", "P1")}
    return tuple(
        SourceUsed(
            name=f"{rulebook.rule(name).title}, {d.citation}", version=d.force, verified=d.verified.how
        )
        for name, d in used.items()
    )
