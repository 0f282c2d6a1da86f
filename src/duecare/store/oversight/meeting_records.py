"""What those who oversee asked and agreed, as kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from duecare.recommendation.oversight_register import Body, Deed, Entry
from duecare.store.models import OversightEntry


def keep_entry(entry: Entry) -> Entry:
    """Keep this entry; the same with its number."""
    entry_row = OversightEntry.objects.create(
        deed=entry.deed.value,
        at=entry.at,
        by=entry.by,
        words=entry.words,
        body=entry.body.value if entry.body else "",
        meeting=entry.meeting,
        of=entry.of,
        owner=entry.owner,
        due_on=entry.due_on,
    )
    return replace(entry, number=entry_row.pk)


def register_entries(known_at: datetime | None = None) -> tuple[Entry, ...]:
    """Every entry, as known at a moment."""
    table_rows = OversightEntry.objects.order_by("pk")
    if known_at is not None:
        table_rows = table_rows.filter(at__lte=known_at)
    return tuple(
        Entry(
            number=table_row.pk,
            deed=Deed(table_row.deed),
            at=table_row.at,
            by=table_row.by,
            words=table_row.words,
            body=Body(table_row.body) if table_row.body else None,
            meeting=table_row.meeting,
            of=table_row.of,
            owner=table_row.owner,
            due_on=table_row.due_on,
        )
        for table_row in table_rows
    )
