"""What every test has at hand: no network, a store of its own, PostgreSQL, a browser, chance that can be repeated."""

from __future__ import annotations

import atexit
import importlib.util
import ipaddress
import json
import os
import random
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from tests.services import postgres

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

# What loads libfaketime (tools/test-any-day), under which Chromium does not start.
_MOVES_CLOCK = {"LD_PRELOAD", "DYLD_INSERT_LIBRARIES"}

ROOT = Path(__file__).parents[1]

# --- a store of the tests' own ------------------------------------------------------------------------
# Whatever the person running the tests has set for their own store must not reach the tests, nor the tests it.

for _name in [name for name in os.environ if name.startswith("DUECARE_") and not name.startswith("DUECARE_TEST_")]:
    del os.environ[_name]
_HOME = tempfile.mkdtemp(prefix="duecare-test-")
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)
os.environ["DUECARE_HOME"] = _HOME
if os.environ.get("DUECARE_TEST_ENGINE") == "postgres":
    os.environ["DUECARE_DATABASE_URL"] = os.environ["DUECARE_TEST_POSTGRES_URL"]

# --- chance ----------------------------------------------------------------------------------------

_SLOW_MACHINE = [HealthCheck.too_slow]
settings.register_profile("quick", max_examples=10, deadline=None, suppress_health_check=_SLOW_MACHINE)
settings.register_profile("ci", max_examples=10, deadline=None, suppress_health_check=_SLOW_MACHINE, print_blob=True)
settings.register_profile("whole", max_examples=30, deadline=None, suppress_health_check=_SLOW_MACHINE, print_blob=True)
settings.register_profile("long", max_examples=2_000, deadline=None, suppress_health_check=_SLOW_MACHINE)
PROFILE = os.environ.get("DUECARE_TEST_PROFILE", "quick")
settings.load_profile(PROFILE)
IS_WHOLE_RUN = PROFILE in {"whole", "long"}
"""Is every test run, and every one in full (make test-whole), and not only what fits into each change's quarter of an hour?"""

# --- what this machine has, and what is therefore left out -------------------------------------------

_NEEDS = {
    "postgres": (lambda: bool(os.environ.get("DUECARE_TEST_POSTGRES_URL")) or postgres.programs() is not None),
    "browser": (lambda: shutil.which(CHROMIUM) is not None),
    "assets": (lambda: (ROOT / "src/duecare/web/static_built/.built").is_file()),
    "pango": (lambda: import_module("duecare.report.render.pdf").can_be_made()),
    "spark": (lambda: importlib.util.find_spec("pyspark") is not None and shutil.which("java") is not None),
}
_MISSING = {
    "postgres": "PostgreSQL 17 is not installed here",
    "browser": f"{CHROMIUM} is not installed here",
    "assets": "the style and scripts of the pages are not built here: make assets",
    "pango": "Pango, which lays out the text of a PDF, is not installed here",
    "spark": "PySpark or Java is not installed here",
    "long": "they run in make test-whole, or by their file in make test-one",
}
_LEFT_OUT = pytest.StashKey[dict[str, int]]()
_LATER = "long"
_POSTGRES_LATER = "long_on_postgres"
_ON_BOTH = "on_both_engines"
"""The marks of tests that wait for make test-whole, on either engine or on PostgreSQL alone, and of those that do not."""
HAS_FAILED = pytest.StashKey[bool]()
_ENGINE = os.environ.get("DUECARE_TEST_ENGINE", "")
_ONE_ENGINE = {"browser", "one_engine"}
_STANDS_IN_FOR_STORE = "made_steps"
_STORE_FIXTURES = {"db", "transactional_db", "django_db_serialized_rollback", "live_server", "django_db_setup"}


_PURE = {
    "access",
    "audit",
    "disclosure",
    "duty",
    "extract",
    "ledger",
    "person",
    "record",
    "rulebook",
    "timeline",
    "vocabulary",
    "worklist",
}
"""Rooms under tests/rooms of which no test needs Django: asked for alone, they run without it."""


def _are_pure(args: list[str]) -> bool:
    rooms = ROOT / "tests/rooms"
    places = [(ROOT / arg.partition("::")[0]).resolve() for arg in args]
    return bool(places) and all(
        rooms in place.parents and place.relative_to(rooms).parts[0] in _PURE for place in places
    )


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Refuse to start where something is required and missing; then read Django's settings, unless only pure rooms are tried."""
    config.stash[_LEFT_OUT] = {}
    config.pluginmanager.register(_FromWorkers())
    for mark in _NEEDS:
        if os.environ.get(f"DUECARE_TEST_{mark.upper()}") == "required" and not _NEEDS[mark]():
            raise pytest.UsageError(f"DUECARE_TEST_{mark.upper()} is required, but {_MISSING[mark]}.")
    if _are_pure(config.args):
        return  # Django takes longer to load than most of these tests to run
    if (ROOT / "policy/force.sample.toml").is_file() and (ROOT / "src/duecare/web/urls.py").exists():
        os.environ["DJANGO_SETTINGS_MODULE"] = "duecare.settings"
        from django.conf import settings as django_settings

        assert django_settings.DATABASES


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what this machine cannot run and, on a second engine, what does not touch the store or is seen by it alone.

    Shape:   what a browser shows is the same on either, and so is a page of made values that stand in for the store's;
             that what stands beneath is, is tried without them.
    """
    has: dict[str, bool] = {}  # looked into only for marks in use: one of them loads a large library
    kept: list[pytest.Item] = []
    left: list[pytest.Item] = []
    for item in items:
        names = set(getattr(item, "fixturenames", ()))
        marks = {mark.name for mark in item.iter_markers()}
        marks |= {"postgres"} if names & {"postgres_server", "postgres_url"} else set()
        marks |= {"browser", "assets"} if "chromium" in names else set()
        for mark in marks & _NEEDS.keys() - has.keys():
            has[mark] = _NEEDS[mark]()
        lacking = sorted(mark for mark in marks & has.keys() if not has[mark])
        lacking += [_LATER] if _is_for_whole_run(item, marks) and not IS_WHOLE_RUN else []
        if lacking:
            counts = config.stash[_LEFT_OUT]
            counts[lacking[0]] = counts.get(lacking[0], 0) + 1
            left.append(item)
        elif _ENGINE == "postgres" and (
            marks & _ONE_ENGINE
            or _STANDS_IN_FOR_STORE in names
            or not ("django_db" in marks or names & _STORE_FIXTURES)
        ):
            left.append(item)
        else:
            kept.append(item)
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = kept
    if seed := os.environ.get("DUECARE_TEST_ORDER"):
        items[:] = _in_order_of(seed, items)


def _is_for_whole_run(item: pytest.Item, marks: set[str]) -> bool:
    """Does a test wait for make test-whole?

    Shape:   those marked so; on PostgreSQL also what lies above the store, which is tried there by tests of its own, by laws
             and by guarantees, but for use cases marked `on_both_engines`, beneath which the store has no tests yet.
    """
    is_above = item.nodeid.split("/")[1:2] in (["cli"], ["web"], ["use_cases"]) and _ON_BOTH not in marks
    return _LATER in marks or (_ENGINE == "postgres" and (is_above or _POSTGRES_LATER in marks))


def _in_order_of(seed: str, items: list[pytest.Item]) -> list[pytest.Item]:
    """The tests in an order of chance, the same in every worker: modules, and within each its tests.

    Shape:   a module's tests stay together, since what one fixture has made for all of them is costly.
    """
    chance = random.Random(seed)
    by_module: dict[str, list[pytest.Item]] = {}
    for item in items:
        by_module.setdefault(item.nodeid.partition("::")[0], []).append(item)
    modules = list(by_module.values())
    chance.shuffle(modules)
    for tests in modules:
        chance.shuffle(tests)
    return [item for tests in modules for item in tests]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand what was left out from a worker to the process that reports."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = session.config.stash[_LEFT_OUT]


class _FromWorkers:
    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Every worker collects the same tests, so one worker's counts are everyone's."""
        node.config.stash[_LEFT_OUT].update(getattr(node, "workeroutput", {}).get("left_out", {}))


_SECONDS: dict[str, float] = {}
_COUNTS: dict[str, int] = {}


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add a test's time to its folder's."""
    parts = report.nodeid.partition("::")[0].split("/")[:-1]
    folder = "/".join(parts[: 3 if parts[1:2] == ["rooms"] else 2])
    _SECONDS[folder] = _SECONDS.get(folder, 0.0) + report.duration
    _COUNTS[folder] = _COUNTS.get(folder, 0) + (report.when == "call")


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Print the times by folder where there are several, then what was left out, and why."""
    if len(_SECONDS) > 1:
        terminalreporter.write_line("Seconds of all workers together, by folder:")
        for folder, seconds in sorted(_SECONDS.items(), key=lambda pair: -pair[1]):
            terminalreporter.write_line(f"{seconds:8.1f}  {_COUNTS[folder]:5d} tests  {folder}")
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
    """Debian's own Chromium, for pages as people see them: headless, unless DUECARE_TEST_WATCH is set and there is a display."""
    from playwright.sync_api import sync_playwright

    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright runs an event loop in this thread, which Django would take for asynchronous code.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        true_clock = {name: value for name, value in os.environ.items() if name not in _MOVES_CLOCK}
        is_watched = bool(os.environ.get("DUECARE_TEST_WATCH") and os.environ.get("DISPLAY"))
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=list(CHROMIUM_FLAGS), env=true_clock, headless=not is_watched
        )
        yield browser
        browser.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """Keep whether a test failed, for fixtures that leave more behind when it did."""
    report = yield
    item.stash[HAS_FAILED] = item.stash.get(HAS_FAILED, False) or report.failed
    return report


# --- what is promised, and how it was tried (make assurance) --------------------------------------------


@pytest.fixture
def is_long_run() -> bool:
    """Is this one of the long runs (make assurance-long), in which attacks are repeated many times?"""
    return PROFILE == "long"


@pytest.fixture
def is_whole_run() -> bool:
    """Is every test run in full (make test-whole), and not only as far as each change waits for?"""
    return IS_WHOLE_RUN


@pytest.fixture
def assured(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Note how a promise was tried: `assured("G5", method=..., n=..., figure=..., pass_mark=..., seed=...)`.

    Called after the assertions, so that only what held is noted. Kept where DUECARE_TEST_ASSURANCE names a folder.
    """

    def note(promise: str, *, method: str, n: int, figure: str, pass_mark: str, seed: int | None = None) -> None:
        folder = os.environ.get("DUECARE_TEST_ASSURANCE")
        if not folder:
            return
        commit = subprocess.run(
            ["git", "rev-parse", "--short=12", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
        ).stdout.strip()
        line = {
            "promise": promise,
            "method": method,
            "n": n,
            "figure": figure,
            "pass_mark": pass_mark,
            "seed": seed,
            "engine": _ENGINE or "sqlite",
            "test": request.node.nodeid,
            "date": time.strftime("%Y-%m-%d", time.gmtime()),
            "commit": commit,
        }
        out = Path(folder)
        out.mkdir(parents=True, exist_ok=True)
        with (out / f"{os.getpid()}.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")

    return note
