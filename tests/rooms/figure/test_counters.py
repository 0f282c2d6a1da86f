"""Seeded defects: each is seen to turn a promise of the figures' statistics red, so that the promise is known to be tried."""

from math import sqrt
from statistics import NormalDist

import pytest
from tests.rooms.figure import test_consistency, test_control, test_difference, test_funnel

from duecare.figure.charts import area_consistency, chart_signals, funnel_chart, p_chart, xmr_chart
from duecare.figure.comparison import share_differences
from duecare.figure.comparison.share_differences import Difference


def of_the_normal(n, share, tail):
    """The defect: limits by the normal curve, however few cases an area has."""
    return max(0.0, share + NormalDist().inv_cdf(tail) * sqrt(share * (1 - share) / n))


def all_taken_together(pairs, fewest=10):
    """The defect: cases are compared with all others, and not with those of their kind and place."""
    held = list(pairs)
    one = share_differences.Counted("one", sum(a.one.part for a in held), sum(a.one.n for a in held))
    other = share_differences.Counted("other", sum(a.other.part for a in held), sum(a.other.n for a in held))
    found = share_differences.share_difference(one, other, fewest)
    assert isinstance(found, Difference)
    return found


def with_all_points(labels, rebases):
    """The defect: no phase begins again."""
    return [(0, len(labels), "")] if labels else []


def test_counter_limits_by_the_normal_curve_flag_equal_areas_of_rare_events_too_often(monkeypatch):
    monkeypatch.setattr(funnel_chart, "_lowest_share", of_the_normal)

    with pytest.raises(AssertionError):
        test_funnel.equal_areas_are_flagged_no_more_often_than_is_said(test_funnel.SMALL, 0.03, 300, 1)


def test_counter_what_is_drawn_in_and_not_put_back_flags_areas_that_only_differ(monkeypatch):
    monkeypatch.setattr(funnel_chart, "_left_of_chance", lambda share: 1.0)

    with pytest.raises(AssertionError):
        test_funnel.areas_that_differ_for_many_reasons_are_flagged_rarely(
            funnel_chart.Allowance.ADDED, 0.008, 60, 20261125
        )


def test_counter_areas_far_out_that_are_not_drawn_in_hide_each_other(monkeypatch):
    monkeypatch.setattr(funnel_chart, "WINSORISED", 0.0)

    with pytest.raises(AssertionError):
        test_funnel.test_areas_far_out_do_not_hide_each_other()


def test_counter_an_interval_without_degrees_to_spare_holds_too_rarely(monkeypatch):
    monkeypatch.setattr(area_consistency, "_chi_squared", lambda share, degrees: degrees + (share - 0.5) * degrees / 4)

    with pytest.raises(AssertionError):
        test_consistency.the_truth_is_held_in_95_of_100_draws(test_consistency.WORLDS["apart"], 100, 20261125, 0.87, 1)
    with pytest.raises(AssertionError):
        test_consistency.the_interval_is_that_of_the_published_trials()


def test_counter_cases_of_all_kinds_taken_together_miss_the_published_difference(monkeypatch):
    monkeypatch.setattr(test_difference, "like_with_like", all_taken_together)

    with pytest.raises(AssertionError):
        test_difference.test_like_with_like_is_the_published_difference()
    with pytest.raises(AssertionError):
        test_difference.test_like_with_like_undoes_what_the_mix_of_cases_does()


def test_counter_a_moving_range_is_not_yet_a_spread(monkeypatch):
    monkeypatch.setattr(xmr_chart, "RANGE_TO_SPREAD", 1.0)

    with pytest.raises(AssertionError):
        test_control.the_limits_are_those_of_the_published_flow_rates()


def test_counter_limits_that_are_never_reset_call_a_known_change_chance_no_more(monkeypatch):
    monkeypatch.setattr(xmr_chart, "rebased_stretches", with_all_points)

    with pytest.raises(AssertionError):
        test_control.test_limits_reset_say_why_and_no_rule_looks_across()


def test_counter_a_run_of_five_taken_for_one_of_eight_raises_more_alarms_than_is_said(monkeypatch):
    early = chart_signals.Rule("run", "five in a row", 5, 5, 0)
    monkeypatch.setattr(test_control, "p_chart", lambda series: p_chart.p_chart(series, rules=(early,)))

    with pytest.raises(AssertionError):
        test_control.a_steady_series_is_marked_as_often_as_is_said("p", 24, 300, 20261125)
