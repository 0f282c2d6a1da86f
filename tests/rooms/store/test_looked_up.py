"""What is known of a row is looked up by its key, however much else is held."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.made.stores import NOW, Store

from duecare.record.pole import CaseKey
from duecare.store.facts import fact_lookup, officer_roster

CASES = [CaseKey("pole", f"C{number}") for number in range(3)]
ASKED: dict[str, Callable[[], object]] = {
    "now": lambda: fact_lookup.cases_known(CASES, None),
    "by the deliveries up to one": lambda: fact_lookup._standing_versions("cases", CASES, None, 3),
    "events": lambda: fact_lookup.events_known([("pole", "E1")], None),
    "officers": lambda: officer_roster._standing_of_sheet("officers", None, 3),
}


@pytest.mark.parametrize("asked", ASKED)
def test_facts_are_found_by_source_and_sheet_never_by_going_through_deliveries(store: Store, asked: str):
    from django.db import connection

    from duecare.store.models import Delivery

    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL plans by how many rows it has")
    Delivery.objects.create(number=1, name="one", source="pole", scope="full", received_at=NOW, state="accepted")
    steps: list[list[str]] = []

    def planned(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if 'FROM "fact" f' in sql:
            rows = connection.connection.execute(
                "EXPLAIN QUERY PLAN " + sql.replace("%s", "?"), tuple(params)
            ).fetchall()
            steps.append([row[3] for row in rows])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(planned):
        ASKED[asked]()

    assert steps
    for first, *_ in steps:
        assert first.startswith("SEARCH f USING INDEX fact_key (source=? AND sheet=?"), first
