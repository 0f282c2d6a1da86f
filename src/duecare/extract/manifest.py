"""The manifest of a delivery, or the one made where it has none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import orjson

from duecare.extract.reading_limits import Limits
from duecare.vocabulary.london_clock import read_time
from duecare.vocabulary.refusals import Refusal

MANIFEST_NAME: Final = "manifest.json"
_SOURCE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_SHA256: Final = re.compile(r"[0-9a-fA-F]{64}")
_KNOWN: Final = {"source", "sequence", "extracted_at", "scope", "files"}


@dataclass(frozen=True, slots=True)
class ListedFile:
    """What the manifest states of one file; `rows` is None, `sha256` empty, where it states none."""

    name: str
    sha256: str = ""
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """The source of the delivery, when it was extracted, and whether it is full or changes only.

    Shape:   `files` is None for a manifest made here. `extracted_at` is None where it is not known.
    """

    source: str = ""
    sequence: int | None = None
    extracted_at: datetime | None = None
    scope: str = "changes"
    files: tuple[ListedFile, ...] | None = None


def read_manifest(folder: Path, limits: Limits) -> Manifest:
    """Read the manifest in this folder, or make one where there is none.

    Raises:  EXT-010, naming each fault by its place in the manifest.
    """
    manifest_path = folder / MANIFEST_NAME
    if not manifest_path.exists():
        return Manifest()
    if manifest_path.stat().st_size > limits.manifest_bytes:
        raise Refusal("EXT-012", where=MANIFEST_NAME, found=f"more than {limits.manifest_bytes} bytes")
    try:
        manifest_json = orjson.loads(manifest_path.read_bytes().removeprefix(b"\xef\xbb\xbf"))
    except ValueError:
        raise Refusal("EXT-010", where=MANIFEST_NAME, found="not JSON") from None
    if not isinstance(manifest_json, dict):
        raise Refusal("EXT-010", where=MANIFEST_NAME, found="JSON, but not an object")
    faults: list[str] = []
    manifest_read = Manifest(
        _read_source(manifest_json.get("source", ""), faults),
        _read_sequence(manifest_json.get("sequence"), faults),
        _extracted_at(manifest_json.get("extracted_at"), faults),
        _read_scope(manifest_json.get("scope", "changes"), faults),
        _read_files(manifest_json.get("files"), faults),
    )
    if manifest_read.scope == "full" and manifest_read.extracted_at is None and not faults:
        faults.append("scope is full but extracted_at is missing")
    if set(manifest_json) - _KNOWN:
        faults.append(
            f"{len(set(manifest_json) - _KNOWN)} entries that are not known; it may have {', '.join(sorted(_KNOWN))}"
        )
    if faults:
        raise Refusal("EXT-010", where=MANIFEST_NAME, faults=tuple(faults[:50]))
    return manifest_read


def source_of(given_source: str | None, manifest: Manifest, folder_name: str) -> str:
    """The source of the delivery: as given, else from its manifest, else from its name.

    Shape:   a name counts up to the first hyphen before a digit: `merlin-2016-03-01` is from `merlin`.
    Raises:  EXT-015 when that is no name of a source.
    """
    source = given_source or manifest.source or re.split(r"-(?=\d)", folder_name, maxsplit=1)[0]
    if not _SOURCE.fullmatch(source):
        raise Refusal("EXT-015", found="a name that cannot be a source's")
    return source


def _read_source(manifest_json: Any, faults: list[str]) -> str:
    if not isinstance(manifest_json, str) or (manifest_json and not _SOURCE.fullmatch(manifest_json)):
        faults.append("source is not a name of letters, digits, dot, hyphen and underscore")
        return ""
    return manifest_json


def _read_sequence(manifest_json: Any, faults: list[str]) -> int | None:
    if manifest_json is None or (
        isinstance(manifest_json, int) and not isinstance(manifest_json, bool) and 0 <= manifest_json < 2**63
    ):
        return manifest_json
    faults.append("sequence is not a whole number")
    return None


def _extracted_at(manifest_json: Any, faults: list[str]) -> datetime | None:
    if manifest_json is None:
        return None
    try:
        extracted_at = read_time(manifest_json).when if isinstance(manifest_json, str) else None
    except (ValueError, OverflowError):
        extracted_at = None
    if extracted_at is None or not extracted_at.is_exact:
        faults.append("extracted_at is not an ISO 8601 time")
        return None
    return extracted_at.earliest


def _read_scope(manifest_json: Any, faults: list[str]) -> str:
    if manifest_json in {"full", "changes"}:
        return str(manifest_json)
    faults.append("scope must be full or changes")
    return "changes"


def _read_files(files_json: Any, faults: list[str]) -> tuple[ListedFile, ...]:
    if not isinstance(files_json, list):
        faults.append("files is not a list")
        return ()
    listed_files: list[ListedFile] = []
    for entry_number, entry in enumerate(files_json, 1):
        if not isinstance(entry, dict) or not isinstance(entry.get("name"), str) or not entry["name"]:
            faults.append(f"files, entry {entry_number}: no name")
            continue
        file_hash, row_count = entry.get("sha256", ""), entry.get("rows")
        if file_hash and not (isinstance(file_hash, str) and _SHA256.fullmatch(file_hash)):
            faults.append(f"files, entry {entry_number}: sha256 is not 64 hexadecimal digits")
            file_hash = ""
        if row_count is not None and (not isinstance(row_count, int) or isinstance(row_count, bool) or row_count < 0):
            faults.append(f"files, entry {entry_number}: rows is not a whole number")
            row_count = None
        if entry["name"] in {listed_file.name for listed_file in listed_files}:
            faults.append(f"files, entry {entry_number}: a name that is there already")
        listed_files.append(ListedFile(entry["name"], str(file_hash or "").lower(), row_count))
    return tuple(listed_files)
