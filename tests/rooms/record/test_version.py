"""One version of one row: the hash over its content and over whether it withdraws."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from duecare.record.version import RowVersion

VERSION = RowVersion("persons", "p1", None, False, b'{"a":1}', "persons.csv", 2)


def test_the_hash_is_of_a_sign_and_the_body() -> None:
    assert VERSION.sha256 == hashlib.sha256(b'+{"a":1}').digest()
    assert replace(VERSION, withdrawn=True).sha256 == hashlib.sha256(b'-{"a":1}').digest()


def test_where_a_row_stood_and_what_was_noted_of_it_do_not_change_its_hash() -> None:
    assert replace(VERSION, file="other.csv", row=7, rows=3, notes=(("a", "b"),), key="p2").sha256 == VERSION.sha256


@given(st.binary(max_size=8), st.booleans(), st.binary(max_size=8), st.booleans())
def test_two_versions_share_a_hash_only_where_they_are_alike(
    one_body: bytes, one_withdrawn: bool, other_body: bytes, other_withdrawn: bool
) -> None:
    one = replace(VERSION, body=one_body, withdrawn=one_withdrawn)
    other = replace(VERSION, body=other_body, withdrawn=other_withdrawn)

    assert (one.sha256 == other.sha256) is ((one_body, one_withdrawn) == (other_body, other_withdrawn))
