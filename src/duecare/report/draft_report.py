"""A report before clearance: sentences and tables in which every number is still a count that names what it counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from duecare.disclosure import Dimension
from duecare.figure.figure_definition import About

CutKey = tuple[tuple[str, str], ...]
"""By which dimensions is it cut, each at which category? In the order of their names; empty for the whole."""


@dataclass(frozen=True, slots=True)
class Count:
    """One number: of what, where, and of which class for disclosure control.

    Shape:   two counts of the same measure and cut are one number wherever they stand, and are released in one form.
    Unknown: `value` is None where it is not known: a gap is printed as a gap, and never as 0.
    """

    measure: str
    cut: CutKey
    value: int | None
    about: About


@dataclass(frozen=True, slots=True)
class ShareOf:
    """The share, in per cent, that `part` is of `whole`: worked out from what is printed of both, and hidden where either is."""

    part: Count
    whole: Count


@dataclass(frozen=True, slots=True)
class SureOf:
    """The bounds of a share, in per cent, worked out from what is printed, as the share is.

    Shape:   `end` is `low` or `high`, of the 95 % interval of Wilson.
    """

    part: Count
    whole: Count
    end: str


@dataclass(frozen=True, slots=True)
class Typical:
    """What is typical of those counted by `of`, such as a median; printed only where enough are counted, and that shown.

    Units:   as its column says, to one decimal.
    """

    value: float | None
    of: Count


DraftCell = str | Count | ShareOf | SureOf | Typical


@dataclass(frozen=True, slots=True)
class Column:
    """The content of a column.

    Shape:   `name` is how a program calls it; `title` how a reader does, with the unit; `kind` is label, count or number.
             A share names in `of` the columns of its part and of its whole.
    """

    name: str
    title: str
    kind: str = "count"
    of: tuple[str, ...] = ()


LABEL: Final = "label"


@dataclass(frozen=True, slots=True)
class DraftTable:
    """Counts that stand beside each other.

    Shape:   `id` in kebab case, and the name of its file; the first column names the row. `drawn` as on paper. Where
             `adds_up`, the last row is the sum of those above it in every column of counts. One with an `annex` is too long
             to be read on a page, and stands in the spreadsheet and as CSV alone. `figure` is the figure it shows, if one.
    """

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[DraftCell, ...], ...]
    drawn: int = 0
    adds_up: bool = False
    annex: bool = False
    figure: str = ""


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """A sentence, with a `{}` for each number, filled only with what is released of it.

    Shape:   where any number of it is not shown, `otherwise` is said in its place, if there is one.
    """

    words: str
    numbers: tuple[DraftCell, ...] = ()
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class DraftSection:
    """The content under one heading; where it `tells_loss`, clearance adds how many counts it hid."""

    heading: str
    said: tuple[DraftSentence, ...] = ()
    tables: tuple[DraftTable, ...] = ()
    tells_loss: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A report before clearance.

    Shape:   `provenance` is what it rests on, each named in words; `period` as figures name it, such as `2026-Q3`;
             `dimensions` says of every dimension of a cut which categories add up to which.
    """

    slug: str
    title: str
    period: str
    notice: str
    provenance: tuple[tuple[str, str], ...]
    sections: tuple[DraftSection, ...]
    dimensions: tuple[Dimension, ...] = ()

    def tables(self) -> tuple[DraftTable, ...]:
        """Every table, in order."""
        return tuple(table for section in self.sections for table in section.tables)

    def counts(self) -> dict[tuple[str, CutKey], Count]:
        """Every count that the report rests on, those named in sentences too, each once.

        Raises:  ValueError where one count is given two values: then a report contradicts itself.
        """
        counts_by_key: dict[tuple[str, CutKey], Count] = {}
        for section in self.sections:
            cells = [draft_cell for sentence in section.said for draft_cell in sentence.numbers]
            cells += [draft_cell for table in section.tables for table_row in table.rows for draft_cell in table_row]
            for count in (draft_count for draft_cell in cells for draft_count in counts_of(draft_cell)):
                first_count = counts_by_key.setdefault((count.measure, count.cut), count)
                if first_count != count:
                    raise ValueError(f"two values of {count.measure} {count.cut}")
        return counts_by_key


def counts_of(draft_cell: DraftCell) -> tuple[Count, ...]:
    """The counts on which this cell rests."""
    if isinstance(draft_cell, Count):
        return (draft_cell,)
    if isinstance(draft_cell, ShareOf | SureOf):
        return (draft_cell.part, draft_cell.whole)
    return (draft_cell.of,) if isinstance(draft_cell, Typical) else ()
