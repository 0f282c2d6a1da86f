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
_KIND: Final = (
    "Road", "Street", "Avenue", "Close", "Lane", "Drive", "Gardens", "Court", "Terrace", "Way", "Grove", "Crescent",
)  # fmt: skip
SHORT: Final = {
    "Road": "Rd", "Street": "St", "Avenue": "Ave", "Close": "Cl", "Lane": "Ln", "Drive": "Dr", "Gardens": "Gdns",
    "Court": "Ct", "Terrace": "Terr", "Crescent": "Cres", "Flat": "Flt",
}  # fmt: skip
_LETTERS: Final = "ABDEFGHJLNPQRSTUWXYZ"


@dataclass(frozen=True, slots=True)
class Borough:
    """Which borough is this, and how often is it late?

    Units:   `late` is the share of duties done late, 0..1.
    """

    number: int
    name: str
    code: str
    late: float


class Place(NamedTuple):
    """Which dwelling is this?"""

    address: str
    postcode: str
    uprn: str


NOWHERE: Final = Place("", "", "")


def boroughs(chance: Chance) -> tuple[Borough, ...]:
    """The boroughs, each with its own punctuality; no code is one that the statistics office gives out."""
    return tuple(
        Borough(number, name, f"Z09{number + 1:06d}", 0.04 + 0.12 * chance.draw() ** 1.4)
        for number, name in enumerate(BOROUGH_NAMES)
    )


def dwelling(borough: Borough, number: int) -> Place:
    """The dwelling with this number in a borough; the same number is always the same dwelling."""
    street, house = divmod(number, 96)
    first = _FIRST[(street * 7 + borough.number * 11) % len(_FIRST)]
    kind = _KIND[(street // len(_FIRST) + street + borough.number) % len(_KIND)]
    block = number // 24
    sector = block // 400 % 10
    postcode = f"NM{borough.number + 1} {sector}{_LETTERS[block // 20 % 20]}{_LETTERS[block % 20]}"
    line = f"{house + 1} {first} {kind}" if street % 5 else f"Flat {house % 12 + 1}, {house // 12 + 1} {first} {kind}"
    return Place(f"{line}, {borough.name}", postcode, f"9990{borough.number:02d}{number:06d}")


def shortened(address: str) -> str:
    """How is this address written by someone in a hurry?"""
    return " ".join(SHORT.get(word.rstrip(","), word.rstrip(",")) for word in address.split(" "))
