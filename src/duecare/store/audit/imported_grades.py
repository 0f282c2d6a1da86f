"""Grades of audits run elsewhere, as kept: one row a round, file, side and grader."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from duecare.audit.grading.graded_file import Given, GradedFile
from duecare.audit.grading.imported_case_grade import CaseGrade
from duecare.store.models import OutsideGrade


def keep(accepted: Iterable[CaseGrade], at: datetime) -> None:
    """Keep these, each in the place of what was held of the same round, file, side and grader."""
    columns = ("set", "case_kind", "area", "grade", "referred_back", "graded_at", "row", "imported_at")
    OutsideGrade.objects.bulk_create(
        [
            OutsideGrade(
                round=one.round,
                case_source=one.case_source,
                case_ref=one.case_ref,
                side=one.side,
                grader=one.grader,
                set=one.set,
                case_kind=one.case_kind,
                area=one.area,
                grade=one.grade,
                referred_back=one.referred_back,
                graded_at=one.graded_at,
                row=dict(one.row),
                imported_at=at,
            )
            for one in accepted
        ],
        update_conflicts=True,
        update_fields=columns,
        unique_fields=("round", "case_source", "case_ref", "side", "grader"),
        batch_size=500,
    )


def rounds() -> tuple[str, ...]:
    """Of which rounds are such grades held, in order of name?"""
    return tuple(OutsideGrade.objects.order_by("round").values_list("round", flat=True).distinct())


def rows_of(round_name: str) -> tuple[CaseGrade, ...]:
    """Every grade held of this round, in order of file, side and grader."""
    held = OutsideGrade.objects.filter(round=round_name).order_by("case_source", "case_ref", "side", "grader")
    return tuple(
        CaseGrade(
            one.round,
            one.case_source,
            one.case_ref,
            one.set,
            one.side,
            one.grader,
            one.case_kind,
            one.area,
            one.grade,
            one.referred_back,
            one.graded_at,
            one.row,
        )
        for one in held
    )


def as_files(rows: Iterable[CaseGrade]) -> tuple[GradedFile, ...]:
    """These grades file by file.

    Shape:   what a file's rows say of its area and kind is that of the first that says it; it was sent back if any row
             says so.
    """
    grouped: dict[tuple[str, str], list[CaseGrade]] = {}
    for row in rows:
        grouped.setdefault((row.case_source, row.case_ref), []).append(row)
    return tuple(
        GradedFile(
            source,
            ref,
            same[0].set,
            tuple(Given(one.side, one.grader, one.grade, one.graded_at) for one in same),
            case_kind=next((one.case_kind for one in same if one.case_kind), ""),
            area=next((one.area for one in same if one.area), ""),
            referred_back=any(told)
            if (told := [r.referred_back for r in same if r.referred_back is not None])
            else None,
        )
        for (source, ref), same in grouped.items()
    )
