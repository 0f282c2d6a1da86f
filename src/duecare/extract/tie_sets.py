"""Gathers the ties of a delivery into one set an event, however they are scattered, in bounded memory."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import orjson

from duecare.record.read import NO_VERSION, Fault, RowRead

PARTS = 64
HELD = 400_000


class TieRow(NamedTuple):
    """One row of a ties file, as read.

    Shape:   `version` is the row's own time of writing, never that of the extract.
    """

    file: int
    row: int
    event: str
    source: str
    record: str
    role: str
    version: str | None
    deleted: bool
    notes: tuple[tuple[str, str], ...]


class TieSet(NamedTuple):
    """All that a delivery says of who was in one event of which it holds ties.

    Shape:   `rows` is how many rows of the ties file it stands for; where all of them are deleted, `ties` is empty.
             `file` and `row` are those of its first tie. `version` is the newest of its event's in the same delivery
             and its rows' own, else the time of extract, else None. `happened` is empty where the event is not in the
             delivery.
    """

    file: int
    row: int
    event: str
    version: str | None
    ties: list[tuple[str, str, str]]
    rows: int
    happened: str
    where: list[tuple[int, str, str]]
    notes: tuple[tuple[str, str], ...]


class TieSets:
    """Ties and the events of the same delivery, gathered; written out to `folder` past `held` of them."""

    def __init__(self, folder: Path, extracted_at: str | None, held: int = HELD) -> None:
        self._folder = folder
        self._extracted_at = extracted_at
        self._held = held
        self._parts: list[list[list[object]]] = [[] for _ in range(PARTS)]
        self._count = 0
        self._spilt = False

    def add_event(self, event: str, version: str | None, happened: str, file: int, row: int) -> None:
        """An event of this delivery that is not withdrawn: its ties are no older than it. Alone it says of none."""
        self._put(event, [event, 0, file, row, version, happened])

    def add_tie(self, tie: TieRow) -> None:
        """One tie."""
        self._put(tie.event, [tie.event, 1, *tie])

    def _put(self, event: str, item: list[object]) -> None:
        self._parts[zlib.crc32(event.encode("utf-8", "surrogatepass")) % PARTS].append(item)
        self._count += 1
        if self._count >= self._held:
            self._spill()

    def _spill(self) -> None:
        for i, part in enumerate(self._parts):
            if part:
                with (self._folder / f"ties-{i}").open("ab") as file:
                    file.writelines(orjson.dumps(item) + b"\n" for item in part)
                part.clear()
        self._count = 0
        self._spilt = True

    def sets(self) -> Iterator[TieSet]:
        """The set of every event that has ties here, once; the order of events says nothing."""
        for i, part in enumerate(self._parts):
            items = part
            path = self._folder / f"ties-{i}"
            if self._spilt and path.exists():
                with path.open("rb") as file:
                    items = [*map(orjson.loads, file), *part]
                path.unlink()
            yield from self._gather(items)
            part.clear()

    def _gather(self, items: list[list[object]]) -> Iterator[TieSet]:
        events: dict[str, list[list[object]]] = {}
        for item in items:
            events.setdefault(item[0], []).append(item)  # type: ignore[arg-type]
        for event, own in events.items():
            ties = [TieRow(*item[2:]) for item in own if item[1] == 1]  # type: ignore[arg-type]
            if ties:
                yield self._one(event, [item for item in own if item[1] == 0], ties)

    def _one(self, event: str, told: list[list[object]], ties: list[TieRow]) -> TieSet:
        written = [tie.version for tie in ties if tie.version]
        happened = ""
        if told:
            newest = max(told, key=lambda item: str(item[4] or ""))
            happened = str(newest[5])
            if newest[4]:
                written.append(str(newest[4]))
        version = max(written, default=self._extracted_at)
        kept = sorted({(tie.source, tie.record, tie.role) for tie in ties if not tie.deleted})
        where = [(tie.row, tie.source, tie.record) for tie in ties if not tie.deleted]
        notes = tuple((str(column), str(why)) for tie in ties for column, why in tie.notes)
        if version is not None:
            notes = tuple(note for note in notes if note != NO_VERSION)
        return TieSet(ties[0].file, ties[0].row, event, version, kept, len(ties), happened, where, notes)


def tie_row(read: RowRead | Fault, file: int, row: int, source: str, deleted_record: str = "") -> TieRow | Fault:
    """Which tie is this row of a ties file?"""
    if isinstance(read, Fault):
        return read
    body = read.body
    record = str(body.get("record_id", deleted_record))
    if not record.isprintable() or len(record) > 200:
        return Fault("record_id", "holds a character that cannot be printed, or is too long", "give the record's id")
    notes = tuple(note for note in read.notes)
    return TieRow(
        file,
        row,
        read.key,
        str(body.get("source", "")) or source,
        record,
        str(body.get("role", "")),
        read.version,
        read.withdrawn,
        notes,
    )
