"""Errors that a caller must act on, each with a stable code and an exit status.

Expected answers (ineligible, unassignable, not documented) are values, not
errors. A message says what was asked, what was found and what to do; it names
case number, document hash and page, never text of a record.
"""

from __future__ import annotations

from typing import ClassVar


class OpenIMRError(Exception):
    """Base of all errors of this package.

    Args:
        asked: What was to be done, without a full stop: "Read case.toml".
        found: What was found instead, as a sentence.
        remedy: What the caller can do about it, as a sentence.
    """

    code: ClassVar[str] = "openimr_error"
    exit_status: ClassVar[int] = 1

    def __init__(self, *, asked: str, found: str, remedy: str) -> None:
        super().__init__(asked, found, remedy)
        self.asked = asked
        self.found = found
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.asked}: {self.found} {self.remedy}"


class InputError(OpenIMRError):
    """A file, an option or a letter cannot be read as what it should be."""

    code = "input_error"
    exit_status = 2


class FileMissing(InputError):
    """There is no such file or folder."""

    code = "file_missing"


class FileUnreadable(InputError):
    """A file is damaged or is not of the kind that it should be."""

    code = "file_unreadable"


class FileRefused(InputError):
    """A file is encrypted, hostile or over a limit of time, memory, size or pages."""

    code = "file_refused"


class FormatInvalid(InputError):
    """A file has an unknown key, or a value of the wrong type."""

    code = "format_invalid"


class NotALetter(InputError):
    """A text is not a determination letter of a known layout."""

    code = "not_a_letter"


class LetterNotRenderable(InputError):
    """A letter's record holds something that cannot be printed and read back."""

    code = "letter_not_renderable"


class OutputRefused(InputError):
    """Results cannot be written where they should go."""

    code = "output_refused"


class ClusterUnusable(InputError):
    """The machines that pages should be read on cannot be reached, or cannot do the work."""

    code = "cluster_unusable"


class CaseError(OpenIMRError):
    """A case contradicts itself or lacks what the step needs."""

    code = "case_error"
    exit_status = 3


class LawError(OpenIMRError):
    """A rule cannot be read, or none is in force for the date asked for."""

    code = "law_error"
    exit_status = 4


class AssignmentError(OpenIMRError):
    """A panel cannot be read, or an assignment is asked for that nobody may have."""

    code = "assignment_error"
    exit_status = 5


def all_errors() -> list[type[OpenIMRError]]:
    """Return every error class of the package, ordered by code."""
    found: list[type[OpenIMRError]] = []
    waiting: list[type[OpenIMRError]] = [OpenIMRError]
    while waiting:
        error = waiting.pop()
        found.append(error)
        waiting.extend(error.__subclasses__())
    return sorted(found, key=lambda error: error.code)
