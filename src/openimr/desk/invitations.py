"""Invitations: a code on paper or by e-mail that lets the employee side make an account for exactly one case.

The code is shown once and kept as its hash. It works once, until its last
day, together with the number of its case; it opens nothing else. Guesses are
counted by address and by case number.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from hashlib import sha256

from allauth.core.internal import ratelimit
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse

from openimr.casework.commands import JoinCase
from openimr.casework.parts import CaseParty
from openimr.casework.roles import Role
from openimr.desk import store
from openimr.desk.channels import post
from openimr.desk.clock import now
from openimr.desk.models import Case, Invitation, User

# of a code: capitals and figures that nobody takes for one another; 4 groups of 5 are about 98 bits
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
GROUPS, LENGTH = 4, 5
VALID = timedelta(days=30)
# who guesses is stopped: so many tries of one address, and from everywhere so many for one case; these are
# many, so that nobody who knows a number shuts out the person whose case it is
RATES = {"join": "20/h/ip,200/h/key"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An invitation with its code, told once."""

    invitation: Invitation
    code: str


def make(case: Case, party: CaseParty, *, by: User, sent_to: str = "") -> Made:
    """Return a new invitation; one of the same party that was not used yet opens nothing any more."""
    code = "-".join("".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(GROUPS))
    at = now()
    with transaction.atomic():
        Case.objects.select_for_update().get(pk=case.pk)
        before = Invitation.objects.filter(case=case, party=party.value, used_at=None, revoked_at=None)
        before.update(revoked_at=at)
        made = Invitation.objects.create(
            case=case,
            party=party.value,
            hash=hash_of(code),
            made_at=at,
            made_by=by,
            ends_at=at + VALID,
            sent_to=sent_to,
        )
    return Made(invitation=made, code=code)


def hash_of(code: str) -> str:
    """Return what is kept of a code: small letters, spaces and hyphens make no difference."""
    return sha256(re.sub(r"[\s-]", "", code).upper().encode()).hexdigest()


def found(number: str, code: str) -> Invitation | None:
    """Return the invitation that a code opens for a case, None where it opens nothing."""
    row = Invitation.objects.filter(case__number=number.strip(), hash=hash_of(code)).first()
    return row if row is not None and row.is_open(now()) else None


def may_try(request: HttpRequest, number: str) -> bool:
    """Return whether somebody may try a code now; every try counts."""
    return bool(
        ratelimit.consume(request, app="desk", action="join", config=RATES, key=number.strip().upper())
    )


def join(invitation: Invitation, user: User) -> store.Outcome | None:
    """Return what became of joining somebody to the case, or None where the code was used meanwhile."""
    with transaction.atomic():
        row = Invitation.objects.select_for_update().get(pk=invitation.pk)
        if not row.is_open(now()):
            return None
        row.used_at, row.used_by = now(), user
        row.save(update_fields=["used_at", "used_by"])
        command = JoinCase(invitation=row.pk)
        outcome = store.act(row.case.number, command, by=user.actor, expected=None)
        if not isinstance(outcome, store.Done):
            transaction.set_rollback(True)  # the code is not spent
        return outcome


def make_account(invitation: Invitation, *, username: str, name: str, password: str) -> User | None:
    """Return a new account that is on the case of an invitation, None where the code was used meanwhile."""
    with transaction.atomic():
        user = User.objects.create_user(username, password, role=Role.APPLICANT, name=name)
        if isinstance(join(invitation, user), store.Done):
            return user
        transaction.set_rollback(True)
        return None


def message_of(made: Made) -> EmailMessage:
    """Return the message that carries a code: nothing of the record, and no name."""
    case, environment = made.invitation.case, settings.ENVIRONMENT
    message = EmailMessage()
    message["From"], message["To"] = environment.mail_from, made.invitation.sent_to
    message["Subject"] = f"Your case {case.number}"
    message["Date"] = format_datetime(made.invitation.made_at)
    domain = environment.mail_from.rpartition("@")[2]
    message["Message-ID"] = f"<{case.number}.invitation-{made.invitation.pk}@{domain}>"
    message.set_content(
        f"You can follow case {case.number} at {environment.address}{reverse('join')}\n\n"
        f"Your code: {made.code}\nIt works once, until {made.invitation.ends_at:%Y-%m-%d}.\n\n"
        f"{environment.organization}\n"
    )
    return message


def send(made: Made) -> None:
    """Send a code by e-mail.

    Raises:
        MailNotSent: The server did not take the message.
    """
    post(message_of(made))
