"""How well models tell bundles that they have not seen: boundaries, kinds and days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from benchmarks.casefiles import measures
from benchmarks.casefiles.pool import MadeBundle

from openimr.records.boundaries import BEGINS_FROM, Boundaries
from openimr.records.dating import told_dates
from openimr.records.kinds import kind_shares, kind_signs, likeliest_kind
from openimr.records.linear import LinearModel
from openimr.records.look import look_at
from openimr.records.signs import signs_of


def judged(bundles: Sequence[MadeBundle], models: Mapping[str, LinearModel]) -> dict[str, float]:
    """Return figures by name.

    Boundaries are found from the top, each page after what was decided before; kinds and
    days are of documents whose pages are known.
    """
    segments = [(_true(bundle), _found(bundle, models["boundary"])) for bundle in bundles]
    at = measures.together(measures.boundaries(*pair) for pair in segments)
    kinds, service, report = [], [], []
    for bundle in bundles:
        looks = {page.bundle_page: look_at(page) for page in bundle.pages}
        for document in bundle.documents:
            pages = [looks[page] for page in document.pages]
            shares = kind_shares(kind_signs(pages), models["kind"])
            kind, _ = likeliest_kind(shares)
            told = told_dates(pages, shares, models["date"])
            kinds.append((document.type, kind, True))
            service.append((document.date_of_service, told.service, True))
            report.append((document.report_date, told.report, True))
    days, written, named = (measures.answers(pairs) for pairs in (service, report, kinds))
    without = [said for truth, said, _ in service if truth is None]
    return {
        "boundary_f1": measures.f1(at),
        "weighted_pq": _mean(measures.weighted_panoptic_quality(*pair) for pair in segments),
        "perfect_pct": 100 * _mean(measures.is_perfect(*pair) for pair in segments),
        "type_pct": 100 * measures.share(named.exact, named),
        "service_date_exact_pct": 100 * measures.share(days.exact, days),
        "service_date_wrong_pct": 100 * measures.share(days.wrong, days),
        "service_date_invented_pct": 100 * _mean(said is not None for said in without),
        "report_date_exact_pct": 100 * measures.share(written.exact, written),
        "report_date_wrong_pct": 100 * measures.share(written.wrong, written),
    }


def _true(bundle: MadeBundle) -> list[tuple[int, ...]]:
    return [document.pages for document in bundle.documents]


def _found(bundle: MadeBundle, model: LinearModel) -> list[tuple[int, ...]]:
    signs = [signs_of(look_at(page)) for page in bundle.pages]
    boundaries = Boundaries(model)
    found: list[list[int]] = []
    for page, after in zip(signs, [*signs[1:], None], strict=True):
        begins = boundaries.begins(page, after) >= BEGINS_FROM
        boundaries.keep(page, begins=begins)
        if begins:
            found.append([])
        found[-1].append(page.look.page.bundle_page)
    return [tuple(pages) for pages in found]


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0
