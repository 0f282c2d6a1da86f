"""Which record is whose, as a file for those allowed."""

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


def export_people(request: Request, out: Path) -> tuple[int, int]:
    """Write `source,record_id,person` for every record; how many records, how many people?

    Shape:   ordered by source and record_id; the file is written whole, and only after the ledger's line. Sealed people
             are left out, and not counted, unless the viewer is named on one of their cases.
    Raises:  ACC-003 when the viewer may not; CFG-001 when the file cannot be written.
    """
    authorise(request, Act.EXPORT_PEOPLE, PEOPLE)
    config = read_config()
    if out.is_dir():
        raise Refusal("CFG-001", where=str(out), found="a folder, where a file is to be written")
    sealed = visibility_for_lists(request, config).sealed
    handles: set[str] = set()
    found: set[str] = set()
    count = 0
    try:
        handle, beside = tempfile.mkstemp(dir=out.parent, prefix=".people-")
    except OSError as wrong:
        raise Refusal("CFG-001", where=str(out), found=wrong.strerror or "it cannot be written") from wrong
    try:
        with os.fdopen(handle, "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(("source", "record_id", "person"))
            for source, record_id, person, name in linked_people.every_membership():
                if sealed.hides_record(RecordKey(source, record_id), person):
                    continue
                writer.writerow((source, record_id, person))
                found.add(person)
                handles.add(name)
                count += 1
        with transaction():
            log_write(request, Act.EXPORT_PEOPLE, handles=handles, outcome=f"done: {count} records")
        Path(beside).replace(out)
    finally:
        Path(beside).unlink(missing_ok=True)
    return count, len(found)
