"""The states of a recommendation, and the one table of how it may pass from one to the next, and who may see to that."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from duecare.access.act import Act
from duecare.recommendation.fact import Deed


class State(StrEnum):
    """How far has a recommendation come?"""

    MADE = "made"
    ACCEPTED = "accepted"
    IN_HAND = "in_hand"
    DONE = "done"
    VERIFIED = "verified"
    REOPENED = "reopened"
    SUPERSEDED = "superseded"


def said(state: State) -> str:
    """How is this state said in a report? What is claimed to be done is not said to be done."""
    return "claimed done, not verified" if state is State.DONE else state.value.replace("_", " ")


OPEN: Final = frozenset(State) - {State.VERIFIED, State.SUPERSEDED}


@dataclass(frozen=True, slots=True)
class Move:
    """By this deed, from which states may a recommendation pass to which, and who may do it?

    Shape:   `from_` is empty for what begins one; `to` None where the state stays as it is.
    """

    deed: Deed
    from_: frozenset[State]
    to: State | None
    act: Act
    words: str


def _move(deed: Deed, from_: str, to: State | None, act: Act, words: str) -> Move:
    named = {state for name in from_.split() for state in (OPEN if name == "open" else {State(name)})}
    return Move(deed, frozenset(named), to, act, words)


_ANSWER, _VERIFY, _IMPORT = Act.ANSWER_RECOMMENDATION, Act.VERIFY_RECOMMENDATION, Act.IMPORT_RECOMMENDATIONS

MOVES: Final[tuple[Move, ...]] = (
    _move(Deed.MADE, "", State.MADE, Act.MAKE_RECOMMENDATION, "It is made and published."),
    _move(Deed.OWNER_NAMED, "open", None, _ANSWER, "Somebody is named to own it."),
    _move(
        Deed.ACCEPTED, "made in_hand done", State.ACCEPTED, _ANSWER,
        "It is accepted, and the test that will close it is fixed; once only, and no claim made before counts.",
    ),
    _move(Deed.PLANNED, "open verified", None, _ANSWER, "The action plan is given to whoever made it."),
    _move(Deed.ACTED, "accepted in_hand reopened", State.IN_HAND, _ANSWER, "An action is recorded."),
    _move(
        Deed.EVIDENCED, "accepted in_hand done verified reopened", None, _ANSWER,
        "Evidence is put beside it. Evidence by itself closes nothing.",
    ),
    _move(Deed.REPLIED, "open verified", None, _ANSWER, "A reply is published."),
    _move(Deed.CLAIMED, "accepted in_hand reopened", State.DONE, _ANSWER, "It is claimed to be done. A claim closes nothing."),
    _move(
        Deed.PASSED, "done verified", State.VERIFIED, _VERIFY,
        "Its registered test is passed, by a fresh draw or period after the claim; when asked again later, it still is.",
    ),
    _move(
        Deed.FAILED, "done verified", State.REOPENED, _VERIFY,
        "Its registered test is failed, after the claim or at any later time; it opens again, and its owner is told.",
    ),
    _move(
        Deed.NOT_TAKEN, "done verified", None, _VERIFY,
        "Its registered test could not be taken on the first fresh evidence, and why; the claim stands unproved.",
    ),
    _move(
        Deed.PASSED_OVER, "done verified", None, _VERIFY,
        "Somebody independent of the claim says in the open why the next round counts in the place of one that could not.",
    ),
    _move(
        Deed.HARMED, "accepted in_hand done verified reopened", State.REOPENED, _VERIFY,
        "A case that was said to be clear of further harm is not; it opens again, and its owner is told.",
    ),
    _move(Deed.REPORTED_OPEN, "made in_hand", None, _IMPORT, "A register kept elsewhere says that it is open."),
    _move(
        Deed.REPORTED_IN_HAND, "made in_hand done", State.IN_HAND, _IMPORT, "A register kept elsewhere says that it is in hand."
    ),
    _move(
        Deed.REPORTED_DONE, "made in_hand", State.DONE, _IMPORT,
        "A register kept elsewhere says that it is complete; here that is a claim without a test, and closes nothing.",
    ),
    _move(
        Deed.SUPERSEDED, "open verified", State.SUPERSEDED, Act.MAKE_RECOMMENDATION,
        "Whoever made it puts another in its place.",
    ),
)  # fmt: skip
MOVE: Final = {move.deed: move for move in MOVES}
_OF_A_TEST: Final = frozenset({Deed.CLAIMED, Deed.PASSED, Deed.FAILED, Deed.NOT_TAKEN, Deed.PASSED_OVER})


def may_follow(deed: Deed, state: State | None, *, has_test: bool) -> bool:
    """May this happen to a recommendation in this state? None: to one that is not made yet.

    Shape:   a test is registered once, before anything is claimed here; no register kept elsewhere reports past it.
    """
    move = MOVE[deed]
    if deed is Deed.ACCEPTED and has_test:
        return False
    if move.act is Act.IMPORT_RECOMMENDATIONS and has_test:
        return False
    if deed in _OF_A_TEST and not has_test:
        return False
    return not move.from_ if state is None else state in move.from_


def after(deed: Deed, state: State | None) -> State:
    """In which state is it after this?"""
    to = MOVE[deed].to or state
    assert to is not None
    return to
