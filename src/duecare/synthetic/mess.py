"""Errors in made-up records: the slips, name variants and gaps of real systems."""

from __future__ import annotations

from dataclasses import dataclass

from duecare.synthetic import numbers
from duecare.synthetic.chance import Chance
from duecare.synthetic.clock import DAY_SECONDS, day_text
from duecare.synthetic.household import Human
from duecare.synthetic.names import NICKNAMES, SPELLINGS, anglicised_name, plain_name
from duecare.synthetic.places import shortened_address

_NEAR_KEYS = {
    "a": "s", "b": "v", "c": "x", "d": "f", "e": "r", "f": "g", "g": "h", "h": "j", "i": "o", "j": "k", "k": "l",
    "l": "k", "m": "n", "n": "m", "o": "p", "p": "o", "q": "w", "r": "t", "s": "d", "t": "y", "u": "i", "v": "b",
    "w": "e", "x": "c", "y": "u", "z": "x",
}  # fmt: skip


@dataclass(slots=True)
class Written:
    """What somebody wrote down of a person."""

    given: str
    family: str
    aliases: str = ""
    dob: str = ""
    sex: str = ""
    ethnicity: str = ""
    address: str = ""
    postcode: str = ""
    uprn: str = ""
    phone: str = ""
    email: str = ""
    school: str = ""
    upn: str = ""
    nhs_no: str = ""
    pnc_id: str = ""
    cro: str = ""


def written_down(person: Human, happened_at: int, chance: Chance, *, is_known_to_police: bool) -> Written:
    """Write this person down at this time: most of it right, much of it incomplete, some of it wrong.

    Shape:   `is_known_to_police` says whether the person was ever arrested, and so has PNC and CRO numbers.
    """
    within = chance.within
    given_names, family, aliases = _names_written(person, chance)
    place = person.place(happened_at if not within(0.07) else happened_at - chance.between(100, 700) * DAY_SECONDS)
    address, postcode, property_number = place.address, place.postcode, place.uprn if within(0.55) else ""
    if within(0.2):
        address = shortened_address(address)
    if within(0.03):
        address = postcode = property_number = ""
    elif within(0.06):
        postcode = ""
    elif within(0.03):
        postcode = postcode[:-1] + _typo_letter(chance)
    written = Written(
        given_names,
        family,
        aliases,
        _birth_date(person.born, chance),
        person.sex if not within(0.02) else "",
        person.ethnicity if not within(0.25) else "",
        address,
        postcode,
        property_number,
        person.phone if person.phone and within(0.55) else "",
        person.email if person.email and within(0.6) else "",
        person.school if person.school and within(0.6) else "",
        person.upn if person.upn and within(0.25) else "",
        person.nhs_no if person.nhs_no and within(0.2) else "",
    )
    if is_known_to_police and within(0.8):
        _police_numbers(person, written, chance)
    return written


def _police_numbers(person: Human, written: Written, chance: Chance) -> None:
    pnc_year, serial = person.pnc_year, person.pnc_serial
    style = numbers.long_pnc_id if chance.within(0.3) else numbers.pnc_id
    written.pnc_id = style(pnc_year, serial)
    if chance.within(0.05):
        written.pnc_id = written.pnc_id.lower()
    if chance.within(0.02):
        written.pnc_id = numbers.bad_letter(written.pnc_id)
    if chance.within(0.5):
        written.cro = numbers.cro_number(pnc_year, serial % 1_000_000)


def _names_written(person: Human, chance: Chance) -> tuple[str, str, str]:
    within = chance.within
    given_names, family, aliases = person.given, person.family, ""
    if within(0.12) and given_names in NICKNAMES:
        given_names = chance.one(NICKNAMES[given_names])
    elif given_names in SPELLINGS and within(0.45):
        given_names = chance.one(SPELLINGS[given_names])
    elif within(0.05):
        given_names = with_typo(given_names, chance)
    if person.former and within(0.12):
        family = person.former
    elif family in SPELLINGS and within(0.35):
        family = chance.one(SPELLINGS[family])
    elif within(0.05):
        family = with_typo(family, chance)
    if not given_names.isascii() and within(0.6):
        given_names = plain_name(given_names) if within(0.6) else anglicised_name(given_names)
    if not family.isascii() and within(0.6):
        family = plain_name(family) if within(0.6) else anglicised_name(family)
    if person.middle and within(0.5):
        given_names = f"{given_names} {person.middle}"
    if within(0.015):
        given_names, family = family, given_names
    if within(0.04):
        nickname = NICKNAMES.get(person.given, (person.given[:3],))[0]
        aliases = f"{nickname} {person.former or person.family}"
    if within(0.25):
        family = family.upper()
    return given_names, family, aliases


def with_typo(typed_name: str, chance: Chance) -> str:
    """The name with one slip of the hand: a letter doubled, dropped, swapped with its neighbour, or mistaken."""
    if len(typed_name) < 3:
        return typed_name
    letter_place = chance.between(1, len(typed_name) - 2)
    slip_kind = chance.between(0, 3)
    if slip_kind == 0:
        return typed_name[:letter_place] + typed_name[letter_place] + typed_name[letter_place:]
    if slip_kind == 1:
        return typed_name[:letter_place] + typed_name[letter_place + 1 :]
    if slip_kind == 2:
        return (
            typed_name[:letter_place]
            + typed_name[letter_place + 1]
            + typed_name[letter_place]
            + typed_name[letter_place + 2 :]
        )
    return (
        typed_name[:letter_place]
        + _NEAR_KEYS.get(typed_name[letter_place].lower(), "e")
        + typed_name[letter_place + 1 :]
    )


def _birth_date(birth_day: int, chance: Chance) -> str:
    drawn = chance.draw()
    birth_text = day_text(birth_day)
    if drawn < 0.87:
        return birth_text
    if drawn < 0.91:
        return ""
    if drawn < 0.93:
        return birth_text[:4]
    if drawn < 0.945:
        return birth_text[:7]
    year_part, month, day_part = birth_text.split("-")
    if drawn < 0.965 and int(day_part) <= 12:
        return f"{year_part}-{day_part}-{month}"
    if drawn < 0.985:
        return day_text(birth_day + (1 if chance.within(0.5) else -1) * chance.one((1, 10, 30)))
    return day_text(birth_day + (1 if chance.within(0.5) else -1) * 365)


def _typo_letter(chance: Chance) -> str:
    return chance.one("ABDEFGHJLNPQRSTUWXYZ")
