"""What the desk is told from outside: its data folder, its address, its database, its secret."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from openimr.terms.errors import InputError

DEFAULT_ADDRESS = "http://127.0.0.1:8000"
DATA_OF_ROOT = Path("/var/lib/openimr")
KEY_FILE = "secret.key"
# a determination is due within thirty days; whoever is asked longer than that decides nothing in time
MOST_DAYS_TO_ANSWER = 30
MOST_PICTURES_MB = 1_000_000
DEFAULT_MAIL_FROM = "review@localhost"


class SettingInvalid(InputError):
    """A variable of the environment does not hold what it should."""

    code = "setting_invalid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """What the desk is told by variables of the environment.

    Attributes:
        data: The folder of everything that is kept: database, files, key (``OPENIMR_DATA``).
        address: The address that people type (``OPENIMR_ADDRESS``).
        hosts: Every name that the desk answers to (``OPENIMR_HOSTS``, beside the address).
        database_url: A PostgreSQL server of your own (``DATABASE_URL``); else one is started in ``data``.
        behind_proxy: Whether a proxy ends https and says so in ``X-Forwarded-Proto`` and
            ``X-Forwarded-For`` (``OPENIMR_BEHIND_PROXY=true``).
        organization: The name in the heading of every page (``OPENIMR_ORGANIZATION``).
        mail: The server that e-mail goes out by (``OPENIMR_MAIL``, as ``smtp://user:password@host:587`` or
            ``smtps://``); without one messages are laid into the folder ``outbox``.
        mail_from: The address that e-mail comes from (``OPENIMR_MAIL_FROM``).
        page_parts: The folder that npm installed styles and scripts into (``OPENIMR_PAGE_PARTS``).
        guidelines: Folders of guideline packs beside those in ``guidelines`` of the data folder
            (``OPENIMR_GUIDELINES``, several as in ``PATH``).
        days_to_answer: How many days a reviewer has to answer an offer, after the day on which it is made
            (``OPENIMR_DAYS_TO_ANSWER``); the offer lapses by itself after the last one.
        days_to_answer_expedited: The same in an expedited review (``OPENIMR_DAYS_TO_ANSWER_EXPEDITED``).
        pictures_mb: How much room drawn pictures of pages take at most (``OPENIMR_PICTURES_MB``).
        clamd: The virus scanner that files are shown to (``OPENIMR_CLAMD``, as ``host:port`` or the path of
            a socket); without one nothing is scanned, and pages say so.
    """

    data: Path
    address: str
    hosts: tuple[str, ...]
    database_url: str | None
    behind_proxy: bool
    organization: str
    page_parts: Path
    mail: str | None = None
    mail_from: str = DEFAULT_MAIL_FROM
    guidelines: tuple[Path, ...] = ()
    clamd: str | None = None
    days_to_answer: int = 2
    days_to_answer_expedited: int = 1
    pictures_mb: int = 2048

    @property
    def is_https(self) -> bool:
        """Return whether people reach the desk by https."""
        return self.address.startswith("https://")

    @property
    def files(self) -> Path:
        """Return the folder of stored files."""
        return self.data / "files"

    @property
    def static(self) -> Path:
        """Return the folder of the styles and scripts as they are served."""
        return self.data / "static"

    def secret_key(self) -> str:
        """Return the secret that signs sessions: empty as long as nobody has made it."""
        if told := os.environ.get("OPENIMR_SECRET_KEY"):
            return told
        path = self.data / KEY_FILE
        return path.read_text("ascii").strip() if path.is_file() else ""


def read_environment(told: Mapping[str, str] = os.environ) -> Environment:
    """Return what the desk is told; nothing is made or opened.

    Raises:
        SettingInvalid: A variable does not hold what it should.
    """
    address = told.get("OPENIMR_ADDRESS", DEFAULT_ADDRESS).rstrip("/")
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingInvalid(
            asked="Read OPENIMR_ADDRESS",
            found=f"{address!r} is not an address.",
            remedy="Write it as people type it: https://imr.example.org",
        )
    mail = told.get("OPENIMR_MAIL") or None
    if mail is not None and urlsplit(mail).scheme not in ("smtp", "smtps"):
        raise SettingInvalid(
            asked="Read OPENIMR_MAIL",
            found="it is not the address of a mail server.",
            remedy="Write it as smtp://user:password@host:587 or smtps://host:465",
        )
    more = tuple(name for name in told.get("OPENIMR_HOSTS", "").split(",") if name)
    return Environment(
        data=Path(told["OPENIMR_DATA"]) if told.get("OPENIMR_DATA") else default_data_folder(told),
        address=address,
        hosts=tuple(dict.fromkeys((parts.hostname, *more))),
        database_url=told.get("DATABASE_URL") or None,
        behind_proxy=_yes_or_no(told, "OPENIMR_BEHIND_PROXY"),
        organization=told.get("OPENIMR_ORGANIZATION", "Independent medical review"),
        page_parts=Path(told.get("OPENIMR_PAGE_PARTS") or Path(__file__).parents[3] / "node_modules"),
        mail=mail,
        mail_from=told.get("OPENIMR_MAIL_FROM", DEFAULT_MAIL_FROM),
        guidelines=tuple(Path(p) for p in told.get("OPENIMR_GUIDELINES", "").split(os.pathsep) if p),
        clamd=_scanner(told),
        days_to_answer=_number(told, "OPENIMR_DAYS_TO_ANSWER", 2, most=MOST_DAYS_TO_ANSWER),
        days_to_answer_expedited=_number(
            told, "OPENIMR_DAYS_TO_ANSWER_EXPEDITED", 1, most=MOST_DAYS_TO_ANSWER
        ),
        pictures_mb=_number(told, "OPENIMR_PICTURES_MB", 2048, most=MOST_PICTURES_MB),
    )


def default_data_folder(told: Mapping[str, str]) -> Path:
    """Return where data are kept when nobody names a folder.

    The embedded database never runs as root: for root the folder is one that
    another system user can reach.
    """
    if os.geteuid() == 0:
        return DATA_OF_ROOT
    home = told.get("XDG_DATA_HOME")
    return (Path(home) if home else Path.home() / ".local" / "share") / "openimr"


def make_data_folder(environment: Environment) -> None:
    """Make the data folder, and in it the secret key: owner-only, and the same one ever after.

    Other users may pass through the folder of root, because the database
    runs as one of them; they cannot list it.
    """
    environment.data.mkdir(parents=True, exist_ok=True)
    environment.data.chmod(0o711 if os.geteuid() == 0 else 0o700)
    environment.files.mkdir(mode=0o700, exist_ok=True)
    path = environment.data / KEY_FILE
    if not path.exists():
        part = path.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            os.link(part, path)  # whoever comes second keeps the key of the first
        except FileExistsError:
            pass
        finally:
            part.unlink()


def database_settings(url: str) -> dict[str, object]:
    """Return the settings of Django for the address of a PostgreSQL database.

    Raises:
        SettingInvalid: It is the address of something else.

    Example:
        >>> found = database_settings("postgresql://desk:p%40ss@db.example.org:5433/imr?sslmode=require")
        >>> found["NAME"], found["PASSWORD"], found["PORT"], found["OPTIONS"]["sslmode"]
        ('imr', 'p@ss', '5433', 'require')
    """
    parts = urlsplit(url)
    options: dict[str, object] = dict(parse_qsl(parts.query))
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise SettingInvalid(
            asked="Read DATABASE_URL",
            found="it is not the address of a PostgreSQL database.",
            remedy="Write it as postgresql://user:password@host:5432/name",
        )
    host = str(options.pop("host", "")) or parts.hostname or ""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def _scanner(told: Mapping[str, str]) -> str | None:
    """Return where the virus scanner is, None where nobody names one."""
    where = told.get("OPENIMR_CLAMD") or None
    if where is None or where.startswith("/"):
        return where
    host, _, port = where.rpartition(":")
    if not host or not port.isdigit():
        raise SettingInvalid(
            asked="Read OPENIMR_CLAMD",
            found=f"{where!r} is neither host:port nor the path of a socket.",
            remedy="Write it as scanner.example.org:3310 or /run/clamav/clamd.ctl",
        )
    return where


def _number(told: Mapping[str, str], name: str, usual: int, *, most: int) -> int:
    value = told.get(name) or str(usual)
    if not (value.isascii() and value.isdigit()) or int(value) > most:
        raise SettingInvalid(
            asked=f"Read {name}",
            found=f"it is {value!r}.",
            remedy=f"Write a whole number from 0 to {most}.",
        )
    return int(value)


def _yes_or_no(told: Mapping[str, str], name: str) -> bool:
    value = told.get(name, "false").lower()
    if value not in ("true", "false"):
        raise SettingInvalid(asked=f"Read {name}", found=f"it is {value!r}.", remedy="Write true or false.")
    return value == "true"
