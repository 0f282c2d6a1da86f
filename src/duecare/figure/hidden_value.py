"""What stands in place of a count of children that was not published."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from duecare.figure.figure_value import FigureValue
from duecare.vocabulary.unknown import Unknown

HIDDEN: Final = "counts of children are shown as they were published, and this one was not"


def hidden_value(value: FigureValue) -> FigureValue:
    """This value without anything that was counted.

    Unknown: value and interval say that they are hidden; counts are 0.
    """
    reason = Unknown(HIDDEN)
    return replace(value, part=0, whole=None if value.whole is None else 0, unknown=0, value=reason, interval=reason)


def is_hidden(value: FigureValue) -> bool:
    """Whether this value was hidden."""
    return isinstance(value.value, Unknown) and value.value.reason == HIDDEN
