"""What the summary of a draft says of a record, in a table."""

from __future__ import annotations

import pytest

from openimr.determination.summary import draft_summary
from openimr.facts.extract import extract_facts, pages_of_summary

TAKEN = "On 3/1/2013 the patient takes baclofen 10 mg twice a day."
STOPPED = "On 1/5/2014 baclofen was discontinued."


@pytest.mark.parametrize(
    ("record", "sentence", "places"),
    [
        (
            "On 3/1/2013 the patient takes fentanyl patch 25 mcg/hr every 72 hours.",
            "Medications in use in the record: fentanyl/transdermal, 25 mcg/hr, every 72 hours (seen on"
            " 03/01/2013).",
            1,
        ),
        (
            "On 3/1/2013 the patient takes Norco 10/325 mg, 2 tablets every 6 hours.",
            "Medications in use in the record: hydrocodone/acetaminophen, 10/325 mg, 2 at once, 4 a day"
            " (seen on 03/01/2013).",
            1,
        ),
        (TAKEN, "Medications in use in the record: baclofen, 10 mg, 2 a day (seen on 03/01/2013).", 1),
        (
            f"{TAKEN} {STOPPED}",
            "Medications stopped: baclofen, 10 mg, 2 a day (seen on 03/01/2013, stopped on 01/05/2014).",
            2,
        ),
        (
            f"{TAKEN} {STOPPED} On 2/9/2014 the patient takes baclofen.",
            "Medications in use in the record: baclofen, 10 mg, 2 a day (seen from 03/01/2013 to 02/09/2014,"
            " stopped on 01/05/2014 and taken again).",
            2,
        ),
    ],
)
def test_a_stopped_medication_is_not_told_as_in_use(record: str, sentence: str, places: int) -> None:
    told = [s for s in draft_summary(extract_facts(pages_of_summary(record))) if "Medications" in s.text]
    assert [(s.text, len(s.places)) for s in told] == [(sentence, places)]
