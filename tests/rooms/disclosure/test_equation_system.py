"""The system of counts and rows: numbers are places, a changed form is counted, and a public count is fixed."""

from __future__ import annotations

from duecare.disclosure.equation_system import ELSEWHERE, NO_END, Row, System, Variable
from duecare.disclosure.table_cell import CellKey

CELL = CellKey("children")


def count(truth: int, low: int, high: int) -> Variable:
    return Variable(CELL, "printed", truth, low, high)


def test_counts_are_numbered_from_0_in_the_order_in_which_they_are_added() -> None:
    system = System()

    assert [system.add_variable(count(truth, 0, 9)) for truth in (3, 1, 2)] == [0, 1, 2]
    assert [variable.truth for variable in system.variables] == [3, 1, 2]


def test_a_count_is_fixed_only_where_both_ends_meet() -> None:
    system = System()
    for low, high in ((4, 4), (3, 4), (4, 5), (0, NO_END), (0, 0)):
        system.add_variable(count(4, low, high))

    assert [system.is_fixed(number) for number in range(5)] == [True, False, False, False, True]


def test_another_form_changes_the_bounds_of_one_count_and_the_version() -> None:
    system = System()
    system.add_variable(count(4, 4, 4))
    system.add_variable(count(7, 7, 7))

    system.set_form(1, 1, NO_END)

    assert (system.variables[1].low, system.variables[1].high, system.variables[1].truth) == (1, NO_END, 7)
    assert (system.variables[0].low, system.variables[0].high) == (4, 4)
    assert system.version == 1
    system.set_form(1, 7, 7)
    assert system.version == 2


def test_adding_counts_and_rows_changes_no_form() -> None:
    system = System()
    system.add_variable(count(4, 4, 4))
    system.add_row([(0, 1)], 4, 5)

    assert system.version == 0
    assert system.rows == [Row(((0, 1),), 4, 5)]


def test_a_row_is_not_changed_by_what_is_done_with_its_list_afterwards() -> None:
    system, terms = System(), [(0, 1)]
    system.add_row(terms, 0, 0)
    terms.append((1, -1))

    assert system.rows[0].terms == ((0, 1),)


def test_systems_share_nothing() -> None:
    first, second = System(), System()
    first.add_variable(count(1, 1, 1))
    first.fresh.add(0)
    first.current[CELL] = 0

    assert (second.variables, second.rows, second.current, second.fresh) == ([], [], {}, set())


def test_a_count_is_of_children_and_stays_as_it_is_unless_somebody_says_otherwise() -> None:
    variable = count(4, 4, 4)

    assert (variable.is_child, variable.may_hide, variable.is_changed) == (True, False, False)
    assert (variable.place, variable.rounded_to) == ("", None)
    assert ELSEWHERE != ""
