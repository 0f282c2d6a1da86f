"""Codes of ethnicity as sources write them, and the few groups that may be compared."""

from __future__ import annotations

from typing import Final

SELF_GROUPS: Final[dict[str, str]] = {"W": "White", "M": "Mixed", "A": "Asian", "B": "Black", "O": "Other"}
"""The group that the first letter of a 16+1 or 18+1 code names."""

OFFICER_GROUPS: Final[dict[str, str]] = {
    "IC1": "White, north European",
    "IC2": "White, south European",
    "IC3": "Black",
    "IC4": "Asian",
    "IC5": "Chinese, Japanese or south-east Asian",
    "IC6": "Arab or north African",
}
NUMBERED: Final[dict[str, str]] = {
    officer_code.removeprefix("IC"): group for officer_code, group in OFFICER_GROUPS.items()
}


CODES: Final[dict[str, str]] = {
    "W1": "White British",
    "W2": "White Irish",
    "W3": "Gypsy or Irish Traveller",
    "W9": "Any other White background",
    "M1": "White and Black Caribbean",
    "M2": "White and Black African",
    "M3": "White and Asian",
    "M9": "Any other Mixed background",
    "A1": "Indian",
    "A2": "Pakistani",
    "A3": "Bangladeshi",
    "A4": "Chinese",
    "A9": "Any other Asian background",
    "B1": "Black Caribbean",
    "B2": "Black African",
    "B9": "Any other Black background",
    "O1": "Chinese",
    "O2": "Arab",
    "O9": "Any other ethnic group",
    "NS": "Not stated",
    "WBRI": "White British",
    "WIRI": "White Irish",
    "WIRT": "Traveller of Irish heritage",
    "WROM": "Gypsy or Roma",
    "WOTH": "Any other White background",
    "MWBC": "White and Black Caribbean",
    "MWBA": "White and Black African",
    "MWAS": "White and Asian",
    "MOTH": "Any other Mixed background",
    "AIND": "Indian",
    "APKN": "Pakistani",
    "ABAN": "Bangladeshi",
    "AOTH": "Any other Asian background",
    "BCRB": "Black Caribbean",
    "BAFR": "Black African",
    "BOTH": "Any other Black background",
    "CHNE": "Chinese",
    "OOTH": "Any other ethnic group",
    "REFU": "Refused",
    "NOBT": "Information not yet obtained",
    **OFFICER_GROUPS,
    "IC0": "Not known",
    "IC9": "Not known",
}
"""What each code says: the police's 16+1 and 18+1 lists, the children in need census, officers' identity codes."""


def code_words(ethnicity_code: str) -> str:
    """What this code says, with the code: `White British (W1)`.

    Unknown: a code that no list has stands alone.
    Example:
        >>> code_words("w1"), code_words("X7")
        ('White British (w1)', 'X7')
    """
    plain_code = ethnicity_code.strip().upper().replace(" ", "")
    words = CODES.get(plain_code) or NUMBERED.get(plain_code)
    return f"{words} ({ethnicity_code})" if words else ethnicity_code


def self_group(ethnicity_code: str) -> str:
    """The group of someone who defined themselves by this code; empty where the code gives none.

    Unknown: `NS`, not stated, and whatever no list holds.
    Source:  the police's 16+1 list of self-defined ethnicity, whose first letter is the census group.
    Example:
        >>> self_group("B1"), self_group("NS")
        ('Black', '')
    """
    plain_code = ethnicity_code.strip().upper()
    if len(plain_code) == 2 and plain_code[1].isdigit():
        return SELF_GROUPS.get(plain_code[0], "")
    return ""


def officer_group(ethnicity_code: str) -> str:
    """The group in which an officer put someone, by appearance; empty where the code gives none.

    Shape:   officers write identity codes, and in some systems the codes by which people define themselves.
    Unknown: IC0 and IC9, not known, and whatever neither list holds.
    Source:  the identity codes of the Police National Computer, IC1 to IC6.
    """
    plain_code = ethnicity_code.strip().upper().replace(" ", "")
    return OFFICER_GROUPS.get(plain_code) or NUMBERED.get(plain_code, "") or self_group(plain_code)
