"""Which tables of the same children stand in a ring."""

from __future__ import annotations

import pytest

from duecare.disclosure import CellKey, CountClass, Dimension, DisclosurePolicy, DraftTable, clear_tables
from duecare.disclosure.overlapping_tables import overlapping_cuts
from duecare.vocabulary.refusals import Refusal


def cells(*cuts):
    return [CellKey("children", frozenset((name, "x") for name in cut.split())) for cut in cuts]


@pytest.mark.parametrize(
    ("cuts", "expected"),
    [
        ((), ()),
        (("",), ()),
        (("area",), ()),
        (("area kind", "area age", "area sex", "area", "kind", ""), ()),
        (("area kind", "area age", "kind age"), ("age", "area", "kind")),
        (("area kind period", "area age period", "kind age period"), ("age", "area", "kind", "period")),
        (("area kind age", "area kind", "area age", "kind age"), ()),
        (("area kind", "kind age", "age sex", "sex area"), ("age", "area", "kind", "sex")),
        (("area kind", "kind age", "age sex"), ()),
    ],
)
def test_a_ring_is_found_and_nothing_else(cuts, expected):
    assert overlapping_cuts(cells(*cuts)) == expected


def test_tables_in_a_ring_are_refused():
    def table(*names):
        dimensions = tuple(Dimension(name, (("", ("x", "y")),)) for name in names)
        found = {CellKey("children", frozenset({(names[0], a), (names[1], b)})): 9 for a in "xy" for b in "xy"}
        return DraftTable("table", CountClass.CHILDREN, dimensions, found)

    with pytest.raises(Refusal) as refused:
        clear_tables([table("area", "kind"), table("area", "age"), table("kind", "age")], [], DisclosurePolicy())

    assert refused.value.faults == ("children is cut in a ring by age, area, kind: give one table of all of these",)
