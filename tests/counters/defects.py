"""Seeded defects: each turns a promise's test red, which shows that the test can fail."""

from __future__ import annotations

from typing import Any


def seed(name: str) -> None:
    """Put this defect into the running process."""
    DEFECTS[name]()


def accepted_first() -> None:
    """The delivery is seen from its first row on."""
    from duecare.store import deliveries, landing

    real = landing._keep

    def keep(delivery: Any, batch: Any, counts: Any) -> None:
        if delivery.state == "landing":
            deliveries.accept(delivery, counts)
        real(delivery, batch, counts)

    landing._keep = keep
    looked = deliveries.is_held_already
    asked: list[bool] = []

    def is_held_already(source: str, sha: str) -> bool:
        asked.append(True)
        return len(asked) == 1 and looked(source, sha)

    deliveries.is_held_already = is_held_already


def no_delivery_ledger() -> None:
    """Nobody looks whether the very same content was accepted before, nor whether a version is held already."""
    from duecare.store import deliveries, landing

    deliveries.is_held_already = lambda source, sha: False
    landing._newest = lambda delivery, versions: {}


def no_lock() -> None:
    """Deliveries land beside each other."""
    from contextlib import nullcontext

    from duecare.store import deliveries

    deliveries.receiving = nullcontext


def last_delivered_wins() -> None:
    """A version's time is that of its receipt, whatever the source says."""
    from duecare.store import landing

    landing._version_at = lambda delivery, version: delivery.pk


DEFECTS = {
    "accepted first": accepted_first,
    "no delivery ledger": no_delivery_ledger,
    "no lock": no_lock,
    "last delivered wins": last_delivered_wins,
}
