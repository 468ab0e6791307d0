"""A determination comes from a physician's decisions alone."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest

from openimr.determination.adopt import REQUIRED_ATTESTS, adopt
from openimr.determination.draft import draft_determination, with_confirmed
from openimr.determination.phrases import CONNECTING, connecting
from openimr.guidelines.evaluate import evaluate
from openimr.guidelines.library import load_library
from openimr.terms.case import CaseDispute
from openimr.terms.determination import (
    AdoptedSummary,
    Adoption,
    Decision,
    Draft,
    DraftDispute,
    FindingChange,
    SentenceOrigin,
)
from openimr.terms.errors import CaseError
from openimr.terms.facts import Assertion, Fact, FactKind, Facts
from openimr.terms.findings import Status
from openimr.terms.letter import Outcome
from openimr.terms.places import Place, Verification
from openimr.vocabulary.requests import parse_request

REQUESTS = ("Baclofen 10 mg #90", "Wheelchair ramp")
SPASM = Fact(
    kind=FactKind.FINDING,
    name="muscle spasm",
    assertion=Assertion.PRESENT,
    quote="spasm",
    seen_at=Place(document="b" * 64, page=2, start=5, end=10),
    dated=date(2014, 11, 3),
)


def draft() -> Draft:
    facts = Facts(facts=(SPASM,), conflicts=(), drug_use=())
    disputes = tuple(CaseDispute(request=r, ur_reason="No spasticity was shown.") for r in REQUESTS)
    evaluations = [
        evaluate(n, parse_request(r), facts, on=date(2014, 12, 1), library=load_library())
        for n, r in enumerate(REQUESTS, 1)
    ]
    return draft_determination("CM15-9900900", disputes, facts, evaluations)


def adoption() -> Adoption:
    return Adoption(
        reviewer="reviewer-wren",
        adopted_on=date(2015, 2, 3),
        attests=REQUIRED_ATTESTS,
        decision=(
            Decision(dispute=1, outcome=Outcome.UPHELD, rationale="No indication is shown."),
            Decision(dispute=2, outcome=Outcome.OVERTURNED, rationale="The home has steps."),
        ),
    )


def test_a_draft_has_no_outcome_of_any_kind() -> None:
    words = {f.name for kind in (Draft, DraftDispute) for f in fields(kind)}
    assert not words & {"outcome", "recommendation", "suggestion", "score", "verdict"}


def test_every_sentence_of_a_draft_has_something_behind_it() -> None:
    found = draft()
    sentences = [*found.summary]
    for dispute in found.disputes:
        sentences += [*dispute.rationale, *dispute.speaks_for, *dispute.speaks_against, *dispute.missing]
        sentences += [s for point in dispute.payer_points for s in point.answers]
    assert {s.origin for s in sentences} >= {SentenceOrigin.RECORD, SentenceOrigin.GUIDELINE}
    for sentence in sentences:
        match sentence.origin:
            case SentenceOrigin.RECORD:
                assert sentence.places, sentence.text
            case SentenceOrigin.GUIDELINE:
                assert sentence.citation, sentence.text
            case SentenceOrigin.CONNECTING:
                assert sentence.text in CONNECTING
            case SentenceOrigin.SILENCE:
                assert not sentence.places
            case SentenceOrigin.REQUEST:
                of_request = (*REQUESTS, "No spasticity", "The request")
                assert any(r in sentence.text for r in of_request), sentence.text


def test_a_sentence_that_names_what_the_record_lists_has_its_pages_even_where_the_answer_is_silence() -> None:
    strain = replace(SPASM, kind=FactKind.DIAGNOSIS, name="lumbar strain")
    never = replace(
        SPASM,
        kind=FactKind.DIAGNOSIS,
        name="multiple sclerosis",
        assertion=Assertion.ABSENT,
        seen_at=replace(SPASM.seen_at, page=3),
    )
    facts = Facts(facts=(strain, never), conflicts=(), drug_use=())
    evaluations = [
        evaluate(1, parse_request(REQUESTS[0]), facts, on=date(2014, 12, 1), library=load_library())
    ]
    found = draft_determination(
        "CM15-9900900", (CaseDispute(request=REQUESTS[0]),), facts, evaluations
    ).disputes[0]
    told = [s for s in (*found.rationale, *found.missing) if "lumbar strain" in s.text]
    assert told
    assert all({p.page for p in s.places} == {2, 3} for s in told)


def test_a_phrase_that_is_not_on_the_closed_list_cannot_be_used() -> None:
    with pytest.raises(KeyError):
        connecting("The request is clearly unnecessary.")


def test_outcomes_are_the_physicians() -> None:
    day = adoption().adopted_on
    found = adopt(draft(), adoption(), assigned_to="reviewer-wren", assigned_on=day)
    assert [d.outcome for d in found.disputes] == [Outcome.UPHELD, Outcome.OVERTURNED]
    assert [d.rationale for d in found.disputes] == ["No indication is shown.", "The home has steps."]
    assert not found.summary_changed
    assert found.drafted == draft()


def test_a_summary_of_the_physicians_own_replaces_the_drafted_one() -> None:
    own = replace(adoption(), summary=AdoptedSummary(text="A short account."))
    found = adopt(draft(), own, assigned_to="reviewer-wren")
    assert (found.summary, found.summary_changed) == ("A short account.", True)


def changed(**keys: object) -> Adoption:
    return replace(adoption(), **keys)  # type: ignore[arg-type]  # fields by name


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (changed(reviewer="reviewer-other"), "assigned to reviewer-wren"),
        (changed(attests=("no_conflict", "qualified")), "read_the_file"),
        (changed(adopted_on=date(2015, 1, 19)), "before the assignment of 2015-01-20"),
        (
            changed(
                decision=(
                    replace(adoption().decision[0], outcome=Outcome.OVERTURNED_IN_PART, necessary=" "),
                    adoption().decision[1],
                )
            ),
            "does not state which part is necessary",
        ),
        (changed(decision=adoption().decision[:1]), "does not decide dispute 2"),
        (changed(decision=(*adoption().decision, adoption().decision[0])), "dispute 1 twice"),
        (
            changed(
                decision=(*adoption().decision, Decision(dispute=3, outcome=Outcome.UPHELD, rationale="x"))
            ),
            "dispute 3, which the case does not have",
        ),
        (
            changed(
                decision=(
                    Decision(dispute=1, outcome=Outcome.UPHELD, rationale="  "),
                    adoption().decision[1],
                )
            ),
            "rationale of dispute 1 is empty",
        ),
        (
            changed(
                decision=(
                    replace(
                        adoption().decision[0],
                        findings_changed=(
                            FindingChange(criterion="bac.unknown", status=Status.MET, why="x"),
                        ),
                    ),
                    adoption().decision[1],
                )
            ),
            "no criterion 'bac.unknown'",
        ),
    ],
)
def test_an_adoption_that_does_not_fit_is_refused_with_its_reason(broken: Adoption, words: str) -> None:
    with pytest.raises(CaseError) as caught:
        adopt(draft(), broken, assigned_to="reviewer-wren", assigned_on=date(2015, 1, 20))
    assert words in str(caught.value)


def recalled_draft(*confirmed: str) -> Draft:
    """Return a draft whose findings all come from criteria that are only recalled."""
    facts = Facts(facts=(SPASM,), conflicts=(), drug_use=())
    found = evaluate(1, parse_request(REQUESTS[0]), facts, on=date(2014, 12, 1), library=load_library())
    recalled = tuple(
        replace(
            e,
            findings=tuple(
                replace(f, verified=replace(f.verified, how=Verification.RECALLED)) for f in e.findings
            ),
        )
        for e in found
    )
    disputes = (CaseDispute(request=REQUESTS[0], ur_reason="No spasticity was shown."),)
    return draft_determination("CM15-9900900", disputes, facts, [recalled], confirmed=confirmed)


def test_a_recalled_criterion_is_printed_only_once_the_physician_has_confirmed_it() -> None:
    silent = recalled_draft()
    assert not (silent.disputes[0].speaks_for or silent.disputes[0].speaks_against)
    assert not silent.disputes[0].missing
    one = next(f for e in silent.disputes[0].evaluations for f in e.findings if f.evidence)
    assert one.criterion in silent.to_confirm
    told = recalled_draft(one.criterion).disputes[0]
    assert any(one.asks in s.text for s in (*told.speaks_for, *told.speaks_against, *told.missing))
    assert any(one.asks in s.text for s in told.rationale)


def test_a_recalled_criterion_is_answered_otherwise_only_when_it_was_confirmed() -> None:
    asked = recalled_draft()
    name = asked.to_confirm[0]
    change = FindingChange(criterion=name, status=Status.MET, why="Page 2 shows it.")
    decision = Decision(dispute=1, outcome=Outcome.UPHELD, rationale="None.", findings_changed=(change,))
    own = replace(adoption(), decision=(decision,))
    with pytest.raises(CaseError, match="not confirmed at its source"):
        adopt(asked, own, assigned_to="reviewer-wren")
    found = adopt(asked, replace(own, confirmed=(name,)), assigned_to="reviewer-wren")
    assert found.confirmed == (name,)


def test_what_needs_no_confirmation_cannot_be_confirmed() -> None:
    with pytest.raises(CaseError, match="no recalled criterion or topic named"):
        adopt(draft(), replace(adoption(), confirmed=("mr.unheard_of",)), assigned_to="reviewer-wren")


def test_what_is_necessary_in_part_stands_only_beside_an_outcome_in_part() -> None:
    first, second = adoption().decision
    part = replace(first, outcome=Outcome.OVERTURNED_IN_PART, necessary="30 tablets")
    told = adopt(draft(), replace(adoption(), decision=(part, second)), assigned_to="reviewer-wren")
    assert told.disputes[0].necessary == "30 tablets"
    wrong = replace(first, necessary="30 tablets")
    with pytest.raises(CaseError, match="necessary in part"):
        adopt(draft(), replace(adoption(), decision=(wrong, second)), assigned_to="reviewer-wren")


def test_what_was_confirmed_is_printed_in_a_draft_that_was_made_before() -> None:
    disputes = tuple(CaseDispute(request=r, ur_reason="No spasticity was shown.") for r in REQUESTS)
    made = draft()
    again = with_confirmed(made, disputes, made.to_confirm)
    facts = Facts(facts=(SPASM,), conflicts=(), drug_use=())
    evaluations = [d.evaluations for d in made.disputes]
    anew = draft_determination(
        "CM15-9900900", disputes, facts, evaluations, confirmed=frozenset(made.to_confirm)
    )
    assert again == anew
    assert with_confirmed(made, disputes, ()) == made
