"""The site as people meet it: a server process of its own, made-up accounts, a headless Chromium."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import HAS_FAILED
from tests.made.demo import demo

__all__ = ["demo"]

ROOT = Path(__file__).parents[2]
DESKTOP, PHONE = (1280, 900), (375, 812)
# What is left of 1,280 pixels at 400 % (WCAG 2.2, criterion 1.4.10).
ZOOMED = (320, 256)


@contextmanager
def served(home: Path, *options: str) -> Iterator[str]:
    """The address of a made site, ended afterwards."""
    home.mkdir(exist_ok=True)
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.journey.made_site", *options],
        cwd=ROOT,
        env={**os.environ, "DUECARE_HOME": str(home), "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        address = process.stdout.readline().strip()
        assert address, "the made site did not start"
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)
        process.stdout.close()


def offered(page: Any) -> list[str]:
    """Every page that the navigation offers, those in groups too; asked of the page to which signing in leads."""
    first = page.locator(".govuk-service-navigation__link")
    found = [first.nth(place).get_attribute("href") for place in range(first.count())]
    for path in tuple(found) if page.locator(".duecare-beside-pages").count() else ():
        page.goto(path)
        beside = page.locator(".duecare-beside-pages a")
        found += [beside.nth(place).get_attribute("href") for place in range(beside.count())]
    return list(dict.fromkeys(found))


def port_of_its_own() -> int:
    """A port that the system gives to nobody else meanwhile: two workers that look for the same would share one site."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a demo site with one made-up account for each role."""
    with served(tmp_path_factory.mktemp("site")) as address:
        yield address


@pytest.fixture
def open_browser(chromium: Any, site: str, request: pytest.FixtureRequest) -> Iterator[Callable[..., Any]]:
    """Open a page of the site's own browser, at a width, with or without scripts; faults on its console are gathered.

    Shape:   where DUECARE_TEST_WATCH names a folder, a failed test leaves a screenshot of every page and a Playwright
             trace there.
    """
    watch_folder = os.environ.get("DUECARE_TEST_WATCH")
    contexts = []

    def open_at(size: tuple[int, int] = DESKTOP, *, scripts: bool = True, at: str = site) -> Any:
        context = chromium.new_context(
            base_url=at, viewport={"width": size[0], "height": size[1]}, java_script_enabled=scripts
        )
        contexts.append(context)
        if watch_folder:
            context.tracing.start(screenshots=True, snapshots=True, sources=True)
        page = context.new_page()
        page.faults = []
        page.on("pageerror", lambda fault: page.faults.append(str(fault)))
        page.on("console", lambda said: page.faults.append(said.text) if said.type == "error" else None)
        page.on("request", lambda asked: page.faults.append(asked.url) if not asked.url.startswith(at) else None)
        return page

    yield open_at
    for number, context in enumerate(contexts, 1):
        if watch_folder and request.node.stash.get(HAS_FAILED, False):
            keep_what_was_seen(context, Path(watch_folder) / re.sub(r"\W+", "-", request.node.nodeid), number)
        context.close()


def keep_what_was_seen(context: Any, folder: Path, number: int) -> None:
    """Write a screenshot of every page of a browser context, and the trace of what was done in it."""
    folder.mkdir(parents=True, exist_ok=True)
    for place, page in enumerate(context.pages, 1):
        page.screenshot(path=folder / f"browser-{number}-page-{place}.png", full_page=True)
    context.tracing.stop(path=folder / f"browser-{number}-trace.zip")


@pytest.fixture(scope="session")
def screenshots() -> Path:
    """Where screenshots are kept: where DUECARE_TEST_SCREENSHOTS says, else a folder of the moment."""
    folder = Path(os.environ.get("DUECARE_TEST_SCREENSHOTS") or tempfile.mkdtemp(prefix="duecare-screens-"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder
