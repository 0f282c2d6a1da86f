"""Health of the store: which engine, up to date, durable, what it holds; without personal data."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from tests.made.landed import SOURCE, after, arrive, begun, event, gone, row

from duecare.record.pole import CaseKey
from duecare.store.database import health_check
from duecare.store.database.health_check import (
    asset_state,
    durability_text,
    engine_name,
    is_durable,
    is_up_to_date,
    kinds_held,
    landing_count,
)
from duecare.store.facts.delivery_landing import land_delivery

pytestmark = pytest.mark.django_db


class Engine:
    """A database of this kind that answers so."""

    def __init__(self, vendor: str, **answers: object) -> None:
        self.vendor = vendor
        self.answers = answers

    def select_rows(self, sql: str) -> list[tuple[object]]:
        return [(self.answers[sql.split()[-1].removesuffix("()")],)]


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Any:
    def put(vendor: str, **answers: object) -> None:
        made = Engine(vendor, **answers)
        monkeypatch.setattr(health_check, "connection", made)
        monkeypatch.setattr(health_check, "select_rows", made.select_rows)

    return put


def test_the_engine_is_named_with_its_version():
    name = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}[connection.vendor]

    assert re.fullmatch(rf"{name} \d+\.\d+.*", engine_name())


def test_it_is_durable_here_or_the_text_says_how_it_is_not():
    text = durability_text()

    assert is_durable() == ("off" not in text and "synchronous 0" not in text and "synchronous 1" not in text)


@pytest.mark.parametrize(
    ("commit", "fsync", "durable"),
    [("on", "on", True), ("local", "on", True), ("off", "on", False), ("on", "off", False), ("off", "off", False)],
)
def test_postgresql_is_durable_where_it_waits_for_the_disk(engine: Any, commit: str, fsync: str, durable: bool):
    engine("postgresql", synchronous_commit=commit, fsync=fsync, server_version="17.2")

    assert is_durable() is durable
    assert durability_text() == f"synchronous_commit {commit}, fsync {fsync}"
    assert engine_name() == "PostgreSQL 17.2"


@pytest.mark.parametrize(("synchronous", "durable"), [(0, False), (1, False), (2, True), (3, True)])
def test_sqlite_is_durable_from_full_on(engine: Any, synchronous: int, durable: bool):
    engine("sqlite", synchronous=synchronous, journal_mode="wal", sqlite_version="3.46.1")

    assert is_durable() is durable
    assert durability_text() == f"wal, synchronous {synchronous}"
    assert engine_name() == "SQLite 3.46.1"


def test_a_store_is_up_to_date_until_a_migration_has_not_run():
    assert is_up_to_date()
    MigrationRecorder.Migration.objects.filter(app="store").latest("id").delete()
    assert not is_up_to_date()


def test_kinds_are_held_that_any_accepted_delivery_ever_had():
    arrive(event("E1", "visit"), event("E2", "arrested", number=2))
    arrive(gone("events", "E1", at=after(1)), event("E2", "charged", at=after(1)))
    land_delivery(begun(), [event("E3", "told")])
    land_delivery(begun(state="refused"), [event("E4", "bailed")])
    arrive(row("cases", "C1", {"kind": "missing"}))

    asked = ["visit", "arrested", "charged", "told", "bailed", "missing", "child_seen"]
    assert kinds_held(asked) == {"visit", "arrested", "charged"}
    assert kinds_held(["visit", "visit"]) == {"visit"}
    assert kinds_held([]) == frozenset()


def test_a_kind_that_certain_cases_alone_tell_of_is_not_held_without_them():
    arrive(
        event("E1", "visit", case_ref="C1"),
        event("E2", "visit", case_ref="C2", number=2),
        event("E3", "charged", number=3),
    )

    asked = ["visit", "charged"]
    assert kinds_held(asked, without={CaseKey(SOURCE, "C1"), CaseKey("other", "C2")}) == {"visit", "charged"}
    assert kinds_held(asked, without={CaseKey(SOURCE, "C1"), CaseKey(SOURCE, "C2")}) == {"charged"}


def test_landings_are_counted_and_nothing_else():
    assert landing_count() == 0
    for state in ("landing", "landing", "accepted", "refused", "held", "duplicate"):
        begun(state=state)

    assert landing_count() == 2


def test_assets_are_built_where_any_folder_has_a_style(tmp_path: Path, settings: Any):
    empty, full = tmp_path / "empty", tmp_path / "full"
    empty.mkdir()
    settings.STATICFILES_DIRS = [empty, tmp_path / "none"]
    assert asset_state() == ("not built: pages are plain; run make assets", False)

    (full / "deep").mkdir(parents=True)
    (full / "deep" / "page.css").touch()
    settings.STATICFILES_DIRS = [empty, str(full)]
    assert asset_state() == ("built", True)

    (full / "deep" / "page.css").rename(full / "deep" / "page.js")
    assert asset_state()[1] is False
