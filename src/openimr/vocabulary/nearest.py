"""The known treatments whose names are spelled most like some words."""

from __future__ import annotations

from functools import cache

from rapidfuzz import fuzz, process

from openimr.vocabulary.drugs import all_drugs
from openimr.vocabulary.tables import read_table

# Likeness from 0 to 100 below which a name only shares letters with a word.
_LIKE = 75.0
# Shorter words are like too many names.
_SHORTEST = 4


@cache
def _names() -> tuple[str, ...]:
    drugs = {name.lower() for drug in all_drugs() for name in (*drug.names, *drug.brands)}
    services = {row["phrase"].lower() for row in read_table("openimr.vocabulary", "data/treatments.csv")}
    return tuple(sorted(name for name in drugs | services if len(name) >= _SHORTEST))


def nearest_treatment_names(request: str, *, limit: int = 5) -> list[str]:
    """Return the known names that are spelled most like a word, or two words, of a request; the likest first.

    Example:
        >>> nearest_treatment_names("Baclofeen 10 mg #90")[0]
        'baclofen'
        >>> nearest_treatment_names("Acupnctur 6 sessions")[0]
        'acupuncture'
        >>> nearest_treatment_names("qqqq")
        []
    """
    words = [w.strip(".,;:()#").lower() for w in request.split()]
    named = [bool(w) and not w[0].isdigit() for w in words]
    asked = [w for w, is_named in zip(words, named, strict=True) if is_named and len(w) >= _SHORTEST]
    asked += [f"{words[n]} {words[n + 1]}" for n in range(len(words) - 1) if named[n] and named[n + 1]]
    best: dict[str, float] = {}
    for word in asked:
        for name, score, _ in process.extract(
            word, _names(), scorer=fuzz.ratio, limit=limit, score_cutoff=_LIKE
        ):
            best[name] = max(score, best.get(name, 0.0))
    return sorted(best, key=lambda name: (-best[name], name))[:limit]
