"""Sentences that name days: the visit itself, and other days that are not the paper's."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from benchmarks.casefiles.dates import slashes
from benchmarks.casefiles.train.styled.house import House
from benchmarks.casefiles.world import World

_VISIT = (
    (
        "{patient} was seen in my office on {day}.",
        "{patient} returns on {day} for a scheduled recheck.",
        "I examined {patient} on {day}.",
        "Visit of {day}.",
        "This is a report of my visit with {patient} of {day}.",
        "Seen {day}.",
        "The patient came to the office on {day}.",
        "Service was rendered on {day}.",
    ),
    (
        "{patient} was evaluated in this clinic on {day}.",
        "This patient presented on {day} for follow-up.",
        "It was a pleasure to see {patient} on {day}.",
        "Exam of {day}.",
        "{patient} was here on {day}.",
        "Your visit on {day}.",
        "Care was given on {day}.",
        "{day}: {patient} is seen.",
    ),
    (
        "I had the opportunity to see {patient} today, {day}.",
        "{patient} is seen today, {day}.",
        "The patient was interviewed and examined by me on {day}.",
        "{patient} had an appointment on {day}.",
        "Encounter of {day}.",
        "{day} - {patient} in for recheck.",
        "The examination took place on {day}.",
    ),
    (
        "On {day} {patient} came in for reexamination.",
        "Today, {day}, {patient} presents for care.",
        "The above patient attended on {day}.",
        "{day}. The patient is here for care.",
        "Treatment of {day}.",
        "{patient} was treated on {day}.",
        "We met with {patient} on {day}.",
    ),
)
_OTHERS = (
    "The pain began on {injury} while the patient was at work.",
    "An MRI dated {before} showed {grade} changes.",
    "The patient was last seen here on {before}.",
    "Surgery was performed on {before} without complications.",
    "The patient has been off work since {before}.",
    "The patient will return on {later}.",
    "Radiographs of {before} are reviewed again today.",
    "A request for authorization was sent on {before} and denied on {near}.",
    "Injured on {injury}, the patient was first treated at an urgent care clinic.",
    "Therapy was started {before} and ended {near}.",
    "A follow-up appointment is made for {later}.",
    "The report of Dr. {name} of {before} was available to me.",
    "Restrictions remain in place until {later}.",
    "The patient, born {born}, lives alone.",
)
_RECORDS = (
    "{day}: {paper}, {who}. {text}",
    "{paper} by {who}, {day}",
    "{day}  {paper}  {who}",
    "{who}, {paper} dated {day}: {text}",
    "{day} - {who} - {paper}. {text}",
    "On {day}, {who} reported: {text}",
)
_PAPERS = (
    "Operative Report",
    "MRI report",
    "Progress Report (PR-2)",
    "Physical Therapy Note",
    "Work Status Report",
    "X-ray report",
    "Consultation",
    "Request for Authorization",
    "Initial evaluation",
    "EMG study",
    "Office visit",
    "Utilization review letter",
)


def visit(house: House, world: World, random: Random, day: date) -> str:
    """Return a sentence that tells the day of the visit."""
    sentence = random.choice(_VISIT[house.dialect])
    return sentence.format(patient=world.patient, day=house.prose_day(day))


def others(house: House, world: World, random: Random, day: date, count: int) -> list[str]:
    """Return so many sentences that name other days."""
    people = list(world.people.values())
    return [
        one.format(
            injury=house.prose_day(world.injured_on),
            born=house.prose_day(world.born_on),
            before=house.prose_day(day - timedelta(days=random.randint(7, 500))),
            near=house.prose_day(day - timedelta(days=random.randint(1, 30))),
            later=house.prose_day(day + timedelta(days=random.randint(7, 90))),
            name=random.choice(people).name.split()[-1],
            grade=random.choice(("mild", "moderate", "marked")),
        )
        for one in random.sample(_OTHERS, count)
    ]


def records(house: House, world: World, random: Random, count: int) -> tuple[str, ...]:
    """Return what a reviewer or an evaluator read: titles and days that belong to other papers."""
    people = [p for p in world.people.values() if p.credential != "Esq."]
    form = house.own.choice(_RECORDS)
    write = house.day if house.dialect % 2 else slashes
    return tuple(
        form.format(
            day=write(world.day(random)),
            paper=random.choice(_PAPERS),
            who=random.choice(people).signed,
            text=world.prose.sentences(random, "history", random.randint(1, 3)),
        )
        for _ in range(count)
    )
