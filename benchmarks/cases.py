"""Invented cases, arriving as the public figures say that applications arrived.

    for case in generate(seed=1, count=250_000):
        ...

Nobody in these cases exists. The same seed gives the same cases, on every
machine. Where the case does not say something, that is meant: a share of all
papers lacks a date, a signature or a proof of service.

Arrivals (gross applications, before duplicates are removed). Published are:

    2013   73,282 in the year; 4,410 in July, 15,731 in August alone
    2014   133,677 from January 2013 to April 2014; then more than 20,000 a month
    2015   more than 20,000 a month
    2018   more than 250,000        2019   more than 222,000
    2020   184,100                  2023   175,027           2024   199,651

Not published, and filled in here: the split of the rest of 2013 and of the
first months of 2014 (even, after a slow start in which only injuries of 2013
counted), 2016, 2017, 2021, 2022 (between their neighbours), 2025 and 2026
(as 2024), and the months of every year from 2014 on (even). Shares of each
ground of ineligibility were never published: those here give every ground
some work and keep about the published share of eligible applications
(about 45 % ineligible to April 2014, about 10 % since 2019).

From denial to receipt: median 15 days, nine in ten by 28, some after 35. From
receipt to assignment: median 5, up to 33. Two in 194 arrive on a Saturday.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import accumulate
from random import Random
from zoneinfo import ZoneInfo

from openimr.terms.case import (
    Application,
    Case,
    CaseDates,
    CaseDispute,
    CaseHead,
    CaseService,
    Closing,
    ClosingStage,
    Diagnoses,
    Parties,
    Party,
    Patient,
    Provider,
    ReviewerClass,
    ServiceMethod,
    SignedBy,
    UrAction,
)
from openimr.terms.letter import Priority
from openimr.terms.period import Moment

PACIFIC = ZoneInfo("America/Los_Angeles")

Month = tuple[int, int]

_2013 = dict(
    zip(
        range(1, 13),
        # January to June: 6,000 in all, taken; September to December: what is left of 73,282.
        (200, 400, 800, 1_200, 1_500, 1_900, 4_410, 15_731, 11_785, 11_785, 11_785, 11_786),
        strict=True,
    )
)
_BY_YEAR = {
    2015: 240_000,
    2016: 243_000,
    2017: 247_000,
    2018: 250_000,
    2019: 222_000,
    2020: 184_100,
    2021: 181_000,
    2022: 178_000,
    2023: 175_027,
    2024: 199_651,
    2025: 199_651,
    2026: 199_651,
}

# January to April 2014 is 133,677 less the 73,282 of 2013; from May 20,000 a month.
EVERY_YEAR: Mapping[Month, int] = {
    **{(2013, month): volume for month, volume in _2013.items()},
    **{(2014, month): 15_099 if month <= 4 else 20_000 for month in range(1, 13)},
    **{(year, month): volume // 12 for year, volume in _BY_YEAR.items() for month in range(1, 13)},
}
"""Applications by month, from the first year of the programme to the year of these rules."""

SURGE_YEAR: Mapping[Month, int] = {
    month: volume for month, volume in EVERY_YEAR.items() if (2013, 7) <= month <= (2014, 6)
}
"""Twelve months from July 2013, in which every date of injury came in and volume rose fivefold."""

# Items, their being a drug, and roughly how often they are asked for.
_ITEMS = (
    ("Norco 10/325 mg #120", True, 9),
    ("Tramadol ER 150 mg #60", True, 6),
    ("Cyclobenzaprine 7.5 mg #60", True, 8),
    ("Omeprazole 20 mg #60", True, 5),
    ("Gabapentin 600 mg #90", True, 5),
    ("Topical cream of lidocaine and menthol 120 g", True, 9),
    ("Baclofen 10 mg #90", True, 4),
    ("Physical therapy, 12 sessions, lumbar spine", False, 11),
    ("Acupuncture, 8 sessions, neck", False, 6),
    ("Chiropractic treatment 2 times a week for 4 weeks", False, 5),
    ("MRI of the lumbar spine without contrast", False, 6),
    ("EMG/NCV of both lower extremities", False, 4),
    ("Functional capacity evaluation", False, 3),
    ("Lumbar epidural steroid injection at L4-L5", False, 5),
    ("Urine drug screen", False, 5),
    ("TENS unit, rental for 30 days", False, 3),
    ("Right knee arthroscopy", False, 3),
    ("Follow-up visit with a pain specialist", False, 3),
)
_ITEM_WEIGHTS = tuple(accumulate(weight for _, _, weight in _ITEMS))

# One dispute in most cases, a tail after it (published mean about 1.6 a letter; the file allows 6).
_DISPUTE_COUNTS, _DISPUTE_WEIGHTS = (1, 2, 3, 4, 5, 6), tuple(accumulate((62, 21, 9, 4, 2, 2)))

_METHODS, _STAGES, _CLASSES = tuple(ServiceMethod), tuple(ClosingStage), tuple(ReviewerClass)
# Weights are running sums, which a draw needs.
_METHOD_WEIGHTS = tuple(accumulate((70, 6, 1, 1, 4, 9, 6, 3)))

_SIGNERS = (SignedBy.EMPLOYEE, SignedBy.ATTORNEY, SignedBy.REPRESENTATIVE, SignedBy.PROVIDER, SignedBy.OTHER)
_SIGNER_WEIGHTS = tuple(accumulate((55, 38, 4, 2, 1)))

_REASONS = (
    "Not supported by the guideline.",
    "No functional benefit documented.",
    "The number of visits exceeds the recommendation.",
    "Insufficient information to support the request on its merits.",
)
_CONDITIONAL_REASON = "Requested progress report was not received; will be reconsidered when it is."

_DUPLICATES = 0.2
_REMEMBERED = (
    500  # A duplicate repeats one of the latest cases; older ones are forgotten to keep memory flat.
)


@dataclass(frozen=True, slots=True)
class _Mix:
    """Which share of the cases is out of order in which way."""

    late: float
    unsigned: float
    unattached: float
    liability: float
    conditional: float
    defer: float
    prior: float
    authorized: float


# About 45 % of the first applications were ineligible, about 10 % of later ones.
_FIRST_YEARS = _Mix(
    late=0.1, unsigned=0.09, unattached=0.09, liability=0.08, conditional=0.1, defer=0.02, prior=0.02,
    authorized=0.03,
)  # fmt: skip
_LATER_YEARS = _Mix(
    late=0.02, unsigned=0.02, unattached=0.015, liability=0.02, conditional=0.02, defer=0.01, prior=0.015,
    authorized=0.015,
)  # fmt: skip


def generate(seed: int, count: int, months: Mapping[Month, int] = SURGE_YEAR) -> Iterator[Case]:
    """Yield invented cases in the order of their months of arrival.

    Args:
        seed: The same seed gives the same cases.
        count: How many cases; the volumes of the months are scaled to it.
        months: Applications by (year, month); ``EVERY_YEAR`` covers every version of the law.
    """
    random = Random(seed)
    recent: deque[Case] = deque(maxlen=_REMEMBERED)
    serial = 0
    for (year, month), quota in zip(months, quotas(tuple(months.values()), count), strict=True):
        for _ in range(quota):
            serial += 1
            number = f"CM{year % 100:02d}-{9_000_000 + serial:07d}"
            if recent and random.random() < _DUPLICATES:
                yield _duplicate(random, random.choice(recent), number)
                continue
            case = _new_case(random, number, serial, _arrival(random, year, month))
            recent.append(case)
            yield case


def quotas(weights: tuple[int, ...], count: int) -> tuple[int, ...]:
    """Return whole numbers in the proportion of the weights that add up to the count.

    Example:
        >>> quotas((1, 1, 2), 7)
        (1, 2, 4)
    """
    total, passed, given, shares = sum(weights), 0, 0, []
    for weight in weights:
        passed += weight
        upto = passed * count // total
        shares.append(upto - given)
        given = upto
    return tuple(shares)


def _arrival(random: Random, year: int, month: int) -> date:
    """Return a day of the month: a weekday but for one in a hundred; holidays take their share."""
    day = date(year, month, random.randint(1, 28)) + timedelta(days=random.randint(0, 2))
    if day.weekday() >= 5 and random.random() > 0.03:
        day += timedelta(days=7 - day.weekday())
    return day


@lru_cache(maxsize=20_000)
def _moment(day: date) -> Moment:
    return Moment(on=day)


def _hour(random: Random, day: date) -> Moment:
    """Return the day with an hour of the working day, in Pacific time."""
    at = datetime(day.year, day.month, day.day, random.randint(0, 23), random.randint(0, 59), tzinfo=PACIFIC)
    return Moment(on=day, at=datetime.fromisoformat(at.isoformat()))


def _new_case(random: Random, number: str, serial: int, received: date) -> Case:
    mix = _FIRST_YEARS if received < date(2015, 1, 1) else _LATER_YEARS
    priority = Priority.EXPEDITED if random.random() < 0.04 else Priority.REGULAR
    exact = priority is Priority.EXPEDITED
    rendered = random.random() < 0.12
    items = random.choices(
        _ITEMS, cum_weights=_ITEM_WEIGHTS, k=random.choices(_DISPUTE_COUNTS, cum_weights=_DISPUTE_WEIGHTS)[0]
    )
    drugs_only = all(is_drug for _, is_drug, _ in items)
    formulary = received >= date(2018, 1, 1) and drugs_only and random.random() < 0.5
    # Ten days to file where a drug of the formulary is disputed, and an urgent matter does not wait.
    served = received - timedelta(days=_days_to_receipt(random, mix, in_haste=exact or formulary))
    decided = served - timedelta(days=random.choice((0, 0, 0, 0, 1, 2)))
    application = _application(random, mix, served)
    return Case(
        schema=1,
        case=CaseHead(
            programme="us_ca_wc",
            number=number,
            priority=priority,
            formulary_dispute=formulary if random.random() < 0.95 else None,
        ),
        patient=Patient(id=f"patient-{serial}", represented=application.signed_by is SignedBy.ATTORNEY),
        parties=Parties(payer=Party(name=f"Payer {serial % 97}", id=f"payer-{serial % 97}")),
        provider=Provider(name=f"Physician {serial % 811}", npi=f"{1_000_000_000 + serial % 811}"),
        dates=_dates(random, received, served, decided, exact, application),
        service=_service(random),
        application=application,
        diagnoses=Diagnoses(codes=("724.2",)),
        dispute=tuple(_dispute(random, mix, name, decided, rendered) for name, _, _ in items),
        closing=_closing(random),
    )


def _days_to_receipt(random: Random, mix: _Mix, *, in_haste: bool) -> int:
    """Return days from service of the denial to receipt: median 15, nine in ten by 28, few beyond 35."""
    if random.random() < mix.late:
        return random.choice((31, 35, 36, 37, 38, 40, 45, 60, 120))
    if in_haste:
        return random.randint(0, 13)
    return min(36, max(1, round(random.gauss(16, 9))))


def _application(random: Random, mix: _Mix, served: date) -> Application:
    signer = random.choices(_SIGNERS, cum_weights=_SIGNER_WEIGHTS)[0]
    designated = None
    if signer in (SignedBy.REPRESENTATIVE, SignedBy.OTHER) and random.random() < 0.9:
        designated = served + timedelta(days=random.randint(-40, 10))
    liability = random.random() < mix.liability
    return Application(
        signed=_unless_silent(random, random.random() >= mix.unsigned),
        signed_by=signer if random.random() < 0.97 else None,
        representative_designated_on=designated,
        ur_decision_attached=_unless_silent(random, random.random() >= mix.unattached),
        liability_disputed=_unless_silent(random, liability),
        payer_agrees_to_review=(random.random() < 0.2 if random.random() < 0.7 else None)
        if liability
        else None,
        withdrawn_on=served + timedelta(days=random.randint(5, 60)) if random.random() < 0.01 else None,
    )


def _unless_silent(random: Random, value: bool) -> bool | None:
    """Return the value, or None in one paper of fifty."""
    return value if random.random() < 0.98 else None


def _dates(
    random: Random, received: date, served: date, decided: date, exact: bool, application: Application
) -> CaseDates:
    day = timedelta(days=1)
    submitted = max(served, received - random.choice((0, 0, 1, 2, 3, 4, 5)) * day)
    rfa_received = (
        decided
        - random.choices((0, 1, 2, 3, 4, 5, 6, 7, 9, 14, 20), (1, 2, 4, 8, 9, 9, 6, 7, 3, 1, 1))[0] * day
    )
    injury = decided - random.choices((random.randint(5, 40), random.randint(41, 5_500)), (3, 97))[0] * day
    eligible = received + min(33, int(random.expovariate(1 / 6.5))) * day
    assigned = eligible + random.choice((0, 1, 1, 1, 3)) * day
    complete = assigned + (random.randint(0, 2) if exact else random.randint(5, 20)) * day
    issued = complete + (random.randint(1, 4) if exact else min(45, max(1, round(random.gauss(14, 9))))) * day
    resolved = served + random.randint(10, 200) * day if application.liability_disputed else None
    of = (lambda on: _hour(random, on)) if exact else _moment
    dates = CaseDates(
        of_injury=injury,
        rfa=_moment(rfa_received - random.choice((0, 0, 1, 4)) * day),
        rfa_received=of(rfa_received),
        ur_decision=of(decided),
        ur_served=_moment(served),
        imr_form_provided=_moment(
            served + (random.randint(3, 30) * day if random.random() < 0.03 else 0 * day)
        ),
        liability_resolved=_moment(resolved) if resolved and random.random() < 0.4 else None,
        submitted=_moment(submitted),
        application_received=_moment(received),
        eligible=of(eligible),
        assigned=_moment(assigned),
        noarfi_sent=of(assigned),
        noarfi_received=of(assigned + (0 if exact else random.choice((0, 1, 3))) * day),
        records_complete=of(complete),
        expedited_certified=of(received) if exact and random.random() < 0.6 else None,
        determination_issued=_moment(issued),
        determination_served=_moment(issued + random.choice((0, 0, 1)) * day),
        implemented=_moment(issued + random.randint(1, 30) * day) if random.random() < 0.5 else None,
    )
    return _with_gaps(random, dates)


# From the last step back: a case is still open, so nothing after some step has happened.
_STEPS = (
    "implemented", "determination_served", "determination_issued", "records_complete", "noarfi_received",
    "noarfi_sent", "assigned", "eligible",
)  # fmt: skip
# Dates that a paper may simply lack.
_LOSABLE = (
    "of_injury", "rfa", "rfa_received", "ur_decision", "ur_served", "imr_form_provided", "submitted",
    "application_received", "noarfi_sent", "noarfi_received", "records_complete",
)  # fmt: skip


def _with_gaps(random: Random, dates: CaseDates) -> CaseDates:
    """Return the dates of a case that may still be open or may lack one of its dates."""
    gone = list(_STEPS[: random.randint(1, len(_STEPS))]) if random.random() < 0.25 else []
    if random.random() < 0.1:
        gone.append(random.choice(_LOSABLE))
    return replace(dates, **dict.fromkeys(gone)) if gone else dates


def _service(random: Random) -> CaseService:
    ur, noarfi, determination = random.choices(_METHODS, cum_weights=_METHOD_WEIGHTS, k=3)
    return CaseService(
        ur=ur if random.random() < 0.93 else None,
        noarfi=noarfi if random.random() < 0.97 else None,
        determination=determination if random.random() < 0.95 else None,
    )


def _dispute(random: Random, mix: _Mix, request: str, decided: date, rendered: bool) -> CaseDispute:
    drawn = random.random()
    if drawn < mix.conditional:
        action = UrAction.CONDITIONAL
    elif drawn < mix.conditional + mix.defer:
        action = UrAction.DEFER
    elif rendered:
        action = UrAction.RETROSPECTIVE_DENY
    else:
        action = random.choices((UrAction.DENY, UrAction.MODIFY, UrAction.DELAY), cum_weights=(75, 99, 100))[
            0
        ]
    conditional = action is UrAction.CONDITIONAL
    day = timedelta(days=1)
    return CaseDispute(
        request=request,
        ur_action=action if random.random() < 0.97 else None,
        ur_reason=_CONDITIONAL_REASON if conditional else random.choice(_REASONS),
        date_of_service=decided - random.randint(10, 60) * day if rendered else None,
        authorized_since=decided + random.randint(3, 40) * day if random.random() < mix.authorized else None,
        prior_determination_on=decided - random.choice((90, 200, 330, 366, 380, 420, 800)) * day
        if random.random() < mix.prior
        else None,
    )


def _closing(random: Random) -> Closing:
    return Closing(
        stage=random.choices(_STAGES, cum_weights=(5, 9, 100))[0],
        reviewer_class=random.choices(_CLASSES, cum_weights=(90, 100))[0],
        reviewers=1 if random.random() < 0.99 else 2,
    )


def _duplicate(random: Random, first: Case, number: str) -> Case:
    """Return the same application sent again: same claim and decision, another number, as late or later.

    A quarter of them writes the items in another order and in capitals; it is the same application.
    """
    again = timedelta(days=random.choice((0, 0, 1, 3, 7)))
    received = first.dates.application_received
    submitted = first.dates.submitted
    dates = replace(
        first.dates,
        submitted=Moment(on=submitted.on + again) if submitted else None,
        application_received=Moment(on=received.on + again) if received else None,
        **dict.fromkeys(_STEPS),
    )
    disputes = first.dispute
    if random.random() < 0.25:
        disputes = tuple(replace(one, request=one.request.upper()) for one in reversed(disputes))
    return replace(first, case=replace(first.case, number=number), dates=dates, dispute=disputes)
