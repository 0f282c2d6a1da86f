"""From when to when an episode runs, and which episode a fact is in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duecare.duty.episodes import Stretch, case_of, find_stretches, stretch_of
from duecare.duty.facts import PlacedFact
from duecare.record.pole import CaseKey, EventRecord
from duecare.vocabulary.moments import When

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)


def moment(hour: float) -> datetime:
    return NOON + timedelta(hours=hour)


def fact(hour: float, case: str = "C1", source: str = "custody") -> PlacedFact:
    at = moment(hour)
    event = EventRecord(source, f"e{hour}{case}", "k", When.at(at), at, CaseKey(source, case) if case else None)
    return PlacedFact(at, at, source, event.event_id, "k", at, event)


def spans(opened: list[PlacedFact], closed: list[PlacedFact]) -> list[tuple[float, float | None]]:
    hour = timedelta(hours=1)
    return [
        ((one.from_ - NOON) / hour, None if one.to is None else (one.to - NOON) / hour)
        for one in find_stretches(opened, closed)
    ]


@pytest.mark.parametrize(
    ("opened", "closed", "wanted"),
    [
        ([0], [5], [(0, 5)]),
        ([0], [], [(0, None)]),
        ([], [5], []),
        ([0, 10], [5, 15], [(0, 5), (10, 15)]),
        ([0, 2], [5], [(0, 5), (2, 5)]),
        ([5], [0], [(5, None)]),
        ([5], [5], [(5, 5)]),
        ([0, 5], [5], [(0, 5), (5, None)]),
        ([0], [5, 7], [(0, 5)]),
        ([0, 6], [5], [(0, 5), (6, None)]),
    ],
)
def test_an_episode_runs_from_its_opening_to_the_first_later_closing(
    opened: list[float], closed: list[float], wanted: list[tuple[float, float | None]]
) -> None:
    assert spans([fact(hour) for hour in opened], [fact(hour) for hour in closed]) == wanted


def test_where_no_closing_is_known_the_next_opening_in_another_case_ends_it() -> None:
    assert spans([fact(0), fact(3, "C2")], []) == [(0, 3), (3, None)]
    assert spans([fact(0), fact(3)], []) == [(0, None), (3, None)]
    assert spans([fact(0), fact(3, "C2"), fact(4, "C3")], []) == [(0, 3), (3, 4), (4, None)]
    assert spans([fact(0), fact(0, "C2")], []) == [(0, None), (0, None)]


def test_a_closing_in_any_case_ends_it_and_is_kept() -> None:
    closing = fact(5, "C9")

    (found,) = find_stretches([fact(0)], [closing])

    assert found.closed is closing
    assert find_stretches([fact(0)], [])[0].closed is None


def test_both_ends_belong_to_an_episode() -> None:
    stretch = Stretch(moment(0), moment(5), None)

    assert [stretch.holds(moment(hour)) for hour in (-0.1, 0, 5, 5.1)] == [False, True, True, False]
    assert Stretch(moment(0), None, None).holds(moment(999))


def in_stretch(hour: float, opened: list[PlacedFact], closed: list[PlacedFact]) -> tuple[datetime, datetime | None]:
    stretch = stretch_of(fact(hour), find_stretches(opened, closed), opened, closed)
    return stretch.from_, stretch.to


def test_a_fact_is_in_the_episode_that_was_first_to_open_of_those_that_end_together() -> None:
    opened, closed = [fact(0), fact(2)], [fact(5)]

    assert in_stretch(3, opened, closed) == (moment(0), moment(5))
    assert in_stretch(1, opened, closed) == (moment(0), moment(5))


def test_a_fact_at_the_moment_at_which_one_ends_and_another_begins_is_in_the_later() -> None:
    opened, closed = [fact(0), fact(5)], [fact(5), fact(9)]

    assert in_stretch(5, opened, closed) == (moment(5), moment(9))


def test_a_fact_outside_all_has_an_episode_of_its_own_up_to_the_next_closing() -> None:
    assert in_stretch(-2, [fact(0)], [fact(5)]) == (moment(-2), moment(5))
    assert in_stretch(6, [fact(0)], [fact(5)]) == (moment(6), None)
    assert in_stretch(6, [fact(0), fact(8, "C2")], [fact(5)]) == (moment(6), moment(8))
    assert in_stretch(6, [fact(0), fact(8)], [fact(5)]) == (moment(6), None)


def test_the_case_of_a_fact_or_else_its_source() -> None:
    assert case_of(fact(0)) == CaseKey("custody", "C1")
    assert case_of(fact(0, "")) == "custody"
    assert case_of(fact(0)._replace(event=None)) == "custody"


@given(st.lists(st.integers(0, 12), max_size=5, unique=True), st.lists(st.integers(0, 12), max_size=5, unique=True))
def test_every_opening_has_one_episode_that_ends_at_the_first_closing_after_it(
    opened: list[int], closed: list[int]
) -> None:
    """Against looking for the closing of each opening by itself. A closing at the second of an opening ends what ran before."""
    found = dict(spans([fact(hour) for hour in opened], [fact(hour) for hour in closed]))

    wanted: dict[int, int | None] = {}
    for opening in sorted(opened):
        is_running = any(end is None or end >= opening for end in wanted.values())
        ends = [close for close in closed if close > opening or (close == opening and not is_running)]
        wanted[opening] = min(ends, default=None)
    assert found == wanted
