"""What stands for the arguments of addresses when every page is opened by every role."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from openimr.casework.parts import CaseParty
from openimr.desk import store
from openimr.desk.access import Address
from openimr.desk.accreditation import make_report
from openimr.desk.api.tokens import make_token
from openimr.desk.clock import now, today
from openimr.desk.files import store_file
from openimr.desk.invitations import make
from openimr.desk.models import (
    AccreditorReport,
    ApiToken,
    ApplicationDraft,
    Case,
    CaseOffer,
    Invitation,
    PayerOrganization,
    PrintBatch,
    StoredDraw,
    StoredReviewer,
    User,
)

# The argument of an address, and a value for a user and a case. A new argument needs a line here.
SAMPLES: Mapping[str, Callable[[User, Case], object]] = {
    "number": lambda _user, case: case.number,
    "place": lambda _user, _case: 1,
    "key": lambda _user, _case: "announced",
    "sha256": lambda _user, case: next((f.file_id for f in case.files.order_by("pk")), "0" * 64),
    "draft": lambda user, _case: draft_of(user).key,
    "step": lambda _user, _case: "person",
    "question": lambda _user, _case: "name",
    "paper": lambda _user, _case: 1,
    "sheet": lambda _user, _case: 1,
    "reviewer": lambda _user, _case: StoredReviewer.objects.order_by("reviewer")[0].reviewer,
    "draw": lambda _user, _case: StoredDraw.objects.order_by("drawn_at")[0].sha256,
    "offer": lambda _user, _case: next((o.pk for o in CaseOffer.objects.order_by("pk")), 0),
    "version": lambda _user, _case: 1,
    "form": lambda _user, _case: "html",
    "token": lambda user, _case: token_of(user).pk,
    "notice": lambda _user, case: next((p.id for p in store.state_of(case).papers), "assignment-1"),
    "batch": lambda user, _case: batch_of(user).pk,
    "report": lambda user, _case: report_of(user).pk,
    "rule": lambda _user, _case: "us_ca_wc.determination_deadline",
    "payer": lambda user, _case: payer_of(user).pk,
    "invitation": lambda user, case: invitation_of(user, case).pk,
    "pk": lambda user, _case: passkey_of(user).pk,
    "account": lambda user, _case: User.objects.exclude(pk=user.pk).order_by("-pk")[0].pk,
}


def token_of(user: User) -> ApiToken:
    """Return a token of a user, made now if there is none; of a role without scopes it opens nothing."""
    return user.tokens.first() or make_token(user, name="sample", scopes=frozenset(), days=1)[0]


def passkey_of(user: User) -> Authenticator:
    """Return a passkey of a user, made now if there is none."""
    kind = Authenticator.Type.WEBAUTHN
    found = Authenticator.objects.filter(user=user, type=kind).first()
    data = {"name": "Sample", "credential": registration()}
    return found or Authenticator.objects.create(user=user, type=kind, data=data)


def registration() -> dict[str, object]:
    """Return what a browser sends when a key is registered, of a key that is thrown away."""
    public = ES256.from_cryptography_key(generate_private_key(SECP256R1()).public_key())
    known = AttestedCredentialData.create(b"\0" * 16, b"sample-credential", public)
    about = AuthenticatorData.create(
        b"\0" * 32, AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT, 0, known
    )
    client = CollectedClientData.create(
        type="webauthn.create", challenge=b"0" * 32, origin="http://localhost"
    )
    return {
        "id": websafe_encode(b"sample-credential"),
        "rawId": websafe_encode(b"sample-credential"),
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(client),
            "attestationObject": websafe_encode(AttestationObject.create("none", about, {})),
        },
        "clientExtensionResults": {},
    }


def payer_of(user: User) -> PayerOrganization:
    """Return an organization of a claims administrator, made now if there is none."""
    about = {"name": "Heron Casualty", "made_by": user}
    return PayerOrganization.objects.get_or_create(identifier="payer-heron", defaults=about)[0]


def invitation_of(user: User, case: Case) -> Invitation:
    """Return an invitation of a case, made now if there is none."""
    found = case.invitations.order_by("pk").first()
    return found or make(case, CaseParty.EMPLOYEE, by=user).invitation


def batch_of(user: User) -> PrintBatch:
    """Return a print batch of a user, made now if there is none."""
    found = PrintBatch.objects.filter(by=user).order_by("pk").first()
    file = store_file([b"%PDF-1.7 a sample"], media_type="application/pdf")
    return found or PrintBatch.objects.create(by=user, file=file)


def report_of(user: User) -> AccreditorReport:
    """Return a report for accreditation, made now if there is none."""
    day = today()
    year = timedelta(days=365)
    found = AccreditorReport.objects.order_by("pk").first()
    return found or make_report(first=day - year, last=day, seed=1, by=user, at=now())


def draft_of(user: User) -> ApplicationDraft:
    """Return an application that a user began and has not filed, begun now if there is none."""
    found = user.drafts.filter(filed_as=None).order_by("pk").first()
    return found or ApplicationDraft.objects.create(owner=user)


def arguments_of(address: Address) -> tuple[str, ...]:
    """Return the names of the arguments of an address."""
    return tuple(_converters(get_resolver(), address.name.rpartition(":")[2]))


def _converters(resolver: URLResolver, name: str, above: tuple[str, ...] = ()) -> tuple[str, ...]:
    for pattern in resolver.url_patterns:
        here = (*above, *pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            if found := _converters(pattern, name, here):
                return found
        elif isinstance(pattern, URLPattern) and pattern.name == name:
            return here
    return ()


def path_of(address: Address, user: User, case: Case) -> str:
    """Return the path of an address for a user and a case."""
    named = {name: SAMPLES[name](user, case) for name in arguments_of(address)}
    return reverse(address.name, kwargs=named)
