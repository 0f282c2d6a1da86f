"""The funnel of shares: equal areas are flagged no more often than is said, and one made truly worse is flagged."""

import math
from functools import lru_cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from duecare.figure.charts import funnel_chart as funnels
from duecare.figure.charts.funnel_chart import Allowance, Funnel, dispersion_of, funnel_of
from duecare.figure.counted_share import Counted
from duecare.vocabulary.unknown import Unknown

SMALL = tuple(range(20, 116, 3))
LARGE = tuple(range(100, 900, 25))
STATED = 0.002


def counted(*pairs):
    return [Counted(f"area {at}", part, n) for at, (part, n) in enumerate(pairs, 1)]


@given(st.integers(1, 400), st.floats(0.01, 0.99), st.sampled_from([0.95, 0.998]))
def test_no_more_lie_outside_by_chance_than_the_limits_say(n, share, confidence):
    low, high = Funnel(share, 32, 1.0).limits(n, confidence)
    chances = stats.binom(n, share)
    tail = (1 - confidence) / 2 + 1e-9

    assert chances.cdf(math.ceil(low * n - 1e-9) - 1) <= tail
    assert chances.sf(math.floor(high * n + 1e-9)) <= tail
    assert 0 <= low <= share <= high <= 1


@given(st.integers(1, 400), st.floats(0.01, 0.99), st.sampled_from([0.95, 0.998]))
def test_one_case_further_in_would_be_too_often(n, share, confidence):
    """The limits are as narrow as whole cases let them be."""
    low, high = Funnel(share, 32, 1.0).limits(n, confidence)
    chances, tail = stats.binom(n, share), (1 - confidence) / 2 - 1e-9

    assert chances.cdf(math.ceil(low * n - 1e-6)) >= tail
    assert chances.sf(math.floor(high * n + 1e-6) - 1) >= tail


def test_the_limits_close_as_cases_grow_and_mirror_the_other_way_round():
    found, other_way = Funnel(0.2, 32, 1.0), Funnel(0.8, 32, 1.0)
    reaches = [found.limits(n, 0.95) for n in (10, 40, 160, 640, 2_560)]

    assert [high for _, high in reaches] == sorted((high for _, high in reaches), reverse=True)
    assert [low for low, _ in reaches] == sorted(low for low, _ in reaches)
    assert other_way.limits(40, 0.95) == (pytest.approx(1 - reaches[1][1]), pytest.approx(1 - reaches[1][0]))


def test_with_many_cases_the_limits_are_those_of_the_normal():
    low, high = Funnel(0.2, 32, 1.0).limits(100_000, 0.95)

    assert (low, high) == (
        pytest.approx(0.2 - 1.96 * math.sqrt(0.16 / 100_000), abs=2e-5),
        pytest.approx(0.2 + 1.96 * math.sqrt(0.16 / 100_000), abs=2e-5),
    )


def test_an_area_far_out_is_flagged_and_the_others_are_not():
    areas = counted((45, 100), *((20, 100),) * 20)
    found = funnel_of(areas)

    assert [one.label for one in areas if found.is_flagged(one)] == ["area 1"]
    assert found.outside(areas[0]) == 0.998
    assert found.outside(areas[1]) is None
    assert found.outside(Counted("area 22", 28, 100)) is None
    assert found.outside(Counted("area 22", 31, 100)) == 0.95


def test_an_area_without_cases_lies_nowhere():
    areas = [*counted((3, 20), (5, 20)), Counted("none", 0, 0, unknown=4)]
    found = funnel_of(areas)

    assert found.areas == 2
    assert found.outside(areas[2]) is None
    assert not found.is_flagged(areas[2])


def test_how_many_lie_outside_by_chance_is_said():
    found = Funnel(0.2, 32, 1.0)

    assert found.by_chance(0.95) == pytest.approx(1.6)
    assert found.by_chance(0.998) == pytest.approx(0.064)


def test_of_one_area_or_of_cases_all_alike_there_is_no_funnel():
    assert funnel_of(counted((3, 20), (0, 0))) == Unknown("fewer than two areas have cases")
    assert "alike" in funnel_of(counted((0, 20), (0, 30))).reason
    assert "alike" in funnel_of(counted((20, 20), (30, 30))).reason


WIDE = counted(*((10, 100), (30, 100)) * 12)


def test_where_areas_vary_by_more_than_chance_limits_allow_for_it():
    plain, multiplied, added = (funnel_of(WIDE, one) for one in Allowance)

    assert (plain.allowance, multiplied.allowance, added.allowance) == tuple(Allowance)
    assert plain.dispersion == multiplied.dispersion == added.dispersion > 6
    assert plain.limits(100, 0.95)[1] < multiplied.limits(100, 0.95)[1]
    assert plain.limits(100, 0.95)[1] < added.limits(100, 0.95)[1]
    reach = plain.limits(400, 0.95)[1] - 0.2
    assert multiplied.limits(400, 0.95)[1] - 0.2 == pytest.approx(reach * math.sqrt(plain.dispersion))
    assert added.limits(400, 0.95)[1] - 0.2 == pytest.approx(reach * math.sqrt(1 + added.between * 400 / 0.16))


def test_of_few_areas_nobody_can_separate_chance_from_what_sets_them_apart():
    assert funnel_of(WIDE[:9]).allowance is Allowance.NONE
    assert funnel_of(WIDE[:10]).allowance is Allowance.ADDED


def test_areas_no_further_apart_than_chance_keep_the_limits_of_chance():
    assert funnel_of(counted(*((18, 100), (20, 100), (22, 100)) * 8)).allowance is Allowance.NONE


def test_areas_far_out_do_not_hide_each_other():
    areas = counted(*((45, 100),) * 3, *((at, 100) for at in range(13, 28)), *((at, 100) for at in range(13, 27)))
    found = funnel_of(areas)

    assert [one.label for one in areas if found.is_flagged(one)] == ["area 1", "area 2", "area 3"]


def test_dispersion_is_one_where_there_is_only_chance():
    standard = stats.norm.ppf((np.arange(400) + 0.5) / 400)

    assert dispersion_of(list(standard)) == pytest.approx(1, abs=0.02)
    assert dispersion_of([2.0, -2.0]) == 4


def of_areas(chance, sizes, shares):
    return [
        Counted(str(at), int(part), n)
        for at, (part, n) in enumerate(zip(chance.binomial(sizes, shares), sizes, strict=True))
    ]


@pytest.fixture
def _quick(monkeypatch):
    monkeypatch.setattr(funnels, "_lowest_share", lru_cache(None)(funnels._lowest_share))


def equal_areas_are_flagged_no_more_often_than_is_said(sizes, share, times, seed):
    """One area in 500, and any of 32 in 6.2 of 100 draws."""
    chance, flagged, any_flagged = np.random.default_rng(seed), 0, 0
    for _ in range(times):
        areas = of_areas(chance, sizes, np.full(len(sizes), share))
        found = funnel_of(areas)
        out = sum(found.is_flagged(one) for one in areas)
        flagged, any_flagged = flagged + out, any_flagged + bool(out)

    drawn = times * len(sizes)
    assert flagged / drawn <= STATED + 3 * math.sqrt(STATED / drawn)
    assert any_flagged / times <= 0.062 + 3 * math.sqrt(0.062 / times)


@pytest.mark.usefixtures("_quick")
@pytest.mark.parametrize("sizes", [SMALL, LARGE], ids=["small", "large"])
def test_equal_areas_are_flagged_no_more_often_than_is_said(sizes):
    equal_areas_are_flagged_no_more_often_than_is_said(sizes, 0.15, 100, 20261125)


@pytest.mark.soak
@pytest.mark.usefixtures("_quick")
@pytest.mark.parametrize("sizes", [SMALL, LARGE], ids=["small", "large"])
@pytest.mark.parametrize("share", [0.05, 0.15, 0.3, 0.5])
def test_equal_areas_are_flagged_no_more_often_than_is_said_in_2500_draws(sizes, share):
    equal_areas_are_flagged_no_more_often_than_is_said(sizes, share, 2_500, 1)


# In how many draws of 100 is an area flagged whose share is truly so many points above the 10 % of 31 others?
POWER = {(50, 0.2): 0.66, (100, 0.15): 0.73, (200, 0.1): 0.73, (200, 0.15): 0.97, (400, 0.1): 0.98}


def an_area_truly_worse_is_flagged(n, more, times, seed):
    chance, seen = np.random.default_rng(seed), 0
    for _ in range(times):
        areas = of_areas(chance, (n,) * 32, np.array([0.1 + more] + [0.1] * 31))
        seen += funnel_of(areas).is_flagged(areas[0])

    said = POWER[n, more]
    assert abs(seen / times - said) <= 3.3 * math.sqrt(said * (1 - said) / times) + 0.02


@pytest.mark.usefixtures("_quick")
@pytest.mark.parametrize(("n", "more"), [(100, 0.15), (200, 0.15)])
def test_an_area_truly_worse_is_flagged(n, more):
    an_area_truly_worse_is_flagged(n, more, 100, 20261125)


@pytest.mark.soak
@pytest.mark.usefixtures("_quick")
@pytest.mark.parametrize(("n", "more"), list(POWER))
def test_an_area_truly_worse_is_flagged_in_2000_draws(n, more):
    an_area_truly_worse_is_flagged(n, more, 2_000, 1)


def areas_that_differ_for_many_reasons_are_flagged_rarely(allowance, most, times, seed):
    """True shares around 15 % with a standard deviation of 3 points, none of them apart from the rest."""
    chance, flagged = np.random.default_rng(seed), 0
    for _ in range(times):
        areas = of_areas(chance, LARGE, np.clip(chance.normal(0.15, 0.03, len(LARGE)), 0.001, 1))
        found = funnel_of(areas, allowance)
        flagged += sum(found.is_flagged(one) for one in areas)

    assert flagged / times / len(LARGE) <= most


@pytest.mark.usefixtures("_quick")
def test_areas_that_differ_for_many_reasons_are_flagged_rarely_where_limits_allow_for_it():
    areas_that_differ_for_many_reasons_are_flagged_rarely(Allowance.ADDED, 0.008, 60, 20261125)


@pytest.mark.usefixtures("_quick")
def test_limits_of_chance_alone_flag_them_far_more_often_than_is_said():
    with pytest.raises(AssertionError):
        areas_that_differ_for_many_reasons_are_flagged_rarely(Allowance.NONE, 0.05, 60, 20261125)
