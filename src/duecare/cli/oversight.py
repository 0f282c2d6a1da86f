"""Commands of those who oversee: questions and their answers, meetings, minutes and actions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from duecare.cli.door import CommandContext, store_command
from duecare.vocabulary.moments import iso_text

if TYPE_CHECKING:
    from duecare.recommendation.oversight_register import Entry, Register

DAY_FORMAT = click.DateTime(["%Y-%m-%d"])
NUMBER = click.IntRange(1)


@click.group("oversight")
def oversight_group() -> None:
    """Questions to the force, meetings about it, and the actions they agreed."""


@oversight_group.command("list")
@store_command
def list_command(command_context: CommandContext) -> None:
    """List every meeting, question and action."""
    from duecare.use_cases.oversight.view_oversight import read_oversight

    oversight_register = read_oversight(command_context.request)
    command_context.answer(_as_json(oversight_register), lambda: _register_lines(oversight_register))


@oversight_group.command("ask")
@click.argument("words")
@click.option("--meeting", type=NUMBER, help="The number of the meeting it is for.")
@store_command
def ask_command(command_context: CommandContext, words: str, meeting: int | None) -> None:
    """Put a question to the force."""
    _keep_entry(command_context, "question", words, meeting=meeting or 0)


@oversight_group.command("answer")
@click.argument("question", type=NUMBER)
@click.argument("words")
@store_command
def answer_command(command_context: CommandContext, question: int, words: str) -> None:
    """Answer the question with the number QUESTION."""
    _keep_entry(command_context, "answer", words, answered_entry=question)


@oversight_group.command("meeting")
@click.argument("title")
@click.option("--on", type=DAY_FORMAT, required=True, help="The day of the meeting.")
@store_command
def meeting_command(command_context: CommandContext, title: str, on: datetime) -> None:
    """Call a meeting."""
    _keep_entry(command_context, "meeting", title, due_on=on.date())


@oversight_group.command("minute")
@click.argument("number", type=NUMBER)
@click.argument("words")
@store_command
def minute_command(command_context: CommandContext, number: int, words: str) -> None:
    """Record a minute of meeting NUMBER."""
    _keep_entry(command_context, "minute", words, meeting=number)


@oversight_group.command("action")
@click.argument("number", type=NUMBER)
@click.argument("words")
@click.option("--owner", required=True, help="The kind of post that must act, such as bcu_lead.")
@click.option("--by", type=DAY_FORMAT, help="The day it must be done by.")
@store_command
def action_command(command_context: CommandContext, number: int, words: str, owner: str, by: datetime | None) -> None:
    """Record what meeting NUMBER asked a post to do."""
    _keep_entry(command_context, "action", words, meeting=number, owner=owner, due_on=by.date() if by else None)


@oversight_group.command("done")
@click.argument("number", type=NUMBER)
@click.argument("words")
@store_command
def done_command(command_context: CommandContext, number: int, words: str) -> None:
    """Record that action NUMBER was done, and how that is known."""
    _keep_entry(command_context, "action_done", words, answered_entry=number)


def _keep_entry(
    command_context: CommandContext,
    entry_kind: str,
    words: str,
    *,
    meeting: int = 0,
    answered_entry: int = 0,
    owner: str = "",
    due_on: date | None = None,
) -> None:
    from duecare.recommendation.oversight_register import Deed
    from duecare.use_cases.oversight.record_meeting import record_deed

    entry = record_deed(
        command_context.request,
        Deed(entry_kind),
        words,
        meeting=meeting,
        of_entry=answered_entry,
        owner=owner,
        due_on=due_on,
    )
    command_context.answer(_entry_json(entry), lambda: iter([f"Recorded, as number {entry.number}."]))


def _entry_json(register_entry: Entry) -> dict[str, object]:
    return {
        "number": register_entry.number,
        "deed": register_entry.deed.value,
        "at": iso_text(register_entry.at),
        "body": register_entry.body.value if register_entry.body else None,
        "words": register_entry.words,
        "meeting": register_entry.meeting or None,
        "of": register_entry.of or None,
        "owner": register_entry.owner or None,
        "due_on": register_entry.due_on.isoformat() if register_entry.due_on else None,
    }


def _as_json(oversight_register: Register) -> dict[str, object]:
    return {
        "meetings": [
            {
                **_entry_json(meeting_record.called),
                "minutes": [_entry_json(minute_entry) for minute_entry in meeting_record.minutes],
                "actions": [action.agreed.number for action in meeting_record.actions],
            }
            for meeting_record in oversight_register.meetings
        ],
        "questions": [
            {
                **_entry_json(question_record.asked),
                "answers": [_entry_json(answer_entry) for answer_entry in question_record.answers],
            }
            for question_record in oversight_register.questions
        ],
        "actions": [
            {
                **_entry_json(action_record.agreed),
                "done": _entry_json(action_record.done) if action_record.done else None,
            }
            for action_record in oversight_register.actions
        ],
    }


def _register_lines(oversight_register: Register) -> Iterator[str]:
    for meeting in oversight_register.meetings:
        yield f"meeting {meeting.number}  {meeting.held_on}  {meeting.called.words}"
    for question in oversight_register.questions:
        yield f"question {question.asked.number}  {'waits' if question.is_open else 'answered'}  {question.asked.words}"
    for action in oversight_register.actions:
        yield f"action {action.agreed.number}  {'done' if action.done else 'open'}  {action.agreed.owner}  {action.agreed.words}"
