"""Open the store for the command line and the web: tables made or updated first."""

from __future__ import annotations

from duecare.store.database import open_store as database_open_store


def open_store(*, migrate: bool = True) -> None:
    """Open the store; its tables are made or updated under a lock.

    Raises:  STO-001 when it cannot be opened.
    """
    database_open_store.open_store(migrate=migrate)
