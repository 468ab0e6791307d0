"""The form by which a paper comes to an application."""

from __future__ import annotations

from django import forms

from openimr.desk.entered import PAPERS


class PaperForm(forms.Form):
    """A paper and what it is."""

    kind = forms.ChoiceField(label="What it is", choices=list(PAPERS.items()))
    file = forms.FileField(
        label="File",
        help_text="A PDF, or a picture (PNG, JPEG, TIFF), of at most 50 MB.",
        error_messages={"required": "Choose a file first.", "empty": "The file is empty. Choose it again."},
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg,.tif,.tiff"}),
    )


class OnePaperForm(forms.Form):
    """A paper that was asked for."""

    file = forms.FileField(
        label="Photo or PDF",
        help_text="A PDF, or a photo (JPEG or PNG), of at most 50 MB.",
        error_messages={"required": "Choose a file first.", "empty": "This file is empty. Choose it again."},
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg,.tif,.tiff"}),
    )


class SignForm(forms.Form):
    """The signature of the person whose care it is about."""

    agree = forms.BooleanField(
        label="I ask for an independent medical review. My records may be sent to the doctor who reviews it.",
        error_messages={"required": "Tick the box if you agree. Without it we cannot review your case."},
    )
    signature = forms.CharField(
        label="Write your full name to sign",
        max_length=200,
        error_messages={"required": "Write your full name here to sign."},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
