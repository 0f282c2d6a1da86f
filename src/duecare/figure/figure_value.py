"""What a figure comes to for one cut and one period, with what is unknown beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from duecare.figure.figure_definition import Dimension
from duecare.stats.interval import Interval
from duecare.vocabulary.unknown import Unknown

COUNTED: Final = Unknown("a whole count has no sampling error")
CutKey = tuple[tuple[Dimension, str], ...]
"""By which dimensions is it cut, each at which value? In the order of their names; empty for the whole force."""


def cut_of(values: Mapping[Dimension, str]) -> CutKey:
    """The one form in which a cut is written, kept and compared."""
    return tuple(sorted(values.items()))


@dataclass(frozen=True, slots=True)
class FigureValue:
    """The value of a figure for this cut and this period.

    Shape:   `period` is `2026-Q3` or `2026-09`; of a count `whole` is None. A list opened from it has `part` lines that
             count, `whole` lines in all, and `unknown` lines with an unknown outcome.
    Units:   `value` in the unit of the definition: a count, a proportion 0..1, or hours.
    Unknown: `value` and `interval` say why they is not known; an unknown line is neither in `part` nor in `whole`.
    """

    figure: str
    period: str
    cut: CutKey
    part: int
    whole: int | None
    unknown: int
    value: float | Unknown
    interval: Interval | Unknown = COUNTED
