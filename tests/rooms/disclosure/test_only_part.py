"""An only part is its whole by another name: it implies nothing across the other dimensions, and gives nothing away."""

from __future__ import annotations

from duecare.disclosure import CellKey, CountClass, Dimension, DisclosurePolicy, DraftTable, clear_tables
from duecare.disclosure.release_history import read_book

AREAS = Dimension("area", (("", ("A", "B", "C", "D")),))
ONES = tuple(
    Dimension(name, (("", ("not known",)),)) for name in ("sex", "age", "disability", "ethnicity", "looked_after")
)
COUNTS = {"A": 3, "B": 12, "C": 0, "D": 40}
POLICY = DisclosurePolicy(insider="")


def at(**cut):
    return CellKey("children", frozenset(cut.items()))


def tables():
    whole = sum(COUNTS.values())
    by_area = {**{at(area=area): count for area, count in COUNTS.items()}, at(): whole}
    return [
        DraftTable("by area", CountClass.CHILDREN, (AREAS,), by_area),
        *(
            DraftTable(one.name, CountClass.CHILDREN, (one,), {at(): whole, at(**{one.name: "not known"}): whole})
            for one in ONES
        ),
    ]


def test_dimensions_of_one_category_do_not_multiply_what_must_be_worked_out():
    system = read_book((), tables(), POLICY)

    assert len(system.variables) <= len({cell for table in tables() for cell in table.counts}) + 2


def test_what_is_small_stays_hidden_with_another_beside_them():
    cleared = clear_tables(tables(), [], POLICY)
    marks = {cell: form.text for cell, form in cleared.tables[0].cells.items()}

    assert marks[at(area="A")] == "c"
    assert sorted(marks.values()).count("c") == 2


def test_a_small_whole_is_not_given_back_by_its_only_part():
    few = [
        DraftTable("by sex", CountClass.CHILDREN, (ONES[0],), {at(): 3, at(sex="not known"): 3}),
        DraftTable("by age", CountClass.CHILDREN, (ONES[1],), {at(): 3, at(age="not known"): 3}),
    ]
    cleared = clear_tables(few, [], POLICY)

    assert {form.text for table in cleared.tables for form in table.cells.values()} == {"c"}
