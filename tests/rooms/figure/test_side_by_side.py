"""One figure of every area side by side: from values as kept to who lies outside the limits of chance, and what changed."""

import pytest
from tests.made import borough_pages as made

from duecare.figure.catalogue.all_figures import figure_catalogue
from duecare.figure.charts.area_consistency import Consistency
from duecare.figure.charts.control_limits import Rebase
from duecare.figure.charts.funnel_chart import Allowance
from duecare.figure.comparison.areas_side_by_side import may_stand_side_by_side, side_by_side
from duecare.figure.comparison.compared_cells import areas_of
from duecare.figure.counted_share import Counted
from duecare.figure.figure_definition import Dimension
from duecare.figure.figure_value import FigureValue, cut_of
from duecare.vocabulary.unknown import Unknown

DEFINITION = figure_catalogue()[made.FIGURE].definition


def value(period, part, whole, unknown=0, **at):
    cut = cut_of({Dimension[name.upper()]: one for name, one in at.items()})
    return FigureValue(made.FIGURE, period, cut, part, whole, unknown, 0.0)


def test_a_borough_made_truly_worse_is_flagged_and_no_other_is():
    found = made.found()

    assert [one.label for one in found.outside] == ["Millrace"]
    assert len(found.areas) == 32
    assert isinstance(found.consistency, Consistency)


def test_the_force_over_time_is_by_month_and_each_area_by_quarter():
    found = made.found()

    assert [one.label for one in found.over_time.points][:4] == ["2025-04", "2025-05", "2025-06", "2025-07"]
    assert len(found.over_time.points) == 12
    assert [name for name, _ in found.each_over_time] == [one.label for one in found.areas]
    millrace = dict(found.each_over_time)["Millrace"]
    assert [one.label for one in millrace.points] == list(made.QUARTERS)


def test_cases_in_no_borough_take_no_place_beside_the_others():
    held = {"2026-Q1": [value("2026-Q1", 1, 9, area="Ashmere"), value("2026-Q1", 2, 5, 1, area="not known")]}
    found = side_by_side(DEFINITION, "2026-Q1", held)

    assert found.areas == (Counted("Ashmere", 1, 9),)
    assert found.no_area == Counted("not known", 2, 5, 1)
    assert isinstance(found.funnel, Unknown)
    assert found.outside == ()


def test_a_month_without_cases_is_shown_as_one_and_none_after_the_last():
    held = {"2026-Q1": [value("2026-Q1", 1, 9, month="2026-02")], "2026-Q2": [value("2026-Q2", 1, 9)]}
    found = side_by_side(DEFINITION, "2026-Q2", held)

    assert [(one.label, isinstance(one.value, Unknown)) for one in found.over_time.points] == [
        ("2026-01", True),
        ("2026-02", False),
    ]


def test_limits_allow_for_what_the_force_says_and_are_reset_where_it_says_so():
    held = {one: made.kept()[one] for one in made.QUARTERS}
    found = side_by_side(DEFINITION, "2026-Q1", held, Allowance.NONE, [Rebase("2025-10", "One desk.")])

    assert found.funnel.allowance is Allowance.NONE
    assert [(one.first, one.why) for one in found.over_time.phases] == [("2025-04", ""), ("2025-10", "One desk.")]


def test_a_figure_that_has_no_months_is_shown_by_quarter():
    definition = figure_catalogue()["visits-overdue"].definition
    held = {name: [value(name, 3, 10)] for name in ("2025-Q4", "2026-Q1")}

    assert [one.label for one in side_by_side(definition, "2026-Q1", held).over_time.points] == ["2025-Q4", "2026-Q1"]


def test_a_borough_that_a_quarter_did_not_have_had_no_cases_in_it():
    held = {"2025-Q4": [], "2026-Q1": [value("2026-Q1", 1, 9, area="Ashmere")]}
    ashmere = side_by_side(DEFINITION, "2026-Q1", held).each_over_time[0][1]

    assert ashmere.points[0].value == Unknown("no cases")


def test_a_month_may_be_a_period_of_its_own():
    held = {"2026-01": [value("2026-01", 1, 9, month="2026-01")]}

    assert [one.label for one in side_by_side(DEFINITION, "2026-01", held).over_time.points] == ["2026-01"]


@pytest.mark.parametrize(
    ("figure", "may"),
    [
        (made.FIGURE, True),
        ("visits-overdue", True),
        ("seen-after", False),
        ("grades-met-by-inspectorate", False),
    ],
)
def test_only_shares_that_are_counted_for_every_area_stand_side_by_side(figure, may):
    assert may_stand_side_by_side(figure_catalogue()[figure].definition) is may


def test_the_page_of_one_figure_gives_cases_in_no_borough_no_place_either():
    values = [value("2026-Q1", 1, 9, area="Ashmere"), value("2026-Q1", 2, 5, 1, area="not known")]

    assert areas_of(values) == (Counted("Ashmere", 1, 9),)
