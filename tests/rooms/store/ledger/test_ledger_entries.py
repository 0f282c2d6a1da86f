"""The ledger as kept: numbered, hashed into the tree, in the transaction of its act, and never altered by anyone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, InternalError, OperationalError, connection, transaction

from duecare import ledger
from duecare.ledger import IDS_HELD_IN_ENTRY, Act, CompactRange, Entry, Unreadable
from duecare.store.database.sql_rows import select_nothing, select_rows
from duecare.store.ledger import ledger_entries
from duecare.store.ledger.ledger_entries import (
    every_entry,
    has_entries_after,
    kept_ids,
    kept_range,
    latest_entries,
    locked_range,
    seals_written,
    that_name_both,
    write_entry,
)
from duecare.store.models import LedgerEntry, LedgerIds, LedgerTree
from duecare.vocabulary.refusals import Refusal

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MANY = tuple(f"{number:016x}" for number in range(IDS_HELD_IN_ENTRY + 1))


def write(number: int = 0, act: Act = Act.CONSULTATION, **told: Any) -> int:
    said = {"actor": "somebody", "purpose": "a test", "happened_at": NOON + timedelta(hours=number), **told}
    return write_entry(act, **said)


def read() -> list[Entry | Unreadable]:
    return [entry for entry, _ in every_entry()]


def unguarded(*statements: str) -> None:
    """What somebody does who has the whole database in hand: the guards taken away first."""
    on = {"ledger_entry": ("update", "delete"), "ledger_tree": ("delete",)}
    for table, deeds in on.items():
        for deed in deeds:
            suffix = f' ON "{table}"' if connection.vendor == "postgresql" else ""
            select_nothing(f"DROP TRIGGER only_added_{table}_{deed}{suffix}", [])
    for statement in statements:
        select_nothing(statement, [])


# --- written -----------------------------------------------------------------------------------------------


def test_an_entry_is_read_back_the_same():
    at = datetime(2026, 7, 1, 9, 30, 15, 999_999, timezone(timedelta(hours=1)))
    number = write_entry(
        Act.DISCLOSURE,
        actor="Zoë",
        purpose="a meeting",
        happened_at=at,
        named_ids=["b", "a", "b"],
        recipient="children's services",
        outcome="refused ACC-001",
    )

    (entry,) = read()
    assert entry == Entry(
        1, datetime(2026, 7, 1, 8, 30, 15, tzinfo=UTC), "Zoë", Act.DISCLOSURE, "a meeting", "children's services",
        "refused ACC-001", ("a", "b"), "", 2,
    )  # fmt: skip
    assert number == 1


def test_an_entry_that_is_told_no_more_names_nobody_and_is_done():
    write()

    (entry,) = read()
    assert (entry.ids, entry.count, entry.recipient, entry.outcome) == ((), 0, "", "done")


def test_entries_are_numbered_from_one_and_each_is_hashed_into_the_tree():
    assert (kept_range(), locked_range()) == (CompactRange(), CompactRange())
    assert [write(number) for number in range(9)] == list(range(1, 10))

    found = list(every_entry())
    assert [stored for _, stored in found] == [ledger.leaf_hash(entry) for entry, _ in found]
    assert kept_range() == locked_range() == ledger.range_of([stored for _, stored in found])
    assert ledger.verify_entries(iter(found), kept_range(), (), None, kept_ids).ok


def test_of_more_ids_than_an_entry_holds_the_list_is_kept_beside_it():
    write(named_ids=reversed(MANY[1:]))
    write(named_ids=reversed(MANY))

    few, many = read()
    assert (len(few.ids), few.ids_hash, few.count) == (IDS_HELD_IN_ENTRY, "", IDS_HELD_IN_ENTRY)
    assert (many.ids, many.ids_hash, many.count) == ((), ledger.hash_ids(MANY), len(MANY))
    assert (kept_ids(1), kept_ids(2), kept_ids(3)) == ((), list(MANY), ())
    assert list(LedgerIds.objects.values_list("entry_id", flat=True)) == [2]


@pytest.mark.parametrize("missing", [{"actor": ""}, {"purpose": ""}, {"outcome": ""}, {"happened_at": NOON.replace(tzinfo=None)},
                                     {"purpose": "\ud800"}])  # fmt: skip
def test_an_act_that_lacks_something_is_refused_and_nothing_is_written(missing: dict[str, Any]):
    with pytest.raises(Refusal) as raised, transaction.atomic():
        write(**missing)

    assert raised.value.code == "LED-002"
    assert (read(), kept_range()) == ([], CompactRange())


@pytest.mark.parametrize("kind", [OperationalError, InternalError])
def test_a_database_that_is_busy_or_broken_is_left_to_the_transaction_to_name(kind: type[Exception], monkeypatch):
    def fail(**_: object) -> None:
        raise kind("locked")

    monkeypatch.setattr(LedgerEntry.objects, "create", fail)
    with pytest.raises(kind):
        write()


@pytest.mark.parametrize("kind", [IntegrityError, DatabaseError, ValueError])
def test_a_line_that_cannot_be_written_is_refused(kind: type[Exception], monkeypatch):
    def fail(**_: object) -> None:
        raise kind("secret words")

    monkeypatch.setattr(LedgerEntry.objects, "create", fail)
    with pytest.raises(Refusal) as raised:
        write()

    assert (raised.value.code, raised.value.found) == ("LED-001", kind.__name__)


def test_a_number_that_is_taken_is_refused_and_the_tree_stays_as_it_was():
    write()
    before = kept_range()
    LedgerTree.objects.update(range_bytes=CompactRange().to_bytes())

    with pytest.raises(Refusal) as raised, transaction.atomic():
        write()

    assert raised.value.code == "LED-001"
    assert kept_range() == CompactRange()
    assert before.size == len(read()) == 1


def test_an_act_that_fails_after_its_line_leaves_neither_line_nor_tree():
    write()
    before = kept_range()

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        _ = (write(1, named_ids=MANY), 1 / 0)

    assert (len(read()), kept_range(), LedgerIds.objects.count()) == (1, before, 0)
    assert write(2) == 2


@pytest.mark.parametrize("bytes_kept", [b"", b"\x00", b"not a range at all"])
def test_a_tree_that_cannot_be_read_refuses_the_act_and_is_no_range(bytes_kept: bytes):
    LedgerTree.objects.update(range_bytes=bytes_kept)

    assert kept_range() is None
    for deed in (write, locked_range):
        with pytest.raises(Refusal) as raised:
            deed()
        assert raised.value.code == "LED-001" or raised.value.code.startswith("LED-")
    assert read() == []


def test_a_tree_that_is_missing_refuses_the_act_and_is_no_range():
    unguarded('DELETE FROM "ledger_tree"')

    assert kept_range() is None
    for deed in (write, locked_range):
        with pytest.raises(Refusal) as raised:
            deed()
        assert raised.value.code == "LED-001"


# --- the database itself refuses ---------------------------------------------------------------------------

ALTERED = [
    """UPDATE "ledger_entry" SET "actor" = 'another'""",
    """UPDATE "ledger_entry" SET "number" = 7 WHERE "number" = 1""",
    """UPDATE "ledger_entry" SET "leaf" = "leaf" """,
    """DELETE FROM "ledger_entry" WHERE "number" = 1""",
    """UPDATE "ledger_ids" SET "ids" = '[]'""",
    """DELETE FROM "ledger_ids" """,
    """DELETE FROM "ledger_tree" """,
]


@pytest.mark.parametrize("statement", ALTERED)
def test_the_database_refuses_to_alter_or_take_away_a_line(statement: str):
    write()
    write(1, named_ids=MANY)
    before = list(every_entry()), kept_ids(2), kept_range()

    with pytest.raises(DatabaseError), transaction.atomic():
        select_nothing(statement, [])

    assert (list(every_entry()), kept_ids(2), kept_range()) == before


def test_what_somebody_alters_behind_the_guards_is_read_as_it_stands_and_does_not_agree():
    write()
    write(1)
    unguarded("""UPDATE "ledger_entry" SET "actor" = 'another' WHERE "number" = 1""")

    (first, leaf), (_, second_leaf) = every_entry()
    assert first.actor == "another"
    assert leaf != ledger.leaf_hash(first)
    assert not ledger.verify_entries(every_entry(), kept_range(), (), None, kept_ids).ok
    assert len(second_leaf) == 32


def test_a_row_that_is_no_entry_any_more_is_read_as_unreadable_and_left_out_of_the_latest():
    for number in range(3):
        write(number, named_ids=["a", "b"])
    unguarded("""UPDATE "ledger_entry" SET "act" = 'made up' WHERE "number" = 2""")

    assert [type(entry) for entry in read()] == [Entry, Unreadable, Entry]
    assert [entry.number for entry in latest_entries(3)] == [3, 1]
    assert [entry.number for entry in latest_entries(2)] == [3]
    assert [entry.number for entry in that_name_both([Act.CONSULTATION], None, {"a"}, {"b"})] == [1, 3]


# --- read --------------------------------------------------------------------------------------------------


def test_entries_are_read_in_order_up_to_a_number():
    for number in range(5):
        write(-number)

    assert [entry.number for entry, _ in every_entry(3)] == [1, 2, 3]
    assert [entry.number for entry, _ in every_entry()] == [1, 2, 3, 4, 5]
    assert list(every_entry(0)) == []


def test_the_latest_entries_come_newest_first_and_no_more_than_asked():
    for number in range(4):
        write(-number)

    assert [entry.number for entry in latest_entries(2)] == [4, 3]
    assert [entry.number for entry in latest_entries(99)] == [4, 3, 2, 1]
    assert latest_entries(0) == []


def test_whether_anything_was_written_since_a_number():
    assert not has_entries_after(0)
    write()
    write()

    assert [has_entries_after(number) for number in range(4)] == [True, True, False, False]


def test_seals_are_read_from_lines_that_say_so_of_alterations_that_were_done():
    for outcome in ("done: sealed aaa", "done: corrected, sealed bbb", "done: sealed aaa", "done: opened ccc", "done",
                    "refused: sealed ddd", "done: sealed", "was done: sealed eee"):  # fmt: skip
        write(act=Act.ALTERATION, outcome=outcome)
    write(act=Act.CONSULTATION, outcome="done: sealed fff")

    assert seals_written() == {"aaa", "bbb"}


def test_no_seal_is_written_where_there_is_no_line():
    assert seals_written() == frozenset()


# --- who is named with whom --------------------------------------------------------------------------------


def named(since: datetime | None = None, acts: tuple[Act, ...] = (Act.CONSULTATION,), one: str = "a", other: str = "b"):
    return [entry.number for entry in that_name_both(acts, since, set(one), set(other))]


def test_entries_that_name_some_of_both_oldest_first():
    for ids in ("ab", "a", "b", "xaby", "cd", "xy"):
        write(named_ids=list(ids))

    assert named() == [1, 4]
    assert named(one="ac", other="bd") == [1, 4, 5]
    assert named(one="x", other="y") == [4, 6]
    assert named(one="a", other="z") == []
    assert named(one="", other="b") == []


def test_an_entry_that_names_one_handle_names_both_only_where_both_sets_have_it_and_another():
    write(named_ids=["a"])
    write(named_ids=["a", "b"])

    assert named(one="a", other="a") == [2]


@pytest.mark.parametrize(
    ("since", "found"),
    [
        (None, [1, 2, 3]),
        (NOON, [1, 2, 3]),
        (NOON + timedelta(microseconds=999_999), [1, 2, 3]),
        (NOON + timedelta(seconds=1), [2, 3]),
        (NOON + timedelta(hours=1), [2, 3]),
        (NOON + timedelta(hours=1, seconds=1), [3]),
        ((NOON + timedelta(hours=2)).astimezone(timezone(timedelta(hours=-5))), [3]),
        (NOON + timedelta(hours=3), []),
    ],
)
def test_entries_from_a_moment_on(since: datetime | None, found: list[int]):
    for number in range(3):
        write(number, named_ids=["a", "b"])

    assert named(since) == found


def test_only_entries_of_the_acts_asked_for():
    for act in (Act.CONSULTATION, Act.DISCLOSURE, Act.ALTERATION):
        write(act=act, named_ids=["a", "b"])

    assert named(acts=(Act.DISCLOSURE,)) == [2]
    assert named(acts=(Act.ALTERATION, Act.CONSULTATION)) == [1, 3]


def test_a_handle_is_looked_for_whole():
    write(named_ids=["aa", "bb"])

    assert [entry.number for entry in that_name_both([Act.CONSULTATION], None, {"a"}, {"b"})] == []
    assert [entry.number for entry in that_name_both([Act.CONSULTATION], None, {"aa"}, {"bb"})] == [1]


def test_an_entry_of_many_ids_is_looked_up_in_the_list_beside_it():
    write(named_ids=MANY)
    one, other, neither = {MANY[5]}, {MANY[9_000]}, {"f" * 16}

    assert [entry.number for entry in that_name_both([Act.CONSULTATION], None, one, other)] == [1]
    assert that_name_both([Act.CONSULTATION], None, one, neither) == []


@pytest.mark.parametrize("many", [ledger_entries._LOOKED_FOR, ledger_entries._LOOKED_FOR + 1])
def test_however_many_handles_are_looked_for(many: int):
    write(named_ids=["a", "b"])
    write(named_ids=["a"])
    one, other = {"a", *(f"x{number}" for number in range(many - 1))}, {"b", *(f"y{number}" for number in range(many))}

    assert [entry.number for entry in that_name_both([Act.CONSULTATION], None, one, other)] == [1]
    assert [entry.number for entry in that_name_both([Act.CONSULTATION], None, other, one)] == [1]


def test_the_row_of_the_tree_is_locked_where_a_database_can(django_assert_num_queries):
    with django_assert_num_queries(1) as asked:
        locked_range()

    assert ("FOR UPDATE" in asked.captured_queries[0]["sql"]) == (connection.vendor == "postgresql")
    assert select_rows('SELECT count(*) FROM "ledger_tree"') == [(1,)]
