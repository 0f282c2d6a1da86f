"""Deliveries in: landing whole or not at all, readers in a process of their own, mapping by sources/*.toml."""

from __future__ import annotations

from duecare.extract.delivery import Delivery, read_delivery
from duecare.extract.reading_limits import Limits

__all__ = ["Delivery", "Limits", "read_delivery"]
