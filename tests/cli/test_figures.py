"""Figures by command: kept, listed, shown and worked out again, each as one JSON document and in words."""

from __future__ import annotations

import pytest

from duecare.cli import figures
from duecare.figure import FigureValue
from duecare.figure.catalogue.all_figures import figure_catalogue
from duecare.figure.hidden_value import HIDDEN, hidden_value
from duecare.store.figures.figure_snapshots import KeptFigure

QUARTER = "2016-Q1"


@pytest.fixture
def kept(duecare):
    done = duecare("figure", "snapshot", QUARTER, "--json")
    assert done.code == 0, done.err
    return done.json


def test_a_snapshot_says_what_it_rests_on(duecare, kept):
    assert (kept["period"], kept["figures"] > 90, kept["values"] > kept["figures"]) == (QUARTER, True, True)
    assert set(kept["rests_on"]) >= {"rulebook", "policy", "catalogue", "model", "watermarks", "ledger", "software"}
    assert "figures, from" in duecare("figure", "snapshot", QUARTER).out


def test_figures_are_listed_shown_and_worked_out_again(duecare, kept):
    listed = duecare("figure", "list", "--period", QUARTER, "--json").json
    (late,) = [one for one in listed if one["figure"] == "late-local-allocate-investigator"]
    assert (late["part"], late["whole"], late["value"], late["unknown"]) == (1, 1, 1.0, 0)
    assert late["interval"]["method"] == "Wilson score"
    assert (
        "late-local-allocate-investigator  1 (1 of 1); cannot tell 0"
        in duecare("figure", "list", "--period", QUARTER).out
    )

    shown = duecare("figure", "show", late["figure"], "--period", QUARTER, "--json").json
    assert shown["id"] == late["id"]
    assert {tuple(one["cut"]) for one in shown["cuts"]} >= {("area",), ("bcu",), ("month",)}

    again = duecare("figure", "recompute", late["id"], "--json").json
    assert (again["figure"], again["value"], again["equal"], again["differs"]) == (late["figure"], 1.0, True, [])
    assert "equal" in duecare("figure", "recompute", late["id"]).out


def test_what_is_not_known_says_why(duecare, kept):
    listed = duecare("figure", "list", "--period", QUARTER, "--json").json
    (core,) = [one for one in listed if one["figure"] == "late-wt-core-group"]

    assert (core["value"], core["why_not"]) == (None, "there was nothing to count in this period")


def test_what_is_hidden_is_said_to_be_and_nothing_else_of_it():
    cell = figure_catalogue()["custody-in-a-cell"].definition
    value = hidden_value(FigureValue(cell.id, QUARTER, (), 1, 9, 2, 1 / 9))

    assert list(figures._figure_lines([KeptFigure("k", value)])) == [f"k  custody-in-a-cell  {HIDDEN}"]


@pytest.mark.parametrize(
    "asked",
    [("snapshot", "soon"), ("show", "none"), ("recompute", "f" * 16)],
)
def test_what_is_not_there_is_refused_by_its_family(duecare, asked):
    done = duecare("figure", *asked)

    assert done.code == 17
    assert "REP-03" in done.err
