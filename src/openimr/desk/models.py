"""The tables of the desk. Cases are written by ``store`` alone; a row of a case is its log read forward."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models.functions import Lower, Upper
from django.utils import timezone

from openimr.casework.roles import Actor, Role
from openimr.desk.models_api import ApiToken, IdempotentAnswer
from openimr.desk.models_papers import (
    AccountEvent,
    AccreditorReport,
    CaseHolder,
    ClockResult,
    DisputeResult,
    OwedPaper,
    PartyAddress,
    PrintBatch,
    Sending,
    StoredInvoice,
)
from openimr.desk.models_parties import (
    FileScan,
    HeldFile,
    Invitation,
    PayerAlias,
    PayerOrganization,
    RefusedLink,
)
from openimr.desk.models_records import Boundary, CaseJob, Reading, ReadPage
from openimr.desk.models_review import CaseOffer, JudgedTie, PanelChange, ReviewText, StoredDraw

# the tables of other files, under the one name that Django looks for
__all__ = [
    "PEOPLE",
    "ROLE_WORDS",
    "STAFF",
    "AccountEvent",
    "AccreditorReport",
    "ApiToken",
    "ApplicationDraft",
    "Boundary",
    "Case",
    "CaseEvent",
    "CaseHolder",
    "CaseJob",
    "CaseMember",
    "CaseOffer",
    "ClockResult",
    "DisputeResult",
    "FileScan",
    "HeldFile",
    "IdempotentAnswer",
    "Invitation",
    "JudgedTie",
    "OwedPaper",
    "PanelChange",
    "PartyAddress",
    "PayerAlias",
    "PayerOrganization",
    "PrintBatch",
    "ReadPage",
    "Reading",
    "RefusedLink",
    "ReviewText",
    "Sending",
    "SourceFile",
    "StoredDraw",
    "StoredFile",
    "StoredInvoice",
    "StoredReviewer",
    "Upload",
    "User",
    "UserManager",
]

# Those of the organization itself; the others come from outside and never see who a reviewer is.
STAFF = frozenset(
    {
        Role.INTAKE,
        Role.CASE_MANAGER,
        Role.MEDICAL_DIRECTOR,
        Role.REVIEWER,
        Role.QUALITY,
        Role.AUDITOR,
        Role.ADMINISTRATOR,
    }
)
ROLE_WORDS = {role: role.value.replace("_", " ").capitalize() for role in Role}
PEOPLE = tuple((role.value, ROLE_WORDS[role]) for role in Role if role is not Role.SYSTEM)


class UserManager(BaseUserManager["User"]):
    """Makes users."""

    def create_user(self, username: str, password: str | None, *, role: Role, **about: object) -> User:
        """Return a new user, stored; without a password nobody can sign in as that user yet."""
        user = self.model(username=self.model.normalize_username(username), role=role.value, **about)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """Return the user of a name, whatever its capitals."""
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """One person with an account, in one role.

    Attributes:
        party: For a payer or an applicant side: the name of the party whose cases these are.
        reviewer: For a reviewer: the identifier in the panel.
    """

    username = models.CharField(max_length=150, unique=True)
    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    role = models.CharField(max_length=30, choices=PEOPLE)
    party = models.CharField(max_length=200, blank=True)
    reviewer = models.CharField(max_length=100, blank=True)
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField(default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        """Names and order."""

        constraints: ClassVar = [models.UniqueConstraint(Lower("username"), name="one_user_a_name")]
        indexes: ClassVar = [
            models.Index(fields=["role", "party"], name="users_of_a_party"),
            models.Index(fields=["reviewer"], name="users_of_a_reviewer"),
        ]

    def __str__(self) -> str:
        return self.name or self.username

    @property
    def acts_as(self) -> Role:
        """Return the role as casework knows it."""
        return Role(self.role)

    @property
    def actor(self) -> Actor:
        """Return the user as casework knows it: reviewers by their identifier in the panel."""
        return Actor(id=self.reviewer or f"user-{self.pk}", role=self.acts_as)

    @property
    def is_staff(self) -> bool:
        """Return whether the user belongs to the organization."""
        return self.acts_as in STAFF


class Case(models.Model):
    """One case: what lists and searches need of it, and where its log ends.

    Every column is computed from the log by ``store``, in the transaction
    that appends to it.

    Attributes:
        version: The number of the last event that changed the case; reads do not count.
        holder: The role that has to act next; empty where nobody has.
        waits: Whether nobody of that role is on the case yet.
        payer_is_on: Whether any account of a claims administrator is on the case.
        clock: The row of the deadline table that ``due_on`` comes from.
        events: How many events the log has.
        head: The hash of the last one.
    """

    number = models.CharField(max_length=40, unique=True)
    programme = models.CharField(max_length=40)
    stage = models.CharField(max_length=40)
    priority = models.CharField(max_length=20)
    holder = models.CharField(max_length=30, blank=True)
    waits = models.BooleanField(default=False)
    payer_is_on = models.BooleanField(default=False)
    is_open = models.BooleanField(default=True)
    due_on = models.DateField(null=True)
    clock = models.CharField(max_length=20, blank=True)
    filed_at = models.DateTimeField()
    patient = models.CharField(max_length=200)
    payer = models.CharField(max_length=200)
    version = models.PositiveIntegerField()
    events = models.PositiveIntegerField()
    head = models.CharField(max_length=64)
    changed_at = models.DateTimeField()

    class Meta:
        """The orders in which lists are read."""

        indexes: ClassVar = [
            models.Index(fields=["due_on", "id"], name="open_by_due", condition=models.Q(is_open=True)),
            models.Index(fields=["stage", "due_on", "id"], name="cases_by_stage"),
            models.Index(fields=["is_open", "due_on", "id"], name="cases_by_due"),
            models.Index(OpClass(Upper("patient"), name="text_pattern_ops"), name="cases_by_patient"),
            models.Index(fields=["filed_at"], name="cases_by_filing"),
            models.Index(
                fields=["id"], name="open_without_payer", condition=models.Q(is_open=True, payer_is_on=False)
            ),
            models.Index(
                fields=["holder", "due_on"], name="open_by_holder", condition=models.Q(is_open=True)
            ),
        ]

    def __str__(self) -> str:
        return self.number


class CaseMember(models.Model):
    """That somebody is on a case. The event of the log that brought them is ``since``.

    Whether the case is open and when it is due stand here as well, so that the
    list of somebody on many cases is read from one index.

    Attributes:
        work: What a reviewer has to do or has done (``casework.reviewer_work``); empty for others.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="members")
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=30, choices=PEOPLE)
    since = models.PositiveIntegerField()
    is_open = models.BooleanField(default=True)
    due_on = models.DateField(null=True)
    work = models.CharField(max_length=20, blank=True, default="")

    class Meta:
        """One membership for a person and a case; lists go by the day that is due."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "case"], name="one_membership")]
        indexes: ClassVar = [
            models.Index(fields=["user", "is_open", "due_on", "case"], name="cases_of_a_user"),
            models.Index(
                fields=["role", "user", "due_on"], name="load_of_a_role", condition=models.Q(is_open=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} on {self.case}"


class CaseEvent(models.Model):
    """One event of the log of a case, chained to the one before by its hash; never changed, never removed.

    ``body`` is the text whose bytes the hash covers. The database refuses to
    change or to remove a row (see the migrations).
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="log")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=100)
    role = models.CharField(max_length=30)
    kind = models.CharField(max_length=60)
    body = models.TextField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        """A log has one event of a number."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="one_event_a_number")
        ]
        indexes: ClassVar = [
            models.Index(fields=["actor", "-at", "-id"], name="events_of_an_actor"),
            models.Index(fields=["kind", "-at", "-id"], name="events_of_a_kind"),
            models.Index(fields=["role", "-at", "-id"], name="events_of_a_role"),
            models.Index(fields=["-at", "-id"], name="events_in_time"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.number})"


class StoredFile(models.Model):
    """A file on disk, found by the hash of its content (``files``)."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    stored_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.sha256


class SourceFile(models.Model):
    """A file of a case as it came in: the same content may come under several names."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT)
    name = models.CharField(max_length=255)
    submitter = models.CharField(max_length=30)
    received_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, models.PROTECT)

    class Meta:
        """One row for a content, a name and a submitter."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "file", "name", "submitter"], name="one_row_a_file")
        ]

    def __str__(self) -> str:
        return self.name


def _new_key() -> str:
    return secrets.token_urlsafe(24)


class Upload(models.Model):
    """A file that is coming in, piece by piece: it goes on where it stopped.

    ``mark`` is what the browser tells a file by before it was sent: the same
    person sending the same file for the same party goes on with the same row.
    """

    key = models.CharField(max_length=40, primary_key=True, default=_new_key)
    case = models.ForeignKey(Case, models.CASCADE)
    by = models.ForeignKey(User, models.CASCADE)
    name = models.CharField(max_length=255)
    submitter = models.CharField(max_length=30, default="")
    mark = models.CharField(max_length=100, default="")
    size = models.PositiveBigIntegerField()
    received = models.PositiveBigIntegerField(default=0)
    began_at = models.DateTimeField(default=timezone.now)
    file = models.ForeignKey(StoredFile, models.SET_NULL, null=True)

    class Meta:
        """A file that one person sends for one party comes in once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "by", "submitter", "name", "size", "mark"],
                name="one_upload_a_file",
                condition=~models.Q(mark=""),
            )
        ]

    def __str__(self) -> str:
        return self.name


class ApplicationDraft(models.Model):
    """What somebody entered of an application so far; it is kept until it is filed, and after."""

    key = models.CharField(max_length=40, primary_key=True, default=_new_key)
    owner = models.ForeignKey(User, models.CASCADE, related_name="drafts")
    step = models.CharField(max_length=60, blank=True)
    entered = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now)
    filed_as = models.ForeignKey(Case, models.SET_NULL, null=True)

    class Meta:
        """Drafts are listed by their owner, the last one first."""

        indexes: ClassVar = [models.Index(fields=["owner", "-saved_at"], name="drafts_of_a_user")]

    def __str__(self) -> str:
        return self.key


class StoredReviewer(models.Model):
    """A reviewer of the panel: the term of the package as JSON, and what lists need of it."""

    reviewer = models.CharField(max_length=100, primary_key=True)
    name = models.CharField(max_length=200)
    term = models.TextField()
    is_active = models.BooleanField(default=True)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(User, models.PROTECT)

    def __str__(self) -> str:
        return self.reviewer
