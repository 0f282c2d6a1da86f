"""Percentages: printed with halves rounded up, and what a printed one reveals of the two counts behind it."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duecare.disclosure.equation_system import NO_END, System, Variable
from duecare.disclosure.percentage import complement_share, percent_text, printed_bounds
from duecare.disclosure.table_cell import CellKey, Share

PART, WHOLE = CellKey("t", ("part",)), CellKey("t", ("whole",))


def two_counts(part: tuple[int, int, int], whole: tuple[int, int, int]) -> System:
    """A system of a part and its whole, each as truth, lowest and highest."""
    system = System()
    for key, (truth, lowest, highest) in ((PART, part), (WHOLE, whole)):
        system.add_variable(Variable(key, "printed", truth, lowest, highest, place="East"))
    return system


def allowed_counts(system: System, most: int) -> set[tuple[int, int]]:
    """Every part and whole that the rows allow, tried one by one."""
    return {
        (part, whole)
        for part, whole in product(range(most + 1), range(1, most + 1))
        if part <= whole
        and all(
            row.low <= sum(times * (part, whole)[place] for place, times in row.terms) <= row.high
            for row in system.rows
        )
    }


@given(st.integers(0, 400), st.integers(1, 400), st.integers(0, 3))
def test_a_share_is_rounded_to_the_nearest_and_a_half_goes_up(part: int, whole: int, decimals: int) -> None:
    printed = percent_text(part, whole, decimals)

    assert printed is not None
    difference = Fraction(printed) - Fraction(100 * part, whole)
    half = Fraction(1, 2 * 10**decimals)
    assert -half < difference <= half
    assert len(printed.partition(".")[2]) == decimals


@pytest.mark.parametrize(
    ("part", "whole", "decimals", "printed"),
    [(1, 8, 0, "13"), (1, 8, 1, "12.5"), (1, 16, 1, "6.3"), (1, 200, 0, "1"), (0, 3, 1, "0.0"), (3, 3, 2, "100.00")],
)
def test_the_last_figure_is_kept_even_where_it_is_0(part: int, whole: int, decimals: int, printed: str) -> None:
    assert percent_text(part, whole, decimals) == printed


@pytest.mark.parametrize("whole", [0, -1])
def test_there_is_no_share_of_nothing(whole: int) -> None:
    assert percent_text(0, whole, 1) is None


def test_of_one_there_is_a_share() -> None:
    assert percent_text(1, 1, 1) == "100.0"


@pytest.mark.parametrize("decimals", [0, 1, 2])
@pytest.mark.parametrize(
    ("part", "whole"), [(0, 1), (1, 8), (1, 16), (3, 8), (1, 40), (7, 32), (20, 40), (39, 40), (40, 40)]
)
def test_what_a_percentage_reveals_is_exactly_the_counts_that_print_so(part: int, whole: int, decimals: int) -> None:
    """Halves are among them: 1 of 8 prints as 13, and so does 13 of 100, but what prints as 12 does not."""
    printed = percent_text(part, whole, decimals)
    assert printed is not None
    system = two_counts((part, 0, NO_END), (whole, 0, NO_END))

    printed_bounds(system, 0, 1, printed)

    assert allowed_counts(system, 40) == {
        (other_part, other_whole)
        for other_whole in range(1, 41)
        for other_part in range(other_whole + 1)
        if percent_text(other_part, other_whole, decimals) == printed
    }


def test_a_half_belongs_to_the_figure_above_it_and_not_to_the_one_below() -> None:
    above, below = two_counts((1, 0, 9), (8, 0, 9)), two_counts((1, 0, 9), (8, 0, 9))
    printed_bounds(above, 0, 1, "13")
    printed_bounds(below, 0, 1, "12")

    assert (1, 8) in allowed_counts(above, 8)
    assert (1, 8) not in allowed_counts(below, 8)


def test_what_is_as_near_to_a_half_as_counts_can_be_is_told_from_it() -> None:
    """1 of 67 is 1.4925 per cent: 200 times 1 is one less than three times 67."""
    system = two_counts((1, 0, 99), (67, 0, 99))

    printed_bounds(system, 0, 1, "2")

    assert percent_text(1, 67, 0) == "1"
    assert (1, 67) not in allowed_counts(system, 67)
    assert (1, 66) in allowed_counts(system, 67)


@pytest.mark.parametrize(
    ("part_is_public", "whole_is_public", "rows"),
    [(True, True, 0), (True, False, 2), (False, True, 2), (False, False, 2)],
)
def test_a_percentage_says_nothing_only_where_both_counts_are_public(
    part_is_public: bool, whole_is_public: bool, rows: int
) -> None:
    part_range = (5, 5) if part_is_public else (0, NO_END)
    whole_range = (40, 40) if whole_is_public else (0, NO_END)
    system = two_counts((5, *part_range), (40, *whole_range))

    printed_bounds(system, 0, 1, "12.5")

    assert len(system.rows) == rows


def test_the_rest_of_the_whole_is_a_count_that_a_reader_can_work_out() -> None:
    system = two_counts((5, 0, NO_END), (40, 0, NO_END))

    complement_share(system, 0, 1, Share(PART, WHOLE))

    rest = system.variables[2]
    assert (rest.key, rest.role, rest.truth, rest.low, rest.high, rest.place) == (WHOLE, "rest", 35, 0, NO_END, "East")
    (row,) = system.rows
    assert (row.low, row.high) == (0, 0)
    assert dict(row.terms) == {1: 1, 0: -1, 2: -1}


def test_where_a_later_part_is_larger_than_its_whole_the_rest_may_be_below_0() -> None:
    system = two_counts((41, 0, NO_END), (40, 0, NO_END))

    complement_share(system, 0, 1, Share(PART, WHOLE))

    assert (system.variables[2].truth, system.variables[2].low) == (-1, -1)
