"""The value of a figure as a release printed it: what may be told again to those who are told only what was published."""

from __future__ import annotations

from dataclasses import replace

from duecare.figure.figure_count import Tally, value_of
from duecare.figure.figure_definition import Basis, Definition, Unit
from duecare.figure.figure_value import FigureValue
from duecare.report.draft_report import Count
from duecare.report.quarterly.quarterly_counts import counts_at
from duecare.report.release.release_clearance import Released, ReleasedFigure, key_of
from duecare.stats.interval import Interval
from duecare.vocabulary.unknown import Unknown

TOO_FEW = Unknown("too few, or too many of which it cannot be told, to say what is typical")


class Printed:
    """Everything one release printed, by what it is the number of."""

    def __init__(self, released: Released) -> None:
        self._by_what: dict[str, list[ReleasedFigure]] = {}
        for table in released.tables():
            for cell in (one for row in table.rows for one in row if isinstance(one, ReleasedFigure)):
                self._by_what.setdefault(cell.about, []).append(cell)

    def value(self, definition: Definition, kept: FigureValue) -> tuple[FigureValue, frozenset[str]] | None:
        """This value as it was printed; None where it was not, or was hidden.

        Shape:   of the value kept nothing is used but what it is of: its figure, period and cut. With it those of its counts
                 that were not printed, and are nought: of how many it cannot be told, where that is hidden; of hours, how
                 many have happened.
        """
        counts = counts_at(definition, kept)
        whole = None if counts.whole is None else self._count(counts.whole)
        part, unknown = self._count(counts.part), self._count(counts.unknown)
        is_hours = definition.unit is Unit.HOURS
        if (
            definition.basis is Basis.SAMPLE
            or (counts.whole is not None and whole is None)
            or (part is None and not is_hours)
        ):
            return None
        untold = frozenset({"unknown"} if unknown is None else ()) | frozenset({"part"} if is_hours else ())
        if is_hours:
            assert counts.whole is not None, "hours are of so many"
            bare = replace(kept, part=0, whole=whole, unknown=unknown or 0)
            typical = self._typical(bare, counts.whole)
            return None if typical is None else (typical, untold)
        return value_of(definition, kept.period, kept.cut, Tally(part or 0, whole or 0, unknown or 0)), untold

    def _count(self, count: Count) -> int | None:
        found = self._by_what.get(key_of(count).text, ())
        return next((int(one.shown) for one in found if one.shown is not None), None)

    def _typical(self, kept: FigureValue, of: Count) -> FigureValue | None:
        found = self._by_what.get(f"what is typical of {key_of(of).text}", ())
        if len(found) < 3:
            return None
        middle, low, high = (one.shown for one in found[:3])
        value: float | Unknown = TOO_FEW if middle is None else float(middle)
        sure: Interval | Unknown = TOO_FEW
        if low is not None and high is not None:
            method = kept.interval.method if isinstance(kept.interval, Interval) else "as published"
            sure = Interval(float(low), float(high), method)
        return replace(kept, value=value, interval=sure)
