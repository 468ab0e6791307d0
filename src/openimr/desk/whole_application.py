"""The whole application on one page: to correct it, or to file it again with what was missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from openimr.casework.action_names import Action
from openimr.casework.roles import Role
from openimr.desk.act_forms import CureField, Situation, said_field
from openimr.desk.application_forms import DISPUTES, STEPS, Step, disputes_of, form_of, rows_of, wrong
from openimr.desk.entered import case_of, entered_of
from openimr.terms.case import Case

Files: TypeAlias = "MultiValueDict[str, UploadedFile[Any]]"


class OwnForm(forms.Form):
    """What is asked beside the application: why it is corrected, or what is cured."""

    def __init__(
        self, data: Mapping[str, Any] | None, files: Files | None, situation: Situation, action: Action
    ) -> None:
        super().__init__(data, files)
        if action is Action.CORRECT_APPLICATION:
            self.fields["why"] = said_field("Reason", "Against which paper it was corrected.")
            return
        cures = CureField(situation)
        self.fields["cures"] = cures
        if situation.role is Role.APPLICANT:
            self.fields["signature"] = forms.CharField(
                label="Write your full name to sign",
                max_length=200,
                error_messages={"required": "Write your full name here to sign."},
            )
            if "NOUR" in cures.initial:
                self.fields["file"] = forms.FileField(
                    label="The letter that said no",
                    required=False,
                    help_text="A PDF, or a photo (JPEG or PNG), of at most 50 MB.",
                    widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg,.tif,.tiff"}),
                )

    def clean(self) -> dict[str, Any]:
        """Return what was entered; a decision that was missing comes with it."""
        told = super().clean() or {}
        if "file" in self.fields and "NOUR" in told.get("cures", ()) and not told.get("file"):
            self.add_error("file", "Send the letter that said no: it was missing.")
        return told


class WholeForm:
    """The steps of an application, filled with a case, and the form beside them."""

    def __init__(
        self, sent: Mapping[str, Any] | None, files: Files | None, situation: Situation, action: Action
    ) -> None:
        self.known = situation.state.case
        self.plain = situation.role is Role.APPLICANT
        self.own = OwnForm(sent, files, situation, action)
        self._sent = sent
        self.entered = self._entered()
        check = sent is not None
        self.steps: tuple[tuple[Step, forms.Form | None], ...] = ()
        self.rows: Any = None
        if not self.plain:
            self.steps = tuple(
                (step, None if step.name == DISPUTES else form_of(step, self.entered, check=check))
                for step in STEPS
            )
            self.rows = disputes_of(self.entered, check=check, empty=0 if check else 1)

    def _entered(self) -> dict[str, Any]:
        entered = entered_of(self.known)
        sent = self._sent
        if sent is None:
            return entered
        if self.plain:
            signed = {"signed": "yes", "signed_by": "employee"}
            attached = {"ur_decision_attached": "yes"} if "NOUR" in _list(sent, "cures") else {}
            return entered | signed | attached
        told = {name: sent.get(name, "").strip() for s in STEPS if s.name != DISPUTES for name in s.fields}
        return entered | told | {DISPUTES: rows_of(sent)}

    def is_valid(self) -> bool:
        """Return whether everything can be read."""
        return self.own.is_valid() and (self.plain or not wrong(self.entered))

    def complaints(self) -> list[dict[str, str]]:
        """Return what is wrong, each with its field."""
        if self._sent is None:
            return []
        own = [
            {"href": "", "field": field.id_for_label or field.auto_id, "words": f"{field.label}: {error}"}
            for field in self.own
            for error in field.errors
        ]
        found = () if self.plain else wrong(self.entered)
        return own + [{"href": "", "field": one.field, "words": one.words} for one in found]

    def case(self) -> Case:
        """Return the application as it is now entered."""
        return case_of(self.entered, self.known)


def _list(sent: Mapping[str, Any], name: str) -> list[str]:
    getlist = getattr(sent, "getlist", None)
    found: list[str] = getlist(name) if getlist is not None else list(sent.get(name, ()))
    return found
