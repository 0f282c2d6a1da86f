"""Frames of the reading process and its limits: both come back whole on the other side."""

from __future__ import annotations

import io
from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duecare.extract.reader_frames import LENGTHS, read_frame, write_frame
from duecare.extract.reading_limits import MEBIBYTE, Limits

TEXT = st.sampled_from(["", "a", "é", '"', "\n", "𝄞"])
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**53), 2**53), TEXT),
    lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(TEXT, inner, max_size=2)),
    max_leaves=4,
)


@settings(max_examples=25)
@given(st.lists(st.tuples(JSON, st.lists(st.binary(max_size=6), max_size=3)), min_size=1, max_size=3))
def test_frames_written_one_after_another_are_read_back_the_same(frames: list[tuple[object, list[bytes]]]) -> None:
    stream = io.BytesIO()
    for values, bodies in frames:
        write_frame(stream, values, bodies)
    stream.seek(0)

    for values, bodies in frames:
        head_length, tail_length = LENGTHS.unpack(stream.read(LENGTHS.size))
        assert read_frame(stream.read(head_length)) == values
        assert stream.read(tail_length) == b"".join(bodies)
    assert stream.read() == b""


def test_a_frame_is_two_lengths_of_four_bytes_the_json_and_the_bodies() -> None:
    stream = io.BytesIO()

    write_frame(stream, {"a": 1}, [b"xy", b"z"])

    assert stream.getvalue() == b'\x00\x00\x00\x07\x00\x00\x00\x03{"a":1}xyz'


class Flushed(io.BytesIO):
    flushes = 0

    def flush(self) -> None:
        self.flushes += 1


def test_a_frame_is_sent_at_once() -> None:
    stream = Flushed()
    write_frame(stream, 1)

    assert (stream.flushes, stream.getvalue()) == (1, b"\x00\x00\x00\x01\x00\x00\x00\x001")


@pytest.mark.parametrize("head", [b"", b"{", b"nan", b"\xff"])
def test_what_is_no_json_is_no_frame(head: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_frame(head)


def test_limits_go_through_plain_values_and_come_back() -> None:
    changed = Limits(**{field.name: number for number, field in enumerate(fields(Limits), 1)})

    assert Limits.of(changed.as_dict()) == changed
    assert list(changed.as_dict().values()) == list(range(1, len(fields(Limits)) + 1))


def test_limits_that_are_not_given_are_as_usual_and_unknown_ones_are_left_out() -> None:
    assert Limits.of({}) == Limits()
    assert Limits.of({"files": 3, "no_such_limit": 4}) == Limits(files=3)


def test_every_usual_limit_lets_something_through_and_a_file_fits_into_a_delivery() -> None:
    usual = Limits()

    assert all(value > 0 for value in usual.as_dict().values())
    assert usual.record_chars == MEBIBYTE == 1 << 20
    assert usual.manifest_bytes < usual.file_bytes <= usual.delivery_bytes
    assert usual.files <= usual.archive_entries
