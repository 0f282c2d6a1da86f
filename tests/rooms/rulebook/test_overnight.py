"""What a force means by a night in custody: its words, and that two definitions never share a hash."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duecare.rulebook.overnight import USUAL, Overnight

QUARTERS = st.integers(0, 95).map(lambda quarters: quarters / 4)
NIGHTS = st.builds(Overnight, QUARTERS, QUARTERS, QUARTERS)


@pytest.mark.parametrize(
    ("night", "words"),
    [
        (USUAL, "4 hours or more between 00:00 and 08:00"),
        (Overnight(2.5, 22.25, 23.75), "2.5 hours or more between 22:15 and 23:45"),
        (Overnight(1, 0.5, 9), "1 hours or more between 00:30 and 09:00"),
    ],
)
def test_a_night_in_words(night: Overnight, words: str) -> None:
    assert night.words == words


@given(NIGHTS, NIGHTS)
def test_two_nights_share_a_version_only_if_they_are_the_same(one: Overnight, other: Overnight) -> None:
    assert (one.version == other.version) is (one == other)


@given(NIGHTS)
def test_a_version_is_sixteen_hexadecimal_digits_and_the_same_for_whole_numbers_however_written(
    night: Overnight,
) -> None:
    assert len(night.version) == 16
    assert int(night.version, 16) >= 0
    assert Overnight(4, 0, 8).version == Overnight(4.0, 0.0, 8.0).version == USUAL.version


def test_the_usual_version_is_stored_with_figures_and_never_changes() -> None:
    assert USUAL.version == "cbdf76ae09f8d8c4"
