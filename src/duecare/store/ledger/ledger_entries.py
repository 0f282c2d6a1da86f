"""The ledger as kept: one entry an act, numbered last under one lock, in the transaction of the act itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

import orjson
from django.db import DatabaseError, InternalError, OperationalError, connection
from django.db.models import Q

from duecare.ledger import Act, CompactRange, Entry, Unreadable, as_row, leaf_hash, read_leaf, read_row, sorted_ids
from duecare.store.database.sql_rows import placeholder_marks, select_rows, stream_rows
from duecare.store.models import LedgerEntry, LedgerIds, LedgerTree
from duecare.vocabulary.moments import iso_text, whole_second
from duecare.vocabulary.refusals import Refusal

_LOOKED_FOR = 40
COLUMNS = ("number", "at", "actor", "act", "purpose", "recipient", "outcome", "ids", "ids_hash", "count")


def write_entry(
    ledger_act: Act,
    *,
    actor: str,
    purpose: str,
    happened_at: datetime,
    named_ids: Iterable[str] = (),
    recipient: str = "",
    outcome: str = "done",
) -> int:
    """Write down an act; its number. Call last, inside the transaction of the act.

    Raises:  LED-001 when the line cannot be written: then the act must not happen.
    """
    ordered_ids = sorted_ids(named_ids)
    try:
        tree_row = _locked_tree()
        grown = CompactRange.from_bytes(bytes(tree_row.range_bytes))
        entry = Entry.of(
            grown.size + 1, happened_at, actor, ledger_act, purpose, ordered_ids, recipient=recipient, outcome=outcome
        )
        stored = leaf_hash(entry)
        LedgerEntry.objects.create(**as_row(entry), leaf=stored)
        if entry.ids_hash:
            LedgerIds.objects.create(entry_id=entry.number, ids=list(ordered_ids))
        LedgerTree.objects.filter(only=1).update(range_bytes=grown.append(stored).to_bytes())
    except (OperationalError, InternalError):
        raise  # busy, full or broken: the transaction says which
    except (DatabaseError, ValueError) as failure:
        raise Refusal("LED-001", found=type(failure).__name__) from failure
    return entry.number


def _locked_tree() -> LedgerTree:
    if connection.vendor == "postgresql":
        tree_row = LedgerTree.objects.select_for_update().filter(only=1).first()
    else:
        tree_row = LedgerTree.objects.filter(only=1).first()
    if tree_row is None:
        raise ValueError("the tree's own row is missing")
    return tree_row


def locked_range() -> CompactRange:
    """The tree as it stands, to which nobody else adds until the transaction ends.

    Raises:  LED-001 where its row is missing or cannot be read.
    """
    try:
        return CompactRange.from_bytes(bytes(_locked_tree().range_bytes))
    except (TypeError, ValueError) as failure:
        raise Refusal("LED-001", found=type(failure).__name__) from failure


def kept_range() -> CompactRange | None:
    """The tree's own row; None where it is missing or cannot be read."""
    tree_row = LedgerTree.objects.filter(only=1).first()
    try:
        return CompactRange.from_bytes(bytes(tree_row.range_bytes)) if tree_row else None
    except (Refusal, TypeError, ValueError):
        return None


def every_entry(upto_delivery: int | None = None) -> Iterator[tuple[Entry | Unreadable, bytes]]:
    """Every entry up to this number (None: all) with its stored leaf, in order of number, some thousands at a time."""
    names = ", ".join(f'"{column}"' for column in COLUMNS)
    # Raw: every line there is, of which the ORM reads half as many in a second (0042).
    until = 2**62 if upto_delivery is None else upto_delivery
    sql_text = f'SELECT {names}, "leaf" FROM "ledger_entry" WHERE "number" <= %s ORDER BY "number"'
    for table_rows in stream_rows(sql_text, [until]):
        for *table_row, stored in table_rows:
            yield read_row(dict(zip(COLUMNS, table_row, strict=True))), read_leaf(stored)


def seals_written() -> frozenset[str]:
    """The seals of the judgements that a line records as sealed.

    Shape:   for holding what is kept against what was written down when it came: the log's use for the integrity of data.
    Source:  Data Protection Act 2018, s.62(4)(c), read 2026-11-25.
    """
    is_sealed = Q(outcome__startswith="done: sealed ") | Q(outcome__startswith="done: corrected, sealed ")
    outcomes = LedgerEntry.objects.filter(is_sealed, act=Act.ALTERATION.value).values_list("outcome", flat=True)
    return frozenset(outcome.rpartition(" ")[2] for outcome in outcomes)


def has_entries_after(number: int) -> bool:
    """True where there is any entry past this number."""
    return LedgerEntry.objects.filter(number__gt=number).exists()


def kept_ids(number: int) -> Sequence[str]:
    """The list kept beside an entry that holds only its hash."""
    # Raw: asked for each line that holds only a hash, where the ORM takes 18 times as long (0042).
    table_rows = select_rows('SELECT "ids" FROM "ledger_ids" WHERE "entry_id" = %s', [number])
    if not table_rows:
        return ()
    value = table_rows[0][0]
    return list(orjson.loads(value)) if isinstance(value, str) else list(value)


def latest_entries(most_entries: int) -> list[Entry]:
    """The latest entries that can be read, newest first."""
    table_rows = LedgerEntry.objects.order_by("-number").values(*COLUMNS)[:most_entries]
    entries = (read_row(table_row) for table_row in table_rows)
    return [entry for entry in entries if isinstance(entry, Entry)]


def that_name_both(
    wanted_acts: Iterable[Act], since: datetime | None, first_names: set[str], second_names: set[str]
) -> list[Entry]:
    """The entries of these acts, from that moment on, that name some of both these sets of handles, oldest first.

    Shape:   what cannot be read is left out. Where an entry holds only the hash of its ids, the list kept beside it counts.
    """
    names = ", ".join(f'"{column}"' for column in COLUMNS)
    # Raw, as `every_entry`: on a store of years these are most of its lines.
    act_values = [ledger_act.value for ledger_act in wanted_acts]
    sql_text = (
        f'SELECT {names} FROM "ledger_entry" WHERE "act" IN ({placeholder_marks(len(act_values))})'
        ' AND "at" >= %s AND "count" > 1'
    )
    fewer = sorted(first_names if len(first_names) <= len(second_names) else second_names)
    likes = [f"%{handle}%" for handle in fewer] if len(fewer) <= _LOOKED_FOR else []
    if likes:  # the database passes over most of them, so that not each is read here
        sql_text += f""" AND ("ids_hash" <> '' OR {" OR ".join(['"ids" LIKE %s'] * len(likes))})"""
    entries_found = []
    for table_rows in stream_rows(
        f'{sql_text} ORDER BY "number"', [*act_values, "" if since is None else iso_text(whole_second(since)), *likes]
    ):
        for table_row in table_rows:
            entry = read_row(dict(zip(COLUMNS, table_row, strict=True)))
            if isinstance(entry, Entry):
                named_ids = frozenset(kept_ids(entry.number)) if entry.ids_hash else frozenset(entry.ids)
                if named_ids & first_names and named_ids & second_names:
                    entries_found.append(entry)
    return entries_found
