"""Differences between groups are those of published examples, held as often as they say, and refused where few."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep

from duecare.figure.comparison.hour_differences import HoursPair, hours_apart
from duecare.figure.comparison.share_differences import Pair, like_with_like, share_difference
from duecare.figure.counted_share import Counted
from duecare.vocabulary.unknown import Unknown

# Agresti 2013, Categorical Data Analysis: success with a cream and without, in eight centres.
CENTRES = (
    (11, 36, 10, 37), (16, 20, 22, 32), (14, 19, 7, 19), (2, 16, 1, 17), (6, 17, 0, 12), (1, 11, 0, 10), (1, 5, 1, 9),
    (4, 6, 6, 7),
)  # fmt: skip
# Colditz and others 1994: tuberculosis among so many, with the vaccine and without, in 13 trials.
VACCINE = (
    (4, 123, 11, 139), (6, 306, 29, 303), (3, 231, 11, 220), (62, 13598, 248, 12867), (33, 5069, 47, 5808),
    (180, 1541, 372, 1451), (8, 2545, 10, 629), (505, 88391, 499, 88391), (29, 7499, 45, 7277), (17, 1716, 65, 1665),
    (186, 50634, 141, 27338), (5, 2498, 3, 2341), (27, 16913, 29, 17854),
)  # fmt: skip


def pairs(*rows):
    return [Pair(str(at), Counted("one", a, n), Counted("other", b, m)) for at, (a, n, b, m) in enumerate(rows)]


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_the_interval_is_that_of_the_published_examples(one, other, low, high):
    """Newcombe 1998, Statistics in Medicine 17, 873-890, table II, method 10."""
    found = share_difference(Counted("one", *one), Counted("other", *other), fewest=1)

    assert (round(found.interval.low, 4), round(found.interval.high, 4)) == (low, high)


SHARES = st.integers(10, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(SHARES, SHARES)
def test_the_interval_is_that_of_statsmodels_and_turns_round(one, other):
    ours = share_difference(Counted("one", *one), Counted("other", *other))
    turned = share_difference(Counted("other", *other), Counted("one", *one))
    low, high = confint_proportions_2indep(*one, *other, method="newcomb", compare="diff")

    assert (ours.interval.low, ours.interval.high) == (pytest.approx(low, abs=1e-9), pytest.approx(high, abs=1e-9))
    assert (turned.value, turned.interval.low) == (pytest.approx(-ours.value), pytest.approx(-ours.interval.high))


def test_like_with_like_is_the_published_difference():
    """Agresti 2013, section 6.3: 0.130 with a standard error of 0.050; metafor's rma.mh of the vaccine: z of -11.4708."""
    centres, vaccine = like_with_like(pairs(*CENTRES)), like_with_like(pairs(*VACCINE))

    assert round(centres.value, 3) == 0.130
    assert (centres.interval.high - centres.interval.low) / 2 / 1.959964 == pytest.approx(0.050, abs=5e-4)
    assert round(vaccine.value, 4) == -0.0033
    half = (vaccine.interval.high - vaccine.interval.low) / 2 / 1.959964
    assert vaccine.value / half == pytest.approx(-11.4708, abs=0.005)


def test_like_with_like_undoes_what_the_mix_of_cases_does():
    """Simpson: one group has most of the hard cases; within each kind it is treated better."""
    rows = ((80, 100, 700, 1_000), (90, 900, 5, 100))
    found = like_with_like(pairs(*rows))

    all_together = share_difference(Counted("one", 170, 1_000), Counted("other", 705, 1_100))
    assert all_together.value < -0.4
    assert found.value > 0.05
    assert found.is_told


def test_cases_with_none_like_them_are_left_out_and_counted():
    found = like_with_like(pairs((10, 20, 5, 20), (3, 7, 0, 0), (0, 0, 2, 9)))

    assert (found.one.n, found.other.n, found.left_out) == (20, 20, 7)
    assert found.value == pytest.approx(0.25)


def test_a_difference_that_chance_could_give_is_not_shown():
    assert not share_difference(Counted("a", 10, 50), Counted("b", 12, 50)).is_told
    assert share_difference(Counted("a", 10, 50), Counted("b", 40, 50)).is_told


def test_groups_that_are_too_few_are_refused_by_name():
    few, many = Counted("few", 3, 9), Counted("many", 30, 90)

    said = Unknown("few has 9 cases to compare, and at least 10 are needed")
    assert share_difference(few, many) == share_difference(many, few) == said
    assert like_with_like([Pair("x", few, many)]) == said
    assert like_with_like([]) == Unknown(" has 0 cases to compare, and at least 10 are needed")


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)), min_size=1))
def test_the_interval_holds_the_difference_and_turns_round(rows):
    rows = [(a, a + b, c, c + d) for a, b, c, d in rows]
    found = like_with_like(pairs(*rows), fewest=1)
    turned = like_with_like(pairs(*((c, m, a, n) for a, n, c, m in rows)), fewest=1)

    if isinstance(found, Unknown):
        assert isinstance(turned, Unknown)
        return
    assert -1 <= found.interval.low <= found.value + 1e-9
    assert found.value - 1e-9 <= found.interval.high <= 1
    assert turned.interval.low == pytest.approx(-found.interval.high, abs=1e-9)


WORLDS = {
    "one pair": (1, 40, 40, 0.1),
    "boroughs": (32, 3, 20, 0.15),
    "boroughs by kind": (200, 1, 4, 0.1),
    "no difference": (32, 3, 20, 0.0),
}


def the_truth_is_held_in_95_of_100_draws(world, times, seed, least, most):
    many, n, m, truth = WORLDS[world]
    chance, held = np.random.default_rng(seed), 0
    for _ in range(times):
        shares = chance.uniform(0.05, 0.4, many)
        drawn = zip(chance.binomial(n, shares + truth), chance.binomial(m, shares), strict=True)
        held += like_with_like(pairs(*((int(a), n, int(b), m) for a, b in drawn))).interval.holds(truth)

    assert least <= held / times <= most


@pytest.mark.parametrize("world", ["one pair", "boroughs"])
def test_the_truth_is_held_in_95_of_100_draws(world):
    the_truth_is_held_in_95_of_100_draws(world, 300, 20261125, 0.91, 0.99)


@pytest.mark.soak
@pytest.mark.parametrize("world", list(WORLDS))
def test_the_truth_is_held_in_95_of_4000_draws(world):
    the_truth_is_held_in_95_of_100_draws(world, 4_000, 1, 0.935, 0.97)


def test_hours_are_those_of_the_published_examples():
    """Hollander and Wolfe 1973 by R's wilcox.test (exact), and the chickens of the CAMIS project by the same."""
    membrane = hours_apart(
        [
            HoursPair(
                "",
                (0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46),
                (1.15, 0.88, 0.90, 0.74, 1.21),
            )
        ],
        fewest=5,
    )
    chickens = hours_apart(
        [
            HoursPair(
                "",
                (1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30),
                (0.878, 0.647, 0.598, 2.050, 1.060, 1.290, 1.060, 3.140, 1.290),
            )
        ],
        fewest=5,
    )

    assert [membrane.value, membrane.interval.low, membrane.interval.high] == pytest.approx([0.305, -0.15, 0.76])
    assert chickens.value == pytest.approx(0.5600562, abs=1e-4)
    assert [chickens.interval.low, chickens.interval.high] == pytest.approx([-0.3699774, 1.1829708], abs=1e-4)


HOURS = st.lists(st.integers(0, 60), min_size=1, max_size=12)


@given(HOURS, HOURS)
def test_the_middle_of_all_differences_lies_in_its_interval(one, other):
    found = hours_apart([HoursPair("", one, other)], fewest=1)

    assert found.value == pytest.approx(np.median([x - y for x in one for y in other]), abs=1e-6)
    assert found.interval.low - 1e-6 <= found.value <= found.interval.high + 1e-6


def test_hours_like_with_like_undo_the_mix_of_cases():
    quick, slow = HoursPair("quick", [2.0] * 20, [1.0] * 2), HoursPair("slow", [21.0] * 2, [20.0] * 20)
    lone = HoursPair("lone", [5.0], [])

    found = hours_apart([quick, slow, lone])

    assert found.value == pytest.approx(1)
    assert (found.one, found.other, found.left_out) == (22, 22, 1)
    assert found.is_told
    assert hours_apart([HoursPair("", [*quick.one, *slow.one], [*quick.other, *slow.other])]).value < 0


def test_hours_that_are_all_alike_do_not_differ():
    found = hours_apart([HoursPair("", [4.0] * 30, [4.0] * 30)])

    assert found.value == pytest.approx(0, abs=1e-6)
    assert not found.is_told
    assert found.interval.low <= 0 <= found.interval.high


def test_hours_of_few_are_refused():
    few = HoursPair("", [1.0] * 9, [1.0] * 40)

    assert hours_apart([few]) == Unknown("one of the groups has 9 cases to compare, and at least 10 are needed")


HOURS_WORLDS = {
    "one pair": (1, 20, 20, 3.0),
    "uneven": (1, 12, 60, 3.0),
    "boroughs": (30, 2, 4, 2.0),
    "alike": (10, 3, 9, 0.0),
}


def hours_hold_the_truth_in_95_of_100_draws(world, times, seed, least, most):
    many, n, m, truth = HOURS_WORLDS[world]
    chance, held = np.random.default_rng(seed), 0
    for _ in range(times):
        drawn = [
            HoursPair(
                str(at),
                (at * 5 + truth + chance.exponential(10, n)).tolist(),
                (at * 5 + chance.exponential(10, m)).tolist(),
            )
            for at in range(many)
        ]
        held += hours_apart(drawn).interval.holds(truth)

    assert least <= held / times <= most


def test_hours_hold_the_truth_in_95_of_100_draws():
    hours_hold_the_truth_in_95_of_100_draws("one pair", 150, 20261125, 0.89, 1)


@pytest.mark.soak
@pytest.mark.parametrize("world", list(HOURS_WORLDS))
def test_hours_hold_the_truth_in_95_of_2000_draws(world):
    hours_hold_the_truth_in_95_of_100_draws(world, 2_000, 1, 0.93, 0.975)
