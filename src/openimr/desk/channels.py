"""How a paper leaves the house: one small interface, and an adapter for each channel.

Print waits for a batch, and is served when somebody declares the mailing;
e-mail goes out by the server that ``OPENIMR_MAIL`` names, or into a folder
from which another program sends it; the portal lets the party take it from
its own page. What goes by fax or by hand is recorded by whoever did it.
"""

from __future__ import annotations

import smtplib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from django.conf import settings

from openimr.casework.parts import CaseParty, Channel, ProofKind, ProofOfService
from openimr.casework.roles import Role
from openimr.desk.models import Case
from openimr.formats import write_file
from openimr.terms.errors import InputError

SECONDS = 20


class MailNotSent(InputError):
    """An e-mail could not be handed to the server that sends it."""

    code = "mail_not_sent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One paper for one party, ready to go: its PDF with the hash, and where the party is reached."""

    case: Case
    paper: str
    title: str
    party: CaseParty
    lines: tuple[str, ...]
    email: str
    pdf: bytes
    sha256: str
    at: datetime


class Adapter(Protocol):
    """A channel: whether it reaches a party, what will show that it did, and how a parcel is handed to it."""

    def lacks(self, parcel: Parcel) -> str | None:
        """Return what is missing for the party to be reached, None where nothing is."""

    def proof(self, parcel: Parcel) -> ProofOfService:
        """Return what shows that the parcel was sent, told before it is."""

    def hand_over(self, parcel: Parcel) -> str:
        """Return where the parcel went.

        Raises:
            MailNotSent: The server did not take it.
        """


class Printed:
    """Waits for the next batch; who mails the batch declares it."""

    def lacks(self, parcel: Parcel) -> str | None:
        """Return that an address is needed, where there is none."""
        return None if parcel.lines else "no address of the party is known. Enter it first."

    def proof(self, parcel: Parcel) -> ProofOfService:
        """Return the declaration of whoever mails it; the batch completes it."""
        return ProofOfService(kind=ProofKind.DECLARATION, reference=f"sha256 {parcel.sha256}")

    def hand_over(self, parcel: Parcel) -> str:
        """Return the address that it will be mailed to."""
        return "\n".join(parcel.lines)


class Mailed:
    """Goes by e-mail: to the server of ``OPENIMR_MAIL``, or into the folder ``outbox``."""

    def lacks(self, parcel: Parcel) -> str | None:
        """Return that an address is needed, where there is none."""
        return None if parcel.email else "no e-mail address of the party is known. Enter it first."

    def proof(self, parcel: Parcel) -> ProofOfService:
        """Return the identifier of the message, and the hash of what it carries."""
        reference = f"message {identifier(parcel)} to {parcel.email}, sha256 {parcel.sha256}"
        return ProofOfService(kind=ProofKind.TRANSMISSION_REPORT, reference=reference)

    def hand_over(self, parcel: Parcel) -> str:
        """Return the address that the message went to."""
        message, url = message_of(parcel), settings.ENVIRONMENT.mail
        if url is None:
            lay_down(message, settings.ENVIRONMENT.data / "outbox", parcel)
        else:
            send(message, url)
        return parcel.email


class OnPortal:
    """Lies ready on the party's own page; the download is the receipt."""

    def lacks(self, parcel: Parcel) -> str | None:
        """Return that nobody of the party has an account on this case, where that is so."""
        role = ROLE_OF.get(parcel.party)
        reached = role is not None and parcel.case.members.filter(role=role).exists()
        return None if reached else "nobody of that party has an account on this case."

    def proof(self, parcel: Parcel) -> ProofOfService:
        """Return since when it lies ready, and the hash of what lies there."""
        since = parcel.at.isoformat(timespec="seconds")
        reference = f"ready for download since {since}, sha256 {parcel.sha256}"
        return ProofOfService(kind=ProofKind.DOWNLOAD, reference=reference)

    def hand_over(self, parcel: Parcel) -> str:
        """Return where it lies: the sending itself makes it appear there."""
        return "page of the party"


ROLE_OF: Mapping[CaseParty, Role] = {
    CaseParty.EMPLOYEE: Role.APPLICANT,
    CaseParty.ATTORNEY: Role.APPLICANT,
    CaseParty.PAYER: Role.PAYER,
}
ADAPTERS: Mapping[Channel, Adapter] = {
    Channel.PRINT: Printed(),
    Channel.EMAIL: Mailed(),
    Channel.PORTAL: OnPortal(),
}
"""The channels that the desk sends by itself; the others are recorded by hand."""


def identifier(parcel: Parcel) -> str:
    """Return the identifier of the message of a parcel: the same parcel, the same message."""
    domain = settings.ENVIRONMENT.mail_from.rpartition("@")[2]
    return f"<{parcel.case.number}.{parcel.paper}.{parcel.party.value}.{parcel.sha256[:16]}@{domain}>"


def message_of(parcel: Parcel) -> EmailMessage:
    """Return the message that carries a paper: the text names the case alone, the paper is attached."""
    message = EmailMessage()
    message["From"] = settings.ENVIRONMENT.mail_from
    message["To"] = parcel.email
    message["Subject"] = f"{parcel.title}, case {parcel.case.number}"
    message["Date"] = format_datetime(parcel.at)
    message["Message-ID"] = identifier(parcel)
    message.set_content(
        f"Attached is a paper of case {parcel.case.number}: {parcel.title}.\n\n"
        f"{settings.ENVIRONMENT.organization}\n"
    )
    name = f"{parcel.case.number}-{parcel.paper}.pdf"
    message.add_attachment(parcel.pdf, maintype="application", subtype="pdf", filename=name)
    return message


def lay_down(message: EmailMessage, folder: Path, parcel: Parcel) -> Path:
    """Return the file that a message was laid down as."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{parcel.at:%Y%m%dT%H%M%S}-{parcel.case.number}-{parcel.paper}-{parcel.party.value}.eml"
    write_file(path, message.as_bytes())
    return path


def send(message: EmailMessage, url: str) -> None:
    """Hand a message to a mail server.

    Args:
        message: The message.
        url: ``smtp://user:password@host:port`` (with STARTTLS) or ``smtps://``.

    Raises:
        MailNotSent: The server cannot be reached, or refused the message.
    """
    parts = urlsplit(url)
    host, port = parts.hostname or "localhost", parts.port
    try:
        if parts.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, port or 465, timeout=SECONDS)
        else:
            server = smtplib.SMTP(host, port or 587, timeout=SECONDS)
        with server:
            server.ehlo()
            if parts.scheme == "smtp" and server.has_extn("starttls"):
                server.starttls()
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
            server.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        raise MailNotSent(
            asked=f"Send an e-mail through {host}",
            found=f"{type(error).__name__}.",
            remedy="Look at OPENIMR_MAIL and at the server; nothing was recorded as served.",
        ) from error
