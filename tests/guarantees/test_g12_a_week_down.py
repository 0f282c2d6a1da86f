"""G12 through the service itself: served, stopped, served again a week later; every breach stands at its true time."""

from __future__ import annotations

import html
import json
import os
import re
import socket
import subprocess
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode

import pytest
from tests.guarantees.test_g12_no_clock_missed import fresh, kept
from tests.made.demo import DUECARE
from tests.made.few_cases import SOURCE, filled
from tests.made.stores import USER, Store, Stores

from duecare.web.site.formatting.times import day_words, moment_words

ROOT = Path(__file__).parents[2]
WEEK = timedelta(days=7)
FAKETIME = next(iter(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")), None)


class Service:
    """The site as `duecare serve` gives it at one moment, with the chief officer signed in."""

    def __init__(self, port: int) -> None:
        self.at = f"http://127.0.0.1:{port}"
        self.jar = CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, path: str, **fields: str) -> str:
        """The text of a page; with fields, of what the form of them answers."""
        body = urlencode(fields).encode() if fields else None
        asked = urllib.request.Request(self.at + path, body, {"Referer": self.at})
        with self._opener.open(asked, timeout=60) as answer:
            said: str = html.unescape(answer.read().decode())
        return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", said)) if body is None else said

    def sign_in(self, account: str) -> None:
        """Sign in as one of the accounts of a demo."""
        with self._opener.open(f"{self.at}/account/sign-in/", timeout=60) as answer:
            token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.read().decode())
        assert token
        self.get("/demo/sign-in/", account=account, csrfmiddlewaretoken=token[1])


def environ(store: Store, shift: timedelta, *, whole: bool) -> dict[str, str]:
    """The environment of a process whose clock is so far ahead: the whole of it, or the moment of asking."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DUECARE_", "DJANGO_"))}
    seconds = int(shift.total_seconds())
    if whole:
        clock = {"LD_PRELOAD": str(FAKETIME), "FAKETIME": f"+{seconds}", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    else:
        clock = {"DUECARE_TEST_SHIFT": str(seconds), "PYTHONPATH": str(ROOT / "tests/made/moved_clock")}
    url = {"DUECARE_DATABASE_URL": store.url} if store.url else {}
    return {**kept, **clock, **url, "DUECARE_HOME": str(store.home), "DUECARE_USER": USER}


@contextmanager
def served(store: Store, shift: timedelta, *, whole: bool = False) -> Iterator[Service]:
    """The service, started so much later, until it is stopped."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [DUECARE, "serve", "--port", str(port), "--workers", "1"],
        env=environ(store, shift, whole=whole),
        stdout=subprocess.DEVNULL,
    )
    service = Service(port)
    try:
        for _ in range(600):
            assert process.poll() is None, "the service ended by itself"
            try:
                service.get("/healthz")
                break
            except (URLError, ConnectionError):
                time.sleep(0.1)
        service.sign_in("chief")
        yield service
    finally:
        process.terminate()
        process.wait(timeout=30)


def said_by_command(store: Store, shift: timedelta, *, whole: bool = False) -> dict[str, dict[str, Any]]:
    """What `duecare findings` says then."""
    found = json.loads(
        subprocess.run(
            [DUECARE, "findings", "--json"], env=environ(store, shift, whole=whole), check=True, stdout=subprocess.PIPE
        ).stdout
    )
    assert [name for name, count in Counter(f["finding"] for f in found).items() if count > 1] == [], "doubled"
    return {f["finding"]: f for f in found}


def stopped_for_a_week(stores: Stores, folder: Path, *, whole: bool = False) -> tuple[int, list[str]]:
    """Serve, stop, serve a week later: how many breaches fell in between, and what of them is not as it should be?"""
    now = datetime.now(UTC).replace(microsecond=0)
    store = stores.new()
    with filled(store, folder, now):
        before = kept()
    store.wrapper.close()
    (store.home / "demo").touch()
    with served(store, timedelta(0), whole=whole) as service:
        assert "Worklist" in service.get("/worklist/")

    with served(store, WEEK, whole=whole) as service:
        worklist = service.get("/worklist/")
        cases = {
            ref: service.get(f"/cases/{SOURCE}/{ref}/") for ref in ("OPEN", "CUSTODY", "MISSING", "SETTLED", "MANAGED")
        }
        listed = said_by_command(store, WEEK, whole=whole)
    then = datetime.now(UTC).replace(microsecond=0) + WEEK

    wrong: list[str] = []
    with store() as config:
        after, right = kept(), fresh(config, then)
    store.wrapper.close()
    if after != right:
        wrong.append("what is kept is not what a fresh assessment gives")
    fell = 0
    for name, finding in right.items():
        due_at = datetime.fromisoformat(finding["due_at"]) if finding["due_at"] else None
        if finding["state"] != "overdue" or due_at is None:
            continue
        if due_at >= then:
            wrong.append(f"early: {name}")
        if not now < due_at < then or before.get(name, {}).get("state") == "overdue":
            continue
        fell += 1
        wrong += _faults_of(finding, listed.get(name), cases.get(finding["case_ref"] or "", ""), due_at, then)
        if finding["case_ref"] in cases and f"{finding['case_ref']}" not in worklist:
            wrong.append(f"not on the worklist: {name}")
    return fell, wrong


def _faults_of(
    finding: dict[str, Any], listed: dict[str, Any] | None, page: str, due_at: datetime, then: datetime
) -> list[str]:
    name, faults = finding["finding"], []
    if listed is None or listed["due_at"] != finding["due_at"] or listed["told"] != finding["told"]:
        faults.append(f"listed otherwise: {name}")
    elif finding["ended_at"] is None:
        late = (then - due_at).total_seconds() / 3600
        if not late - 0.1 <= listed["late_by_hours"] <= late + 0.01:
            faults.append(f"late by {listed['late_by_hours']}, not {late:.2f}: {name}")
    if page:
        on = (
            f"the end of {day_words(date.fromisoformat(finding['due_on']))}"
            if finding["due_on"]
            else moment_words(due_at)
        )
        words = [on, *(moment_words(datetime.fromisoformat(step["at"])) for step in finding["told"])]
        faults += [f"not on the page of the case: {one} of {name}" for one in words if one not in page]
    return faults


@pytest.mark.long
@pytest.mark.long_on_postgres
@pytest.mark.guarantee
def test_stopped_for_a_week_the_service_shows_every_breach_at_its_true_time(stores: Stores, tmp_path: Path, assured):
    fell, wrong = stopped_for_a_week(stores, tmp_path)

    assert fell >= 4
    assert wrong == []
    assured("G12", method="the service itself stopped for a week, the moment of asking moved", n=fell,
            figure="missed, doubled, early, at another time: 0", pass_mark="0")  # fmt: skip


@pytest.mark.soak
@pytest.mark.skipif(FAKETIME is None, reason="libfaketime is not installed here")
def test_the_same_with_the_clock_of_the_whole_service_moved(stores: Stores, tmp_path: Path, assured):
    fell, wrong = stopped_for_a_week(stores, tmp_path, whole=True)

    assert fell >= 4
    assert wrong == []
    assured("G12", method="the service itself stopped for a week, its whole clock moved by libfaketime", n=fell,
            figure="missed, doubled, early, at another time: 0", pass_mark="0")  # fmt: skip


@pytest.mark.long
def test_counter_a_service_that_does_not_look_at_what_time_has_changed_is_seen(
    stores: Stores, tmp_path: Path, monkeypatch
):
    real = environ

    def blind(*given: Any, **named: Any) -> dict[str, str]:
        return {**real(*given, **named), "DUECARE_TEST_BLIND": "yes"}

    monkeypatch.setattr("tests.guarantees.test_g12_a_week_down.environ", blind)

    _, wrong = stopped_for_a_week(stores, tmp_path)

    assert "what is kept is not what a fresh assessment gives" in wrong
