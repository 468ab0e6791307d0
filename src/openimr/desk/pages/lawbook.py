"""The rules in force, to read: every rule of a programme, its versions by date, citations, verification."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from openimr.desk.access import SIGNED_IN, UserRequest, page
from openimr.desk.clock import today
from openimr.law.figures import Figure, Item
from openimr.law.rulebook import NotEncoded, Rule, RuleBook, Version, load_rulebook, programmes
from openimr.terms.places import Verified


class Filters(forms.Form):
    """Which rules are asked for."""

    is_filter = True

    programme = forms.ChoiceField(label="Program", required=False)
    on = forms.DateField(label="In force on", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    text = forms.CharField(label="Words", required=False, max_length=100)

    def __init__(self, data: dict[str, str]) -> None:
        super().__init__({"on": today().isoformat(), **data})
        programme = self.fields["programme"]
        assert isinstance(programme, forms.ChoiceField)
        programme.choices = [(name, load_rulebook(name).title) for name in programmes()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One rule as it stands on a day."""

    id: str
    title: str
    who: str
    since: date | None
    citation: str
    verified: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionShown:
    """One version of a rule with its figures in words."""

    since: date
    citation: str
    verified: str
    force: str
    says: tuple[str, ...]
    see_also: tuple[str, ...]
    is_in_force: bool


@page(SIGNED_IN)
@require_GET
def rules(request: UserRequest) -> HttpResponse:
    """Return the rules of a programme as they stand on a day."""
    filters = Filters({k: v for k, v in request.GET.dict().items() if v})
    filters.is_valid()
    asked = filters.cleaned_data
    book = load_rulebook(asked.get("programme") or "us_ca_wc")
    day = asked.get("on") or today()
    words = (asked.get("text") or "").lower()
    lines = [line(rule, day) for rule in sorted(book.rules.values(), key=lambda r: r.title)]
    shown = [one for one in lines if words in f"{one.title} {one.citation} {one.id} {one.says}".lower()]
    context = {
        "filters": filters,
        "lines": shown,
        "day": day,
        "book": book,
        "regimes": book.regimes_on(day),
    }
    return render(request, "desk/lawbook/rules.html", context)


def line(rule: Rule, day: date) -> Line:
    """Return a rule as it stands on a day; where it is not encoded, with the reason."""
    version = rule.version_on(day)
    cited = rule.versions[-1] if isinstance(version, NotEncoded) else version
    says = version.reason if isinstance(version, NotEncoded) else "; ".join(figures(version))
    return Line(
        id=rule.id,
        title=rule.title,
        who=(rule.who or "").replace("_", " "),
        since=None if isinstance(version, NotEncoded) else version.effective_from,
        citation=cited.citation,
        verified=verified(cited.verified),
        says=f"Not encoded: {says}" if isinstance(version, NotEncoded) else says,
    )


@page(SIGNED_IN)
@require_GET
def rule(request: UserRequest, rule: str) -> HttpResponse:
    """Return one rule with all of its versions, the last first."""
    book = _book_of(rule)
    found = book.rules.get(rule) if book else None
    if book is None or found is None:
        raise Http404
    now = found.version_on(today())
    versions = [
        VersionShown(
            since=v.effective_from,
            citation=v.citation,
            verified=verified(v.verified),
            force=v.force or "",
            says=figures(v) or ((v.reason,) if v.reason else ()),
            see_also=v.see_also,
            is_in_force=v is now,
        )
        for v in reversed(found.versions)
    ]
    context = {"rule": found, "versions": versions, "book": book}
    return render(request, "desk/lawbook/rule.html", context)


def _book_of(rule: str) -> RuleBook | None:
    programme = rule.partition(".")[0]
    return load_rulebook(programme) if programme in programmes() else None


def figures(version: Version) -> tuple[str, ...]:
    """Return what a version states, each figure in words."""
    return tuple(f"{name.replace('_', ' ')}: {_words(value)}" for name, value in version.figures.items())


def _words(value: Figure) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(f"{v.id}, {v.text}" if isinstance(v, Item) else str(v) for v in value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def verified(how: Verified) -> str:
    """Return how a figure was checked, from which source and when."""
    source = f", {how.source}" if how.source else ""
    on = f", {how.on.isoformat()}" if how.on else ""
    return f"{how.how.value.replace('_', ' ')}{source}{on}"
