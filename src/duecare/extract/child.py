"""The process of its own in which files are opened, under limits, so that no file can harm the service.

Run as `python -m duecare.extract.child`. A job comes as the first line of standard input, and the word to go on as the
second; frames go out on standard output.
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from duecare.extract.frames import write_frame
from duecare.extract.limits import MIB, Limits
from duecare.vocabulary.refusals import Refusal


def main() -> int:
    """Do the one job asked for; every failure becomes a frame that says so."""
    out = _own_output()
    try:
        job = orjson.loads(sys.stdin.buffer.readline())
        limits = Limits.of(job["limits"])
        _hold_to(limits, int(job["bytes"]))
        _do(job, limits, out)
    except Refusal as refusal:
        write_frame(out, _told(refusal))
    except MemoryError:
        write_frame(out, _told(Refusal("EXT-016", found="more memory was needed than the limit")))
    except Exception as wrong:  # noqa: BLE001 - whatever a parser raises is an answer, and its words may hold data
        write_frame(out, _told(Refusal("EXT-016", found=f"the reader stopped ({type(wrong).__name__})")))
    with contextlib.suppress(OSError):
        out.flush()
    return 0


def _do(job: dict[str, Any], limits: Limits, out: BinaryIO) -> None:
    if job["do"] == "unpack":
        from duecare.extract.archive import unpack

        unpack(Path(job["path"]), Path(job["into"]), limits)
        write_frame(out, {"t": "done"})
    else:
        from duecare.extract.reading import Reading

        reading = Reading(job, limits, out)
        reading.open()
        if sys.stdin.buffer.readline():
            reading.read()


def _told(refusal: Refusal) -> dict[str, object]:
    return {
        "t": "refusal",
        "code": refusal.code,
        "where": refusal.where,
        "found": refusal.found,
        "faults": list(refusal.faults),
    }


def _own_output() -> BinaryIO:
    """Standard output kept for frames alone: whatever a library prints goes nowhere."""
    kept = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return os.fdopen(kept, "wb", buffering=MIB)


def _hold_to(limits: Limits, size: int) -> None:
    """Hold this process to its limits; where the system knows no such limit, the parent's watch remains."""
    try:
        import resource
    except ImportError:
        return
    seconds = limits.cpu_seconds + int(size / MIB * limits.cpu_seconds_per_mib)
    for kind, most in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, limits.spool_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            _, hard = resource.getrlimit(kind)
            most = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(kind, (most, most))


if __name__ == "__main__":
    sys.exit(main())
