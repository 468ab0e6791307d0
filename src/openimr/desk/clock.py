"""What time it is: the desk is the room that knows."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """Return this moment, in California."""
    return timezone.localtime()


def today() -> date:
    """Return the day it is in California."""
    return timezone.localdate()
