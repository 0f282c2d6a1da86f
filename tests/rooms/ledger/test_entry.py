"""One entry: what is written, its bytes, its leaf, and reading it back from a row that somebody has been at."""

import hashlib
import json
import random
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.made import ledger as made

from duecare.ledger import (
    IDS_HELD_IN_ENTRY,
    Act,
    Entry,
    Unreadable,
    as_row,
    canonical_bytes,
    hash_ids,
    leaf_hash,
    read_leaf,
    read_row,
)
from duecare.vocabulary.refusals import Refusal

AT = datetime(2026, 3, 1, 9, 30, 0, 999_999, UTC)


def test_an_entry_is_written_in_the_bytes_of_rfc_8785():
    entry = Entry.of(7, AT, "officer-a", Act.DISCLOSURE, "review", ["b", "a", "b"], recipient="school")

    assert canonical_bytes(entry) == (
        b'{"act":"disclosure","actor":"officer-a","at":"2026-03-01T09:30:00+00:00","count":2,"ids":["a","b"],'
        b'"number":7,"outcome":"done","purpose":"review","recipient":"school"}'
    )
    assert leaf_hash(entry) == hashlib.sha256(b"\0" + canonical_bytes(entry)).digest()


def test_the_acts_are_the_six_of_section_62():
    assert [str(act) for act in Act] == [
        "collection",
        "alteration",
        "consultation",
        "disclosure",
        "combination",
        "erasure",
    ]


def test_the_time_is_kept_in_utc_and_cut_to_the_second():
    abroad = AT.astimezone(timezone(timedelta(hours=5)))

    assert Entry.of(1, abroad, "a", Act.ERASURE, "p").at == datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


def test_ten_thousand_ids_are_held_and_one_more_is_hashed():
    ids = [f"{number:05d}" for number in range(IDS_HELD_IN_ENTRY + 1)]

    held = Entry.of(1, AT, "a", Act.CONSULTATION, "p", reversed(ids[:-1]))
    hashed = Entry.of(1, AT, "a", Act.CONSULTATION, "p", reversed(ids))

    assert (held.ids, held.ids_hash, held.count) == (tuple(ids[:-1]), "", 10_000)
    written = hashlib.sha256(json.dumps(ids, separators=(",", ":")).encode()).hexdigest()
    assert (hashed.ids, hashed.ids_hash, hashed.count) == ((), written, 10_001)
    assert b'"ids"' not in canonical_bytes(hashed)


@pytest.mark.parametrize(
    "wrong",
    [
        {"actor": ""},
        {"purpose": ""},
        {"outcome": ""},
        {"number": 0},
        {"number": 2**53},
        {"at": datetime(2026, 3, 1)},  # noqa: DTZ001 - the fault looked for
        {"purpose": "\ud800"},
        {"ids": ["\udfff"]},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_an_act_that_is_not_fully_described_is_refused(wrong):
    told = {"number": 1, "at": AT, "actor": "a", "act": Act.COLLECTION, "purpose": "p", "outcome": "done", **wrong}

    with pytest.raises(Refusal) as refused:
        Entry.of(**told)

    assert refused.value.code == "LED-002"
    assert "\ud800" not in str(refused.value)


texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
entries = st.builds(
    Entry.of,
    st.integers(1, 2**53 - 1),
    st.datetimes(timezones=st.just(UTC)),
    texts,
    st.sampled_from(Act),
    texts,
    st.lists(texts, max_size=5),
    recipient=texts,
    outcome=texts,
)


@given(entries)
def test_a_row_written_and_read_back_is_the_same_entry(entry):
    assert read_row(as_row(entry)) == entry
    assert read_row({**as_row(entry), "at": entry.at, "ids": list(entry.ids)}) == entry


@given(entries, st.data())
def test_whatever_is_put_in_a_row_reading_never_fails_and_never_gives_the_same_leaf(entry, data):
    row = as_row(entry)
    column = data.draw(st.sampled_from(sorted(row)))
    junk = st.one_of(st.none(), st.text(max_size=8), st.integers(), st.floats(), st.binary(max_size=4), st.booleans())
    value = data.draw(junk.filter(lambda one: one != row[column] or type(one) is not type(row[column])))

    read = read_row({**row, column: value})

    assert isinstance(read, Unreadable) or column == "ids_hash" or unlike(read, entry)


def unlike(read, entry):
    try:
        return leaf_hash(read) != leaf_hash(entry)
    except Exception:  # noqa: BLE001 - bytes that cannot be written are not the bytes that were
        return True


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "2026-03-01T09:30:00Z"),
        ("at", "2026-03-01T09:30:00.5+00:00"),
        ("at", datetime(2026, 3, 1, 9, 30, 0, 5, UTC)),
        ("at", datetime(2026, 3, 1, 9, 30)),  # noqa: DTZ001 - the fault looked for
        ("ids", '["a", "b"]'),
        ("ids", '["a",2]'),
        ("ids", "[" * 100_000),
        ("ids_hash", "0" * 64),
    ],
)
def test_another_spelling_of_the_same_is_another_row(column, value):
    row = as_row(Entry.of(1, AT, "officer-a", Act.DISCLOSURE, "review", ["a", "b"]))

    assert isinstance(read_row({**row, column: value}), Unreadable)


def test_a_row_without_its_columns_is_unreadable():
    assert read_row({}) == Unreadable(None, "number is not a whole number")
    assert read_row({"number": 3}) == Unreadable(3, "act is none of the six")


@pytest.mark.parametrize("stored", [None, "", "aa" * 32, 32, [1]])
def test_what_is_no_bytes_is_no_leaf(stored):
    assert read_leaf(stored) == b""


def test_a_leaf_is_read_however_the_database_hands_it_over():
    assert read_leaf(memoryview(b"a")) == read_leaf(bytearray(b"a")) == read_leaf(b"a") == b"a"


def test_an_unreadable_row_never_shows_its_content():
    row = as_row(made.entry(1, random.Random(1)))

    told = [read_row({**row, column: ["canary"]}) for column in row]

    assert [one for one in told if isinstance(one, Unreadable) and "canary" in one.reason] == []


def test_the_hash_of_ids_is_of_the_list_as_it_is_sorted():
    assert hash_ids(["a", "b"]) != hash_ids(["b", "a"])
