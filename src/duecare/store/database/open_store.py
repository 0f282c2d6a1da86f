"""Opening the store: Django set up once, tables brought up to date under a lock, abandoned landings swept."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings

from duecare.vocabulary.refusals import Refusal


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
            _bring_up_to_date()
    except (DatabaseError, OSError) as wrong:
        raise Refusal("STO-001", found=type(wrong).__name__) from wrong


def _bring_up_to_date() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    if not _pending(MigrationExecutor(connection)):
        return
    with file_lock("opening"):
        if _pending(MigrationExecutor(connection)):
            call_command("migrate", verbosity=0, interactive=False)


def _pending(executor: object) -> bool:
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())  # type: ignore[attr-defined]
    return bool(plan)


@contextmanager
def file_lock(name: str) -> Iterator[None]:
    """Hold the lock of this name against every other process of this home; the system frees it at a crash."""
    home = Path(settings.CONFIG.home)
    home.mkdir(parents=True, exist_ok=True)
    with (home / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
