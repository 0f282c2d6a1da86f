"""Borough commands and rows of the map: areas belong once, and are found however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duecare.rulebook.borough_commands import NO_COMMANDS, Commands, read_commands
from duecare.rulebook.map_rows import read_map_rows
from duecare.vocabulary.areas import LONDON, plain_area

NORTH_SOUTH = {"North": ["Camden", "E09000003"], "South": ["Bexley"]}
NAMES = st.sampled_from(["Camden", " camden ", "E09000007", "Barnet", "e09000003", "Elsewhere", "ELSEWHERE"])


def test_commands_keep_the_order_of_the_policy() -> None:
    faults: list[str] = []

    commands = read_commands({"South": ["Bexley"], "North": ["Camden", "Barnet"]}, faults)

    assert (faults, commands.names, commands.every_area) == ([], ("South", "North"), ("Bexley", "Camden", "Barnet"))


@pytest.mark.parametrize(
    ("written", "command", "name"),
    [
        ("Camden", "North", "Camden"),
        ("E09000007", "North", "Camden"),
        ("  bArNeT ", "North", "E09000003"),
        ("Bexley", "South", "Bexley"),
        ("Bex", "", ""),
        ("", "", ""),
    ],
)
def test_an_area_is_found_by_code_or_name_and_named_as_the_policy_does(written: str, command: str, name: str) -> None:
    commands = read_commands(NORTH_SOUTH, [])

    assert (commands.of(written), commands.named(written)) == (command, name)
    assert (NO_COMMANDS.of(written), NO_COMMANDS.named(written)) == ("", "")


@pytest.mark.parametrize("areas", ["Camden", 3, {"Camden": 1}, ["Camden", 3], ["Camden", "  "], ["Camden", ""]])
def test_a_command_that_is_no_list_of_areas_is_left_out_and_the_others_stay(areas: object) -> None:
    faults: list[str] = []

    commands = read_commands({"North": areas, "South": ["Bexley"]}, faults)

    assert commands == Commands((("South", ("Bexley",)),))
    assert [fault.split()[0] for fault in faults] == ["areas.North"]


@pytest.mark.parametrize("table", [None, 3, "Camden", ["Camden"]])
def test_what_is_no_table_gives_no_commands(table: object) -> None:
    faults: list[str] = []

    assert read_commands(table, faults) is NO_COMMANDS
    assert len(faults) == 1


def test_a_command_without_areas_may_be_named() -> None:
    faults: list[str] = []

    assert read_commands({"North": []}, faults) == Commands((("North", ()),))
    assert faults == []


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from("ABC"), st.lists(NAMES, max_size=3, unique_by=plain_area)))
def test_each_area_that_an_earlier_command_has_is_one_fault(table: dict[str, list[str]]) -> None:
    faults: list[str] = []
    wanted, seen = 0, set[str]()
    for areas in table.values():
        wanted += sum(plain_area(area) in seen for area in areas)
        seen |= set(map(plain_area, areas))

    commands = read_commands(table, faults)

    assert len(faults) == wanted
    assert all(
        commands.of(area) == next(name for name, own in table.items() if plain_area(area) in map(plain_area, own))
        for areas in table.values()
        for area in areas
    )


def test_rows_of_a_map_keep_their_gaps_and_gaps_may_repeat() -> None:
    faults: list[str] = []

    assert read_map_rows({"rows": [["", "Camden", ""], [], ["", "Barnet"]]}, faults) == (
        ("", "Camden", ""),
        (),
        ("", "Barnet"),
    )
    assert read_map_rows({}, faults) == ()
    assert faults == []


@pytest.mark.parametrize("rows", [3, "Camden", {"a": []}, [["Camden"], "Barnet"], [["Camden", None]], [None]])
def test_rows_that_are_no_lists_of_areas_are_one_fault_and_no_map(rows: object) -> None:
    faults: list[str] = []

    assert read_map_rows({"rows": rows}, faults) == ()
    assert len(faults) == 1


@settings(max_examples=60)
@given(st.lists(st.lists(st.one_of(NAMES, st.just("")), max_size=3), max_size=3))
def test_each_area_that_is_on_the_map_already_is_one_fault(rows: list[list[str]]) -> None:
    faults: list[str] = []
    placed = [plain_area(area) for row in rows for area in row if area]

    assert read_map_rows({"rows": rows}, faults) == tuple(map(tuple, rows))
    assert len(faults) == len(placed) - len(set(placed))


def test_every_borough_of_london_may_be_one_command_by_code() -> None:
    faults: list[str] = []

    commands = read_commands({"All": list(LONDON)}, faults)

    assert faults == []
    assert {commands.of(name) for name in LONDON.values()} == {"All"}
