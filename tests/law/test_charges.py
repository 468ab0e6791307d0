"""Fees and penalties: what is known is stated, what is not is said."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from law.tables import case_of
from openimr.law.fees import fee_table, fees
from openimr.law.rulebook import load_rulebook
from openimr.terms.eligibility import Charge, ChargeKind
from openimr.terms.errors import LawError
from openimr.terms.places import Verification

DRUG, THERAPY = {"request": "Norco 10/325 mg #60"}, {"request": "Acupuncture x 6"}


def charges(**given: object) -> dict[ChargeKind, Charge]:
    """Return the charges of a case by their kind."""
    return {c.kind: c for c in fees(case_of(given), load_rulebook())}


def fee(
    submitted: date, disputes: list[dict[str, str]], priority: str = "regular", **closing: object
) -> Charge:
    """Return the review fee of an application."""
    found = charges(
        case={"priority": priority},
        dates={"submitted": submitted},
        dispute=disputes,
        closing={"stage": "determined", "reviewer_class": "md_do", "reviewers": 1} | closing,
    )
    return next(iter(found.values()))


@pytest.mark.parametrize(
    ("submitted", "closing", "usd", "how"),
    [
        (date(2013, 12, 31), {}, 560, Verification.SEEN),
        (date(2014, 1, 1), {}, 560, Verification.DERIVED),
        (date(2014, 3, 31), {}, 560, Verification.DERIVED),
        (date(2014, 4, 1), {}, 420, Verification.SEEN),
        (date(2014, 12, 31), {}, 420, Verification.SEEN),
        (date(2015, 1, 1), {}, None, Verification.RECALLED),
        (date(2019, 12, 31), {}, None, Verification.RECALLED),
        (date(2020, 1, 1), {}, 345, Verification.SEEN),
        (date(2026, 3, 31), {}, 345, Verification.SEEN),
        (date(2026, 4, 1), {}, None, Verification.RECALLED),
        (date(2013, 6, 1), {"reviewer_class": "other"}, 495, Verification.SEEN),
        (date(2013, 6, 1), {"reviewers": 2}, 760, Verification.SEEN),
        (date(2013, 6, 1), {"stage": "before_reviewer"}, 215, Verification.RECALLED),
        (date(2014, 6, 1), {"stage": "before_reviewer"}, 160, Verification.SEEN),
        (date(2020, 6, 1), {"stage": "before_reviewer"}, 115, Verification.SEEN),
        (date(2020, 6, 1), {"stage": "after_reviewer"}, 345, Verification.RECALLED),
        (date(2020, 6, 1), {"reviewers": 2}, None, Verification.RECALLED),
        (date(2020, 6, 1), {"reviewer_class": ""}, 345, Verification.SEEN),
        (date(2014, 6, 1), {"reviewer_class": "other"}, None, Verification.RECALLED),
    ],
)
def test_a_fee_is_that_of_the_day_of_submission(
    submitted: date, closing: dict[str, object], usd: int | None, how: Verification
) -> None:
    found = fee(submitted, [DRUG, THERAPY], **closing)
    assert (found.amount_usd, found.verified.how) == (usd, how), found.explanation
    if how is Verification.RECALLED and usd is not None:
        assert "recalled, not verified" in found.explanation
    if usd is None:
        assert "not known" in found.explanation or "no amount" in found.explanation


def test_a_review_of_drugs_only_costs_less_in_2014_and_an_expedited_one_more() -> None:
    assert fee(date(2014, 6, 1), [DRUG]).amount_usd == 390
    assert fee(date(2014, 6, 1), [DRUG, THERAPY]).amount_usd == 420
    assert fee(date(2014, 6, 1), [DRUG, THERAPY], "expedited").amount_usd == 515
    assert fee(date(2013, 6, 1), [THERAPY], "expedited", reviewers=2).amount_usd == 850


def test_what_a_fee_depends_on_and_the_case_does_not_state_is_named() -> None:
    found = fee(date(2013, 6, 1), [THERAPY], reviewer_class="")
    assert found.amount_usd is None
    assert "closing.reviewer_class" in found.explanation
    assert "closing.stage" in fee(date(2014, 6, 1), [THERAPY], stage="").explanation
    (unsaid,) = charges().values()
    assert "dates.submitted" in unsaid.explanation


def test_an_application_before_the_table_has_no_fee() -> None:
    assert "begins" in fee(date(2012, 12, 31), [THERAPY]).explanation


@pytest.mark.parametrize(
    ("complete", "usd"),
    [
        (date(2015, 3, 17), None),
        (date(2015, 3, 18), 500),
        (date(2015, 3, 26), 4_500),
        (date(2015, 3, 27), 5_000),
        (date(2015, 9, 1), 5_000),
    ],
)
def test_late_records_cost_so_much_a_day_up_to_the_cap(complete: date, usd: int | None) -> None:
    found = charges(
        dates={"noarfi_sent": date(2015, 3, 2), "records_complete": complete}, service={"noarfi": "mail_ca"}
    ).get(ChargeKind.RECORDS_PENALTY)
    assert (None if found is None else found.amount_usd) == usd


@pytest.mark.parametrize(
    ("sent", "usd", "words"),
    [
        (date(2014, 11, 30), None, "enforced"),
        (date(2014, 12, 1), 5_000, "good faith"),
        (date(2026, 3, 31), 5_000, "good faith"),
        (date(2026, 4, 1), None, "not at hand"),
    ],
)
def test_the_penalty_of_a_time_that_is_not_encoded_is_not_guessed(
    sent: date, usd: int | None, words: str
) -> None:
    found = charges(
        dates={"noarfi_sent": sent, "records_complete": date(2026, 12, 1)}, service={"noarfi": "mail_ca"}
    )[ChargeKind.RECORDS_PENALTY]
    assert found.amount_usd == usd
    assert words in found.explanation


def test_records_that_miss_the_hour_of_an_expedited_review_are_a_day_late() -> None:
    found = charges(
        case={"priority": "expedited"},
        dates={
            "noarfi_received": datetime.fromisoformat("2015-03-02T10:00:00-08:00"),
            "records_complete": datetime.fromisoformat("2015-03-03T10:01:00-08:00"),
        },
    )[ChargeKind.RECORDS_PENALTY]
    assert found.amount_usd == 500


def test_a_determination_carried_out_late_names_the_cap_and_no_amount() -> None:
    dates = {"determination_served": date(2015, 3, 2), "implemented": date(2015, 3, 20)}
    found = charges(dates=dates, dispute=[THERAPY])[ChargeKind.IMPLEMENTATION_PENALTY]
    assert found.amount_usd is None
    assert "$5,000 a day" in found.explanation
    dates["implemented"] = date(2015, 3, 9)
    assert ChargeKind.IMPLEMENTATION_PENALTY not in charges(dates=dates, dispute=[THERAPY])


def test_a_programme_without_fees_says_so() -> None:
    case = case_of({"case": {"programme": "us_ca_dmhc"}})
    with pytest.raises(LawError, match="no fees are encoded"):
        fees(case, load_rulebook("us_ca_dmhc"))


def test_every_amount_names_its_source_unless_it_is_recalled() -> None:
    for row in fee_table("us_ca_wc"):
        assert row.verified.source or row.verified.how is Verification.RECALLED
        assert row.usd is not None or row.note
