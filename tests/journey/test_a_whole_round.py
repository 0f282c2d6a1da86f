"""Given two sides, when a round is opened, planned, drawn, graded twice, opened, compared, reconciled and reported, then all
of it is done by keyboard alone; only the secrets of each side are made by its own command."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.journey.test_grading_by_keyboard import _serve, sign_in
from tests.made.demo import DUECARE
from tests.made.few_cases import SOURCE, filled
from tests.made.stores import Stores

pytestmark = pytest.mark.browser

ROUND = "spring-2026"
ACCOUNTS = {
    "audit-lead": "audit_lead",
    "lead-inspector": "lead_inspector",
    "auditor": "auditor",
    "inspector": "inspector",
}
LEADS = {"force": "audit-lead", "inspectorate": "lead-inspector"}
GRADERS = {"force": "auditor", "inspectorate": "inspector"}
# What the reader finds in each file: the force passes all, the inspectorate one of two.
BELOW = "inadequate"


class Round:
    """The site over a store of its own, and the commands of its leads."""

    def __init__(self, address: str, home: Path, url: str) -> None:
        self.address, self.home, self.url = address, home, url

    def command(self, account: str, *args: object) -> str:
        """What one command of this account says."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("DUECARE_", "DJANGO_"))}
        store = {"DUECARE_DATABASE_URL": self.url} if self.url else {}
        done = subprocess.run(
            [DUECARE, *map(str, args)],
            env={**kept, **store, "DUECARE_HOME": str(self.home), "DUECARE_USER": account},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def whole(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Round]:
    """The few cases, and the accounts of two sides."""
    del django_db_setup
    from duecare.store import accounts

    folder = tmp_path_factory.mktemp("whole")
    with django_db_blocker.unblock():
        stores = Stores(folder)
        with filled(stores.new(), folder / "few", datetime.now(UTC).replace(microsecond=0)) as store:
            for name, role in ACCOUNTS.items():
                accounts.enrol_account(name, [role], display_name=name.title())
        (store.home / "demo").touch()
        store.wrapper.close()
        process, address = _serve(store.home, store.url)
        try:
            yield Round(address, store.home, store.url)
        finally:
            process.terminate()
            process.wait(timeout=20)
            stores.drop()


class Keyboard:
    """One person at one page, with nothing but keys."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def settle(self) -> None:
        """A key pressed while the page is still coming is lost."""
        self.page.wait_for_load_state("load")

    def to(self, wanted: str) -> None:
        """Press Tab until what is wanted, a CSS selector, has the keyboard."""
        for _ in range(400):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
                return
        raise AssertionError(f"no way by Tab to {wanted} on {self.page.url}: {self.page.locator('main').inner_text()}")

    def write(self, field: str, text: str) -> None:
        """Write into the field of this name."""
        self.to(f"[name='{field}']")
        self.page.keyboard.type(text)

    def choose(self, field: str, value: str) -> None:
        """Choose in the select of this name, by the arrow key."""
        self.to(f"select[name='{field}']")
        for _ in range(20):
            if self.page.evaluate("document.activeElement.value") == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{field} does not offer {value}")

    def press(self, words: str) -> None:
        """Press the button, or open the details, of these words."""
        for _ in range(400):
            self.page.keyboard.press("Tab")
            if words in self.page.evaluate("document.activeElement.textContent"):
                self.enter()
                return
        raise AssertionError(f"no way by Tab to {words}: {self.page.locator('main').inner_text()}")

    def enter(self) -> None:
        """Press Enter on what has the keyboard, and wait for where it leads; what only opens, or jumps, leads nowhere."""
        stays = "e => e.tagName === 'SUMMARY' || (e.getAttribute('href') || '').startsWith('#')"
        if self.page.evaluate(f"({stays})(document.activeElement)"):
            self.page.keyboard.press("Enter")
            return
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.settle()


@pytest.fixture
def keyboard(open_browser: Any, whole: Round):
    """Somebody signed in, at a page."""

    def at(account: str, path: str) -> Keyboard:
        page = open_browser(at=whole.address)
        sign_in(page, account)
        page.wait_for_load_state("load")
        page.goto(path)
        keys = Keyboard(page)
        keys.settle()
        return keys

    return at


@pytest.mark.long
def test_a_whole_round_is_walked_by_keyboard(keyboard, whole, tmp_path, screenshots):
    words = tmp_path / "passphrase"
    words.write_text("made up for a test")
    for side, lead in LEADS.items():
        whole.command(
            lead, "audit", "key", "--side", side, "--out", tmp_path / f"{side}.pem", "--passphrase-file", words
        )

    opens = keyboard("lead-inspector", "/rounds/")
    opens.press("Open a round")
    opens.write("name", ROUND)
    opens.write("title", "Spring round")
    opens.choose("kind", "inspection")
    opens.choose("method", "child-protection-2014")
    for side in LEADS:
        opens.choose(f"scheme-{side}", "case-files-2017")
    opens.press("Open the round")
    assert "Spring round" in opens.page.locator("h1").inner_text()
    opens.to("[name='plan-kind'][value='child_concern']")
    opens.page.keyboard.press("Space")
    opens.write("plan-files_paired", "2")
    opens.press("Save plan")
    plan = re.search(r"\bPlan\s+([0-9a-f]{64})", opens.page.locator("main").inner_text())
    assert plan, opens.page.locator("main").inner_text()

    sides = {side: keyboard(lead, f"/rounds/{ROUND}/") for side, lead in LEADS.items()}
    for side, keys in sides.items():
        said = whole.command(
            LEADS[side], "audit", "number", plan[1], "--side", side, "--number-file", tmp_path / f"{side}.txt", "--json"
        )
        keys.write("commit-commitment", json.loads(said)["commitment"])
        keys.press("Commit")
    for side, keys in sides.items():
        keys.page.reload()
        keys.settle()
        keys.write("reveal-number", (tmp_path / f"{side}.txt").read_text().strip().split()[-1])
        keys.press("Reveal the number")
    sides["force"].page.reload()
    sides["force"].settle()
    sides["force"].press("Draw the sample")
    for side, keys in sides.items():
        keys.page.reload()
        keys.settle()
        keys.to(f"[name='graders-grader'][value='{GRADERS[side]}']")
        keys.page.keyboard.press("Space")
        if side == "force":
            keys.write("graders-officer-auditor", "W77")
        keys.press("Name graders")
        keys.press("Allocate files")
        assert "2" in keys.page.locator("table").last.inner_text()
    sides["force"].page.screenshot(path=screenshots / "round-blind.png", full_page=True)

    graded = {side: _grade_all(keyboard(grader, "/sample/"), side) for side, grader in GRADERS.items()}
    assert sorted(graded["force"]) == sorted(graded["inspectorate"])
    assert len(graded["force"]) == 2

    blind = keyboard("lead-inspector", f"/rounds/{ROUND}/agreement/")
    assert "This round is still blind" in blind.page.locator("main").inner_text()
    for side, lead in LEADS.items():
        key = ("--key", tmp_path / f"{side}.pem", "--passphrase-file", words)
        whole.command(lead, "audit", "open", ROUND, *key)

    compares = keyboard("lead-inspector", f"/rounds/{ROUND}/agreement/")
    compares.page.screenshot(path=screenshots / "round-agreement.png", full_page=True)
    compares.press("Disagreements, and how they were resolved")
    compares.page.screenshot(path=screenshots / "round-disagreements.png", full_page=True)
    assert "got different grades" in compares.page.locator("main").inner_text()
    compares.to("main table a")
    compares.enter()
    compares.page.screenshot(path=screenshots / "round-settle.png", full_page=True)
    _settle(compares)
    assert "resolved" in compares.page.locator("main").inner_text()

    for keys in (keyboard(lead, f"/rounds/{ROUND}/") for lead in LEADS.values()):
        keys.press("End the round for the")
        keys.press("End the round for the")
    reads = keyboard("lead-inspector", f"/rounds/{ROUND}/report/")
    reads.page.screenshot(path=screenshots / "round-report.png", full_page=True)
    assert "Spring round" in reads.page.locator("main").inner_text()
    for keys in (opens, compares, reads, *sides.values()):
        assert keys.page.faults == []


def _grade_all(keys: Keyboard, side: str) -> list[str]:
    """Grade every file by keyboard, from the first of the sample on; which?"""
    graded = []
    keys.to("main a[href*='/sample/']")
    keys.enter()
    for number in range(2):
        graded.append(keys.page.url.split(f"{SOURCE}/")[1].split("/")[0])
        keys.press("Go to the form")
        worse = side == "inspectorate" and number == 0
        for _ in range(300):
            keys.page.keyboard.press("Tab")
            here = keys.page.evaluate(
                """() => { const e = document.activeElement; return {
                kind: e.type || '', field: e.name || '', words: e.textContent.trim(),
                chosen: e.type === 'radio' && !!e.form.querySelector(`input[name="${e.name}"]:checked`) } }"""
            )
            if here["words"].startswith("Submit"):
                break
            if here["kind"] == "radio" and not here["chosen"]:
                _answer(keys, here["field"], worse=worse)
            elif here["field"] == "narrative" and worse:
                keys.page.keyboard.type("Nobody saw her for nine days.")
        keys.enter()
        assert "There is a problem" not in keys.page.locator("main").inner_text()
    return graded


def _answer(keys: Keyboard, field: str, *, worse: bool) -> None:
    if field.startswith("grade-") and worse:
        keys.page.keyboard.press("Space")
        for _ in range(5):
            if keys.page.evaluate("document.activeElement.value") == BELOW:
                return
            keys.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{field} does not offer {BELOW}")
    # The first answer; for what needs words where it is seen, the second: it was not.
    seen = field in {"answer-blaming_language", "answer-good_practice", "answer-leadership_seen"}
    keys.page.keyboard.press("ArrowDown" if seen else "Space")


def _settle(keys: Keyboard) -> None:
    """Settle one file by a meeting, on the first grade offered."""
    for _ in range(200):
        keys.page.keyboard.press("Tab")
        here = keys.page.evaluate(
            """() => { const e = document.activeElement; return {
            kind: e.type || e.tagName.toLowerCase(), field: e.name || '', words: e.textContent.trim(),
            inside: !!e.closest('main'),
            chosen: e.type === 'radio' && !!e.form.querySelector(`input[name="${e.name}"]:checked`) } }"""
        )
        if not here["inside"]:
            continue
        if here["kind"] == "radio" and not here["chosen"]:
            keys.page.keyboard.press("Space")
        elif here["kind"] == "textarea":
            keys.page.keyboard.type("The visit was late, and nobody looked. " * 2)
        elif here["kind"] == "text":
            keys.page.keyboard.type("inspector")
        elif here["kind"] == "submit":
            keys.enter()
            return
    raise AssertionError("no way to settle by keyboard")
