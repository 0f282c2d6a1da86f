"""A delivery as it is received and kept: what it says of itself, its state, and what became of its rows."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from duecare.store.models import Delivery


@dataclass(frozen=True, slots=True)
class ReceivedDelivery:
    """One delivery from one source.

    Shape:   `id` is None until it is kept; `number` is given at acceptance, without gaps; `state` is landing, accepted,
             held, refused or duplicate.
    """

    name: str
    source: str
    received_at: datetime
    id: int | None = None
    number: int | None = None
    sequence: int | None = None
    scope: str = "changes"
    extracted_at: datetime | None = None
    content_sha256: str = ""
    state: str = "landing"
    rows_in: int = 0
    accepted: int = 0
    set_aside: int = 0
    stale: int = 0
    unchanged: int = 0
    refused: int = 0
    withdrawn: int = 0
    files: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


_LISTS = ("files", "reasons", "notes")
_COLUMNS = tuple(column.name for column in fields(ReceivedDelivery) if column.name != "id")


def keep_delivery(delivery: ReceivedDelivery) -> ReceivedDelivery:
    """Keep this delivery as it is now; it with the id under which it is kept. In a transaction."""
    column_values: dict[str, Any] = {column: getattr(delivery, column) for column in _COLUMNS}
    column_values |= {column: list(column_values[column]) for column in _LISTS}
    if delivery.id is None:
        return replace(delivery, id=Delivery.objects.create(**column_values).pk)
    Delivery.objects.filter(pk=delivery.id).update(**column_values)
    return delivery


def read_delivery_row(table_row: Delivery) -> ReceivedDelivery:
    """The delivery of this row of the table."""
    column_values: dict[str, Any] = {column: getattr(table_row, column) for column in _COLUMNS}
    column_values |= {column: tuple(column_values[column]) for column in _LISTS}
    return ReceivedDelivery(id=table_row.pk, **column_values)
