"""Deliveries land one after the other, however long the one before takes; a lock is never left behind."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from tests.guarantees import dying
from tests.made.bigger import FIRST, delivery
from tests.made.deliveries import write
from tests.made.stores import Store, Stores

from duecare.settings import LOCK_WAIT_SECONDS
from duecare.store.database.process_locks import receiving_lock

pytestmark = pytest.mark.on_both_engines

engine = pytest.mark.skipif(os.environ.get("DUECARE_TEST_ENGINE") != "postgres", reason="a lock of PostgreSQL's")


def test_a_delivery_waits_for_the_one_before_past_the_lock_wait_of_pages(stores: Stores, tmp_path: Path):
    import time

    store = stores.new()
    path = write(delivery(3, FIRST + timedelta(days=1)), tmp_path / "pole-1")

    with store(), receiving_lock():
        process = dying.start(store.home, ["receive", str(path), "--json"], database_url=store.url)
        time.sleep(LOCK_WAIT_SECONDS + 1.5)
        waits = process.is_alive()

    assert waits
    assert dying.finish(process)[0] == 0


@engine
def test_a_release_that_fails_frees_the_lock_with_its_connection(store: Store):
    from django.db import OperationalError, connection

    def fails(execute, sql, params, many, context):
        if "unlock" in sql:
            raise OperationalError("a seeded failure")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(fails), receiving_lock():
        pass

    with psycopg.connect(store.url, autocommit=True) as other:
        other.execute("SET lock_timeout = '20s'")  # the server may notice late that the connection went
        other.execute("SELECT pg_advisory_lock(20161125)")
