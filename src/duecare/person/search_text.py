"""How a line of search is read: names in any order, a birth date or age, places, numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from duecare.person import standardise as std
from duecare.person.comparable_record import Compared
from duecare.person.search_keys import guarded_keys, open_keys
from duecare.vocabulary import identifiers as ids
from duecare.vocabulary.partial_date import read_partial_date
from duecare.vocabulary.unknown import Unknown

MOST_WORDS: Final = 6
_EMAIL: Final = re.compile(r"[^\s,;]+@[^\s,;]+\.[^\s,;]+")
_ISO_PATTERN: Final = re.compile(r"\b(\d{4}-\d{2}(?:-\d{2})?)\b")
_BRITISH: Final = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b")
_AGE_PATTERN: Final = re.compile(
    r"\b(?:aged?\s+(\d{1,2})|(\d{1,2})\s*(?:years?(?:\s+old)?|yrs?|y/o|yo))\b", re.IGNORECASE
)
_POSTCODE: Final = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\b", re.IGNORECASE)
_CHECKED: Final = re.compile(r"\b(?:SF)?\d{1,6}/\d{1,7}[A-Z]\b|\b[A-Z]\d{11}[A-Z\d]\b", re.IGNORECASE)
_DIGITS: Final = re.compile(r"(?<![\w/])\+?\d[\d ()-]{7,}\d\b")
_YEAR_PATTERN: Final = re.compile(r"\b((?:19|20)\d{2})\b")
_KINDS: Final = "|".join(sorted(std.way_words()))
_ADDRESS: Final = re.compile(
    rf"\b(?:flat\s+\d+\w?,?\s+)?\d+[a-z]?,?\s+(?:[a-z'’]+\s+){{1,3}}?(?:{_KINDS})\b", re.IGNORECASE
)
_READERS: Final[dict[str, Callable[[str], str | Unknown]]] = {
    "pnc": ids.read_pnc_id,
    "cro": ids.read_cro_number,
    "nhs": ids.read_nhs_number,
    "upn": ids.read_upn,
}


_NOTHING: Final = Compared()


@dataclass(frozen=True, slots=True)
class Asked:
    """The names, dates, places and numbers to search for.

    Shape:   `words` are names in the order typed; `born` the dates it may be, whole or in part; `about` everything else,
             as a record would hold it; `marks` what may be another system's number; `online` what may be an online name.
    """

    words: tuple[str, ...] = ()
    born: tuple[str, ...] = ()
    about: Compared = _NOTHING
    marks: tuple[str, ...] = ()
    online: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to search for."""
        return not (self.words or self.born or self.marks) and self.about == _NOTHING

    def readings(self) -> tuple[Compared, ...]:
        """The records this can be read as: names in either order; of an age, both years it can be."""
        name_readings = [
            replace(self.about, given=given_name, middle=middle_name, family=family_name)
            for given_name, middle_name, family_name in _name_orders(self.words)
        ]
        return tuple(
            replace(name_reading, born=birth_date)
            for name_reading in name_readings
            for birth_date in self.born or ("",)
        )

    def keys(self, *, by_right: bool, words: Iterable[str] | None = None) -> set[str]:
        """The keys to search by; `words` in place of those typed, where another spelling is tried."""
        sought = tuple(self.words if words is None else words)
        search_keys: set[str] = set()
        for birth_date in (*self.born, *filter(None, map(_day_month_swapped, self.born))) or ("",):
            # As one record with all words for names: keys know no order.
            record = replace(self.about, family=" ".join(sought), born=birth_date)
            search_keys |= open_keys(record)
            if by_right:
                search_keys |= guarded_keys(replace(record, online_names=self.online))
        for mark_text in self.marks:
            search_keys |= {
                f"r:{mark_text.casefold()}",
                f"r:{mark_text.casefold().partition(':')[2]}",
                f"i:{std.other_id(mark_text)}",
            }
        return search_keys


def read_asked(query_text: str, *, birth_text: str = "", near_text: str = "", today: date | None = None) -> Asked:
    """Read this line of search.

    Shape:   `birth_text` a date, a part of one, or an age in years where `today` is given; `near_text` a postcode. What cannot be
             read as any of these is taken for a name.
    """
    remaining = query_text.strip()
    dates: list[str] = []
    checked: list[str] = []
    remaining, emails = _take_matches(remaining, _EMAIL, ids.read_email)
    remaining, numbers = _take_matches(remaining, _CHECKED, lambda match_text: " ".join(_checked_numbers(match_text)))
    checked += [number_text for number in numbers for number_text in number.split()]
    for pattern, reader in (
        (_ISO_PATTERN, _plain_date),
        (_BRITISH, _british_date),
        (_AGE_PATTERN, lambda match_text: _of_age(match_text, today)),
    ):
        remaining, date_texts = _take_matches(remaining, pattern, reader)
        dates += [date_text for several in date_texts for date_text in several.split()]
    remaining, postcodes = _take_matches(remaining, _POSTCODE, ids.read_postcode)
    remaining, numbers = _take_matches(
        remaining, _DIGITS, lambda match_text: " ".join(_checked_numbers(match_text)) or ids.read_phone(match_text)
    )
    checked += [number for number in numbers if number.startswith("nhs:")]
    phones = [number for number in numbers if number.startswith("+")]
    remaining, addresses = _take_matches(remaining, _ADDRESS, lambda match_text: match_text)
    remaining, years = _take_matches(remaining, _YEAR_PATTERN, lambda match_text: match_text)
    mark_texts = [
        word_text.strip(",;").lstrip("@") for word_text in remaining.split() if _is_mark(word_text) or "-" in word_text
    ]
    words = std.name_words(" ".join(word_text for word_text in remaining.split() if not _is_mark(word_text)))
    birth_stated = birth_text.strip()
    if birth_stated:
        dates = (
            _plain_date(birth_stated)
            or _british_date(birth_stated)
            or (_of_age(birth_stated, today) if birth_stated.isdigit() else "")
        ).split()
    return Asked(
        words=words[:MOST_WORDS],
        born=tuple(dict.fromkeys(dates or years)),
        about=Compared(
            postcode=std.comparable_postcode(near_text) if near_text.strip() else (postcodes or [""])[0],
            home_number=std.home_number(addresses[0]) if addresses else "",
            address_words=std.address_words(addresses[0]) if addresses else (),
            phones=tuple(phones),
            emails=tuple(emails),
            checked=tuple(dict.fromkeys(checked)),
        ),
        marks=tuple(mark_texts[:MOST_WORDS]),
        online=tuple(dict.fromkeys(filter(None, map(_closed_up, (query_text, *query_text.split()[:MOST_WORDS]))))),
    )


def _is_mark(word_text: str) -> bool:
    """Whether this word may be a number of another system, or an online name."""
    return any(character.isdigit() or character in "_@:" for character in word_text)


def _take_matches(
    query_text: str, pattern: re.Pattern[str], reader: Callable[[str], str | Unknown]
) -> tuple[str, list[str]]:
    """The text with a comma in place of what the reader could read of it, and what that was."""
    values_taken: list[str] = []

    def take(match: re.Match[str]) -> str:
        value_read = reader(match[0])
        if isinstance(value_read, Unknown) or not value_read:
            return match[0]
        values_taken.append(value_read)
        return ", "

    return pattern.sub(take, query_text), values_taken


def _checked_numbers(number_text: str) -> list[str]:
    numbers = []
    for number_kind, reader in _READERS.items():
        value_read = reader(number_text)
        if isinstance(value_read, str):
            numbers.append(f"{number_kind}:{value_read}")
    return numbers


def _plain_date(date_text: str) -> str:
    try:
        return str(read_partial_date(date_text))
    except ValueError:
        return ""


def _british_date(date_text: str) -> str:
    match = _BRITISH.fullmatch(date_text.strip())
    return _plain_date(f"{match[3]}-{int(match[2]):02d}-{int(match[1]):02d}") if match else ""


def _of_age(age_text: str, today: date | None) -> str:
    """The two years in which somebody of this age can have been born."""
    digits = "".join(character for character in age_text if character.isdigit())
    if today is None or not digits or int(digits) > 120:
        return ""
    return f"{today.year - int(digits) - 1} {today.year - int(digits)}"


def _day_month_swapped(birth_date: str) -> str:
    """The same date with day and month the other way round, where there is such a one."""
    return (
        _plain_date(f"{birth_date[:4]}-{birth_date[8:]}-{birth_date[5:7]}")
        if len(birth_date) == 10 and birth_date[5:7] != birth_date[8:]
        else ""
    )


def _closed_up(mark_text: str) -> str:
    return std.fold_text(mark_text.strip(",;@")).replace(" ", "")


def _name_orders(words: tuple[str, ...]) -> list[tuple[str, str, str]]:
    """The given, middle and family names these words can be read as."""
    if not words:
        return [("", "", "")]
    first_word, last_word = words[0], words[-1]
    if len(words) == 1:
        return [(first_word, "", ""), ("", "", first_word)]
    if len(words) == 2:
        return [(first_word, "", last_word), (last_word, "", first_word)]
    return [
        (first_word, " ".join(words[1:-1]), last_word),
        (words[1], " ".join(words[2:]), first_word),
        (first_word, " ".join(words[1:-2]), " ".join(words[-2:])),
    ]
