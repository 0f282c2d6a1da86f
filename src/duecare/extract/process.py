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

from duecare.extract.frames import LENGTHS, LONGEST, read_frame
from duecare.extract.limits import Limits
from duecare.vocabulary.refusals import Refusal

PIPE = 1 << 20


class Child:
    """A reading process at work. Close it, or use it in a `with`; closing ends it."""

    def __init__(self, job: dict[str, Any], limits: Limits, module: str = "duecare.extract.child") -> None:
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
        self._tell(orjson.dumps({**job, "limits": limits.as_dict()}))

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
        """Tell the process, which has opened the files and waits, to read them."""
        self._tell(b"go on")

    def _tell(self, line: bytes) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # a process that has died is found out by listening to it
            self._process.stdin.write(line + b"\n")

    def frames(self) -> Iterator[tuple[Any, bytes]]:
        """What the process says, frame by frame, until it says it is done.

        Raises:  the refusal that it tells; EXT-016 when it dies, falls silent or talks nonsense.
        """
        while True:
            lengths = self._take(LENGTHS.size)
            head_length, tail_length = LENGTHS.unpack(lengths)
            if head_length > LONGEST or tail_length > LONGEST:
                raise Refusal("EXT-016", found="the reader's answer could not be understood")
            head, tail = self._take(head_length), self._take(tail_length)
            try:
                said = read_frame(head)
                kind = said["t"]
            except (ValueError, TypeError, KeyError):
                raise Refusal("EXT-016", found="the reader's answer could not be understood") from None
            if kind == "refusal":
                raise Refusal(said["code"], where=said["where"], found=said["found"], faults=tuple(said["faults"]))
            yield said, tail
            if kind == "done":
                return

    def _take(self, wanted: int) -> bytes:
        deadline = time.monotonic() + self._limits.silence_seconds
        with selectors.DefaultSelector() as selector:
            selector.register(self._out, selectors.EVENT_READ)
            while len(self._held) < wanted:
                left = deadline - time.monotonic()
                if left <= 0 or not selector.select(left):
                    self.close()
                    seconds = f"{self._limits.silence_seconds:g}"
                    raise Refusal("EXT-016", found=f"the reader said nothing for {seconds} seconds")
                some = os.read(self._out.fileno(), PIPE)
                if not some:
                    raise self._death()
                self._held += some
                deadline = time.monotonic() + self._limits.silence_seconds
        taken = bytes(self._held[:wanted])
        del self._held[:wanted]
        return taken

    def _death(self) -> Refusal:
        self.close()
        code = self._process.returncode
        if code == -signal.SIGXCPU:
            return Refusal("EXT-016", found="more time was needed than the limit")
        return Refusal("EXT-016", found=f"the reader stopped with {code}")
