"""What a delivery says of itself: its manifest, or the one made where it brings none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import orjson

from duecare.extract.limits import Limits
from duecare.vocabulary.moments import read_time
from duecare.vocabulary.refusals import Refusal

NAME: Final = "manifest.json"
_SOURCE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_SHA256: Final = re.compile(r"[0-9a-fA-F]{64}")
_KNOWN: Final = {"source", "sequence", "extracted_at", "scope", "files"}


@dataclass(frozen=True, slots=True)
class ListedFile:
    """What does the manifest state of one file? `rows` is None, `sha256` empty, where it states none."""

    name: str
    sha256: str = ""
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """From which source is the delivery, extracted when, and is it full or changes only?

    Shape:   `files` is None for a manifest made here. `extracted_at` is None where it is not known.
    """

    source: str = ""
    sequence: int | None = None
    extracted_at: datetime | None = None
    scope: str = "changes"
    files: tuple[ListedFile, ...] | None = None


def read_manifest(folder: Path, limits: Limits) -> Manifest:
    """What does the manifest in this folder say? One made here where there is none.

    Raises:  EXT-010, naming each fault by its place in the manifest.
    """
    path = folder / NAME
    if not path.exists():
        return Manifest()
    if path.stat().st_size > limits.manifest_bytes:
        raise Refusal("EXT-012", where=NAME, found=f"more than {limits.manifest_bytes} bytes")
    try:
        said = orjson.loads(path.read_bytes().removeprefix(b"\xef\xbb\xbf"))
    except ValueError:
        raise Refusal("EXT-010", where=NAME, found="not JSON") from None
    if not isinstance(said, dict):
        raise Refusal("EXT-010", where=NAME, found="JSON, but not an object")
    faults: list[str] = []
    found = Manifest(
        _source(said.get("source", ""), faults),
        _sequence(said.get("sequence"), faults),
        _extracted_at(said.get("extracted_at"), faults),
        _scope(said.get("scope", "changes"), faults),
        _files(said.get("files"), faults),
    )
    if found.scope == "full" and found.extracted_at is None and not faults:
        faults.append("scope is full and there is no extracted_at")
    if set(said) - _KNOWN:
        faults.append(f"{len(set(said) - _KNOWN)} entries that are not known; it may have {', '.join(sorted(_KNOWN))}")
    if faults:
        raise Refusal("EXT-010", where=NAME, faults=tuple(faults[:50]))
    return found


def source_of(given: str | None, manifest: Manifest, folder_name: str) -> str:
    """From which source is the delivery: as said, else as its manifest says, else by its name?

    Shape:   a name counts up to the first hyphen before a digit: `merlin-2016-03-01` is from `merlin`.
    Raises:  EXT-015 when that is no name of a source.
    """
    source = given or manifest.source or re.split(r"-(?=\d)", folder_name, maxsplit=1)[0]
    if not _SOURCE.fullmatch(source):
        raise Refusal("EXT-015", found="a name that cannot be a source's")
    return source


def _source(said: Any, faults: list[str]) -> str:
    if not isinstance(said, str) or (said and not _SOURCE.fullmatch(said)):
        faults.append("source is not a name of letters, digits, dot, hyphen and underscore")
        return ""
    return said


def _sequence(said: Any, faults: list[str]) -> int | None:
    if said is None or (isinstance(said, int) and not isinstance(said, bool) and 0 <= said < 2**63):
        return said
    faults.append("sequence is not a whole number")
    return None


def _extracted_at(said: Any, faults: list[str]) -> datetime | None:
    if said is None:
        return None
    try:
        when = read_time(said).when if isinstance(said, str) else None
    except (ValueError, OverflowError):
        when = None
    if when is None or not when.is_exact:
        faults.append("extracted_at is not an ISO 8601 time")
        return None
    return when.earliest


def _scope(said: Any, faults: list[str]) -> str:
    if said in {"full", "changes"}:
        return str(said)
    faults.append("scope is neither full nor changes")
    return "changes"


def _files(said: Any, faults: list[str]) -> tuple[ListedFile, ...]:
    if not isinstance(said, list):
        faults.append("files is not a list")
        return ()
    found: list[ListedFile] = []
    for i, entry in enumerate(said, 1):
        if not isinstance(entry, dict) or not isinstance(entry.get("name"), str) or not entry["name"]:
            faults.append(f"files, entry {i}: no name")
            continue
        sha, rows = entry.get("sha256", ""), entry.get("rows")
        if sha and not (isinstance(sha, str) and _SHA256.fullmatch(sha)):
            faults.append(f"files, entry {i}: sha256 is not 64 hexadecimal digits")
            sha = ""
        if rows is not None and (not isinstance(rows, int) or isinstance(rows, bool) or rows < 0):
            faults.append(f"files, entry {i}: rows is not a whole number")
            rows = None
        if entry["name"] in {one.name for one in found}:
            faults.append(f"files, entry {i}: a name that is there already")
        found.append(ListedFile(entry["name"], str(sha or "").lower(), rows))
    return tuple(found)
