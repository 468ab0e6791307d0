"""Which grounds keep a dispute from review, worked out from the text of the law without the room ``law``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from law.oracle import Due, Row, day_of, due_dates
from law.oracle_calendar import calendar_days, months_later
from openimr.terms.case import Case, CaseDispute, SignedBy, UrAction
from openimr.terms.eligibility import Eligibility, GroundOutcome

# LC 4610.5(a)(1)-(2): injuries since 2013, and every injury when the decision came since 1 July 2013.
INJURIES_FROM, EVERY_INJURY_FROM = date(2013, 1, 1), date(2013, 7, 1)
# LC 4610(b): treatment in the first 30 days after injuries since 2018.
FIRST_DAYS_FROM = date(2018, 1, 1)
# SB 1160: "delay" leaves the definitions.
NO_DELAY_FROM = date(2017, 1, 1)

# What still needs review in the first thirty days (LC 4610(c)), in words that name such treatment.
STILL_REVIEWED = (
    "mg",
    "cream",
    "mri",
    "emg",
    "injection",
    "arthroscopy",
    "tens",
    "surgery",
    "x-ray",
    "psych",
)

NOT_REVIEWED = {
    GroundOutcome.INELIGIBLE,
    GroundOutcome.DEFERRED,
    GroundOutcome.TERMINATED,
    GroundOutcome.DUPLICATE,
}
OUTCOMES = {
    "NOSIG": {GroundOutcome.INELIGIBLE, GroundOutcome.ASK_A_PERSON},
    "NOUR": {GroundOutcome.INELIGIBLE},
    "CNC": {GroundOutcome.INELIGIBLE},
    "PRIOR": {GroundOutcome.INELIGIBLE},
    "PREEFF": {GroundOutcome.INELIGIBLE},
    "LIAB": {GroundOutcome.DEFERRED},
    "AUTH": {GroundOutcome.TERMINATED, GroundOutcome.INELIGIBLE},
    "DUP": {GroundOutcome.DUPLICATE, GroundOutcome.ASK_A_PERSON},
    "EXEMPT": {GroundOutcome.ASK_A_PERSON},
    "LATE": {GroundOutcome.INELIGIBLE, GroundOutcome.ASK_A_PERSON},
    "NOTUR": {GroundOutcome.INELIGIBLE, GroundOutcome.ASK_A_PERSON},
    "NOPARTY": {GroundOutcome.INELIGIBLE, GroundOutcome.ASK_A_PERSON},
}


@dataclass
class Verdict:
    """The codes that a dispute must bear, those of which one must stand, and those that are open."""

    must: set[str] = field(default_factory=set)
    one_of: list[set[str]] = field(default_factory=list)
    may: set[str] = field(default_factory=set)
    late_needs_a_person: bool = False

    def disagreement(self, found: set[str]) -> str:
        """Return what is wrong with the codes found, or nothing."""
        allowed = self.must.union(self.may, *self.one_of)
        wrong = [f"{code} is missing" for code in sorted(self.must - found)]
        wrong += [f"{code} does not apply" for code in sorted(found - allowed)]
        wrong += [f"one of {sorted(group)} is missing" for group in self.one_of if not group & found]
        return "; ".join(wrong)


def verdicts(case: Case, others: Sequence[Case] = ()) -> list[Verdict]:
    """Return a verdict for each dispute, in the order of the file."""
    found = []
    for dispute in case.disputes:
        verdict = Verdict()
        _application(case, verdict)
        _who_filed(case, verdict)
        _in_time(case, verdict)
        _effective(case, verdict)
        _liability(case, verdict)
        _decision(case, dispute, verdict)
        _prior(case, dispute, verdict)
        _authorized(case, dispute, verdict)
        _first_thirty_days(case, dispute, verdict)
        _duplicate(case, others, verdict)
        found.append(verdict)
    return found


def _application(case: Case, verdict: Verdict) -> None:
    if case.application.signed is False:
        verdict.must.add("NOSIG")
    if case.application.ur_decision_attached is False:
        verdict.must.add("NOUR")


def _who_filed(case: Case, verdict: Verdict) -> None:
    """The employee or the attorney; a designee only if designated after the decision (LC 4610.5(j))."""
    signer, designated = case.application.signed_by, case.application.representative_designated_on
    decided = day_of(case.dates.ur_decision)
    if signer is SignedBy.PROVIDER:
        # Only of emergency treatment; a case file cannot say that it was.
        verdict.must.add("NOPARTY")
    if signer is SignedBy.OTHER:
        verdict.may |= {"NOPARTY", "NOSIG"}
    if signer in (SignedBy.REPRESENTATIVE, SignedBy.OTHER):
        if designated is None or decided is None or designated == decided:
            # "After the decision": of the same day a person must ask the hour.
            verdict.may |= {"NOPARTY", "NOSIG"}
        elif designated < decided:
            # Void; whether that is "not signed" or "no eligible party" is one thing under two names.
            verdict.one_of.append({"NOPARTY", "NOSIG"})


def _in_time(case: Case, verdict: Verdict) -> None:
    submitted = day_of(case.dates.submitted)
    if submitted is None:
        return  # The day of submission counts, not the day of receipt.
    rows = {ref: row for ref, row in due_dates(case).items() if ref in ("A1", "A2", "A3")}
    ends = [end for row in rows.values() for end in row.dates if isinstance(end, date)]
    if not ends or submitted <= min(ends):
        return
    if case.service.ur is None and "A3" not in rows:
        return  # Without proof of service nothing is late.
    if case.service.ur is None:
        verdict.may.add("LATE")
        return
    open_end = any(None in row.dates for ref, row in rows.items() if ref != "A2" or "A1" not in rows)
    if submitted > max(ends) and not open_end:
        verdict.must.add("LATE")
    elif _is_certain_short(rows, submitted):
        verdict.must.add("LATE")
        verdict.late_needs_a_person = submitted <= max(ends)
    else:
        verdict.may.add("LATE")
        past_the_long = "A1" in rows and all(_passed(submitted, end) for end in rows["A1"].dates - {None})
        verdict.late_needs_a_person = "A2" in rows and not past_the_long


def _is_certain_short(rows: dict[str, Row], submitted: date) -> bool:
    row = rows.get("A2")
    return row is not None and row.must and all(_passed(submitted, end) for end in row.dates)


def _passed(submitted: date, end: Due) -> bool:
    return isinstance(end, date) and submitted > end


def _effective(case: Case, verdict: Verdict) -> None:
    injury = case.dates.of_injury
    told = [day for day in (day_of(case.dates.ur_decision), day_of(case.dates.ur_served)) if day]
    if injury is None or injury >= INJURIES_FROM or not told:
        return
    if max(told) < EVERY_INJURY_FROM:
        (verdict.must if len(told) == 2 else verdict.may).add("PREEFF")
    elif min(told) < EVERY_INJURY_FROM:
        verdict.may.add("PREEFF")


def _liability(case: Case, verdict: Verdict) -> None:
    """Deferred, unless the administrator agrees to review or the dispute is over (LC 4610.5(k))."""
    if not case.application.liability_disputed or case.dates.liability_resolved is not None:
        return
    if not case.application.payer_agrees_to_review:
        verdict.must.add("LIAB")


def _decision(case: Case, dispute: CaseDispute, verdict: Verdict) -> None:
    told = [day for day in (day_of(case.dates.ur_decision), day_of(case.dates.ur_served)) if day]
    if dispute.ur_action is UrAction.CONDITIONAL:
        verdict.must.add("CNC")
    if dispute.ur_action is UrAction.DEFER:
        verdict.must.add("NOTUR")
        verdict.may.add("LIAB")
    if dispute.ur_action is UrAction.DELAY and (not told or max(told) >= NO_DELAY_FROM):
        # The statute lost the word, the regulation kept it.
        verdict.may.add("NOTUR")


def _prior(case: Case, dispute: CaseDispute, verdict: Verdict) -> None:
    """Twelve months from the date of the decision; the day itself is not counted, the last is (CCP 12)."""
    prior = dispute.prior_determination_on
    if prior is None:
        return
    asked = day_of(case.dates.rfa)
    came = day_of(case.dates.submitted) or day_of(case.dates.application_received)
    if came is not None and came < prior:
        return  # What was determined after the application cannot have been determined before it.
    if prior < INJURIES_FROM or asked is None or asked < prior:
        # Asked for first and determined later, on another application: whether that is "asked again" is open.
        verdict.may.add("PRIOR")
    elif asked <= months_later(prior, 12):
        verdict.must.add("PRIOR")


def _authorized(case: Case, dispute: CaseDispute, verdict: Verdict) -> None:
    if dispute.authorized_since is not None or case.application.withdrawn_on is not None:
        verdict.must.add("AUTH")


def _first_thirty_days(case: Case, dispute: CaseDispute, verdict: Verdict) -> None:
    injury, given = case.dates.of_injury, dispute.date_of_service
    if injury is None or injury < FIRST_DAYS_FROM:
        return
    last = calendar_days(injury, 30)
    if given is None:
        # The day of treatment is not stated: it may have been, or was to be, within the thirty days.
        asked = day_of(case.dates.rfa) or day_of(case.dates.rfa_received) or day_of(case.dates.ur_decision)
        if asked is None or asked <= last:
            verdict.may.add("EXEMPT")
    elif given <= last:
        # What was given may be reviewed afterwards; only a decision before it should not exist.
        still = dispute.ur_action is UrAction.RETROSPECTIVE_DENY or any(
            word in dispute.request.lower() for word in STILL_REVIEWED
        )
        (verdict.may if still or given < injury else verdict.must).add("EXEMPT")


def _duplicate(case: Case, others: Sequence[Case], verdict: Verdict) -> None:
    """The later of two applications for the same decision goes; of the same day, a person tells which."""
    key, came = _key(case), day_of(case.dates.application_received)
    for other in others:
        if other.case.number == case.case.number or _key(other) != key:
            continue
        before = day_of(other.dates.application_received)
        if _flaws(other) - _flaws(case):
            # Filed again to cure what the first one lacked.
            verdict.may.add("DUP")
        elif came is None or before is None or before == came or None in key[:-1]:
            verdict.may.add("DUP")
        elif before < came:
            verdict.must.add("DUP")


def _flaws(case: Case) -> set[str]:
    whole = {"signed": case.application.signed, "attached": case.application.ur_decision_attached}
    return {name for name, is_there in whole.items() if is_there is not True}


def _key(case: Case) -> tuple[object, ...]:
    """Claim, injury, decision, physician, and the items whatever their order and case."""
    items = tuple(sorted(" ".join(dispute.request.lower().split()) for dispute in case.disputes))
    physician = case.provider.npi or case.provider.name
    return case.patient.id, case.dates.of_injury, day_of(case.dates.ur_decision), physician, items


def disagreements(case: Case, answer: Eligibility, others: Sequence[Case] = ()) -> list[str]:
    """Return every dispute whose grounds are not those of the law, in words."""
    wrong = []
    for number, verdict in enumerate(verdicts(case, others), start=1):
        grounds = [ground for ground in answer.grounds if ground.dispute in (None, number)]
        said = verdict.disagreement({ground.code for ground in grounds})
        wrong += [f"dispute {number}: {said}"] if said else []
        if "NOSIG" in verdict.must and not any(
            ground.code == "NOSIG" and ground.outcome is GroundOutcome.INELIGIBLE for ground in grounds
        ):
            wrong.append(f"dispute {number}: unsigned, and not ineligible")
        for ground in grounds:
            if ground.outcome not in OUTCOMES.get(ground.code, set()):
                wrong.append(f"dispute {number}: {ground.code} comes to {ground.outcome.value}")
            by_a_person = ground.outcome is GroundOutcome.ASK_A_PERSON
            if ground.code == "LATE" and verdict.late_needs_a_person and not by_a_person:
                wrong.append(f"dispute {number}: LATE on the short clock without a person")
        stopped = any(ground.outcome in NOT_REVIEWED for ground in grounds)
        if stopped and number in answer.eligible:
            wrong.append(f"dispute {number}: eligible beside a ground that stops it")
        if not grounds and number not in answer.eligible:
            wrong.append(f"dispute {number}: not eligible, without a ground")
    wrong += [
        f"{alert.code} as an alert" for alert in answer.alerts if alert.outcome is not GroundOutcome.ALERT
    ]
    return wrong
