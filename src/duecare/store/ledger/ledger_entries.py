"""The ledger as kept: one entry an act, numbered last under one lock, in the transaction of the act itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

import orjson
from django.db import DatabaseError, InternalError, OperationalError, connection

from duecare.ledger import Act, CompactRange, Entry, Unreadable, as_row, leaf_hash, read_leaf, read_row, sorted_ids
from duecare.store.database.sql_rows import marks, select, stream
from duecare.store.models import LedgerEntry, LedgerIds, LedgerTree
from duecare.vocabulary.moments import iso_text, whole_second
from duecare.vocabulary.refusals import Refusal

_LOOKED_FOR = 40
COLUMNS = ("number", "at", "actor", "act", "purpose", "recipient", "outcome", "ids", "ids_hash", "count")


def write(
    act: Act,
    *,
    actor: str,
    purpose: str,
    at: datetime,
    ids: Iterable[str] = (),
    recipient: str = "",
    outcome: str = "done",
) -> int:
    """Write down an act; its number. Call last, inside the transaction of the act.

    Raises:  LED-001 when the line cannot be written: then the act must not happen.
    """
    wanted = sorted_ids(ids)
    try:
        tree = _locked_tree()
        grown = CompactRange.from_bytes(bytes(tree.range_bytes))
        entry = Entry.of(grown.size + 1, at, actor, act, purpose, wanted, recipient=recipient, outcome=outcome)
        stored = leaf_hash(entry)
        LedgerEntry.objects.create(**as_row(entry), leaf=stored)
        if entry.ids_hash:
            LedgerIds.objects.create(entry_id=entry.number, ids=list(wanted))
        LedgerTree.objects.filter(only=1).update(range_bytes=grown.append(stored).to_bytes())
    except (OperationalError, InternalError):
        raise  # busy, full or broken: the transaction says which
    except (DatabaseError, ValueError) as wrong:
        raise Refusal("LED-001", found=type(wrong).__name__) from wrong
    return entry.number


def _locked_tree() -> LedgerTree:
    if connection.vendor == "postgresql":
        tree = LedgerTree.objects.select_for_update().filter(only=1).first()
    else:
        tree = LedgerTree.objects.filter(only=1).first()
    if tree is None:
        raise ValueError("the tree's own row is missing")
    return tree


def hold() -> CompactRange:
    """The tree as it stands, to which nobody else adds until the transaction ends.

    Raises:  LED-001 where its row is missing or cannot be read.
    """
    try:
        return CompactRange.from_bytes(bytes(_locked_tree().range_bytes))
    except (TypeError, ValueError) as wrong:
        raise Refusal("LED-001", found=type(wrong).__name__) from wrong


def kept_range() -> CompactRange | None:
    """The tree's own row; None where it is missing or cannot be read."""
    tree = LedgerTree.objects.filter(only=1).first()
    try:
        return CompactRange.from_bytes(bytes(tree.range_bytes)) if tree else None
    except (Refusal, TypeError, ValueError):
        return None


def every_entry(upto: int | None = None) -> Iterator[tuple[Entry | Unreadable, bytes]]:
    """Every entry up to this number (None: all) with its stored leaf, in order of number, some thousands at a time."""
    names = ", ".join(f'"{column}"' for column in COLUMNS)
    until = 2**62 if upto is None else upto
    sql = f'SELECT {names}, "leaf" FROM "ledger_entry" WHERE "number" <= %s ORDER BY "number"'
    for rows in stream(sql, [until]):
        for *row, stored in rows:
            yield read_row(dict(zip(COLUMNS, row, strict=True))), read_leaf(stored)


def seals_written() -> frozenset[str]:
    """Of which judgements does a line say that they were sealed, by their seals?

    Shape:   for holding what is kept against what was written down when it came: the log's use for the integrity of data.
    Source:  Data Protection Act 2018, s.62(4)(c), read 2026-11-25.
    """
    sql = 'SELECT "outcome" FROM "ledger_entry" WHERE "act" = %s AND ("outcome" LIKE %s OR "outcome" LIKE %s)'
    rows = select(sql, [Act.ALTERATION.value, "done: sealed %", "done: corrected, sealed %"])
    return frozenset(str(outcome).rpartition(" ")[2] for (outcome,) in rows)


def has_entries_after(number: int) -> bool:
    """Is there any entry past this number?"""
    return bool(select('SELECT 1 FROM "ledger_entry" WHERE "number" > %s LIMIT 1', [number]))


def kept_ids(number: int) -> Sequence[str]:
    """The list kept beside an entry that holds only its hash."""
    rows = select('SELECT "ids" FROM "ledger_ids" WHERE "entry_id" = %s', [number])
    if not rows:
        return ()
    value = rows[0][0]
    return list(orjson.loads(value)) if isinstance(value, str) else list(value)


def latest(most: int) -> list[Entry]:
    """The latest entries that can be read, newest first."""
    names = ", ".join(f'"{column}"' for column in COLUMNS)
    rows = select(f'SELECT {names} FROM "ledger_entry" ORDER BY "number" DESC LIMIT %s', [most])
    entries = (read_row(dict(zip(COLUMNS, row, strict=True))) for row in rows)
    return [entry for entry in entries if isinstance(entry, Entry)]


def that_name_both(acts: Iterable[Act], since: datetime | None, one: set[str], other: set[str]) -> list[Entry]:
    """Which entries of these acts, from that moment on, name some of both these sets of handles? Oldest first.

    Shape:   what cannot be read is left out. Where an entry holds only the hash of its ids, the list kept beside it counts.
    """
    names = ", ".join(f'"{column}"' for column in COLUMNS)
    wanted = [act.value for act in acts]
    sql = f'SELECT {names} FROM "ledger_entry" WHERE "act" IN ({marks(len(wanted))}) AND "at" >= %s AND "count" > 1'
    fewer = sorted(one if len(one) <= len(other) else other)
    likes = [f"%{handle}%" for handle in fewer] if len(fewer) <= _LOOKED_FOR else []
    if likes:  # the database passes over most of them, so that not each is read here
        sql += f""" AND ("ids_hash" <> '' OR {" OR ".join(['"ids" LIKE %s'] * len(likes))})"""
    found = []
    for rows in stream(
        f'{sql} ORDER BY "number"', [*wanted, "" if since is None else iso_text(whole_second(since)), *likes]
    ):
        for row in rows:
            entry = read_row(dict(zip(COLUMNS, row, strict=True)))
            if isinstance(entry, Entry):
                named = frozenset(kept_ids(entry.number)) if entry.ids_hash else frozenset(entry.ids)
                if named & one and named & other:
                    found.append(entry)
    return found
