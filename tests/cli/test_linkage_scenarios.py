"""Families, namesakes and spoilt numbers through the commands: who is one person by the machine alone, who is for a human.

SC08, SC09 and SC10 of the acceptance scenarios, and others in their pattern.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.cli.conftest import Inside, inside
from tests.made.deliveries import Made, Row, write
from tests.made.long_runs import mostly_long
from tests.made.stores import Stores

pytestmark = pytest.mark.one_engine  # what the records say is compared, not how they are kept

HOME = {"address": "12 Ash Road, Northmoor", "postcode": "NM1 2AB"}
ANA: Row = {"given_names": "Ana", "family_name": "Maris", "date_of_birth": "2010-05-14", "sex": "F", **HOME}


def child(record_id: str, **said: str) -> dict[str, str]:
    """Ana Maris, but for what is said."""
    return {**ANA, "record_id": record_id, "written_at": "2024-03-01T09:00:00+00:00", **said}


@dataclass(frozen=True)
class Family:
    """Records by source, who of them is one person by the machine alone, and on which pairs a human is asked, and why?

    Shape:   records as `source:record_id`; every other two are different people. `asked` holds words of the guard's reason;
             empty where the pair is only not strong enough.
    """

    said: dict[str, list[dict[str, str]]]
    one_person: tuple[tuple[str, ...], ...] = ()
    asked: dict[tuple[str, str], str] = field(default_factory=dict)


FAMILIES = {
    "SC10 twins, each with a number of their own": Family(
        {
            "merlin2": [child("A", given_names="Ana", nhs_number="9990000018")],
            "cris2": [child("B", given_names="Anna", nhs_number="9990000026")],
        },
        asked={("cris2:B", "merlin2:A"): "valid identifier of the same kind, and the two differ"},
    ),
    "twins without numbers": Family(
        {"merlin2": [child("A", given_names="Ana")], "cris2": [child("B", given_names="Anna")]},
        asked={("cris2:B", "merlin2:A"): "twins"},
    ),
    "twins, one entered under the other's number": Family(
        {
            "merlin2": [child("A", given_names="Ana", nhs_number="9990000018")],
            "cris2": [child("B", given_names="Petra", nhs_number="9990000018")],
        },
        asked={("cris2:B", "merlin2:A"): "one entered under the other's number"},
    ),
    "brother and sister, a year and a half apart": Family(
        {
            "merlin2": [child("A", given_names="Petra")],
            "cris2": [child("B", given_names="Peter", sex="M", date_of_birth="2008-11-02")],
        },
    ),
    "brothers whose names begin alike, one birthday": Family(
        {
            "merlin2": [child("A", given_names="Marcin", sex="M", date_of_birth="2010-05-14")],
            "cris2": [child("B", given_names="Marek", sex="M", date_of_birth="2012-05-14")],
        },
    ),
    "father and son of one name": Family(
        {
            "merlin2": [child("A", given_names="Jan", sex="M", date_of_birth="2010-05-14")],
            "cris2": [child("B", given_names="Jan", sex="M", date_of_birth="1979-09-30")],
        },
        asked={("cris2:B", "merlin2:A"): "parent and child of one name"},
    ),
    "namesakes at one address, cousins born years apart": Family(
        {
            "merlin2": [child("A", given_names="Ewa", date_of_birth="2006-01-09")],
            "cris2": [child("B", given_names="Ewa", date_of_birth="2013-07-22")],
        },
        asked={("cris2:B", "merlin2:A"): "birth dates differ"},
    ),
    "namesakes at one address of whom nobody has said when they were born": Family(
        {"merlin2": [child("A", date_of_birth="")], "cris2": [child("B", date_of_birth="")]},
        asked={("cris2:B", "merlin2:A"): "neither a birth date nor an identifier"},
    ),
    "one child in three systems, spelt three ways": Family(
        {
            "merlin2": [child("A")],
            "cris2": [child("B", family_name="Marris", address="12 Ash Rd Northmoor")],
            "cad2": [child("C", date_of_birth="2010-05-15")],
        },
        one_person=(("cad2:C", "cris2:B", "merlin2:A"),),
    ),
    "an adopted child, whose family name and home are others now, by a number that stayed": Family(
        {
            "merlin2": [child("A", nhs_number="9990000018")],
            "cris2": [
                child("B", family_name="Sowa", nhs_number="999 000 0018", address="3 Oak Close", postcode="NM9 1ZZ")
            ],
        },
        one_person=(("cris2:B", "merlin2:A"),),
    ),
    "an adopted child, whose family name and home are others now, and no number": Family(
        {
            "merlin2": [child("A")],
            "cris2": [child("B", family_name="Sowa", address="3 Oak Close", postcode="NM9 1ZZ")],
        },
    ),
    "SC08 one PNC ID written three ways": Family(
        {
            "merlin2": [child("A", family_name="Smith", pnc_id="99/123456X", date_of_birth="1985-02-03", sex="M")],
            "cris2": [child("B", family_name="Smyth", pnc_id="1999/0123456X", date_of_birth="1985-02-03", sex="M")],
            "cad2": [child("C", family_name="SMITH", pnc_id="99/0123456x", date_of_birth="1985-02-03", sex="M")],
        },
        one_person=(("cad2:C", "cris2:B", "merlin2:A"),),
    ),
    "SC09 numbers whose check letter fails are no keys": Family(
        {
            "merlin2": [child("A", pnc_id="99/123456Y", given_names="Jan", sex="M", date_of_birth="1985-02-03")],
            "cris2": [
                child("B", pnc_id="99/123456Y", given_names="Otto", family_name="Krull", sex="M", address="3 Oak Close",
                      postcode="NM9 1ZZ", date_of_birth="1991-12-30"),
                child("C", pnc_id="90/570L", given_names="Ida", family_name="Wren", address="", postcode="",
                      date_of_birth="2001-01-01"),
            ],
            "cad2": [child("D", pnc_id="90/570L", given_names="Uwe", family_name="Lark", sex="M", address="", postcode="",
                           date_of_birth="1966-06-06")],
        },
    ),
    "two who share a home and a telephone, a mother and her daughter": Family(
        {
            "merlin2": [child("A", phone="07700 900123")],
            "cris2": [child("B", given_names="Inga", date_of_birth="1984-08-19", phone="07700 900123")],
        },
    ),
}  # fmt: skip


@pytest.fixture
def program(stores: Stores, tmp_path: Path) -> Inside:
    """A small store of its own."""
    return inside(stores.new(), tmp_path)


def linked(program: Inside, folder: Path, said: dict[str, list[dict[str, str]]]) -> dict[str, str]:
    """Deliver these and link them; whose is each record?"""
    paths = [write(Made({"persons": rows}, source=source), folder / f"{source}-1") for source, rows in said.items()]
    assert program("receive", *paths).code == 0
    assert program("link").code == 0
    out = folder / "people.csv"
    program("people", "export", out)
    with out.open(encoding="utf-8") as file:
        return {f"{row['source']}:{row['record_id']}": row["person"] for row in csv.DictReader(file)}


def groups(whose: dict[str, str]) -> set[tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for record, person in sorted(whose.items()):
        found.setdefault(person, []).append(record)
    return {tuple(records) for records in found.values() if len(records) > 1}


@pytest.mark.parametrize("name", mostly_long(FAMILIES, list(FAMILIES)[::2]))
def test_who_is_one_person_by_the_machine_alone_and_of_whom_a_human_is_asked(
    program: Inside, tmp_path: Path, name: str
) -> None:
    family = FAMILIES[name]

    whose = linked(program, tmp_path, family.said)

    assert len(whose) == sum(map(len, family.said.values()))
    assert groups(whose) == set(family.one_person)
    for (a, b), reason in family.asked.items():
        said = program("why", a, b, "--json").json
        assert reason in said["held"]
        assert not said["judgement"]


def test_three_spellings_of_one_number_stay_three_records_and_each_is_shown(program: Inside, tmp_path: Path) -> None:
    whose = linked(program, tmp_path, FAMILIES["SC08 one PNC ID written three ways"].said)
    (person,) = set(whose.values())

    said = program("person", person, "--json").json

    assert sorted(one["record"] for one in said["records"]) == ["cad2:C", "cris2:B", "merlin2:A"]
    assert {one["family_name"] for one in said["records"]} == {"Smith", "Smyth", "SMITH"}
    assert all(["identifier", "shared"] in one["comparisons"] for one in said["links"])


def test_an_unborn_record_becomes_the_born_child_by_edit(program: Inside, tmp_path: Path) -> None:
    """The same record says more: one person before and after, under one id; the mother is somebody else."""
    mother = child("M", given_names="Inga", date_of_birth="1994-08-19")
    unborn = child("U", given_names="Unborn", date_of_birth="", sex="", due_on="2024-06-20")
    born = {**unborn, "given_names": "Lena", "date_of_birth": "2024-06-11", "sex": "F", "due_on": ""}
    before = linked(program, tmp_path, {"merlin2": [mother, unborn]})

    second = write(
        Made({"persons": [{**born, "written_at": "2024-06-12T09:00:00+00:00"}]}, source="merlin2"),
        tmp_path / "merlin2-2",
    )
    program("receive", second)
    after = linked(program, tmp_path, {"cris2": [child("K", given_names="Otto", family_name="Krull", sex="M")]})

    assert before["merlin2:U"] == after["merlin2:U"]
    assert before["merlin2:M"] == after["merlin2:M"] != after["merlin2:U"]


def test_a_second_record_of_a_child_known_before_birth_goes_to_a_human(program: Inside, tmp_path: Path) -> None:
    unborn = child("U", given_names="Unborn", date_of_birth="", sex="", due_on="2024-06-20")
    born = child("B", given_names="Lena", date_of_birth="2024-06-11")

    whose = linked(program, tmp_path, {"merlin2": [unborn], "cris2": [born]})

    assert whose["merlin2:U"] != whose["cris2:B"]


@pytest.mark.parametrize(
    "name", ["SC10 twins, each with a number of their own", "twins without numbers", "father and son of one name"]
)
def test_counter_without_the_guards_they_would_be_one(program: Inside, tmp_path: Path, monkeypatch, name: str) -> None:
    monkeypatch.setenv("DUECARE_POLICY", str(Path(__file__).parents[2] / "policy" / "bench.toml"))

    whose = linked(program, tmp_path, FAMILIES[name].said)

    assert len(set(whose.values())) == 1
