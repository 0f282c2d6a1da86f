"""The lines that the figures of a snapshot counted, as kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from math import inf, isinf

from duecare.figure import CountedLine, CutKey
from duecare.record.pole import CaseKey
from duecare.store.database.sql_rows import copy_rows, split_chunks
from duecare.store.database.transaction import transaction
from duecare.store.figures.cut_json import cut_text, read_cut
from duecare.store.models import FigureLine


def keep_lines(number: int, members: Iterable[CountedLine]) -> None:
    """Keep the lines of a snapshot begun, some thousands at a time, so that others can write meanwhile."""
    for member_chunk in split_chunks(members, 2_000):
        with transaction():
            copy_rows(
                "figure_line", _LINE_COLUMNS, [_line_row(number, figure_member) for figure_member in member_chunk]
            )


def abandon_snapshot(number: int) -> None:
    """Take away the lines of a snapshot that was not finished: it stays unseen, and empty."""
    with transaction():
        FigureLine.objects.filter(snapshot_id=number)._raw_delete("default")


def members_of(number: int, figure: str, cut_key: CutKey = ()) -> tuple[CountedLine, ...]:
    """The lines that a figure counted in one snapshot, at this cut, in order of time and key."""
    table_rows = (
        FigureLine.objects.filter(snapshot_id=number, figure=figure)
        .order_by("at", "key")
        .values_list(*_LINE_COLUMNS[1:])
    )
    return tuple(
        figure_member
        for figure_member in (_read_member(*table_row) for table_row in table_rows.iterator())
        if figure_member.within(cut_key)
    )


def counted_in(case_key: CaseKey, snapshots: Iterable[int]) -> tuple[tuple[int, str], ...]:
    """The figures of these snapshots in which this case is a line: (snapshot, figure)."""
    table_rows = FigureLine.objects.filter(
        case_source=case_key.source, case_ref=case_key.case_ref, snapshot_id__in=list(snapshots)
    ).values_list("snapshot_id", "figure")
    return tuple(sorted(set(table_rows)))


_LINE_COLUMNS = (
    "snapshot_id", "figure", "key", "at", "counts", "why", "case_source", "case_ref", "person", "amount", "is_endless",
    "cuts", "stratum", "frame",
)  # fmt: skip


def _line_row(number: int, figure_member: CountedLine) -> Sequence[object]:
    endless = figure_member.amount is not None and isinf(figure_member.amount)
    return (
        number,
        figure_member.figure,
        figure_member.key,
        int(figure_member.at.timestamp()),
        figure_member.counts,
        figure_member.why[:300],
        figure_member.case.source if figure_member.case else None,
        figure_member.case.case_ref if figure_member.case else None,
        figure_member.person,
        None if endless else figure_member.amount,
        endless,
        cut_text(figure_member.cuts),
        figure_member.stratum,
        figure_member.frame,
    )


def _read_member(
    figure: str,
    line_key: str,
    happened_at: int,
    counts: bool | None,
    unknown_reason: str,
    case_source: str | None,
    case_ref: str | None,
    person: str | None,
    amount: float | None,
    is_endless: bool,
    cut_texts: str,
    stratum: str,
    frame: int,
) -> CountedLine:
    return CountedLine(
        figure,
        line_key,
        datetime.fromtimestamp(happened_at, UTC),
        counts,
        unknown_reason,
        CaseKey(case_source, case_ref) if case_source and case_ref else None,
        person,
        inf if is_endless else amount,
        read_cut(cut_texts),
        stratum,
        frame,
    )
