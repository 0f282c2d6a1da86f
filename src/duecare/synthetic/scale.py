"""How big is the made-up force?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Scale:
    """How many of each thing are there in eighteen months?

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
    "small": Scale(2_200, 900, 1_150, 700, 210, 70, 330, 430, 150, 1.0, 1),
    "force": Scale(300_000, 150_000, 290_000, 180_000, 50_000, 14_000, 80_000, 90_000, 7_000, 12.0, 4),
}
