"""The steps of invented cases: each does one thing as one person, a day or two after the one before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from openimr.casework import commands as do
from openimr.casework.afterwards import charge_of
from openimr.casework.case_state import CaseState
from openimr.casework.eligibility import screening
from openimr.casework.parts import (
    AppealGround,
    AppealOutcome,
    CaseParty,
    Channel,
    DisputeStatus,
    Enclosure,
    FiledBy,
    PaperKind,
    ProofKind,
    ProofOfService,
    ReceivedFile,
    ServedOn,
)
from openimr.casework.roles import Actor, Role
from openimr.casework.seats import View
from openimr.casework.stages import Stage, stage_of
from openimr.desk import readings, store
from openimr.desk.demo_records import decision_of, records_of
from openimr.desk.determination_letter import enclosed, letter_of
from openimr.desk.drafting import drafted, enclosed_draft
from openimr.desk.files import path_of, store_file
from openimr.desk.models import Case as CaseRow
from openimr.desk.models import SourceFile
from openimr.desk.papers import sources_of
from openimr.desk.people import users_of
from openimr.desk.review_shown import draft_in
from openimr.desk.signing import sign
from openimr.determination.adopt import adopt as adopted
from openimr.formats import to_json_line
from openimr.records.checklist import certificate_of
from openimr.records.page_picture import count_pages
from openimr.terms.case import Case, ReviewerClass, ServiceMethod
from openimr.terms.determination import Adoption, Decision
from openimr.terms.errors import CaseError
from openimr.terms.letter import Outcome
from openimr.terms.period import Moment
from openimr.terms.reviewer import Assignment, Attestation, SpecialtyFit

BETWEEN_STEPS = timedelta(days=1, hours=3)
SOFTWARE = Actor(id="desk", role=Role.SYSTEM)


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Who runs a case."""

    intake: Actor
    manager: Actor
    director: Actor
    quality: Actor
    office: Actor
    reviewer: Actor
    applicant: Actor


class Story:
    """A case as it is led on, and the moment at which it stands."""

    def __init__(self, state: CaseState, people: People, at: datetime) -> None:
        self.state = state
        self.people = people
        self.at = at

    @classmethod
    def begin(cls, case: Case, people: People, at: datetime, *, by_applicant: bool) -> Story:
        """Return the story of a case that was filed by its applicant, or by intake."""
        command = do.FileApplication(case=case, filed_by=FiledBy.WEB)
        done = store.open_case(command, by=people.applicant if by_applicant else people.intake, at=at)
        story = cls(_stored(done).state, people, at)
        story.act(people.intake, do.TakeCase())
        return story

    def act(self, by: Actor, command: do.Command, *, after: timedelta = timedelta(minutes=20)) -> None:
        """Let somebody do something, some time after the last thing."""
        self.at += after
        done = store.act(self.state.case_number, command, by=by, expected=self.state.version, at=self.at)
        self.state = _stored(done).state

    def serve(self, kinds: frozenset[PaperKind]) -> None:
        """Let intake serve what is owed of some kinds of paper on everybody."""
        for paper in self.state.owed_papers:
            if paper.kind in kinds:
                for party in paper.owed:
                    service = ServedOn(
                        party=party,
                        channel=Channel.PRINT,
                        method=ServiceMethod.MAIL_CA,
                        sent=Moment(self.at.date()),
                        proof=ProofOfService(kind=ProofKind.DECLARATION, reference="declaration of mailing"),
                    )
                    self.act(self.people.intake, do.ServePaper(paper=paper.id, service=service))


def _stored(outcome: store.Outcome) -> store.Done:
    if isinstance(outcome, store.Done):
        return outcome
    reasons = getattr(outcome, "reasons", (outcome,))
    raise CaseError(
        asked="Lead an invented case on",
        found=" ".join(str(reason) for reason in reasons),
        remedy="Correct the step.",
    )


def _enclosure(kind: str, value: object) -> Enclosure:
    text = to_json_line(value)
    return Enclosure(kind=kind, sha256=sha256(text).hexdigest(), json=text.decode("utf-8"))


def screen(story: Story) -> None:
    """Software looks for every ground against the application."""
    story.act(SOFTWARE, screening(story.state.case), after=BETWEEN_STEPS)


def _decide(story: Story, status: DisputeStatus, why: str | None = None) -> None:
    decisions = tuple(
        do.DisputeDecision(dispute=standing.number, status=status, why=why)
        for standing in story.state.standings
    )
    story.act(story.people.manager, do.TakeCase(), after=BETWEEN_STEPS)
    story.act(story.people.manager, do.DecideEligibility(decisions=decisions))


def find_eligible(story: Story) -> None:
    """The case manager finds every dispute eligible."""
    _decide(story, DisputeStatus.ELIGIBLE)


def find_ineligible(story: Story) -> None:
    """The case manager finds that nothing can be reviewed."""
    _decide(story, DisputeStatus.INELIGIBLE)


def defer(story: Story) -> None:
    """The case manager defers the review: liability is disputed."""
    _decide(story, DisputeStatus.DEFERRED)


def ask(story: Story) -> None:
    """The case manager asks the claims administrator about eligibility."""
    story.act(story.people.manager, do.TakeCase(), after=BETWEEN_STEPS)
    what = ("The page of the decision that names the treatment",)
    story.act(story.people.manager, do.AskAboutEligibility(of=CaseParty.PAYER, what=what))


def link_duplicate(story: Story) -> None:
    """Intake recognizes an application that came in before."""
    why = "The same request and the same decision of utilization review."
    story.act(story.people.intake, do.LinkDuplicate(of_case="CM26-0000001", why=why))


def send_notice(story: Story) -> None:
    """Intake sends the notice of assignment to everybody."""
    story.at += BETWEEN_STEPS
    story.serve(frozenset({PaperKind.ASSIGNMENT}))


def receive_records(story: Story) -> None:
    """Records of the claims administrator and the decision of the employee come in, and are read."""
    if stage_of(story.state) is not Stage.RECORDS:
        return
    case = story.state.case
    _receive(story, records_of(case), "records.pdf", CaseParty.PAYER, after=BETWEEN_STEPS)
    _receive(story, decision_of(case), "decision and application.pdf", CaseParty.EMPLOYEE)
    read_now(story.state)


def receive_in_part(story: Story) -> None:
    """Records come in without the request for authorization; the claims administrator is reminded."""
    case = story.state.case
    data = records_of(case, with_request=False)
    _receive(story, data, "records.pdf", CaseParty.PAYER, after=BETWEEN_STEPS)
    receive_decision(story)
    missing = ("The request for authorization and what was submitted in support of it",)
    story.act(story.people.manager, do.TakeCase(), after=BETWEEN_STEPS * 15)
    story.act(story.people.manager, do.ChaseRecords(missing=missing))


def receive_decision(story: Story) -> None:
    """Nothing comes in but the decision under review and the application."""
    _receive(story, decision_of(story.state.case), "decision and application.pdf", CaseParty.EMPLOYEE)
    read_now(story.state)


def _receive(
    story: Story, data: bytes, name: str, party: CaseParty, *, after: timedelta = timedelta(minutes=20)
) -> None:
    stored = store_file((data,), media_type="application/pdf")
    pages, _ = count_pages(path_of(stored.sha256))
    received = ReceivedFile(
        sha256=stored.sha256, name=name, submitter=party, pages=pages, received=Moment(story.at.date())
    )
    story.act(story.people.intake, do.ReceiveRecords(files=(received,)), after=after)
    case = CaseRow.objects.get(number=story.state.case_number)
    by = users_of([story.people.intake.id])[story.people.intake.id]
    SourceFile.objects.create(
        case=case, file=stored, name=name, submitter=party.value, by=by, received_at=story.at
    )


def read_now(state: CaseState) -> None:
    """Read the records of a case and extract their facts, as a worker does."""
    case = CaseRow.objects.get(number=state.case_number)
    case_file, problems = readings.read(case, state, lambda pages, _of: pages)
    wanted = readings.input_of(state, readings.boundaries_of(case))
    readings.extract(readings.save(case, wanted, case_file, problems))


def complete_records(story: Story) -> None:
    """Intake closes the file for review."""
    case = CaseRow.objects.get(number=story.state.case_number)
    reading = readings.current(case, story.state)
    assert reading is not None, "the records were read when they came in"
    certificate = certificate_of(story.state.case, readings.case_file_of(reading))
    story.act(story.people.intake, do.CompleteRecords(certificate=certificate), after=BETWEEN_STEPS)


def find_undecidable(story: Story) -> None:
    """The case manager finds nothing but the decision under review."""
    found = "Only the decision of utilization review came in."
    story.act(story.people.manager, do.FindUndecidable(found=found), after=BETWEEN_STEPS)


def terminate(story: Story) -> None:
    """The case manager ends the review."""
    story.act(story.people.manager, do.Terminate(why="The treatment was authorized."), after=BETWEEN_STEPS)


def propose(story: Story) -> None:
    """The medical director chooses a reviewer by hand."""
    assignment = Assignment(
        reviewer=story.people.reviewer.id,
        fit=SpecialtyFit.SAME,
        because=("The specialty is that of the requesting physician.", "No tie to any party is known."),
        excluded=(),
        alternatives=(),
        possible_conflicts=(),
        seed=0,
    )
    story.act(
        story.people.director, do.TakeOverCase(why="Reviewers are chosen together."), after=BETWEEN_STEPS
    )
    command = do.ProposeReviewer(assignment=assignment, reviewer_class=ReviewerClass.MD_DO)
    story.act(story.people.director, command)


def attest(story: Story) -> None:
    """The reviewer attests before the file opens."""
    reviewer = story.people.reviewer
    story.at += BETWEEN_STEPS
    attestation = Attestation(
        reviewer=reviewer.id, attested_on=story.at.date(), attests=("no_conflict", "qualified")
    )
    story.act(reviewer, do.Attest(attestation=attestation), after=timedelta(0))


def record_view(story: Story) -> None:
    """The reviewer records a view of each dispute."""
    views = tuple(
        View(dispute=n, leans_to=Outcome.UPHELD, because="The file shows no change in function.")
        for n in story.state.live
    )
    story.act(story.people.reviewer, do.RecordView(views=views), after=BETWEEN_STEPS)


def prepare(story: Story) -> None:
    """Software puts a draft without outcomes beside the file, as a worker does."""
    case = CaseRow.objects.get(number=story.state.case_number)
    closed = readings.sealed(case, story.state)
    facts = readings.facts_of(closed) if closed is not None else None
    if story.state.draft is not None or facts is None:
        return
    enclosure = enclosed_draft(drafted(story.state, facts))
    story.act(SOFTWARE, do.PrepareDraft(draft=enclosure, seal=story.state.seal or ""))


def open_draft(story: Story) -> None:
    """The reviewer opens the draft."""
    story.act(story.people.reviewer, do.OpenDraft())


def adopt(story: Story) -> None:
    """The reviewer decides every dispute and adopts the determination."""
    reviewer = story.people.reviewer.id
    story.at += BETWEEN_STEPS
    adoption = Adoption(
        reviewer=reviewer,
        adopted_on=story.at.date(),
        attests=("no_conflict", "qualified", "read_the_file"),
        decision=tuple(
            Decision(
                dispute=n,
                outcome=Outcome.UPHELD if n == 1 else Outcome.OVERTURNED,
                rationale="The file names no goal of the treatment and no change in function.",
                citations=("MTUS Chronic Pain Medical Treatment Guidelines",),
            )
            for n in story.state.live
        ),
    )
    log = store.log_of(CaseRow.objects.get(number=story.state.case_number))
    draft = draft_in(log, story.state)
    assert draft is not None, "the draft was opened"
    determination = _enclosure("determination", adopted(draft, adoption, assigned_to=reviewer))
    command = do.AdoptDetermination(
        adoption=adoption, determination=determination, signature=sign(determination.json or "")
    )
    story.act(story.people.reviewer, command, after=timedelta(0))


def compose(story: Story) -> None:
    """The case manager puts the letter together."""
    case = CaseRow.objects.get(number=story.state.case_number)
    letter = letter_of(story.state, sources_of(case, story.state, store.log_of(case)))
    story.act(story.people.manager, do.ComposeLetter(letter=enclosed(letter)), after=BETWEEN_STEPS)


def release(story: Story) -> None:
    """A second person lets the letter out."""
    assert story.state.letter is not None
    story.act(story.people.quality, do.TakeCase(), after=BETWEEN_STEPS)
    story.act(story.people.quality, do.ReleaseDetermination(letter=story.state.letter.sha256))


def serve_determination(story: Story) -> None:
    """Intake serves the determination on everybody; the Administrative Director's office takes note."""
    story.serve(frozenset({PaperKind.DETERMINATION}))
    story.act(story.people.office, do.TakeCase(note="The office takes note."), after=timedelta(0))


def appeal(story: Story) -> None:
    """The employee appeals."""
    story.at += BETWEEN_STEPS
    command = do.RecordAppeal(filed_on=story.at.date(), by=CaseParty.EMPLOYEE)
    story.act(story.people.intake, command, after=timedelta(0))


def reverse(story: Story) -> None:
    """The appeals board reverses the determination."""
    story.at += BETWEEN_STEPS
    command = do.RecordAppealDecision(
        outcome=AppealOutcome.REVERSED,
        on=story.at.date(),
        order=sha256(b"order").hexdigest(),
        ground=AppealGround.ERROR_OF_FACT,
        facts=("The determination says that no earlier treatment is documented; page 41 documents it.",),
    )
    story.act(story.people.intake, command, after=timedelta(0))


def bill(story: Story) -> None:
    """The case manager sends the invoice of a case that is over: by the table, or as was agreed."""
    charge = charge_of(story.state)
    by_table = charge is not None and charge.amount_usd is not None
    command = do.SendInvoice(
        number=f"{story.state.case_number}-1",
        amount_usd=None if by_table else 345,
        agreed_in=None if by_table else "the contract of the programme",
    )
    story.act(story.people.manager, command)


def pay(story: Story) -> None:
    """The claims administrator has paid."""
    assert story.state.invoice is not None
    story.at += BETWEEN_STEPS
    command = do.RecordPayment(number=story.state.invoice.number, on=story.at.date())
    story.act(story.people.manager, command, after=timedelta(0))
