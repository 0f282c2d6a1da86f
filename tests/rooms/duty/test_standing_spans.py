"""Spans in which a state stands that discharges a duty: allocated and not released, less absences."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duecare.duty.facts import PlacedFact
from duecare.duty.roster import Roster
from duecare.duty.standing_spans import Stands, first_standing, next_vacancy, standing_spans
from duecare.record.pole import EventRecord, OfficerRecord
from duecare.vocabulary.moments import When

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
GRACE = 48 * HOUR


def hour(number: float) -> datetime:
    return NOON + number * HOUR


def fact(at: float, officer: str = "") -> PlacedFact:
    moment = hour(at)
    event = EventRecord("merlin", f"e{at}{officer}", "k", When.at(moment), moment, officer=officer)
    return PlacedFact(moment, moment, "merlin", event.event_id, "k", moment, event)


def spans(
    began: list[PlacedFact],
    lapsed: list[PlacedFact],
    *,
    by_officer: bool = True,
    roster: Roster | None = None,
    as_of: float = 900,
) -> list[tuple[float, float | None]]:
    found = standing_spans(began, lapsed, roster or Roster(), GRACE, hour(as_of), by_officer=by_officer)
    return [((one.from_ - NOON) / HOUR, None if one.to is None else (one.to - NOON) / HOUR) for one in found]


@pytest.mark.parametrize(
    ("began", "lapsed", "wanted"),
    [
        ([fact(0, "A")], [], [(0, None)]),
        ([fact(0, "A")], [fact(5, "A")], [(0, 5)]),
        ([fact(0, "A")], [fact(5, "a ")], [(0, 5)]),
        ([fact(0, "A")], [fact(5, "B")], [(0, None)]),
        ([fact(0, "A"), fact(1, "B")], [fact(5, "A")], [(0, 5), (1, None)]),
        ([fact(0, "A"), fact(2, "A")], [fact(5, "A")], [(0, 5)]),
        ([fact(0, "A"), fact(7, "A")], [fact(5, "A")], [(0, 5), (7, None)]),
        ([fact(0, "A")], [fact(5)], [(0, 5)]),
        ([fact(0, "A"), fact(1, "B")], [fact(5)], [(0, None), (1, None)]),
        ([], [fact(5, "A")], []),
    ],
)
def test_each_officers_allocation_runs_to_that_officers_release(
    began: list[PlacedFact], lapsed: list[PlacedFact], wanted: list[tuple[float, float | None]]
) -> None:
    assert spans(began, lapsed) == wanted


def test_a_release_that_names_nobody_is_of_whoever_was_allocated_without_a_name_first() -> None:
    assert spans([fact(0), fact(1, "A")], [fact(5)]) == [(0, 5), (1, None)]


def test_where_it_is_not_by_officer_any_end_ends_it() -> None:
    assert spans([fact(0, "A"), fact(1, "B")], [fact(5, "C")], by_officer=False) == [(0, 5)]
    assert spans([fact(0), fact(6)], [fact(5)], by_officer=False) == [(0, 5), (6, None)]


def absent(from_: float, to: float | None, officer: str = "A") -> OfficerRecord:
    return OfficerRecord(
        "people", officer, absent_from=hour(from_), absent_to=None if to is None else hour(to), written_at=NOON
    )


def roster(*rows: OfficerRecord) -> Roster:
    return Roster(rows)


@pytest.mark.parametrize(
    ("away", "released", "wanted"),
    [
        ((10, 100), None, [(0, 58), (100, None)]),
        ((10, 58), None, [(0, None)]),
        ((10, 59), None, [(0, 58), (59, None)]),
        ((10, None), None, [(0, 58)]),
        ((10, 100), 50, [(0, 50)]),
        ((10, 100), 58, [(0, 58)]),
        ((10, 100), 70, [(0, 58)]),
        ((10, 100), 100, [(0, 58)]),
        ((10, 100), 120, [(0, 58), (100, 120)]),
        ((-100, -1), None, [(0, None)]),
        ((-100, 0), None, [(0, None)]),
        ((-100, 30), None, [(30, None)]),
        ((-48, 30), None, [(30, None)]),
    ],
)
def test_an_absence_that_leaves_a_vacancy_is_taken_out(
    away: tuple[float, float | None], released: float | None, wanted: list[tuple[float, float | None]]
) -> None:
    lapsed = [] if released is None else [fact(released, "A")]

    assert spans([fact(0, "A")], lapsed, roster=roster(absent(*away))) == wanted


def test_an_absence_or_a_return_still_to_come_is_not_known_yet() -> None:
    away = roster(absent(10, 100))

    assert spans([fact(0, "A")], [], roster=away, as_of=57) == [(0, None)]
    assert spans([fact(0, "A")], [], roster=away, as_of=58) == [(0, 58)]
    assert spans([fact(0, "A")], [], roster=away, as_of=99) == [(0, 58)]
    assert spans([fact(0, "A")], [], roster=away, as_of=100) == [(0, 58), (100, None)]


def test_an_absence_of_somebody_else_or_of_nobody_named_takes_nothing_out() -> None:
    assert spans([fact(0, "A")], [], roster=roster(absent(10, 100, "B"))) == [(0, None)]
    assert spans([fact(0, "A")], [], roster=roster(absent(10, 100)), by_officer=False) == [(0, None)]


def test_what_ends_a_span_by_absence_is_named_by_the_absence() -> None:
    first, second = standing_spans([fact(0, "A")], [], roster(absent(10, 100)), GRACE, hour(900), by_officer=True)

    assert first.lapse is not None
    assert (first.lapse.kind, first.lapse.at, first.lapse.happened_at, first.lapse.event) == (
        "absence",
        hour(58),
        hour(10),
        None,
    )
    assert first.lapse.event_id.startswith("absence:A:")
    assert second.lapse is None


def stands(from_: float, to: float | None) -> Stands:
    return Stands(hour(from_), None if to is None else hour(to), fact(from_), None if to is None else fact(to))


@pytest.mark.parametrize(
    ("spans_found", "start", "wanted"),
    [
        ([(0, 5), (7, None)], 0, 0),
        ([(0, 5), (7, None)], 4, 0),
        ([(0, 5), (7, None)], 5, 7),
        ([(0, 5), (7, None)], 6, 7),
        ([(0, 5)], 5, None),
        ([(7, 9), (2, 3)], 0, 2),
        ([(0, None), (0, 9)], 3, 0),
        ([], 0, None),
    ],
)
def test_the_first_span_that_stands_then_or_later_discharges_a_duty(
    spans_found: list[tuple[float, float | None]], start: float, wanted: float | None
) -> None:
    found = first_standing([stands(*span) for span in spans_found], hour(start))

    assert (None if found is None else (found.from_ - NOON) / HOUR) == wanted


@pytest.mark.parametrize(
    ("spans_found", "at", "wanted"),
    [
        ([(0, None)], 1, None),
        ([(0, 5)], 1, 5),
        ([(0, 5), (5, 8)], 1, 8),
        ([(0, 5), (3, 8)], 1, 8),
        ([(3, 8), (0, 5)], 1, 8),
        ([(0, 5), (6, 8)], 1, 5),
        ([(0, 5), (4, None)], 1, None),
        ([(2, 5)], 1, None),
        ([(0, 1)], 1, None),
        ([], 1, None),
    ],
)
def test_a_vacancy_begins_where_the_last_of_the_spans_that_overlap_ends(
    spans_found: list[tuple[float, float | None]], at: float, wanted: float | None
) -> None:
    found = next_vacancy([stands(*span) for span in spans_found], hour(at))

    assert (None if found is None else (found[0] - NOON) / HOUR) == wanted
    assert found is None or found[1].at == found[0]


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 8)), max_size=5), st.integers(0, 20))
def test_a_vacancy_is_the_first_hour_at_which_nothing_stands(lengths: list[tuple[int, int]], at: int) -> None:
    """Against walking hour by hour."""
    spans_found = [(begin, begin + length) for begin, length in lengths]
    moment = at
    while any(begin <= moment < end for begin, end in spans_found):
        moment += 1

    found = next_vacancy([stands(*span) for span in spans_found], hour(at))

    assert (None if found is None else (found[0] - NOON) / HOUR) == (None if moment == at else moment)
