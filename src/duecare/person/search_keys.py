"""The keys under which search finds a record again, however its names are written or a part of its birth date slipped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations

from duecare.person.comparable_record import Compared, sound_of
from duecare.person.names import name_class
from duecare.person.standardise import street_kinds

_MOST_SOUNDS = 8
_MOST_NUMBERS = 2
_MOST_STREET_WORDS = 3


def open_keys(record: Compared, record_id: str = "") -> set[str]:
    """The keys by which anyone who may search finds this record.

    Shape:   words such as `s2:JN|SM0`, the same for the record and for what is asked; names by sound and short form, in
             no order. Online names are not among them.
    """
    sounds = sounds_of(record)
    search_keys = {f"s1:{sound}" for sound in sounds}
    search_keys |= {f"s2:{first_sound}|{second_sound}" for first_sound, second_sound in combinations(sounds, 2)}
    search_keys |= _dated_keys(sounds, record.born)
    search_keys |= {f"t:{phone}" for phone in record.phones}
    for email in record.emails:
        search_keys |= {f"e:{email}", f"m:{email.partition('@')[0]}"}
    search_keys |= {f"i:{number_key}" for number_key in (*record.checked, *record.other_ids)}
    if record_id:
        search_keys.add(f"r:{record_id.casefold()}")
    return search_keys | place_keys(record, sounds)


def place_keys(record: Compared, sounds: Iterable[str]) -> set[str]:
    """The keys of this record that reveal where its person lives."""
    search_keys = set()
    if record.postcode:
        search_keys.add(f"p:{record.postcode}")
        search_keys |= {f"ss:{sound}|{record.sector or record.postcode}" for sound in sounds}
    if record.home_key:
        search_keys.add(f"h:{record.home_key}")
    if record.uprn:
        search_keys.add(f"h:u{record.uprn}")
    numbers = record.home_number.split()[-_MOST_NUMBERS:]
    words = [
        street_word
        for street_word in record.address_words
        if street_word.isalpha() and street_word not in street_kinds()
    ]
    search_keys |= {f"a:{number}|{street_word}" for number in numbers for street_word in words[:_MOST_STREET_WORDS]}
    return search_keys


def guarded_keys(record: Compared) -> set[str]:
    """The keys by which this record may be found only by right: its online names, and where it lives if that is protected.

    Shape:   the same words as the open ones, marked, so that the two are never mistaken for one another.
    """
    places = place_keys(record, sounds_of(record))
    return {
        f"guarded {place_key}" for place_key in places | {f"o:{online_name}" for online_name in record.online_names}
    }


def without_places(record: Compared) -> Compared:
    """This record with nothing of where its person lives."""
    return replace(record, postcode="", uprn="", home_number="", address_words=())


def sounds_of(record: Compared) -> tuple[str, ...]:
    """The sounds of this record's names, whichever of them is the given and which the family name."""
    words = [record.given, *record.middle.split(), *record.family.split(), *record.other_givens]
    words += [family_word for family in record.other_families for family_word in family.split()]
    return sounds_of_words(words)


def sounds_of_words(words: Iterable[str]) -> tuple[str, ...]:
    """The sounds of these words as names, each sound once, in order; initials left out."""
    sounds = {sound_of(name_class(name_word)) for name_word in words if len(name_word) > 1} - {""}
    return tuple(sorted(sounds))[:_MOST_SOUNDS]


def _dated_keys(sounds: tuple[str, ...], birth_date: str) -> set[str]:
    """Names with the year, and with any two of the three parts of a date, for one part may have slipped."""
    if not birth_date:
        return set()
    birth_year, month, birth_day = birth_date[:4], birth_date[5:7], birth_date[8:]
    search_keys = {f"sy:{sound}|{birth_year}" for sound in sounds}
    search_keys |= {
        f"s2y:{first_sound}|{second_sound}|{birth_year}" for first_sound, second_sound in combinations(sounds, 2)
    }
    if month:
        search_keys |= {f"ym:{sound}|{birth_year}-{month}" for sound in sounds}
    if birth_day:
        search_keys.add(f"d:{birth_date}")
        for sound in sounds:
            search_keys |= {f"yd:{sound}|{birth_year}--{birth_day}", f"md:{sound}|{month}-{birth_day}"}
    return search_keys
