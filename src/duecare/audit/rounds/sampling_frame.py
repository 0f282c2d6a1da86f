"""Which of the files offered fall in the frame of a round (kinds, areas, period), and the stratum of each.

Which files are offered at all (not sealed, of what was claimed, drawn before or not) is decided in `use_cases/audit/plan_round`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from duecare.audit.rounds.frame_file import Case, Frame, build_frame
from duecare.vocabulary.areas import LONDON, plain_area
from duecare.vocabulary.moments import When
from duecare.vocabulary.refusals import Refusal

NOT_KNOWN: Final = "not known"
PARTS: Final = ("kind", "area", "risk")
_NAMES: Final = {borough_name.casefold(): borough_name for borough_name in LONDON.values()}


@dataclass(frozen=True, slots=True)
class File:
    """What decides whether a case could be drawn, and its stratum.

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
    """Which kinds of case, areas and period are examined, and what a stratum is made of.

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
            raise Refusal("AUD-005", found=f"strata made of something other than {', '.join(PARTS)}")

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts that make a stratum, in order."""
        return tuple(frame_part for frame_part in PARTS if frame_part in self.by)

    @property
    def has_period(self) -> bool:
        """Whether only cases opened within a period are examined."""
        return self.opened_from is not None or self.opened_to is not None

    def takes(self, case_file: File) -> bool:
        """Whether this file is of a kind and area that is examined."""
        areas = {plain_area(area_name) for area_name in self.areas}
        return (not self.kinds or case_file.kind in self.kinds) and (not areas or plain_area(case_file.area) in areas)

    def covers(self, opened: When) -> bool:
        """Whether a case opened then was opened within the period, whichever instant it was."""
        after = self.opened_from is None or self.opened_from <= opened.earliest
        return after and (self.opened_to is None or opened.latest <= self.opened_to)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The frame, and the number of files left out because it is not known when they were opened."""

    frame: Frame
    undated: int


def choose_files(files: Iterable[File], choice: Choice) -> Chosen:
    """The frame of the files that this choice takes.

    Shape:   an area is named as the list of boroughs names it, else by the first of its spellings.
    Raises:  AUD-005 if there are none.
    """
    taken_files = [case_file for case_file in files if choice.takes(case_file)]
    dated = [case_file for case_file in taken_files if case_file.opened is not None or not choice.has_period]
    within = [case_file for case_file in dated if case_file.opened is None or choice.covers(case_file.opened)]
    names = dict(_NAMES)
    for area_name in sorted({" ".join(case_file.area.split()) for case_file in within}):
        names.setdefault(plain_area(area_name), area_name)
    return Chosen(
        build_frame(_case_of_file(case_file, names, choice) for case_file in within), len(taken_files) - len(dated)
    )


def _case_of_file(case_file: File, names: dict[str, str], choice: Choice) -> Case:
    part_values = {"kind": case_file.kind, "area": names[plain_area(case_file.area)], "risk": case_file.risk}
    return Case(
        case_file.source, case_file.case_ref, tuple(part_values[frame_part] or NOT_KNOWN for frame_part in choice.parts)
    )
