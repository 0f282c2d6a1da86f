"""Why one record fits a search, and the evidence against it, in plain words."""

from __future__ import annotations

from typing import Final

from duecare.person.pair import HOUSEHOLD
from duecare.person.weigh import Weighed

_WORDS: Final[dict[str, dict[str, str]]] = {
    "given": {
        "in full": "all given names are the same",
        "same": "the given name is the same",
        "other middle": "the first given name is the same, another one is not",
        "swapped": "the names are the other way round",
        "crossed": "one of the names stands in the place of the other",
        "short form": "the given name is a form of the same name",
        "slip": "the given name is one slip of writing apart",
        "other name": "the given name is one of their other names",
        "middle name": "the given name is another of their given names",
        "rough slip": "the given name is written much like it",
        "alike": "the given name looks or sounds like it",
        "initial": "the initial is the same",
        "different": "but another given name",
    },
    "family": {
        "same": "the family name is the same",
        "slip": "the family name is one slip of writing apart",
        "other name": "the family name is one of their other names",
        "part": "a part of the family name is the same",
        "alike": "the family name looks or sounds like it",
        "two given names": "but another family name, and both of them look like given names",
        "different": "but another family name",
    },
    "born": {
        "same": "the birth date is the same",
        "as far as known": "the birth date fits as far as it is known",
        "swapped": "day and month of the birth date are the other way round",
        "one figure": "the birth date is one figure apart",
        "two parts": "two parts of the birth date are the same",
        "a month or year apart": "born within a month of it, or a year to the day",
        "near": "born within a year or so of it",
        "different": "but another birth date",
    },
    "home": {
        "same home": "the home is the same",
        "same postcode": "the postcode is the same",
        "most words": "most of the address is the same",
        "near": "the address is near by",
        "same area": "the address is in the same area",
        "different": "but another address",
    },
    "identifier": {
        "shared": "an identifying number is the same",
        "different": "but another number of the same kind",
        "conflict": "but another number of a kind of which nobody has two",
    },
    "contact": {
        "shared": "a telephone number, email address or online name is the same",
        "alike": "the email address is much like it",
        "different": "but another telephone number, email address or online name",
    },
    "sex": {"same": "the sex is the same", "different": "but another sex"},
}
_HOUSEHOLD: Final = "but two people of one household would agree so, too"
FELT_WEIGHT: Final = -1.0
"""From so much taken back on, the household is told of: from where two of one household are as likely as not. Bits."""


def weighed_reasons(weighed: Weighed) -> tuple[str, ...]:
    """The reasons why this record fits, and those against it.

    Shape:   the strongest first; what speaks against it comes last and begins with "but".
    """
    level_texts = {comparison: _WORDS[comparison][level] for comparison, level in weighed.levels.items()}
    if weighed.parts.get(HOUSEHOLD, 0.0) <= FELT_WEIGHT:
        level_texts[HOUSEHOLD] = _HOUSEHOLD
    return tuple(
        level_texts[comparison]
        for comparison in sorted(
            level_texts,
            key=lambda other_comparison: (
                level_texts[other_comparison].startswith("but"),
                -weighed.parts[other_comparison],
                other_comparison,
            ),
        )
    )


def level_words(comparison: str, level: str) -> str:
    """How far two records agree in this, in plain words.

    Unknown: where one of the two says nothing of it, that is said.
    """
    level_text = _WORDS.get(comparison, {}).get(level, "one of the two says nothing of it")
    return level_text.removeprefix("but ")
