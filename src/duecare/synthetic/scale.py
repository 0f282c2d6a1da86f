"""How large the made-up force is: how many of each thing in eighteen months."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Scale:
    """The number of each thing in eighteen months.

    Shape:   `by_month` is how many extractions each source makes in a month.
    """

    households: int
    alone: int
    reports: int
    crimes: int
    enquiries: int
    protections: int
    missing: int
    detentions: int
    offenders: int
    staff: float
    by_month: int


SCALES: Final[dict[str, Scale]] = {
    "small": Scale(4_500, 1_500, 1_180, 720, 215, 75, 330, 430, 150, 1.0, 1),
    "force": Scale(520_000, 200_000, 212_000, 132_000, 37_000, 10_500, 58_000, 66_000, 6_000, 9.0, 4),
}
