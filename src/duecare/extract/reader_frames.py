"""Frames between the reading process and its parent: a length, JSON, and the bodies of versions as they are."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any, BinaryIO

import orjson

LENGTHS = struct.Struct(">II")
LONGEST = 1 << 30


def write_frame(output_stream: BinaryIO, frame_values: object, bodies: Sequence[bytes] = ()) -> None:
    """Send this, and after it the bodies joined."""
    frame_head, frame_tail = orjson.dumps(frame_values), b"".join(bodies)
    output_stream.write(LENGTHS.pack(len(frame_head), len(frame_tail)))
    output_stream.write(frame_head)
    output_stream.write(frame_tail)
    output_stream.flush()


def read_frame(frame_head: bytes) -> Any:
    """Parse the JSON of a frame.

    Raises:  ValueError when it is not JSON.
    """
    return orjson.loads(frame_head)
