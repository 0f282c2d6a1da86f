"""What figures are counted from: the few events, people and cases that they need out of all that stands."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.made.landed import NINE, SOURCE, after, arrive, case, event, gone, linked, person, ties

from duecare.person.identity import record_person_id
from duecare.record.pole import CaseKey, RecordKey
from duecare.store.bulk.all_facts import Everything, everything
from duecare.store.facts.fact_lookup import cases_known, events_known, records_known
from duecare.store.figures import figure_inputs
from duecare.store.figures.figure_inputs import Placing
from duecare.vocabulary.london_clock import when_on_day
from duecare.vocabulary.moments import When

pytestmark = pytest.mark.django_db

C1, C2, C9 = CaseKey(SOURCE, "C1"), CaseKey(SOURCE, "C2"), CaseKey(SOURCE, "C9")
A, B, C, D = (RecordKey(SOURCE, name) for name in "ABCD")
DAY = 86_400


@pytest.fixture
def facts(tmp_path: Path, settings: Any) -> Iterator[Everything]:
    """All that stands: two cases, one person of two records, a suspect, and somebody who never came but is tied."""
    settings.CONFIG = dataclasses.replace(settings.CONFIG, home=tmp_path)
    arrive(
        person("A", family_name="Quill"), person("B", number=2), person("C", number=3), case("C1", area="North"), case("C2"),
        event("E1", "custody_arrived", case_ref="C1", team="Team one"), ties("E1", ("A", "detainee"), ("C", "suspect")),
        event("E2", "visit", after(-2 * DAY), case_ref="C1", area="South", number=2),
        event("E3", "custody_arrived", after(3 * DAY), number=3), ties("E3", ("B", "detainee"), ("D", "child")),
        event("E4", "visit", "2026-03-02", case_ref="C2", area="East", number=4), ties("E4", ("A", "child"), ("C", "victim")),
        event("E5", "told", after(9 * DAY), case_ref="C2", number=5), ties("E5", ("C", "suspect")),
        event("E6", "visit", case_ref="C2", number=6), gone("events", "E6", at=after(1)),
        ties("E6", ("D", "child")),
    )  # fmt: skip
    linked(("A", "one"), ("B", "one"))
    with everything(None) as standing:
        yield standing


def own(record: RecordKey) -> str:
    return record_person_id(record)


def names(events: Any) -> list[str]:
    return [one.event_id for one in events]


# --- events ------------------------------------------------------------------------------------------------


def test_events_of_some_kinds_come_in_order_of_time_with_their_ties(facts: Everything):
    found = figure_inputs.events_of_kinds(facts, ["visit", "custody_arrived"])

    assert names(found) == ["E2", "E4", "E1", "E3"]
    assert set(found) == set(events_known([(SOURCE, f"E{number}") for number in (1, 2, 3, 4)], None))
    assert figure_inputs.events_of_kinds(facts, ["told"])[0].event_id == "E5"
    assert figure_inputs.events_of_kinds(facts, ["made_up"]) == ()


@pytest.mark.parametrize(
    ("since", "found"),
    [
        (NINE - timedelta(days=1), ["E2", "E4", "E1", "E3"]),  # a day before it too
        (NINE, ["E4", "E1", "E3"]),
        (after(3 * DAY), ["E3"]),
        (after(4 * DAY), ["E3"]),
        (after(5 * DAY), []),
    ],
)
def test_events_since_a_moment_with_those_of_the_day_before(facts: Everything, since: datetime, found: list[str]):
    assert names(figure_inputs.events_of_kinds(facts, ["visit", "custody_arrived"], since)) == found


@pytest.mark.parametrize(
    ("since", "until", "people"),
    [
        (NINE, NINE, ["one"]),
        (after(DAY), after(DAY), ["one"]),
        (after(1.9 * DAY), after(1.9 * DAY), ["one"]),  # within a day of the one on the fifth
        (after(5 * DAY), after(9 * DAY), []),
        (after(-9 * DAY), after(-2 * DAY), []),
        (after(-9 * DAY), after(-1 * DAY), ["one"]),
    ],
)
def test_people_who_came_into_custody_within_a_day_of_a_span(facts: Everything, since, until, people: list[str]):
    assert list(figure_inputs.people_arrived(facts, since, until)) == people


def test_only_those_detained_came_into_custody_each_once_and_in_order(facts: Everything):
    assert figure_inputs.people_arrived(facts, after(-DAY), after(9 * DAY)) == ("one",)


def test_each_person_comes_with_their_events_and_those_of_their_cases_that_name_nobody(facts: Everything):
    found = {
        who: sorted(names(events)) for who, events in figure_inputs.events_of_people(facts, ["one", own(C), "nobody"])
    }

    assert found == {"one": ["E1", "E2", "E3", "E4"], own(C): ["E1", "E2", "E4", "E5"]}
    # E5 is of a case of both, and names one of them: it is that one's alone; E2 names nobody.
    assert dict(figure_inputs.events_of_people(facts, [])) == {}


def test_each_person_with_their_events_since_a_moment(facts: Everything):
    found = {
        who: sorted(names(events))
        for who, events in figure_inputs.events_of_people(facts, ["one", own(C)], after(4 * DAY))
    }

    assert found == {"one": ["E3"], own(C): ["E5"]}


def test_every_event_of_some_cases(facts: Everything):
    assert sorted(names(figure_inputs.events_of_cases(facts, [C1, C9]))) == ["E1", "E2"]
    assert sorted(names(figure_inputs.events_of_cases(facts, [C1, C2, C2]))) == ["E1", "E2", "E4", "E5"]
    assert figure_inputs.events_of_cases(facts, []) == ()
    assert figure_inputs.events_of_cases(facts, [CaseKey("niche", "C1")]) == ()


# --- people and cases --------------------------------------------------------------------------------------


def test_records_of_people_are_those_that_came(facts: Everything):
    found = figure_inputs.records_of_people(facts, ["one", own(C), own(D), "nobody"])

    assert {who: sorted(one.key for one in records) for who, records in found.items()} == {"one": [A, B], own(C): [C]}
    assert found[own(C)] == [records_known([C])[C]]
    assert figure_inputs.records_of_people(facts, []) == {}


def test_keys_of_people_are_those_held_or_only_tied(facts: Everything):
    assert figure_inputs.keys_of_people(facts, ["one", own(D), "nobody"]) == {"one": {A, B}, own(D): {D}}
    assert figure_inputs.keys_of_people(facts, []) == {}


def test_the_people_of_records(facts: Everything):
    asked = [A, B, D, RecordKey("niche", "A"), RecordKey(SOURCE, "none")]

    assert figure_inputs.people_of_records(facts, asked) == {A: "one", B: "one", D: own(D)}
    assert figure_inputs.people_of_records(facts, []) == {}


def test_the_record_of_each_case_that_has_one(facts: Everything):
    assert figure_inputs.cases_named(facts, [C1, C9]) == cases_known([C1], None)
    assert figure_inputs.cases_named(facts, [CaseKey("niche", "C1")]) == {}


def test_the_children_and_victims_of_cases_in_order_each_once(facts: Everything):
    found = list(figure_inputs.people_in_cases(facts, [C2, C1]))

    assert found == sorted([(C2, "one", "child"), (C2, own(C), "victim")])
    assert list(figure_inputs.people_in_cases(facts, [C1])) == []


def test_one_question_leaves_the_next_unanswered_for(facts: Everything):
    assert len(figure_inputs.events_of_cases(facts, [C1])) == 2
    assert len(figure_inputs.events_of_cases(facts, [C2])) == 2
    assert set(figure_inputs.keys_of_people(facts, [own(C)])) == {own(C)}


# --- where cases lie ---------------------------------------------------------------------------------------


def places(
    facts: Everything, cases: list[CaseKey], without: list[CaseKey]
) -> dict[CaseKey, list[tuple[str, str, str]]]:
    return {
        key: sorted((one.event_id, one.team, one.area) for one in placings)
        for key, placings in figure_inputs.said_of_places(facts, cases, without)
    }


def test_what_events_state_of_a_team_and_of_an_area_where_the_case_has_none(facts: Everything):
    assert places(facts, [C1, C2], [C2]) == {C1: [("E1", "Team one", "")], C2: [("E4", "", "East")]}
    assert places(facts, [C1, C2], [C1, C2]) == {
        C1: [("E1", "Team one", ""), ("E2", "", "South")],
        C2: [("E4", "", "East")],
    }
    assert places(facts, [C2], []) == places(facts, [], []) == {}
    assert places(facts, [], [C1]) == {C1: [("E2", "", "South")]}


def test_a_placing_says_when_and_by_which_event_and_comes_in_that_order(facts: Everything):
    ((key, (only,)),) = figure_inputs.said_of_places(facts, [C1], [])

    assert (key, only) == (C1, Placing(When.at(NINE), SOURCE, "E1", "Team one", ""))
    day = Placing(when_on_day(datetime(2026, 3, 2, tzinfo=UTC).date()), SOURCE, "E0", "", "")
    assert sorted([only, day]) == [day, only]
