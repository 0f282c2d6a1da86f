"""The person of each record, as a file for those allowed."""

from __future__ import annotations

import csv
import os
import tempfile
from pathlib import Path

from duecare.access.act import Act
from duecare.access.thing import PEOPLE
from duecare.authorisation.authorise import authorise, log_write
from duecare.authorisation.request import Request
from duecare.config import read_config
from duecare.record.pole import RecordKey
from duecare.store.database.transaction import transaction
from duecare.store.linkage import linked_people
from duecare.visibility.view import visibility_for_lists
from duecare.vocabulary.refusals import Refusal


def export_people(request: Request, file_path: Path) -> tuple[int, int]:
    """Write `source,record_id,person` for every record; the number of records and of people.

    Shape:   ordered by source and record_id; the file is written whole, and only after the ledger's line. Sealed people
             are left out, and not counted, unless the viewer is named on one of their cases.
    Raises:  ACC-003 when the viewer may not; CFG-001 when the file cannot be written.
    """
    authorise(request, Act.EXPORT_PEOPLE, PEOPLE)
    config = read_config()
    if file_path.is_dir():
        raise Refusal("CFG-001", where=str(file_path), found="a folder, where a file is to be written")
    sealed = visibility_for_lists(request, config).sealed
    handles: set[str] = set()
    people_found: set[str] = set()
    count = 0
    try:
        handle, beside = tempfile.mkstemp(dir=file_path.parent, prefix=".people-")
    except OSError as error:
        raise Refusal("CFG-001", where=str(file_path), found=error.strerror or "it cannot be written") from error
    try:
        with os.fdopen(handle, "w", newline="", encoding="utf-8") as opened_file:
            writer = csv.writer(opened_file, lineterminator="\n")
            writer.writerow(("source", "record_id", "person"))
            for source, record_id, person, full_name_text in linked_people.every_membership():
                if sealed.hides_record(RecordKey(source, record_id), person):
                    continue
                writer.writerow((source, record_id, person))
                people_found.add(person)
                handles.add(full_name_text)
                count += 1
        with transaction():
            log_write(request, Act.EXPORT_PEOPLE, handles=handles, outcome=f"done: {count} records")
        Path(beside).replace(file_path)
    finally:
        Path(beside).unlink(missing_ok=True)
    return count, len(people_found)
