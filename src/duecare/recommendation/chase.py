"""How a recommendation stands against its days, and who should have been told: its owner, and then the chief officer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from duecare.recommendation.deadline import Deadline, Kept, deadlines
from duecare.recommendation.fact import Deed, Urgency
from duecare.recommendation.folded import Recommendation, age_in_days
from duecare.recommendation.state import State
from duecare.rulebook.chasing_days import Chasing
from duecare.vocabulary.moments import end_of_day

CHIEF_OFFICER: Final = "chief_officer_lead"
OWNER: Final = "owner"
_DUE: Final = {
    "done": "it was due to be done",
    "action-plan": "the action plan was due",
    "comments": "the comments of the mayor's office were due",
}
Holder = Callable[[str, str, datetime], str | None]
"""Who holds the post of this kind, for this area, at this moment? None: nobody."""


class Rag(StrEnum):
    """Is it late or failed, nearly so, or is nothing of it late now, though it may have been done late?"""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"


@dataclass(frozen=True, slots=True)
class Told:
    """Who should have been told, from when, and of what?

    Shape:   `role` is a kind of post, or `owner` where no post was named; `person` is an officer's number, None while the
             post is vacant or nobody owns it.
    """

    role: str
    person: str | None
    at: datetime
    because: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How does it stand at a moment?

    Shape:   `rag` None once it is superseded; `told` in order of time, only what has come by then, and nobody twice of the
             same thing.
    Units:   `age_days` in days since publication, None where nobody says when that was.
    """

    age_days: int | None
    rag: Rag | None
    deadlines: tuple[Deadline, ...]
    told: tuple[Told, ...]


def standing(one: Recommendation, as_of: datetime, chasing: Chasing, holder: Holder) -> Standing:
    """How does this recommendation stand at this moment, and who should have been told by then?"""
    owed = deadlines(one, as_of)
    return Standing(
        age_in_days(one, as_of), _rag(one, owed, as_of, chasing), owed, _told(one, owed, as_of, chasing, holder)
    )


def late_from(one: Recommendation, chasing: Chasing) -> datetime | None:
    """From when is an immediate recommendation late by the force's own limit? None for every other."""
    if one.urgency is not Urgency.IMMEDIATE or one.published_on is None:
        return None
    return end_of_day(one.published_on + timedelta(days=chasing.immediate_days))


def _rag(one: Recommendation, owed: tuple[Deadline, ...], as_of: datetime, chasing: Chasing) -> Rag | None:
    if one.state is State.SUPERSEDED:
        return None
    immediate = late_from(one, chasing)
    is_late = one.is_open and immediate is not None and as_of > immediate and owed[0].kept is not Kept.UNPROVEN
    if is_late or one.reopened_at is not None or any(each.kept is Kept.OVERDUE for each in owed):
        return Rag.RED
    soon = timedelta(days=chasing.soon_days)
    is_soon = any(each.kept is Kept.OPEN and each.due_at is not None and as_of > each.due_at - soon for each in owed)
    is_waiting = one.is_open and one.urgency is Urgency.IMMEDIATE
    return Rag.AMBER if is_soon or is_waiting or owed[0].kept is Kept.UNPROVEN else Rag.GREEN


def _told(
    one: Recommendation, owed: tuple[Deadline, ...], as_of: datetime, chasing: Chasing, holder: Holder
) -> tuple[Told, ...]:
    causes: list[tuple[datetime, datetime | None, str]] = []
    stopped = one.claim.at if one.claim and not one.is_open else None
    if one.state is State.SUPERSEDED:
        stopped = one.of(Deed.SUPERSEDED)[0].happened_at.earliest
    immediate = late_from(one, chasing)
    if immediate is not None:
        causes.append((immediate, stopped, "immediate, and open past the force's own limit"))
    causes += [
        (each.due_at, each.met_at or stopped, _DUE[each.id])
        for each in owed
        if each.due_at is not None and each.kept is not Kept.UNPROVEN
    ]
    found = []
    for due_at, until, because in causes:
        for after_days, is_chief in ((0, False), (chasing.chief_officer_days, True)):
            at = due_at + timedelta(days=after_days)
            if at < as_of and (until is None or at < until):
                found.append(_line(one, at, because, holder, is_chief=is_chief))
    for fact in one.of(Deed.FAILED, Deed.HARMED):
        why = "its test was failed" if fact.deed is Deed.FAILED else "a case said to be clear of further harm is not"
        at = fact.happened_at.earliest
        found += [_line(one, at, f"opened again: {why}", holder, is_chief=is_chief) for is_chief in (False, True)]
    first: dict[tuple[str, str | None, str], Told] = {}
    for line in sorted(found, key=lambda one: (one.at, one.role == CHIEF_OFFICER, one.because)):
        first.setdefault((line.role, line.person, line.because), line)
    return tuple(first.values())


def _line(one: Recommendation, at: datetime, because: str, holder: Holder, *, is_chief: bool) -> Told:
    if is_chief:
        return Told(CHIEF_OFFICER, holder(CHIEF_OFFICER, "", at), at, because)
    owner = one.owner
    if owner is None:
        return Told(OWNER, None, at, because)
    if not owner.post_kind:
        return Told(OWNER, owner.officer or None, at, because)
    return Told(owner.post_kind, holder(owner.post_kind, owner.area, at) or owner.officer or None, at, because)
