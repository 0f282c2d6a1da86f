"""Rules of a mapping for its rows: at which day, word or empty cell each speaks, and where it is silent."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duecare.extract.mapping_expression import BadColumn
from duecare.extract.row_rules import KNOWN, TESTS, checks_of, rule_columns, rule_faults

PLACES = {"a": 0, "b": 1, "c": 2}
DAYS = st.dates(date(2019, 1, 1), date(2025, 12, 31))


def notes_of(rule: dict[str, Any], *row: str) -> list[tuple[str, str]]:
    notes: list[tuple[str, str]] = []
    for check in checks_of([{"rule": "R1", "column": "a", **rule}], PLACES):
        check((*row, "", "")[:3], notes)
    return notes


def speaks(rule: dict[str, Any], *row: str) -> bool:
    return bool(notes_of(rule, *row))


@pytest.mark.parametrize(
    ("rule", "row", "is_wrong"),
    [
        ({"not_before": "b"}, ("2025-01-01", "2025-01-02"), True),
        ({"not_before": "b"}, ("2025-01-02", "2025-01-02"), False),
        ({"not_before": "b"}, ("2025-01-03", "2025-01-02"), False),
        ({"not_after": "b"}, ("2025-01-03", "2025-01-02"), True),
        ({"not_after": "b"}, ("2025-01-02", "2025-01-02"), False),
        ({"not_after": "b"}, ("2025-01-02T23:59", "2025-01-02T00:00"), False),
        ({"not_after": "b"}, ("", "2025-01-02"), False),
        ({"not_after": "b"}, ("2025-01-02", ""), False),
        ({"not_after": "b"}, ("2025-01-32", "2025-01-02"), False),
        ({"not_after": "other"}, ("2025-01-03",), False),
        ({"within_year_to": "b"}, ("2024-03-31", "2025-03-31"), True),
        ({"within_year_to": "b"}, ("2024-04-01", "2025-03-31"), False),
        ({"within_year_to": "b"}, ("2025-03-31", "2025-03-31"), False),
        ({"within_year_to": "b"}, ("2025-04-01", "2025-03-31"), True),
        ({"within_year_to": "b"}, ("2023-02-28", "2024-02-29"), True),
        ({"within_year_to": "b"}, ("2023-03-01", "2024-02-29"), False),
        ({"one_of": ["x", "y"]}, ("x",), False),
        ({"one_of": ["x", "y"]}, (" y ",), False),
        ({"one_of": ["x", "y"]}, ("x;y",), False),
        ({"one_of": ["x", "y"]}, ("x;z",), True),
        ({"one_of": ["x", "y"]}, ("X",), True),
        ({"one_of": ["x", "y"]}, ("",), False),
        ({"one_of": [1, 2]}, ("2",), False),
        ({"is": "day"}, ("2025-02-28",), False),
        ({"is": "day"}, ("2025-02-29",), True),
        ({"is": "day"}, ("2025-02-28T10:00",), True),
        ({"is": "day"}, ("20250228",), True),
        ({"is": "day"}, ("",), False),
        ({"is": "upn"}, ("A",), True),
        ({"is": "upn"}, ("",), False),
        ({"filled": True}, ("",), True),
        ({"filled": True}, (" ",), True),
        ({"filled": True}, ("x",), False),
        ({"or_else": "b"}, ("", ""), True),
        ({"or_else": "b"}, ("x", ""), False),
        ({"or_else": "b"}, ("", "y"), False),
        ({"or_else": "b"}, ("x", "y"), False),
        ({"not_with": "b"}, ("x", "y"), True),
        ({"not_with": "b"}, ("x", ""), False),
        ({"not_with": "b"}, ("", "y"), False),
        ({"not_with": "b"}, ("", ""), False),
    ],
)
def test_a_rule_speaks_where_it_is_broken_and_nowhere_else(
    rule: dict[str, Any], row: tuple[str, ...], is_wrong: bool
) -> None:
    assert speaks(rule, *row) is is_wrong
    assert all(column == "a" and why.endswith(", by R1") for column, why in notes_of(rule, *row))


@pytest.mark.parametrize(
    ("condition", "third", "is_checked"),
    [
        ({"where": "c"}, "z", True),
        ({"where": "c"}, " ", False),
        ({"where_empty": "c"}, "", True),
        ({"where_empty": "c"}, "z", False),
        ({"where": "c", "where_empty": "b"}, "z", True),
        ({"where": "other"}, "z", False),
        ({"where_empty": "other"}, "z", True),
    ],
)
def test_a_rule_is_checked_only_where_its_condition_stands(
    condition: dict[str, str], third: str, is_checked: bool
) -> None:
    assert speaks({"filled": True, **condition}, "", "", third) is is_checked


def test_a_rule_that_sets_aside_raises_with_its_column_and_notes_nothing() -> None:
    with pytest.raises(BadColumn) as bad:
        notes_of({"filled": True, "sets_aside": True}, "")

    assert (bad.value.column, bad.value.reason) == ("a", "is empty, by R1")
    assert notes_of({"filled": True, "sets_aside": True}, "x") == []
    assert notes_of({"filled": True, "sets_aside": False}, "") == [("a", "is empty, by R1")]


def test_up_to_twelve_words_are_listed_in_order_and_more_are_not() -> None:
    twelve = [f"w{number:02}" for number in range(12)]

    (_, few), (_, many) = *notes_of({"one_of": twelve[::-1]}, "x"), *notes_of({"one_of": [*twelve, "w12"]}, "x")

    assert ", ".join(twelve) in few
    assert "w00" not in many


def test_notes_stand_in_the_order_of_the_rules() -> None:
    notes: list[tuple[str, str]] = []
    rules = [{"rule": "R2", "column": "b", "filled": True}, {"rule": "R1", "column": "a", "filled": True}]

    for check in checks_of(rules, PLACES):
        check(("", "", ""), notes)

    assert [column for column, _ in notes] == ["b", "a"]


@settings(max_examples=80)
@given(DAYS, DAYS)
def test_days_are_ordered_as_a_calendar_orders_them(own: date, other: date) -> None:
    row = (own.isoformat(), other.isoformat())
    years_days = {other - timedelta(days=days) for days in range(366)} - {
        day
        for day in (other - timedelta(days=365), other - timedelta(days=366))
        if (day.month, day.day) == (other.month, other.day)
    }
    if (other.month, other.day) == (2, 29):
        years_days -= {date(other.year - 1, 2, 28)}

    assert speaks({"not_before": "b"}, *row) is (own < other)
    assert speaks({"not_after": "b"}, *row) is (own > other)
    assert speaks({"within_year_to": "b"}, *row) is (own not in years_days)


@pytest.mark.parametrize(
    ("rule", "count"),
    [
        ({"rule": "R1", "column": "a", "filled": True}, 0),
        ({"rule": "R1", "column": "a", "is": "upn"}, 0),
        ({"rule": "R1", "column": "a"}, 1),
        ({"rule": "R1", "column": "a", "filled": True, "is": "day"}, 1),
        ({"column": "a", "filled": True}, 1),
        ({"rule": "R1", "filled": True}, 1),
        ({"rule": "R1", "column": 3, "filled": True}, 1),
        ({"rule": "R1", "column": "a", "is": "number"}, 1),
        ({"rule": "R1", "column": "a", "one_of": "x"}, 1),
        ({"rule": "R1", "column": "a", "filled": True, "x": 1, "y": 1}, 2),
        ({"x": 1, "is": "number", "one_of": "x"}, 5),
    ],
)
def test_each_fault_of_a_rule_is_named(rule: dict[str, Any], count: int) -> None:
    assert len(rule_faults(rule)) == count


def test_every_test_of_a_rule_is_a_known_entry_and_one_is_enough() -> None:
    assert set(TESTS) < KNOWN
    assert all(
        rule_faults({"rule": "R", "column": "a", test: ["x"] if test == "one_of" else "day"}) == [] for test in TESTS
    )


def test_the_columns_that_a_rule_reads() -> None:
    assert rule_columns({"rule": "R", "column": "a", "one_of": ["x"], "where": "c", "where_empty": "b"}) == [
        "a",
        "c",
        "b",
    ]
    assert rule_columns({"rule": "R", "column": "a", "not_with": "b", "sets_aside": True}) == ["a", "b"]
    assert rule_columns({"rule": "R", "column": "a", "within_year_to": "b"}) == ["a", "b"]
