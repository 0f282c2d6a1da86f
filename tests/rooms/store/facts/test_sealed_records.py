"""Records that only sealed cases speak of."""

from __future__ import annotations

import pytest
from tests.made.landed import SOURCE, after, arrive, event, gone, ties

from duecare.record.pole import CaseKey, RecordKey
from duecare.store.facts.sealed_records import records_only_in

pytestmark = pytest.mark.django_db

C1, C2 = CaseKey(SOURCE, "C1"), CaseKey(SOURCE, "C2")
A, B, C, D = (RecordKey(SOURCE, name) for name in "ABCD")


@pytest.fixture
def spoken_of() -> None:
    """A in the first case alone, B in both, C in the first and in none, D in the second alone."""
    arrive(
        event("E1", case_ref="C1"), ties("E1", ("A", "child"), ("B", "child"), ("C", "child")),
        event("E2", case_ref="C2", number=2), ties("E2", ("B", "child"), ("D", "suspect")),
        event("E3", number=3), ties("E3", ("C", "offender")),
    )  # fmt: skip


def test_records_that_take_part_in_these_cases_and_in_no_other_event(spoken_of):
    assert records_only_in({C1}) == {A}
    assert records_only_in({C2}) == {D}
    assert records_only_in([C1, C2]) == {A, B, D}


def test_no_cases_have_no_records_of_their_own(spoken_of):
    assert records_only_in(set()) == set()
    assert records_only_in({CaseKey(SOURCE, "C9")}) == set()
    assert records_only_in({CaseKey("niche", "C1")}) == set()


def test_only_events_that_stand_now_speak_of_anybody(spoken_of):
    arrive(gone("events", "E3", at=after(1)), gone("ties", "E2", at=after(1)))

    assert records_only_in({C1}) == {A, B, C}
    assert records_only_in({C2}) == set()


def test_an_event_that_has_left_the_case_no_longer_keeps_its_people_in(spoken_of):
    arrive(event("E1", at=after(1)))

    assert records_only_in({C1}) == set()


def test_somebody_who_came_into_the_case_is_in_it(spoken_of):
    arrive(ties("E1", ("D", "child"), at=after(1)))
    arrive(gone("events", "E2", at=after(1)))

    assert records_only_in({C1}) == {D}


def test_the_same_case_reference_in_another_source_is_another_case():
    arrive(event("E1", case_ref="C1"), ties("E1", (SOURCE, "A", "child")))
    arrive(event("E1", case_ref="C1"), ties("E1", (SOURCE, "A", "child")), source="niche")

    assert records_only_in({C1}) == set()
    assert records_only_in({C1, CaseKey("niche", "C1")}) == {A}
