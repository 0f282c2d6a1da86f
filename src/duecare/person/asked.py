"""What is asked in a line of search: names in any order, a birth date or age, places, numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from duecare.person import standardise as std
from duecare.person.compared import Compared
from duecare.person.found_by import guarded_keys, open_keys
from duecare.vocabulary import identifiers as ids
from duecare.vocabulary.partial import read_partial_date
from duecare.vocabulary.unknown import Unknown

MOST_WORDS: Final = 6
_EMAIL: Final = re.compile(r"[^\s,;]+@[^\s,;]+\.[^\s,;]+")
_ISO: Final = re.compile(r"\b(\d{4}-\d{2}(?:-\d{2})?)\b")
_BRITISH: Final = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b")
_AGE: Final = re.compile(r"\b(?:aged?\s+(\d{1,2})|(\d{1,2})\s*(?:years?(?:\s+old)?|yrs?|y/o|yo))\b", re.IGNORECASE)
_POSTCODE: Final = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\b", re.IGNORECASE)
_CHECKED: Final = re.compile(r"\b(?:SF)?\d{1,6}/\d{1,7}[A-Z]\b|\b[A-Z]\d{11}[A-Z\d]\b", re.IGNORECASE)
_DIGITS: Final = re.compile(r"(?<![\w/])\+?\d[\d ()-]{7,}\d\b")
_YEAR: Final = re.compile(r"\b((?:19|20)\d{2})\b")
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
    """What does somebody look for?

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
        """Is nothing asked?"""
        return not (self.words or self.born or self.marks) and self.about == _NOTHING

    def readings(self) -> tuple[Compared, ...]:
        """As which records can this be read? Names in either order; of an age, both years it can be."""
        named = [replace(self.about, given=g, middle=m, family=f) for g, m, f in _orders(self.words)]
        return tuple(replace(one, born=born) for one in named for born in self.born or ("",))

    def keys(self, *, by_right: bool, words: Iterable[str] | None = None) -> set[str]:
        """By which keys is it looked for? `words` in the place of those typed, where another spelling is tried."""
        sought = tuple(self.words if words is None else words)
        found: set[str] = set()
        for born in (*self.born, *filter(None, map(_swapped, self.born))) or ("",):
            # As one record with all words for names: keys know no order.
            record = replace(self.about, family=" ".join(sought), born=born)
            found |= open_keys(record)
            if by_right:
                found |= guarded_keys(replace(record, online_names=self.online))
        for mark in self.marks:
            found |= {f"r:{mark.casefold()}", f"r:{mark.casefold().partition(':')[2]}", f"i:{std.other_id(mark)}"}
        return found


def read_asked(text: str, *, born: str = "", near: str = "", today: date | None = None) -> Asked:
    """What does this line ask for?

    Shape:   `born` a date, a part of one, or an age in years where `today` is given; `near` a postcode. What cannot be
             read as any of these is taken for a name.
    """
    rest = text.strip()
    dates: list[str] = []
    checked: list[str] = []
    rest, emails = _taken(rest, _EMAIL, ids.read_email)
    rest, numbers = _taken(rest, _CHECKED, lambda found: " ".join(_checked(found)))
    checked += [one for number in numbers for one in number.split()]
    for pattern, reader in ((_ISO, _date), (_BRITISH, _british), (_AGE, lambda found: _of_age(found, today))):
        rest, found = _taken(rest, pattern, reader)
        dates += [one for several in found for one in several.split()]
    rest, postcodes = _taken(rest, _POSTCODE, ids.read_postcode)
    rest, numbers = _taken(rest, _DIGITS, lambda found: " ".join(_checked(found)) or ids.read_phone(found))
    checked += [number for number in numbers if number.startswith("nhs:")]
    phones = [number for number in numbers if number.startswith("+")]
    rest, addresses = _taken(rest, _ADDRESS, lambda found: found)
    rest, years = _taken(rest, _YEAR, lambda found: found)
    marks = [word.strip(",;").lstrip("@") for word in rest.split() if _is_mark(word) or "-" in word]
    words = std.name_words(" ".join(word for word in rest.split() if not _is_mark(word)))
    said = born.strip()
    if said:
        dates = (_date(said) or _british(said) or (_of_age(said, today) if said.isdigit() else "")).split()
    return Asked(
        words=words[:MOST_WORDS],
        born=tuple(dict.fromkeys(dates or years)),
        about=Compared(
            postcode=std.comparable_postcode(near) if near.strip() else (postcodes or [""])[0],
            home_number=std.home_number(addresses[0]) if addresses else "",
            address_words=std.address_words(addresses[0]) if addresses else (),
            phones=tuple(phones),
            emails=tuple(emails),
            checked=tuple(dict.fromkeys(checked)),
        ),
        marks=tuple(marks[:MOST_WORDS]),
        online=tuple(dict.fromkeys(filter(None, map(_closed, (text, *text.split()[:MOST_WORDS]))))),
    )


def _is_mark(word: str) -> bool:
    """May this word be a number of another system, or an online name?"""
    return any(c.isdigit() or c in "_@:" for c in word)


def _taken(text: str, pattern: re.Pattern[str], reader: Callable[[str], str | Unknown]) -> tuple[str, list[str]]:
    """The text with a comma in the place of what the reader could read of it, and what that was."""
    found: list[str] = []

    def take(match: re.Match[str]) -> str:
        read = reader(match[0])
        if isinstance(read, Unknown) or not read:
            return match[0]
        found.append(read)
        return ", "

    return pattern.sub(take, text), found


def _checked(text: str) -> list[str]:
    found = []
    for kind, reader in _READERS.items():
        read = reader(text)
        if isinstance(read, str):
            found.append(f"{kind}:{read}")
    return found


def _date(text: str) -> str:
    try:
        return str(read_partial_date(text))
    except ValueError:
        return ""


def _british(text: str) -> str:
    match = _BRITISH.fullmatch(text.strip())
    return _date(f"{match[3]}-{int(match[2]):02d}-{int(match[1]):02d}") if match else ""


def _of_age(text: str, today: date | None) -> str:
    """The two years in which somebody of this age can have been born."""
    digits = "".join(c for c in text if c.isdigit())
    if today is None or not digits or int(digits) > 120:
        return ""
    return f"{today.year - int(digits) - 1} {today.year - int(digits)}"


def _swapped(born: str) -> str:
    """The same date with day and month the other way round, where there is such a one."""
    return _date(f"{born[:4]}-{born[8:]}-{born[5:7]}") if len(born) == 10 and born[5:7] != born[8:] else ""


def _closed(mark: str) -> str:
    return std.fold(mark.strip(",;@")).replace(" ", "")


def _orders(words: tuple[str, ...]) -> list[tuple[str, str, str]]:
    """As which given, middle and family names can these words be read?"""
    if not words:
        return [("", "", "")]
    first, last = words[0], words[-1]
    if len(words) == 1:
        return [(first, "", ""), ("", "", first)]
    if len(words) == 2:
        return [(first, "", last), (last, "", first)]
    return [
        (first, " ".join(words[1:-1]), last),
        (words[1], " ".join(words[2:]), first),
        (first, " ".join(words[1:-2]), " ".join(words[-2:])),
    ]
