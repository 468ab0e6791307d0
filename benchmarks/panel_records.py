"""Invented panels and cases of any size: every name is put together from syllables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from random import Random

from openimr.panel.encode import Waiting
from openimr.terms.case import Case, CaseDispute, CaseHead, Diagnoses, Parties, Party, Patient, Provider
from openimr.terms.letter import Priority
from openimr.terms.reviewer import Board, Interest, InterestKind, Licence, LicenceStatus, Panel, Reviewer
from openimr.terms.treatment import Treatment
from openimr.vocabulary.requests import parse_request
from openimr.vocabulary.tables import read_table

ON = date(2015, 3, 2)
_FAR = date(2020, 1, 1)
_STARTS = (
    "ba be bi bo bra cal cor dar del fen gar gil hal har jor ken lar lin mar mel nor ol pen ros sal".split()
)
_MIDDLES = "an el ing or um ab est id ov ar en il on ur".split()
_ENDS = "by dale den er ford ham ley man ner sen ston ter ton well wick worth".split()
_FIRMS = "Insurance Company|Claims Services|Holdings|Industries|Mutual Casualty".split("|")
_PLACES = "Medical Center|Spine Group|Orthopedic Associates|Pain Clinic|Surgery Center".split("|")
# request, diagnosis
_REQUESTS = (
    ("Baclofen 10 mg #60", "Lumbago"),
    ("Norco 10/325 mg #120", "Cervicalgia"),
    ("Physical therapy 12 sessions for the lumbar spine", "Lumbar sprain"),
    ("Lumbar epidural steroid injection L4-L5", "Lumbar radiculopathy"),
    ("Left knee arthroscopy", "Tear of meniscus of the knee"),
    ("MRI of the right shoulder", "Rotator cuff tear"),
    ("TENS unit purchase", "Lumbago"),
    ("Psychotherapy x 6 sessions", "Depression"),
    ("Urine drug screen", "Chronic pain of the back"),
    ("Acupuncture x 8 sessions for the neck", "Neck pain"),
)
# name of the board, and how many of a hundred reviewers have it
_BOARDS = (
    ("Physical Medicine & Rehabilitation", 16),
    ("Pain Management", 12),
    ("Occupational Medicine", 12),
    ("Orthopedic Surgery", 12),
    ("Family Practice", 6),
    ("Internal Medicine", 6),
    ("Psychiatry", 12),
    ("Neurology", 8),
    ("Rheumatology", 6),
    ("Neurological Surgery", 4),
    ("Dermatology", 10),
)


def _word(draw: Random) -> str:
    middle = "".join(draw.choices(_MIDDLES, k=draw.randint(1, 2)))
    return (draw.choice(_STARTS) + middle + draw.choice(_ENDS)).capitalize()


@cache
def _given_names() -> tuple[str, ...]:
    return tuple(row["word"].capitalize() for row in read_table("openimr.panel", "data/given_names.csv"))


def _person(draw: Random) -> str:
    return f"{draw.choice(_given_names())} {_word(draw)}"


def _named(draw: Random, count: int, kinds: Sequence[str]) -> list[str]:
    return [f"{_word(draw)} {_word(draw)} {draw.choice(kinds)}" for _ in range(count)]


@cache
def _read(request: str) -> Treatment:
    return parse_request(request)


class World:
    """The companies, clinics and physicians that cases and reviewers share."""

    def __init__(self, seed: int) -> None:
        self.draw = Random(seed)
        self.firms = _named(self.draw, 2_000, _FIRMS)
        self.places = _named(self.draw, 1_000, _PLACES)
        self.makers = _named(self.draw, 60, ["Pharmaceuticals, Inc."])
        self.people = [_person(self.draw) for _ in range(3_000)]

    def case(self, number: int) -> Waiting:
        """Return one waiting case."""
        draw = self.draw
        request, diagnosis = draw.choice(_REQUESTS)
        is_urgent = draw.random() < 0.03
        case = Case(
            schema=1,
            case=CaseHead(
                programme="us_ca_wc",
                number=f"CM15-{number:07d}",
                priority=Priority.EXPEDITED if is_urgent else Priority.REGULAR,
            ),
            patient=Patient(name=_person(draw)),
            parties=Parties(
                employer=Party(name=draw.choice(self.firms)),
                payer=Party(name=draw.choice(self.firms[:40])),
                insurer=Party(name=draw.choice(self.firms[:40])),
                ur_organization=Party(name=draw.choice(self.firms[40:60])),
                ur_reviewer=Party(name=draw.choice(self.people[:400])),
                attorney=Party(name=draw.choice(self.people)),
            ),
            provider=Provider(
                name=draw.choice(self.people),
                group=draw.choice(self.places),
                facility=draw.choice(self.places),
            ),
            diagnoses=Diagnoses(text=(diagnosis,)),
            dispute=(CaseDispute(request=request, maker=draw.choice(self.makers)),),
        )
        due = ON + timedelta(days=3 if is_urgent else draw.randint(1, 30))
        return Waiting(case=case, treatments=(_read(request),), due_on=due)

    def reviewer(self, number: int, interests: int) -> Reviewer:
        """Return one reviewer whose credentials are in force."""
        draw = self.draw
        (board,) = draw.choices([b for b, _ in _BOARDS], weights=[w for _, w in _BOARDS])
        pools = (self.firms[60:], self.places, self.makers, self.people)
        held = [
            Interest(kind=draw.choice(list(InterestKind)), name=draw.choice(draw.choice(pools)))
            for _ in range(interests)
        ]
        return Reviewer(
            id=f"reviewer-{number:05d}",
            name=_person(draw),
            licences=(
                Licence(
                    state="CA" if draw.random() < 0.7 else "TX", status=LicenceStatus.ACTIVE, expires_on=_FAR
                ),
            ),
            boards=(Board(name=board, expires_on=_FAR),),
            taxonomy=("208100000X",),
            practice_since=date(2001, 1, 1),
            practice_proved_on=date(2015, 1, 2),
            hours_per_week=30.0,
            hours_proved_on=date(2015, 1, 2),
            discipline=(),
            discipline_checked_on=date(2015, 2, 1),
            exclusions_checked_on=date(2015, 2, 1),
            qme=False,
            capacity=draw.randint(10, 24),
            turnaround_days=float(draw.randint(3, 20)),
            interests=tuple(held),
        )


def invent(cases: int, reviewers: int, *, interests: int, seed: int = 1) -> tuple[list[Waiting], Panel]:
    """Return so many waiting cases and a panel of so many reviewers."""
    world = World(seed)
    waiting = [world.case(number) for number in range(cases)]
    return waiting, Panel(schema=1, reviewer=tuple(world.reviewer(n, interests) for n in range(reviewers)))


def without_room(panel: Panel, share: float) -> Panel:
    """Return a panel in which each has only a share of the places."""
    return replace(
        panel,
        reviewer=tuple(replace(r, capacity=int((r.capacity or 0) * share)) for r in panel.reviewer),
    )
