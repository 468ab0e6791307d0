"""A passkey as second factor, with the virtual authenticator of a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, Page

from desk.conftest import sign_in as signed_in
from openimr.casework.roles import Role
from openimr.desk.models import AccountEvent, User

PASSWORD = "a password of sixteen and more"


@pytest.fixture
def account(database: str) -> Iterator[User]:
    """Return an account with a password and no second factor at all, taken away at the end."""
    user = User.objects.create_user("passkey-holder", PASSWORD, role=Role.INTAKE, name="Petra Keyes")
    yield user
    Authenticator.objects.filter(user=user).delete()
    Session.objects.all().delete()
    AccountEvent.objects.filter(user=user).delete()
    user.delete()


@pytest.fixture
def page(browser: Browser, site: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """Return a page with a virtual authenticator; a passkey needs a name, as localhost."""
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", [*settings.ALLOWED_HOSTS, "localhost"])
    port = urlsplit(site).port
    with browser.new_context(base_url=f"http://localhost:{port}") as context:
        opened = context.new_page()
        plug_in(opened)
        yield opened


def plug_in(page: Page) -> None:
    """Plug a new virtual key into a page."""
    line = page.context.new_cdp_session(page)
    line.send("WebAuthn.enable")
    about = {
        "protocol": "ctap2",
        "transport": "usb",
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    line.send("WebAuthn.addVirtualAuthenticator", {"options": about})


def sign_in(page: Page) -> None:
    page.goto("/accounts/login/")
    page.fill("#id_login", "passkey-holder")
    page.fill("#id_password", PASSWORD)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_load_state()


def add_passkey(page: Page) -> None:
    """Sign in by password and add a passkey."""
    sign_in(page)
    assert "second-factor" in page.url, "a role that sees cases is sent to set one up"
    page.goto("/accounts/second-factor/passkeys/add/")
    if "reauthenticate" in page.url:
        page.fill("#id_password", PASSWORD)
        page.locator("main button[type=submit]").first.click()
        page.wait_for_load_state()
    page.get_by_label("Name").fill("Blue key")
    page.get_by_role("button", name="Add").click()
    page.wait_for_url(lambda url: not url.endswith("/add/"))


def test_a_passkey_is_added_and_then_asked_for_and_opens_the_desk(account: User, page: Page) -> None:
    add_passkey(page)
    assert Authenticator.objects.filter(user=account, type=Authenticator.Type.WEBAUTHN).count() == 1
    page.goto("/")
    assert urlsplit(page.url).path == "/", "the work list opens"
    page.context.clear_cookies()
    sign_in(page)
    assert urlsplit(page.url).path == "/accounts/second-factor/ask/"
    page.goto("/")
    assert "/accounts/" in page.url, "the password alone opens nothing"
    page.goto("/accounts/second-factor/ask/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(lambda url: urlsplit(url).path == "/")


def test_another_key_opens_nothing_and_the_page_says_so(
    account: User, page: Page, browser: Browser, site: str
) -> None:
    add_passkey(page)
    with browser.new_context(base_url=page.url.split("/accounts")[0]) as context:
        other = context.new_page()
        plug_in(other)
        sign_in(other)
        other.get_by_role("button", name="Use a passkey").click()
        other.get_by_text("The passkey was not used").wait_for(timeout=90_000)
        other.goto("/")
        assert "/accounts/" in other.url


def test_an_account_with_a_passkey_alone_counts_as_secured(account: User, page: Page) -> None:
    add_passkey(page)
    client = signed_in(Role.ADMINISTRATOR)
    assert "passkey-holder" in client.get("/users/", {"text": "passkey-holder"}).content.decode()
    client.post(f"/users/{account.pk}/reset-second-factor/")
    assert not Authenticator.objects.filter(user=account).exists(), "it is reset like any other"
