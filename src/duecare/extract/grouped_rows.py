"""Files whose rows are of several groups: XML, and the flat file in which rows set aside from it come back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from duecare.extract.table_reader import Broken, Cells, HowRead, Table
from duecare.extract.xml_map import MIXED, XmlMap


class Grouped(Protocol):
    """A file opened for reading, each row of which is of a group; `headers` are the columns of each group's rows."""

    how: HowRead
    headers: Mapping[str, Sequence[str]]

    def rows(self) -> Iterator[tuple[str, Cells | Broken]]:
        """The rows in order, each with its group."""
        ...


class MixedFile:
    """A flat file whose column `group` names the group of each row.

    Shape:   `faults` says what is wrong with its header. A row whose group is not known, or whose group has a column
             that the file has not, is given as broken.
    """

    def __init__(self, table: Table, mapping: XmlMap) -> None:
        self._table = table
        self._at = table.header.index(MIXED) if MIXED in table.header else -1
        self.how = table.how
        self.headers: Mapping[str, Sequence[str]] = dict.fromkeys(("", *mapping.groups), table.header)
        known_columns = {MIXED, *mapping.columns}
        self.faults = [
            f"unknown column at place {column_number}"
            for column_number, column_name in enumerate(table.header, 1)
            if column_name not in known_columns
        ]
        if self._at < 0:
            self.faults = [f"missing column {MIXED}: which group of the XML is each row of?"]
        elif len(set(table.header)) != len(table.header):
            self.faults.append("a column is there twice")
        self._lacks = {
            group_name: next((group_column for group_column in group.columns if group_column not in table.header), "")
            for group_name, group in mapping.groups.items()
        }

    def rows(self) -> Iterator[tuple[str, Cells | Broken]]:
        """The rows in order, each with its group."""
        for cells in self._table.rows():
            group = cells.texts[self._at].strip() if len(cells.texts) > self._at else ""
            lacks = self._lacks.get(group)
            if isinstance(cells, Cells) and lacks is None:
                allowed_names = ", ".join(self._lacks)
                yield (
                    "",
                    Broken(
                        cells.row, MIXED, "is no group of this source", f"write one of {allowed_names}", cells.texts
                    ),
                )
            elif isinstance(cells, Cells) and lacks:
                reason = f"is not there, and rows of {group} have it"
                yield group, Broken(cells.row, lacks, reason, "give all columns of the group", cells.texts)
            else:
                yield group if lacks is not None else "", cells
