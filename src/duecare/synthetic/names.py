"""Pools of names for made-up people, and the other ways in which a name is written."""

from __future__ import annotations

import importlib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final


@dataclass(frozen=True, slots=True)
class Pool:
    """The given and family names of families of one language."""

    language: str
    male: tuple[str, ...]
    female: tuple[str, ...]
    family: tuple[str, ...]


LOCALES: Final = ("en_GB", "en_IN", "tr_TR", "yo_NG", "tw_GH", "ro_RO", "pt_PT", "it_IT", "es_ES", "ga_IE")
SHARES: Final = (0.60, 0.70, 0.76, 0.81, 0.86, 0.90, 0.93, 0.95, 0.97, 1.0)

NICKNAMES: Final[dict[str, tuple[str, ...]]] = {
    "Abigail": ("Abi", "Abbie"),
    "Alexander": ("Alex", "Sandy"),
    "Alexandra": ("Alex", "Lexi"),
    "Amanda": ("Mandy",),
    "Andrew": ("Andy", "Drew"),
    "Anthony": ("Tony",),
    "Benjamin": ("Ben",),
    "Bethany": ("Beth",),
    "Catherine": ("Cath", "Kate"),
    "Charlotte": ("Charlie", "Lottie"),
    "Christine": ("Chris", "Tina"),
    "Christopher": ("Chris",),
    "Daniel": ("Dan", "Danny"),
    "Danielle": ("Dani",),
    "David": ("Dave",),
    "Deborah": ("Debbie", "Deb"),
    "Edward": ("Ed", "Ted", "Eddie"),
    "Elizabeth": ("Liz", "Beth", "Lizzie"),
    "Frederick": ("Fred", "Freddie"),
    "Gemma": ("Gem",),
    "Gregory": ("Greg",),
    "Jacqueline": ("Jackie",),
    "James": ("Jim", "Jamie"),
    "Jennifer": ("Jen", "Jenny"),
    "Jessica": ("Jess", "Jessie"),
    "Jonathan": ("Jon", "Jonny"),
    "Joseph": ("Joe", "Joey"),
    "Joshua": ("Josh",),
    "Katherine": ("Kate", "Kathy"),
    "Kimberley": ("Kim",),
    "Lawrence": ("Larry", "Laurie"),
    "Leonard": ("Len",),
    "Margaret": ("Maggie", "Peggy"),
    "Matthew": ("Matt",),
    "Michael": ("Mick", "Mike"),
    "Mohamed": ("Mo",),
    "Natalie": ("Nat",),
    "Nicholas": ("Nick",),
    "Nicola": ("Nicky",),
    "Oliver": ("Ollie",),
    "Pamela": ("Pam",),
    "Patricia": ("Pat", "Trish"),
    "Patrick": ("Paddy", "Pat"),
    "Peter": ("Pete",),
    "Philip": ("Phil",),
    "Raymond": ("Ray",),
    "Rebecca": ("Becky", "Bex"),
    "Richard": ("Rick", "Dick", "Richie"),
    "Robert": ("Rob", "Bob", "Bobby"),
    "Ronald": ("Ron",),
    "Samantha": ("Sam",),
    "Samuel": ("Sam",),
    "Stephanie": ("Steph",),
    "Stephen": ("Steve",),
    "Steven": ("Steve",),
    "Susan": ("Sue",),
    "Terence": ("Terry",),
    "Thomas": ("Tom", "Tommy"),
    "Timothy": ("Tim",),
    "Victoria": ("Vicky", "Tori"),
    "William": ("Will", "Bill", "Billy"),
    "Zachary": ("Zac",),
}

SPELLINGS: Final[dict[str, tuple[str, ...]]] = {
    "Ahmed": ("Ahmad", "Ahmet"),
    "Aisha": ("Ayesha", "Aysha"),
    "Fatima": ("Fatma", "Fatimah"),
    "Hussain": ("Husain", "Hussein"),
    "Ibrahim": ("Ebrahim", "Ibraheem"),
    "Mohammed": ("Muhammad", "Mohamed", "Mohd"),
    "Omar": ("Umar",),
    "Yusuf": ("Yousef", "Yusef"),
    "Zainab": ("Zaynab",),
}
"""Names carried over from another script, and the other spellings they take."""

_PLAIN = str.maketrans({"ı": "i", "İ": "I", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "ə": "e", "Ə": "E"})
_ENGLISH = str.maketrans({"ş": "sh", "Ş": "Sh", "ș": "sh", "ç": "ch", "Ç": "Ch", "ğ": "gh", "ț": "ts", "ñ": "ny"})


@lru_cache(maxsize=1)
def name_pools() -> tuple[Pool, ...]:
    """The pools, in the order of `LOCALES`; the lists are those of the Faker package."""
    pools_found = []
    for locale in LOCALES:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        male_names, female = _sorted_names(provider.first_names_male), _sorted_names(provider.first_names_female)
        family = _sorted_names(provider.last_names)
        if locale == "en_IN":
            male_names, female = (
                (*male_names, "Mohammed", "Omar", "Yusuf", "Ibrahim"),
                (*female, "Aisha", "Fatima", "Zainab"),
            )
            family = (*family, "Ahmed", "Hussain", "Mohammed")
        pools_found.append(Pool(locale, male_names, female, family))
    return tuple(pools_found)


@lru_cache(maxsize=100_000)
def plain_name(written_name: str) -> str:
    """This name as written by someone with no accents on the keyboard."""
    return unicodedata.normalize("NFKD", written_name.translate(_PLAIN)).encode("ascii", "ignore").decode()


@lru_cache(maxsize=100_000)
def anglicised_name(written_name: str) -> str:
    """This name as written by someone who writes what an English ear hears."""
    return plain_name(written_name.translate(_ENGLISH))


def _sorted_names(names: object) -> tuple[str, ...]:
    assert isinstance(names, dict | tuple | list)
    return tuple(sorted({str(each_name) for each_name in names if len(str(each_name)) > 1}))
