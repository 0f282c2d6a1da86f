"""Sources handled as a pointer: most see that there is something, and whom to call; nothing else."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.made.stores import NOW, Store, asking

from duecare.access.viewer import Viewer
from duecare.record.layouts import LAYOUTS
from duecare.record.pole import RecordKey
from duecare.steps.read_case import read_case
from duecare.steps.read_findings import Wanted, read_findings
from duecare.steps.read_person import read_person
from duecare.steps.receive import receive
from duecare.store.people import whose_are

INVESTIGATOR = Viewer(account="inv", roles=frozenset({"investigator"}), officer="W1", teams=frozenset({"Unit 7"}))
MANAGER = Viewer(account="omg", roles=frozenset({"offender_manager"}), officer="W1", teams=frozenset({"Unit 7"}))
RECORD = RecordKey("visor", "V1")


def _deliver(folder: Path, config: object) -> None:
    made = folder / "visor-2026-11-01"
    made.mkdir()
    said = {
        "offenders": {
            "visor_ref": "V1", "surname": "Quillbright", "forenames": "Zeb", "area": "Ashmere",
            "registered_at": "2026-01-01T09:00:00+00:00", "manager": "W1", "manager_from": "2026-01-02T09:00:00+00:00",
            "last_updated": "2026-01-02T09:00:00+00:00",
        },
        "visits": {
            "visit_ref": "X1", "visor_ref": "V1", "visited_at": "2026-02-01T09:00:00+00:00", "outcome": "not_seen",
            "address": "4 Canary Row", "last_updated": "2026-02-01T09:00:00+00:00",
        },
    }  # fmt: skip
    for layout in LAYOUTS["visor"]:
        if layout.file in said:
            with (made / f"{layout.file}.csv").open("w", newline="") as file:
                writer = csv.DictWriter(file, layout.columns, restval="")
                writer.writeheader()
                writer.writerow(said[layout.file])
    (shown,) = receive(asking(), config, [made])  # type: ignore[arg-type]
    assert shown.status == "accepted", shown.reasons


def test_an_investigator_sees_a_pointer_and_whom_to_call(store: Store, tmp_path: Path) -> None:
    with store() as config:
        _deliver(tmp_path, config)
        person = whose_are([RECORD])[RECORD]
        page = read_person(asking(NOW, INVESTIGATOR), person)
        listed = read_findings(asking(NOW, INVESTIGATOR), config, Wanted(person=person))

    said = repr(page)
    assert "Quillbright" not in said
    assert "QUILLBRIGHT" not in said
    assert "Canary" not in said
    assert page.timeline
    assert all(row.is_hidden for row in page.timeline)
    assert any("call" in words for words, _, _ in page.warnings)
    assert page.findings == ()
    assert listed == []


def test_a_case_of_such_a_source_shows_an_investigator_no_more(store: Store, tmp_path: Path) -> None:
    with store() as config:
        _deliver(tmp_path, config)
        page = read_case(asking(NOW, INVESTIGATOR), "visor", "V1")

    said = repr(page)
    assert "QUILLBRIGHT" not in said
    assert "Canary" not in said


def test_the_manager_sees_all_of_it(store: Store, tmp_path: Path) -> None:
    with store() as config:
        _deliver(tmp_path, config)
        person = whose_are([RECORD])[RECORD]
        page = read_person(asking(NOW, MANAGER), person)

    assert "QUILLBRIGHT" in page.label
    assert not any(row.is_hidden for row in page.timeline)
    assert page.findings
