"""What every reader of a file gives: its header, how it was read, and its rows one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol


class Cells(NamedTuple):
    """The cells of one row, as text.

    Shape:   `row` as a spreadsheet shows it: the header is row 1. `texts` has one text a column.
    """

    row: int
    texts: Sequence[str]
    notes: tuple[tuple[str, str], ...] = ()


class Broken(NamedTuple):
    """A row whose cells could not be separated, and why; `texts` is what was there, as far as it could be read."""

    row: int
    column: str
    reason: str
    remedy: str
    texts: Sequence[str]


@dataclass(frozen=True, slots=True)
class HowRead:
    """The form of the file, as found out from the file itself."""

    form: str
    encoding: str = ""
    delimiter: str = ""
    notes: tuple[str, ...] = ()


class Table(Protocol):
    """A file opened for reading."""

    header: tuple[str, ...]
    how: HowRead

    def rows(self) -> Iterator[Cells | Broken]:
        """The rows, in order; never raises for the content of a row."""
        ...
