"""Signed determinations: signed when a physician adopts, checked by anybody who has the public key.

What is signed are the bytes of the determination as the log keeps them, behind
words that say what they are. The file that is handed on holds both, and the
public key for orientation only: a check asks for the key of the organization.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from openimr.desk.keys import public_text, signing_key
from openimr.formats import from_json
from openimr.terms.determination import Determination
from openimr.terms.errors import InputError

# a signature of something else can never pass for one of a determination
ABOUT = b"OpenIMR determination, version 1\n"
ALGORITHM = "Ed25519"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedDetermination:
    """A determination with its signature, as one file.

    Attributes:
        determination: The text whose bytes are signed: JSON of a determination.
        signature: Base64 of the 64 bytes.
        public_key: Base64 of the key that belongs to it.
    """

    schema: int
    determination: str
    sha256: str
    algorithm: str
    signature: str
    public_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a check of a signed determination found; ``findings`` is empty where all is well."""

    case: str | None
    adopted_on: str | None
    findings: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        """Return whether the determination is what was signed, by the key that was asked for."""
        return not self.findings


def sign(determination: str) -> str:
    """Return the signature of the text of a determination, with the key of the organization."""
    return base64.b64encode(signing_key().sign(ABOUT + determination.encode())).decode("ascii")


def is_signed(determination: str, signature: str, key: Ed25519PublicKey) -> bool:
    """Return whether a signature is that of a text, by a key."""
    try:
        key.verify(base64.b64decode(signature, validate=True), ABOUT + determination.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def signed_file(determination: str, signature: str) -> SignedDetermination:
    """Return a signed determination as the file that is handed on."""
    return SignedDetermination(
        schema=1,
        determination=determination,
        sha256=sha256(determination.encode()).hexdigest(),
        algorithm=ALGORITHM,
        signature=signature,
        public_key=public_text(signing_key().public_key()),
    )


def check(signed: SignedDetermination, key: Ed25519PublicKey) -> Checked:
    """Return what is wrong with a signed determination."""
    findings = []
    if signed.algorithm != ALGORITHM:
        findings.append(f"It is signed with {signed.algorithm}; known is {ALGORITHM}.")
    if sha256(signed.determination.encode()).hexdigest() != signed.sha256:
        findings.append("The determination is not the one that the hash names.")
    if signed.public_key != public_text(key):
        findings.append("It names another key than the one it is checked with.")
    if not is_signed(signed.determination, signed.signature, key):
        findings.append("The signature is not that of this determination with this key.")
    try:
        told = from_json(signed.determination, Determination, name="the determination")
    except InputError as error:
        return Checked(case=None, adopted_on=None, findings=(*findings, f"No determination: {error.found}"))
    return Checked(case=told.case_number, adopted_on=told.adopted_on.isoformat(), findings=tuple(findings))
