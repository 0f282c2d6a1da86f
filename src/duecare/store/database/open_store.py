"""Opening the store: Django set up once, tables refreshed under a lock, abandoned landings swept."""

from __future__ import annotations

import os
from typing import Final

import django
from django.apps import apps

from duecare.store.database.process_locks import file_lock
from duecare.vocabulary.refusals import Refusal

_UP_TO_DATE: Final[set[str]] = set()
"""The databases of which this process has seen that no migration is pending: a second command in it need not read them all."""


def open_store(*, migrate: bool = True) -> None:
    """Make the store ready for use in this process.

    Raises:  STO-001 when the database cannot be reached or made.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "duecare.settings")
    from django.db.utils import DatabaseError

    try:
        if not apps.ready:
            django.setup()
        if migrate:
            _migrate_tables()
    except (DatabaseError, OSError) as failure:
        raise Refusal("STO-001", found=type(failure).__name__) from failure


def _migrate_tables() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    address = str({part: connection.settings_dict[part] for part in ("NAME", "HOST", "PORT")})
    if address in _UP_TO_DATE:
        return
    if _has_pending(MigrationExecutor(connection)):
        with file_lock("opening"):
            if _has_pending(MigrationExecutor(connection)):
                call_command("migrate", verbosity=0, interactive=False)
    _UP_TO_DATE.add(address)


def _has_pending(executor: object) -> bool:
    migration_plan = executor.migration_plan(executor.loader.graph.leaf_nodes())  # type: ignore[attr-defined]
    return bool(migration_plan)
