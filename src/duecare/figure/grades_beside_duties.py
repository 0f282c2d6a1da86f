"""Where the human eye and the machine's meet, and only afterwards: the grades of a file beside the duties late in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from duecare.audit.grading.grade_scheme import Scheme
from duecare.audit.grading.graded_file import GradedFile
from duecare.audit.rounds.sample_sets import SIDES
from duecare.duty.finding import Finding, State

Key = tuple[str, str]


def is_breach(finding: Finding) -> bool:
    """Was the duty not met in time? What the force only suggests to itself is never a breach."""
    return finding.state in {State.OVERDUE, State.MET_LATE} and finding.adopted is not False


@dataclass(frozen=True, slots=True)
class Question:
    """Why did this side grade the file "good", when an investigator was allocated late or not at all? Put to both sides.

    Shape:   `grade` is the scheme's word; `breaches` are of allocation.
    """

    key: Key
    side: str
    grade: str
    breaches: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class BesideFile:
    """One file with the breaches that were known of it at the draw."""

    file: GradedFile
    breaches: tuple[Finding, ...]

    @property
    def key(self) -> Key:
        """Which file is it?"""
        return self.file.case_source, self.file.case_ref


@dataclass(frozen=True, slots=True)
class Beside:
    """The graded files of a round beside the duties late in them.

    Shape:   `files` only those looked at; `left_out` how many are sealed; `counts[side][met]` is (files, of these with any
             breach, of these with one of allocation).
    """

    files: tuple[BesideFile, ...]
    left_out: int
    counts: Mapping[str, Mapping[bool, tuple[int, int, int]]]
    questions: tuple[Question, ...]

    def as_json(self) -> dict[str, object]:
        """What a command prints of it."""
        return {
            "files": len(self.files),
            "left_out": self.left_out,
            "with_a_breach": sum(1 for one in self.files if one.breaches),
            "by_side": {
                side: {
                    ("meets_standard" if met else "below_standard"): {
                        "files": files,
                        "with_a_breach": late,
                        "with_a_breach_of_allocation": unallocated,
                    }
                    for met, (files, late, unallocated) in by_cut.items()
                }
                for side, by_cut in self.counts.items()
            },
            "questions": [
                {
                    "case_source": one.key[0],
                    "case_ref": one.key[1],
                    "side": one.side,
                    "grade": one.grade,
                    "findings": [breach.finding for breach in one.breaches],
                }
                for one in self.questions
            ],
        }


def beside(
    files: Iterable[GradedFile],
    findings: Mapping[Key, Iterable[Finding]],
    schemes: Mapping[str, Scheme],
    allocation: str,
) -> Beside:
    """These grades beside these findings, and the questions that follow.

    Shape:   a file of which no findings are handed over is left out; `allocation` is the duty to allocate an investigator.
             A question is asked of each side that gave the best grade of its scheme to a file with a breach of it.
    """
    held = tuple(files)
    looked = tuple(
        BesideFile(file, tuple(filter(is_breach, findings[file.case_source, file.case_ref])))
        for file in held
        if (file.case_source, file.case_ref) in findings
    )
    questions = [
        Question(one.key, side, given.grade, unallocated)
        for one in looked
        for side in SIDES
        if (given := one.file.standing(side)) is not None
        and given.grade == schemes[side].grades[0]
        and (unallocated := tuple(breach for breach in one.breaches if breach.duty == allocation))
    ]
    counts = {
        side: {met: _count(looked, side, schemes[side], met, allocation) for met in (True, False)} for side in SIDES
    }
    return Beside(looked, len(held) - len(looked), counts, tuple(questions))


def _count(looked: Iterable[BesideFile], side: str, scheme: Scheme, met: bool, allocation: str) -> tuple[int, int, int]:
    mine = [one for one in looked if (g := one.file.standing(side)) is not None and scheme.is_met(g.grade) is met]
    late = [one for one in mine if one.breaches]
    return len(mine), len(late), sum(1 for one in late if any(breach.duty == allocation for breach in one.breaches))
