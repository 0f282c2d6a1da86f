"""Commands of those who oversee: questions and their answers, meetings, minutes and actions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from duecare.cli.door import Here, command
from duecare.vocabulary.moments import iso_text

if TYPE_CHECKING:
    from duecare.recommendation.oversight import Entry, Register

DAY = click.DateTime(["%Y-%m-%d"])
NUMBER = click.IntRange(1)


@click.group()
def oversight() -> None:
    """Questions put to the force, meetings held about it, and what they asked for."""


@oversight.command("list")
@command
def list_(here: Here) -> None:
    """Every meeting, question and action."""
    from duecare.use_cases.oversight.view_oversight import read_oversight

    found = read_oversight(here.asking)
    here.answer(_as_json(found), lambda: _words(found))


@oversight.command()
@click.argument("words")
@click.option("--meeting", type=NUMBER, help="The number of the meeting it is for.")
@command
def ask(here: Here, words: str, meeting: int | None) -> None:
    """Put a question to the force."""
    _keep(here, "question", words, meeting=meeting or 0)


@oversight.command()
@click.argument("question", type=NUMBER)
@click.argument("words")
@command
def answer(here: Here, question: int, words: str) -> None:
    """Answer QUESTION, by its number."""
    _keep(here, "answer", words, of=question)


@oversight.command()
@click.argument("title")
@click.option("--on", type=DAY, required=True, help="The day of the meeting.")
@command
def meeting(here: Here, title: str, on: datetime) -> None:
    """Call a meeting."""
    _keep(here, "meeting", title, due_on=on.date())


@oversight.command()
@click.argument("number", type=NUMBER)
@click.argument("words")
@command
def minute(here: Here, number: int, words: str) -> None:
    """Record a minute of meeting NUMBER."""
    _keep(here, "minute", words, meeting=number)


@oversight.command()
@click.argument("number", type=NUMBER)
@click.argument("words")
@click.option("--owner", required=True, help="The kind of post that must act, such as bcu_lead.")
@click.option("--by", type=DAY, help="By which day.")
@command
def action(here: Here, number: int, words: str, owner: str, by: datetime | None) -> None:
    """Record what meeting NUMBER asked a post to do."""
    _keep(here, "action", words, meeting=number, owner=owner, due_on=by.date() if by else None)


@oversight.command()
@click.argument("number", type=NUMBER)
@click.argument("words")
@command
def done(here: Here, number: int, words: str) -> None:
    """Record that action NUMBER was done, and how that is known."""
    _keep(here, "action_done", words, of=number)


def _keep(
    here: Here, deed: str, words: str, *, meeting: int = 0, of: int = 0, owner: str = "", due_on: date | None = None
) -> None:
    from duecare.recommendation.oversight import Deed
    from duecare.use_cases.oversight.record_meeting import oversee

    entry = oversee(here.asking, Deed(deed), words, meeting=meeting, of=of, owner=owner, due_on=due_on)
    here.answer(_entry(entry), lambda: iter([f"Recorded, as number {entry.number}."]))


def _entry(one: Entry) -> dict[str, object]:
    return {
        "number": one.number,
        "deed": one.deed.value,
        "at": iso_text(one.at),
        "body": one.body.value if one.body else None,
        "words": one.words,
        "meeting": one.meeting or None,
        "of": one.of or None,
        "owner": one.owner or None,
        "due_on": one.due_on.isoformat() if one.due_on else None,
    }


def _as_json(found: Register) -> dict[str, object]:
    return {
        "meetings": [
            {
                **_entry(one.called),
                "minutes": [_entry(said) for said in one.minutes],
                "actions": [action.agreed.number for action in one.actions],
            }
            for one in found.meetings
        ],
        "questions": [{**_entry(one.asked), "answers": [_entry(a) for a in one.answers]} for one in found.questions],
        "actions": [{**_entry(one.agreed), "done": _entry(one.done) if one.done else None} for one in found.actions],
    }


def _words(found: Register) -> Iterator[str]:
    for meeting in found.meetings:
        yield f"meeting {meeting.number}  {meeting.held_on}  {meeting.called.words}"
    for question in found.questions:
        yield f"question {question.asked.number}  {'waits' if question.is_open else 'answered'}  {question.asked.words}"
    for action in found.actions:
        yield f"action {action.agreed.number}  {'done' if action.done else 'open'}  {action.agreed.owner}  {action.agreed.words}"
