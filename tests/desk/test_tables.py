"""The tables are those that the models name."""

from __future__ import annotations

import pytest
from django.core.management import call_command


@pytest.mark.usefixtures("db")
def test_every_change_of_a_model_has_its_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
