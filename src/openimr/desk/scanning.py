"""Files that come in are shown to a virus scanner: infected ones are set apart, unseen ones are held.

Without ``OPENIMR_CLAMD`` nothing is scanned, and pages say so. A file that the
scanner could not be asked about is no part of the case, and is asked about
again every minute; only the answer that it is clean lets it in.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import Exists, F, Model, OuterRef, ProtectedError, QuerySet, Subquery

from openimr.casework.commands import AddNote, RefuseFile
from openimr.casework.parts import CaseParty
from openimr.casework.roles import Actor, Role
from openimr.desk import store
from openimr.desk.clamd import Scanned, ScanState, scan
from openimr.desk.clock import now
from openimr.desk.files import PIECE, open_file, path_of
from openimr.desk.models import Case, FileScan, HeldFile, SourceFile, StoredFile, Upload, User
from openimr.terms.errors import InputError, OpenIMRError

LOG = logging.getLogger(__name__)
SOFTWARE = Actor(id="desk", role=Role.SYSTEM)
# so many files that were never scanned are scanned once a minute
MOST_UNSCANNED = 50
# a file that the scanner could not be asked about is asked about again after
ASKED_AGAIN = timedelta(hours=1)
ALL_SCANNED = "desk-all-files-scanned"
NO_SCANNER = "No virus scanner is configured: files that come in are not scanned (OPENIMR_CLAMD)."


class FileInfected(InputError):
    """A virus was found in a file; it was set apart and is no part of any case."""

    code = "file_infected"


def is_configured() -> bool:
    """Return whether files are shown to a scanner."""
    return settings.ENVIRONMENT.clamd is not None


def look_at(file: StoredFile) -> ScanState:
    """Return what is known of a stored file, the scanner asked unless it found it clean before.

    Without a scanner every file counts as one that may be let in, but for what was found infected before.
    """
    where = settings.ENVIRONMENT.clamd
    known = FileScan.objects.filter(pk=file.pk).values_list("state", flat=True).first()
    if known == ScanState.CLEAN.value:
        return ScanState.CLEAN
    if where is None:
        return ScanState.INFECTED if known == ScanState.INFECTED.value else ScanState.CLEAN
    with open_file(file.sha256) as content:
        found = scan(where, iter(lambda: content.read(PIECE), b""))
    keep(file.sha256, found)
    return found.state


def keep(sha256: str, found: Scanned) -> None:
    """Keep what the scanner said of a content."""
    told = {"state": found.state.value, "signature": found.signature, "scanned_at": now()}
    FileScan.objects.update_or_create(pk=sha256, defaults=told)


def may_open(sha256: str) -> bool:
    """Return whether a stored file may be opened: nothing infected, and with a scanner nothing held.

    What a case has from before it could be asked about stays open until a virus is found in it.
    """
    known = FileScan.objects.filter(pk=sha256).first()
    if known is None or known.state == ScanState.CLEAN.value:
        return True
    if known.state == ScanState.INFECTED.value:
        return False
    return not is_configured() or SourceFile.objects.filter(file_id=sha256).exists()


def infected_of(sources: Iterable[SourceFile]) -> tuple[str, ...]:
    """Return the names of the files of a case in which a virus was found after they had been received."""
    of_name = {source.file_id: source.name for source in sources}
    found = FileScan.objects.filter(pk__in=of_name, state=ScanState.INFECTED.value)
    return tuple(sorted(of_name[one.pk] for one in found))


def infected(name: str, sha256: str) -> FileInfected:
    """Return the error that tells whoever sent a file that it is infected."""
    found = FileScan.objects.filter(pk=sha256).first()
    what = f" ({found.signature})" if found is not None and found.signature else ""
    return FileInfected(
        asked=f"Take in {name}",
        found=f"a virus was found in it{what}; it was not taken in.",
        remedy="Clean the computer it comes from, make the file anew and send it again.",
    )


def set_apart(file: StoredFile) -> tuple[str, ...]:
    """Return what still holds an infected file, in words; nothing where it was moved out of the stored files.

    What a case, a sending or a batch has from before stays as their proof; what came in is closed. Files
    that waited for the scanner are refused in their cases, each in one transaction with its event.
    """
    for held in HeldFile.objects.filter(file=file).select_related("case"):
        with transaction.atomic():
            refuse(held.case, file.sha256, held.name, CaseParty(held.submitter), by=SOFTWARE)
            held.delete()
    with transaction.atomic():
        # whoever is about to hold the file waits for the lock
        locked = StoredFile.objects.select_for_update().filter(pk=file.pk).first()
        if locked is None:
            return ()
        Upload.objects.filter(file=locked).delete()
        try:
            locked.delete()
        except ProtectedError as error:
            holders = tuple(sorted(map(_holder_words, error.protected_objects)))
            LOG.warning("The infected file %s stays, closed: held by %s.", file.pk[:16], "; ".join(holders))
            return holders
        _move_out(file.pk)  # last: where it cannot be moved, its row stays too
    return ()


def _move_out(sha256: str) -> None:
    folder: Path = settings.ENVIRONMENT.data / "quarantine"
    folder.mkdir(mode=0o700, exist_ok=True)
    source = path_of(sha256)
    if source.is_file():
        os.replace(source, folder / sha256)
        (folder / sha256).chmod(0o400)


def _holder_words(row: Model) -> str:
    """Return a row that holds a file: what it is, of which case; never a name that somebody gave it."""
    case = getattr(row, "case", None)
    of_case = f" of case {case.number}" if isinstance(case, Case) else ""
    return f"{row._meta.verbose_name} {row.pk}{of_case}"


def refuse(case: Case, sha256: str, name: str, submitter: CaseParty, *, by: Actor) -> None:
    """Record in a case that an infected file was not taken in."""
    row = FileScan.objects.filter(pk=sha256).first()
    why = f"A virus was found in it: {row.signature if row else 'not named'}."
    command = RefuseFile(sha256=sha256, name=name, submitter=submitter, why=why)
    store.act(case.number, command, by=by, expected=None)


def hold(
    case: Case, user: User, file: StoredFile, *, name: str, submitter: CaseParty, on: date | None
) -> HeldFile:
    """Return the row of a file that waits for the scanner."""
    about = {"name": name, "by": user, "received_on": on, "received_at": now()}
    row, _ = HeldFile.objects.get_or_create(case=case, file=file, submitter=submitter.value, defaults=about)
    return row


def scan_unscanned(most: int = MOST_UNSCANNED) -> int:
    """Return how many files were scanned that came in while there was no scanner, or it was away.

    Files that the desk made itself (sendings and batches) came from nobody and are left out. It ends at the
    first one that the scanner gives no answer about: one that is away is not asked again and again, and a
    file that is too large for it comes last from then on. Where all are scanned it looks again in an hour.
    """
    if not is_configured() or cache.get(ALL_SCANNED):
        return 0
    done = 0
    files = list(_unscanned()[:most])
    for file in files:
        try:
            state = look_at(file)
            if state is ScanState.INFECTED:  # closed from now on, whatever becomes of the rest
                _tell_cases(file)
                set_apart(file)
        except (
            OpenIMRError,
            OSError,
        ) as error:  # one that is gone, or cannot be moved, keeps no other waiting
            LOG.warning("The file %s was not scanned or set apart: %s", file.pk[:16], type(error).__name__)
            _not_scanned(file, type(error).__name__)
            continue
        if state is ScanState.UNCHECKED:
            return done
        done += 1
    if done < most:  # what comes in now is scanned as it comes
        cache.set(ALL_SCANNED, True, ASKED_AGAIN.total_seconds())
    return done


def _not_scanned(file: StoredFile, why: str) -> None:
    """Keep that a file could not be scanned, unless it is known to be infected."""
    told = {"state": ScanState.UNCHECKED.value, "signature": why, "scanned_at": now()}
    FileScan.objects.exclude(state=ScanState.INFECTED.value).filter(pk=file.pk).update(**told)
    FileScan.objects.get_or_create(pk=file.pk, defaults=told)


def _unscanned() -> QuerySet[StoredFile]:
    """Return the stored files that nothing is known of: those never asked about first, then the rest."""
    known = FileScan.objects.filter(pk=OuterRef("pk"))
    settled = known.exclude(state=ScanState.UNCHECKED.value, scanned_at__lt=now() - ASKED_AGAIN)
    files = StoredFile.objects.filter(sending=None, printbatch=None, heldfile=None)
    asked = files.filter(~Exists(settled)).annotate(asked_at=Subquery(known.values("scanned_at")))
    return asked.order_by(F("asked_at").asc(nulls_first=True), "pk")


def _tell_cases(file: StoredFile) -> None:
    """Note in every case that has an infected file from before that it is closed, and what to do."""
    told = f"A virus was found in the file {file.pk[:16]}, which was received before it could be scanned. "
    told += "Nobody can open it any more; ask its sender for a clean copy."
    for number in set(SourceFile.objects.filter(file=file).values_list("case__number", flat=True)):
        store.act(number, AddNote(text=told), by=SOFTWARE, expected=None)
