"""Starts the reading process, listens to it, and turns its silence, death or nonsense into a refusal."""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import orjson

from duecare.extract.reader_frames import LENGTHS, LONGEST, read_frame
from duecare.extract.reading_limits import Limits
from duecare.vocabulary.refusals import Refusal

PIPE_SIZE = 1 << 20


class Child:
    """A reading process at work. Close it, or use it in a `with`; closing ends it."""

    def __init__(
        self, child_job: dict[str, Any], limits: Limits, module: str = "duecare.extract.reader_process"
    ) -> None:
        environ = {
            "PATH": os.environ.get("PATH", ""),
            "PYTHONPATH": os.pathsep.join(place for place in sys.path if place),
            "PYTHONHASHSEED": "0",
            "ARROW_DEFAULT_MEMORY_POOL": "system",
            "OMP_NUM_THREADS": "1",
        }
        self._limits = limits
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-X", "utf8", "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environ,
            bufsize=0,
            start_new_session=True,
        )
        assert self._process.stdout is not None
        self._out = self._process.stdout
        self._held = bytearray()
        self._send_line(orjson.dumps({**child_job, "limits": limits.as_dict()}))

    def __enter__(self) -> Child:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process if it still runs."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()

    def go_on(self) -> None:
        """Let the process, which has opened the files and waits, read them."""
        self._send_line(b"go on")

    def _send_line(self, text_line: bytes) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # a process that has died is found out by listening to it
            self._process.stdin.write(text_line + b"\n")

    def frames(self) -> Iterator[tuple[Any, bytes]]:
        """The frames from the process, until it is done.

        Raises:  the refusal that it tells; EXT-016 when it dies, falls silent or talks nonsense.
        """
        while True:
            lengths = self._take_bytes(LENGTHS.size)
            head_length, tail_length = LENGTHS.unpack(lengths)
            if head_length > LONGEST or tail_length > LONGEST:
                raise Refusal("EXT-016", found="the reader's answer could not be understood")
            frame_head, frame_tail = self._take_bytes(head_length), self._take_bytes(tail_length)
            try:
                frame_values = read_frame(frame_head)
                frame_kind = frame_values["t"]
            except (ValueError, TypeError, KeyError):
                raise Refusal("EXT-016", found="the reader's answer could not be understood") from None
            if frame_kind == "refusal":
                raise Refusal(
                    frame_values["code"],
                    where=frame_values["where"],
                    found=frame_values["found"],
                    faults=tuple(frame_values["faults"]),
                )
            yield frame_values, frame_tail
            if frame_kind == "done":
                return

    def _take_bytes(self, wanted_bytes: int) -> bytes:
        deadline = time.monotonic() + self._limits.silence_seconds
        with selectors.DefaultSelector() as selector:
            selector.register(self._out, selectors.EVENT_READ)
            while len(self._held) < wanted_bytes:
                seconds_left = deadline - time.monotonic()
                if seconds_left <= 0 or not selector.select(seconds_left):
                    self.close()
                    seconds = f"{self._limits.silence_seconds:g}"
                    raise Refusal("EXT-016", found=f"the reader sent nothing for {seconds} seconds")
                some_bytes = os.read(self._out.fileno(), PIPE_SIZE)
                if not some_bytes:
                    raise self._explain_death()
                self._held += some_bytes
                deadline = time.monotonic() + self._limits.silence_seconds
        taken_bytes = bytes(self._held[:wanted_bytes])
        del self._held[:wanted_bytes]
        return taken_bytes

    def _explain_death(self) -> Refusal:
        self.close()
        return_code = self._process.returncode
        if return_code == -signal.SIGXCPU:
            return Refusal("EXT-016", found="more time was needed than the limit")
        return Refusal("EXT-016", found=f"the reader stopped with {return_code}")
