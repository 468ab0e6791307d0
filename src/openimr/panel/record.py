"""One record of a draw: its whole input, seed, versions and result, sealed, to be repeated.

Source:
    Lab. Code 139.5(d)(3): a selection that is fair and impartial must be provable; a tie is a
    ground of appeal (Lab. Code 4610.6(h)), so what was checked is kept with what came out.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date

from openimr import __version__
from openimr.formats.writing import canonical
from openimr.law.qualifications import reviewer_rules
from openimr.panel.assign import Assigning, Result, assign_draw, waiting_case
from openimr.panel.encode import Draw, Load, Waiting, Weights
from openimr.terms.case import Case
from openimr.terms.reviewer import Exclusion, Reviewer


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnCase:
    """A case as it waited, and the day on which it was due."""

    case: Case
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnLoad:
    """What a reviewer had before the draw."""

    reviewer: str
    open_cases: int
    this_week: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawInput:
    """Everything that the result depends on, in the order of numbers and ids.

    ``seed`` is written in hexadecimal digits: it is longer than numbers of JSON.
    """

    programme: str
    on: date
    seed: str
    is_fair: bool
    weights: Weights
    cases: tuple[DrawnCase, ...]
    reviewers: tuple[Reviewer, ...]
    loads: tuple[DrawnLoad, ...]
    cleared: tuple[Exclusion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawRecord:
    """A draw as it is kept.

    Attributes:
        version: The version of this software that drew.
        input_sha256: Over the canonical JSON of ``input``.
        sha256: Over version, ``input_sha256`` and result.
        hmac_sha256: The same under a key that the organization keeps, if it has one.
    """

    schema: int
    version: str
    input: DrawInput
    result: Result
    input_sha256: str
    sha256: str
    hmac_sha256: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What an auditor finds in a record; ``findings`` is empty where all is well."""

    findings: tuple[str, ...]
    is_signed: bool
    cases: int
    reviewers: int

    @property
    def is_sound(self) -> bool:
        """Whether the record is whole and its draw comes out the same again."""
        return not self.findings


def record_draw(assigning: Assigning, *, is_fair: bool, key: bytes | None = None) -> DrawRecord:
    """Return the record of a draw, signed where a key is given."""
    drawn = _input(assigning.draw, is_fair)
    digest = _digest(drawn)
    payload = _payload(__version__, digest, assigning.result)
    return DrawRecord(
        schema=1,
        version=__version__,
        input=drawn,
        result=assigning.result,
        input_sha256=digest,
        sha256=hashlib.sha256(payload).hexdigest(),
        hmac_sha256=None if key is None else hmac.new(key, payload, hashlib.sha256).hexdigest(),
    )


def repeat_draw(record: DrawRecord) -> Assigning:
    """Return the draw of a record, drawn again from its input.

    Raises:
        AssignmentError: The input is no draw.
        LawError: The rules of its day cannot be read.
    """
    drawn = record.input
    draw = Draw(
        waiting=tuple(_waiting(case) for case in drawn.cases),
        reviewers=drawn.reviewers,
        rules=reviewer_rules(drawn.programme, drawn.on),
        on=drawn.on,
        seed=int(drawn.seed, 16),
        loads={
            load.reviewer: Load(open_cases=load.open_cases, this_week=load.this_week) for load in drawn.loads
        },
        cleared=frozenset(drawn.cleared),
        weights=drawn.weights,
    )
    return assign_draw(draw, is_fair=drawn.is_fair)


def audit_record(record: DrawRecord, *, key: bytes | None = None) -> Audit:
    """Return whether a record is whole, signed with the key, and comes out the same again.

    Raises:
        AssignmentError: The input is no draw.
        LawError: The rules of its day cannot be read.
    """
    findings = []
    payload = _payload(record.version, record.input_sha256, record.result)
    is_input = _digest(record.input) == record.input_sha256
    if not is_input:
        findings.append("The input is not the one that was drawn from: its hash differs.")
    if hashlib.sha256(payload).hexdigest() != record.sha256:
        findings.append("The result or the version was changed: the hash differs.")
    if key is not None and not _is_signed(payload, key, record.hmac_sha256):
        findings.append("The record is not signed with this key.")
    # another input may be no draw at all, and says nothing about this one
    if is_input and repeat_draw(record).result != record.result:
        findings.append("Drawn again, the result is another.")
        if record.version != __version__:
            findings.append(f"It was drawn with version {record.version}; this is {__version__}.")
    return Audit(
        findings=tuple(findings),
        is_signed=record.hmac_sha256 is not None,
        cases=len(record.input.cases),
        reviewers=len(record.input.reviewers),
    )


def _is_signed(payload: bytes, key: bytes, signature: str | None) -> bool:
    expected = hmac.new(key, payload, hashlib.sha256).hexdigest()
    return signature is not None and hmac.compare_digest(expected, signature)


def _waiting(drawn: DrawnCase) -> Waiting:
    return waiting_case(drawn.case, drawn.due_on)


def _input(draw: Draw, is_fair: bool) -> DrawInput:
    return DrawInput(
        programme=draw.rules.programme,
        on=draw.on,
        seed=f"{draw.seed:x}",
        is_fair=is_fair,
        weights=draw.weights,
        cases=tuple(DrawnCase(case=w.case, due_on=w.due_on) for w in draw.waiting),
        reviewers=draw.reviewers,
        loads=tuple(
            DrawnLoad(reviewer=name, open_cases=load.open_cases, this_week=load.this_week)
            for name, load in sorted(draw.loads.items())
        ),
        cleared=tuple(sorted(draw.cleared, key=lambda e: (e.reviewer, e.code, e.reason))),
    )


def _digest(drawn: DrawInput) -> str:
    return hashlib.sha256(canonical(drawn)).hexdigest()


def _payload(version: str, input_sha256: str, result: Result) -> bytes:
    return canonical({"version": version, "input_sha256": input_sha256, "result": result})
