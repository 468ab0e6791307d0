"""What is read of the records of a case: put together from stored files, kept page by page.

A reading is named by the hash of everything that it depends on: the files in
the order of their receipt, who sent them and when, the day of the decision
under review, and where people say that documents begin.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import transaction

from openimr.casework.case_state import CaseState
from openimr.casework.parts import ReceivedFile
from openimr.desk import store
from openimr.desk.files import open_file, path_of
from openimr.desk.models import Boundary, Case, Reading, ReadPage
from openimr.facts.chronology import chronology
from openimr.facts.chronology_drawing import Picture, draw_courses, draw_pain
from openimr.facts.drug_courses import drug_courses, mme_by_day
from openimr.facts.extract import extract_facts
from openimr.formats import from_json, to_json_line
from openimr.formats.writing import canonical
from openimr.guidelines.morphine import morphine_factors
from openimr.law.calendars import local_day
from openimr.records.cache import PageCache
from openimr.records.ocr_pool import OcrPool
from openimr.records.read import Progress, read_paths
from openimr.records.sources import find_sources
from openimr.records.split_list import Split, SplitList
from openimr.terms.chronology import Entry
from openimr.terms.facts import Facts
from openimr.terms.problem import Problem
from openimr.terms.records import CaseFile, Exhibit, Manifest, Page, ReadBy, Word

# part of every input: a change of how files are put together makes earlier readings other ones
PUT_TOGETHER = 1
# what names of files may not hold when they stand in a folder
_FORBIDDEN = str.maketrans(dict.fromkeys("/\\\x00" + "".join(map(chr, range(1, 32))), "_"))
_MOST_NAME = 120
_AT_ONCE = 200


def input_of(state: CaseState, boundaries: Sequence[Boundary]) -> str:
    """Return the hash of everything that a reading of a case depends on."""
    decided = state.case.dates.ur_decision
    told = {
        "put_together": PUT_TOGETHER,
        "files": [(f.sha256, f.name, f.submitter, local_day(f.received)) for f in state.records],
        "decided_on": decided.on if decided else None,
        "boundaries": sorted((b.document, b.page, b.begins) for b in boundaries),
    }
    return sha256(canonical(told)).hexdigest()


def boundaries_of(case: Case) -> tuple[Boundary, ...]:
    """Return where people say that documents of a case begin."""
    return tuple(Boundary.objects.filter(case=case).order_by("pk"))


def current(case: Case, state: CaseState) -> Reading | None:
    """Return the reading of the files as they are now, if they were read."""
    wanted = input_of(state, boundaries_of(case))
    found = Reading.objects.filter(case=case, input=wanted)
    return found.defer("facts", "chronology").first()


def shown(case: Case, state: CaseState) -> Reading | None:
    """Return the reading to look at: that of the files as they are now, else the last one there is."""
    found = Reading.objects.filter(case=case).defer("facts", "chronology").order_by("-pk")
    return current(case, state) or found.first()


def sealed(case: Case, state: CaseState) -> Reading | None:
    """Return the reading that was closed for review, if there is one."""
    if state.seal is None:
        return None
    return Reading.objects.filter(case=case, seal=state.seal).order_by("pk").first()


def read(case: Case, state: CaseState, progress: Progress) -> tuple[CaseFile, tuple[Problem, ...]]:
    """Return the records of a case as a case file, read from its stored files.

    Raises:
        StoredFileDamaged: A file is not there.
    """
    before = sealed(case, state)
    decided = state.case.dates.ur_decision
    root: Path = settings.ENVIRONMENT.files
    with tempfile.TemporaryDirectory(dir=root, prefix=".reading-") as folder:
        told = {
            name: (file.submitter.value, local_day(file.received))
            for name, file in lay_out(state.records, Path(folder)).items()
        }
        with OcrPool(cache=PageCache(settings.ENVIRONMENT.data / "pages")) as ocr:
            return read_paths(
                [Path(folder)],
                submitted=told,
                ur_decided_on=decided.on if decided else None,
                progress=progress,
                ocr=ocr,
                splits=_splits(boundaries_of(case), Path(folder)),
                after=manifest_of(before) if before else None,
            )


def lay_out(records: Sequence[ReceivedFile], folder: Path) -> dict[str, ReceivedFile]:
    """Return stored files by the names that they got in a folder, put there in the order of their receipt."""
    named = {}
    for number, file in enumerate(records, 1):
        name = f"{number:03} {file.name.translate(_FORBIDDEN)[-_MOST_NAME:]}"
        with open_file(file.sha256):
            pass  # a file that is gone is told as such
        try:
            os.link(path_of(file.sha256), folder / name)
        except OSError:  # a system of files without a second name for one file
            shutil.copyfile(path_of(file.sha256), folder / name)
        named[name] = file
    return named


def _splits(boundaries: Sequence[Boundary], folder: Path) -> SplitList:
    """Return what people say of boundaries in the words of the reader, which names files."""
    if not boundaries:
        return SplitList()
    names = {source.sha256: source.name for source in find_sources([folder])}
    return SplitList(
        split=tuple(
            Split(page=b.page, file=names[b.document], begins=b.begins)
            for b in boundaries
            if b.document in names
        )
    )


def save(case: Case, wanted: str, case_file: CaseFile, problems: Sequence[Problem]) -> Reading:
    """Return the stored reading; where somebody else stored it in the meantime, theirs."""
    with transaction.atomic():
        reading, is_new = Reading.objects.get_or_create(
            case=case,
            input=wanted,
            defaults={
                "seal": case_file.manifest.seal,
                "manifest": to_json_line(case_file.manifest).decode(),
                "exhibits": to_json_line(case_file.exhibits).decode(),
                "problems": to_json_line(tuple(problems)).decode(),
            },
        )
        if is_new:
            rows = (_row(reading, page) for page in case_file.pages)
            ReadPage.objects.bulk_create(rows, batch_size=_AT_ONCE)
    return reading


def _row(reading: Reading, page: Page) -> ReadPage:
    return ReadPage(
        reading=reading,
        number=page.bundle_page,
        document=page.document,
        document_page=page.number,
        text=page.text.replace("\x00", "\ufffd"),  # the database takes every character but this one
        read_by=page.read_by.value,
        confidence=page.confidence,
        unread_because=page.unread_because,
        copied_from=page.copied_from,
        width_pt=page.width_pt,
        height_pt=page.height_pt,
        words=zlib.compress(to_json_line(page.words), 1),
    )


def page_of(row: ReadPage, *, with_words: bool = True) -> Page:
    """Return a stored page as the term."""
    words: tuple[Word, ...] = ()
    if with_words:
        words = from_json(zlib.decompress(bytes(row.words)), tuple[Word, ...], name="the words of a page")
    return Page(
        document=row.document,
        number=row.document_page,
        bundle_page=row.number,
        text=row.text,
        read_by=ReadBy(row.read_by),
        confidence=row.confidence,
        unread_because=row.unread_because,
        copied_from=row.copied_from,
        words=words,
        width_pt=row.width_pt,
        height_pt=row.height_pt,
    )


def manifest_of(reading: Reading) -> Manifest:
    """Return the manifest of a reading."""
    return from_json(reading.manifest, Manifest, name="the manifest")


def exhibits_of(reading: Reading) -> tuple[Exhibit, ...]:
    """Return the exhibits of a reading."""
    return from_json(reading.exhibits, tuple[Exhibit, ...], name="the exhibits")


def problems_of(reading: Reading) -> tuple[Problem, ...]:
    """Return what a person should know of a reading."""
    return from_json(reading.problems, tuple[Problem, ...], name="the problems")


def case_file_of(reading: Reading, *, with_words: bool = False) -> CaseFile:
    """Return a whole reading as a case file; the boxes of the words only where they are wanted."""
    rows = reading.pages.order_by("number")
    if not with_words:
        rows = rows.defer("words")
    return CaseFile(
        manifest=manifest_of(reading),
        pages=tuple(page_of(row, with_words=with_words) for row in rows),
        exhibits=exhibits_of(reading),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Chronology:
    """What a record says in the order of its days, and its pictures: of the drugs, of the pain scores."""

    entries: tuple[Entry, ...]
    drugs: Picture | None
    pain: Picture | None


def extract(reading: Reading) -> None:
    """Extract the facts of a reading and store them, with the chronology and its pictures."""
    case_file = case_file_of(reading)
    patient = store.state_of(reading.case).case.patient.name
    facts = extract_facts(case_file.pages, case_file.exhibits, patient=patient)
    entries = chronology(facts, case_file, morphine_factors)
    # what stands on the copy of a page is told once
    copies = {page for exhibit in case_file.exhibits for page in exhibit.also_at}
    bundle = {(page.document, page.number): page.bundle_page for page in case_file.pages}
    told = [f for f in facts.facts if bundle[f.seen_at.document, f.seen_at.page] not in copies]
    courses = drug_courses(told, bundle, morphine_factors)
    made = Chronology(
        entries=entries, drugs=draw_courses(courses, mme_by_day(courses)), pain=draw_pain(entries)
    )
    save_facts(reading, facts, made)


def save_facts(reading: Reading, facts: Facts, made: Chronology) -> None:
    """Store what was extracted of a reading."""
    Reading.objects.filter(pk=reading.pk).update(
        facts=zlib.compress(to_json_line(facts)), chronology=zlib.compress(to_json_line(made))
    )


def has_facts(reading: Reading) -> bool:
    """Return whether the facts of a reading were extracted."""
    return Reading.objects.filter(pk=reading.pk, facts__isnull=False).exists()


def facts_of(reading: Reading) -> Facts | None:
    """Return the facts of a reading, if they were extracted."""
    packed = Reading.objects.values_list("facts", flat=True).get(pk=reading.pk)
    return None if packed is None else from_json(zlib.decompress(bytes(packed)), Facts, name="the facts")


def chronology_of(reading: Reading) -> Chronology | None:
    """Return the chronology of a reading, if it was made."""
    packed = Reading.objects.values_list("chronology", flat=True).get(pk=reading.pk)
    if packed is None:
        return None
    return from_json(zlib.decompress(bytes(packed)), Chronology, name="the chronology")
