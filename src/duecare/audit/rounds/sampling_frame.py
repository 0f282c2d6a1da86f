"""Which files could be drawn in a round, and in which stratum does each stand?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from duecare.audit.rounds.frame_file import Case, Frame, frame
from duecare.vocabulary.areas import LONDON, plain_area
from duecare.vocabulary.moments import When
from duecare.vocabulary.refusals import Refusal

NOT_KNOWN: Final = "not known"
PARTS: Final = ("kind", "area", "risk")
_NAMES: Final = {name.casefold(): name for name in LONDON.values()}


@dataclass(frozen=True, slots=True)
class File:
    """What of a case decides whether it could be drawn, and in which stratum it stands?

    Unknown: an empty kind, area or risk is a stratum of its own, `not known`; `opened` is None where nothing tells it.
    """

    source: str
    case_ref: str
    kind: str = ""
    area: str = ""
    opened: When | None = None
    risk: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which kinds of case, of which areas, opened when, are looked at, and of which parts is a stratum made?

    Shape:   no kinds and no areas are all of them; either end of the period may be open; `by` some of PARTS, at least one.
    Raises:  AUD-005 where strata are made of no part, or of another.
    """

    kinds: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    opened_from: datetime | None = None
    opened_to: datetime | None = None
    by: frozenset[str] = frozenset({"kind", "area"})

    def __post_init__(self) -> None:
        if not self.by or not self.by <= set(PARTS):
            raise Refusal("AUD-005", found=f"strata made of something else than {', '.join(PARTS)}")

    @property
    def parts(self) -> tuple[str, ...]:
        """Of which parts is a stratum made, in which order?"""
        return tuple(part for part in PARTS if part in self.by)

    @property
    def has_period(self) -> bool:
        """Are only cases opened within a period looked at?"""
        return self.opened_from is not None or self.opened_to is not None

    def takes(self, file: File) -> bool:
        """Is this file of a kind and area that is looked at?"""
        areas = {plain_area(area) for area in self.areas}
        return (not self.kinds or file.kind in self.kinds) and (not areas or plain_area(file.area) in areas)

    def covers(self, opened: When) -> bool:
        """Was a case that was opened then opened within the period, whichever instant it was?"""
        after = self.opened_from is None or self.opened_from <= opened.earliest
        return after and (self.opened_to is None or opened.latest <= self.opened_to)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The frame, and how many files of these kinds and areas are not in it, for nothing tells when they were opened."""

    frame: Frame
    undated: int


def chosen(files: Iterable[File], choice: Choice) -> Chosen:
    """The frame of the files that this choice takes.

    Shape:   an area is named as the list of boroughs names it, else by the first of its spellings.
    Raises:  AUD-005 if there are none.
    """
    taken = [file for file in files if choice.takes(file)]
    dated = [file for file in taken if file.opened is not None or not choice.has_period]
    within = [file for file in dated if file.opened is None or choice.covers(file.opened)]
    names = dict(_NAMES)
    for area in sorted({" ".join(file.area.split()) for file in within}):
        names.setdefault(plain_area(area), area)
    return Chosen(frame(_case(file, names, choice) for file in within), len(taken) - len(dated))


def _case(file: File, names: dict[str, str], choice: Choice) -> Case:
    said = {"kind": file.kind, "area": names[plain_area(file.area)], "risk": file.risk}
    return Case(file.source, file.case_ref, tuple(said[part] or NOT_KNOWN for part in choice.parts))
