"""Files that come in: a plain form, and the two addresses that a script sends pieces to.

``uploads`` announces a file and answers how much of it is there; ``piece``
takes the next piece (``Upload-Offset``, ``Piece-Sha256``) and answers the
same. 409 says that a piece is out of place, 422 that it came damaged, 400
that the file is refused. The last piece answers what became of the file.
"""

from __future__ import annotations

from datetime import date

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from openimr.casework.action_names import Action
from openimr.casework.actions import available_actions, rows_of
from openimr.casework.conditions import answers_for
from openimr.casework.decide import Refused
from openimr.casework.parts import CaseParty
from openimr.casework.roles import Role
from openimr.desk import incoming, store
from openimr.desk.access import CaseRequest, only, page
from openimr.desk.clock import today
from openimr.desk.incoming import Coming, Damaged, OutOfPlace, Piece, UploadRefused
from openimr.desk.models import HeldFile, Upload
from openimr.desk.pages.outcomes import tell
from openimr.desk.pages.record_rows import PARTY_WORDS
from openimr.desk.scanning import FileInfected

_SENDERS = sorted({role for row in rows_of(Action.RECEIVE_RECORDS) for role in row.by})
_MAY_SEND = only(*_SENDERS, case=True)
_SENDS = only(*_SENDERS, case=True, form=True)
_KINDS = ".pdf,.tif,.tiff,.jpg,.jpeg,.png,.docx,.txt,.zip"


class _AboutFile(forms.Form):
    """For whom a file is sent, and when it came."""

    submitter = forms.ChoiceField(label="Who sends it")
    received_on = forms.DateField(
        label="Day on which it was received",
        required=False,
        help_text="Leave empty for today. For mail, the day on which it arrived.",
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, role: Role, *arguments: object, **named: object) -> None:
        super().__init__(*arguments, **named)  # type: ignore[arg-type]  # passed on as they come
        parties = sorted(answers_for(role), key=list(CaseParty).index)
        choices = [(party.value, PARTY_WORDS[party]) for party in parties]
        submitter = self.fields["submitter"]
        assert isinstance(submitter, forms.ChoiceField)
        submitter.choices = choices
        if role in (Role.APPLICANT, Role.PAYER):
            del self.fields["received_on"]

    def clean_received_on(self) -> date | None:
        """Return the day, which is none to come."""
        on: date | None = self.cleaned_data["received_on"]
        if on is not None and on > today():
            raise forms.ValidationError("That day is still to come.")
        return on

    @property
    def party(self) -> CaseParty:
        """Return the party that sends it."""
        return CaseParty(self.cleaned_data["submitter"])

    @property
    def on(self) -> date | None:
        """Return the day that was told, if any."""
        on: date | None = self.cleaned_data.get("received_on")
        return on


# what is told of a file that waits for the scanner
HELD = "The file is kept and not yet checked: the virus scanner cannot be reached. It is received once it is."


class FileForm(_AboutFile):
    """One file, sent whole."""

    file = forms.FileField(
        label="File",
        max_length=255,
        help_text=f"PDF, TIFF, JPEG, PNG, Word, text or ZIP; at most {incoming.MOST_BYTES >> 20} MB.",
        widget=forms.FileInput(attrs={"accept": _KINDS}),
    )


class ComingForm(_AboutFile):
    """A file that is announced before it comes in pieces."""

    name = forms.CharField(max_length=255)
    size = forms.IntegerField(min_value=0)
    mark = forms.RegexField(r"^[0-9a-z-]{1,100}$")


@page(_MAY_SEND)
def receive(request: CaseRequest, number: str) -> HttpResponse:
    """Return the page on which files are sent, or take in one that was sent whole."""
    form = FileForm(request.user.acts_as, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            outcome = incoming.take_whole(
                request.case,
                request.user,
                sent.chunks(),
                name=sent.name,
                size=sent.size,
                submitter=form.party,
                on=form.on,
            )
        except (UploadRefused, FileInfected) as error:
            form.add_error("file", f"{error.found[:1].upper()}{error.found[1:]} {error.remedy}")
        else:
            if isinstance(outcome, HeldFile):
                messages.warning(request, HELD)
            else:
                tell(request, outcome)
            return redirect("case-records", number=number)
    state = store.state_of(request.case)
    context = {
        "case": request.case,
        "form": form,
        "piece": incoming.MOST_PIECE,
        "unfinished": incoming.unfinished(request.case, request.user),
        "is_possible": Action.RECEIVE_RECORDS in available_actions(state, request.user.acts_as),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/records/receive.html", context, status=status)


@page(_SENDS)
def announce(request: CaseRequest, number: str) -> HttpResponse:
    """Answer how much is there of a file that somebody is about to send, or sent in part before."""
    form = ComingForm(request.user.acts_as, request.POST)
    state = store.state_of(request.case)
    if Action.RECEIVE_RECORDS not in available_actions(state, request.user.acts_as):
        return _no("Records are not received at this stage of the case.")
    if not form.is_valid():
        return _no(" ".join(f"{error}" for errors in form.errors.values() for error in errors))
    told = form.cleaned_data
    try:
        row = incoming.begin(
            request.case,
            request.user,
            Coming(name=told["name"], size=told["size"], submitter=form.party, mark=told["mark"]),
        )
    except UploadRefused as error:
        return _no(f"{error.found} {error.remedy}")
    return JsonResponse(
        {
            "received": row.received,
            "done": row.file_id is not None,
            "to": reverse("case-upload-piece", args=[number, row.key]),
        }
    )


@page(_SENDS)
def piece(request: CaseRequest, number: str, key: str) -> HttpResponse:
    """Take the next piece of a file; with the last one the file is received."""
    about = _AboutFile(
        request.user.acts_as, {"submitter": _any(request), "received_on": request.headers.get("Received-On")}
    )
    offset = request.headers.get("Upload-Offset", "")
    if not offset.isdecimal() or not about.is_valid():
        return _no("The place of the piece, or the day of its receipt, is not stated.")
    came = Piece(
        offset=int(offset), data=request.body, sha256=request.headers.get("Piece-Sha256", "").lower()
    )
    try:
        taken = incoming.add_piece(request.case, request.user, key, came)
    except UploadRefused as error:
        return _no(f"{error.found} {error.remedy}")
    if taken is None:
        raise Http404
    if isinstance(taken, OutOfPlace):
        return JsonResponse({"received": taken.received}, status=409)
    if isinstance(taken, Damaged):
        return JsonResponse({"received": taken.received}, status=422)
    if taken.received < taken.size:
        return JsonResponse({"received": taken.received, "done": False})
    return _received(request, taken, about.on)


def _received(request: CaseRequest, row: Upload, on: date | None) -> HttpResponse:
    """Answer what became of a file that is there in whole."""
    try:
        outcome = incoming.finish(row, on)
    except FileInfected as error:
        return _no(f"{error.found} {error.remedy}")
    if isinstance(outcome, HeldFile):
        messages.warning(request, HELD)
        return JsonResponse({"received": row.size, "done": True, "said": HELD, "was_new": True})
    if isinstance(outcome, Refused):
        said = " ".join(f"{reason.found} {reason.remedy}" for reason in outcome.reasons)
        return JsonResponse({"received": row.size, "done": True, "said": said, "was_new": False})
    messages.success(request, f"{row.name} was received.")
    return JsonResponse({"received": row.size, "done": True, "said": "Received.", "was_new": True})


def _any(request: CaseRequest) -> str:
    """Return a party that somebody acts for: whom a file is sent for was said when it was announced."""
    return next(iter(answers_for(request.user.acts_as))).value


def _no(said: str) -> HttpResponse:
    return JsonResponse({"said": said}, status=400)
