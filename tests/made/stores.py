"""Stores of a test's own, several at once and cheap enough for generated examples, on whichever engine is tried."""

from __future__ import annotations

import atexit
import dataclasses
import io
import itertools
import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import psycopg
import pytest

from duecare.access.viewer import Viewer
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.extract.reader_frames import LENGTHS, read_frame

USER = "made-up-data-officer"
_TEMPLATE: list[str] = []
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
DATA_OFFICER = Viewer(account=USER, roles=frozenset({"data_officer"}), channel="command")


def forget_roster() -> None:
    """What a process has kept of the officers of one store is not those of another."""
    from duecare.assessment import rules_in_force
    from duecare.store.facts import officer_roster

    rules_in_force.roster_of.cache_clear()
    officer_roster._read_roster.cache_clear()
    officer_roster._roster_rows.cache_clear()


def asking(now: datetime = NOW, viewer: Viewer = DATA_OFFICER) -> Request:
    """The data officer at the command line, at this moment."""
    return Request(viewer, "a test", now, channel="command")


@dataclasses.dataclass
class Store:
    """One store: use it in a `with`, and everything inside happens in it."""

    home: Path
    wrapper: Any
    config: Config

    @property
    def url(self) -> str:
        """The address of its database; empty where that is embedded."""
        if self.wrapper.vendor != "postgresql":
            return ""
        return os.environ["DUECARE_TEST_POSTGRES_URL"].rpartition("/")[0] + "/" + self.wrapper.settings_dict["NAME"]

    @contextmanager
    def __call__(self) -> Iterator[Config]:
        """Inside, the one connection and the one home are this store's."""
        from django.conf import settings
        from django.db import connections

        forget_roster()  # a process has one store; here it has several
        before, config = connections["default"], settings.CONFIG
        connections["default"] = self.wrapper
        settings.CONFIG = self.config
        try:
            yield self.config
        finally:
            connections["default"] = before
            settings.CONFIG = config
            forget_roster()


class Stores:
    """Makes empty stores, each with its tables and its ledger begun, and takes them away again."""

    def __init__(self, folder: Path) -> None:
        from django.conf import settings
        from django.db import connection

        self._folder = folder
        self._numbers = itertools.count()
        self._made: list[Store] = []
        self._config: Config = settings.CONFIG
        self._is_postgres = connection.vendor == "postgresql"
        self._settings = connection.settings_dict
        if not _TEMPLATE:
            _TEMPLATE.append(self._make_template())

    def _make_template(self) -> str:
        """An empty store, migrated once and copied for every test of this process."""
        from django.core.management import call_command

        from duecare.store import accounts

        home = Path(tempfile.mkdtemp(prefix="duecare-template-"))
        atexit.register(shutil.rmtree, home, ignore_errors=True)
        store = Store(home, self._wrapper(home, template=""), dataclasses.replace(self._config, home=home))
        with store():
            call_command("migrate", verbosity=0, interactive=False)
            accounts.enrol_account(USER, ["data_officer"])
        store.wrapper.close()
        return str(store.wrapper.settings_dict["NAME"])

    def new(self) -> Store:
        """An empty store."""
        home = self._folder / f"store-{next(self._numbers)}"
        home.mkdir()
        store = Store(home, self._wrapper(home, _TEMPLATE[0]), dataclasses.replace(self._config, home=home))
        self._made.append(store)
        return store

    def copy(self, store: Store) -> Store:
        """A store that holds what that one does; no connection to it may be open."""
        home = self._folder / f"store-{next(self._numbers)}"
        shutil.copytree(store.home, home)
        (home / "duecare.sqlite3").unlink(missing_ok=True)
        template = str(store.wrapper.settings_dict["NAME"])
        made = Store(home, self._wrapper(home, template), dataclasses.replace(self._config, home=home))
        self._made.append(made)
        return made

    def _wrapper(self, home: Path, template: str) -> Any:
        settings = {**self._settings, "OPTIONS": dict(self._settings["OPTIONS"])}
        if self._is_postgres:
            from django.db.backends.postgresql.base import DatabaseWrapper as Postgres

            settings["NAME"] = f"duecare_law_{uuid.uuid4().hex}"
            with psycopg.connect(os.environ["DUECARE_TEST_POSTGRES_URL"], autocommit=True) as admin:
                like = f' TEMPLATE "{template}"' if template else ""
                admin.execute(f'CREATE DATABASE "{settings["NAME"]}"{like}')
            return Postgres(settings, "default")
        from django.db.backends.sqlite3.base import DatabaseWrapper as Sqlite

        settings["NAME"] = str(home / "duecare.sqlite3")
        # These stores live for one example: what a crash leaves is tried elsewhere, by killing processes.
        settings["OPTIONS"]["init_command"] = settings["OPTIONS"]["init_command"].replace("=FULL", "=OFF")
        if template:
            shutil.copyfile(template, settings["NAME"])
        return Sqlite(settings, "default")

    def drop(self) -> None:
        """Take away every store made so far."""
        for store in self._made:
            store.wrapper.close()
            shutil.rmtree(store.home, ignore_errors=True)
            if self._is_postgres:
                # The server's own housekeeping may be at work in it, which only an administrator can end.
                with psycopg.connect(os.environ["DUECARE_TEST_POSTGRES_ADMIN_URL"], autocommit=True) as admin:
                    admin.execute(f'DROP DATABASE "{store.wrapper.settings_dict["NAME"]}" WITH (FORCE)')
        self._made.clear()

    @contextmanager
    def some(self, count: int) -> Iterator[list[Store]]:
        """So many empty stores, gone afterwards."""
        try:
            yield [self.new() for _ in range(count)]
        finally:
            self.drop()


@pytest.fixture
def stores(django_db_setup: None, django_db_blocker: Any, tmp_path: Path) -> Iterator[Stores]:
    """Stores of this test's own."""
    del django_db_setup
    with django_db_blocker.unblock():
        made = Stores(tmp_path)
        yield made
        made.drop()


@pytest.fixture
def store(stores: Stores) -> Iterator[Store]:
    """One store of this test's own, in use."""
    made = stores.new()
    with made():
        yield made


class InProcess:
    """The reading of a delivery without a process of its own: generated examples are many, and a process is slow."""

    def __init__(self, job: dict[str, Any], limits: Any, module: str = "") -> None:
        del module
        self._job = orjson.loads(orjson.dumps(job))
        self._limits = limits
        self._out = io.BytesIO()
        self._reading: Any = None

    def __enter__(self) -> InProcess:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing runs, so nothing is to be ended."""

    close = __exit__

    def go_on(self) -> None:
        """Read what has been opened."""
        self._out.seek(0)
        self._out.truncate()
        self._reading.read()

    def frames(self) -> Iterator[tuple[Any, bytes]]:
        """What the reading says, frame by frame."""
        if self._job["do"] == "unpack":
            from duecare.extract.zip_archive import unpack_archive

            unpack_archive(Path(self._job["path"]), Path(self._job["into"]), self._limits)
            yield {"t": "done"}, b""
            return
        if self._reading is None:
            from duecare.extract.read_files import FileReading

            self._reading = FileReading(self._job, self._limits, self._out)
            self._reading.open()
        said = self._out.getvalue()
        at = 0
        while at < len(said):
            head, tail = LENGTHS.unpack_from(said, at)
            at += LENGTHS.size
            yield read_frame(said[at : at + head]), said[at + head : at + head + tail]
            at += head + tail


@pytest.fixture
def read_in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Deliveries are read in this process, by the same code."""
    from duecare.extract import delivery

    monkeypatch.setattr(delivery, "Child", InProcess)
