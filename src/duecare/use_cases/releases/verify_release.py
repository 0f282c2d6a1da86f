"""A release in a folder verified by anybody: no store, no account, nothing but its files and what others kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from duecare.ledger import from_text
from duecare.ledger.anchor import read_public
from duecare.report.verification.verify_release import VerifiedRelease, verify_release
from duecare.vocabulary.refusals import Refusal

LARGEST = 100 * 1024 * 1024


def report_verify(folder: Path, anchors: Sequence[Path] = (), key: Path | None = None) -> VerifiedRelease:
    """Is the release in this folder whole, and does it agree with itself and with the heads of the ledger given?

    Raises:  REP-028 where the folder is none that can be verified; LED-005 where a file is no anchor; LED-006 where the key
             is none.
    """
    try:
        paths = sorted(path for path in folder.iterdir() if path.is_file())
        if sum(path.stat().st_size for path in paths) > LARGEST:
            raise Refusal("REP-028", where=str(folder), found="files larger than any release")
        files = {path.name: path.read_bytes() for path in paths}
    except OSError as wrong:
        raise Refusal("REP-028", where=str(folder), found=wrong.strerror or "a folder that cannot be read") from wrong
    held = [from_text(_text(path, "LED-005")) for path in anchors]
    return verify_release(files, held, read_public(_text(key, "LED-006")) if key else None)


def _text(path: Path, code: str) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as wrong:
        raise Refusal(code, where=str(path), found="no readable file") from wrong
