"""Published totals of audits run elsewhere: import, and what they support."""

from __future__ import annotations

from pathlib import Path

from duecare.access.act import Act
from duecare.access.thing import PUBLISHED_TOTALS
from duecare.audit import Read, Totals, own_rows, read_totals, rows_of, total_pairs
from duecare.authorisation.authorise import authorise, log_read, log_write
from duecare.authorisation.request import Request
from duecare.store.audit import published_totals
from duecare.store.database.transaction import transaction
from duecare.vocabulary.refusals import Refusal


def import_totals(request: Request, file_path: Path) -> Read:
    """Import published totals; the rows that were set aside, with the reasons.

    Shape:   a set that was taken in before is replaced by what this file says of it.
    Raises:  ACC-003 when the viewer may not; AUD-001 when the file is none of published totals: nothing is taken.
    """
    authorise(request, Act.IMPORT_TOTALS, PUBLISHED_TOTALS)
    try:
        file_content = file_path.read_bytes()
    except OSError as error:
        raise Refusal("AUD-001", where=file_path.name, found=error.strerror or "it cannot be read") from error
    read_result = read_totals(rows_of(file_content), file_path.name)
    with transaction():
        published_totals.keep_totals(read_result.accepted, request.now)
        log_write(request, Act.IMPORT_TOTALS, outcome=f"done: {len(read_result.accepted)} published totals")
    return read_result


def audit_totals(request: Request) -> Totals:
    """Show the published totals and their basis.

    Shape:   those taken in; where none have been, the project's own record of what inspections published.
    Raises:  ACC-003 when the viewer may not see them.
    """
    authorise(request, Act.READ_TOTALS, PUBLISHED_TOTALS)
    totals_rows = published_totals.total_rows() or own_rows()
    log_read(request, Act.READ_TOTALS)
    return total_pairs(read_totals(totals_rows).accepted)


def import_own_totals(request: Request) -> Read:
    """Take in the project's own record of what inspections published."""
    authorise(request, Act.IMPORT_TOTALS, PUBLISHED_TOTALS)
    read_result = read_totals(own_rows(), "published.csv")
    with transaction():
        published_totals.keep_totals(read_result.accepted, request.now)
        log_write(request, Act.IMPORT_TOTALS, outcome=f"done: {len(read_result.accepted)} published totals")
    return read_result
