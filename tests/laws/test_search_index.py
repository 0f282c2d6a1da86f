"""However deliveries, withdrawals, seals and linkages follow one another, the index is the one that is made from the facts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.made.deliveries import Made, write
from tests.made.stores import InProcess, Stores, asking

from duecare.vocabulary.moments import iso_text

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
SAID = {
    "given_names": ["Ana", "Anna", "Bob"],
    "family_name": ["Smith", "Smyth", ""],
    "date_of_birth": ["2009-05-04", "2009-05", ""],
    "postcode": ["NM1 2AB", ""],
    "address": ["12 Ash Road", ""],
    "protected_address": ["", "true"],
    "sealed": ["", "", "true"],
    "online_names": ["moth", ""],
    "phone": ["07700 900123", ""],
}
ROW = st.fixed_dictionaries(
    {"record_id": st.sampled_from(["r1", "r2", "r3", "r4"]), "deleted": st.sampled_from(["", "", "", "true"])}
    | {name: st.sampled_from(values) for name, values in SAID.items()}
)
DEED = st.one_of(st.lists(ROW, min_size=1, max_size=3, unique_by=lambda row: row["record_id"]), st.just("link"))


def index() -> dict[str, Any]:
    """All that the index holds."""
    from duecare.store.database.sql_rows import select_rows

    tables = ("search_record", "search_key", "search_term", "search_word")
    return {
        table: sorted(
            tuple(bytes(v) if isinstance(v, memoryview) else v for v in row)
            for row in select_rows(f'SELECT * FROM "{table}"')
        )
        for table in tables
    }


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(DEED, min_size=1, max_size=4))
def test_updated_bit_by_bit_the_index_equals_a_rebuilt_one(deeds: list[Any], stores: Stores, tmp_path: Path) -> None:
    from duecare.extract import delivery
    from duecare.store.search.search_index import rebuild_index, update_index
    from duecare.use_cases.deliveries.receive_delivery import receive_files
    from duecare.use_cases.linkage.link_all import link_all_records

    with stores.some(1) as (store,), store() as config, pytest.MonkeyPatch.context() as patch:
        patch.setattr(delivery, "Child", InProcess)
        for number, deed in enumerate(deeds):
            now = NOW + timedelta(hours=number)
            if deed == "link":
                link_all_records(asking(now), config)
            else:
                rows = [{**row, "written_at": iso_text(now)} for row in deed]
                path = write(Made({"persons": rows}, source="made", extracted_at=now), store.home / f"made-{number}")
                (took,) = receive_files(asking(now), config, [path])
                assert took.status == "accepted", took.reasons
            assert update_index().is_whole
        kept = index()

        rebuild_index()

        assert index() == kept
        assert all(number > 0 for _, number in kept["search_term"])
