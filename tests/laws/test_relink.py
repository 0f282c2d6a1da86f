"""Linked bit by bit, as records come and go, people are those that weighing everybody again at once would give."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.made.deliveries import Made, write
from tests.made.stores import InProcess, Stores, asking

from duecare.record.pole import RecordKey
from duecare.vocabulary.moments import iso_text

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
SAID = {
    "given_names": ["Ana", "Anna", "Robert", "Bob", "Robret", "Smith"],
    "family_name": ["Smith", "Smyth", "Ana", "Jones"],
    "date_of_birth": ["2009-05-04", "2009-04-05", "2009-05-14", "1980-01-02", ""],
    "sex": ["F", "M", ""],
    "postcode": ["NM1 2AB", "NM9 9ZZ", ""],
    "address": ["12 Ash Road", "3 Oak Close", ""],
    "nhs_number": ["", "", "9990000018", "9990000026"],
    "phone": ["07700 900123", ""],
    "sealed": ["", "", "", "true"],
    "protected_address": ["", "", "true"],
}
ROW = st.fixed_dictionaries(
    {"record_id": st.sampled_from([f"r{n}" for n in range(8)]), "deleted": st.sampled_from(["", "", "", "true"])}
    | {name: st.sampled_from(values) for name, values in SAID.items()}
)
DELIVERIES = st.lists(
    st.lists(ROW, min_size=1, max_size=4, unique_by=lambda row: row["record_id"]), min_size=2, max_size=5
)


def people() -> dict[tuple[str, str], str]:
    """Whose is each record by the linkage in force?"""
    from duecare.store.database.sql_rows import select_rows
    from duecare.store.linkage.linked_people import link_run_in_force

    rows = select_rows(
        'SELECT "source", "record_id", "person" FROM "membership" WHERE "run_id" = %s', [link_run_in_force()]
    )
    return {(source, record_id): person for source, record_id, person in rows}


def take(store: Any, config: Any, number: int, rows: list[Any]) -> datetime:
    from duecare.use_cases.deliveries.receive_delivery import receive_files

    now = NOW + timedelta(hours=number)
    path = write(
        Made({"persons": [{**row, "written_at": iso_text(now)} for row in rows]}, source="made", extracted_at=now),
        store.home / f"made-{number}",
    )
    (took,) = receive_files(asking(now), config, [path])
    assert took.status == "accepted", took.reasons
    return now


@pytest.mark.long_on_postgres
@settings(
    max_examples=min(10, settings.default.max_examples // 3),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(deliveries=DELIVERIES)
def test_linked_record_by_record_people_are_those_of_weighing_everybody_again(
    deliveries: list[list[Any]], stores: Stores, tmp_path: Path
) -> None:
    differ, linked = differences(deliveries, stores)

    assert differ == {}
    assert linked >= 1


def differences(deliveries: list[list[Any]], stores: Stores) -> tuple[dict[Any, Any], int]:
    """Whose people differ where only the first delivery was linked as a whole, and how many were linked bit by bit?

    Shape:   both follow how frequent each name was when the first was linked; how far that is from linking all again, where
             they are counted again, is measured on the made-up force.
    """
    from duecare.extract import delivery
    from duecare.store.database.transaction import transaction
    from duecare.use_cases.linkage.link_affected import link_affected
    from duecare.use_cases.linkage.link_all import link_all_records
    from duecare.use_cases.linkage.regroup_people import regroup_records

    linked = 0
    with stores.some(1) as (store,), store() as config, pytest.MonkeyPatch.context() as patch:
        patch.setattr(delivery, "Child", InProcess)
        for number, rows in enumerate(deliveries):
            now = take(store, config, number, rows)
            if number:
                linked += link_affected(asking(now), config).records
            else:
                link_all_records(asking(now), config)
        bit_by_bit = people()
        with transaction():
            regroup_records(config, [], changed=[RecordKey(*one) for one in bit_by_bit])
        whole = people()
    return {
        one: (bit_by_bit.get(one), whole.get(one))
        for one in bit_by_bit.keys() | whole.keys()
        if bit_by_bit.get(one) != whole.get(one)
    }, linked


def test_a_linkage_that_forgets_whoever_was_tied_before_turns_this_red(stores: Stores, monkeypatch: Any) -> None:
    """The counter: where what a record hung together with is not looked at again, a tie that is gone stays."""
    from duecare.use_cases.linkage import regroup_people

    one = {name: values[0] for name, values in SAID.items()} | {"deleted": ""}
    first = [{**one, "record_id": "r1"}, {**one, "record_id": "r2"}]
    other = {**one, "given_names": "Robert", "date_of_birth": "1980-01-02", "nhs_number": "9990000026"}
    changed = [{**other, "record_id": "r1", "family_name": "Jones", "address": "3 Oak Close", "postcode": "NM9 9ZZ"}]

    assert differences([first, changed], stores)[0] == {}
    monkeypatch.setattr(regroup_people, "all_records_of", lambda _people: set())
    assert differences([first, changed], stores)[0] != {}
