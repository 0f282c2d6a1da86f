"""A released report as paper, for the formats that every report has."""

from __future__ import annotations

from duecare.report.release.printed_marks import MARKS
from duecare.report.release.released_figures import Released, ReleasedCell, ReleasedTable
from duecare.report.report_paper import CellValue, Paper, Section, Table

PROVENANCE = "What this report rests on"


def as_paper(released: Released, *, whole: bool = True) -> Paper:
    """The report as sentences and tables of what was released.

    Shape:   unless `whole`, a table that is too long for a page is named, with the file in which it stands. What the marks
             mean, and what the report rests on, stand last.
    """
    sections = []
    for section in released.sections:
        shown_tables = [table for table in section.tables if whole or not table.annex]
        left_out_sentences = [left_out(table) for table in section.tables if table.annex and not whole]
        sections.append(
            Section(section.heading, (*section.sentences, *left_out_sentences), tuple(map(_paper_table, shown_tables)))
        )
    mark_sentences = tuple(f"{mark_text}: {words}." for mark_text, words in MARKS.items())
    sections.append(Section("What the marks in the tables mean", mark_sentences))
    rests = Table("Sources, rules and the head of the ledger", ("What", "Which"), released.provenance)
    sections.append(Section(PROVENANCE, (), (rests,)))
    return Paper(released.title, released.notice, tuple(sections))


def left_out(table: ReleasedTable) -> str:
    """The note on a page for a table that is too long for it."""
    return f"{table.caption}: {len(table.rows):,} rows, in the file {table.id}.csv and in the spreadsheet."


def cell_of(released_cell: ReleasedCell) -> CellValue:
    """The printed form of a released cell: a number as a number, a mark as a mark."""
    if isinstance(released_cell, str):
        return released_cell
    return released_cell.mark if released_cell.shown is None else released_cell.shown


def _paper_table(table: ReleasedTable) -> Table:
    columns = tuple(column.title for column in table.columns)
    return Table(table.caption, columns, tuple(tuple(map(cell_of, table_row)) for table_row in table.rows), table.drawn)
