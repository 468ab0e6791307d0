"""Files that come in: whole, or piece by piece over a line that breaks; each becomes an event once.

The protocol is plain: a file is announced, its pieces follow with their
place and their hash, and the answer always says how much is there. A piece
is on disk before its row says so; what is sent again is written again.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import transaction

from openimr.casework.commands import ReceiveRecords
from openimr.casework.moments import moment_of
from openimr.casework.parts import CaseParty, ReceivedFile
from openimr.desk import job_plan, scanning, store
from openimr.desk.clamd import ScanState
from openimr.desk.clock import now
from openimr.desk.files import PIECE, path_of, store_file
from openimr.desk.models import Case, HeldFile, SourceFile, StoredFile, Upload, User
from openimr.records.filekinds import FileKind, file_kind, foreign_kind
from openimr.records.page_picture import count_pages
from openimr.terms.errors import InputError, OpenIMRError
from openimr.terms.period import Moment

# what one request carries; Django refuses more than 10 MB
MOST_PIECE = 4 * 2**20
# what the reader opens at most
MOST_BYTES = 500 * 2**20
# a file that was begun and not finished is forgotten after
KEPT = timedelta(days=14)
_HEAD = 1024
_MEDIA = {
    FileKind.PDF: "application/pdf",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.ZIP: "application/zip",
    FileKind.TEXT: "text/plain; charset=utf-8",
}


# what became of a file: an outcome of its case, or a row where it waits for the scanner
Taken = store.Outcome | HeldFile


class UploadRefused(InputError):
    """A file cannot be taken in: empty, too large, or of a kind that is not read."""

    code = "upload_refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutOfPlace:
    """A piece does not go on where the file ends; ``received`` is where it does."""

    received: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Damaged:
    """A piece is not what its hash says: it is to be sent again from ``received``."""

    received: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """What somebody says of a file before it comes."""

    name: str
    size: int
    submitter: CaseParty
    mark: str


def begin(case: Case, user: User, coming: Coming) -> Upload:
    """Return the row of a file that is announced: the one that was begun before, where there is one.

    Raises:
        UploadRefused: It is empty or too large.
    """
    _check_size(coming.name, coming.size)
    _forget(case, user)
    row, _ = Upload.objects.get_or_create(
        case=case,
        by=user,
        name=coming.name,
        size=coming.size,
        submitter=coming.submitter.value,
        mark=coming.mark,
    )
    _check_part(row)
    return row


def unfinished(case: Case, user: User) -> tuple[Upload, ...]:
    """Return the files that somebody began to send and has not finished."""
    return tuple(Upload.objects.filter(case=case, by=user, file=None, received__gt=0).order_by("began_at"))


def add_piece(case: Case, user: User, key: str, piece: Piece) -> Upload | OutOfPlace | Damaged | None:
    """Return the row of a file with one piece more; None where no such file was announced.

    Raises:
        UploadRefused: The first piece shows a kind of file that is not read, or more comes than was said.
    """
    with transaction.atomic():
        row = Upload.objects.select_for_update().filter(key=key, case=case, by=user).first()
        if row is None or row.file_id is not None:
            return row
        _check_part(row)
        if piece.offset != row.received:
            return OutOfPlace(received=row.received)
        if sha256(piece.data).hexdigest() != piece.sha256:
            return Damaged(received=row.received)
        if row.received + len(piece.data) > row.size:
            raise _refused(row.name, "more comes than was announced.", "Send the file anew.")
        if piece.offset == 0:
            _check_head(row.name, piece.data)
        _write(_part_of(row), piece)
        row.received += len(piece.data)
        row.save(update_fields=["received"])
        return row


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of a file: where it begins, its bytes, and the hash that the sender took of them."""

    offset: int
    data: bytes
    sha256: str


def finish(row: Upload, received_on: date | None) -> Taken:
    """Return what became of a file that came in whole: it is stored, and the case has its event.

    Raises:
        FileInfected: A virus was found in it.
    """
    with transaction.atomic():
        row = Upload.objects.select_for_update().get(pk=row.pk)
        if row.file is None:
            row.file = store_file(_pieces(_part_of(row)), media_type=_media_of(_part_of(row)))
            row.save(update_fields=["file"])
    _part_of(row).unlink(missing_ok=True)
    party = CaseParty(row.submitter)
    return receive(row.case, row.by, row.file, name=row.name, submitter=party, on=received_on)


def take_whole(
    case: Case,
    user: User,
    pieces: Iterable[bytes],
    *,
    name: str,
    size: int,
    submitter: CaseParty,
    on: date | None,
) -> Taken:
    """Return what became of a file that came in one request.

    Raises:
        FileInfected: A virus was found in it.
        UploadRefused: It is empty, too large, or of a kind that is not read.
    """
    _check_size(name, size)
    stored = store_file(_checked(name, pieces), media_type="")
    if not stored.media_type:
        StoredFile.objects.filter(pk=stored.pk).update(media_type=_media_of(path_of(stored.sha256)))
    return receive(case, user, stored, name=name, submitter=submitter, on=on)


def receive(
    case: Case, user: User, file: StoredFile, *, name: str, submitter: CaseParty, on: date | None
) -> Taken:
    """Return what became of a stored file that a party sent: scanned, counted, recorded, given to the reader.

    Raises:
        FileInfected: A virus was found in it: it was set apart, and the case has that as an event.
    """
    match scanning.look_at(file):
        case ScanState.INFECTED:
            scanning.refuse(case, file.sha256, name, submitter, by=user.actor)
            scanning.set_apart(file)
            raise scanning.infected(name, file.sha256)
        case ScanState.UNCHECKED:
            return scanning.hold(case, user, file, name=name, submitter=submitter, on=on)
    return _take_in(case, user, file, name=name, submitter=submitter, on=on, moment=now())


def scan_held() -> None:
    """Ask the scanner again about every file that waits for it: let in what is clean, refuse what is not."""
    for key in list(HeldFile.objects.order_by("pk").values_list("pk", flat=True)):
        held = HeldFile.objects.select_related("case", "file", "by").filter(pk=key).first()
        if held is not None:  # else it went with another one of the same content
            with suppress(OpenIMRError, OSError):  # the others are not kept waiting
                scan_again(held)


def scan_again(held: HeldFile) -> None:
    """Ask the scanner about one file that waits for it."""
    HeldFile.objects.filter(pk=held.pk).update(tries=held.tries + 1)
    state = scanning.look_at(held.file)
    if state is ScanState.INFECTED:
        scanning.set_apart(held.file)
    elif state is ScanState.CLEAN:
        _let_in(held)


def _let_in(held: HeldFile) -> None:
    """Receive a file that was held, as of the moment at which it came; it is held until the case takes it."""
    outcome = _take_in(
        held.case,
        held.by,
        held.file,
        name=held.name,
        submitter=CaseParty(held.submitter),
        on=held.received_on,
        moment=held.received_at,
    )
    known = {file.sha256 for file in store.state_of(held.case).records}
    if isinstance(outcome, store.Done) or held.file_id in known:
        held.delete()


def _take_in(
    case: Case,
    user: User,
    file: StoredFile,
    *,
    name: str,
    submitter: CaseParty,
    on: date | None,
    moment: datetime,
) -> store.Outcome:
    pages, _why = count_pages(path_of(file.sha256))
    received = ReceivedFile(
        sha256=file.sha256, name=name, submitter=submitter, pages=pages, received=_day(on, moment)
    )
    with transaction.atomic():
        command = ReceiveRecords(files=(received,))
        outcome = store.act(case.number, command, by=user.actor, expected=None)
        if isinstance(outcome, store.Done):
            SourceFile.objects.get_or_create(
                case=outcome.case,
                file=file,
                name=name,
                submitter=submitter.value,
                defaults={"by": user, "received_at": moment},
            )
            job_plan.start(outcome.case, outcome.state)
    return outcome


def _day(on: date | None, moment: datetime) -> Moment:
    """Return when a file came: the day that somebody says, or this moment."""
    today = moment_of(moment)
    return today if on is None or on == today.on else Moment(on)


def _check_size(name: str, size: int) -> None:
    if size == 0:
        raise _refused(name, "it is empty.", "Ask its sender for the complete file.")
    if size > MOST_BYTES:
        limit = MOST_BYTES >> 20
        raise _refused(name, f"it has more than {limit} MB.", "Send it in parts.")


def _check_head(name: str, head: bytes) -> None:
    kind = foreign_kind(head[:_HEAD])
    if kind is not None:
        raise _refused(
            name,
            f"it is {kind}, whatever its name says.",
            "PDF, TIFF, JPEG, PNG, Word documents, text and ZIP archives of these are read.",
        )


def _checked(name: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
    for number, piece in enumerate(pieces):
        if number == 0:
            _check_head(name, piece)
        yield piece


def _refused(name: str, found: str, remedy: str) -> UploadRefused:
    return UploadRefused(asked=f"Take in {name}", found=found, remedy=remedy)


def _part_of(row: Upload) -> Path:
    folder: Path = settings.ENVIRONMENT.files / ".incoming"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / row.key


def _check_part(row: Upload) -> None:
    """Let a file begin anew whose pieces are gone: a desk that was restored has the row without them."""
    part = _part_of(row)
    if row.file_id is None and row.received and (not part.is_file() or part.stat().st_size < row.received):
        row.received = 0
        row.save(update_fields=["received"])


def _write(path: Path, piece: Piece) -> None:
    """Write a piece at its place, and wait until the disk has it."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        view, at = memoryview(piece.data), piece.offset
        while view:
            written = os.pwrite(descriptor, view, at)
            view, at = view[written:], at + written
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def _media_of(path: Path) -> str:
    data = path.read_bytes()
    kind = file_kind(data)
    if kind is FileKind.PICTURE:
        marks = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg"}
        return next((media for mark, media in marks.items() if data.startswith(mark)), "image/tiff")
    return _MEDIA.get(kind, "application/octet-stream")


def _forget(case: Case, user: User) -> None:
    """Remove what somebody began to send long ago and never finished."""
    for row in Upload.objects.filter(case=case, by=user, file=None, began_at__lt=now() - KEPT):
        _part_of(row).unlink(missing_ok=True)
        row.delete()
