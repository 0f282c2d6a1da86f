"""The value of a figure as a release printed it, for those who may see only what was published."""

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

TOO_FEW = Unknown("too few, or too many not known, to give a typical value")


class Printed:
    """Everything one release printed, by what it is the number of."""

    def __init__(self, released: Released) -> None:
        self._by_what: dict[str, list[ReleasedFigure]] = {}
        for table in released.tables():
            for released_cell in (
                table_cell
                for table_row in table.rows
                for table_cell in table_row
                if isinstance(table_cell, ReleasedFigure)
            ):
                self._by_what.setdefault(released_cell.about, []).append(released_cell)

    def value(self, definition: Definition, stored_value: FigureValue) -> tuple[FigureValue, frozenset[str]] | None:
        """This value as it was printed; None where it was not, or was hidden.

        Shape:   of the value kept nothing is used but what it is of: its figure, period and cut. With it those of its counts
                 that were not printed, and are 0: of how many it is not known, where that is hidden; of hours, how
                 many have happened.
        """
        counts = counts_at(definition, stored_value)
        whole = None if counts.whole is None else self._count(counts.whole)
        part_count, unknown = self._count(counts.part), self._count(counts.unknown)
        is_hours = definition.unit is Unit.HOURS
        if (
            definition.basis is Basis.SAMPLE
            or (counts.whole is not None and whole is None)
            or (part_count is None and not is_hours)
        ):
            return None
        not_printed = frozenset({"unknown"} if unknown is None else ()) | frozenset({"part"} if is_hours else ())
        if is_hours:
            assert counts.whole is not None, "hours are of so many"
            bare_value = replace(stored_value, part=0, whole=whole, unknown=unknown or 0)
            typical = self._typical(bare_value, counts.whole)
            return None if typical is None else (typical, not_printed)
        return value_of(
            definition, stored_value.period, stored_value.cut, Tally(part_count or 0, whole or 0, unknown or 0)
        ), not_printed

    def _count(self, count: Count) -> int | None:
        printed_cells = self._by_what.get(key_of(count).text, ())
        return next((int(printed_cell.shown) for printed_cell in printed_cells if printed_cell.shown is not None), None)

    def _typical(self, stored_value: FigureValue, counted_of: Count) -> FigureValue | None:
        printed_cells = self._by_what.get(f"what is typical of {key_of(counted_of).text}", ())
        if len(printed_cells) < 3:
            return None
        middle, low_cell, high_cell = (printed_cell.shown for printed_cell in printed_cells[:3])
        value: float | Unknown = TOO_FEW if middle is None else float(middle)
        interval_shown: Interval | Unknown = TOO_FEW
        if low_cell is not None and high_cell is not None:
            method = stored_value.interval.method if isinstance(stored_value.interval, Interval) else "as published"
            interval_shown = Interval(float(low_cell), float(high_cell), method)
        return replace(stored_value, value=value, interval=interval_shown)
