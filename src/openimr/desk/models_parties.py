"""The tables of who a party is, and of files that wait: payers by name, invitations, what a scanner said."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils import timezone


class PayerOrganization(models.Model):
    """A claims administrator as an organization; ``identifier`` is the party of its accounts and cases."""

    identifier = models.CharField(max_length=100, unique=True)
    name = models.CharField(max_length=200)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey("desk.User", models.PROTECT)

    def __str__(self) -> str:
        return self.name


class PayerAlias(models.Model):
    """By what else a claims administrator is known, as somebody confirmed it; ``key`` is what is compared."""

    organization = models.ForeignKey(PayerOrganization, models.CASCADE, related_name="aliases")
    kind = models.CharField(max_length=20)
    value = models.CharField(max_length=200)
    key = models.CharField(max_length=200)
    confirmed_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.ForeignKey("desk.User", models.PROTECT)

    class Meta:
        """What is confirmed for one organization is no other's."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "key"], name="one_payer_an_alias")]

    def __str__(self) -> str:
        return self.value


class RefusedLink(models.Model):
    """That a case is not of an organization, though it looked so: it is not proposed again."""

    case = models.ForeignKey("desk.Case", models.CASCADE, related_name="refused_links")
    organization = models.ForeignKey(PayerOrganization, models.CASCADE)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("desk.User", models.PROTECT)

    class Meta:
        """Once for a case and an organization."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "organization"], name="one_refusal_a_link")
        ]

    def __str__(self) -> str:
        return f"{self.case} is not of {self.organization}"


class Invitation(models.Model):
    """A code that lets somebody of the employee side make an account for one case, once. Its hash is kept."""

    case = models.ForeignKey("desk.Case", models.CASCADE, related_name="invitations")
    party = models.CharField(max_length=20)
    hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey("desk.User", models.PROTECT, related_name="invitations_made")
    ends_at = models.DateTimeField()
    sent_to = models.CharField(max_length=254, blank=True)
    used_at = models.DateTimeField(null=True)
    used_by = models.ForeignKey("desk.User", models.PROTECT, null=True, related_name="invitations_used")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        """Invitations are listed by case."""

        indexes: ClassVar = [models.Index(fields=["case", "-id"], name="invitations_of_a_case")]

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    def is_open(self, at: datetime) -> bool:
        """Return whether the code still opens the case at a moment."""
        return self.used_at is None and self.revoked_at is None and at < self.ends_at


class FileScan(models.Model):
    """What the virus scanner said of a content, by its hash; without a row nothing was asked."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    state = models.CharField(max_length=20)
    signature = models.CharField(max_length=200, blank=True)
    scanned_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.sha256[:16]}: {self.state}"


class HeldFile(models.Model):
    """A file that came in and waits for the scanner: no part of the case until it was found clean."""

    case = models.ForeignKey("desk.Case", models.CASCADE, related_name="held")
    file = models.ForeignKey("desk.StoredFile", models.PROTECT)
    name = models.CharField(max_length=255)
    submitter = models.CharField(max_length=30)
    received_at = models.DateTimeField(default=timezone.now)
    received_on = models.DateField(null=True)
    by = models.ForeignKey("desk.User", models.PROTECT)
    tries = models.PositiveIntegerField(default=1)

    class Meta:
        """A content of a party waits once in a case."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "file", "submitter"], name="one_held_file")
        ]

    def __str__(self) -> str:
        return self.name
