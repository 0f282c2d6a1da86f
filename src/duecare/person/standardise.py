"""Names, dates, addresses and identifiers of a record brought to the form in which two records are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import jellyfish

from duecare.person.names import name_class
from duecare.record.pole import PersonRecord
from duecare.vocabulary.identifiers import (
    read_cro_number,
    read_email,
    read_nhs_number,
    read_phone,
    read_pnc_id,
    read_postcode,
    read_upn,
    read_uprn,
)
from duecare.vocabulary.partial import PartialDate
from duecare.vocabulary.unknown import Unknown

_TITLE_WORDS: Final = (
    "mr mrs miss ms mx dr sir dame lord lady master rev reverend prof professor hon capt captain major general colonel "
    "baronet bt baron earl viscount esq jr sr junior senior the 1st 2nd 3rd 4th 5th 6th 7th 8th 9th 10th"
)
_TITLES: Final = frozenset(_TITLE_WORDS.split())
_NOT_NAMES: Final = frozenset(
    {"", "unknown", "nk", "n k", "unk", "none", "na", "n a", "not known", "not given", "baby", "unborn", "null"}
)
_STREET_WORDS: Final = {
    "rd": "road",
    "st": "street",
    "ave": "avenue",
    "av": "avenue",
    "cl": "close",
    "ct": "court",
    "cres": "crescent",
    "dr": "drive",
    "gdns": "gardens",
    "hse": "house",
    "ln": "lane",
    "pl": "place",
    "sq": "square",
    "ter": "terrace",
    "apt": "flat",
    "apartment": "flat",
}
_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class StandardRecord:
    """What has one record to compare with another?

    Shape:   text folded; empty where the source is silent or what it says cannot be used. `givens` and `families` hold
             other names too. `identifiers` are `pnc:…`, `cro:…`, `nhs:…`, `upn:…` whose check holds, and the systems'
             own as `system:value`.
    """

    given: str
    middle: str
    family: str
    givens: tuple[str, ...]
    families: tuple[str, ...]
    born: str
    sex: str
    postcode: str
    uprn: str
    home_number: str
    address_words: tuple[str, ...]
    phones: tuple[str, ...]
    emails: tuple[str, ...]
    online_names: tuple[str, ...]
    identifiers: tuple[str, ...]

    @property
    def name_class(self) -> str:
        """For which name does the first given name stand?"""
        return name_class(self.given)


@lru_cache(maxsize=200_000)
def fold(text: str) -> str:
    """How is this text compared? Lower case, no accents, no marks; words parted by one space.

    Example:
        >>> fold("  O'Brien-Núñez ")
        'obrien nunez'
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(c for c in plain if not unicodedata.combining(c) and c not in "'’`.")
    return " ".join(_WORD.findall(kept))


def name_words(text: str) -> tuple[str, ...]:
    """Which words of this name count? None for a placeholder; titles are left out.

    Example:
        >>> name_words("Mr. John-Paul"), name_words("Unknown")
        (('john', 'paul'), ())
    """
    folded = fold(text)
    if folded in _NOT_NAMES:
        return ()
    words = tuple(folded.split())
    return tuple(word for word in words if word not in _TITLES) or (
        words if len(words) == 1 and words[0].isalpha() else ()
    )


def sound(word: str) -> str:
    """How does this name sound? Metaphone, at most six letters.

    Example:
        >>> sound("smith") == sound("smyth")
        True
    """
    return jellyfish.metaphone(word)[:6] if word.isascii() else word[:4]


def born_text(born: PartialDate | Unknown) -> str:
    """What is known of the birth date? `2009-05-14`, `2009-05`, `2009` or nothing."""
    return "" if isinstance(born, Unknown) else str(born)


def address_words(text: str) -> tuple[str, ...]:
    """Which words of this address count, house numbers included? In order of spelling, each once."""
    return tuple(sorted({_STREET_WORDS.get(word, word) for word in fold(text).split()}))


def home_number(text: str) -> str:
    """Which number has the home? All words with a figure in them, as they come: `12 4b` for Flat 12, 4B Ash Road."""
    return " ".join(word for word in fold(text).split() if any(c.isdigit() for c in word))


def comparable_postcode(text: str) -> str:
    """Which postcode is this? The canonical UK one, else the text closed up, as another country may write it."""
    read = read_postcode(text)
    return read if isinstance(read, str) else fold(text).replace(" ", "").upper()


def comparable_sex(text: str) -> str:
    """Which sex is given, where it is M or F? X and the rest do not tell two records apart."""
    return text if text in {"M", "F"} else ""


def valid(read: str | Unknown) -> str:
    """The canonical form, or nothing where there is none."""
    return read if isinstance(read, str) else ""


def other_id(text: str) -> str:
    """Which identifier of another system is this? `system:value`, compared without case; nothing without a value."""
    system, _, value = text.partition(":")
    closed = "".join(value.split()).casefold()
    return f"{fold(system)}:{closed}" if system.strip() and closed else ""


def born_year(born: str) -> int | None:
    """Which year of birth does a standard birth date tell?"""
    return int(born[:4]) if born else None


def standardise(record: PersonRecord) -> StandardRecord:
    """What has this record to compare with another?

    Unknown: whatever the source does not say, or says so that it cannot be used, is left empty and weighs nothing.
    """
    given = name_words(record.given_names)
    family = name_words(record.family_name)
    others = [words for words in map(name_words, record.also_known_as) if words]
    born = born_text(record.born)
    checked = {
        "pnc": valid(read_pnc_id(record.pnc_id, born_year(born))),
        "cro": valid(read_cro_number(record.cro_number)),
        "nhs": valid(read_nhs_number(record.nhs_number)),
        "upn": valid(read_upn(record.upn)),
    }
    return StandardRecord(
        given=given[0] if given else "",
        middle=" ".join(given[1:]),
        family=" ".join(family),
        givens=_once([*given[:1], *(words[0] for words in others)]),
        families=_once([*([" ".join(family)] if family else []), *(words[-1] for words in others if len(words) > 1)]),
        born=born,
        sex=comparable_sex(record.sex),
        postcode=comparable_postcode(record.postcode),
        uprn=valid(read_uprn(record.uprn)),
        home_number=home_number(record.address),
        address_words=address_words(record.address),
        phones=_once(valid(read_phone(phone)) for phone in record.phones),
        emails=_once(valid(read_email(email)) for email in record.emails),
        online_names=_once(fold(name).replace(" ", "") for name in record.online_names),
        identifiers=(
            *(f"{kind}:{value}" for kind, value in checked.items() if value),
            *_once(map(other_id, record.other_ids)),
        ),
    )


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
