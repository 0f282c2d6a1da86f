"""Oversight of the force: questions, answers and decisions of meetings, as dated entries, folded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Body(StrEnum):
    """A body that oversees, and has meetings."""

    MAYOR = "mayors_office"
    EXPERTS = "expert"
    INSPECTORATE = "inspectorate"


class Deed(StrEnum):
    """What an entry records."""

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
        """Whether nobody has answered it."""
        return not self.answers


@dataclass(frozen=True, slots=True)
class Action:
    """An action that a meeting gave a post, and whether it was recorded as done."""

    agreed: Entry
    done: Entry | None

    def is_overdue(self, on_day: date) -> bool:
        """Whether it was owed before this day, and nothing is recorded of it."""
        return self.done is None and self.agreed.due_on is not None and self.agreed.due_on < on_day


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting with its entries and agreed actions."""

    called: Entry
    minutes: tuple[Entry, ...]
    actions: tuple[Action, ...]

    @property
    def number(self) -> int:
        """Its number."""
        return self.called.number

    @property
    def held_on(self) -> date:
        """The day it is, or was."""
        return self.called.due_on or self.called.at.date()


@dataclass(frozen=True, slots=True)
class Register:
    """Every meeting, the latest first; every question and action, those that wait first, then the oldest."""

    meetings: tuple[Meeting, ...]
    questions: tuple[Question, ...]
    actions: tuple[Action, ...]

    def meeting(self, number: int) -> Meeting | None:
        """The meeting of this number."""
        return next((meeting for meeting in self.meetings if meeting.number == number), None)

    def before(self, meeting: Meeting) -> Meeting | None:
        """The last meeting of the same body before this one, by its day."""
        earlier = [
            held_meeting
            for held_meeting in self.meetings
            if held_meeting.called.body is meeting.called.body
            and (held_meeting.held_on, held_meeting.number) < (meeting.held_on, meeting.number)
        ]
        return max(earlier, key=lambda meeting: (meeting.held_on, meeting.number), default=None)


def fold_register(entries: Iterable[Entry]) -> Register:
    """Fold these entries into a register.

    Shape:   in whatever order they come. An answer to nothing, and what is done of nothing, is passed over.
    """
    ordered_entries = sorted(entries, key=lambda entry: entry.number)
    answers: dict[int, list[Entry]] = {}
    done_entries: dict[int, Entry] = {}
    for entry in ordered_entries:
        if entry.deed is Deed.ANSWER:
            answers.setdefault(entry.of, []).append(entry)
        elif entry.deed is Deed.ACTION_DONE:
            done_entries.setdefault(entry.of, entry)
    questions = [
        Question(entry, tuple(answers.get(entry.number, ())))
        for entry in ordered_entries
        if entry.deed is Deed.QUESTION
    ]
    actions = [Action(entry, done_entries.get(entry.number)) for entry in ordered_entries if entry.deed is Deed.ACTION]
    meetings = [
        Meeting(
            entry,
            tuple(
                minute for minute in ordered_entries if minute.deed is Deed.MINUTE and minute.meeting == entry.number
            ),
            tuple(action for action in actions if action.agreed.meeting == entry.number),
        )
        for entry in ordered_entries
        if entry.deed is Deed.MEETING
    ]
    return Register(
        tuple(sorted(meetings, key=lambda meeting: (meeting.held_on, meeting.number), reverse=True)),
        tuple(sorted(questions, key=lambda question: (not question.is_open, question.asked.number))),
        tuple(
            sorted(
                actions,
                key=lambda action: (action.done is not None, action.agreed.due_on or date.max, action.agreed.number),
            )
        ),
    )
