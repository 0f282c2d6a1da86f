"""Boroughs side by side: asked by who may, written down, flagged where truly worse; no count of children without reach."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.made import borough_pages as made
from tests.made.stores import NOW, asking

from duecare.access.viewer import Viewer
from duecare.config import read_config
from duecare.figure.figure_value import FigureValue
from duecare.figure.reporting_period import period_named, quarter_of
from duecare.store.database.transaction import transaction
from duecare.store.figures import figure_snapshots
from duecare.store.models import LedgerEntry
from duecare.use_cases.figures.compare_boroughs import read_boroughs
from duecare.vocabulary.refusals import Refusal

MAYOR = Viewer(account="mayor", roles=frozenset({"mayors_office"}))
CHIEF = Viewer(account="chief", roles=frozenset({"chief_officer"}), officer="C1")
GRADER = Viewer(account="grader", roles=frozenset({"auditor"}))
RESTS = figure_snapshots.RestsOn("r", "p", "c", "m", 0, 0, 0, (), 0, "", "1")


def keep(quarter, values, at=NOW):
    number = figure_snapshots.begin_snapshot(
        period=quarter,
        as_of=period_named(quarter).ends - timedelta(seconds=1),
        known_at=at,
        recorded_at=at,
        account_name="made-up",
        rests_on=RESTS,
    )
    with transaction():
        figure_snapshots.keep_values(number, values)


def seen_by_all(quarter):
    return FigureValue("seen-after", quarter, (), 90, 93, 6, 22.0)


@pytest.fixture
def held(store):
    for quarter, values in made.kept().items():
        keep(quarter, values)
    return store


def read(viewer, **asked):
    return read_boroughs(asking(NOW, viewer), read_config(), **asked)


def test_a_borough_made_truly_worse_is_flagged_and_the_map_is_that_of_the_policy(held):
    page = read(MAYOR)

    assert (page.found.period, page.is_running) == ("2026-Q1", made.QUARTERS[-1] == quarter_of(NOW).name)
    assert [one.label for one in page.found.outside] == ["Millrace"]
    assert page.periods == tuple(reversed(made.QUARTERS))
    assert [one.id for one in page.figures] == [made.FIGURE]
    assert len(page.found.over_time.points) == 12


def test_lists_are_offered_to_those_who_may_open_them_and_to_no_other(held):
    keys = read(CHIEF).keys

    assert len(keys) == 32
    assert figure_snapshots.value_named(keys["Millrace"])[1].value.cut == (("area", "Millrace"),)
    assert read(MAYOR).keys == {}


def test_limits_that_the_force_resets_are_shown_with_its_reason(held, tmp_path):
    policy = tmp_path / "force.toml"
    policy.write_text(
        f'[comparison]\nallowance = "none"\n'
        f'anew = [{{ figure = "{made.FIGURE}", since = "2025-10", why = "Allocation moved to one desk." }}]'
    )
    found = read_boroughs(asking(NOW, MAYOR), replace(read_config(), policy=policy)).found

    assert [one.why for one in found.over_time.phases] == ["", "Allocation moved to one desk."]


def test_an_earlier_quarter_is_shown_with_those_before_it(held):
    page = read(MAYOR, figure=made.FIGURE, period="2025-Q3")

    assert page.found.outside == ()
    assert not page.is_running
    assert len(page.found.over_time.points) == 6


def test_of_a_quarter_kept_twice_the_later_one_is_shown(held):
    keep("2026-Q1", made.kept(worse="Ashmere")["2026-Q1"], NOW + timedelta(days=1))

    assert [one.label for one in read(MAYOR).found.outside] == ["Ashmere"]


def test_figures_that_count_children_are_not_shown_to_those_who_may_open_nobody(held):
    assert read(MAYOR).left_out == 10
    assert read(CHIEF).left_out == 0
    with pytest.raises(Refusal) as refused:
        read(MAYOR, figure="custody-held-overnight")

    assert refused.value.code == "REP-031"


def test_hours_are_read_for_each_borough_and_month_by_month(held):
    for quarter in made.QUARTERS:
        keep(quarter, (*made.hours_of(quarter), seen_by_all(quarter)), NOW + timedelta(days=1))

    page = read(CHIEF, figure="seen-after", period="2026-Q1")

    assert [name for name, _ in page.found.areas] == ["<Westering>", "Ashmere", "Millrace"]
    assert len(page.found.over_time.values.points) == 12


@pytest.mark.parametrize(
    "asked", [{"figure": "no-such-figure"}, {"period": "1999-Q1"}, {"figure": "custody-bail-refused"}]
)
def test_what_was_not_kept_is_refused(held, asked):
    with pytest.raises(Refusal) as refused:
        read(CHIEF, **asked)

    assert refused.value.code == "REP-031"


def test_before_anything_is_kept_there_is_nothing_to_show(store):
    page = read(MAYOR)

    assert (page.found, page.figures, page.periods) == (None, (), ())


def test_every_look_leaves_a_line_and_so_does_a_refusal(held):
    before = LedgerEntry.objects.count()
    read(MAYOR)
    with pytest.raises(Refusal) as refused:
        read(GRADER)

    assert refused.value.code == "ACC-003"
    assert LedgerEntry.objects.count() == before + 2
