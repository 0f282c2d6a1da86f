"""The suppressor: what it hides is safe by trying everything, is as few as will do, and leaves the rest printed."""

from __future__ import annotations

from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duecare.disclosure.disclosure_policy import DisclosurePolicy
from duecare.disclosure.equation_system import NO_END, System, Variable
from duecare.disclosure.protection_audit import Audit
from duecare.disclosure.secondary_suppression import Suppressor
from duecare.disclosure.table_cell import CellKey

OUTSIDERS = DisclosurePolicy(insider="")


def one_table(*counts: int, fixed: tuple[int, ...] = (), policy: DisclosurePolicy = OUTSIDERS) -> System:
    """A total and its parts as a draft, small ones hidden already; those `fixed` and the total are public."""
    system = System()
    for number, truth in enumerate(counts):
        may_hide = number not in fixed and truth > 0
        small = may_hide and policy.is_small(truth)
        low, high = (1, NO_END) if small else (truth, truth)
        key = CellKey("children", frozenset({("area", f"{number}")}))
        place = f"{number}" if policy.insider else ""
        system.add_variable(Variable(key, "printed", truth, low, high, may_hide=may_hide, place=place))
    whole = sum(counts)
    system.add_variable(Variable(CellKey("children"), "printed", whole, whole, whole))
    system.add_row([(len(counts), 1), *((number, -1) for number in range(len(counts)))], 0, 0)
    return system


def suppressed(system: System, policy: DisclosurePolicy = OUTSIDERS) -> Suppressor:
    suppressor = Suppressor(Audit(system, policy))
    suppressor.run()
    return suppressor


def hidden_in(system: System) -> set[int]:
    return {number for number, variable in enumerate(system.variables) if variable.high >= NO_END}


def test_nothing_is_hidden_where_nothing_is_small() -> None:
    system = one_table(12, 20, 40)

    assert (suppressed(system).chosen, hidden_in(system)) == ([], set())


def test_one_more_is_hidden_with_a_small_one_and_no_0() -> None:
    system = one_table(3, 40, 0, 12)

    suppressor = suppressed(system)
    assert (suppressor.chosen, suppressor.open_to_all) == ([3], [])
    assert hidden_in(system) == {0, 3}


def test_of_equal_protection_the_cell_with_fewer_children_is_hidden() -> None:
    assert suppressed(one_table(3, 90, 9)).chosen == [2]
    assert suppressed(one_table(3, 9, 90)).chosen == [1]


def test_against_a_reader_of_one_area_two_more_are_hidden() -> None:
    policy = DisclosurePolicy()
    system = one_table(3, 12, 0, 40, 30, policy=policy)

    suppressor = suppressed(system, policy)
    assert len(suppressor.chosen) == 2
    assert suppressor.open_to_all == []


def test_two_small_ones_that_protect_each_other_need_no_third() -> None:
    assert suppressed(one_table(4, 4, 40)).chosen == []


def test_two_small_ones_that_add_up_to_too_few_need_a_third() -> None:
    assert suppressed(one_table(1, 1, 40)).chosen == [2]


def test_what_may_not_be_hidden_is_not_and_what_cannot_be_protected_is_named() -> None:
    system = one_table(3, 40, 12, fixed=(1, 2))

    suppressor = suppressed(system)
    assert (suppressor.chosen, hidden_in(system)) == ([], {0})
    assert [narrowed.number for narrowed in suppressor.open_to_all] == [0]


def test_the_other_that_may_be_hidden_is_taken_however_many_children_it_counts() -> None:
    assert suppressed(one_table(3, 9, 400, fixed=(1,))).chosen == [2]


def test_a_hidden_cell_has_the_bounds_of_a_mark() -> None:
    system = one_table(12, 20)
    suppressor = Suppressor(Audit(system, OUTSIDERS))

    suppressor.hide(0)

    assert (system.variables[0].low, system.variables[0].high, system.version) == (1, NO_END, 1)


def test_a_total_is_hidden_only_where_no_cell_would_do() -> None:
    system = one_table(3, 40, 12)
    system.variables[3].may_hide = True
    alone = one_table(3, 40, 12, fixed=(1, 2))
    alone.variables[3].may_hide = True

    assert suppressed(system).chosen == [2]
    assert suppressed(alone).chosen == [3]


def test_what_was_hidden_and_protects_nothing_is_printed_again() -> None:
    """To those who know the second area nothing can protect the first, so the second need not be hidden for it."""
    policy = DisclosurePolicy()
    system = one_table(0, 3, 6, 0, policy=policy)

    suppressor = suppressed(system, policy)
    assert [narrowed.number for narrowed in suppressor.open_to_all] == [1]
    assert (suppressor.chosen, hidden_in(system)) == ([], {1})
    assert (system.variables[2].low, system.variables[2].high) == (6, 6)


def is_safe(counts: list[int], hidden: set[int]) -> bool:
    """Whether no hidden count can be narrowed too far by a reader who tries every table with this total."""
    if not hidden:
        return True
    *others, last = sorted(hidden)
    together = sum(counts[number] for number in hidden)
    worlds = [
        {**dict(zip(others, values, strict=True)), last: together - sum(values)}
        for values in product(range(1, together + 1), repeat=len(others))
        if sum(values) < together
    ]
    for number in hidden:
        values = [world[number] for world in worlds]
        is_small = OUTSIDERS.is_small(counts[number])
        if max(values) - min(values) + 1 < OUTSIDERS.protection or (is_small and max(values) < OUTSIDERS.threshold):
            return False
    return True


@given(st.lists(st.integers(0, 12), min_size=2, max_size=4))
def test_what_is_left_hidden_is_safe_and_as_few_as_any_choice(counts: list[int]) -> None:
    small = {number for number, count in enumerate(counts) if OUTSIDERS.is_small(count)}
    others = [number for number, count in enumerate(counts) if count >= OUTSIDERS.threshold]
    sizes = [
        size
        for size in range(len(others) + 1)
        if any(is_safe(counts, small | set(chosen)) for chosen in combinations(others, size))
    ]

    system = one_table(*counts)
    suppressor = suppressed(system)

    assert hidden_in(system) == small | set(suppressor.chosen)
    assert (suppressor.open_to_all == []) is bool(sizes)
    if sizes:
        assert is_safe(counts, hidden_in(system))
        assert len(suppressor.chosen) == min(sizes)


@pytest.mark.parametrize("counts", [(3, 12, 9, 40), (1, 1, 40, 6), (4, 30, 30, 30)])
def test_the_same_draft_is_hidden_the_same(counts: tuple[int, ...]) -> None:
    assert suppressed(one_table(*counts)).chosen == suppressed(one_table(*counts)).chosen
