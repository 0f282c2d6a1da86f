"""Lists read at any moment, with nothing refreshed and nothing written, are those of a full assessment as of their moment."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Q
from hypothesis import HealthCheck, Phase, currently_in_test_context, event, given, settings
from hypothesis import strategies as st
from tests.laws.test_incremental import a_person, an_event, ties
from tests.laws.test_known_then import join
from tests.made.deliveries import Made, write
from tests.made.few_cases import filled
from tests.made.histories import LATEST, History, histories, moments
from tests.made.long_runs import mostly_long
from tests.made.stores import Store, Stores, asking
from tests.made.worlds import START

from duecare.access.viewer import Viewer
from duecare.assessment import full_run, list_moment
from duecare.assessment.engine_run import DUCKDB
from duecare.config import Config
from duecare.duty.finding import Finding, State
from duecare.record.pole import RecordKey
from duecare.store.findings import assessment_runs, finding_lists, turning_moments
from duecare.use_cases.casework.view_front_page import read_front
from duecare.use_cases.casework.view_offender_visits import read_visits
from duecare.use_cases.casework.view_worklist import read_worklist
from duecare.use_cases.deliveries.receive_delivery import receive_files
from duecare.use_cases.findings.findings_in_scope import Wanted
from duecare.use_cases.findings.list_findings import list_findings
from duecare.use_cases.oversight.view_accountability import read_accountable

EXAMPLES = settings.default.max_examples * 2 // 5
pytestmark = [pytest.mark.usefixtures("read_in_process"), pytest.mark.guarantee]
tried = settings(
    max_examples=EXAMPLES,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
CHIEF = Viewer("chief", frozenset({"chief_officer"}))
GROUPS = ([], [[RecordKey("s", "A"), RecordKey("s", "B")]])
SECOND = timedelta(seconds=1)


def read_lists(config: Config, now: datetime) -> tuple[datetime, dict[str, Any]]:
    """The moment as at which lists stand, and everything they show at this moment."""
    asked = asking(now, CHIEF)
    work, front = read_worklist(asked, per_page=500), read_front(asked, config)
    found: dict[str, Any] = {
        "worklist": [_item(item) for item in work.items],
        "counts": (dict(work.counts), work.total, work.areas),
        "front": (front.late, front.cases),
        "accountable": [(one.who.key, one.late, one.open) for one in read_accountable(asked, config).every],
    }
    stands = {work.as_of, front.as_of}
    for risk, column in itertools.product(("high", "unknown"), ("due", "overdue")):
        board = read_visits(asked, risk, column)
        found[f"visits {risk} {column}"] = (board.cells, board.lines)
        stands.add(board.as_of)
    for suggested, state in itertools.product((False, True), (None, State.OPEN, State.OVERDUE, State.CANNOT_TELL)):
        page = list_findings(asked, Wanted(state=state and state.value), suggested=suggested, most_findings=900)
        found[f"findings {state} {suggested}"] = [finding.as_json() for finding in page.findings]
        stands.add(page.as_of)
    (stood,) = stands
    return stood, found


def _item(item: Any) -> Any:
    """A line as it is shown: with each finding as it is sent out, without when it is looked at again."""
    return replace(item, next_at=None, findings=()), [finding.as_json() for finding in item.findings]


def faults(config: Config, looks: Iterable[datetime]) -> Iterator[tuple[datetime, str]]:
    """What is listed otherwise than a full assessment as of the moment it stands at gives, at each of these moments."""
    run = assessment_runs.run_in_force()
    assert run is not None
    for now in looks:
        stood, shown = read_lists(config, now)
        assert stood <= now or stood == run.as_of
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(assessment_runs, "old_runs", list)
            full_run.run_full_assessment(asking(stood), config)
        full = assessment_runs.run_in_force()
        assert full is not None
        assert full.id != run.id
        again, right = read_lists(config, stood)
        assert again == stood
        assessment_runs.put_in_force(run)
        assessment_runs.drop_run(full.id)
        if currently_in_test_context():
            event("stands as at the moment asked" if stood == now else "stands as at an earlier moment")
        yield from ((now, name) for name in right if shown[name] != right[name])


def looks_from(at: datetime, findings: Iterable[Finding]) -> list[datetime]:
    """Each moment at which something of these findings comes or passes after this one, and the second after it."""
    steps = [step.at for finding in findings for step in finding.told_later]
    dues = [finding.due_at for finding in findings if finding.due_at is not None]
    later = sorted({moment for moment in (*steps, *dues) if moment > at})
    return [moment + some for moment in later[:4] for some in (timedelta(0), SECOND)]


def assessed(config: Config, history: History, folder: Path, at: datetime, engine: str = "memory") -> list[Finding]:
    """Receive it all, and assess it at this moment; the findings."""
    receive_files(asking(LATEST), config, history.written(folder), confirmed=True)
    full_run.run_full_assessment(asking(at), config, engine=engine)
    run = assessment_runs.run_in_force()
    assert run is not None
    return assessment_runs.findings_where(run.id)


@tried
@given(data=st.data())
@pytest.mark.parametrize("engine", mostly_long(["memory", DUCKDB], ["memory"]))
def test_a_list_at_any_moment_is_that_of_a_full_assessment(stores: Stores, tmp_path: Path, engine, data):
    history, at = data.draw(histories(most=3)), data.draw(st.one_of(st.just(START + timedelta(days=40)), moments))
    later = data.draw(
        st.lists(st.integers(0, 60 * 24), max_size=2).map(lambda some: [timedelta(hours=n) for n in some])
    )

    with stores.some(1) as (store,):
        join(store, data.draw(st.sampled_from(GROUPS)))
        with store() as config:
            kept = assessed(config, history, tmp_path, at, engine)
            looks = [*looks_from(at, kept), *(at + span for span in later)]
            assert list(faults(config, looks)) == []


# --- by hand: the few cases, and what is forgotten is seen ------------------------------------------------------------

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


def looks_of_a_month(at: datetime) -> list[datetime]:
    """Moments from a second to a month later, and every moment at which the findings kept change by their own times."""
    run = assessment_runs.run_in_force()
    assert run is not None
    own = looks_from(at, assessment_runs.findings_where(run.id))
    return sorted({*own, *(at + timedelta(hours=hours) for hours in (1, 30, 170, 744))})


@pytest.mark.long
@pytest.mark.parametrize("engine", mostly_long(["memory", DUCKDB], [DUCKDB]))
def test_the_lists_of_a_few_cases_stay_exact_for_a_month(stores: Stores, tmp_path: Path, engine):
    with filled(stores.new(), tmp_path, NOW) as store:
        full_run.run_full_assessment(asking(NOW), store.config, engine=engine)
        looks = looks_of_a_month(NOW)
        assert len(looks) >= 8
        assert list(faults(store.config, looks)) == []


def no_turning_moments(patch: pytest.MonkeyPatch) -> None:
    """Lists say that they stand as at now, whatever has turned."""
    patch.setattr(list_moment.turning_moments, "first_turn", lambda _: None)


def no_due_times(patch: pytest.MonkeyPatch) -> None:
    """What was open when it was assessed stays open in lists."""
    patch.setattr(Finding, "as_of", lambda finding, _: finding)


def no_due_times_in_the_query(patch: pytest.MonkeyPatch) -> None:
    """The state asked for is looked for as it was assessed."""
    patch.setattr(finding_lists, "_in_state", lambda state, _: Q(state=state) if state else Q())


def no_steps_to_come(patch: pytest.MonkeyPatch) -> None:
    """Only the steps of a ladder that had come are kept."""
    real = assessment_runs.read_finding
    for module in (assessment_runs, finding_lists):
        patch.setattr(module, "read_finding", lambda body, _later, as_of: real(body, None, as_of))


def a_single_concern(store: Store, folder: Path) -> list[datetime]:
    """One concern about a child, assessed as it is reported; the seconds after its limits and its steps come."""
    with store() as config:
        made = Made(
            {
                "persons": [a_person("A", "2010-05-01")],
                "events": [an_event("e1", "concern_reported", 1, "1", risk="amber")],
                "ties": ties(e1="A child"),
            },
            "s",
        )
        receive_files(asking(LATEST), config, [write(made, folder / "s-1")], confirmed=True)
        at = datetime(2017, 5, 1, 11, tzinfo=UTC)
        full_run.run_full_assessment(asking(at), config)
        run = assessment_runs.run_in_force()
        assert run is not None
        assert turning_moments.first_turn(run.id) is None
        found = assessment_runs.findings_where(run.id)
    dues = [finding.due_at for finding in found if finding.due_at is not None and finding.due_at > at]
    steps = [step.at for finding in found for step in finding.told_later]
    return [min(dues) + SECOND, min(step for step in steps if step > min(dues)) + SECOND]


def test_a_single_concern_needs_no_refresh(stores: Stores, tmp_path: Path):
    store = stores.new()
    looks = a_single_concern(store, tmp_path)
    with store() as config:
        assert [read_lists(config, at)[0] for at in looks] == looks
        assert list(faults(config, looks)) == []


@pytest.mark.parametrize("seed", [no_due_times, no_due_times_in_the_query, no_steps_to_come])
def test_counter_what_is_forgotten_is_seen(stores: Stores, tmp_path: Path, monkeypatch, seed):
    store = stores.new()
    looks = a_single_concern(store, tmp_path)
    seed(monkeypatch)
    with store() as config:
        assert list(faults(config, looks)) != []


def test_counter_turning_moments_that_are_ignored_are_seen(stores: Stores, tmp_path: Path, monkeypatch):
    no_turning_moments(monkeypatch)
    with filled(stores.new(), tmp_path, NOW, anew=True) as store:
        assert list(faults(store.config, [NOW + timedelta(days=7)])) != []


def test_counter_turning_moments_that_the_engine_does_not_keep_are_seen(stores: Stores, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(full_run, "_turn_of", lambda *_: [])
    with filled(stores.new(), tmp_path, NOW, anew=True) as store:
        full_run.run_full_assessment(asking(NOW), store.config, engine=DUCKDB)
        assert list(faults(store.config, [NOW + timedelta(days=7)])) != []
