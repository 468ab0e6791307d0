"""The tables of papers and of what follows from logs: sendings, batches, invoices, figures, reports.

``OwedPaper``, ``StoredInvoice``, ``DisputeResult`` and ``ClockResult`` are computed from the log of a case in
the transaction that appends to it (``afterlists``), so that lists and pictures over all cases are fast.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class PartyAddress(models.Model):
    """Where the papers of a case reach a party. ``lines`` are printed one below the other."""

    case = models.ForeignKey("desk.Case", models.CASCADE, related_name="addresses")
    party = models.CharField(max_length=20)
    lines = models.TextField(blank=True)
    email = models.EmailField(blank=True)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey("desk.User", models.PROTECT)

    class Meta:
        """One address for a party of a case."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "party"], name="one_address")]

    def __str__(self) -> str:
        return self.party


class PrintBatch(models.Model):
    """Papers that are printed and mailed together; whoever mailed them declares the day."""

    by = models.ForeignKey("desk.User", models.PROTECT)
    made_at = models.DateTimeField(default=timezone.now)
    file = models.ForeignKey("desk.StoredFile", models.PROTECT)
    mailed_on = models.DateField(null=True)
    declared_at = models.DateTimeField(null=True)

    class Meta:
        """Batches are listed by whoever made them."""

        indexes: ClassVar = [models.Index(fields=["by", "-id"], name="batches_of_a_user")]

    def __str__(self) -> str:
        return f"batch {self.pk}"


class Sending(models.Model):
    """One paper on its way to one party: what was sent, to where, by which channel, and what became of it."""

    case = models.ForeignKey("desk.Case", models.CASCADE, related_name="sendings")
    paper = models.CharField(max_length=60)
    party = models.CharField(max_length=20)
    channel = models.CharField(max_length=20)
    method = models.CharField(max_length=30)
    to = models.TextField()
    file = models.ForeignKey("desk.StoredFile", models.PROTECT)
    state = models.CharField(max_length=20)
    reference = models.TextField(blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    taken_at = models.DateTimeField(null=True)
    by = models.ForeignKey("desk.User", models.PROTECT)
    batch = models.ForeignKey(PrintBatch, models.SET_NULL, null=True, related_name="sendings")
    downloaded_at = models.DateTimeField(null=True)

    class Meta:
        """A paper is on its way to a party once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "paper", "party"], name="one_sending_a_party")
        ]
        indexes: ClassVar = [
            models.Index(fields=["by", "id"], name="sendings_to_print", condition=models.Q(state="waiting"))
        ]

    def __str__(self) -> str:
        return f"{self.paper} to {self.party}"


class CaseHolder(models.Model):
    """That a case has something to be done by a role, as the steps of its state say.

    Attributes:
        place: Which of the roles it is, the one that holds the case up first; None where only the first one
            is known of a case from before these rows were kept.
        waits: Whether somebody of the role could take the case in hand, and nobody is on it yet.
    """

    case = models.ForeignKey("desk.Case", models.CASCADE, related_name="held_by")
    role = models.CharField(max_length=30)
    place = models.PositiveSmallIntegerField(null=True)
    waits = models.BooleanField(default=False)
    is_open = models.BooleanField(default=True)
    due_on = models.DateField(null=True)

    class Meta:
        """A role once in a case; lists of a role go by the day that is due."""

        ordering: ClassVar = ["place"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "role"], name="one_holder_a_role")]
        indexes: ClassVar = [
            models.Index(fields=["role", "is_open", "due_on", "case"], name="cases_of_a_role"),
            models.Index(
                fields=["role", "is_open", "due_on", "case"],
                name="waiting_for_a_role",
                condition=models.Q(waits=True),
            ),
        ]

    def __str__(self) -> str:
        return self.role


class OwedPaper(models.Model):
    """A paper that is owed to a party and was not served on it yet."""

    case = models.ForeignKey("desk.Case", models.CASCADE, related_name="owed")
    paper = models.CharField(max_length=60)
    kind = models.CharField(max_length=40)
    party = models.CharField(max_length=20)
    owed_since = models.DateTimeField()

    class Meta:
        """The longest owed first."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "paper", "party"], name="owed_once_a_party")
        ]
        indexes: ClassVar = [models.Index(fields=["owed_since", "id"], name="owed_by_time")]

    def __str__(self) -> str:
        return f"{self.paper} to {self.party}"


class StoredInvoice(models.Model):
    """An invoice as the log of its case leaves it."""

    case = models.ForeignKey("desk.Case", models.CASCADE, related_name="invoices")
    number = models.CharField(max_length=60)
    payer = models.CharField(max_length=200)
    amount_usd = models.PositiveIntegerField()
    sent_on = models.DateField()
    paid_on = models.DateField(null=True)
    is_cancelled = models.BooleanField(default=False)

    class Meta:
        """An invoice has a number of its own in its case; lists go by day and by payer."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "number"], name="one_invoice")]
        indexes: ClassVar = [
            models.Index(fields=["-sent_on", "-id"], name="invoices_by_day"),
            models.Index(fields=["payer", "-sent_on"], name="invoices_of_a_payer"),
        ]

    def __str__(self) -> str:
        return self.number


class DisputeResult(models.Model):
    """What one dispute of a case came to in the letter that was released last."""

    case = models.ForeignKey("desk.Case", models.CASCADE, related_name="results")
    dispute = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=30)
    released_on = models.DateField()

    class Meta:
        """A dispute has one result."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "dispute"], name="one_result")]
        indexes: ClassVar = [models.Index(fields=["released_on", "outcome"], name="results_by_day")]

    def __str__(self) -> str:
        return f"{self.dispute}: {self.outcome}"


class ClockResult(models.Model):
    """One clock of the deadline table in one case: its day, and the day on which it was met.

    ``done_on`` is empty as long as what the clock is about was not done.
    """

    case = models.ForeignKey("desk.Case", models.CASCADE, related_name="clocks")
    ref = models.CharField(max_length=10)
    due_on = models.DateField()
    done_on = models.DateField(null=True)

    class Meta:
        """A clock has one row in a case."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "ref"], name="one_row_a_clock")]
        indexes: ClassVar = [models.Index(fields=["ref", "due_on", "done_on"], name="clocks_by_day")]

    def __str__(self) -> str:
        return self.ref


class AccreditorReport(models.Model):
    """A report for accreditation as it was made: the seed that draws its files, and all of it as JSON."""

    seed = models.PositiveBigIntegerField()
    size = models.PositiveSmallIntegerField()
    first_on = models.DateField()
    last_on = models.DateField()
    made_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("desk.User", models.PROTECT)
    document = models.TextField()
    sha256 = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"report {self.pk}"


class AccountEvent(models.Model):
    """What an administrator did with an account."""

    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("desk.User", models.PROTECT, related_name="changes_made")
    user = models.ForeignKey("desk.User", models.PROTECT, related_name="changes")
    what = models.CharField(max_length=200)

    class Meta:
        """The last one of a user first."""

        indexes: ClassVar = [models.Index(fields=["user", "-id"], name="changes_of_a_user")]

    def __str__(self) -> str:
        return self.what
