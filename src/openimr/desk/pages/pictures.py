"""The pictures of a chronology: each drug from its first to its last day, and the pain scores."""

from __future__ import annotations

from functools import lru_cache

from openimr.desk import readings
from openimr.desk.models import Reading
from openimr.facts.chronology_drawing import Picture, draw_courses, draw_pain
from openimr.facts.drug_courses import drug_courses, mme_by_day
from openimr.guidelines.morphine import morphine_factors

# chronologies whose pictures a process keeps ready
_KEPT = 32


@lru_cache(maxsize=_KEPT)
def pictures_of(reading: int) -> tuple[Picture | None, Picture | None]:
    """Return the picture of the drugs and that of the pain scores of a reading whose facts were extracted.

    A reading never changes. What stands on the copy of a page is told once.
    """
    row = Reading.objects.get(pk=reading)
    facts, entries = readings.facts_of(row), readings.chronology_of(row)
    assert facts is not None and entries is not None, "asked for once the facts are there"
    places = row.pages.values_list("document", "document_page", "number")
    bundle = {(document, page): number for document, page, number in places}
    copies = {page for exhibit in readings.exhibits_of(row) for page in exhibit.also_at}
    told = [f for f in facts.facts if bundle.get((f.seen_at.document, f.seen_at.page)) not in copies]
    courses = drug_courses(told, bundle, morphine_factors)
    return draw_courses(courses, mme_by_day(courses)), draw_pain(entries)
