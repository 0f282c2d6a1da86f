"""Counts of different figures that are one count: clearance must know, or one figure would reveal what another hides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from duecare.disclosure import Dimension as Sums
from duecare.figure.counting.custody_lines import NOT_REFUSED, REFUSED
from duecare.figure.figure_definition import Dimension
from duecare.figure.figure_value import CutKey

STAYS: Final = "stays of children in custody"
WHICH: Final = "which"
"""The dimension that names of which stays it is a count."""
REASONS: Final = (*NOT_REFUSED, *REFUSED)
MOVED: Final = REFUSED[0]
BAIL_REFUSED, ASKED, NOT_ASKED = "bail refused", "accommodation was asked for", "accommodation was not asked for"
NOT_MOVED: Final = "asked for, and not moved"


@dataclass(frozen=True, slots=True)
class OfStays:
    """The stays a figure counts, of which, and for which it is not known; empty: what no other figure counts."""

    part: str = ""
    whole: str = ""
    unknown: str = ""

    def at(self, cut_key: CutKey) -> OfStays:
        """The same of one reason alone, where it is cut by that."""
        reason = dict(cut_key).get(Dimension.REASON)
        if reason is None:
            return self
        return OfStays(
            *(count_name and f"{count_name}: {reason}" for count_name in (self.part, self.whole, self.unknown))
        )


OVERNIGHT: Final = OfStays("held overnight", "held overnight or not", "not known whether held overnight")
OF_STAYS: Final[Mapping[str, OfStays]] = {
    "custody-held-overnight": OVERNIGHT,
    "custody-in-a-cell": OfStays("in a cell", "in a cell or not", "not known whether in a cell"),
    "custody-adult-arrived-after": OfStays("an adult came", "an adult came or not", "not known whether an adult came"),
    "custody-bail-refused": OfStays(BAIL_REFUSED),
    "custody-accommodation-asked-for": OfStays(ASKED, BAIL_REFUSED),
    "custody-accommodation-never-asked-for": OfStays(NOT_ASKED, BAIL_REFUSED),
    "custody-moved": OfStays(MOVED, ASKED),
}


def sums_of_stays() -> Sums:
    """The counts that add up to others; all stand in one dimension, since each is of the same stays."""
    stay_sums: list[tuple[str, tuple[str, ...]]] = [
        ("", (*NOT_REFUSED, BAIL_REFUSED)),
        (BAIL_REFUSED, REFUSED),
        (BAIL_REFUSED, (ASKED, NOT_ASKED)),
        (ASKED, (MOVED, NOT_MOVED)),
    ]
    for stay_counts in OF_STAYS.values():
        if stay_counts.unknown:
            stay_sums += [
                ("", (stay_counts.whole, stay_counts.unknown)),
                (stay_counts.whole, (stay_counts.part, f"not {stay_counts.part}")),
            ]
    for reason in REASONS:
        overnight_counts = OVERNIGHT.at(((Dimension.REASON, reason),))
        stay_sums += [
            (reason, (overnight_counts.whole, overnight_counts.unknown)),
            (overnight_counts.whole, (overnight_counts.part, f"not {overnight_counts.part}")),
        ]
    for count_name in (OVERNIGHT.part, OVERNIGHT.whole, OVERNIGHT.unknown):
        stay_sums.append((count_name, tuple(f"{count_name}: {reason}" for reason in REASONS)))
    return Sums(WHICH, tuple(stay_sums))
