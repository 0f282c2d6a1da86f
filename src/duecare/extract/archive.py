"""Looks inside a zip before anything is unpacked, and unpacks it within limits: no link, no escape, no bomb."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import Final

from duecare.extract.limits import Limits
from duecare.vocabulary.refusals import Refusal

CHUNK: Final = 1 << 20
_READ: Final = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


def look_inside(path: Path, limits: Limits) -> list[zipfile.ZipInfo]:
    """Which files does this zip hold, if it is safe to open?

    Shape:   the entries that are files, in order.
    Raises:  EXT-003 for links; EXT-004 for a zip that is broken, escapes, repeats a name, overlaps, or says it grows
             beyond the limits; EXT-005 for an encrypted one; EXT-012 beyond the size limit.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if len(entries) > limits.archive_entries:
                raise _unsafe(path, f"more than {limits.archive_entries} entries")
            _check_names(path, entries)
            _check_sizes(path, entries, limits)
            _check_places(path, archive, entries)
    except Refusal:
        raise
    except (zipfile.BadZipFile, OSError, ValueError, struct.error, EOFError, NotImplementedError) as wrong:
        raise _unsafe(path, f"not a whole zip ({type(wrong).__name__})") from None
    return [entry for entry in entries if not entry.is_dir()]


def unpack(path: Path, into: Path, limits: Limits) -> None:
    """Put the files of this zip into a folder, without the one folder they may all lie in.

    Raises:  as `look_inside`; EXT-003 when files lie in more than one folder.
    """
    entries = look_inside(path, limits)
    tops = {PurePosixPath(entry.filename).parts[:-1] for entry in entries}
    if len(tops) > 1 or any(len(top) > 1 for top in tops):
        raise Refusal("EXT-003", where=f"archive {path.name}", found="files in several folders")
    try:
        with zipfile.ZipFile(path) as archive:
            for entry in entries:
                _unpack_one(path, archive, entry, into / PurePosixPath(entry.filename).name)
    except Refusal:
        raise
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, RuntimeError, zlib.error) as wrong:
        raise _unsafe(path, f"an entry that cannot be unpacked ({type(wrong).__name__})") from None


def _unpack_one(path: Path, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, to: Path) -> None:
    left = entry.file_size
    with archive.open(entry) as source, to.open("xb") as target:
        while chunk := source.read(min(CHUNK, left + 1)):
            left -= len(chunk)
            if left < 0:
                raise _unsafe(path, "an entry that is larger than it says")
            target.write(chunk)
    if left:
        raise _unsafe(path, "an entry that is smaller than it says")


def _check_names(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for entry in entries:
        name = entry.orig_filename
        mode = entry.external_attr >> 16
        if stat.S_IFMT(mode) not in {0, stat.S_IFREG, stat.S_IFDIR}:
            raise Refusal("EXT-003", where=f"archive {path.name}", found="an entry that is a link or a device")
        pure = PurePosixPath(name)
        if "\\" in name or "\x00" in name or pure.is_absolute() or ".." in pure.parts or name[1:2] == ":":
            raise Refusal("EXT-003", where=f"archive {path.name}", found="an entry that leads out of the delivery")
        if name.casefold() in seen:
            raise _unsafe(path, "two entries of one name")
        seen.add(name.casefold())
        if entry.flag_bits & 0x2041:
            raise Refusal("EXT-005", where=f"archive {path.name}")
        if entry.compress_type not in _READ:
            raise _unsafe(path, "a way of packing that is not read")


def _check_sizes(path: Path, entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    packed = sum(entry.compress_size for entry in entries)
    whole = sum(entry.file_size for entry in entries)
    if any(entry.file_size > limits.file_bytes for entry in entries) or whole > limits.delivery_bytes:
        raise Refusal("EXT-012", where=f"archive {path.name}", found="more bytes when unpacked than the limit")
    if packed > path.stat().st_size:
        raise _unsafe(path, "entries that overlap")
    if whole > 10 * CHUNK and whole > packed * limits.archive_ratio:
        raise _unsafe(path, f"content that grows more than {limits.archive_ratio} times")


def _check_places(path: Path, archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """Each entry must lie after the one before it: Python 3.11.7's zipfile does not look."""
    end_of_last = 0
    file = archive.fp
    assert file is not None
    for entry in sorted(entries, key=lambda one: one.header_offset):
        if entry.header_offset < end_of_last:
            raise _unsafe(path, "entries that overlap")
        file.seek(entry.header_offset)
        local = file.read(30)
        if len(local) < 30 or local[:4] != b"PK\x03\x04":
            raise _unsafe(path, "an entry whose own header is not there")
        name_length, extra_length = struct.unpack("<HH", local[26:30])
        end_of_last = entry.header_offset + 30 + name_length + extra_length + entry.compress_size
    if end_of_last > archive.start_dir:
        raise _unsafe(path, "entries that overlap the list of entries")


def _unsafe(path: Path, found: str) -> Refusal:
    return Refusal("EXT-004", where=f"archive {path.name}", found=found)
