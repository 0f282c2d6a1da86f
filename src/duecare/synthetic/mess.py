"""How a person comes to be written down: the slips, variants and gaps of real systems."""

from __future__ import annotations

from dataclasses import dataclass

from duecare.synthetic import numbers
from duecare.synthetic.chance import Chance
from duecare.synthetic.clock import DAY, day_text
from duecare.synthetic.household import Human
from duecare.synthetic.names import NICKNAMES, SPELLINGS, anglicised, plain
from duecare.synthetic.places import shortened

_NEAR = {
    "a": "s", "b": "v", "c": "x", "d": "f", "e": "r", "f": "g", "g": "h", "h": "j", "i": "o", "j": "k", "k": "l",
    "l": "k", "m": "n", "n": "m", "o": "p", "p": "o", "q": "w", "r": "t", "s": "d", "t": "y", "u": "i", "v": "b",
    "w": "e", "x": "c", "y": "u", "z": "x",
}  # fmt: skip


@dataclass(slots=True)
class Written:
    """What did somebody write down of a person?"""

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


def written_down(person: Human, at: int, chance: Chance, *, is_known_to_police: bool) -> Written:
    """What is written of this person at this time? Most of it right, much of it incomplete, some of it wrong.

    Shape:   `is_known_to_police` says whether the person was ever arrested, and so has PNC and CRO numbers.
    """
    within = chance.within
    given, family, aliases = _names(person, chance)
    place = person.place(at if not within(0.07) else at - chance.between(100, 700) * DAY)
    address, postcode, uprn = place.address, place.postcode, place.uprn if within(0.55) else ""
    if within(0.2):
        address = shortened(address)
    if within(0.03):
        address = postcode = uprn = ""
    elif within(0.06):
        postcode = ""
    elif within(0.03):
        postcode = postcode[:-1] + _typo_letter(chance)
    written = Written(
        given,
        family,
        aliases,
        _birth_date(person.born, chance),
        person.sex if not within(0.02) else "",
        person.ethnicity if not within(0.25) else "",
        address,
        postcode,
        uprn,
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
    year, serial = person.pnc_year, person.pnc_serial
    style = numbers.long_pnc_id if chance.within(0.3) else numbers.pnc_id
    written.pnc_id = style(year, serial)
    if chance.within(0.05):
        written.pnc_id = written.pnc_id.lower()
    if chance.within(0.02):
        written.pnc_id = numbers.bad_letter(written.pnc_id)
    if chance.within(0.5):
        written.cro = numbers.cro_number(year, serial % 1_000_000)


def _names(person: Human, chance: Chance) -> tuple[str, str, str]:
    within = chance.within
    given, family, aliases = person.given, person.family, ""
    if within(0.12) and given in NICKNAMES:
        given = chance.one(NICKNAMES[given])
    elif given in SPELLINGS and within(0.45):
        given = chance.one(SPELLINGS[given])
    elif within(0.05):
        given = typo(given, chance)
    if person.former and within(0.12):
        family = person.former
    elif family in SPELLINGS and within(0.35):
        family = chance.one(SPELLINGS[family])
    elif within(0.05):
        family = typo(family, chance)
    if not given.isascii() and within(0.6):
        given = plain(given) if within(0.6) else anglicised(given)
    if not family.isascii() and within(0.6):
        family = plain(family) if within(0.6) else anglicised(family)
    if person.middle and within(0.5):
        given = f"{given} {person.middle}"
    if within(0.015):
        given, family = family, given
    if within(0.04):
        nickname = NICKNAMES.get(person.given, (person.given[:3],))[0]
        aliases = f"{nickname} {person.former or person.family}"
    if within(0.25):
        family = family.upper()
    return given, family, aliases


def typo(name: str, chance: Chance) -> str:
    """The name with one slip of the hand: a letter doubled, dropped, swapped with its neighbour, or mistaken."""
    if len(name) < 3:
        return name
    at = chance.between(1, len(name) - 2)
    slip = chance.between(0, 3)
    if slip == 0:
        return name[:at] + name[at] + name[at:]
    if slip == 1:
        return name[:at] + name[at + 1 :]
    if slip == 2:
        return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    return name[:at] + _NEAR.get(name[at].lower(), "e") + name[at + 1 :]


def _birth_date(born: int, chance: Chance) -> str:
    drawn = chance.draw()
    text = day_text(born)
    if drawn < 0.87:
        return text
    if drawn < 0.91:
        return ""
    if drawn < 0.93:
        return text[:4]
    if drawn < 0.945:
        return text[:7]
    year, month, day = text.split("-")
    if drawn < 0.965 and int(day) <= 12:
        return f"{year}-{day}-{month}"
    if drawn < 0.985:
        return day_text(born + (1 if chance.within(0.5) else -1) * chance.one((1, 10, 30)))
    return day_text(born + (1 if chance.within(0.5) else -1) * 365)


def _typo_letter(chance: Chance) -> str:
    return chance.one("ABDEFGHJLNPQRSTUWXYZ")
