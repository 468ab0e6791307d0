"""Criteria asked of records that speak, deny, contradict themselves, or are silent."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openimr.guidelines.answer import Asked
from openimr.guidelines.evaluate import evaluate
from openimr.guidelines.library import load_library
from openimr.guidelines.members import topics_for
from openimr.guidelines.questions import QUESTIONS, ask
from openimr.terms.facts import Assertion, DrugUse, Fact, FactKind, Facts
from openimr.terms.findings import EditionAnswer, Finding, Role, Status, TopicEvaluation
from openimr.terms.places import Place
from openimr.vocabulary.requests import parse_request

LIBRARY = load_library()
IN_2014 = date(2014, 12, 14)


def place(start: int = 0) -> Place:
    return Place(document="a" * 64, page=1, start=start, end=start + 4)


def fact(
    kind: FactKind,
    name: str,
    assertion: Assertion = Assertion.PRESENT,
    *,
    dated: date | None = None,
    **detail: str,
) -> Fact:
    return Fact(
        kind=kind,
        name=name,
        assertion=assertion,
        quote="word",
        seen_at=place(),
        dated=dated,
        detail=tuple(detail.items()),
    )


def use(drug: str, days: int | None) -> DrugUse:
    return DrugUse(
        drug=drug,
        drug_class="",
        first_seen=date(2014, 6, 3),
        last_seen=date(2014, 12, 11),
        days=days,
        mentions=(place(), place(9)),
    )


def facts(*found: Fact, uses: tuple[DrugUse, ...] = ()) -> Facts:
    return Facts(facts=found, conflicts=(), drug_use=uses)


def asked(request: str, record: Facts, on: date | None = IN_2014) -> tuple[TopicEvaluation, ...]:
    return evaluate(1, parse_request(request), record, on=on, library=LIBRARY)


def finding(evaluations: tuple[TopicEvaluation, ...], criterion: str) -> Finding:
    return next(f for e in evaluations for f in e.findings if f.criterion == criterion)


@pytest.mark.parametrize(
    ("request_", "first_topic"),
    [
        ("Baclofen 10 mg #90", "mr.baclofen"),
        ("Soma 350 mg #60", "mr.carisoprodol"),
        ("Xanax 0.25 mg #90", "bzd.class"),
        ("Vicodin 7.5/325 mg #120", "opi.ongoing"),
        ("Voltaren gel 1% #1", "top.nsaid"),
    ],
)
def test_a_treatment_finds_the_topic_that_speaks_about_it(request_: str, first_topic: str) -> None:
    assert topics_for(parse_request(request_), LIBRARY)[0] == first_topic


def test_a_treatment_without_a_topic_says_so() -> None:
    (only,) = asked("Bone density study", facts())
    assert only.answer is EditionAnswer.NO_TOPIC and not only.findings


@pytest.mark.parametrize(
    ("on", "document"),
    [(date(2016, 7, 28), "mtus-cp-2009"), (date(2016, 7, 29), "mtus-cp-2016")],
)
def test_the_edition_changes_with_the_day_of_the_request(on: date, document: str) -> None:
    found = asked("Baclofen 10 mg #90", facts(), on)
    assert {e.document for e in found if e.document != "acoem-2004"} == {document}


@pytest.mark.parametrize("on", [date(2017, 12, 1), date(2024, 1, 1), date(2009, 7, 17)])
def test_no_older_edition_stands_in_for_one_that_is_not_encoded(on: date) -> None:
    found = asked("Baclofen 10 mg #90", facts(), on)
    assert {e.answer for e in found} == {EditionAnswer.EDITION_NOT_ENCODED}
    assert not any(e.findings for e in found)


def test_an_unknown_day_chooses_no_edition() -> None:
    (only,) = asked("Baclofen 10 mg #90", facts(), None)
    assert only.answer is EditionAnswer.DAY_NOT_KNOWN


@pytest.mark.parametrize(
    "request_", ["Baclofen 10 mg #90", "Xanax 0.25 mg #90", "Norco 10/325 mg #60", "Voltaren gel 1% #1"]
)
def test_an_empty_record_is_never_a_no(request_: str) -> None:
    found = [f for e in asked(request_, facts()) for f in e.findings]
    assert Status.NOT_MET not in {f.status for f in found}
    # what is met without a record is read from the request itself, and says so
    assert all("The request" in f.because for f in found if f.status is Status.MET)


def test_a_diagnosis_that_is_an_indication_meets_it() -> None:
    found = asked("Baclofen 10 mg #90", facts(fact(FactKind.DIAGNOSIS, "multiple sclerosis")))
    assert finding(found, "bac.dx").status is Status.MET
    assert finding(found, "bac.dx").evidence == (place(),)


@pytest.mark.parametrize("assertion", [Assertion.FAMILY, Assertion.HYPOTHETICAL, Assertion.GUIDELINE])
def test_what_is_not_said_about_the_patient_meets_nothing(assertion: Assertion) -> None:
    found = asked("Baclofen 10 mg #90", facts(fact(FactKind.DIAGNOSIS, "multiple sclerosis", assertion)))
    assert finding(found, "bac.dx").status is Status.NOT_DOCUMENTED


def test_an_indication_is_not_met_only_where_every_one_is_expressly_denied() -> None:
    denied = [
        fact(FactKind.DIAGNOSIS, name, Assertion.ABSENT)
        for name in ("multiple sclerosis", "spinal cord injury", "spinal cord disease")
    ]
    assert finding(asked("Baclofen 10 mg #90", facts(*denied)), "bac.dx").status is Status.NOT_MET
    some = facts(*denied[:2])
    assert finding(asked("Baclofen 10 mg #90", some), "bac.dx").status is Status.NOT_DOCUMENTED


@pytest.mark.parametrize(
    ("days", "status"),
    [(191, Status.NOT_MET), (22, Status.NOT_MET), (21, Status.NOT_DOCUMENTED), (None, Status.NOT_DOCUMENTED)],
)
def test_days_of_use_can_pass_a_limit_and_never_prove_that_it_was_kept(
    days: int | None, status: Status
) -> None:
    found = finding(asked("Baclofen 10 mg #90", facts(uses=(use("baclofen", days),))), "bac.mr_short_term")
    assert found.status is status
    assert found.role is Role.LIMIT
    if days == 191:
        assert found.limit == "21 days at most; 191 days found"


def test_another_medication_of_the_class_speaks_against_the_combination() -> None:
    record = facts(fact(FactKind.MEDICATION, "naproxen"))
    assert finding(asked("Baclofen 10 mg #90", record), "bac.mr_nsaid_combo").status is Status.NOT_MET
    other = facts(fact(FactKind.MEDICATION, "gabapentin"))
    assert finding(asked("Baclofen 10 mg #90", other), "bac.mr_nsaid_combo").status is Status.MET


def test_the_latest_statement_on_a_finding_counts() -> None:
    record = facts(
        fact(FactKind.FINDING, "muscle spasm", dated=date(2014, 9, 1)),
        fact(FactKind.FINDING, "muscle spasm", Assertion.ABSENT, dated=date(2014, 11, 1)),
    )
    assert finding(asked("Baclofen 10 mg #90", record), "bac.mr_spasm_documented").status is Status.NOT_MET


def test_two_statements_of_one_day_that_disagree_have_no_winner() -> None:
    day = date(2014, 9, 1)
    record = facts(
        fact(FactKind.FINDING, "muscle spasm", dated=day),
        fact(FactKind.FINDING, "muscle spasm", Assertion.ABSENT, dated=day),
    )
    found = finding(asked("Baclofen 10 mg #90", record), "bac.mr_spasm_documented")
    assert found.status is Status.NOT_DOCUMENTED
    assert "contradicts itself" in found.because


def test_a_criterion_of_continuation_says_where_earlier_use_is_not_shown() -> None:
    first = finding(asked("Norco 10/325 mg #60", facts()), "opi.A2")
    assert first.status is Status.NOT_DOCUMENTED
    assert "does not show that the treatment was used before" in first.because
    later = finding(
        asked("Norco 10/325 mg #60", facts(uses=(use("hydrocodone_acetaminophen", 90),))), "opi.A2"
    )
    assert later.status is Status.NOT_DOCUMENTED
    assert "used before" not in later.because


@pytest.mark.parametrize(
    ("parts", "joint", "region"),
    [
        (("knee",), Status.MET, Status.MET),
        (("lumbar spine",), Status.NOT_MET, Status.NOT_MET),
        (("knee", "wrist"), Status.MET, Status.MET),
        (("neck", "lumbar spine"), Status.NOT_MET, Status.NOT_MET),
        # for which of the two it is, the record does not say
        (("knee", "lumbar spine"), Status.NOT_DOCUMENTED, Status.NOT_DOCUMENTED),
    ],
)
def test_a_topical_nsaid_is_for_joints_that_suit_it(
    parts: tuple[str, ...], joint: Status, region: Status
) -> None:
    record = facts(*(fact(FactKind.SYMPTOM, "pain", body_part=part) for part in parts))
    found = asked("Voltaren gel 1% #1", record)
    assert finding(found, "tn.joint").status is joint
    assert finding(found, "tn.not_region").status is region


def test_a_quantity_is_counted_in_days_only_where_the_daily_dose_is_known() -> None:
    known = asked("Baclofen 10 mg three times a day #90", facts())
    assert finding(known, "bac.mr_supply").limit == "21 days at most; 30 days found"
    unknown = asked("Baclofen 10 mg #90", facts())
    assert finding(unknown, "bac.mr_supply").status is Status.NOT_DOCUMENTED


def test_a_question_that_nobody_searches_for_says_so() -> None:
    about = Asked(facts=facts(), treatment=parse_request("Norco 10/325 mg #60"), on=IN_2014)
    wanted = {c.fact for t in LIBRARY.topics for c in t.criterion} - set(QUESTIONS)
    assert wanted
    for name in wanted:
        answer = ask(name, about)
        assert answer.value is None and not answer.is_looked_for and "not searched" in answer.because


def test_every_question_can_be_asked_of_an_empty_record_and_never_answers_no() -> None:
    of_request = {name for name in QUESTIONS if name.startswith("request.")} | {
        "rx.fda_approved_topical_form"
    }
    for request_ in ("Norco 10/325 mg #60", "MRI of the lumbar spine", "Physical therapy"):
        about = Asked(facts=facts(), treatment=parse_request(request_), on=IN_2014)
        for name in set(QUESTIONS) - of_request:
            assert QUESTIONS[name](about).value is not False, name


names = st.sampled_from(["multiple sclerosis", "osteoarthritis", "neuropathic pain", "lumbar strain"])
silent = st.sampled_from([Assertion.FAMILY, Assertion.HYPOTHETICAL, Assertion.GUIDELINE, Assertion.REQUESTED])


@given(st.lists(st.tuples(names, silent), max_size=6))
def test_words_that_say_nothing_about_the_patient_never_make_a_no(said: list[tuple[str, Assertion]]) -> None:
    record = facts(*(fact(FactKind.DIAGNOSIS, name, assertion) for name, assertion in said))
    for request_ in ("Baclofen 10 mg #90", "Voltaren gel 1% #1"):
        assert Status.NOT_MET not in {f.status for e in asked(request_, record) for f in e.findings}
