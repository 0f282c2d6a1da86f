"""G5: PostgreSQL killed under a `receive` loses nothing that was acknowledged and keeps nothing by half."""

from __future__ import annotations

import dataclasses
import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from tests.guarantees import dying
from tests.made.bigger import FIRST, delivery
from tests.made.deliveries import write
from tests.made.stores import USER, Store, asking
from tests.services import postgres

from duecare.config import database_parts
from duecare.store import accounts
from duecare.use_cases.deliveries.receive_delivery import receive_files
from duecare.use_cases.operations.store_digest import read_digest
from duecare.use_cases.operations.verify_ledger import verify_ledger

SEED = 20161125
pytestmark = [pytest.mark.guarantee, pytest.mark.postgres, pytest.mark.usefixtures("read_in_process")]


class Mortal:
    """A server that can be killed, and started again on the same data."""

    def __init__(self, running: postgres.Server) -> None:
        self.running = running
        self.pid = running.pid
        self.command = Path(f"/proc/{self.pid}/cmdline").read_bytes().rstrip(b"\0").split(b"\0")
        self.again: subprocess.Popen[bytes] | None = None

    def kill(self) -> None:
        """End the server and everything it started, at once."""
        theirs = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        for pid in (self.pid, *map(int, theirs)):
            os.kill(pid, signal.SIGKILL)
        if self.again is not None:
            self.again.wait()
        else:
            os.waitpid(self.pid, 0)  # until it is seen to be gone, its number counts as taken

    def start(self) -> None:
        """Start it again; it repairs itself."""
        as_user: dict[str, Any] = {"user": "postgres", "group": "postgres", "extra_groups": []}
        until = time.monotonic() + 60
        while time.monotonic() < until:
            self.again = subprocess.Popen(
                self.command,
                cwd=self.running.data.parent,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                **(as_user if os.geteuid() == 0 else {}),
            )
            while self.again.poll() is None and time.monotonic() < until:
                try:
                    psycopg.connect(self.running.admin_url, connect_timeout=2).close()
                except psycopg.OperationalError:
                    time.sleep(0.05)
                else:
                    self.pid = self.again.pid
                    return
            time.sleep(0.1)
        raise AssertionError("the server does not start again")

    def stop(self) -> None:
        """End it in peace."""
        if self.again is not None and self.again.poll() is None:
            self.again.send_signal(signal.SIGINT)
            self.again.wait(30)


@contextmanager
def mortal_store(home: Path) -> Iterator[tuple[Mortal, Store]]:
    """A store in a server of its own that may be killed."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections
    from django.db.backends.postgresql.base import DatabaseWrapper

    with postgres.server() as running:
        server = Mortal(running)
        parts = {
            **connections["default"].settings_dict,
            "ENGINE": "django.db.backends.postgresql",
            **database_parts(running.url),
            "OPTIONS": {"options": "-c lock_timeout=1800"},
        }
        store = Store(home, DatabaseWrapper(parts, "default"), dataclasses.replace(settings.CONFIG, home=home))
        try:
            with store():
                call_command("migrate", verbosity=0, interactive=False)
                accounts.enrol_account(USER, ["data_officer"])
            yield server, store
        finally:
            store.wrapper.close()
            server.stop()


@pytest.mark.long
def test_a_killed_server_leaves_whole_deliveries(
    django_db_blocker: Any, tmp_path: Path, assured, is_whole_run, is_long_run
):
    rounds = 40 if is_long_run else 4 if is_whole_run else 2
    chance = random.Random(SEED)
    wrong: list[str] = []
    interrupted = 0

    with django_db_blocker.unblock(), mortal_store(tmp_path) as (server, store):
        for number in range(rounds):
            at = FIRST + timedelta(days=9 * number)
            path = write(delivery(150, at, full=number > 0, changed="x" * number), tmp_path / f"pole-{number}")
            with store() as config:
                before = read_digest(asking(), config).digest
            store.wrapper.close()
            process = dying.start(tmp_path, ["receive", str(path), "--json"], database_url=server.running.url)
            time.sleep(chance.uniform(0.8, 3.0))
            server.kill()
            ended, _ = dying.finish(process)
            interrupted += ended != 0
            server.start()
            with store() as config:
                now = read_digest(asking(), config).digest
                verified = verify_ledger(asking(), config).ok
                (again,) = receive_files(asking(), config, [path])
                after = read_digest(asking(), config).digest
            store.wrapper.close()
            if now not in (before, after):
                wrong.append(f"round {number}: half of the delivery is held")
            if ended == 0 and now != after:
                wrong.append(f"round {number}: an acknowledged delivery is lost")
            if not verified:
                wrong.append(f"round {number}: the ledger does not verify")
            if again.status not in {"accepted", "duplicate"}:
                wrong.append(f"round {number}: the next receive says {again.status}")

    assert wrong == []
    assured(
        "G5",
        method=f"SIGKILL of PostgreSQL and all its processes under `receive` ({interrupted} of them interrupted)",
        n=rounds,
        figure="lost 0, half 0, unrepaired 0",
        pass_mark="0",
        seed=SEED,
    )
