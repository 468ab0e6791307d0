"""How the law room writes days, moments and doubts in sentences."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from openimr.law.calendars import Holiday, local_time
from openimr.terms.case import ServiceMethod
from openimr.terms.period import Moment
from openimr.terms.places import Verification

METHOD_WORDS = {
    ServiceMethod.MAIL_CA: "mail within California",
    ServiceMethod.MAIL_US: "mail from or to another State",
    ServiceMethod.MAIL_ABROAD: "mail from or to abroad",
    ServiceMethod.MAIL_CONFIDENTIAL: "mail to the address confidentiality programme",
    ServiceMethod.OVERNIGHT: "overnight delivery",
    ServiceMethod.FAX: "fax",
    ServiceMethod.ELECTRONIC: "electronic service",
    ServiceMethod.PERSONAL: "personal service",
}
_MONTHS = "January February March April May June July August September October November December".split()
_DOUBT = {
    Verification.SEEN_OTHER_EDITION: "seen in another edition of the text only",
    Verification.SEEN_LABEL: "seen in a label only",
    Verification.DERIVED: "derived, seen in no text of law",
    Verification.CONFLICT: "sources disagree",
    Verification.RECALLED: "recalled, not verified",
}


def day_words(day: date) -> str:
    """Return a day as a sentence writes it.

    Source:
        Style of the letters.

    Example:
        >>> day_words(date(2014, 5, 12))
        '12 May 2014'
    """
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def moment_words(moment: Moment) -> str:
    """Return a moment as a sentence writes it, an hour in Pacific time.

    Source:
        Style of the letters.
    """
    local = local_time(moment)
    if local is None:
        return day_words(moment.on)
    return f"{day_words(local.date())} {local:%H:%M} Pacific time"


def doubt_words(how: Verification) -> str:
    """Return how far a figure is not verified, or nothing where it was seen.

    Source:
        House rule: what is not seen is shown as such.
    """
    return _DOUBT.get(how, "")


def rolled_words(rolled_from: date, holidays: Iterable[Holiday]) -> str:
    """Return why the last day moved on from a day of rest.

    Source:
        Code Civ. Proc. 12a.
    """
    name = next((h.name for h in holidays if h.on == rolled_from), f"{rolled_from:%A}")
    return f"{day_words(rolled_from)} is {name}"


def skipped_words(holidays: Iterable[Holiday]) -> str:
    """Return which holidays a count of working days left out.

    Source:
        Gov. Code 6700; Lab. Code 4600.4(b).
    """
    return "not counted: " + ", ".join(f"{h.name} ({day_words(h.on)})" for h in holidays)


def holiday_doubts(holidays: Iterable[Holiday]) -> tuple[str, ...]:
    """Return a remark for each holiday that moved a day and is recalled or disputed.

    Source:
        House rule: what is not seen is shown as such.
    """
    shaky = (Verification.RECALLED, Verification.CONFLICT)
    return tuple(
        dict.fromkeys(
            f"{h.name} of {h.on.year} as a holiday: {_DOUBT[h.how]}" for h in holidays if h.how in shaky
        )
    )
