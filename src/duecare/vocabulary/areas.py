"""Areas as sources write them, by GSS code or by name, and the one form in which they are compared."""

from __future__ import annotations

from typing import Final

LONDON: Final[dict[str, str]] = {
    "E09000001": "City of London",
    "E09000002": "Barking and Dagenham",
    "E09000003": "Barnet",
    "E09000004": "Bexley",
    "E09000005": "Brent",
    "E09000006": "Bromley",
    "E09000007": "Camden",
    "E09000008": "Croydon",
    "E09000009": "Ealing",
    "E09000010": "Enfield",
    "E09000011": "Greenwich",
    "E09000012": "Hackney",
    "E09000013": "Hammersmith and Fulham",
    "E09000014": "Haringey",
    "E09000015": "Harrow",
    "E09000016": "Havering",
    "E09000017": "Hillingdon",
    "E09000018": "Hounslow",
    "E09000019": "Islington",
    "E09000020": "Kensington and Chelsea",
    "E09000021": "Kingston upon Thames",
    "E09000022": "Lambeth",
    "E09000023": "Lewisham",
    "E09000024": "Merton",
    "E09000025": "Newham",
    "E09000026": "Redbridge",
    "E09000027": "Richmond upon Thames",
    "E09000028": "Southwark",
    "E09000029": "Sutton",
    "E09000030": "Tower Hamlets",
    "E09000031": "Waltham Forest",
    "E09000032": "Wandsworth",
    "E09000033": "Westminster",
}
"""The London boroughs and the City by their GSS codes."""

_NAME_OF: Final = {area_code.casefold(): area_name.casefold() for area_code, area_name in LONDON.items()}


def plain_area(area_text: str) -> str:
    """The form in which areas are compared: the name, without case or surrounding space; a code is read as its borough.

    Unknown: a code that is not in the table is compared as it is.
    Source:  GSS codes of London boroughs, Office for National Statistics, Register of Geographic Codes.
    Example:
        >>> plain_area(" E09000007 ") == plain_area("Camden")
        True
    """
    folded = " ".join(area_text.split()).casefold()
    return _NAME_OF.get(folded, folded)
