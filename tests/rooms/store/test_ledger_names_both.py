"""Which lines of the ledger name both of two people, however many records either has, and however many a line names."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.made.stores import Stores

from duecare.ledger import Act
from duecare.store.database.transaction import transaction
from duecare.store.ledger import ledger_entries
from duecare.store.ledger.ledger_entries import that_name_both

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
ONE = {"aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaab"}
OTHER = {f"{number:016x}" for number in range(60)}
WIDE = {f"f{number:015x}" for number in range(20_000)}
LINES = (
    ONE,
    OTHER,
    ONE | OTHER,
    {"aaaaaaaaaaaaaaaa", f"{7:016x}"},
    WIDE,
    WIDE | {"aaaaaaaaaaaaaaab", f"{3:016x}"},
    WIDE | {"aaaaaaaaaaaaaaab"},
)
BOTH = (2, 3, 5)


@pytest.fixture
def lines(stores: Stores, tmp_path: Path):
    """The numbers of the entries, an hour apart."""
    with stores.new()():
        numbers = []
        for hours, ids in enumerate(LINES):
            with transaction():
                at = NOON + timedelta(hours=hours)
                numbers.append(
                    ledger_entries.write_entry(
                        Act.CONSULTATION, actor="somebody", purpose="a test", happened_at=at, named_ids=ids
                    )
                )
        yield numbers


@pytest.mark.parametrize("looked_for", [0, 1, 2, 40, 100])
def test_the_lines_that_name_both_are_found_whether_the_database_or_the_reader_looks(lines, monkeypatch, looked_for):
    monkeypatch.setattr(ledger_entries, "_LOOKED_FOR", looked_for)
    expected = [lines[place] for place in BOTH]

    for one, other in ((ONE, OTHER), (OTHER, ONE)):
        found = that_name_both((Act.CONSULTATION,), None, one, other)
        assert [entry.number for entry in found] == expected
        later = that_name_both((Act.CONSULTATION,), NOON + timedelta(hours=3), one, other)
        assert [entry.number for entry in later] == expected[1:]
    assert that_name_both((Act.DISCLOSURE,), None, ONE, OTHER) == []
    assert that_name_both((Act.CONSULTATION,), None, ONE, set()) == []


def test_passing_over_the_lines_that_hold_only_the_hash_of_their_names_turns_this_red(lines, monkeypatch):
    """The counter."""
    real = ledger_entries.stream_rows

    def without_hashes(sql, values):
        return real(sql.replace("\"ids_hash\" <> ''", "1 = 0"), values)

    monkeypatch.setattr(ledger_entries, "stream_rows", without_hashes)

    assert [entry.number for entry in that_name_both((Act.CONSULTATION,), None, ONE, OTHER)] == [lines[2], lines[3]]
