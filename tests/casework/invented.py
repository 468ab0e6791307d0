"""An invented case, and for each action a proper command from the right person.

Every name, number and date is made up.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from openimr.casework import commands as ask
from openimr.casework.action_names import Action
from openimr.casework.afterwards import charge_of
from openimr.casework.case_state import CaseState
from openimr.casework.commands import Command, DisputeDecision
from openimr.casework.conditions import answers_for, seat_may_adopt, seat_may_open, seat_may_view
from openimr.casework.decide import Refused, decide
from openimr.casework.eligibility import grounds_of, screening
from openimr.casework.events import Recorded
from openimr.casework.moments import day_of, moment_of
from openimr.casework.papers import parties_of
from openimr.casework.parts import (
    AppealGround,
    AppealOutcome,
    CaseParty,
    Channel,
    DisputeStatus,
    Enclosure,
    Exemption,
    FiledBy,
    ProofKind,
    ProofOfService,
    ReceivedFile,
    ServedOn,
)
from openimr.casework.quantities import read_quantity
from openimr.casework.release import METHODS
from openimr.casework.roles import Actor, Role
from openimr.casework.seats import Seat, View
from openimr.casework.stages import Stage, stage_of
from openimr.casework.state import apply
from openimr.casework.steps import steps
from openimr.records.checklist import Certificate, Completeness
from openimr.terms.case import (
    Application,
    Case,
    CaseDates,
    CaseDispute,
    CaseHead,
    CaseService,
    Diagnoses,
    Parties,
    Party,
    Patient,
    Provider,
    ReviewerClass,
    ServiceMethod,
    SignedBy,
    UrAction,
)
from openimr.terms.determination import Adoption, Decision
from openimr.terms.eligibility import Consolidation, Decider, Eligibility, GroundOutcome
from openimr.terms.letter import Outcome, Priority, Sex
from openimr.terms.period import Moment
from openimr.terms.places import Verification, Verified
from openimr.terms.reviewer import Assignment, Attestation, SpecialtyFit, Unassignable
from openimr.terms.treatment import Quantity

T = TypeVar("T")
Pick = Callable[[Sequence[Any]], Any]

BEGIN = datetime(2024, 3, 11, 17, 0, tzinfo=UTC)
SEAL = "5" * 64


def first(choices: Sequence[T]) -> T:
    """Pick the first of several."""
    return choices[0]


def invented_case(number: str = "CM24-0000001") -> Case:
    """Return an application against which no ground stands."""
    return Case(
        schema=1,
        case=CaseHead(
            programme="us_ca_wc", number=number, priority=Priority.REGULAR, formulary_dispute=False
        ),
        patient=Patient(
            id="W-77", name="Ada Quill", sex=Sex.FEMALE, born_on=date(1979, 5, 2), represented=True
        ),
        parties=Parties(
            employer=Party(name="Harbor Looms"),
            payer=Party(name="Tidewater Mutual", id="P-3"),
            attorney=Party(name="Jonas Verity"),
        ),
        provider=Provider(name="Mira Okafor", npi="1990000007"),
        dates=CaseDates(
            of_injury=date(2021, 6, 14),
            rfa=Moment(date(2024, 2, 26)),
            rfa_received=Moment(date(2024, 2, 27)),
            ur_decision=Moment(date(2024, 3, 4)),
            ur_served=Moment(date(2024, 3, 4)),
            imr_form_provided=Moment(date(2024, 3, 4)),
        ),
        service=CaseService(ur=ServiceMethod.MAIL_CA),
        application=Application(
            signed=True, signed_by=SignedBy.EMPLOYEE, ur_decision_attached=True, liability_disputed=False
        ),
        diagnoses=Diagnoses(codes=("M54.5",)),
        dispute=(
            CaseDispute(
                request="Physical therapy, 12 sessions", ur_action=UrAction.DENY, requested="12 sessions"
            ),
            CaseDispute(request="MRI of the lumbar spine", ur_action=UrAction.DENY, requested="1 study"),
        ),
    )


def unsigned(case: Case) -> Case:
    return replace(case, application=replace(case.application, signed=False, signed_by=None))


def liability_disputed(case: Case) -> Case:
    return replace(case, application=replace(case.application, liability_disputed=True))


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def letter(text: str) -> Enclosure:
    return Enclosure(kind="letter", sha256=digest(text))


def person(role: Role, which: int = 1) -> Actor:
    return Actor(id=f"{role.value}-{which}", role=role)


def reviewer(name: str) -> Actor:
    return Actor(id=name, role=Role.REVIEWER)


def assignment(name: str) -> Assignment:
    return Assignment(
        reviewer=name,
        fit=SpecialtyFit.SAME,
        because=("same specialty",),
        excluded=(),
        alternatives=(),
        possible_conflicts=(),
        seed=7,
    )


def certificate(state: Completeness = Completeness.COMPLETE) -> Certificate:
    return Certificate(seal=SEAL, state=state, citation="8 CCR 9792.10.5", missing=(), to_check=())


def consolidation(*cases: str) -> Consolidation:
    return Consolidation(
        cases=cases,
        because="the same employee, physician and date of injury",
        citation="8 CCR 9792.10.4(a)",
        verified=Verified(how=Verification.SEEN),
    )


APPLICANT = Actor(id="applicant-1", role=Role.APPLICANT)


@dataclass
class CaseLog:
    """The log of a case as a store keeps it: acts are decided, recorded and folded."""

    recorded: tuple[Recorded, ...] = ()
    state: CaseState | None = None
    at: datetime = BEGIN

    @property
    def known(self) -> CaseState:
        assert self.state is not None
        return self.state

    def wait(self, **period: float) -> None:
        self.at += timedelta(**period)

    def ask(self, command: Command, actor: Actor) -> Refused | None:
        """Decide a command, and record what comes of it; return the refusal if there is one."""
        found = decide(self.state, command, actor=actor, at=self.at)
        if isinstance(found, Refused):
            return found
        for event in found:
            one = Recorded(number=len(self.recorded) + 1, at=self.at, by=actor, event=event)
            self.recorded = (*self.recorded, one)
            self.state = apply(self.state, one)
        self.at += timedelta(minutes=30)
        return None

    def until(self, stage: Stage, pick: Pick = first) -> CaseLog:
        """Take the next step again and again until the case stands at a stage."""
        if self.state is None:
            assert (
                self.ask(ask.FileApplication(case=invented_case(), filed_by=FiledBy.WEB), APPLICANT) is None
            )
        for _ in range(60):
            if stage_of(self.known) is stage:
                return self
            step = steps(self.known)[0]
            self.act(step.action, step.role, pick)
        raise AssertionError(f"the case never came to {stage}, it stands at {stage_of(self.known)}")

    def act(self, action: Action, role: Role, pick: Pick = first) -> None:
        """Do something properly, in its time; a refusal fails."""
        if action is Action.LAPSE_OFFER:
            self.wait(days=3)
        command, actor = proper(self.state, action, role, self.at, pick)
        refused = self.ask(command, actor)
        assert refused is None, f"{action} by {role}: {[str(r) for r in refused.reasons]}"


def proper(
    state: CaseState | None, action: Action, role: Role, at: datetime, pick: Pick = first
) -> tuple[Command, Actor]:
    """Return a proper command for an action that is offered, from the right person of the role."""
    if state is None or action in (Action.SAVE_DRAFT, Action.FILE_APPLICATION):
        return _opening(state, action, pick), person(role)
    for make in (_application, _eligibility, _records, _reviewers, _review, _letters, _afterwards):
        made = make(state, action, role, at, pick)
        if made is not None:
            return made if isinstance(made, tuple) else (made, person(role))
    raise AssertionError(f"no proper command is known for {action}")


Made = Command | tuple[Command, Actor] | None


def _opening(state: CaseState | None, action: Action, pick: Pick) -> Command:
    case = state.case if state is not None else invented_case()
    if action is Action.SAVE_DRAFT:
        return ask.SaveDraft(case=case, step=pick(["patient", "disputes"]))
    case = pick([case, unsigned(case), liability_disputed(case)])
    return ask.FileApplication(case=case, filed_by=FiledBy.WEB)


def _application(state: CaseState, action: Action, role: Role, at: datetime, pick: Pick) -> Made:
    number = state.number
    match action:
        case Action.CORRECT_APPLICATION:
            fixed = replace(state.case.application, signed=pick([True, False]), signed_by=SignedBy.EMPLOYEE)
            return ask.CorrectApplication(case=replace(state.case, application=fixed), why="misread")
        case Action.FILE_AGAIN:
            assert state.screening is not None
            codes = [g.code for g in state.screening.grounds if g.is_curable]
            cured = replace(state.case.application, signed=True, signed_by=SignedBy.EMPLOYEE)
            return ask.FileAgain(case=replace(state.case, application=cured), cures=(codes[0],))
        case Action.CHANGE_PARTIES:
            parties = replace(state.case.parties, payer=Party(name=f"Payer {number}"))
            return ask.ChangeParties(parties=parties, why="another administrator took over")
        case Action.LINK_DUPLICATE:
            return ask.LinkDuplicate(of_case="CM24-0000002", why="the same decision")
        case Action.UNLINK_DUPLICATE:
            return ask.UnlinkDuplicate(why="another decision after all")
        case Action.NOTE_DUPLICATE:
            return ask.NoteDuplicate(other_case=f"CM24-1{number:06}")
        case Action.CONSOLIDATE:
            return ask.Consolidate(found=consolidation("CM24-0000000", state.case_number))
        case Action.TAKE_IN_CASE:
            other = invented_case(f"CM24-2{number:06}")
            found = consolidation(state.case_number, other.case.number)
            return ask.TakeInCase(found=found, other=other, disputes=(1,))
        case Action.LINK_PAYER:
            return ask.LinkPayer(identifier=f"payer-{number}", why="the same address")
        case Action.JOIN_CASE:
            return ask.JoinCase(invitation=number)
        case Action.TAKE_CASE:
            has_it = next((h.id for h in state.in_hand if h.role is role), person(role).id)
            return ask.TakeCase(), Actor(id=has_it, role=role)
        case Action.TAKE_OVER_CASE:
            return ask.TakeOverCase(why="the colleague is away"), person(role, 2)
        case Action.ADD_NOTE:
            return ask.AddNote(text="called the clinic")
        case Action.ASK_OFFICE:
            return ask.AskOffice(what="more time")
        case _:
            return None


def _eligibility(state: CaseState, action: Action, role: Role, at: datetime, pick: Pick) -> Made:
    match action:
        case Action.SCREEN_APPLICATION:
            return screening(state.case)
        case Action.ASK_ABOUT_ELIGIBILITY:
            return ask.AskAboutEligibility(of=pick(parties_of(state.case)), what=("the decision",))
        case Action.REQUEST_INFORMATION:
            command = ask.RequestInformation(of=pick(parties_of(state.case)), what=("the last report",))
            return command, _reviewer_with(state, role, has_attested)
        case Action.ANSWER_INFORMATION:
            mine = [r for r in state.open_requests if r.of in answers_for(role)]
            return ask.AnswerInformation(number=mine[0].number, says="here it is")
        case Action.CLOSE_INFORMATION:
            return ask.CloseInformation(number=state.open_requests[0].number, why="no answer came")
        case Action.DECIDE_ELIGIBILITY:
            return _decided(state, role, pick)
        case Action.DECIDE_ELIGIBILITY_ANEW:
            return _decided_anew(state, pick)
        case Action.RESOLVE_LIABILITY:
            return ask.ResolveLiability(resolved=moment_of(at))
        case _:
            return _disputes(state, action, role, at, pick)


def _decided(state: CaseState, role: Role, pick: Pick) -> Command:
    decisions, exemptions = [], []
    for standing in state.standings:
        if standing.status is not DisputeStatus.OPEN:
            continue
        number = standing.number
        grounds = grounds_of(state, number)
        other_than = [g for g in grounds if g.outcome is not GroundOutcome.DEFERRED]
        if grounds and role is Role.ADMINISTRATIVE_DIRECTOR and pick([False, True]):
            exemptions += [Exemption(code=g.code, dispute=number, reason="cured by letter") for g in grounds]
            decisions.append(DisputeDecision(dispute=number, status=DisputeStatus.ELIGIBLE))
        elif grounds:
            status = DisputeStatus.INELIGIBLE if other_than else DisputeStatus.DEFERRED
            decisions.append(DisputeDecision(dispute=number, status=status))
        else:
            seen = any(
                s.draft_opened_at is not None and number not in {v.dispute for v in s.views}
                for s in state.seats
            )
            choices = [DisputeStatus.ELIGIBLE, DisputeStatus.ELIGIBLE, DisputeStatus.INELIGIBLE]
            status = DisputeStatus.INELIGIBLE if seen else pick(choices)
            decisions.append(DisputeDecision(dispute=number, status=status, why="found so on its papers"))
    allowed = [
        e
        for e in exemptions
        if any(
            g.code == e.code and g.decided_by is not Decider.APPEALS_BOARD
            for g in (state.screening.grounds if state.screening else ())
        )
    ]
    return ask.DecideEligibility(decisions=tuple(decisions), exemptions=tuple(allowed))


def _decided_anew(state: CaseState, pick: Pick) -> Command:
    decidable = (DisputeStatus.ELIGIBLE, DisputeStatus.INELIGIBLE, DisputeStatus.DEFERRED)
    standing = pick([s for s in state.standings if s.status in decidable])
    seen = any(
        s.draft_opened_at is not None and standing.number not in {v.dispute for v in s.views}
        for s in state.seats
    )
    others = [s for s in decidable if s is not standing.status and not (seen and s is decidable[0])]
    decision = DisputeDecision(dispute=standing.number, status=pick(others))
    return ask.DecideEligibilityAnew(decisions=(decision,), why="new papers came")


def _disputes(state: CaseState, action: Action, role: Role, at: datetime, pick: Pick) -> Made:
    match action:
        case Action.END_DISPUTE:
            status = DisputeStatus.WITHDRAWN if role is not Role.PAYER else DisputeStatus.AUTHORIZED
            return ask.EndDispute(
                dispute=pick(state.unended),
                status=status,
                on=day_of(at),
                told_by=min(answers_for(role)),
                why="told in writing",
            )
        case Action.AUTHORIZE_IN_PART:
            number = pick(state.unended)
            dispute = state.case.dispute[number - 1]
            asked = read_quantity(dispute.remaining) or read_quantity(dispute.requested)
            assert asked is not None
            half = Quantity(asked.count / 2, asked.unit)
            return ask.AuthorizeInPart(dispute=number, authorized=half, on=day_of(at))
        case Action.TERMINATE:
            return ask.Terminate(why="the claim was settled as a whole")
        case Action.CONVERT_TO_EXPEDITED:
            return ask.ConvertToExpedited(
                certified=moment_of(at), certified_by="Mira Okafor", document=digest("certificate")
            )
        case _:
            return None


def _records(state: CaseState, action: Action, role: Role, at: datetime, pick: Pick) -> Made:
    match action:
        case Action.RECEIVE_RECORDS:
            file = ReceivedFile(
                sha256=digest(f"file {state.number}"),
                name=f"file-{state.number}.pdf",
                submitter=min(answers_for(role)),
                pages=12,
                received=moment_of(at),
            )
            return ask.ReceiveRecords(files=(file,))
        case Action.REFUSE_FILE:
            submitter = min(answers_for(role))
            return ask.RefuseFile(sha256=digest("bad"), name="bad.pdf", submitter=submitter, why="a virus")
        case Action.CHASE_RECORDS:
            return ask.ChaseRecords(missing=("progress reports of the last six months",))
        case Action.COMPLETE_RECORDS:
            return ask.CompleteRecords(certificate=certificate())
        case Action.FIND_UNDECIDABLE:
            command = ask.FindUndecidable(found="Only the decision is here.")
            return command, _reviewer_with(state, role, has_attested)
        case Action.READ_DOCUMENT:
            command = ask.ReadDocument(document=digest("report"), pages=(1, 2))
            return command, _reviewer_with(state, role, has_attested)
        case Action.READ_CASE:
            return ask.ReadCase(what="case page"), _reviewer_with(state, role, lambda seat: True)
        case _:
            return None


def has_attested(seat: Seat) -> bool:
    return seat.attestation is not None


def _reviewer_with(state: CaseState, role: Role, holds: Callable[[Seat], bool]) -> Actor:
    if role is not Role.REVIEWER:
        return person(role)
    return reviewer(next(s.reviewer for s in state.seats if holds(s)))


def _reviewers(state: CaseState, action: Action, role: Role, at: datetime, pick: Pick) -> Made:
    attested = [s.reviewer for s in state.seats if s.attestation is not None]
    waiting = [s.reviewer for s in state.seats if s.attestation is None]
    match action:
        case Action.APPROVE_REVIEWERS:
            return ask.ApproveReviewers(count=max(2, len(state.seats)), why="a rare combination")
        case Action.PROPOSE_REVIEWER:
            name = f"r-{len(state.seats) + len(state.former) + 1}"
            return ask.ProposeReviewer(
                assignment=assignment(name),
                reviewer_class=ReviewerClass.MD_DO,
                answer_by=day_of(at) + timedelta(days=2),
            )
        case Action.REPORT_NOBODY:
            return ask.ReportNobody(
                found=Unassignable(case=state.case_number, would_free=("a second specialist",))
            )
        case Action.ATTEST:
            attestation = Attestation(
                reviewer=waiting[0], attested_on=day_of(at), attests=("no_conflict", "qualified")
            )
            return ask.Attest(attestation=attestation), reviewer(waiting[0])
        case Action.DECLINE:
            return ask.Decline(why="away that week"), reviewer(waiting[0])
        case Action.REPORT_CONFLICT:
            by = reviewer(attested[0]) if role is Role.REVIEWER else person(role)
            return ask.ReportConflict(reviewer=attested[0], why="treated a relative"), by
        case Action.LAPSE_OFFER:
            offered = [s for s in state.seats if s.attestation is None and s.answer_by is not None]
            return ask.LapseOffer(reviewer=offered[0].reviewer)
        case Action.REPLACE_REVIEWER:
            return ask.ReplaceReviewer(reviewer=state.seats[0].reviewer, why="ill")
        case _:
            return None


def _review(state: CaseState, action: Action, role: Role, at: datetime, pick: Pick) -> Made:
    match action:
        case Action.RECORD_VIEW:
            seat = next(s for s in state.seats if seat_may_view(state, s))
            told = {v.dispute for v in seat.views}
            views = tuple(
                View(dispute=n, leans_to=pick(list(Outcome)), because="the record as I read it")
                for n in state.live
                if n not in told
            )
            return ask.RecordView(views=views), reviewer(seat.reviewer)
        case Action.PREPARE_DRAFT:
            draft = Enclosure(kind="draft", sha256=digest(f"draft {state.number}"))
            return ask.PrepareDraft(draft=draft, seal=state.seal or "")
        case Action.OPEN_DRAFT:
            seat = next(s for s in state.seats if seat_may_open(state, s))
            return ask.OpenDraft(), reviewer(seat.reviewer)
        case Action.ADOPT_DETERMINATION:
            seat = next(s for s in state.seats if seat_may_adopt(state, s))
            command = ask.AdoptDetermination(
                adoption=adoption(state, seat.reviewer, at, pick),
                determination=Enclosure(kind="determination", sha256=digest(f"det {state.number}")),
            )
            return command, reviewer(seat.reviewer)
        case Action.RETURN_FOR_REWRITE:
            standing = [v.number for v in state.versions if v.counts and v.round == state.round]
            return ask.ReturnForRewrite(version=standing[0], reasons=("name the page",))
        case Action.APPROVE_EXTENSION:
            return ask.ApproveExtension(why="records came late")
        case _:
            return None


def adoption(state: CaseState, name: str, at: datetime, pick: Pick = first) -> Adoption:
    return Adoption(
        reviewer=name,
        adopted_on=day_of(at),
        attests=("no_conflict", "qualified", "read_the_file"),
        decision=tuple(
            Decision(dispute=n, outcome=pick(list(Outcome)), rationale="because of the report")
            for n in state.live
        ),
    )


def _letters(state: CaseState, action: Action, role: Role, at: datetime, pick: Pick) -> Made:
    match action:
        case Action.COMPOSE_LETTER:
            return ask.ComposeLetter(letter=letter(f"letter {state.number}"))
        case Action.RELEASE_DETERMINATION:
            assert state.letter is not None
            return ask.ReleaseDetermination(letter=state.letter.sha256), second_person(state, role)
        case Action.SERVE_PAPER:
            paper = pick(state.owed_papers)
            return ask.ServePaper(paper=paper.id, service=service(pick(paper.owed), at, pick))
        case Action.CONFIRM_RECEIPT:
            paper, party = pick([(p, s.party) for p in state.papers for s in p.served if s.received is None])
            return ask.ConfirmReceipt(paper=paper.id, party=party, received=moment_of(at))
        case Action.PREPARE_CORRECTION:
            return ask.PrepareCorrection(
                letter=letter(f"corrected {state.number}"), corrections=("the date of injury",)
            )
        case Action.RELEASE_CORRECTION:
            assert state.correction is not None
            return ask.ReleaseCorrection(letter=state.correction.sha256), second_person(state, role)
        case _:
            return None


def second_person(state: CaseState, role: Role) -> Actor:
    """Return somebody of a role who wrote nothing of the case."""
    wrote = {*state.authors, state.correction.by if state.correction is not None else ""}
    return next(p for p in (person(role, n) for n in range(1, 99)) if p.id not in wrote)


def service(party: CaseParty, at: datetime, pick: Pick = first) -> ServedOn:
    channel = pick([Channel.PORTAL, Channel.PRINT, Channel.FAX])
    return ServedOn(
        party=party,
        channel=channel,
        method=METHODS[channel][0],
        sent=moment_of(at),
        proof=ProofOfService(kind=ProofKind.TRANSMISSION_REPORT, reference="no. 4711"),
    )


def _afterwards(state: CaseState, action: Action, role: Role, at: datetime, pick: Pick) -> Made:
    match action:
        case Action.RECORD_APPEAL:
            by = min(answers_for(role) & set(parties_of(state.case)))
            return ask.RecordAppeal(filed_on=day_of(at), by=by)
        case Action.RECORD_APPEAL_DECISION:
            outcome = pick([AppealOutcome.REVERSED, AppealOutcome.AFFIRMED])
            back = outcome is AppealOutcome.REVERSED
            return ask.RecordAppealDecision(
                outcome=outcome,
                on=day_of(at),
                order=digest("order"),
                ground=AppealGround.ERROR_OF_FACT if back else None,
                facts=("functional gain was recorded on page 4",) if back else (),
            )
        case Action.REMAND:
            to = pick([None, "Second Review Organization"])
            return ask.Remand(why="reversed by the board", to=to, available=(to,) if to else ())
        case Action.RECORD_IMPLEMENTATION:
            return ask.RecordImplementation(on=day_of(at))
        case Action.APPROVE_PUBLICATION:
            return ask.ApprovePublication(letter=letter("without names"))
        case Action.SEND_INVOICE:
            charge = charge_of(state)
            known = charge is not None and charge.amount_usd is not None
            number = f"I-{len(state.invoices) + 1}"
            if known:
                return ask.SendInvoice(number=number)
            return ask.SendInvoice(number=number, amount_usd=100, agreed_in="the contract of 2024")
        case Action.RECORD_PAYMENT:
            assert state.invoice is not None
            return ask.RecordPayment(number=state.invoice.number, on=day_of(at))
        case Action.CANCEL_INVOICE:
            assert state.invoice is not None
            return ask.CancelInvoice(number=state.invoice.number, why="wrong addressee")
        case _:
            return None


def some_command(action: Action) -> Command:
    """Return a command of an action, well formed, for whatever case: to see it refused."""
    day, case = BEGIN.date(), invented_case()
    moment, paper = Moment(day), letter("any")
    match action:
        case Action.SAVE_DRAFT:
            return ask.SaveDraft(case=case)
        case Action.FILE_APPLICATION:
            return ask.FileApplication(case=case, filed_by=FiledBy.WEB)
        case Action.CORRECT_APPLICATION:
            return ask.CorrectApplication(case=case, why="misread")
        case Action.FILE_AGAIN:
            return ask.FileAgain(case=case, cures=("NOSIG",))
        case Action.CHANGE_PARTIES:
            return ask.ChangeParties(parties=Parties(), why="moved")
        case Action.SERVE_PAPER:
            return ask.ServePaper(paper="determination-1", service=service(CaseParty.PAYER, BEGIN))
        case Action.CONFIRM_RECEIPT:
            return ask.ConfirmReceipt(paper="assignment-1", party=CaseParty.PAYER, received=moment)
        case Action.RECEIVE_RECORDS:
            file = ReceivedFile(
                sha256=SEAL, name="a.pdf", submitter=CaseParty.PAYER, pages=1, received=moment
            )
            return ask.ReceiveRecords(files=(file,))
        case Action.TAKE_IN_CASE:
            found = consolidation(case.case.number, "CM24-0000009")
            return ask.TakeInCase(found=found, other=invented_case("CM24-0000009"), disputes=(1,))
        case Action.ADOPT_DETERMINATION:
            made = Adoption(reviewer="r-1", adopted_on=day, attests=("no_conflict",))
            return ask.AdoptDetermination(adoption=made, determination=paper)
        case _:
            return SOME[action]


_DAY = BEGIN.date()
_MOMENT = Moment(_DAY)
SOME: dict[Action, Command] = {
    c.action: c
    for c in (
        ask.LinkDuplicate(of_case="CM24-0000002", why="same"),
        ask.UnlinkDuplicate(why="other"),
        ask.NoteDuplicate(other_case="CM24-0000002"),
        ask.Consolidate(found=consolidation("CM24-0000000", "CM24-0000001")),
        ask.LinkPayer(identifier="payer-9", why="the same address"),
        ask.JoinCase(invitation=1),
        ask.TakeCase(),
        ask.TakeOverCase(why="away"),
        ask.AddNote(text="called"),
        ask.AskOffice(what="more time"),
        ask.ScreenApplication(found=Eligibility(eligible=(1,), grounds=(), alerts=(), unknown=())),
        ask.AskAboutEligibility(of=CaseParty.PAYER, what=("the decision",)),
        ask.AnswerInformation(number=1, says="here"),
        ask.CloseInformation(number=1, why="none came"),
        ask.DecideEligibility(decisions=(DisputeDecision(dispute=1, status=DisputeStatus.ELIGIBLE),)),
        ask.DecideEligibilityAnew(
            decisions=(DisputeDecision(dispute=1, status=DisputeStatus.INELIGIBLE),), why="new"
        ),
        ask.ResolveLiability(resolved=_MOMENT),
        ask.EndDispute(
            dispute=1, status=DisputeStatus.WITHDRAWN, on=_DAY, told_by=CaseParty.EMPLOYEE, why="over"
        ),
        ask.AuthorizeInPart(dispute=1, authorized=Quantity(6, "sessions"), on=_DAY),
        ask.Terminate(why="settled"),
        ask.ConvertToExpedited(certified=_MOMENT, certified_by="Mira Okafor", document=SEAL),
        ask.RefuseFile(sha256=SEAL, name="a.pdf", submitter=CaseParty.PAYER, why="a virus"),
        ask.ChaseRecords(missing=("reports",)),
        ask.CompleteRecords(certificate=certificate()),
        ask.FindUndecidable(found="Only the decision is here."),
        ask.ReadDocument(document=SEAL),
        ask.ReadCase(what="case page"),
        ask.ApproveReviewers(count=2, why="rare"),
        ask.ProposeReviewer(assignment=assignment("r-1")),
        ask.ReportNobody(found=Unassignable(case="CM24-0000001")),
        ask.Attest(attestation=Attestation(reviewer="r-1", attested_on=_DAY, attests=("no_conflict",))),
        ask.Decline(why="away"),
        ask.ReportConflict(reviewer="r-1", why="a relative"),
        ask.ReplaceReviewer(reviewer="r-1", why="ill"),
        ask.LapseOffer(reviewer="r-1"),
        ask.RecordView(views=(View(dispute=1, leans_to=Outcome.UPHELD, because="as I read it"),)),
        ask.PrepareDraft(draft=Enclosure(kind="draft", sha256=SEAL), seal=SEAL),
        ask.OpenDraft(),
        ask.RequestInformation(of=CaseParty.PROVIDER, what=("the last report",)),
        ask.ReturnForRewrite(version=1, reasons=("name the page",)),
        ask.ApproveExtension(why="late"),
        ask.ComposeLetter(letter=letter("any")),
        ask.ReleaseDetermination(letter=SEAL),
        ask.PrepareCorrection(letter=letter("any"), corrections=("a date",)),
        ask.ReleaseCorrection(letter=SEAL),
        ask.RecordAppeal(filed_on=_DAY, by=CaseParty.EMPLOYEE),
        ask.RecordAppealDecision(outcome=AppealOutcome.AFFIRMED, on=_DAY, order=SEAL),
        ask.Remand(why="reversed"),
        ask.RecordImplementation(on=_DAY),
        ask.ApprovePublication(letter=letter("any")),
        ask.SendInvoice(number="I-1"),
        ask.RecordPayment(number="I-1", on=_DAY),
        ask.CancelInvoice(number="I-1", why="wrong"),
    )
}
