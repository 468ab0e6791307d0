"""The tables of what is read of records: readings with their pages, boundaries, jobs."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class Boundary(models.Model):
    """Where a person says that a document begins, or goes on: it goes before what the reader finds."""

    case = models.ForeignKey("desk.Case", models.CASCADE, related_name="boundaries")
    document = models.CharField(max_length=64)
    page = models.PositiveIntegerField()
    begins = models.BooleanField()
    by = models.ForeignKey("desk.User", models.PROTECT)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """One answer for a page."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "document", "page"], name="one_boundary_a_page")
        ]

    def __str__(self) -> str:
        return f"page {self.page} {'begins' if self.begins else 'goes on'}"


class Reading(models.Model):
    """A case file as it was read: one row for each set of files, told by the hash of what was read.

    ``manifest``, ``exhibits`` and ``problems`` are the terms as JSON. Facts
    and chronology are there once they were extracted.
    """

    case = models.ForeignKey("desk.Case", models.CASCADE, related_name="readings")
    input = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)
    manifest = models.TextField()
    exhibits = models.TextField()
    problems = models.TextField()
    facts = models.BinaryField(null=True)
    chronology = models.BinaryField(null=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """A set of files is read once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "input"], name="one_reading")]
        indexes: ClassVar = [models.Index(fields=["case", "seal"], name="readings_by_seal")]

    def __str__(self) -> str:
        return self.seal


class ReadPage(models.Model):
    """One page of a reading, by its number in the bundle; ``words`` are its words with their boxes."""

    reading = models.ForeignKey(Reading, models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()
    document = models.CharField(max_length=64)
    document_page = models.PositiveIntegerField()
    text = models.TextField()
    read_by = models.CharField(max_length=20)
    confidence = models.FloatField(null=True)
    unread_because = models.TextField(null=True)
    copied_from = models.PositiveIntegerField(null=True)
    width_pt = models.FloatField(null=True)
    height_pt = models.FloatField(null=True)
    words = models.BinaryField()

    class Meta:
        """A page has one row."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["reading", "number"], name="one_row_a_page")]

    def __str__(self) -> str:
        return f"page {self.number}"


class CaseJob(models.Model):
    """What software does for a case by itself, and how far it is: one row for each input of each kind."""

    case = models.ForeignKey("desk.Case", models.CASCADE, related_name="jobs")
    kind = models.CharField(max_length=40)
    input = models.CharField(max_length=64)
    state = models.CharField(max_length=20)
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    why = models.TextField(blank=True)
    times = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField(default=timezone.now)
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """A job is asked for once with an input."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "kind", "input"], name="one_job_an_input")
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.state}"
