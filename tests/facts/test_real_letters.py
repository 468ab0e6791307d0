"""The clinical summaries of real letters: quotations stand at their places, and nobody is without facts."""

from __future__ import annotations

from pathlib import Path

from openimr.facts.extract import extract_facts, pages_of_summary
from openimr.letters.read import LetterReader
from openimr.terms.facts import FactKind

# A letter without an age, an injury or anything asked for is rare: the
# excerpt that breaks off, and the few summaries that leave one of them out.
_MOST_WITHOUT = 4


def summaries(shared: Path) -> list[str]:
    paths = sorted((shared / "letters" / "seeds").glob("*.txt")) + sorted(
        (shared / "letters" / "published").glob("*.pdf")
    )
    with LetterReader() as reader:
        letters = [reader.parse(path)[0].letter for path in paths]
    return [letter.clinical_summary for letter in letters if letter.clinical_summary]


def test_the_facts_of_real_summaries_stand_where_they_say(shared: Path) -> None:
    texts = summaries(shared)
    assert len(texts) > 60
    kinds = []
    for text in texts:
        facts = extract_facts(pages_of_summary(text)).facts
        assert all(text[f.seen_at.start : f.seen_at.end] == f.quote for f in facts)
        kinds.append({f.kind for f in facts})
    for kind in (FactKind.AGE, FactKind.SEX, FactKind.INJURY):
        assert sum(kind not in found for found in kinds) <= _MOST_WITHOUT, kind
    assert all(len(found) >= 4 for found in kinds)
