"""The whole chain on a screen: the made-up force, received, linked and assessed, seen by each of its people."""

import re
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator

import pytest
from tests.journey.conftest import DESKTOP, PHONE, ROOT, offered, port_of_its_own
from tests.journey.test_journeys import is_wider_than_the_screen, violations
from tests.made.demo import Demo, environ
from tests.made.long_runs import mostly_long

from duecare.access.roles import ROLES

pytestmark = pytest.mark.browser

# The made-up accounts are named after their roles; none is made for the public, who need no account.
ACCOUNTS = [role.name.replace("_", "-") for role in ROLES if role.name != "public"]


@pytest.fixture(scope="module")
def site(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site on a copy of the demo store, as reading writes the ledger."""
    home = tmp_path_factory.mktemp("force") / "store"
    shutil.copytree(demo.home, home)
    port = port_of_its_own()
    command = [sys.executable, "-m", "gunicorn", "duecare.web.wsgi:application", "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(
        [*command, "--threads", "4", "--no-control-socket", "--log-level", "warning"],
        cwd=ROOT,
        env={**environ(home), "PYTHONPATH": str(ROOT / "src")},
    )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(f"{address}/healthz")
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def sign_in(page, account: str) -> None:
    page.goto("/account/sign-in/")
    page.locator(f"form:has(input[value='{account}']) button").click()


def number_in(text: str) -> int:
    return int(re.sub(r"\D", "", text.split(" ")[0]))


def test_the_17_day_case_stands_first_unallocated_and_late_with_the_suspect_in_contact(open_browser, screenshots):
    page = open_browser()
    sign_in(page, "chief-officer")

    assert page.url.endswith("/worklist/")
    page.screenshot(path=screenshots / "force-worklist.png", full_page=True)
    first = page.locator(".duecare-line").first
    assert "NM-SC01-LIVE" in first.inner_text()
    for words in ("in contact with the child", "Late by 8 days", "Allocate an investigator", "Nobody is allocated"):
        assert words in first.inner_text()

    first.get_by_role("link").first.click()
    page.screenshot(path=screenshots / "force-case.png", full_page=True)
    page.get_by_text("How we worked this out").first.click()
    told = page.locator(".duecare-finding").first.inner_text()
    assert "Late by 8 days and not done." in told
    assert "supervisor" in told
    assert "detective inspector" in told


def test_at_its_own_dates_the_case_is_met_late_by_16_days(open_browser):
    page = open_browser()
    sign_in(page, "chief-officer")
    page.goto("/cases/pole/NM-SC01/")

    assert page.get_by_text("Met 16 days late").first.is_visible()


@pytest.mark.parametrize("account", mostly_long(ACCOUNTS, ["custody-officer"]))
def test_each_role_opens_what_it_is_offered_and_the_first_line_of_it(open_browser, account, is_whole_run, is_long_run):
    sizes = (DESKTOP, PHONE) if is_long_run else (DESKTOP,)
    for size in sizes:
        page = open_browser(size)
        sign_in(page, account)
        pages = offered(page)
        opened: list[str] = []
        for path in pages:
            assert page.goto(path).status == 200, path
            inner = page.locator("main a[href^='/cases/'], main a[href^='/people/']")
            opened += [inner.first.get_attribute("href")] if inner.count() else []
            if is_long_run or (is_whole_run and account in {"chief-officer", "data-officer"}):
                assert violations(page) == [], path
                assert not is_wider_than_the_screen(page), path
        for path in dict.fromkeys(path.partition("#")[0] for path in opened):
            assert page.goto(path).status == 200, path
        assert page.faults == []


@pytest.mark.long
@pytest.mark.parametrize("account", ["offender-manager", "chief-officer", "mash"])
def test_every_number_on_the_visits_board_opens_exactly_what_it_counts(open_browser, account):
    page = open_browser()
    sign_in(page, account)
    page.goto("/visits/")
    cells = [(cell.get_attribute("href"), number_in(cell.inner_text())) for cell in page.locator("td a").all()]

    counted = {}
    for path, _ in cells:
        page.goto(path)
        counted[path] = page.locator(".duecare-line").count()

    assert len(cells) == 25
    assert sum(number for _, number in cells) > 0
    assert counted == dict(cells)


def test_every_number_on_the_custody_board_opens_exactly_what_it_counts(open_browser):
    page = open_browser()
    sign_in(page, "custody-officer")
    assert page.url.endswith("/custody/")
    counts = [
        (one.get_attribute("href"), number_in(one.inner_text())) for one in page.locator(".duecare-counts a").all()
    ]

    opened = {}
    for path, _ in counts:
        page.goto(path)
        opened[path] = page.locator(".duecare-line").count()

    assert dict(counts)["/custody/?show=in_custody"] > 0
    assert opened == dict(counts)


def _wait_for(address: str) -> None:
    for _ in range(120):
        try:
            with urllib.request.urlopen(address):
                return
        except OSError:
            time.sleep(0.5)
    raise AssertionError(f"nothing answers at {address}")
