"""The worklist and boards at another moment: at now they are those of now; at an earlier one, of what was known then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.made.deliveries import Made, write
from tests.made.few_cases import ACCOUNTS, SOURCE, filled, person_of
from tests.made.stores import InProcess, Store, Stores, asking

from duecare.access.viewer import Viewer
from duecare.rulebook.overnight import Overnight
from duecare.use_cases.casework import view_as_of
from duecare.use_cases.casework.view_as_of import visits_then, worklist_then
from duecare.use_cases.casework.view_case import read_case
from duecare.use_cases.casework.view_custody_board import read_custody
from duecare.use_cases.casework.view_offender_visits import read_visits
from duecare.use_cases.casework.view_worklist import read_worklist
from duecare.use_cases.people.view_person import read_person
from duecare.vocabulary.moments import iso_text
from duecare.vocabulary.refusals import Refusal

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def few(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The few cases; of one, and of one child, it was said only lately that they are restricted."""
    del django_db_setup
    folder = tmp_path_factory.mktemp("few")
    with django_db_blocker.unblock():
        stores = Stores(folder)
        with filled(stores.new(), folder, NOW) as store:
            _restrict(store, folder)
            yield store
        stores.drop()


def _restrict(store: Store, folder: Path) -> None:
    from duecare.assessment.full_run import run_full_assessment
    from duecare.extract import delivery
    from duecare.use_cases.deliveries.receive_delivery import receive_files

    late = iso_text(NOW - HOUR)
    rows = {
        "cases": [{"case_ref": "MISSING", "kind": "missing", "area": "Eastmoor", "restricted": "true", "written_at": late}],
        "persons": [{"record_id": "suspect", "given_names": "Gibbven", "restricted": "true", "protected_address": "true",
                     "written_at": late}],
    }  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delivery, "Child", InProcess)
        path = write(Made(rows, source=SOURCE, extracted_at=NOW), folder / f"{SOURCE}-2")
        (took,) = receive_files(asking(NOW), store.config, [path])
        assert (took.status, took.set_aside) == ("accepted", 0), took.reasons
    run_full_assessment(asking(NOW), store.config)


@pytest.fixture(autouse=True)
def in_the_store(few: Store, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), few():
        yield


def as_account(name: str) -> Any:
    roles, officer, teams, areas = ACCOUNTS[name]
    return asking(NOW, Viewer(name, frozenset(roles), officer, frozenset(teams), frozenset(areas)))


def refs(page) -> list[str]:
    return [item.case.case_ref if item.case else item.person for item in page.items]


@pytest.mark.parametrize("name", ["chief", "lead", "nine", "one", "eight", "custody"])
@pytest.mark.parametrize(
    "more", [{}, {"unallocated": True}, {"force_area": "Eastmoor"}, {"page_number": 2, "per_page": 2}]
)
def test_at_this_very_moment_the_worklist_is_that_of_now(name, more):
    now, then = read_worklist(as_account(name), **more), worklist_then(as_account(name), **more, as_of=NOW)

    assert replace(then, items=()) == replace(now, items=())
    for kept, reckoned in zip(now.items, then.items, strict=True):
        assert replace(reckoned, findings=()) == replace(kept, findings=())
        assert reckoned.findings[:1] == kept.findings[:1]
        assert set(reckoned.findings) == set(kept.findings)


@pytest.mark.parametrize("name", ["chief", "lead", "one"])
def test_at_this_very_moment_the_boards_are_those_of_now(name):
    for risk, column in ((None, None), ("high", "overdue"), ("unknown", "overdue")):
        assert visits_then(as_account(name), risk, column, as_of=NOW) == read_visits(as_account(name), risk, column)
    assert read_custody(as_account(name), as_of=NOW) == read_custody(as_account(name))


def test_at_an_earlier_moment_only_what_had_happened_by_then_is_there():
    then = worklist_then(as_account("chief"), as_of=NOW - 25 * HOUR, known_at=NOW - 25 * HOUR)
    now = worklist_then(as_account("chief"))

    assert "CUSTODY" in refs(now)
    assert "CUSTODY" not in refs(then)
    danger = {item.case.case_ref for item in now.items if item.danger and item.case}
    assert "OPEN" in danger
    assert "OPEN" not in {item.case.case_ref for item in then.items if item.danger and item.case}
    assert then.as_of == NOW - 25 * HOUR


def test_what_had_not_been_written_by_then_is_left_out_though_it_had_happened():
    before = worklist_then(as_account("chief"), as_of=NOW, known_at=NOW - 9500 * HOUR)

    assert before.items == ()
    assert visits_then(as_account("chief"), as_of=NOW, known_at=NOW - 9500 * HOUR).cells["high"]["overdue"] == 0
    assert read_custody(as_account("chief"), as_of=NOW, known_at=NOW - 7 * HOUR).lines == ()
    assert len(read_custody(as_account("chief"), as_of=NOW, known_at=NOW - 5 * HOUR).lines) == 1


def test_a_child_who_came_at_three_in_the_morning_is_kept_overnight_from_seven():
    boards = {at: read_custody(as_account("chief"), as_of=NOW - at) for at in (timedelta(), 2 * HOUR, 3 * HOUR)}

    assert [board.lines[0].overnight for board in boards.values()] == [True, True, False]
    assert [board.counts["overnight"] for board in boards.values()] == [1, 1, 0]
    assert boards[timedelta()].overnight_by == "4 hours or more between 00:00 and 08:00"
    assert boards[timedelta()].overnight_version == Overnight().version
    assert len(read_custody(as_account("chief"), "overnight", as_of=NOW - 3 * HOUR).lines) == 0


def test_visits_are_counted_from_where_the_clock_stood():
    def overdue(**at):
        return visits_then(as_account("chief"), "high", "overdue", **at)

    now, then = overdue(as_of=NOW), overdue(as_of=NOW - 800 * HOUR)
    assert now.cells["high"]["overdue"] == 1
    assert then.cells["high"]["overdue"] == 0
    assert now.lines[0].person == person_of("offender")


def test_what_is_restricted_today_is_no_more_open_looking_back():
    back = {"as_of": NOW - 2 * HOUR, "known_at": NOW - 2 * HOUR}

    assert "MISSING" in refs(worklist_then(as_account("chief"), **back))
    assert "MISSING" not in refs(worklist_then(as_account("lead"), **back))
    with pytest.raises(Refusal):
        read_case(as_account("lead"), SOURCE, "MISSING", **back)


def test_who_is_restricted_today_is_not_named_looking_back():
    back = {"as_of": NOW - 2 * HOUR, "known_at": NOW - 2 * HOUR}
    page = read_case(as_account("lead"), SOURCE, "OPEN", **back)
    labels = {label for person, label, _ in page.people if person == person_of("suspect")}

    assert labels == {"Restricted"}
    own = read_person(as_account("chief"), person_of("suspect"), **back)
    assert all(record.restricted and record.protected_address for record in own.records)


def test_counter_without_that_care_the_name_would_be_shown(monkeypatch):
    from duecare.use_cases.casework import view_case as module

    monkeypatch.setattr(module, "marked_as_now", lambda facts: facts)
    back = {"as_of": NOW - 2 * HOUR, "known_at": NOW - 2 * HOUR}
    page = read_case(as_account("lead"), SOURCE, "OPEN", **back)

    assert "Restricted" not in {label for person, label, _ in page.people if person == person_of("suspect")}


def test_a_case_of_which_nothing_was_known_by_then_opens_empty():
    page = read_case(as_account("chief"), SOURCE, "CUSTODY", as_of=NOW, known_at=NOW - 9500 * HOUR)

    assert (page.case, page.timeline, page.findings, page.people) == (None, (), (), ())


def test_where_there_are_too_many_cases_the_page_refers_to_the_command(monkeypatch):
    monkeypatch.setattr(view_as_of, "MOST_CASES", 3)

    for step in (worklist_then, visits_then):
        with pytest.raises(Refusal) as refused:
            step(as_account("chief"), as_of=NOW)
        assert refused.value.code == "DUT-020"
        assert "duecare findings --as-of" in str(refused.value)


def test_each_look_back_is_one_line_of_the_ledger_with_those_shown():
    from duecare.store.ledger.opaque_ids import CASE_KIND, handles_of
    from duecare.store.models import LedgerEntry

    before = LedgerEntry.objects.count()
    page = worklist_then(as_account("chief"), as_of=NOW - 2 * HOUR)
    (entry,) = LedgerEntry.objects.order_by("number")[before:]

    assert handles_of({(CASE_KIND, *item.case) for item in page.items if item.case}) <= set(entry.ids.split('"'))
