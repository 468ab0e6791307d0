"""From a review to the record of its letter: a determination's, or a draft's."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from openimr.determination.payer import cited_by_payer
from openimr.determination.places import PageIndex, index_pages, print_sentence
from openimr.letters.citations import cite
from openimr.terms.case import Case
from openimr.terms.citation import Citation
from openimr.terms.determination import Determination, DeterminedDispute, Draft, DraftDispute
from openimr.terms.errors import CaseError
from openimr.terms.findings import EditionAnswer, TopicEvaluation
from openimr.terms.issuance import (
    Addressee,
    AppealRights,
    Disclosure,
    Issuance,
    LetterStatus,
    RecordSays,
    Service,
    SourceUsed,
    WithheldName,
)
from openimr.terms.letter import Credentials, DocumentReviewed, LetterDispute, LetterPatient, Sex
from openimr.terms.letter_record import LetterRecord
from openimr.terms.period import Moment
from openimr.terms.places import Place, Verification
from openimr.terms.records import CaseFile, Exhibit
from openimr.terms.review import Review
from openimr.terms.reviewer import LicenceStatus, Reviewer
from openimr.vocabulary.requests import parse_request
from openimr.vocabulary.states import state_name

PREPARED = ("the list of documents", "the extracts from the record", "the table of guideline criteria")
_SERVED_BY = {
    "mail_ca": "Mail within California",
    "mail_us": "Mail within the United States",
    "mail_abroad": "Mail abroad",
    "mail_confidential": "Mail to a confidential address",
    "overnight": "Overnight delivery",
    "fax": "Fax",
    "electronic": "Electronic service",
    "personal": "Personal delivery",
}


def letter_record(review: Review, *, programme_name: str, software_version: str) -> LetterRecord:
    """Return the record of the letter of a review.

    Without a determination the record is a draft's: it has no outcome and
    says for each dispute what speaks for the request, what against it, and
    what is missing.

    Raises:
        CaseError: The review did not come as far as a draft.
    """
    if review.draft is None or review.case_file is None:
        raise CaseError(
            asked=f"Write the letter of case {review.case.case.number}",
            found="the review ended before anything was drafted.",
            remedy="Read the reasons of the review; a case that is not eligible gets no determination.",
        )
    index = index_pages(review.case_file)
    dates = review.case.dates
    determination = review.determination
    decided_on = determination.adopted_on if determination else None
    return LetterRecord(
        case_number=review.case.case.number,
        date_assigned=_day(dates.noarfi_sent),
        date_of_injury=dates.of_injury,
        decision_date=(_day(dates.determination_issued) or decided_on) if determination else None,
        ur_denial_date=_day(dates.ur_decision),
        application_received=_day(dates.application_received),
        priority=review.case.case.priority,
        patient=_patient(review),
        reviewer=_credentials(review.reviewer),
        clinical_summary=_summary(review.draft, determination, index),
        documents_reviewed=documents_reviewed(review.case_file, _relied_on(review.draft, index)),
        disputes=_disputes(review, index),
        issuance=_issuance(review, index, programme_name, software_version),
    )


def _day(moment: Moment | None) -> date | None:
    return moment.on if moment else None


def _patient(review: Review) -> LetterPatient:
    """Return age on the day of the application, and sex, as the case states them."""
    patient, dates = review.case.patient, review.case.dates
    age = None
    on = _day(dates.application_received)
    if patient.born_on and on:
        before_birthday = (on.month, on.day) < (patient.born_on.month, patient.born_on.day)
        age = on.year - patient.born_on.year - before_birthday
    return LetterPatient(age=age, sex=Sex(patient.sex) if patient.sex else None)


def _credentials(reviewer: Reviewer | None) -> Credentials:
    if reviewer is None:
        return Credentials()
    states = tuple(
        state_name(licence.state) for licence in reviewer.licences if licence.status is LicenceStatus.ACTIVE
    )
    return Credentials(
        licensed_in=states or None,
        specialties=tuple(board.name for board in reviewer.boards) or None,
        subspecialties=reviewer.subspecialties or None,
    )


def _summary(draft: Draft, determination: Determination | None, index: PageIndex) -> str:
    if determination is not None and determination.summary_changed:
        return " ".join(determination.summary.split())
    return " ".join(print_sentence(s, index) for s in draft.summary)


def _relied_on(draft: Draft, index: PageIndex) -> set[int]:
    places: list[Place] = [p for s in draft.summary for p in s.places]
    places += [p for d in draft.disputes for s in d.rationale for p in s.places]
    return {e for p in places if (e := index.exhibit(p)) is not None}


def documents_reviewed(case_file: CaseFile, relied_on: set[int]) -> tuple[DocumentReviewed, ...]:
    """Return the list of documents reviewed: every exhibit, and whether it was relied on."""
    return tuple(_document(exhibit, exhibit.id in relied_on) for exhibit in case_file.exhibits)


def _document(exhibit: Exhibit, relied_on: bool) -> DocumentReviewed:
    return DocumentReviewed(
        title=exhibit.title,
        exhibit=str(exhibit.id),
        type=_type_of(exhibit),
        author=exhibit.author,
        date_of_service=exhibit.date_of_service,
        report_date=exhibit.report_date,
        pages=exhibit.pages,
        submitted_by=exhibit.submitted_by,
        received_on=exhibit.received_on,
        relied_on=relied_on,
    )


def _type_of(exhibit: Exhibit) -> str:
    """Return what kind of document an exhibit is, and whether it is later than the payer's decision."""
    kind = exhibit.type.value.replace("_", " ")
    return f"{kind}, later than the decision under review" if exhibit.after_denial else kind


def _disputes(review: Review, index: PageIndex) -> tuple[LetterDispute, ...]:
    assert review.draft is not None and review.case_file is not None
    cited = cited_by_payer(review.case_file, [d.request for d in review.draft.disputes])
    decided = {d.number: d for d in review.determination.disputes} if review.determination else {}
    found = []
    for drafted, payer_basis in zip(review.draft.disputes, cited, strict=True):
        decision = decided.get(drafted.number)
        found.append(
            LetterDispute(
                request=drafted.request,
                treatment=parse_request(drafted.request),
                outcome=decision.outcome if decision else None,
                payer_basis=payer_basis,
                reviewer_basis=_basis(decision.citations) if decision and decision.citations else None,
                rationale=_rationale(drafted, index, _adopted_words(decision) if decision else None),
            )
        )
    return tuple(found)


def _basis(printed: tuple[str, ...]) -> tuple[Citation, ...] | None:
    return tuple(c for line in printed for c in cite(_as_statement(line))) or None


def _as_statement(line: str) -> str:
    """Return a citation of the MTUS under the words that letters put before it."""
    return f"Decision based on {line}" if line.lstrip().startswith("MTUS ") else line


def _adopted_words(decision: DeterminedDispute) -> str:
    """Return the physician's reasons, behind what of the request is necessary where only a part is."""
    if decision.necessary is None:
        return decision.rationale
    return f"Of this request, the following is medically necessary: {decision.necessary.rstrip('.')}. " + (
        decision.rationale
    )


def _rationale(drafted: DraftDispute, index: PageIndex, adopted: str | None) -> str:
    if adopted is not None:
        return " ".join(adopted.split())
    return " ".join(print_sentence(s, index) for s in drafted.rationale)


def _issuance(review: Review, index: PageIndex, programme_name: str, software_version: str) -> Issuance:
    assert review.draft is not None
    determination = review.determination
    return Issuance(
        status=LetterStatus.ADOPTED if determination else LetterStatus.DRAFT,
        programme=programme_name,
        proofs=review.proofs,
        addressees=_addressees(review.case),
        service=_service(review) if determination else None,
        appeal=_appeal(review) if determination else None,
        disclosure=Disclosure(
            prepared_by_software=PREPARED if _is_summary_drafted(determination) else PREPARED[:2],
            adopted_on=determination.adopted_on if determination else None,
            changed_by_physician=_changed(determination),
            confirmed_by_physician=_confirmed(determination),
        ),
        withheld_names=_names(review.case),
        record_says=() if determination else tuple(_record_says(d, index) for d in review.draft.disputes),
        sources_used=_sources(review),
        software_version=software_version,
    )


def _is_summary_drafted(determination: Determination | None) -> bool:
    return determination is None or not determination.summary_changed


def _changed(determination: Determination | None) -> tuple[str, ...]:
    if determination is None:
        return ()
    changed = ["the clinical summary"] if determination.summary_changed else []
    changed += [
        f"the answer to criterion {change.criterion} ({change.why.rstrip('.')})"
        for dispute in determination.disputes
        for change in dispute.findings_changed
    ]
    return tuple(changed)


def _confirmed(determination: Determination | None) -> tuple[str, ...]:
    """Return the citations of what the library only recalls and the physician confirmed, each once."""
    if determination is None:
        return ()
    evaluations = [e for d in determination.disputes for e in d.drafted.evaluations]
    cited = {e.topic: e.citation for e in evaluations} | {
        f.criterion: f.citation for e in evaluations for f in e.findings
    }
    return tuple(dict.fromkeys(c for name in determination.confirmed if (c := cited.get(name))))


def _record_says(drafted: DraftDispute, index: PageIndex) -> RecordSays:
    return RecordSays(
        dispute=drafted.number,
        speaks_for=tuple(print_sentence(s, index) for s in drafted.speaks_for),
        speaks_against=tuple(print_sentence(s, index) for s in drafted.speaks_against),
        missing=tuple(print_sentence(s, index) for s in drafted.missing),
    )


def _addressees(case: Case) -> tuple[Addressee, ...]:
    parties = case.parties
    named = (
        ("Employee", case.patient.name),
        ("Employee's attorney", parties.attorney.name if parties.attorney else None),
        ("Claims administrator", parties.payer.name if parties.payer else None),
        ("Employer", parties.employer.name if parties.employer else None),
        ("Requesting physician", case.provider.name),
    )
    return tuple(Addressee(role=role, name=name) for role, name in named if name)


def _names(case: Case) -> tuple[WithheldName, ...]:
    parties = case.parties
    ur = parties.ur_organization
    named = (
        ("employee's name", case.patient.name),
        ("physician's name", case.provider.name),
        ("group's name", case.provider.group),
        ("employer's name", parties.employer.name if parties.employer else None),
        ("claims administrator's name", parties.payer.name if parties.payer else None),
        ("insurer's name", parties.insurer.name if parties.insurer else None),
        ("utilization review organization's name", ur.name if ur else None),
        ("utilization reviewer's name", parties.ur_reviewer.name if parties.ur_reviewer else None),
        ("attorney's name", parties.attorney.name if parties.attorney else None),
    )
    return tuple(WithheldName(kind=kind, name=name) for kind, name in named if name)


def _service(review: Review) -> Service | None:
    served, method = review.case.dates.determination_served, review.case.service.determination
    return Service(method=_SERVED_BY[method.value], on=served.on) if served and method else None


def _appeal(review: Review) -> AppealRights | None:
    deadline = review.appeal
    if deadline is None:
        return None
    return AppealRights(
        explanation=(
            "The aggrieved employee or employer may file a verified appeal with the Workers' Compensation "
            "Appeals Board, and must serve it on all parties"
        ),
        due=deadline.due.on if deadline.due else None,
        citation=deadline.citation,
        verified=deadline.verified.how,
    )


def _sources(review: Review) -> tuple[SourceUsed, ...]:
    assert review.draft is not None
    confirmed = frozenset(review.determination.confirmed) if review.determination else frozenset()
    used: dict[tuple[str | None, str | None], list[TopicEvaluation]] = {}
    for evaluation in (e for d in review.draft.disputes for e in d.evaluations):
        if evaluation.answer is EditionAnswer.ENCODED:
            used.setdefault((evaluation.document, evaluation.edition), []).append(evaluation)
    found = tuple(
        SourceUsed(
            name=topics[0].citation.split(",")[0] if topics[0].citation else document or "",
            version=edition or "",
            verified=least_sure(topics, confirmed),
        )
        for (document, edition), topics in used.items()
    )
    rules = {
        d.rule: SourceUsed(name=f"{d.citation} ({d.rule})", version=d.force, verified=d.verified.how)
        for d in ((review.appeal,) if review.appeal else ())
    }
    return (*found, *rules.values())


def least_sure(topics: Sequence[TopicEvaluation], confirmed: Collection[str]) -> Verification:
    """Return how the least sure of what a letter takes from a guideline was checked.

    What the physician confirmed at its source is seen; what is only recalled
    is not printed, and counts only where nothing else is used.
    """
    told = [(e.topic, e.verified.how) for e in topics if e.verified]
    told += [(f.criterion, f.verified.how) for e in topics for f in e.findings]
    seen = [Verification.SEEN if name in confirmed else how for name, how in told]
    printed = [how for how in seen if how is not Verification.RECALLED]
    return max(printed, key=list(Verification).index, default=Verification.RECALLED)
