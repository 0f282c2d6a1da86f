"""The table of states: what may follow what, who may see to it, and which words a report has for a state."""

from __future__ import annotations

from itertools import product

import pytest

from duecare.access.act import Act
from duecare.recommendation.recommendation_fact import Deed
from duecare.recommendation.recommendation_state import (
    MOVE_BY_DEED,
    MOVES,
    OPEN_STATES,
    State,
    may_follow,
    state_after,
    state_words,
)

M, A, I, D, V, R = State.MADE, State.ACCEPTED, State.IN_HAND, State.DONE, State.VERIFIED, State.REOPENED  # noqa: E741
OPEN = {M, A, I, D, R}
WITHOUT_TEST: dict[Deed, set[State]] = {
    Deed.MADE: set(),
    Deed.OWNER_NAMED: OPEN,
    Deed.ACCEPTED: {M, I, D},
    Deed.PLANNED: OPEN | {V},
    Deed.ACTED: {A, I, R},
    Deed.EVIDENCED: {A, I, D, V, R},
    Deed.REPLIED: OPEN | {V},
    Deed.CLAIMED: set(),
    Deed.PASSED: set(),
    Deed.FAILED: set(),
    Deed.NOT_TAKEN: set(),
    Deed.PASSED_OVER: set(),
    Deed.HARMED: {A, I, D, V, R},
    Deed.REPORTED_OPEN: {M, I},
    Deed.REPORTED_IN_HAND: {M, I, D},
    Deed.REPORTED_DONE: {M, I},
    Deed.SUPERSEDED: OPEN | {V},
}
WITH_TEST = {
    **WITHOUT_TEST,
    Deed.ACCEPTED: set(),
    Deed.CLAIMED: {A, I, R},
    Deed.PASSED: {D, V},
    Deed.FAILED: {D, V},
    Deed.NOT_TAKEN: {D, V},
    Deed.PASSED_OVER: {D, V},
    Deed.REPORTED_OPEN: set(),
    Deed.REPORTED_IN_HAND: set(),
    Deed.REPORTED_DONE: set(),
}


@pytest.mark.parametrize("deed", list(Deed))
def test_what_may_follow_is_exactly_this(deed: Deed) -> None:
    assert {state for state in State if may_follow(deed, state, has_test=False)} == WITHOUT_TEST[deed]
    assert {state for state in State if may_follow(deed, state, has_test=True)} == WITH_TEST[deed]


def test_only_that_it_is_made_can_come_first() -> None:
    first = [
        (deed, has_test) for deed, has_test in product(Deed, (True, False)) if may_follow(deed, None, has_test=has_test)
    ]

    assert first == [(Deed.MADE, True), (Deed.MADE, False)]


def test_every_deed_has_one_move_and_words_that_end_with_a_point() -> None:
    assert len(MOVES) == len(Deed) == len(MOVE_BY_DEED)
    assert all(move.words.endswith(".") and MOVE_BY_DEED[move.deed] is move for move in MOVES)


@pytest.mark.parametrize(
    ("act", "deeds"),
    [
        (Act.MAKE_RECOMMENDATION, {Deed.MADE, Deed.SUPERSEDED}),
        (Act.VERIFY_RECOMMENDATION, {Deed.PASSED, Deed.FAILED, Deed.NOT_TAKEN, Deed.PASSED_OVER, Deed.HARMED}),
        (Act.IMPORT_RECOMMENDATIONS, {Deed.REPORTED_OPEN, Deed.REPORTED_IN_HAND, Deed.REPORTED_DONE}),
        (
            Act.ANSWER_RECOMMENDATION,
            {Deed.OWNER_NAMED, Deed.ACCEPTED, Deed.PLANNED, Deed.ACTED, Deed.EVIDENCED, Deed.REPLIED, Deed.CLAIMED},
        ),
    ],
    ids=lambda value: value.name if isinstance(value, Act) else "",
)
def test_who_may_see_to_it_is_who_made_it_verifies_it_imports_it_or_answers_for_it(act: Act, deeds: set[Deed]) -> None:
    assert {move.deed for move in MOVES if move.act is act} == deeds


CHANGES = {
    Deed.MADE: M, Deed.ACCEPTED: A, Deed.ACTED: I, Deed.CLAIMED: D, Deed.PASSED: V, Deed.FAILED: R, Deed.HARMED: R,
    Deed.REPORTED_IN_HAND: I, Deed.REPORTED_DONE: D, Deed.SUPERSEDED: State.SUPERSEDED,
}  # fmt: skip


@pytest.mark.parametrize("deed", list(Deed))
def test_the_state_changes_by_these_deeds_and_stays_as_it_is_by_all_others(deed: Deed) -> None:
    assert {state: state_after(deed, state) for state in State} == {state: CHANGES.get(deed, state) for state in State}


def test_what_begins_nothing_has_no_state_where_there_was_none() -> None:
    assert state_after(Deed.MADE, None) is M
    with pytest.raises(AssertionError):
        state_after(Deed.PLANNED, None)


def test_open_is_whatever_is_neither_verified_nor_superseded() -> None:
    assert OPEN_STATES == OPEN


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (D, "claimed done, not verified"),
        (I, "in hand"),
        (V, "verified"),
        (R, "reopened"),
        (State.SUPERSEDED, "superseded"),
    ],
)
def test_a_claim_is_never_reported_as_done(state: State, words: str) -> None:
    assert state_words(state) == words
