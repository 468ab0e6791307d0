"""The pages that say that something cannot be shown."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return the page for a request that cannot be read."""
    return render(request, "desk/errors/bad_request.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return the page for a role that may not open the address."""
    return render(request, "desk/errors/forbidden.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return the page for an address that is not there, or not for this person."""
    return render(request, "desk/errors/not_found.html", status=404)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Return the page for a form without its token."""
    return render(request, "desk/errors/form_expired.html", status=403)


def failed(request: HttpRequest) -> HttpResponse:
    """Return the page for an error of ours.

    It asks nobody who is signed in: where the database is what failed, each question would wait for it.
    """
    context = {"organization": settings.ENVIRONMENT.organization, "navigation": ()}
    return HttpResponse(render_to_string("desk/errors/failed.html", context), status=500)
