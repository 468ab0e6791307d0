"""What templates can ask for: the fields of a form in the style of the pages, words for codes, days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django import forms, template
from django.forms.boundfield import BoundField, BoundWidget
from django.utils.safestring import SafeString

from openimr.casework.roles import Role
from openimr.desk.entered import PAPERS
from openimr.desk.models import ROLE_WORDS

register = template.Library()

# What a widget of a form looks like; what is not named is one line of text.
CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, "usa-checkbox__input"),
    (forms.RadioSelect, "usa-radio__input"),
    (forms.Textarea, "usa-textarea"),
    (forms.Select, "usa-select"),
    (forms.FileInput, "usa-file-input"),
    (forms.TextInput, "usa-input"),
)
# a label of more letters is a sentence, and stands in no list of errors
LONG_LABEL = 50


@register.filter
def words(code: object) -> str:
    """Return a code in words: ``case_manager`` is "Case manager".

    Example:
        >>> words("sent_elsewhere")
        'Sent elsewhere'
    """
    return str(code).replace("_", " ").capitalize()


@register.filter
def paper_words(kind: str) -> str:
    """Return what a paper of an application is called."""
    return PAPERS.get(kind, PAPERS["other"])


@register.filter
def role_words(role: str) -> str:
    """Return a role in words."""
    return ROLE_WORDS[Role(role)] if role else "nobody"


@register.filter
def named(names: Mapping[str, str], identifier: str) -> str:
    """Return the name that stands for an identifier, or the identifier itself."""
    return names.get(identifier, identifier)


@register.filter
def overdue(day: date | None, today: date) -> bool:
    """Return whether a day has passed."""
    return day is not None and day < today


@register.filter
def widget(field: BoundField) -> SafeString:
    """Return the input of a field, with its style, and bound to its hint and its errors."""
    kind = field.field.widget
    style = next((name for widget, name in CLASSES if isinstance(kind, widget)), "")
    told = []
    if field.help_text:
        told.append(f"{field.id_for_label}-hint")
    attributes: dict[str, str | bool] = {"class": style}
    if field.errors:
        told.append(f"{field.id_for_label}-error")
        attributes["aria-invalid"] = "true"
        attributes["class"] = f"{style} usa-input--error"
    if told:
        attributes["aria-describedby"] = " ".join(told)
    return field.as_widget(attrs=attributes)


@register.filter
def choice_input(choice: BoundWidget) -> SafeString:
    """Return the input of one choice of a group, with its style."""
    choice.data["attrs"]["class"] = f"usa-{choice.data['type']}__input"
    return choice.tag()


@register.filter
def is_checkbox(field: BoundField) -> bool:
    """Return whether a field is one box to tick."""
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def is_group(field: BoundField) -> bool:
    """Return whether a field is a group of choices, which needs a legend in place of a label."""
    return isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)


@register.filter
def field_errors(form: forms.BaseForm) -> list[dict[str, str]]:
    """Return what is wrong with the fields of a form, each with the place that a link leads to."""
    return [
        {
            "href": "",
            "field": field.id_for_label or field.auto_id,
            "words": f"{field.label}: {error}" if len(str(field.label)) <= LONG_LABEL else str(error),
        }
        for field in form
        for error in field.errors
    ]


@register.inclusion_tag("desk/fields.html")
def fields(form: forms.BaseForm) -> dict[str, object]:
    """Return the fields of a form: labels, hints, errors, inputs."""
    return {"form": form}
