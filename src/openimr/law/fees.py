"""What a review costs the payer, and which penalties delay may bring. Nothing unknown is guessed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from openimr.law.calendars import local_day
from openimr.law.deadlines import deadlines
from openimr.law.questions import day_of
from openimr.law.rulebook import RuleBook
from openimr.law.rules import NotEncoded
from openimr.law.traits import is_expedited, is_medication
from openimr.law.wording import day_words, doubt_words
from openimr.terms.case import Case, ClosingStage
from openimr.terms.eligibility import Charge, ChargeKind, Deadline
from openimr.terms.errors import LawError
from openimr.terms.places import Verification, Verified
from openimr.vocabulary.tables import read_table

PAYER = "claims administrator"
# When the sources of the fee table were read.
_READ_ON = date(2026, 11, 22)
# What a fee depends on beside the day, and the key of the case that says it.
_KEYS = {
    "priority": "case.priority",
    "drug_only": "dispute",
    "reviewer_class": "closing.reviewer_class",
    "reviewers": "closing.reviewers",
    "stage": "closing.stage",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeRow:
    """One amount of the fee table; None in ``usd`` is an amount that is known to be missing."""

    submitted_from: date
    submitted_until: date | None
    asks: Mapping[str, str]
    usd: int | None
    citation: str
    verified: Verified
    note: str


def fees(case: Case, rulebook: RuleBook) -> tuple[Charge, ...]:
    """Return what the payer owes for a review, and the penalties that its delays may bring.

    An amount that is not known, or that the case does not say enough for, is
    None, and the explanation says which. The employee never pays.

    Raises:
        LawError: No fees are encoded for the programme.

    Source:
        Lab. Code 4610.6(l); 8 CCR 9792.10.8; 9792.12(c)(6); Lab. Code 4610.6(k).
    """
    if not rulebook.has_table("fees.csv"):
        raise LawError(
            asked=f"State the fees of case {case.case.number}",
            found=f"no fees are encoded for the programme {rulebook.programme}.",
            remedy="Fees are encoded for: us_ca_wc.",
        )
    clocks = {d.ref: d for d in deadlines(case, rulebook)}
    return (
        _review_fee(case, rulebook),
        *_records_penalty(case, rulebook, clocks),
        *_implementation_penalty(case, rulebook, clocks),
    )


@cache
def fee_table(programme: str) -> tuple[FeeRow, ...]:
    """Return the dated fee table of a programme.

    Source:
        ``fees.csv`` of the programme, each row with its verification.
    """
    return tuple(_fee_row(row) for row in read_table("openimr.law", f"{programme}/fees.csv"))


def _fee_row(row: Mapping[str, str]) -> FeeRow:
    return FeeRow(
        submitted_from=date.fromisoformat(row["submitted_from"]),
        submitted_until=date.fromisoformat(row["submitted_until"]) if row["submitted_until"] else None,
        asks={key: row[key] for key in _KEYS if row[key]},
        usd=int(row["usd"]) if row["usd"] else None,
        citation=row["citation"],
        verified=Verified(how=Verification(row["how"]), source=row["source"] or None, on=_READ_ON),
        note=row["note"],
    )


def _review_fee(case: Case, rulebook: RuleBook) -> Charge:
    rows = fee_table(rulebook.programme)
    stage = case.closing.stage
    is_over = stage is not None and stage is not ClosingStage.DETERMINED
    kind = ChargeKind.TERMINATION_FEE if is_over else ChargeKind.REVIEW_FEE
    submitted = day_of(case.dates.submitted or case.dates.application_received)
    if submitted is None:
        return _unknown(kind, rows[0], "dates.submitted or dates.application_received")
    begun = [r for r in rows if r.submitted_from <= submitted]
    dated = [r for r in begun if r.submitted_until is None or submitted <= r.submitted_until]
    if not dated:
        why = f"the fee table begins with applications of {day_words(rows[0].submitted_from)}"
        return _charge(kind, None, rows[0], why)
    known = _known(case)
    fitting = [r for r in dated if all(known.get(k) in (None, v) for k, v in r.asks.items())]
    if not fitting:
        return _charge(kind, None, dated[0], "the table that was read has no amount for such a case")
    if len({r.usd for r in fitting}) > 1:
        asked = dict.fromkeys(k for r in fitting for k in r.asks if known.get(k) is None)
        return _unknown(kind, fitting[0], ", ".join(_KEYS[k] for k in asked))
    row = max(fitting, key=lambda r: list(Verification).index(r.verified.how))
    doubt = "" if case.dates.submitted else "; the day of receipt stands for the day of submission"
    if row.usd is None:
        return _charge(kind, None, row, f"not known: {row.note}")
    why = f"${row.usd:,} for an application of {day_words(submitted)}, {_words(row)}{doubt}"
    return _charge(kind, row.usd, row, why)


def _known(case: Case) -> dict[str, str | None]:
    """Return what the case says of the things that a fee depends on."""
    closing = case.closing
    drugs = None if not case.disputes else "yes" if all(map(is_medication, case.disputes)) else "no"
    return {
        "priority": "expedited" if is_expedited(case) else "regular",
        "drug_only": drugs,
        "reviewer_class": closing.reviewer_class.value if closing.reviewer_class else None,
        "reviewers": str(closing.reviewers) if closing.reviewers else None,
        "stage": closing.stage.value if closing.stage else None,
    }


def _words(row: FeeRow) -> str:
    named = {
        "regular": "regular review",
        "expedited": "expedited review",
        "yes": "drugs only",
        "no": "not of drugs only",
        "md_do": "reviewer MD or DO",
        "other": "reviewer of another licence",
        "1": "one reviewer",
        "2": "two reviewers",
        "determined": "determined",
        "before_reviewer": "ended before it went to a reviewer",
        "after_reviewer": "ended after it went to a reviewer",
    }
    return ", ".join([*(named[v] for v in row.asks.values()), *([row.note] if row.note else [])])


def _records_penalty(case: Case, rulebook: RuleBook, clocks: Mapping[str, Deadline]) -> Iterator[Charge]:
    """Yield the penalty for records that came after the clock D1, D2 or D3."""
    clock = next((clocks[r] for r in ("D1", "D2", "D3") if r in clocks and clocks[r].due is not None), None)
    came = case.dates.records_complete
    sent = day_of(case.dates.noarfi_sent or case.dates.noarfi_received)
    if clock is None or clock.due is None or came is None or sent is None:
        return
    late = _days_late(clock, local_day(came))
    if came.at is not None and clock.due.at is not None and came.at > clock.due.at:
        late = max(late, 1)
    if not late:
        return
    rule = rulebook.rule("records_penalty")
    version = rule.version_on(sent)
    told = f"records complete on {day_words(local_day(came))}, {late} days after {clock.ref}"
    if isinstance(version, NotEncoded):
        found = rule.versions[0] if sent < rule.versions[1].effective_from else rule.versions[-1]
        yield Charge(
            kind=ChargeKind.RECORDS_PENALTY,
            amount_usd=None,
            owed_by=PAYER,
            citation=found.citation,
            verified=found.verified,
            explanation=f"{told}: {version.reason}",
        )
        return
    a_day, most = int(version.number("usd_a_day")), int(version.number("at_most_usd"))
    cut = version.number("good_faith_cut_pct")
    yield Charge(
        kind=ChargeKind.RECORDS_PENALTY,
        amount_usd=min(late * a_day, most),
        owed_by=PAYER,
        citation=version.citation,
        verified=version.verified,
        explanation=(
            f"{told}: ${a_day:,} a day, at most ${most:,}; the administrative director decides after a "
            f"hearing, good faith shown by documents cuts {cut:g} %; records of others may be what came last"
        ),
    )


def _implementation_penalty(
    case: Case, rulebook: RuleBook, clocks: Mapping[str, Deadline]
) -> Iterator[Charge]:
    """Yield the penalty for a determination carried out after the clocks I1 and I2."""
    done = day_of(case.dates.implemented)
    served = day_of(case.dates.determination_served)
    running = [clocks[r] for r in ("I1", "I2") if r in clocks and clocks[r].due is not None]
    if done is None or served is None or not running:
        return
    clock = max(running, key=lambda c: c.due.on if c.due else date.min)
    late = _days_late(clock, done)
    version = rulebook.rule("implementation_penalty").version_on(served)
    if not late or isinstance(version, NotEncoded):
        return
    most = int(version.number("at_most_usd_a_day"))
    yield Charge(
        kind=ChargeKind.IMPLEMENTATION_PENALTY,
        amount_usd=None,
        owed_by=PAYER,
        citation=version.citation,
        verified=version.verified,
        explanation=(
            f"carried out on {day_words(done)}, {late} days after {clock.ref}: the statute allows up "
            f"to ${most:,} a day; the schedule of the regulation was not read; only for care found necessary"
        ),
    )


def _days_late(clock: Deadline, day: date) -> int:
    return 0 if clock.due is None else max(0, (day - local_day(clock.due)).days)


def _unknown(kind: ChargeKind, row: FeeRow, keys: str) -> Charge:
    return _charge(kind, None, row, f"cannot be computed: the case does not state {keys}")


def _charge(kind: ChargeKind, usd: int | None, row: FeeRow, why: str) -> Charge:
    doubt = doubt_words(row.verified.how) if usd is not None else ""
    return Charge(
        kind=kind,
        amount_usd=usd,
        owed_by=PAYER,
        citation=row.citation,
        verified=row.verified,
        explanation="; ".join(filter(None, (f"{why}, {row.citation}", doubt))),
    )
