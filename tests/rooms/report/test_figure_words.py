"""Figures over time, between areas and between groups in plain words."""

import pytest

from duecare.figure.charts.area_consistency import Consistency
from duecare.figure.charts.control_limits import Rebase
from duecare.figure.charts.funnel_chart import funnel_of
from duecare.figure.charts.p_chart import p_chart
from duecare.figure.charts.xmr_chart import Measured, xmr_chart
from duecare.figure.comparison.group_fairness import Cell, HoursCell, fairness_of_hours, group_fairness
from duecare.figure.comparison.hour_differences import HoursApart
from duecare.figure.comparison.share_differences import share_difference
from duecare.figure.counted_share import Counted
from duecare.report import figure_words as words
from duecare.stats.interval import Interval
from duecare.vocabulary.unknown import Unknown

AREAS = (Counted("Ashmere", 45, 100), *(Counted(f"area {at}", 20, 100) for at in range(19)), Counted("Millrace", 0, 0))


def steady(length, level=10.0):
    return [Measured(str(at), level + (1 if at % 2 else -1)) for at in range(length)]


def test_the_funnel_says_who_is_outside_and_how_many_would_by_chance():
    said = words.funnel_sentences(funnel_of(AREAS), AREAS)

    assert said[0] == (
        "All areas together: 21.2%. Out of 20 areas with cases, 1 is outside the 95% limits. By chance alone, about 1.0"
        " would be."
    )
    assert said[1:] == (
        "Outside the 99.8% limits: Ashmere. By chance alone, about 1 in 25 charts like this would show any.",
        "The limits allow for chance only.",
        words.NO_RANK,
    )


def test_no_area_outside_the_limits():
    said = words.funnel_sentences(funnel_of(AREAS[1:]), AREAS[1:])

    assert ", 0 are outside the 95% limits" in said[0]
    assert said[1].startswith("Outside the 99.8% limits: none.")


def test_limits_that_allow_for_more_than_chance_say_so():
    areas = tuple(Counted(str(at), 10 + 20 * (at % 2), 100) for at in range(24))

    assert "vary 8.6 times as much as chance alone" in words.funnel_sentences(funnel_of(areas), areas)[2]


def test_without_limits_the_reason_is_said():
    none = Unknown("fewer than two areas have cases")

    assert words.funnel_sentences(none, ()) == ("We could not work out limits: fewer than two areas have cases.",)
    assert words.place_words(none, AREAS[0]) == "not known: fewer than two areas have cases"
    assert words.share_limit_words(none, AREAS[0], 0.95) == "not known"


def test_each_area_is_shown_where_it_lies():
    found = funnel_of(AREAS)

    assert words.place_words(found, AREAS[0]) == "above the 99.8% limits"
    assert words.place_words(found, AREAS[1]) == "within the limits"
    assert words.place_words(found, Counted("x", 11, 100)) == "below the 95% limits"
    assert words.place_words(found, AREAS[-1]) == "no cases"
    assert words.share_limit_words(found, AREAS[1], 0.95) == "13.0% to 30.0%"
    assert words.share_limit_words(found, AREAS[-1], 0.95) == "not known"
    assert words.share_words(AREAS[0]) == "45.0% (45 of 100)"
    assert words.share_words(AREAS[-1]) == "no cases"


def test_consistency_is_one_figure_with_its_interval():
    apart = Consistency(0.23, 0.041, Interval(0.02, 0.06, "Q-profile"), 32)
    maybe = Consistency(0.23, 0.01, Interval(0.0, 0.03, "Q-profile"), 32, is_rough=True)

    assert words.consistency_sentence(apart) == (
        "Areas really differ by about 4.1 points either way of 23.0% (95% interval 2.0 to 6.0). This is what remains after"
        " chance is removed. About 2 in 3 areas are within it."
    )
    assert words.consistency_sentence(maybe) == (
        "Chance alone could explain these differences. Areas really differ by about 1.0 points either way of 23.0%"
        " (95% interval 0.0 to 3.0). The interval is approximate, because areas differ a lot."
    )
    assert words.consistency_sentence(Consistency(0.2, 0.0, Unknown("they are alike"), 9)) == (
        "There is no evidence that areas really differ: they are alike."
    )
    assert words.consistency_sentence(Unknown("3 areas")) == "It is not known how much areas really differ: 3 areas."


def test_a_chart_says_what_its_limits_are_set_by_and_what_is_more_than_chance():
    chart = xmr_chart([*steady(24), Measured("24", 30.0)], [Rebase("99", "elsewhere")]).values

    assert words.chart_sentences(chart) == (
        "The limits use the 24 points from 0, and stay.",
        "More than chance, because a point is outside the limits: 24.",
    )
    assert words.point_words(chart.points[24]) == "a point is outside the limits"
    assert words.point_words(chart.points[0]) == "within chance"


def test_points_in_a_row_are_said_as_one():
    chart = xmr_chart(
        [*steady(24), *(Measured(str(24 + at), value) for at, value in enumerate((30.0, 30.0, 10.0, 30.0)))]
    ).values

    assert "More than chance, because a point is outside the limits: 24 to 25, 27." in words.chart_sentences(chart)


def test_a_chart_says_where_its_limits_were_reset_and_why():
    series = [*steady(20), *(Measured(str(20 + at), one.value) for at, one in enumerate(steady(20, 11.5)))]

    assert words.chart_sentences(xmr_chart(series, [Rebase("20", "A second team began.")]).values) == (
        "The limits use the 20 points from 0; once there are 24, they stay.",
        "The limits were reset from 20, using 20 points: A second team began.",
        "No point differs more than chance could explain.",
    )


def test_a_chart_with_few_points_says_why_it_has_no_limits():
    assert words.chart_sentences(xmr_chart(steady(5)).values) == (
        "We cannot set limits yet: 5 points are known, and limits need 12.",
    )
    assert (
        words.chart_sentences(p_chart([]))
        == words.chart_sentences(xmr_chart([]).ranges)
        == ("There are no points yet.",)
    )
    few = p_chart([Counted("1", 0, 0), Counted("2", 1, 4)])
    assert words.point_words(few.points[0]) == "not known: no cases"
    assert words.point_words(few.points[1]) == "not known: 1 points have cases, and limits need 12"


def test_limits_that_are_wider_than_chance_say_so():
    chart = p_chart([Counted(str(at), 5 + 15 * (at % 2), 50) for at in range(24)])

    assert "so the limits are 4.3 times as wide" in words.chart_sentences(chart)[1]


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (
            share_difference(Counted("a", 40, 100), Counted("b", 20, 100)),
            "+20.0 points (+7.3 points to +31.9 points): more than chance",
        ),
        (
            share_difference(Counted("a", 20, 100), Counted("b", 21, 100)),
            "−1.0 points (−12.2 points to +10.2 points): could be chance",
        ),
        (Unknown("few"), "not known: few"),
    ],
)
def test_a_difference_says_whether_chance_could_do_it(one, said):
    assert words.difference_words(one) == said


def test_hours_say_whether_chance_could_do_it():
    assert words.hours_words(HoursApart(2.04, Interval(0.5, 4, "ranks"), 20, 30)) == (
        "+2.0 hours (+0.5 to +4.0): more than chance"
    )
    assert words.hours_words(HoursApart(-0.01, Interval(-2, 2, "ranks"), 20, 30)) == (
        "0.0 hours (−2.0 to +2.0): could be chance"
    )
    assert words.hours_words(Unknown("few")) == "not known: few"


def test_fairness_says_against_whom_and_of_how_many_the_group_is_not_known():
    cells = [Cell("x", "A", 40, 100), Cell("x", "B", 20, 100), Cell("x", "C", 1, 4)]
    how = "Each group is compared with all other groups, using only cases of the same kind and place. "

    assert words.fairness_sentences(group_fairness(cells)) == (
        how + "Of 2 groups compared, these differ by more than chance: A, B. By chance alone, about 0.1 would.",
    )
    assert words.fairness_sentences(group_fairness([*cells, Cell("x", None, 2, 10)]))[1:] == (
        "The group is not known for 10 of 214 cases. They are in no group.",
    )


def test_fairness_of_hours_says_the_same():
    cells = [HoursCell("x", "A", [4.0] * 12), HoursCell("x", "B", [4.0, 5.0] * 8), HoursCell("x", None, [9.0])]
    first, second = words.fairness_sentences(fairness_of_hours(cells))

    assert "Of 2 groups compared, these differ by more than chance: " in first
    assert second == "The group is not known for 1 of 29 cases. They are in no group."
