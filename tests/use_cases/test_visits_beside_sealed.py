"""Of an offender whom a sealed case knows too, the board of visits tells nothing that this case alone says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.made.deliveries import Made, write
from tests.made.few_cases import ACCOUNTS, AREA, SOURCE, canaries, filled, person_of
from tests.made.stores import InProcess, Stores, asking

from duecare.access.viewer import Viewer
from duecare.use_cases.casework.view_as_of import visits_then
from duecare.use_cases.casework.view_offender_visits import read_visits
from duecare.vocabulary.moments import iso_text

pytestmark = pytest.mark.on_both_engines

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
NAMED = Viewer("named", frozenset({"supervisor"}), "X9", frozenset({"Team nine"}))


def viewer(name: str) -> Viewer:
    roles, officer, teams, areas = ACCOUNTS[name]
    return Viewer(name, frozenset(roles), officer, frozenset(teams), frozenset(areas))


def back(hours: float) -> str:
    return iso_text(NOW - timedelta(hours=hours))


def said_in_the_sealed_case() -> Made:
    """An offender of an open case was tried, and one of none seen and moved; and is registered there once more."""
    events = [
        ("V1", "visit", 10, {"outcome": "not_seen"}, "offender"),
        (
            "V2",
            "visit",
            9,
            {"outcome": "seen", "team": "Team nine", "officer": "X9", "area": "Westfen"},
            "offender-alone",
        ),
        ("V3", "risk_assessed", 8, {"risk": "very_high"}, "offender-alone"),
        ("V4", "offender_registered", 7, {"outcome": "sentence"}, "offender"),
        ("V6", "offender_manager_allocated", 11, {"officer": "X9", "team": "Team nine"}, "offender-alone"),
        ("V5", "visit_plan_set", 6, {"detail": json.dumps({"every": "P1M"})}, "offender"),
    ]
    rows = [
        {"event_id": name, "kind": kind, "case_ref": "SEALED", "happened_at": back(hours), "written_at": back(hours)}
        | said
        for name, kind, hours, said, _ in events
    ]
    ties = [{"event_id": name, "record_id": record, "role": "offender"} for name, *_, record in events]
    return Made({"events": rows, "ties": ties}, source=SOURCE, sequence=2, extracted_at=NOW)


@pytest.fixture(scope="module")
def in_store(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The few cases, and what a sealed one says of two offenders of whom others speak openly."""
    from duecare.assessment.refresh_affected import refresh_affected
    from duecare.extract import delivery
    from duecare.use_cases.deliveries.receive_delivery import receive_files

    del django_db_setup
    folder = tmp_path_factory.mktemp("beside")
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(delivery, "Child", InProcess)
        stores = Stores(folder)
        with filled(stores.new(), folder, NOW) as store:
            (took,) = receive_files(asking(NOW), store.config, [write(said_in_the_sealed_case(), folder / "sealed")])
            assert (took.status, took.set_aside) == ("accepted", 0), took.reasons
            refresh_affected(asking(NOW))
            yield
        stores.drop()


def line_of(record: str, who: Viewer, step: Any = read_visits) -> Any:
    """The line of this person, in whichever cell of the board it is; None where they are not on it."""
    for risk in ("very_high", "high", "medium", "low", "unknown"):
        for column in ("overdue", "cannot_tell", "due", "seen", "attempted"):
            for line in step(asking(NOW, who), risk, column).lines:
                if line.person == person_of(record):
                    return line
    return None


@pytest.mark.usefixtures("in_store")
@pytest.mark.parametrize("step", [read_visits, visits_then])
@pytest.mark.parametrize("name", ["chief", "lead"])
def test_an_offender_of_an_open_case_stands_by_that_case_alone(step, name):
    line = line_of("offender", viewer(name), step)

    assert (line.risk, line.area, line.manager, line.attempts) == ("high", AREA, "", 1)
    assert line.last_seen_at == NOW - timedelta(hours=1500)
    assert line.label == " ".join((canaries()["offender"][0], canaries()["offender"][1].upper()))


@pytest.mark.usefixtures("in_store")
@pytest.mark.parametrize("step", [read_visits, visits_then])
def test_of_an_offender_without_a_case_nothing_is_told_of_when_they_were_seen_or_how_dangerous_they_are(step):
    cells = step(asking(NOW, viewer("chief"))).cells

    assert [risk for risk, counts in cells.items() if counts["seen"]] == []
    assert set(cells["very_high"].values()) == {0}


@pytest.mark.usefixtures("in_store")
def test_whoever_is_named_on_the_sealed_case_is_told():
    line = line_of("offender-alone", NAMED)

    assert (line.risk, line.last_seen_at) == ("very_high", NOW - timedelta(hours=9))
