"""Finds the files of a delivery, wherever they lie: in a folder, in a zip, or one file by itself."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from duecare.extract.manifest import MANIFEST_NAME
from duecare.extract.reading_limits import Limits
from duecare.vocabulary.refusals import Refusal

PREFIX = "duecare-delivery-"


def check_path(file_path: Path) -> None:
    """Refuse a path that is neither a folder nor a plain file.

    Raises:  EXT-001 when there is nothing; EXT-003 for a link or a special file.
    """
    try:
        file_mode = file_path.lstat().st_mode
    except (OSError, ValueError):
        raise Refusal("EXT-001", where=f"path {shown_name(file_path.name)}") from None
    if not (stat.S_ISDIR(file_mode) or stat.S_ISREG(file_mode)):
        raise Refusal("EXT-003", where=f"path {shown_name(file_path.name)}", found="a link or a special file")


def list_files(folder: Path, limits: Limits) -> dict[str, Path]:
    """The files in this folder, by name, manifest aside.

    Raises:  EXT-003 for links, folders and special files within; EXT-012 for too many or too large; EXT-002 for none.
    """
    found_files: dict[str, Path] = {}
    faults: list[str] = []
    byte_count = 0
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda folder_entry: folder_entry.name):
            if entry.is_symlink():
                faults.append(f"{shown_name(entry.name)} is a link")
            elif entry.is_dir(follow_symlinks=False):
                faults.append(f"{shown_name(entry.name)} is a folder")
            elif not entry.is_file(follow_symlinks=False):
                faults.append(f"{shown_name(entry.name)} is not a plain file")
            else:
                found_files[entry.name] = Path(entry.path)
                entry_size = entry.stat(follow_symlinks=False).st_size
                byte_count += entry_size
                if entry_size > limits.file_bytes:
                    raise Refusal(
                        "EXT-012", where=f"file {shown_name(entry.name)}", found=f"over {limits.file_bytes} bytes"
                    )
            if len(found_files) > limits.files:
                raise Refusal("EXT-012", found=f"more than {limits.files} files")
    if faults:
        raise Refusal("EXT-003", faults=tuple(faults[:50]))
    if byte_count > limits.delivery_bytes:
        raise Refusal("EXT-012", found=f"more than {limits.delivery_bytes} bytes")
    if not set(found_files) - {MANIFEST_NAME}:
        raise Refusal("EXT-002", where=f"folder {shown_name(folder.name)}", found="no file")
    found_files.pop(MANIFEST_NAME, None)
    return found_files


def shown_name(file_name: str) -> str:
    """A file's name as it may stand in a message: printable, and not without end."""
    return "".join(character if character.isprintable() else "?" for character in file_name[:80])


@contextlib.contextmanager
def working_folder() -> Iterator[Path]:
    """A folder for what is unpacked and spooled, seen by nobody else, gone afterwards."""
    _sweep_left()
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sweep_left() -> None:
    """Take away what a process that died has left behind."""
    for left_folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        process_id = left_folder.name.removeprefix(PREFIX).partition("-")[0]
        if process_id.isdigit() and not _is_alive(int(process_id)):
            shutil.rmtree(left_folder, ignore_errors=True)


def _is_alive(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
