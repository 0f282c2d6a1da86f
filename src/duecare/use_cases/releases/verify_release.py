"""A release in a folder verified by anybody: no store, no account, nothing but its files and what others kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from duecare.ledger import from_text
from duecare.ledger.anchor import read_public
from duecare.report.verification.verify_release import VerifiedRelease, verify_release
from duecare.vocabulary.refusals import Refusal

LARGEST = 100 * 1024 * 1024


def report_verify(folder: Path, anchors: Sequence[Path] = (), key_path: Path | None = None) -> VerifiedRelease:
    """Verify that the release in this folder is whole, and agrees with itself and with the heads of the ledger given.

    Raises:  REP-028 where the folder is none that can be verified; LED-005 where a file is no anchor; LED-006 where the key
             is none.
    """
    try:
        paths = sorted(file_path for file_path in folder.iterdir() if file_path.is_file())
        if sum(file_path.stat().st_size for file_path in paths) > LARGEST:
            raise Refusal("REP-028", where=str(folder), found="files larger than any release")
        files = {file_path.name: file_path.read_bytes() for file_path in paths}
    except OSError as error:
        raise Refusal("REP-028", where=str(folder), found=error.strerror or "a folder that cannot be read") from error
    anchors_held = [from_text(_file_text(file_path, "LED-005")) for file_path in anchors]
    return verify_release(files, anchors_held, read_public(_file_text(key_path, "LED-006")) if key_path else None)


def _file_text(file_path: Path, reason_code: str) -> str:
    try:
        return file_path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(reason_code, where=str(file_path), found="no readable file") from error
