"""What those who oversee asked and agreed, as kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from duecare.recommendation.oversight import Body, Deed, Entry
from duecare.store.models import OversightEntry


def keep(entry: Entry) -> Entry:
    """Keep this entry; the same with its number."""
    row = OversightEntry.objects.create(
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
    return replace(entry, number=row.pk)


def entries(known_at: datetime | None = None) -> tuple[Entry, ...]:
    """Every entry, as known at a moment."""
    rows = OversightEntry.objects.order_by("pk")
    if known_at is not None:
        rows = rows.filter(at__lte=known_at)
    return tuple(
        Entry(
            number=row.pk,
            deed=Deed(row.deed),
            at=row.at,
            by=row.by,
            words=row.words,
            body=Body(row.body) if row.body else None,
            meeting=row.meeting,
            of=row.of,
            owner=row.owner,
            due_on=row.due_on,
        )
        for row in rows
    )
