"""Published totals as kept: one row a set and measure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from duecare.audit import Total
from duecare.store.models import PublishedTotal


def keep(accepted: Iterable[Total], at: datetime) -> None:
    """Keep these, each in the place of what was held of the same set and measure."""
    for one in accepted:
        PublishedTotal.objects.update_or_create(
            set_id=one.set_id, measure=one.measure, defaults={"row": dict(one.row), "imported_at": at}
        )


def rows() -> tuple[Mapping[str, str], ...]:
    """Every row kept, in the order in which it came."""
    return tuple(PublishedTotal.objects.order_by("id").values_list("row", flat=True))
