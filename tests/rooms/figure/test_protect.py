"""What may be shown to those who may open no list: no group of few children, and no count that still grows."""

from __future__ import annotations

from duecare.figure.catalogue import catalogue
from duecare.figure.definition import Dimension
from duecare.figure.protect import few_groups, is_hidden, protected
from duecare.figure.value import FigureValue, cut_of

SEEN = catalogue()["seen-after"].definition
GRADES = catalogue()["grades-met-by-inspectorate"].definition
CELL = catalogue()["custody-in-a-cell"].definition


def value(of, part, whole, unknown=0, **at):
    cut = cut_of({Dimension(name): said for name, said in at.items()})
    return FigureValue(of.id, "2026-Q3", cut, part, whole, unknown, 0.5)


def shown(of, *values, running=False):
    few = few_groups([(of, one) for one in values], 5)
    return [one.cut for one in protected(of, values, 5, few=few, is_running=running)]


def test_groups_of_children_are_shown_all_or_none():
    many, others = value(SEEN, 20, 30, sex="female"), value(SEEN, 25, 30, sex="male")
    few, rest = value(SEEN, 2, 2, disability="yes"), value(SEEN, 48, 58, disability="no")

    assert shown(SEEN, many, others, few, rest) == [many.cut, others.cut]
    unknown = value(SEEN, 20, 30, 3, sex="female")
    assert shown(SEEN, unknown, others) == []


def test_groups_of_one_command_are_shown_to_nobody_who_may_open_no_list():
    crossed = value(SEEN, 20, 30, sex="female", bcu="Dale Command")

    assert shown(SEEN, crossed) == []


def test_areas_and_graded_files_are_practice_and_shown():
    assert shown(SEEN, value(SEEN, 1, 2, area="Ashmere")) == [value(SEEN, 1, 2, area="Ashmere").cut]
    assert shown(GRADES, value(GRADES, 1, 2, sex="female")) == [value(GRADES, 1, 2, sex="female").cut]


def test_counts_of_children_wait_for_the_end_of_their_period():
    cells, seen = value(CELL, 20, 30), value(SEEN, 20, 30, sex="female")

    (now,) = protected(CELL, [cells], 5, is_running=True)
    assert is_hidden(now)
    assert (now.part, now.whole) == (0, 0)
    assert protected(CELL, [cells], 5) == (cells,)
    assert shown(SEEN, seen, value(SEEN, 20, 30), running=True) == [()]
