"""A line of the worklist in words: why it stands where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from duecare.duty.finding import State
from duecare.rulebook.short_names import duty_words
from duecare.web.casework.presenters.findings import tag_of
from duecare.web.site.formatting.tag import Tag
from duecare.web.site.formatting.times import ago_words
from duecare.worklist.item import Item, Step

STEPS: Final[dict[Step, str]] = {
    Step.DANGER_NOW: "Danger reported as happening now",
    Step.STATUTORY_LIMIT: "Limits set by statute",
    Step.LATENESS: "Owed by guidance or the force's own standard",
}


def step_words(step: Step) -> str:
    """Which step of the one order is this?"""
    return STEPS[step]


@dataclass(frozen=True, slots=True)
class Owed:
    """What is owed in one line, in a word with a colour and a few words after it?"""

    tag: Tag
    words: str


def owed_lines(item: Item, as_of: datetime) -> tuple[Owed, ...]:
    """What is owed in this line, the leading first; what reads the same for several people is said once, with how many.

    Unknown: what cannot be told is said with its reason.
    """
    counted: dict[Owed, int] = {}
    for finding in item.findings:
        words = duty_words(finding.duty)
        if finding.state is State.CANNOT_TELL:
            words += f": {finding.reason or 'no reason was recorded'}"
        if finding.adopted is False:
            words += " (suggested standard, not adopted)"
        line = Owed(tag_of(finding, as_of), words)
        counted[line] = counted.get(line, 0) + 1
    return tuple(
        line if count == 1 else Owed(line.tag, f"{line.words}, {count} times") for line, count in counted.items()
    )


def danger_words(item: Item, as_of: datetime) -> str:
    """Which danger is reported as happening now, and when was it last reported? Empty where none is."""
    if item.danger is None:
        return ""
    words = item.danger.kind.value
    return f"{words[:1].upper()}{words[1:]}: reported {ago_words(item.danger.reported_at, as_of)}"


def owner_words(item: Item) -> str:
    """Who has it? That nobody has is said in so many words."""
    if item.is_unallocated:
        return "Nobody is allocated"
    return f"With {item.officer}" if item.officer else "No officer is named"
