"""A line of the worklist in words: what is owed, any danger, and who it is allocated to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from duecare.duty.finding import State
from duecare.visibility.page_types import LineNames, NamedPerson
from duecare.web.casework.presenters.findings import tag_of
from duecare.web.site.formatting.labels import duty_label, officer_words
from duecare.web.site.formatting.reasons import plain_words
from duecare.web.site.formatting.tag import Tag
from duecare.web.site.formatting.times import ago_words
from duecare.worklist.item import Item, Step

QUIET: Final = timedelta(days=7)
"""After so long without news it is said that silence has ended nothing."""

STEPS: Final[dict[Step, str]] = {
    Step.DANGER_NOW: "Danger reported as happening now",
    Step.STATUTORY_LIMIT: "Limits set by statute",
    Step.LATENESS: "Required by guidance or the force’s own standards",
}


def step_words(step: Step) -> str:
    """The heading for a step of the order of the worklist."""
    return STEPS[step]


@dataclass(frozen=True, slots=True)
class Owed:
    """What is owed: a word with a colour, and a few words after it."""

    tag: Tag
    words: str


def owed_lines(item: Item, as_of: datetime) -> tuple[Owed, ...]:
    """What is owed in a line, most urgent first; what reads the same for several people is shown once, with how many.

    Unknown: what is not known is shown with its reason.
    """
    counted: dict[Owed, int] = {}
    for finding in item.findings:
        words = duty_label(finding.duty)
        if finding.state is State.CANNOT_TELL:
            words += f": {plain_words(finding.reason or 'no reason was recorded')}"
        if finding.adopted is False:
            words += " (suggested standard, not adopted)"
        line = Owed(tag_of(finding, as_of), words)
        counted[line] = counted.get(line, 0) + 1
    return tuple(
        line if count == 1 else Owed(line.tag, f"{line.words}, {count} times") for line, count in counted.items()
    )


def danger_words(item: Item, as_of: datetime) -> str:
    """The danger reported as happening now and when it was last reported; empty where there is none."""
    if item.danger is None:
        return ""
    words = item.danger.kind.value
    quiet = ". Nothing recorded since ends it" if as_of - item.danger.reported_at > QUIET else ""
    return f"{words[:1].upper()}{words[1:]}: reported {ago_words(item.danger.reported_at, as_of)}{quiet}"


def line_people(item: Item, names: LineNames) -> tuple[NamedPerson, ...]:
    """Whom a line is about: the children named in its case, else the people named to whom something is owed."""
    owed_to = [finding.person for finding in item.findings]
    return names.children_of(item.case) or names.named([item.person] if item.case is None else owed_to)


def owner_words(item: Item, officers: Mapping[str, str] | None = None) -> str:
    """Who it is allocated to, or that nobody is."""
    if item.is_unallocated:
        return "Nobody is allocated"
    return f"Allocated to {officer_words(item.officer, officers)}" if item.officer else "No officer is recorded"
