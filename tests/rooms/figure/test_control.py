"""Charts over time: their limits are those of published examples, and they raise false alarms as often as they say."""

import math
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duecare.figure.charts.chart_signals import NEAR_RULE, OUTSIDE, RULES, RUN_RULE
from duecare.figure.charts.control_limits import Rebase
from duecare.figure.charts.p_chart import p_chart
from duecare.figure.charts.xmr_chart import Measured, xmr_chart
from duecare.figure.counted_share import Counted
from duecare.vocabulary.unknown import Unknown

FLOW = (49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1)
WAFERS = (12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6)


def measured(*values):
    return [Measured(str(at), value) for at, value in enumerate(values, 1)]


def counted(*pairs):
    return [Counted(str(at), part, n) for at, (part, n) in enumerate(pairs, 1)]


def signals(chart):
    return {int(one.label): [rule.code for rule in one.rules] for one in chart.signals}


def steady(length, level=10.0):
    """A series that goes up and down by one around its level, with no run and nothing outside."""
    return [level + (1 if at % 2 else -1) for at in range(length)]


def the_limits_are_those_of_the_published_flow_rates():
    """NIST/SEMATECH e-Handbook of Statistical Methods 6.3.2.2: ten batches of flow rates."""
    limits = xmr_chart(measured(*FLOW), fewest=10).values.points[0].limits

    assert (limits.centre, limits.low, limits.high) == (
        pytest.approx(50.81),
        pytest.approx(45.8159, abs=5e-5),
        pytest.approx(55.8041, abs=5e-5),
    )


def test_the_limits_are_those_of_the_published_flow_rates():
    the_limits_are_those_of_the_published_flow_rates()


def test_moving_ranges_have_their_mean_and_their_limit():
    ranges = xmr_chart(measured(*FLOW), fewest=10).ranges

    assert isinstance(ranges.points[0].value, Unknown)
    assert ranges.points[1].value == pytest.approx(2.0)
    assert ranges.points[1].limits.centre == pytest.approx(1.8778, abs=5e-5)
    assert ranges.points[1].limits.high == pytest.approx(3.267 * 1.8778, abs=5e-4)
    assert ranges.points[1].limits.low == 0


def test_the_plain_p_chart_is_that_of_the_published_wafers():
    """NIST/SEMATECH e-Handbook 6.3.3.2: 30 wafers of 50 chips, mean .2313; wafers 15 and 23 lie outside."""
    chart = p_chart(counted(*((k, 50) for k in WAFERS)), rules=(OUTSIDE,), baseline=30, may_widen=False)
    limits = chart.points[0].limits

    assert (round(limits.centre, 4), round(limits.low, 4), round(limits.high, 4)) == (0.2313, 0.0524, 0.4102)
    assert signals(chart) == {15: ["outside"], 23: ["outside"]}


def test_with_periods_of_one_size_widened_limits_are_those_of_single_values():
    """Laney 2002: where all subgroups have one size, the p' chart is the XmR chart of the shares."""
    of_shares = p_chart(counted(*((k, 50) for k in WAFERS)), baseline=30)
    of_values = xmr_chart(measured(*(k / 50 for k in WAFERS)), baseline=30).values

    assert of_shares.phases[0].widened == pytest.approx(1.6609, abs=5e-5)
    for one, other in zip(of_shares.points, of_values.points, strict=True):
        assert one.limits.high == pytest.approx(other.limits.high)
        assert one.limits.low == pytest.approx(other.limits.low)


def test_limits_are_never_narrower_than_chance_in_single_cases():
    chart = p_chart(counted(*((10 + at % 2, 50) for at in range(24))))

    assert chart.phases[0].widened == 1
    assert chart.points[0].limits.spread == pytest.approx(math.sqrt(0.21 * 0.79 / 50))


def test_months_with_more_cases_have_narrower_limits():
    chart = p_chart(counted(*((n // 5, n) for n in (50, 200) * 8)))

    assert chart.points[1].limits.spread < chart.points[0].limits.spread


@pytest.mark.parametrize(
    ("tail", "expected"),
    [
        ((16.0,), {25: ["outside"]}),
        ((4.0,), {25: ["outside"]}),
        ((14.0, 10.0, 14.0), {25: ["near"], 27: ["near"]}),
        ((14.0, 6.0, 14.0), {25: ["near"], 27: ["near"]}),
        ((14.0, 10.0, 10.0, 14.0), {}),
        ((10.5,) * 6, {}),
        ((10.5,) * 7, {at: ["run"] for at in range(24, 32)}),
        ((10.5,) * 3 + (10.0,) + (10.5,) * 4, {}),
    ],
    ids=[
        "above",
        "below",
        "2 of 3",
        "not those on the other side",
        "too far apart",
        "seven",
        "eight",
        "on the middle",
    ],
)
def test_points_that_are_more_than_chance_are_named_by_their_rule(tail, expected):
    chart = xmr_chart(measured(*steady(24), *tail)).values

    assert signals(chart) == expected


def test_what_comes_later_does_not_move_the_limits():
    before, after = xmr_chart(measured(*steady(24))).values, xmr_chart(measured(*steady(24), 30.0, 30.0)).values

    assert after.points[-1].limits == before.points[0].limits
    assert OUTSIDE in after.points[-1].rules


def test_limits_reset_say_why_and_no_rule_looks_across():
    series = [*steady(20), *steady(20, 11.5)]
    plain = xmr_chart(measured(*series)).values
    anew = xmr_chart(
        measured(*series), [Rebase("21", "A second team began."), Rebase("99", "Not in this series.")]
    ).values

    assert plain.signals
    assert not anew.signals
    assert [(one.first, one.why, one.set_by) for one in anew.phases] == [
        ("1", "", 20),
        ("21", "A second team began.", 20),
    ]
    assert anew.points[19].limits.centre == pytest.approx(10)
    assert anew.points[20].limits.centre == pytest.approx(11.5)


def test_of_few_points_no_limits_are_set():
    few = xmr_chart(measured(*steady(11)))

    assert few.values.points[0].limits == Unknown("11 points are known, and limits need 12")
    assert few.ranges.points[1].limits == few.values.points[0].limits
    assert not isinstance(xmr_chart(measured(*steady(12))).values.points[0].limits, Unknown)
    assert p_chart(counted(*((5, 50),) * 11)).points[0].limits == Unknown("11 points have cases, and limits need 12")


def test_where_nothing_varies_no_limits_are_set():
    assert "the same" in xmr_chart(measured(*(4.0,) * 20)).values.points[0].limits.reason
    assert "alike" in p_chart(counted(*((0, 50),) * 20)).points[0].limits.reason
    assert "alike" in p_chart(counted(*((50, 50),) * 20)).points[0].limits.reason


def test_a_month_without_cases_has_no_value_and_breaks_a_run():
    series = counted(*((10 + at % 2, 50) for at in range(24)), *((12, 50),) * 4, (0, 0), *((12, 50),) * 4)
    chart = p_chart(series)

    assert chart.points[28].value == Unknown("no cases")
    assert isinstance(chart.points[28].limits, Unknown)
    assert not chart.signals


def test_a_month_with_few_cases_has_no_limits():
    chart = p_chart(counted(*((10 + at % 2, 50) for at in range(24)), (3, 3)))

    assert chart.points[24].limits == Unknown("too few cases to set limits by")
    assert not chart.signals


def test_a_value_that_is_not_known_has_no_range():
    gone = Unknown("the feed was stale")
    found = xmr_chart(measured(*steady(12), gone, *steady(12)))

    assert found.values.points[12].value == gone
    assert [one.value for one in found.ranges.points[12:14]] == [gone, gone]
    assert found.values.phases[0].set_by == 23


def test_where_every_other_value_is_known_there_is_no_range_to_set_limits_by():
    found = xmr_chart(measured(*(one for value in steady(12) for one in (value, Unknown("not sent")))))

    assert isinstance(found.values.points[0].limits, Unknown)


def test_shares_without_neighbours_are_not_widened():
    series = counted(*(pair for at in range(12) for pair in ((10 + at % 2, 50), (0, 0))))

    assert p_chart(series).phases[0].widened == 1


@given(st.lists(st.floats(0, 1_000), min_size=1, max_size=60), st.sets(st.integers(1, 60)))
def test_every_point_stands_once_and_limits_hold_their_middle(values, anew):
    chart = xmr_chart(measured(*values), [Rebase(str(at), "said") for at in anew]).values

    assert [one.value for one in chart.points] == values
    for one in chart.points:
        if not isinstance(one.limits, Unknown):
            assert 0 <= one.limits.low <= one.limits.centre <= one.limits.high
            assert (OUTSIDE in one.rules) == (not one.limits.low - 1e-9 <= one.value <= one.limits.high + 1e-9)


# How often a steady series has any mark, by how long it is; measured over 20,000 draws of each.
FALSE_ALARMS = {
    ("xmr", 12): 0.042,
    ("xmr", 24): 0.111,
    ("xmr", 36): 0.260,
    ("p", 12): 0.007,
    ("p", 24): 0.061,
    ("p", 36): 0.156,
}


def a_steady_series_is_marked_as_often_as_is_said(kind, length, times, seed):
    chance, marked = Random(seed), 0
    for _ in range(times):
        if kind == "xmr":
            chart = xmr_chart(measured(*(chance.gauss(50, 5) for _ in range(length)))).values
        else:
            chart = p_chart(counted(*((_binomial(chance, 200, 0.2), 200) for _ in range(length))))
        marked += bool(chart.signals)

    said = FALSE_ALARMS[kind, length]
    assert abs(marked / times - said) <= 3.3 * math.sqrt(said * (1 - said) / times) + 0.005


def _binomial(chance, n, share):
    return sum(chance.random() < share for _ in range(n))


@pytest.mark.parametrize(("kind", "length"), [("xmr", 24), ("p", 24)])
def test_a_steady_series_is_marked_as_often_as_is_said(kind, length):
    a_steady_series_is_marked_as_often_as_is_said(kind, length, 300, 20261125)


@pytest.mark.soak
@pytest.mark.parametrize(("kind", "length"), list(FALSE_ALARMS))
def test_a_steady_series_is_marked_as_often_as_is_said_in_many_draws(kind, length):
    a_steady_series_is_marked_as_often_as_is_said(kind, length, 4_000, 1)


def a_change_is_seen(times, seed):
    """A level that rises by two of its standard deviations is marked within eight months, in 95 of 100 series."""
    chance, seen = Random(seed), 0
    for _ in range(times):
        series = [chance.gauss(50, 5) for _ in range(24)] + [chance.gauss(60, 5) for _ in range(8)]
        seen += any(int(one.label) > 24 for one in xmr_chart(measured(*series)).values.signals)

    assert seen / times >= 0.95


def test_a_change_is_seen():
    a_change_is_seen(200, 20261125)


def test_rules_are_data():
    assert [(one.points, one.among, one.beyond) for one in RULES] == [(1, 1, 3), (8, 8, 0), (2, 3, 2)]
    assert (OUTSIDE, RUN_RULE, NEAR_RULE) == RULES
