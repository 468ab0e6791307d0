"""A whole review as one function, in the order of the programme."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from openimr.determination.adopt import adopt
from openimr.determination.draft import draft_determination
from openimr.determination.proofs import proofs
from openimr.facts.extract import extract_facts, pages_of_summary
from openimr.guidelines.evaluate import evaluate
from openimr.guidelines.library import Library, load_library
from openimr.guidelines.unknown import unknown_treatments
from openimr.law.deadlines import deadlines
from openimr.law.eligibility import check_eligibility
from openimr.law.order import check_dates
from openimr.law.qualifications import appeal_rights, reviewer_rules
from openimr.law.rulebook import RuleBook, load_rulebook
from openimr.panel.attest import attest
from openimr.panel.select import select_reviewer
from openimr.records.checklist import missing_records
from openimr.terms.case import Case, CaseDispute
from openimr.terms.determination import Adoption, Draft
from openimr.terms.errors import CaseError, FormatInvalid
from openimr.terms.facts import FactKind, Facts
from openimr.terms.findings import TopicEvaluation
from openimr.terms.issuance import Proof
from openimr.terms.letter import Letter
from openimr.terms.problem import Problem, Severity
from openimr.terms.records import CaseFile
from openimr.terms.review import Review
from openimr.terms.reviewer import Assignment, Panel, Reviewer, Unassignable
from openimr.vocabulary.requests import parse_request, print_partial_approval

# Opens the case file: called once the reviewer has attested, never before.
OpenFile = Callable[[], tuple[CaseFile, tuple[Problem, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a review needs beside the case itself."""

    panel: Panel
    adoption: Adoption | None
    open_file: OpenFile
    seed: int
    others: tuple[Case, ...] = ()
    packs: tuple[Path, ...] = ()


def review(case: Case, step: Step) -> Review:
    """Return a whole review: eligibility, reviewer, file, facts, criteria, draft, determination.

    The order is the programme's. A case that is not eligible or that nobody
    may review ends early, with its reasons; a case that no physician has
    adopted ends as a draft without an outcome.

    Args:
        case: The case as ``case.toml`` states it.
        step: The panel, the adoption if there is one, the way to open the
            file, the seed that repeats the draw between equal reviewers, and
            folders of guideline packs.

    Raises:
        CaseError: The adoption contradicts the case or the assignment.
        FormatInvalid: A dispute of the case has an empty request.
        AssignmentError: The reviewer did not attest what the file needs.
    """
    rulebook, library = load_rulebook(case.case.programme), load_library(step.packs)
    begun = _begin(case, step, rulebook)
    if not begun.eligibility.eligible:
        return begun
    assigned = _assign(begun, step)
    if not isinstance(assigned.assignment, Assignment):
        return assigned
    opened = _open(assigned, step)
    drafted = _draft(opened, library, step.adoption.confirmed if step.adoption else ())
    return _adopt(drafted, step.adoption)


def _begin(case: Case, step: Step, rulebook: RuleBook) -> Review:
    empty = [number for number, d in enumerate(case.disputes, start=1) if not d.request.strip()]
    if empty:
        raise FormatInvalid(
            asked="Read case.toml",
            found=f"the request of dispute {', '.join(map(str, empty))} is empty.",
            remedy="Write the request as utilization review prints it.",
        )
    problems = check_dates(case)
    if any(p.severity is Severity.ERROR for p in problems):
        raise CaseError(
            asked=f"Review case {case.case.number}",
            found="its dates contradict each other: " + " ".join(f"{p.field}: {p.message}" for p in problems),
            remedy=" ".join(p.remedy for p in problems),
        )
    return Review(
        case=case,
        eligibility=check_eligibility(case, rulebook, others=step.others),
        deadlines=deadlines(case, rulebook),
        problems=(*problems, *unknown_treatments(case.disputes)),
    )


def _assign(begun: Review, step: Step) -> Review:
    """Choose the reviewer and record the attestation, before the file is opened."""
    case = begun.case
    on = assigned_on(case)
    chosen = select_reviewer(
        case,
        tuple(parse_request(d.request) for d in in_dispute(case)),
        step.panel,
        rules=reviewer_rules(case.case.programme, on),
        on=on,
        seed=step.seed,
    )
    if isinstance(chosen, Unassignable):
        return replace(begun, assignment=chosen)
    return replace(
        begun,
        assignment=chosen,
        reviewer=_reviewer(step.panel, chosen.reviewer),
        attestation=attest(chosen, step.adoption.attests, on=on) if step.adoption else None,
    )


def assigned_on(case: Case) -> date:
    """Return the day on which credentials must hold: the assignment's, else the last day known.

    Raises:
        CaseError: The case has none of the dates that could stand for it.
    """
    dates = case.dates
    for moment in (dates.assigned, dates.noarfi_sent, dates.eligible, dates.application_received):
        if moment is not None:
            return moment.on
    raise CaseError(
        asked=f"Choose a reviewer for case {case.case.number}",
        found="[dates] has none of assigned, noarfi_sent, eligible and application_received.",
        remedy="Enter at least the day on which the application was received.",
    )


def _reviewer(panel: Panel, reviewer_id: str) -> Reviewer:
    return next(r for r in panel.reviewer if r.id == reviewer_id)


def _open(assigned: Review, step: Step) -> Review:
    """Open the file, and say what of the statutory list did not come."""
    case_file, problems = step.open_file()
    missing = missing_records(assigned.case, case_file.exhibits)
    return replace(
        assigned,
        case_file=case_file,
        problems=(*assigned.problems, *problems, *missing),
        proofs=_proofs(assigned, case_file, missing, step.adoption.attests if step.adoption else ()),
    )


def _proofs(
    assigned: Review, case_file: CaseFile, missing: Sequence[Problem], attests: tuple[str, ...]
) -> tuple[Proof, ...]:
    assert isinstance(assigned.assignment, Assignment) and assigned.reviewer is not None
    on = assigned_on(assigned.case)
    rules = reviewer_rules(assigned.case.case.programme, on)
    return proofs(
        case_file=case_file,
        missing=missing,
        assignment=assigned.assignment,
        attests=attests,
        reviewer=assigned.reviewer,
        on=on,
        least_years=rules.more_than_years,
        least_hours=rules.hours_per_week,
    )


def _draft(opened: Review, library: Library, confirmed: Sequence[str]) -> Review:
    assert opened.case_file is not None
    facts = extract_facts(opened.case_file.pages, opened.case_file.exhibits, patient=opened.case.patient.name)
    requested_on = opened.case.dates.rfa.on if opened.case.dates.rfa else None
    number, disputes = opened.case.case.number, in_dispute(opened.case)
    draft = draft_of(number, disputes, facts, requested_on, library, confirmed=confirmed)
    return replace(opened, facts=facts, draft=draft)


def in_dispute(case: Case) -> tuple[CaseDispute, ...]:
    """Return the disputes of a case; of a partly approved request only the remainder is in dispute."""
    return tuple(
        replace(
            d,
            request=print_partial_approval(
                d.request, requested=d.requested, authorized=d.authorized, remaining=d.remaining
            ),
        )
        for d in case.disputes
    )


def draft_of(
    case_number: str,
    disputes: Sequence[CaseDispute],
    facts: Facts,
    on: date | None,
    library: Library,
    *,
    confirmed: Sequence[str] = (),
) -> Draft:
    """Return the draft for some disputes and the facts of a record.

    Args:
        case_number: The case.
        disputes: What is asked for.
        facts: What the record says.
        on: The day of the request, which chooses the guideline edition.
        library: The guideline library.
        confirmed: What the library only recalls and the physician confirmed.
    """
    evaluations: list[tuple[TopicEvaluation, ...]] = [
        evaluate(number, parse_request(d.request), facts, on=on, library=library)
        for number, d in enumerate(disputes, start=1)
    ]
    return draft_determination(case_number, disputes, facts, evaluations, confirmed=confirmed)


def _adopt(drafted: Review, adoption: Adoption | None) -> Review:
    if adoption is None:
        return drafted
    assert drafted.draft is not None and isinstance(drafted.assignment, Assignment)
    served, method = drafted.case.dates.determination_served, drafted.case.service.determination
    assigned = drafted.case.dates.assigned
    return replace(
        drafted,
        determination=adopt(
            drafted.draft,
            adoption,
            assigned_to=drafted.assignment.reviewer,
            assigned_on=assigned.on if assigned else None,
        ),
        appeal=appeal_rights(drafted.case, served, method) if served else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterReview:
    """A published letter reviewed anew: our findings beside its outcomes."""

    letter: Letter
    facts: Facts
    draft: Draft


def review_letter(letter: Letter, packs: tuple[Path, ...] = ()) -> LetterReview:
    """Return our findings on the disputes of a published letter.

    The clinical summary is the only record: what stands only in a rationale
    is no fact. Letters do not print the day of the request; see ``_requested_about``.
    """
    summary = letter.clinical_summary or ""
    facts = extract_facts(pages_of_summary(summary))
    disputes = tuple(CaseDispute(request=d.request) for d in letter.disputes if d.request)
    on = _requested_about(letter, facts)
    number = letter.case_number or sha256(summary.encode()).hexdigest()[:12]
    return LetterReview(
        letter=letter, facts=facts, draft=draft_of(number, disputes, facts, on, load_library(packs))
    )


def _requested_about(letter: Letter, facts: Facts) -> date | None:
    """Return the day that stands for the request: the denial's, else the last day the summary names.

    The denial follows the request by days. A letter whose header was lost
    still tells in its summary when utilization review decided, or at least
    when the patient was last seen.
    """
    denied = [f.dated for f in facts.facts if f.kind is FactKind.DENIAL and f.dated]
    dated = [f.dated for f in facts.facts if f.dated]
    printed = letter.ur_denial_date or letter.application_received or letter.decision_date
    return printed or max(denied or dated, default=None)
