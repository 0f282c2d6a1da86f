"""Worlds around one count: which counts lie near, which moves fit all that is public, and what the cheapest move is."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duecare.disclosure.alternative_tables import KnownSums, Price
from duecare.disclosure.equation_system import ELSEWHERE, NO_END, System, Variable
from duecare.disclosure.table_cell import CellKey

ALL = (NO_END, NO_END)


def system_of(
    *counts: tuple[int, int, int], rows: list[tuple[dict[int, int], int, int]], hide: tuple[int, ...] = ()
) -> System:
    """Counts as truth, lowest and highest, and rows between them."""
    system = System()
    for number, (truth, low, high) in enumerate(counts):
        key = CellKey("children", frozenset({("area", f"{number:02}")}))
        system.add_variable(Variable(key, "printed", truth, low, high, may_hide=number in hide, place=f"{number:02}"))
    for terms, low, high in rows:
        system.add_row(list(terms.items()), low, high)
    return system


TOTAL = ({0: 1, 1: -1, 2: -1, 3: -1}, 0, 0)
HIDDEN = (1, NO_END)


def ground_of(*hidden: int, hide: tuple[int, ...] = ()) -> KnownSums:
    """A total of 60 and its parts 10, 20, 30, of which these are hidden."""
    counts = [
        (truth, *(HIDDEN if number in hidden else (truth, truth))) for number, truth in enumerate((60, 10, 20, 30))
    ]
    return KnownSums(system_of(*counts, rows=[TOTAL], hide=hide), 1)


def anywhere(_: int) -> bool:
    return True


def at_cost(_: int) -> Price:
    return Price(1.0)


@pytest.mark.parametrize(
    ("move", "fits"),
    [
        ({1: 1, 2: -1}, True),
        ({1: -9, 2: 9}, True),
        ({1: -10, 2: 10}, False),
        ({1: 1}, False),
        ({1: 1, 3: -1}, False),
        ({}, True),
        ({1: 1, 2: 1}, False),
    ],
    ids=[
        "a swap",
        "down to the least",
        "below the least",
        "the sum is off",
        "a public one moves",
        "nothing",
        "both up",
    ],
)
def test_a_move_fits_only_where_bounds_and_sums_stay(move: dict[int, int], fits: bool) -> None:
    assert ground_of(1, 2).fits_rows(move) is fits


@pytest.mark.parametrize(("change", "fits"), [(-4, False), (-3, True), (0, True), (2, True), (3, False)])
def test_a_row_between_two_ends_allows_what_stands_within_them(change: int, fits: bool) -> None:
    ground = KnownSums(system_of((10, 0, 99), rows=[({0: 1}, 7, 12)]), 1)

    assert ground.fits_rows({0: change}) is fits


@pytest.mark.parametrize(("change", "fits"), [(-4, False), (-3, True), (80, True)])
def test_a_row_without_an_end_has_a_lowest_sum_alone(change: int, fits: bool) -> None:
    ground = KnownSums(system_of((10, 0, 99), rows=[({0: 1}, 7, NO_END)]), 1)

    assert ground.fits_rows({0: change}) is fits


def test_counts_are_near_by_the_rows_they_have_in_common() -> None:
    free = (10, 1, NO_END)
    system = system_of(
        free, free, free, free, free, rows=[({0: 1, 1: -1}, 0, 0), ({1: 1, 2: -1}, 0, 0), ({3: 1, 4: -1}, 0, 0)]
    )
    ground = KnownSums(system, 1)

    assert ground.cells_around(0, ALL, anywhere) == [0, 1, 2]
    assert ground.cells_around(1, ALL, anywhere) == [1, 0, 2]
    assert ground.cells_around(0, (2, NO_END), anywhere) == [0, 1]
    assert ground.cells_around(0, ALL, lambda number: number != 1) == [0]
    assert ground.cells_around(3, ALL, anywhere) == [3, 4]


def test_no_more_of_one_sum_are_near_than_the_limit_of_a_row() -> None:
    ground = ground_of(0, 1, 2, 3)

    assert ground.cells_around(1, (NO_END, 2), anywhere) == [1, 0, 2]
    assert ground.cells_around(1, ALL, anywhere) == [1, 0, 2, 3]


def test_counts_that_cannot_move_are_in_no_row_and_near_nothing() -> None:
    ground = ground_of(1, 2)

    assert ground.cells_around(1, ALL, anywhere) == [1, 2]
    assert ground.rows_among([1]) == [(((1, -1), (2, -1)), 0, 0)]
    assert ground.rows_among([0, 3]) == []


def test_a_public_count_that_may_be_hidden_is_near() -> None:
    assert ground_of(1, hide=(1, 2)).cells_around(1, ALL, anywhere) == [1, 2]


def test_a_correction_is_near_though_it_is_known_by_how_much() -> None:
    system = system_of((12, 12, 12), (10, 10, 10), (2, 2, 2), rows=[({0: 1, 1: -1, 2: -1}, 0, 0)])
    assert KnownSums(system, 1).cells_around(0, ALL, anywhere) == [0]

    system.variables[2].role = "correction"
    ground = KnownSums(system, 1)
    assert ground.cells_around(2, ALL, anywhere) == [2]
    assert ground.rows_among([2]) == [(((2, -1),), 0, 0)]


def test_rows_stand_as_they_move_from_the_true_counts() -> None:
    ground = KnownSums(system_of((10, 0, 99), (4, 0, 99), rows=[({0: 1, 1: 2}, 15, 20)]), 1)

    assert ground.rows_among([0]) == [(((0, 1), (1, 2)), -3, 2)]


def test_what_is_reached_starts_only_at_counts_that_may_move() -> None:
    ground = ground_of(1, 2, 3)

    assert ground.reached_cells([1], anywhere) == {1, 2, 3}
    assert ground.reached_cells([1], lambda number: number != 1) == set()
    assert ground.reached_cells([1], lambda number: number != 3) == {1, 2}


def test_a_hidden_count_moves_with_the_other_that_is_hidden() -> None:
    ground = ground_of(1, 2)
    near = ground.cells_around(1, ALL, anywhere)

    assert ground.find_move(1, 1, 5, near, at_cost) == ({1: 5, 2: -5}, True)
    assert ground.find_move(1, -1, 5, near, at_cost) == ({1: -5, 2: 5}, True)


def test_a_move_goes_as_far_as_it_can_and_to_the_goal_only_where_that_is_set() -> None:
    ground = ground_of(1, 2)
    near = ground.cells_around(1, ALL, anywhere)

    assert ground.find_move(1, 1, 50, near, at_cost) == ({1: 19, 2: -19}, True)
    assert ground.find_move(1, 1, 50, near, at_cost, is_set=True) is None
    assert ground.find_move(1, 1, 19, near, at_cost, is_set=True) == ({1: 19, 2: -19}, True)
    assert ground.find_move(1, -1, 9, near, at_cost, is_set=True) == ({1: -9, 2: 9}, True)


def test_a_count_hidden_alone_does_not_move() -> None:
    ground = ground_of(1)

    assert ground.find_move(1, 1, 5, ground.cells_around(1, ALL, anywhere), at_cost) == ({}, True)


def test_others_move_beyond_their_bounds_only_at_a_price_and_the_cheaper_first() -> None:
    ground = ground_of(1, hide=(1, 2, 3))
    near = ground.cells_around(1, ALL, anywhere)

    def prices(two: float | None, three: float | None) -> dict[int, int]:
        beyond = {1: None, 2: two, 3: three}
        found = ground.find_move(1, 1, 5, near, lambda number: Price(0.001, beyond[number]))
        assert found is not None
        return found[0]

    assert prices(1.0, 2.0) == {1: 5, 2: -5}
    assert prices(2.0, 1.0) == {1: 5, 3: -5}
    assert prices(None, 2.0) == {1: 5, 3: -5}
    assert prices(None, None) == {}


def test_a_count_hidden_for_another_still_has_the_least_that_a_mark_stands_for() -> None:
    system = system_of((12, 12, 12), (10, *HIDDEN), (2, 2, 2), rows=[({0: 1, 1: -1, 2: -1}, 0, 0)], hide=(1, 2))
    found = {
        least: KnownSums(system, least).find_move(
            1, 1, 9, [1, 2], lambda number: Price(0.001, 1.0 if number == 2 else None)
        )
        for least in (0, 1)
    }

    assert found == {0: ({1: 2, 2: -2}, True), 1: ({1: 1, 2: -1}, True)}


def test_the_areas_that_move_are_named_and_a_total_is_none() -> None:
    system = system_of((5, 0, 9), (5, 0, 9), (5, 0, 9), rows=[])
    system.variables[1].place = ""
    system.variables[2].place = ELSEWHERE

    assert KnownSums(system, 1).places_moved([0, 1]) == {"00"}
    assert KnownSums(system, 1).places_moved([2]) == {ELSEWHERE}
    assert KnownSums(system, 1).places_moved([]) == frozenset()


@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 2), st.integers(0, 2)), min_size=4, max_size=4),
    st.lists(st.lists(st.integers(-1, 1), min_size=4, max_size=4), min_size=1, max_size=2),
    st.integers(0, 3),
    st.sampled_from([1, -1]),
)
def test_a_move_goes_as_far_as_any_world_tried_one_by_one(
    counts: list[tuple[int, int, int]], rows: list[list[int]], start: int, direction: int
) -> None:
    drawn = [(truth, max(0, truth - down), truth + up) for truth, down, up in counts]
    truth = [count[0] for count in drawn]
    equations = []
    for row in rows:
        stands = sum(times * value for times, value in zip(row, truth, strict=True))
        equations.append(({number: times for number, times in enumerate(row) if times}, stands, stands))
    ground = KnownSums(system_of(*drawn, rows=equations), 0)
    worlds = [
        world
        for world in product(*(range(low, high + 1) for _, low, high in drawn))
        if all(
            sum(times * (world[number] - truth[number]) for number, times in terms.items()) == 0
            for terms, _, _ in equations
        )
    ]
    furthest = max(direction * (world[start] - truth[start]) for world in worlds)

    found = ground.find_move(start, direction, 9, [0, 1, 2, 3], at_cost)

    move, whole = found or ({}, True)
    assert not whole or ground.fits_rows(move)
    assert not whole or direction * move.get(start, 0) == furthest
    for world in worlds:
        assert ground.fits_rows({number: world[number] - truth[number] for number in range(4)})
