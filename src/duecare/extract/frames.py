"""Frames between the reading process and its parent: a length, JSON, and the bodies of versions as they are."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any, BinaryIO

import orjson

LENGTHS = struct.Struct(">II")
LONGEST = 1 << 30


def write_frame(out: BinaryIO, said: object, bodies: Sequence[bytes] = ()) -> None:
    """Send this, and after it the bodies joined."""
    head, tail = orjson.dumps(said), b"".join(bodies)
    out.write(LENGTHS.pack(len(head), len(tail)))
    out.write(head)
    out.write(tail)
    out.flush()


def read_frame(head: bytes) -> Any:
    """What does the JSON of a frame say?

    Raises:  ValueError when it is not JSON.
    """
    return orjson.loads(head)
