"""All releases as one system: one count for one cell, what each release reveals of it, and what does not fit."""

from __future__ import annotations

from typing import Any

import pytest

from duecare.disclosure.count_table import (
    ClearedTable,
    DraftTable,
    Earlier,
    Printed,
    exact_form,
    hidden_form,
    rounded_form,
)
from duecare.disclosure.disclosure_policy import DisclosurePolicy
from duecare.disclosure.equation_system import NO_END, System, Variable
from duecare.disclosure.release_history import read_book
from duecare.disclosure.table_cell import CellKey, CountClass, Dimension, Share
from duecare.vocabulary.refusals import Refusal

AREAS = Dimension("area", (("", ("A", "B", "C")),))
POLICY = DisclosurePolicy()
SHOWN = DisclosurePolicy(corrections="shown")
HIDES_ZEROS = DisclosurePolicy(zeros="hidden")


def at(**cut: str) -> CellKey:
    return CellKey("children", frozenset(cut.items()))


A, B, TOTAL = at(area="A"), at(area="B"), at()


def draft(
    counts: dict[CellKey, int], kind: CountClass = CountClass.CHILDREN, shares: tuple[Share, ...] = ()
) -> DraftTable:
    return DraftTable("t", kind, (AREAS,), counts, shares)


def released(
    cells: dict[CellKey, tuple[Printed, int]],
    kind: CountClass = CountClass.CHILDREN,
    shares: dict[Share, str | None] | None = None,
) -> Earlier:
    table = ClearedTable("t", kind, (AREAS,), {cell: form for cell, (form, _) in cells.items()}, shares or {})
    return Earlier("before", (table,), {cell: truth for cell, (_, truth) in cells.items()})


def exactly(counts: dict[CellKey, int], **more: Any) -> Earlier:
    return released({cell: (exact_form(count), count) for cell, count in counts.items()}, **more)


def variable_of(system: System, cell: CellKey) -> Variable:
    return system.variables[system.current[cell]]


def refusal_of(*tables: DraftTable, history: tuple[Earlier, ...] = ()) -> Refusal:
    with pytest.raises(Refusal) as refused:
        read_book(history, tables, POLICY)
    return refused.value


@pytest.mark.parametrize(
    ("count", "kind", "policy", "may_hide"),
    [
        (3, CountClass.CHILDREN, POLICY, True),
        (40, CountClass.CHILDREN, POLICY, True),
        (0, CountClass.CHILDREN, POLICY, False),
        (0, CountClass.CHILDREN, HIDES_ZEROS, True),
    ],
    ids=["small", "large", "a 0 that is shown", "a 0 that is hidden"],
)
def test_a_count_of_children_in_the_draft_may_be_hidden(
    count: int, kind: CountClass, policy: DisclosurePolicy, may_hide: bool
) -> None:
    found = variable_of(read_book((), [draft({A: count}, kind)], policy), A)

    assert (found.role, found.truth, found.low, found.high) == ("printed", count, count, count)
    assert (found.may_hide, found.is_child, found.is_changed, found.place) == (may_hide, True, False, "A")


def test_practice_alone_is_no_part_of_the_system() -> None:
    system = read_book((), [draft({A: 3, TOTAL: 9}, CountClass.PRACTICE)], POLICY)

    assert (system.variables, system.rows, system.current) == ([], [], {})


def test_a_count_printed_as_practice_too_may_not_be_hidden() -> None:
    for tables in (
        [draft({A: 3}), draft({A: 3}, CountClass.PRACTICE)],
        [draft({A: 3}, CountClass.PRACTICE), draft({A: 3})],
    ):
        found = variable_of(read_book((), tables, POLICY), A)

        assert (found.is_child, found.may_hide) == (False, False)


def test_a_count_in_two_tables_of_children_is_one_and_may_be_hidden() -> None:
    system = read_book((), [draft({A: 3}), draft({A: 3, B: 9})], POLICY)

    assert len(system.variables) == 2
    assert variable_of(system, A).may_hide


def test_counts_of_the_draft_are_entered_in_the_order_of_their_cells() -> None:
    system = read_book((), [draft({B: 9, A: 3, TOTAL: 20})], POLICY)

    assert [variable.key for variable in system.variables[:3]] == [TOTAL, A, B]
    assert [variable.role for variable in system.variables[3:]] == ["implied"]


@pytest.mark.parametrize(
    ("form", "truth", "low", "high", "multiple"),
    [
        (exact_form(12), 12, 12, 12, None),
        (hidden_form(1), 3, 1, NO_END, None),
        (rounded_form(10, 5), 12, 6, 14, 10),
    ],
    ids=["exact", "hidden", "rounded"],
)
def test_an_earlier_count_has_the_bounds_of_its_form_and_may_not_be_hidden(
    form: Printed, truth: int, low: int, high: int, multiple: int | None
) -> None:
    found = variable_of(read_book([released({A: (form, truth)})], [], POLICY), A)

    assert (found.truth, found.low, found.high, found.rounded_to) == (truth, low, high, multiple)
    assert not found.may_hide


def test_a_count_that_was_released_stays_as_it_was_in_the_draft() -> None:
    system = read_book([released({A: (hidden_form(1), 3)})], [draft({A: 3})], POLICY)

    found = variable_of(system, A)
    assert (len(system.variables), found.low, found.high, found.may_hide) == (1, 1, NO_END, False)


def test_a_later_release_of_the_same_count_narrows_it() -> None:
    first, second = released({A: (rounded_form(10, 5), 12)}), released({A: (rounded_form(15, 5), 12)})
    hidden = released({A: (hidden_form(1), 12)})

    both = variable_of(read_book([first, second], [], POLICY), A)
    with_mark = variable_of(read_book([first, hidden], [], POLICY), A)

    assert (both.low, both.high, both.rounded_to) == (11, 14, 15)
    assert (with_mark.low, with_mark.high, with_mark.rounded_to) == (6, 14, 10)


def test_a_count_that_was_only_implied_is_printed_by_the_draft() -> None:
    whole = {TOTAL: 60, A: 10, B: 20}
    system = read_book([exactly(whole)], [draft({at(area="C"): 30})], POLICY)

    found = variable_of(system, at(area="C"))
    assert (found.role, found.truth, found.low, found.high, found.may_hide) == ("printed", 30, 30, 30, True)
    assert len(system.variables) == 4


@pytest.mark.parametrize(
    ("before", "now", "kind", "policy", "is_changed"),
    [
        (exact_form(10), 11, CountClass.CHILDREN, POLICY, True),
        (exact_form(10), 14, CountClass.CHILDREN, POLICY, True),
        (exact_form(10), 6, CountClass.CHILDREN, POLICY, True),
        (exact_form(10), 15, CountClass.CHILDREN, POLICY, False),
        (exact_form(10), 5, CountClass.CHILDREN, POLICY, False),
        (hidden_form(1), 11, CountClass.CHILDREN, POLICY, False),
        (exact_form(10), 11, CountClass.CHILDREN, SHOWN, False),
        (exact_form(10), 11, CountClass.PRACTICE, POLICY, False),
    ],
    ids=["by 1", "by 4", "by -4", "by 5", "by -5", "was hidden", "shown by policy", "practice"],
)
def test_a_number_that_was_public_and_is_corrected_by_few_is_changed(
    before: Printed, now: int, kind: CountClass, policy: DisclosurePolicy, is_changed: bool
) -> None:
    system = read_book([released({A: (before, 10)})], [draft({A: now}, kind)], policy)

    found = variable_of(system, A)
    assert (found.truth, found.is_changed) == (now, is_changed)
    assert [variable.truth for variable in system.variables] == [10, now], "both are counts of their own"


def test_what_the_last_of_them_touches_is_fresh_and_nothing_else() -> None:
    other = CellKey("others")
    system = read_book([exactly({other: 9}), exactly({A: 10, B: 20})], [draft({TOTAL: 60})], POLICY)

    fresh = {system.variables[number].key for number in system.fresh}
    assert fresh == {TOTAL, A, B, at(area="C")}


def test_two_counts_of_one_cell_and_negative_ones_are_refused_together() -> None:
    refused = refusal_of(draft({A: 3, B: -1}), draft({A: 4}))

    assert (refused.code, refused.faults) == (
        "REP-012",
        ("children, area A has two counts", "children, area B is negative"),
    )


def test_no_more_than_ten_faults_are_named() -> None:
    cells = {at(area=f"{number:02}"): -1 for number in range(14)}

    assert len(refusal_of(draft(cells)).faults) == 10


def test_an_earlier_release_that_does_not_add_up_is_no_fault_of_the_draft() -> None:
    wrong = exactly({TOTAL: 99, A: 10, B: 20, at(area="C"): 30})

    assert read_book([wrong], [], POLICY).variables
    assert refusal_of(draft({TOTAL: 99, A: 10, B: 20, at(area="C"): 30})).code == "REP-012"


def test_practice_need_not_add_up() -> None:
    assert not read_book(
        (), [draft({TOTAL: 99, A: 10, B: 20, at(area="C"): 30}, CountClass.PRACTICE)], POLICY
    ).variables


SHARE = Share(A, TOTAL)


def test_a_share_of_children_implies_the_rest_of_the_whole() -> None:
    system = read_book((), [draft({A: 10, TOTAL: 60}, shares=(SHARE,))], POLICY)

    rests = [variable for variable in system.variables if variable.role == "rest" and variable.truth == 50]
    assert len(rests) == 2, "of the sum over areas, and of the share"


def test_a_share_of_a_count_that_is_in_no_table_reveals_nothing() -> None:
    with_it = read_book((), [draft({TOTAL: 60}, shares=(SHARE,))], POLICY)

    assert len(with_it.variables) == len(read_book((), [draft({TOTAL: 60})], POLICY).variables)


@pytest.mark.parametrize(
    ("form", "share_text", "rows"),
    [
        (exact_form(10), "16.7", 0),
        (hidden_form(1), "16.7", 2),
        (hidden_form(1), None, 0),
        (rounded_form(10, 5), "16.7", 0),
        (rounded_form(10, 5), "18.3", 2),
    ],
    ids=["of public numbers", "of a hidden one", "hidden too", "of what is printed", "of what is not printed"],
)
def test_a_printed_percentage_narrows_only_what_it_reveals_beyond_the_numbers(
    form: Printed, share_text: str | None, rows: int
) -> None:
    cells = {A: (form, 10), TOTAL: (exact_form(60), 60)}

    without = read_book([released(cells, shares={SHARE: None})], [], POLICY)
    found = read_book([released(cells, shares={SHARE: share_text})], [], POLICY)

    assert len(found.rows) - len(without.rows) == rows
