"""G1: a read writes its line in the ledger, and nothing else: no page recomputes what is kept, links or publishes."""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from tests.guarantees.test_g1_reads_are_logged import AUDIT_ACCOUNTS, Walk, every_page, in_the_store, walk
from tests.made.few_cases import ACCOUNTS

__all__ = ["in_the_store", "walk"]
pytestmark = pytest.mark.guarantee

LEDGER = frozenset({"ledger_entry", "ledger_ids", "ledger_tree", "handle"})
SESSIONS = frozenset({"django_session", "store_account", "account"})
WRITES = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM|REPLACE INTO|COPY)\s+"?(\w+)"?', re.IGNORECASE)


def contents() -> dict[str, str]:
    """A hash of every row of each table."""
    from django.db import connection

    return {table: contents_of(table) for table in connection.introspection.table_names()}


def contents_of(table: str) -> str:
    """A hash of every row of this table."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        rows = [repr([bytes(v) if isinstance(v, memoryview) else v for v in row]) for row in cursor.fetchall()]
    return hashlib.sha256("\n".join(sorted(rows)).encode()).hexdigest()


@contextmanager
def statements_that_write() -> Iterator[list[str]]:
    """The tables that are written to meanwhile, one for each statement."""
    from django.db import connection

    tables: list[str] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if match := WRITES.match(sql):
            tables.append(match[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield tables


def reads_that_write(walk: Walk, accounts: tuple[str, ...]) -> tuple[int, list[str]]:
    """How many pages were read, and which wrote more than their line in the ledger and the session.

    Shape:   what is tried in a transaction that is undone, to show what a deed would change, leaves nothing behind.
    """
    wrong, reads = [], 0
    before = known = contents()
    for account, (_, method, address) in itertools.product(accounts, every_page()):
        with statements_that_write() as tables:
            status, _ = walk.page(account, method, address)
        reads += 1
        if (others := set(tables) - LEDGER - SESSIONS) and any(known[name] != contents_of(name) for name in others):
            wrong.append(f"{account} {method} {address} ({status}) writes to {sorted(others)}")
            known = contents()
    after = contents()
    changed = {table for table in before.keys() | after.keys() if before.get(table) != after.get(table)}
    wrong += [f"{table} changed" for table in sorted(changed - LEDGER - SESSIONS)]
    assert "ledger_entry" in changed
    return reads, wrong


@pytest.mark.long_on_postgres
def test_a_read_writes_its_line_in_the_ledger_and_nothing_else(walk, assured, is_whole_run):
    accounts = (*ACCOUNTS, *AUDIT_ACCOUNTS) if is_whole_run else ("lead", "nine", "insp")
    reads, wrong = reads_that_write(walk, accounts)

    assert wrong == []
    assert reads > 50 * len(accounts)
    assured("G1", method=f"every page that reads, by {len(accounts)} accounts, every table compared", n=reads,
            figure="tables written to but ledger and sessions: 0", pass_mark="0")  # fmt: skip


def test_counter_a_page_that_refreshes_findings_is_seen(walk, monkeypatch):
    from duecare.assessment.list_moment import list_moment
    from duecare.store.findings import assessment_runs
    from duecare.use_cases.casework import view_worklist

    def refreshing(run: Any, now: Any) -> Any:
        assessment_runs.looked_at(run, now)
        return list_moment(run, now)

    monkeypatch.setattr(view_worklist, "list_moment", refreshing)

    _, wrong = reads_that_write(walk, ("chief",))

    assert any("/worklist/" in one for one in wrong)
    assert "assess_run changed" in wrong
