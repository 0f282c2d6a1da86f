"""The cell of a table: which count is meant, so that equal cells of linked tables are one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

CellPlace = frozenset[tuple[str, str]]


class CountClass(StrEnum):
    """What is counted: police actions, which may be shown small, or children, who are protected."""

    PRACTICE = "practice"
    CHILDREN = "children"


@dataclass(frozen=True, slots=True)
class CellKey:
    """The measure and categories of one count.

    Shape:   what is counted, and for each dimension that is cut the category; a total leaves its dimension out. Time is a
             dimension like any other. The same key in two tables, or in two releases, is the same count.
    Example:
        >>> CellKey("children held overnight", frozenset({("area", "Camden")})).text
        'children held overnight, area Camden'
    """

    measure: str
    at: CellPlace = frozenset()

    @property
    def text(self) -> str:
        """The name of the cell, for the people who clear a release."""
        return ", ".join([self.measure, *(f"{dimension} {category}" for dimension, category in sorted(self.at))])

    @property
    def order(self) -> tuple[str, tuple[tuple[str, str], ...]]:
        """The place of the cell among others, the same on every run."""
        return self.measure, tuple(sorted(self.at))

    def category(self, dimension: str) -> str:
        """The category of this dimension; empty where the cell is a total over it."""
        return next((category for dimension_name, category in self.at if dimension_name == dimension), "")

    def moved(self, dimension: str, category: str) -> CellKey:
        """The same count for another category of one dimension; for no category, the total over it."""
        other_pairs = frozenset(category_pair for category_pair in self.at if category_pair[0] != dimension)
        return CellKey(self.measure, other_pairs | {(dimension, category)} if category else other_pairs)


@dataclass(frozen=True, slots=True)
class Dimension:
    """What counts are cut by, and which categories add up to which.

    Shape:   each sum is a category and all the categories it is made of; the empty name is the total that leaves the
             dimension out. A category may be the sum of parts in several ways, and a part of several sums: boroughs of a
             BCU and BCUs of the force; a quarter of a year to date, which is the year to date before it and the quarter.
    Example:
        >>> areas = Dimension("area", (("", ("North", "South")), ("North", ("Camden", "Barnet"))))
        >>> areas.categories
        ('Barnet', 'Camden', 'North', 'South')
    """

    name: str
    sums: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def categories(self) -> tuple[str, ...]:
        """Every category there is, sorted."""
        named_categories = {whole for whole, _ in self.sums} | {
            part_name for _, parts in self.sums for part_name in parts
        }
        return tuple(sorted(named_categories - {""}))


@dataclass(frozen=True, slots=True)
class Share:
    """A printed percentage: which count, of which, to how many decimals.

    Shape:   the count is a part of what it is a share of, so the rest is implied by the two and is protected as they are.
    """

    part: CellKey
    whole: CellKey
    decimals: int = 1
