"""The description of somebody to be recorded: what must be given, its faults, the search made first, the row written."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Final

from duecare.person import standardise as std
from duecare.person.comparable_record import Compared
from duecare.person.search_text import MOST_WORDS, Asked, read_asked
from duecare.vocabulary import identifiers as ids
from duecare.vocabulary.calendar import add_months
from duecare.vocabulary.kinds import SEXES
from duecare.vocabulary.partial_date import PartialDate, read_partial_date
from duecare.vocabulary.text_lengths import PERSON_FIELD
from duecare.vocabulary.unknown import Unknown

MONTHS_AHEAD: Final = 9
_OTHER_NAMES: Final = 3
NAMED: Final[dict[str, str]] = {
    "given_names": "the given names",
    "family_name": "the family name",
    "also_known_as": "the other names",
    "online_names": "the online names",
    "born": "the birth date or age",
    "sex": "the sex",
    "address": "the address",
    "postcode": "the postcode",
    "phone": "the telephone",
    "email": "the email address",
    "pnc_id": "the PNC ID",
    "cro_number": "the CRO number",
    "nhs_number": "the NHS number",
    "upn": "the unique pupil number",
    "due_on": "the date on which the child is due",
    "mother": "the mother",
}
_CHECKED: Final[dict[str, tuple[str, Callable[[str], str | Unknown]]]] = {
    "pnc_id": ("pnc", ids.read_pnc_id),
    "cro_number": ("cro", ids.read_cro_number),
    "nhs_number": ("nhs", ids.read_nhs_number),
    "upn": ("upn", ids.read_upn),
}
_OTHER_READERS: Final[dict[str, Callable[[str], str | Unknown]]] = {
    "postcode": ids.read_postcode,
    "phone": ids.read_phone,
    "email": ids.read_email,
}
_OF_THE_BORN: Final = ("born", *_CHECKED, "phone", "email", "online_names")


@dataclass(frozen=True, slots=True)
class Described:
    """The description of one person, as typed.

    Shape:   as typed; empty where nothing is said. Other names, online names, telephones and emails parted by semicolons;
             `born` a date, a part of one, or an age in years. `due_on` and `mother`, a person's id, of a child not yet born.
    """

    given_names: str = ""
    family_name: str = ""
    also_known_as: str = ""
    online_names: str = ""
    born: str = ""
    sex: str = ""
    address: str = ""
    postcode: str = ""
    phone: str = ""
    email: str = ""
    pnc_id: str = ""
    cro_number: str = ""
    nhs_number: str = ""
    upn: str = ""
    due_on: str = ""
    mother: str = ""

    @property
    def is_unborn(self) -> bool:
        """Whether it is a child not yet born."""
        return bool(self.due_on.strip() or self.mother.strip())

    @property
    def digest(self) -> str:
        """The hash of these words: the same for the same words, whatever space stands around them."""
        words = "\x1f".join(getattr(self, field.name).strip() for field in fields(self))
        return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def faults_of(described: Described, today: date) -> tuple[str, ...]:
    """Why nobody can be searched for, or recorded, by these words; nothing, where they can.

    Source:  NPCC Minimum POLE Data Standards Dictionary v1.1, DS_003 and P_011: an expected date is not past, and not more
             than nine months ahead.
    """
    faults = [
        fault for field_name, words in NAMED.items() for fault in _faults_of_text(getattr(described, field_name), words)
    ]
    if faults:
        return tuple(faults)
    if described.sex.strip() and described.sex.strip().upper() not in SEXES:
        faults.append("the sex is not M, F or X")
    if described.is_unborn:
        faults += _faults_of_unborn(described, today)
    else:
        faults += _faults_of_born(described.born, today)
        if all(asked_reading.is_empty for asked_reading in asked_of(described, today)):
            faults.append("give a name or a number to search by")
    return tuple(faults)


def _faults_of_text(field_text: str, words: str) -> Iterator[str]:
    if len(field_text) > PERSON_FIELD:
        yield f"{words}: more than {PERSON_FIELD} characters"
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in field_text.strip()):
        yield f"{words}: a character that is not text"


def _faults_of_unborn(described: Described, today: date) -> Iterator[str]:
    if not described.mother.strip():
        yield "an unborn child is recorded from the page of their mother: the mother is missing"
    if any(getattr(described, field_name).strip() for field_name in _OF_THE_BORN):
        yield "an unborn child has no birth date, age or number of their own"
    due_day = due_date(described.due_on)
    if due_day is None:
        yield "the date on which the child is due is not given as a whole date"
    elif due_day < today:
        yield "the date on which the child is due is past"
    elif due_day > add_months(today, MONTHS_AHEAD):
        yield "the date on which the child is due is more than nine months ahead"


def _faults_of_born(birth_text: str, today: date) -> Iterator[str]:
    if not birth_text.strip():
        return
    dates = _date_readings(birth_text, today)
    if not dates:
        yield "the birth date or age cannot be read: write 14/5/2009, 2009-05-14, 2009-05, 2009, or 14 for an age"
    elif read_partial_date(dates[0]).earliest > today:
        yield "the birth date is in the future"


def unusable_values(described: Described) -> tuple[str, ...]:
    """The numbers that cannot be right, so that nobody was searched for by them, in words.

    Unknown: such a number is kept as it was written, and is no key.
    """
    readers = {field_name: reader for field_name, (_, reader) in _CHECKED.items()} | _OTHER_READERS
    unusable = []
    for field_name, reader in readers.items():
        for list_part in _list_parts(getattr(described, field_name)):
            value_read = reader(list_part)
            if isinstance(value_read, Unknown):
                unusable.append(f"{NAMED[field_name]}: {value_read.reason}; nobody was looked for by it")
    return tuple(unusable)


def asked_of(described: Described, today: date) -> tuple[Asked, ...]:
    """The searches for this person: one by their own names, and one by each other name, at most three."""
    online = tuple(
        dict.fromkeys(
            std.fold_text(online_text.lstrip("@")).replace(" ", "")
            for online_text in _list_parts(described.online_names)
        )
    )
    home_compared = Compared(
        postcode=_valid_or_empty(ids.read_postcode(described.postcode)),
        home_number=std.home_number(described.address),
        address_words=std.address_words(described.address),
        phones=tuple(
            filter(None, (_valid_or_empty(ids.read_phone(phone_text)) for phone_text in _list_parts(described.phone)))
        ),
        emails=tuple(
            filter(None, (_valid_or_empty(ids.read_email(email_text)) for email_text in _list_parts(described.email)))
        ),
        checked=tuple(
            f"{number_kind}:{value_read}"
            for field_name, (number_kind, reader) in _CHECKED.items()
            if (value_read := _valid_or_empty(reader(getattr(described, field_name))))
        ),
    )
    names = [f"{described.given_names} {described.family_name}", *_list_parts(described.also_known_as)[:_OTHER_NAMES]]
    birth_dates = _date_readings(described.born, today)
    readings = [
        Asked(std.name_words(name_text)[:MOST_WORDS], birth_dates, home_compared, online, online) for name_text in names
    ]
    return tuple(dict.fromkeys(asked_reading for asked_reading in readings if not asked_reading.is_empty))


def row_of(described: Described, today: date) -> dict[str, str]:
    """This description in the columns of a record; an age is no birth date and stands with how they came to notice."""
    row_values = {
        field_name: getattr(described, field_name).strip()
        for field_name in NAMED
        if field_name not in {"born", "due_on", "mother"} and getattr(described, field_name).strip()
    }
    dates = _date_readings(described.born, today)
    due_day = due_date(described.due_on)
    if due_day is not None:
        row_values["due_on"] = due_day.isoformat()
    elif len(dates) == 1 and not is_age(described.born):
        row_values["date_of_birth"] = dates[0]
    if "sex" in row_values:
        row_values["sex"] = row_values["sex"].upper()
    return row_values


def is_age(birth_text: str) -> bool:
    """Whether this is an age, and not a date."""
    return birth_text.strip().isdigit() and len(birth_text.strip()) <= 3


def due_date(date_text: str) -> date | None:
    """The day this is; None where it is not one whole day."""
    dates = read_asked("", birth_text=date_text).born
    partial_date = read_partial_date(dates[0]) if dates else None
    return partial_date.earliest if isinstance(partial_date, PartialDate) and partial_date.is_whole else None


def _date_readings(date_text: str, today: date) -> tuple[str, ...]:
    try:
        # A year alone is a date, not an age.
        return (str(read_partial_date(date_text)),) if date_text.strip() else ()
    except ValueError:
        return read_asked("", birth_text=date_text, today=today).born


def _list_parts(list_text: str) -> list[str]:
    return [list_part for word_text in list_text.split(";") if (list_part := word_text.strip())]


def _valid_or_empty(value_read: str | Unknown) -> str:
    return "" if isinstance(value_read, Unknown) else value_read
