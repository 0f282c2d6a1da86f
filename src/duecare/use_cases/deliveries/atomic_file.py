"""A file that is taken out: written whole or not at all, and only once what it holds may be given."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from duecare.vocabulary.refusals import Refusal


def write_whole(out: Path, made: Callable[[], bytes]) -> bytes:
    """Write what `made` gives to this file; what was written.

    Shape:   room for it is made first, so that nothing goes into the ledger for a file that cannot be written.
    Raises:  CFG-001 when the file cannot be written; as `made`.
    """
    try:
        handle, beside = tempfile.mkstemp(dir=out.parent, prefix=".duecare-")
    except OSError as wrong:
        raise Refusal("CFG-001", where=str(out), found=wrong.strerror or "it cannot be written") from wrong
    try:
        with os.fdopen(handle, "wb") as file:
            held = made()
            file.write(held)
        Path(beside).replace(out)
    except OSError as wrong:
        raise Refusal("CFG-001", where=str(out), found=wrong.strerror or "it cannot be written") from wrong
    finally:
        Path(beside).unlink(missing_ok=True)
    return held
