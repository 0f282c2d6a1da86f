"""Tables of the quarterly report: one figure by one dimension, many figures side by side, each number a count to be cleared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from duecare.figure.figure_definition import About, Basis, Definition, Dimension, Unit
from duecare.figure.figure_line import NOT_KNOWN
from duecare.figure.figure_value import Cut, FigureValue
from duecare.report.draft_report import LABEL, Column, Count, DraftCell, DraftTable, ShareOf, SureOf
from duecare.report.quarterly.quarterly_counts import (
    AREA,
    PERIOD,
    Counts,
    Places,
    by_cut,
    counts_at,
    nought,
    typical_of,
)
from duecare.report.release.same_count import REASONS

BY: Final = {
    Dimension.AREA: "Borough",
    Dimension.BCU: "Borough command",
    Dimension.MONTH: "Month",
    Dimension.CASE_KIND: "Kind of case",
    Dimension.RISK: "Risk",
    Dimension.REASON: "Reason",
    Dimension.ETHNICITY_SELF: "Ethnicity, as they said",
    Dimension.ETHNICITY_OFFICER: "Ethnicity, as an officer saw it",
    Dimension.SEX: "Sex",
    Dimension.AGE: "Age",
    Dimension.DISABILITY: "Disability",
    Dimension.LOOKED_AFTER: "Looked after by a council",
}
LATE: Final = "Late"
"""The theme of figures that say how often a duty was late."""
RISKS: Final = ("very_high", "high", "medium", "low", "unknown")
"""In the order in which they are told."""
SHARE: Final = (
    Column("counted", "Counted"),
    Column("of_all", "Of all of which it can be told"),
    Column("share", "Share (%)", "number", ("counted", "of_all")),
    Column("share_low", "Share, low end (%)", "number"),
    Column("share_high", "Share, high end (%)", "number"),
    Column("not_known", "Cannot be told"),
)
LATE_SHARE: Final = (Column("counted", "Late, or not done"), Column("of_all", "Owed, where it can be told"), *SHARE[2:])
COUNT: Final = (Column("counted", "Counted"), Column("not_known", "Cannot be told"))
HOURS: Final = (
    Column("of_all", "Of how many"),
    Column("median", "Median (hours)", "number"),
    Column("median_low", "Median, low end (hours)", "number"),
    Column("median_high", "Median, high end (hours)", "number"),
    Column("not_known", "Cannot be told"),
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
GAP: Final = (
    Column("of_all", "Files graded by both"),
    Column("gap", "The force passed more by (points)", "number"),
    Column("gap_low", "Gap, low end (points)", "number"),
    Column("gap_high", "Gap, high end (points)", "number"),
    Column("not_known", "Graded by one side"),
)


def columns_of(definition: Definition) -> tuple[Column, ...]:
    """Which columns of numbers has a table of this figure?"""
    if definition.unit is Unit.SHARE and definition.basis is Basis.SAMPLE:
        return SAMPLE
    if definition.unit is Unit.SHARE and definition.theme == LATE:
        return LATE_SHARE
    return {Unit.SHARE: SHARE, Unit.COUNT: COUNT, Unit.HOURS: HOURS, Unit.DIFFERENCE: GAP}[definition.unit]


def cells_of(definition: Definition, value: FigureValue) -> tuple[DraftCell, ...]:
    """The numbers of one row."""
    found = counts_at(definition, value)
    columns = columns_of(definition)
    if columns is COUNT or found.whole is None:
        return (found.part, found.unknown)
    if columns in (SHARE, LATE_SHARE):
        return share_cells(found)
    if columns is SAMPLE:
        share = ShareOf(found.part, found.whole)
        return (found.part, found.whole, share, *typical_of(found, 100), found.unknown)
    return (found.whole, *typical_of(found, 1 if columns is HOURS else 100), found.unknown)


def share_cells(found: Counts) -> tuple[DraftCell, ...]:
    """Part, whole, share, both ends of its interval, and what cannot be told."""
    assert found.whole is not None, "a share is of something"
    sides = (SureOf(found.part, found.whole, "low"), SureOf(found.part, found.whole, "high"))
    return (found.part, found.whole, ShareOf(found.part, found.whole), *sides, found.unknown)


def drawn_in(columns: Sequence[Column], labels: int = 1) -> int:
    """Which column is drawn as bars? The share, the median or the count."""
    names = [column.name for column in columns]
    wanted = next((name for name in ("share", "median", "counted") if name in names), "")
    return labels + names.index(wanted) + 1 if wanted else 0


def one_by(
    definition: Definition, values: Sequence[FigureValue], dimension: Dimension, period: str, places: Places,
    *, annex: bool = False,
) -> DraftTable:  # fmt: skip
    """One figure by one dimension, the whole force last.

    Shape:   of places and reasons every one there is, with noughts where nothing was counted; of all else what was counted.
             Of children also the row of those of whom the place is not known: a row that lacks is read as a nought, and
             clearance must know whatever is read.
    """
    held = by_cut(values)
    columns = columns_of(definition)
    rows: list[tuple[DraftCell, ...]] = []
    of_children = definition.about_in_public is About.CHILDREN
    for category in categories(values, dimension, places, always=of_children):
        cut: Cut = ((dimension, category),)
        value = held.get(cut) or nought(definition, period, cut)
        rows.append((category.replace("_", " "), *cells_of(definition, value)))
    rows.append(("The whole force", *cells_of(definition, held.get(()) or nought(definition, period, ()))))
    return DraftTable(
        f"{definition.id}-by-{dimension.value.replace('_', '-')}",
        f"{definition.title}, by {BY[dimension].lower()}",
        (Column(dimension.value, BY[dimension], LABEL), *columns),
        tuple(rows),
        drawn=drawn_in(columns),
        adds_up=True,
        annex=annex,
        figure=definition.id,
    )


def categories(
    values: Sequence[FigureValue], dimension: Dimension, places: Places, *, always: bool = False
) -> tuple[str, ...]:
    """Which rows has a table by this dimension? What is not known stands last: where it was counted, or `always`."""
    counted = {value.cut[0][1] for value in values if len(value.cut) == 1 and value.cut[0][0] is dimension}
    last = (NOT_KNOWN,) if NOT_KNOWN in counted or always else ()
    if dimension is Dimension.AREA:
        return (*places.areas, *sorted(counted - {*places.areas, NOT_KNOWN}), *last)
    if dimension is Dimension.BCU:
        return (*(name for name, _ in places.commands), *last)
    if dimension is Dimension.REASON:
        return REASONS
    return (*sorted(counted - {NOT_KNOWN}, key=lambda one: (RISKS.index(one) if one in RISKS else 0, one)), *last)


def side_by_side(
    id_: str, caption: str, definitions: Sequence[Definition], values: dict[str, Sequence[FigureValue]], period: str,
    *, first: Column, named: dict[str, str], annex: bool = False,
) -> DraftTable:  # fmt: skip
    """Many figures of one unit beside each other, each for the whole force; those of which nothing was counted left out."""
    columns = columns_of(definitions[0])
    rows: list[tuple[DraftCell, ...]] = []
    for one in definitions:
        value = by_cut(values.get(one.id, ())).get(()) or nought(one, period, ())
        if value.whole or value.part or value.unknown:
            rows.append((named[one.id], *cells_of(one, value)))
    return DraftTable(id_, caption, (first, *columns), tuple(rows), drawn=drawn_in(columns), annex=annex)


def many_by(
    id_: str, caption: str, definitions: Sequence[Definition], values: dict[str, Sequence[FigureValue]],
    dimension: Dimension, *, first: Column, named: dict[str, str], annex: bool = False,
) -> DraftTable:  # fmt: skip
    """Many figures of one unit, each by one dimension: a row for each figure and category that has a count.

    Shape:   of children a row for every category that any figure has, with noughts: a row that lacks is read as a nought,
             and clearance must know whatever is read.
    """
    columns = columns_of(definitions[0])
    every = sorted({
        value.cut[0][1] for of in values.values() for value in of if [name for name, _ in value.cut] == [dimension]
    })  # fmt: skip
    rows: list[tuple[DraftCell, ...]] = []
    for one in definitions:
        held = by_cut(values.get(one.id, ()))
        cuts: dict[str, Cut] = {category: ((dimension, category),) for category in every}
        if one.about_in_public is not About.CHILDREN or held.keys().isdisjoint(cuts.values()):
            cuts = {category: cut for category, cut in cuts.items() if cut in held}
        period = next((value.period for value in held.values()), "")
        rows += [
            (named[one.id], category.replace("_", " "), *cells_of(one, held.get(cut) or nought(one, period, cut)))
            for category, cut in cuts.items()
        ]
    labels = (first, Column(dimension.value, BY[dimension], LABEL))
    return DraftTable(id_, caption, (*labels, *columns), tuple(rows), drawn=drawn_in(columns, 2), annex=annex)


def all_kinds_by_area(
    definitions: Sequence[Definition], values: dict[str, Sequence[FigureValue]], period: str, places: Places
) -> DraftTable:
    """All duties together, by borough, the whole force last: a sum over kinds, said as such."""
    held = {one.id: by_cut(values.get(one.id, ())) for one in definitions}
    every = [value for one in definitions for value in values.get(one.id, ())]
    rows: list[tuple[DraftCell, ...]] = []
    for area in (*categories(every, Dimension.AREA, places), ""):
        cut: Cut = ((Dimension.AREA, area),) if area else ()
        ours = [value for one in definitions if (value := held[one.id].get(cut)) is not None]
        rows.append((area or "The whole force", *share_cells(all_kinds(definitions[0], ours, period, area))))
    label = Column("area", "Borough", LABEL)
    caption = "Duties of every kind together that were late, by borough"
    return DraftTable(
        "duties-late-by-borough", caption, (label, *LATE_SHARE), tuple(rows), drawn=drawn_in(LATE_SHARE), adds_up=True
    )


def all_kinds(definition: Definition, values: Sequence[FigureValue], period: str, area: str = "") -> Counts:
    """The sums over these values, of duties of every kind, as counts of their own."""
    cut = tuple(sorted({PERIOD: period, **({AREA: area} if area else {})}.items()))

    def count(name: str, value: int) -> Count:
        return Count(f"duties of every kind{name}", cut, value, definition.about)

    part, unknown = sum(one.part for one in values), sum(one.unknown for one in values)
    whole = sum(one.whole or 0 for one in values)
    first = values[0] if values else nought(definition, period, ())
    return Counts(count(" late", part), count(", of all", whole), count(", not known", unknown), first)
