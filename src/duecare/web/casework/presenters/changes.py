"""Why a finding differs between two moments, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from duecare.assessment.explain_change import Change, ChangeCause, Why
from duecare.assessment.facts_at import Item, Row
from duecare.record.pole import CaseRecord, EventRecord, OfficerRecord, PostRecord
from duecare.visibility.officer_names import name_with_number
from duecare.web.site.formatting.labels import kind_words, post_words, record_words, source_words
from duecare.web.site.formatting.times import moment_words, when_words

_LEAD: Final[Mapping[Why, str]] = {
    Why.TIME_PASSED: "Only time has passed.",
    Why.NEW_FACT: "This happened between the two dates:",
    Why.LATE_FACT: "This happened before but was recorded later:",
    Why.CHANGED_FACT: "A record was changed:",
    Why.WITHDRAWN_FACT: "A record was withdrawn:",
    Why.CHANGED_LINK: "Records were linked as one person, or separated:",
    Why.CHANGED_RULE: "The force’s own standard was changed.",
}
_FACTS: Final = frozenset({Why.NEW_FACT, Why.LATE_FACT, Why.CHANGED_FACT, Why.WITHDRAWN_FACT})


@dataclass(frozen=True, slots=True)
class Cause:
    """One cause of a change: its kind, and a line for each record behind it."""

    lead: str
    lines: tuple[str, ...]


def causes_of(change: Change) -> tuple[Cause, ...]:
    """The causes of a change; what this viewer cannot see is described as such."""
    return tuple(_cause_words(cause, change) for cause in change.causes)


def _cause_words(cause: ChangeCause, change: Change) -> Cause:
    lead = _LEAD[cause.why]
    if cause.why is Why.CHANGED_LINK:
        return Cause(lead, tuple(record_words(key) for key in change.records) or ("records that you cannot see",))
    if cause.why not in _FACTS:
        return Cause(lead, ())
    if not cause.items:
        return Cause(lead, ("something that you cannot see",))
    if cause.together and len(cause.items) > 1:
        lead = f"{lead.rstrip(':')}. Only all of these together changed it:"
    return Cause(lead, tuple(_item_words(item) for item in cause.items))


def _item_words(item: Item) -> str:
    row = item.after or item.before
    parts = [_row_words(row)]
    if item.written_at is not None:
        verb = "withdrawn" if item.after is None and not item.is_moved else "recorded"
        parts.append(f"{verb} {moment_words(item.written_at)}")
    if item.is_moved:
        parts.append(
            "now in this case or about this person" if item.after else "now in another case or about another person"
        )
    elif item.after is not None and item.before is not None and (before := _row_words(item.before)) != parts[0]:
        parts.append(f"before: {before}")
    return f"{', '.join(parts)} ({source_words(item.key[0])}, {item.key[1]})"


def _row_words(row: Row | None) -> str:
    match row:
        case EventRecord():
            return f"{kind_words(row.kind)}, {when_words(row.happened_at)}"
        case CaseRecord():
            return (
                f"The record of the case, closed {when_words(row.closed_at)}"
                if row.closed_at
                else "The record of the case"
            )
        case OfficerRecord():
            away = f", absent from {moment_words(row.absent_from)}" if row.absent_from else ""
            return f"Officer {name_with_number(row)}{away}"
        case PostRecord():
            return f"The post of {post_words(row.kind)}, {f'filled by {row.holder}' if row.holder else 'vacant'}"
        case _:
            return "The source's record of the person"
