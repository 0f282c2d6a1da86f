"""Who owns a case at a moment: allocated and not released, supervisor, team and area."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from duecare.record.pole import CaseKey, CaseRecord, EventRecord
from duecare.vocabulary.moments import When
from duecare.worklist.ownership import ALLOCATES, RELEASES, Ownership, case_ownership, person_ownership

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
CASE = CaseRecord(CaseKey("merlin", "M1"), "crime", "East")


def event(kind: str, hours: float, officer: str = "", source: str = "merlin", **said: str) -> EventRecord:
    moment = NOON + timedelta(hours=hours)
    return EventRecord(source, f"{kind}{hours}{officer}", kind, When.at(moment), moment, officer=officer, **said)


def owners(*events: EventRecord, case: CaseRecord | None = None, hours: float = 100) -> Ownership:
    return case_ownership(case, events, NOON + timedelta(hours=hours))


def test_of_a_case_without_events_only_its_area_is_known() -> None:
    assert owners(case=CASE) == Ownership(area="East")
    assert owners() == Ownership()
    assert owners().officer == ""


@pytest.mark.parametrize(("allocated", "released"), ALLOCATES.items())
def test_whoever_was_allocated_owns_the_case_until_they_are_released(allocated: str, released: str) -> None:
    both = (event(allocated, 0, "NM1"), event(released, 2, "nm1"))

    assert owners(*both, hours=2 - 1 / 3600).officers == ("NM1",)
    assert owners(*both, hours=2).officers == ()
    assert owners(*both, hours=-1 / 3600).officers == ()
    assert owners(*both, hours=0).officers == ("NM1",)


def test_the_officer_is_who_was_allocated_last_and_is_still_there() -> None:
    events = [event("investigator_allocated", 0, "NM1"), event("investigator_allocated", 1, "NM2")]

    assert (owners(*events).officers, owners(*events).officer) == (("NM1", "NM2"), "NM2")
    assert owners(*events, event("investigator_released", 2, "NM2")).officer == "NM1"
    assert owners(*events[::-1]) == owners(*events)


def test_whoever_is_allocated_again_stands_last_and_once_as_written_last() -> None:
    found = owners(
        event("investigator_allocated", 0, "NM1"),
        event("investigator_allocated", 1, "NM2"),
        event("investigator_allocated", 2, "nm1"),
    )

    assert found.officers == ("NM2", "nm1")


def test_a_release_that_names_nobody_releases_everybody() -> None:
    assert (
        owners(
            event("investigator_allocated", 0, "NM1"),
            event("offender_manager_allocated", 1, "NM2"),
            event("investigator_released", 2),
        ).officers
        == ()
    )


def test_a_release_of_somebody_else_releases_nobody() -> None:
    assert owners(event("investigator_allocated", 0, "NM1"), event("investigator_released", 2, "NM9")).officers == (
        "NM1",
    )


def test_an_allocation_that_names_nobody_is_none() -> None:
    assert owners(event("investigator_allocated", 0), event("supervisor_allocated", 0)) == Ownership()


def test_the_supervisor_is_who_was_named_last_and_is_no_officer_of_the_case() -> None:
    found = owners(event("supervisor_allocated", 0, "NM5"), event("supervisor_allocated", 1, "NM6"))

    assert (found.supervisors, found.officers) == (("NM6",), ())


def test_the_team_is_the_last_one_named_and_the_area_the_first() -> None:
    found = owners(
        event("crime_recorded", 0, team="Team 1", area="West"),
        event("crime_recorded", 1, team="Team 2", area="North"),
        event("crime_recorded", 2),
    )

    assert (found.team, found.area) == ("Team 2", "West")
    assert owners(event("crime_recorded", 0, area="West"), case=CASE).area == "East"


def test_of_two_events_at_one_moment_the_source_decides_whichever_came_first() -> None:
    first = event("crime_recorded", 0, source="cris", team="Team 1")
    second = event("crime_recorded", 0, source="merlin", team="Team 2")

    assert owners(first, second).team == owners(second, first).team == "Team 2"


def test_each_kind_of_release_undoes_its_kind_of_allocation() -> None:
    assert {allocated: released for released, allocated in RELEASES.items()} == ALLOCATES


SEALED = CaseRecord(CaseKey("merlin", "M2"), "crime", "West", sealed=True)
CASES = {case.key: case for case in (CASE, SEALED)}


def of_person(*events: EventRecord, in_case: CaseKey | None = None) -> Ownership:
    return person_ownership(events, CASES, NOON + timedelta(hours=100), in_case=in_case)


def test_what_is_owed_about_a_person_lies_where_their_events_say() -> None:
    events = (
        event("offender_manager_allocated", 0, "NM1", case=CASE.key, area="East", team="Team one"),
        event("supervisor_allocated", 1, "NM2"),
    )

    assert of_person(*events) == owners(*events) == Ownership(("NM1",), ("NM2",), "Team one", "East")


def test_a_sealed_case_gives_it_no_place_and_those_it_names_may_open_it_all_the_same() -> None:
    openly = event("offender_manager_allocated", 2, "NM1", case=CASE.key, area="East", team="Team one")
    hidden = event("offender_manager_allocated", 1, "NM9", case=SEALED.key, area="West", team="Team nine")
    later = event("visit", 3, "NM9", case=SEALED.key, team="Team nine")

    assert of_person(openly, hidden, later) == Ownership(("NM1",), (), "Team one", "East", ("NM9", "NM1"))
    assert of_person(hidden) == Ownership(also_named=("NM9",))
    assert of_person(hidden, in_case=SEALED.key) == owners(hidden)
    assert of_person(openly, hidden, in_case=SEALED.key).officers == ("NM9", "NM1")
