"""What stands in place of a count of children that was not published."""

from __future__ import annotations

from duecare.figure.figure_value import COUNTED, FigureValue
from duecare.figure.hidden_value import hidden_value, is_hidden
from duecare.stats.interval import wilson_interval
from duecare.vocabulary.unknown import Unknown


def test_of_what_is_hidden_nothing_is_left():
    for whole in (None, 30):
        value = FigureValue("custody-in-a-cell", "2026-Q3", (), 20, whole, 3, 20.0, wilson_interval(20, 30))
        left = hidden_value(value)

        assert is_hidden(left)
        assert (left.part, left.whole, left.unknown) == (0, None if whole is None else 0, 0)
        assert isinstance(left.interval, Unknown)


def test_what_is_not_known_is_not_taken_for_hidden():
    assert not is_hidden(FigureValue("seen-after", "2026-Q3", (), 0, 0, 0, Unknown("nothing to count"), COUNTED))
    assert not is_hidden(FigureValue("seen-after", "2026-Q3", (), 2, 3, 0, 4.0))
