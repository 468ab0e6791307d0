"""How a paper leaves the house: one small interface, and an adapter for each channel.

Print waits for a batch, and is served when somebody declares the mailing;
e-mail goes out by the server that ``OPENIMR_MAIL`` names, or into a folder
from which another program sends it; the portal lets the party take it from
its own page. What goes by fax or by hand is recorded by whoever did it.
"""

from __future__ import annotations

import re
import smtplib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from ssl import SSLCertVerificationError, create_default_context
from typing import Any, Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings

from openimr.casework.parts import CaseParty, Channel, ProofKind, ProofOfService
from openimr.casework.roles import Role
from openimr.desk.models import Case
from openimr.formats import write_file
from openimr.terms.errors import InputError

SECONDS = 20
# where nothing leaves the machine, mail goes out without encryption, too
OWN_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


class MailNotSent(InputError):
    """The server that sends e-mail refused a message."""

    code = "mail_not_sent"


class MailDelayed(InputError):
    """A server that sends e-mail cannot be reached, or does not take a message now."""

    code = "mail_delayed"


class MailServerSilent(MailDelayed):
    """The server that sends e-mail cannot be reached: no message can go out now."""

    code = "mail_server_silent"


class MailUnclear(InputError):
    """The line to the mail server broke after a message had gone: it may have been taken."""

    code = "mail_unclear"


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
        """Return where the parcel went, or what the server answered that took it.

        Raises:
            MailNotSent: The server refused it.
            MailDelayed: The server does not take it now.
            MailUnclear: It is not known whether the server took it.
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
        """Return what the server answered when it took the message."""
        return post(message_of(parcel))


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


def lay_down(message: EmailMessage, folder: Path, name: str) -> Path:
    """Return the file that a message was laid down as."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{name}.eml"
    write_file(path, message.as_bytes())
    return path


def post(message: EmailMessage) -> str:
    """Return what shows that a message was taken: the answer of the server, or the file it was laid into.

    Raises:
        MailNotSent: The server refused the message.
        MailDelayed: The server does not take it now.
        MailUnclear: It is not known whether the server took it.
    """
    url = settings.ENVIRONMENT.mail
    if url is not None:
        return send(message, url)
    name = re.sub(r"[^\w-]", "-", message["Message-ID"].strip("<>").partition("@")[0])
    return f"laid into {lay_down(message, settings.ENVIRONMENT.data / 'outbox', name).name}"


class _Telling:
    """What a server answered to the last message: kept, because the library forgets it."""

    said = ""
    has_gone = False
    """Whether the server was given the message: from then on it may have taken it."""

    def data(self, msg: Any) -> tuple[int, bytes]:
        """Return the answer to a message, and keep it."""
        self.has_gone = True
        code, words = super().data(msg)  # type: ignore[misc]  # it stands before a class that has it
        self.said = f"{code} {words.decode('ascii', 'replace')}"
        return code, words


class _Plain(_Telling, smtplib.SMTP):
    pass


class _Secured(_Telling, smtplib.SMTP_SSL):
    pass


def send(message: EmailMessage, url: str) -> str:
    """Return what a mail server answered when it took a message.

    Nothing goes over the network unencrypted: a server that does not offer
    STARTTLS is used on this machine alone.

    Args:
        message: The message.
        url: ``smtp://user:password@host:port`` (with STARTTLS) or ``smtps://``.

    Raises:
        MailDelayed: The server cannot be reached, or does not take it now.
        MailNotSent: The server refused the message.
        MailUnclear: The line broke after the message had gone: it may have been taken.
    """
    parts = urlsplit(url)
    host, server = parts.hostname or "localhost", None
    try:
        server = _connected(parts)
        with server:
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
            server.send_message(message)
            return server.said
    except (OSError, smtplib.SMTPException) as error:
        if server is not None and server.said.startswith("250"):
            return server.said  # it was taken; only the farewell went wrong
        raise _failed(host, error, server is not None and server.has_gone) from error


def _connected(parts: SplitResult) -> _Plain | _Secured:
    host, context = parts.hostname or "localhost", create_default_context()
    if parts.scheme == "smtps":
        return _Secured(host, parts.port or 465, timeout=SECONDS, context=context)
    server = _Plain(host, parts.port or 587, timeout=SECONDS)
    try:
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=context)
        elif host not in OWN_MACHINE:
            raise smtplib.SMTPNotSupportedError("the server does not offer STARTTLS")
    except BaseException:
        server.close()
        raise
    return server


def _failed(host: str, error: Exception, has_gone: bool) -> MailNotSent | MailDelayed | MailUnclear:
    """Return what an error means: to be tried again, refused for good, or not known."""
    asked, code = f"Send an e-mail through {host}", _code_of(error)
    if code is not None and code < 500:
        return MailDelayed(asked=asked, found=_said(error, code), remedy="It is tried again.")
    if code is None and not has_gone and _is_of_the_line(error):
        return MailServerSilent(asked=asked, found=_said(error, code), remedy="It is tried again.")
    if code is None and has_gone:
        return MailUnclear(
            asked=asked,
            found=_said(error, code),
            remedy="Look at the server whether it took the message, and serve the paper by hand.",
        )
    return MailNotSent(
        asked=asked,
        found=_said(error, code),
        remedy="Look at OPENIMR_MAIL and at the server; nothing was recorded as served.",
    )


def _is_of_the_line(error: Exception) -> bool:
    """Return whether an error is of the line, and not of what was said on it, or of its certificate."""
    if isinstance(error, SSLCertVerificationError | smtplib.SMTPNotSupportedError):
        return False
    return isinstance(error, OSError)


def _code_of(error: Exception) -> int | None:
    """Return the answer of the server to the one recipient, or to the message; None where none came."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return next((code for code, _ in error.recipients.values()), None)
    return error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else None


def _said(error: Exception, code: int | None) -> str:
    """Return the kind of an error: its words may name what is private."""
    return f"{type(error).__name__}{f' {code}' if code is not None else ''}."
