"""A group of linked counts, queried again and again: how far one goes, beside all worlds tried one by one."""

from __future__ import annotations

from itertools import product

from hypothesis import assume, given
from hypothesis import strategies as st

from duecare.disclosure.alternative_tables import KnownSums
from duecare.disclosure.cell_bounds import LinkedCells
from duecare.disclosure.equation_system import NO_END, System, Variable
from duecare.disclosure.table_cell import CellKey

NOBODY = ""


def linked(*counts: tuple[int, int, int, str], total: bool = True) -> tuple[KnownSums, LinkedCells]:
    """Parts as truth, lowest, highest and place, of one public total."""
    system = System()
    for number, (truth, low, high, place) in enumerate(counts):
        key = CellKey("children", frozenset({("area", f"{number}")}))
        system.add_variable(Variable(key, "printed", truth, low, high, place=place))
    if total:
        whole = sum(count[0] for count in counts)
        system.add_row([(number, 1) for number in range(len(counts))], whole, whole)
    ground = KnownSums(system, 1)
    return ground, LinkedCells(ground, list(range(len(counts))))


THREE = ((3, 1, NO_END, "A"), (12, 1, NO_END, "B"), (7, 1, NO_END, "C"))


def test_a_count_goes_to_the_goal_and_others_make_room() -> None:
    ground, cells = linked(*THREE)

    move = cells.furthest_move(0, 1, 4, NOBODY)

    assert move is not None
    assert (move[0], sum(move.values())) == (4, 0)
    assert ground.fits_rows(move)


def test_a_count_stops_where_the_others_have_no_more_room() -> None:
    _, cells = linked(*THREE)

    assert cells.furthest_move(0, 1, 500, NOBODY) == {0: 17, 1: -11, 2: -6}
    down = cells.furthest_move(0, -1, 500, NOBODY)
    assert down is not None
    assert down[0] == -2


def test_what_the_reader_knows_stays_and_moves_again_for_the_next() -> None:
    _, cells = linked(*THREE)

    assert cells.furthest_move(0, 1, 500, "B") == {0: 6, 2: -6}
    assert cells.furthest_move(0, 1, 500, "C") == {0: 11, 1: -11}
    assert cells.furthest_move(0, 1, 500, "elsewhere") == {0: 17, 1: -11, 2: -6}
    assert cells.furthest_move(0, 1, 500, NOBODY) == {0: 17, 1: -11, 2: -6}


def test_one_query_leaves_nothing_behind_for_the_next() -> None:
    _, cells = linked(*THREE)
    first = [cells.furthest_move(number, direction, 9, reader) for number, direction, reader in QUERIES]

    again = [cells.furthest_move(number, direction, 9, reader) for number, direction, reader in reversed(QUERIES)]

    assert [how_far(move, query) for move, query in zip(first, QUERIES, strict=True)] == [
        how_far(move, query) for move, query in zip(reversed(again), QUERIES, strict=True)
    ]


QUERIES = [(number, direction, reader) for number in range(3) for direction in (1, -1) for reader in ("", "A", "B")]


def how_far(move: dict[int, int] | None, query: tuple[int, int, str]) -> int:
    assert move is not None
    return move.get(query[0], 0)


def test_a_public_count_does_not_move() -> None:
    _, cells = linked((3, 3, 3, "A"), (12, 1, NO_END, "B"))

    assert cells.furthest_move(0, 1, 5, NOBODY) == {}


def test_a_count_in_no_sum_goes_to_its_own_bound() -> None:
    _, cells = linked((3, 1, 5, "A"), total=False)

    assert cells.furthest_move(0, 1, 9, NOBODY) == {0: 2}
    assert cells.furthest_move(0, -1, 9, NOBODY) == {0: -2}


def test_where_only_halves_would_fit_there_is_no_answer() -> None:
    system = System()
    for truth, low, high in ((4, 0, 9), (4, 4, 5)):
        system.add_variable(Variable(CellKey("children"), "printed", truth, low, high))
    system.add_row([(0, 2), (1, -1)], 4, 4)
    ground = KnownSums(system, 0)

    assert LinkedCells(ground, [0, 1]).furthest_move(0, 1, 9, NOBODY) is None


@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 3), st.integers(0, 3), st.sampled_from("AB")),
        min_size=2,
        max_size=4,
    ),
    st.sampled_from(["", "A", "B"]),
    st.sampled_from([1, -1]),
    st.integers(1, 4),
)
def test_a_count_goes_as_far_as_any_world_the_reader_cannot_rule_out(
    drawn: list[tuple[int, int, int, str]], reader: str, direction: int, goal: int
) -> None:
    counts = [(truth, max(0, truth - down), truth + up, place) for truth, down, up, place in drawn]
    assume(counts[0][3] != reader)
    ground, cells = linked(*counts)
    worlds = [
        world
        for world in product(*(range(low, high + 1) for _, low, high, _ in counts))
        if sum(world) == sum(count[0] for count in counts)
        and all(
            not reader or place != reader or value == truth
            for value, (truth, _, _, place) in zip(world, counts, strict=True)
        )
    ]
    furthest = max(direction * (world[0] - counts[0][0]) for world in worlds)

    move = cells.furthest_move(0, direction, goal, reader)

    assert move is not None
    assert ground.fits_rows(move)
    assert direction * move.get(0, 0) == min(goal, furthest)
    assert not reader or reader not in {counts[number][3] for number in move}
