"""The grades of a file beside the duties late in it, once both sides have opened theirs, and the questions that raises."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from duecare.audit.grading.grade_scheme import Scheme
from duecare.audit.grading.graded_file import GradedFile
from duecare.audit.rounds.sample_sets import SIDES
from duecare.duty.finding import Finding, State

FileKey = tuple[str, str]


def is_breach(finding: Finding) -> bool:
    """Whether the duty was not met in time; what the force only suggests to itself is never a breach."""
    return finding.state in {State.OVERDUE, State.MET_LATE} and finding.adopted is not False


@dataclass(frozen=True, slots=True)
class Question:
    """Why this side graded the file "good", when an investigator was allocated late or not at all: put to both sides.

    Shape:   `grade` is the scheme's word; `breaches` are of allocation.
    """

    key: FileKey
    side: str
    grade: str
    breaches: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class BesideFile:
    """One file with the breaches that were known of it at the draw."""

    file: GradedFile
    breaches: tuple[Finding, ...]

    @property
    def key(self) -> FileKey:
        """The key of the file."""
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
            "with_a_breach": sum(1 for beside_file in self.files if beside_file.breaches),
            "by_side": {
                audit_side: {
                    ("meets_standard" if is_met else "below_standard"): {
                        "files": files,
                        "with_a_breach": late_count,
                        "with_a_breach_of_allocation": unallocated,
                    }
                    for is_met, (files, late_count, unallocated) in by_cut.items()
                }
                for audit_side, by_cut in self.counts.items()
            },
            "questions": [
                {
                    "case_source": question.key[0],
                    "case_ref": question.key[1],
                    "side": question.side,
                    "grade": question.grade,
                    "findings": [breach.finding for breach in question.breaches],
                }
                for question in self.questions
            ],
        }


def duties_beside_grades(
    files: Iterable[GradedFile],
    findings: Mapping[FileKey, Iterable[Finding]],
    schemes: Mapping[str, Scheme],
    allocation: str,
) -> Beside:
    """These grades beside these findings, and the questions that follow.

    Shape:   a file of which no findings are handed over is left out; `allocation` is the duty to allocate an investigator.
             A question is asked of each side that gave the best grade of its scheme to a file with a breach of it.
    """
    graded_files = tuple(files)
    looked = tuple(
        BesideFile(graded_file, tuple(filter(is_breach, findings[graded_file.case_source, graded_file.case_ref])))
        for graded_file in graded_files
        if (graded_file.case_source, graded_file.case_ref) in findings
    )
    questions = [
        Question(beside_file.key, audit_side, standing_grade.grade, unallocated)
        for beside_file in looked
        for audit_side in SIDES
        if (standing_grade := beside_file.file.standing(audit_side)) is not None
        and standing_grade.grade == schemes[audit_side].grades[0]
        and (unallocated := tuple(breach for breach in beside_file.breaches if breach.duty == allocation))
    ]
    counts = {
        audit_side: {
            is_met: _count_side(looked, audit_side, schemes[audit_side], is_met, allocation) for is_met in (True, False)
        }
        for audit_side in SIDES
    }
    return Beside(looked, len(graded_files) - len(looked), counts, tuple(questions))


def _count_side(
    looked: Iterable[BesideFile], audit_side: str, scheme: Scheme, is_met: bool, allocation: str
) -> tuple[int, int, int]:
    counted_files = [
        beside_file
        for beside_file in looked
        if (standing_grade := beside_file.file.standing(audit_side)) is not None
        and scheme.is_met(standing_grade.grade) is is_met
    ]
    late_files = [beside_file for beside_file in counted_files if beside_file.breaches]
    return (
        len(counted_files),
        len(late_files),
        sum(1 for late_file in late_files if any(breach.duty == allocation for breach in late_file.breaches)),
    )
