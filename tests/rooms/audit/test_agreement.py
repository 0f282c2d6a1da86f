"""Agreement of two sides: equal to other people's programs and to published examples, and refused where it must be."""

from math import isnan, sqrt

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import cohens_kappa
from tests.rooms.audit.tables import ABSTRACTORS, DIAGNOSES, WORDS, table, tables

from duecare.audit.agreement import agreement
from duecare.audit.agreement.agreement import (
    bootstrap_interval,
    cohen_kappa,
    gwet_coefficient,
    linear_weights,
    nominal_weights,
    quadratic_weights,
    raw_agreement,
)
from duecare.audit.agreement.crosstab import Crosstab
from duecare.vocabulary.unknown import Unknown

CLOSE = 1e-9
WEIGHTINGS = {"nominal": None, "linear": "linear", "quadratic": "quadratic"}


def of(name):
    return getattr(agreement, f"{name}_weights")


def as_lists(held):
    size = range(len(held.grades))
    pairs = [(down, across) for down in size for across in size for _ in range(held.counts[down][across])]
    return [down for down, _ in pairs], [across for _, across in pairs]


def kappa_is_that_of_scikit_learn(held, name):
    force, inspectors = as_lists(held)

    theirs = cohen_kappa_score(force, inspectors, labels=list(range(len(held.grades))), weights=WEIGHTINGS[name])

    assert cohen_kappa(held, of(name)).value == pytest.approx(theirs, abs=CLOSE)


def error_is_that_of_statsmodels(held, name):
    weights = None if name == "nominal" else 1 - np.array(of(name)(len(held.grades)))

    with np.errstate(all="ignore"):
        theirs = cohens_kappa(np.array(held.counts), weights=weights)

    ours = cohen_kappa(held, of(name))
    assert ours.value == pytest.approx(theirs.kappa, abs=CLOSE)
    if not isnan(theirs.std_kappa):
        assert ours.standard_error**2 == pytest.approx(theirs.var_kappa, abs=CLOSE)


@pytest.mark.parametrize("name", WEIGHTINGS)
@given(tables())
def test_kappa_is_that_of_scikit_learn(name, held):
    assume(not isinstance(cohen_kappa(held).value, Unknown))

    kappa_is_that_of_scikit_learn(held, name)


@pytest.mark.parametrize("name", WEIGHTINGS)
@given(tables())
def test_kappa_and_its_standard_error_are_those_of_statsmodels(name, held):
    assume(not isinstance(cohen_kappa(held).value, Unknown))

    error_is_that_of_statsmodels(held, name)


def test_kappa_of_a_published_example():
    found = cohen_kappa(ABSTRACTORS)

    assert (round(found.value, 7), round(found.standard_error, 8)) == (0.7964094, 0.05891072)


@pytest.mark.parametrize(
    ("held", "name", "value", "error"),
    [
        (ABSTRACTORS, "nominal", 0.84933, 0.04322),
        (ABSTRACTORS, "quadratic", 0.94024, 0.01792),
        (DIAGNOSES, "nominal", 0.456, 0.043),
        (DIAGNOSES, "linear", 0.377, 0.056),
        (DIAGNOSES, "quadratic", 0.299, 0.075),
    ],
)
def test_gwet_of_published_examples(held, name, value, error):
    """Printed by the author's own package irrCAC for the data of his handbook."""
    found = gwet_coefficient(held, of(name))

    digits = 5 if held is ABSTRACTORS else 3
    assert (round(found.value, digits), round(found.standard_error, digits)) == (value, error)


def test_gwet_interval_of_a_published_example():
    interval = gwet_coefficient(ABSTRACTORS).interval

    assert (round(interval.low, 5), round(interval.high, 5)) == (0.76358, 0.93508)


@pytest.mark.parametrize("name", WEIGHTINGS)
@given(tables())
def test_gwet_is_worked_out_as_its_definition_says(name, held):
    assume(held.n > 1)
    force, inspectors = map(np.array, (held.by_force, held.by_inspectorate))
    weights, counts = np.array(of(name)(len(held.grades))), np.array(held.counts)
    q, mean = len(held.grades), (force + inspectors) / (2 * held.n)

    observed = (weights * counts).sum() / held.n
    chance = weights.sum() / (q * (q - 1)) * (mean * (1 - mean)).sum()

    assert gwet_coefficient(held, of(name)).value == pytest.approx((observed - chance) / (1 - chance), abs=CLOSE)


def raw_agreement_is_the_share_on_the_diagonal(held):
    found = raw_agreement(held)

    assert found.value == pytest.approx(np.trace(np.array(held.counts)) / held.n, abs=CLOSE)
    assert found.interval.low <= found.value <= found.interval.high


@given(tables())
def test_raw_agreement_is_the_share_on_the_diagonal(held):
    assume(held.n)

    raw_agreement_is_the_share_on_the_diagonal(held)


# --- what the data cannot support ---------------------------------------------------------------------------


@pytest.mark.parametrize("size", [2, 3, 4])
def test_no_files_and_one_file_give_nothing(size):
    nothing = table(*[[0] * size] * size)
    single = table([1] + [0] * (size - 1), *[[0] * size] * (size - 1))

    for held in (nothing, single):
        for coefficient in (
            cohen_kappa(held),
            gwet_coefficient(held),
            cohen_kappa(held, quadratic_weights),
            gwet_coefficient(held, linear_weights),
        ):
            assert isinstance(coefficient.value, Unknown)
            assert coefficient.as_json()["refused"] == "fewer than two files were graded by both sides"
    assert isinstance(raw_agreement(nothing).value, Unknown)
    assert isinstance(bootstrap_interval(cohen_kappa, single, 1), Unknown)


@pytest.mark.parametrize("weighting", [nominal_weights, linear_weights, quadratic_weights])
def test_one_grade_for_every_file_gives_no_kappa_and_perfect_ac1(weighting):
    held = table((100, 0, 0), (0, 0, 0), (0, 0, 0))

    assert "same one grade" in cohen_kappa(held, weighting).value.reason
    assert gwet_coefficient(held, weighting).value == pytest.approx(1)
    assert "no spread" in gwet_coefficient(held, weighting).interval.reason


@pytest.mark.parametrize("weighting", [nominal_weights, linear_weights, quadratic_weights])
def test_perfect_agreement_is_one_and_its_interval_is_refused(weighting):
    held = table((40, 0, 0), (0, 60, 0), (0, 0, 20))

    for found in (cohen_kappa(held, weighting), gwet_coefficient(held, weighting)):
        assert found.value == pytest.approx(1)
        assert found.standard_error == 0
        assert "no spread" in found.interval.reason
    assert isinstance(bootstrap_interval(lambda drawn: cohen_kappa(drawn, weighting), held, 1, 200), Unknown)


def test_no_agreement_at_all_is_below_zero():
    held = table((0, 30), (30, 0))

    assert cohen_kappa(held).value == pytest.approx(-1)
    assert gwet_coefficient(held).value == pytest.approx(-1)
    assert raw_agreement(held).value == 0
    assert raw_agreement(held).interval.low == 0


def test_few_files_give_a_value_and_no_analytic_interval():
    held = table((8, 2), (3, 9))

    found = cohen_kappa(held)

    assert found.value == pytest.approx(0.5454545454545454)
    assert "the analytic interval does not hold" in found.interval.reason
    assert found.as_json()["interval"] is None
    assert "fewer than 100" in cohen_kappa(table((30, 2, 0), (3, 30, 1), (0, 0, 5)), linear_weights).interval.reason


def test_a_coefficient_is_printed_with_its_interval_and_no_refusal():
    shown = cohen_kappa(ABSTRACTORS).as_json()

    assert shown["refused"] is None
    assert shown["n"] == 100
    assert shown["interval"]["low"] < shown["value"] < shown["interval"]["high"]
    assert shown["interval"]["method"] == "analytic, normal"


# --- intervals by drawing again -----------------------------------------------------------------------------


def the_same_seed_gives_the_same_interval():
    assert bootstrap_interval(cohen_kappa, ABSTRACTORS, 7, 200) == bootstrap_interval(cohen_kappa, ABSTRACTORS, 7, 200)


def test_the_same_seed_gives_the_same_interval():
    the_same_seed_gives_the_same_interval()

    assert bootstrap_interval(cohen_kappa, ABSTRACTORS, 7, 200) != bootstrap_interval(cohen_kappa, ABSTRACTORS, 8, 200)


def test_the_bootstrap_spreads_as_the_analytic_error_says():
    interval = bootstrap_interval(cohen_kappa, ABSTRACTORS, 11, 1_000)

    assert interval.high - interval.low == pytest.approx(2 * 1.96 * cohen_kappa(ABSTRACTORS).standard_error, rel=0.15)


@given(tables(), st.integers(0, 2**32))
def test_a_table_drawn_again_has_as_many_files_and_none_where_there_were_none(held, seed):
    from random import Random

    assume(held.n)

    drawn = held.drawn_again(Random(seed))

    assert drawn.n == held.n
    cells = [
        (one, other)
        for row, again in zip(held.counts, drawn.counts, strict=True)
        for one, other in zip(row, again, strict=True)
    ]
    assert [other for one, other in cells if not one and other] == []


# --- the made-up pair of the two-way cut --------------------------------------------------------------------


def test_agreement_on_the_cut_and_on_all_grades_are_two_things():
    held = Crosstab(WORDS, 2, ((10, 9, 1, 0), (8, 10, 0, 0), (0, 1, 9, 8), (0, 0, 7, 10)))

    assert raw_agreement(held).value == 39 / 73
    assert raw_agreement(held.on_the_cut).value == 71 / 73


def test_the_normal_interval_is_the_value_and_so_many_errors():
    found = cohen_kappa(DIAGNOSES)

    assert found.interval.high - found.value == pytest.approx(1.959963984540054 * found.standard_error, abs=CLOSE)
    assert found.standard_error == pytest.approx(sqrt(cohens_kappa(np.array(DIAGNOSES.counts)).var_kappa), abs=CLOSE)
