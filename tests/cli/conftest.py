"""The command line as another program runs it, on a small store of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.made.deliveries import Made, write
from tests.made.stores import InProcess, Store, Stores, stores

__all__ = ["stores"]

PROGRAM = [sys.executable, "-c", "from duecare.cli import main; main()"]


@dataclass(frozen=True)
class Done:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on standard output."""
        return json.loads(self.out)


@dataclass(frozen=True)
class Outside:
    """Runs commands as processes of their own, as another program would."""

    home: Path
    folder: Path

    def __call__(self, *args: object, timeout: float = 120, **env: str) -> Done:
        """Run one command; keywords are added to the environment."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("DUECARE_")}
        done = subprocess.run(
            [*PROGRAM, *map(str, args)],
            env={**kept, "DUECARE_HOME": str(self.home), "DUECARE_USER": "tester", **env},
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
        return Done(done.returncode, done.stdout, done.stderr)


@dataclass(frozen=True)
class Inside:
    """Runs the same commands in this process, on a store of their own: a process takes a second to start."""

    store: Store
    folder: Path

    def __call__(self, *args: object, **env: str) -> Done:
        """Run one command; keywords are added to the environment."""
        from click.testing import CliRunner

        from duecare.cli import main

        with pytest.MonkeyPatch.context() as patch, self.store():
            for name, value in {"DUECARE_HOME": str(self.store.home), "DUECARE_USER": "tester", **env}.items():
                patch.setenv(name, value)
            patch.chdir(self.folder)
            patch.setattr("duecare.extract.delivery.Child", InProcess)
            done = CliRunner().invoke(main, [str(arg) for arg in args])
        return Done(done.exit_code, done.stdout, done.stderr)


SEVENTEEN_DAYS = Made(
    {
        "persons": [
            {"record_id": "K1", "given_names": "Quillabon", "family_name": "Zarathorn", "date_of_birth": "2004-06-01"},
            {"record_id": "K2", "given_names": "Bexley", "family_name": "Umbertide", "date_of_birth": "1980-02-29"},
        ],
        "cases": [{"case_ref": "M17", "kind": "child_concern", "area": "Eastmoor"}],
        "events": [
            {"event_id": "E1", "kind": "crime_recorded", "happened_at": "2016-03-01T09:00:00+00:00", "case_ref": "M17",
             "officer": "S1", "written_at": "2016-03-01T09:10:00+00:00"},
            {"event_id": "E2", "kind": "investigator_allocated", "happened_at": "2016-03-18T09:00:00+00:00",
             "case_ref": "M17", "officer": "X1", "written_at": "2016-03-18T10:00:00+00:00"},
        ],
        "ties": [
            {"event_id": "E1", "record_id": "K1", "role": "child"},
            {"event_id": "E1", "record_id": "K2", "role": "suspect"},
        ],
        "officers": [{"officer": "S1", "supervisor": "SUP1", "from": "2015-01-01"}],
        "posts": [
            {"post": "P1", "kind": "detective_inspector", "area": "Eastmoor", "holder": "DI1", "from": "2015-01-01"},
            {"post": "P2", "kind": "chief_officer_lead", "holder": "CO1", "from": "2015-01-01"},
        ],
    },
)  # fmt: skip


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The delivery of the 17 days."""
    return write(SEVENTEEN_DAYS, tmp_path_factory.mktemp("made") / "pole-2016-04-01")


def inside(store: Store, folder: Path) -> Inside:
    """The program on this store, with the tester enrolled as data officer."""
    from duecare.store import accounts

    with store():
        accounts.enrol_account("tester", ["data_officer"])
    return Inside(store, folder)


@pytest.fixture(scope="session")
def ran(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory, made: Path
) -> Iterator[tuple[Inside, Done]]:
    """A store on which the chain has run, and what `run` answered."""
    del django_db_setup
    folder = tmp_path_factory.mktemp("cli")
    with django_db_blocker.unblock():
        stores = Stores(folder)
        program = inside(stores.new(), folder)
        done = program("run", made, "--json")
    yield program, done
    with django_db_blocker.unblock():
        stores.drop()


@pytest.fixture
def duecare(ran: tuple[Inside, Done], django_db_blocker: Any) -> Iterator[Inside]:
    """The program, on the store on which the chain has run."""
    with django_db_blocker.unblock():
        yield ran[0]


@pytest.fixture
def fresh(stores: Stores, tmp_path: Path) -> Inside:
    """The program, on a store that holds nothing."""
    return inside(stores.new(), tmp_path)


@pytest.fixture
def outside(tmp_path: Path) -> Outside:
    """The program in a process of its own, on a store that does not exist yet."""
    return Outside(tmp_path / "home", tmp_path)
