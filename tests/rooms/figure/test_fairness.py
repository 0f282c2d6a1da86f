"""Fairness: each group beside those like it, those not known beside them, and no comparison that is not known."""

import pytest

from duecare.figure.comparison.group_fairness import Cell, HoursCell, fairness_of_hours, group_fairness
from duecare.figure.comparison.share_differences import Difference
from duecare.vocabulary.unknown import Unknown

CELLS = (
    Cell("north, assault", "A", 10, 40), Cell("north, assault", "B", 30, 60), Cell("south, assault", "A", 20, 40),
    Cell("south, assault", "B", 40, 50), Cell("south, assault", "C", 1, 4), Cell("south, assault", None, 2, 10),
    Cell("south, assault", "D", 0, 0),
)  # fmt: skip


def test_each_group_is_set_against_all_others_like_it():
    found = group_fairness(CELLS)

    assert found.against == "all other groups"
    assert [one.counted.label for one in found.groups] == ["A", "B", "C"]
    a = found.groups[0]
    assert (a.counted.part, a.counted.n) == (30, 80)
    assert (a.like_with_like.other.part, a.like_with_like.other.n) == (71, 114)
    assert a.like_with_like.value < 0
    assert a.all_together.value == pytest.approx(30 / 80 - 71 / 114)
    assert [one.counted.label for one in found.told] == ["A", "B"]


def test_a_group_that_is_too_few_is_named_and_not_compared():
    c = group_fairness(CELLS).groups[2]

    assert c.counted.n == 4
    assert c.all_together == c.like_with_like == Unknown("C has 4 cases to compare, and at least 10 are needed")


def test_those_not_known_are_shown_beside_and_belong_to_no_group():
    found = group_fairness(CELLS)

    assert (found.not_known.label, found.not_known.part, found.not_known.n) == ("not known", 2, 10)


def test_where_much_is_not_known_no_group_is_compared():
    found = group_fairness([*CELLS, Cell("north, assault", None, 30, 90)])

    assert {one.like_with_like for one in found.groups} == {
        Unknown("of 100 of 294 cases the group is not known, and more than 25% is too much")
    }
    assert found.told == ()
    assert isinstance(
        group_fairness([*CELLS, Cell("", None, 30, 90)], most_unknown=0.5).groups[0].like_with_like, Difference
    )


def test_of_no_cases_there_are_no_groups():
    assert group_fairness([]).groups == ()
    assert fairness_of_hours([HoursCell("x", "A", [])]).groups == ()


HOURS = (
    HoursCell("north", "A", [4.0] * 12), HoursCell("north", "B", [1.0, 2.0, 3.0] * 8),
    HoursCell("south", "C", [9.0] * 3), HoursCell("south", None, [7.0] * 5),
)  # fmt: skip


def test_hours_of_each_group_are_set_against_those_like_them():
    found = fairness_of_hours(HOURS)
    a, _, c = found.groups

    assert (a.label, a.n, a.median) == ("A", 12, 4)
    assert a.like_with_like.value == pytest.approx(2)
    assert c.like_with_like == Unknown("one of the groups has 0 cases to compare, and at least 10 are needed")
    assert found.not_known == 5


def test_hours_are_not_shown_where_much_is_not_known():
    assert "not known" in fairness_of_hours(HOURS, most_unknown=0.05).groups[0].like_with_like.reason
