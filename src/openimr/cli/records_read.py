"""``openimr records read``: a case file from bytes to exhibits and a timeline."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date, datetime
from importlib import import_module
from pathlib import Path

import click

from openimr.cli.show import print_json_line, print_problems, print_table, with_progress
from openimr.formats import OutputFolder, read_toml_file
from openimr.records.cache import PageCache, default_folder
from openimr.records.checklist import Certificate, Completeness, certificate_of
from openimr.records.folder import read_records, write_records
from openimr.records.ocr_pool import OcrPool
from openimr.records.read import read_paths
from openimr.records.split_list import SplitList
from openimr.records.timeline import ranges
from openimr.records.workers import PageWorkers
from openimr.terms.case import Case
from openimr.terms.errors import ClusterUnusable
from openimr.terms.records import CaseFile, Exhibit, Page


@click.command(
    name="read",
    help=(
        "Read a case file: every page from its text or its picture, dated documents, the exhibit "
        "list, the timeline, and a seal over all of it.\n\n"
        "PATH is a folder or a file: PDF, TIFF, JPEG, PNG, Word, text, or a ZIP of them. A page that cannot "
        "be read is listed with the reason. The file received.toml in a folder may tell who sent each file "
        "and when, splits.toml where documents begin. "
        "DIR gets manifest.json, pages.ndjson, exhibits.json, timeline.json and timeline.html, and with "
        "--case completeness.json; all or none."
    ),
    epilog="Example: openimr records read case/records --case case/case.toml --out out/records",
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="Where the results go.", metavar="DIR"
)
@click.option(
    "--case",
    "case_path",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The case, for the date of the decision and the list of what has to be sent.",
)
@click.option(
    "--ur-decided-on",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The day of the utilization review decision; later exhibits are marked. Goes before that of --case.",
)
@click.option(
    "--cache",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help=(
        "Keep read pages here instead of in openimr/records under your folder of caches (XDG_CACHE_HOME, "
        "else ~/.cache). The folder is readable by you alone; openimr records purge empties it."
    ),
)
@click.option("--no-cache", is_flag=True, help="Keep no pages beyond this run and use none of earlier ones.")
@click.option(
    "--splits",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where documents begin, set by hand; goes before the splits.toml that a folder may hold.",
)
@click.option(
    "--adds-to",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help=(
        "A folder that this command wrote before more files came: its exhibits keep their numbers, its seal "
        "stays, and the whole gets a further one."
    ),
)
@click.option(
    "--ray",
    "cluster",
    metavar="ADDRESS",
    help=(
        "Read the pages on a Ray cluster that is up and that this machine belongs to, HOST:PORT or auto, "
        "instead of in two processes here; the results are the same. docs/cluster.md says how to set it up."
    ),
)
@click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON object: manifest, exhibits and problems."
)
def command(
    paths: tuple[Path, ...],
    out: Path,
    case_path: Path | None,
    ur_decided_on: datetime | None,
    cache: Path | None,
    no_cache: bool,
    splits: Path | None,
    adds_to: Path | None,
    cluster: str | None,
    as_json: bool,
) -> None:
    """Read a case file and write the records folder."""
    case = read_toml_file(case_path, Case) if case_path else None
    decided = _decided_on(case, ur_decided_on)
    after = read_records(adds_to).manifest if adds_to else None
    given = read_toml_file(splits, SplitList) if splits else None
    with OutputFolder(out) as results:
        kept = PageCache(None if no_cache else cache or default_folder())
        with OcrPool(cache=kept, workers=_workers_on(cluster)) as ocr:
            case_file, problems = read_paths(
                paths, ur_decided_on=decided, progress=_progress, ocr=ocr, splits=given, after=after
            )
            _print_lost(ocr.workers.lost)
        certificate = certificate_of(case, case_file) if case else None
        write_records(results, case_file, certificate)
    missing = (*certificate.missing, *certificate.to_check) if certificate else ()
    if as_json:
        found = {
            "manifest": case_file.manifest,
            "exhibits": case_file.exhibits,
            "problems": (*problems, *missing),
            "completeness": certificate,
        }
        print_json_line(found)
        return
    _print(case_file)
    print_problems((*problems, *missing), about="records")
    if certificate:
        click.echo(_certified(certificate))
    click.echo(f"Written to {out}; open {out / 'timeline.html'}.", err=not sys.stdout.isatty())


def _workers_on(cluster: str | None) -> PageWorkers | None:
    """Return workers on a cluster, for which alone Ray is loaded; None where none is asked for."""
    if cluster is None:
        return None
    try:
        room = import_module("openimr.records.cluster")
    except ModuleNotFoundError as error:
        if error.name != "ray":
            raise
        raise ClusterUnusable(
            asked=f"Read pages on the Ray cluster at {cluster}",
            found="the package ray is not installed.",
            remedy=(
                "Install it from requirements-cluster.txt as docs/cluster.md says, or leave --ray out to "
                "read on this machine alone."
            ),
        ) from error
    workers: PageWorkers = room.ClusterWorkers(cluster)
    return workers


def _print_lost(times: int) -> None:
    if times:
        click.echo(f"{times} times a machine or process of the cluster was lost at work.", err=True)


def _certified(certificate: Certificate) -> str:
    if certificate.state is Completeness.COMPLETE:
        return f"Complete: all that has to be sent is there ({certificate.citation})."
    if certificate.state is Completeness.ONLY_UR_DECISION:
        return "Only the utilization review letter is here: this cannot be decided."
    missing = len(certificate.missing)
    return f"Not complete: {missing} of what has to be sent is missing ({certificate.citation})."


def _decided_on(case: Case | None, given: datetime | None) -> date | None:
    if given is not None:
        return given.date()
    return case.dates.ur_decision.on if case and case.dates.ur_decision else None


def _progress(pages: Iterable[Page], total: int) -> Iterable[Page]:
    return with_progress(pages, total=total, words="Reading pages")


def _print(case_file: CaseFile) -> None:
    manifest = case_file.manifest
    title = f"{manifest.exhibits} exhibits, {manifest.pages} pages, {len(manifest.unread_pages)} unread"
    columns = ("#", "Type", "Title", "Service", "Report", "Author", "Pages", "Also at", "Remarks")
    print_table(title, columns, (_row(exhibit) for exhibit in case_file.exhibits))


def _row(exhibit: Exhibit) -> tuple[object, ...]:
    remarks = []
    if exhibit.after_denial:
        remarks.append("after the denial")
    if exhibit.unread_pages:
        remarks.append(f"not read: {ranges(exhibit.unread_pages)}")
    return (
        exhibit.id,
        exhibit.type.value.replace("_", " "),
        exhibit.title,
        exhibit.date_of_service,
        exhibit.report_date,
        exhibit.author,
        ranges(exhibit.pages),
        ranges(exhibit.also_at) or None,
        "; ".join(remarks) or None,
    )
