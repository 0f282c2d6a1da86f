"""How a pair to look at is shown: line by line with a word for whether they agree, and reasons to choose from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from duecare.person.pair import COMPARISONS
from duecare.person.reasons import level_words
from duecare.record.pole import PersonRecord
from duecare.vocabulary.identifiers import read_pnc_id
from duecare.web.linkage.presenters.links import side_by_side
from duecare.web.people.presenters import untold

AGREE, DIFFER, SILENT = "agree", "differ", "one says nothing"
SO_FAR, NEITHER, HIDDEN = "agree as far as given", "neither says", "not shown"
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
        Line(name, one, other, AGREE if is_same else _word(name, one, other, a, b))
        for name, one, other, is_same in side_by_side(a, b)
        if name != "Written"
    )


def _word(name: str, one: str, other: str, a: PersonRecord, b: PersonRecord) -> str:
    """Do the two agree in this line, which they do not write alike?

    Unknown: what is not known agrees and differs with nothing, and of a protected address nothing is told.
    """
    if not one or not other:
        return SILENT
    silent = sum(name in untold(record) for record in (a, b))
    if silent:
        return HIDDEN if name == "Address" else NEITHER if silent == 2 else SILENT
    if name == "Ethnicity":  # whoever said it
        one, other = a.ethnicity, b.ethnicity
    elif name == "PNC ID":  # with two figures of the year or four
        one, other = str(read_pnc_id(one) or one), str(read_pnc_id(other) or other)
    if _plain(one) == _plain(other):
        return AGREE
    short, long = sorted((str(a.born), str(b.born)), key=len)
    return SO_FAR if name == "Date of birth" and long.startswith(short) else DIFFER


def _plain(text: str) -> str:
    """These words without capitals, spaces and marks."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def evidence_of(levels: Mapping[str, str]) -> tuple[str, ...]:
    """What the comparison of the two found, in words, in the order in which they are compared."""
    found = (level_words(name, levels[name]) for name in COMPARISONS if name in levels)
    return tuple(words[:1].upper() + words[1:] for words in found)


def reason_of(chosen: str, typed: str) -> str:
    """The reason in words: what was chosen, what was typed, or both."""
    words = dict(REASONS).get(chosen, "")
    return ". ".join(part for part in (words, typed.strip()) if part)
