"""A few children with records in two systems, some alike, for tests of what judging their links does and undoes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.made.deliveries import Made, Row, write
from tests.made.kept_scenes import fill_or_copy
from tests.made.stores import InProcess, asking

from duecare.record.pole import RecordKey
from duecare.vocabulary.moments import iso_text

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
FIRST = datetime(2026, 11, 1, 9, tzinfo=UTC)
AREA = "Eastmoor"
# record: given names, family name, born, postcode, phone
PEOPLE = {
    "ana-1": ("Ana", "Zarathorn", "2012-05-04", "NM1 2AB", "07700 900001"),
    "ana-2": ("Ana", "Zarathorn", "2012-05-04", "NM1 2AB", "07700 900001"),
    "ana-3": ("Anna", "Zarathorn", "2012-05-04", "NM1 2AB", ""),
    "sister": ("Ane", "Zarathorn", "2014-09-09", "NM1 2AB", "07700 900001"),
    "bob-1": ("Robert", "Umbertide", "2011-01-02", "NM9 9ZZ", "07700 900009"),
    "bob-2": ("Bob", "Umbertide", "2011-01-02", "NM9 9ZZ", "07700 900009"),
    "quill": ("Quillabon", "Merriget", "2010-07-07", "NM5 5QQ", ""),
    "alone": ("Ostrella", "Vantongeren", "2009-02-02", "NM7 7WW", "07700 900077"),
}
KEYS = tuple(RecordKey("made", record) for record in PEOPLE)
UNTOUCHED = RecordKey("made", "alone")


def _event(number: int, kind: str, hours: float, case: str, **more: str) -> Row:
    at = iso_text(FIRST + timedelta(hours=hours))
    said = {"event_id": f"E{number}", "kind": kind, "happened_at": at, "case_ref": case, "written_at": at}
    return {**said, **more}


def first() -> Made:
    """Everyone, each of some with a case in which something is owed."""
    persons = [
        {
            "record_id": record, "given_names": given, "family_name": family, "date_of_birth": born,
            "postcode": postcode, "phone": phone, "sex": "M" if record.startswith("bob") else "F",
            "written_at": iso_text(FIRST),
        }
        for record, (given, family, born, postcode, phone) in PEOPLE.items()
    ]  # fmt: skip
    tied = {"ana-1": "A", "sister": "B", "bob-1": "C", "quill": "D", "alone": "E"}
    events = [_event(n, "concern_reported", n, case, risk="amber") for n, case in enumerate(tied.values())]
    ties = [{"event_id": f"E{n}", "record_id": record, "role": "child"} for n, record in enumerate(tied)]
    events += [
        _event(10, "missing_reported", 30, "F", risk="high"),
        _event(11, "missing_returned", 40, "F"),
        _event(12, "child_seen", 50, "B"),
        _event(13, "offender_registered", -9000, "G", outcome="sentence"),
        _event(14, "visit_plan_set", -2000, "G", detail='{"every": "P3M"}'),
    ]
    ties += [
        {"event_id": "E10", "record_id": "ana-2", "role": "child"},
        {"event_id": "E11", "record_id": "ana-2", "role": "child"},
        {"event_id": "E12", "record_id": "sister", "role": "child"},
        {"event_id": "E13", "record_id": "bob-2", "role": "offender"},
        {"event_id": "E14", "record_id": "bob-2", "role": "offender"},
    ]
    cases = [
        {"case_ref": ref, "kind": "child_concern", "area": AREA, "written_at": iso_text(FIRST)} for ref in "ABCDEFG"
    ]
    rows = {"persons": persons, "cases": cases, "events": events, "ties": ties}
    return Made(rows, source="made", extracted_at=FIRST + timedelta(days=5))


def later(number: int) -> Made:
    """What comes between: about one who is linked with nobody, and about one who may be judged meanwhile."""
    about = ("alone", "ana-2", "quill")[number % 3]
    event = _event(20 + number, "child_seen", 60 + number, "E")
    return Made(
        {"events": [event], "ties": [{"event_id": event["event_id"], "record_id": about, "role": "child"}]},
        source="made",
        extracted_at=FIRST + timedelta(days=6 + number),
    )


def take(config: Any, folder: Path, made: Made, name: str) -> None:
    """Receive this, and have it linked and worked out as the command does."""
    from duecare.assessment.refresh_affected import refresh_affected
    from duecare.extract import delivery
    from duecare.use_cases.deliveries.receive_delivery import receive_files
    from duecare.use_cases.linkage.link_affected import link_affected

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delivery, "Child", InProcess)
        (took,) = receive_files(asking(NOW), config, [write(made, folder / f"made-{name}")])
    assert took.status == "accepted", took.reasons
    link_affected(asking(NOW), config)
    refresh_affected(asking(NOW))


def begun(config: Any, folder: Path) -> None:
    """Everyone received, linked and assessed."""
    from duecare.assessment.full_run import run_full_assessment
    from duecare.use_cases.linkage.link_all import link_all_records

    content = first()

    def fill() -> None:
        take(config, folder, content, "first")
        link_all_records(asking(NOW), config)
        run_full_assessment(asking(NOW), config)

    fill_or_copy(config, repr(content), fill)


@dataclass(frozen=True)
class State:
    """All that a link tells on: whose each record is, what is found and kept of it, the search, and the digest's parts."""

    whose: Mapping[str, str]
    kept: Mapping[str, tuple[str, ...]]
    parts: Mapping[str, str]


def state(config: Any) -> State:
    """As it is now, byte for byte but for the numbers of rows."""
    from duecare.store.linkage.linked_people import every_membership
    from duecare.store.models import FindingRow, SearchRecord, VisitRow, WorkRow
    from duecare.use_cases.operations.store_digest import read_digest
    from duecare.use_cases.people.update_search_index import update_search_index

    update_search_index()
    return State(
        {f"{source}:{record}": person for source, record, person, _ in every_membership()},
        {model.__name__: _rows(model) for model in (FindingRow, WorkRow, VisitRow, SearchRecord)},
        dict(read_digest(asking(NOW), config).parts),
    )


def _rows(model: Any) -> tuple[str, ...]:
    rows = (sorted((name, _plain(value)) for name, value in row.items()) for row in model.objects.values())
    apart = {"id", "run_id"} if model.__name__ != "SearchRecord" else set()
    return tuple(sorted(repr([pair for pair in row if pair[0] not in apart]) for row in rows))


def _plain(value: object) -> str:
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else repr(value)
