"""Facts that Duecare itself writes: a delivery of its own, received as any other; the same form sent twice is one fact."""

from __future__ import annotations

import csv
import hashlib
import json
import secrets
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from duecare.assessment.refresh_affected import refresh_affected
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.record.pole import CaseKey, InvolvementRow
from duecare.use_cases.deliveries.receive_delivery import OWN_SOURCE, receive_own
from duecare.vocabulary.moments import iso_text
from duecare.vocabulary.refusals import Refusal

EVENTS: Final = (
    "event_id",
    "kind",
    "happened_at",
    "written_at",
    "case_ref",
    "case_source",
    "area",
    "officer",
    "outcome",
    "detail",
    "text",
)
SEPARATOR: Final = "\x1f"
INVOLVEMENT_COLUMNS: Final = ("event_id", "record_id", "role", "source", "written_at")


@dataclass(frozen=True, slots=True)
class OwnEvent:
    """An event that somebody records through Duecare: what happened, in which case, and to whom."""

    kind: str
    happened_at: datetime
    case: CaseKey
    area: str = ""
    officer: str = ""
    text: str = ""
    detail: Mapping[str, object] = field(default_factory=dict)
    ties: tuple[InvolvementRow, ...] = ()


def write_own(
    request: Request, config: Config, events: Sequence[OwnEvent], known_by: Sequence[str] = ()
) -> tuple[str, ...]:
    """Write these as facts, have what they affect assessed again, and give their ids.

    Shape:   of the source `duecare`, all or none; the caller asks policy first. `known_by`: under these ids, else under
             new ones.
    Raises:  AUD-050 where the delivery was not accepted whole: nothing was written.
    """
    event_ids = tuple(known_by) or tuple(f"own-{secrets.token_hex(8)}" for _ in events)
    written = iso_text(request.now)
    with tempfile.TemporaryDirectory(prefix="duecare-own-") as made_folder:
        folder = Path(made_folder) / f"{OWN_SOURCE}-{event_ids[0]}"
        folder.mkdir()
        _write_sheet(
            folder / "events.csv",
            EVENTS,
            [_event_row(own_event, event_id, written) for own_event, event_id in zip(events, event_ids, strict=True)],
        )
        involvements = [
            {
                "event_id": event_id,
                "record_id": involvement.record.record_id,
                "role": involvement.role,
                "source": involvement.record.source,
                "written_at": written,
            }
            for own_event, event_id in zip(events, event_ids, strict=True)
            for involvement in own_event.ties
        ]
        if involvements:
            _write_sheet(folder / "ties.csv", INVOLVEMENT_COLUMNS, involvements)
        delivery_taken = receive_own(request, config, folder)
    if delivery_taken.status != "accepted" or delivery_taken.set_aside:
        raise Refusal("AUD-050", found=delivery_taken.status, faults=delivery_taken.reasons)
    refresh_affected(request)
    return event_ids


def id_of_form(*parts: str) -> str:
    """The id of what one form says, the same however often it is sent."""
    return f"own-{hashlib.sha256(SEPARATOR.join(parts).encode()).hexdigest()[:32]}"


def _event_row(own_event: OwnEvent, event_id: str, written: str) -> dict[str, str]:
    return {
        "event_id": event_id,
        "kind": own_event.kind,
        "happened_at": iso_text(own_event.happened_at),
        "written_at": written,
        "case_ref": own_event.case.case_ref,
        "case_source": own_event.case.source,
        "area": own_event.area,
        "officer": own_event.officer,
        "detail": json.dumps(dict(own_event.detail)) if own_event.detail else "",
        "text": own_event.text,
    }


def _write_sheet(file_path: Path, columns: Sequence[str], sheet_rows: Sequence[Mapping[str, str]]) -> None:
    with file_path.open("w", encoding="utf-8", newline="") as sheet_file:
        writer = csv.DictWriter(sheet_file, columns, restval="")
        writer.writeheader()
        writer.writerows(sheet_rows)
