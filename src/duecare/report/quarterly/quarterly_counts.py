"""From the values of a figure to counts that clearance knows: the same count of the same people under the same key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from duecare.disclosure import Dimension as Sums
from duecare.figure.figure_definition import Definition, Dimension
from duecare.figure.figure_line import NOT_KNOWN
from duecare.figure.figure_value import CutKey as FigureCut
from duecare.figure.figure_value import FigureValue
from duecare.report.draft_report import Count, CutKey, Typical
from duecare.report.release.same_count import OF_STAYS, STAYS, WHICH, OfStays, sums_of_stays
from duecare.stats.interval import Interval

PERIOD: Final = "period"
AREA_NAME: Final = "area"
NO_COMMAND: Final = "in no command"


@dataclass(frozen=True, slots=True)
class Places:
    """The force's areas, and their commands.

    Shape:   commands in the order of the policy, each with its areas.
    """

    commands: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def areas(self) -> tuple[str, ...]:
        """Every area of a command, in the order of the policy."""
        return tuple(area_name for _, areas in self.commands for area_name in areas)


@dataclass(frozen=True, slots=True)
class Counts:
    """What one value of a figure comes to, as counts.

    Shape:   `whole` None of a figure that is a count alone.
    """

    part: Count
    whole: Count | None
    unknown: Count
    value: FigureValue


def counts_at(definition: Definition, value: FigureValue) -> Counts:
    """The counts behind this value: where another figure counts the same, the very same count."""
    cut_key = cut_in_report(value.period, value.cut)
    about = definition.about_in_public
    same_counts = OF_STAYS.get(definition.id, OfStays()).at(value.cut)

    def count_of(measure: str, number: int, count_part: str) -> Count:
        if not count_part:
            return Count(measure, cut_key, number, about)
        place = tuple(cut_part for cut_part in cut_key if cut_part[0] != named_in(value.period, Dimension.REASON))
        return Count(STAYS, tuple(sorted((*place, (WHICH, count_part)))), number, about)

    return Counts(
        count_of(definition.id, value.part, same_counts.part),
        None if value.whole is None else count_of(f"{definition.id}, of all", value.whole, same_counts.whole),
        count_of(f"{definition.id}, not known", value.unknown, same_counts.unknown),
        value,
    )


def cut_in_report(period: str, figure_cut: FigureCut) -> CutKey:
    """The cut as clearance knows it: a month is a part of its quarter, a command the sum of its areas."""
    cut_values: dict[str, str] = {PERIOD: period}
    for dimension, category in figure_cut:
        if dimension is Dimension.MONTH:
            cut_values[PERIOD] = category
        elif dimension is Dimension.BCU:
            cut_values[AREA_NAME] = no_command_in(period) if category == NOT_KNOWN else category
        else:
            cut_values[named_in(period, dimension)] = category
    return tuple(sorted(cut_values.items()))


def named_in(period: str, dimension: Dimension) -> str:
    """The name by which clearance knows this dimension.

    Shape:   of places always the same. Of all else one for each period: which groups, kinds and reasons there are is known
             from what was counted, and what adds up in one quarter may lack one that was counted in the next.
    """
    return AREA_NAME if dimension is Dimension.AREA else f"{dimension.value} in {period}"


def no_command_in(period: str) -> str:
    """The name under which areas without a command stand together; other periods may have other such areas."""
    return f"{NO_COMMAND} in {period}"


def zero_value(definition: Definition, period: str, figure_cut: FigureCut) -> FigureValue:
    """The value where nothing was counted: zeros."""
    from duecare.figure.figure_count import NOTHING
    from duecare.figure.figure_definition import Unit
    from duecare.figure.figure_value import COUNTED

    is_count = definition.unit is Unit.COUNT
    return FigureValue(definition.id, period, figure_cut, 0, None if is_count else 0, 0, 0.0 if is_count else NOTHING,
                       COUNTED if is_count else NOTHING)  # fmt: skip


def sums_of(period: str, places: Places, values: Iterable[FigureValue]) -> tuple[Sums, ...]:
    """The categories of each dimension that add up to others: those that have a count, and every area there is."""
    categories_by_dimension: dict[str, set[str]] = {}
    months: set[str] = set()
    for value in values:
        for dimension, category in value.cut:
            if dimension is Dimension.MONTH:
                months.add(category)
            elif dimension is not Dimension.BCU:
                categories_by_dimension.setdefault(named_in(period, dimension), set()).add(category)
    sums_list = [
        Sums(dimension_name, (("", tuple(sorted(categories))),))
        for dimension_name, categories in sorted(categories_by_dimension.items())
        if dimension_name != AREA_NAME
    ]
    sums_list.append(sums_of_stays())
    without = sorted((categories_by_dimension.get(AREA_NAME, set()) | {NOT_KNOWN}) - set(places.areas))
    commands = (*places.commands, (no_command_in(period), tuple(without)))
    sums_list.append(Sums(AREA_NAME, (("", tuple(command_name for command_name, _ in commands)), *commands)))
    sums_list.append(Sums(PERIOD, ((period, tuple(months_of(period))),)))
    return tuple(sums_list)


def months_of(period: str) -> Sequence[str]:
    """The months of this quarter; a month is made of none but itself."""
    year_text, _, quarter = period.partition("-Q")
    if not quarter:
        return ()
    first_month = 3 * int(quarter) - 2
    return tuple(f"{year_text}-{month:02d}" for month in range(first_month, first_month + 3))


def typical_of(counts: Counts, factor: float = 1.0) -> tuple[Typical, Typical, Typical]:
    """What is typical, with both ends of its interval, resting on how many were counted."""
    value, interval = counts.value.value, counts.value.interval
    rests = counts.whole or counts.part
    interval_ends = (interval.low, interval.high) if isinstance(interval, Interval) else (None, None)
    known_value = value if isinstance(value, float) else None
    return (
        _typical_cell(known_value, factor, rests),
        _typical_cell(interval_ends[0], factor, rests),
        _typical_cell(interval_ends[1], factor, rests),
    )


def _typical_cell(value: float | None, factor: float, counted_of: Count) -> Typical:
    is_told = value is not None and value not in {float("inf"), float("-inf")}
    return Typical(factor * value if is_told and value is not None else None, counted_of)


def by_cut(values: Iterable[FigureValue]) -> Mapping[FigureCut, FigureValue]:
    """Every value by its cut."""
    return {value.cut: value for value in values}
