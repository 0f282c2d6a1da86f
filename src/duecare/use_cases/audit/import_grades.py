"""Grades of audits run elsewhere: import from a file, and export."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from duecare.access.act import Act
from duecare.access.thing import GRADES
from duecare.audit import Read
from duecare.audit.grading.csv_rows import lines_of
from duecare.audit.grading.imported_case_grade import (
    COLUMNS,
    CaseGrade,
    ReadGrades,
    is_case_grades,
    read_case_grades,
    rows_by_case,
)
from duecare.audit.reviews.error_rows import ReadErrors, is_errors
from duecare.authorisation.authorise import authorise, log_write
from duecare.authorisation.request import Request
from duecare.store.audit import comparable_grades, imported_grades, round_records
from duecare.store.database.transaction import transaction
from duecare.store.ledger.opaque_ids import CASE_KIND, LedgerRef
from duecare.use_cases.audit.compare_grades import refusing_blind
from duecare.use_cases.audit.import_errors import import_errors
from duecare.use_cases.audit.import_totals import import_totals
from duecare.use_cases.deliveries.atomic_file import write_whole
from duecare.vocabulary.refusals import Refusal


def import_audit(request: Request, file_path: Path) -> Read | ReadGrades | ReadErrors:
    """Import this file: published totals, grades by case, or errors, as its columns show.

    Raises:  as `import_totals`, `import_grades` and `import_errors`.
    """
    try:
        header, _ = lines_of(file_path.read_bytes(), "AUD-001")
    except (OSError, Refusal):
        header = ()  # the step that reads it says what is wrong, after it has asked
    if is_errors(header):
        return import_errors(request, file_path)
    return import_grades(request, file_path) if is_case_grades(header) else import_totals(request, file_path)


def import_grades(request: Request, file_path: Path) -> ReadGrades:
    """Import grades by case; the rows that were set aside, with the reasons.

    Shape:   what was taken in before of the same round, file, side and grader is replaced. Rows of a round that was
             drawn here are set aside.
    Raises:  ACC-003 when the viewer may not; AUD-040 when the file is none of grades by case: nothing is taken.
    """
    authorise(request, Act.IMPORT_GRADES, GRADES)
    try:
        file_content = file_path.read_bytes()
    except OSError as error:
        raise Refusal("AUD-040", where=file_path.name, found=error.strerror or "it cannot be read") from error
    drawn_here = {drawn_name for drawn_name, _ in comparable_grades.round_names()}
    read_result = read_case_grades(rows_by_case(file_content), file_path.name, drawn_here)
    with transaction():
        imported_grades.keep_grades(read_result.accepted, request.now)
        log_write(
            request,
            Act.IMPORT_GRADES,
            names=_ledger_refs(read_result.accepted),
            outcome=f"done: {len(read_result.accepted)} grades",
        )
    return read_result


def export_grades(request: Request, round_name: str) -> bytes:
    """The grades of this round as a file that `import_grades` reads.

    Shape:   CSV with the columns of `grades.csv`, ordered by file, side and grader; a cell that a spreadsheet would take
             for a formula is guarded by an apostrophe, which reading takes off again.
    Raises:  ACC-003 when the viewer may not; AUD-041 where there is no such round; AUD-042 while it is blind.
    """
    authorise(request, Act.EXPORT_GRADES, GRADES)
    with refusing_blind(request, Act.EXPORT_GRADES):
        grade_rows = rows_of_round(round_name)
    text_buffer = io.StringIO(newline="")
    writer = csv.writer(text_buffer, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(grade_row.as_row() for grade_row in grade_rows)
    with transaction():
        log_write(request, Act.EXPORT_GRADES, names=_ledger_refs(grade_rows), outcome=f"done: {len(grade_rows)} grades")
    return text_buffer.getvalue().encode()


def write_grades(request: Request, round_name: str, file_path: Path) -> int:
    """Write `export_grades` to this file; the number of grades.

    Shape:   the file is written whole, and only after the ledger's line.
    Raises:  as `export_grades`; CFG-001 when the file cannot be written.
    """
    written_file = write_whole(file_path, lambda: export_grades(request, round_name))
    return sum(1 for _ in csv.reader(io.StringIO(written_file.decode(), newline=""))) - 1


def rows_of_round(round_name: str) -> tuple[CaseGrade, ...]:
    """Every grade of this round, of one drawn here or one run elsewhere.

    Raises:  AUD-041 where there is no such round; AUD-042 while it is blind.
    """
    own_round = round_records.round_named(round_name)
    if own_round is None:
        imported_rows = imported_grades.rows_of(round_name)
        if not imported_rows:
            raise Refusal("AUD-041")
        return imported_rows
    if not comparable_grades.is_open(own_round):
        raise Refusal("AUD-042")
    files = comparable_grades.as_files(own_round, comparable_grades.opened_files(own_round))
    return tuple(
        CaseGrade(
            own_round.name,
            graded_file.case_source,
            graded_file.case_ref,
            graded_file.set,
            grade_given.side,
            grade_given.grader,
            graded_file.case_kind,
            graded_file.area,
            grade_given.grade,
            graded_file.referred_back,
            grade_given.at,
            {},
        )
        for graded_file in files
        for grade_given in sorted(graded_file.given, key=lambda grade_given: (grade_given.side, grade_given.grader))
    )


def _ledger_refs(grade_rows: tuple[CaseGrade, ...]) -> set[LedgerRef]:
    return {(CASE_KIND, grade_row.case_source, grade_row.case_ref) for grade_row in grade_rows if grade_row.case_source}
