"""Who is in custody now, where they are kept, and what was done about it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest

from duecare.record.pole import CaseKey, EventRecord, InvolvementRow, RecordKey
from duecare.vocabulary.london_clock import when_on_day
from duecare.vocabulary.moments import When
from duecare.worklist.custody import REVIEW_WORDS, Detained, detained_now

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
A, B, OTHER = RecordKey("custody", "1"), RecordKey("merlin", "N1"), RecordKey("custody", "2")
OWN = frozenset({A, B})


def event(kind: str, hours: float, record: RecordKey = A, **said: object) -> EventRecord:
    moment = NOON + timedelta(hours=hours)
    return EventRecord(
        record.source,
        f"{kind}{hours}",
        kind,
        When.at(moment),
        moment,
        ties=(InvolvementRow(record, "detainee"),),
        **said,
    )


def now(*events: EventRecord, hours: float = 24) -> Detained | None:
    return detained_now(OWN, events, NOON + timedelta(hours=hours))


ARRIVED = event("custody_arrived", 0, case=CaseKey("custody", "C1"), area="East")


def test_whoever_has_arrived_is_there_with_nothing_else_known() -> None:
    assert now(ARRIVED) == Detained(OWN, CaseKey("custody", "C1"), "East", NOON, "", "", "", False, When.at(NOON))


def test_whoever_never_arrived_or_has_left_is_not_there() -> None:
    assert now() is None
    assert now(event("detainee_placed", 1, outcome="cell")) is None
    assert now(ARRIVED, event("custody_left", 1)) is None


def test_whoever_came_again_is_there_again_and_nothing_of_the_first_stay_is_left() -> None:
    found = now(
        ARRIVED, event("bail_refused", 1), event("custody_left", 2), event("custody_arrived", 3, B, area="West")
    )

    assert found is not None
    assert (found.area, found.arrived_at, found.bail_refused, found.case) == (
        "West",
        NOON + timedelta(hours=3),
        False,
        None,
    )


def test_another_arrival_without_leaving_begins_again() -> None:
    found = now(ARRIVED, event("detainee_placed", 1, outcome="cell"), event("custody_arrived", 3))

    assert found is not None
    assert (found.placed_in, found.arrived_at) == ("", NOON + timedelta(hours=3))


def test_what_happens_at_the_moment_asked_about_has_happened_and_a_second_later_has_not() -> None:
    assert now(ARRIVED, hours=0) is not None
    assert now(ARRIVED, hours=-1 / 3600) is None
    assert now(ARRIVED, event("custody_left", 5), hours=5) is None
    assert now(ARRIVED, event("custody_left", 5), hours=5 - 1 / 3600) is not None


def test_events_of_another_person_say_nothing() -> None:
    assert now(event("custody_arrived", 0, OTHER)) is None
    assert now(ARRIVED, event("custody_left", 1, OTHER)) is not None


def test_a_record_of_the_same_person_in_another_source_counts() -> None:
    assert now(ARRIVED, event("custody_left", 1, B)) is None


@pytest.mark.parametrize(
    ("kind", "field", "outcome"),
    [
        ("appropriate_adult_requested", "adult", "requested"),
        ("appropriate_adult_arrived", "adult", "arrived"),
        ("accommodation_requested", "accommodation", "requested"),
        ("accommodation_refused", "accommodation", "refused"),
        ("accommodation_provided", "accommodation", "provided"),
    ],
)
def test_what_was_done_last_about_an_adult_or_a_place_stands(kind: str, field: str, outcome: str) -> None:
    found = now(ARRIVED, event(kind, 1))

    assert found is not None
    texts = {"placed_in": found.placed_in, "adult": found.adult, "accommodation": found.accommodation}
    assert texts == {"placed_in": "", "adult": "", "accommodation": "", field: outcome}


def test_each_of_these_is_shown_and_the_later_one_takes_the_place_of_the_earlier() -> None:
    events = (
        ARRIVED,
        event("appropriate_adult_requested", 1),
        event("appropriate_adult_arrived", 2),
        event("detainee_placed", 1, outcome="cell"),
        event("detainee_placed", 3, outcome="detention room"),
        event("accommodation_requested", 2),
        event("bail_refused", 2),
    )
    wanted = now(*events)
    assert wanted is not None
    assert (wanted.adult, wanted.placed_in, wanted.accommodation, wanted.bail_refused) == (
        "arrived",
        "detention room",
        "requested",
        True,
    )

    for shuffled in list(permutations(events))[::97]:
        assert now(*shuffled) == wanted


def test_only_a_placing_says_where_somebody_is_kept_whatever_its_outcome() -> None:
    found = now(
        ARRIVED, event("detention_reviewed", 1, outcome="cell"), event("accommodation_refused", 2, outcome="none")
    )

    assert found is not None
    assert (found.placed_in, found.accommodation) == ("", "refused")


def test_an_arrival_of_which_only_the_day_is_known_is_as_exact_as_its_source() -> None:
    day = when_on_day(date(2026, 11, 25))
    arrived = EventRecord("custody", "1", "custody_arrived", day, NOON, ties=(InvolvementRow(A, "detainee"),))

    found = now(arrived)

    assert found is not None
    assert (found.arrived, found.arrived_at) == (day, day.earliest)


def test_the_kinds_that_change_what_is_shown() -> None:
    assert set(REVIEW_WORDS.values()) == {"placed_in", "adult", "accommodation"}
