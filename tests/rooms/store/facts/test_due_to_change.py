"""Cases and records that what happens between two moments touches."""

from __future__ import annotations

import pytest
from tests.made.landed import SOURCE, after, arrive, case, event, gone, person, row, ties

from duecare.record.pole import CaseKey, RecordKey
from duecare.store.facts.due_to_change import ALLOCATES, cases_of_officers, named_between

pytestmark = pytest.mark.django_db

C1, C2 = CaseKey(SOURCE, "C1"), CaseKey(SOURCE, "C2")
A, B = RecordKey(SOURCE, "A"), RecordKey(SOURCE, "B")


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [(-1, 0, True), (0, 1, False), (0, 0, False), (-9, -1, False), (-9, 9, True), (1, 9, False)],
)
def test_what_happens_after_the_one_moment_and_up_to_the_other(since: int, until: int, found: bool):
    arrive(event("E1", case_ref="C1"), ties("E1", ("A", "child")))

    assert named_between(after(since), after(until)) == (({C1}, {A}) if found else (set(), set()))


def test_any_version_counts_by_when_it_said_that_it_happened():
    arrive(event("E1", happened_at=after(10), case_ref="C1"), ties("E1", ("A", "child")))
    arrive(event("E1", happened_at=after(900), case_ref="C2", at=after(1)), ties("E1", ("B", "child"), at=after(1)))

    assert named_between(after(0), after(20)) == ({C1}, {A, B})
    assert named_between(after(800), after(1000)) == ({C2}, {A, B})
    assert named_between(after(20), after(800)) == (set(), set())


def test_an_event_of_no_case_names_its_records_and_one_that_names_nobody_its_case():
    arrive(event("E1", "visit"), ties("E1", ("A", "offender")), event("E2", case_ref="C2", number=2))

    assert named_between(after(-1), after(1)) == ({C2}, {A})


def test_nothing_but_an_event_happens():
    arrive(
        person("A"), case("C1", opened_at="2026-03-02T09:00:00+00:00"), gone("events", "E1"), ties("E1", ("A", "child"))
    )

    assert named_between(after(-1_000), after(1_000)) == (set(), set())


def test_a_day_counts_from_its_first_second():
    arrive(event("E1", happened_at="2026-03-03", case_ref="C1"))
    midnight = after(15 * 3600)

    assert named_between(after(0), midnight) == ({C1}, set())
    assert named_between(midnight, after(60 * 3600)) == (set(), set())


@pytest.mark.parametrize("kind", ALLOCATES)
def test_the_cases_that_some_version_allocated_to_an_officer(kind: str):
    arrive(
        event("E1", kind, case_ref="C1", officer=" X1"),
        event("E2", "child_seen", case_ref="C2", officer="X1", number=2),
    )
    arrive(event("E1", kind, case_ref="C1", officer="X2", at=after(1)))

    assert cases_of_officers(["x1"]) == cases_of_officers(["X2", "X3"]) == {C1}
    assert cases_of_officers(["X3"]) == cases_of_officers([""]) == cases_of_officers([]) == set()


def test_an_event_that_allocated_under_one_case_and_then_another_touches_both():
    arrive(event("E1", "investigator_allocated", case_ref="C1", officer="X1"))
    arrive(event("E1", "investigator_allocated", case_ref="C2", officer="X1", at=after(1)))

    assert cases_of_officers(["X1"]) == {C1, C2}


def test_a_kind_that_no_event_has_is_not_gone_through():
    arrive(row("events", "E1", {"kind": "made_up_kind", "happened_at": "2026-03-02T09:00:00+00:00", "case_ref": "C1"}))

    assert named_between(after(-1), after(1)) == (set(), set())
