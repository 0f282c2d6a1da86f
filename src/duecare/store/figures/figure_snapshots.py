"""Snapshots of figures as kept: the values of a period, with what they rest on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from duecare.figure import CutKey, Dimension, FigureValue
from duecare.stats.interval import Interval
from duecare.store.database.sql_rows import chunks, insert
from duecare.store.database.transaction import transaction
from duecare.store.figures.cut_json import read, written
from duecare.store.models import FigureKept, FigureSnapshot
from duecare.vocabulary.unknown import Unknown


@dataclass(frozen=True, slots=True)
class RestsOn:
    """On what does a snapshot rest, so that it can be reckoned again and held against what is there now?

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
            "watermarks": [list(one) for one in self.watermarks],
            "ledger": {"size": self.ledger_size, "root": self.ledger_root},
            "software": self.software,
        }


@dataclass(frozen=True, slots=True)
class Kept:
    """A value of a snapshot, and the id by which it is named outside.

    Shape:   `as_published`: it stands as a release printed it, or as hidden, and not as it was counted. `untold` names those
             of its counts, `part` and `unknown`, that were not printed, and are nought here.
    """

    key: str
    value: FigureValue
    as_published: bool = False
    untold: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The figures of one period as they were reckoned at one moment, with all they rest on.

    Shape:   `values` of every figure and cut, the whole force first within each figure; `members` how many lines each figure
             counted, those of which it cannot be told too. `as_of` is the end of the period, or the moment it was taken.
    """

    id: int
    period: str
    as_of: datetime
    known_at: datetime
    taken_at: datetime
    taken_by: str
    rests_on: RestsOn
    values: tuple[Kept, ...]
    members: Mapping[str, int]

    def of(self, figure: str, cut: CutKey = ()) -> Kept | None:
        """What this figure came to at this cut."""
        return next((one for one in self.values if one.value.figure == figure and one.value.cut == cut), None)

    def by(self, figure: str, *dimensions: Dimension) -> tuple[Kept, ...]:
        """What this figure came to for each value of these dimensions, in order of their values."""
        wanted = tuple(sorted(dimensions))
        found = [
            one for one in self.values if one.value.figure == figure and tuple(d for d, _ in one.value.cut) == wanted
        ]
        return tuple(sorted(found, key=lambda one: [value for _, value in one.value.cut]))


def begin(*, period: str, as_of: datetime, known_at: datetime, at: datetime, by: str, rests_on: RestsOn) -> int:
    """Begin a snapshot that nobody sees until its values are kept; its number."""
    with transaction():
        made = FigureSnapshot.objects.create(
            period=period, as_of=as_of, known_at=known_at, taken_at=at, taken_by=by, rests_on=rests_on.as_json()
        )
    return int(made.pk)


def keep_values(number: int, values: Iterable[FigureValue]) -> None:
    """Keep the values of a snapshot, which makes it seen. Call inside the transaction of the act."""
    made = FigureSnapshot.objects.get(pk=number)
    for some in chunks(values, 2_000):
        insert("figure_kept", _KEPT, [_value_row(made, one) for one in some])


def snapshot(period: str) -> Snapshot | None:
    """The latest snapshot of this period; None where none was taken."""
    row = _seen().filter(period=period).order_by("-pk").first()
    return _snapshot(row) if row else None


def snapshot_numbered(number: int) -> Snapshot | None:
    """The snapshot of this number."""
    row = _seen().filter(pk=number).first()
    return _snapshot(row) if row else None


def latest_of_each_period() -> Mapping[str, int]:
    """The number of the latest snapshot of each period that has one, the latest period first."""
    found: dict[str, int] = {}
    for number, period in _seen().order_by("-period", "-pk").values_list("pk", "period"):
        found.setdefault(period, number)
    return found


def values_of_figure(number: int, figure: str) -> tuple[Kept, ...]:
    """What this figure came to in one snapshot, at every cut."""
    return _of(number, FigureKept.objects.filter(figure=figure))


def uncrossed(number: int, figure: str) -> tuple[Kept, ...]:
    """What this figure came to in one snapshot for the whole force, and at each cut by one dimension alone."""
    return _of(number, FigureKept.objects.filter(figure=figure).exclude(cut__contains=_CROSSED))


def by_area(number: int) -> tuple[Kept, ...]:
    """What every figure came to in one snapshot for the whole force and for each area, crossed with nothing."""
    of_area = FigureKept.objects.filter(cut__startswith=f'{{"{Dimension.AREA}":').exclude(cut__contains=_CROSSED)
    return _of(number, (FigureKept.objects.filter(cut=written(())) | of_area).order_by("pk"))


def with_cases(number: int) -> frozenset[str]:
    """Of which figures did one snapshot count anything, for the whole force?"""
    rows = FigureKept.objects.filter(snapshot_id=number, cut=written(())).exclude(whole=0)
    return frozenset(rows.values_list("figure", flat=True))


def whole_force(number: int) -> tuple[Kept, ...]:
    """What every figure came to in one snapshot for the whole force."""
    return _of(number, FigureKept.objects.filter(cut=written(())))


def value_named(key: str) -> tuple[int, Kept] | None:
    """The value that goes by this id, and the number of its snapshot."""
    row = FigureKept.objects.select_related("snapshot").filter(key=key).first()
    return (row.snapshot_id, _kept(row, row.snapshot.period)) if row else None


_CROSSED = '","'
"""What is in a cut as it is written only where it is by more than one dimension."""
_KEPT = (
    "snapshot_id", "key", "figure", "cut", "part", "whole", "unknown", "value", "why", "low", "high", "method",
    "confidence", "why_not_sure",
)  # fmt: skip


def _value_row(of: FigureSnapshot, one: FigureValue) -> Sequence[object]:
    cut = written(one.cut)
    named = "\x1f".join((str(of.pk), of.taken_at.isoformat(), one.figure, cut))
    sure = one.interval if isinstance(one.interval, Interval) else None
    return (
        of.pk,
        hashlib.sha256(named.encode()).hexdigest()[:16],
        one.figure,
        cut,
        one.part,
        one.whole,
        one.unknown,
        None if isinstance(one.value, Unknown) else one.value,
        one.value.reason[:300] if isinstance(one.value, Unknown) else "",
        sure.low if sure else None,
        sure.high if sure else None,
        sure.method if sure else "",
        sure.confidence if sure else None,
        one.interval.reason[:300] if isinstance(one.interval, Unknown) else "",
    )


def _of(number: int, rows: QuerySet[FigureKept]) -> tuple[Kept, ...]:
    period = FigureSnapshot.objects.filter(pk=number).values_list("period", flat=True).first() or ""
    return tuple(_kept(row, period) for row in rows.filter(snapshot_id=number))


def _kept(row: FigureKept, period: str) -> Kept:
    value = Unknown(row.why) if row.value is None else row.value
    sure: Interval | Unknown = Unknown(row.why_not_sure)
    if row.low is not None and row.high is not None and row.confidence is not None:
        sure = Interval(row.low, row.high, row.method, row.confidence)
    return Kept(row.key, FigureValue(row.figure, period, read(row.cut), row.part, row.whole, row.unknown, value, sure))


def _seen() -> QuerySet[FigureSnapshot]:
    return FigureSnapshot.objects.filter(Exists(FigureKept.objects.filter(snapshot=OuterRef("pk"))))


def _snapshot(row: FigureSnapshot) -> Snapshot:
    said = row.rests_on
    found = _of(row.pk, FigureKept.objects.order_by("pk"))
    order = {figure: place for place, figure in enumerate(dict.fromkeys(one.value.figure for one in found))}
    kept = sorted(found, key=lambda one: (order[one.value.figure], len(one.value.cut), one.value.cut))
    return Snapshot(
        id=row.pk,
        period=row.period,
        as_of=row.as_of,
        known_at=row.known_at,
        taken_at=row.taken_at,
        taken_by=row.taken_by,
        rests_on=RestsOn(
            said["rulebook"],
            said["policy"],
            said["catalogue"],
            said["model"],
            said["link_run"],
            said.get("link_moves", 0),
            said["upto_delivery"],
            tuple((str(a), int(b), str(c), str(d)) for a, b, c, d in said["watermarks"]),
            said["ledger"]["size"],
            said["ledger"]["root"],
            said["software"],
        ),
        values=tuple(kept),
        members={one.value.figure: one.value.unknown + _lines(one.value) for one in kept if not one.value.cut},
    )


def _lines(value: FigureValue) -> int:
    return value.part if value.whole is None else value.whole
