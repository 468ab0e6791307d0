"""Answers of the API as JSON."""

from __future__ import annotations

from django.http import HttpResponse
from ninja import Schema

from openimr.formats import to_json_line


def answer(status: int, body: Schema) -> HttpResponse:
    """Return an answer with a body."""
    said = to_json_line(body.model_dump(mode="json"))
    return HttpResponse(said, status=status, content_type="application/json")
