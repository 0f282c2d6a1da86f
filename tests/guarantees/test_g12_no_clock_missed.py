"""G12: no clock is missed, doubled or early, whatever the service slept through and whichever way its clock went."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import holidays
import pytest
from tests.made.deliveries import write
from tests.made.few_cases import SOURCE, few, filled
from tests.made.long_runs import mostly_long
from tests.made.stores import InProcess, Stores, asking

from duecare.access.viewer import Viewer
from duecare.duty.allowance import Allowance, CalendarDays, Hours, Months, WorkingDays
from duecare.duty.due_moment import due_moment

pytestmark = [pytest.mark.guarantee, pytest.mark.long_on_postgres]

CHIEF = Viewer("chief", frozenset({"chief_officer"}))
LONDON = ZoneInfo("Europe/London")
WEEK = timedelta(days=7)
# Looks of someone who comes back after each span; the moments stand on both clock changes and on none.
MOMENTS = {
    "an autumn morning": datetime(2026, 11, 25, 9, tzinfo=UTC),
    "before the clocks go back": datetime(2026, 10, 24, 23, 30, tzinfo=UTC),
    "before the clocks go forward": datetime(2026, 3, 28, 23, 30, tzinfo=UTC),
}
SPANS = {
    "a second": timedelta(seconds=1),
    "half an hour": timedelta(minutes=30),
    "over the change": timedelta(hours=3),
    "two days": timedelta(days=2),
    "three days": timedelta(days=3, hours=1),
    "a week": WEEK,
    "a month": timedelta(days=31),
}


def kept() -> dict[str, dict[str, Any]]:
    """Every finding kept, with who should have been told, without how long ago; none may be kept twice."""
    from duecare.store.findings import assessment_runs

    run = assessment_runs.run_in_force()
    assert run is not None
    found = [finding.as_json() for finding in assessment_runs.findings_where(run.id)]
    twice = [name for name, count in Counter(str(f["finding"]) for f in found).items() if count > 1]
    assert twice == [], "doubled"
    return {str(f["finding"]): _timeless(f) for f in found}


def _timeless(finding: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in finding.items() if name != "late_by_hours"}


def fresh(config: Any, now: datetime) -> dict[str, dict[str, Any]]:
    """Every finding, worked out again from the facts."""
    from duecare.assessment.all_findings import every_finding
    from duecare.assessment.rules_in_force import AssessmentContext

    by = AssessmentContext.at(config, now, None)
    return {finding.finding: _timeless(finding.as_json()) for finding in every_finding(by)}


def look(now: datetime) -> list[tuple[object, ...]]:
    """The worklist at this moment, once the periodic job has run."""
    from django.conf import settings

    from duecare.jobs.tick import run_tick

    run_tick(asking(now), settings.CONFIG)
    return lines(now)


def lines(now: datetime) -> list[tuple[object, ...]]:
    """The worklist as the chief officer sees it at this moment."""
    from duecare.use_cases.casework.view_worklist import read_worklist

    page = read_worklist(asking(now, CHIEF))
    found = [
        (i.case, i.person, i.step.name, i.is_unallocated, i.danger, i.officer, [f.finding for f in i.findings])
        for i in page.items
    ]
    assert len({(line[0], line[1]) for line in found}) == len(found), "doubled"
    return found


def visits(now: datetime) -> object:
    """The board of visits at this moment."""
    from duecare.use_cases.casework.view_offender_visits import read_visits

    board = read_visits(asking(now, CHIEF), "high", "overdue")
    return board.cells, [(line.person, line.due_at, line.last_seen_at, line.attempts) for line in board.lines]


def faults_after(config: Any, looks: list[datetime]) -> list[str]:
    """Run the periodic job and look at each moment in turn: when is what is kept and shown not what a fresh assessment gives?"""
    from duecare.assessment.full_run import run_full_assessment

    wrong = []
    seen = []
    for at in looks:
        shown = look(at), visits(at)
        seen.append(shown)
        if kept() != fresh(config, at):
            wrong.append(f"findings at {at}")
    for at, shown in zip(looks, seen, strict=True):
        run_full_assessment(asking(at), config)
        if (lines(at), visits(at)) != shown:
            wrong.append(f"worklist or board at {at}")
    return wrong


@pytest.fixture
def few_at(stores: Stores, tmp_path: Path) -> Any:
    """The few cases, received and assessed at a moment."""
    numbers = iter(range(100))

    def make(now: datetime, *, anew: bool = False) -> Any:
        return filled(stores.new(), tmp_path / str(next(numbers)), now, anew=anew)

    return make


@pytest.mark.parametrize("now", mostly_long(MOMENTS.values(), [MOMENTS["an autumn morning"]]), ids=list(MOMENTS))
def test_whatever_it_slept_through_the_next_look_is_right(few_at, now, assured):
    wrong = []
    for name, span in SPANS.items():
        with few_at(now) as store:
            wrong += [f"{name}: {fault}" for fault in faults_after(store.config, [now + span])]

    assert wrong == []
    assured("G12", method="the service down for a span, then one look", n=len(SPANS), figure="missed, doubled, early: 0",
            pass_mark="0")  # fmt: skip


def test_the_looks_do_see_clocks_run_out(few_at):
    now = MOMENTS["an autumn morning"]
    with few_at(now):
        before = kept()
        look(now + WEEK)
        after = kept()

    changed = {name for name in before if before[name]["state"] != after[name]["state"]}
    assert len(changed) >= 4
    assert len(after) > len(before), "occurrences began meanwhile"


@pytest.mark.parametrize("now", mostly_long(MOMENTS.values(), [MOMENTS["an autumn morning"]]), ids=list(MOMENTS))
def test_a_clock_that_jumps_forward_and_is_put_back_leaves_no_trace(few_at, now, assured):
    looks = [now + timedelta(days=5), now, now + timedelta(hours=1), now + WEEK, now + timedelta(days=1), now + WEEK]
    with few_at(now) as store:
        wrong = faults_after(store.config, looks)

    assert wrong == []
    assured("G12", method="the clock jumps forward and back", n=len(looks), figure="missed, doubled, early: 0",
            pass_mark="0")  # fmt: skip


def test_at_its_limit_a_duty_is_open_and_a_second_later_overdue(few_at):
    now = MOMENTS["an autumn morning"]
    with few_at(now):
        limits = sorted({str(f["due_at"]) for f in kept().values() if f["state"] == "open"})
        for limit in limits:
            at = datetime.fromisoformat(limit)
            for moment, state in [(at, "open"), (at + timedelta(seconds=1), "overdue")]:
                look(moment)
                of_it = [f["state"] for f in kept().values() if f["due_at"] == limit and f["met_at"] is None]
                assert of_it, limit
                assert set(of_it) == {state}, (limit, moment)

    assert len(limits) >= 4


def test_a_second_delivery_of_the_same_doubles_nothing(few_at, tmp_path, assured):
    from duecare.assessment.full_run import run_full_assessment
    from duecare.use_cases.deliveries.receive_delivery import receive_files

    now = MOMENTS["an autumn morning"]
    with few_at(now) as store:
        before = kept(), lines(now)
        path = write(few(now), tmp_path / f"{SOURCE}-again")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("duecare.extract.delivery.Child", InProcess)
            (took,) = receive_files(asking(now), store.config, [path])
        run_full_assessment(asking(now), store.config)
        after = kept(), lines(now)

    assert took.status == "duplicate"
    assert after == before
    assured("G12", method="the same delivery again", n=1, figure="doubled 0", pass_mark="0")


def test_two_looks_at_once_double_nothing(few_at):
    from duecare.assessment import refresh

    now = MOMENTS["an autumn morning"]
    with few_at(now), pytest.MonkeyPatch.context() as patch:
        real = refresh.refreshed_case
        once = []

        def meanwhile(by: Any, key: Any, of: Any) -> Any:
            """Another process runs the periodic job while this one does."""
            found = real(by, key, of)
            if not once:
                once.append(key)
                look(now + WEEK)
            return found

        patch.setattr(refresh, "refreshed_case", meanwhile)
        look(now + WEEK)

        assert once
        kept()


def test_a_run_dropped_while_it_is_read_does_not_empty_the_worklist(few_at):
    from duecare.assessment.full_run import run_full_assessment
    from duecare.use_cases.casework import view_worklist

    now = MOMENTS["an autumn morning"]
    with few_at(now) as store, pytest.MonkeyPatch.context() as patch:
        usual = lines(now)
        real = view_worklist.list_moment
        once = []

        def meanwhile(*args: Any) -> datetime:
            """A new assessment is put in force between finding the old one and reading it."""
            if not once:
                once.append(1)
                run_full_assessment(asking(now), store.config)
            return real(*args)

        patch.setattr(view_worklist, "list_moment", meanwhile)

        assert lines(now) == usual


# --- an oracle that shares nothing with the clock --------------------------------------------------------


def test_limits_equal_those_of_an_oracle(is_long_run, assured):
    n, seed = (10_000 if is_long_run else 1_000), 20_161_125
    chance = random.Random(seed)
    closed = {
        name: holidays.country_holidays("GB", subdiv="ENG", years=range(2004, 2033)) for name in ("England and Wales",)
    }
    wrong = []
    for _ in range(n):
        start = datetime(2005, 1, 1, tzinfo=UTC) + timedelta(seconds=chance.randrange(25 * 365 * 86_400))
        if chance.random() < 0.3:  # near a clock change, a year's end or Easter
            start = _near_a_change(chance)
        rule: Allowance = chance.choice(
            [
                Hours(chance.randrange(1, 1_000)),
                WorkingDays(chance.randrange(1, 60)),
                CalendarDays(chance.randrange(1, 120), beginning_with=chance.random() < 0.5),
                Months(chance.randrange(1, 40)),
            ]
        )
        if due_moment(start, rule) != _oracle(start, rule, closed["England and Wales"]):
            wrong.append((start, rule, due_moment(start, rule)))

    assert wrong == []
    assured("G12", method="limits against an independent oracle", n=n, figure="wrong 0", pass_mark="0", seed=seed)


def _near_a_change(chance: random.Random) -> datetime:
    year, month = chance.randrange(2005, 2030), chance.choice([3, 10])
    sunday = max(day for day in range(25, 32) if date(year, month, day).weekday() == 6)
    return datetime(year, month, sunday, 1, tzinfo=UTC) + timedelta(seconds=chance.randrange(-90_000, 90_000))


def _is_summer(moment: datetime) -> bool:
    """Summer time by its rule: from 01:00 UTC of the last Sunday of March to that of October (SI 2002/262)."""
    ends = []
    for month in (3, 10):
        day = 31
        while date(moment.year, month, day).weekday() != 6:
            day -= 1
        ends.append(datetime(moment.year, month, day, 1, tzinfo=UTC))
    return ends[0] <= moment < ends[1]


def _oracle(start: datetime, rule: Allowance, closed: Any) -> tuple[datetime, date | None]:
    if isinstance(rule, Hours):
        return datetime.fromtimestamp(int(start.timestamp()) + int(rule.n * 3_600), UTC), None
    day = (start + timedelta(hours=1 if _is_summer(start) else 0)).date()
    if isinstance(rule, CalendarDays):
        day = date.fromordinal(day.toordinal() + rule.n - (1 if rule.beginning_with else 0))
    elif isinstance(rule, WorkingDays):
        left = rule.n
        while left:
            day = date.fromordinal(day.toordinal() + 1)
            if day.isoweekday() < 6 and day not in closed:
                left -= 1
    elif isinstance(rule, Months):
        months = day.year * 12 + day.month - 1 + rule.n
        longest = [31, 29 if _is_leap(months // 12) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][months % 12]
        day = date(months // 12, months % 12 + 1, min(day.day, longest))
    end = datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=UTC)
    return (end - timedelta(hours=1) if _is_summer(end - timedelta(hours=1)) else end), day


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


# --- seeded defects turn them red ---------------------------------------------------------------------


def test_counter_skipping_what_is_over_two_days_old_is_seen(few_at, monkeypatch):
    from duecare.store.findings import worklist_lines

    real = worklist_lines.work_due_to_change

    def recent(run: int, upto: int, most: int) -> list[Any]:
        return [line for line in real(run, upto, most) if line.next_at and line.next_at > upto - 2 * 86_400]

    monkeypatch.setattr(worklist_lines, "work_due_to_change", recent)
    now = MOMENTS["an autumn morning"]
    with few_at(now) as store:
        assert faults_after(store.config, [now + WEEK]) != []


def test_counter_what_begins_by_itself_going_unnoticed_is_seen(few_at, monkeypatch):
    from duecare.assessment import refresh_due

    monkeypatch.setattr(refresh_due, "_changed_by_time", lambda *_: (set(), set()))
    monkeypatch.setattr(refresh_due.turning_moments, "turned_by", lambda *_: (set(), set()))
    now = MOMENTS["an autumn morning"]
    with few_at(now) as store:
        assert faults_after(store.config, [now + WEEK]) != []


def test_counter_a_clock_an_hour_early_in_summer_is_seen(monkeypatch):
    start = datetime(2025, 6, 10, 22, 30, tzinfo=UTC)
    right = due_moment(start, CalendarDays(1, beginning_with=False))

    monkeypatch.setitem(globals(), "_is_summer", lambda _: False)

    assert _oracle(start, CalendarDays(1, beginning_with=False), set()) != right


def test_counter_a_line_that_wakes_at_its_limit_and_not_after_is_seen(few_at, monkeypatch):
    from duecare.assessment import refresh_due
    from duecare.worklist import order

    monkeypatch.setattr(order, "A_SECOND", timedelta(hours=30))
    monkeypatch.setattr(refresh_due.turning_moments, "turned_by", lambda *_: (set(), set()))
    now = MOMENTS["an autumn morning"]
    with few_at(now, anew=True) as store:
        limit = min(datetime.fromisoformat(str(f["due_at"])) for f in kept().values() if f["state"] == "open")
        assert faults_after(store.config, [limit, limit + timedelta(seconds=1)]) != []


def looks_as_told(now: datetime) -> list[datetime]:
    """The moments to come at which somebody should be told of what is owed, a second after each."""
    from duecare.assessment.rules_in_force import ladder_hours_by_duty

    told = ladder_hours_by_duty()
    return sorted(
        at + timedelta(seconds=1)
        for f in kept().values()
        if f["due_at"] and f["met_at"] is None and f["ended_at"] is None
        for at in (datetime.fromisoformat(str(f["due_at"])) + timedelta(hours=h) for h in told[str(f["duty"])])
        if at > now
    )[:12]


def test_whoever_should_be_notified_is_notified_from_that_moment(few_at):
    now = MOMENTS["an autumn morning"]
    with few_at(now) as store:
        looks = looks_as_told(now)
        assert len(looks) >= 6
        assert faults_after(store.config, looks) == []


@pytest.mark.long
@pytest.mark.long_on_postgres
def test_counter_nobody_woken_when_somebody_should_be_notified_is_seen(few_at, monkeypatch):
    from duecare.assessment import rules_in_force

    now = MOMENTS["an autumn morning"]
    with few_at(now) as store:
        looks = looks_as_told(now)
    monkeypatch.setattr(rules_in_force, "ladder_hours_by_duty", dict)
    with few_at(now) as store:
        assert faults_after(store.config, looks) != []
