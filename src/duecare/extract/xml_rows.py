"""Reads an XML file as rows of several groups: once to see that all of it can be taken, once to give its rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from duecare.extract.kinds import Broken, Cells, HowRead
from duecare.extract.limits import Limits
from duecare.extract.xml_guard import Guarded
from duecare.extract.xml_map import MIXED, Group, Node, XmlMap, joined
from duecare.extract.xml_walk import Heads, Walk, heads_of
from duecare.record.clock_text import read_clock
from duecare.vocabulary.refusals import Refusal

MOST_IN_ONE: Final = 200_000
_YEAR: Final = re.compile(r"[0-9]{4}")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


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

    def __init__(self, path: Path, mapping: XmlMap, limits: Limits) -> None:
        self._path, self._map, self._limits = path, mapping, limits
        heads = heads_of(path, mapping, limits)
        self.year = _collection(path, mapping, heads)
        scan = Walk(mapping, self.year)
        guarded = Guarded(path, limits)
        for _ in guarded.parse(scan):
            pass
        faults = scan.faults or ([] if scan.saw_list else [f"no element {mapping.among.name}"])
        if faults:
            of = f"{mapping.is_called} of {self.year}"
            raise Refusal("EXT-022", where=f"file {path.name}", found=of, faults=tuple(faults))
        self.heads = heads.values
        self.headers: Mapping[str, Sequence[str]] = {
            name: (*group.columns, MIXED) for name, group in mapping.groups.items()
        }
        self.how = HowRead("xml", guarded.encoding, notes=tuple(_notes(mapping, heads, self.year, scan)))

    def rows(self) -> Iterator[tuple[str, Cells | Broken]]:
        """The rows, in the order in which their elements begin, each with its group.

        Shape:   a row is numbered by the line on which its element begins; where another began on that line or later,
                 by the next number that is free.
        """
        filling = _Filling(self._map, self.year, self._path.name)
        number = 1
        for _ in Guarded(self._path, self._limits).parse(filling):
            for row in filling.taken():
                number = max(row.line, number + 1)
                yield row.group.name, self._cells(row, number)

    def _cells(self, row: _Row, number: int) -> Cells | Broken:
        found: list[str] = []
        twice = ""
        for column in row.group.own:
            texts = [text for text in row.values.get(column, ()) if text]
            if len(texts) > 1 and column not in row.group.lists:
                twice = twice or column
            found.append(";".join(texts))
        found.extend(self._around(row.above, column) for column in row.group.taken)
        found.append(row.group.name)
        if twice:
            return Broken(number, twice, "is given more than once", "leave the one that is right", found)
        return Cells(number, found)

    def _around(self, row: _Row | None, column: str) -> str:
        while row is not None:
            if column in row.group.own:
                return ";".join(text for text in row.values.get(column, ()) if text)
            row = row.above
        return self.heads.get(column, "")


class _Filling(Walk):
    """Fills the rows of one element at a time; those of elements that have ended wait to be taken."""

    def __init__(self, mapping: XmlMap, year: int, name: str) -> None:
        super().__init__(mapping, year)
        self._groups = mapping.groups
        self._name = name
        self._open: list[_Row] = []
        self._rows: list[_Row] = []
        self._ready: list[_Row] = []
        self._texts: list[str] = []
        self._count = 0

    def taken(self) -> list[_Row]:
        """The rows that are whole, given once."""
        ready, self._ready = self._ready, []
        return ready

    def entered(self, node: Node, line: int) -> None:
        """An element that is known begins."""
        self._texts = []
        self._count += 1
        if self._count > MOST_IN_ONE:
            raise Refusal(
                "EXT-021",
                where=f"file {self._name}, line {line}",
                found=f"more than {MOST_IN_ONE} elements in one {self._map.each.name}",
            )
        if node.group:
            row = _Row(self._groups[node.group], line, self._open[-1] if self._open else None)
            self._open.append(row)
            self._rows.append(row)

    def heard(self, text: str) -> None:
        """Text of an element that has a column."""
        self._texts.append(text)

    def left(self, node: Node) -> None:
        """An element that is known ends."""
        if node.column and self._open:
            self._open[-1].values.setdefault(node.column, []).append("".join(self._texts).strip())
        self._texts = []
        if node.group:
            self._open.pop()
        if node is self._map.each:
            self._ready += self._rows
            self._rows, self._count = [], 0


def _collection(path: Path, mapping: XmlMap, heads: Heads) -> int:
    """Of which year's collection is the file?

    Raises:  EXT-022 where it does not say, or says it in a way that cannot be read; EXT-023 for a collection, or a year
             of it, that is not known.
    """

    def refused(code: str, name: str, found: str) -> Refusal:
        faults = tuple(heads.faults) if name not in heads.lines else ()
        return Refusal(code, where=f"file {path.name}, line {heads.line(name)}", found=found, faults=faults)

    given = heads.values
    if not given.get(mapping.name):
        raise refused("EXT-022", mapping.name, f"no element {mapping.name}")
    if given[mapping.name] != mapping.is_called:
        raise refused("EXT-023", mapping.name, f"a {mapping.name} that is not {mapping.is_called}")
    day, year, time = (given.get(one, "") for one in (mapping.day, mapping.year, mapping.time))
    for name, text, reads in ((mapping.day, day, _DAY), (mapping.year, year, _YEAR)):
        if text and not (reads.fullmatch(text) and _is_readable(text if "-" in text else f"{text}-01-01")):
            raise refused("EXT-022", name, f"{name} cannot be read")
        if text and int(text[:4]) not in mapping.known:
            known = f"{min(mapping.known)} to {max(mapping.known)}"
            raise refused("EXT-023", name, f"{mapping.is_called} of {text[:4]} by its {name}; {known} are known")
    if time and not _is_readable(time):
        raise refused("EXT-022", mapping.time, f"{mapping.time} cannot be read as a time")
    if not day and not year:
        raise refused("EXT-022", mapping.day, f"neither {mapping.day} nor {mapping.year}")
    return int((day or year)[:4])


def _is_readable(text: str) -> bool:
    try:
        read_clock(text)
    except ValueError:
        return False
    return True


def _notes(mapping: XmlMap, heads: Heads, year: int, scan: Walk) -> Iterator[str]:
    yield f"read as the {mapping.is_called} collection of {year}"
    given = heads.values.get(mapping.year, "")
    if given and int(given) != year:
        yield f"{mapping.year} says {given} and {mapping.day} says {year}: read by {mapping.day}"
    if not heads.values.get(mapping.day):
        yield f"{mapping.day} is not there: read by {mapping.year}"
    if scan.stray:
        yield f"text between elements was passed over, {scan.stray} times, first on line {scan.first_stray}"
    if scan.passed:
        yield f"not read, since nothing is made of them: {joined(sorted(scan.passed))}"
