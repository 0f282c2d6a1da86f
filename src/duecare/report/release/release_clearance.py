"""Clearance of a report: from what was counted to what may leave, every number of it in the form that protects children."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from duecare.disclosure import (
    Bound,
    CellKey,
    CountClass,
    DisclosurePolicy,
    Earlier,
    Printed,
    Share,
    Summary,
    clear_tables,
)
from duecare.disclosure import DraftTable as TrueTable
from duecare.figure.figure_definition import About
from duecare.report.draft_report import (
    LABEL,
    Count,
    Draft,
    DraftCell,
    DraftSentence,
    DraftTable,
    ShareOf,
    SureOf,
    Typical,
    counts_of,
)
from duecare.report.release.printed_marks import FEWEST_FOR_TYPICAL, HIDDEN, NOT_KNOWN
from duecare.report.release.released_figures import (
    _CLEARANCE_DOOR,
    Released,
    ReleasedCell,
    ReleasedFigure,
    ReleasedSection,
    ReleasedTable,
)
from duecare.stats.interval import Interval, wilson_interval

__all__ = [
    "Clearance",
    "Released",
    "ReleasedFigure",
    "cleared",
    "clears_the_same",
    "key_of",
    "tells_something",
]

"""Of how many at least must what is typical be told?"""


@dataclass(frozen=True, slots=True)
class Clearance:
    """What may be released of a draft, how much of it was lost, and what the next clearance must know of it.

    Shape:   `earlier` holds true counts, and stays inside.
    """

    released: Released
    summary: Summary
    bounds: tuple[Bound, ...]
    earlier: Earlier


def cleared(draft: Draft, history: Sequence[Earlier], policy: DisclosurePolicy) -> Clearance:
    """Clear this draft, given everything ever released.

    Raises:  REP-011 where a protected count could be worked out; REP-012 where tables contradict each other.
    """
    true_tables = tuple(_true_tables(draft))
    clearance = clear_tables(true_tables, history, policy)
    printed = {cell_key: printed_cell for table in clearance.tables for cell_key, printed_cell in table.cells.items()}
    shares = {share: share_text for table in clearance.tables for share, share_text in table.shares.items()}
    filler = _Filler(printed, shares)
    sections = []
    for section in draft.sections:
        tables = [_released_table(table, filler) for table in section.tables]
        sentences = [filler.sentence(sentence) for sentence in section.said]
        sentences += [*(_loss_sentences(clearance.summary) if section.tells_loss else ()), *_left_out(tables)]
        sections.append(ReleasedSection(section.heading, tuple(sentences), tuple(filter(tells_something, tables))))
    released = Released(draft.slug, draft.title, draft.period, draft.notice, draft.provenance, tuple(sections))
    return Clearance(released, clearance.summary, clearance.bounds, clearance.as_earlier(draft.slug))


def clears_the_same(stored_release: Earlier, history: Sequence[Earlier], policy: DisclosurePolicy) -> bool:
    """Whether what was cleared then would be cleared in the very same form today, given everything released by now.

    Raises:  REP-011 or REP-012 where it would not be cleared at all.
    """
    true_tables = tuple(
        TrueTable(
            table.name,
            table.kind,
            table.dimensions,
            {cell_key: stored_release.truth[cell_key] for cell_key in table.cells},
            tuple(table.shares),
        )
        for table in stored_release.tables
    )
    return clear_tables(true_tables, history, policy).tables == stored_release.tables


def _released_table(table: DraftTable, filler: _Filler) -> ReleasedTable:
    table_rows = tuple(tuple(map(filler.any, table_row)) for table_row in table.rows)
    return ReleasedTable(
        table.id, table.caption, table.columns, table_rows, table.drawn, table.adds_up, table.annex, table.figure
    )


def tells_something(table: ReleasedTable) -> bool:
    """Whether there is anything to read in this table: not where numbers are hidden in it, and the others are zeros or marks.

    Shape:   what is not known is no number of its own. A 0 for the whole, in the last row of a table that adds up,
             is read. A table in which nothing is hidden always stands.
    """
    places = [
        place for place, column in enumerate(table.columns) if column.kind != LABEL and column.name != "not_known"
    ]
    table_rows = [[table_row[place] for place in places] for table_row in table.rows]
    numbers = [
        released_cell
        for table_row in table_rows
        for released_cell in table_row
        if isinstance(released_cell, ReleasedFigure)
    ]
    if all(figure.mark != HIDDEN for figure in numbers) or any(figure.shown for figure in numbers):
        return True
    return table.adds_up and any(
        isinstance(figure, ReleasedFigure) and figure.shown is not None for figure in table_rows[-1]
    )


def _left_out(tables: Sequence[ReleasedTable]) -> Iterator[str]:
    captions = [table.caption for table in tables if not tells_something(table)]
    if captions:
        yield f"Not shown, because the numbers are too small: {'; '.join(captions)}."


def _loss_sentences(summary: Summary) -> Iterator[str]:
    # In one number: how many are small themselves would tell which are not.
    hidden = summary.small + summary.hidden_for_others
    yield f"Of {summary.cells:,} counts of children in this report {hidden:,} are hidden ({100 * summary.lost:.1f}%)."
    if summary.rounded:
        yield f"{summary.rounded:,} are rounded."


def key_of(count: Count) -> CellKey:
    """The key by which disclosure control knows this count."""
    return CellKey(count.measure, frozenset(count.cut))


def _true_tables(draft: Draft) -> Iterator[TrueTable]:
    draft.counts()  # one count, one value
    by_name = {dimension.name: dimension for dimension in draft.dimensions}
    sentence_cells = [
        draft_cell for section in draft.sections for sentence in section.said for draft_cell in sentence.numbers
    ]
    groups: list[tuple[str, list[DraftCell]]] = [
        (table.id, [draft_cell for table_row in table.rows for draft_cell in table_row]) for table in draft.tables()
    ]
    for group_name, cells in [*groups, ("in sentences", sentence_cells)]:
        counts = [draft_count for draft_cell in cells for draft_count in counts_of(draft_cell)]
        for about in About:
            counts_about = {
                key_of(draft_count): draft_count.value
                for draft_count in counts
                if draft_count.about is about and draft_count.value is not None
            }
            shares = [
                Share(key_of(draft_cell.part), key_of(draft_cell.whole))
                for draft_cell in cells
                if isinstance(draft_cell, ShareOf)
                and {key_of(draft_cell.part), key_of(draft_cell.whole)} <= set(counts_about)
            ]
            cut_by = sorted({dimension for cell_key in counts_about for dimension, _ in cell_key.at})
            if counts_about:
                yield TrueTable(
                    f"{group_name} ({about.value})",
                    CountClass(about.value),
                    tuple(by_name[dimension] for dimension in cut_by if dimension in by_name),
                    counts_about,
                    tuple(dict.fromkeys(shares)),
                )


class _Filler:
    """The released form of any cell of the draft."""

    def __init__(self, printed: Mapping[CellKey, Printed], shares: Mapping[Share, str | None]) -> None:
        self.printed = printed
        self.shares = shares

    def any(self, draft_cell: DraftCell) -> ReleasedCell:
        return draft_cell if isinstance(draft_cell, str) else self.cell(draft_cell)

    def sentence(self, sentence: DraftSentence) -> str:
        numbers = [self.cell(number_cell) for number_cell in sentence.numbers]
        if sentence.otherwise and any(number_figure.shown is None for number_figure in numbers):
            return sentence.otherwise
        return sentence.words.format(*(number_figure.text for number_figure in numbers))

    def cell(self, draft_cell: DraftCell) -> ReleasedFigure:
        if isinstance(draft_cell, Count):
            return self._count(draft_cell)
        if isinstance(draft_cell, ShareOf):
            return self._share(draft_cell)
        if isinstance(draft_cell, SureOf):
            return self._sure(draft_cell)
        if isinstance(draft_cell, Typical):
            return self._typical(draft_cell)
        raise TypeError("a word where a number should stand")

    def _count(self, count: Count) -> ReleasedFigure:
        if count.value is None:
            return _mark_figure(NOT_KNOWN, _about_words(count))
        printed_value = self.printed[key_of(count)].value
        return (
            _mark_figure(HIDDEN, _about_words(count))
            if printed_value is None
            else ReleasedFigure(printed_value, "", _about_words(count), _CLEARANCE_DOOR)
        )

    def _hides(self, *counts: Count) -> str:
        """The mark, where any of these is not printed; else nothing."""
        marks_found = [self._count(draft_count).mark for draft_count in counts]
        return next((mark_text for mark_text in (HIDDEN, NOT_KNOWN) if mark_text in marks_found), "")

    def _share(self, share_cell: ShareOf) -> ReleasedFigure:
        about = f"{_about_words(share_cell.part)}, as a share"
        hides = self._hides(share_cell.part, share_cell.whole)
        share_text = None if hides else self.shares.get(Share(key_of(share_cell.part), key_of(share_cell.whole)))
        if share_text is None:
            return _mark_figure(hides or (NOT_KNOWN if share_cell.whole.value == 0 else HIDDEN), about)
        return ReleasedFigure(float(share_text.rstrip("%")), "", about, _CLEARANCE_DOOR)

    def _sure(self, sure_cell: SureOf) -> ReleasedFigure:
        about = f"{_about_words(sure_cell.part)}, as a share: the {sure_cell.end} end of its interval"
        share = self._share(ShareOf(sure_cell.part, sure_cell.whole))
        if share.shown is None:
            return _mark_figure(share.mark, about)
        part_shown, whole = self._count(sure_cell.part).shown, self._count(sure_cell.whole).shown
        share_interval = wilson_interval(int(part_shown or 0), int(whole or 0))
        assert isinstance(share_interval, Interval), "a share that is printed is of some"
        interval_end = share_interval.low if sure_cell.end == "low" else share_interval.high
        return ReleasedFigure(round(100 * interval_end, 1) + 0.0, "", about, _CLEARANCE_DOOR)

    def _typical(self, typical_cell: Typical) -> ReleasedFigure:
        about = f"what is typical of {_about_words(typical_cell.of)}"
        hides = self._hides(typical_cell.of)
        if hides or typical_cell.value is None or int(self._count(typical_cell.of).shown or 0) < FEWEST_FOR_TYPICAL:
            return _mark_figure(hides or NOT_KNOWN, about)
        return ReleasedFigure(round(typical_cell.value, 1) + 0.0, "", about, _CLEARANCE_DOOR)


def _mark_figure(mark_text: str, about: str) -> ReleasedFigure:
    return ReleasedFigure(None, mark_text, about, _CLEARANCE_DOOR)


def _about_words(count: Count) -> str:
    return key_of(count).text
