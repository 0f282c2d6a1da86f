"""Snapshots of figures as kept: the values of a period, with what they rest on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from duecare.figure import CutKey, Dimension, FigureValue
from duecare.stats.interval import Interval
from duecare.store.database.sql_rows import insert_rows, split_chunks
from duecare.store.database.transaction import transaction
from duecare.store.figures.cut_json import cut_text, read_cut
from duecare.store.models import FigureKept, FigureSnapshot
from duecare.vocabulary.unknown import Unknown


@dataclass(frozen=True, slots=True)
class RestsOn:
    """What a snapshot rests on, so that it can be worked out again and compared with what is there now.

    Shape:   `watermarks` says of each source which accepted delivery was its latest: (source, number, name, extracted at);
             `link_run`, `link_moves` and `model` which linkage; `ledger_size` and `ledger_root` the ledger's head when it was
             taken.
    """

    rulebook: str
    policy: str
    catalogue: str
    model: str
    link_run: int
    link_moves: int
    upto_delivery: int
    watermarks: tuple[tuple[str, int, str, str], ...]
    ledger_size: int
    ledger_root: str
    software: str

    def as_json(self) -> dict[str, object]:
        """What is kept, and printed, of it."""
        return {
            "rulebook": self.rulebook,
            "policy": self.policy,
            "catalogue": self.catalogue,
            "model": self.model,
            "link_run": self.link_run,
            "link_moves": self.link_moves,
            "upto_delivery": self.upto_delivery,
            "watermarks": [list(watermark) for watermark in self.watermarks],
            "ledger": {"size": self.ledger_size, "root": self.ledger_root},
            "software": self.software,
        }


@dataclass(frozen=True, slots=True)
class KeptFigure:
    """A value of a snapshot, and the id by which it is named outside.

    Shape:   `as_published`: it stands as a release printed it, or as hidden, and not as it was counted. `not_printed` names those
             of its counts, `part` and `unknown`, that were not printed, and are 0 here.
    """

    key: str
    value: FigureValue
    as_published: bool = False
    not_printed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The figures of one period as they were worked out at one moment, with all they rest on.

    Shape:   `values` of every figure and cut, the whole force first within each figure; `members` how many lines each figure
             counted, those with an unknown outcome too. `as_of` is the end of the period, or the moment it was taken.
    """

    id: int
    period: str
    as_of: datetime
    known_at: datetime
    taken_at: datetime
    taken_by: str
    rests_on: RestsOn
    values: tuple[KeptFigure, ...]
    members: Mapping[str, int]

    def of(self, figure: str, cut_key: CutKey = ()) -> KeptFigure | None:
        """What this figure came to at this cut."""
        return next(
            (
                kept_value
                for kept_value in self.values
                if kept_value.value.figure == figure and kept_value.value.cut == cut_key
            ),
            None,
        )

    def by(self, figure: str, *dimensions: Dimension) -> tuple[KeptFigure, ...]:
        """What this figure came to for each value of these dimensions, in order of their values."""
        dimension_names = tuple(sorted(dimensions))
        kept_values = [
            kept_value
            for kept_value in self.values
            if kept_value.value.figure == figure
            and tuple(dimension for dimension, _ in kept_value.value.cut) == dimension_names
        ]
        return tuple(sorted(kept_values, key=lambda kept_value: [value for _, value in kept_value.value.cut]))


def begin_snapshot(
    *, period: str, as_of: datetime, known_at: datetime, recorded_at: datetime, account_name: str, rests_on: RestsOn
) -> int:
    """Begin a snapshot that nobody sees until its values are kept; its number."""
    with transaction():
        snapshot_row = FigureSnapshot.objects.create(
            period=period,
            as_of=as_of,
            known_at=known_at,
            taken_at=recorded_at,
            taken_by=account_name,
            rests_on=rests_on.as_json(),
        )
    return int(snapshot_row.pk)


def keep_values(number: int, values: Iterable[FigureValue]) -> None:
    """Keep the values of a snapshot, which makes it seen. Call inside the transaction of the act."""
    snapshot_row = FigureSnapshot.objects.get(pk=number)
    for value_chunk in split_chunks(values, 2_000):
        insert_rows(
            "figure_kept", _KEPT_COLUMNS, [_value_row(snapshot_row, figure_value) for figure_value in value_chunk]
        )


def latest_snapshot(period: str) -> Snapshot | None:
    """The latest snapshot of this period; None where none was taken."""
    snapshot_row = _seen_snapshots().filter(period=period).order_by("-pk").first()
    return _read_snapshot(snapshot_row) if snapshot_row else None


def snapshot_numbered(number: int) -> Snapshot | None:
    """The snapshot of this number."""
    snapshot_row = _seen_snapshots().filter(pk=number).first()
    return _read_snapshot(snapshot_row) if snapshot_row else None


def latest_of_each_period() -> Mapping[str, int]:
    """The number of the latest snapshot of each period that has one, the latest period first."""
    snapshot_numbers: dict[str, int] = {}
    for number, period in _seen_snapshots().order_by("-period", "-pk").values_list("pk", "period"):
        snapshot_numbers.setdefault(period, number)
    return snapshot_numbers


def values_of_figure(number: int, figure: str) -> tuple[KeptFigure, ...]:
    """What this figure came to in one snapshot, at every cut."""
    return _kept_values(number, FigureKept.objects.filter(figure=figure))


def uncrossed_values(number: int, figure: str) -> tuple[KeptFigure, ...]:
    """What this figure came to in one snapshot for the whole force, and at each cut by one dimension alone."""
    return _kept_values(number, FigureKept.objects.filter(figure=figure).exclude(cut__contains=_CROSSED))


def by_area(number: int) -> tuple[KeptFigure, ...]:
    """What every figure came to in one snapshot for the whole force and for each area, crossed with nothing."""
    of_area = FigureKept.objects.filter(cut__startswith=f'{{"{Dimension.AREA}":').exclude(cut__contains=_CROSSED)
    return _kept_values(number, (FigureKept.objects.filter(cut=cut_text(())) | of_area).order_by("pk"))


def with_cases(number: int) -> frozenset[str]:
    """The figures of which one snapshot counted anything, for the whole force."""
    table_rows = FigureKept.objects.filter(snapshot_id=number, cut=cut_text(())).exclude(whole=0)
    return frozenset(table_rows.values_list("figure", flat=True))


def value_named(value_key: str) -> tuple[int, KeptFigure] | None:
    """The value that follows this id, and the number of its snapshot."""
    kept_row = FigureKept.objects.select_related("snapshot").filter(key=value_key).first()
    return (kept_row.snapshot_id, _kept_value(kept_row, kept_row.snapshot.period)) if kept_row else None


_CROSSED = '","'
"""What is in a cut as it is written only where it is by more than one dimension."""
_KEPT_COLUMNS = (
    "snapshot_id", "key", "figure", "cut", "part", "whole", "unknown", "value", "why", "low", "high", "method",
    "confidence", "why_not_sure",
)  # fmt: skip


def _value_row(snapshot_row: FigureSnapshot, figure_value: FigureValue) -> Sequence[object]:
    cut_json = cut_text(figure_value.cut)
    value_name = "\x1f".join((str(snapshot_row.pk), snapshot_row.taken_at.isoformat(), figure_value.figure, cut_json))
    interval = figure_value.interval if isinstance(figure_value.interval, Interval) else None
    return (
        snapshot_row.pk,
        hashlib.sha256(value_name.encode()).hexdigest()[:16],
        figure_value.figure,
        cut_json,
        figure_value.part,
        figure_value.whole,
        figure_value.unknown,
        None if isinstance(figure_value.value, Unknown) else figure_value.value,
        figure_value.value.reason[:300] if isinstance(figure_value.value, Unknown) else "",
        interval.low if interval else None,
        interval.high if interval else None,
        interval.method if interval else "",
        interval.confidence if interval else None,
        figure_value.interval.reason[:300] if isinstance(figure_value.interval, Unknown) else "",
    )


def _kept_values(number: int, table_rows: QuerySet[FigureKept]) -> tuple[KeptFigure, ...]:
    period = FigureSnapshot.objects.filter(pk=number).values_list("period", flat=True).first() or ""
    return tuple(_kept_value(table_row, period) for table_row in table_rows.filter(snapshot_id=number))


def _kept_value(kept_row: FigureKept, period: str) -> KeptFigure:
    value = Unknown(kept_row.why) if kept_row.value is None else kept_row.value
    interval: Interval | Unknown = Unknown(kept_row.why_not_sure)
    if kept_row.low is not None and kept_row.high is not None and kept_row.confidence is not None:
        interval = Interval(kept_row.low, kept_row.high, kept_row.method, kept_row.confidence)
    return KeptFigure(
        kept_row.key,
        FigureValue(
            kept_row.figure,
            period,
            read_cut(kept_row.cut),
            kept_row.part,
            kept_row.whole,
            kept_row.unknown,
            value,
            interval,
        ),
    )


def _seen_snapshots() -> QuerySet[FigureSnapshot]:
    return FigureSnapshot.objects.filter(Exists(FigureKept.objects.filter(snapshot=OuterRef("pk"))))


def _read_snapshot(snapshot_row: FigureSnapshot) -> Snapshot:
    rests_on = snapshot_row.rests_on
    all_values = _kept_values(snapshot_row.pk, FigureKept.objects.order_by("pk"))
    order = {
        figure: place
        for place, figure in enumerate(dict.fromkeys(kept_value.value.figure for kept_value in all_values))
    }
    ordered_values = sorted(
        all_values,
        key=lambda kept_value: (order[kept_value.value.figure], len(kept_value.value.cut), kept_value.value.cut),
    )
    return Snapshot(
        id=snapshot_row.pk,
        period=snapshot_row.period,
        as_of=snapshot_row.as_of,
        known_at=snapshot_row.known_at,
        taken_at=snapshot_row.taken_at,
        taken_by=snapshot_row.taken_by,
        rests_on=RestsOn(
            rests_on["rulebook"],
            rests_on["policy"],
            rests_on["catalogue"],
            rests_on["model"],
            rests_on["link_run"],
            rests_on.get("link_moves", 0),
            rests_on["upto_delivery"],
            tuple(
                (str(source_name), int(delivery_number), str(digest_text), str(time_text))
                for source_name, delivery_number, digest_text, time_text in rests_on["watermarks"]
            ),
            rests_on["ledger"]["size"],
            rests_on["ledger"]["root"],
            rests_on["software"],
        ),
        values=tuple(ordered_values),
        members={
            kept_value.value.figure: kept_value.value.unknown + _line_count(kept_value.value)
            for kept_value in ordered_values
            if not kept_value.value.cut
        },
    )


def _line_count(value: FigureValue) -> int:
    return value.part if value.whole is None else value.whole
