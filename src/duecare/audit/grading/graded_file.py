"""A file with the grades it was given: by side, grader, time and topic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from duecare.audit.rounds.frame_file import Stratum

NO_TOPICS: Final[Mapping[str, str]] = {}
_BEFORE_ALL: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class GradeGiven:
    """One grade that a grader gave.

    Shape:   `side` is force or inspectorate; `grade` and those of `topics` are the scheme's words. `suspect` is the
             other grade of an investigation, for how it treated the suspect: the two are never made into one.
    Unknown: `at` is None where nobody says when.
    """

    side: str
    grader: str
    grade: str
    at: datetime | None = None
    topics: Mapping[str, str] = field(default_factory=lambda: NO_TOPICS)
    suspect: str = ""


@dataclass(frozen=True, slots=True)
class GradedFile:
    """A file in its set and stratum, with the grades it was given.

    Shape:   `set` is paired, inspector_only or force_only; `stratum` is empty where nobody says how it was drawn.
    """

    case_source: str
    case_ref: str
    set: str
    given: tuple[GradeGiven, ...]
    case_kind: str = ""
    area: str = ""
    stratum: Stratum = ()
    referred_back: bool | None = None

    def by(self, grader_side: str) -> tuple[GradeGiven, ...]:
        """The grades that one side gave it."""
        return tuple(given_grade for given_grade in self.given if given_grade.side == grader_side)

    def standing(self, grader_side: str) -> GradeGiven | None:
        """The one grade of this side that counts: the last given; of those of one moment, the last by grader."""
        return max(
            self.by(grader_side),
            key=lambda given_grade: (given_grade.at or _BEFORE_ALL, given_grade.grader),
            default=None,
        )

    @property
    def pair(self) -> tuple[GradeGiven, GradeGiven] | None:
        """The force's grade and the inspectorate's, where the file was for both and both gave one."""
        force, inspectorate = self.standing("force"), self.standing("inspectorate")
        if self.set != "paired" or force is None or inspectorate is None:
            return None
        return force, inspectorate
