"""The application that granian serves."""

from __future__ import annotations

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from openimr.law.rulebook import load_rulebook, programmes

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openimr.desk.settings")

application = get_wsgi_application()


def keep_what_is_loaded() -> None:
    """Load what pages need once, and leave it out of the search for garbage.

    The rule books and the modules of all pages stay for the life of the
    process; a search through them all held up one request in some hundreds
    for about a quarter of a second.
    """
    assert get_resolver().url_patterns, "which imports every page"
    for programme in programmes():
        load_rulebook(programme)
    gc.collect()
    gc.freeze()


keep_what_is_loaded()
