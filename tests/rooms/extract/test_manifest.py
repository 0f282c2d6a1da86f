"""The manifest of a delivery: what each entry may be, every fault by its place, and the source without one."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from duecare.extract.manifest import MANIFEST_NAME, ListedFile, Manifest, read_manifest, source_of
from duecare.extract.reading_limits import Limits
from duecare.vocabulary.refusals import Refusal

HASH = "ab" * 32


def read(folder: Path, content: Any, limits: Limits | None = None) -> Manifest:
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    (folder / MANIFEST_NAME).write_bytes(data)
    return read_manifest(folder, limits or Limits())


def refused(folder: Path, content: Any, limits: Limits | None = None) -> Refusal:
    with pytest.raises(Refusal) as found:
        read(folder, content, limits)
    return found.value


def test_without_a_manifest_one_is_made_that_states_nothing(tmp_path: Path) -> None:
    assert read_manifest(tmp_path, Limits()) == Manifest("", None, None, "changes", None)


def test_a_whole_manifest_is_read(tmp_path: Path) -> None:
    said = {
        "source": "pole",
        "sequence": 7,
        "extracted_at": "2025-07-01T10:00:00+01:00",
        "scope": "full",
        "files": [{"name": "events.csv", "sha256": HASH.upper(), "rows": 0}, {"name": "ties.csv"}],
    }

    assert read(tmp_path, said) == Manifest(
        "pole",
        7,
        datetime(2025, 7, 1, 9, tzinfo=UTC),
        "full",
        (ListedFile("events.csv", HASH, 0), ListedFile("ties.csv", "", None)),
    )
    assert read(tmp_path, b"\xef\xbb\xbf" + json.dumps(said).encode()) == read(tmp_path, said)


def test_of_a_manifest_that_states_only_its_files_the_rest_is_not_known(tmp_path: Path) -> None:
    assert read(tmp_path, {"files": []}) == Manifest(files=())


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b'"pole"', b"\xff"])
def test_what_is_no_json_object_is_refused(tmp_path: Path, content: bytes) -> None:
    assert refused(tmp_path, content).code == "EXT-010"


def test_its_size_may_be_the_limit_and_not_a_byte_more(tmp_path: Path) -> None:
    content = json.dumps({"files": []}).encode()

    assert read(tmp_path, content, Limits(manifest_bytes=len(content))).files == ()
    assert refused(tmp_path, content, Limits(manifest_bytes=len(content) - 1)).code == "EXT-012"


@pytest.mark.parametrize(
    ("entry", "value", "at_fault"),
    [
        ("source", "a" * 64, ""),
        ("source", "a" * 65, "source"),
        ("source", "", ""),
        ("source", "9-b_c.d", ""),
        ("source", "-a", "source"),
        ("source", "a b", "source"),
        ("source", 3, "source"),
        ("sequence", 0, ""),
        ("sequence", 2**63 - 1, ""),
        ("sequence", 2**63, "sequence"),
        ("sequence", -1, "sequence"),
        ("sequence", True, "sequence"),
        ("sequence", 1.5, "sequence"),
        ("sequence", None, ""),
        ("extracted_at", None, ""),
        ("extracted_at", "2025-07-01T10:00", ""),
        ("extracted_at", "2025-07-01", "extracted_at"),
        ("extracted_at", "soon", "extracted_at"),
        ("extracted_at", 20250701, "extracted_at"),
        ("scope", "changes", ""),
        ("scope", "all", "scope"),
        ("scope", "full", "scope"),
        ("files", {}, "files"),
        ("files", None, "files"),
    ],
)
def test_an_entry_within_its_borders_is_read_and_beyond_them_is_the_one_fault(
    tmp_path: Path, entry: str, value: object, at_fault: str
) -> None:
    said = {"files": [], entry: value}

    if not at_fault:
        read(tmp_path, said)
    else:
        refusal = refused(tmp_path, said)
        assert refusal.code == "EXT-010"
        assert [fault.split()[0].rstrip(",") for fault in refusal.faults] == [at_fault]


@pytest.mark.parametrize(
    "file",
    [
        3,
        {},
        {"name": ""},
        {"name": 3},
        {"name": "b.csv", "sha256": HASH[1:]},
        {"name": "b.csv", "sha256": HASH[1:] + "g"},
        {"name": "b.csv", "sha256": 3},
        {"name": "b.csv", "rows": -1},
        {"name": "b.csv", "rows": True},
        {"name": "b.csv", "rows": "3"},
        {"name": "a.csv"},
    ],
)
def test_a_file_that_is_listed_wrongly_is_named_by_its_place(tmp_path: Path, file: object) -> None:
    (fault,) = refused(tmp_path, {"files": [{"name": "a.csv"}, file]}).faults

    assert fault.startswith("files, entry 2: ")


def test_all_faults_are_named_but_no_more_than_fifty(tmp_path: Path) -> None:
    assert (
        len(refused(tmp_path, {"source": 3, "sequence": -1, "scope": "all", "extracted_at": 1, "files": 3}).faults) == 5
    )
    assert len(refused(tmp_path, {"files": [{}] * 50}).faults) == 50
    assert len(refused(tmp_path, {"files": [{}] * 60}).faults) == 50


def test_unknown_entries_are_counted_and_not_repeated(tmp_path: Path) -> None:
    (fault,) = refused(tmp_path, {"files": [], "colour": 1, "shape": 2}).faults

    assert fault.startswith("2 entries ")
    assert "colour" not in fault


@pytest.mark.parametrize(
    ("given", "in_manifest", "folder", "source"),
    [
        ("given", "stated", "named-1", "given"),
        (None, "stated", "named-1", "stated"),
        ("", "", "named-1", "named"),
        (None, "", "merlin-2016-03-01", "merlin"),
        (None, "", "cad-north-2016", "cad-north"),
        (None, "", "merlin", "merlin"),
        (None, "", "merlin-b", "merlin-b"),
        (None, "", "a2-1", "a2"),
    ],
)
def test_a_source_is_as_given_else_as_stated_else_as_its_folder_is_named(
    given: str | None, in_manifest: str, folder: str, source: str
) -> None:
    assert source_of(given, Manifest(in_manifest), folder) == source


@pytest.mark.parametrize("given", ["-a", "a/b", "a b", "a" * 65, "..", "é"])
def test_what_cannot_be_a_source_is_refused_without_its_text(given: str) -> None:
    with pytest.raises(Refusal) as refusal:
        source_of(given, Manifest(), "x")

    assert refusal.value.code == "EXT-015"
    assert given not in refusal.value.found
