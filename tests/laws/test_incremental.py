"""After each delivery only what it touches is worked out, and what is then in force is what a full assessment gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st
from tests.laws.test_known_then import join
from tests.made.deliveries import Made, Row, write
from tests.made.histories import LATEST, History, drips, histories, moments
from tests.made.long_runs import mostly_long
from tests.made.stores import Store, Stores, asking
from tests.made.worlds import UNNAMED

from duecare.assessment import affected_units
from duecare.assessment.full_run import run_full_assessment
from duecare.assessment.refresh_affected import refresh_affected
from duecare.duty.roster_changes import RosterChanges
from duecare.person.identity import record_person_id
from duecare.record.pole import CaseKey, RecordKey
from duecare.store.database.transaction import transaction
from duecare.store.facts import affected_facts as store_touched
from duecare.store.facts import fact_lookup
from duecare.store.findings import assessment_runs, finding_replacement
from duecare.store.findings.run_differences import Difference, differences_of_runs
from duecare.store.linkage import linkage_runs, linked_people
from duecare.use_cases.deliveries.receive_delivery import receive_files
from duecare.vocabulary.moments import iso_text

EXAMPLES = settings.default.max_examples * 2 // 5
pytestmark = [pytest.mark.usefixtures("read_in_process"), pytest.mark.guarantee]
tried = settings(
    max_examples=EXAMPLES,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
GROUPS = (
    [],
    [[RecordKey("s", "A"), RecordKey("s", "B")]],
    [[RecordKey("s", "A"), RecordKey("s", "B"), RecordKey("s", "C")]],
    [[RecordKey("s", "B"), RecordKey("s", "C")]],
)


def against_the_whole(config, now: datetime) -> list[Difference]:
    """In what does what is in force differ from a full assessment made now? What is in force stays so."""
    run = assessment_runs.run_in_force()
    assert run is not None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(assessment_runs, "old_runs", list)
        run_full_assessment(asking(now), config)
    full = assessment_runs.run_in_force()
    assert full is not None
    assert full.id != run.id
    found = list(differences_of_runs(run.id, full.id))
    assessment_runs.put_in_force(run)
    assessment_runs.drop_run(full.id)
    return found


def faults(store: Store, history: History, folder: Path, now: datetime) -> Iterable[list[Difference]]:
    """Receive one delivery after another, each but the first worked out by what it touches; the differences after each."""
    with store() as config:
        for number, path in enumerate(history.written(folder)):
            (took,) = receive_files(asking(now), config, [path], confirmed=True)
            assert took.status in {"accepted", "duplicate"}, took.reasons
            if not number:
                run_full_assessment(asking(now), config)
                continue
            brought = refresh_affected(asking(now))
            assert brought.is_whole
            yield against_the_whole(config, now)


@tried
@given(data=st.data())
def test_what_a_delivery_touches_is_all_that_changes(stores: Stores, tmp_path: Path, data):
    history, groups = data.draw(st.one_of(drips(), drips(), histories(most=3))), data.draw(st.sampled_from(GROUPS))
    now = data.draw(st.one_of(st.just(LATEST), moments))

    with stores.some(1) as (store,):
        join(store, groups)
        for found in faults(store, history, tmp_path, now):
            assert found == []
            event("a delivery after an assessment")


@tried
@given(data=st.data())
def test_whose_records_moved_between_two_linkages_is_all_that_changes(stores: Stores, tmp_path: Path, data):
    history = data.draw(histories(most=3))
    now = data.draw(st.one_of(st.just(LATEST), moments))

    with stores.some(1) as (store,):
        with store() as config:
            receive_files(asking(now), config, history.written(tmp_path), confirmed=True)
        join(store, data.draw(st.sampled_from(GROUPS)))
        with store() as config:
            run_full_assessment(asking(now), config)
        for groups in data.draw(st.lists(st.sampled_from(GROUPS), min_size=1, max_size=2)):
            join(store, groups)
            with store() as config:
                assert refresh_affected(asking(now)).is_whole
                assert against_the_whole(config, now) == []


# --- by hand: each thing a finding rests on, changed alone; and forgotten --------------------------------------

NOW = datetime(2017, 6, 1, 12, tzinfo=UTC)


def an_event(event_id: str, kind: str, day: int, case: str, written: int = 0, **fields: str) -> Row:
    """An event of May 2017 in this case."""
    at = datetime(2017, 5, day, 10, tzinfo=UTC)
    said = {"event_id": event_id, "kind": kind, "happened_at": iso_text(at), "case_ref": case, "area": "E1"}
    return {**said, "written_at": iso_text(at + timedelta(hours=1 + written)), **fields}


def ties(**tied: str) -> list[Row]:
    """Who is tied to which event: `e1="A child, B child"`."""
    return [
        {"event_id": event_id, "record_id": one.split()[0], "role": one.split()[1]}
        for event_id, some in tied.items()
        for one in some.split(", ")
    ]


def a_person(record: str, born: str, written: int = 1) -> Row:
    """Someone, as written on that day of May 2017."""
    said = {"record_id": record, "given_names": "Made", "family_name": f"Up-{record}", "date_of_birth": born}
    return {**said, "written_at": iso_text(datetime(2017, 5, written, tzinfo=UTC))}


BASE = Made(
    {
        "persons": [a_person("A", "2010-05-01"), a_person("B", "2011-05-01"), a_person("C", "1970-05-01")],
        "cases": [
            {
                "case_ref": ref,
                "kind": "child_concern",
                "area": "E1",
                "written_at": iso_text(datetime(2017, 5, 1, tzinfo=UTC)),
            }
            for ref in ("1", "2", "4")
        ],
        "events": [
            an_event("e1", "concern_reported", 1, "1", risk="amber", officer="X2"),
            an_event("e2", "concern_reported", 10, "2", risk="green"),
            an_event("e3", "investigator_allocated", 2, "2", officer="X1"),
            an_event("e4", "concern_reported", 3, "4", risk="amber"),
            an_event("e5", "offender_registered", 3, "", outcome="sentence"),
            an_event("e6", "offender_registered", 4, "", outcome="sentence"),
            an_event("e7", "concern_reported", 4, "5", risk="amber"),
            an_event("e8", UNNAMED[0], 4, "6"),
        ],
        "ties": ties(
            e1="A child",
            e2="A child, B child",
            e4="D child",
            e5="C offender",
            e6="C2 offender",
            e7="D child",
            e8="E child",
        ),
        "officers": [
            {"officer": "X1", "from": "2015-01-01"},
            {"officer": "X2", "supervisor": "S1", "from": "2015-01-01"},
        ],
        "posts": [{"post": "P1", "kind": "detective_inspector", "area": "E1", "holder": "D1", "from": "2015-01-01"}],
    },
    "s",
)
CHANGES: dict[str, dict[str, list[Row]]] = {
    "an event moved to another case": {
        "events": [an_event("e1", "concern_reported", 1, "3", 5, risk="amber", officer="X2")],
        "ties": ties(e1="A child"),
    },
    "an event withdrawn": {"events": [an_event("e1", "concern_reported", 1, "1", 5, deleted="true")]},
    "a tie withdrawn": {"events": [an_event("e1", "concern_reported", 1, "1", 5, risk="amber")], "ties": ties(e1="B child")},
    "a deed in another case": {"events": [an_event("e9", "child_seen", 20, "3")], "ties": ties(e9="A child")},
    "a danger in another case": {"events": [an_event("e9", "suspect_contact", 30, "3")], "ties": ties(e9="E other")},
    "a deed that names nobody": {"events": [an_event("e9", "child_seen", 20, "4")]},
    "a birth": {"persons": [a_person("A", "1990-05-01", 20)]},
    "a case closed by its row": {
        "cases": [
            {"case_ref": "4", "kind": "child_concern", "area": "E1", "closed_at": "2017-05-05",
             "written_at": iso_text(datetime(2017, 5, 6, tzinfo=UTC))}
        ]
    },
    "an absence": {"officers": [{"officer": "X1", "from": "2015-01-01", "absent_from": "2017-05-15"}]},
    "another supervisor": {"officers": [{"officer": "X2", "supervisor": "S2", "from": "2017-05-02"}]},
    "a post held otherwise": {
        "posts": [{"post": "P1", "kind": "detective_inspector", "area": "E1", "holder": "D2", "from": "2017-05-02"}]
    },
}  # fmt: skip
JOINED = "two people joined"
MOVED = "a record moved to another person in the linkage in force"


def changed(store: Store, folder: Path, change: str) -> tuple[list[Difference], list[Difference]]:
    """By what the change alters anything, and in what what is in force afterwards is not the whole."""
    with store() as config:
        took = receive_files(asking(NOW), config, [write(BASE, folder / "s-1")])
        assert [one.set_aside for one in took] == [0], took[0].reasons
        if change == MOVED:
            linked_people.put_in_force(linked_people.begin_run(NOW, "made-up", 1), ())
        run_full_assessment(asking(NOW), config)
        if change == MOVED:
            moved = ("", record_person_id(RecordKey("s", "C")))
            with transaction():
                linkage_runs.move_records(
                    linkage_runs.hold_linkage(), {RecordKey("s", "C"): moved, RecordKey("s", "C2"): moved}
                )
        elif change == JOINED:
            run = linked_people.begin_run(NOW, "made-up", 0)
            linked_people.keep_members(run, [("s", "C", record_person_id(RecordKey("s", "C")))])
            linked_people.keep_members(run, [("s", "C2", record_person_id(RecordKey("s", "C")))])
            linked_people.put_in_force(run, linked_people.founders_of(run))
        else:
            took = receive_files(asking(NOW), config, [write(Made(CHANGES[change], "s"), folder / "s-2")])
            assert [one.set_aside for one in took] == [0], took[0].reasons
        before = against_the_whole(config, NOW)
        assert refresh_affected(asking(NOW)).is_whole
        return before, against_the_whole(config, NOW)


@pytest.mark.parametrize("change", mostly_long([*CHANGES, JOINED, MOVED], [*list(CHANGES)[::2], JOINED, MOVED]))
def test_each_thing_that_a_finding_rests_on_is_followed(stores: Stores, tmp_path: Path, change):
    with stores.some(1) as (store,):
        before, after = changed(store, tmp_path, change)

    assert before != []
    assert after == []


def no_old_cases(patch: pytest.MonkeyPatch) -> None:
    """Only the case that an event stands in now is looked at."""

    def standing(events: Iterable[tuple[str, str]]) -> set[CaseKey]:
        return {found.case for found, _ in fact_lookup._look_up_events(events, None).values() if found.case}

    patch.setattr(store_touched, "cases_of_events", standing)


def no_other_cases(patch: pytest.MonkeyPatch) -> None:
    """The other cases of someone are not looked at."""
    patch.setattr(affected_units, "_cases_of", lambda *_: set())


def no_others_in_the_case(patch: pytest.MonkeyPatch) -> None:
    """Those in a case whom no new event names are not looked at."""
    patch.setattr(store_touched, "events_of_cases", lambda _: set())


def forgotten(what: str) -> Callable[[pytest.MonkeyPatch], None]:
    """Of what deliveries brought, this is not looked at."""

    def seed(patch: pytest.MonkeyPatch) -> None:
        real = store_touched.delivered_facts

        def brought(deliveries: Iterable[int]) -> Any:
            found = real(deliveries)
            setattr(found, what, type(getattr(found, what))())
            return found

        patch.setattr(store_touched, "delivered_facts", brought)

    return seed


def of_the_roster(officers: bool) -> Callable[[pytest.MonkeyPatch], None]:
    """Of what a newer roster says, the officers or the posts are not looked at."""

    def seed(patch: pytest.MonkeyPatch) -> None:
        real = affected_units.roster_changes

        def some(*given: Any) -> RosterChanges:
            found = real(*given)
            return RosterChanges(frozenset(), found.posts) if officers else RosterChanges(found.officers, ())

        patch.setattr(affected_units, "roster_changes", some)

    return seed


def no_danger_elsewhere(patch: pytest.MonkeyPatch) -> None:
    """Only roles in which something can be owed count, also where a danger is reported."""
    patch.setattr(store_touched, "of_kinds", lambda *_: set())


def no_one_forgotten(patch: pytest.MonkeyPatch) -> None:
    """What was kept under an id that nobody has any more stays."""
    patch.setattr(finding_replacement, "forget_person", lambda *_: None)


def no_own_ids(patch: pytest.MonkeyPatch) -> None:
    """A record that was not linked is held to have been nobody, not its own person."""
    real = store_touched.moved_since
    own = {record_person_id(RecordKey("s", "C2"))}
    patch.setattr(store_touched, "moved_since", lambda moves: (real(moves)[0], real(moves)[1] - own))


DEFECTS = {
    "an event moved to another case": no_old_cases,
    "a deed in another case": no_other_cases,
    "a danger in another case": no_danger_elsewhere,
    "a deed that names nobody": no_others_in_the_case,
    "a birth": forgotten("persons"),
    "a case closed by its row": forgotten("cases"),
    "a tie withdrawn": forgotten("events"),
    "an absence": of_the_roster(officers=True),
    "another supervisor": of_the_roster(officers=True),
    "a post held otherwise": of_the_roster(officers=False),
    JOINED: no_one_forgotten,
    MOVED: no_own_ids,
}


@pytest.mark.parametrize("change", mostly_long(DEFECTS, list(DEFECTS)[::3]))
def test_counter_what_is_forgotten_is_seen(stores: Stores, tmp_path: Path, monkeypatch, change):
    DEFECTS[change](monkeypatch)

    with stores.some(1) as (store,):
        _, after = changed(store, tmp_path, change)

    assert after != []
