"""Northmoor: its thirty-two boroughs, and addresses in them that exist nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from duecare.synthetic.chance import Chance

BOROUGH_NAMES: Final = (
    "Alderwick", "Ashmere", "Barrowgate", "Beckstone", "Bramhollow", "Calderfold", "Coldbrook", "Crossfell",
    "Dunmarsh", "Eastmoor", "Elmsworth", "Fallowfield Vale", "Fernhaven", "Galesborough", "Greywater", "Harthorpe",
    "Hollinsea", "Ivelbridge", "Kestrel Hill", "Kingsbarrow", "Larchfield", "Lowmoor", "Marlscombe", "Millrace",
    "Netherdale", "Oakenshore", "Pennywell", "Quarrybank", "Ravensmoor", "Saltwick", "Thornmere", "Westering",
)  # fmt: skip

_FIRST: Final = (
    "Acorn", "Ash", "Beech", "Birch", "Bramble", "Castle", "Cedar", "Chapel", "Church", "Clay", "Clover", "Cobden",
    "Cross", "Derwent", "Elm", "Factory", "Fern", "Foundry", "Garden", "Gable", "Grange", "Hawthorn", "Hazel", "Heath",
    "Hill", "Holly", "Ivy", "Juniper", "Kiln", "Lark", "Laurel", "Lime", "Linden", "Malt", "Manor", "Maple", "Market",
    "Mill", "Moor", "Nelson", "North", "Oak", "Orchard", "Park", "Pear", "Pine", "Poplar", "Priory", "Quarry",
    "Rectory", "River", "Rowan", "Saxon", "School", "Spring", "Station", "Sycamore", "Tanner", "Thistle", "Vicarage",
    "Victoria", "Walnut", "Water", "Weaver", "Well", "Willow", "Windmill", "Wood", "Wren", "Yew",
)  # fmt: skip
_STREET_KINDS: Final = (
    "Road", "Street", "Avenue", "Close", "Lane", "Drive", "Gardens", "Court", "Terrace", "Way", "Grove", "Crescent",
)  # fmt: skip
SHORT: Final = {
    "Road": "Rd", "Street": "St", "Avenue": "Ave", "Close": "Cl", "Lane": "Ln", "Drive": "Dr", "Gardens": "Gdns",
    "Court": "Ct", "Terrace": "Terr", "Crescent": "Cres", "Flat": "Flt",
}  # fmt: skip
_LETTERS: Final = "ABDEFGHJLNPQRSTUWXYZ"


@dataclass(frozen=True, slots=True)
class Borough:
    """A borough, and how often it is late.

    Units:   `late` is the share of duties done late, 0..1.
    """

    number: int
    name: str
    code: str
    late: float


class Place(NamedTuple):
    """A dwelling."""

    address: str
    postcode: str
    uprn: str


NOWHERE: Final = Place("", "", "")


def make_boroughs(chance: Chance) -> tuple[Borough, ...]:
    """The boroughs, each with its own punctuality; no code is one that the statistics office gives out."""
    return tuple(
        Borough(number, borough_name, f"Z09{number + 1:06d}", 0.04 + 0.12 * chance.draw() ** 1.4)
        for number, borough_name in enumerate(BOROUGH_NAMES)
    )


def make_dwelling(borough: Borough, number: int) -> Place:
    """The dwelling with this number in a borough; the same number is always the same dwelling."""
    street, house = divmod(number, 96)
    street_name = _FIRST[(street * 7 + borough.number * 11) % len(_FIRST)]
    street_kind = _STREET_KINDS[(street // len(_FIRST) + street + borough.number) % len(_STREET_KINDS)]
    block = number // 24
    sector = block // 400 % 10
    postcode = f"NM{borough.number + 1} {sector}{_LETTERS[block // 20 % 20]}{_LETTERS[block % 20]}"
    address_line = (
        f"{house + 1} {street_name} {street_kind}"
        if street % 5
        else f"Flat {house % 12 + 1}, {house // 12 + 1} {street_name} {street_kind}"
    )
    return Place(f"{address_line}, {borough.name}", postcode, f"9990{borough.number:02d}{number:06d}")


def shortened_address(address: str) -> str:
    """This address as written by someone in a hurry."""
    return " ".join(
        SHORT.get(address_word.rstrip(","), address_word.rstrip(",")) for address_word in address.split(" ")
    )
