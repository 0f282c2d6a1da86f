"""The lines of a figure as cells that statistics compare: by area, and by who someone is, like with like."""

from __future__ import annotations

from collections.abc import Iterable
from math import isinf

from duecare.figure.comparison.areas_side_by_side import counted_value
from duecare.figure.comparison.group_fairness import (
    Cell,
    Fairness,
    HoursCell,
    HoursFairness,
    fairness_of_hours,
    group_fairness,
)
from duecare.figure.counted_share import Counted
from duecare.figure.figure_definition import Definition, Dimension, Unit
from duecare.figure.figure_line import NOT_KNOWN, CountedLine
from duecare.figure.figure_value import FigureValue
from duecare.rulebook.comparison_settings import FEWEST_COMPARED, MOST_NOT_KNOWN

LIKE_DIMENSIONS = (Dimension.AREA, Dimension.CASE_KIND, Dimension.RISK)


def compared_groups(
    definition: Definition,
    members: Iterable[CountedLine],
    dimension: Dimension,
    fewest: int = FEWEST_COMPARED,
    most_unknown: float = MOST_NOT_KNOWN,
) -> Fairness | HoursFairness | None:
    """Compare the groups of this dimension by this figure, each case set only against those of its kind and place.

    Shape:   None for what is a count: nobody knows of how many it is.
    Unknown: lines with an unknown outcome are left out. What has not happened yet is twice as long as the longest that
             has: only its rank is looked at.
    """
    if definition.unit in {Unit.COUNT, Unit.DIFFERENCE}:
        return None
    lines_by_cell: dict[tuple[str, str | None], list[CountedLine]] = {}
    for figure_line in members:
        if figure_line.counts is not None:
            group = figure_line.by(dimension)
            like_key = " / ".join(
                figure_line.by(dimension) for dimension in LIKE_DIMENSIONS if dimension in definition.by
            )
            lines_by_cell.setdefault((like_key, None if group == NOT_KNOWN else group), []).append(figure_line)
    if definition.unit is Unit.SHARE:
        cells = [
            Cell(like_key, group, sum(1 for figure_line in cell_lines if figure_line.counts), len(cell_lines))
            for (like_key, group), cell_lines in lines_by_cell.items()
        ]
        return group_fairness(cells, fewest=fewest, most_unknown=most_unknown)
    finite = [
        figure_line.amount
        for cell_lines in lines_by_cell.values()
        for figure_line in cell_lines
        if figure_line.amount is not None and not isinf(figure_line.amount)
    ]
    longest = 2 * max(finite, default=1.0) or 1.0
    hours = [
        HoursCell(
            like_key,
            group,
            [min(figure_line.amount, longest) for figure_line in cell_lines if figure_line.amount is not None],
        )
        for (like_key, group), cell_lines in lines_by_cell.items()
    ]
    return fairness_of_hours(hours, fewest=fewest, most_unknown=most_unknown)


def differing_groups(fairness: Fairness | HoursFairness) -> tuple[str, ...]:
    """The groups that differ from those like them by more than chance alone could give."""
    if isinstance(fairness, Fairness):
        return tuple(group.counted.label for group in fairness.told)
    return tuple(group.label for group in fairness.told)


def areas_of(values: Iterable[FigureValue]) -> tuple[Counted, ...]:
    """The values of a share, area by area, as the funnel takes them; cases in no area have no place in it."""
    labelled_values = [
        (" / ".join(cut_value for _, cut_value in figure_value.cut), figure_value) for figure_value in values
    ]
    return tuple(
        counted_value(figure_value, area_label)
        for area_label, figure_value in labelled_values
        if area_label != NOT_KNOWN
    )
