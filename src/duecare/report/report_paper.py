"""A report before it is written in any format: sections of sentences and tables."""

from __future__ import annotations

from dataclasses import dataclass

CellValue = str | int | float


@dataclass(frozen=True, slots=True)
class Table:
    """Figures that stand beside each other.

    Shape:   as many cells to a row as columns; the first cell of a row names it. A number that is not whole is printed to
             one decimal. `drawn` says which column is drawn as bars beside the table, counted from 1; 0 for none.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[CellValue, ...], ...]
    drawn: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """The content under one heading: sentences first, then tables."""

    heading: str
    sentences: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A report.

    Shape:   `notice` says for whom it is, and stands on top of every format.
    """

    title: str
    notice: str
    sections: tuple[Section, ...]
