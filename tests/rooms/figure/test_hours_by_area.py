"""A figure in hours for every area, and month by month for all together."""

import pytest
from tests.made import borough_pages as made

from duecare.figure.catalogue.all_figures import figure_catalogue
from duecare.figure.charts.chart_signals import OUTSIDE
from duecare.figure.comparison.hours_by_area import hours_by_area, may_be_hours_by_area
from duecare.vocabulary.unknown import Unknown

DEFINITION = figure_catalogue()["seen-after"].definition


def test_months_that_are_slower_are_more_than_chance_and_areas_stand_by_name():
    found = made.hours().found

    outside = [one.label for one in found.over_time.values.signals if OUTSIDE in one.rules]
    assert outside == ["2026-01", "2026-02", "2026-03"]
    assert [name for name, _ in found.areas] == ["<Westering>", "Ashmere", "Millrace"]
    assert isinstance(found.areas[0][1].value, Unknown)


def test_a_month_without_cases_is_not_known():
    held = {"2026-Q1": tuple(one for one in made.hours_of("2026-Q1") if one.cut[0][1] != "2026-02")}
    points = hours_by_area(DEFINITION, "2026-Q1", held).over_time.values.points

    assert [one.label for one in points] == ["2026-01", "2026-02", "2026-03"]
    assert points[1].value == Unknown("no cases")


def test_of_a_quarter_that_was_not_kept_there_are_no_areas():
    assert hours_by_area(DEFINITION, "2026-Q2", {"2026-Q1": made.hours_of("2026-Q1")}).areas == ()


@pytest.mark.parametrize(("figure", "may"), [("seen-after", True), (made.FIGURE, False)])
def test_only_hours_of_every_area_and_month_are_shown_so(figure, may):
    assert may_be_hours_by_area(figure_catalogue()[figure].definition) is may
