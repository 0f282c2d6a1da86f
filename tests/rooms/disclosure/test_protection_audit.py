"""The auditor, beside a reader who tries every set of counts one by one."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duecare.disclosure.disclosure_policy import DisclosurePolicy
from duecare.disclosure.equation_system import ELSEWHERE, NO_END, System, Variable, VariableRole
from duecare.disclosure.protection_audit import CORRECTIONS, NOBODY, Audit
from duecare.disclosure.table_cell import CellKey

POLICY = DisclosurePolicy()


def cell(name: str) -> CellKey:
    return CellKey("children", frozenset({("area", name)}))


def parts_of_a_total(*counts: int, hidden: str, total: int | None = None) -> System:
    """Areas A, B, C and so on with these counts, some hidden, and their public total."""
    system = System()
    for name, truth in zip("ABCDE", counts, strict=False):
        low, high = (1, NO_END) if name in hidden else (truth, truth)
        system.add_variable(Variable(cell(name), "printed", truth, low, high, place=name))
    whole = sum(counts) if total is None else total
    system.add_variable(Variable(CellKey("children"), "printed", whole, whole, whole))
    system.add_row([(len(counts), 1), *((number, -1) for number in range(len(counts)))], 0, 0)
    return system


def single(
    role: VariableRole, truth: int, low: int, high: int, *, is_child: bool = True, may_hide: bool = False
) -> Audit:
    system = System()
    system.add_variable(Variable(cell("A"), role, truth, low, high, is_child=is_child, may_hide=may_hide, place="A"))
    return Audit(system, POLICY)


@pytest.mark.parametrize(("truth", "is_small"), [(0, False), (1, True), (4, True), (5, False)])
def test_a_count_is_small_from_1_to_one_below_the_threshold(truth: int, is_small: bool) -> None:
    assert single("printed", truth, 0, NO_END).is_small(0) is is_small
    assert single("implied", truth, 0, NO_END).is_small(0) is is_small
    assert not single("printed", truth, 0, NO_END, is_child=False).is_small(0)


def test_a_count_that_is_public_already_is_no_longer_small_unless_it_may_still_be_hidden() -> None:
    assert not single("printed", 3, 3, 3).is_small(0)
    assert single("printed", 3, 3, 3, may_hide=True).is_small(0)


@pytest.mark.parametrize(
    ("truth", "is_small"), [(0, False), (1, True), (-1, True), (-4, True), (-5, False), (5, False)]
)
def test_a_correction_is_small_by_its_size_either_way(truth: int, is_small: bool) -> None:
    assert single("correction", truth, truth, truth).is_small(0) is is_small


@pytest.mark.parametrize(
    ("role", "low", "high", "is_hidden"),
    [("printed", 1, NO_END, True), ("printed", 3, 3, False), ("implied", 1, NO_END, False), ("rest", 1, NO_END, False)],
)
def test_only_what_is_printed_in_another_form_is_hidden(
    role: VariableRole, low: int, high: int, is_hidden: bool
) -> None:
    assert single(role, 3, low, high).is_hidden(0) is is_hidden


def test_a_small_count_hidden_alone_is_worked_out_from_the_total() -> None:
    narrowed = Audit(parts_of_a_total(3, 12, 7, hidden="A"), POLICY).first_narrowed(0)

    assert narrowed is not None
    assert (narrowed.number, narrowed.insider, narrowed.low, narrowed.high) == (0, NOBODY, 3, 3)


def test_of_two_hidden_the_one_who_knows_the_other_works_it_out() -> None:
    narrowed = Audit(parts_of_a_total(3, 12, 7, hidden="AB"), POLICY).first_narrowed(0)

    assert narrowed is not None
    assert narrowed.insider == "B"
    assert narrowed.low == narrowed.high == 3


def test_of_two_hidden_nobody_who_knows_no_area_works_it_out() -> None:
    system = parts_of_a_total(3, 12, 7, hidden="AB")
    for variable in system.variables:
        variable.place = ""
    audit = Audit(system, POLICY)

    assert audit.first_narrowed(0) is None
    low, high = audit.shown[0]
    assert high >= POLICY.threshold
    assert high - low + 1 >= POLICY.protection


def test_of_three_hidden_nobody_works_out_the_small_one_though_they_know_an_area() -> None:
    audit = Audit(parts_of_a_total(3, 12, 7, hidden="ABC"), POLICY)

    assert [audit.first_narrowed(number) for number in range(3)] == [None] * 3
    assert audit.used_tables()


def test_a_total_too_small_for_the_threshold_is_narrowed() -> None:
    narrowed = Audit(parts_of_a_total(2, 1, 1, hidden="ABC"), POLICY).first_narrowed(0)

    assert narrowed is not None
    assert narrowed.insider == NOBODY
    assert narrowed.high < POLICY.threshold


def test_the_targets_are_small_and_hidden_counts_in_the_order_of_their_cells() -> None:
    system = parts_of_a_total(3, 12, 40, hidden="BA")

    assert Audit(system, POLICY).target_counts() == [0, 1]
    system.fresh = {2}
    assert Audit(system, POLICY).target_counts() == [0, 1], "they stand in a sum with it"


def test_what_the_last_release_does_not_touch_is_no_target() -> None:
    system = parts_of_a_total(3, 12, 40, hidden="AB")
    system.fresh = {system.add_variable(Variable(CellKey("others"), "printed", 2, 1, NO_END))}

    assert Audit(system, POLICY).target_counts() == [4]


def test_readers_are_the_areas_and_neither_totals_nor_what_is_elsewhere() -> None:
    system = parts_of_a_total(3, 12, 40, hidden="AB")
    system.add_variable(Variable(CellKey("children"), "rest", 9, 0, NO_END, place=ELSEWHERE))

    assert Audit(system, POLICY).insiders == ("A", "B", "C")


def test_a_table_that_no_longer_fits_proves_nothing_when_a_form_is_changed() -> None:
    system = parts_of_a_total(3, 12, 7, hidden="ABC")
    audit = Audit(system, POLICY)
    assert audit.first_narrowed(0) is None

    system.set_form(1, 12, 12)
    narrowed = audit.first_narrowed(0)

    assert narrowed is not None
    assert narrowed.insider == "C"


def test_worlds_found_elsewhere_are_taken_only_where_they_fit() -> None:
    audit = Audit(parts_of_a_total(3, 12, 7, hidden="ABC"), POLICY)

    audit.try_first([({0: 1}, False), ({0: 1, 99: -1}, False), ({0: -3, 1: 3}, False)])
    assert audit.worlds == []

    audit.try_first([({0: 2, 1: -2}, False)])
    assert [world[0] for world in audit.worlds] == [{0: 2, 1: -2}, {0: -2, 1: 2}]
    assert [world[1] for world in audit.worlds] == [{"A", "B"}] * 2
    audit.try_first([({0: 5, 1: -5}, False)])
    assert [world[0] for world in audit.worlds[2:]] == [{0: 5, 1: -5}], "the other way is below what a mark stands for"


def corrected(other_truth: int, *, low: int, high: int) -> Audit:
    """A small hidden count that follows from a public one by a correction."""
    system = System()
    system.add_variable(Variable(cell("A"), "printed", 3, 1, NO_END))
    system.add_variable(Variable(cell("A"), "printed", other_truth, low, high))
    difference = 3 - other_truth
    system.add_variable(Variable(cell("A"), "correction", difference, difference, difference))
    system.add_row([(0, 1), (1, -1), (2, -1)], 0, 0)
    return Audit(system, POLICY)


def test_a_correction_protects_only_from_those_who_do_not_know_it() -> None:
    audit = corrected(2, low=2, high=2)

    narrowed = audit.first_narrowed(0)
    assert narrowed is not None
    assert narrowed.insider == CORRECTIONS

    audit.tolerated = {0}
    assert audit.first_narrowed(0) is None


def test_where_nobody_can_do_more_the_correction_is_no_loss() -> None:
    assert corrected(2, low=1, high=NO_END).first_narrowed(0) is None


def safe_by_trying(counts: list[int], hidden: str, start: int, most: int) -> bool:
    """Whether every reader holds enough numbers for possible, by all tables with this total tried one by one."""
    names = "ABCDE"[: len(counts)]
    total = sum(counts)
    worlds = [
        world
        for world in product(
            *(range(1, most + 1) if name in hidden else (count,) for name, count in zip(names, counts, strict=True))
        )
        if sum(world) == total
    ]
    is_small = 1 <= counts[start] < POLICY.threshold
    readers = ["", *(name for name in names if name != names[start])] if is_small else [""]
    for reader in readers:
        possible = {
            world[start] for world in worlds if not reader or world[names.index(reader)] == counts[names.index(reader)]
        }
        if max(possible) - min(possible) + 1 < POLICY.protection or (is_small and max(possible) < POLICY.threshold):
            return False
    return True


@given(st.lists(st.integers(1, 9), min_size=2, max_size=4), st.sets(st.sampled_from("ABCD"), min_size=1))
def test_what_the_auditor_finds_is_what_trying_everything_finds(counts: list[int], names: set[str]) -> None:
    hidden = "".join(sorted(name for name in names if "ABCD".index(name) < len(counts)))
    audit = Audit(parts_of_a_total(*counts, hidden=hidden), POLICY)

    for number in audit.target_counts():
        safe = safe_by_trying(counts, hidden, number, sum(counts))
        assert (audit.first_narrowed(number) is None) is safe
