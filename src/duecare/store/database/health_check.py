"""Health of the store, without personal data."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from duecare.record.pole import CaseKey
from duecare.store.database.sql_rows import select_rows, split_chunks
from duecare.store.models import Delivery, Fact


def engine_name() -> str:
    """Name and version of the database."""
    if connection.vendor == "postgresql":
        # Raw, as all here: the settings of the database itself, of which the ORM knows nothing.
        return f"PostgreSQL {select_rows('SHOW server_version')[0][0]}"
    return f"SQLite {select_rows('SELECT sqlite_version()')[0][0]}"


def is_up_to_date() -> bool:
    """True where all tables are as this version needs them."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def durability_text() -> str:
    """How writes are made durable, in the database's own words."""
    if connection.vendor == "postgresql":
        return f"synchronous_commit {select_rows('SHOW synchronous_commit')[0][0]}, fsync {select_rows('SHOW fsync')[0][0]}"
    return f"{select_rows('PRAGMA journal_mode')[0][0]}, synchronous {select_rows('PRAGMA synchronous')[0][0]}"


def is_durable() -> bool:
    """True where an acknowledged write survives the machine going down."""
    if connection.vendor == "postgresql":
        return bool(select_rows("SHOW synchronous_commit")[0][0] != "off" and select_rows("SHOW fsync")[0][0] == "on")
    return int(select_rows("PRAGMA synchronous")[0][0]) >= 2


def kinds_held(kinds: Iterable[str], without: Collection[CaseKey] = ()) -> frozenset[str]:
    """Those of these kinds of which any accepted delivery ever held an event, withdrawn or not; none of the cases `without`."""
    accepted_facts = Fact.objects.filter(delivery__state="accepted")
    for source in sorted({case_key.source for case_key in without}):
        case_refs = sorted(case_key.case_ref for case_key in without if case_key.source == source)
        for ref_chunk in split_chunks(case_refs):
            accepted_facts = accepted_facts.exclude(case_source=source, case_ref__in=ref_chunk)
    return frozenset(event_kind for event_kind in set(kinds) if accepted_facts.filter(kind=event_kind).exists())


def landing_count() -> int:
    """The number of deliveries that are landing, or were abandoned while they did."""
    return Delivery.objects.filter(state="landing").count()


def asset_state() -> tuple[str, bool]:
    """Whether the site's style and scripts have been built, in words and as a truth; without them pages are plain."""
    built = [folder for folder in map(Path, settings.STATICFILES_DIRS) if any(folder.rglob("*.css"))]
    return ("built", True) if built else ("not built: pages are plain; run make assets", False)
