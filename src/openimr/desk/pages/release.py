"""Before a determination leaves: the checks, the letter as it will be, the way back, the release."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString

from openimr.casework.action_names import Action
from openimr.casework.actions import available_actions
from openimr.casework.case_state import CaseState
from openimr.casework.commands import ReleaseDetermination, ReturnForRewrite
from openimr.casework.events import Recorded
from openimr.casework.outcomes import outcomes
from openimr.casework.roles import Role
from openimr.casework.seats import Version
from openimr.casework.state import fold
from openimr.desk import composing, signing, store
from openimr.desk.access import CaseRequest, only, page
from openimr.desk.determination_letter import record_in
from openimr.desk.keys import signing_key
from openimr.desk.models import Case
from openimr.desk.pages.assignment import names_of_panel
from openimr.desk.pages.outcomes import tell
from openimr.desk.pages.reviews import sent_version
from openimr.desk.people import users_of
from openimr.desk.release_checks import (
    Check,
    Found,
    Letter,
    adopted_in,
    checks,
    determination_of,
    standing,
    who_may_not,
)
from openimr.formats import to_json
from openimr.letters.render import Form, compose_version, render_composed
from openimr.terms.determination import Determination
from openimr.terms.errors import OpenIMRError
from openimr.terms.letter_record import LetterRecord

# everybody of the organization who is on the case; no page here is for anybody from outside
INSIDE = (Role.CASE_MANAGER, Role.MEDICAL_DIRECTOR, Role.QUALITY, Role.REVIEWER, Role.AUDITOR)
SEEING = only(*INSIDE, case=True)
CHECKING = only(Role.QUALITY, Role.MEDICAL_DIRECTOR, Role.CASE_MANAGER, Role.AUDITOR, case=True)
# of the letter, headings go one step down: the page has its own
_HEADING = re.compile(r"<(/?)h([1-4])")
_MAIN = re.compile(r"<main>(?P<inside>.*)</main>", re.DOTALL)


class ReturnForm(forms.Form):
    """Which version goes back, and what has to be written anew."""

    # the field version is that of the case
    adopted = forms.ChoiceField(label="Version")
    reasons = forms.CharField(
        label="What has to be written anew",
        help_text="One reason a line.",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One version as its page shows it: who, what, and how it differs from the version before."""

    version: Version
    who: str
    determination: Determination | None
    is_signed: bool
    differences: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@page(CHECKING)
def check(request: CaseRequest, number: str) -> HttpResponse:
    """Return everything to look at before the release, or release."""
    log = store.log_of(request.case)
    state = fold(log)
    letter = letter_now(request.case, state, log)
    found = checks(state, log, letter=letter, names=names_of_panel(), key=signing_key().public_key())
    if request.method == "POST":
        return _release(request, state, found)
    actor = request.user.actor
    actions = available_actions(state, request.user.acts_as)
    context = {
        "case": request.case,
        "state": state,
        "checks": sorted(found, key=lambda c: list(Found).index(c.found), reverse=True),
        "stops": any(c.found is Found.STOP for c in found),
        "outcomes": [(o, state.case.dispute[o.dispute - 1]) for o in outcomes(state)],
        "letter": shown_letter(record_in(log, state.letter.sha256)) if state.letter else None,
        "may_not": who_may_not(state, actor),
        "can_release": Action.RELEASE_DETERMINATION in actions,
        "can_return": Action.RETURN_FOR_REWRITE in actions,
        "can_compose": Action.COMPOSE_LETTER in actions,
        "is_released": state.released is not None,
    }
    return render(request, "desk/release/check.html", context)


def _release(request: CaseRequest, state: CaseState, found: Sequence[Check]) -> HttpResponse:
    number = request.case.number
    stops = [c.words for c in found if c.found is Found.STOP]
    if stops or state.letter is None:
        messages.error(request, f"Nothing was released. {' '.join(stops)}")
        return redirect("case-release-determination", number=number)
    command = ReleaseDetermination(letter=request.POST.get("letter", ""))
    outcome = store.act(number, command, by=request.user.actor, expected=sent_version(request))
    tell(request, outcome)
    is_done = isinstance(outcome, store.Done)
    return redirect("case" if is_done else "case-release-determination", number=number)


def letter_now(case: Case, state: CaseState, log: Sequence[Recorded]) -> Letter | None:
    """Return the letter that was composed last, as far as it can be printed; None where there is none."""
    if state.letter is None:
        return None
    record = record_in(log, state.letter.sha256)
    if record is None:
        return Letter(text="", problems=(), is_current=False, trouble="The log does not hold the letter.")
    try:
        composed = compose_version(record, record.issuance)
        text = render_composed(composed, to=Form.TEXT).decode()
        is_current = state.is_adopted and composing.composed_record(case, state) == record
    except OpenIMRError as error:
        trouble = f"{error.found} {error.remedy}"
        return Letter(text="", problems=(), is_current=False, trouble=trouble)
    return Letter(text=text, problems=composed.problems, is_current=is_current)


def shown_letter(record: LetterRecord | None) -> SafeString | None:
    """Return a letter as a part of a page; None where it cannot be printed."""
    if record is None:
        return None
    try:
        html = render_composed(compose_version(record, record.issuance), to=Form.HTML).decode()
    except OpenIMRError:
        return None
    match = _MAIN.search(html)
    inside = match["inside"] if match else ""
    # the letter is rendered from escaped text; nothing in it runs
    return SafeString(_HEADING.sub(lambda m: f"<{m[1]}h{int(m[2]) + 2}", inside))


@page(only(Role.CASE_MANAGER, Role.QUALITY, Role.MEDICAL_DIRECTOR, case=True))
def compose(request: CaseRequest, number: str) -> HttpResponse:
    """Return what composing by a person means, or compose the letter."""
    state = store.state_of(request.case)
    if request.method == "POST":
        by_software = request.POST.get("by") == "software"
        try:
            outcome = composing.compose(
                request.case,
                state,
                by=composing.SOFTWARE if by_software else request.user.actor,
                expected=sent_version(request),
            )
        except OpenIMRError as error:
            messages.error(request, str(error))
        else:
            tell(request, outcome)
        return redirect("case-release-determination", number=number)
    return render(request, "desk/release/compose.html", {"case": request.case, "state": state})


@page(only(Role.QUALITY, Role.MEDICAL_DIRECTOR, case=True))
def give_back(request: CaseRequest, number: str) -> HttpResponse:
    """Return the form that sends a version back to its author, or send it back."""
    state = store.state_of(request.case)
    names = names_of_panel()
    form = ReturnForm(request.POST if request.method == "POST" else None)
    choice = form.fields["adopted"]
    assert isinstance(choice, forms.ChoiceField)
    choice.choices = [
        (str(v.number), f"Version {v.number}, {names.get(v.adoption.reviewer, v.adoption.reviewer)}")
        for v in standing(state)
    ]
    if request.method == "POST" and form.is_valid():
        reasons = tuple(line.strip() for line in form.cleaned_data["reasons"].splitlines() if line.strip())
        command = ReturnForRewrite(version=int(form.cleaned_data["adopted"]), reasons=reasons)
        tell(request, store.act(number, command, by=request.user.actor, expected=sent_version(request)))
        return redirect("case-versions", number=number)
    context = {
        "case": request.case,
        "form": form,
        "heading": "Return for rewrite",
        "lead": "The version goes back to its author with your reasons. It is kept as it was.",
        "button": "Return it",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/assignment/form.html", context, status=status)


@page(SEEING)
def versions(request: CaseRequest, number: str) -> HttpResponse:
    """Return every version that was adopted, the last one first, and how each differs from the one before."""
    opened = store.look(number, "versions", by=request.user.actor)
    state, log = opened.state, opened.log
    names = names_of_panel()
    back = users_of(v.returned.by for v in state.versions if v.returned)
    mine = [v for v in state.versions if _may_see(request, state, v)]
    context = {
        "case": opened.case,
        "state": state,
        "told": [_told(v, mine, log, names) for v in reversed(mine)],
        "back": {actor: str(user) for actor, user in back.items()},
        "is_reviewer": request.user.acts_as is Role.REVIEWER,
    }
    return render(request, "desk/release/versions.html", context)


def _may_see(request: CaseRequest, state: CaseState, version: Version) -> bool:
    """Return whether a version is shown: a reviewer sees the others' only after everybody has adopted."""
    if request.user.acts_as is not Role.REVIEWER:
        return True
    return version.adoption.reviewer == request.user.reviewer or (
        state.is_adopted and version.round == state.round
    )


def _told(version: Version, every: Sequence[Version], log: Sequence[Recorded], names: dict[str, str]) -> Told:
    event = adopted_in(log, version)
    author = version.adoption.reviewer
    before = [v for v in every if v.adoption.reviewer == author and v.number < version.number]
    text = event.determination.json or "" if event else ""
    signature = event.signature if event else None
    return Told(
        version=version,
        who=names.get(author, author),
        determination=determination_of(event) if event else None,
        is_signed=signature is not None and signing.is_signed(text, signature, signing_key().public_key()),
        differences=differences(before[-1], version) if before else (),
    )


def differences(before: Version, after: Version) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Return what changed between two versions: of each part the words that went, came and stayed."""
    was = {d.dispute: d for d in before.adoption.decision}
    found = [("Summary", before.adoption.summary.text or "", after.adoption.summary.text or "")]
    for now in after.adoption.decision:
        then = was.get(now.dispute)
        lead = f"Dispute {now.dispute}"
        found.append((f"{lead}, outcome", then.outcome.value if then else "", now.outcome.value))
        found.append((f"{lead}, necessary", (then.necessary or "") if then else "", now.necessary or ""))
        found.append((f"{lead}, reasons", then.rationale if then else "", now.rationale))
        cited = "; ".join(then.citations) if then else ""
        found.append((f"{lead}, citations", cited, "; ".join(now.citations)))
    return tuple((part, _words(a, b)) for part, a, b in found if a != b)


def _words(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """Return two texts as one: stretches of words that are the same, gone or new."""
    a, b = before.split(), after.split()
    pieces: list[tuple[str, str]] = []
    for tag, i, j, k, m in difflib.SequenceMatcher(a=a, b=b, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(("same", " ".join(a[i:j])))
        else:
            pieces += [(kind, " ".join(w)) for kind, w in (("gone", a[i:j]), ("new", b[k:m])) if w]
    return tuple(pieces)


@page(CHECKING)
def letter_file(request: CaseRequest, number: str, form: str) -> HttpResponse:
    """Return the letter that was composed last, as PDF or as a page of its own."""
    log = store.log_of(request.case)
    state = fold(log)
    record = record_in(log, state.letter.sha256) if state.letter else None
    if record is None or form not in (Form.PDF, Form.HTML):
        messages.warning(request, "There is no such letter.")
        return redirect("case-release-determination", number=number)
    store.note_read(number, state.letter.sha256 if state.letter else "", by=request.user.actor)
    try:
        data = render_composed(compose_version(record, record.issuance), to=form)
    except OpenIMRError as error:
        messages.error(request, str(error))
        return redirect("case-release-determination", number=number)
    answer = HttpResponse(data, content_type="application/pdf" if form == Form.PDF else "text/html")
    answer.headers["Content-Disposition"] = f'attachment; filename="{quote(number)}.{form}"'
    # a page of its own brings its style along, and runs nothing
    answer.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return answer


@page(SEEING)
def signed(request: CaseRequest, number: str, version: int) -> HttpResponse:
    """Return a signed determination as a file, for ``openimr desk verify``. It names the reviewer."""
    log = store.log_of(request.case)
    state = fold(log)
    wanted = next((v for v in state.versions if v.number == version), None)
    event = adopted_in(log, wanted) if wanted and _may_see(request, state, wanted) else None
    if event is None or event.signature is None or event.determination.json is None:
        messages.warning(request, "There is no such version with a signature.")
        return redirect("case-versions", number=number)
    store.note_read(number, event.determination.sha256, by=request.user.actor)
    file = signing.signed_file(event.determination.json, event.signature)
    answer = HttpResponse(to_json(file), content_type="application/json")
    name = f"{quote(number)}-version-{version}.json"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
