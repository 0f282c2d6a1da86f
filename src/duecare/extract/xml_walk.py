"""Follows an XML file down the elements that a mapping knows, and gathers what it does not know."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from duecare.extract.reading_limits import Limits
from duecare.extract.xml_guard import Guarded
from duecare.extract.xml_map import Node, XmlMap, expected_names, joined_names, years_of

MOST_FAULTS: Final = 50
_LIKE_A_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.:-]{0,59}")


class Walk:
    """Where in the known elements the parser is, and what was there that is not known.

    Shape:   an element that is not known is passed over with all that it holds, and becomes one fault.
    """

    def __init__(self, mapping: XmlMap, census_year: int) -> None:
        self._map = mapping
        self._year = census_year
        self._nodes: list[Node] = []
        self._under = 0
        self.faults: list[str] = []
        self.passed: set[str] = set()
        self.stray = 0
        self.first_stray = 0
        self.saw_list = False
        self.saw_each = False
        self._line = 0

    def begins(self, element_name: str, line_number: int) -> None:
        """An element begins on this line."""
        self._line = line_number
        if self._under:
            self._under += 1
            return
        map_node = self._map.root if not self._nodes and element_name == self._map.root.name else None
        if self._nodes:
            map_node = self._nodes[-1].below.get(element_name)
        if map_node is None or not map_node.first <= self._year <= map_node.last:
            self._add_fault(element_name, line_number, map_node)
            self._under = 1
            return
        if map_node.passed_over:
            self.passed.add(map_node.name)
            self._under = 1
            return
        self._nodes.append(map_node)
        self.saw_list = self.saw_list or map_node is self._map.among
        self.saw_each = self.saw_each or map_node is self._map.each
        self.entered(map_node, line_number)

    def says(self, element_text: str) -> None:
        """Text of the element that began last and has not ended."""
        if self._under or not self._nodes:
            return
        map_node = self._nodes[-1]
        if map_node.column:
            self.heard(element_text)
        elif element_text.strip():
            self.stray += 1
            self.first_stray = self.first_stray or self._line

    def ends(self) -> None:
        """The element that began last, and has not ended, ends."""
        if self._under:
            self._under -= 1
            return
        map_node = self._nodes.pop()
        self.left(map_node)

    def _add_fault(self, element_name: str, line_number: int, map_node: Node | None) -> None:
        if len(self.faults) >= MOST_FAULTS:
            return
        called = element_name if _LIKE_A_NAME.fullmatch(element_name) else "of another name"
        above = self._nodes[-1] if self._nodes else None
        if map_node is not None:
            self.faults.append(
                f"line {line_number}: {called} is not in the collection of {self._year}; {years_of(map_node)}"
            )
        elif above is None:
            self.faults.append(f"line {line_number}: the outermost element is not {self._map.root.name}")
        else:
            allowed_names = joined_names(expected_names(above, self._year)) or "nothing"
            self.faults.append(
                f"line {line_number}: {called} is not known in {above.name}, which can contain {allowed_names}"
            )

    def entered(self, map_node: Node, line_number: int) -> None:
        """An element that is known begins."""

    def heard(self, element_text: str) -> None:
        """Text of an element that has a column."""

    def left(self, map_node: Node) -> None:
        """An element that is known ends."""


@dataclass(slots=True)
class Heads:
    """What the file states of itself, and on which lines."""

    values: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def line(self, column: str) -> int:
        """The line of this value; the first, where it has none."""
        return self.lines.get(column, 1)


class _Heading(Walk):
    """Receives what the file states of itself, up to the first element that is read one at a time."""

    def __init__(self, mapping: XmlMap) -> None:
        super().__init__(mapping, mapping.known[-1])
        self.found = Heads()
        self._texts: list[str] = []

    def entered(self, map_node: Node, line_number: int) -> None:
        self._texts = []
        if map_node.column:
            self.found.lines.setdefault(map_node.column, line_number)

    def heard(self, element_text: str) -> None:
        self._texts.append(element_text)

    def left(self, map_node: Node) -> None:
        if map_node.column in self._map.head and not self.saw_each:
            self.found.values.setdefault(map_node.column, "".join(self._texts).strip())
        self._texts = []


def heads_of(file_path: Path, mapping: XmlMap, limits: Limits) -> Heads:
    """What this file states of itself, before the first of its elements that are read one at a time.

    Raises:  as Guarded.
    """
    hears = _Heading(mapping)
    for _ in Guarded(file_path, limits).parse(hears):
        if hears.saw_each:
            break
    hears.found.faults = hears.faults
    return hears.found
