"""The states of a recommendation, and the one table of how it may pass from one to the next, and who may see to that."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from duecare.access.act import Act
from duecare.recommendation.recommendation_fact import Deed


class State(StrEnum):
    """How far a recommendation has come."""

    MADE = "made"
    ACCEPTED = "accepted"
    IN_HAND = "in_hand"
    DONE = "done"
    VERIFIED = "verified"
    REOPENED = "reopened"
    SUPERSEDED = "superseded"


def state_words(state: State) -> str:
    """The words for this state in a report; what is claimed to be done is not reported as done."""
    return "claimed done, not verified" if state is State.DONE else state.value.replace("_", " ")


OPEN_STATES: Final = frozenset(State) - {State.VERIFIED, State.SUPERSEDED}


@dataclass(frozen=True, slots=True)
class Move:
    """A move: the deed, the states from which and to which a recommendation may pass by it, and who may do it.

    Shape:   `from_` is empty for what begins one; `to` None where the state stays as it is.
    """

    deed: Deed
    from_: frozenset[State]
    to: State | None
    act: Act
    words: str


def _move_of(move_deed: Deed, from_states: str, to_state: State | None, policy_act: Act, words: str) -> Move:
    named_states = {
        state
        for state_name in from_states.split()
        for state in (OPEN_STATES if state_name == "open" else {State(state_name)})
    }
    return Move(move_deed, frozenset(named_states), to_state, policy_act, words)


_ANSWER, _VERIFY, _IMPORT = Act.ANSWER_RECOMMENDATION, Act.VERIFY_RECOMMENDATION, Act.IMPORT_RECOMMENDATIONS

MOVES: Final[tuple[Move, ...]] = (
    _move_of(Deed.MADE, "", State.MADE, Act.MAKE_RECOMMENDATION, "It is made and published."),
    _move_of(Deed.OWNER_NAMED, "open", None, _ANSWER, "Somebody is named to own it."),
    _move_of(
        Deed.ACCEPTED, "made in_hand done", State.ACCEPTED, _ANSWER,
        "It is accepted, and the test that will close it is fixed; once only, and no claim made before counts.",
    ),
    _move_of(Deed.PLANNED, "open verified", None, _ANSWER, "The action plan is given to those who made it."),
    _move_of(Deed.ACTED, "accepted in_hand reopened", State.IN_HAND, _ANSWER, "An action is recorded."),
    _move_of(
        Deed.EVIDENCED, "accepted in_hand done verified reopened", None, _ANSWER,
        "Evidence is added. Evidence alone does not close it.",
    ),
    _move_of(Deed.REPLIED, "open verified", None, _ANSWER, "A reply is published."),
    _move_of(Deed.CLAIMED, "accepted in_hand reopened", State.DONE, _ANSWER, "It is claimed to be done. A claim closes nothing."),
    _move_of(
        Deed.PASSED, "done verified", State.VERIFIED, _VERIFY,
        "Its registered test is passed, by a fresh draw or period after the claim; when asked again later, it still is.",
    ),
    _move_of(
        Deed.FAILED, "done verified", State.REOPENED, _VERIFY,
        "Its registered test is failed, after the claim or later. It opens again, and its owner is notified.",
    ),
    _move_of(
        Deed.NOT_TAKEN, "done verified", None, _VERIFY,
        "Its registered test could not be applied to the first new evidence, and why. The claim is unproved.",
    ),
    _move_of(
        Deed.PASSED_OVER, "done verified", None, _VERIFY,
        "Somebody independent of the claim publishes why the next round counts instead of one that could not.",
    ),
    _move_of(
        Deed.HARMED, "accepted in_hand done verified reopened", State.REOPENED, _VERIFY,
        "A case reported clear of further harm is not. It opens again, and its owner is notified.",
    ),
    _move_of(Deed.REPORTED_OPEN, "made in_hand", None, _IMPORT, "Another register reports it as open."),
    _move_of(
        Deed.REPORTED_IN_HAND, "made in_hand done", State.IN_HAND, _IMPORT, "Another register reports it as in progress."
    ),
    _move_of(
        Deed.REPORTED_DONE, "made in_hand", State.DONE, _IMPORT,
        "Another register reports it as complete. Here that is a claim without a test, and does not close it.",
    ),
    _move_of(
        Deed.SUPERSEDED, "open verified", State.SUPERSEDED, Act.MAKE_RECOMMENDATION,
        "Whoever made it puts another in its place.",
    ),
)  # fmt: skip
MOVE_BY_DEED: Final = {state_move.deed: state_move for state_move in MOVES}
_OF_A_TEST: Final = frozenset({Deed.CLAIMED, Deed.PASSED, Deed.FAILED, Deed.NOT_TAKEN, Deed.PASSED_OVER})


def may_follow(next_deed: Deed, state: State | None, *, has_test: bool) -> bool:
    """Whether this may happen to a recommendation in this state; None: to one that is not made yet.

    Shape:   a test is registered once, before anything is claimed here; no register kept elsewhere reports past it.
    """
    next_move = MOVE_BY_DEED[next_deed]
    if next_deed is Deed.ACCEPTED and has_test:
        return False
    if next_move.act is Act.IMPORT_RECOMMENDATIONS and has_test:
        return False
    if next_deed in _OF_A_TEST and not has_test:
        return False
    return not next_move.from_ if state is None else state in next_move.from_


def state_after(next_deed: Deed, state: State | None) -> State:
    """Its state after this."""
    next_state = MOVE_BY_DEED[next_deed].to or state
    assert next_state is not None
    return next_state
