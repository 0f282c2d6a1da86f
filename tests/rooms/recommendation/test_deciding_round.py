"""Whether a round is the test that was registered: each reason by itself, at its border, and the order of those that are."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from duecare.recommendation.registered_test import Level, SampleTest
from duecare.vocabulary.unknown import Unknown

AT = datetime(2026, 6, 1, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)
CLAIM = Claim(AT, "chief", Party.FORCE, " CO1 ", ("Team A", " ", "Camden"), "Done.")
TEST = SampleTest(Level(0.9), 20)
WHY = Unknown("no frame")
ROUND = RoundEvidence(
    name="one", kind="inspection", drawn_at=AT + SECOND, is_ended=True, is_open=True, is_by_choice=True, case_kinds=(),
    areas=(), opened_from=None, opened_to=None, files=20, graded=20, graders=(), estimate=Estimate(100, 20, WHY, WHY, WHY),
)  # fmt: skip


def reasons(test: SampleTest = TEST, **changes: Any) -> tuple[str, ...]:
    return strange_reasons(test, AT, CLAIM, replace(ROUND, **changes))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"drawn_at": AT}, "drawn before the claim"),
        ({"drawn_at": AT - SECOND}, "drawn before the claim"),
        ({"kind": "internal"}, "of the kind internal, not inspection"),
        ({"is_by_choice": False}, "named one by one"),
        ({"case_kinds": ("missing",)}, "other kinds of case"),
        ({"areas": ("Camden",)}, "other areas"),
        ({"opened_from": AT}, "a period that was not registered"),
        ({"opened_to": AT}, "a period that was not registered"),
        ({"files": 19}, "19 files of the registered sets were drawn, of 20 registered"),
    ],
)
def test_each_difference_alone_makes_it_another_round(changes: dict[str, Any], words: str) -> None:
    (reason,) = reasons(**changes)

    assert words in reason


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"drawn_at": AT + timedelta(days=900)},
        {"files": 21},
        {"graded": 0},
        {"is_ended": False, "is_open": False},
        {"graders": (Grader("chief", "CO1"),)},
    ],
    ids=["as registered", "years later", "more files", "none graded", "not ended", "its own grader"],
)
def test_what_came_after_the_draw_makes_it_no_other_round(changes: dict[str, Any]) -> None:
    assert reasons(**changes) == ()


def test_all_reasons_are_given_at_once() -> None:
    found = reasons(
        drawn_at=AT, kind="revisit", is_by_choice=False, case_kinds=("x",), areas=("x",), opened_to=AT, files=1
    )

    assert len(found) == 7


def test_kinds_of_case_and_areas_are_compared_as_sets_and_areas_in_one_form() -> None:
    test = SampleTest(Level(0.9), 20, case_kinds=("missing", "exploitation"), areas=("Camden", "Barnet"))

    assert reasons(test, case_kinds=("exploitation", "missing"), areas=("E09000003", "camden")) == ()
    assert len(reasons(test, case_kinds=("missing",), areas=("Camden", "Barnet"))) == 1
    assert len(reasons(test, case_kinds=("missing", "exploitation"), areas=("Camden",))) == 1


@pytest.mark.parametrize(
    ("opened_from", "fits"),
    [(None, False), (AT - SECOND, False), (AT, True), (AT + SECOND, True)],
    ids=["no first day", "before", "at the claim", "after"],
)
def test_since_the_claim_is_from_its_own_second(opened_from: datetime | None, fits: bool) -> None:
    test = replace(TEST, since_claim=True)

    found = reasons(test, opened_from=opened_from, opened_to=AT + timedelta(days=90))

    assert found == (() if fits else ("it includes cases opened before the claim",))


@pytest.mark.parametrize(
    ("is_ended", "is_open", "count"), [(True, True, 0), (False, True, 1), (True, False, 1), (False, False, 2)]
)
def test_a_round_gives_a_result_once_it_has_ended_and_its_grades_are_opened(
    is_ended: bool, is_open: bool, count: int
) -> None:
    assert len(unfinished_reasons(replace(ROUND, is_ended=is_ended, is_open=is_open))) == count


@pytest.mark.parametrize(("graded", "is_spoilt"), [(19, True), (20, False), (21, False), (0, True)])
def test_too_few_graded_files_spoil_it(graded: int, is_spoilt: bool) -> None:
    found = spoilt_reasons(TEST, CLAIM, replace(ROUND, graded=graded))

    assert bool(found) is is_spoilt


@pytest.mark.parametrize(
    ("grader", "is_independent"),
    [
        (Grader("other", "X9", frozenset({"team b"})), True),
        (Grader("chief", "X9"), False),
        (Grader("Chief", "X9"), True),
        (Grader("other", "co1"), False),
        (Grader("other", ""), True),
        (Grader("other", "X9", frozenset({" TEAM A "})), False),
        (Grader("other", "X9", frozenset({"camden", "team b"})), False),
        (Grader("other", "X9", frozenset({"", "  "})), True),
    ],
    ids=["another", "the account", "another account", "the officer", "no officer", "the team", "the area", "no team"],
)
def test_who_claimed_it_or_is_of_a_team_that_did_is_not_independent(grader: Grader, is_independent: bool) -> None:
    found = spoilt_reasons(TEST, CLAIM, replace(ROUND, graders=(grader,)))

    assert (found == ()) is is_independent


def test_a_claim_without_an_officer_or_team_excludes_only_its_own_account() -> None:
    bare = replace(CLAIM, officer=" ", teams=())

    assert spoilt_reasons(TEST, bare, replace(ROUND, graders=(Grader("x", " ", frozenset({"team a"})),))) == ()
    assert len(spoilt_reasons(TEST, bare, replace(ROUND, graders=(Grader("chief", ""),)))) == 1


def test_all_graders_who_are_not_independent_are_counted_after_the_few_files() -> None:
    graders = (Grader("chief", ""), Grader("x", "CO1"), Grader("y", "Y1"))

    few, same = spoilt_reasons(TEST, CLAIM, replace(ROUND, graded=3, graders=graders))

    assert few.startswith("3 of its files")
    assert same.startswith("2 of its graders")


def test_rounds_drawn_at_one_time_are_decided_by_their_names() -> None:
    first, second = replace(ROUND, name="a"), replace(ROUND, name="b")

    assert deciding_round([second, first], TEST, AT, CLAIM) is first
    assert deciding_round([second, first], TEST, AT, CLAIM, {"a"}) is second
    assert deciding_round([second, first], TEST, AT, CLAIM, ["a", "b"]) is None
    assert deciding_round([], TEST, AT, CLAIM) is None


@given(
    st.lists(
        st.tuples(st.integers(-2, 5), st.sampled_from(["inspection", "internal"]), st.integers(18, 22), st.booleans()),
        max_size=6,
    ),
    st.sets(st.integers(0, 5)),
)
def test_the_deciding_round_is_the_first_that_fits_whatever_order_they_come_in(
    drawn: list[tuple[int, str, int, bool]], passed_over: set[int]
) -> None:
    rounds = [
        replace(ROUND, name=str(number), drawn_at=AT + timedelta(days=days), kind=kind, files=files, is_ended=is_ended)
        for number, (days, kind, files, is_ended) in enumerate(drawn)
    ]
    fitting = sorted(
        (days, str(number))
        for number, (days, kind, files, _) in enumerate(drawn)
        if days > 0 and kind == "inspection" and files >= 20 and number not in passed_over
    )
    skipped = {str(number) for number in passed_over}

    found = deciding_round(rounds, TEST, AT, CLAIM, skipped)

    assert (found.name if found else None) == (fitting[0][1] if fitting else None)
    assert deciding_round(reversed(rounds), TEST, AT, CLAIM, skipped) is found
