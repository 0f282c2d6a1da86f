"""The sums that printed cells complete: what is implied, what is left over, what was corrected, and what does not add up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duecare.disclosure.equation_system import ELSEWHERE, NO_END, System, Variable
from duecare.disclosure.table_cell import CellKey, Dimension
from duecare.disclosure.table_sums import Sums

AREAS = Dimension("area", (("", ("A", "B", "C")),))
GROUPS = Dimension("area", (("", ("North", "South")), ("North", ("A", "B")), ("South", ("C", "D"))))
KINDS = Dimension("kind", (("", ("x", "y")),))


def at(**cut: str) -> CellKey:
    return CellKey("children", frozenset(cut.items()))


def sums_of(*dimensions: Dimension, insider: str = "area") -> Sums:
    sums = Sums(insider)
    for dimension in dimensions:
        sums.learn_dimensions("children", dimension)
    return sums


def written(counts: dict[CellKey, int], sums: Sums, threshold: int = 5, protect: bool = True) -> System:
    """A system of these printed counts with all sums they complete."""
    system = System()
    for cell, truth in counts.items():
        number = system.add_variable(Variable(cell, "printed", truth, truth, truth, place=sums.reader_place(cell)))
        system.current[cell] = number
    sums.write_sums(system, list(counts), threshold, protect)
    return system


def added(system: System, role: str) -> list[Variable]:
    return [variable for variable in system.variables if variable.role == role]


def rows_by_name(system: System) -> list[dict[str, int]]:
    """The rows, each by the names of its counts."""
    names = [f"{variable.key.text} {variable.role}" for variable in system.variables]
    return [{names[number]: times for number, times in row.terms} for row in system.rows]


def true_rows_hold(system: System) -> bool:
    return all(
        row.low <= sum(times * system.variables[number].truth for number, times in row.terms) <= row.high
        for row in system.rows
    )


def test_a_whole_with_all_its_parts_is_one_row_and_implies_nothing() -> None:
    system = written({at(): 60, at(area="A"): 10, at(area="B"): 20, at(area="C"): 30}, sums_of(AREAS))

    assert len(system.variables) == 4
    assert rows_by_name(system) == [
        {
            "children printed": 1,
            "children, area A printed": -1,
            "children, area B printed": -1,
            "children, area C printed": -1,
        }
    ]
    assert (system.rows[0].low, system.rows[0].high) == (0, 0)


def test_the_one_part_that_is_printed_nowhere_is_implied() -> None:
    system = written({at(): 60, at(area="A"): 10, at(area="B"): 20}, sums_of(AREAS))

    (implied,) = added(system, "implied")
    assert (implied.key, implied.truth, implied.low, implied.high) == (at(area="C"), 30, 0, NO_END)
    assert implied.place == "C"
    assert system.current[at(area="C")] == 3
    assert len(system.rows) == 1
    assert true_rows_hold(system)


def test_parts_that_are_all_known_imply_their_whole() -> None:
    system = written({at(area="A"): 10, at(area="B"): 20, at(area="C"): 30}, sums_of(AREAS))

    (implied,) = added(system, "implied")
    assert (implied.key, implied.truth, implied.place) == (at(), 60, "")


def test_of_several_parts_printed_nowhere_the_rest_is_left_and_belongs_to_no_one_area() -> None:
    system = written({at(): 60, at(area="A"): 10}, sums_of(AREAS))

    (rest,) = added(system, "rest")
    assert (rest.key, rest.truth, rest.low, rest.high, rest.place) == (at(), 50, 0, NO_END, ELSEWHERE)
    assert added(system, "implied") == []
    assert true_rows_hold(system)


def test_the_rest_over_another_dimension_has_no_place_unless_its_whole_has_one() -> None:
    many = Dimension("kind", (("", ("x", "y", "z")),))
    without = written({at(): 60, at(kind="x"): 10}, sums_of(AREAS, many))
    within = written({at(area="A"): 60, at(area="A", kind="x"): 10}, sums_of(AREAS, many))

    assert [variable.place for variable in added(without, "rest")] == [""]
    assert [variable.place for variable in added(within, "rest")] == ["A"]


def test_a_whole_none_of_the_parts_of_which_is_printed_has_no_rest() -> None:
    system = written({at(): 60}, sums_of(AREAS))

    assert (len(system.variables), system.rows) == (1, [])


def test_two_parts_without_their_whole_complete_nothing() -> None:
    system = written({at(area="A"): 10, at(area="B"): 20}, sums_of(AREAS))

    assert (len(system.variables), system.rows) == (2, [])


def test_what_is_implied_completes_further_sums() -> None:
    counts = {at(): 100, at(area="South"): 40, at(area="A"): 15}

    system = written(counts, sums_of(GROUPS))

    found = {variable.key: variable.truth for variable in added(system, "implied")}
    assert found == {at(area="North"): 60, at(area="B"): 45}
    assert true_rows_hold(system)


def test_an_only_part_that_is_printed_nowhere_is_not_implied() -> None:
    one = Dimension("kind", (("", ("not known",)),))

    system = written({at(): 60}, sums_of(one))

    assert (len(system.variables), system.rows) == (1, [])


def test_an_only_part_that_is_printed_implies_its_whole() -> None:
    one = Dimension("kind", (("", ("not known",)),))

    system = written({at(kind="not known"): 60}, sums_of(one))

    assert [(variable.key, variable.truth) for variable in added(system, "implied")] == [(at(), 60)]


def test_a_negative_remainder_of_counts_of_several_times_is_allowed_to_be_what_it_is() -> None:
    system = written({at(): 25, at(area="A"): 10, at(area="B"): 20}, sums_of(AREAS))

    (implied,) = added(system, "implied")
    assert (implied.truth, implied.low) == (-5, -5)


@pytest.mark.parametrize(("difference", "corrections"), [(0, 0), (1, 1), (4, 1), (-4, 1), (5, 0), (-5, 0)])
def test_a_whole_that_differs_by_few_from_its_parts_has_a_correction(difference: int, corrections: int) -> None:
    counts = {at(): 60 + difference, at(area="A"): 10, at(area="B"): 20, at(area="C"): 30}

    system = written(counts, sums_of(AREAS), threshold=5)

    found = added(system, "correction")
    assert len(found) == corrections
    assert [(one.truth, one.low, one.high, one.is_child) for one in found] == [
        (difference, difference, difference, True)
    ] * corrections
    assert len(system.rows) == (1 if difference == 0 or corrections else 0)
    assert true_rows_hold(system)


def test_a_correction_is_of_children_only_where_corrections_are_protected() -> None:
    counts = {at(): 61, at(area="A"): 10, at(area="B"): 20, at(area="C"): 30}

    (correction,) = added(written(counts, sums_of(AREAS), protect=False), "correction")

    assert not correction.is_child


def test_a_correction_needs_the_whole_to_be_printed_in_the_same_release() -> None:
    sums, system = sums_of(AREAS), System()
    for cell, truth in {at(): 61, at(area="A"): 10, at(area="B"): 20, at(area="C"): 30}.items():
        system.current[cell] = system.add_variable(Variable(cell, "printed", truth, truth, truth))

    sums.write_sums(system, [at(area="A"), at(area="B"), at(area="C")], 5, True)

    assert (added(system, "correction"), system.rows) == ([], [])


def test_a_sum_is_written_once_however_often_it_is_printed() -> None:
    sums = sums_of(AREAS)
    counts = {at(): 60, at(area="A"): 10, at(area="B"): 20, at(area="C"): 30}
    system = written(counts, sums)

    sums.write_sums(system, list(counts), 5, True)

    assert len(system.rows) == 1


def test_the_same_parts_in_another_order_are_the_same_sum() -> None:
    again = Dimension("area", (("", ("C", "A", "B")),))
    system = written({at(): 60, at(area="A"): 10, at(area="B"): 20}, sums_of(AREAS, again))

    assert len(system.rows) == 1


def test_another_way_to_add_up_the_same_whole_is_another_sum() -> None:
    halves = Dimension("area", (("", ("East", "West")),))
    counts = {at(): 60, at(area="A"): 10, at(area="B"): 20, at(area="East"): 25}

    found = {variable.key: variable.truth for variable in added(written(counts, sums_of(AREAS, halves)), "implied")}

    assert found == {at(area="C"): 30, at(area="West"): 35}


def test_a_reader_knows_the_figures_of_an_area_and_not_of_a_group_of_areas() -> None:
    sums = sums_of(GROUPS, KINDS)

    assert sums.leaves == {"A", "B", "C", "D"}
    assert sums.reader_place(at(area="A", kind="x")) == "A"
    assert sums.reader_place(at(area="North")) == ""
    assert sums.reader_place(at(kind="x")) == ""
    assert sums_of(GROUPS, insider="").leaves == set()


def test_an_area_that_is_later_made_of_parts_is_no_longer_the_area_of_a_reader() -> None:
    sums = sums_of(AREAS)
    sums.learn_dimensions("children", Dimension("area", (("A", ("A1", "A2")),)))

    assert sums.leaves == {"A1", "A2", "B", "C"}


def test_a_cell_touches_the_sums_of_which_it_is_the_whole_and_those_of_which_it_is_a_part() -> None:
    touched = set(sums_of(GROUPS).sums_touching(at(area="North")))

    assert touched == {
        (at(area="North"), "area", ("A", "B")),
        (at(), "area", ("North", "South")),
    }


def test_sums_of_another_measure_do_not_touch() -> None:
    assert list(sums_of(AREAS).sums_touching(CellKey("files"))) == []


@pytest.mark.parametrize(
    ("counts", "wrong"),
    [
        ({at(): 60, at(area="A"): 10, at(area="B"): 20, at(area="C"): 30}, []),
        ({at(): 61, at(area="A"): 10, at(area="B"): 20, at(area="C"): 30}, [at()]),
        ({at(): 59, at(area="A"): 10, at(area="B"): 20, at(area="C"): 30}, [at()]),
        ({at(): 60, at(area="A"): 10, at(area="B"): 20}, []),
        ({at(): 30, at(area="A"): 10, at(area="B"): 20}, []),
        ({at(): 29, at(area="A"): 10, at(area="B"): 20}, [at()]),
        ({at(area="A"): 10, at(area="B"): 20, at(area="C"): 30}, []),
    ],
    ids=["fits", "more", "less", "one left out", "the one left out is 0", "parts above it", "no whole"],
)
def test_what_does_not_add_up_is_named_by_its_whole(counts: dict[CellKey, int], wrong: list[CellKey]) -> None:
    assert list(sums_of(AREAS).do_not_add_up(counts)) == wrong


@given(st.lists(st.integers(0, 30), min_size=6, max_size=6), st.sets(st.integers(0, 11), min_size=1))
def test_whatever_is_printed_of_a_table_the_true_counts_fit_every_row(truth: list[int], shown: set[int]) -> None:
    areas, kinds = ("", "A", "B", "C"), ("", "x", "y")
    by_place = dict(zip([(a, k) for a in areas[1:] for k in kinds[1:]], truth, strict=True))
    everything = {
        (area, kind): sum(count for (a, k), count in by_place.items() if area in ("", a) and kind in ("", k))
        for area in areas
        for kind in kinds
    }
    places = [place for number, place in enumerate(everything) if number in shown]
    cells = {
        CellKey("children", frozenset((n, v) for n, v in (("area", a), ("kind", k)) if v)): (a, k)
        for a, k in everything
    }
    counts = {cell: everything[place] for cell, place in cells.items() if place in places}

    system = written(counts, sums_of(AREAS, KINDS))

    assert true_rows_hold(system)
    assert added(system, "correction") == []
    for variable in added(system, "implied"):
        assert variable.truth == everything[cells[variable.key]]
        assert variable.key not in counts
