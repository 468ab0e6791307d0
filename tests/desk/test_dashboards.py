"""The figures: counted right, with n and intervals, pictures beside their tables, fast over many cases."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from desk.conftest import sign_in
from openimr.casework.roles import Role
from openimr.casework.stages import Stage
from openimr.desk import figures
from openimr.desk.afterlists import clocks_met
from openimr.desk.charts import Bar, Part, bars, intervals
from openimr.desk.clock import now, today
from openimr.desk.intervals import wilson
from openimr.desk.models import Case, ClockResult, DisputeResult, StoredReviewer
from openimr.desk.store import state_of
from openimr.terms.letter import Outcome

pytestmark = pytest.mark.usefixtures("db")


def dashboard(role: Role) -> str:
    cache.clear()
    return str(sign_in(role).get(reverse("dashboard")).content.decode())


@given(st.integers(0, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_its_share_and_shrinks_with_more_cases(pair: tuple[int, int]) -> None:
    part, whole = pair
    found = wilson(part, whole)
    assert 0 <= found.low <= found.high <= 1
    if whole:
        assert found.low <= part / whole + 1e-9 and part / whole <= found.high + 1e-9
        more = wilson(part * 10, whole * 10)
        assert more.high - more.low < found.high - found.low


def test_an_interval_is_that_of_the_book() -> None:
    """Agresti and Coull (1998): of 10 trials with 0 successes the interval ends at 0.278."""
    found = wilson(0, 10)
    assert (found.low, round(found.high, 3)) == (0.0, 0.278)
    assert wilson(7, 7).words == "100 % (95 % interval 65 to 100 %; 7 of 7)"


def test_stages_and_arrivals_count_every_case() -> None:
    counted = dict(figures.stages())
    for stage in Stage:
        assert counted.get(stage, 0) == Case.objects.filter(stage=stage.value).count()
    arrived = sum(n for _, n in figures.arrivals(today()))
    assert arrived == Case.objects.exclude(stage="draft").count()


def test_clocks_are_kept_with_each_case_as_the_law_counts_them() -> None:
    for case in Case.objects.order_by("pk"):
        wanted = {(c.ref, due, done) for c, due, done in clocks_met(state_of(case))}
        stored = {(r.ref, r.due_on, r.done_on) for r in ClockResult.objects.filter(case=case)}
        assert stored == wanted, case.number


def test_lateness_tells_in_time_late_overdue_and_running_apart() -> None:
    case = Case.objects.order_by("pk")[0]
    ClockResult.objects.all().delete()
    day = today()
    before, after = day - timedelta(days=5), day + timedelta(days=5)
    others = list(Case.objects.order_by("pk")[1:5])
    for one, due, done in zip(
        (case, *others),
        (before, before, before, after, before),
        (before, day, None, None, before - timedelta(days=1)),
        strict=True,
    ):
        ClockResult.objects.create(case=one, ref="V1", due_on=due, done_on=done)
    (found,) = figures.lateness(day)
    assert (found.in_time, found.late, found.overdue, found.running) == (2, 1, 1, 1)
    assert (found.share.part, found.share.whole) == (2, 4)
    assert found.citation == "Cal. Lab. Code § 4610.6(d)"


def test_outcomes_are_those_of_the_released_letters() -> None:
    expected = dict.fromkeys(Outcome, 0)
    for row in DisputeResult.objects.all():
        expected[Outcome(row.outcome)] += 1
    found = dict(figures.outcomes(today()))
    whole = sum(expected.values())
    assert whole > 0
    for outcome, share in found.items():
        assert (share.part, share.whole) == (expected[outcome], whole)
    for case in Case.objects.filter(stage="served"):
        adopted = {d.dispute: d.outcome.value for d in state_of(case).versions[-1].adoption.decision}
        assert dict(DisputeResult.objects.filter(case=case).values_list("dispute", "outcome")) == adopted


def test_a_remanded_case_has_no_outcome_any_more() -> None:
    remanded = Case.objects.filter(stage__in=("assignment", "attestation", "view", "review"))
    assert not DisputeResult.objects.filter(case__in=remanded).exists()


def test_each_picture_has_a_table_a_title_and_its_definition() -> None:
    told = dashboard(Role.MEDICAL_DIRECTOR)
    sections = re.findall(r'<section class="desk-chart".*?</section>', told, re.DOTALL)
    assert len(sections) == 6
    for section in sections:
        assert '<svg viewBox="' in section and 'role="img"' in section and "<title id=" in section
        assert "<caption" in section and '<th scope="col">' in section
        assert "style=" not in section and "<script" not in section
    assert "95 % interval" in told and "n = " in told


def test_the_load_of_reviewers_is_seen_inside_the_organization_only() -> None:
    inside, outside = dashboard(Role.QUALITY), dashboard(Role.ADMINISTRATIVE_DIRECTOR)
    names = [row.name for row in StoredReviewer.objects.all()]
    assert any(name in inside for name in names)
    assert "by reviewer" not in outside and not any(name in outside for name in names)


def test_no_case_party_or_patient_is_named_in_the_figures() -> None:
    told = dashboard(Role.ADMINISTRATIVE_DIRECTOR)
    for case in Case.objects.all():
        assert case.number not in told and case.patient not in told and case.payer not in told


def test_labels_are_escaped_and_nothing_to_count_is_no_error() -> None:
    picture = bars("x", "<b>", [Bar(label="<script>", parts=(Part(style="bar", value=0),), words="0")])
    assert "<script>" not in picture and "&lt;script&gt;" in picture
    assert "no cases" in intervals("y", "Outcomes", [("Upheld", wilson(0, 0))])
    assert bars("z", "Nothing", []).startswith("<svg")


def test_the_figures_are_counted_in_seven_queries_and_not_again_at_once() -> None:
    cache.clear()
    with CaptureQueriesContext(connection) as first:
        figures.count(now())
    assert len(first) <= 7
    figures.figures()
    with CaptureQueriesContext(connection) as second:
        figures.figures()
    assert len(second) == 1, "the answer that is kept"
