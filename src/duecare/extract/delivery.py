"""Opens a delivery: which source it is from, which files it holds, what its rows say; refused whole or given whole."""

from __future__ import annotations

import contextlib
import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from duecare.extract.landing_place import check_path, list_files, shown, working_folder
from duecare.extract.limits import Limits
from duecare.extract.manifest import Manifest, read_manifest, source_of
from duecare.extract.mapping import ENDINGS, GROUPED, XML, SourceMap, load_mapping
from duecare.extract.process import Child
from duecare.record.version import RowVersion, SetAside
from duecare.vocabulary.moments import iso_text, whole_second
from duecare.vocabulary.refusals import Refusal

CHUNK: Final = 1 << 20


class Delivery:
    """A delivery that is open: what it is, and its rows. Use it in a `with`.

    Shape:   `files` are the names of its data files in the order read. `notes` say how each file was found to be
             written. `set_aside_keys` holds, once `rows` is through, the keys of (file, sheet) that rows set aside
             would have had, and `keyless` the files with a row set aside whose key could not be told: of those a full
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
        self.files = tuple(name for name, _, _ in files)
        self.content_sha256 = _content_hash(mapping, manifest, files)
        self.notes: tuple[str, ...] = ()
        self.rows_of: dict[str, int] = {}
        self.set_aside_keys: dict[tuple[str, str], set[str]] = defaultdict(set)
        self.keyless: set[str] = set()
        self._folder = folder
        self._files = files
        self._stated = {one.name: one.rows for one in manifest.files or ()}
        self._sources_dirs = sources_dirs
        self._limits = limits
        self._spool = spool
        self._stack = stack
        self._ready: Child | None = self._child()
        stack.callback(self._end_ready)
        try:
            self.notes = tuple(self._opened(next(self._ready.frames())[0]))
        except BaseException:
            stack.close()
            raise

    def __enter__(self) -> Delivery:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, wrong: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Take away what was unpacked."""
        self._stack.close()

    def rows(self) -> Iterator[RowVersion | SetAside]:
        """What every row says, in order of the files; the versions of one delivered row come one after another.

        Shape:   the `rows` of all versions and one for each row set aside add up to the rows delivered. Ties come as
                 one set an event, after all else.
        Raises:  EXT-009, EXT-013, EXT-016, EXT-018 when what was read is not to be trusted: then all of it is refused.
        """
        self.set_aside_keys.clear()
        self.keyless.clear()
        child, self._ready = self._ready or self._child(), None
        with child:
            child.go_on()
            for said, bodies in child.frames():
                if said["t"] == "rows":
                    yield from self._told(said["rows"], bodies)
                elif said["t"] == "count":
                    self._count(self.files[said["file"]], said["rows"])
        self._check_unchanged()

    def count_rows(self) -> int:
        """How many rows does the delivery hold? Reads it through."""
        return sum(row.rows if isinstance(row, RowVersion) else 1 for row in self.rows())

    def _end_ready(self) -> None:
        if self._ready is not None:
            self._ready.close()

    def _child(self) -> Child:
        job = {
            "do": "read",
            "folder": str(self._folder),
            "files": [(name, stem) for name, stem, _ in self._files],
            "source": self.source,
            "sources_dirs": [str(folder) for folder in self._sources_dirs],
            "extracted_at": iso_text(self.extracted_at) if self.extracted_at else None,
            "received_at": iso_text(self.received_at),
            "spool": str(self._spool),
            "bytes": sum((self._folder / name).stat().st_size for name in self.files),
        }
        return Child(job, self._limits)

    def _opened(self, said: Any) -> Iterator[str]:
        if self.extracted_at is None and not self._stated:
            yield "no manifest: taken as changes, without a time of extract"
        for name, (_form, _encoding, _delimiter, notes) in zip(self.files, said["how"], strict=True):
            yield from (f"{name}: {note}" for note in notes)

    def _told(self, rows: list[list[Any]], bodies: bytes) -> Iterator[RowVersion | SetAside]:
        at = 0
        files, read = self.files, datetime.fromisoformat
        for row in rows:
            if len(row) == 9:
                file, number, weight, sheet, key, version, withdrawn, notes, length = row
                yield RowVersion(
                    sheet,
                    key,
                    read(version) if version else None,
                    withdrawn,
                    bodies[at : at + length],
                    files[file],
                    number,
                    weight,
                    tuple(map(tuple, notes)) if notes else (),
                )
                at += length
            else:
                file, number, column, reason, remedy, original, keys = row
                name = files[file]
                for sheet, key in keys:
                    self.set_aside_keys[name, sheet].add(key)
                if not keys:
                    self.keyless.add(name)
                yield SetAside(name, number, column, reason, remedy, tuple(map(tuple, original)))

    def _count(self, name: str, rows: int) -> None:
        self.rows_of[name] = rows
        stated = self._stated.get(name)
        if stated is not None and stated != rows:
            raise Refusal("EXT-009", where=f"file {name}", found=f"{rows} rows where {stated} are stated")

    def _check_unchanged(self) -> None:
        for name, _, sha in self._files:
            if hash_file(self._folder / name) != sha:
                raise Refusal("EXT-018", where=f"file {name}")


def read_delivery(
    path: Path,
    *,
    source: str | None = None,
    limits: Limits | None = None,
    sources_dirs: Sequence[Path] = (),
    received_at: datetime | None = None,
) -> Delivery:
    """Which delivery lies at this path: a folder, a zip of one, or a single file?

    Shape:   open; nothing of its rows has been read, but every header has.
    Raises:  a refusal of the family EXT when any of it cannot be taken, and then nothing is.
    """
    limits = limits or Limits()
    path = Path(path)
    check_path(path)
    with contextlib.ExitStack() as stack:
        work = stack.enter_context(working_folder())
        folder, name = _place(path, work, limits)
        if folder == path.parent:  # a single file: what lies beside it is no part of it
            if not source:
                raise Refusal("EXT-015", where=f"file {shown(path.name)}", found="a single file and no --source")
            files, manifest = {path.name: path}, Manifest()
        else:
            files, manifest = list_files(folder, limits), read_manifest(folder, limits)
        mapping = load_mapping(source_of(source, manifest, name), sources_dirs)
        hashes = {one: hash_file(place) for one, place in files.items()}
        _check_listed(manifest, hashes)
        chosen = _choose(files, manifest, mapping)
        return Delivery(
            folder,
            [(one, stem, hashes[one]) for one, stem in chosen],
            manifest,
            mapping,
            sources_dirs,
            whole_second(received_at or datetime.now(UTC)),
            limits,
            work / "spool",
            stack.pop_all(),
        )
    raise AssertionError("unreachable")


def hash_file(path: Path) -> str:
    """Which content is this? SHA-256 of its bytes, as hexadecimal digits."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _place(path: Path, work: Path, limits: Limits) -> tuple[Path, str]:
    """In which folder do the files lie, and what is the delivery's own name?"""
    if path.is_dir():
        return path, path.resolve().name
    size = path.stat().st_size
    if not size:
        raise Refusal("EXT-002", where=f"file {shown(path.name)}", found="no bytes at all")
    if size > limits.file_bytes:
        raise Refusal("EXT-012", where=f"file {shown(path.name)}", found=f"over {limits.file_bytes} bytes")
    if path.suffix.lower() != ".zip":
        return path.parent, path.stem
    into = work / "unpacked"
    into.mkdir()
    job = {"do": "unpack", "path": str(path.absolute()), "into": str(into), "bytes": size}
    with Child(job, limits) as child:
        for _ in child.frames():
            pass
    return into, path.stem


def _check_listed(manifest: Manifest, hashes: dict[str, str]) -> None:
    if manifest.files is None:
        return
    listed = {one.name: one for one in manifest.files}
    faults = [f"{shown(name)} is named and is not there" for name in sorted(set(listed) - set(hashes))]
    faults += [f"{shown(name)} is there and is not named" for name in sorted(set(hashes) - set(listed))]
    if faults:
        raise Refusal("EXT-011", faults=tuple(faults[:50]))
    wrong = [name for name, one in sorted(listed.items()) if one.sha256 and one.sha256 != hashes[name]]
    if wrong:
        raise Refusal("EXT-008", faults=tuple(f"{shown(name)} has another hash" for name in wrong[:50]))


def _choose(files: dict[str, Path], manifest: Manifest, mapping: SourceMap) -> list[tuple[str, str]]:
    """Which files are read, as what, in the order of the mapping?

    Raises:  EXT-006 for a file that is not known; EXT-011 for the same file in two forms.
    """
    order = list(mapping.files)
    grouped: list[str] = []
    listed = {one.name for one in manifest.files or ()}
    chosen: dict[str, str] = {}
    faults: list[str] = []
    for name, place in files.items():
        if mapping.xml is not None and place.suffix.lower() in {*ENDINGS, XML}:
            grouped.append(name)
            continue
        known = place.suffix in ENDINGS and place.stem in mapping.files
        if known and place.stem in chosen:
            raise Refusal("EXT-011", faults=(f"{shown(place.stem)} is there in two forms",))
        if known:
            chosen[place.stem] = name
        elif name not in listed or place.suffix.lower() in {*ENDINGS, XML, ".zip"}:
            faults.append(f"{shown(name)} is not known")
    if faults:
        may = ", ".join(sorted(mapping.files)) if mapping.xml is None else "XML files"
        raise Refusal("EXT-006", found=f"source {mapping.source} has {may}", faults=tuple(faults[:50]))
    if not chosen and not grouped:
        raise Refusal("EXT-002", found="no file with data")
    if mapping.xml is not None:
        return [(name, GROUPED) for name in sorted(grouped)]
    return [(chosen[stem], stem) for stem in order if stem in chosen]


def _content_hash(mapping: SourceMap, manifest: Manifest, files: Sequence[tuple[str, str, str]]) -> str:
    """Which content is this, whatever the folder or zip is called?

    Shape:   over source, mapping, scope, time of extract, and each file's kind and hash. Scope and time count because the same
             bytes mean another thing as a later or a full extract; so does the mapping, as what it could not read before it
             may read now.
    """
    digest = hashlib.sha256()
    extracted = iso_text(manifest.extracted_at) if manifest.extracted_at else ""
    read_by = (mapping.sha256,) if mapping.sha256 else ()
    files_read = (f"{stem}\x1f{sha}" for _, stem, sha in sorted(files))
    for part in (mapping.source, manifest.scope, extracted, *files_read, *read_by):
        digest.update(part.encode() + b"\x1e")
    return digest.hexdigest()
