"""How a pair to look at is shown: line by line with a word for whether they agree, and reasons to choose from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from duecare.person.pair import COMPARISONS
from duecare.person.reasons import level_words
from duecare.record.pole import PersonRecord
from duecare.web.presenters.links import side_by_side

AGREE, DIFFER, SILENT = "agree", "differ", "one says nothing"
REASONS: Final[tuple[tuple[str, str], ...]] = (
    ("agree", "Names, birth date and home agree"),
    ("number", "The same number, telephone or email stands in both"),
    ("household", "One household: brothers, sisters or twins"),
    ("relative", "A parent and child, or other relatives of one name"),
    ("files", "I have read both files, and they say so"),
    ("little", "They say too little to tell"),
)
"""What may be chosen as the reason: (value, words)."""


@dataclass(frozen=True, slots=True)
class Line:
    """What do two records say of one thing, and do they agree in words?"""

    name: str
    one: str
    other: str
    word: str


def lines_of(a: PersonRecord, b: PersonRecord) -> tuple[Line, ...]:
    """The two records line by line; when each was written is left out, for that says nothing of who they are."""
    return tuple(
        Line(name, one, other, AGREE if is_same else DIFFER if one and other else SILENT)
        for name, one, other, is_same in side_by_side(a, b)
        if name != "Written"
    )


def evidence_of(levels: Mapping[str, str]) -> tuple[str, ...]:
    """What the comparison of the two found, in words, in the order in which they are compared."""
    found = (level_words(name, levels[name]) for name in COMPARISONS if name in levels)
    return tuple(words[:1].upper() + words[1:] for words in found)


def reason_of(chosen: str, typed: str) -> str:
    """The reason in words: what was chosen, what was typed, or both."""
    words = dict(REASONS).get(chosen, "")
    return ". ".join(part for part in (words, typed.strip()) if part)
