"""Errors of single-file reviews: import from `errors.csv` of a review run elsewhere, and export."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from pathlib import Path

from duecare.access.act import Act
from duecare.access.thing import GRADES
from duecare.audit.reviews.error_rows import COLUMNS, ErrorRow, ReadErrors, error_rows, read_errors
from duecare.audit.reviews.found_error import FoundError
from duecare.authorisation.authorise import authorise, log_write
from duecare.authorisation.request import Request
from duecare.record.pole import CaseKey
from duecare.store.audit import case_errors, comparable_grades
from duecare.store.database.transaction import transaction
from duecare.store.ledger.opaque_ids import CASE_KIND
from duecare.use_cases.deliveries.atomic_file import write_whole
from duecare.vocabulary.refusals import Refusal


def import_errors(request: Request, file_path: Path) -> ReadErrors:
    """Import errors of reviews run elsewhere; the rows that were set aside, with the reasons.

    Shape:   rows of a round that was opened here are set aside.
    Raises:  ACC-003 when the viewer may not; AUD-058 when the file is none of errors: nothing is taken.
    """
    authorise(request, Act.IMPORT_GRADES, GRADES)
    try:
        file_content = file_path.read_bytes()
    except OSError as error:
        raise Refusal("AUD-058", where=file_path.name, found=error.strerror or "it cannot be read") from error
    held_here = {held_name for held_name, _ in comparable_grades.round_names()}
    read_result = read_errors(error_rows(file_content), file_path.name, request.now, held_here)
    by_case: dict[tuple[str, CaseKey], list[FoundError]] = defaultdict(list)
    for accepted_row in read_result.accepted:
        by_case[accepted_row.round, CaseKey(accepted_row.case_source, accepted_row.case_ref)].append(accepted_row.error)
    with transaction():
        for (round_name, case_key), case_errors_found in by_case.items():
            case_errors.keep_errors(round_name, case_key, case_errors_found, request.now, request.viewer.account)
        log_write(
            request,
            Act.IMPORT_GRADES,
            names={(CASE_KIND, case_key.source, case_key.case_ref) for _, case_key in by_case if case_key.source},
            outcome=f"done: {len(read_result.accepted)} errors",
        )
    return read_result


def export_errors(request: Request, round_name: str) -> bytes:
    """The final errors of this round as `errors.csv`.

    Raises:  ACC-003 when the viewer may not.
    """
    authorise(request, Act.EXPORT_GRADES, GRADES)
    final = [
        (case_key, found_error)
        for case_key, found_error in case_errors.errors_of_round(round_name)
        if found_error.final_at is not None
    ]
    text_buffer = io.StringIO()
    writer = csv.writer(text_buffer)
    writer.writerow(COLUMNS)
    writer.writerows(
        ErrorRow(round_name, case_key.source, case_key.case_ref, found_error).as_row()
        for case_key, found_error in final
    )
    with transaction():
        log_write(
            request,
            Act.EXPORT_GRADES,
            names={(CASE_KIND, case_key.source, case_key.case_ref) for case_key, _ in final if case_key.source},
            outcome=f"done: {len(final)} errors",
        )
    return text_buffer.getvalue().encode()


def write_errors(request: Request, round_name: str, file_path: Path) -> int:
    """Write `export_errors` to this file; the number of errors.

    Raises:  as `export_errors`; CFG-001 when the file cannot be written.
    """
    written_file = write_whole(file_path, lambda: export_errors(request, round_name))
    return sum(1 for _ in csv.reader(io.StringIO(written_file.decode(), newline=""))) - 1
