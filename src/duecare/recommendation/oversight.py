"""What those who oversee the force asked, what was answered, and what meetings decided: dated entries, folded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Body(StrEnum):
    """Who oversees, and holds meetings?"""

    MAYOR = "mayors_office"
    EXPERTS = "expert"
    INSPECTORATE = "inspectorate"


class Deed(StrEnum):
    """What does an entry record?"""

    MEETING = "meeting"
    QUESTION = "question"
    ANSWER = "answer"
    MINUTE = "minute"
    ACTION = "action"
    ACTION_DONE = "action_done"


@dataclass(frozen=True, slots=True)
class Entry:
    """One dated entry: a meeting called, a question put, its answer, a minute, an action, and that it was done.

    Shape:   `number` counts all entries from 1; `meeting` is the number of the meeting it belongs to, `of` that of the
             question answered or the action done, each 0 for none. `body` is who called, asked or minuted; `owner` the post
             that must act; `due_on` the day of a meeting, or by which an action is owed. Never altered: said again instead.
    """

    number: int
    deed: Deed
    at: datetime
    by: str
    words: str
    body: Body | None = None
    meeting: int = 0
    of: int = 0
    owner: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and what was answered, the latest answer last."""

    asked: Entry
    answers: tuple[Entry, ...]

    @property
    def is_open(self) -> bool:
        """Has nobody answered it?"""
        return not self.answers


@dataclass(frozen=True, slots=True)
class Action:
    """What a meeting asked a post to do, and whether it was recorded as done."""

    agreed: Entry
    done: Entry | None

    def is_overdue(self, on: date) -> bool:
        """Was it owed before this day, and is nothing recorded of it?"""
        return self.done is None and self.agreed.due_on is not None and self.agreed.due_on < on


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting with what was said and agreed in it."""

    called: Entry
    minutes: tuple[Entry, ...]
    actions: tuple[Action, ...]

    @property
    def number(self) -> int:
        """Its number."""
        return self.called.number

    @property
    def held_on(self) -> date:
        """On which day is it, or was it?"""
        return self.called.due_on or self.called.at.date()


@dataclass(frozen=True, slots=True)
class Register:
    """Every meeting, the latest first; every question and action, those that wait first, then the oldest."""

    meetings: tuple[Meeting, ...]
    questions: tuple[Question, ...]
    actions: tuple[Action, ...]

    def meeting(self, number: int) -> Meeting | None:
        """The meeting of this number."""
        return next((one for one in self.meetings if one.number == number), None)

    def before(self, meeting: Meeting) -> Meeting | None:
        """The last meeting of the same body before this one, by its day."""
        earlier = [
            one
            for one in self.meetings
            if one.called.body is meeting.called.body and (one.held_on, one.number) < (meeting.held_on, meeting.number)
        ]
        return max(earlier, key=lambda one: (one.held_on, one.number), default=None)


def fold(entries: Iterable[Entry]) -> Register:
    """What do these entries come to?

    Shape:   in whatever order they come. An answer to nothing, and what is done of nothing, is passed over.
    """
    held = sorted(entries, key=lambda one: one.number)
    answers: dict[int, list[Entry]] = {}
    done: dict[int, Entry] = {}
    for one in held:
        if one.deed is Deed.ANSWER:
            answers.setdefault(one.of, []).append(one)
        elif one.deed is Deed.ACTION_DONE:
            done.setdefault(one.of, one)
    questions = [Question(one, tuple(answers.get(one.number, ()))) for one in held if one.deed is Deed.QUESTION]
    actions = [Action(one, done.get(one.number)) for one in held if one.deed is Deed.ACTION]
    meetings = [
        Meeting(
            one,
            tuple(said for said in held if said.deed is Deed.MINUTE and said.meeting == one.number),
            tuple(action for action in actions if action.agreed.meeting == one.number),
        )
        for one in held
        if one.deed is Deed.MEETING
    ]
    return Register(
        tuple(sorted(meetings, key=lambda one: (one.held_on, one.number), reverse=True)),
        tuple(sorted(questions, key=lambda one: (not one.is_open, one.asked.number))),
        tuple(
            sorted(actions, key=lambda one: (one.done is not None, one.agreed.due_on or date.max, one.agreed.number))
        ),
    )
