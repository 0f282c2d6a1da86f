"""What is received is worked out without a full assessment: also after a crash, beside others, and where it is too much."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.laws.test_incremental import BASE, CHANGES, NOW, against_the_whole, an_event, ties
from tests.made.deliveries import Made, write
from tests.made.stores import Stores, asking

from duecare.access.viewer import Viewer
from duecare.assessment import refresh
from duecare.assessment import refresh_affected as step
from duecare.assessment.full_run import run_full_assessment
from duecare.assessment.refresh_affected import refresh_affected
from duecare.assessment.rules_in_force import AssessmentContext
from duecare.jobs.tick import run_tick
from duecare.record.pole import CaseKey
from duecare.store.findings import assessment_runs
from duecare.store.linkage.linkage_runs import LinkState
from duecare.use_cases.casework.view_front_page import read_front
from duecare.use_cases.casework.view_offender_visits import read_visits
from duecare.use_cases.casework.view_worklist import read_worklist
from duecare.use_cases.deliveries.receive_delivery import receive_files

pytestmark = pytest.mark.usefixtures("read_in_process")

CHIEF = Viewer("chief", frozenset({"chief_officer"}))
SEEN = Made({"events": [an_event("e9", "child_seen", 20, "2")], "ties": ties(e9="A child")}, "s")


@pytest.fixture
def assessed(stores: Stores, tmp_path: Path) -> Any:
    """A store with a few cases, assessed; `take` receives one more delivery and works out nothing."""
    store = stores.new()
    with store() as config:
        receive_files(asking(NOW), config, [write(BASE, tmp_path / "s-1")])
        run_full_assessment(asking(NOW), config)
        numbers = iter(range(2, 100))

        def take(made: Made = SEEN) -> None:
            (took,) = receive_files(asking(NOW), config, [write(made, tmp_path / f"s-{next(numbers)}")])
            assert (took.status, took.set_aside) == ("accepted", 0), took.reasons

        yield config, take


def state_of(subject: str) -> str:
    """In which state does the assessment in force hold the duty to see this child in case 2?"""
    run = assessment_runs.run_in_force()
    assert run is not None
    (one,) = assessment_runs.findings_where(run.id, duty="LOCAL-see-the-child", case_ref="2", person__isnull=False) and [
        found for found in assessment_runs.findings_where(run.id, duty="LOCAL-see-the-child", case_ref="2")
        if found.subject == subject
    ]  # fmt: skip
    return one.state.value


def test_receiver_stopped_before_it_assessed_is_made_good_by_the_next_tick(assessed):
    config, take = assessed
    assert state_of("s:A") == "overdue"
    take()

    page = read_worklist(asking(NOW, CHIEF))
    assert state_of("s:A") == "overdue"
    assert [one.source for one in page.fresh if not one.is_counted] == ["s"]

    run_tick(asking(NOW), config)
    page = read_worklist(asking(NOW, CHIEF))
    assert all(one.is_counted for one in page.fresh)
    assert state_of("s:A") == "met_late"
    assert against_the_whole(assessed[0], NOW) == []


def test_a_receiver_stopped_half_way_leaves_the_rest_for_the_next(assessed, monkeypatch):
    config, take = assessed
    take(Made(CHANGES["a deed in another case"], "s"))
    monkeypatch.setattr(refresh, "AT_ONCE", 1)
    real, done = refresh._refresh_batch, []

    def die(*given: Any) -> bool:
        if done:
            raise KeyboardInterrupt
        done.append(1)
        return real(*given)

    monkeypatch.setattr(refresh, "_refresh_batch", die)
    with pytest.raises(KeyboardInterrupt):
        refresh_affected(asking(NOW))
    monkeypatch.setattr(refresh, "_refresh_batch", real)

    assert against_the_whole(config, NOW) != []
    assert refresh_affected(asking(NOW)).is_whole
    assert against_the_whole(config, NOW) == []


def test_what_was_worked_out_before_another_delivery_came_does_not_overwrite_it(assessed, monkeypatch):
    config, take = assessed
    take(Made({"events": [an_event("e8", "child_seen_attempted", 19, "2")], "ties": ties(e8="A child")}, "s"))
    real, once = refresh.refreshed_case, []

    def meanwhile(*given: Any) -> Any:
        """Another delivery comes, and is worked out, after this case was and before it is replaced."""
        found = real(*given)
        if not once and given[1].case_ref == "2":
            once.append(1)
            take()
            assert refresh_affected(asking(NOW)).is_whole
        return found

    monkeypatch.setattr(refresh, "refreshed_case", meanwhile)
    run = assessment_runs.run_in_force()
    assert run is not None
    refresh.refresh_units(AssessmentContext.at(config, NOW, None), run, [CaseKey("s", "2")], [])

    assert once
    assert state_of("s:A") == "met_late"
    assert against_the_whole(config, NOW) == []


def test_counter_an_older_result_that_overwrites_is_seen(assessed, monkeypatch):
    monkeypatch.setattr(refresh, "_facts_version", lambda: (0, 0))

    with pytest.raises(AssertionError):
        test_what_was_worked_out_before_another_delivery_came_does_not_overwrite_it(assessed, monkeypatch)


def test_an_assessment_begun_before_a_delivery_does_not_claim_it(assessed, monkeypatch):
    from duecare.assessment import full_run as full

    config, take = assessed
    real, once = full.everything, []

    def then_another_comes(*given: Any) -> Any:
        held = real(*given)
        if not once:
            once.append(1)
            held.__enter__()
            take()
            assert refresh_affected(asking(NOW)).is_whole
            held.__exit__(None, None, None)
        return real(*given)

    monkeypatch.setattr(full, "everything", then_another_comes)
    run_full_assessment(asking(NOW), config)
    read_worklist(asking(NOW, CHIEF))

    assert state_of("s:A") == "met_late"


def test_what_touches_too_much_is_left_and_every_page_says_so(assessed):
    config, take = assessed
    take()

    brought = refresh_affected(asking(NOW), most_units=1)

    assert (brought.cases, brought.left, brought.is_whole) == (0, (2,), False)
    assert state_of("s:A") == "overdue"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("duecare.assessment.refresh_due.AT_ONE_LOOK", 1)
        for page in (
            read_worklist(asking(NOW, CHIEF)),
            read_visits(asking(NOW, CHIEF)),
            read_front(asking(NOW, CHIEF), config),
        ):
            assert [source.is_counted for source in page.fresh] == [False]

    run_full_assessment(asking(NOW), config)
    assert [source.is_counted for source in read_worklist(asking(NOW, CHIEF)).fresh] == [True]


def test_before_the_first_assessment_nothing_is_worked_out(stores: Stores, tmp_path: Path):
    with stores.new()() as config:
        receive_files(asking(NOW), config, [write(BASE, tmp_path / "s-1")])

        assert not refresh_affected(asking(NOW)).assessed


def test_a_linkage_whose_forerunner_is_gone_is_left_to_the_full_assessment(assessed):
    from duecare.store.linkage import linked_people

    run = assessment_runs.run_in_force()
    assert run is not None
    assessment_runs.record_reached(run, run.upto_delivery, LinkState(77))
    link = linked_people.begin_run(NOW, "made-up", 1)
    linked_people.put_in_force(link, linked_people.founders_of(link))

    brought = refresh_affected(asking(NOW))

    assert not brought.is_linked
    assert brought.words == "the last linkage"


def test_a_look_does_not_compare_whole_linkages(assessed, monkeypatch):
    from duecare.store.facts import affected_facts
    from duecare.store.linkage import linked_people

    link = linked_people.begin_run(NOW, "made-up", 1)
    linked_people.put_in_force(link, linked_people.founders_of(link))
    monkeypatch.setattr(affected_facts, "moved_by_link", lambda *_: pytest.fail("compared"))

    read_worklist(asking(NOW + timedelta(days=1), CHIEF))


def test_nothing_new_costs_nothing(assessed, monkeypatch):
    monkeypatch.setattr(step, "affected_by", lambda *_: pytest.fail("looked for"))

    assert refresh_affected(asking(NOW)).is_whole
