"""What of one record is compared with another: its words, dates, places and numbers in standard form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from duecare.person import standardise as std
from duecare.person.names import is_given_name, is_known_name, meant_class, name_class, name_classes
from duecare.record.pole import PersonRecord
from duecare.vocabulary import identifiers as ids


@dataclass(frozen=True, slots=True)
class Compared:
    """The parts of a record that are compared with another's.

    Shape:   text folded; empty where the source is silent or what it says cannot be used. `checked` are `pnc:…`, `cro:…`,
             `nhs:…`, `upn:…` whose check holds; `other_ids` the systems' own as `system:value`. The same columns as those
             that the engine compares for all records at once.
    """

    given: str = ""
    middle: str = ""
    other_givens: tuple[str, ...] = ()
    family: str = ""
    other_families: tuple[str, ...] = ()
    born: str = ""
    sex: str = ""
    postcode: str = ""
    uprn: str = ""
    home_number: str = ""
    address_words: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    online_names: tuple[str, ...] = ()
    checked: tuple[str, ...] = ()
    other_ids: tuple[str, ...] = ()

    @property
    def given_class(self) -> str:
        """The name for which the given name stands."""
        return name_class(self.given)

    @property
    def given_classes(self) -> tuple[str, ...]:
        """The names for which the given name may stand."""
        return name_classes(self.given)

    @property
    def given_meant(self) -> str:
        """The name for which the given name stands, where it is no name but one slip from one; else empty."""
        return meant_class(self.given)

    @property
    def given_spelling(self) -> str:
        """The spelling of the given name, however it was carried over from another script."""
        return std.spelling_code(self.given)

    @property
    def given_sound(self) -> str:
        """The sound of that name."""
        return sound_of(name_class(self.given))

    @property
    def given_known(self) -> bool:
        """Whether the given name is a name of its own, so that it is no likely slip for another."""
        return is_known_name(self.given)

    @property
    def family_sound(self) -> str:
        """The sound of the family name, written as one word."""
        return sound_of(self.family.replace(" ", ""))

    @property
    def family_spelling(self) -> str:
        """The spelling of the family name, however it was carried over from another script."""
        return std.spelling_code(self.family)

    @property
    def family_class(self) -> str:
        """The given name for which the family name would stand, were it one."""
        return name_class(self.family)

    @property
    def family_known(self) -> bool:
        """Whether the family name looks like a given name."""
        return is_given_name(self.family)

    @property
    def family_first(self) -> str:
        """The first word of the family name."""
        return self.family.partition(" ")[0]

    @property
    def born_days(self) -> int | None:
        """Which day is the birth date, counted; None where it is not known whole."""
        return std.born_days(self.born)

    @property
    def family_rest(self) -> str:
        """What follows the first word of the family name: the other given names, where the names stand the other way round."""
        return self.family.partition(" ")[2]

    @property
    def sector(self) -> str:
        """The postcode but for its last two letters; empty where it is no UK one."""
        return self.postcode[:-2] if " " in self.postcode else ""

    @property
    def outcode(self) -> str:
        """The first half of a UK postcode."""
        return self.postcode.partition(" ")[0] if " " in self.postcode else ""

    @property
    def home_key(self) -> str:
        """The one key by which the home is counted: its property number, else postcode and number, else its words."""
        if self.uprn:
            return f"u{self.uprn}"
        if self.postcode and self.home_number:
            return f"{self.postcode}#{self.home_number}"
        return " ".join(self.address_words) if self.home_number and len(self.address_words) >= 3 else ""


def compared_record(record: PersonRecord) -> Compared:
    """Prepare this record for comparison with another.

    Unknown: whatever the source does not say, or says so that it cannot be used, is left empty and weighs nothing.
    """
    given_words = std.name_words(record.given_names)
    others = [words for words in map(std.name_words, record.also_known_as) if words]
    checked = {
        "pnc": std.valid_or_empty(ids.read_pnc_id(record.pnc_id)),
        "cro": std.valid_or_empty(ids.read_cro_number(record.cro_number)),
        "nhs": std.valid_or_empty(ids.read_nhs_number(record.nhs_number)),
        "upn": std.valid_or_empty(ids.read_upn(record.upn)),
    }
    return Compared(
        given=given_words[0] if given_words else "",
        middle=" ".join(given_words[1:]),
        other_givens=_distinct(words[0] for words in others),
        family=" ".join(std.name_words(record.family_name)),
        other_families=_distinct(words[-1] for words in others if len(words) > 1),
        born=std.born_text(record.born),
        sex=std.comparable_sex(record.sex),
        postcode=std.comparable_postcode(record.postcode),
        uprn=std.valid_or_empty(ids.read_uprn(record.uprn)),
        home_number=std.home_number(record.address),
        address_words=std.address_words(record.address),
        phones=_distinct(std.valid_or_empty(ids.read_phone(phone)) for phone in record.phones),
        emails=_distinct(std.valid_or_empty(ids.read_email(email)) for email in record.emails),
        online_names=_distinct(std.fold_text(online_name).replace(" ", "") for online_name in record.online_names),
        checked=tuple(f"{number_kind}:{value}" for number_kind, value in checked.items() if value),
        other_ids=_distinct(map(std.other_id, record.other_ids)),
    )


@lru_cache(maxsize=200_000)
def sound_of(word_text: str) -> str:
    """The sound of this name, cached, for the same names come again and again."""
    return std.sound_code(word_text) if word_text else ""


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
