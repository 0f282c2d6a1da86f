"""Writes an exported file whole or not at all, and only once the export may be given."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from duecare.vocabulary.refusals import Refusal


def write_whole(file_path: Path, make_content: Callable[[], bytes]) -> bytes:
    """Write what `make_content` gives to this file; what was written.

    Shape:   room for it is made first, so that nothing goes into the ledger for a file that cannot be written.
    Raises:  CFG-001 when the file cannot be written; as `make_content`.
    """
    try:
        handle, beside = tempfile.mkstemp(dir=file_path.parent, prefix=".duecare-")
    except OSError as error:
        raise Refusal("CFG-001", where=str(file_path), found=error.strerror or "it cannot be written") from error
    try:
        with os.fdopen(handle, "wb") as opened_file:
            made_content = make_content()
            opened_file.write(made_content)
        Path(beside).replace(file_path)
    except OSError as error:
        raise Refusal("CFG-001", where=str(file_path), found=error.strerror or "it cannot be written") from error
    finally:
        Path(beside).unlink(missing_ok=True)
    return made_content
