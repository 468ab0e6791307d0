"""One page of the case file: its picture beside its text, with quoted words marked, and its neighbours."""

from __future__ import annotations

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from openimr.desk import readings, scanning, store
from openimr.desk.access import CaseRequest, page
from openimr.desk.files import path_of
from openimr.desk.models import Reading, ReadPage
from openimr.desk.pages.boundaries import SETTERS
from openimr.desk.pages.case_file import last_of
from openimr.desk.pages.case_file_rows import boxes, exhibit_of, marked
from openimr.desk.pages.outcomes import tell
from openimr.desk.pages.records import READ_BY
from openimr.desk.pictures import page_picture
from openimr.terms.errors import InputError
from openimr.terms.records import Manifest

_SALT = "picture of a page"
# a page that was opened shows its picture for so long, in seconds
_SHOWN_FOR = 900


@page(READ_BY)
@require_GET
def show(request: CaseRequest, number: str, place: int) -> HttpResponse:
    """Return one page of the bundle; that it was read is recorded."""
    found = _opened(request, place)
    if isinstance(found, HttpResponse):
        return found
    reading, row = found
    shown = readings.page_of(row)
    start, end = _number(request, "start"), _number(request, "end")
    manifest = readings.manifest_of(reading)
    own, again = exhibit_of(readings.exhibits_of(reading), place)
    context = {
        "case": request.case,
        "sees_reading": True,
        "page": shown,
        "pages": manifest.pages,
        "pieces": marked(shown.text, start, end),
        "boxes": boxes(shown, start, end),
        "exhibit": own or again,
        "is_copy": own is None and again is not None,
        "file": next((f for f in manifest.files if f.sha256 == shown.document), None),
        "stored": stored_of(manifest, shown.document),
        "has_picture": bool(shown.width_pt and shown.height_pt),
        "begins": own is not None and own.pages[0] == place,
        "may_set": (
            row.document_page > 1
            and request.user.acts_as in (SETTERS.roles or ())
            and store.state_of(request.case).seal is None
        ),
        "ticket": signing.dumps([request.user.pk, row.pk], salt=_SALT),
        "previous": place - 1 if place > 1 else None,
        "next": place + 1 if place < manifest.pages else None,
    }
    return render(request, "desk/records/page.html", context)


@page(READ_BY)
@require_GET
def picture(request: CaseRequest, number: str, place: int) -> HttpResponse:
    """Return the picture of a page: of one that was just opened, else that it was read is recorded here."""
    row = _of_ticket(request, place)
    if row is None:
        found = _opened(request, place)
        if isinstance(found, HttpResponse):
            return found
        row = found[1]
    stored = stored_of(readings.manifest_of(row.reading), row.document)
    if not scanning.may_open(stored):
        told = "A virus was found in the file of this page, or it was not checked: it has no picture.\n"
        return HttpResponse(told, content_type="text/plain", status=422)
    try:
        data = page_picture(path_of(stored), document=row.document, number=row.document_page)
    except InputError as error:
        return HttpResponse(f"{error.found} {error.remedy}\n", content_type="text/plain", status=422)
    if data is None:
        return HttpResponse("The page is text and has no picture.\n", content_type="text/plain", status=422)
    return HttpResponse(data, content_type="image/png")


def _opened(request: CaseRequest, place: int) -> tuple[Reading, ReadPage] | HttpResponse:
    """Return a page for somebody who may read it, with the read in the log; else the way back."""
    number = request.case.number
    reading = last_of(request)
    row = reading.pages.filter(number=place).first() if reading is not None else None
    if reading is None or row is None:
        messages.warning(request, f"There is no page {place}, or it was not read yet.")
        return redirect("case-records", number=number)
    pages = (row.document_page,)
    outcome = store.note_read(number, row.document, by=request.user.actor, pages=pages)
    if not isinstance(outcome, store.Done):
        tell(request, outcome)
        return redirect("case", number=number)
    return reading, row


def _of_ticket(request: CaseRequest, place: int) -> ReadPage | None:
    """Return the page that the same person opened a moment ago, whose read is in the log."""
    try:
        user, key = signing.loads(request.GET.get("ticket", ""), salt=_SALT, max_age=_SHOWN_FOR)
    except signing.BadSignature:
        return None
    if user != request.user.pk:
        return None
    found = ReadPage.objects.filter(pk=key, number=place, reading__case=request.case)
    return found.select_related("reading").defer("text", "words").first()


def stored_of(manifest: Manifest, document: str) -> str:
    """Return the hash of the stored file that a document is, or that it was packed in.

    Raises:
        Http404: The manifest does not know the document.
    """
    named = next((file for file in manifest.files if file.sha256 == document), None)
    if named is None:
        raise Http404
    outer = named.name.split("/")[0]
    return next((file.sha256 for file in manifest.files if file.name == outer), document)


def _number(request: CaseRequest, name: str) -> int | None:
    told = request.GET.get(name, "")
    return int(told) if told.isdecimal() and len(told) < 9 else None
