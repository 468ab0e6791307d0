"""What a letter says, field by field, and how a parse compares with it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from benchmarks.letter_mutations import Either, Sample, Truth

from openimr.letters.parse import ParsedLetter
from openimr.terms.citation import Citation
from openimr.terms.letter import Letter

_HEADER = (
    "case_number", "date_assigned", "date_of_injury", "decision_date", "ur_denial_date",
    "application_received", "priority",
)  # fmt: skip
_DISPUTE = ("request", "outcome", "payer_basis", "reviewer_basis", "rationale")


def fields_of(letter: Letter) -> Truth:
    """Return what a letter says, one value a field."""
    said: Truth = {name: _plain(getattr(letter, name)) for name in _HEADER}
    for name in ("licensed_in", "specialties", "board_certified_in", "subspecialties"):
        said[f"reviewer.{name}"] = getattr(letter.reviewer, name)
    said["patient.age"] = letter.patient.age
    said["patient.sex"] = _plain(letter.patient.sex)
    said["clinical_summary"] = letter.clinical_summary
    said["disputes"] = len(letter.disputes)
    for index, dispute in enumerate(letter.disputes):
        for name in _DISPUTE:
            said[f"disputes.{index}.{name}"] = _plain(getattr(dispute, name))
    return said


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(
            (c.kind, c.document, c.edition, c.chapter_number, c.pages)
            for c in value
            if isinstance(c, Citation)
        )
    return str(value) if value is not None else None


def sample_of(parsed: ParsedLetter, source: str) -> Sample:
    """Return a letter with what it says and where, for mutations."""
    places = {path: (span.start, span.end) for path, span in parsed.spans.items()}
    return Sample(text=source, truth=fields_of(parsed.letter), places=places)


@dataclass(slots=True)
class Tally:
    """How the fields of many letters were read.

    ``abstained``: no value, and a problem names the field. ``flagged``: a
    wrong value under a problem that names it. ``unexplained``: no value and
    no problem. ``silent``: a wrong value and no problem.
    """

    right: int = 0
    abstained: int = 0
    flagged: int = 0
    unexplained: int = 0
    silent: int = 0
    silent_fields: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        return self.right + self.abstained + self.flagged + self.unexplained + self.silent

    def examples_of_silent(self) -> list[str]:
        """Return what was silently wrong."""
        return [example for example in self.examples if example.startswith("silent")]

    def add(self, other: Tally) -> None:
        """Add the counts of another tally."""
        for name in ("right", "abstained", "flagged", "unexplained", "silent"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.silent_fields += other.silent_fields
        self.examples += other.examples


def compare(truth: Truth, letter: Letter) -> Tally:
    """Return how a parse compares with what the letter says."""
    said = fields_of(letter)
    named = [problem.field for problem in letter.problems]
    tally = Tally()
    shift = _aligned(truth, said)
    for path, expected in truth.items():
        if path == "cut":
            continue
        found = said.get(shift.get(path, path))
        _judge(tally, path, expected, found, named, cut=bool(truth.get("cut")))
    extra = int(str(said["disputes"])) - len(set(shift.values()))
    for index in range(int(str(said["disputes"]))):
        path = f"disputes.{index}.request"
        if extra > 0 and path not in shift.values() and said.get(path) is not None:
            _judge(tally, path, None, said[path], named, cut=False)
    return tally


def _aligned(truth: Truth, said: Mapping[str, object]) -> dict[str, str]:
    """Return for the fields of each item where the parse has them, by request where counts differ."""
    wanted, got = int(str(truth.get("disputes", 0))), int(str(said["disputes"]))
    if wanted == got:
        return {f"disputes.{i}.request": f"disputes.{i}.request" for i in range(wanted)}
    shift: dict[str, str] = {}
    after = 0
    for index in range(wanted):
        for other in range(after, got):
            if said.get(f"disputes.{other}.request") == truth.get(f"disputes.{index}.request"):
                for name in _DISPUTE:
                    shift[f"disputes.{index}.{name}"] = f"disputes.{other}.{name}"
                after = other + 1
                break
        else:
            for name in _DISPUTE:
                shift[f"disputes.{index}.{name}"] = "nowhere"
    return shift


def _judge(tally: Tally, path: str, expected: object, found: object, named: list[str], *, cut: bool) -> None:
    is_named = any(_covers(name, path) for name in named)
    if _is_right(expected, found, cut=cut, path=path):
        tally.right += 1
    elif found in (None, ()) or _is_unresolved(expected, found):
        if is_named:
            tally.abstained += 1
        else:
            tally.unexplained += 1
            tally.examples.append(f"unexplained {path}: {str(expected)[:80]!r}")
    elif is_named:
        tally.flagged += 1
    else:
        tally.silent += 1
        tally.silent_fields[re.sub(r"\d+", "N", path)] += 1
        tally.examples.append(f"silent {path}: {str(expected)[:110]!r} -> {str(found)[:110]!r}")


def _covers(name: str, path: str) -> bool:
    """Whether a problem about one field speaks of another: its parts, or all items, or the header."""
    if path == "disputes" or path.startswith("disputes."):
        own = re.match(r"disputes\.\d+", path)
        return (
            name == "disputes"
            or name == path
            or (own is not None and name == own.group(0))
            or (path == "disputes" and name.startswith("disputes."))
        )
    return name == path or path.startswith(f"{name}.") or (name in ("header", "letter") and path in _HEADER)


def _is_right(expected: object, found: object, *, cut: bool, path: str) -> bool:
    if isinstance(expected, Either):
        if path.startswith("reviewer.") and isinstance(found, tuple):
            return _bare("".join(found)) == _bare(str(expected.now)) or found == expected.before
        return found in (expected.now, expected.before) or (found is None and expected.now is None)
    if cut and path == "disputes":
        return int(str(found)) <= int(str(expected))
    return expected == found or (expected is None and found in (None, ()))


def _bare(text: str) -> str:
    """Return a list without the words and marks that part it."""
    return re.sub(r"[,;\s]|\band\b", "", text)


def _is_unresolved(expected: object, found: object) -> bool:
    """Whether citations of a damaged line name no document that the line did not name."""
    before = expected.before if isinstance(expected, Either) else expected
    if (
        not isinstance(found, tuple)
        or not isinstance(before, tuple)
        or not found
        or isinstance(found[0], str)
    ):
        return False
    named = {citation[1] for citation in before}
    return all(citation[1] is None or citation[1] in named for citation in found) and found != before
