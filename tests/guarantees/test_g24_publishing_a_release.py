"""G24: a release goes out by two people who did not draft it, over the very content they read; by no trick."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection
from tests.made.quarters import made_values
from tests.made.releases import AFTER, AUTHOR, CHIEF, FIRST, OUT, SECOND, check, draft, enrolled, figures_made_up
from tests.made.stores import NOW, Store, Stores, asking

from duecare.access.viewer import Viewer
from duecare.config import Config
from duecare.report.release import release_clearance, release_lifecycle
from duecare.report.release.release_lifecycle import Access, Life, Version
from duecare.store.releases import release_records
from duecare.use_cases.releases import publish_release
from duecare.use_cases.releases.publish_release import publish_due
from duecare.vocabulary.refusals import Refusal

pytestmark = pytest.mark.guarantee

SOME = ("custody-held-overnight", "visits-overdue")
SLUG = "2026-q3"
THIRD = Viewer("third", frozenset({"lead_inspector"}))


@pytest.fixture
def new(stores: Stores, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Store]:
    """Makes empty stores; the figures of the quarter are made up."""
    figures_made_up(monkeypatch)["values"] = {name: made_values()[name] for name in SOME}
    return stores.new


def sealed() -> str:
    life = release_records.life_of(SLUG)
    assert life is not None
    return life.latest.seal


def with_one_check(config: Config) -> None:
    check(config, FIRST, draft(config).seal)


def by_its_author(config: Config) -> None:
    seal = draft(config).seal
    check(config, FIRST, seal)
    check(config, AUTHOR, seal)


def by_one_person_twice(config: Config) -> None:
    seal = draft(config).seal
    check(config, FIRST, seal)
    check(config, FIRST, seal)


def by_somebody_of_another_role(config: Config) -> None:
    seal = draft(config).seal
    check(config, FIRST, seal)
    check(config, CHIEF, seal)


def approved_and_then_edited(config: Config) -> None:
    seal = draft(config).seal
    check(config, FIRST, seal)
    check(config, SECOND, seal)
    draft(config, words=("Nothing was wrong.",))
    check(config, THIRD, sealed())


def approved_and_then_brought_forward(config: Config) -> None:
    seal = draft(config, publish_at=OUT + timedelta(days=9)).seal
    check(config, FIRST, seal)
    check(config, SECOND, seal)
    draft(config)
    check(config, THIRD, sealed())


def approved_and_then_shown_to_another(config: Config) -> None:
    seal = draft(config).seal
    check(config, FIRST, seal)
    check(config, SECOND, seal)
    draft(config, access=(Access("chief", NOW), Access("third", NOW)))


def approved_by_who_then_edits(config: Config) -> None:
    check(config, FIRST, draft(config).seal)
    check(config, SECOND, draft(config, viewer=FIRST, words=("Edited.",)).seal)
    check(config, FIRST, sealed())


def by_a_seal_that_was_read_before_the_edit(config: Config) -> None:
    seal = draft(config).seal
    draft(config, words=("Edited.",))
    check(config, FIRST, seal)
    check(config, SECOND, seal)


def against_a_refusal(config: Config) -> None:
    seal = draft(config).seal
    check(config, FIRST, seal, passed=False, words="A total is off.")
    check(config, SECOND, seal)
    check(config, THIRD, seal)


def before_its_time(config: Config) -> None:
    seal = draft(config, publish_at=AFTER + timedelta(days=9)).seal
    check(config, FIRST, seal)
    check(config, SECOND, seal)


def by_altering_what_is_kept(config: Config) -> None:
    seal = draft(config).seal
    check(config, FIRST, seal)
    check(config, SECOND, seal)
    _beneath_the_guard("UPDATE release_version SET content = %s", [b"{}"])


def by_altering_its_time_beneath(config: Config) -> None:
    seal = draft(config, publish_at=AFTER + timedelta(days=9)).seal
    check(config, FIRST, seal)
    check(config, SECOND, seal)
    _beneath_the_guard("UPDATE release_version SET publish_at = %s", [OUT])


TRICKS = (
    with_one_check, by_its_author, by_one_person_twice, by_somebody_of_another_role, approved_and_then_edited,
    approved_and_then_brought_forward, approved_and_then_shown_to_another, approved_by_who_then_edits,
    by_a_seal_that_was_read_before_the_edit, against_a_refusal, before_its_time, by_altering_what_is_kept,
    by_altering_its_time_beneath,
)  # fmt: skip


def _beneath_the_guard(sql: str, values: list[Any]) -> None:
    """As somebody could who owns the database itself: the guard is taken off first."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE release_version DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER only_added_release_version_update")
        cursor.execute(sql, values)


def went_out(trick: Callable[[Config], None], store: Store) -> bool:
    with store() as config:
        enrolled(THIRD)
        with suppress(Refusal):
            trick(config)
        with suppress(Refusal):
            publish_due(asking(AFTER), config)
        return release_records.is_published(SLUG)


def honestly(config: Config) -> None:
    seal = draft(config).seal
    check(config, FIRST, seal)
    check(config, SECOND, seal)


@pytest.mark.long_on_postgres
def test_no_trick_publishes_a_release(new, assured):
    out = [trick.__name__ for trick in TRICKS if went_out(trick, new())]

    assert out == []
    assert went_out(honestly, new())
    assured("G24", method="tricks by which to publish a release", n=len(TRICKS), figure="went out 0", pass_mark="0")


def an_author_is_nobody(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Life, "authors", frozenset())


def one_check_is_enough(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(release_lifecycle, "CHECKS_WANTED", 1)


def a_check_is_bound_to_nothing(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Version, "seal", "the same for all")


def the_seal_is_over_the_content_alone(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Version, "seal", property(lambda version: version.content_hash))


def bytes_are_not_held_against_their_hash(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(publish_release, "read_released", lambda content, known_by: None)


@pytest.mark.parametrize(
    ("defect", "trick"),
    [
        (an_author_is_nobody, by_its_author),
        (one_check_is_enough, with_one_check),
        (a_check_is_bound_to_nothing, approved_and_then_edited),
        (the_seal_is_over_the_content_alone, by_altering_its_time_beneath),
        (bytes_are_not_held_against_their_hash, by_altering_what_is_kept),
    ],
    ids=lambda one: one.__name__,
)
def test_a_seeded_defect_lets_its_trick_through(new, monkeypatch, defect, trick):
    defect(monkeypatch)

    assert went_out(trick, new())


def test_a_figure_that_nobody_cleared_cannot_be_made():
    with pytest.raises(Refusal):
        release_clearance.ReleasedFigure(3, "", "children held overnight", release_clearance)


def test_what_is_out_is_neither_changed_nor_taken_away(new):
    with new()() as config:
        enrolled()
        honestly(config)
        publish_due(asking(AFTER), config)
        for deed in ("UPDATE release_version SET content = ''", "DELETE FROM release_published"):
            with pytest.raises(DatabaseError), connection.cursor() as cursor:
                cursor.execute(deed)
