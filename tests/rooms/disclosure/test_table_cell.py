"""The key of a count: its name, its place among others, and its neighbours along one dimension."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duecare.disclosure.table_cell import CellKey, CountClass, Dimension, Share

BARNET = CellKey("children", frozenset({("period", "2026-Q1"), ("area", "Barnet")}))
NAMES = st.sampled_from(["area", "kind", "period"])
PLACES = st.dictionaries(NAMES, st.sampled_from(["a", "b", "c"]), max_size=3)


def test_a_cell_is_named_by_its_measure_and_then_its_dimensions_in_order() -> None:
    assert BARNET.text == "children, area Barnet, period 2026-Q1"
    assert CellKey("children").text == "children"


def test_cells_are_ordered_by_measure_then_by_dimension_and_category() -> None:
    cells = [
        CellKey("b"),
        CellKey("a", frozenset({("kind", "a")})),
        CellKey("a", frozenset({("area", "z")})),
        CellKey("a", frozenset({("area", "c"), ("kind", "a")})),
        CellKey("a"),
    ]

    in_order = sorted(cells, key=lambda cell: cell.order)

    assert [cell.text for cell in in_order] == ["a", "a, area c, kind a", "a, area z", "a, kind a", "b"]


@given(PLACES, PLACES)
def test_two_cells_have_one_order_only_where_they_are_the_same(first: dict[str, str], second: dict[str, str]) -> None:
    one, other = CellKey("m", frozenset(first.items())), CellKey("m", frozenset(second.items()))

    assert (one.order == other.order) is (one == other) is (first == second)


def test_the_category_of_a_dimension_is_empty_for_a_total_over_it() -> None:
    assert BARNET.category("area") == "Barnet"
    assert BARNET.category("period") == "2026-Q1"
    assert BARNET.category("kind") == ""


@given(PLACES, NAMES, st.sampled_from(["", "a", "z"]))
def test_a_move_changes_one_dimension_and_leaves_the_others(place: dict[str, str], name: str, category: str) -> None:
    expected = {key: value for key, value in place.items() if key != name}
    if category:
        expected[name] = category

    moved = CellKey("m", frozenset(place.items())).moved(name, category)

    assert moved == CellKey("m", frozenset(expected.items()))
    assert moved.category(name) == category


def test_a_move_to_no_category_is_the_total_and_back_again() -> None:
    total = BARNET.moved("area", "")

    assert total == CellKey("children", frozenset({("period", "2026-Q1")}))
    assert total.moved("area", "Barnet") == BARNET


@pytest.mark.parametrize(
    ("sums", "categories"),
    [
        ((), ()),
        ((("", ("b", "a")),), ("a", "b")),
        ((("", ("north", "south")), ("north", ("a", "b"))), ("a", "b", "north", "south")),
        ((("to-q2", ("q1", "q2")),), ("q1", "q2", "to-q2")),
        ((("x", ("",)),), ("x",)),
    ],
    ids=["no sums", "parts of the total", "groups", "a sum of its own", "the total as a part"],
)
def test_every_named_category_stands_once_and_the_total_is_none(
    sums: tuple[tuple[str, tuple[str, ...]], ...], categories: tuple[str, ...]
) -> None:
    assert Dimension("area", sums).categories == categories


def test_shares_of_other_decimals_are_other_shares() -> None:
    whole = CellKey("children")

    assert Share(BARNET, whole) == Share(BARNET, whole, 1)
    assert Share(BARNET, whole) != Share(BARNET, whole, 0)
    assert Share(BARNET, whole) != Share(whole, BARNET)


def test_the_two_classes_are_stored_by_these_words() -> None:
    assert [kind.value for kind in CountClass] == ["practice", "children"]
