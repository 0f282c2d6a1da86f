"""Why a finding differs between two moments, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from duecare.assessment.explain_change import Caused, Change, Why
from duecare.assessment.facts_at import Item, Row
from duecare.record.pole import CaseRecord, EventRecord, OfficerRecord, PostRecord
from duecare.web.site.formatting.labels import kind_words, post_words
from duecare.web.site.formatting.times import moment_words, when_words

_LEAD: Final[Mapping[Why, str]] = {
    Why.TIME_PASSED: "Only time passed.",
    Why.NEW_FACT: "It happened in between:",
    Why.LATE_FACT: "It had happened before, and was written down only later:",
    Why.CHANGED_FACT: "What had been written was changed:",
    Why.WITHDRAWN_FACT: "What had been written was withdrawn:",
    Why.CHANGED_LINK: "Records were joined as one person, or parted:",
    Why.CHANGED_RULE: "The force's own standard was changed.",
}
_FACTS: Final = frozenset({Why.NEW_FACT, Why.LATE_FACT, Why.CHANGED_FACT, Why.WITHDRAWN_FACT})


@dataclass(frozen=True, slots=True)
class Cause:
    """One cause: what kind it is, and a line for each row or record by which it came?"""

    lead: str
    lines: tuple[str, ...]


def causes_of(change: Change) -> tuple[Cause, ...]:
    """By what does this finding differ? What may not be shown is said to be so."""
    return tuple(_cause(cause, change) for cause in change.causes)


def _cause(cause: Caused, change: Change) -> Cause:
    lead = _LEAD[cause.why]
    if cause.why is Why.CHANGED_LINK:
        return Cause(lead, tuple(str(key) for key in change.records) or ("records that are not shown to you",))
    if cause.why not in _FACTS:
        return Cause(lead, ())
    if not cause.items:
        return Cause(lead, ("something that is not shown to you",))
    if cause.together and len(cause.items) > 1:
        lead = f"{lead.rstrip(':')}, none of these by itself:"
    return Cause(lead, tuple(_line(item) for item in cause.items))


def _line(item: Item) -> str:
    row = item.after or item.before
    said = [_words(row)]
    if item.written_at is not None:
        verb = "withdrawn" if item.after is None and not item.is_moved else "written"
        said.append(f"{verb} {moment_words(item.written_at)}")
    if item.is_moved:
        said.append("now of this case or person" if item.after else "now of another case or person")
    elif item.after is not None and item.before is not None and (before := _words(item.before)) != said[0]:
        said.append(f"before: {before}")
    return f"{', '.join(said)} ({item.key[0]}, {item.key[1]})"


def _words(row: Row | None) -> str:
    match row:
        case EventRecord():
            return f"{kind_words(row.kind)}, {when_words(row.happened_at)}"
        case CaseRecord():
            return (
                f"The case's own record, closed {when_words(row.closed_at)}"
                if row.closed_at
                else "The case's own record"
            )
        case OfficerRecord():
            away = f", away from {moment_words(row.absent_from)}" if row.absent_from else ""
            return f"Officer {row.officer}{away}"
        case PostRecord():
            return f"The post of {post_words(row.kind)}, {f'held by {row.holder}' if row.holder else 'vacant'}"
        case _:
            return "What a source says of the person"
