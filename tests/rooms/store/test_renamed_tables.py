"""A store from before three tables were renamed keeps its rows, and goes back to the old names without loss."""

from __future__ import annotations

from datetime import UTC, datetime

from django.core.management import call_command
from django.db import connection
from tests.made.stores import Store

from duecare.store.database.sql_rows import insert_rows, select_rows
from duecare.store.linkage import linked_people
from duecare.store.models import Pair, Pointer

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
OLD, NEW = {"pair", "pointer", "work"}, {"candidate_pair", "current_run", "worklist_line"}


def tables_of() -> set[str]:
    """The tables of either names that the store has."""
    return (OLD | NEW) & set(connection.introspection.table_names())


def test_rows_stay_when_tables_are_renamed_and_renamed_back(store: Store):
    run = linked_people.begin_run(NOON, "made-up", 0)
    linked_people.put_in_force(run, ())
    assert tables_of() == NEW

    call_command("migrate", "store", "0028", verbosity=0)
    assert tables_of() == OLD
    columns = ("run_id", "a", "b", "weight", "probability", "levels", "held")
    insert_rows("pair", columns, [(run.id, "s:A", "s:B", 7.5, 0.9, "", "")])
    assert select_rows('SELECT "name", "run" FROM "pointer"') == [("link", run.id)]

    call_command("migrate", "store", verbosity=0)
    assert tables_of() == NEW
    assert Pointer.objects.get(name="link").run == linked_people.link_run_in_force() == run.id
    linked_people.keep_pairs(run, [("s:A", "s:C", 5.0, 0.7, "", "")])
    assert list(Pair.objects.order_by("-weight").values_list("a", "b")) == [("s:A", "s:B"), ("s:A", "s:C")]
