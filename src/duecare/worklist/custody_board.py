"""What the custody board counts: reviews overdue or due within the hour, no adult yet, in a cell, overnight, and so on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from duecare.duty.finding import State

REVIEWS: Final = frozenset({"CU1", "CU2"})
DUE_SOON: Final = timedelta(hours=1)


class ChildInCustody(Protocol):
    """What the board needs to know of a child in custody.

    Unknown: `next_review_at` is None where no review is due; `overnight` where it is not known.
    """

    @property
    def findings(self) -> Sequence[Any]:
        """The findings of this stay, each with its `ref` and `state`."""

    @property
    def next_review_at(self) -> datetime | None:
        """When the next review is due."""

    @property
    def adult(self) -> str:
        """How far an appropriate adult has got: `arrived` when here."""

    @property
    def accommodation(self) -> str:
        """What became of a request for local authority accommodation."""

    @property
    def placed_in(self) -> str:
        """Where the child is kept."""

    @property
    def overnight(self) -> bool | None:
        """Whether the child is kept overnight."""


def _is_review_overdue(child: ChildInCustody, _: datetime) -> bool:
    return any(finding.ref in REVIEWS and finding.state is State.OVERDUE for finding in child.findings)


def _is_review_due_soon(child: ChildInCustody, current_time: datetime) -> bool:
    return child.next_review_at is not None and current_time <= child.next_review_at <= current_time + DUE_SOON


BOARD_COUNTS: Final[dict[str, Callable[[ChildInCustody, datetime], bool]]] = {
    "in_custody": lambda _child, _now: True,
    "review_overdue": _is_review_overdue,
    "review_due_hour": _is_review_due_soon,
    "no_adult": lambda child, _now: child.adult != "arrived",
    "accommodation_asked": lambda child, _now: child.accommodation in {"requested", "refused", "provided"},
    "in_cell": lambda child, _now: child.placed_in == "cell",
    "overnight": lambda child, _now: child.overnight is True,
}
"""The name of each count, and whether a child is in it at a moment."""
