"""The printed forms of a count, what each reveals, and how much of a release is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duecare.disclosure.count_table import (
    CHILD_MARK,
    Bound,
    Cleared,
    ClearedTable,
    Earlier,
    Summary,
    exact_form,
    hidden_form,
    rounded_form,
)
from duecare.disclosure.table_cell import CellKey, CountClass

CELL = CellKey("children")


@pytest.mark.parametrize("value", [0, 1, 40])
def test_an_exact_count_leaves_no_other(value: int) -> None:
    printed = exact_form(value)

    assert (printed.form, printed.value, printed.low, printed.high) == ("exact", value, value, value)
    assert printed.text == str(value)


@pytest.mark.parametrize("lowest", [0, 1])
def test_a_hidden_count_has_a_lowest_value_and_no_end(lowest: int) -> None:
    printed = hidden_form(lowest)

    assert (printed.form, printed.value, printed.low, printed.high) == ("hidden", None, lowest, None)
    assert printed.text == CHILD_MARK == "c"


@pytest.mark.parametrize(
    ("value", "base", "low", "high"),
    [(10, 5, 6, 14), (0, 5, 0, 4), (5, 5, 1, 9), (10, 10, 1, 19), (2, 2, 1, 3)],
)
def test_a_rounded_count_is_less_than_one_multiple_away(value: int, base: int, low: int, high: int) -> None:
    printed = rounded_form(value, base)

    assert (printed.form, printed.value, printed.low, printed.high) == ("rounded", value, low, high)
    assert printed.text == str(value)


@given(st.integers(0, 300), st.integers(2, 20))
def test_both_multiples_next_to_a_count_allow_it_and_no_third_does(count: int, base: int) -> None:
    below = base * (count // base)
    multiples = range(0, below + 3 * base, base)

    allow = [
        value for value in multiples if rounded_form(value, base).low <= count <= (rounded_form(value, base).high or 0)
    ]

    assert allow == ([below] if count == below else [below, below + base])


def test_a_0_that_is_printed_is_a_number_and_no_mark() -> None:
    assert exact_form(0).text == "0"
    assert rounded_form(0, 5).text == "0"


@pytest.mark.parametrize(
    ("summary", "lost"),
    [
        (Summary(0, 0, 0, 0), 0.0),
        (Summary(10, 0, 0, 10), 0.0),
        (Summary(10, 2, 3, 0), 0.5),
        (Summary(4, 4, 0, 0), 1.0),
        (Summary(4, 0, 1, 0), 0.25),
    ],
    ids=["no cells", "only rounded", "small and hidden for others", "all", "hidden for others alone"],
)
def test_what_is_lost_is_the_share_that_is_not_printed(summary: Summary, lost: float) -> None:
    assert summary.lost == lost


def test_what_is_kept_of_a_release_has_its_tables_and_its_truth_and_nothing_else() -> None:
    table = ClearedTable("t", CountClass.CHILDREN, (), {CELL: hidden_form(1)})
    cleared = Cleared((table,), (Bound(CELL, 1, 9),), Summary(1, 1, 0, 0), {CELL: 3})

    assert cleared.as_earlier("2026-Q1") == Earlier("2026-Q1", (table,), {CELL: 3})


def test_a_table_without_shares_has_an_empty_mapping_of_its_own() -> None:
    first, second = (ClearedTable("t", CountClass.CHILDREN, (), {}) for _ in range(2))

    assert first.shares == {}
    assert first.shares is not second.shares
