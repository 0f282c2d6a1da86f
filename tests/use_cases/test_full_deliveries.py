"""A full delivery says what is no longer there; whatever the order of arrival, the same is held afterwards."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.made.deliveries import Made, write
from tests.made.stores import Store, Stores, asking

from duecare.person.identity import record_person_id
from duecare.record.pole import RecordKey
from duecare.store.facts.fact_lookup import facts_of_person
from duecare.use_cases.deliveries.receive_delivery import receive_files
from duecare.use_cases.operations.store_digest import read_digest

pytestmark = pytest.mark.usefixtures("read_in_process")


def on(day: int) -> datetime:
    return datetime(2020, 1, day, tzinfo=UTC)


def person(name: str, day: int | None = None, **more: str) -> dict[str, str]:
    row = {"record_id": name, "given_names": "Made", "family_name": f"Up-{name}", **more}
    return {**row, "written_at": on(day).isoformat()} if day else row


def full(day: int, *rows: dict[str, str]) -> Made:
    return Made({"persons": rows}, extracted_at=on(day), scope="full", header={"persons": ["family_name"]})


def changes(*rows: dict[str, str]) -> Made:
    return Made({"persons": rows})


def take(store: Store, folder: Path, made: list[Made], *, confirmed: bool = True):
    with store() as config:
        paths = [write(one, folder / f"pole-{number}") for number, one in enumerate(made)]
        return receive_files(asking(), config, paths, confirmed=confirmed)


def standing(store: Store, *names: str) -> set[str]:
    with store():
        return {
            name
            for name in names
            if RecordKey("pole", name) in facts_of_person(record_person_id(RecordKey("pole", name)), None)[1].persons
        }


ORDERS = {
    "absent from one full delivery": [changes(person("A", 1), person("B", 1)), full(5, person("A", 1))],
    "absent from the later of two": [full(3, person("A", 1), person("B", 2)), full(5, person("A", 1))],
    "written after the extract that holds it": [changes(person("A", 1)), full(5, person("A", 7), person("B", 1))],
    "set aside in the full delivery": [
        changes(person("A", 1)),
        full(5, {**person("A"), "written_at": "never"}, person("B", 1)),
    ],
    "a row without a key": [changes(person("A", 1)), full(5, person("", 4), person("B", 1))],
    "an empty file": [changes(person("A", 1)), full(5)],
    "withdrawn, then written again": [
        changes(person("A", 1)),
        full(5, person("B", 1)),
        changes(person("A", 6, given_names="Anew")),
    ],
    "withdrawn, and an older version late": [full(5, person("B", 1)), changes(person("A", 1)), changes(person("A", 4))],
}


@pytest.mark.parametrize("made", ORDERS.values(), ids=ORDERS)
def test_any_order_of_full_deliveries_gives_the_same(stores: Stores, tmp_path: Path, made: list[Made]):
    held = []

    for number, order in enumerate(itertools.permutations(made)):
        store = stores.new()
        take(store, tmp_path / str(number), list(order))
        with store() as config:
            held.append((read_digest(asking(), config).parts["facts"], standing(store, "A", "B")))

    assert held == [held[0]] * len(held)


@pytest.mark.parametrize(
    ("case", "left"),
    [
        ("absent from one full delivery", "A"),
        ("absent from the later of two", "A"),
        ("written after the extract that holds it", "AB"),
        ("set aside in the full delivery", "AB"),
        ("a row without a key", "AB"),
        ("an empty file", ""),
        ("withdrawn, then written again", "AB"),
        ("withdrawn, and an older version late", "B"),
    ],
)
def test_what_a_full_delivery_no_longer_holds_is_withdrawn(stores: Stores, tmp_path: Path, case: str, left: str):
    store = stores.new()

    take(store, tmp_path, ORDERS[case])

    assert standing(store, "A", "B") == set(left)


def test_the_row_that_is_to_be_set_aside_is(stores: Stores, tmp_path: Path):
    took = take(stores.new(), tmp_path, ORDERS["set aside in the full delivery"])

    assert [one.set_aside for one in took] == [0, 1]
