"""Locks between processes: one at a time, let go at an end and at a failure, apart by name."""

from __future__ import annotations

import dataclasses
import fcntl
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from duecare.store.database import process_locks
from duecare.store.database.process_locks import LOCK_NUMBERS, file_lock, process_lock, receiving_lock

JUDGING, REFERRING = "judgements", "referrals"


def is_free(lock_name: str) -> bool:
    """Could another process take this lock now?"""
    if connection.vendor == "postgresql":
        other = connection.copy()
        number = LOCK_NUMBERS[lock_name]
        try:
            with other.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_lock(%s)", [number])
                taken = bool(cursor.fetchone()[0])
                if taken:
                    cursor.execute("SELECT pg_advisory_unlock(%s)", [number])
                return taken
        finally:
            other.close()
    return is_free_file(Path(settings.CONFIG.home) / f"{lock_name}.lock")


def is_free_file(path: Path) -> bool:
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


# --- one by one --------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_whoever_receives_keeps_everyone_else_out_until_it_ends():
    with receiving_lock():
        assert not is_free("receive")
        with process_lock(JUDGING):
            assert not is_free(JUDGING)
        assert is_free(JUDGING)

    assert is_free("receive")


@pytest.mark.django_db
def test_a_lock_is_let_go_where_what_it_was_for_fails():
    with pytest.raises(RuntimeError), process_lock(JUDGING):
        raise RuntimeError

    assert is_free(JUDGING)


@pytest.mark.django_db
def test_locks_of_two_names_do_not_keep_each_other_out():
    with process_lock(JUDGING):
        assert is_free(REFERRING)


def test_the_numbers_of_locks_are_those_they_always_had():
    assert dict(LOCK_NUMBERS) == {
        "receive": 20161125,
        "referrals": 20161126,
        "judgements": 20161127,
        "link-answers": 20161128,
    }


@pytest.mark.django_db
def test_the_lock_wait_of_pages_is_not_for_whoever_waits_in_line(monkeypatch: pytest.MonkeyPatch):
    if connection.vendor != "postgresql":
        pytest.skip("files lock without a wait of their own")
    asked: list[str] = []
    real = process_locks.select_nothing
    monkeypatch.setattr(
        process_locks, "select_nothing", lambda sql, arguments: (asked.append(sql), real(sql, arguments))
    )

    with process_lock(JUDGING):
        assert asked == ["SET lock_timeout = 0", "SELECT pg_advisory_lock(%s)", "RESET lock_timeout"]
    assert asked[3:] == ["RESET lock_timeout", "SELECT pg_advisory_unlock(%s)"]


# --- the lock of a home ------------------------------------------------------------------------------------


@pytest.fixture
def home(tmp_path: Path, settings: Any) -> Path:
    """A home that is not there yet."""
    settings.CONFIG = dataclasses.replace(settings.CONFIG, home=tmp_path / "far" / "home")
    return tmp_path / "far" / "home"


def test_a_lock_makes_its_home_and_keeps_everyone_else_out_while_it_lasts(home: Path):
    with file_lock("receive"):
        assert not is_free_file(home / "receive.lock")
        assert is_free_file(home / "other.lock")

    assert is_free_file(home / "receive.lock")
    with file_lock("receive"):
        assert not is_free_file(home / "receive.lock")


def test_a_lock_is_let_go_by_what_fails(home: Path):
    with pytest.raises(ZeroDivisionError), file_lock("receive"):
        _ = 1 / 0

    assert is_free_file(home / "receive.lock")


def test_the_lock_is_that_of_the_home_in_force():
    with file_lock("made-up-lock"):
        assert not is_free_file(Path(settings.CONFIG.home) / "made-up-lock.lock")
