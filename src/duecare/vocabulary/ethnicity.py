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
