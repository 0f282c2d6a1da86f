"""Pairs to look at, the draw of a sample and the error of linkage, from the command line."""

from __future__ import annotations

import pytest
from tests.made.deliveries import write
from tests.made.doubtful import doubtful


@pytest.fixture
def program(fresh, tmp_path):
    """The program, on a store with doubtful pairs."""
    done = fresh("run", write(doubtful(), tmp_path / "doubt-2026-11-26"), "--json")
    assert done.code == 0, done.err
    return fresh


def test_pairs_are_listed_with_what_hangs_on_them_as_json_and_in_words(program):
    listed, words = program("pairs", "--json").json, program("pairs").out
    first = program("pairs", "--limit", 1, "--json").json

    assert {listed[0]["a"], listed[0]["b"]} == {"doubt:went", "doubt:came-back"}
    assert listed[0]["hangs"][0] == "a danger reported as happening now stands or falls with it"
    assert set(listed[0]) == {"a", "b", "weight", "held", "is_one", "hangs"}
    assert first == listed[:1]
    assert "not joined" in words
    assert not any("sealed-2" in one["b"] or "sealed-2" in one["a"] for one in listed)
    assert program("pairs", "--limit", 0).code == 2


def test_a_pair_that_is_judged_is_listed_no_more(program):
    one = program("pairs", "--json").json[0]
    assert program("judge", one["a"], one["b"], "same", "--reason", "One child, the school says.").code == 0

    assert (one["a"], one["b"]) not in {(each["a"], each["b"]) for each in program("pairs", "--json").json}


def test_a_draw_is_shown_by_stratum_and_the_error_is_not_known_before_clerks_have_answered(program):
    before = program("linkage", "error", "--json").json
    drawn = program("linkage", "sample", "--seed", "seed", "--size", 50, "--json").json
    words = program("linkage", "sample", "--seed", "seed").out
    after, told = program("linkage", "error", "--json").json, program("linkage", "error").out

    assert (before["drawn"], before["false_links"], before["people_low"]) == (0, None, None)
    assert drawn["seed"] == "seed"
    assert drawn["drawn"] == sum(one["drawn"] for one in drawn["strata"]) > 2
    assert "by the seed seed" in words
    assert (after["drawn"], after["answered"]) == (drawn["drawn"], 0)
    assert "more pairs answered by two clerks are needed" in after["false_links"]["refused"]
    assert "not known" in told


def test_nothing_can_be_drawn_of_an_empty_store(fresh):
    done = fresh("linkage", "sample")

    assert done.code == 13
    assert "LNK-007" in done.err
