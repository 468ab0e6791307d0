"""The forms of the panel: one entry, a table of entries, absence and room."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace

from django import forms

from openimr.panel.spreadsheet import panel_from_csv, panel_to_csv
from openimr.terms.errors import FormatInvalid, InputError
from openimr.terms.reviewer import Absence, Panel, Reviewer

# what parts entries in a cell of the table; in the form each entry is a line of its own
ENTRY = "|"
LONGEST = 2_000
LARGEST_TABLE = 5 * 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One field of an entry: its column, its words, what is entered, and whether it has several lines."""

    column: str
    label: str
    hint: str = ""
    is_list: bool = False
    is_date: bool = False


NONE_HINT = "One a line; the word none where it was asked and there is nothing; empty where it was not asked."
ASKED = (
    Asked(column="name", label="Name"),
    Asked(column="npi", label="National provider identifier"),
    Asked(
        column="licences",
        label="Licences",
        hint="One a line: State; number; active, lapsed or restricted; last day (2027-12-31).",
        is_list=True,
    ),
    Asked(
        column="boards",
        label="Board certifications",
        hint="One a line: name; last day (2027-12-31).",
        is_list=True,
    ),
    Asked(column="subspecialties", label="Subspecialties", hint="One a line.", is_list=True),
    Asked(column="taxonomy", label="Codes of the provider taxonomy", hint="One a line.", is_list=True),
    Asked(column="education", label="Education", hint="One a line.", is_list=True),
    Asked(column="training", label="Training", hint="One a line.", is_list=True),
    Asked(column="practice_since", label="In active practice since", is_date=True),
    Asked(column="practice_proved_on", label="Years of practice proved on", is_date=True),
    Asked(column="hours_per_week", label="Hours of practice a week"),
    Asked(column="hours_proved_on", label="Hours proved on", is_date=True),
    Asked(column="discipline", label="Discipline taken or pending", hint=NONE_HINT, is_list=True),
    Asked(column="discipline_checked_on", label="Discipline checked on", is_date=True),
    Asked(column="exclusions_checked_on", label="Exclusion lists checked on", is_date=True),
    Asked(column="qme", label="Qualified medical evaluator", hint="yes, no, or empty where not known."),
    Asked(column="languages", label="Languages", hint="One a line.", is_list=True),
    Asked(
        column="interests",
        label="Interests and ties",
        hint=(
            "One a line: employment, ownership, financial, family, panel, group or partner; name; "
            f"identifier; group; relation; share of income in percent; since; until. {NONE_HINT}"
        ),
        is_list=True,
    ),
    Asked(
        column="absences",
        label="Absences",
        hint="One a line: first day; last day (2026-12-24).",
        is_list=True,
    ),
    Asked(column="capacity", label="Most open cases at once"),
    Asked(column="weekly_load", label="Most cases a week"),
    Asked(column="minimum_load", label="Fewest cases a week"),
    Asked(column="turnaround_days", label="Usual days for a review"),
)


class EntryForm(forms.Form):
    """One entry of the panel, as the panel's table holds it; ``reviewer`` is the entry that is valid."""

    reviewer: Reviewer

    def __init__(self, data: object = None, *, entry: Reviewer | None = None) -> None:
        initial = _cells(entry) if entry is not None else {}
        super().__init__(data, initial=initial)  # type: ignore[arg-type]  # the data of a request
        if entry is None:
            self.fields["id"] = forms.RegexField(
                label="Identifier",
                regex=r"^[a-z0-9][a-z0-9-]{2,60}$",
                help_text="Small letters, digits and hyphens; it stands in logs in place of the name.",
            )
        for asked in ASKED:
            self.fields[asked.column] = _field(asked)
        self.fields["why"] = forms.CharField(label="Why the entry changes", max_length=500)
        self._id = entry.id if entry is not None else ""

    def clean(self) -> dict[str, object]:
        """Return what was entered, after reading it as the table of the panel is read."""
        entered = {name: str(value) for name, value in self.cleaned_data.items() if value}
        try:
            self.reviewer = reviewer_from(entered, self._id or entered.get("id", ""))
        except InputError as error:
            self.add_error(None, f"{error.found} {error.remedy}")
        return self.cleaned_data


def _field(asked: Asked) -> forms.Field:
    widget: forms.Widget = forms.TextInput()
    if asked.is_list:
        widget = forms.Textarea(attrs={"rows": 3})
    elif asked.is_date:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "placeholder": ""})
    hint = asked.hint or ("As 2026-12-31." if asked.is_date else "")
    return forms.CharField(
        label=asked.label, help_text=hint, required=False, max_length=LONGEST, widget=widget
    )


def _cells(entry: Reviewer) -> dict[str, str]:
    """Return the fields of an entry as they are entered."""
    row = next(csv.DictReader(io.StringIO(panel_to_csv(Panel(schema=1, reviewer=(entry,))))))
    lists = {asked.column for asked in ASKED if asked.is_list}
    return {
        name: "\n".join(part.strip().replace(";", "; ") for part in cell.split(ENTRY))
        if name in lists
        else cell
        for name, cell in row.items()
    }


def reviewer_from(entered: dict[str, str], identifier: str) -> Reviewer:
    """Return the entry that was entered.

    Raises:
        FormatInvalid: A field has the wrong form.
    """
    lists = {asked.column for asked in ASKED if asked.is_list}
    row = {"id": identifier}
    for asked in ASKED:
        text = entered.get(asked.column, "").strip()
        if ENTRY in text:
            raise FormatInvalid(
                asked="Read the entry",
                found=f"{asked.label} holds a {ENTRY}.",
                remedy="Put each entry on a line of its own.",
            )
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        row[asked.column] = ENTRY.join(lines) if asked.column in lists else text
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(row), lineterminator="\n")
    writer.writeheader()
    writer.writerow(row)
    return panel_from_csv(out.getvalue(), name="the entry").reviewer[0]


class ImportForm(forms.Form):
    """A table of entries; those that stand in it are added or changed."""

    table = forms.FileField(label="Table", help_text="A CSV as the export writes it.")
    why = forms.CharField(label="Why the entries change", max_length=500)

    panel: Panel

    def clean(self) -> dict[str, object]:
        """Return what was sent, after reading the table."""
        file = self.cleaned_data.get("table")
        if file is None:
            return self.cleaned_data
        try:
            self.panel = table_of(file.read(LARGEST_TABLE + 1))
        except InputError as error:
            self.add_error("table", f"{error.found} {error.remedy}")
        return self.cleaned_data


def table_of(data: bytes) -> Panel:
    """Return the panel of a table.

    Raises:
        FormatInvalid: It is too large, no UTF-8, or a cell has the wrong form.
    """
    asked = "Read the table"
    if len(data) > LARGEST_TABLE:
        raise FormatInvalid(asked=asked, found="it is larger than 5 MB.", remedy="Send it in parts.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatInvalid(asked=asked, found="it is not UTF-8.", remedy="Save it as UTF-8.") from error
    panel = panel_from_csv(text, name="the table")
    names = [reviewer.id for reviewer in panel.reviewer]
    twice = sorted({name for name in names if names.count(name) > 1})
    if not names or twice:
        found = f"{', '.join(twice)} stands in it twice." if twice else "it lists nobody."
        raise FormatInvalid(asked=asked, found=found, remedy="Give each reviewer one row.")
    return panel


class AwayForm(forms.Form):
    """When a reviewer takes no cases, and how many at once; each reviewer says so in person."""

    absences = forms.CharField(
        label="Days on which you take no case",
        help_text="One absence a line: first day; last day (2026-12-24; 2027-01-02).",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    capacity = forms.IntegerField(label="Most open cases at once", min_value=0, max_value=500)
    weekly_load = forms.IntegerField(label="Most cases a week", min_value=0, max_value=500, required=False)

    def __init__(self, data: object = None, *, entry: Reviewer) -> None:
        cells = _cells(entry)
        initial = {name: cells[name] for name in ("absences", "capacity", "weekly_load")}
        super().__init__(data, initial=initial)  # type: ignore[arg-type]  # the data of a request
        self._entry = entry

    def clean_absences(self) -> tuple[Absence, ...]:
        """Return the absences that were entered."""
        try:
            read = reviewer_from({"absences": self.cleaned_data["absences"]}, self._entry.id).absences
        except InputError as error:
            raise forms.ValidationError(f"{error.found} {error.remedy}") from error
        backward = next((a for a in read if a.last < a.first), None)
        if backward is not None:
            raise forms.ValidationError(f"{backward.last} lies before {backward.first}.")
        return read

    def changed(self) -> Reviewer:
        """Return the entry with what was entered."""
        return replace(
            self._entry,
            absences=self.cleaned_data["absences"],
            capacity=self.cleaned_data["capacity"],
            weekly_load=self.cleaned_data["weekly_load"],
        )
