"""A source is stale by its own description: nightly unless it says otherwise."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.made.stores import Store, asking

from duecare.assessment.full_run import run_full_assessment
from duecare.assessment.source_freshness import source_freshness
from duecare.store.findings.assessment_runs import run_in_force
from duecare.use_cases.deliveries.receive_delivery import receive_files

WEEKLY = 'source = "weekly"\nstale_after_hours = 200\n[files.persons]\nlayout = "persons"\n'


@pytest.mark.parametrize(
    ("source", "hours", "is_stale", "is_slow"),
    [
        ("pole", 26, False, False),
        ("pole", 27, True, False),
        ("weekly", 26, False, False),
        ("weekly", 27, False, True),
        ("weekly", 201, True, False),
        ("broken", 27, True, False),
    ],
)
def test_a_source_is_stale_after_the_hours_its_description_gives(
    store: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    source: str,
    hours: int,
    is_stale: bool,
    is_slow: bool,
) -> None:
    made, own = tmp_path / f"{source}-1", tmp_path / "own"
    made.mkdir()
    own.mkdir()
    (made / "persons.csv").write_text("record_id,written_at\nA,2026-07-31T12:00:00+00:00\n")
    (own / "weekly.toml").write_text(WEEKLY)
    monkeypatch.setenv("DUECARE_SOURCES", str(own))

    with store() as config:
        (done,) = receive_files(asking(), config, [made])
        assert done.status == "accepted"
        (own / "broken.toml").write_text("source = 3\n")
        (told,) = source_freshness(asking().now)
        (found,) = source_freshness(told.received_at + timedelta(hours=hours))

    assert (found.is_stale, found.is_slow) == (is_stale, is_slow)


def test_the_yearly_census_is_not_stale_between_two_years() -> None:
    from duecare.config import source_folders
    from duecare.extract.mapping import load_mapping

    assert load_mapping("cin", source_folders()).stale_after_hours > 24 * 366


def test_what_was_assessed_as_known_then_says_so_until_it_is_assessed_again(store: Store, tmp_path: Path) -> None:
    made, then = tmp_path / "pole-1", datetime(2016, 3, 10, tzinfo=UTC)
    made.mkdir()
    (made / "persons.csv").write_text("record_id\nA\n")

    with store() as config:
        receive_files(asking(), config, [made])
        run_full_assessment(asking(), config, known_at=then)
        (as_then,) = source_freshness(asking().now, run_in_force())
        run_full_assessment(asking(), config)
        (as_now,) = source_freshness(asking().now, run_in_force())

    assert (as_then.known_at, as_now.known_at) == (then, None)
