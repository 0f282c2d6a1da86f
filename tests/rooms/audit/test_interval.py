"""Intervals of shares, and the distributions behind them, equal to other people's programs and published values."""

from fractions import Fraction
from math import comb, erfc, exp, factorial, pi, sqrt, tan
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from duecare.stats import distributions, interval
from duecare.stats.interval import interval_around, resampled_interval, wilson_interval
from duecare.vocabulary.unknown import Unknown

CLOSE = 1e-9
SHARES = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(SHARES)
def test_shares_have_the_intervals_of_statsmodels(share):
    part, n = share
    ours = wilson_interval(part, n)
    low, high = proportion_confint(part, n, method="wilson")

    assert (ours.low, ours.high) == (pytest.approx(low, abs=CLOSE), pytest.approx(high, abs=CLOSE))


@pytest.mark.parametrize(
    ("part", "n", "score"),
    [
        (81, 263, (0.2553, 0.3662)),
        (15, 148, (0.0624, 0.1605)),
        (0, 20, (0.0, 0.1611)),
        (1, 29, (0.0061, 0.1718)),
    ],
)
def test_shares_of_the_published_examples(part, n, score):
    """Newcombe 1998, Statistics in Medicine 17, 857-872, table I."""
    found = wilson_interval(part, n)

    assert (round(found.low, 4), round(found.high, 4)) == score


@given(SHARES, st.integers(0, 2_000))
def test_of_a_finite_frame_the_interval_is_narrower_and_holds_the_share(share, more):
    part, n = share

    finite, endless = wilson_interval(part, n, n + more), wilson_interval(part, n)

    assert endless.low - CLOSE <= finite.low <= part / n <= finite.high <= endless.high + CLOSE
    assert more or finite.low == finite.high == part / n


def a_small_frame_is_held_as_often_as_it_says():
    """All samples of 20 from 50 files of which 12 have it, each with its exact chance."""
    chances = stats.hypergeom(50, 12, 20)

    held = sum(chances.pmf(part) for part in range(21) if wilson_interval(part, 20, 50).holds(12 / 50))

    assert 0.93 <= held <= 0.975


def test_a_small_frame_is_held_as_often_as_it_says():
    a_small_frame_is_held_as_often_as_it_says()


def test_of_no_files_there_is_no_interval():
    assert isinstance(wilson_interval(0, 0), Unknown)


def test_a_coefficient_never_leaves_its_bounds_and_needs_a_spread():
    assert interval_around(0.9, 0.5).high == 1
    assert interval_around(-0.9, 0.5).low == -1
    assert isinstance(interval_around(1.0, 0.0), Unknown)
    assert interval_around(0, 0.1, 9).high == pytest.approx(0.1 * stats.t.ppf(0.975, 9), abs=CLOSE)


def test_an_interval_is_printed_with_its_method():
    assert wilson_interval(0, 20).as_json() == {
        "low": 0.0,
        "high": pytest.approx(0.1611, abs=1e-4),
        "method": "Wilson score",
        "confidence": 0.95,
    }


# --- drawing again ------------------------------------------------------------------------------------------


def test_the_bootstrap_of_a_mean_is_as_wide_as_theory_says():
    values = [Random(at).gauss(0, 1) for at in range(200)]

    found = resampled_interval(lambda rng: sum(rng.choices(values, k=200)) / 200, 5, 1_000)

    spread = 2 * 1.96 * stats.tstd(values) / 200**0.5
    assert found.high - found.low == pytest.approx(spread, rel=0.1)


def test_a_statistic_that_is_mostly_unknown_has_no_interval():
    found = resampled_interval(lambda rng: rng.random() if rng.random() < 0.9 else Unknown("none"), 1, 500)

    assert "no value" in found.reason


def test_a_few_unknown_draws_are_left_out():
    found = resampled_interval(lambda rng: rng.random() if rng.random() < 0.99 else Unknown("none"), 1, 500)

    assert 0 < found.low < found.high < 1


def test_a_statistic_that_never_changes_has_no_interval():
    assert "same value" in resampled_interval(lambda rng: 1.0, 1, 50).reason


# --- the distributions --------------------------------------------------------------------------------------


def chi_squared_tail_by_terms(statistic, degrees):
    """The tail by its closed forms for whole degrees of freedom (Abramowitz and Stegun 26.4.4 and 26.4.5), term by term."""
    half = statistic / 2
    if degrees % 2:
        terms = [sqrt(2 * statistic / pi) * exp(-half)]
        for number in range(3, degrees, 2):
            terms.append(terms[-1] * statistic / number)
        return erfc(sqrt(half)) + (sum(terms) if degrees > 1 else 0)
    return exp(-half) * sum(half**number / factorial(number) for number in range(degrees // 2))


@given(st.floats(0, 200), st.integers(1, 20))
def test_chi_squared_is_its_closed_form(statistic, degrees):
    assert distributions.chi_squared_tail(statistic, degrees) == pytest.approx(
        chi_squared_tail_by_terms(statistic, degrees), abs=1e-12
    )


@given(st.floats(0, 1), st.integers(1, 60), st.integers(1, 60))
def test_beta_is_the_exact_sum_of_binomial_terms(x, a, b):
    share, trials = Fraction(x), a + b - 1
    exact = sum(comb(trials, hits) * share**hits * (1 - share) ** (trials - hits) for hits in range(a, trials + 1))

    assert distributions.beta_below(x, a, b) == pytest.approx(float(exact), abs=1e-11)


@given(st.floats(0.01, 0.999))
def test_student_is_its_closed_form_for_one_and_two_degrees(confidence):
    assert distributions.student_quantile(confidence, 1) == pytest.approx(tan(pi * confidence / 2), rel=CLOSE)
    assert distributions.student_quantile(confidence, 2) == pytest.approx(
        confidence * sqrt(2 / (1 - confidence**2)), rel=CLOSE
    )


@pytest.mark.parametrize(
    ("confidence", "degrees", "published"),
    [(0.95, 5, 2.571), (0.95, 10, 2.228), (0.95, 30, 2.042), (0.95, 120, 1.980), (0.99, 10, 3.169), (0.99, 30, 2.750)],
)
def test_student_is_that_of_the_printed_tables(confidence, degrees, published):
    """The two-sided critical values that statistics textbooks print, to three decimals."""
    assert round(distributions.student_quantile(confidence, degrees), 3) == published


@given(st.integers(0, 300), st.integers(0, 300))
def test_an_uneven_split_is_as_likely_as_scipy_says(one, other):
    ours = distributions.even_odds_tail(min(one, other), one + other)

    assert ours == pytest.approx(stats.binomtest(one, one + other).pvalue if one + other else 1, abs=1e-11)


def test_halving_finds_the_crossing_to_the_last_bit():
    assert distributions.find_crossing(lambda x: x * x - 2, 0, 2) == pytest.approx(2**0.5, abs=1e-15)
    assert interval.CONFIDENCE == 0.95
