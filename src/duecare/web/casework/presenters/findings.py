"""The state of a duty in words: late by how much, due soon (yellow within 24 hours), met late, or cannot tell and why."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from duecare.duty.finding import NOT_SHOWN, Finding
from duecare.visibility.page_types import LineNames, NamedPerson
from duecare.web.site.formatting.reasons import plain_words
from duecare.web.site.formatting.tag import Tag
from duecare.web.site.formatting.times import day_words, moment_words, span_words

DUE_SOON_WITHIN = timedelta(hours=24)

_AUTHORITIES: Final[dict[str, str]] = {
    "statute": "Statute",
    "statutory_guidance": "Statutory guidance",
    "professional_guidance": "Professional guidance",
    "local": "Local standard",
}


_STATES: Final[dict[str, str]] = {
    "met": "Met",
    "met_late": "Met late",
    "open": "Open",
    "overdue": "Overdue",
    "excused": "Excused",
    "not_applicable": "Does not apply",
    "cannot_tell": "Cannot tell",
}
_COLOURS: Final[dict[str, str]] = {
    "met": "green",
    "met_late": "orange",
    "open": "",
    "overdue": "red",
    "excused": "teal",
    "not_applicable": "grey",
    "cannot_tell": "purple",
}


def state_name(state: str) -> str:
    """The name of a state by itself."""
    return _STATES[state]


def tag_of(finding: Finding, as_of: datetime) -> Tag:
    """The word and colour for the state of a finding at `as_of`."""
    state = str(finding.state)
    if finding.reason == NOT_SHOWN:
        return Tag(_STATES[state], _COLOURS[state])
    if state == "overdue":
        return Tag(_overdue_tag(finding, as_of), "red")
    if state == "open":
        if finding.due_at is None:
            return Tag("Open")
        time_left = finding.due_at - as_of
        return Tag(f"Due in {span_words(time_left)}", "yellow" if time_left <= DUE_SOON_WITHIN else "")
    words = f"Met {span_words(_time_late(finding, as_of))} late" if state == "met_late" else _STATES[state]
    return Tag(words, _COLOURS[state])


def state_words(finding: Finding, as_of: datetime) -> str:
    """The state of a duty at `as_of` as one sentence with its reason.

    Unknown: what is not known is shown as such, with its reason; never as met or as a blank.
    """
    state, reason = str(finding.state), plain_words(finding.reason or "no reason was recorded")
    if finding.reason == NOT_SHOWN:
        return f"{_STATES[state]}: {reason}."
    if state == "cannot_tell":
        return f"Cannot tell: {reason}."
    if state == "not_applicable":
        return f"Does not apply: {reason}."
    if state == "excused":
        done_words = f" It was done on {moment_words(finding.met_at)}." if finding.met_at else ""
        return f"Excused: {reason}.{done_words}"
    if state == "met" and finding.met_at:
        return f"Met on {moment_words(finding.met_at)}, on time."
    if state == "met_late" and finding.met_at:
        return f"Met {span_words(_time_late(finding, as_of))} late, on {moment_words(finding.met_at)}."
    if state == "overdue" and finding.ended_at is not None:
        return (
            f"Never done: it ended on {moment_words(finding.ended_at)}, "
            f"{span_words(_time_late(finding, as_of))} after the time limit."
        )
    if state == "overdue":
        return f"Late by {span_words(_time_late(finding, as_of))} and not done."
    if finding.due_at is None:
        return "Open."
    return f"Open: due in {span_words(finding.due_at - as_of)}."


def limit_words(finding: Finding) -> str:
    """The time limit; a limit in days is the end of its day.

    Unknown: a limit that cannot be worked out is not known.
    """
    if finding.due_on is not None:
        return f"the end of {day_words(finding.due_on)}"
    return moment_words(finding.due_at) if finding.due_at is not None else "not known"


def authority_words(finding: Finding) -> str:
    """What requires it, and whether a miss counts as a breach."""
    words = _AUTHORITIES.get(str(finding.authority), str(finding.authority))
    if finding.adopted is True:
        return f"{words}, adopted by the force"
    if finding.adopted is False:
        return f"{words}, suggested but not adopted, so missing it is not a breach"
    return words


def finding_people(finding: Finding, names: LineNames) -> tuple[NamedPerson, ...]:
    """Whom a finding is about, as far as they are named: its person, and of a duty to a case the children in it."""
    return names.named([finding.person]) if finding.person else names.children_of(finding.case)


def recorded_words(finding: Finding) -> str:
    """That it was recorded late; empty where nothing was recorded, or on time."""
    if not finding.recorded_late or finding.recorded_at is None:
        return ""
    return f"Recorded on {moment_words(finding.recorded_at)}, after the time limit. What counts is when it happened."


def _overdue_tag(finding: Finding, as_of: datetime) -> str:
    span = span_words(_time_late(finding, as_of))
    return f"Never done, {span} past the limit" if finding.ended_at is not None else f"Late by {span}"


def _time_late(finding: Finding, as_of: datetime) -> timedelta:
    until = finding.met_at or finding.ended_at or as_of
    return until - finding.due_at if finding.due_at is not None and until > finding.due_at else timedelta(0)
