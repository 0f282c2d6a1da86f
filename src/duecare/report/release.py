"""What has passed disclosure control and may leave: a released figure, and the report that is made of nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import InitVar, dataclass
from hashlib import sha256
from typing import Any, Final, TypeVar

import rfc8785

from duecare.audit.interval import Interval, wilson
from duecare.figure.definition import About
from duecare.report.disclosure import (
    MARK,
    Bound,
    CellKey,
    CountClass,
    DisclosurePolicy,
    Earlier,
    Printed,
    Share,
    Summary,
    clear,
)
from duecare.report.disclosure import DraftTable as TrueTable
from duecare.report.draft import (
    LABEL,
    Column,
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
from duecare.vocabulary.refusals import Refusal

HIDDEN: Final = f"[{MARK}]"
NOT_KNOWN: Final = "[x]"
MARKS: Final = {
    HIDDEN: "hidden so that no child can be made out, by itself or by reckoning",
    NOT_KNOWN: "cannot be told, or too few to say what is typical",
}
LEAST_TYPICAL: Final = 10
"""Of how many at least must what is typical be told?"""
_DOOR: Final = object()
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class ReleasedFigure:
    """Which number has passed disclosure control, in which form is it printed, and what does it count?

    Shape:   made by clearance, or read back from what was cleared; anywhere else it refuses to be made. `shown` is None
             where a mark is printed instead; `about` says of which count it is the number, or on which it rests.
    Raises:  REP-020 when it is made anywhere else.
    """

    shown: int | float | None
    mark: str
    about: str
    door: InitVar[object]

    def __post_init__(self, door: object) -> None:
        if door is not _DOOR:
            raise Refusal("REP-020")

    @property
    def text(self) -> str:
        """What stands in a sentence?"""
        if self.shown is None:
            return "a number that is not shown" if self.mark == HIDDEN else "a number that cannot be told"
        return f"{self.shown:,}" if isinstance(self.shown, int) else f"{self.shown:.1f}"


ReleasedCell = str | ReleasedFigure


@dataclass(frozen=True, slots=True)
class ReleasedTable:
    """Which released figures stand beside each other? As in the draft."""

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[ReleasedCell, ...], ...]
    drawn: int = 0
    adds_up: bool = False
    annex: bool = False
    figure: str = ""


@dataclass(frozen=True, slots=True)
class ReleasedSection:
    """What is said under one heading, every number of it released?"""

    heading: str
    sentences: tuple[str, ...] = ()
    tables: tuple[ReleasedTable, ...] = ()


@dataclass(frozen=True, slots=True)
class Released:
    """A report as cleared: the only thing that is rendered for the public."""

    slug: str
    title: str
    period: str
    notice: str
    provenance: tuple[tuple[str, str], ...]
    sections: tuple[ReleasedSection, ...]

    def tables(self) -> tuple[ReleasedTable, ...]:
        """Every table, in order."""
        return tuple(table for section in self.sections for table in section.tables)


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


# --- kept, and read back --------------------------------------------------------------------------


def as_bytes(released: Released) -> bytes:
    """The report in the one form in which it is kept and hashed.

    Source:  RFC 8785, JSON Canonicalization Scheme.
    """
    return rfc8785.dumps({
        "slug": released.slug,
        "title": released.title,
        "period": released.period,
        "notice": released.notice,
        "provenance": [list(one) for one in released.provenance],
        "sections": [
            {
                "heading": section.heading,
                "sentences": list(section.sentences),
                "tables": [
                    {
                        "id": table.id,
                        "caption": table.caption,
                        "columns": [[one.name, one.title, one.kind, list(one.of)] for one in table.columns],
                        "rows": [[_kept(cell) for cell in row] for row in table.rows],
                        "drawn": table.drawn,
                        "adds_up": table.adds_up,
                        "annex": table.annex,
                        "figure": table.figure,
                    }
                    for table in section.tables
                ],
            }
            for section in released.sections
        ],
    })  # fmt: skip


def hash_of(held: bytes) -> str:
    """By which hash is what was cleared known?"""
    return sha256(held).hexdigest()


def read_released(held: bytes, known_by: str) -> Released:
    """Which report was cleared and kept under this hash?

    Raises:  REP-021 where the bytes are not those that were cleared, or hold no report.
    """
    if hash_of(held) != known_by:
        raise Refusal("REP-021")
    try:
        return _report_of(json.loads(held))
    except (AttributeError, IndexError, KeyError, OverflowError, RecursionError, TypeError, ValueError) as wrong:
        raise Refusal("REP-021", found="content of another shape") from wrong


def _report_of(kept: Mapping[str, Any]) -> Released:
    return Released(
        _is(str, kept["slug"]),
        _is(str, kept["title"]),
        _is(str, kept["period"]),
        _is(str, kept["notice"]),
        tuple((_is(str, name), _is(str, value)) for name, value in kept["provenance"]),
        tuple(
            ReleasedSection(
                _is(str, section["heading"]),
                tuple(_is(str, one) for one in section["sentences"]),
                tuple(_table_of(one) for one in section["tables"]),
            )
            for section in kept["sections"]
        ),
    )


def _is(kind: type[_T], value: object) -> _T:
    if type(value) is not kind:
        raise TypeError(f"no {kind.__name__}")
    return value


def _kept(cell: ReleasedCell) -> str | list[int | float | str | None]:
    if isinstance(cell, str):
        return cell
    return [cell.shown, cell.mark, cell.about]


def _table_of(kept: Mapping[str, Any]) -> ReleasedTable:
    columns = tuple(
        Column(_is(str, name), _is(str, title), _is(str, kind), tuple(_is(str, one) for one in of))
        for name, title, kind, of in kept["columns"]
    )
    if not {name for column in columns for name in column.of} <= {column.name for column in columns}:
        raise ValueError("a share of a column that is not there")
    rows = tuple(
        tuple(
            cell
            if isinstance(cell, str)
            else ReleasedFigure(_number(cell[0], column), _is(str, cell[1]), _is(str, cell[2]), _DOOR)
            for cell, column in zip(row, columns, strict=True)
        )
        for row in kept["rows"]
    )
    return ReleasedTable(
        _is(str, kept["id"]),
        _is(str, kept["caption"]),
        columns,
        rows,
        _is(int, kept["drawn"]),
        _is(bool, kept["adds_up"]),
        _is(bool, kept["annex"]),
        _is(str, kept["figure"]),
    )


def _number(shown: int | float | None, column: Column) -> int | float | None:
    # Canonical JSON writes 40.0 as 40: which it is, its column says.
    if shown is None or column.kind == LABEL:
        return None
    return float(shown) if column.kind == "number" else int(shown)
