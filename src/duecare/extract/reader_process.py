"""The process of its own in which files are opened, under limits, so that no file can harm the service.

Run as `python -m duecare.extract.reader_process`. A job comes as the first line of standard input, and the word to go on as the
second; frames go out on standard output.
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from duecare.extract.reader_frames import write_frame
from duecare.extract.reading_limits import MEBIBYTE, Limits
from duecare.vocabulary.refusals import Refusal


def run_child() -> int:
    """Do the one job requested; every failure becomes a frame that reports it."""
    output_stream = _own_output()
    try:
        child_job = orjson.loads(sys.stdin.buffer.readline())
        limits = Limits.of(child_job["limits"])
        _hold_to(limits, int(child_job["bytes"]))
        _do_job(child_job, limits, output_stream)
    except Refusal as refusal:
        write_frame(output_stream, _refusal_json(refusal))
    except MemoryError:
        write_frame(output_stream, _refusal_json(Refusal("EXT-016", found="more memory was needed than the limit")))
    except Exception as error:  # noqa: BLE001 - whatever a parser raises is an answer, and its words may hold data
        write_frame(
            output_stream, _refusal_json(Refusal("EXT-016", found=f"the reader stopped ({type(error).__name__})"))
        )
    with contextlib.suppress(OSError):
        output_stream.flush()
    return 0


def _do_job(child_job: dict[str, Any], limits: Limits, output_stream: BinaryIO) -> None:
    if child_job["do"] == "unpack":
        from duecare.extract.zip_archive import unpack_archive

        unpack_archive(Path(child_job["path"]), Path(child_job["into"]), limits)
        write_frame(output_stream, {"t": "done"})
    else:
        from duecare.extract.read_files import FileReading

        reading = FileReading(child_job, limits, output_stream)
        reading.open()
        if sys.stdin.buffer.readline():
            reading.read()


def _refusal_json(refusal: Refusal) -> dict[str, object]:
    return {
        "t": "refusal",
        "code": refusal.code,
        "where": refusal.where,
        "found": refusal.found,
        "faults": list(refusal.faults),
    }


def _own_output() -> BinaryIO:
    """Standard output kept for frames alone: whatever a library prints goes nowhere."""
    kept_output = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return os.fdopen(kept_output, "wb", buffering=MEBIBYTE)


def _hold_to(limits: Limits, byte_count: int) -> None:
    """Limit this process; where the system knows no such limit, the parent's watch remains."""
    try:
        import resource
    except ImportError:
        return
    seconds = limits.cpu_seconds + int(byte_count / MEBIBYTE * limits.cpu_seconds_per_mib)
    for limit_kind, most_allowed in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, limits.spool_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            _, hard_limit = resource.getrlimit(limit_kind)
            most_allowed = most_allowed if hard_limit == resource.RLIM_INFINITY else min(most_allowed, hard_limit)
            resource.setrlimit(limit_kind, (most_allowed, most_allowed))


if __name__ == "__main__":
    sys.exit(run_child())
