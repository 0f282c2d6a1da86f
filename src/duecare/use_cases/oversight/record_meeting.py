"""Record what oversight says: a question put, its answer, a meeting called, its minutes, its actions and their end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from duecare.access.act import Act
from duecare.access.thing import OVERSIGHT
from duecare.authorisation.authorise import authorise, log_write
from duecare.authorisation.request import Request
from duecare.recommendation.oversight import Body, Deed, Entry, Register, fold_register
from duecare.store.database.transaction import transaction
from duecare.store.oversight import meeting_records as kept
from duecare.vocabulary.refusals import Refusal

MOST = 4_000
ONE_PRESS: Final = timedelta(minutes=1)
"""Within which time is the very same entry by the same account one that was sent twice, and not said twice?"""
BODIES = {"mayors_office": Body.MAYOR, "expert": Body.EXPERTS, "lead_inspector": Body.INSPECTORATE}
ACTS = {
    Deed.QUESTION: Act.ASK_QUESTION,
    Deed.ANSWER: Act.ANSWER_QUESTION,
    Deed.MEETING: Act.RECORD_MEETING,
    Deed.MINUTE: Act.RECORD_MEETING,
    Deed.ACTION: Act.RECORD_MEETING,
    Deed.ACTION_DONE: Act.RECORD_MEETING,
}


def oversee(
    request: Request,
    deed: Deed,
    words: str,
    *,
    meeting: int = 0,
    of: int = 0,
    owner: str = "",
    due_on: date | None = None,
) -> Entry:
    """Keep this entry; with its number. One that is sent twice, as by a button pressed twice, is kept once.

    Shape:   a question may belong to a meeting; minutes and actions must; an answer belongs to a question, what is done to
             an action. A meeting has its day, an action the post that must act.
    Raises:  ACC-003 when the viewer may not; RCM-040 when something is wanting: nothing is recorded.
    """
    authorise(request, ACTS[deed], OVERSIGHT)
    body = next((BODIES[role] for role in sorted(request.viewer.roles) if role in BODIES), None)
    entry = Entry(0, deed, request.now, request.viewer.account, words.strip(), body, meeting, of, owner.strip(), due_on)
    entry = entry if deed is not Deed.ANSWER else replace(entry, body=None)
    with transaction():
        held = kept.entries()
        again = next((one for one in reversed(held) if _is_sent_twice(one, entry)), None)
        if again is not None:
            log_write(request, ACTS[deed], outcome=f"nothing done: sent twice, {_called(again)} is held")
            return again
        faults = _faults(entry, fold_register(held))
        if faults:
            raise Refusal("RCM-040", faults=faults)
        entry = kept.keep(entry)
        log_write(request, ACTS[deed], outcome=f"done: {_called(entry)}")
    return entry


def _called(entry: Entry) -> str:
    return f"{entry.deed.value.replace('_', ' ')} {entry.number}"


def _is_sent_twice(held: Entry, entry: Entry) -> bool:
    is_same = replace(held, number=entry.number, at=entry.at) == entry
    return is_same and abs(entry.at - held.at) <= ONE_PRESS


def _faults(entry: Entry, held: Register) -> tuple[str, ...]:
    found = []
    if not entry.words or len(entry.words) > MOST:
        found.append(f"write 1 to {MOST:,} characters; {len(entry.words):,} were given")
    if entry.deed is Deed.MEETING and entry.due_on is None:
        found.append("give the day of the meeting")
    if entry.deed in {Deed.MINUTE, Deed.ACTION} and held.meeting(entry.meeting) is None:
        found.append("there is no such meeting")
    if entry.deed is Deed.QUESTION and entry.meeting and held.meeting(entry.meeting) is None:
        found.append("there is no such meeting")
    if entry.deed is Deed.ACTION and not entry.owner:
        found.append("say which post must act")
    if entry.deed is Deed.ANSWER and entry.of not in {one.asked.number for one in held.questions}:
        found.append("there is no such question")
    if entry.deed is Deed.ACTION_DONE:
        action = next((one for one in held.actions if one.agreed.number == entry.of), None)
        if action is None:
            found.append("there is no such action")
        elif action.done is not None:
            found.append("this action is recorded as done already")
    return tuple(found)
