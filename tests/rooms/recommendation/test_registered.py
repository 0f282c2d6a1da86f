"""The test is fixed and hashed when a recommendation is accepted; what passes is arithmetic, and what is fresh is a rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from duecare.audit.agreement.stratified_estimate import Estimate
from duecare.recommendation.deciding_round import (
    Grader,
    RoundEvidence,
    deciding_round,
    spoilt_reasons,
    strange_reasons,
    unfinished_reasons,
)
from duecare.recommendation.recommendation_at_moment import Claim
from duecare.recommendation.recommendation_fact import Party
from duecare.recommendation.registered_test import FigureTest, Level, SampleTest, Sure, as_said, hash_of, read_test
from duecare.stats.interval import Interval
from duecare.vocabulary.refusals import Refusal
from duecare.vocabulary.unknown import Unknown

AT = datetime(2026, 6, 1, 9, tzinfo=UTC)
CLAIM = Claim(AT, "chief", Party.FORCE, "CO1", ("Team A",), "Done.")
TEST = SampleTest(Level(0.9), 20)
WHY = Unknown("no frame")


DRAWN = RoundEvidence(
    name="one", kind="inspection", drawn_at=AT, is_ended=True, is_open=True, is_by_choice=True, case_kinds=(), areas=(),
    opened_from=None, opened_to=None, files=20, graded=20, graders=(), estimate=Estimate(100, 20, WHY, WHY, WHY),
)  # fmt: skip


def drawn(name: str = "one", days: float = 1, **changes: Any) -> RoundEvidence:
    return replace(DRAWN, name=name, drawn_at=AT + timedelta(days=days), **changes)


@pytest.mark.parametrize(
    ("level", "value", "interval", "reached"),
    [
        (Level(0.9), 0.9, WHY, True),
        (Level(0.9), 0.899, WHY, False),
        (Level(0.9, by=Sure.INTERVAL), 0.95, Interval(0.89, 0.99, "x"), False),
        (Level(0.9, by=Sure.INTERVAL), 0.95, Interval(0.90, 0.99, "x"), True),
        (Level(4, at_least=False), 4, WHY, True),
        (Level(4, at_least=False), 4.1, WHY, False),
        (Level(4, at_least=False, by=Sure.INTERVAL), 3, Interval(2, 4.5, "x"), False),
    ],
)
def test_a_level_is_reached_by_the_point_or_by_the_harder_end(level, value, interval, reached):
    assert level.is_reached(value, interval) is reached


def test_what_is_not_known_is_neither_passed_nor_failed():
    assert isinstance(Level(0.9).is_reached(WHY, WHY), Unknown)
    assert isinstance(Level(0.9, by=Sure.INTERVAL).is_reached(0.99, WHY), Unknown)


@pytest.mark.parametrize(
    "test",
    [TEST, SampleTest(Level(0.8, by=Sure.INTERVAL), 30, "revisit", "force", ("force_only", "paired"), ("missing",), ("E",), True),
     FigureTest(Level(0.1, at_least=False), "late-share", (("area", "Eastmoor"),), "month"),
     FigureTest(Level(0.1, at_least=False), "late-share", (), "month", 20, "ab" * 32, "cd" * 32)],
)  # fmt: skip
def test_a_test_is_read_as_it_was_said_and_any_change_changes_its_hash(test):
    again = read_test(as_said(test))
    changed = read_test({**as_said(test), "level": test.level.level / 2})

    assert again == test
    assert hash_of(again) == hash_of(test)
    assert hash_of(changed) != hash_of(test)
    assert test.words.endswith(".")


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"test": "say-so"}, "a figure or a sample"),
        ({"level": True}, "must be a number"),
        ({"level": 0}, "above 0"),
        ({"level": 1.2}, "at most 1"),
        ({"at_least": False}, "never to be at most"),
        ({"by": "feel"}, "by point or by interval"),
        ({"files": 4}, "5 or more"),
        ({"files": "many"}, "5 or more"),
        ({"round_kind": "single_file"}, "kind of round"),
        ({"graded_by": "nobody"}, "side that grades"),
        ({"sets": ["force_only"]}, "not a set that the inspectorate grades"),
        ({"case_kinds": ["x"]}, "not a kind of case"),
        ({"areas": [" "]}, "no name"),
    ],
)
def test_a_sample_that_cannot_be_registered(changes, fault):
    with pytest.raises(Refusal) as refused:
        read_test({**as_said(TEST), **changes})

    assert refused.value.code == "RCM-006"
    assert fault in str(refused.value)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"figure": "No Figure"}, "no figure"),
        ({"cut": [["area"]]}, "pairs"),
        ({"cut": "area"}, "pairs"),
        ({"period": "year"}, "month"),
    ],
)
def test_a_figure_that_cannot_be_registered(changes, fault):
    with pytest.raises(Refusal) as refused:
        read_test({**as_said(FigureTest(Level(1), "late-share")), **changes})

    assert fault in str(refused.value)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"is_ended": False, "is_open": False},
        {"is_open": False},
        {"graded": 19},
        {"graded": 0},
        {"graders": (Grader("chief", ""),)},
    ],
    ids=["whole", "not ended", "not opened", "too few graded", "none graded", "graded by who claimed"],
)
def test_the_first_fresh_draw_decides_whatever_came_of_it(changes):
    passing, first = drawn("late", 2), drawn("early", 1, **changes)

    assert deciding_round([passing, first], TEST, AT, CLAIM) is first
    assert deciding_round([passing, first], TEST, AT, CLAIM, {"early"}) is passing


@pytest.mark.parametrize(
    ("days", "changes"),
    [(1, {"kind": "internal", "is_ended": False}), (1, {"files": 19}), (1, {"areas": ("E",)}), (-1, {}), (0, {})],
    ids=["another kind", "fewer files drawn", "another area", "before the claim", "at the moment of the claim"],
)
def test_what_was_another_round_when_it_was_drawn_never_decides(days, changes):
    passing = drawn("late", 2)

    assert deciding_round([passing, drawn("early", days, **changes)], TEST, AT, CLAIM) is passing
    assert deciding_round([drawn("early", days, **changes)], TEST, AT, CLAIM) is None


def test_what_is_still_to_come_and_what_cannot_be_corrected_are_kept_apart():
    assert unfinished_reasons(drawn()) == spoilt_reasons(TEST, CLAIM, drawn()) == ()
    assert unfinished_reasons(drawn(is_ended=False, is_open=False)) == ("it has not ended", "its grades are not opened")
    assert spoilt_reasons(TEST, CLAIM, drawn(graded=19)) == (
        "19 of its files were graded by the inspectorate, of 20 registered",
    )


def test_graders_who_claimed_it_or_are_of_the_team_are_not_independent():
    assert spoilt_reasons(TEST, CLAIM, drawn(graders=(Grader("insp", "", frozenset({"Team B"})),))) == ()
    for grader in (Grader("chief", ""), Grader("x", " co1 "), Grader("x", "", frozenset({"team a"}))):
        (fault,) = spoilt_reasons(TEST, CLAIM, drawn(graders=(grader,)))
        assert "1 of its graders" in fault


def test_cases_opened_since_the_claim():
    test = SampleTest(Level(0.9), 20, since_claim=True)

    assert strange_reasons(test, AT, CLAIM, drawn(opened_from=AT)) == ()
    assert strange_reasons(test, AT, CLAIM, drawn(opened_from=AT - timedelta(days=1))) == (
        "it includes cases opened before the claim",
    )
    assert strange_reasons(test, AT, CLAIM, drawn()) == ("it includes cases opened before the claim",)
