"""The tables of the API: its tokens, and what was answered to requests with a key."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils import timezone


class ApiToken(models.Model):
    """A token of the API: only its hash is kept. ``beginning`` helps its owner to tell tokens apart."""

    user = models.ForeignKey("desk.User", models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)
    beginning = models.CharField(max_length=12)
    hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    made_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name} ({self.beginning}…)"

    def is_valid(self, at: datetime) -> bool:
        """Return whether the token opens anything at a moment."""
        return self.revoked_at is None and at < self.ends_at


class IdempotentAnswer(models.Model):
    """What was answered to a request with a key: the same request again gets the same answer."""

    user = models.ForeignKey("desk.User", models.CASCADE)
    key = models.CharField(max_length=200)
    request = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    media_type = models.CharField(max_length=100, default="application/json")
    body = models.TextField()
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """A key is used once by a user."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "key"], name="one_answer_a_key")]

    def __str__(self) -> str:
        return self.key
