"""What has left clearance: a released figure, and the report that is made of nothing else. Rendered, and printed, as it is."""

from __future__ import annotations

from dataclasses import InitVar, dataclass
from typing import Final

from duecare.report.draft_report import Column
from duecare.report.release.printed_marks import HIDDEN
from duecare.vocabulary.refusals import Refusal

_CLEARANCE_DOOR: Final = object()
"""Held by clearance, and by what reads its bytes back, alone: a house test looks."""


@dataclass(frozen=True, slots=True)
class ReleasedFigure:
    """A number that has passed disclosure control, its printed form, and what it counts.

    Shape:   made by clearance, or read back from what was cleared; anywhere else it refuses to be made. `shown` is None
             where a mark is printed instead; `about` says of which count it is the number, or on which it rests.
    Raises:  REP-020 when it is made anywhere else.
    """

    shown: int | float | None
    mark: str
    about: str
    door: InitVar[object]

    def __post_init__(self, door_used: object) -> None:
        if door_used is not _CLEARANCE_DOOR:
            raise Refusal("REP-020")

    @property
    def text(self) -> str:
        """The text in a sentence."""
        if self.shown is None:
            return "a number that is not shown" if self.mark == HIDDEN else "a number that is not known"
        return f"{self.shown:,}" if isinstance(self.shown, int) else f"{self.shown:.1f}"


ReleasedCell = str | ReleasedFigure


@dataclass(frozen=True, slots=True)
class ReleasedTable:
    """Released figures that stand beside each other, as in the draft."""

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[ReleasedCell, ...], ...]
    drawn: int = 0
    adds_up: bool = False
    annex: bool = False
    figure: str = ""


@dataclass(frozen=True, slots=True)
class ReleasedSection:
    """The content under one heading, every number of it released."""

    heading: str
    sentences: tuple[str, ...] = ()
    tables: tuple[ReleasedTable, ...] = ()


@dataclass(frozen=True, slots=True)
class Released:
    """A report as cleared: the only thing that is rendered for the public."""

    slug: str
    title: str
    period: str
    notice: str
    provenance: tuple[tuple[str, str], ...]
    sections: tuple[ReleasedSection, ...]

    def tables(self) -> tuple[ReleasedTable, ...]:
        """Every table, in order."""
        return tuple(table for section in self.sections for table in section.tables)
