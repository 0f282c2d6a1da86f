"""The spans in which a clock stands still, and by how much they put off a limit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duecare.duty.facts import PlacedFact
from duecare.duty.pauses import Stop, extended_due, find_stops

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
A_SECOND = timedelta(seconds=1)


def fact(minute: int, name: str = "") -> PlacedFact:
    moment = NOON + timedelta(minutes=minute)
    return PlacedFact(moment, moment, "merlin", name or f"e{minute}", "detainee_placed", moment, None)


def stop(begins: int, ends: int) -> Stop:
    return Stop(NOON + timedelta(minutes=begins), NOON + timedelta(minutes=ends), fact(begins))


def minutes(stops: list[Stop]) -> list[tuple[float, float]]:
    return [((one.from_ - NOON) / timedelta(minutes=1), (one.to - NOON) / timedelta(minutes=1)) for one in stops]


def test_a_pause_that_begins_exactly_at_the_limit_does_not_put_it_off() -> None:
    due = NOON + timedelta(minutes=60)

    assert extended_due(due, [stop(60, 90)]) == (due, [])


def test_a_pause_that_begins_a_second_before_the_limit_puts_it_off_by_the_whole_of_itself() -> None:
    due = NOON + timedelta(minutes=60)
    late_stop = Stop(due - A_SECOND, due + timedelta(minutes=30), fact(59))

    assert extended_due(due, [late_stop]) == (due + timedelta(minutes=30) + A_SECOND, [late_stop.fact])


def test_a_later_pause_counts_by_the_limit_as_the_earlier_one_has_put_it_off() -> None:
    due = NOON + timedelta(minutes=60)

    put_off, counted = extended_due(due, [stop(50, 60), stop(65, 70)])

    assert put_off == NOON + timedelta(minutes=75)
    assert counted == [fact(50), fact(65)]
    assert extended_due(due, [stop(50, 60), stop(70, 90)]) == (NOON + timedelta(minutes=70), [fact(50)])


def test_what_comes_after_a_pause_that_no_longer_counts_is_not_looked_at() -> None:
    due = NOON + timedelta(minutes=60)

    assert extended_due(due, [stop(60, 61), stop(10, 20)]) == (due, [])


def test_a_stop_written_the_wrong_way_round_takes_nothing_away() -> None:
    due = NOON + timedelta(minutes=60)

    assert extended_due(due, [stop(30, 20)])[0] == due


@pytest.mark.parametrize(
    ("paused", "resumed", "spans"),
    [
        ([10], [20], [(10, 20)]),
        ([10], [], [(10, 100)]),
        ([], [20], []),
        ([10, 15], [20], [(10, 20)]),
        ([10], [20, 30], [(10, 20)]),
        ([10, 40], [20, 50], [(10, 20), (40, 50)]),
        ([-10], [20], [(0, 20)]),
        ([-20], [-10], []),
        ([-20], [0], []),
        ([90], [120], [(90, 100)]),
        ([100], [120], []),
        ([99], [], [(99, 100)]),
        ([120], [], []),
    ],
)
def test_a_clock_stands_still_between_a_pause_and_the_next_resumption(
    paused: list[int], resumed: list[int], spans: list[tuple[int, int]]
) -> None:
    found = find_stops(
        [fact(minute) for minute in paused], [fact(minute) for minute in resumed], NOON, NOON + timedelta(minutes=100)
    )

    assert minutes(found) == spans


def test_a_stop_names_the_fact_that_began_it() -> None:
    (found,) = find_stops([fact(10, "first"), fact(15, "second")], [fact(20)], NOON, NOON + timedelta(hours=2))

    assert found.fact.event_id == "first"


def test_a_fact_that_pauses_and_resumes_at_once_ends_a_pause_and_begins_none() -> None:
    both = fact(20, "both")

    assert minutes(find_stops([fact(10), both], [both], NOON, NOON + timedelta(hours=1))) == [(10, 20)]
    assert find_stops([both], [both], NOON, NOON + timedelta(hours=1)) == []


MOMENTS = st.lists(st.integers(-20, 120), max_size=6, unique=True)


@given(MOMENTS, MOMENTS, st.integers(1, 90))
def test_the_limit_is_the_minute_at_which_a_clock_that_stands_still_has_run_its_time(
    paused: list[int], resumed: list[int], allowed: int
) -> None:
    """Against a clock that is walked minute by minute."""
    resumed = [minute for minute in resumed if minute not in paused]
    stands_still, run, minute = False, 0, -21
    while True:
        if run == allowed and minute >= 0:
            break
        stands_still = (stands_still or minute in paused) and minute not in resumed
        run += minute >= 0 and not stands_still
        minute += 1
        if minute > 1_000:
            break
    end = NOON + timedelta(minutes=1_000)

    stops = find_stops([fact(one) for one in paused], [fact(one) for one in resumed], NOON, end)
    due, _ = extended_due(NOON + timedelta(minutes=allowed), stops)

    assert all(earlier.to <= later.from_ for earlier, later in pairwise(stops))
    if minute <= 1_000:
        assert due == NOON + timedelta(minutes=minute)
    else:
        assert due >= end
