"""The mark that somebody has looked: read back the same, and by nobody made or altered."""

from __future__ import annotations

import pytest
from django.core import signing

from duecare.store.search.search_token import SearchToken, read_mark, signed_mark

LOOKED = SearchToken("Zoë", "d" * 64, "2026-03-01T12:00:00+00:00", ("a", "b"), ("b",), some_restricted=True, upto=77)


@pytest.mark.parametrize("looked", [LOOKED, SearchToken("", "", "", (), (), some_restricted=False, upto=0)])
def test_a_mark_is_read_back_the_same(looked: SearchToken):
    assert read_mark(signed_mark(looked)) == looked


@pytest.mark.parametrize("text", ["", "x", "a:b", "a:b:c", ":", "é"])
def test_what_is_no_mark_is_none(text: str):
    assert read_mark(text) is None


def test_a_mark_that_was_altered_anywhere_is_none():
    mark = signed_mark(LOOKED)
    for place in range(0, len(mark), 7):
        other = "A" if mark[place] != "A" else "B"
        assert read_mark(mark[:place] + other + mark[place + 1 :]) is None
    assert read_mark(mark[:-1]) is None


def test_what_was_signed_for_something_else_or_with_another_key_is_none():
    values = ["a", "b", "c", [], [], False, 1]

    assert read_mark(signing.Signer(salt="another").sign_object(values, compress=True)) is None
    assert (
        read_mark(signing.Signer(key="k" * 50, salt="duecare.look-before-create").sign_object(values, compress=True))
        is None
    )
    assert read_mark(
        signing.Signer(salt="duecare.look-before-create").sign_object(values, compress=True)
    ) == SearchToken("a", "b", "c", (), (), some_restricted=False, upto=1)


def test_something_of_ours_that_is_another_shape_is_none():
    assert read_mark(signing.Signer(salt="duecare.look-before-create").sign_object(["a", "b"])) is None


def test_two_looks_have_two_marks_and_a_mark_tells_who_looked():
    other = SearchToken("Zoë", "d" * 64, "2026-03-01T12:00:00+00:00", ("a", "b"), ("b",), some_restricted=True, upto=78)

    assert signed_mark(LOOKED) != signed_mark(other)
    assert read_mark(signed_mark(other)) != LOOKED
