"""What all tests share: the real letters beside the checkout, and the rule for golden files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parents[1]
LEFT_OUT = "left out: the real letters and records stand in ../shared, which is not there"

# The same examples on every machine: a failure that one run finds, every run finds.
settings.register_profile(
    "house", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="Write the expected files anew from the answers; read the change before you commit it.",
    )


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of real letters and records beside the checkout.

    Without it the test is left out and named at the end of the run; in CI it fails.
    """
    folder = ROOT.parent / "shared"
    if folder.is_dir():
        return folder
    if os.environ.get("CI") == "true":
        pytest.fail("CI runs every test, and the folder ../shared of real letters is not there.")
    pytest.skip(LEFT_OUT)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Return a check that a text equals an expected file; a missing file fails."""
    update = bool(request.config.getoption("--update-golden"))

    def check(expected: Path, found: str) -> None:
        if update:
            expected.parent.mkdir(parents=True, exist_ok=True)
            expected.write_text(found, encoding="utf-8")
        assert expected.is_file(), f"{expected.name} is missing; run pytest --update-golden and read it."
        assert found == expected.read_text(encoding="utf-8")

    return check


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """List the tests that were left out for want of real letters."""
    skipped = terminalreporter.stats.get("skipped", [])
    names = [report.nodeid for report in skipped if LEFT_OUT in str(report.longrepr)]
    if names:
        terminalreporter.section("left out: no real letters in ../shared")
        for name in names:
            terminalreporter.line(name)
        terminalreporter.line(f"Left out for want of real letters and records: {len(names)}.")


@pytest.fixture(autouse=True, scope="session")
def caches_of_their_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Commands keep pages in the user's folder of caches; those of tests go elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("caches")))
        yield
