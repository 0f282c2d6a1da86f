"""Locks between processes: two that receive, judge, answer or send a case back at the same moment do so one after the other."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Final

from django.conf import settings
from django.db import DatabaseError, connection

from duecare.store.database.sql_rows import select_nothing

LOCK_NUMBERS: Final[Mapping[str, int]] = MappingProxyType(
    {"receive": 20161125, "referrals": 20161126, "judgements": 20161127, "link-answers": 20161128}
)
"""The number of each lock in PostgreSQL, where advisory locks have no names."""


def receiving_lock() -> AbstractContextManager[None]:
    """Hold the one place at which deliveries land, against every other process of this store."""
    return process_lock("receive")


@contextmanager
def process_lock(lock_name: str) -> Iterator[None]:
    """Hold this against every other process of this store: by its name where files lock, by its number in PostgreSQL.

    Shape:   whoever comes second waits as long as it takes: the lock wait of pages is not for this. The lock goes with
             the connection, so that one whose release fails is closed.
    """
    if connection.vendor == "postgresql":  # raw: the ORM has no advisory locks
        number = LOCK_NUMBERS[lock_name]
        select_nothing("SET lock_timeout = 0", [])
        try:
            select_nothing("SELECT pg_advisory_lock(%s)", [number])
            select_nothing("RESET lock_timeout", [])
            yield
        finally:
            try:
                select_nothing("RESET lock_timeout", [])
                select_nothing("SELECT pg_advisory_unlock(%s)", [number])
            except DatabaseError:
                connection.close()
        return
    with file_lock(lock_name):
        yield


@contextmanager
def file_lock(lock_name: str) -> Iterator[None]:
    """Hold the lock of this name against every other process of this home; the system frees it at a crash."""
    home_folder = Path(settings.CONFIG.home)
    home_folder.mkdir(parents=True, exist_ok=True)
    with (home_folder / f"{lock_name}.lock").open("w") as lock_file:
        fcntl.flock(lock_file, fcntl.LOCK_EX)
        yield
