"""Made-up facts in the store of a test, landed and accepted as every delivery is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson

from duecare.record.version import KEY_SEPARATOR, RowVersion, SetAside
from duecare.vocabulary.moments import iso_text

SOURCE = "pole"
NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
RECEIVED = datetime(2026, 6, 1, 12, tzinfo=UTC)


def after(seconds: float) -> datetime:
    """So many seconds after nine o'clock."""
    return NINE + timedelta(seconds=seconds)


def row(
    sheet: str,
    key: str,
    body: dict[str, Any] | None,
    *,
    at: datetime | None = NINE,
    file: str = "",
    number: int = 1,
    rows: int = 1,
    notes: tuple[tuple[str, str], ...] = (),
) -> RowVersion:
    """One version of a row; a body of None withdraws it."""
    written = {name: value for name, value in (body or {}).items() if value not in ("", None)}
    text = orjson.dumps(written, option=orjson.OPT_SORT_KEYS)
    return RowVersion(sheet, key, at, body is None, text, file or f"{sheet}.csv", number, rows=rows, notes=notes)


def person(record_id: str, *, at: datetime | None = NINE, file: str = "", number: int = 1, **fields: Any) -> RowVersion:
    """A version of the record of a person."""
    return row("persons", record_id, {"given_names": "Zelma", **fields}, at=at, file=file, number=number)


def case(case_ref: str, kind: str = "child_concern", *, at: datetime | None = NINE, **fields: Any) -> RowVersion:
    """A version of the record of a case."""
    return row("cases", case_ref, {"kind": kind, **fields}, at=at)


def event(
    event_id: str,
    kind: str = "concern_reported",
    happened_at: datetime | str = NINE,
    *,
    at: datetime | None = NINE,
    number: int = 1,
    **fields: Any,
) -> RowVersion:
    """A version of an event."""
    happened = happened_at if isinstance(happened_at, str) else iso_text(happened_at)
    return row("events", event_id, {"kind": kind, "happened_at": happened, **fields}, at=at, number=number)


def ties(event_id: str, *named: tuple[str, ...], at: datetime | None = NINE) -> RowVersion:
    """A version of the set of ties of an event: (record, role), or (source, record, role)."""
    whole = sorted([list(tie) if len(tie) == 3 else [SOURCE, *tie] for tie in named])
    return row("ties", event_id, {"ties": whole}, at=at, rows=len(whole))


def gone(sheet: str, key: str, *, at: datetime = NINE, file: str = "") -> RowVersion:
    """A version that withdraws a row."""
    return row(sheet, key, None, at=at, file=file)


def officer(number: str, *, at: datetime | None = NINE, start: str = "2015-01-01", **fields: Any) -> RowVersion:
    """A version of an officer's time in a team."""
    body = {"officer": number, "from": start, **fields}
    return row("officers", KEY_SEPARATOR.join((number, start)), body, at=at)


def post(name: str, kind: str = "detective_inspector", *, at: datetime | None = NINE, **fields: Any) -> RowVersion:
    """A version of a post."""
    body = {"post": name, "kind": kind, "from": "2015-01-01", **fields}
    return row("posts", KEY_SEPARATOR.join((name, "2015-01-01")), body, at=at)


def aside(row_number: int, file: str = "events.csv", column: str = "kind", **said: str) -> SetAside:
    """A row that was not taken."""
    return SetAside(file, row_number, column, "no kind of event", "give one of the kinds", tuple(said.items()))


def begun(source: str = SOURCE, **fields: Any) -> Any:
    """A delivery that is landing."""
    from duecare.store.facts.received_delivery import ReceivedDelivery, keep_delivery

    told = {"name": f"{source}-1", "received_at": RECEIVED, **fields}
    return keep_delivery(ReceivedDelivery(source=source, **told))


def arrive(
    *versions: RowVersion | SetAside, source: str = SOURCE, complete: Iterable[str] | None = None, **fields: Any
) -> Any:
    """A delivery of these rows, accepted; with `complete`, a full one that holds every key of these files."""
    from duecare.store.facts import delivery_landing, delivery_records

    if complete is not None:
        fields = {"scope": "full", "extracted_at": after(1000), **fields}
    delivery = begun(source, **fields)
    counts = delivery_landing.land_delivery(delivery, versions)
    if complete is not None:
        delivery_records.withdraw_absent(delivery, counts, complete)
    return delivery_records.accept_delivery(delivery, counts)


def linked(*members: tuple[str, ...], upto: int = 0) -> Any:
    """A run of linkage put in force: (record, person) of the usual source, or (source, record, person)."""
    from duecare.store.linkage import linked_people

    run = linked_people.begin_run(RECEIVED, "made-up", upto)
    whole = [member if len(member) == 3 else (SOURCE, *member) for member in members]
    linked_people.keep_members(run, whole)
    linked_people.put_in_force(run, [])
    return run
