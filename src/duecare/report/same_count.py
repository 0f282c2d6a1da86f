"""Which counts of different figures are one count: clearance must know, or one figure would tell what another hides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from duecare.figure import members_custody
from duecare.figure.definition import Dimension
from duecare.report.disclosure import Dimension as Sums

STAYS: Final = "stays of children in custody"
REASON: Final = Dimension.REASON.value
REASONS: Final = (*members_custody.NOT_REFUSED, *members_custody.REFUSED)
MOVED: Final = members_custody.REFUSED[0]
REFUSED, ASKED, NOT_ASKED = "bail refused", "accommodation was asked for", "accommodation was not asked for"
NOT_MOVED: Final = "asked for, and not moved"
TOLD, NOT_TOLD = "it can be told", "it cannot be told"

Which = tuple[str, str]
"""By which dimension, and which category of it, is a count cut out of all stays?"""


@dataclass(frozen=True, slots=True)
class OfStays:
    """Which stays does a figure count, of which, and of which can it not be told? None: what no other figure counts."""

    part: Which | None = None
    whole: Which | None = None
    unknown: Which | None = None


def _told(dimension: str, counts: str) -> OfStays:
    return OfStays((dimension, counts), (dimension, TOLD), (dimension, NOT_TOLD))


OF_STAYS: Final[Mapping[str, OfStays]] = {
    "custody-held-overnight": _told("overnight", "held overnight"),
    "custody-in-a-cell": _told("cell", "placed in a cell"),
    "custody-adult-arrived-after": _told("adult", "an adult came"),
    "custody-bail-refused": OfStays((REASON, REFUSED)),
    "custody-accommodation-asked-for": OfStays((REASON, ASKED), (REASON, REFUSED)),
    "custody-accommodation-never-asked-for": OfStays((REASON, NOT_ASKED), (REASON, REFUSED)),
    "custody-moved": OfStays((REASON, MOVED), (REASON, ASKED)),
}


def sums_of_stays(reasons: Iterable[str]) -> tuple[Sums, ...]:
    """Which of these counts add up to which?

    Shape:   `reasons` are those that were counted; one that is none of those a stay can have is a part of all.
    """
    others = tuple(sorted({*reasons} - {*REASONS}))
    by_reason = (
        ("", (*members_custody.NOT_REFUSED, REFUSED, *others)),
        (REFUSED, members_custody.REFUSED),
        (REFUSED, (ASKED, NOT_ASKED)),
        (ASKED, (MOVED, NOT_MOVED)),
    )
    told = [
        Sums(dimension, (("", (TOLD, NOT_TOLD)), (TOLD, (counts, f"not {counts}"))))
        for dimension, counts in (one.part for one in OF_STAYS.values() if one.part and one.unknown)
    ]
    return (Sums(REASON, by_reason), *told)
