"""Snapshots of figures as kept: unseen until their values are kept, then never altered."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duecare.figure import Dimension, FigureValue, cut_of
from duecare.stats.interval import Interval
from duecare.store.figures.cut_json import cut_text, read_cut
from duecare.store.figures.figure_snapshots import (
    RestsOn,
    begin_snapshot,
    by_area,
    keep_values,
    latest_of_each_period,
    latest_snapshot,
    snapshot_numbered,
    uncrossed_values,
    value_named,
    values_of_figure,
    with_cases,
)
from duecare.store.models import FigureKept, FigureSnapshot
from duecare.vocabulary.unknown import Unknown

NOON = datetime(2026, 10, 1, 12, 0, 0, 123_456, tzinfo=UTC)
RESTS = RestsOn(
    "r" * 8, "p" * 8, "c" * 8, "model", 3, 4, 5, (("niche", 1, "first", ""), ("pole", 5, "fifth", "2026-09-30")), 77,
    "root", "1.2",
)  # fmt: skip
NORTH, SOUTH = cut_of({Dimension.AREA: "North"}), cut_of({Dimension.AREA: 'So"u,th'})
NORTH_GIRLS = cut_of({Dimension.SEX: "F", Dimension.AREA: "North"})
GIRLS = cut_of({Dimension.SEX: "F"})


def begin(period: str = "2026-Q3", rests: RestsOn = RESTS, **times: datetime) -> int:
    told = {"as_of": NOON - timedelta(days=1), "known_at": NOON, "recorded_at": NOON + timedelta(hours=1), **times}
    return begin_snapshot(period=period, account_name="author", rests_on=rests, **told)


def value(figure: str = "seen", cut: Any = (), part: int = 1, whole: int | None = 2, **told: Any) -> FigureValue:
    return FigureValue(figure, "2026-Q3", cut, part, whole, **{"unknown": 0, "value": 0.5, **told})


def taken(*values: FigureValue, period: str = "2026-Q3") -> int:
    number = begin(period)
    keep_values(number, [replace(one, period=period) for one in values])
    return number


# --- how a cut is written (no database) --------------------------------------------------------------------

CUTS = st.dictionaries(st.sampled_from(list(Dimension)), st.text('aB "\\,{}é\u2603', max_size=6)).map(cut_of)


@given(CUTS)
def test_a_cut_is_read_back_the_same_and_written_in_one_way(cut: Any):
    assert read_cut(cut_text(cut)) == cut
    assert cut_text(tuple(reversed(cut))) == cut_text(cut)


def test_a_cut_is_json_of_dimension_and_value_in_the_order_of_their_names():
    assert cut_text(()) == "{}"
    assert cut_text(NORTH_GIRLS) == '{"area":"North","sex":"F"}'


# --- kept and read -----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_snapshot_is_read_back_the_same():
    values = (
        value(interval=Interval(0.1, 0.9, "Wilson score", 0.9)),
        value(cut=NORTH, part=0, whole=0, unknown=3, value=Unknown("nobody"), interval=Unknown("too few")),
        value("held", part=9, whole=None, value=9.0),
    )
    number = taken(*values)

    snapshot = latest_snapshot("2026-Q3")

    assert snapshot == snapshot_numbered(number)
    assert (snapshot.id, snapshot.period, snapshot.taken_by, snapshot.rests_on) == (number, "2026-Q3", "author", RESTS)
    assert (snapshot.as_of, snapshot.known_at, snapshot.taken_at) == (
        NOON - timedelta(days=1),
        NOON,
        NOON + timedelta(hours=1),
    )
    assert tuple(one.value for one in snapshot.values) == values
    assert all(not one.as_published and one.not_printed == frozenset() for one in snapshot.values)
    assert snapshot.members == {"seen": 2, "held": 9}


@pytest.mark.django_db
def test_what_it_rests_on_is_kept_as_it_is_printed():
    taken(value())

    assert FigureSnapshot.objects.get().rests_on == RESTS.as_json() == {
        "rulebook": "r" * 8, "policy": "p" * 8, "catalogue": "c" * 8, "model": "model", "link_run": 3, "link_moves": 4,
        "upto_delivery": 5, "watermarks": [["niche", 1, "first", ""], ["pole", 5, "fifth", "2026-09-30"]],
        "ledger": {"size": 77, "root": "root"}, "software": "1.2",
    }  # fmt: skip


@pytest.mark.django_db
def test_a_snapshot_from_before_moves_were_kept_rests_on_none():
    written = RESTS.as_json()
    written.pop("link_moves")
    row = FigureSnapshot.objects.create(
        period="2026-Q3", as_of=NOON, known_at=NOON, taken_at=NOON, taken_by="x", rests_on=written
    )
    keep_values(row.id, [value()])

    assert latest_snapshot("2026-Q3").rests_on == replace(RESTS, link_moves=0)


@pytest.mark.django_db
def test_a_snapshot_is_not_seen_before_its_values_are_kept():
    number = begin()

    assert (latest_snapshot("2026-Q3"), snapshot_numbered(number), latest_of_each_period()) == (None, None, {})
    keep_values(number, [])
    assert snapshot_numbered(number) is None
    keep_values(number, [value()])
    assert snapshot_numbered(number).id == number


@pytest.mark.django_db
def test_the_latest_of_a_period_is_the_one_begun_last_that_was_finished():
    first, second = taken(value()), taken(value(part=2))
    begin()
    other = taken(value(), period="2026-09")

    assert latest_snapshot("2026-Q3").id == second
    assert latest_snapshot("2026-09").id == other
    assert latest_snapshot("2026-Q4") is None
    assert snapshot_numbered(first).id == first
    assert list(latest_of_each_period().items()) == [("2026-Q3", second), ("2026-09", other)]


@pytest.mark.django_db
def test_values_come_by_figure_as_kept_and_within_each_the_whole_force_first_then_by_how_far_it_is_cut():
    taken(
        value("b", NORTH_GIRLS), value("b", GIRLS), value("b", NORTH), value("b"), value("a", SOUTH), value("a", NORTH),
        value("a"),
    )  # fmt: skip

    shown = [(one.value.figure, one.value.cut) for one in latest_snapshot("2026-Q3").values]

    assert shown == [("b", ()), ("b", NORTH), ("b", GIRLS), ("b", NORTH_GIRLS), ("a", ()), ("a", NORTH), ("a", SOUTH)]


@pytest.mark.django_db
def test_how_many_lines_a_figure_counted_is_that_of_the_whole_force_with_those_of_which_it_cannot_be_told():
    taken(
        value("share", part=1, whole=5, unknown=2), value("count", part=7, whole=None, unknown=1), value("count", NORTH, 99, None)
    )  # fmt: skip

    assert latest_snapshot("2026-Q3").members == {"share": 7, "count": 8}


@pytest.mark.django_db
def test_one_value_and_the_values_by_some_dimensions_are_found_in_a_snapshot():
    taken(
        value(),
        value(cut=SOUTH, part=3),
        value(cut=NORTH, part=2),
        value(cut=NORTH_GIRLS, part=4),
        value("other", NORTH),
    )
    snapshot = latest_snapshot("2026-Q3")

    assert (snapshot.of("seen").value.part, snapshot.of("seen", NORTH).value.part) == (1, 2)
    assert (snapshot.of("seen", GIRLS), snapshot.of("none")) == (None, None)
    assert [one.value.part for one in snapshot.by("seen", Dimension.AREA)] == [2, 3]
    assert [one.value.part for one in snapshot.by("seen", Dimension.SEX, Dimension.AREA)] == [4]
    assert [one.value.part for one in snapshot.by("seen")] == [1]
    assert snapshot.by("seen", Dimension.TEAM) == ()


# --- some values of a snapshot -----------------------------------------------------------------------------


@pytest.fixture
def two_snapshots(db: None) -> tuple[int, int]:
    mine = taken(
        value(whole=0), value(cut=NORTH), value(cut=SOUTH), value(cut=NORTH_GIRLS), value(cut=GIRLS), value("other", whole=None),
        value("other", NORTH), value("third", NORTH),
    )  # fmt: skip
    return mine, taken(value(part=99), value("other", part=99, whole=0))


@pytest.mark.django_db
def test_values_of_one_figure_of_one_snapshot(two_snapshots):
    mine, other = two_snapshots

    assert {one.value.cut for one in values_of_figure(mine, "seen")} == {(), NORTH, SOUTH, NORTH_GIRLS, GIRLS}
    assert [one.value.part for one in values_of_figure(other, "seen")] == [99]
    assert values_of_figure(mine, "none") == values_of_figure(10**9, "seen") == ()
    assert {one.value.period for one in values_of_figure(mine, "seen")} == {"2026-Q3"}


@pytest.mark.django_db
def test_values_that_are_crossed_with_nothing(two_snapshots):
    mine, _ = two_snapshots

    assert {one.value.cut for one in uncrossed_values(mine, "seen")} == {(), NORTH, SOUTH, GIRLS}
    assert {(one.value.figure, one.value.cut) for one in by_area(mine)} == {
        ("seen", ()), ("seen", NORTH), ("seen", SOUTH), ("other", ()), ("other", NORTH), ("third", NORTH),
    }  # fmt: skip
    assert [one.value.figure for one in by_area(mine)] == ["seen", "seen", "seen", "other", "other", "third"]


@pytest.mark.django_db
def test_figures_that_counted_anything_for_the_whole_force(two_snapshots):
    mine, other = two_snapshots

    assert with_cases(mine) == {"other"}
    assert with_cases(other) == {"seen"}
    assert with_cases(10**9) == frozenset()


# --- the id by which a value is named outside --------------------------------------------------------------


@pytest.mark.django_db
def test_every_value_has_an_id_of_its_own_by_which_it_is_found(two_snapshots):
    mine, other = two_snapshots
    kept = [(number, one) for number in (mine, other) for one in snapshot_numbered(number).values]

    assert len({one.key for _, one in kept}) == len(kept)
    assert all(re.fullmatch("[0-9a-f]{16}", one.key) for _, one in kept)
    for number, one in kept:
        assert value_named(one.key) == (number, one)
    assert value_named("0" * 16) is None


@pytest.mark.django_db
def test_the_same_value_is_not_kept_twice_in_one_snapshot():
    number = taken(value())

    with pytest.raises(IntegrityError), transaction.atomic():
        keep_values(number, [value(part=7)])
    assert [one.value.part for one in values_of_figure(number, "seen")] == [1]


@pytest.mark.django_db
def test_reasons_are_kept_up_to_their_length():
    taken(value(value=Unknown("w" * 301), interval=Unknown("s" * 301)))

    (read,) = latest_snapshot("2026-Q3").values
    assert (read.value.value, read.value.interval) == (Unknown("w" * 300), Unknown("s" * 300))


NUMBERS = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False, width=64), st.sampled_from(("nobody", 'Zoë "said"')).map(Unknown)
)


@pytest.mark.django_db
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(NUMBERS, st.integers(0, 2**40), st.one_of(st.none(), st.integers(0, 2**40)), st.integers(0, 2**40))
def test_any_value_is_read_back_the_same(number, part, whole, unknown):
    made = value(part=part, whole=whole, unknown=unknown, value=number)
    snapshot = taken(made)

    assert [one.value for one in values_of_figure(snapshot, "seen")] == [made]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("table", "change"),
    [(FigureSnapshot, {"taken_by": "x"}), (FigureKept, {"part": 9}), (FigureKept, {"key": "f" * 16})],
)
def test_the_database_refuses_to_alter_or_take_away_a_snapshot(table: Any, change: dict[str, Any]):
    taken(value())
    before = list(table.objects.values())

    for deed in (lambda: table.objects.update(**change), lambda: table.objects.all()._raw_delete("default")):
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()

    assert list(table.objects.values()) == before
