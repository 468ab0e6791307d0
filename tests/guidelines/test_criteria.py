"""Criteria by role, phase and condition: what a record has to say for each answer."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openimr.guidelines.evaluate import evaluate
from openimr.guidelines.library import load_library
from openimr.terms.facts import Assertion, DrugUse, Fact, FactKind, Facts
from openimr.terms.findings import Finding, Role, Status, TopicEvaluation
from openimr.terms.places import Place
from openimr.vocabulary.requests import parse_request

LIBRARY = load_library()
MET, NO, SILENT, NOT_ASKED = (
    Status.MET,
    Status.NOT_MET,
    Status.NOT_DOCUMENTED,
    Status.NOT_APPLICABLE,
)
PRESENT, ABSENT, PAST = Assertion.PRESENT, Assertion.ABSENT, Assertion.HISTORICAL
IN_2015, IN_2016 = date(2015, 3, 2), date(2016, 12, 14)


def fact(
    kind: FactKind,
    name: str,
    assertion: Assertion = PRESENT,
    *,
    on: date | None = None,
    value: float | None = None,
    unit: str | None = None,
    **detail: str,
) -> Fact:
    return Fact(
        kind=kind,
        name=name,
        assertion=assertion,
        quote="word",
        seen_at=Place(document="a" * 64, page=1, start=0, end=4),
        dated=on,
        value=value,
        unit=unit,
        detail=tuple(detail.items()),
    )


def record(*facts: Fact, uses: tuple[DrugUse, ...] = ()) -> Facts:
    return Facts(facts=facts, conflicts=(), drug_use=uses)


def asked(request: str, facts: Facts, on: date) -> tuple[TopicEvaluation, ...]:
    return evaluate(1, parse_request(request), facts, on=on, library=LIBRARY)


def finding(request: str, criterion: str, facts: Facts, on: date) -> Finding:
    return next(f for e in asked(request, facts, on) for f in e.findings if f.criterion == criterion)


DX, SYM, EXAM, CARE, FUNCTION = (
    FactKind.DIAGNOSIS,
    FactKind.SYMPTOM,
    FactKind.FINDING,
    FactKind.TREATMENT,
    FactKind.FUNCTION,
)
RISK, IMAGE, DRUG, INJURY = FactKind.RISK, FactKind.IMAGING, FactKind.MEDICATION, FactKind.INJURY
ESI = "Transforaminal epidural steroid injection L4-L5, L5-S1 under fluoroscopic guidance"
ROOT = (fact(DX, "radiculopathy"), fact(EXAM, "straight leg raise"))
LUMBAR = "MRI of the lumbar spine"
SHOWN = (fact(IMAGE, "magnetic resonance imaging", shows="a herniation at L4-L5"),)
NOT_SHOWN = (fact(IMAGE, "magnetic resonance imaging", shows="no nerve root compression"),)
TWO_DEFICITS = (fact(EXAM, "weakness"), fact(EXAM, "abnormal reflexes"))
SUSPECTED = (fact(DX, "rotator cuff tear", Assertion.HYPOTHETICAL),)
REFLUX = (fact(DX, "gastroesophageal reflux disease"),)
NO_ROOT = (fact(EXAM, "straight leg raise", ABSENT), fact(EXAM, "weakness", ABSENT))


@pytest.mark.parametrize(
    ("request_", "criterion", "on", "facts", "status"),
    [
        # radicular pain before an epidural: a diagnosis and a finding; denied only where roots were sought
        (ESI, "esi.exam", IN_2015, ROOT, MET),
        (ESI, "esi.exam", IN_2015, ROOT[:1], SILENT),
        (ESI, "esi.exam", IN_2015, NO_ROOT, NO),
        (ESI, "esi.exam", IN_2015, NO_ROOT[:1], SILENT),
        (ESI, "esi.img", IN_2015, SHOWN, MET),
        (ESI, "esi.img", IN_2015, NOT_SHOWN, SILENT),
        (ESI, "esi.conserv", IN_2015, (fact(CARE, "physical therapy", response="did not help"),), MET),
        (ESI, "esi.conserv", IN_2015, (fact(CARE, "physical therapy"),), SILENT),
        (ESI, "esi.fluoro", IN_2015, (), MET),
        (ESI, "esi.levels_tf", IN_2015, (), MET),
        ("Transforaminal epidural steroid injection L3-L4, L4-L5, L5-S1", "esi.levels_tf", IN_2015, (), NO),
        ("Epidural steroid injection L4-L5", "esi.levels_tf", IN_2015, (), SILENT),
        # trigger points: radiculopathy speaks against
        ("Trigger point injections x 4", "tpi.norad", IN_2015, ROOT, NO),
        ("Trigger point injections x 4", "tpi.norad", IN_2015, NO_ROOT, MET),
        # imaging of the low back
        (LUMBAR, "mrl.neuro", IN_2016, TWO_DEFICITS, MET),
        (LUMBAR, "mrl.neuro", IN_2016, (fact(EXAM, "weakness"),), SILENT),
        (LUMBAR, "mrl.neuro", IN_2016, (fact(EXAM, "neurological deficit", ABSENT),), NO),
        (LUMBAR, "mrl.red", IN_2016, (fact(DX, "cauda equina syndrome"),), MET),
        ("MRI of the cervical spine", "mrc.any", IN_2016, (fact(EXAM, "neurological deficit"),), MET),
        ("MRI of the left shoulder", "mrj.reason", IN_2016, SUSPECTED, MET),
        ("MRI of the right knee", "mrj.reason", IN_2016, (fact(DX, "fracture", body_part="wrist"),), SILENT),
        # neuropathic drugs
        ("Gabapentin 600 mg #90", "gab.neuro", IN_2015, (fact(DX, "neuropathy"),), MET),
        ("Gabapentin 600 mg #90", "gab.neuro", IN_2015, (fact(DX, "strain"),), SILENT),
        # stomach protection
        ("Omeprazole 20 mg #60", "ppi.nsaid", IN_2015, (fact(DRUG, "naproxen"),), MET),
        ("Omeprazole 20 mg #60", "ppi.age", IN_2015, (fact(FactKind.AGE, "age", value=66.0),), MET),
        ("Omeprazole 20 mg #60", "ppi.age", IN_2015, (fact(FactKind.AGE, "age", value=65.0),), NO),
        ("Omeprazole 20 mg #60", "ppi.dyspepsia", IN_2015, REFLUX, MET),
        # opioids
        ("Norco 10/325 mg #60", "o6i.cures", IN_2016, (fact(RISK, "CURES report"),), MET),
        ("Norco 10/325 mg #60", "o6i.agreement", IN_2016, (), SILENT),
        ("Norco 10/325 mg four times a day #120", "opi.med120", IN_2015, (), SILENT),
        ("Norco 10/325 mg four times a day #120", "opi.med120", IN_2015, (fact(DRUG, "naproxen"),), MET),
        ("Norco 10/325 mg four times a day #120", "opi.med120", IN_2015, (fact(DRUG, "morphine"),), SILENT),
        ("Norco 10/325 mg four times a day #120", "hyd.apap", IN_2015, (fact(DRUG, "naproxen"),), MET),
        ("Oxycodone 30 mg four times a day #120", "opi.med120", IN_2015, (), NO),
        ("Oxycodone 15 mg four times a day #120", "o6m.mme80", IN_2016, (), NO),
        ("Oxycodone 10 mg four times a day #120", "o6m.mme80", IN_2016, (fact(DRUG, "naproxen"),), MET),
        ("Oxycodone 10 mg four times a day #120", "o6m.wean_attempt", IN_2016, (), SILENT),
        # compounds and patches
        ("Gabapentin 10%/Tramadol 10% cream 180 gm", "topc.any_bad", IN_2015, (), NO),
        ("Lidoderm patch 5% #30", "lid.form", IN_2015, (), MET),
        ("Lidocaine ointment 5%", "lid.form", IN_2015, (), NO),
        # therapy
        ("Chiropractic 8 sessions for the neck", "ch.trial", IN_2016, (), NO),
        ("Chiropractic 6 sessions for the neck", "ch.trial", IN_2016, (), MET),
        ("Chiropractic 6 sessions for the right knee", "ch.region", IN_2016, (), NO),
        ("Acupuncture 2 times a week for 3 weeks", "acu.trial", IN_2016, (), MET),
        ("Acupuncture 2 times a week for 6 weeks", "acu.trial", IN_2016, (), NO),
        ("TENS unit purchase", "tens.trial", IN_2016, (), NO),
        ("TENS unit 30 day trial", "tens.trial", IN_2016, (), MET),
        ("Cold therapy unit 14 days rental", "cold.days", IN_2016, (), NO),
        ("Cold therapy unit 7 days rental", "cold.days", IN_2016, (), MET),
        # a topic without a way to yes
        ("Therapeutic ultrasound", "us.none", IN_2016, (), NO),
    ],
)  # fmt: skip
def test_what_a_record_must_say(
    request_: str, criterion: str, on: date, facts: tuple[Fact, ...], status: Status
) -> None:
    found = finding(request_, criterion, record(*facts), on)
    assert found.status is status, found.because


@pytest.mark.parametrize(
    ("diagnosis", "status"),
    [("myalgia", NO), ("radiculitis", NOT_ASKED), (None, NOT_ASKED)],
)
def test_a_limit_of_visits_is_asked_of_its_diagnosis_only(diagnosis: str | None, status: Status) -> None:
    facts = record(*([fact(DX, diagnosis)] if diagnosis else []))
    found = finding("Physical therapy 12 sessions", "pm.myalgia", facts, IN_2015)
    assert found.status is status
    if status is NO:
        assert found.limit == "10 visits at most; 12 visits found"


def test_a_rule_of_2018_is_not_asked_before() -> None:
    found = finding("Gabapentin 10%/Tramadol 10% cream 180 gm", "topc.formulary", record(), IN_2015)
    assert found.status is NOT_ASKED


def test_a_condition_that_nobody_searches_for_is_silence() -> None:
    found = finding("Urine drug screen", "udt.freq_low", record(), IN_2015)
    assert found.status is SILENT
    assert "risk is low" in found.because


@pytest.mark.parametrize(
    ("facts", "initial", "going_on"),
    [((), MET, SILENT), ((fact(CARE, "acupuncture", PAST),), NOT_ASKED, SILENT)],
)
def test_what_was_used_before_is_not_asked_as_a_beginning(
    facts: tuple[Fact, ...], initial: Status, going_on: Status
) -> None:
    request = "Acupuncture 6 sessions"
    assert finding(request, "acu.trial", record(*facts), IN_2016).status is initial
    assert finding(request, "acu.extend", record(*facts), IN_2016).status is going_on


def test_an_additional_course_is_no_beginning() -> None:
    found = finding("Additional acupuncture 12 sessions", "acu.trial", record(), IN_2016)
    assert found.status is NOT_ASKED


def test_a_partly_approved_request_is_judged_by_what_remains() -> None:
    what = "Chiropractic for the neck"
    request = (
        f"{what}, 12 sessions was the original request. {what}, 8 sessions was authorized by the Claims "
        f"Administrator. The remaining IMR eligible portion of the original request, {what}, 4 sessions is"
    )
    treatment = parse_request(request)
    assert treatment.remaining is not None
    found = finding(request, "ch.trial", record(), IN_2016)
    assert found.status is MET
    assert found.limit == "6 visits at most; 4 visits found"


@pytest.mark.parametrize(("day", "status"), [("1/20/2015", SILENT), ("2/20/2015", NO)])
def test_a_service_given_already_is_judged_by_the_use_up_to_its_day(day: str, status: Status) -> None:
    use = DrugUse(
        drug="baclofen",
        drug_class="",
        first_seen=date(2015, 1, 5),
        last_seen=date(2015, 5, 5),
        days=120,
        mentions=(Place(document="a" * 64, page=1, start=0, end=4),),
    )
    request = f"Retrospective Baclofen 10 mg #30 with a date of service of {day}"
    found = finding(request, "bac.mr_short_term", record(uses=(use,)), date(2015, 6, 1))
    assert found.status is status, found.because


def test_what_is_dated_behind_a_service_says_nothing_about_it() -> None:
    later = record(fact(EXAM, "muscle spasm", on=date(2015, 4, 1)))
    request = "Retrospective Baclofen 20 mg #45 with a date of service of 3/4/2015"
    assert finding(request, "bac.mr_spasm_documented", later, IN_2015).status is SILENT
    assert finding("Baclofen 10 mg #30", "bac.mr_spasm_documented", later, IN_2015).status is MET


@pytest.mark.parametrize(
    ("facts", "spasticity", "flare"),
    [
        ((), SILENT, SILENT),
        ((fact(DX, "multiple sclerosis"), fact(DX, "rheumatic disorder", ABSENT)), MET, SILENT),
        ((fact(FactKind.CIRCUMSTANCE, "acute exacerbation", ABSENT),), SILENT, NO),
    ],
)
def test_the_two_ways_to_yes_of_baclofen(facts: tuple[Fact, ...], spasticity: Status, flare: Status) -> None:
    topic = next(e for e in asked("Baclofen 10 mg #90", record(*facts), IN_2015) if e.topic == "mr.baclofen")
    assert {r.id: r.status for r in topic.routes} == {"spasticity": spasticity, "flare": flare}


@pytest.mark.parametrize(
    ("operation", "visits", "status"),
    [
        ("rotator cuff repair", 12, MET),
        ("rotator cuff repair", 13, NO),
        ("carpal tunnel release", 5, NO),
        ("bunionectomy", 12, SILENT),
    ],
)
def test_the_first_course_after_an_operation_is_half_of_the_listed_visits(
    operation: str, visits: int, status: Status
) -> None:
    facts = record(fact(CARE, operation, PAST, on=date(2016, 11, 1)))
    request = f"Post-op physical therapy {visits} sessions"
    assert finding(request, "ps.initial", facts, IN_2016).status is status


@pytest.mark.parametrize(
    ("day", "first"), [(date(2016, 11, 1), "pm.postsurgical"), (date(2016, 1, 1), "pm.physical_medicine")]
)
def test_therapy_within_the_period_after_an_operation_is_postsurgical(day: date, first: str) -> None:
    facts = record(fact(CARE, "rotator cuff repair", PAST, on=day))
    assert asked("Physical therapy 12 sessions", facts, IN_2016)[0].topic == first


def test_a_denial_says_whether_the_operation_was_approved() -> None:
    denied = record(fact(FactKind.DENIAL, "shoulder arthroscopy", Assertion.REQUESTED, action="denied"))
    assert finding("Associated surgical service: EKG", "pre.surgery", denied, IN_2016).status is NO
    assert finding("Associated surgical service: EKG", "pre.surgery", record(), IN_2016).status is SILENT


told = [FactKind.WORK_STATUS, FactKind.CIRCUMSTANCE]
kinds = st.sampled_from([DX, SYM, EXAM, CARE, FUNCTION, RISK, IMAGE, DRUG, INJURY, *told])
names = st.sampled_from(
    "radiculopathy|weakness|straight leg raise|physical therapy|functional improvement|pain relief"
    "|urine drug test|magnetic resonance imaging|naproxen|baclofen|hydrocodone_acetaminophen|injury"
    "|full duty|off work|osteoarthritis|muscle spasm|home exercise program|multiple sclerosis|fracture"
    "|rotator cuff repair|one prescriber|one pharmacy|several prescribers|schedule for a taper|stop at once"
    "|breach of the agreement|near and far goals|measure of function|how long relief lasted|effusion"
    "|acute exacerbation|attempt to taper|reason for a referral".split("|")
)
days = st.none() | st.dates(date(2013, 1, 1), date(2017, 1, 1))
facts_of_any_kind = st.builds(
    fact,
    kinds,
    names,
    st.sampled_from(list(Assertion)),
    on=days,
    value=st.none() | st.floats(0, 100),
    unit=st.none(),
)
requests = st.sampled_from(
    "Baclofen 10 mg #90|Norco 10/325 mg #60|MRI of the lumbar spine|Physical therapy 12 sessions"
    "|Voltaren gel 1% #1|Epidural steroid injection L4-L5|Omeprazole 20 mg #60|TENS unit|Urine drug screen"
    "|EMG of the upper extremities|Functional capacity evaluation|Left knee arthroscopy"
    "|Retrospective Baclofen 10 mg #30 (DOS 2/26/2015)|Wheelchair|Shower chair|Weaning of Norco 10/325 mg #30"
    "|Trigger point injections x 4|Chiropractic 2 sessions|MRI of the left ankle".split("|")
)


@given(requests, st.lists(facts_of_any_kind, max_size=12), st.dates(date(2013, 1, 1), date(2017, 11, 30)))
def test_every_answer_has_its_reason_and_every_no_its_ground(
    request: str, found: list[Fact], on: date
) -> None:
    for evaluation in asked(request, record(*found), on):
        for answer in evaluation.findings:
            assert answer.because
            if answer.status in (MET, NO) and answer.role is not Role.NEVER:
                assert answer.evidence or "The request" in answer.because, answer
