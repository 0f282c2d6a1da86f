"""The lines of every figure as one table, and what each cut of each comes to, by grouping sets in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from duecare.figure.figure_count import Stratum, Tally, cuts_of
from duecare.figure.figure_definition import Definition, Dimension
from duecare.figure.figure_line import NOT_KNOWN, CountedLine
from duecare.figure.figure_value import CutKey

RowValues = tuple[object, ...]
DIMENSIONS = tuple(sorted(Dimension))
COLUMNS = {
    "figure": "VARCHAR",
    "counts": "BOOLEAN",
    "amount": "DOUBLE",
    "stratum": "VARCHAR",
    "frame": "BIGINT",
    "cuts": "INTEGER",
}
CUT_COLUMNS = {"cuts": "INTEGER", **{dimension.value: "VARCHAR" for dimension in DIMENSIONS}}
COUNTED = (
    "count(*) FILTER (WHERE counts), count(*) FILTER (WHERE counts IS NOT NULL), count(*) FILTER (WHERE counts IS NULL),"
    " list_sort(list(amount) FILTER (WHERE counts IS NOT NULL AND amount IS NOT NULL)), bool_and(frame > 0)"
)
SCORE = "CASE WHEN counts IS NULL THEN NULL WHEN amount IS NULL THEN CAST(counts AS INTEGER) ELSE CAST(amount AS INTEGER) END"


class Engine(Protocol):
    """What works it out: it keeps tables and answers in rows."""

    def load(self, table_name: str, columns: Mapping[str, str], table_rows: Iterable[Sequence[object]]) -> None:
        """Keep these rows as the table `table_name`."""

    def rows(self, select: str) -> list[RowValues]:
        """The rows of this SELECT."""


def engine_tallies(
    engine: Engine, definitions: Iterable[Definition], members: Iterable[CountedLine]
) -> dict[str, dict[CutKey, Tally]]:
    """What the lines of each cut of each figure come to; a figure without lines has none.

    Shape:   as `figure/count.tallies` of each.
    """
    cuts_by_figure = {definition.id: frozenset(cuts_of(definition)) for definition in definitions}
    numbers: dict[CutKey, int] = {}
    line_rows = [
        (
            figure_line.figure,
            figure_line.counts,
            figure_line.amount,
            figure_line.stratum,
            figure_line.frame,
            numbers.setdefault(figure_line.cuts, len(numbers)),
        )
        for figure_line in members
    ]
    engine.load("figure_member", COLUMNS, line_rows)
    engine.load("cut_of_member", CUT_COLUMNS, (_cut_row(number, cut_key) for cut_key, number in numbers.items()))
    grouping_sets = sorted({cut_key for figure_cuts in cuts_by_figure.values() for cut_key in figure_cuts})
    drawn = _engine_strata(engine, grouping_sets)
    tallies_by_figure: dict[str, dict[CutKey, Tally]] = {}
    for figure, cut_key, counted in _grouped_rows(engine, grouping_sets, COUNTED, ""):
        if tuple(dimension for dimension, _ in cut_key) not in cuts_by_figure.get(figure, ()):
            continue
        part_count, whole, unknown, amounts, is_drawn = counted
        strata = tuple(sorted(drawn.get((figure, cut_key), []))) if is_drawn else ()
        listed = tuple(amounts) if isinstance(amounts, list) else ()
        tallies_by_figure.setdefault(figure, {})[cut_key] = Tally(
            _whole_number(part_count), _whole_number(whole), _whole_number(unknown), listed, strata
        )
    return tallies_by_figure


def _engine_strata(
    engine: Engine, grouping_sets: Sequence[tuple[Dimension, ...]]
) -> dict[tuple[str, CutKey], list[Stratum]]:
    scores = ", ".join(f"count(*) FILTER (WHERE {SCORE} = {score})" for score in (1, 0, -1))
    strata_by_cut: dict[tuple[str, CutKey], list[Stratum]] = {}
    for figure, cut_key, (stratum, frame, *scored) in _grouped_rows(
        engine, grouping_sets, f"stratum, frame, {scores}", "stratum, frame"
    ):
        passes_gained, zeros, downs = map(_whole_number, scored)
        strata_by_cut.setdefault((figure, cut_key), []).append(
            (str(stratum), _whole_number(frame), (passes_gained, zeros, downs))
        )
    return strata_by_cut


def _grouped_rows(
    engine: Engine, grouping_sets: Sequence[tuple[Dimension, ...]], counted: str, also_by: str
) -> Iterator[tuple[str, CutKey, tuple[object, ...]]]:
    """Each figure and cut, with what is counted of it; grouping gives the dimensions a row is cut by."""
    dimensions_used = sorted({dimension for cut_key in grouping_sets for dimension in cut_key})
    names = [dimension.value for dimension in dimensions_used]
    more_columns = f", {also_by}" if also_by else ""
    grouping = ", ".join(
        f"({', '.join(['figure', *(dimension.value for dimension in cut_key)])}{more_columns})"
        for cut_key in grouping_sets
    )
    where = " WHERE frame > 0" if also_by else ""
    result_rows = engine.rows(
        f"SELECT figure, {', '.join(names)}, "
        f"{', '.join(f'grouping({column_name})' for column_name in names)}, {counted} FROM figure_member"
        f" JOIN cut_of_member USING (cuts){where} GROUP BY GROUPING SETS ({grouping})"
    )
    name_count = len(names)
    for figure, *row_rest in result_rows:
        stated_values, left_out, counts = (
            row_rest[:name_count],
            row_rest[name_count : 2 * name_count],
            row_rest[2 * name_count :],
        )
        cut_key = tuple(
            (dimension, str(value))
            for dimension, value, without in zip(dimensions_used, stated_values, left_out, strict=True)
            if not without
        )
        yield str(figure), cut_key, tuple(counts)


def _cut_row(number: int, cut_key: CutKey) -> Sequence[object]:
    stated_values = dict(cut_key)
    return number, *(stated_values.get(dimension, NOT_KNOWN) for dimension in DIMENSIONS)


def _whole_number(engine_value: object) -> int:
    assert isinstance(engine_value, int)
    return engine_value
