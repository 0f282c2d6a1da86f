"""The stated error of linkage against the truth of the made-up force: drawn, answered rightly, and held to what is so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from duecare.figure.linkage_error.link_sample import JOINED, Draw, allotted_sizes, stratum_of
from duecare.figure.linkage_error.linkage_error import (
    DIFFERENT,
    SAME_PERSON,
    Answered,
    LinkError,
    PairStratum,
    link_error,
    people_range,
)
from duecare.linkage import link_records, shipped_model

BENCH = Path(__file__).parents[2] / "bench"
SEEDS, SIZE = range(20), 240
Pair = tuple[str, str, str]


@dataclass(frozen=True)
class Linked:
    """A made-up force linked: its pairs with their strata, and whether each is in truth of one person."""

    pairs: tuple[Pair, ...]
    is_one: dict[tuple[str, str], bool]
    records: int
    people: int
    true_people: int

    @property
    def strata(self) -> tuple[PairStratum, ...]:
        """How many pairs are in each stratum?"""
        counts = Counter(stratum for stratum, _, _ in self.pairs)
        return tuple(PairStratum(name, name in JOINED, number) for name, number in counts.items())

    @property
    def error(self) -> tuple[float, float]:
        """How many joined pairs are false, and how many pairs of one person are missed, in truth?"""
        told = Counter((stratum in JOINED, self.is_one[a, b]) for stratum, a, b in self.pairs)
        joined, true = told[True, True] + told[True, False], told[True, True] + told[False, True]
        return told[True, False] / joined, told[False, True] / true


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> Linked:
    """The small force of a seed on which no model was trained, linked by the shipped one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(BENCH))
        import linkage_force
    out = tmp_path_factory.mktemp("truth") / "force"
    linkage_force.write(out, times=1, seed=20_240_229)
    force = linkage_force.read(out)
    done, bounds = link_records(force.records), shipped_model().thresholds
    whose = {f"{row['source']}:{row['record_id']}": row["person"] for row in done.clusters.to_pylist()}
    pairs, is_one = [], {}
    for row in done.pairs.to_pylist():
        a, b = row["a"], row["b"]
        stratum = stratum_of(
            row["weight"], is_joined=whose[a] == whose[b], join_threshold=bounds.join, review=bounds.review
        )
        if stratum is not None:
            pairs.append((stratum, a, b))
            is_one[a, b] = force.truth[a] == force.truth[b]
    true = len({force.truth[one] for one in whose})
    return Linked(tuple(pairs), is_one, len(whose), done.people, true)


def stated(linked: Linked, seed: int, clerk: Callable[[Linked, Pair], str]) -> LinkError:
    """What is stated after one draw, where both clerks answer as this one does."""
    draw = Draw(str(seed), SIZE)
    for pair in linked.pairs:
        draw.offer(*pair)
    drawn = draw.drawn(allotted_sizes(draw.populations, SIZE))
    return link_error(linked.strata, [Answered(pair[0], clerk(linked, pair), {}) for pair in drawn])


def rightly(linked: Linked, pair: Pair) -> str:
    """A clerk who is never wrong."""
    return SAME_PERSON if linked.is_one[pair[1], pair[2]] else DIFFERENT


def as_joined(linked: Linked, pair: Pair) -> str:
    """A clerk who says what the machine says."""
    return SAME_PERSON if pair[0] in JOINED else DIFFERENT


def held(linked: Linked, clerk: Callable[[Linked, Pair], str]) -> tuple[int, int]:
    """In how many draws do the bounds of false links hold the truth, and in how many those of missed ones?"""
    false, missed = linked.error
    found = [stated(linked, seed, clerk) for seed in SEEDS]
    return (
        sum(one.false.low <= false <= one.false.high for one in found),
        sum(one.missed.low <= missed <= one.missed.high for one in found),
    )


@pytest.mark.long
def test_the_bounds_hold_the_truth_of_the_made_up_force(linked: Linked) -> None:
    false, missed = held(linked, rightly)

    assert linked.error[1] > 0
    assert false >= 18
    assert missed >= 18


def test_a_clerk_who_says_what_the_machine_says_states_a_wrong_error(linked: Linked) -> None:
    """The counter: bounds by answers that are no answers do not hold the truth."""
    _, missed = held(linked, as_joined)

    assert missed < 18


def test_the_range_of_people_holds_how_many_there_are_among_pairs_that_came_near(linked: Linked) -> None:
    """Missed links that never came near are in no sample, so that the truth may lie below, and not above."""
    ranges: list[Any] = [people_range(linked.records, linked.people, stated(linked, seed, rightly)) for seed in SEEDS]

    assert all(one.low <= linked.people for one in ranges)
    assert sum(linked.true_people <= one.high for one in ranges) >= 18
