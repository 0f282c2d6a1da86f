"""Small programmes, beside the cheapest of all whole numbers tried one by one."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duecare.disclosure.linear_program import Programme, whole_numbers

INFINITE = float("inf")
Rows = list[tuple[list[tuple[int, int]], float, float]]


def all_fitting(highs: list[int], rows: Rows) -> list[tuple[int, ...]]:
    """Every tuple of whole numbers within the bounds and rows, tried one by one."""
    return [
        values
        for values in product(*(range(high + 1) for high in highs))
        if all(low <= sum(times * values[column] for column, times in terms) <= high for terms, low, high in rows)
    ]


def test_the_cheapest_numbers_are_found_and_the_dear_column_stays_at_0() -> None:
    programme = Programme([10.0, 10.0], [([(0, 1), (1, 1)], 4, 4)])

    assert programme.cheapest_values([1.0, 3.0]) == pytest.approx([4, 0])
    assert programme.cheapest_values([3.0, 1.0]) == pytest.approx([0, 4])


def test_a_column_never_goes_above_its_bound_or_below_0() -> None:
    programme = Programme([3.0, 10.0], [([(0, 1), (1, 1)], 4, 4)])

    assert programme.cheapest_values([1.0, 3.0]) == pytest.approx([3, 1])
    assert programme.cheapest_values([-1.0, 1.0]) == pytest.approx([3, 1])
    assert Programme([5.0], []).cheapest_values([1.0]) == pytest.approx([0])


def test_no_numbers_are_found_where_the_rows_contradict_each_other() -> None:
    assert Programme([3.0], [([(0, 1)], 4, 4)]).cheapest_values([1.0]) is None
    assert Programme([9.0], [([(0, 1)], 1, 2), ([(0, 1)], 4, 5)]).cheapest_values([1.0]) is None


def test_both_ends_of_a_row_are_kept() -> None:
    programme = Programme([INFINITE], [([(0, 1)], 2, 6)])

    assert programme.cheapest_values([1.0]) == pytest.approx([2])
    assert programme.cheapest_values([-1.0]) == pytest.approx([6])


def test_whole_columns_are_whole_though_a_half_would_be_cheaper() -> None:
    rows: Rows = [([(0, 2), (1, 2)], 3, INFINITE)]
    programme = Programme([5.0, 5.0], rows)

    assert programme.cheapest_values([1.0, 2.0]) == pytest.approx([1.5, 0])
    assert programme.cheapest_values([1.0, 2.0], whole=range(2)) == pytest.approx([2, 0])


def test_a_kept_programme_goes_on_after_its_costs_and_bounds_are_changed() -> None:
    programme = Programme([9.0, 9.0], [([(0, 1), (1, 1)], 5, 5)], is_kept=True)
    assert programme.cheapest_values([1.0, 2.0]) == pytest.approx([5, 0])

    programme.set_costs(0, 4.0)
    assert programme.solve() == pytest.approx([0, 5])

    programme.set_bounds([1], [2.0])
    assert programme.solve() == pytest.approx([3, 2])

    programme.set_bounds([0, 1], [2.0, 2.0])
    assert programme.solve() is None

    programme.set_bounds([], [])
    programme.set_bounds([0, 1], [9.0, 9.0])
    assert programme.solve() == pytest.approx([0, 5])


def test_a_kept_programme_is_not_disturbed_by_others_in_between() -> None:
    kept = Programme([9.0, 9.0], [([(0, 1), (1, 1)], 5, 5)], is_kept=True)
    first = kept.cheapest_values([1.0, 2.0])

    Programme([4.0], [([(0, 1)], 1, 1)]).cheapest_values([1.0])

    assert kept.solve() == pytest.approx(first)


COSTS = st.lists(st.integers(-3, 5), min_size=3, max_size=3)
ROWS = st.lists(
    st.tuples(st.lists(st.integers(-1, 2), min_size=3, max_size=3), st.integers(-2, 6), st.integers(0, 4)),
    max_size=3,
)


@given(st.lists(st.integers(0, 4), min_size=3, max_size=3), ROWS, COSTS)
def test_in_whole_numbers_nothing_cheaper_fits(
    highs: list[int], drawn: list[tuple[list[int], int, int]], costs: list[int]
) -> None:
    rows: Rows = [
        ([(column, times) for column, times in enumerate(parts) if times], low, low + width)
        for parts, low, width in drawn
    ]
    fitting = all_fitting(highs, rows)

    values = Programme([float(high) for high in highs], rows).cheapest_values(costs, whole=range(3))

    if not fitting:
        assert values is None
        return
    assert values is not None
    found = whole_numbers(values)
    assert found is not None
    assert tuple(found) in fitting
    best = min(sum(cost * value for cost, value in zip(costs, other, strict=True)) for other in fitting)
    assert sum(cost * value for cost, value in zip(costs, found, strict=True)) == best


@pytest.mark.parametrize(
    ("values", "whole"),
    [
        ([], []),
        ([1.0, 2.0000001, -0.0], [1, 2, 0]),
        ([2.9999999], [3]),
        ([1.5], None),
        ([1.0, 0.999], None),
        ([1.00001], None),
        ([-3.0], [-3]),
    ],
)
def test_numbers_are_whole_only_as_near_as_a_solver_errs(values: list[float], whole: list[int] | None) -> None:
    assert whole_numbers(values) == whole
