"""Clearance of a report: from what was counted to what may leave, every number of it in the form that protects children."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from duecare.disclosure import Bound, CellKey, CountClass, DisclosurePolicy, Earlier, Printed, Share, Summary, clear
from duecare.disclosure import DraftTable as TrueTable
from duecare.figure.figure_definition import About
from duecare.report.draft_report import (
    LABEL,
    Count,
    Draft,
    DraftCell,
    DraftTable,
    Said,
    ShareOf,
    SureOf,
    Typical,
    counts_of,
)
from duecare.report.release.released_figures import (
    _DOOR,
    HIDDEN,
    NOT_KNOWN,
    Released,
    ReleasedCell,
    ReleasedFigure,
    ReleasedSection,
    ReleasedTable,
)
from duecare.stats.interval import Interval, wilson

__all__ = [
    "Clearance",
    "Released",
    "ReleasedFigure",
    "cleared",
    "clears_the_same",
    "key_of",
    "tells",
]

LEAST_TYPICAL: Final = 10
"""Of how many at least must what is typical be told?"""


@dataclass(frozen=True, slots=True)
class Clearance:
    """What may be released of a draft, how much of it was lost, and what the next clearance must know of it?

    Shape:   `earlier` holds true counts, and stays inside.
    """

    released: Released
    summary: Summary
    bounds: tuple[Bound, ...]
    earlier: Earlier


def cleared(draft: Draft, history: Sequence[Earlier], policy: DisclosurePolicy) -> Clearance:
    """What of this draft may be released, given everything ever released?

    Raises:  REP-011 where a protected count could be worked out; REP-012 where tables contradict each other.
    """
    given = tuple(_true_tables(draft))
    found = clear(given, history, policy)
    printed = {key: cell for table in found.tables for key, cell in table.cells.items()}
    shares = {share: text for table in found.tables for share, text in table.shares.items()}
    fill = _Filler(printed, shares)
    sections = []
    for section in draft.sections:
        tables = [_released_table(table, fill) for table in section.tables]
        said = [fill.sentence(one) for one in section.said]
        said += [*(_loss(found.summary) if section.tells_loss else ()), *_left_out(tables)]
        sections.append(ReleasedSection(section.heading, tuple(said), tuple(filter(tells, tables))))
    released = Released(draft.slug, draft.title, draft.period, draft.notice, draft.provenance, tuple(sections))
    return Clearance(released, found.summary, found.bounds, found.as_earlier(draft.slug))


def clears_the_same(kept: Earlier, history: Sequence[Earlier], policy: DisclosurePolicy) -> bool:
    """Would what was cleared then be cleared in the very same form today, given everything released by now?

    Raises:  REP-011 or REP-012 where it would not be cleared at all.
    """
    given = tuple(
        TrueTable(
            table.name, table.kind, table.dimensions, {key: kept.truth[key] for key in table.cells}, tuple(table.shares)
        )
        for table in kept.tables
    )
    return clear(given, history, policy).tables == kept.tables


def _released_table(table: DraftTable, fill: _Filler) -> ReleasedTable:
    rows = tuple(tuple(map(fill.any, row)) for row in table.rows)
    return ReleasedTable(
        table.id, table.caption, table.columns, rows, table.drawn, table.adds_up, table.annex, table.figure
    )


def tells(table: ReleasedTable) -> bool:
    """Is there anything to read in this table? Not where numbers are hidden in it, and the others are noughts or marks.

    Shape:   what cannot be told is no number of its own. A nought for the whole, in the last row of a table that adds up,
             is read. A table in which nothing is hidden always stands.
    """
    places = [
        place for place, column in enumerate(table.columns) if column.kind != LABEL and column.name != "not_known"
    ]
    rows = [[row[place] for place in places] for row in table.rows]
    numbers = [cell for row in rows for cell in row if isinstance(cell, ReleasedFigure)]
    if all(one.mark != HIDDEN for one in numbers) or any(one.shown for one in numbers):
        return True
    return table.adds_up and any(isinstance(one, ReleasedFigure) and one.shown is not None for one in rows[-1])


def _left_out(tables: Sequence[ReleasedTable]) -> Iterator[str]:
    captions = [table.caption for table in tables if not tells(table)]
    if captions:
        yield f"Left out, for no number but nought could be shown in them: {'; '.join(captions)}."


def _loss(summary: Summary) -> Iterator[str]:
    # In one number: how many are small themselves would tell which are not.
    hidden = summary.small + summary.hidden_for_others
    yield f"Of {summary.cells:,} counts of children in this report {hidden:,} are hidden ({100 * summary.lost:.1f}%)."
    if summary.rounded:
        yield f"{summary.rounded:,} are rounded."


def key_of(count: Count) -> CellKey:
    """Under which key does disclosure control know this count?"""
    return CellKey(count.measure, frozenset(count.cut))


def _true_tables(draft: Draft) -> Iterator[TrueTable]:
    draft.counts()  # one count, one value
    by_name = {one.name: one for one in draft.dimensions}
    said = [cell for section in draft.sections for one in section.said for cell in one.numbers]
    groups: list[tuple[str, list[DraftCell]]] = [
        (table.id, [cell for row in table.rows for cell in row]) for table in draft.tables()
    ]
    for name, cells in [*groups, ("in sentences", said)]:
        counts = [one for cell in cells for one in counts_of(cell)]
        for about in About:
            ours = {key_of(one): one.value for one in counts if one.about is about and one.value is not None}
            shares = [
                Share(key_of(cell.part), key_of(cell.whole))
                for cell in cells
                if isinstance(cell, ShareOf) and {key_of(cell.part), key_of(cell.whole)} <= set(ours)
            ]
            cut_by = sorted({dimension for key in ours for dimension, _ in key.at})
            if ours:
                yield TrueTable(
                    f"{name} ({about.value})", CountClass(about.value), tuple(by_name[one] for one in cut_by if one in by_name),
                    ours, tuple(dict.fromkeys(shares)),
                )  # fmt: skip


class _Filler:
    """The released form of any cell of the draft."""

    def __init__(self, printed: Mapping[CellKey, Printed], shares: Mapping[Share, str | None]) -> None:
        self.printed = printed
        self.shares = shares

    def any(self, cell: DraftCell) -> ReleasedCell:
        return cell if isinstance(cell, str) else self.cell(cell)

    def sentence(self, said: Said) -> str:
        numbers = [self.cell(one) for one in said.numbers]
        if said.otherwise and any(one.shown is None for one in numbers):
            return said.otherwise
        return said.words.format(*(one.text for one in numbers))

    def cell(self, cell: DraftCell) -> ReleasedFigure:
        if isinstance(cell, Count):
            return self._count(cell)
        if isinstance(cell, ShareOf):
            return self._share(cell)
        if isinstance(cell, SureOf):
            return self._sure(cell)
        if isinstance(cell, Typical):
            return self._typical(cell)
        raise TypeError("a word where a number should stand")

    def _count(self, count: Count) -> ReleasedFigure:
        if count.value is None:
            return _mark(NOT_KNOWN, _about(count))
        shown = self.printed[key_of(count)].value
        return _mark(HIDDEN, _about(count)) if shown is None else ReleasedFigure(shown, "", _about(count), _DOOR)

    def _hides(self, *counts: Count) -> str:
        """The mark, where any of these is not printed; else nothing."""
        marks = [self._count(one).mark for one in counts]
        return next((one for one in (HIDDEN, NOT_KNOWN) if one in marks), "")

    def _share(self, cell: ShareOf) -> ReleasedFigure:
        about = f"{_about(cell.part)}, as a share"
        hides = self._hides(cell.part, cell.whole)
        text = None if hides else self.shares.get(Share(key_of(cell.part), key_of(cell.whole)))
        if text is None:
            return _mark(hides or (NOT_KNOWN if cell.whole.value == 0 else HIDDEN), about)
        return ReleasedFigure(float(text.rstrip("%")), "", about, _DOOR)

    def _sure(self, cell: SureOf) -> ReleasedFigure:
        about = f"{_about(cell.part)}, as a share: the {cell.end} end of its interval"
        share = self._share(ShareOf(cell.part, cell.whole))
        if share.shown is None:
            return _mark(share.mark, about)
        part, whole = self._count(cell.part).shown, self._count(cell.whole).shown
        found = wilson(int(part or 0), int(whole or 0))
        assert isinstance(found, Interval), "a share that is printed is of some"
        end = found.low if cell.end == "low" else found.high
        return ReleasedFigure(round(100 * end, 1) + 0.0, "", about, _DOOR)

    def _typical(self, cell: Typical) -> ReleasedFigure:
        about = f"what is typical of {_about(cell.of)}"
        hides = self._hides(cell.of)
        if hides or cell.value is None or int(self._count(cell.of).shown or 0) < LEAST_TYPICAL:
            return _mark(hides or NOT_KNOWN, about)
        return ReleasedFigure(round(cell.value, 1) + 0.0, "", about, _DOOR)


def _mark(mark: str, about: str) -> ReleasedFigure:
    return ReleasedFigure(None, mark, about, _DOOR)


def _about(count: Count) -> str:
    return key_of(count).text
