"""Facts that Duecare itself writes: a delivery of its own, taken in as any other."""

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
from duecare.record.pole import CaseKey, Tie
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
TIES: Final = ("event_id", "record_id", "role", "source", "written_at")


@dataclass(frozen=True, slots=True)
class OwnEvent:
    """What happened in which case, to whom, as somebody says through Duecare?"""

    kind: str
    happened_at: datetime
    case: CaseKey
    area: str = ""
    officer: str = ""
    text: str = ""
    detail: Mapping[str, object] = field(default_factory=dict)
    ties: tuple[Tie, ...] = ()


def write_own(
    request: Request, config: Config, events: Sequence[OwnEvent], known_by: Sequence[str] = ()
) -> tuple[str, ...]:
    """Write these as facts, have what they touch reckoned anew, and say under which ids they stand.

    Shape:   of the source `duecare`, all or none; the caller asks policy first. `known_by`: under these ids, else under
             new ones.
    Raises:  AUD-050 where the delivery was not accepted whole: nothing was written.
    """
    ids = tuple(known_by) or tuple(f"own-{secrets.token_hex(8)}" for _ in events)
    written = iso_text(request.now)
    with tempfile.TemporaryDirectory(prefix="duecare-own-") as made:
        folder = Path(made) / f"{OWN_SOURCE}-{ids[0]}"
        folder.mkdir()
        _sheet(folder / "events.csv", EVENTS, [_row(one, key, written) for one, key in zip(events, ids, strict=True)])
        ties = [
            {
                "event_id": key,
                "record_id": tie.record.record_id,
                "role": tie.role,
                "source": tie.record.source,
                "written_at": written,
            }
            for one, key in zip(events, ids, strict=True)
            for tie in one.ties
        ]
        if ties:
            _sheet(folder / "ties.csv", TIES, ties)
        taken = receive_own(request, config, folder)
    if taken.status != "accepted" or taken.set_aside:
        raise Refusal("AUD-050", found=taken.status, faults=taken.reasons)
    refresh_affected(request)
    return ids


def id_of_form(*parts: str) -> str:
    """Under which id stands what one form says, however often it is sent?"""
    return f"own-{hashlib.sha256(SEPARATOR.join(parts).encode()).hexdigest()[:32]}"


def _row(one: OwnEvent, key: str, written: str) -> dict[str, str]:
    return {
        "event_id": key,
        "kind": one.kind,
        "happened_at": iso_text(one.happened_at),
        "written_at": written,
        "case_ref": one.case.case_ref,
        "case_source": one.case.source,
        "area": one.area,
        "officer": one.officer,
        "detail": json.dumps(dict(one.detail)) if one.detail else "",
        "text": one.text,
    }


def _sheet(path: Path, columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
