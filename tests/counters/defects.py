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


DEFECTS = {
    "accepted first": accepted_first,
    "no delivery ledger": no_delivery_ledger,
}
