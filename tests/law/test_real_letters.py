"""Published letters: every one was accepted, so none may be found ineligible."""

from __future__ import annotations

from pathlib import Path

from openimr.law.eligibility import check_eligibility
from openimr.law.rulebook import load_rulebook
from openimr.letters.read import LetterReader, letter_files
from openimr.terms.case import Case, CaseDates, CaseDispute, CaseHead
from openimr.terms.letter import Letter, Priority
from openimr.terms.period import Moment


def case_of_letter(letter: Letter) -> Case:
    """Return what a published letter says about its case; it says neither service nor submission."""

    def moment(day):
        return None if day is None else Moment(day)

    return Case(
        schema=1,
        case=CaseHead(
            programme="us_ca_wc",
            number=letter.case_number or "unknown",
            priority=letter.priority or Priority.REGULAR,
        ),
        dates=CaseDates(
            of_injury=letter.date_of_injury,
            ur_decision=moment(letter.ur_denial_date),
            application_received=moment(letter.application_received),
            assigned=moment(letter.date_assigned),
            determination_issued=moment(letter.decision_date),
        ),
        dispute=tuple(CaseDispute(request=d.request or "unread") for d in letter.disputes),
    )


def test_no_published_letter_is_found_ineligible(shared: Path) -> None:
    cases = []
    with LetterReader() as reader:
        for path in letter_files([shared / "letters" / "published"]):
            if path.suffix == ".pdf":
                cases.append(case_of_letter(reader.parse(path)[0].letter))
    assert len(cases) >= 60
    late_by_receipt = 0
    for case in cases:
        found = check_eligibility(case, load_rulebook())
        assert found.grounds == (), case.case.number
        late_by_receipt += any(words.startswith("dates.submitted") for words in found.unknown)
    # some were received more than thirty days after the decision: that is said, not held against them
    assert 0 < late_by_receipt < len(cases) / 4
