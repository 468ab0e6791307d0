"""When a session ends: after some time of doing nothing, and after a day's work whatever is done."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

BEGAN = "began"
SEEN = "seen"
# the session is written at most so often, in seconds
SEEN_EVERY = 60


class EndOfSessionMiddleware:
    """Ends sessions that were idle too long or are too old."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer to a request."""
        if request.user.is_authenticated:
            now = int(time.time())
            began = request.session.setdefault(BEGAN, now)
            seen = request.session.get(SEEN, now)
            if now - seen > settings.SESSION_IDLE_MINUTES * 60 or now - began > settings.SESSION_COOKIE_AGE:
                logout(request)
                messages.info(request, "Your session has ended. Sign in again to go on.")
                return redirect(settings.LOGIN_URL)
            if now - seen >= SEEN_EVERY or SEEN not in request.session:
                request.session[SEEN] = now
        return self._get_response(request)
