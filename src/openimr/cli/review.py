"""``openimr review``: review a case folder, or published letters anew."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from openimr import __version__
from openimr.cli.show import print_json_line, print_problems, print_table, with_progress
from openimr.cli.show_review import letter_rows, letter_table, print_review, review_summary
from openimr.determination.letter import letter_record
from openimr.determination.packet import link_pages, packet
from openimr.formats import OutputFolder, read_toml_file, to_json
from openimr.guidelines.library import load_library
from openimr.letters.read import LetterReader, letter_files
from openimr.letters.render import render
from openimr.panel.read import read_panel
from openimr.records.read import read_case_file
from openimr.review import LetterReview, Step, review, review_letter
from openimr.terms.case import Case
from openimr.terms.determination import Adoption
from openimr.terms.errors import FileMissing, InputError
from openimr.terms.issuance import Issuance
from openimr.terms.problem import Problem
from openimr.terms.records import CaseFile
from openimr.terms.review import Review

_PROGRAMME_NAMES = {"us_ca_wc": "California Workers' Compensation Independent Medical Review"}


@click.command(
    name="review",
    help=(
        "Review a case folder: eligibility and dates, the choice of the reviewer, records, exhibits, "
        "facts, guideline criteria, and a draft; with an adoption.toml in the folder, the determination "
        "that the physician adopted.\n\n"
        "CASE_DIR holds case.toml, panel.toml, records/ and, once a physician has decided, adoption.toml. "
        "The results are letter.pdf, letter.html, letter.json and packet.html. Without an adoption the "
        "letter is a draft and holds no outcome: software never decides.\n\n"
        "With --from-letter the paths are published letters: each is reviewed from its clinical summary "
        "alone, and our findings are printed beside its outcome."
    ),
    epilog="Example: openimr review examples/baclofen-spasm --out out/baclofen",
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--out", type=click.Path(path_type=Path), help="The folder for the results [out/<case folder>]."
)
@click.option("--from-letter", "from_letter", is_flag=True, help="The paths are published letters.")
@click.option(
    "--known",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Other cases to compare with for duplicates: a case.toml, or a folder of case folders.",
)
@click.option("--seed", type=int, help="Repeats the draw between equal reviewers [drawn by the system].")
@click.option(
    "--guidelines",
    "packs",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A folder with a guideline pack of your own; may be repeated.",
)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Print JSON: one line a case, or one line a disputed item of a letter.",
)
def command(
    paths: tuple[Path, ...],
    out: Path | None,
    from_letter: bool,
    known: tuple[Path, ...],
    seed: int | None,
    packs: tuple[Path, ...],
    as_json: bool,
) -> None:
    """Review and print."""
    if from_letter:
        _review_letters(paths, packs, as_json=as_json)
        return
    if len(paths) > 1:
        raise click.UsageError("Name one case folder; for several letters use --from-letter.")
    folder = paths[0]
    others = tuple(read_toml_file(path, Case) for path in _case_files(known))
    drawn = secrets.randbits(63) if seed is None else seed
    done = _review_folder(folder, others, drawn, packs)
    target = out or Path("out") / folder.resolve().name
    written = _write(done, folder, target)
    if as_json:
        print_json_line({**review_summary(done), "seed": drawn, "files": written})
    else:
        print_review(done, written)


def _case_files(known: tuple[Path, ...]) -> Iterator[Path]:
    for path in known:
        if path.is_dir():
            yield from sorted(path.glob("**/case.toml"))
        else:
            yield path


def _review_folder(folder: Path, others: tuple[Case, ...], seed: int, packs: tuple[Path, ...]) -> Review:
    if not folder.is_dir():
        raise FileMissing(
            asked=f"Review {folder}",
            found="there is no such folder.",
            remedy="Name a case folder: it holds case.toml, panel.toml and records/.",
        )
    case = read_toml_file(folder / "case.toml", Case)
    adoption_file = folder / "adoption.toml"
    ur_decision = case.dates.ur_decision

    def open_file() -> tuple[CaseFile, tuple[Problem, ...]]:
        return read_case_file(folder / "records", ur_decided_on=ur_decision.on if ur_decision else None)

    step = Step(
        panel=read_panel(folder / "panel.toml"),
        adoption=read_toml_file(adoption_file, Adoption) if adoption_file.exists() else None,
        open_file=open_file,
        seed=seed,
        others=tuple(other for other in others if other != case),
        packs=packs,
    )
    return review(case, step)


def _write(done: Review, folder: Path, target: Path) -> list[str]:
    """Write the letter, the packet and the source files; nothing where nothing was drafted."""
    if done.draft is None or done.case_file is None:
        return []
    programme = done.case.case.programme
    record = letter_record(
        done, programme_name=_PROGRAMME_NAMES.get(programme, programme), software_version=__version__
    )
    assert isinstance(record.issuance, Issuance)
    files = {
        "letter.pdf": render(record, record.issuance, to="pdf"),
        "letter.html": link_pages(render(record, record.issuance, to="html").decode()).encode(),
        "letter.json": to_json(record),
        "packet.html": packet(done).encode(),
    }
    if done.determination is not None:
        files["letter-published.pdf"] = render(record, record.issuance, to="pdf", version="published")
    with OutputFolder(target) as output:
        for name, data in files.items():
            output.write(name, data)
        for source in done.case_file.manifest.files:
            output.write(f"records/{source.name}", (folder / "records" / source.name).read_bytes())
    return [str(target / name) for name in files]


def _review_letters(paths: tuple[Path, ...], packs: tuple[Path, ...], *, as_json: bool) -> None:
    failed = 0
    files = list(letter_files(paths))
    reviewed: list[LetterReview] = []
    with LetterReader() as reader:
        for path in with_progress(files, total=len(files), words="Reviewing letters"):
            try:
                parsed, _ = reader.parse(path)
            except InputError as error:
                failed += 1
                click.echo(f"Error: {path}: {error}", err=True)
                continue
            reviewed.append(review_letter(parsed.letter, packs))
    for done in reviewed:
        if as_json:
            for row in letter_rows(done, load_library(packs)):
                print_json_line(row)
        print_problems(
            (p for p in done.letter.problems if p.field.startswith("disputes")),
            about=done.letter.source or "letter",
        )
    if not as_json:
        print_table(*letter_table(reviewed))
    if failed:
        click.echo(f"{failed} of {len(files)} files could not be read as letters.", err=True)
        sys.exit(2)
