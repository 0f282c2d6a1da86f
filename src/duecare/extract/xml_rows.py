"""Reads an XML file as rows of several groups: once to see that all of it can be taken, once to give its rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from duecare.extract.reading_limits import Limits
from duecare.extract.table_reader import Broken, Cells, HowRead
from duecare.extract.xml_guard import Guarded
from duecare.extract.xml_map import MIXED, Group, Node, XmlMap, joined_names
from duecare.extract.xml_walk import Heads, Walk, heads_of
from duecare.record.fast_time_text import read_clock
from duecare.vocabulary.refusals import Refusal

MOST_IN_ONE: Final = 200_000
_YEAR_PATTERN: Final = re.compile(r"[0-9]{4}")
_DAY_PATTERN: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(slots=True)
class _Row:
    """A row that is being filled."""

    group: Group
    line: int
    above: _Row | None
    values: dict[str, list[str]] = field(default_factory=dict)


class XmlFile:
    """An XML file opened for reading.

    Raises:  as Guarded; EXT-022 for elements that the mapping does not know or that are not there; EXT-023 for a
             collection that it does not know.
    """

    def __init__(self, file_path: Path, mapping: XmlMap, limits: Limits) -> None:
        self._path, self._map, self._limits = file_path, mapping, limits
        heads = heads_of(file_path, mapping, limits)
        self.year = _collection_year(file_path, mapping, heads)
        walk_scan = Walk(mapping, self.year)
        guarded = Guarded(file_path, limits)
        for _ in guarded.parse(walk_scan):
            pass
        faults = walk_scan.faults or ([] if walk_scan.saw_list else [f"no element {mapping.among.name}"])
        if faults:
            census_words = f"{mapping.is_called} of {self.year}"
            raise Refusal("EXT-022", where=f"file {file_path.name}", found=census_words, faults=tuple(faults))
        self.heads = heads.values
        self.headers: Mapping[str, Sequence[str]] = {
            group_name: (*group.columns, MIXED) for group_name, group in mapping.groups.items()
        }
        self.how = HowRead("xml", guarded.encoding, notes=tuple(_census_notes(mapping, heads, self.year, walk_scan)))

    def rows(self) -> Iterator[tuple[str, Cells | Broken]]:
        """The rows, in the order in which their elements begin, each with its group.

        Shape:   a row is numbered by the line on which its element begins; where another began on that line or later,
                 by the next number that is free.
        """
        filling = _Filling(self._map, self.year, self._path.name)
        number = 1
        for _ in Guarded(self._path, self._limits).parse(filling):
            for row_taken in filling.taken():
                number = max(row_taken.line, number + 1)
                yield row_taken.group.name, self._row_cells(row_taken, number)

    def _row_cells(self, xml_row: _Row, number: int) -> Cells | Broken:
        faults_found: list[str] = []
        twice = ""
        for column in xml_row.group.own:
            texts = [cell_text for cell_text in xml_row.values.get(column, ()) if cell_text]
            if len(texts) > 1 and column not in xml_row.group.lists:
                twice = twice or column
            faults_found.append(";".join(texts))
        faults_found.extend(self._text_around(xml_row.above, column) for column in xml_row.group.taken)
        faults_found.append(xml_row.group.name)
        if twice:
            return Broken(number, twice, "is given more than once", "leave the one that is right", faults_found)
        return Cells(number, faults_found)

    def _text_around(self, xml_row: _Row | None, column: str) -> str:
        while xml_row is not None:
            if column in xml_row.group.own:
                return ";".join(cell_text for cell_text in xml_row.values.get(column, ()) if cell_text)
            xml_row = xml_row.above
        return self.heads.get(column, "")


class _Filling(Walk):
    """Fills the rows of one element at a time; those of elements that have ended wait to be taken."""

    def __init__(self, mapping: XmlMap, census_year: int, file_name: str) -> None:
        super().__init__(mapping, census_year)
        self._groups = mapping.groups
        self._name = file_name
        self._open: list[_Row] = []
        self._rows: list[_Row] = []
        self._ready: list[_Row] = []
        self._texts: list[str] = []
        self._count = 0

    def taken(self) -> list[_Row]:
        """The rows that are whole, given once."""
        ready, self._ready = self._ready, []
        return ready

    def entered(self, map_node: Node, line_number: int) -> None:
        """An element that is known begins."""
        self._texts = []
        self._count += 1
        if self._count > MOST_IN_ONE:
            raise Refusal(
                "EXT-021",
                where=f"file {self._name}, line {line_number}",
                found=f"more than {MOST_IN_ONE} elements in one {self._map.each.name}",
            )
        if map_node.group:
            xml_row = _Row(self._groups[map_node.group], line_number, self._open[-1] if self._open else None)
            self._open.append(xml_row)
            self._rows.append(xml_row)

    def heard(self, element_text: str) -> None:
        """Text of an element that has a column."""
        self._texts.append(element_text)

    def left(self, map_node: Node) -> None:
        """An element that is known ends."""
        if map_node.column and self._open:
            self._open[-1].values.setdefault(map_node.column, []).append("".join(self._texts).strip())
        self._texts = []
        if map_node.group:
            self._open.pop()
        if map_node is self._map.each:
            self._ready += self._rows
            self._rows, self._count = [], 0


def _collection_year(file_path: Path, mapping: XmlMap, heads: Heads) -> int:
    """The year of the file's collection.

    Raises:  EXT-022 where it does not say, or says it in a way that cannot be read; EXT-023 for a collection, or a year
             of it, that is not known.
    """

    def census_refusal(refusal_code: str, head_name: str, fault_found: str) -> Refusal:
        faults = tuple(heads.faults) if head_name not in heads.lines else ()
        return Refusal(
            refusal_code, where=f"file {file_path.name}, line {heads.line(head_name)}", found=fault_found, faults=faults
        )

    head_values = heads.values
    if not head_values.get(mapping.name):
        raise census_refusal("EXT-022", mapping.name, f"no element {mapping.name}")
    if head_values[mapping.name] != mapping.is_called:
        raise census_refusal("EXT-023", mapping.name, f"a {mapping.name} that is not {mapping.is_called}")
    day_text, year_text, time_text = (
        head_values.get(head_name, "") for head_name in (mapping.day, mapping.year, mapping.time)
    )
    for head_name, head_text, reads in (
        (mapping.day, day_text, _DAY_PATTERN),
        (mapping.year, year_text, _YEAR_PATTERN),
    ):
        if head_text and not (
            reads.fullmatch(head_text) and _is_readable(head_text if "-" in head_text else f"{head_text}-01-01")
        ):
            raise census_refusal("EXT-022", head_name, f"{head_name} cannot be read")
        if head_text and int(head_text[:4]) not in mapping.known:
            known_years = f"{min(mapping.known)} to {max(mapping.known)}"
            raise census_refusal(
                "EXT-023",
                head_name,
                f"{mapping.is_called} of {head_text[:4]} by its {head_name}; {known_years} are known",
            )
    if time_text and not _is_readable(time_text):
        raise census_refusal("EXT-022", mapping.time, f"{mapping.time} cannot be read as a time")
    if not day_text and not year_text:
        raise census_refusal("EXT-022", mapping.day, f"{mapping.day} and {mapping.year} are both missing")
    return int((day_text or year_text)[:4])


def _is_readable(head_text: str) -> bool:
    try:
        read_clock(head_text)
    except ValueError:
        return False
    return True


def _census_notes(mapping: XmlMap, heads: Heads, census_year: int, walk_scan: Walk) -> Iterator[str]:
    yield f"read as the {mapping.is_called} collection of {census_year}"
    given_year = heads.values.get(mapping.year, "")
    if given_year and int(given_year) != census_year:
        yield f"{mapping.year} says {given_year} and {mapping.day} says {census_year}: read by {mapping.day}"
    if not heads.values.get(mapping.day):
        yield f"{mapping.day} is not there: read by {mapping.year}"
    if walk_scan.stray:
        yield f"text between elements was passed over, {walk_scan.stray} times, first on line {walk_scan.first_stray}"
    if walk_scan.passed:
        yield f"not read, since nothing is made of them: {joined_names(sorted(walk_scan.passed))}"
