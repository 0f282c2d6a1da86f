"""A line of the worklist in words: why it stands where it stands."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from duecare.web.presenters.times import ago_words
from duecare.worklist.item import Item, Step

STEPS: Final[dict[Step, str]] = {
    Step.DANGER_NOW: "Danger reported as happening now",
    Step.STATUTORY_LIMIT: "Limits set by statute",
    Step.LATENESS: "Owed by guidance or the force's own standard, latest first",
}


def step_words(step: Step) -> str:
    """Which step of the one order is this?"""
    return STEPS[step]


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
