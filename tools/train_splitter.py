"""Learn where documents begin, what they are and which day is whose, from papers that we generate.

    tools/train_splitter.py [--measure [--only GROUP ...]] [--cases N]

Writes src/openimr/records/data/{boundary,kind,date}_signs.csv, the same for the same
N, transcripts and versions of the libraries. With --measure nothing is written: each
group of families is judged by models that never saw it.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from benchmarks.casefiles.draft import Family  # noqa: E402  # the path is set just above
from benchmarks.casefiles.held_out import HELD_OUT  # noqa: E402
from benchmarks.casefiles.judging import judged  # noqa: E402
from benchmarks.casefiles.lessons import (  # noqa: E402
    Lesson,
    boundary_lessons,
    date_lessons,
    families_that_report,
    kind_lessons,
)
from benchmarks.casefiles.opened import OPENED  # noqa: E402
from benchmarks.casefiles.opened_houses import OPENED_HOUSES  # noqa: E402
from benchmarks.casefiles.opened_offices import OPENED_OFFICES  # noqa: E402
from benchmarks.casefiles.pool import MadeBundle, PooledPaper, made_bundle, papers_of_case  # noqa: E402
from benchmarks.casefiles.train import CLASSIC, ODD  # noqa: E402
from benchmarks.casefiles.train.styled.families import STYLED  # noqa: E402
from benchmarks.casefiles.train.styled.vocabulary import DIALECTS  # noqa: E402
from benchmarks.casefiles.train.transcribed import transcribed_families  # noqa: E402
from benchmarks.casefiles.world import proper_names  # noqa: E402

from openimr.records.linear import ALWAYS, LinearModel  # noqa: E402
from openimr.terms.records import ExhibitType  # noqa: E402

DATA = ROOT / "src" / "openimr" / "records" / "data"
TRANSCRIPTS = ROOT.parent / "shared" / "records" / "transcripts.jsonl"
SEED = 20_261_125


def _office(family: Family) -> str:
    """Return the file in which the papers of an office stand, with its folder."""
    return " ".join(getattr(family, "__module__", "").split(".")[-2:])


_OPENED = (*OPENED.items(), *OPENED_OFFICES.items(), *OPENED_HOUSES.items())
_OFFICES = sorted({_office(family) for _, (family, _) in _OPENED})
# These teach kinds and days. Of boundaries they taught that other groups were told worse.
_HELD_OUT = "held out"
_LATER = {_HELD_OUT} | {_office(family) for family, _ in (*OPENED_OFFICES.values(), *OPENED_HOUSES.values())}
# Families of a group share words or a writer; a group is judged by models that learned from the others.
GROUPS: Mapping[str, Mapping[str, tuple[Family, int]]] = {
    "classic": CLASSIC,
    "transcribed": transcribed_families(TRANSCRIPTS),
    "odd": ODD,
    **{
        f"dialect {number}": {name: one for name, one in STYLED.items() if name.endswith(f".{number}")}
        for number in range(DIALECTS)
    },
    **{
        office: {f"{office} {name}": one for name, one in _OPENED if _office(one[0]) == office}
        for office in _OFFICES
    },
    _HELD_OUT: HELD_OUT,
}
_CASES, _KINDS, _EACH = 6, 12, 5
_BUNDLES_A_CASE, _PAGES = 2, 30
# Of the offices, which are many and small, half as many cases are taken.
# Signs that fewer families or lessons show are chance.
_LEAST_FAMILIES, _LEAST_LESSONS = 4, 8
# How freely weights may grow: the more signs there are, the less.
_FREEDOM = {"boundary": 0.03, "kind": 1.0, "date": 0.5}
# Weights that nobody would miss.
_LEAST_WEIGHT = {"boundary": 0.0, "kind": 0.08, "date": 0.04}
_DIGITS = 3


def pooled(group: str, cases: int) -> list[list[PooledPaper]]:
    """Return the papers of a group of families, case by case."""
    transcripts = TRANSCRIPTS if TRANSCRIPTS.is_file() else None
    first = SEED + 1_000 * list(GROUPS).index(group)
    return [
        papers_of_case(
            first + number,
            GROUPS[group],
            kinds=_KINDS,
            each=_EACH,
            transcripts=transcripts if number % 2 else None,
        )
        for number in range(cases if group not in _OFFICES else cases // 2)
    ]


def bundles_of(cases: Iterable[Sequence[PooledPaper]]) -> list[MadeBundle]:
    """Return bundles of the papers of each case."""
    random = Random(SEED)
    return [made_bundle(random, papers, _PAGES) for papers in cases for _ in range(_BUNDLES_A_CASE)]


def learned(
    what: str, lessons: Sequence[Lesson], answers: Sequence[str], *, exactly_one: bool = False
) -> LinearModel:
    """Return the weights that tell the answers best."""
    kept = _known_signs(lessons)
    vectors = DictVectorizer()
    signs = vectors.fit_transform(
        {name: value for name, value in lesson.signs.items() if name in kept} for lesson in lessons
    )
    scale = np.sqrt(np.asarray(signs.multiply(signs).mean(axis=0)).ravel()) if what == "boundary" else None
    if scale is not None:
        signs = signs.multiply(1.0 / np.maximum(scale, 1e-9)).tocsr()
    models = LogisticRegression(C=_FREEDOM[what], max_iter=400, tol=1e-3)
    columns: list[NDArray[np.float64]] = []
    always: list[float] = []
    if exactly_one:
        models.fit(signs, [lesson.right[0] for lesson in lessons])
        answers = [answer for answer in answers if answer in models.classes_]
        order = [list(models.classes_).index(answer) for answer in answers]
        columns, always = [models.coef_[at] for at in order], [models.intercept_[at] for at in order]
    else:
        for answer in answers:
            asked = [at for at, one in enumerate(lessons) if one.asked is None or answer in one.asked]
            models.fit(signs[asked], [answer in lessons[at].right for at in asked])
            columns.append(models.coef_[0].copy())
            always.append(models.intercept_[0])
    weights = {ALWAYS: tuple(round(float(one), _DIGITS) for one in always)}
    for at, name in enumerate(vectors.get_feature_names_out()):
        row = tuple(
            round(float(column[at] / (scale[at] if scale is not None else 1.0)), _DIGITS)
            for column in columns
        )
        if max(map(abs, row)) > _LEAST_WEIGHT[what]:
            weights[name] = row
    return LinearModel(answers=tuple(answers), weights=weights)


def _known_signs(lessons: Sequence[Lesson]) -> set[str]:
    """Return the signs that enough families show and that hold no name of an invented person or place."""
    families: dict[str, set[str]] = {}
    counts: dict[str, int] = {}
    for lesson in lessons:
        for name in lesson.signs:
            families.setdefault(name, set()).add(lesson.family)
            counts[name] = counts.get(name, 0) + 1
    names = proper_names()
    return {
        name
        for name, seen in families.items()
        if len(seen) >= _LEAST_FAMILIES
        and counts[name] >= _LEAST_LESSONS
        and not names & set(re.findall(r"[a-z]+", name.partition(":")[2]))
    }


def write(name: str, model: LinearModel) -> None:
    """Write a model as a table, its signs in order."""
    with (DATA / f"{name}_signs.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("sign", *model.answers))
        for sign in sorted(model.weights):
            rows.writerow((sign, *(f"{weight:g}" if weight else "" for weight in model.weights[sign])))


@dataclass(frozen=True, slots=True, kw_only=True)
class Lessons:
    """What a group of families teaches. Transcripts tell nothing of days: theirs were taken out."""

    boundary: list[Lesson]
    kind: list[Lesson]
    date: list[Lesson]


def lessons_of(group: str, bundles: Sequence[MadeBundle]) -> Lessons:
    """Return what the bundles of a group teach."""
    reporting = families_that_report(bundles)
    return Lessons(
        boundary=[] if group in _LATER else [one for bundle in bundles for one in boundary_lessons(bundle)],
        kind=[one for bundle in bundles for one in kind_lessons(bundle)],
        date=[one for bundle in bundles if group != "transcribed" for one in date_lessons(bundle, reporting)],
    )


def taught(groups: Iterable[Lessons]) -> dict[str, LinearModel]:
    """Return the models that groups teach together."""
    all_ = list(groups)
    kinds = [kind.value for kind in ExhibitType]
    return {
        "boundary": learned("boundary", [one for group in all_ for one in group.boundary], ("begins",)),
        "kind": learned("kind", [one for group in all_ for one in group.kind], kinds, exactly_one=True),
        "date": learned("date", [one for group in all_ for one in group.date], ("service", "report")),
    }


def main() -> None:
    """Write the tables of weights, or print how well groups are told by models that never saw them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=int, default=_CASES, help="invented cases of each group of families")
    parser.add_argument(
        "--only", nargs="+", default=list(GROUPS), help="with --measure: judge only these groups"
    )
    parser.add_argument(
        "--measure", action="store_true", help="judge each group by what the others teach; write nothing"
    )
    arguments = parser.parse_args()
    groups = [group for group in GROUPS if GROUPS[group]]
    bundles = {group: bundles_of(pooled(group, arguments.cases)) for group in groups}
    lessons = {group: lessons_of(group, bundles[group]) for group in groups}
    if arguments.measure:
        for group in (one for one in groups if one in arguments.only):
            models = taught(lessons[other] for other in groups if other != group)
            figures = judged(bundles[group], models)
            print(group, " ".join(f"{name}={figure:.3f}" for name, figure in figures.items()), flush=True)
        return
    for name, model in taught(lessons.values()).items():
        write(name, model)
        print(f"{name}_signs.csv: {len(model.weights)} signs")


if __name__ == "__main__":
    main()
