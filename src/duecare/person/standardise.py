"""Names, dates, addresses and identifiers of a record in the form in which two records are compared."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache
from typing import Final

import jellyfish

from duecare.vocabulary.identifiers import (
    read_postcode,
)
from duecare.vocabulary.partial_date import PartialDate
from duecare.vocabulary.unknown import Unknown

_TITLE_WORDS: Final = (
    "mr mrs miss ms mx dr sir dame lord lady master rev reverend prof professor hon capt captain major general colonel "
    "baronet bt baron earl viscount esq jr sr junior senior the 1st 2nd 3rd 4th 5th 6th 7th 8th 9th 10th"
)
_TITLES: Final = frozenset(_TITLE_WORDS.split())
_NOT_NAMES: Final = frozenset(
    {"", "unknown", "nk", "n k", "unk", "none", "na", "n a", "not known", "not given", "baby", "unborn", "null"}
)
_SPELLING_WAYS: Final = {
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
}
_STREET_WORDS: Final = {**_SPELLING_WAYS, "apt": "flat", "apartment": "flat"}
_WAY_KINDS: Final = frozenset({*_SPELLING_WAYS.values(), "way", "park", "row", "mews", "hill", "grove", "walk"})
_STREET_KINDS: Final = _WAY_KINDS | {"flat", "the"}
_WORD_PATTERN: Final = re.compile(r"[^\W_]+")
_LETTERS: Final = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ə": "e", "ħ": "h", "ŋ": "ng"}
)
"""Letters that are no letter with a mark, and yet have one that stands for them on an English keyboard."""
_CARRIED_OVER: Final = {
    "ph": "f", "ch": "c", "sh": "s", "gh": "g", "kh": "k", "th": "t", "dh": "d", "bh": "b", "zh": "z", "ts": "t", "tz": "t",
    "ny": "n", "ck": "k", "ou": "u", "oo": "u", "ue": "u", "oe": "o", "ee": "i", "ie": "i", "ae": "e", "y": "i", "w": "v",
    "q": "k",
}  # fmt: skip
"""What an English hand writes for one letter of another script, or of another alphabet, and what else it writes."""
_CARRIED: Final = re.compile("|".join(sorted(_CARRIED_OVER, key=len, reverse=True)))
_DOUBLED: Final = re.compile(r"(.)\1+")


@lru_cache(maxsize=200_000)
def fold_text(written_text: str) -> str:
    """The form in which this text is compared: lower case, no accents, no marks; words parted by one space.

    Example:
        >>> fold_text("  O'Brien-Núñez ")
        'obrien nunez'
    """
    plain = unicodedata.normalize("NFKD", written_text.casefold().translate(_LETTERS))
    letters = "".join(
        character for character in plain if not unicodedata.combining(character) and character not in "'’`."
    )
    return " ".join(_WORD_PATTERN.findall(letters))


def name_words(name_text: str) -> tuple[str, ...]:
    """The words of this name that count: none for a placeholder, titles left out.

    Example:
        >>> name_words("Mr. John-Paul"), name_words("Unknown")
        (('john', 'paul'), ())
    """
    folded = fold_text(name_text)
    if folded in _NOT_NAMES:
        return ()
    words = tuple(folded.split())
    return tuple(name_word for name_word in words if name_word not in _TITLES) or (
        words if len(words) == 1 and words[0].isalpha() else ()
    )


def sound_code(word_text: str) -> str:
    """The sound of this name: Metaphone, at most six letters.

    Example:
        >>> sound_code("smith") == sound_code("smyth")
        True
    """
    return jellyfish.metaphone(word_text)[:6] if word_text.isascii() else word_text[:4]


@lru_cache(maxsize=200_000)
def spelling_code(word_text: str) -> str:
    """The spelling of this folded name, however it was carried over from another script or alphabet.

    Example:
        >>> spelling_code("chaghlasin") == spelling_code("caglasin"), spelling_code("mueller") == spelling_code("muller")
        (True, True)
    """
    return _DOUBLED.sub(r"\1", _CARRIED.sub(lambda match: _CARRIED_OVER[match.group()], word_text))


def born_days(birth_date: str) -> int | None:
    """The number of the day of a whole birth date, so that two can be subtracted; None for a part of one."""
    return date.fromisoformat(birth_date).toordinal() if len(birth_date) == 10 else None


def born_text(birth_date: PartialDate | Unknown) -> str:
    """What is known of the birth date: `2009-05-14`, `2009-05`, `2009` or nothing."""
    return "" if isinstance(birth_date, Unknown) else str(birth_date)


def address_words(address_text: str) -> tuple[str, ...]:
    """The words of this address that count, house numbers included, in order of spelling, each once."""
    return tuple(
        sorted({_STREET_WORDS.get(address_word, address_word) for address_word in fold_text(address_text).split()})
    )


def home_number(address_text: str) -> str:
    """The number of the home: all words with a figure in them, as they come: `12 4b` for Flat 12, 4B Ash Road."""
    return " ".join(
        address_word
        for address_word in fold_text(address_text).split()
        if any(character.isdigit() for character in address_word)
    )


def comparable_postcode(postcode_text: str) -> str:
    """The postcode in comparable form: the canonical UK one, else the text closed up, as another country may write it."""
    postcode = read_postcode(postcode_text)
    return postcode if isinstance(postcode, str) else fold_text(postcode_text).replace(" ", "").upper()


def comparable_sex(sex_text: str) -> str:
    """The sex given, where it is M or F; X and the rest do not separate two records."""
    return sex_text if sex_text in {"M", "F"} else ""


def valid_or_empty(value_read: str | Unknown) -> str:
    """The canonical form, or nothing where there is none."""
    return value_read if isinstance(value_read, str) else ""


def other_id(id_text: str) -> str:
    """An identifier of another system, `system:value`, compared without case; nothing without a value."""
    system, _, value = id_text.partition(":")
    closed = "".join(value.split()).casefold()
    return f"{fold_text(system)}:{closed}" if system.strip() and closed else ""


def street_kinds() -> frozenset[str]:
    """The words for the kind of way or building in an address, which are no part of its name."""
    return _STREET_KINDS


def way_words() -> frozenset[str]:
    """The words, short or whole, with which the name of a way or building ends."""
    return _WAY_KINDS | _SPELLING_WAYS.keys()
