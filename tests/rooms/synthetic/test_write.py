"""The made-up force is the same for the same seed, keeps to the layouts, and says what is true beside it."""

from __future__ import annotations

import csv
import hashlib
import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.rooms.synthetic.reading import PERSONS, Small, digest

from duecare.record.contract import POLE_SHEETS
from duecare.record.layouts import LAYOUTS, XML_SOURCES
from duecare.synthetic.clock import to_seconds
from duecare.synthetic.write import DEFAULT_SEED, ENDING, extraction_times, write_synthetic


def test_the_same_seed_and_ending_give_the_same_bytes(small: Small, tmp_path: Path) -> None:
    write_synthetic(tmp_path / "again", scale="small", chance_seed=DEFAULT_SEED, ending=ENDING)

    assert digest(tmp_path / "again") == digest(small.out)


def test_another_seed_gives_other_bytes(small: Small, tmp_path: Path) -> None:
    write_synthetic(tmp_path / "other", scale="small", chance_seed=DEFAULT_SEED + 1)

    first, second = digest(small.out), digest(tmp_path / "other")
    changed = [name for name in first if name.endswith("persons.csv") and first[name] == second.get(name)]
    assert changed == []


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "kept.txt").write_text("mine")

    with pytest.raises(FileExistsError):
        write_synthetic(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]


def test_a_scale_that_there_is_not_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        write_synthetic(tmp_path / "none", scale="vast")

    assert not (tmp_path / "none").exists()


def test_manifests_agree_with_their_files_and_number_each_source_without_a_gap(small: Small) -> None:
    sequences: dict[str, list[int]] = {}
    for folder in small.made.paths:
        manifest = json.loads((folder / "manifest.json").read_text())
        sequences.setdefault(manifest["source"], []).append(manifest["sequence"])
        assert folder.name.startswith(manifest["source"] + "-")
        assert {file["name"] for file in manifest["files"]} == {path.name for path in folder.iterdir()} - {
            "manifest.json"
        }
        for file in manifest["files"]:
            content = (folder / file["name"]).read_bytes()
            assert hashlib.sha256(content).hexdigest() == file["sha256"]
            if file["name"].endswith(".xml"):
                continue
            with (folder / file["name"]).open(encoding="utf-8", newline="") as lines:
                assert sum(1 for _ in csv.reader(lines)) - 1 == file["rows"]

    assert set(sequences) == {"merlin", "visor", "custody", "people", "pole", "cris", "cad", "cin"}
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in sequences.values())


def test_every_sheet_has_the_columns_of_its_contract(small: Small) -> None:
    wanted = {(source, layout.file): layout.columns for source, layouts in LAYOUTS.items() for layout in layouts}
    wanted |= {("pole", name): sheet.names for name, sheet in POLE_SHEETS.items()}
    seen = set()
    for folder in small.made.paths:
        for path in folder.glob("*.csv"):
            key = folder.name.split("-")[0], path.stem
            seen.add(key)
            assert tuple(path.read_text(encoding="utf-8").splitlines()[0].split(",")) == wanted[key]

    files = {(source, layout.file) for source, layouts in LAYOUTS.items() for layout in layouts}
    assert seen >= {(source, file) for source, file in files if source not in XML_SOURCES}


def test_it_is_as_big_as_it_says(small: Small) -> None:
    records = len(small.truth())

    assert 4_400 <= small.made.people <= 5_600
    assert 40_000 <= small.made.records <= 50_000
    assert small.made.people < records
    assert small.made.deliveries == len(small.made.paths) == len(set(small.made.paths))


def test_every_person_record_has_its_truth_and_every_truth_its_record(small: Small) -> None:
    delivered = {(source, row[key]) for source, (sheet, key) in PERSONS.items() for row in small.rows(source, sheet)}

    assert delivered == set(small.truth())


def test_people_are_known_to_several_sources_and_under_several_records(small: Small) -> None:
    records = Counter(row["true_person"] for row in small.truth().values())
    sources = {(row["true_person"], source) for (source, _), row in small.truth().items()}
    by_person = Counter(person for person, _ in sources)

    assert sum(count > 1 for count in records.values()) >= 500
    assert sum(count > 1 for count in by_person.values()) >= 200
    assert max(records.values()) <= 20


def test_nothing_is_written_or_happens_after_the_last_day(small: Small) -> None:
    versions = [
        row["written_at"] for sheet in ("persons", "events", "ties", "cases") for row in small.rows("pole", sheet)
    ]
    happened = [row["happened_at"] for row in small.rows("pole", "events") if not row["event_id"].startswith("X")]

    assert max(versions) <= "2026-11-25T09:00:00+00:00"
    assert max(happened) <= "2026-11-25T09:00:00+00:00"


def test_a_row_is_delivered_no_earlier_than_it_was_written(small: Small) -> None:
    for folder in small.made.paths:
        extracted = json.loads((folder / "manifest.json").read_text())["extracted_at"]
        for path in folder.glob("*.csv"):
            if folder.name.startswith(("pole-", "people-")):
                with path.open(encoding="utf-8", newline="") as file:
                    assert all(row["written_at"] <= extracted for row in csv.DictReader(file))


@pytest.mark.parametrize(
    "ending", [datetime(2025, 3, 1, 0, 30, tzinfo=UTC), datetime(2025, 10, 26, 1, 30, tzinfo=UTC), ENDING]
)
def test_extractions_are_in_order_and_end_at_the_ending(ending: datetime) -> None:
    moments = extraction_times(to_seconds(ending), 4)

    assert list(moments) == sorted(set(moments))
    assert moments[-1] == to_seconds(ending)
    assert 66 <= len(moments) <= 76
