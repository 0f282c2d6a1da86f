"""Given files to grade, when an auditor has only a keyboard, then they are read, graded and submitted, one after the other."""

from __future__ import annotations

import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.journey.conftest import DESKTOP, PHONE, ROOT, ZOOMED, port_of_its_own
from tests.journey.test_journeys import is_wider_than_the_screen, violations
from tests.made.demo import environ
from tests.made.few_cases import SOURCE
from tests.made.graded import ROUND, deliver, graded, later
from tests.made.stores import Stores

from duecare.vocabulary.moments import iso_text

pytestmark = pytest.mark.browser

HERE = f"/sample/{ROUND}/{SOURCE}/OPEN/"


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site on a store with a round, of which one file was tidied after the draw."""
    del django_db_setup
    folder = tmp_path_factory.mktemp("graded")
    drawn = datetime.now(UTC).replace(microsecond=0) - timedelta(days=2)
    with django_db_blocker.unblock():
        stores = Stores(folder)
        with graded(stores.new(), folder, drawn) as store:
            review = {"event_id": "T1", "kind": "supervisor_reviewed", "case_ref": "OPEN", "officer": "S1",
                      "happened_at": iso_text(drawn - timedelta(days=6)), "written_at": iso_text(later(drawn, 5))}  # fmt: skip
            deliver(store, folder / "tidied", later(drawn, 5), [review])
        (store.home / "demo").touch()
        store.wrapper.close()
        process, address = _serve(store.home, store.url)
        try:
            yield address
        finally:
            process.terminate()
            process.wait(timeout=20)
            stores.drop()


def _serve(home: Any, url: str) -> tuple[subprocess.Popen[bytes], str]:
    port = port_of_its_own()
    command = [sys.executable, "-m", "gunicorn", "duecare.web.wsgi:application", "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(
        [*command, "--threads", "2", "--no-control-socket", "--log-level", "warning"],
        cwd=ROOT,
        env={**environ(home), "PYTHONPATH": str(ROOT / "src"), **({"DUECARE_DATABASE_URL": url} if url else {})},
    )
    address = f"http://127.0.0.1:{port}"
    for _ in range(150):
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5):
                return process, address
        except OSError:
            time.sleep(0.2)
    process.terminate()
    raise AssertionError("the site did not start")


def sign_in(page: Any, account: str) -> None:
    page.goto("/account/sign-in/")
    page.locator(f"form:has(input[value='{account}']) button").click()


def focused(page: Any) -> dict[str, Any]:
    """What has the keyboard: its kind, its field, its words, and whether a radio of its group is chosen."""
    return page.evaluate(
        """() => { const e = document.activeElement; return {
            kind: e.type || e.tagName.toLowerCase(), field: e.name || '', words: e.textContent.trim(),
            chosen: e.type === 'radio' && !!e.form.querySelector(`input[name="${e.name}"]:checked`) } }"""
    )


def tab_to(page: Any, words: str) -> None:
    for _ in range(200):
        page.keyboard.press("Tab")
        if words == focused(page)["words"]:
            return
    raise AssertionError(f"no way by Tab to {words}")


def test_a_file_is_graded_and_the_next_comes_by_keyboard_alone(open_browser, screenshots):
    page = open_browser()
    sign_in(page, "auditor")
    page.wait_for_url("**/sample/")
    page.wait_for_load_state("load")  # a key pressed while the page is still coming is lost

    tab_to(page, "Case OPEN")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{HERE}")
    page.wait_for_load_state("load")
    assert "6 days after it happened" in page.locator("#after ~ ol").inner_text()

    tab_to(page, "Go to the form")
    page.keyboard.press("Enter")
    presses = 0
    while focused(page)["words"] != "Submit and next":
        page.keyboard.press("Tab")
        presses += 1
        here = focused(page)
        if here["kind"] == "radio" and not here["chosen"]:
            # The first answer; for what needs words where it is seen, the second: it was not.
            seen = here["field"] in {"answer-blaming_language", "answer-good_practice", "answer-leadership_seen"}
            page.keyboard.press("ArrowDown" if seen else "Space")
            presses += 1
        assert presses < 200
    page.keyboard.press("Enter")
    page.wait_for_url("**/SETTLED/?submitted=yes")

    assert page.get_by_text("This is the next file.").is_visible()
    page.goto(HERE)
    page.screenshot(path=screenshots / "grade-submitted.png", full_page=True)
    assert re.search(r"Seal [0-9a-f]{64}", page.locator("main").inner_text())
    assert page.faults == []


@pytest.mark.long
def test_what_one_writes_is_kept_by_itself_and_there_again(open_browser, screenshots):
    page = open_browser()
    sign_in(page, "inspector")
    page.goto(HERE)
    page.wait_for_load_state("load")
    page.locator("#narrative").fill("She was not seen")
    page.locator("#kept").get_by_text("Saved").wait_for()
    page.screenshot(path=screenshots / "grade-kept.png", full_page=True)

    page.goto(HERE)

    assert page.locator("#narrative").input_value() == "She was not seen"
    assert page.faults == []


@pytest.mark.long
def test_without_scripts_it_is_saved_by_its_button(open_browser):
    page = open_browser(scripts=False)
    sign_in(page, "inspector")
    page.goto(f"/sample/{ROUND}/{SOURCE}/MISSING/")
    page.locator("#narrative").fill("So far")
    page.get_by_role("button", name="Save", exact=True).click()

    assert page.get_by_text("Your draft is saved in this browser only").is_visible()
    assert page.locator("#narrative").input_value() == "So far"


@pytest.mark.long
@pytest.mark.parametrize("size", [DESKTOP, PHONE, ZOOMED], ids=["desktop", "phone", "desktop at 400 %"])
def test_the_graders_pages_pass_the_accessibility_checks(open_browser, screenshots, size):
    page = open_browser(size)
    sign_in(page, "inspector")
    faults = {}
    for name, path in {"sample": "/sample/", "grade": HERE, "grade-earlier": f"{HERE}?known_at=2020-01-01"}.items():
        page.goto(path)
        page.screenshot(path=screenshots / f"{name}-{size[0]}.png", full_page=True)
        faults[name] = (violations(page), is_wider_than_the_screen(page))
    page.get_by_role("button", name="Submit", exact=True).click()
    page.screenshot(path=screenshots / f"grade-faults-{size[0]}.png", full_page=True)
    faults["faults"] = (violations(page), is_wider_than_the_screen(page))

    assert {name: found for name, found in faults.items() if found != ([], False)} == {}
