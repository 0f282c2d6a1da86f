"""Opening the store: brought up to date once, under a lock, and refused plainly where it cannot be reached."""

from __future__ import annotations

import fcntl
from pathlib import Path
from typing import Any

import django.db
import pytest
from django.core import management
from django.db import DatabaseError, OperationalError
from django.db.migrations import executor as django_executor
from django.db.migrations.recorder import MigrationRecorder

from duecare.store.database import open_store as opening
from duecare.store.database.open_store import open_store
from duecare.vocabulary.refusals import Refusal


def is_free(path: Path) -> bool:
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@pytest.fixture(autouse=True)
def nothing_seen_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that has opened no store before."""
    monkeypatch.setattr(opening, "_UP_TO_DATE", set())


@pytest.fixture
def home(tmp_path: Path, settings: Any) -> Path:
    """A home that is not there yet."""
    import dataclasses

    settings.CONFIG = dataclasses.replace(settings.CONFIG, home=tmp_path / "far" / "home")
    return tmp_path / "far" / "home"


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """The commands of Django that are called, none of which is run."""
    called: list[tuple[Any, ...]] = []
    monkeypatch.setattr(management, "call_command", lambda *names, **options: called.append((*names, options)))
    return called


class Planned:
    """Whoever asks for the plan gets the next of these answers."""

    answers: list[list[str]] = []

    def __init__(self, connection: Any) -> None:
        self.loader = self
        self.graph = self

    def leaf_nodes(self) -> list[str]:
        return ["the last of them"]

    def migration_plan(self, targets: list[str]) -> list[str]:
        assert targets == ["the last of them"]
        return self.answers.pop(0)


@pytest.fixture
def plans(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    answers: list[list[str]] = []
    monkeypatch.setattr(Planned, "answers", answers)
    monkeypatch.setattr(django_executor, "MigrationExecutor", Planned)
    return answers


def test_a_store_that_is_up_to_date_is_left_as_it_is_and_no_lock_is_taken(home, commands, plans):
    plans.append([])

    open_store()

    assert (commands, plans, home.exists()) == ([], [], False)


def test_a_store_that_is_behind_is_brought_up_to_date_under_the_lock(home, plans, monkeypatch):
    plans += [["one"], ["one"]]
    seen: list[Any] = []

    def migrate(*names: str, **options: Any) -> None:
        seen.append((names, options, is_free(home / "opening.lock")))

    monkeypatch.setattr(management, "call_command", migrate)
    open_store()

    assert seen == [(("migrate",), {"verbosity": 0, "interactive": False}, False)]
    assert is_free(home / "opening.lock")


def test_where_another_process_brought_it_up_to_date_meanwhile_nothing_is_done(home, commands, plans):
    plans += [["one"], []]

    open_store()

    assert (commands, plans) == ([], [])


def test_a_store_that_was_seen_to_be_up_to_date_is_not_asked_again_by_this_process(home, commands, plans, monkeypatch):
    plans += [["one"], ["one"]]
    open_store()
    open_store()
    assert (len(commands), plans) == (1, [])

    monkeypatch.setitem(django.db.connection.settings_dict, "NAME", "another")
    plans.append([])
    open_store()
    assert plans == []


def test_a_store_whose_migration_fails_is_asked_again(home, plans, monkeypatch):
    plans += [["one"], ["one"], []]

    def fail(*_: str, **__: object) -> None:
        raise OperationalError("disk full")

    monkeypatch.setattr(management, "call_command", fail)
    with pytest.raises(Refusal):
        open_store()
    open_store()

    assert plans == []


def test_whoever_only_reads_does_not_ask_for_the_plan(home, commands, plans):
    open_store(migrate=False)

    assert (commands, plans) == ([], [])


@pytest.mark.parametrize(
    "failure", [OperationalError("no such host"), DatabaseError("x"), PermissionError("/home/secret")]
)
def test_a_store_that_cannot_be_reached_or_made_is_refused(failure: Exception, monkeypatch: pytest.MonkeyPatch):
    def fail() -> None:
        raise failure

    monkeypatch.setattr(opening, "_migrate_tables", fail)
    with pytest.raises(Refusal) as raised:
        open_store()

    assert (raised.value.code, raised.value.__cause__) == ("STO-001", failure)
    assert type(failure).__name__ in str(raised.value)
    assert "secret" not in str(raised.value)


def test_any_other_failure_is_not_taken_for_a_store_out_of_reach(monkeypatch: pytest.MonkeyPatch):
    def fail() -> None:
        raise ValueError("a fault of ours")

    monkeypatch.setattr(opening, "_migrate_tables", fail)
    with pytest.raises(ValueError, match="a fault of ours"):
        open_store()


def test_django_is_set_up_where_it_is_not_and_only_there(monkeypatch: pytest.MonkeyPatch):
    called: list[str] = []
    monkeypatch.setattr(opening.django, "setup", lambda: called.append("setup"))

    open_store(migrate=False)
    assert called == []
    monkeypatch.setattr(opening.apps, "ready", False)
    open_store(migrate=False)
    assert called == ["setup"]


@pytest.mark.django_db
def test_a_migration_that_has_not_run_is_pending(home, commands):
    open_store()
    assert commands == []

    opening._UP_TO_DATE.clear()
    MigrationRecorder.Migration.objects.filter(app="store").latest("id").delete()
    open_store()
    assert [command[0] for command in commands] == ["migrate"]
