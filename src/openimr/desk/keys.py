"""The keys of the organization: files in the data folder that nobody but their owner can read.

``draw.key`` signs the records of draws, ``signing.key`` the determinations;
``signing.pub`` is the public half that everybody may have.
"""

from __future__ import annotations

import base64
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from openimr.terms.errors import InputError

DRAW_KEY = "draw.key"
SIGNING_KEY = "signing.key"
PUBLIC_KEY = "signing.pub"
# what a backup has to hold beside the secret of sessions
KEPT = (DRAW_KEY, SIGNING_KEY)


class KeyDamaged(InputError):
    """A key file does not hold a key."""

    code = "key_damaged"


def draw_key() -> bytes:
    """Return the key that records of draws are signed with, made at its first use."""
    return _kept(_folder() / DRAW_KEY, lambda: secrets.token_bytes(32))


def signing_key() -> Ed25519PrivateKey:
    """Return the private key that determinations are signed with, made at its first use."""
    path = _folder() / SIGNING_KEY
    found = _kept(path, lambda: Ed25519PrivateKey.generate().private_bytes_raw())
    try:
        key = Ed25519PrivateKey.from_private_bytes(found)
    except ValueError as error:
        raise _damaged(path) from error
    public = _folder() / PUBLIC_KEY
    if not public.is_file():
        public.write_text(public_text(key.public_key()) + "\n", "ascii")
    return key


def public_text(key: Ed25519PublicKey) -> str:
    """Return a public key as it is written: base64 of its 32 bytes."""
    return base64.b64encode(key.public_bytes_raw()).decode("ascii")


def read_public_key(text: str, *, name: str) -> Ed25519PublicKey:
    """Return the public key that a text holds.

    Args:
        text: Base64 of its 32 bytes.
        name: How messages call it.

    Raises:
        KeyDamaged: It holds no key.
    """
    try:
        return Ed25519PublicKey.from_public_bytes(base64.b64decode(text.strip(), validate=True))
    except ValueError as error:
        raise KeyDamaged(
            asked=f"Read {name}",
            found="it does not hold a public key.",
            remedy="A public key is one line of base64: 32 bytes of Ed25519.",
        ) from error


def _folder() -> Path:
    folder: Path = settings.ENVIRONMENT.data
    return folder


def _damaged(path: Path) -> KeyDamaged:
    return KeyDamaged(
        asked=f"Read the key {path.name}",
        found="the file does not hold a key.",
        remedy="Restore it from a backup; what was signed with it can be checked with no other.",
    )


def _kept(path: Path, make: Callable[[], bytes]) -> bytes:
    """Return the key of a file, made owner-only where there is none: whoever comes second keeps the first."""
    if not path.exists():
        part = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(base64.b64encode(make()).decode("ascii"))
        try:
            os.link(part, path)
        except FileExistsError:
            pass
        finally:
            part.unlink()
    try:
        return base64.b64decode(path.read_text("ascii").strip(), validate=True)
    except ValueError as error:
        raise _damaged(path) from error
