"""Errors of single-file reviews: taken in from `errors.csv` of a review run elsewhere, and taken out again."""

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
from duecare.store.audit import case_errors, unsealed_grades
from duecare.store.database.transaction import transaction
from duecare.store.ledger.opaque_ids import CASE
from duecare.use_cases.deliveries.atomic_file import write_whole
from duecare.vocabulary.refusals import Refusal


def import_errors(request: Request, path: Path) -> ReadErrors:
    """Take in errors of reviews run elsewhere; which rows were set aside, and why?

    Shape:   rows of a round that was opened here are set aside.
    Raises:  ACC-003 when the viewer may not; AUD-058 when the file is none of errors: nothing is taken.
    """
    authorise(request, Act.IMPORT_GRADES, GRADES)
    try:
        held = path.read_bytes()
    except OSError as wrong:
        raise Refusal("AUD-058", where=path.name, found=wrong.strerror or "it cannot be read") from wrong
    held_here = {name for name, _ in unsealed_grades.rounds()}
    read = read_errors(error_rows(held), path.name, request.now, held_here)
    by_case: dict[tuple[str, CaseKey], list[FoundError]] = defaultdict(list)
    for one in read.accepted:
        by_case[one.round, CaseKey(one.case_source, one.case_ref)].append(one.error)
    with transaction():
        for (round_name, case), found in by_case.items():
            case_errors.keep(round_name, case, found, request.now, request.viewer.account)
        log_write(
            request,
            Act.IMPORT_GRADES,
            names={(CASE, case.source, case.case_ref) for _, case in by_case if case.source},
            outcome=f"done: {len(read.accepted)} errors",
        )
    return read


def export_errors(request: Request, round_name: str) -> bytes:
    """The final errors of this round as `errors.csv`.

    Raises:  ACC-003 when the viewer may not.
    """
    authorise(request, Act.EXPORT_GRADES, GRADES)
    final = [(case, one) for case, one in case_errors.errors_of_round(round_name) if one.final_at is not None]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(ErrorRow(round_name, case.source, case.case_ref, one).as_row() for case, one in final)
    with transaction():
        log_write(
            request,
            Act.EXPORT_GRADES,
            names={(CASE, case.source, case.case_ref) for case, _ in final if case.source},
            outcome=f"done: {len(final)} errors",
        )
    return out.getvalue().encode()


def write_errors(request: Request, round_name: str, out: Path) -> int:
    """Write `export_errors` to this file; how many errors?

    Raises:  as `export_errors`; CFG-001 when the file cannot be written.
    """
    held = write_whole(out, lambda: export_errors(request, round_name))
    return sum(1 for _ in csv.reader(io.StringIO(held.decode(), newline=""))) - 1
