"""Findings as kept by an assessment: read back the same, listed, counted, due, and when they next turn."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.made import figures
from tests.made.landed import NINE, RECEIVED, after

from duecare.access.may_open import Scope
from duecare.duty.finding import Finding, State, Told
from duecare.record.pole import CaseKey
from duecare.store.findings import assessment_runs, finding_lists, turning_moments, worklist_lines
from duecare.store.findings.worklist_lines import Where, WorkLine
from duecare.store.linkage.linkage_runs import LinkState
from duecare.store.models import AssessRun, FindingRow, Pointer, TurningMoment, VisitRow, WorkRow
from duecare.vocabulary.areas import plain_area

pytestmark = pytest.mark.django_db

ALL = Scope(everything=True)
C1, C2 = CaseKey("pole", "C1"), CaseKey("pole", "C2")


def a_run() -> Any:
    return assessment_runs.begin_run(RECEIVED, NINE, None, "r", LinkState(), 0)


def in_force(run: Any) -> Any:
    Pointer.objects.update_or_create(name="assess", defaults={"run": run.id})
    return run


def finding(number: int, state: str = "open", *, case: CaseKey | None = C1, **told: Any) -> Finding:
    """A finding of this case, or of a person outside any."""
    made = figures.finding(number, state, **{name: told.pop(name) for name in ("duty", "due", "area") if name in told})
    source, ref = case or ("pole", None)
    return replace(made, source=source, case_ref=ref, **told)


def keep(run: Any, *findings: Finding) -> None:
    assessment_runs.keep_findings(run, findings)


def numbers(found: Any) -> list[int]:
    return [int(one.finding, 16) for one in found]


# --- kept and read -----------------------------------------------------------------------------------------


def test_a_finding_is_read_back_the_same_with_the_steps_still_to_come():
    run = a_run()
    later = (Told("supervisor", "S1", after(99)), Told("chief", None, after(999)))
    whole = finding(1, person="p", told=(Told("investigator", "X1", after(1)),), told_later=later, is_doubtful=False)
    keep(run, whole)

    (read,) = assessment_runs.findings_where(run.id)
    assert (read, read.told_later) == (whole, later)


def test_as_at_a_moment_it_is_overdue_once_its_time_has_passed_and_its_steps_have_come():
    run = a_run()
    keep(
        run,
        finding(1, due=after(100), told_later=(Told("supervisor", "S1", after(99)), Told("chief", None, after(999)))),
    )

    def read(moment: datetime | None) -> tuple[State, int]:
        (one,) = assessment_runs.findings_where(run.id, moment)
        return one.state, len(one.told)

    assert [read(moment) for moment in (None, after(98), after(99), after(100), after(101))] == [
        (State.OPEN, 0), (State.OPEN, 0), (State.OPEN, 1), (State.OPEN, 1), (State.OVERDUE, 1),
    ]  # fmt: skip


def test_findings_come_by_due_time_source_case_and_name_and_by_the_columns_asked_for():
    run, other = a_run(), a_run()
    keep(run, finding(3, due=after(2)), finding(2, due=after(1), case=C2), finding(1, due=after(1), case=C2),
         finding(4, due=after(1), case=C1), finding(5, due=after(1), case=CaseKey("merlin", "C9")))  # fmt: skip
    keep(other, finding(9))

    assert numbers(assessment_runs.findings_where(run.id)) == [5, 4, 1, 2, 3]
    assert numbers(assessment_runs.findings_where(run.id, case_ref="C2")) == [1, 2]
    assert numbers(assessment_runs.findings_where(run.id, case_ref__in=["C1", "C9"])) == [5, 4, 3]
    assert assessment_runs.findings_where(10**9) == []


def test_findings_of_cases_and_of_people_outside_any():
    run = a_run()
    keep(run, finding(1), finding(2, case=C2, person="p"), finding(3, case=None, person="p"), finding(4, case=None, person="q"),
         finding(5, case=CaseKey("merlin", "C1")))  # fmt: skip

    found = assessment_runs.findings_of(run.id, [C1, CaseKey("merlin", "C2")], ["p", "nobody"])
    assert {key: numbers(ones) for key, ones in found.items()} == {C1: [1], "p": [3]}
    assert assessment_runs.findings_of(run.id, [], []) == {}
    assert assessment_runs.people_with_findings(run.id, ["p", "q", "nobody"]) == {"p", "q"}
    assert assessment_runs.people_with_findings(run.id, []) == set()


@pytest.mark.parametrize(
    ("state", "ended", "adopted", "live"),
    [
        ("open", None, True, (False, True)),
        ("overdue", None, True, (True, False)),
        ("overdue", None, None, (True, False)),
        ("overdue", None, False, (False, False)),
        ("open", NINE, True, (False, False)),
        ("met", None, True, (False, False)),
    ],
)
def test_what_can_still_be_done_is_noted(state: str, ended: Any, adopted: Any, live: tuple[bool, bool]):
    run = a_run()
    keep(run, finding(1, state, ended_at=ended, adopted=adopted))

    row = FindingRow.objects.get()
    assert (row.is_late_now, row.is_open_now) == live


# --- which assessment --------------------------------------------------------------------------------------


def test_the_assessment_in_force_is_the_one_pointed_at_and_all_others_are_old():
    assert assessment_runs.run_in_force() is None
    first, second = a_run(), a_run()
    assert sorted(assessment_runs.old_runs()) == [first.id, second.id]
    in_force(first)

    assert assessment_runs.run_in_force().id == first.id
    assert assessment_runs.old_runs() == [second.id]


def test_an_assessment_that_is_dropped_leaves_nothing_and_others_keep_theirs():
    runs = a_run(), a_run()
    for run in runs:
        keep(run, finding(1))
        WorkRow.objects.create(run_id=run.id, step=1, order_at=1)
        VisitRow.objects.create(run_id=run.id, risk="high", state="open", finding="f")
        TurningMoment.objects.create(run_id=run.id, person="p", at=1)

    assessment_runs.drop_run(runs[0].id)

    for table in (FindingRow, WorkRow, VisitRow, TurningMoment):
        assert list(table.objects.values_list("run_id", flat=True)) == [runs[1].id]
    assert list(AssessRun.objects.values_list("pk", flat=True)) == [runs[1].id]


# --- what is due -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("since", "until", "found"), [(0, 0, True), (-5, 0, True), (0, 5, True), (-5, -1, False), (1, 5, False)]
)
def test_whatever_falls_due_between_two_moments_both_of_them_in(since: int, until: int, found: bool):
    in_force(run := a_run())
    keep(
        run,
        finding(1, due=NINE),
        finding(2, case=None, person="p", due=NINE),
        finding(3, case=None, person=None, due=NINE),
    )
    keep(a_run(), finding(9, case=C2, due=NINE))

    assert assessment_runs.due_between(after(since), after(until)) == (({C1}, {"p"}) if found else (set(), set()))


def test_what_is_due_of_one_duty_in_a_span_and_an_area():
    run = a_run()
    keep(
        run, finding(1, duty="D", due=after(0), area="North Moor"), finding(2, duty="D", due=after(9), area="South", case=C2),
        finding(3, duty="E", due=after(5), area="South", case=CaseKey("pole", "C3")),
        finding(4, duty="D", due=after(9), area=" north  moor", case=None, person="p"),
        replace(finding(5, duty="D", case=CaseKey("pole", "C5")), due_at=None),
    )  # fmt: skip

    def due(first: int | None, last: int | None, area: str = "") -> tuple[set[CaseKey], set[str]]:
        moments = [None if one is None else after(one) for one in (first, last)]
        return assessment_runs.of_duty_due(run.id, "D", *moments, area)

    assert due(None, None) == ({C1, C2}, {"p"})
    assert due(1, None) == ({C2}, {"p"})
    assert (due(9, 9), due(10, None)) == (({C2}, {"p"}), (set(), set()))
    assert (due(None, 8), due(None, -1)) == (({C1}, set()), (set(), set()))
    assert due(None, None, plain_area("NORTH MOOR")) == ({C1}, {"p"})
    assert due(None, None, plain_area("East")) == (set(), set())


def test_figures_count_what_fell_due_in_a_span_what_has_no_time_and_all_of_some_duties():
    run = a_run()
    keep(run, *(finding(number, duty="D", due=after(number)) for number in range(4)), finding(8, duty="whole", due=after(99)),
         replace(finding(9, duty="D"), due_at=None))  # fmt: skip

    def counted(*whole: str) -> list[int]:
        return sorted(numbers(assessment_runs.that_figures_count(run.id, after(1), after(3), whole)))

    assert counted() == [1, 2, 9]
    assert counted("whole") == [1, 2, 8, 9]


def test_cases_are_ever_late_where_anything_of_them_was():
    run = a_run()
    states = {"C1": ("open", "met"), "C2": ("met", "met_late"), "C3": ("overdue",), "C4": ("excused", "cannot_tell")}
    for ref, each in states.items():
        keep(run, *(finding(place, state, case=CaseKey("pole", ref)) for place, state in enumerate(each)))
    keep(run, finding(9, "overdue", case=None, person="p"))

    found = assessment_runs.cases_ever_late(run.id)
    assert {key.case_ref: late for key, late in found.items()} == {"C1": False, "C2": True, "C3": True, "C4": False}


# --- counted -----------------------------------------------------------------------------------------------

COUNTED = st.lists(
    st.tuples(
        st.sampled_from(("D", "E")), st.sampled_from(("open", "overdue", "met")), st.integers(0, 4),
        st.sampled_from((C1, C2, None)), st.sampled_from(("p", "q", None)), st.sampled_from(("North", " north", "South", "")),
    ),
    max_size=7,
)  # fmt: skip


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(COUNTED, st.integers(-1, 6), st.sets(st.sampled_from((C1, C2))), st.sets(st.sampled_from("pq")))
def test_counts_by_duty_and_by_area_are_those_of_going_through_all(rows, now, cases, people):
    """The slow judge: every finding that can still be done, one by one."""
    run = a_run()
    keep(run, *(
        finding(place, state, duty=duty, due=after(due), case=case, person=person, area=area)
        for place, (duty, state, due, case, person, area) in enumerate(rows)
    ))  # fmt: skip
    late, live, late_in, live_in = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for duty, state, due, case, person, area in rows:
        if state != "met" and case not in cases and person not in people:
            is_late = state == "overdue" or due < now
            late[duty] += is_late
            live[duty] += 1
            late_in[plain_area(area)] += is_late
            live_in[plain_area(area)] += 1

    by_duty = assessment_runs.counts_by_duty(run.id, after(now), cases, people)
    by_area = assessment_runs.counts_by_area(run.id, after(now), cases, people)

    assert by_duty == {duty: (late[duty], live[duty] - late[duty]) for duty in {row[0] for row in rows}}
    assert {area: counts for area, counts in by_area.items() if counts != (0, 0)} == {
        area: (late_in[area], live_in[area] - late_in[area]) for area in live_in
    }


# --- listed ------------------------------------------------------------------------------------------------


def listed(run: Any, now: float = 0, scope: Scope = ALL, first: int = 0, most: int = 99, **told: Any) -> list[int]:
    return numbers(finding_lists.listed_findings(run.id, scope, first, most, after(now), **told))


def test_findings_are_listed_some_at_a_time_those_without_limit_last():
    run = a_run()
    keep(run, replace(finding(5), due_at=None), finding(3, due=after(2)), finding(2, due=after(1), case=C2),
         finding(1, due=after(1)), finding(4, due=after(1), case=None, person="p"))  # fmt: skip
    keep(a_run(), finding(9))

    assert listed(run) == [4, 1, 2, 3, 5]
    assert (listed(run, first=1, most=2), listed(run, first=4, most=9), listed(run, most=0)) == ([1, 2], [5], [])


def test_findings_are_listed_by_their_state_at_the_moment():
    run = a_run()
    keep(run, finding(1, due=after(5)), finding(2, "overdue", due=after(-5)), finding(3, "met", due=after(-5)))

    assert [listed(run, now, state="open") for now in (4, 5, 6)] == [[1], [1], []]
    assert [listed(run, now, state="overdue") for now in (4, 5, 6)] == [[2], [2], [2, 1]]
    assert listed(run, 99, state="met") == [3]
    assert listed(run, duty="none") == []


def test_findings_of_some_cases_and_people_are_left_out_and_no_place_counts_them():
    run = a_run()
    keep(run, finding(1), finding(2, case=C2), finding(3, case=CaseKey("merlin", "C1")), finding(4, case=None, person="p"),
         finding(5, case=None, person="q"))  # fmt: skip

    assert sorted(listed(run, cases=[C1])) == [2, 3, 4, 5]
    assert sorted(listed(run, people=["p"])) == [1, 2, 3, 5]
    assert len(listed(run, cases=[C1, C2], people=["p"], most=2)) == 2


def work(run: Any, case: CaseKey | None = None, person: str | None = None, order: int = 1, **told: Any) -> None:
    where = Where(case, person, **told)
    worklist_lines.keep_work(run, [WorkLine(where, "child_concern", "", False, 1, "", None, order, None)])


def test_findings_of_cases_whose_line_lies_outside_the_scope_are_left_out():
    run = a_run()
    keep(
        run, finding(1), finding(2, case=C2), finding(3, case=CaseKey("pole", "C3")), finding(4, case=None, person="p")
    )
    work(run, C1, area="North")
    work(run, C2, area="South")

    assert sorted(listed(run, scope=Scope(areas=frozenset({plain_area("North")})))) == [1, 3, 4]
    assert sorted(listed(run)) == [1, 2, 3, 4]


def test_which_cases_and_people_have_a_line_and_which_within_a_scope():
    run, other = a_run(), a_run()
    work(run, C1, "p", area="North")
    work(run, None, "q", area="North", is_restricted=True)
    work(other, C2, "r")
    asked = [C1, C2, CaseKey("merlin", "C1"), "p", "q", "r"]

    assert finding_lists.with_lines(run.id, asked) == {C1, "q"}
    assert finding_lists.lines_in_scope(run.id, Scope(areas=frozenset({plain_area("north")})), asked) == {C1}
    assert finding_lists.lines_in_scope(run.id, Scope(), asked) == finding_lists.with_lines(run.id, []) == set()


SCOPES = st.builds(
    Scope,
    everything=st.booleans(),
    areas=st.sets(st.sampled_from(("north", "south", ""))).map(frozenset),
    teams=st.sets(st.sampled_from(("one", "two", ""))).map(frozenset),
    officers=st.sets(st.sampled_from(("x1", "x2"))).map(frozenset),
    custody_now=st.booleans(),
)
WHERES = st.builds(
    Where,
    case=st.none(), person=st.none(),
    area=st.sampled_from(("", "North", " south ")), team=st.sampled_from(("", "One", "three")),
    names=st.sets(st.sampled_from((" X1", "x12", "x2"))).map(tuple),
    is_restricted=st.booleans(), is_sealed=st.booleans(), is_in_custody=st.booleans(),
)  # fmt: skip


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(WHERES, min_size=1, max_size=6), SCOPES)
def test_the_lines_within_a_scope_are_those_that_the_policy_admits(wheres: list[Where], scope: Scope):
    """The judge: `Scope.admits`, asked of each line."""
    from duecare.access.thing import CaseThing

    run = a_run()
    admitted = set()
    for place, where in enumerate(wheres):
        key = CaseKey("pole", f"L{place}")
        work(run, key, area=where.area, team=where.team, names=where.names, is_restricted=where.is_restricted,
             is_sealed=where.is_sealed, is_in_custody=where.is_in_custody)  # fmt: skip
        thing = CaseThing(
            "id", where.area, where.team, frozenset(where.names), restricted=where.is_restricted, sealed=where.is_sealed,
            in_custody_now=where.is_in_custody,
        )  # fmt: skip
        # An empty area or team lies nowhere: a viewer's own are never empty.
        of_somewhere = replace(scope, areas=scope.areas - {""}, teams=scope.teams - {""})
        if of_somewhere.admits(thing):
            admitted.add(key)

    asked = [CaseKey("pole", f"L{place}") for place in range(len(wheres))]
    assert finding_lists.lines_in_scope(run.id, scope, asked) == admitted


# --- turning moments ---------------------------------------------------------------------------------------


def test_the_first_turn_and_what_has_turned_up_to_a_moment():
    run, other = a_run(), a_run()
    assert (turning_moments.first_turn(run.id), turning_moments.turned_by(run.id, after(9))) == (None, (set(), set()))
    turning_moments.keep_turns(run, [(C1, after(5)), ("p", after(3)), (C2, after(9))])
    turning_moments.keep_turns(other, [(C2, after(0))])

    assert turning_moments.first_turn(run.id) == after(3)
    micro = timedelta(microseconds=1)
    assert [turning_moments.turned_by(run.id, moment) for moment in (after(3) - micro, after(3), after(5), after(99))] == [
        (set(), set()), (set(), {"p"}), ({C1}, {"p"}), ({C1, C2}, {"p"}),
    ]  # fmt: skip


@pytest.mark.parametrize("turn_of", [C1, "p"])
def test_a_turn_is_put_in_the_place_of_the_one_before_or_taken_away(turn_of: Any):
    run, other = a_run(), a_run()
    for one in (run, other):
        turning_moments.keep_turns(one, [(C1, after(5)), ("p", after(5)), (CaseKey("merlin", "C1"), after(5))])

    turning_moments.replace_turn(run, turn_of, after(2))
    assert turning_moments.first_turn(run.id) == after(2)
    assert TurningMoment.objects.filter(run_id=run.id).count() == 3
    turning_moments.replace_turn(run, turn_of, None)

    assert turning_moments.first_turn(run.id) == after(5)
    assert (
        TurningMoment.objects.filter(run_id=run.id).count(),
        TurningMoment.objects.filter(run_id=other.id).count(),
    ) == (2, 3)
