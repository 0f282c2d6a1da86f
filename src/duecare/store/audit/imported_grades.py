"""Grades of audits run elsewhere, as kept: one row a round, file, side and grader."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from duecare.audit.grading.graded_file import GradedFile, GradeGiven
from duecare.audit.grading.imported_case_grade import CaseGrade
from duecare.store.models import OutsideGrade


def keep_grades(accepted: Iterable[CaseGrade], recorded_at: datetime) -> None:
    """Keep these, each in place of what was held of the same round, file, side and grader."""
    columns = ("set", "case_kind", "area", "grade", "referred_back", "graded_at", "row", "imported_at")
    OutsideGrade.objects.bulk_create(
        [
            OutsideGrade(
                round=case_grade.round,
                case_source=case_grade.case_source,
                case_ref=case_grade.case_ref,
                side=case_grade.side,
                grader=case_grade.grader,
                set=case_grade.set,
                case_kind=case_grade.case_kind,
                area=case_grade.area,
                grade=case_grade.grade,
                referred_back=case_grade.referred_back,
                graded_at=case_grade.graded_at,
                row=dict(case_grade.row),
                imported_at=recorded_at,
            )
            for case_grade in accepted
        ],
        update_conflicts=True,
        update_fields=columns,
        unique_fields=("round", "case_source", "case_ref", "side", "grader"),
        batch_size=500,
    )


def round_names() -> tuple[str, ...]:
    """The rounds of which such grades are kept, in order of name."""
    return tuple(OutsideGrade.objects.order_by("round").values_list("round", flat=True).distinct())


def rows_of(round_name: str) -> tuple[CaseGrade, ...]:
    """Every grade held of this round, in order of file, side and grader."""
    stored_grades = OutsideGrade.objects.filter(round=round_name).order_by("case_source", "case_ref", "side", "grader")
    return tuple(
        CaseGrade(
            stored_grade.round,
            stored_grade.case_source,
            stored_grade.case_ref,
            stored_grade.set,
            stored_grade.side,
            stored_grade.grader,
            stored_grade.case_kind,
            stored_grade.area,
            stored_grade.grade,
            stored_grade.referred_back,
            stored_grade.graded_at,
            stored_grade.row,
        )
        for stored_grade in stored_grades
    )


def as_files(case_grades: Iterable[CaseGrade]) -> tuple[GradedFile, ...]:
    """These grades file by file.

    Shape:   what a file's rows say of its area and kind is that of the first that says it; it was sent back if any row
             says so.
    """
    grouped: dict[tuple[str, str], list[CaseGrade]] = {}
    for case_grade in case_grades:
        grouped.setdefault((case_grade.case_source, case_grade.case_ref), []).append(case_grade)
    return tuple(
        GradedFile(
            source,
            case_ref,
            same_file[0].set,
            tuple(
                GradeGiven(file_grade.side, file_grade.grader, file_grade.grade, file_grade.graded_at)
                for file_grade in same_file
            ),
            case_kind=next((file_grade.case_kind for file_grade in same_file if file_grade.case_kind), ""),
            area=next((file_grade.area for file_grade in same_file if file_grade.area), ""),
            referred_back=any(referral_answers)
            if (
                referral_answers := [
                    file_grade.referred_back for file_grade in same_file if file_grade.referred_back is not None
                ]
            )
            else None,
        )
        for (source, case_ref), same_file in grouped.items()
    )
