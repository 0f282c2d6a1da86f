"""What is versioned by receipt, what ties in time, and what is exported."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.made.stores import NOW, Store, asking

from duecare.config import Config
from duecare.record.pole import RecordKey
from duecare.store.facts.delivery_records import count_defects
from duecare.store.facts.fact_lookup import facts_of_person
from duecare.store.linkage.linked_people import whose_are
from duecare.use_cases.deliveries.receive_delivery import receive_files
from duecare.use_cases.linkage.export_people import export_people
from duecare.use_cases.people.view_person import read_person


def _persons(folder: Path, name: str, *rows: str) -> Path:
    made = folder / name
    made.mkdir()
    (made / "persons.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return made


def _name(record: RecordKey) -> str:
    _, facts = facts_of_person(whose_are([record])[record], None)
    return facts.persons[record].given_names


def test_the_later_of_two_deliveries_in_one_command_counts_whatever_their_hashes(store: Store, tmp_path: Path) -> None:
    with store() as config:
        for number in range(6):
            first = _persons(tmp_path, f"pole-{number}1", "record_id,given_names", f"R{number},Ada")
            later = _persons(tmp_path, f"pole-{number}2", "record_id,given_names", f"R{number},Bea{number}")
            one, two = receive_files(asking(), config, [first, later])

            assert (one.status, two.status) == ("accepted", "accepted")
            assert two.stale == 0
            assert _name(RecordKey("pole", f"R{number}")) == f"Bea{number}"


def test_two_versions_of_one_time_are_noted_as_a_defect(store: Store, tmp_path: Path) -> None:
    with store() as config:
        head = "record_id,given_names,written_at"
        one = _persons(tmp_path, "pole-1", head, "R1,Ada,2026-01-01T09:00:00+00:00")
        two = _persons(tmp_path, "pole-2", head, "R1,Bea,2026-01-01T09:00:00+00:00")
        receive_files(asking(), config, [one])
        (shown,) = receive_files(asking(), config, [two])

        assert any("same time" in reason for _, reason, _ in count_defects(shown.id))


def _export(config: Config, out: Path) -> list[str]:
    export_people(asking(), out)
    with out.open(encoding="utf-8") as file:
        return [row["record_id"] for row in csv.DictReader(file)]


def test_a_withdrawn_record_is_not_exported(store: Store, tmp_path: Path) -> None:
    with store() as config:
        head = "record_id,given_names,written_at,deleted"
        receive_files(
            asking(), config, [_persons(tmp_path, "pole-1", head, "R1,Ada,2026-01-01,", "R2,Bea,2026-01-01,")]
        )
        receive_files(asking(), config, [_persons(tmp_path, "pole-2", head, "R1,,2026-01-02,true")])

        assert _export(config, tmp_path / "people.csv") == ["R2"]


def test_every_time_on_a_page_has_an_offset(store: Store, tmp_path: Path) -> None:
    with store() as config:
        made = tmp_path / "pole-1"
        made.mkdir()
        (made / "persons.csv").write_text("record_id,given_names\nR1,Ada\n")
        (made / "events.csv").write_text("event_id,kind,happened_at\nE1,child_seen,2026-01-01T09:00:00+00:00\n")
        (made / "ties.csv").write_text("event_id,record_id,role\nE1,R1,child\n")
        receive_files(asking(), config, [made])
        record = RecordKey("pole", "R1")
        page = read_person(asking(NOW), whose_are([record])[record])

    assert [row.received_at.tzinfo is not None for row in page.timeline] == [True]
