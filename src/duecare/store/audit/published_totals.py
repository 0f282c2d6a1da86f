"""Published totals as kept: one row a set and measure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from duecare.audit import Total
from duecare.store.models import PublishedTotal


def keep_totals(accepted: Iterable[Total], recorded_at: datetime) -> None:
    """Keep these, each in place of what was held of the same set and measure."""
    for published_total in accepted:
        PublishedTotal.objects.update_or_create(
            set_id=published_total.set_id,
            measure=published_total.measure,
            defaults={"row": dict(published_total.row), "imported_at": recorded_at},
        )


def total_rows() -> tuple[Mapping[str, str], ...]:
    """Every row kept, in the order in which it came."""
    return tuple(PublishedTotal.objects.order_by("id").values_list("row", flat=True))
