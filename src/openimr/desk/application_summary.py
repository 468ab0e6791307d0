"""What was entered of an application, in the words in which it was asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django import forms
from django.urls import reverse

from openimr.desk.application_forms import DISPUTES, STEPS, Step
from openimr.desk.entered import PAPERS, Entered, remaining_words

MONTHS = "January February March April May June July August September October November December".split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a summary: its heading, its lines, and where it is changed."""

    name: str
    title: str
    lines: tuple[tuple[str, str], ...]
    href: str | None = None


def parts_of(entered: Entered, key: str) -> tuple[Part, ...]:
    """Return everything that was entered in a draft, with the links that lead back to it."""
    found = []
    for step in STEPS:
        lines = _disputes(entered, step) if step.name == DISPUTES else _lines(entered, step)
        href = reverse("application-step", args=[key, step.name])
        found.append(Part(name=step.name, title=step.title, lines=tuple(lines), href=href))
    papers = tuple(
        (PAPERS.get(p["kind"], ""), f"{p['name']}, {p['pages']} pages") for p in entered.get("papers", ())
    )
    return (*found, Part(name="papers-sent", title="Papers that came with it", lines=papers))


def _lines(entered: Entered, step: Step) -> Iterator[tuple[str, str]]:
    form = step.form()
    for name, field in form.fields.items():
        yield str(field.label), in_words(field, str(entered.get(name) or ""))


def _disputes(entered: Entered, step: Step) -> Iterator[tuple[str, str]]:
    fields = step.form().fields
    for number, row in enumerate(entered.get(DISPUTES, ()), 1):
        told = [
            f"{field.label}: {in_words(field, row[name])}"
            for name, field in fields.items()
            if name != "request" and row.get(name)
        ]
        left = remaining_words(row)
        if left and not row.get("remaining"):
            told.append(f"Quantity remaining: {left}, computed")
        yield f"Treatment {number}", ". ".join((row.get("request") or "No name yet", *told))


def in_words(field: forms.Field, value: str) -> str:
    """Return an entered value in words: the words of a choice, a day as people write it."""
    if value and isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]  # no groups of choices here
    if value and isinstance(field, forms.DateField):
        return day_words(value)
    return value


def day_words(value: str) -> str:
    """Return a day as people write it; what is no day stays as it was typed.

    Example:
        >>> day_words("2026-03-09"), day_words("next week")
        ('March 9, 2026', 'next week')
    """
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return value
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"
