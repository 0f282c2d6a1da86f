"""What is said of somebody who has come to notice: read strictly, asked for in a search, written as a record."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Final

from duecare.person import standardise as std
from duecare.person.asked import MOST_WORDS, Asked, read_asked
from duecare.person.compared import Compared
from duecare.vocabulary import identifiers as ids
from duecare.vocabulary.calendar import add_months
from duecare.vocabulary.kinds import SEXES
from duecare.vocabulary.partial import PartialDate, read_partial_date
from duecare.vocabulary.unknown import Unknown

LONGEST: Final = 200
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
_READ: Final[dict[str, Callable[[str], str | Unknown]]] = {
    "postcode": ids.read_postcode,
    "phone": ids.read_phone,
    "email": ids.read_email,
}
_OF_THE_BORN: Final = ("born", *_CHECKED, "phone", "email", "online_names")


@dataclass(frozen=True, slots=True)
class Described:
    """What was typed of one person?

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
        """Is it a child not yet born?"""
        return bool(self.due_on.strip() or self.mother.strip())

    @property
    def digest(self) -> str:
        """Which words are these? The same for the same words, whatever space stands around them."""
        words = "\x1f".join(getattr(self, field.name).strip() for field in fields(self))
        return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def faults_of(said: Described, today: date) -> tuple[str, ...]:
    """Why can nobody be looked for, or recorded, by these words? Nothing, where they can.

    Source:  NPCC Minimum POLE Data Standards Dictionary v1.1, DS_003 and P_011: an expected date is not past, and not more
             than nine months ahead.
    """
    faults = [fault for name, words in NAMED.items() for fault in _faults_of_text(getattr(said, name), words)]
    if faults:
        return tuple(faults)
    if said.sex.strip() and said.sex.strip().upper() not in SEXES:
        faults.append("the sex is not M, F or X")
    if said.is_unborn:
        faults += _faults_of_unborn(said, today)
    else:
        faults += _faults_of_born(said.born, today)
        if all(one.is_empty for one in asked_of(said, today)):
            faults.append("neither a name nor a number by which somebody could be looked for is given")
    return tuple(faults)


def _faults_of_text(text: str, words: str) -> Iterator[str]:
    if len(text) > LONGEST:
        yield f"{words}: more than {LONGEST} characters"
    if any(unicodedata.category(one) in {"Cc", "Cs"} for one in text.strip()):
        yield f"{words}: a character that is no text"


def _faults_of_unborn(said: Described, today: date) -> Iterator[str]:
    if not said.mother.strip():
        yield "a child not yet born is recorded from the page of their mother: the mother is not given"
    if any(getattr(said, name).strip() for name in _OF_THE_BORN):
        yield "a child not yet born has no birth date, age or number of their own"
    due = due_date(said.due_on)
    if due is None:
        yield "the date on which the child is due is not given as a whole date"
    elif due < today:
        yield "the date on which the child is due is past"
    elif due > add_months(today, MONTHS_AHEAD):
        yield "the date on which the child is due is more than nine months ahead"


def _faults_of_born(text: str, today: date) -> Iterator[str]:
    if not text.strip():
        return
    dates = _dates(text, today)
    if not dates:
        yield "the birth date or age cannot be read: write 14/5/2009, 2009-05-14, 2009-05, 2009, or 14 for an age"
    elif read_partial_date(dates[0]).earliest > today:
        yield "the birth date is in the future"


def unusable(said: Described) -> tuple[str, ...]:
    """Which numbers cannot be right, so that nobody was looked for by them, in words?

    Unknown: such a number is kept as it was written, and is no key.
    """
    readers = {name: reader for name, (_, reader) in _CHECKED.items()} | _READ
    found = []
    for name, reader in readers.items():
        for one in _parts(getattr(said, name)):
            read = reader(one)
            if isinstance(read, Unknown):
                found.append(f"{NAMED[name]}: {read.reason}; nobody was looked for by it")
    return tuple(found)


def asked_of(said: Described, today: date) -> tuple[Asked, ...]:
    """As what is this person looked for? Once by their own names, and once by each other name, at most three."""
    online = tuple(dict.fromkeys(std.fold(one.lstrip("@")).replace(" ", "") for one in _parts(said.online_names)))
    home = Compared(
        postcode=_valid(ids.read_postcode(said.postcode)),
        home_number=std.home_number(said.address),
        address_words=std.address_words(said.address),
        phones=tuple(filter(None, (_valid(ids.read_phone(one)) for one in _parts(said.phone)))),
        emails=tuple(filter(None, (_valid(ids.read_email(one)) for one in _parts(said.email)))),
        checked=tuple(
            f"{kind}:{read}"
            for name, (kind, reader) in _CHECKED.items()
            if (read := _valid(reader(getattr(said, name))))
        ),
    )
    names = [f"{said.given_names} {said.family_name}", *_parts(said.also_known_as)[:_OTHER_NAMES]]
    born = _dates(said.born, today)
    found = [Asked(std.name_words(name)[:MOST_WORDS], born, home, online, online) for name in names]
    return tuple(dict.fromkeys(one for one in found if not one.is_empty))


def row_of(said: Described, today: date) -> dict[str, str]:
    """What stands of them in the columns of a record? An age is no birth date: it stands with how they came to notice."""
    row = {
        name: getattr(said, name).strip()
        for name in NAMED
        if name not in {"born", "due_on", "mother"} and getattr(said, name).strip()
    }
    dates = _dates(said.born, today)
    due = due_date(said.due_on)
    if due is not None:
        row["due_on"] = due.isoformat()
    elif len(dates) == 1 and not is_age(said.born):
        row["date_of_birth"] = dates[0]
    if "sex" in row:
        row["sex"] = row["sex"].upper()
    return row


def is_age(text: str) -> bool:
    """Is an age said, and not a date?"""
    return text.strip().isdigit() and len(text.strip()) <= 3


def due_date(text: str) -> date | None:
    """Which day is this? None where it is not one whole day."""
    dates = read_asked("", born=text).born
    read = read_partial_date(dates[0]) if dates else None
    return read.earliest if isinstance(read, PartialDate) and read.is_whole else None


def _dates(text: str, today: date) -> tuple[str, ...]:
    try:
        # A year alone is a date, not an age.
        return (str(read_partial_date(text)),) if text.strip() else ()
    except ValueError:
        return read_asked("", born=text, today=today).born


def _parts(text: str) -> list[str]:
    return [part for word in text.split(";") if (part := word.strip())]


def _valid(read: str | Unknown) -> str:
    return "" if isinstance(read, Unknown) else read
