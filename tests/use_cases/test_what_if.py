"""What a draft standard would have made of past facts: counted by hand, beside the standard in force, and kept nowhere."""

from __future__ import annotations

import dataclasses
import json
from datetime import timedelta

import pytest
from click.testing import CliRunner
from tests.made.stores import asking
from tests.use_cases.test_changed import AL1, AL2, at, begin, event, take

from duecare.access.viewer import Viewer
from duecare.duty.finding import State
from duecare.use_cases.casework import view_as_of
from duecare.use_cases.findings.findings_in_scope import Wanted, read_findings
from duecare.use_cases.findings.try_standard import as_json, read_draft, standards_to_try, what_if
from duecare.vocabulary.moments import iso_text
from duecare.vocabulary.refusals import Refusal

pytestmark = pytest.mark.usefixtures("read_in_process")

LEAD = Viewer(account="policy", roles=frozenset({"policy_lead"}))


def draft(folder, text: str):
    path = folder / "draft.toml"
    path.write_text(text)
    return read_draft(path)


def case(ref: str, allocated_after: float | None, area: str = "Eastmoor", day: int = 1):
    rows = [{**event(f"{ref}-1", "concern_reported", at(day)), "case_ref": ref, "area": area}]
    if allocated_after is not None:
        when = at(day) + timedelta(hours=allocated_after)
        rows.append({**event(f"{ref}-2", "investigator_allocated", when, officer="X1"), "case_ref": ref, "area": area})
    return rows


@pytest.fixture
def some_cases(store, tmp_path):
    """Four cases of a child and one of an adult's crime; all began on 1 March but one, on 20 February."""
    begin(store, tmp_path)  # C1: never allocated
    rows = [*case("IN-8", 8), *case("IN-20", 20), *case("IN-30", 30, "Westmoor")]
    children = [{"event_id": f"IN-{n}-1", "record_id": "A", "role": "child"} for n in (8, 20, 30)]
    early = [{**event("OLD-1", "concern_reported", at(1) - timedelta(days=10)), "case_ref": "OLD"}]
    take(store, tmp_path, *rows, *early, ties=children)
    return store


PERIOD = {"first_moment": at(1, 0), "last_moment": at(10)}


def test_the_draft_is_counted_beside_the_standard_in_force_by_area(some_cases, tmp_path):
    found = what_if(
        asking(viewer=LEAD), some_cases.config, draft(tmp_path, f"[standards.{AL1}]\nhours.child = 12\n"), **PERIOD
    )
    (one,) = as_json(found)["duties"]

    assert one["numbers"] == {
        "in_force": {"hours.child": 24, "hours.otherwise": 72},
        "draft": {"hours.child": 12, "hours.otherwise": 72},
    }
    assert {side: (c["started"], c["met"], c["met_late"], c["overdue"], c["late"]) for side, c in one["total"].items()} == {
        "in_force": (4, 2, 1, 1, 2),
        "draft": (4, 1, 2, 1, 3),
    }  # fmt: skip
    by_area = {row["area"]: (row["in_force"]["late"], row["draft"]["late"]) for row in one["areas"]}
    assert by_area == {"": (1, 1), "Eastmoor": (0, 1), "Westmoor": (1, 1)}


def test_a_draft_of_the_numbers_in_force_changes_no_count(some_cases, tmp_path):
    same = what_if(
        asking(viewer=LEAD), some_cases.config, draft(tmp_path, f"[standards.{AL2}]\nhours.red = 1\n"), **PERIOD
    )
    (one,) = same.tried

    assert one.total[0] == one.total[1]
    assert one.numbers[0] == one.numbers[1]
    assert one.total[0].started > 0


def test_the_counts_in_force_are_those_of_the_findings(some_cases, tmp_path):
    found = what_if(
        asking(viewer=LEAD), some_cases.config, draft(tmp_path, f"[standards.{AL1}]\nhours.child = 1\n"), **PERIOD
    )
    listed = read_findings(asking(), some_cases.config, Wanted(duty=AL1), as_of=at(10))
    began = [finding for finding in listed if at(1, 0) <= finding.started_at <= at(10)]

    for state in State:
        assert found.tried[0].total[0].of(state) == sum(1 for finding in began if finding.state is state)


def test_the_outcome_is_that_of_a_force_that_has_adopted_the_draft(some_cases, tmp_path):
    path = tmp_path / "adopted.toml"
    path.write_text(
        f'[standards.{AL1}]\nadopted_by = "Chief Constable of Northmoor"\nadopted_from = 2015-01-01\n'
        "hours.child = 12\nhours.otherwise = 72\n"
    )
    found = what_if(asking(viewer=LEAD), some_cases.config, read_draft(path), **PERIOD)
    adopted = dataclasses.replace(some_cases.config, policy=path)
    listed = read_findings(asking(), adopted, Wanted(duty=AL1), as_of=at(10))

    for state in State:
        began = sum(1 for f in listed if f.state is state and at(1, 0) <= f.started_at <= at(10))
        assert found.tried[0].total[1].of(state) == began


def test_what_the_draft_sets_for_the_people_is_tried_too(some_cases, tmp_path):
    away = {"officer": "X1", "from": "2015-01-01", "absent_from": iso_text(at(2)), "written_at": iso_text(at(2))}
    take(some_cases, tmp_path, officers=[away])
    text = f"[standards.{AL1}]\nhours.child = 24\n"
    without = what_if(asking(viewer=LEAD), some_cases.config, draft(tmp_path, text), **PERIOD)
    within = what_if(
        asking(viewer=LEAD),
        some_cases.config,
        draft(tmp_path, text + "[people]\nabsence_leaves_vacancy_after_hours = 720\n"),
        **PERIOD,
    )

    assert without.tried[0].total[1].started > within.tried[0].total[1].started


def test_what_is_sealed_is_not_counted(some_cases, tmp_path):
    take(
        some_cases,
        tmp_path,
        cases=[{"case_ref": "IN-8", "kind": "crime", "sealed": "true", "written_at": iso_text(at(2))}],
    )
    found = what_if(
        asking(viewer=LEAD), some_cases.config, draft(tmp_path, f"[standards.{AL1}]\nhours.child = 12\n"), **PERIOD
    )

    assert found.tried[0].total[0].started == 3


@pytest.mark.parametrize(
    "text",
    [
        "[standards.no-such-duty]\nhours.child = 1\n",
        f"[standards.{AL1}]\nhours.adult = 1\n",
        f"[standards.{AL1}]\nhours.child = -1\n",
        "[standards.PACE-s40-review]\nhours.child = 1\n",
        'force = "Northmoor"\n',
        "no toml",
    ],
)
def test_a_draft_that_sets_what_it_may_not_or_nothing_is_refused(tmp_path, text):
    with pytest.raises(Refusal) as refused:
        draft(tmp_path, text)

    assert refused.value.code == "CFG-002"


def test_nothing_is_kept_but_one_line_of_the_ledger_that_names_nobody(some_cases, tmp_path):
    from duecare.store.models import AssessRun, FindingRow, LedgerEntry, WorkRow

    before = [model.objects.count() for model in (AssessRun, FindingRow, WorkRow)]
    entries = LedgerEntry.objects.count()
    what_if(asking(viewer=LEAD), some_cases.config, draft(tmp_path, f"[standards.{AL1}]\nhours.child = 12\n"), **PERIOD)

    assert [model.objects.count() for model in (AssessRun, FindingRow, WorkRow)] == before
    (entry,) = LedgerEntry.objects.order_by("number")[entries:]
    assert (entry.actor, entry.count) == ("policy", 0)
    assert entry.purpose.startswith("try standard")
    assert not (some_cases.config.home / "policies").exists()


@pytest.mark.parametrize("role", ["investigator", "bcu_lead", "mayors_office", "data_officer"])
def test_who_may_not_try_standards_is_refused_on_a_page(some_cases, tmp_path, role):
    nobody = asking(viewer=Viewer(account="x", roles=frozenset({role})))

    with pytest.raises(Refusal) as refused:
        what_if(nobody, some_cases.config, draft(tmp_path, f"[standards.{AL1}]\nhours.child = 12\n"))
    assert refused.value.code == "ACC-003"
    with pytest.raises(Refusal):
        standards_to_try(nobody, some_cases.config)


def test_on_a_page_of_too_many_cases_it_refers_to_the_command(some_cases, tmp_path, monkeypatch):
    monkeypatch.setattr(view_as_of, "MOST_CASES", 2)
    tried = draft(tmp_path, f"[standards.{AL1}]\nhours.child = 12\n")

    with pytest.raises(Refusal) as refused:
        what_if(asking(viewer=LEAD), some_cases.config, tried, **PERIOD, on_a_page=True)
    assert refused.value.code == "DUT-021"
    assert what_if(asking(viewer=LEAD), some_cases.config, tried, **PERIOD).tried


def test_every_standard_the_force_sets_can_be_tried(some_cases):
    known = {duty.id for duty, _ in standards_to_try(asking(viewer=LEAD), some_cases.config)}

    assert {AL1, AL2, "PACE-s38-accommodation"} <= known


def test_the_commands_answer_in_json(some_cases, tmp_path, monkeypatch):
    from duecare.cli import main

    monkeypatch.setenv("DUECARE_USER", "made-up-data-officer")
    monkeypatch.setenv("DUECARE_HOME", str(some_cases.home))
    path = tmp_path / "draft.toml"
    path.write_text(f"[standards.{AL1}]\nhours.child = 12\n")
    ran = CliRunner().invoke(main, ["what-if", str(path), "--from", "2016-02-29", "--to", "2016-03-10", "--json"])
    assert ran.exit_code == 0, ran.output
    said = json.loads(ran.stdout)
    assert said["not_for_publication"] is True
    assert said["duties"][0]["total"]["draft"]["late"] == 3

    ran = CliRunner().invoke(main, ["changed", "--case", "C1", "--from", "2016-03-01", "--to", "2016-03-10", "--json"])
    assert ran.exit_code == 0, ran.output
    assert {one["cause"] for one in json.loads(ran.stdout)["changes"]} == {"time_passed"}
    ran = CliRunner().invoke(main, ["changed", "--from", "2016-03-01", "--to", "2016-02-10"])
    assert ran.exit_code == 2
    ran = CliRunner().invoke(main, ["changed", "--from", "2016-03-01", "--to", "2016-03-10", "--duty", "nothing"])
    assert ran.exit_code == 2
    ran = CliRunner().invoke(main, ["what-if", str(path)])
    assert "in force" in ran.output
    path.write_text("[standards.nothing]\nhours.child = 12\n")
    assert CliRunner().invoke(main, ["what-if", str(path)]).exit_code == 10


def test_counter_a_draft_that_is_not_put_in_is_seen(some_cases, tmp_path, monkeypatch):
    from duecare.use_cases.findings import try_standard as module

    monkeypatch.setattr(module, "_tried_policy", lambda policy, draft: policy)
    found = what_if(
        asking(viewer=LEAD), some_cases.config, draft(tmp_path, f"[standards.{AL1}]\nhours.child = 12\n"), **PERIOD
    )

    assert found.tried[0].total[0] == found.tried[0].total[1], "the counts above would not differ"
