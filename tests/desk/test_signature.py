"""A determination is signed with the key of the organization; whoever has the public key can check it."""

from __future__ import annotations

import base64
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from desk.conftest import sign_in, user_of
from openimr.casework.events_review import DeterminationAdopted
from openimr.casework.roles import Role
from openimr.cli.desk_verify import command
from openimr.desk import store
from openimr.desk.keys import (
    DRAW_KEY,
    PUBLIC_KEY,
    SIGNING_KEY,
    KeyDamaged,
    draw_key,
    public_text,
    read_public_key,
    signing_key,
)
from openimr.desk.models import Case, CaseMember
from openimr.desk.signing import ABOUT, SignedDetermination, check, is_signed, sign, signed_file
from openimr.formats import from_json, to_json

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def signed() -> SignedDetermination:
    """Return a determination that was adopted in an invented case, with its signature."""
    case = Case.objects.filter(stage="served").order_by("pk")[0]
    event = next(o.event for o in store.log_of(case) if isinstance(o.event, DeterminationAdopted))
    assert event.determination.json is not None
    assert event.signature is not None
    return signed_file(event.determination.json, event.signature)


def test_what_was_signed_is_found_good(signed: SignedDetermination) -> None:
    found = check(signed, signing_key().public_key())
    assert found.is_sound
    assert found.case is not None
    assert found.case.startswith("CM")


def test_one_other_letter_is_found(signed: SignedDetermination) -> None:
    other = replace(signed, determination=signed.determination.replace("upheld", "overturned", 1))
    assert other != signed
    found = check(other, signing_key().public_key())
    assert len(found.findings) == 2  # the hash and the signature
    hidden = signed_file(other.determination, signed.signature)
    assert check(hidden, signing_key().public_key()).findings == (
        "The signature is not that of this determination with this key.",
    )


def test_the_key_in_the_file_proves_nothing(signed: SignedDetermination) -> None:
    stranger = Ed25519PrivateKey.generate()
    text = signed.determination
    forged = replace(
        signed,
        signature=base64.b64encode(stranger.sign(ABOUT + text.encode())).decode(),
        public_key=public_text(stranger.public_key()),
    )
    assert not check(forged, signing_key().public_key()).is_sound
    assert check(forged, stranger.public_key()).is_sound


@pytest.mark.parametrize("signature", ["", "not base64!", "AAAA"])
def test_nonsense_is_no_signature(signature: str) -> None:
    assert not is_signed("{}", signature, signing_key().public_key())


def test_a_signature_of_something_else_never_passes() -> None:
    text = '{"case": 1}'
    bare = base64.b64encode(signing_key().sign(text.encode())).decode()
    assert not is_signed(text, bare, signing_key().public_key())
    assert is_signed(text, sign(text), signing_key().public_key())


def test_the_keys_can_be_read_by_their_owner_alone_and_stay_the_same() -> None:
    first = draw_key()
    assert draw_key() == first
    assert len(first) == 32
    folder: Path = settings.ENVIRONMENT.data
    for name in (DRAW_KEY, SIGNING_KEY):
        assert (folder / name).stat().st_mode & 0o777 == 0o600
    stored = read_public_key((folder / PUBLIC_KEY).read_text(), name=PUBLIC_KEY)
    assert public_text(stored) == public_text(signing_key().public_key())


def test_a_damaged_key_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, data=tmp_path))
    (tmp_path / SIGNING_KEY).write_text("not a key")
    with pytest.raises(KeyDamaged, match="Restore it from a backup"):
        signing_key()
    with pytest.raises(KeyDamaged, match="public key"):
        read_public_key("AAAA", name="some file")


def test_the_command_checks_a_file_with_a_key(signed: SignedDetermination, tmp_path: Path) -> None:
    file, key = tmp_path / "determination.json", tmp_path / "signing.pub"
    file.write_bytes(to_json(signed))
    key.write_text(public_text(signing_key().public_key()))
    good = CliRunner().invoke(command, [str(file), "--key", str(key)], standalone_mode=False)
    assert good.return_value == 0
    assert "The signature is good." in good.output
    file.write_bytes(to_json(replace(signed, signature=sign("something else"))))
    bad = CliRunner().invoke(command, [str(file), "--key", str(key), "--json"], standalone_mode=False)
    assert bad.return_value == 3
    assert '"is_sound":false' in bad.output.replace(" ", "")


def test_the_page_hands_the_signed_file_to_people_on_the_case_and_to_nobody_else() -> None:
    quality = user_of(Role.QUALITY)
    case = Case.objects.filter(stage="served", members__user=quality).order_by("pk")[0]
    address = f"/cases/{case.number}/versions/1/signed/"
    answer = sign_in(Role.QUALITY).get(address)
    file = from_json(answer.content, SignedDetermination, name="the answer")
    assert check(file, signing_key().public_key()).is_sound
    for role in (Role.PAYER, Role.APPLICANT, Role.ADMINISTRATIVE_DIRECTOR):
        user = user_of(role)
        CaseMember.objects.get_or_create(case=case, user=user, defaults={"role": role, "since": 1})
        assert sign_in(role).get(address).status_code == 403
