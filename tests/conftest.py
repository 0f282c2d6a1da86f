"""What every test has at hand, whichever room it tests: no network, a PostgreSQL, a browser, chance that can be repeated."""

from __future__ import annotations

import importlib.util
import ipaddress
import os
import shutil
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

sys.path.insert(0, str(Path(__file__).parent / "services"))
import postgres

CHROMIUM = "/usr/bin/chromium"
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

# --- chance ----------------------------------------------------------------------------------------

_SLOW_MACHINE = [HealthCheck.too_slow]
settings.register_profile("quick", max_examples=30, deadline=None, suppress_health_check=_SLOW_MACHINE)
settings.register_profile("ci", max_examples=100, deadline=None, suppress_health_check=_SLOW_MACHINE, print_blob=True)
settings.register_profile("long", max_examples=2_000, deadline=None, suppress_health_check=_SLOW_MACHINE)
settings.load_profile(os.environ.get("DUECARE_TEST_PROFILE", "quick"))

# --- what this machine has, and what is therefore left out -------------------------------------------

_NEEDS = {
    "postgres": (lambda: bool(os.environ.get("DUECARE_TEST_POSTGRES_URL")) or postgres.programs() is not None),
    "browser": (lambda: shutil.which(CHROMIUM) is not None),
    "spark": (lambda: importlib.util.find_spec("pyspark") is not None and shutil.which("java") is not None),
}
_MISSING = {
    "postgres": "PostgreSQL 17 is not installed here",
    "browser": f"{CHROMIUM} is not installed here",
    "spark": "PySpark or Java is not installed here",
}
_LEFT_OUT = pytest.StashKey[dict[str, int]]()
_ENGINE = os.environ.get("DUECARE_TEST_ENGINE", "")
_STORE_FIXTURES = {"db", "transactional_db", "django_db_serialized_rollback", "live_server", "django_db_setup"}


def pytest_configure(config: pytest.Config) -> None:
    """Refuse to start where something is required and missing."""
    config.stash[_LEFT_OUT] = {}
    for mark in _NEEDS:
        if os.environ.get(f"DUECARE_TEST_{mark.upper()}") == "required" and not _NEEDS[mark]():
            raise pytest.UsageError(f"DUECARE_TEST_{mark.upper()} is required, but {_MISSING[mark]}.")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what this machine cannot run and, on a second engine, what does not touch the store."""
    has = {mark: need() for mark, need in _NEEDS.items()}
    kept: list[pytest.Item] = []
    left: list[pytest.Item] = []
    for item in items:
        names = set(getattr(item, "fixturenames", ()))
        marks = {mark.name for mark in item.iter_markers()}
        marks |= {"postgres"} if names & {"postgres_server", "postgres_url"} else set()
        marks |= {"browser"} if "chromium" in names else set()
        lacking = sorted(mark for mark in marks & has.keys() if not has[mark])
        if lacking:
            counts = config.stash[_LEFT_OUT]
            counts[lacking[0]] = counts.get(lacking[0], 0) + 1
            left.append(item)
        elif _ENGINE == "postgres" and not ("django_db" in marks or names & _STORE_FIXTURES):
            left.append(item)
        else:
            kept.append(item)
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = kept


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say plainly what was left out, and why."""
    for mark, count in config.stash[_LEFT_OUT].items():
        terminalreporter.write_line(f"LEFT OUT: {count} tests marked {mark}: {_MISSING[mark]}.", yellow=True)


# --- no network --------------------------------------------------------------------------------------


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Nothing that runs in a test's own process reaches past this machine."""
    real_connect, real_connect_ex, real_lookup = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def guard(address: Any) -> None:
        if isinstance(address, tuple) and not _is_here(str(address[0])):
            raise PermissionError("a test tried to reach the network")

    def connect(self: socket.socket, address: Any) -> Any:
        guard(address)
        return real_connect(self, address)

    def connect_ex(self: socket.socket, address: Any) -> Any:
        guard(address)
        return real_connect_ex(self, address)

    def lookup(host: Any, *rest: Any, **named: Any) -> Any:
        guard((host or "localhost",))
        return real_lookup(host, *rest, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect)
        patch.setattr(socket.socket, "connect_ex", connect_ex)
        patch.setattr(socket, "getaddrinfo", lookup)
        yield


def _is_here(host: str) -> bool:
    if host in {"localhost", "testserver"}:
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


# --- services ----------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """A PostgreSQL 17 of this test process's own, free to be killed."""
    with postgres.server() as running:
        yield running


@pytest.fixture(scope="session")
def postgres_url(request: pytest.FixtureRequest) -> str:
    """The address of a PostgreSQL 17: the one that `make test` started, else one of our own."""
    return os.environ.get("DUECARE_TEST_POSTGRES_URL") or request.getfixturevalue("postgres_server").url


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A headless Chromium, Debian's own, for pages as people see them."""
    from playwright.sync_api import sync_playwright

    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright runs an event loop in this thread, which Django would take for asynchronous code.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(CHROMIUM_FLAGS))
        yield browser
        browser.close()
