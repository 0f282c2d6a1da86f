"""Tables of the quarterly report: one figure by one dimension, many figures side by side, each number a count to be cleared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from duecare.figure.figure_definition import About, Basis, Definition, Dimension, Unit
from duecare.figure.figure_line import NOT_KNOWN
from duecare.figure.figure_value import CutKey, FigureValue
from duecare.report.draft_report import LABEL, Column, Count, DraftCell, DraftTable, ShareOf, SureOf
from duecare.report.quarterly.quarterly_counts import (
    AREA_NAME,
    PERIOD,
    Counts,
    Places,
    by_cut,
    counts_at,
    typical_of,
    zero_value,
)
from duecare.report.release.same_count import REASONS

BY_WORDS: Final = {
    Dimension.AREA: "Borough",
    Dimension.BCU: "Borough command",
    Dimension.MONTH: "Month",
    Dimension.CASE_KIND: "Kind of case",
    Dimension.RISK: "Risk",
    Dimension.REASON: "Reason",
    Dimension.ETHNICITY_SELF: "Ethnicity, self-reported",
    Dimension.ETHNICITY_OFFICER: "Ethnicity, as seen by an officer",
    Dimension.SEX: "Sex",
    Dimension.AGE: "Age",
    Dimension.DISABILITY: "Disability",
    Dimension.LOOKED_AFTER: "Looked after by a council",
}
LATE_WORD: Final = "Late"
"""The theme of figures that say how often a duty was late."""
RISKS: Final = ("very_high", "high", "medium", "low", "unknown")
"""In the order in which they are told."""
SHARE: Final = (
    Column("counted", "Counted"),
    Column("of_all", "With a known outcome"),
    Column("share", "Share (%)", "number", ("counted", "of_all")),
    Column("share_low", "Share, low end (%)", "number"),
    Column("share_high", "Share, high end (%)", "number"),
    Column("not_known", "Not known"),
)
LATE_SHARE: Final = (Column("counted", "Late, or not done"), Column("of_all", "Due, with a known outcome"), *SHARE[2:])
COUNT: Final = (Column("counted", "Counted"), Column("not_known", "Not known"))
HOURS: Final = (
    Column("of_all", "Out of"),
    Column("median", "Median (hours)", "number"),
    Column("median_low", "Median, low end (hours)", "number"),
    Column("median_high", "Median, high end (hours)", "number"),
    Column("not_known", "Not known"),
)
SAMPLE: Final = (
    Column("counted", "Met the standard"),
    Column("of_all", "Files graded"),
    Column("share", "Share of those graded (%)", "number", ("counted", "of_all")),
    Column("estimate", "Estimate for all files (%)", "number"),
    Column("estimate_low", "Estimate, low end (%)", "number"),
    Column("estimate_high", "Estimate, high end (%)", "number"),
    Column("not_known", "No grade"),
)
GAP_COLUMNS: Final = (
    Column("of_all", "Files graded by both"),
    Column("gap", "The force passed more by (points)", "number"),
    Column("gap_low", "Gap, low end (points)", "number"),
    Column("gap_high", "Gap, high end (points)", "number"),
    Column("not_known", "Graded by one side"),
)


def columns_of(definition: Definition) -> tuple[Column, ...]:
    """The columns of numbers in a table of this figure."""
    if definition.unit is Unit.SHARE and definition.basis is Basis.SAMPLE:
        return SAMPLE
    if definition.unit is Unit.SHARE and definition.theme == LATE_WORD:
        return LATE_SHARE
    return {Unit.SHARE: SHARE, Unit.COUNT: COUNT, Unit.HOURS: HOURS, Unit.DIFFERENCE: GAP_COLUMNS}[definition.unit]


def cells_of(definition: Definition, value: FigureValue) -> tuple[DraftCell, ...]:
    """The numbers of one row."""
    figure_counts = counts_at(definition, value)
    columns = columns_of(definition)
    if columns is COUNT or figure_counts.whole is None:
        return (figure_counts.part, figure_counts.unknown)
    if columns in (SHARE, LATE_SHARE):
        return share_cells(figure_counts)
    if columns is SAMPLE:
        share = ShareOf(figure_counts.part, figure_counts.whole)
        return (figure_counts.part, figure_counts.whole, share, *typical_of(figure_counts, 100), figure_counts.unknown)
    return (figure_counts.whole, *typical_of(figure_counts, 1 if columns is HOURS else 100), figure_counts.unknown)


def share_cells(figure_counts: Counts) -> tuple[DraftCell, ...]:
    """Part, whole, share, both ends of its interval, and what is not known."""
    assert figure_counts.whole is not None, "a share is of something"
    sides = (
        SureOf(figure_counts.part, figure_counts.whole, "low"),
        SureOf(figure_counts.part, figure_counts.whole, "high"),
    )
    return (
        figure_counts.part,
        figure_counts.whole,
        ShareOf(figure_counts.part, figure_counts.whole),
        *sides,
        figure_counts.unknown,
    )


def drawn_in(columns: Sequence[Column], labels: int = 1) -> int:
    """The column drawn as bars: the share, the median or the count."""
    names = [column.name for column in columns]
    wanted_column = next((column_name for column_name in ("share", "median", "counted") if column_name in names), "")
    return labels + names.index(wanted_column) + 1 if wanted_column else 0


def one_by(
    definition: Definition, values: Sequence[FigureValue], dimension: Dimension, period: str, places: Places,
    *, annex: bool = False,
) -> DraftTable:  # fmt: skip
    """One figure by one dimension, the whole force last.

    Shape:   of places and reasons every one there is, with zeros where nothing was counted; of all else what was counted.
             Of children also the row of those of whom the place is not known: a row that lacks is read as a 0, and
             clearance must know whatever is read.
    """
    values_by_cut = by_cut(values)
    columns = columns_of(definition)
    table_rows: list[tuple[DraftCell, ...]] = []
    of_children = definition.about_in_public is About.CHILDREN
    for category in categories_of(values, dimension, places, always=of_children):
        cut_key: CutKey = ((dimension, category),)
        value = values_by_cut.get(cut_key) or zero_value(definition, period, cut_key)
        table_rows.append((category.replace("_", " "), *cells_of(definition, value)))
    table_rows.append(
        ("The whole force", *cells_of(definition, values_by_cut.get(()) or zero_value(definition, period, ())))
    )
    return DraftTable(
        f"{definition.id}-by-{dimension.value.replace('_', '-')}",
        f"{definition.title}, by {BY_WORDS[dimension].lower()}",
        (Column(dimension.value, BY_WORDS[dimension], LABEL), *columns),
        tuple(table_rows),
        drawn=drawn_in(columns),
        adds_up=True,
        annex=annex,
        figure=definition.id,
    )


def categories_of(
    values: Sequence[FigureValue], dimension: Dimension, places: Places, *, always: bool = False
) -> tuple[str, ...]:
    """The rows of a table by this dimension; what is not known stands last, where it was counted, or `always`."""
    counted = {value.cut[0][1] for value in values if len(value.cut) == 1 and value.cut[0][0] is dimension}
    last_category = (NOT_KNOWN,) if NOT_KNOWN in counted or always else ()
    if dimension is Dimension.AREA:
        return (*places.areas, *sorted(counted - {*places.areas, NOT_KNOWN}), *last_category)
    if dimension is Dimension.BCU:
        return (*(command_name for command_name, _ in places.commands), *last_category)
    if dimension is Dimension.REASON:
        return REASONS
    return (
        *sorted(
            counted - {NOT_KNOWN}, key=lambda category: (RISKS.index(category) if category in RISKS else 0, category)
        ),
        *last_category,
    )


def side_by_side(
    table_id: str, caption: str, definitions: Sequence[Definition], values: dict[str, Sequence[FigureValue]], period: str,
    *, first_column: Column, row_names: dict[str, str], annex: bool = False,
) -> DraftTable:  # fmt: skip
    """Many figures of one unit beside each other, each for the whole force; those of which nothing was counted left out."""
    columns = columns_of(definitions[0])
    table_rows: list[tuple[DraftCell, ...]] = []
    for definition in definitions:
        value = by_cut(values.get(definition.id, ())).get(()) or zero_value(definition, period, ())
        if value.whole or value.part or value.unknown:
            table_rows.append((row_names[definition.id], *cells_of(definition, value)))
    return DraftTable(
        table_id, caption, (first_column, *columns), tuple(table_rows), drawn=drawn_in(columns), annex=annex
    )


def many_by(
    table_id: str, caption: str, definitions: Sequence[Definition], values: dict[str, Sequence[FigureValue]],
    dimension: Dimension, *, first_column: Column, row_names: dict[str, str], annex: bool = False,
) -> DraftTable:  # fmt: skip
    """Many figures of one unit, each by one dimension: a row for each figure and category that has a count.

    Shape:   of children a row for every category that any figure has, with zeros: a row that lacks is read as a 0,
             and clearance must know whatever is read.
    """
    columns = columns_of(definitions[0])
    all_categories = sorted(
        {
            value.cut[0][1]
            for figure_values in values.values()
            for value in figure_values
            if [dimension_name for dimension_name, _ in value.cut] == [dimension]
        }
    )
    table_rows: list[tuple[DraftCell, ...]] = []
    for definition in definitions:
        values_by_cut = by_cut(values.get(definition.id, ()))
        cut_keys: dict[str, CutKey] = {category: ((dimension, category),) for category in all_categories}
        if definition.about_in_public is not About.CHILDREN or values_by_cut.keys().isdisjoint(cut_keys.values()):
            cut_keys = {category: cut_key for category, cut_key in cut_keys.items() if cut_key in values_by_cut}
        period = next((value.period for value in values_by_cut.values()), "")
        table_rows += [
            (
                row_names[definition.id],
                category.replace("_", " "),
                *cells_of(definition, values_by_cut.get(cut_key) or zero_value(definition, period, cut_key)),
            )
            for category, cut_key in cut_keys.items()
        ]
    labels = (first_column, Column(dimension.value, BY_WORDS[dimension], LABEL))
    return DraftTable(
        table_id, caption, (*labels, *columns), tuple(table_rows), drawn=drawn_in(columns, 2), annex=annex
    )


def all_kinds_by_area(
    definitions: Sequence[Definition], values: dict[str, Sequence[FigureValue]], period: str, places: Places
) -> DraftTable:
    """All duties together, by borough, the whole force last: a sum over kinds, named as such."""
    values_by_figure = {definition.id: by_cut(values.get(definition.id, ())) for definition in definitions}
    all_values = [value for definition in definitions for value in values.get(definition.id, ())]
    table_rows: list[tuple[DraftCell, ...]] = []
    for area_name in (*categories_of(all_values, Dimension.AREA, places), ""):
        cut_key: CutKey = ((Dimension.AREA, area_name),) if area_name else ()
        area_values = [
            value for definition in definitions if (value := values_by_figure[definition.id].get(cut_key)) is not None
        ]
        table_rows.append(
            (area_name or "The whole force", *share_cells(all_kinds(definitions[0], area_values, period, area_name)))
        )
    label = Column("area", "Borough", LABEL)
    caption = "Duties of every kind together that were late, by borough"
    return DraftTable(
        "duties-late-by-borough",
        caption,
        (label, *LATE_SHARE),
        tuple(table_rows),
        drawn=drawn_in(LATE_SHARE),
        adds_up=True,
    )


def all_kinds(definition: Definition, values: Sequence[FigureValue], period: str, area_name: str = "") -> Counts:
    """The sums over these values, of duties of every kind, as counts of their own."""
    cut_key = tuple(sorted({PERIOD: period, **({AREA_NAME: area_name} if area_name else {})}.items()))

    def count_of(count_name: str, value: int) -> Count:
        return Count(f"duties of every kind{count_name}", cut_key, value, definition.about)

    part_count, unknown = (
        sum(figure_value.part for figure_value in values),
        sum(figure_value.unknown for figure_value in values),
    )
    whole = sum(figure_value.whole or 0 for figure_value in values)
    first_value = values[0] if values else zero_value(definition, period, ())
    return Counts(
        count_of(" late", part_count), count_of(", of all", whole), count_of(", not known", unknown), first_value
    )
