"""A possible duplicate as its page shows it: two records line by line, with a word for whether they match."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from duecare.person.pair import COMPARISONS
from duecare.person.reasons import level_words
from duecare.record.pole import PersonRecord
from duecare.vocabulary.identifiers import read_pnc_id
from duecare.web.linkage.presenters.links import side_by_side
from duecare.web.people.presenters import missing_lines

AGREE, DIFFER, SILENT = "match", "different", "only in one record"
SO_FAR, NEITHER, HIDDEN = "match as far as known", "in neither record", "not shown"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of two records: both values, and whether they match in words."""

    name: str
    one: str
    other: str
    word: str


def lines_of(a: PersonRecord, b: PersonRecord) -> tuple[Line, ...]:
    """Two records line by line, without when each was recorded, which says nothing about who they are."""
    return tuple(
        Line(name, one, other, AGREE if is_same else _word(name, one, other, a, b))
        for name, one, other, is_same in side_by_side(a, b)
        if name != "Recorded"
    )


def _word(name: str, one: str, other: str, a: PersonRecord, b: PersonRecord) -> str:
    """Whether two values that are written differently match.

    Unknown: what is not known neither matches nor differs, and nothing is shown of a protected address.
    """
    if not one or not other:
        return SILENT
    silent = sum(name in missing_lines(record) for record in (a, b))
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
    """The text without capitals, spaces and punctuation."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def evidence_of(levels: Mapping[str, str]) -> tuple[str, ...]:
    """The results of comparing two records, in words, in the order in which they are compared."""
    found = (level_words(name, levels[name]) for name in COMPARISONS if name in levels)
    return tuple(words[:1].upper() + words[1:] for words in found)
