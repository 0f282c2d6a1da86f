"""A watched moment gives the answers of the plain one, and notes when the first of them would be different."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duecare.vocabulary.london_clock import LONDON
from duecare.vocabulary.watched_moment import SECOND, WatchedMoment, earliest_turn, unwatched

NOW = datetime(2026, 3, 28, 22, tzinfo=UTC)
HOUR = timedelta(hours=1)
WORK: dict[str, Callable[[datetime, datetime], object]] = {
    "before": lambda now, other: now < other,
    "until": lambda now, other: now <= other,
    "after": lambda now, other: now > other,
    "from": lambda now, other: now >= other,
    "at": lambda now, other: now == other,
    "turned round": lambda now, other: other < now,
    "some time ago": lambda now, other: now - 3 * HOUR > other,
    "some time on": lambda now, other: now + 3 * HOUR >= other,
    "how long ago": lambda now, other: now - other,
    "how long on": lambda now, other: other - now,
    "the earlier": lambda now, other: min(now, other) == other,
    "the day in London": lambda now, _: now.astimezone(LONDON).date(),
    "in seconds": lambda now, _: now.timestamp(),
}


@pytest.mark.parametrize("work", WORK.values(), ids=list(WORK))
@given(hours=st.integers(-5, 40), later=st.integers(0, 60 * 60 * 48))
def test_until_its_turn_the_same_work_gives_the_same_answer(work, hours, later):
    other, then = NOW + hours * HOUR, NOW + later * SECOND
    watch = WatchedMoment.watch(NOW)

    answer = work(watch, other)

    assert answer == work(NOW, other)
    if watch.turns_at is None or then < watch.turns_at:
        assert work(then, other) == answer


@pytest.mark.parametrize(
    ("work", "turns_at"),
    [
        ("before", NOW + HOUR),
        ("until", NOW + HOUR + SECOND),
        ("after", NOW + HOUR + SECOND),
        ("from", NOW + HOUR),
        ("some time ago", NOW + 4 * HOUR + SECOND),
        ("how long on", NOW + SECOND),
    ],
)
def test_the_turn_is_the_very_second_at_which_the_answer_changes(work, turns_at):
    watch = WatchedMoment.watch(NOW)

    answer = WORK[work](watch, NOW + HOUR)

    assert watch.turns_at == turns_at
    assert WORK[work](turns_at - SECOND, NOW + HOUR) == answer or work == "how long on"
    assert WORK[work](turns_at, NOW + HOUR) != answer


def test_what_has_passed_is_no_turn():
    watch = WatchedMoment.watch(NOW)

    assert watch > NOW - HOUR

    assert watch.turns_at is None


def test_it_is_equal_to_the_moment_and_unwatched_it_notes_nothing():
    watch = WatchedMoment.watch(NOW)
    assert {watch: 1}[NOW] == 1
    again = WatchedMoment.watch(NOW)

    assert unwatched(again) < NOW + HOUR
    assert again.turns_at is None
    assert unwatched(NOW) is NOW


def test_the_earliest_turn_leaves_out_what_never_comes():
    assert earliest_turn(None, NOW, NOW - HOUR) == NOW - HOUR
    assert earliest_turn(None) is None
