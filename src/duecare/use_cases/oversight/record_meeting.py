"""Record meetings, minutes, actions and their end, questions and answers; what each must have; a form sent twice is one.

Nothing recorded is altered, it is said again: the database itself refuses (`only_added` in `store/migrations/0016_oversight`).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from duecare.access.act import Act
from duecare.access.thing import OVERSIGHT
from duecare.authorisation.authorise import authorise, log_write
from duecare.authorisation.request import Request
from duecare.recommendation.oversight_register import Body, Deed, Entry, Register, fold_register
from duecare.store.database.transaction import transaction
from duecare.store.oversight import meeting_records as kept
from duecare.vocabulary.refusals import Refusal
from duecare.vocabulary.text_lengths import MEETING_TEXT

ONE_PRESS: Final = timedelta(minutes=1)
"""Within which time is the very same entry by the same account one that was sent twice, and not said twice?"""
BODIES = {"mayors_office": Body.MAYOR, "expert": Body.EXPERTS, "lead_inspector": Body.INSPECTORATE}
DEED_ACTS = {
    Deed.QUESTION: Act.ASK_QUESTION,
    Deed.ANSWER: Act.ANSWER_QUESTION,
    Deed.MEETING: Act.RECORD_MEETING,
    Deed.MINUTE: Act.RECORD_MEETING,
    Deed.ACTION: Act.RECORD_MEETING,
    Deed.ACTION_DONE: Act.RECORD_MEETING,
}


def record_deed(
    request: Request,
    deed_done: Deed,
    words: str,
    *,
    meeting: int = 0,
    of_entry: int = 0,
    owner: str = "",
    due_on: date | None = None,
) -> Entry:
    """Keep this entry; with its number. One that is sent twice, as by a button pressed twice, is kept once.

    Shape:   a question may belong to a meeting; minutes and actions must; an answer belongs to a question, what is done to
             an action. A meeting has its day, an action the post that must act.
    Raises:  ACC-003 when the viewer may not; RCM-040 when something is wanting: nothing is recorded.
    """
    authorise(request, DEED_ACTS[deed_done], OVERSIGHT)
    oversight_body = next(
        (BODIES[role_name] for role_name in sorted(request.viewer.roles) if role_name in BODIES), None
    )
    entry = Entry(
        0,
        deed_done,
        request.now,
        request.viewer.account,
        words.strip(),
        oversight_body,
        meeting,
        of_entry,
        owner.strip(),
        due_on,
    )
    entry = entry if deed_done is not Deed.ANSWER else replace(entry, body=None)
    with transaction():
        entries_kept = kept.register_entries()
        again = next((entry_kept for entry_kept in reversed(entries_kept) if _is_sent_twice(entry_kept, entry)), None)
        if again is not None:
            log_write(request, DEED_ACTS[deed_done], outcome=f"nothing done: sent twice, {_entry_title(again)} is held")
            return again
        faults = _entry_faults(entry, fold_register(entries_kept))
        if faults:
            raise Refusal("RCM-040", faults=faults)
        entry = kept.keep_entry(entry)
        log_write(request, DEED_ACTS[deed_done], outcome=f"done: {_entry_title(entry)}")
    return entry


def _entry_title(entry: Entry) -> str:
    return f"{entry.deed.value.replace('_', ' ')} {entry.number}"


def _is_sent_twice(entry_kept: Entry, entry: Entry) -> bool:
    is_same = replace(entry_kept, number=entry.number, at=entry.at) == entry
    return is_same and abs(entry.at - entry_kept.at) <= ONE_PRESS


def _entry_faults(entry: Entry, oversight_register: Register) -> tuple[str, ...]:
    faults_found = []
    if not entry.words or len(entry.words) > MEETING_TEXT:
        faults_found.append(f"write 1 to {MEETING_TEXT:,} characters; {len(entry.words):,} were given")
    if entry.deed is Deed.MEETING and entry.due_on is None:
        faults_found.append("give the day of the meeting")
    if entry.deed in {Deed.MINUTE, Deed.ACTION} and oversight_register.meeting(entry.meeting) is None:
        faults_found.append("there is no such meeting")
    if entry.deed is Deed.QUESTION and entry.meeting and oversight_register.meeting(entry.meeting) is None:
        faults_found.append("there is no such meeting")
    if entry.deed is Deed.ACTION and not entry.owner:
        faults_found.append("say which post must act")
    if entry.deed is Deed.ANSWER and entry.of not in {
        question.asked.number for question in oversight_register.questions
    }:
        faults_found.append("there is no such question")
    if entry.deed is Deed.ACTION_DONE:
        action = next(
            (agreed_action for agreed_action in oversight_register.actions if agreed_action.agreed.number == entry.of),
            None,
        )
        if action is None:
            faults_found.append("there is no such action")
        elif action.done is not None:
            faults_found.append("this action is recorded as done already")
    return tuple(faults_found)
