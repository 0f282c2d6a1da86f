"""How a recommendation stands against its days, and who should have been notified: its owner, and then the chief officer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from duecare.recommendation.deadline import Deadline, DeadlineState, deadlines_of
from duecare.recommendation.recommendation_at_moment import Recommendation, age_in_days
from duecare.recommendation.recommendation_fact import Deed, Urgency
from duecare.recommendation.recommendation_state import State
from duecare.rulebook.chasing_days import Chasing
from duecare.vocabulary.london_clock import end_of_day

CHIEF_OFFICER: Final = "chief_officer_lead"
OWNER: Final = "owner"
_DUE_WORDS: Final = {
    "done": "it was due to be done",
    "action-plan": "the action plan was due",
    "comments": "the comments of the mayor's office were due",
}
Holder = Callable[[str, str, datetime], str | None]
"""Who holds the post of this kind, for this area, at this moment? None: nobody."""


class Rag(StrEnum):
    """Whether it is late or failed, nearly so, or nothing of it is late now, though it may have been done late."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"


@dataclass(frozen=True, slots=True)
class Told:
    """Who should have been notified, from when, and of what.

    Shape:   `role` is a kind of post, or `owner` where no post was named; `person` is an officer's number, None while the
             post is vacant or nobody owns it.
    """

    role: str
    person: str | None
    at: datetime
    because: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands at a moment.

    Shape:   `rag` None once it is superseded; `told` in order of time, only what has come by then, and nobody twice of the
             same thing.
    Units:   `age_days` in days since publication, None where nobody says when that was.
    """

    age_days: int | None
    rag: Rag | None
    deadlines: tuple[Deadline, ...]
    told: tuple[Told, ...]


def standing_of(recommendation: Recommendation, as_of: datetime, chasing: Chasing, holder: Holder) -> Standing:
    """How this recommendation stands at this moment, and who should have been notified by then."""
    deadlines_owed = deadlines_of(recommendation, as_of)
    return Standing(
        age_in_days(recommendation, as_of),
        _rag_of(recommendation, deadlines_owed, as_of, chasing),
        deadlines_owed,
        _told_lines(recommendation, deadlines_owed, as_of, chasing, holder),
    )


def late_from(recommendation: Recommendation, chasing: Chasing) -> datetime | None:
    """When an immediate recommendation is late by the force's own limit; None for every other."""
    if recommendation.urgency is not Urgency.IMMEDIATE or recommendation.published_on is None:
        return None
    return end_of_day(recommendation.published_on + timedelta(days=chasing.immediate_days))


def _rag_of(
    recommendation: Recommendation, deadlines_owed: tuple[Deadline, ...], as_of: datetime, chasing: Chasing
) -> Rag | None:
    if recommendation.state is State.SUPERSEDED:
        return None
    immediate = late_from(recommendation, chasing)
    is_late = (
        recommendation.is_open
        and immediate is not None
        and as_of > immediate
        and deadlines_owed[0].kept is not DeadlineState.UNPROVEN
    )
    if (
        is_late
        or recommendation.reopened_at is not None
        or any(deadline.kept is DeadlineState.OVERDUE for deadline in deadlines_owed)
    ):
        return Rag.RED
    soon_span = timedelta(days=chasing.soon_days)
    is_soon = any(
        deadline.kept is DeadlineState.OPEN and deadline.due_at is not None and as_of > deadline.due_at - soon_span
        for deadline in deadlines_owed
    )
    is_waiting = recommendation.is_open and recommendation.urgency is Urgency.IMMEDIATE
    return Rag.AMBER if is_soon or is_waiting or deadlines_owed[0].kept is DeadlineState.UNPROVEN else Rag.GREEN


def _told_lines(
    recommendation: Recommendation,
    deadlines_owed: tuple[Deadline, ...],
    as_of: datetime,
    chasing: Chasing,
    holder: Holder,
) -> tuple[Told, ...]:
    causes: list[tuple[datetime, datetime | None, str]] = []
    stopped = recommendation.claim.at if recommendation.claim and not recommendation.is_open else None
    if recommendation.state is State.SUPERSEDED:
        stopped = recommendation.of(Deed.SUPERSEDED)[0].happened_at.earliest
    immediate = late_from(recommendation, chasing)
    if immediate is not None:
        causes.append((immediate, stopped, "immediate, and open past the force's own limit"))
    causes += [
        (deadline.due_at, deadline.met_at or stopped, _DUE_WORDS[deadline.id])
        for deadline in deadlines_owed
        if deadline.due_at is not None and deadline.kept is not DeadlineState.UNPROVEN
    ]
    told_lines = []
    for due_at, until, because in causes:
        for after_days, is_chief in ((0, False), (chasing.chief_officer_days, True)):
            told_at = due_at + timedelta(days=after_days)
            if told_at < as_of and (until is None or told_at < until):
                told_lines.append(_told_line(recommendation, told_at, because, holder, is_chief=is_chief))
    for recommendation_fact in recommendation.of(Deed.FAILED, Deed.HARMED):
        reason = (
            "its test was failed"
            if recommendation_fact.deed is Deed.FAILED
            else "a case said to be clear of further harm is not"
        )
        told_at = recommendation_fact.happened_at.earliest
        told_lines += [
            _told_line(recommendation, told_at, f"opened again: {reason}", holder, is_chief=is_chief)
            for is_chief in (False, True)
        ]
    first_told: dict[tuple[str, str | None, str], Told] = {}
    for told_line in sorted(
        told_lines, key=lambda told_line: (told_line.at, told_line.role == CHIEF_OFFICER, told_line.because)
    ):
        first_told.setdefault((told_line.role, told_line.person, told_line.because), told_line)
    return tuple(first_told.values())


def _told_line(
    recommendation: Recommendation, told_at: datetime, because: str, holder: Holder, *, is_chief: bool
) -> Told:
    if is_chief:
        return Told(CHIEF_OFFICER, holder(CHIEF_OFFICER, "", told_at), told_at, because)
    owner = recommendation.owner
    if owner is None:
        return Told(OWNER, None, told_at, because)
    if not owner.post_kind:
        return Told(OWNER, owner.officer or None, told_at, because)
    return Told(
        owner.post_kind, holder(owner.post_kind, owner.area, told_at) or owner.officer or None, told_at, because
    )
