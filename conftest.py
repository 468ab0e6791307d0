"""Django for tests: ready before any test is read, with a data folder that is made when a test needs it.

It stands here because doctests of the room ``desk`` import its tables. The
processes of one run share the folder.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from uuid import uuid4

import django

run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or uuid4().hex
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "openimr.desk.settings",
    "OPENIMR_DATA": str(Path(tempfile.gettempdir()) / f"openimr-tests-{run[:12]}"),
    "OPENIMR_ADDRESS": "http://127.0.0.1:8000",
    "OPENIMR_HOSTS": "testserver",
    "OPENIMR_SECRET_KEY": "a key of tests, which signs nothing that anybody keeps",
}
os.environ.pop("DATABASE_URL", None)
django.setup()
