"""The tables of reviewers and reviews: changes of the panel, draws, offers, judged ties, texts begun."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class PanelChange(models.Model):
    """One change of one reviewer's entry: what it was and what it is now, chained to the change before.

    ``before`` is empty for a new entry. The database refuses to change or to
    remove a row.
    """

    reviewer = models.CharField(max_length=100)
    kind = models.CharField(max_length=30)
    before = models.TextField(blank=True)
    after = models.TextField()
    why = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("desk.User", models.PROTECT)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        """Changes are listed by reviewer, the last one first."""

        indexes: ClassVar = [models.Index(fields=["reviewer", "-id"], name="changes_of_a_reviewer")]

    def __str__(self) -> str:
        return f"{self.reviewer}: {self.kind}"


class StoredDraw(models.Model):
    """A draw of waiting cases, kept whole: the record of the panel, signed, under its own hash."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    record = models.TextField()
    cases = models.PositiveIntegerField()
    assigned = models.PositiveIntegerField()
    drawn_at = models.DateTimeField(default=timezone.now)
    drawn_by = models.ForeignKey("desk.User", models.PROTECT, null=True, related_name="draws")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey("desk.User", models.PROTECT, null=True, related_name="confirmed_draws")
    respond_by = models.DateField(null=True)

    class Meta:
        """Draws are listed, the last one first."""

        indexes: ClassVar = [models.Index(fields=["-drawn_at"], name="draws_by_time")]

    def __str__(self) -> str:
        return self.sha256


class CaseOffer(models.Model):
    """A case offered to a reviewer: the day by which to answer, and what became of it."""

    case = models.ForeignKey("desk.Case", models.CASCADE, related_name="offers")
    reviewer = models.CharField(max_length=100)
    draw = models.ForeignKey(StoredDraw, models.PROTECT, related_name="offers")
    offered_on = models.DateField()
    respond_by = models.DateField()
    state = models.CharField(max_length=20)
    closed_on = models.DateField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        """A reviewer has one offer of a case that is open or accepted."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "reviewer"],
                name="one_live_offer",
                condition=models.Q(state__in=["open", "accepted"]),
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["respond_by"], name="open_offers", condition=models.Q(state="open")),
            models.Index(fields=["reviewer", "-offered_on"], name="offers_of_a_reviewer"),
            models.Index(fields=["-closed_on"], name="lapsed_offers", condition=models.Q(state="lapsed")),
        ]

    def __str__(self) -> str:
        return f"{self.case} to {self.reviewer}: {self.state}"


class JudgedTie(models.Model):
    """What a person found of a possible tie of a reviewer to a case: none, or a conflict; and why."""

    case = models.ForeignKey("desk.Case", models.CASCADE, related_name="judged_ties")
    reviewer = models.CharField(max_length=100)
    code = models.CharField(max_length=40)
    reason = models.TextField()
    citation = models.CharField(max_length=200, blank=True)
    is_conflict = models.BooleanField()
    why = models.TextField()
    by = models.ForeignKey("desk.User", models.PROTECT)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """The last judgement of a tie counts; earlier ones are kept."""

        indexes: ClassVar = [models.Index(fields=["case", "id"], name="judged_ties_of_a_case")]

    def __str__(self) -> str:
        return f"{self.reviewer}: {'a conflict' if self.is_conflict else 'no conflict'}"


class ReviewText(models.Model):
    """What a reviewer has written of a determination so far; nothing of it counts before the adoption."""

    case = models.ForeignKey("desk.Case", models.CASCADE, related_name="texts")
    reviewer = models.CharField(max_length=100)
    round = models.PositiveIntegerField()
    entered = models.JSONField(default=dict)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """A reviewer writes one text for a round of a case."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "reviewer", "round"], name="one_text_a_round")
        ]

    def __str__(self) -> str:
        return f"{self.case}, {self.reviewer}"
