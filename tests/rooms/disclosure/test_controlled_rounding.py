"""Controlled rounding: every count to a multiple next to it, and sums that still add up, in all tables tried."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duecare.disclosure.controlled_rounding import round_all
from duecare.disclosure.equation_system import NO_END, System, Variable
from duecare.disclosure.table_cell import CellKey


def system_of(*counts: int, rows: tuple[dict[int, int], ...] = (), public: tuple[int, ...] = ()) -> System:
    """Counts of a draft, those named public from before, and rows that add up to 0."""
    system = System()
    for number, truth in enumerate(counts):
        system.add_variable(
            Variable(CellKey("children"), "printed", truth, truth, truth, may_hide=number not in public)
        )
    for terms in rows:
        stands = sum(times * counts[number] for number, times in terms.items())
        system.add_row(list(terms.items()), stands, stands)
    return system


def rounded(system: System, base: int = 5) -> list[int | None]:
    round_all(system, base)
    return [variable.rounded_to for variable in system.variables]


@pytest.mark.parametrize(
    ("count", "base", "multiple"),
    [
        (0, 5, 0),
        (1, 5, 0),
        (2, 5, 0),
        (3, 5, 5),
        (4, 5, 5),
        (5, 5, 5),
        (12, 5, 10),
        (13, 5, 15),
        (14, 10, 10),
        (16, 10, 20),
    ],
)
def test_a_count_in_no_sum_goes_to_the_nearest_multiple(count: int, base: int, multiple: int) -> None:
    assert rounded(system_of(count), base) == [multiple]


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [(0, 0, 4), (1, 0, 4), (3, 1, 9), (12, 6, 14), (10, 6, 14)],
    ids=["0", "1", "3", "12", "10"],
)
def test_the_bounds_are_those_of_the_multiple_that_is_printed(count: int, low: int, high: int) -> None:
    system = system_of(count)
    round_all(system, 5)

    assert (system.variables[0].low, system.variables[0].high) == (low, high)


def test_a_sum_is_kept_though_the_nearest_multiples_would_not_add_up() -> None:
    system = system_of(6, 2, 2, 2, rows=({0: 1, 1: -1, 2: -1, 3: -1},))

    whole, *parts = rounded(system)
    assert whole == sum(part or 0 for part in parts) == 5
    assert sorted(part or 0 for part in parts) == [0, 0, 5]


def test_a_sum_of_multiples_stays_as_it_is() -> None:
    assert rounded(system_of(25, 10, 15, rows=({0: 1, 1: -1, 2: -1},))) == [25, 10, 15]


def test_a_public_count_is_neither_changed_nor_given_a_multiple() -> None:
    system = system_of(20, 12, 8, rows=({0: 1, 1: -1, 2: -1},), public=(0,))

    assert rounded(system) == [None, 10, 10]
    assert (system.variables[0].low, system.variables[0].high) == (20, 20)


def test_a_public_total_decides_which_of_its_parts_go_up() -> None:
    system = system_of(30, 13, 14, 3, rows=({0: 1, 1: -1, 2: -1, 3: -1},), public=(0,))

    _, *parts = rounded(system)
    assert sum(part or 0 for part in parts) == 30
    assert [abs((part or 0) - truth) < 5 for part, truth in zip(parts, (13, 14, 3), strict=True)] == [True] * 3


def test_a_public_total_that_is_no_multiple_constrains_nothing() -> None:
    assert rounded(system_of(9, 4, 4, 1, rows=({0: 1, 1: -1, 2: -1, 3: -1},), public=(0,))) == [None, 5, 5, 0]


def test_a_row_with_a_count_that_is_not_known_constrains_nothing() -> None:
    system = system_of(9, 4, 4, 1, rows=({0: 1, 1: -1, 2: -1, 3: -1},), public=(0,))
    system.variables[0].low, system.variables[0].high = 1, NO_END

    assert rounded(system) == [None, 5, 5, 0]


def test_a_public_count_that_was_rounded_stands_at_its_multiple() -> None:
    system = system_of(11, 4, 7, rows=({0: 1, 1: -1, 2: -1},), public=(0,))
    variable = system.variables[0]
    variable.rounded_to, variable.low, variable.high = 15, 11, 19

    multiples = rounded(system)
    assert multiples == [15, 5, 10]


def test_a_row_between_two_ends_constrains_nothing() -> None:
    system = system_of(3, 3)
    system.add_row([(0, 1), (1, 1)], 5, 6)

    assert rounded(system) == [5, 5]


def test_a_sum_that_cannot_be_kept_is_off_by_one_multiple() -> None:
    system = system_of(20, 6, 7, 7, rows=({0: 1, 1: -1, 2: -1, 3: -1},), public=(0,))
    assert sum(multiple or 0 for multiple in rounded(system)[1:]) == 20

    impossible = system_of(50, 20, 25, rows=({0: 1, 1: -1, 2: -1},), public=(0,))
    assert rounded(impossible) == [None, 20, 25]


@given(st.lists(st.integers(0, 23), min_size=6, max_size=6), st.integers(2, 7))
def test_a_table_of_rows_and_columns_still_adds_up(inner: list[int], base: int) -> None:
    """Two rows of three, their sums, and the whole: a table of two dimensions can always be rounded so."""
    rows_total, columns = [sum(inner[:3]), sum(inner[3:])], [inner[at] + inner[at + 3] for at in range(3)]
    sums = (
        {6: 1, 0: -1, 1: -1, 2: -1},
        {7: 1, 3: -1, 4: -1, 5: -1},
        *({8 + at: 1, at: -1, at + 3: -1} for at in range(3)),
        {11: 1, 6: -1, 7: -1},
        {11: 1, 8: -1, 9: -1, 10: -1},
    )
    counts = [*inner, *rows_total, *columns, sum(inner)]

    found = rounded(system_of(*counts, rows=sums), base)

    for terms in sums:
        assert sum(times * (found[number] or 0) for number, times in terms.items()) == 0
    for truth, multiple in zip(counts, found, strict=True):
        assert multiple is not None
        assert multiple % base == 0
        assert abs(multiple - truth) < base


@given(st.lists(st.integers(0, 23), min_size=2, max_size=5), st.integers(2, 7))
def test_as_few_children_are_rounded_away_as_the_sum_allows(parts: list[int], base: int) -> None:
    counts = [sum(parts), *parts]
    found = rounded(system_of(*counts, rows=({0: 1, **dict.fromkeys(range(1, len(counts)), -1)},)), base)

    def distance(multiples: list[int]) -> int:
        return sum(abs(multiple - truth) for multiple, truth in zip(multiples, counts, strict=True))

    choices: list[list[int]] = [[]]
    for truth in parts:
        below = base * (truth // base)
        choices = [
            [*chosen, other] for chosen in choices for other in ([below] if truth == below else [below, below + base])
        ]
    possible = [[sum(chosen), *chosen] for chosen in choices if abs(sum(chosen) - counts[0]) < base]
    assert distance([multiple or 0 for multiple in found]) == min(distance(multiples) for multiples in possible)
