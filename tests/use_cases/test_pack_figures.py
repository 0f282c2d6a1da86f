"""Figures in a meeting pack: of the latest stored quarter, practice only, and which boroughs are outside the limits."""

from __future__ import annotations

import pytest
from tests.made import borough_pages as made
from tests.made.stores import NOW, asking
from tests.use_cases.test_read_boroughs import keep

from duecare.access.viewer import Viewer
from duecare.figure import cut_of
from duecare.figure.catalogue.all_figures import figure_catalogue
from duecare.figure.figure_value import FigureValue
from duecare.recommendation.oversight_register import Deed
from duecare.use_cases.oversight.build_meeting_pack import meeting_pack
from duecare.use_cases.oversight.meeting_figures import PackFigures, pack_figures
from duecare.use_cases.oversight.record_meeting import record_deed

TITLE = figure_catalogue()[made.FIGURE].definition.title
MAYOR = Viewer(account="mayor", roles=frozenset({"mayors_office"}))
CHILDREN = FigureValue("custody-held-overnight", "2026-Q1", cut_of({}), 3, 9, 0, 1 / 3)


@pytest.fixture
def held(store):
    for quarter, values in made.kept().items():
        keep(quarter, (*values, CHILDREN))
    return store


def test_before_anything_is_kept_there_are_none(store):
    assert pack_figures() == PackFigures()


def test_figures_of_practice_stand_beside_the_quarter_before_and_none_that_counts_children(held):
    found = pack_figures()

    assert found.period == "2026-Q1"
    assert [one.title for one in found.figures] == ["Late: allocate an investigator"]
    assert found.figures[0].now == "10.9% (308 of 2,818) (9.8% to 12.1%); not known of 62"
    assert found.figures[0].before


def test_a_borough_truly_worse_is_named_with_its_share(held):
    [one] = pack_figures().outside

    assert (one.figure, one.area) == ("Late: allocate an investigator", "Millrace")
    assert one.words.endswith("above the 99.8% limits")


def test_without_a_quarter_before_none_stands_beside(store):
    keep("2026-Q1", made.kept()["2026-Q1"])

    assert pack_figures().figures[0].before == ""


def test_the_pack_of_a_meeting_holds_them(held):
    called = record_deed(asking(NOW, MAYOR), Deed.MEETING, "Spring", due_on=NOW.date())
    paper = meeting_pack(asking(NOW, MAYOR), held.config, called.number)
    said = {section.heading: section for section in paper.sections}

    assert said["Boroughs that differ more than chance explains"].tables[0].rows[0][1] == "Millrace"
    assert said["Figures"].tables[0].columns == ("Figure", "2026-Q1", "Quarter before")
