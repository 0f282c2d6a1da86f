"""Taking a delivery in: rows go in by short transactions that nobody sees, then one last one makes all of it seen."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

import orjson

from duecare.record.kept import time_of
from duecare.record.version import RowVersion, SetAside
from duecare.store.database.sql_rows import chunks, insert, marks, select, select_nothing
from duecare.store.database.transaction import transaction
from duecare.store.facts.fact_withdrawal import late_withdrawals
from duecare.store.ledger.opaque_ids import CASE, RECORD, Name, handles_of, make_handles
from duecare.store.models import Delivery

BATCH_SECONDS = 0.1
FIRST_BATCH = 500
LARGEST_BATCH = 5_000

LANDED = ("event_tie", "fact", "set_aside_row", "defect", "present_key", "complete_file")

SAME_TIME = ("written_at", "another version of this row has the same time; the one with the larger SHA-256 counts")

FACT = (
    "delivery_id",
    "source",
    "sheet",
    "key",
    "version_at",
    "is_by_receipt",
    "sha256",
    "is_withdrawn",
    "body",
    "file",
    "row",
    "is_sealed",
    "kind",
    "happened_at",
    "case_source",
    "case_ref",
    "officer",
)

Group = tuple[int, list[RowVersion]]
Held = dict[tuple[str, str], list[tuple[int, bytes, bool]]]


@dataclass(slots=True)
class Counts:
    """What became of the rows so far?

    Shape:   of a full delivery, `present` are the keys it holds by (file, sheet), and `unseen` those (sheet, key) of
             them of which no version as old as the extract is held.
    """

    rows_in: int = 0
    accepted: int = 0
    set_aside: int = 0
    stale: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    handles: set[str] = field(default_factory=set)
    present: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    unseen: set[tuple[str, str]] = field(default_factory=set)


def sweep() -> int:
    """Take away every landing that was never accepted; how many were there? Call only under the receive lock."""
    gone = 0
    for delivery in Delivery.objects.filter(state="landing"):
        take_away(delivery)
        with transaction():
            delivery.delete()
        gone += 1
    return gone


def take_away(delivery: Delivery) -> None:
    """Take away the rows of a landing, by transactions short enough for pages to be served meanwhile."""
    for table in LANDED:
        some = f'SELECT "id" FROM "{table}" WHERE "delivery_id" = %s LIMIT {LARGEST_BATCH}'
        while select(some, [delivery.pk]):
            with transaction():
                select_nothing(f'DELETE FROM "{table}" WHERE "id" IN ({some})', [delivery.pk])


def land(
    delivery: Delivery, rows: Iterable[RowVersion | SetAside], tell: Callable[[int], None] = lambda _: None
) -> Counts:
    """Put these rows under the landing `delivery`, batch by batch.

    Shape:   versions of one delivered row come one after another; `tell` hears how many rows have been read.
    """
    counts = Counts()
    size = FIRST_BATCH
    groups = _groups(rows)
    while batch := _take(groups, size):
        began = time.monotonic()
        with transaction():
            _keep(delivery, batch, counts)
        spent = time.monotonic() - began
        size = max(50, min(LARGEST_BATCH, int(size * min(2.0, BATCH_SECONDS / max(spent, 0.001)))))
        tell(counts.rows_in)
    return counts


def fact_row(delivery: Delivery, version: RowVersion) -> tuple[object, ...]:
    """This version as a row of the table of facts, in the order of `FACT`."""
    return _fact(delivery, version)


def _take(groups: Iterator[Group | SetAside], size: int) -> list[Group | SetAside]:
    batch: list[Group | SetAside] = []
    for group in groups:
        batch.append(group)
        if len(batch) >= size:
            break
    return batch


def _groups(rows: Iterable[RowVersion | SetAside]) -> Iterator[Group | SetAside]:
    held: list[RowVersion] = []
    for row in rows:
        if held and (isinstance(row, SetAside) or (row.file, row.row) != (held[0].file, held[0].row)):
            yield sum(version.rows for version in held), held
            held = []
        if isinstance(row, SetAside):
            yield row
        else:
            held.append(row)
    if held:
        yield sum(version.rows for version in held), held


def _keep(delivery: Delivery, batch: list[Group | SetAside], counts: Counts) -> None:
    asides = [row for row in batch if isinstance(row, SetAside)]
    groups = [row for row in batch if not isinstance(row, SetAside)]
    newest = _newest(delivery, (version for _, versions in groups for version in versions))
    kept: list[RowVersion] = []
    for weight, versions in groups:
        outcomes = {_outcome(delivery, version, newest, kept) for version in versions}
        outcome = next(word for word in ("accepted", "stale", "unchanged") if word in outcomes)
        setattr(counts, outcome, getattr(counts, outcome) + weight)
        counts.rows_in += weight
        if delivery.scope == "full":
            _note_present(delivery, versions, newest, counts)
    counts.set_aside += len(asides)
    counts.rows_in += len(asides)
    names = [name for version in kept for name in _names(delivery.source, version)]
    make_handles(names)
    counts.handles |= handles_of(names)
    kept.extend(late_withdrawals(delivery, kept))
    insert("fact", FACT, [_fact(delivery, version) for version in kept])
    insert("event_tie", ("delivery_id", "source", "event_id", "record_source", "record_id"), _ties(delivery, kept))
    insert(
        "set_aside_row",
        ("delivery_id", "file", "row", "column", "reason", "remedy", "original"),
        [(delivery.pk, a.file, a.row, a.column, a.reason, a.remedy, orjson.dumps(a.original).decode()) for a in asides],
    )
    insert(
        "defect",
        ("delivery_id", "file", "row", "column", "reason"),
        [(delivery.pk, v.file, v.row, column, reason) for v in kept for column, reason in v.notes],
    )


def _note_present(delivery: Delivery, versions: list[RowVersion], newest: Held, counts: Counts) -> None:
    assert delivery.extracted_at is not None
    extracted = int(delivery.extracted_at.timestamp())
    for version in versions:
        counts.present.setdefault((version.file, version.sheet), set()).add(version.key)
        if newest[version.sheet, version.key][0][0] > extracted:
            counts.unseen.add((version.sheet, version.key))


def _newest(delivery: Delivery, versions: Iterable[RowVersion]) -> Held:
    """The versions held of each key, those of this landing among them, oldest first."""
    wanted: dict[str, set[str]] = {}
    for version in versions:
        wanted.setdefault(version.sheet, set()).add(version.key)
    held: Held = {}
    for sheet, keys in wanted.items():
        for some in chunks(sorted(keys)):
            rows = select(
                'SELECT f."key", f."version_at", f."sha256", f."is_by_receipt" FROM "fact" f JOIN "delivery" d ON'
                ' d."id" = f."delivery_id" WHERE f."source" = %s AND f."sheet" = %s AND f."key" IN'
                f' ({marks(len(some))}) AND (d."state" = \'accepted\' OR d."id" = %s)',
                [delivery.source, sheet, *some, delivery.pk],
            )
            for key, at, sha, by_receipt in rows:
                held.setdefault((sheet, key), []).append((at, bytes(sha), bool(by_receipt)))
    for same in held.values():
        same.sort()
    return held


def _outcome(delivery: Delivery, version: RowVersion, newest: Held, kept: list[RowVersion]) -> str:
    at = _version_at(delivery, version)
    by_receipt = version.version_at is None
    same = newest.setdefault((version.sheet, version.key), [])
    sha = version.sha256
    if by_receipt and same and same[-1][1] == sha:
        return "unchanged"
    if any(held[:2] == (at, sha) for held in same):
        return "unchanged"
    is_newest = not same or (at, sha) > same[-1][:2]
    if any(held[0] == at for held in same):
        version = replace(version, notes=(*version.notes, SAME_TIME))
    same.append((at, sha, by_receipt))
    same.sort()
    kept.append(version)
    return "accepted" if is_newest else "stale"


def _version_at(delivery: Delivery, version: RowVersion) -> int:
    return int((version.version_at or delivery.received_at).timestamp())


def _fact(delivery: Delivery, version: RowVersion) -> tuple[object, ...]:
    kind, happened_at, case_source, case_ref, officer = _looked_up_by(delivery.source, version)
    return (
        delivery.pk,
        delivery.source,
        version.sheet,
        version.key,
        _version_at(delivery, version),
        version.version_at is None,
        version.sha256,
        version.withdrawn,
        version.body,
        version.file,
        version.row,
        version.sheet in {"cases", "persons"} and b'"sealed":true' in version.body,
        kind,
        happened_at,
        case_source,
        case_ref,
        officer,
    )


LookedUpBy = tuple[str | None, int | None, str | None, str | None, str | None]


def _looked_up_by(source: str, version: RowVersion) -> LookedUpBy:
    if version.sheet != "events" or version.withdrawn:
        return None, None, None, None, None
    body = orjson.loads(version.body)
    ref = body.get("case_ref")
    happened_at = int(time_of(body["happened_at"]).earliest.timestamp())
    officer = str(body.get("officer") or "").strip().casefold() or None
    return body["kind"], happened_at, (body.get("case_source") or source) if ref else None, ref, officer


def _ties(delivery: Delivery, kept: list[RowVersion]) -> list[tuple[object, ...]]:
    return [
        (delivery.pk, delivery.source, version.key, record_source, record_id)
        for version in kept
        if version.sheet == "ties"
        for record_source, record_id in {(tie[0], tie[1]) for tie in orjson.loads(version.body).get("ties", [])}
    ]


def _names(source: str, version: RowVersion) -> list[Name]:
    if version.sheet == "persons":
        return [(RECORD, source, version.key)]
    if version.sheet == "cases":
        return [(CASE, source, version.key)]
    if version.sheet == "events":
        _, _, case_source, case_ref, _ = _looked_up_by(source, version)
        return [(CASE, case_source, case_ref)] if case_source and case_ref else []
    if version.sheet == "ties":
        return [(RECORD, tie[0], tie[1]) for tie in orjson.loads(version.body).get("ties", [])]
    return []
