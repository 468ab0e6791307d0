"""A paper of a case as a letter: composed for one party, shown on a page or set as a PDF.

What was sent already is shown as it was sent: its file is kept, and its hash
stands in the proof of service.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings
from django.utils.safestring import SafeString

from openimr.casework.case_state import CaseState
from openimr.casework.conditions import answers_for
from openimr.casework.events import Recorded
from openimr.casework.papers import paper_of
from openimr.casework.parts import DETERMINATIONS, CaseParty, Paper, PaperKind, ServedOn
from openimr.casework.state import apply, fold
from openimr.casework.work import appeal_clock
from openimr.desk.determination_letter import Sources, record_in
from openimr.desk.models import Case, PartyAddress, StoredReviewer, User
from openimr.desk.notices import Notice, compose_notice
from openimr.desk.notices.frame import PARTY_WORDS, due_words, head, name_of, us_day
from openimr.desk.readings import case_file_of, sealed
from openimr.desk.reviewers import reviewer_of
from openimr.law.calendars import local_day
from openimr.law.rulebook import load_rulebook
from openimr.law.wording import METHOD_WORDS
from openimr.letters.blocks import Block, Composed, Entries, Fields, Heading, Paragraph
from openimr.letters.render import Form, Version, compose_version, render_body, render_composed
from openimr.terms.case import ServiceMethod
from openimr.terms.errors import CaseError
from openimr.terms.letter_record import LetterRecord

PAPER_WORDS = {
    PaperKind.INFORMATION_REQUEST: "Request for information",
    PaperKind.DUPLICATE: "Notice of a duplicate application",
    PaperKind.CONSOLIDATION: "Notice of consolidation",
    PaperKind.INELIGIBILITY: "Notice of ineligibility",
    PaperKind.DEFERRAL: "Notice of deferral",
    PaperKind.ASSIGNMENT: "Notice of assignment and request for records",
    PaperKind.RECORDS_CHASE: "Reminder of missing records",
    PaperKind.CONVERSION: "Notice of conversion to an expedited review",
    PaperKind.TERMINATION: "Notice of termination",
    PaperKind.DETERMINATION: "Final determination",
    PaperKind.CORRECTED_DETERMINATION: "Corrected final determination",
    PaperKind.REMAND: "Notice of remand",
    PaperKind.INVOICE: "Invoice",
}


class PaperMissing(CaseError):
    """A case has no such paper, or its letter is not there."""

    code = "paper_missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """How a paper goes to a party: the day, the method, the lines of the address."""

    on: date | None = None
    method: ServiceMethod | None = None
    lines: tuple[str, ...] = ()


def words_of(paper: Paper) -> str:
    """Return what a paper is called, with its number where a case has several."""
    number = paper.id.rpartition("-")[2]
    return PAPER_WORDS[paper.kind] + (f" ({number})" if number != "1" else "")


def may_see(paper: Paper, user: User) -> bool:
    """Return whether somebody may see a paper: outside, only what was served on their own side."""
    return user.is_staff or bool(served_on_side(paper, user))


def served_on_side(paper: Paper, user: User) -> tuple[ServedOn, ...]:
    """Return the services of a paper on the parties that somebody answers for."""
    side = answers_for(user.acts_as)
    return tuple(s for s in paper.served if s.party in side)


def sources_of(case: Case, state: CaseState, log: tuple[Recorded, ...]) -> Sources:
    """Return what the letter of a case is put together from."""
    reading = sealed(case, state)
    ids = [seat.reviewer for seat in state.seats]
    rows = StoredReviewer.objects.filter(reviewer__in=ids)
    return Sources(
        log=log,
        reviewers={row.reviewer: reviewer_of(row) for row in rows},
        case_file=case_file_of(reading) if reading is not None else None,
        organization=settings.ENVIRONMENT.organization,
    )


def compose_paper(log: Sequence[Recorded], paper_id: str, party: CaseParty, sent: Sent) -> Composed:
    """Return a paper for a party as blocks: a notice of the case as it then stood, or the released letter.

    Raises:
        PaperMissing: The case has no such paper, or its letter is not in the log.
    """
    state = fold(log)
    paper = paper_of(state, paper_id)
    if paper is None:
        raise _missing(state, paper_id)
    if paper.kind in DETERMINATIONS:
        return compose_letter(letter_of_paper(log, state, paper), corrects=corrections_of(state, log, paper))
    return compose_notice(
        Notice(
            state=state_with(log, paper_id),
            paper=paper,
            party=party,
            organization=settings.ENVIRONMENT.organization,
            lines=sent.lines,
            sent=sent.on,
            method=sent.method,
        )
    )


def compose_letter(record: LetterRecord, *, corrects: tuple[str, ...] = ()) -> Composed:
    """Return a determination letter as blocks; a corrected one says first what was corrected."""
    composed = compose_version(record, record.issuance)
    if not corrects:
        return composed
    told = (
        Paragraph("This letter stands for the one that was sent before. No decision has changed."),
        Entries("What was corrected:", corrects),
    )
    place = next(n for n, block in enumerate(composed.blocks) if isinstance(block, Heading))
    blocks = (*composed.blocks[:place], *told, *composed.blocks[place:])
    return replace(composed, title=f"Corrected: {composed.title}", blocks=blocks)


def compose_published(record: LetterRecord) -> Composed:
    """Return a determination letter without what identifies a person, as it is published."""
    return compose_version(record, record.issuance, version=Version.PUBLISHED)


def letter_of_paper(log: Sequence[Recorded], state: CaseState, paper: Paper) -> LetterRecord:
    """Return the released letter that a paper of a case carries.

    Raises:
        PaperMissing: The log holds no letter with that hash.
    """
    found = record_in(log, letter_hash(state, paper))
    if found is None:
        raise _missing(state, paper.id)
    return found


def letter_hash(state: CaseState, paper: Paper) -> str:
    """Return the hash of the letter that a determination paper carries: that of its release."""
    corrected = paper.kind is PaperKind.CORRECTED_DETERMINATION
    releases = [r for r in state.releases if (r.corrects is not None) == corrected]
    return releases[int(paper.id.rpartition("-")[2]) - 1].letter


def corrections_of(state: CaseState, log: Sequence[Recorded], paper: Paper) -> tuple[str, ...]:
    """Return what a corrected letter corrects, in the words of whoever prepared it."""
    if paper.kind is not PaperKind.CORRECTED_DETERMINATION:
        return ()
    letter = letter_hash(state, paper)
    events = (getattr(one.event, "corrections", None) for one in log if _prepares(one, letter))
    return next((found for found in events if found), ())


def _prepares(one: Recorded, letter: str) -> bool:
    enclosure = getattr(one.event, "letter", None)
    return getattr(enclosure, "sha256", None) == letter


def state_with(log: Sequence[Recorded], paper_id: str) -> CaseState:
    """Return the case as it stood when a paper came to be owed."""
    state: CaseState | None = None
    for one in log:
        state = apply(state, one)
        if paper_of(state, paper_id) is not None:
            break
    assert state is not None, "a log has an event"
    return state


def page_of_paper(composed: Composed) -> SafeString:
    """Return a paper as HTML for a page of the desk; every word of it was escaped where it was set."""
    return SafeString(render_body(composed))


def pdf_of_paper(composed: Composed) -> bytes:
    """Return a paper as a PDF."""
    return render_composed(composed, to=Form.PDF)


def address_of(case: Case, party: CaseParty) -> PartyAddress | None:
    """Return where the papers of a case reach a party, if somebody entered it."""
    return PartyAddress.objects.filter(case=case, party=party.value).first()


def lines_of(address: PartyAddress | None) -> tuple[str, ...]:
    """Return the lines of an address."""
    return tuple(line.strip() for line in address.lines.splitlines() if line.strip()) if address else ()


def compose_proof(state: CaseState, paper: Paper, on: date) -> Composed:
    """Return the proof of service of a paper: on whom, how, when, with which proof, until when to appeal."""
    notice = Notice(
        state=state,
        paper=paper,
        party=CaseParty.PAYER,
        organization=settings.ENVIRONMENT.organization,
        sent=on,
    )
    begin = [block for block in head(notice, "Proof of Service") if not _is_addressee(block)]
    served: list[Block] = []
    for service in paper.served:
        served.append(Fields(PARTY_WORDS[service.party], _served_rows(state, paper, service), is_table=False))
    if not served:
        served.append(Paragraph("It was served on nobody yet."))
    title = f"Proof of service of {words_of(paper)[:1].lower()}{words_of(paper)[1:]}"
    return Composed(
        title=f"{title}, case {state.case_number}",
        footer=f"Case {state.case_number}",
        header=None,
        dated=on,
        blocks=(*begin, Paragraph(f"{words_of(paper)}.", lead="Paper:"), Heading("SERVED ON"), *served),
        problems=(),
    )


def _is_addressee(block: Block) -> bool:
    return isinstance(block, Fields) and not block.is_table


def _served_rows(state: CaseState, paper: Paper, service: ServedOn) -> tuple[tuple[str, str], ...]:
    received = us_day(local_day(service.received)) if service.received else "not confirmed yet"
    rows = [
        ("Name", name_of(state.case, service.party) or "not stated"),
        ("Sent on", us_day(local_day(service.sent))),
        ("Way", f"{METHOD_WORDS[service.method]} ({service.channel.value.replace('_', ' ')})"),
        ("Received", received),
        ("Proof", f"{service.proof.kind.value.replace('_', ' ')}: {service.proof.reference}"),
    ]
    if paper.kind is PaperKind.DETERMINATION:
        rulebook = load_rulebook(state.case.case.programme)
        if day := due_words(appeal_clock(state, rulebook, service.party)):
            rows.append(("Last day to appeal", day))
    return tuple(rows)


def _missing(state: CaseState, paper: str) -> PaperMissing:
    return PaperMissing(
        asked=f"Read {paper} of case {state.case_number}",
        found="the case has no such paper, or its letter is not in the log.",
        remedy="Look at the list of papers of the case.",
    )
