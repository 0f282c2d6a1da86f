"""Gathers the ties of a delivery into one set an event, however they are scattered, in bounded memory."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import orjson

from duecare.record.row_reader import NO_VERSION, Fault, RowRead

PARTS = 64
HELD_ITEMS = 400_000


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
    """The ties that a delivery gives for one event.

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
    """Ties and the events of the same delivery, gathered; written out to `folder` past `held_items` of them."""

    def __init__(self, folder: Path, extracted_at: str | None, held_items: int = HELD_ITEMS) -> None:
        self._folder = folder
        self._extracted_at = extracted_at
        self._held = held_items
        self._parts: list[list[list[object]]] = [[] for _ in range(PARTS)]
        self._count = 0
        self._spilt = False

    def add_event(self, event: str, version: str | None, happened: str, file_number: int, row_number: int) -> None:
        """Add an event of this delivery that is not withdrawn: its ties are no older than it, and alone it gives none."""
        self._put_item(event, [event, 0, file_number, row_number, version, happened])

    def add_tie(self, tie_row_read: TieRow) -> None:
        """One tie."""
        self._put_item(tie_row_read.event, [tie_row_read.event, 1, *tie_row_read])

    def _put_item(self, event: str, set_item: list[object]) -> None:
        self._parts[zlib.crc32(event.encode("utf-8", "surrogatepass")) % PARTS].append(set_item)
        self._count += 1
        if self._count >= self._held:
            self._spill_items()

    def _spill_items(self) -> None:
        for part_number, part_items in enumerate(self._parts):
            if part_items:
                with (self._folder / f"ties-{part_number}").open("ab") as part_file:
                    part_file.writelines(orjson.dumps(set_item) + b"\n" for set_item in part_items)
                part_items.clear()
        self._count = 0
        self._spilt = True

    def event_sets(self) -> Iterator[TieSet]:
        """The set of every event that has ties here, once; the order of events means nothing."""
        for part_number, part_items in enumerate(self._parts):
            items = part_items
            part_path = self._folder / f"ties-{part_number}"
            if self._spilt and part_path.exists():
                with part_path.open("rb") as part_file:
                    items = [*map(orjson.loads, part_file), *part_items]
                part_path.unlink()
            yield from self._gather_items(items)
            part_items.clear()

    def _gather_items(self, items: list[list[object]]) -> Iterator[TieSet]:
        events: dict[str, list[list[object]]] = {}
        for set_item in items:
            events.setdefault(set_item[0], []).append(set_item)  # type: ignore[arg-type]
        for event, event_items in events.items():
            tie_rows = [TieRow(*set_item[2:]) for set_item in event_items if set_item[1] == 1]  # type: ignore[arg-type]
            if tie_rows:
                yield self._make_set(event, [set_item for set_item in event_items if set_item[1] == 0], tie_rows)

    def _make_set(self, event: str, event_rows: list[list[object]], tie_rows: list[TieRow]) -> TieSet:
        written = [tie_row_read.version for tie_row_read in tie_rows if tie_row_read.version]
        happened = ""
        if event_rows:
            newest = max(event_rows, key=lambda set_item: str(set_item[4] or ""))
            happened = str(newest[5])
            if newest[4]:
                written.append(str(newest[4]))
        version = max(written, default=self._extracted_at)
        kept_ties = sorted(
            {
                (tie_row_read.source, tie_row_read.record, tie_row_read.role)
                for tie_row_read in tie_rows
                if not tie_row_read.deleted
            }
        )
        where = [
            (tie_row_read.row, tie_row_read.source, tie_row_read.record)
            for tie_row_read in tie_rows
            if not tie_row_read.deleted
        ]
        notes = tuple(
            (str(column), str(note_reason)) for tie_row_read in tie_rows for column, note_reason in tie_row_read.notes
        )
        if version is not None:
            notes = tuple(note_text for note_text in notes if note_text != NO_VERSION)
        return TieSet(
            tie_rows[0].file, tie_rows[0].row, event, version, kept_ties, len(tie_rows), happened, where, notes
        )


def tie_row(
    row_result: RowRead | Fault, file_number: int, row_number: int, source: str, deleted_record: str = ""
) -> TieRow | Fault:
    """The tie in this row of a ties file."""
    if isinstance(row_result, Fault):
        return row_result
    body_bytes = row_result.body
    record = str(body_bytes.get("record_id", deleted_record))
    if not record.isprintable() or len(record) > 200:
        return Fault("record_id", "holds a character that cannot be printed, or is too long", "give the record's id")
    notes = tuple(note_text for note_text in row_result.notes)
    return TieRow(
        file_number,
        row_number,
        row_result.key,
        str(body_bytes.get("source", "")) or source,
        record,
        str(body_bytes.get("role", "")),
        row_result.version,
        row_result.withdrawn,
        notes,
    )
