"""Which pairs are drawn: strata by weight, sizes that look as closely at the few as at the many, an order by the seed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duecare.figure.linkage_error import link_sample as room
from duecare.figure.linkage_error.link_sample import APART, JOINED, STRATA, Draw, allotted_sizes, stratum_of

EXAMPLES = [
    (2.0, True, JOINED[0]), (6.0, True, JOINED[1]), (9.99, True, JOINED[1]), (10.0, True, JOINED[2]),
    (18.0, True, JOINED[3]), (-3.1, False, None), (-3.0, False, APART[0]), (0.99, False, APART[0]),
    (1.0, False, APART[1]), (3.5, False, APART[2]), (5.99, False, APART[2]), (6.0, False, APART[3]),
]  # fmt: skip


@pytest.mark.parametrize(("weight", "is_joined", "stratum"), EXAMPLES)
def test_a_pair_falls_into_one_stratum_by_its_weight(weight, is_joined, stratum):
    assert stratum_of(weight, is_joined=is_joined, join_threshold=6.0, review=1.0) == stratum


def test_every_stratum_has_a_name_of_its_own():
    assert len(set(STRATA)) == len(STRATA) == 8


@given(st.dictionaries(st.sampled_from(STRATA), st.integers(1, 400)), st.integers(0, 600))
def test_sizes_stay_within_the_strata_and_give_all_that_is_asked_where_it_is_there(populations, size):
    found = allotted_sizes(populations, size)

    assert all(min(2, populations[name]) <= found[name] <= populations[name] for name in populations)
    least = sum(min(2, number) for number in populations.values())
    assert sum(found.values()) == min(max(size, least), sum(populations.values()))


def drawn(pairs, seed, size=5):
    draw = Draw(seed, size)
    for stratum, a, b in pairs:
        draw.offer(stratum, a, b)
    return draw.drawn(allotted_sizes(draw.populations, size)), draw.populations


PAIRS = [(STRATA[n % 3], f"made:a{n}", f"made:b{n}") for n in range(60)]


def test_the_draw_does_not_depend_on_the_order_in_which_pairs_come():
    assert drawn(PAIRS, "s") == drawn(PAIRS[::-1], "s")
    assert drawn(PAIRS, "s")[1] == {STRATA[0]: 20, STRATA[1]: 20, STRATA[2]: 20}


def test_a_draw_of_the_first_that_come_would(monkeypatch):
    """The counter: what is kept because it came first is no draw."""
    monkeypatch.setattr(room, "hash_parts", lambda *_: "0")

    assert drawn(PAIRS, "s") != drawn(PAIRS[::-1], "s")


def test_every_pair_is_drawn_about_as_often_as_the_next():
    counts = dict.fromkeys(PAIRS, 0)
    for seed in range(600):
        for one in drawn(PAIRS, str(seed), 15)[0]:
            counts[one] += 1

    assert 110 < min(counts.values()) <= max(counts.values()) < 190  # 150 expected, each within about four deviations
