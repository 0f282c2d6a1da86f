"""Checks a zip before anything is unpacked, and unpacks it within limits: no link, no escape, no bomb."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import Final

from duecare.extract.reading_limits import Limits
from duecare.vocabulary.refusals import Refusal

CHUNK: Final = 1 << 20
_READ_METHODS: Final = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


def look_inside(file_path: Path, limits: Limits) -> list[zipfile.ZipInfo]:
    """The files in this zip, if it is safe to open.

    Shape:   the entries that are files, in order.
    Raises:  EXT-003 for links; EXT-004 for a zip that is broken, escapes, repeats a name, overlaps, or says it grows
             beyond the limits; EXT-005 for an encrypted one; EXT-012 beyond the size limit.
    """
    try:
        with zipfile.ZipFile(file_path) as archive:
            entries = archive.infolist()
            if len(entries) > limits.archive_entries:
                raise _unsafe_archive(file_path, f"more than {limits.archive_entries} entries")
            _check_names(file_path, entries)
            _check_sizes(file_path, entries, limits)
            _check_places(file_path, archive, entries)
    except Refusal:
        raise
    except (zipfile.BadZipFile, OSError, ValueError, struct.error, EOFError, NotImplementedError) as error:
        raise _unsafe_archive(file_path, f"not a whole zip ({type(error).__name__})") from None
    return [entry for entry in entries if not entry.is_dir()]


def unpack_archive(file_path: Path, into_folder: Path, limits: Limits) -> None:
    """Put the files of this zip into a folder, without the one folder they may all lie in.

    Raises:  as `look_inside`; EXT-003 when files lie in more than one folder.
    """
    entries = look_inside(file_path, limits)
    top_folders = {PurePosixPath(entry.filename).parts[:-1] for entry in entries}
    if len(top_folders) > 1 or any(len(top_parts) > 1 for top_parts in top_folders):
        raise Refusal("EXT-003", where=f"archive {file_path.name}", found="files in several folders")
    try:
        with zipfile.ZipFile(file_path) as archive:
            for entry in entries:
                _unpack_one(file_path, archive, entry, into_folder / PurePosixPath(entry.filename).name)
    except Refusal:
        raise
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, RuntimeError, zlib.error) as error:
        raise _unsafe_archive(file_path, f"an entry that cannot be unpacked ({type(error).__name__})") from None


def _unpack_one(file_path: Path, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, to_folder: Path) -> None:
    bytes_left = entry.file_size
    with archive.open(entry) as source, to_folder.open("xb") as target:
        while chunk := source.read(min(CHUNK, bytes_left + 1)):
            bytes_left -= len(chunk)
            if bytes_left < 0:
                raise _unsafe_archive(file_path, "an entry larger than its header states")
            target.write(chunk)
    if bytes_left:
        raise _unsafe_archive(file_path, "an entry smaller than its header states")


def _check_names(file_path: Path, entries: list[zipfile.ZipInfo]) -> None:
    seen_names: set[str] = set()
    for entry in entries:
        entry_name = entry.orig_filename
        entry_mode = entry.external_attr >> 16
        if stat.S_IFMT(entry_mode) not in {0, stat.S_IFREG, stat.S_IFDIR}:
            raise Refusal("EXT-003", where=f"archive {file_path.name}", found="an entry that is a link or a device")
        entry_path = PurePosixPath(entry_name)
        if (
            "\\" in entry_name
            or "\x00" in entry_name
            or entry_path.is_absolute()
            or ".." in entry_path.parts
            or entry_name[1:2] == ":"
        ):
            raise Refusal("EXT-003", where=f"archive {file_path.name}", found="an entry that leads out of the delivery")
        if entry_name.casefold() in seen_names:
            raise _unsafe_archive(file_path, "two entries of one name")
        seen_names.add(entry_name.casefold())
        if entry.flag_bits & 0x2041:
            raise Refusal("EXT-005", where=f"archive {file_path.name}")
        if entry.compress_type not in _READ_METHODS:
            raise _unsafe_archive(file_path, "a way of packing that is not read")


def _check_sizes(file_path: Path, entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    packed = sum(entry.compress_size for entry in entries)
    whole = sum(entry.file_size for entry in entries)
    if any(entry.file_size > limits.file_bytes for entry in entries) or whole > limits.delivery_bytes:
        raise Refusal("EXT-012", where=f"archive {file_path.name}", found="more bytes when unpacked than the limit")
    if packed > file_path.stat().st_size:
        raise _unsafe_archive(file_path, "entries that overlap")
    if whole > 10 * CHUNK and whole > packed * limits.archive_ratio:
        raise _unsafe_archive(file_path, f"content that grows more than {limits.archive_ratio} times")


def _check_places(file_path: Path, archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """Check that each entry lies after the one before it, which Python 3.11.7's zipfile does not."""
    end_of_last = 0
    archive_file = archive.fp
    assert archive_file is not None
    for entry in sorted(entries, key=lambda archive_entry: archive_entry.header_offset):
        if entry.header_offset < end_of_last:
            raise _unsafe_archive(file_path, "entries that overlap")
        archive_file.seek(entry.header_offset)
        local = archive_file.read(30)
        if len(local) < 30 or local[:4] != b"PK\x03\x04":
            raise _unsafe_archive(file_path, "an entry without its own header")
        name_length, extra_length = struct.unpack("<HH", local[26:30])
        end_of_last = entry.header_offset + 30 + name_length + extra_length + entry.compress_size
    if end_of_last > archive.start_dir:
        raise _unsafe_archive(file_path, "entries that overlap the list of entries")


def _unsafe_archive(file_path: Path, fault_found: str) -> Refusal:
    return Refusal("EXT-004", where=f"archive {file_path.name}", found=fault_found)
