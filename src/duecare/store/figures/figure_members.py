"""The lines that the figures of a snapshot counted, as kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from math import inf, isinf

from duecare.figure import CutKey, Member
from duecare.record.pole import CaseKey
from duecare.store.database.sql_rows import chunks, pour
from duecare.store.database.transaction import transaction
from duecare.store.figures.cut_json import read, written
from duecare.store.models import FigureLine


def keep_lines(number: int, members: Iterable[Member]) -> None:
    """Keep the lines of a snapshot begun, some thousands at a time, so that others can write meanwhile."""
    for few in chunks(members, 2_000):
        with transaction():
            pour("figure_line", _LINE, [_line_row(number, one) for one in few])


def abandon(number: int) -> None:
    """Take away the lines of a snapshot that was not finished: it stays unseen, and empty."""
    with transaction():
        FigureLine.objects.filter(snapshot_id=number)._raw_delete("default")


def members_of(number: int, figure: str, cut: CutKey = ()) -> tuple[Member, ...]:
    """The lines that a figure counted in one snapshot, at this cut, in order of time and key."""
    rows = FigureLine.objects.filter(snapshot_id=number, figure=figure).order_by("at", "key").values_list(*_LINE[1:])
    return tuple(one for one in (_member(*row) for row in rows.iterator()) if one.within(cut))


def counted_in(case: CaseKey, snapshots: Iterable[int]) -> tuple[tuple[int, str], ...]:
    """In which figures of these snapshots is this case a line: (snapshot, figure)?"""
    rows = FigureLine.objects.filter(
        case_source=case.source, case_ref=case.case_ref, snapshot_id__in=list(snapshots)
    ).values_list("snapshot_id", "figure")
    return tuple(sorted(set(rows)))


_LINE = (
    "snapshot_id", "figure", "key", "at", "counts", "why", "case_source", "case_ref", "person", "amount", "is_endless",
    "cuts", "stratum", "frame",
)  # fmt: skip


def _line_row(number: int, one: Member) -> Sequence[object]:
    endless = one.amount is not None and isinf(one.amount)
    return (
        number,
        one.figure,
        one.key,
        int(one.at.timestamp()),
        one.counts,
        one.why[:300],
        one.case.source if one.case else None,
        one.case.case_ref if one.case else None,
        one.person,
        None if endless else one.amount,
        endless,
        written(one.cuts),
        one.stratum,
        one.frame,
    )


def _member(
    figure: str,
    key: str,
    at: int,
    counts: bool | None,
    why: str,
    case_source: str | None,
    case_ref: str | None,
    person: str | None,
    amount: float | None,
    is_endless: bool,
    cuts: str,
    stratum: str,
    frame: int,
) -> Member:
    return Member(
        figure,
        key,
        datetime.fromtimestamp(at, UTC),
        counts,
        why,
        CaseKey(case_source, case_ref) if case_source and case_ref else None,
        person,
        inf if is_endless else amount,
        read(cuts),
        stratum,
        frame,
    )
