"""A line that a figure counts: values, cuts and lists all follow from these, so that a tile and its list agree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from duecare.figure.figure_definition import Dimension
from duecare.figure.figure_value import CutKey
from duecare.record.pole import CaseKey

NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True)
class CountedLine:
    """A unit that a figure counts, when, and whether it is one of those the figure is about.

    Shape:   `key` is this line's own within the figure, and the same whenever it is worked out again. `cuts` hold a value for
             every dimension of the figure, "not known" where it is not. Of a file drawn from a frame, `stratum` names the
             part of the frame, and `frame` how many files stand in it.
    Units:   `amount` in hours, or +1, 0, -1 for a difference; infinite for what has not happened yet.
    Unknown: `counts` None where it is not known; `why` then says why, else what is known of it in a few words.
    """

    figure: str
    key: str
    at: datetime
    counts: bool | None
    why: str
    case: CaseKey | None = None
    person: str | None = None
    amount: float | None = None
    cuts: CutKey = ()
    stratum: str = ""
    frame: int = 0

    def within(self, figure_cut: CutKey) -> bool:
        """Whether it is a line of this cut."""
        return set(figure_cut) <= set(self.cuts)

    def by(self, dimension: Dimension) -> str:
        """Its value in this dimension."""
        return dict(self.cuts).get(dimension, NOT_KNOWN)
