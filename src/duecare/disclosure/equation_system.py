"""Everything ever published, and a draft, as one system: counts that are not known, and the sums that tie them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

from duecare.disclosure.table_cell import CellKey

VariableRole = Literal["printed", "implied", "rest", "correction"]
NO_END: Final = 1_000_000_000
ELSEWHERE: Final = "elsewhere"
"""The place of what several areas together have that are printed nowhere."""


@dataclass(slots=True)
class Variable:
    """One count, and what a reader who knows the rule may say of it from its own form.

    Shape:   `printed`, or `implied` by sums though printed nowhere, or the `rest` of several such, or a `correction`: by how
             much later counts differ from those they correct. `may_hide`: it is printed for the first time in the draft.
             `is_changed`: it corrects by few a number that is public. `rounded_to` stands in its place where it is rounded
             and not hidden. `place` is the category of the insider's dimension, empty for a total.
    """

    key: CellKey
    role: VariableRole
    truth: int
    low: int
    high: int
    is_child: bool = True
    may_hide: bool = False
    is_changed: bool = False
    place: str = ""
    rounded_to: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the sum of some counts, each so many times, lies between two numbers."""

    terms: tuple[tuple[int, int], ...]
    low: int
    high: int


@dataclass(slots=True)
class System:
    """All counts and the rows between them.

    Shape:   `current` says which variable stands for a cell as last published; `fresh` are those of which
             the last release or draft said something; `version` counts how often a form was changed.
    """

    variables: list[Variable] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    current: dict[CellKey, int] = field(default_factory=dict)
    fresh: set[int] = field(default_factory=set)
    version: int = 0

    def add_variable(self, variable: Variable) -> int:
        """Take in one count; its number."""
        self.variables.append(variable)
        return len(self.variables) - 1

    def set_form(self, variable_number: int, lowest_value: int, highest_value: int) -> None:
        """Print this count in another form, of which a reader can say so much."""
        variable = self.variables[variable_number]
        variable.low, variable.high = lowest_value, highest_value
        self.version += 1

    def add_row(self, terms: list[tuple[int, int]], lowest_value: int, highest_value: int) -> None:
        """Add a row between some counts."""
        self.rows.append(Row(tuple(terms), lowest_value, highest_value))

    def is_fixed(self, variable_number: int) -> bool:
        """Whether this count is public as it is."""
        return self.variables[variable_number].low == self.variables[variable_number].high
