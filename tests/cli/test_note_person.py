"""From the command line: nobody is recorded without a look, and an unborn child becomes the born one by edit."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta

import pytest
from tests.made.deliveries import Made, write

PLACE = {"address": "12 Zennor Street", "postcode": "NM1 2AB"}
TODAY = datetime.now(UTC).date()
DUE = (TODAY + timedelta(days=30)).isoformat()
MOTHER = Made(
    {
        "persons": [
            {"record_id": "M", "given_names": "Quillabon", "family_name": "Zarathorn", "date_of_birth": "1994-06-01", **PLACE},
            {"record_id": "X", "given_names": "Merriget", "family_name": "Ostle", "date_of_birth": "1980-01-09"},
        ],
    }
)  # fmt: skip


@pytest.fixture
def held(fresh, tmp_path):
    """The program, on a store in which there is a mother, linked."""
    done = fresh("run", write(MOTHER, tmp_path / "pole-2026-01-01"), "--json")
    assert done.code == 0, done.err
    return fresh


def people(program, folder):
    """Which record is whose."""
    file = folder / "whose.csv"
    assert program("people", "export", file).code == 0
    with file.open() as lines:
        return {f"{row['source']}:{row['record_id']}": row["person"] for row in csv.DictReader(lines)}


def test_a_look_comes_first_and_the_record_is_one_however_often_it_is_sent(held, tmp_path):
    words = ["--given", "Ossery", "--family", "Vardle", "--born", "2013-02-01"]
    decide = ["--is", "none", "--how", "A call", "--area", "Eastmoor"]

    refused = held("note-person", *words, *decide, "--seen", "none", "--json")
    look = held("note-person", *words, "--json").json
    first, again = (held("note-person", *words, *decide, "--seen", look["seen"], "--json").json for _ in range(2))

    assert (refused.code, "REC-002" in refused.err) == (12, True)
    assert look["found"] == []
    assert (first["record"], first["again"], again["again"]) == (again["record"], False, True)
    assert len(people(held, tmp_path)) == 3


def test_an_unborn_child_is_born_by_edit_and_is_joined_to_another_systems_record_by_a_human_only(held, tmp_path):
    mother = people(held, tmp_path)["pole:M"]
    words = ["--family", "Zarathorn", "--due", DUE, "--mother", mother]
    words += ["--address", PLACE["address"], "--postcode", PLACE["postcode"]]
    look = held("note-person", *words, "--json").json
    decide = ["--seen", look["seen"], "--is", "none", "--how", "A midwife rang", "--area", "Eastmoor"]
    record = held("note-person", *words, *decide, "--json").json["record"]
    before = people(held, tmp_path)
    born = {
        "record_id": "B",
        "given_names": "Ada",
        "family_name": "Zarathorn",
        "date_of_birth": TODAY.isoformat(),
        **PLACE,
    }

    held("run", write(Made({"persons": [born]}), tmp_path / "pole-2026-01-02"))
    while_unborn = people(held, tmp_path)
    kept_apart = held("why", record, "pole:B", "--json").json
    held("judge", record, "pole:B", "same", "--reason", "The midwife knows both")
    by_a_human = people(held, tmp_path)
    birth = ["note-birth", record, "--given", "Ada", "--family", "Zarathorn", "--born", TODAY.isoformat()]
    assert held(*birth, "--json").json == {"record": record, "others": []}
    after = people(held, tmp_path)

    assert before[record] != mother
    assert while_unborn[record] == before[record] != while_unborn["pole:B"]
    assert (kept_apart["judgement"], by_a_human[record]) == (None, by_a_human["pole:B"])
    assert after[record] == after["pole:B"] != mother
    assert sum(one.startswith("duecare:") for one in after) == 1
    assert held("person", before[record], "--json").json["names"]
