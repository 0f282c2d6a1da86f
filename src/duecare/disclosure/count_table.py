"""A table before and after disclosure control, and what is stored of a release for the clearance of the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from duecare.disclosure.table_cell import CellKey, CountClass, Dimension, Share

CHILD_MARK = "c"
"""What is printed for a hidden count, whether it is small itself or hidden to protect another."""


@dataclass(frozen=True, slots=True)
class DraftTable:
    """True counts that would be printed together.

    Shape:   counts may be of several measures; the dimensions are those by which any of them is cut, each with all its
             sums, printed or not. A count that is not known is left out, and stands in a category of its own if at all.
    """

    name: str
    kind: CountClass
    dimensions: tuple[Dimension, ...]
    counts: Mapping[CellKey, int]
    shares: tuple[Share, ...] = ()


@dataclass(frozen=True, slots=True)
class Printed:
    """The form in which a count is published.

    Shape:   `exact_form` and `rounded_form` have their number; `low` and `high` are what a reader who knows the rule may say
             of the true count from this form alone, `high` None where there is no end.
    """

    form: Literal["exact", "rounded", "hidden"]
    value: int | None
    low: int
    high: int | None

    @property
    def text(self) -> str:
        """The text in the table."""
        return CHILD_MARK if self.value is None else str(self.value)


def exact_form(value: int) -> Printed:
    """The count itself."""
    return Printed("exact", value, value, value)


def hidden_form(lowest_value: int) -> Printed:
    """The mark, of which the rule tells that at least so many stand behind it."""
    return Printed("hidden", None, lowest_value, None)


def rounded_form(value: int, rounding_base: int) -> Printed:
    """A multiple of the base, next above or below the true count."""
    return Printed("rounded", value, max(0, value - rounding_base + 1), value + rounding_base - 1)


@dataclass(frozen=True, slots=True)
class ClearedTable:
    """The printed form of one table.

    Shape:   cells in their order; a share is None, and printed as the mark, where either of its counts is not printed.
    """

    name: str
    kind: CountClass
    dimensions: tuple[Dimension, ...]
    cells: Mapping[CellKey, Printed]
    shares: Mapping[Share, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier release, as published, with the true counts behind it.

    Shape:   the truth is kept inside, for clearance alone; it holds every cell printed then.
    """

    release: str
    tables: tuple[ClearedTable, ...]
    truth: Mapping[CellKey, int]


@dataclass(frozen=True, slots=True)
class Bound:
    """What a reader cannot rule out for a hidden or rounded count, given everything ever released.

    Shape:   who knows no area's own figures must hold both ends for possible; each was shown by a whole set of counts that
             fits all that is public. Who knows one area's may rule out an end, and holds as many numbers as protection asks.
    """

    cell: CellKey
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Summary:
    """How much of a release was lost to protect children.

    Units:   counts of cells of the children's class in this release; `lost` 0..1.
    """

    cells: int
    small: int
    hidden_for_others: int
    rounded: int
    exposed: tuple[CellKey, ...] = ()

    @property
    def lost(self) -> float:
        """The share of the cells that is not printed."""
        return (self.small + self.hidden_for_others) / self.cells if self.cells else 0.0


@dataclass(frozen=True, slots=True)
class Cleared:
    """What may be released, and the proof that it is safe.

    Shape:   tables in the order given; a bound for every hidden or rounded cell of them; `truth` stays inside.
    """

    tables: tuple[ClearedTable, ...]
    bounds: tuple[Bound, ...]
    summary: Summary
    truth: Mapping[CellKey, int]

    def as_earlier(self, release: str) -> Earlier:
        """What the clearance of later releases needs of this one."""
        return Earlier(release, self.tables, self.truth)
