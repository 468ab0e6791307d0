"""The API keeps what its description says, whatever is sent to it."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from django.conf import settings as desk_settings
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, given, settings
from ninja.throttling import SimpleRateThrottle
from schemathesis.specs.openapi.checks import positive_data_acceptance

from desk.conftest import user_of
from openimr.casework.roles import Role
from openimr.desk.api.tokens import Scope, make_token

# how often each operation is called; all of it ends in about half a minute
CALLS = 20


def not_asked_of(case: schemathesis.Case) -> list[Any]:
    """Return what an operation need not do: any bytes fit the description of a file, few are a record."""
    return [positive_data_acceptance] if case.path.endswith("/records") else []


def test_every_answer_is_one_that_the_description_names(
    own_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each operation is called with what its description allows and with what it does not."""
    monkeypatch.setattr(SimpleRateThrottle, "allow_request", lambda *_: True)
    monkeypatch.setattr(desk_settings, "ALLOWED_HOSTS", ["localhost"])
    secret = make_token(user_of(Role.INTAKE), name="schema", scopes=frozenset(Scope), days=1)[1]
    described = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    operations = [found.ok() for found in described.get_all_operations()]
    assert len(operations) >= 6
    for operation in operations:

        @settings(
            max_examples=CALLS, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
        )
        @given(case=operation.as_strategy())
        def keeps_its_word(case: schemathesis.Case) -> None:
            case.call_and_validate(
                headers={"Authorization": f"Bearer {secret}"}, excluded_checks=not_asked_of(case)
            )

        keeps_its_word()
