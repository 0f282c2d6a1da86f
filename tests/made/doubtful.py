"""Children and others with records that may or may not be of one person, for tests of whoever looks at such pairs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.made.deliveries import Made
from tests.made.judged import take
from tests.made.kept_scenes import fill_or_copy
from tests.made.stores import asking

from duecare.record.pole import RecordKey
from duecare.vocabulary.moments import iso_text

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
SOURCE = "doubt"
AREA, ELSEWHERE = "Eastmoor", "Westfen"
# record: given names, family name, born, postcode, restricted, sealed
PEOPLE = {
    "went": ("Ana", "Zarathorn", "2012-05-04", "NM1 2AB", "", ""),
    "came-back": ("Ana", "Zarathorn", "", "NM1 2AB", "", ""),
    "quill-1": ("Quillabon", "Merriget", "2010-07-07", "NM5 5QQ", "", ""),
    "quill-2": ("Quillabon", "Merriget", "", "NM5 5QQ", "", ""),
    "bob-1": ("Robert", "Umbertide", "2011-01-02", "NM9 9ZZ", "", ""),
    "bob-2": ("Bob", "Umbertide", "", "NM9 9ZZ", "", ""),
    "sealed-1": ("Ostrella", "Vantongeren", "2009-02-02", "NM7 7WW", "", ""),
    "sealed-2": ("Ostrella", "Vantongeren", "", "NM7 7WW", "", "true"),
    "away-1": ("Petronel", "Quistgaard", "2008-02-02", "NM8 8WW", "", ""),
    "away-2": ("Petronel", "Quistgaard", "", "NM8 8WW", "", ""),
    "sure-1": ("Ismenia", "Thorncastle", "2007-03-03", "NM3 3AA", "", ""),
    "sure-2": ("Ismenia", "Thorncastle", "2007-03-03", "NM3 3AA", "", ""),
}
TIED = {  # record: case, role
    "went": ("A", "child"), "came-back": ("B", "child"), "quill-1": ("C", "witness"), "quill-2": ("D", "witness"),
    "bob-1": ("E", "child"), "bob-2": ("F", "suspect"), "sealed-1": ("G", "witness"), "sealed-2": ("H", "witness"),
    "away-1": ("I", "witness"), "away-2": ("J", "witness"), "sure-1": ("K", "witness"), "sure-2": ("L", "witness"),
}  # fmt: skip


def key(record: str) -> RecordKey:
    """The record of this name."""
    return RecordKey(SOURCE, record)


def doubtful() -> Made:
    """The delivery: each record with a case of its own, seen to long ago but for the child who went missing."""
    long_ago, lately = iso_text(NOW - timedelta(days=900)), NOW - timedelta(hours=30)
    persons = [
        {
            "record_id": record, "given_names": given, "family_name": family, "date_of_birth": born,
            "postcode": postcode, "restricted": restricted, "sealed": sealed, "written_at": long_ago,
            "sex": "F" if number // 2 % 2 else "M", "ethnicity": "W1" if number < 4 else "B1", "ethnicity_by": "self",
        }
        for number, (record, (given, family, born, postcode, restricted, sealed)) in enumerate(PEOPLE.items())
    ]  # fmt: skip
    cases = [
        {
            "case_ref": ref, "kind": "other", "area": ELSEWHERE if record.startswith("away") else AREA,
            "written_at": long_ago,
        }
        for record, (ref, _) in TIED.items()
    ]  # fmt: skip
    told = [(record, "information_received", NOW - timedelta(days=900)) for record in TIED]
    told += [("went", "missing_reported", lately), ("came-back", "missing_returned", lately + timedelta(hours=10))]
    events = [
        {
            "event_id": f"E{number}", "kind": kind, "happened_at": iso_text(at), "written_at": iso_text(at),
            "case_ref": TIED[record][0],
        }
        for number, (record, kind, at) in enumerate(told)
    ]  # fmt: skip
    ties = [
        {"event_id": f"E{number}", "record_id": record, "role": TIED[record][1]}
        for number, (record, _, _) in enumerate(told)
    ]
    return Made(
        {"persons": persons, "cases": cases, "events": events, "ties": ties},
        source=SOURCE,
        extracted_at=NOW - timedelta(hours=1),
    )


def begun(config: Any, folder: Path) -> None:
    """Everyone received, linked and assessed."""
    from duecare.assessment.full_run import run_full_assessment
    from duecare.use_cases.linkage.link_all import link_all_records

    content = doubtful()

    def fill() -> None:
        take(config, folder, content, "doubtful")
        link_all_records(asking(NOW), config)
        run_full_assessment(asking(NOW), config)

    fill_or_copy(config, repr(content), fill)
