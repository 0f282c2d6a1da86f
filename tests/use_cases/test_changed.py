"""What differs between two moments, and by what: each cause by itself, worked out by hand."""

from __future__ import annotations

import dataclasses
import itertools
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.made.deliveries import Made, Row, write
from tests.made.stores import Store, asking

from duecare.access.viewer import Viewer
from duecare.assessment import explain_change
from duecare.assessment.policy_history import keep_policy
from duecare.person.identity import record_person_id
from duecare.record.pole import RecordKey
from duecare.store.linkage import linked_people
from duecare.use_cases.deliveries.receive_delivery import receive_files
from duecare.use_cases.findings.compare_moments import Moment, changed_in_case, list_changes
from duecare.use_cases.findings.compare_moments_export import as_json
from duecare.use_cases.findings.findings_in_scope import Wanted, read_findings
from duecare.vocabulary.moments import iso_text
from duecare.vocabulary.refusals import Refusal

pytestmark = pytest.mark.usefixtures("read_in_process")

AL1, AL2 = "LOCAL-allocate-investigator", "LOCAL-see-the-child"
_FOLDERS = itertools.count()


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2016, 3, day, hour, tzinfo=UTC)


def event(event_id: str, kind: str, happened: datetime, written: datetime | None = None, **more: str) -> Row:
    said = {"event_id": event_id, "kind": kind, "happened_at": iso_text(happened), "case_ref": "C1"}
    return {**said, **more, "written_at": iso_text(written or happened)}


CHILD: Row = {"record_id": "A", "given_names": "Made", "family_name": "Up", "date_of_birth": "2006-05-01",
              "written_at": iso_text(at(1))}  # fmt: skip
REPORTED = event("E1", "concern_reported", at(1))
TIED: Row = {"event_id": "E1", "record_id": "A", "role": "child"}
ALLOCATED = {"officer": "X1"}


def take(store: Store, folder: Path, *events: Row, source: str = "s", **rows: Iterable[Row]) -> None:
    """Receive these rows, now, as one delivery without a manifest."""
    made = Made({**{name: list(some) for name, some in rows.items()}, "events": list(events)}, source=source)
    path = write(made, folder / f"{next(_FOLDERS)}" / f"{source}-1")
    (took,) = receive_files(asking(), store.config, [path], source=source)
    assert (took.status, took.set_aside) == ("accepted", 0), took.reasons


def begin(store: Store, folder: Path, *events: Row) -> None:
    take(store, folder, REPORTED, *events, persons=[CHILD], ties=[TIED])


def join(at_: datetime, *groups: Iterable[RecordKey]) -> None:
    run = linked_people.begin_run(at_, "made-up", 0)
    linked_people.keep_members(
        run, [(*key, record_person_id(min(group))) for group in map(list, groups) for key in group]
    )
    linked_people.put_in_force(run, linked_people.founders_of(run))


def found(store: Store, then: datetime, now: datetime, duty: str = AL1, **more):
    """What differs in the duty of the one case between two moments, each as known then: one change."""
    wanted = Wanted(case="C1")
    said = as_json(list_changes(asking(), store.config, wanted, Moment(then, then), Moment(now, now), **more))
    changes = [one for one in said["changes"] if one["duty"] == duty]
    assert len(changes) <= 1
    return changes[0] if changes else None


def states(change) -> tuple[str | None, str | None]:
    return tuple(change[side] and change[side]["state"] for side in ("before", "after"))


def test_where_only_the_clock_moved_time_passed(store, tmp_path):
    begin(store, tmp_path)

    change = found(store, at(2, 0), at(10))

    assert states(change) == ("open", "overdue")
    assert change["cause"] == "time_passed"
    assert change["fact"] is None
    assert change["after"]["due_at"] == "2016-03-02T09:00:00+00:00"
    assert change["after"]["late_by_hours"] == 192.0
    assert [cause["cause"] for cause in change["causes"]] == ["time_passed"]


def test_what_happened_and_was_written_between_is_a_new_fact(store, tmp_path):
    begin(store, tmp_path, event("E2", "investigator_allocated", at(3), **ALLOCATED))

    change = found(store, at(2, 0), at(10))

    assert states(change) == ("open", "met_late")
    assert change["cause"] == "new_fact"
    assert change["fact"] == {
        "sheet": "events",
        "source": "s",
        "event_id": "E2",
        "kind": "investigator_allocated",
        "happened_at": "2016-03-03T09:00:00+00:00",
        "written_at": "2016-03-03T09:00:00+00:00",
        "was": None,
    }
    assert change["after"]["late_by_hours"] == 24.0


def test_a_case_that_begins_between_begins_by_its_report(store, tmp_path):
    begin(store, tmp_path)

    change = found(store, datetime(2016, 2, 20, tzinfo=UTC), at(10))

    assert states(change) == (None, "overdue")
    assert (change["cause"], change["fact"]["event_id"]) == ("new_fact", "E1")


def test_what_had_happened_and_was_written_only_after_is_a_late_fact(store, tmp_path):
    begin(store, tmp_path, event("E2", "investigator_allocated", at(1, 12), at(5), **ALLOCATED))

    change = found(store, at(3), at(10))

    assert states(change) == ("overdue", "met")
    assert change["cause"] == "late_fact"
    assert change["fact"]["event_id"] == "E2"
    assert change["fact"]["written_at"] == "2016-03-05T09:00:00+00:00"


def test_what_was_said_otherwise_is_a_changed_fact_with_what_it_said_before(store, tmp_path):
    begin(store, tmp_path, event("E2", "investigator_allocated", at(1, 12), **ALLOCATED))
    take(store, tmp_path, event("E2", "investigator_allocated", at(2, 12), at(5), **ALLOCATED))

    change = found(store, at(3), at(10))

    assert states(change) == ("met", "met_late")
    assert change["cause"] == "changed_fact"
    assert change["fact"]["happened_at"] == "2016-03-02T12:00:00+00:00"
    assert change["fact"]["was"]["happened_at"] == "2016-03-01T12:00:00+00:00"


def test_what_was_withdrawn_is_a_withdrawn_fact_written_when_it_was(store, tmp_path):
    begin(store, tmp_path, event("E2", "investigator_allocated", at(1, 12), **ALLOCATED))
    take(store, tmp_path, event("E2", "investigator_allocated", at(1, 12), at(5), deleted="true", **ALLOCATED))

    change = found(store, at(3), at(10))

    assert states(change) == ("met", "overdue")
    assert change["cause"] == "withdrawn_fact"
    assert (change["fact"]["event_id"], change["fact"]["written_at"]) == ("E2", "2016-03-05T09:00:00+00:00")


def test_what_was_moved_to_another_case_is_a_changed_fact(store, tmp_path):
    begin(store, tmp_path, event("E2", "investigator_allocated", at(1, 12), **ALLOCATED))
    take(store, tmp_path, {**event("E2", "investigator_allocated", at(1, 12), at(5), **ALLOCATED), "case_ref": "C2"})

    change = found(store, at(3), at(10))

    assert states(change) == ("met", "overdue")
    assert (change["cause"], change["fact"]["event_id"]) == ("changed_fact", "E2")


def test_a_birth_date_put_right_is_a_changed_fact_of_the_person(store, tmp_path):
    begin(store, tmp_path)
    take(store, tmp_path, persons=[{**CHILD, "date_of_birth": "1980-05-01", "written_at": iso_text(at(5))}])

    change = found(store, at(2, 0), at(2, 1))
    assert change is None
    said = as_json(list_changes(asking(), store.config, Wanted(case="C1"), Moment(at(3), at(3)), Moment(at(3), at(10))))
    (change,) = [one for one in said["changes"] if one["duty"] == AL1]

    assert states(change) == ("overdue", "open")
    assert change["cause"] == "changed_fact"
    assert (change["fact"]["sheet"], change["fact"]["event_id"]) == ("persons", "A")


def test_an_absence_reported_afterwards_is_a_late_fact(store, tmp_path):
    begin(store, tmp_path, event("E2", "investigator_allocated", at(1, 12), **ALLOCATED))
    away = {"officer": "X1", "from": "2015-01-01", "absent_from": iso_text(at(2)), "written_at": iso_text(at(8))}
    take(store, tmp_path, officers=[away])
    wanted = Wanted(case="C1")
    said = as_json(list_changes(asking(), store.config, wanted, Moment(at(7), at(7)), Moment(at(7), at(9))))
    (change,) = said["changes"]

    assert states(change) == (None, "overdue")
    assert change["cause"] == "late_fact"
    assert (change["fact"]["sheet"], change["fact"]["event_id"]) == ("officers", "X1")


def test_what_was_written_late_and_shown_only_by_the_clock_is_the_row_and_not_the_clock(store, tmp_path):
    begin(store, tmp_path, event("E2", "investigator_allocated", at(1, 12), **ALLOCATED))
    away = {"officer": "X1", "from": "2015-01-01", "absent_from": iso_text(at(6)), "written_at": iso_text(at(8))}
    take(store, tmp_path, officers=[away])
    said = as_json(
        list_changes(asking(), store.config, Wanted(case="C1"), Moment(at(7), at(7)), Moment(at(10), at(10)))
    )
    (change,) = [one for one in said["changes"] if one["duty"] == AL1]

    assert states(change) == (None, "overdue")
    assert change["cause"] == "late_fact"
    assert change["fact"]["sheet"] == "officers"
    assert [cause["cause"] for cause in change["causes"]] == ["late_fact", "time_passed"]


def test_where_people_were_joined_between_the_link_is_the_cause(store, tmp_path):
    begin(store, tmp_path)
    other = {**CHILD, "record_id": "B"}
    seen = {**event("S1", "child_seen", at(1, 12)), "case_ref": ""}
    take(store, tmp_path, seen, source="t", persons=[other],
         ties=[{"event_id": "S1", "record_id": "B", "role": "child"}])  # fmt: skip
    a, b = RecordKey("s", "A"), RecordKey("t", "B")
    join(at(2, 0), [a], [b])
    join(at(6), [a, b])

    change = found(store, at(5), at(10), duty=AL2)

    assert states(change) == ("overdue", "met")
    assert change["cause"] == "changed_link"
    assert change["causes"][-1]["records"] == ["s:A", "t:B"]


def test_where_the_links_of_then_are_gone_it_says_so_and_blames_no_link(store, tmp_path):
    begin(store, tmp_path)
    join(at(20), [RecordKey("s", "A")])

    said = list_changes(asking(), store.config, Wanted(case="C1"), Moment(at(3), at(3)), Moment(at(10), at(10)))

    assert said.then.linked_at is None
    assert any("as linked today" in note for note in said.notes)


def test_where_the_force_changed_its_own_hours_the_rule_is_the_cause(store, tmp_path):
    begin(store, tmp_path, event("E2", "investigator_allocated", at(2, 15), **ALLOCATED))
    policy = tmp_path / "policy.toml"
    policy.write_text(f"[standards.{AL1}]\nhours.child = 24\n")
    config = dataclasses.replace(store.config, policy=policy)
    keep_policy(config, at(1, 0))
    policy.write_text(f"[standards.{AL1}]\nhours.child = 48\n")
    keep_policy(config, at(6))
    keep_policy(config, at(7))

    wanted = Wanted(case="C1")
    (change,) = as_json(list_changes(asking(), config, wanted, Moment(at(5), at(5)), Moment(at(10), at(10))))["changes"]

    assert states(change) == ("met_late", "met")
    assert change["cause"] == "changed_rule"
    assert change["before"]["rule_version"] != change["after"]["rule_version"]


def test_several_causes_are_all_named_the_one_that_moved_the_state_first(store, tmp_path):
    begin(
        store, tmp_path,
        event("E2", "investigator_allocated", at(1, 12), at(5), **ALLOCATED),
        event("E3", "case_closed", at(8)),
    )  # fmt: skip
    other = event("E4", "investigator_allocated", at(1, 11), at(6), officer="X2")
    take(store, tmp_path, other)

    change = found(store, at(3), at(10))

    assert states(change) == ("overdue", "met")
    assert change["cause"] == "late_fact"
    assert {fact["event_id"] for cause in change["causes"] for fact in cause["facts"]} >= {"E4"}


def test_a_finding_that_only_grew_later_is_not_a_change(store, tmp_path):
    begin(store, tmp_path)

    assert found(store, at(6), at(7)) is None


def test_before_and_after_are_what_findings_says_of_each_moment(store, tmp_path):
    begin(store, tmp_path, event("E2", "investigator_allocated", at(3), at(4), **ALLOCATED))
    change = found(store, at(3), at(10))

    for moment, side in ((at(3), "before"), (at(10), "after")):
        said = read_findings(asking(), store.config, Wanted(case="C1", duty=AL1), as_of=moment, known_at=moment)
        assert [one.state.value for one in said] == [change[side]["state"]]
        assert [one.late_by_hours for one in said] == [change[side]["late_by_hours"]]


def test_over_everything_only_what_differs_is_listed(store, tmp_path):
    begin(store, tmp_path, event("E2", "investigator_allocated", at(3), **ALLOCATED))
    take(store, tmp_path, {**event("F1", "concern_reported", at(1)), "case_ref": "C9", "area": "Eastmoor"})

    said = as_json(
        list_changes(asking(), store.config, Wanted(duty=AL1), Moment(at(2, 0), at(2, 0)), Moment(at(9), at(9)))
    )
    assert sorted(one["case_ref"] for one in said["changes"]) == ["C1", "C9"]
    said = as_json(
        list_changes(asking(), store.config, Wanted(area="eastmoor"), Moment(at(2, 0), at(2, 0)), Moment(at(9), at(9)))
    )
    assert {one["case_ref"] for one in said["changes"]} == {"C9"}


def test_a_person_can_be_asked_about(store, tmp_path):
    begin(store, tmp_path)
    person = record_person_id(RecordKey("s", "A"))

    said = as_json(
        list_changes(asking(), store.config, Wanted(person=person), Moment(at(1, 10), at(1, 10)), Moment(at(9), at(9)))
    )

    assert {one["duty"] for one in said["changes"]} >= {AL1, AL2}


def test_who_may_not_open_the_case_is_shown_nothing_of_what_changed_in_it(store, tmp_path):
    begin(store, tmp_path)
    stranger = asking(viewer=Viewer(account="stranger", roles=frozenset({"investigator"}), officer="Q1"))

    with pytest.raises(Refusal) as refused:
        changed_in_case(stranger, store.config, "s", "C1", Moment(at(2, 0), at(2, 0)), Moment(at(9), at(9)))
    assert refused.value.code == "ACC-001"
    said = list_changes(stranger, store.config, Wanted(case="C1"), Moment(at(2, 0), at(2, 0)), Moment(at(9), at(9)))
    assert said.changes == ()


@pytest.mark.parametrize("shut", ["sealed", "restricted"])
def test_a_fact_of_a_case_that_may_not_be_opened_is_not_named_as_a_cause(store, tmp_path, shut):
    begin(store, tmp_path)
    seen = {**event("S1", "child_seen", at(1, 12), at(5)), "case_ref": "SHUT"}
    take(store, tmp_path, seen, ties=[{"event_id": "S1", "record_id": "A", "role": "child"}],
         cases=[{"case_ref": "SHUT", "kind": "crime", shut: "true", "written_at": iso_text(at(1))},
                {"case_ref": "C1", "kind": "child_concern", "area": "Eastmoor", "written_at": iso_text(at(1))}])  # fmt: skip
    lead = Viewer("lead", frozenset({"bcu_lead"}), areas=frozenset({"Eastmoor"}))

    said = as_json(
        list_changes(
            asking(viewer=lead), store.config, Wanted(case="C1", duty=AL2), Moment(at(3), at(3)), Moment(at(10), at(10))
        )
    )

    assert "S1" not in str(said)
    assert iso_text(at(1, 12)) not in str(said)
    assert [one["after"]["state"] for one in said["changes"]] == ["met"]
    assert said["hidden"] == (0 if shut == "sealed" else 1)


def test_a_record_of_a_person_who_is_sealed_is_not_named_as_a_cause(store, tmp_path):
    """Whether a child is in the case sets its limit: a birth date put right of one who is sealed moves it."""
    begin(store, tmp_path)
    born = {"record_id": "Z", "given_names": "Zed", "family_name": "Upmade", "sealed": "true"}
    take(store, tmp_path, event("Z1", "information_received", at(1, 1), at(1, 2)),
         ties=[{"event_id": "Z1", "record_id": "Z", "role": "victim"}, {"event_id": "Z1", "record_id": "A", "role": "parent"}],
         persons=[{**born, "date_of_birth": "1970-01-01", "written_at": iso_text(at(1))},
                  {"record_id": "A", "given_names": "Made", "family_name": "Up", "date_of_birth": "1970-01-01",
                   "written_at": iso_text(at(1, 10))}])  # fmt: skip
    take(store, tmp_path, persons=[{**born, "date_of_birth": "2012-01-01", "written_at": iso_text(at(5))}])

    said = as_json(
        list_changes(asking(), store.config, Wanted(case="C1", duty=AL1), Moment(at(4), at(4)), Moment(at(4), at(6)))
    )

    assert [one["cause"] for one in said["changes"]] == ["changed_fact"]
    assert '"Z"' not in json.dumps(said)
    assert said["hidden"] == 0


def test_what_differs_only_in_what_is_not_shown_is_no_change(store, tmp_path):
    begin(store, tmp_path)
    seen = {**event("S1", "child_seen", at(1, 12), at(2)), "case_ref": "SHUT"}
    shut = {"case_ref": "SHUT", "kind": "crime", "sealed": "true", "written_at": iso_text(at(1))}
    take(store, tmp_path, seen, ties=[{"event_id": "S1", "record_id": "A", "role": "child"}], cases=[shut])
    take(store, tmp_path, {**seen, "happened_at": iso_text(at(1, 13)), "written_at": iso_text(at(5))})

    said = list_changes(asking(), store.config, Wanted(case="C1", duty=AL2), Moment(at(3), at(3)), Moment(at(3), at(6)))

    assert said.changes == ()


# --- seeded defects ------------------------------------------------------------------------------------


def _faults(store, tmp_path) -> list[str]:
    begin(
        store, tmp_path,
        event("E2", "investigator_allocated", at(1, 12), at(5), **ALLOCATED),
        event("E3", "child_seen", at(1, 11), at(4), officer="X1"),
    )  # fmt: skip
    change = found(store, at(3), at(10))
    wrong = []
    if change is None or change["cause"] != "late_fact":
        wrong.append("the cause")
    elif [fact["event_id"] for fact in change["causes"][0]["facts"]] != ["E2"]:
        wrong.append("the fact")
    elif change["causes"][0]["together"]:
        wrong.append("not proven")
    return wrong


def test_without_a_defect_there_is_no_fault(store, tmp_path):
    assert _faults(store, tmp_path) == []


@pytest.mark.parametrize(
    ("name", "defect"),
    [
        ("taken_back", lambda held, items, old=None: held),
        ("different", lambda old, new: []),
        ("written_between", lambda items, then, now: []),
        ("_blamed_items", lambda changed, end, items, without: {which: (list(items), True) for which in changed}),
        ("_blamed_items", lambda changed, end, items, without: {which: ([], False) for which in changed}),
    ],
)
def test_counter_a_cause_that_is_guessed_is_seen(store, tmp_path, monkeypatch, name, defect):
    monkeypatch.setattr(explain_change, name, defect)
    try:
        wrong = _faults(store, tmp_path)
    except IndexError:
        wrong = ["no cause at all"]

    assert wrong != []


def test_counter_a_step_that_lets_the_clock_take_all_is_seen(store, tmp_path, monkeypatch):
    monkeypatch.setattr(explain_change, "coming", lambda loaded_facts, after, until: [])
    begin(store, tmp_path, event("E2", "investigator_allocated", at(3), **ALLOCATED))

    assert found(store, at(2, 0), at(10))["cause"] != "new_fact"
