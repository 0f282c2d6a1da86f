"""By which keys is a record found again, whichever way its names are written and whichever part of a date slipped?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations

from duecare.person.compared import Compared, sound_of
from duecare.person.names import name_class
from duecare.person.standardise import street_kinds

_MOST_SOUNDS = 8
_MOST_NUMBERS = 2
_MOST_STREET_WORDS = 3


def open_keys(record: Compared, record_id: str = "") -> set[str]:
    """By which keys may anyone who may search find this record?

    Shape:   words such as `s2:JN|SM0`, the same for the record and for what is asked; names by sound and short form, in
             no order. Online names are not among them.
    """
    sounds = sounds_of(record)
    found = {f"s1:{sound}" for sound in sounds}
    found |= {f"s2:{a}|{b}" for a, b in combinations(sounds, 2)}
    found |= _dated(sounds, record.born)
    found |= {f"t:{phone}" for phone in record.phones}
    for email in record.emails:
        found |= {f"e:{email}", f"m:{email.partition('@')[0]}"}
    found |= {f"i:{one}" for one in (*record.checked, *record.other_ids)}
    if record_id:
        found.add(f"r:{record_id.casefold()}")
    return found | place_keys(record, sounds)


def place_keys(record: Compared, sounds: Iterable[str]) -> set[str]:
    """By which keys is this record found that tell where its person lives?"""
    found = set()
    if record.postcode:
        found.add(f"p:{record.postcode}")
        found |= {f"ss:{sound}|{record.sector or record.postcode}" for sound in sounds}
    if record.home_key:
        found.add(f"h:{record.home_key}")
    if record.uprn:
        found.add(f"h:u{record.uprn}")
    numbers = record.home_number.split()[-_MOST_NUMBERS:]
    words = [word for word in record.address_words if word.isalpha() and word not in street_kinds()]
    found |= {f"a:{number}|{word}" for number in numbers for word in words[:_MOST_STREET_WORDS]}
    return found


def guarded_keys(record: Compared) -> set[str]:
    """By which keys may this record be found only by right: its online names, and where it lives if that is protected?

    Shape:   the same words as the open ones, marked, so that the two are never mistaken for one another.
    """
    places = place_keys(record, sounds_of(record))
    return {f"guarded {key}" for key in places | {f"o:{name}" for name in record.online_names}}


def without_places(record: Compared) -> Compared:
    """This record with nothing of where its person lives."""
    return replace(record, postcode="", uprn="", home_number="", address_words=())


def sounds_of(record: Compared) -> tuple[str, ...]:
    """How do the names of this record sound, whichever of them is the given and which the family name?"""
    words = [record.given, *record.middle.split(), *record.family.split(), *record.other_givens]
    words += [word for family in record.other_families for word in family.split()]
    return sounds_of_words(words)


def sounds_of_words(words: Iterable[str]) -> tuple[str, ...]:
    """How do these words sound as names, each sound once, in order; initials left out?"""
    sounds = {sound_of(name_class(word)) for word in words if len(word) > 1} - {""}
    return tuple(sorted(sounds))[:_MOST_SOUNDS]


def _dated(sounds: tuple[str, ...], born: str) -> set[str]:
    """Names with the year, and with any two of the three parts of a date, for one part may have slipped."""
    if not born:
        return set()
    year, month, day = born[:4], born[5:7], born[8:]
    found = {f"sy:{sound}|{year}" for sound in sounds}
    found |= {f"s2y:{a}|{b}|{year}" for a, b in combinations(sounds, 2)}
    if month:
        found |= {f"ym:{sound}|{year}-{month}" for sound in sounds}
    if day:
        found.add(f"d:{born}")
        for sound in sounds:
            found |= {f"yd:{sound}|{year}--{day}", f"md:{sound}|{month}-{day}"}
    return found
