"""A possible duplicate as its page shows it: two records line by line, with a word for whether they match."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from duecare.person.pair import COMPARISONS
from duecare.person.search_reasons import level_words
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
        Line(name, first_value, second_value, AGREE if is_same else _match_word(name, first_value, second_value, a, b))
        for name, first_value, second_value, is_same in side_by_side(a, b)
        if name != "Recorded"
    )


def _match_word(name: str, first_value: str, second_value: str, a: PersonRecord, b: PersonRecord) -> str:
    """Whether two values that are written differently match.

    Unknown: what is not known neither matches nor differs, and nothing is shown of a protected address.
    """
    if not first_value or not second_value:
        return SILENT
    silent = sum(name in missing_lines(record) for record in (a, b))
    if silent:
        return HIDDEN if name == "Address" else NEITHER if silent == 2 else SILENT
    if name == "Ethnicity":  # whoever said it
        first_value, second_value = a.ethnicity, b.ethnicity
    elif name == "PNC ID":  # with two figures of the year or four
        first_value, second_value = (
            str(read_pnc_id(first_value) or first_value),
            str(read_pnc_id(second_value) or second_value),
        )
    if _plain_text(first_value) == _plain_text(second_value):
        return AGREE
    short, long = sorted((str(a.born), str(b.born)), key=len)
    return SO_FAR if name == "Date of birth" and long.startswith(short) else DIFFER


def _plain_text(text: str) -> str:
    """The text without capitals, spaces and punctuation."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def evidence_of(levels: Mapping[str, str]) -> tuple[str, ...]:
    """The results of comparing two records, in words, in the order in which they are compared."""
    results = (level_words(name, levels[name]) for name in COMPARISONS if name in levels)
    return tuple(words[:1].upper() + words[1:] for words in results)
