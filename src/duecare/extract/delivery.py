"""Opens a delivery: its source, its files and the content of its rows; refused whole or given whole.

Which two deliveries are the same one is decided here: by a hash of source, scope, time of extract, mapping and files; name and
number do not count.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from duecare.extract.landing_place import check_path, list_files, shown_name, working_folder
from duecare.extract.manifest import Manifest, read_manifest, source_of
from duecare.extract.mapping import ENDINGS, GROUPED, XML_ENDING, SourceMap, load_mapping
from duecare.extract.reader_supervisor import Child
from duecare.extract.reading_limits import Limits
from duecare.record.version import RowVersion, SetAside
from duecare.vocabulary.moments import iso_text, whole_second
from duecare.vocabulary.refusals import Refusal

CHUNK: Final = 1 << 20


class Delivery:
    """A delivery that is open: what it is, and its rows. Use it in a `with`.

    Shape:   `files` are the names of its data files in the order read. `notes` say how each file was found to be
             written. `set_aside_keys` holds, once `rows` is through, the keys of (file, sheet) that rows set aside
             would have had, and `keyless` the files with a row set aside whose key was not known: of those a full
             delivery withdraws nothing.
    Units:   `extracted_at` is UTC, or None where it is not known.
    """

    def __init__(
        self,
        folder: Path,
        files: Sequence[tuple[str, str, str]],
        manifest: Manifest,
        mapping: SourceMap,
        sources_dirs: Sequence[Path],
        received_at: datetime,
        limits: Limits,
        spool: Path,
        stack: contextlib.ExitStack,
    ) -> None:
        self.source = mapping.source
        self.handling = mapping.handling
        self.sequence = manifest.sequence
        self.extracted_at = manifest.extracted_at
        self.scope = manifest.scope
        self.received_at = received_at
        self.files = tuple(file_name for file_name, _, _ in files)
        self.content_sha256 = _content_hash(mapping, manifest, files)
        self.notes: tuple[str, ...] = ()
        self.rows_of: dict[str, int] = {}
        self.set_aside_keys: dict[tuple[str, str], set[str]] = defaultdict(set)
        self.keyless: set[str] = set()
        self._folder = folder
        self._files = files
        self._stated = {listed_file.name: listed_file.rows for listed_file in manifest.files or ()}
        self._sources_dirs = sources_dirs
        self._limits = limits
        self._spool = spool
        self._stack = stack
        self._ready: Child | None = self._start_child()
        stack.callback(self._end_ready)
        try:
            self.notes = tuple(self._opened_notes(next(self._ready.frames())[0]))
        except BaseException:
            stack.close()
            raise

    def __enter__(self) -> Delivery:
        return self

    def __exit__(
        self, error_type: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Take away what was unpacked."""
        self._stack.close()

    def rows(self) -> Iterator[RowVersion | SetAside]:
        """The content of every row, in order of the files; the versions of one delivered row come one after another.

        Shape:   the `rows` of all versions and one for each row set aside add up to the rows delivered. Ties come as
                 one set an event, after all else.
        Raises:  EXT-009, EXT-013, EXT-016, EXT-018 when what was read is not to be trusted: then all of it is refused.
        """
        self.set_aside_keys.clear()
        self.keyless.clear()
        child, self._ready = self._ready or self._start_child(), None
        with child:
            child.go_on()
            for frame_values, bodies in child.frames():
                if frame_values["t"] == "rows":
                    yield from self._read_rows(frame_values["rows"], bodies)
                elif frame_values["t"] == "count":
                    self._check_count(self.files[frame_values["file"]], frame_values["rows"])
        self._check_unchanged()

    def count_rows(self) -> int:
        """The number of rows in the delivery, reading it through."""
        return sum(row_sent.rows if isinstance(row_sent, RowVersion) else 1 for row_sent in self.rows())

    def _end_ready(self) -> None:
        if self._ready is not None:
            self._ready.close()

    def _start_child(self) -> Child:
        child_job = {
            "do": "read",
            "folder": str(self._folder),
            "files": [(file_name, file_stem) for file_name, file_stem, _ in self._files],
            "source": self.source,
            "sources_dirs": [str(folder) for folder in self._sources_dirs],
            "extracted_at": iso_text(self.extracted_at) if self.extracted_at else None,
            "received_at": iso_text(self.received_at),
            "spool": str(self._spool),
            "bytes": sum((self._folder / file_name).stat().st_size for file_name in self.files),
        }
        return Child(child_job, self._limits)

    def _opened_notes(self, frame_values: Any) -> Iterator[str]:
        if self.extracted_at is None and not self._stated:
            yield "no manifest: taken as changes, without a time of extract"
        for file_name, (_file_form, _encoding, _delimiter, notes) in zip(self.files, frame_values["how"], strict=True):
            yield from (f"{file_name}: {note_text}" for note_text in notes)

    def _read_rows(self, row_values: list[list[Any]], bodies: bytes) -> Iterator[RowVersion | SetAside]:
        body_start = 0
        files, read_time = self.files, datetime.fromisoformat
        for row_value in row_values:
            if len(row_value) == 9:
                file_index, number, weight, sheet, record_key, version, withdrawn, notes, length = row_value
                yield RowVersion(
                    sheet,
                    record_key,
                    read_time(version) if version else None,
                    withdrawn,
                    bodies[body_start : body_start + length],
                    files[file_index],
                    number,
                    weight,
                    tuple(map(tuple, notes)) if notes else (),
                )
                body_start += length
            else:
                file_index, number, column, reason, remedy, original, row_keys = row_value
                file_name = files[file_index]
                for sheet, record_key in row_keys:
                    self.set_aside_keys[file_name, sheet].add(record_key)
                if not row_keys:
                    self.keyless.add(file_name)
                yield SetAside(file_name, number, column, reason, remedy, tuple(map(tuple, original)))

    def _check_count(self, file_name: str, row_count: int) -> None:
        self.rows_of[file_name] = row_count
        stated = self._stated.get(file_name)
        if stated is not None and stated != row_count:
            raise Refusal("EXT-009", where=f"file {file_name}", found=f"{row_count} rows where {stated} are stated")

    def _check_unchanged(self) -> None:
        for file_name, _, file_hash in self._files:
            if hash_file(self._folder / file_name) != file_hash:
                raise Refusal("EXT-018", where=f"file {file_name}")


def read_delivery(
    delivery_path: Path,
    *,
    source: str | None = None,
    limits: Limits | None = None,
    sources_dirs: Sequence[Path] = (),
    received_at: datetime,
) -> Delivery:
    """Open the delivery at this path: a folder, a zip of one, or a single file.

    Shape:   open; nothing of its rows has been read, but every header has.
    Raises:  a refusal of the family EXT when any of it cannot be taken, and then nothing is.
    """
    limits = limits or Limits()
    delivery_path = Path(delivery_path)
    check_path(delivery_path)
    with contextlib.ExitStack() as stack:
        work_folder = stack.enter_context(working_folder())
        folder, folder_name = _place_files(delivery_path, work_folder, limits)
        if folder == delivery_path.parent:  # a single file: what lies beside it is no part of it
            if not source:
                raise Refusal(
                    "EXT-015", where=f"file {shown_name(delivery_path.name)}", found="a single file and no --source"
                )
            files, manifest = {delivery_path.name: delivery_path}, Manifest()
        else:
            files, manifest = list_files(folder, limits), read_manifest(folder, limits)
        mapping = load_mapping(source_of(source, manifest, folder_name), sources_dirs)
        hashes = {file_name: hash_file(place) for file_name, place in files.items()}
        _check_listed(manifest, hashes)
        chosen = _choose_files(files, manifest, mapping)
        return Delivery(
            folder,
            [(file_name, file_stem, hashes[file_name]) for file_name, file_stem in chosen],
            manifest,
            mapping,
            sources_dirs,
            whole_second(received_at),
            limits,
            work_folder / "spool",
            stack.pop_all(),
        )
    raise AssertionError("unreachable")


def hash_file(file_path: Path) -> str:
    """The SHA-256 of the file's bytes, as hexadecimal digits."""
    digest = hashlib.sha256()
    with file_path.open("rb") as open_file:
        while chunk := open_file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _place_files(delivery_path: Path, work_folder: Path, limits: Limits) -> tuple[Path, str]:
    """The folder of the files, and the delivery's own name."""
    if delivery_path.is_dir():
        return delivery_path, delivery_path.resolve().name
    byte_count = delivery_path.stat().st_size
    if not byte_count:
        raise Refusal("EXT-002", where=f"file {shown_name(delivery_path.name)}", found="no bytes at all")
    if byte_count > limits.file_bytes:
        raise Refusal(
            "EXT-012", where=f"file {shown_name(delivery_path.name)}", found=f"over {limits.file_bytes} bytes"
        )
    if delivery_path.suffix.lower() != ".zip":
        return delivery_path.parent, delivery_path.stem
    into_folder = work_folder / "unpacked"
    into_folder.mkdir()
    child_job = {"do": "unpack", "path": str(delivery_path.absolute()), "into": str(into_folder), "bytes": byte_count}
    with Child(child_job, limits) as child:
        for _ in child.frames():
            pass
    return into_folder, delivery_path.stem


def _check_listed(manifest: Manifest, hashes: dict[str, str]) -> None:
    if manifest.files is None:
        return
    listed = {listed_file.name: listed_file for listed_file in manifest.files}
    faults = [f"{shown_name(file_name)} is named and is not there" for file_name in sorted(set(listed) - set(hashes))]
    faults += [f"{shown_name(file_name)} is there and is not named" for file_name in sorted(set(hashes) - set(listed))]
    if faults:
        raise Refusal("EXT-011", faults=tuple(faults[:50]))
    wrong_hashes = [
        file_name
        for file_name, listed_file in sorted(listed.items())
        if listed_file.sha256 and listed_file.sha256 != hashes[file_name]
    ]
    if wrong_hashes:
        raise Refusal(
            "EXT-008", faults=tuple(f"{shown_name(file_name)} has another hash" for file_name in wrong_hashes[:50])
        )


def _choose_files(files: dict[str, Path], manifest: Manifest, mapping: SourceMap) -> list[tuple[str, str]]:
    """Choose which files are read, as what, in the order of the mapping.

    Raises:  EXT-006 for a file that is not known; EXT-011 for the same file in two forms.
    """
    order = list(mapping.files)
    grouped: list[str] = []
    listed = {listed_file.name for listed_file in manifest.files or ()}
    chosen: dict[str, str] = {}
    faults: list[str] = []
    for file_name, place in files.items():
        if mapping.xml is not None and place.suffix.lower() in {*ENDINGS, XML_ENDING}:
            grouped.append(file_name)
            continue
        is_known = place.suffix in ENDINGS and place.stem in mapping.files
        if is_known and place.stem in chosen:
            raise Refusal("EXT-011", faults=(f"{shown_name(place.stem)} is there in two forms",))
        if is_known:
            chosen[place.stem] = file_name
        elif file_name not in listed or place.suffix.lower() in {*ENDINGS, XML_ENDING, ".zip"}:
            faults.append(f"{shown_name(file_name)} is not known")
    if faults:
        allowed_names = ", ".join(sorted(mapping.files)) if mapping.xml is None else "XML files"
        raise Refusal("EXT-006", found=f"source {mapping.source} has {allowed_names}", faults=tuple(faults[:50]))
    if not chosen and not grouped:
        raise Refusal("EXT-002", found="no file with data")
    if mapping.xml is not None:
        return [(file_name, GROUPED) for file_name in sorted(grouped)]
    return [(chosen[file_stem], file_stem) for file_stem in order if file_stem in chosen]


def _content_hash(mapping: SourceMap, manifest: Manifest, files: Sequence[tuple[str, str, str]]) -> str:
    """The hash of the content, whatever the folder or zip is called.

    Shape:   over source, mapping, scope, time of extract, and each file's kind and hash. Scope and time count because the same
             bytes mean another thing as a later or a full extract; so does the mapping, as what it could not read before it
             may read now.
    """
    digest = hashlib.sha256()
    extracted = iso_text(manifest.extracted_at) if manifest.extracted_at else ""
    read_by = (mapping.sha256,) if mapping.sha256 else ()
    file_parts = (f"{file_stem}\x1f{file_hash}" for _, file_stem, file_hash in sorted(files))
    for hashed_part in (mapping.source, manifest.scope, extracted, *file_parts, *read_by):
        digest.update(hashed_part.encode() + b"\x1e")
    return digest.hexdigest()
