"""How people sign in: nobody makes an account for themselves, and staff have a second factor."""

from __future__ import annotations

from allauth.account import views as account
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.http import HttpRequest
from django.urls import path


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """What of allauth is different here."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return that accounts are made by an administrator."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return the first page after signing in."""
        return "/"


# Only what the desk uses of allauth: no sign-up, no e-mail addresses, no reset by mail.
ADDRESSES = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/", account.password_change, name="account_change_password"),
    path("second-factor/", mfa.index, name="mfa_index"),
    path("second-factor/ask/", mfa.authenticate, name="mfa_authenticate"),
    path("second-factor/confirm/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("second-factor/authenticator/", totp.activate_totp, name="mfa_activate_totp"),
    path("second-factor/authenticator/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("second-factor/passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("second-factor/passkeys/add/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path(
        "second-factor/passkeys/confirm/",
        passkeys.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path("second-factor/passkeys/<int:pk>/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("second-factor/passkeys/<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("second-factor/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("second-factor/codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("second-factor/codes/download/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]
