"""The difference between two rounds: Newcombe's published examples, the other way round, and rounds without files."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duecare.stats.difference_of_shares import NEWCOMBE, newcombe_interval
from duecare.stats.interval import Interval
from duecare.vocabulary.unknown import Unknown

ROUNDS = st.integers(1, 80).flatmap(lambda files: st.tuples(st.integers(0, files), st.just(files)))


def interval_of(met: int, files: int, met_before: int, files_before: int, confidence: float = 0.95) -> Interval:
    found = newcombe_interval(met, files, met_before, files_before, confidence)
    assert isinstance(found, Interval)
    return found


@pytest.mark.parametrize(
    ("rounds", "low", "high"),
    [
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((10, 10, 0, 20), 0.6791, 1.0000),
        ((10, 10, 0, 10), 0.6075, 1.0000),
    ],
)
def test_the_published_examples(rounds: tuple[int, int, int, int], low: float, high: float) -> None:
    """Newcombe 1998, Statistics in Medicine 17, 873-890, table II, method 10."""
    found = interval_of(*rounds)

    assert (round(found.low, 4), round(found.high, 4)) == (low, high)
    assert (found.method, found.confidence) == (NEWCOMBE, 0.95)


@given(ROUNDS, ROUNDS)
def test_the_other_way_round_it_is_the_same_with_the_other_sign(now: tuple[int, int], before: tuple[int, int]) -> None:
    forward, backward = interval_of(*now, *before), interval_of(*before, *now)

    assert forward.low == pytest.approx(-backward.high, abs=1e-12)
    assert forward.high == pytest.approx(-backward.low, abs=1e-12)
    assert -1 - 1e-12 <= forward.low <= now[0] / now[1] - before[0] / before[1] <= forward.high <= 1 + 1e-12


def test_who_must_be_surer_is_given_a_wider_interval() -> None:
    usual, surer = interval_of(56, 70, 48, 80), interval_of(56, 70, 48, 80, 0.99)

    assert surer.low < usual.low < usual.high < surer.high
    assert surer.confidence == 0.99


@pytest.mark.parametrize("rounds", [(0, 0, 3, 9), (3, 9, 0, 0), (0, 0, 0, 0)])
def test_of_a_round_without_files_no_difference_is_known(rounds: tuple[int, int, int, int]) -> None:
    assert newcombe_interval(*rounds) == Unknown("a round has no files")


def test_two_whole_rounds_of_files_that_all_met_it_may_still_differ() -> None:
    found = interval_of(10, 10, 10, 10)

    assert found.low == pytest.approx(-found.high)
    assert found.high > 0.2
