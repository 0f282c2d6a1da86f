"""Seeded defects: each turns a promise's test red, which shows that the test can fail."""

from __future__ import annotations

from typing import Any


def seed(name: str) -> None:
    """Put this defect into the running process."""
    DEFECTS[name]()


def accepted_first() -> None:
    """The delivery is seen from its first row on."""
    from duecare.store.facts import delivery_landing, delivery_records

    real = delivery_landing._keep_batch
    accepted: set[int] = set()

    def keep(delivery: Any, batch: Any, counts: Any) -> None:
        if delivery.id not in accepted:
            accepted.add(delivery.id)
            delivery_records.accept_delivery(delivery, counts)
        real(delivery, batch, counts)

    delivery_landing._keep_batch = keep
    looked = delivery_records.is_held_already
    asked: list[bool] = []

    def is_held_already(source: str, sha: str) -> bool:
        asked.append(True)
        return len(asked) == 1 and looked(source, sha)

    delivery_records.is_held_already = is_held_already


def no_delivery_ledger() -> None:
    """Nobody looks whether the very same content was accepted before, nor whether a version is held already."""
    from duecare.store.facts import delivery_landing, delivery_records

    delivery_records.is_held_already = lambda source, sha: False
    delivery_landing._newest_versions = lambda delivery, versions: {}


def linked_first() -> None:
    """A linkage is in force from its beginning on."""
    from duecare.store.linkage import linked_people

    real = linked_people.begin_run

    def begin(*given: Any) -> Any:
        run = real(*given)
        linked_people.put_in_force(run, ())
        return run

    linked_people.begin_run = begin


def per_table_suppression() -> None:
    """Each table is protected by itself, as if no other were ever printed."""
    from dataclasses import replace

    from duecare.disclosure import clearance

    real = clearance.clear_tables

    def clear(draft: Any, history: Any, policy: Any) -> Any:
        each = [real([table], (), policy) for table in draft]
        tables = tuple(table for one in each for table in one.tables)
        truth = {cell: count for one in each for cell, count in one.truth.items()}
        return replace(each[0], tables=tables, truth=truth)

    clearance.clear_tables = clear


DEFECTS = {
    "accepted first": accepted_first,
    "linked first": linked_first,
    "no delivery ledger": no_delivery_ledger,
    "per-table suppression": per_table_suppression,
}
