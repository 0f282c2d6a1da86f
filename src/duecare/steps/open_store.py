"""Make the store ready for whoever stands at a door."""

from __future__ import annotations

from duecare.store import opening


def open_store(*, migrate: bool = True) -> None:
    """Open the store; its tables are made or brought up to date under a lock.

    Raises:  STO-001 when it cannot be opened.
    """
    opening.open_store(migrate=migrate)
