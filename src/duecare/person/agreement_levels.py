"""How far two records agree in each thing that is compared, in plain Python as the engine's conditions define it."""

from __future__ import annotations

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler, Levenshtein

from duecare.person.comparable_record import Compared
from duecare.person.pair import COMPARISONS


def comparison_levels(record_a: Compared, record_b: Compared) -> dict[str, str]:
    """How far two records agree in each thing; what one side is silent on is left out.

    Shape:   the levels of `COMPARISONS`, the first that holds: what the engine's conditions say of the same two.
    """
    swapped = _is_swapped(record_a, record_b)
    levels = {
        "given": _given_level(record_a, record_b, swapped) if record_a.given and record_b.given else "",
        # A swap of names is weighed once, with the given name.
        "family": _family_level(record_a, record_b) if record_a.family and record_b.family and not swapped else "",
        "born": _born_level(record_a.born, record_b.born, record_a.born_days, record_b.born_days)
        if record_a.born and record_b.born
        else "",
        "home": _home_level(record_a, record_b),
        "identifier": _identifier_level(record_a, record_b),
        "contact": _contact_level(record_a, record_b),
        "sex": ("same" if record_a.sex == record_b.sex else "different") if record_a.sex and record_b.sex else "",
    }
    return {comparison: levels[comparison] for comparison in COMPARISONS if levels[comparison]}


def _name_similarity(text_a: str, text_b: str) -> float:
    return JaroWinkler.similarity(text_a, text_b) if text_a and text_b else 0.0


def _is_slip(text_a: str, text_b: str) -> bool:
    shorter = min(len(text_a), len(text_b))
    if shorter < 3:
        return False
    apart = DamerauLevenshtein.distance(text_a, text_b)
    return apart <= 1 or (apart <= 2 and shorter >= 5 and _name_similarity(text_a, text_b) >= 0.92)


def _is_spelt_otherwise(name_a: str, name_b: str, spelling_a: str, spelling_b: str) -> bool:
    return spelling_a == spelling_b and min(len(name_a), len(name_b)) >= 4


def _is_alike(name_a: str, name_b: str, sound_a: str, sound_b: str) -> bool:
    return _name_similarity(name_a, name_b) >= 0.85 or bool(sound_a and sound_a == sound_b)


def _is_rough(record_a: Compared, record_b: Compared) -> bool:
    if _is_alike(record_a.given, record_b.given, record_a.given_sound, record_b.given_sound):
        return True
    if record_a.given_meant in record_b.given_classes or record_b.given_meant in record_a.given_classes:
        return True
    apart, shorter = (
        DamerauLevenshtein.distance(record_a.given, record_b.given),
        min(len(record_a.given), len(record_b.given)),
    )
    return record_a.given[0] == record_b.given[0] and ((apart <= 2 and shorter >= 5) or (apart <= 1 and shorter >= 2))


def _is_swapped(record_a: Compared, record_b: Compared) -> bool:
    """Whether the names stand the other way round, a slip or a short form in either allowed."""
    if (
        min(map(len, (record_a.given, record_b.given, record_a.family, record_b.family))) < 2
        or record_a.given == record_b.given
    ):
        return False
    if _is_other_middle(record_a.middle, record_b.family_rest) or _is_other_middle(
        record_b.middle, record_a.family_rest
    ):
        return False
    if record_a.given == record_b.family_first and _is_across(record_b, record_a, 0.85):
        return True
    if record_a.family_first == record_b.given and _is_across(record_a, record_b, 0.85):
        return True
    return (
        _name_similarity(record_a.given, record_b.given) < 0.85
        and _name_similarity(record_a.family, record_b.family) < 0.85
        and _is_across(record_a, record_b, 0.9)
        and _is_across(record_b, record_a, 0.9)
    )


def _is_across(record_a: Compared, record_b: Compared, least_similarity: float) -> bool:
    """Whether the given name of one is the family name of the other, unless both are names of their own."""
    if record_a.given == record_b.family_first or record_b.family_class in record_a.given_classes:
        return True
    return _name_similarity(record_a.given, record_b.family) >= least_similarity and not (
        record_a.given_known and record_b.family_known
    )


def _is_other_middle(middle_a: str, middle_b: str) -> bool:
    """Whether these are two middle names of two people, none a part of the other, a short form or a slip."""
    return (
        min(len(middle_a), len(middle_b)) > 1
        and set(middle_a.split()).isdisjoint(middle_b.split())
        and not (middle_a.startswith(middle_b) or middle_b.startswith(middle_a))
        and _name_similarity(middle_a, middle_b) < 0.85
    )


def _given_level(record_a: Compared, record_b: Compared, swapped: bool) -> str:
    if record_a.given == record_b.given and len(record_a.given) > 1:
        if record_a.middle and record_a.middle == record_b.middle:
            return "in full"
        return "other middle" if _is_other_middle(record_a.middle, record_b.middle) else "same"
    if swapped:
        return "swapped"
    if record_a.given == record_b.family or record_a.family == record_b.given:
        return "crossed"
    if len(record_a.given) == 1 or len(record_b.given) == 1:
        return _one_letter(record_a, record_b)
    if not set(record_a.given_classes).isdisjoint(record_b.given_classes):
        return "short form"
    both_known = record_a.given_known and record_b.given_known
    is_rough = not both_known and _is_rough(record_a, record_b)
    # Jan and Jana, Adrian and Adriana: a last letter a makes another name of one, and is no slip.
    is_made_other = record_a.given == record_b.given + "a" or record_b.given == record_a.given + "a"
    if (
        not both_known
        and not is_made_other
        and (
            _is_slip(record_a.given, record_b.given)
            or _is_spelt_otherwise(record_a.given, record_b.given, record_a.given_spelling, record_b.given_spelling)
            or (is_rough and bool(record_a.middle) and record_a.middle == record_b.middle)
        )
    ):
        return "slip"
    if _is_other_name(record_a, record_b):
        return "other name"
    if _is_middle_name(record_a, record_b):
        return "middle name"
    if is_rough:
        return "rough slip"
    if both_known and _is_alike(record_a.given, record_b.given, record_a.given_sound, record_b.given_sound):
        return "alike"
    return "different"


def _one_letter(record_a: Compared, record_b: Compared) -> str:
    if _is_other_name(record_a, record_b):
        return "other name"
    if _is_middle_name(record_a, record_b):
        return "middle name"
    return "initial" if record_a.given[0] == record_b.given[0] else "different"


def _is_other_name(record_a: Compared, record_b: Compared) -> bool:
    return (
        record_b.given in record_a.other_givens
        or record_a.given in record_b.other_givens
        or not set(record_a.other_givens).isdisjoint(record_b.other_givens)
    )


def _is_middle_name(record_a: Compared, record_b: Compared) -> bool:
    return record_b.given in record_a.middle.split() or record_a.given in record_b.middle.split()


def _family_level(record_a: Compared, record_b: Compared) -> str:
    if record_a.family == record_b.family and len(record_a.family) > 1:
        return "same"
    both_given = (
        record_a.family_known
        and record_b.family_known
        and (record_a.family_class != record_b.family_class or len(record_a.family) == 1)
    )
    if not both_given and (
        record_a.family_class == record_b.family_class
        or _is_slip(record_a.family, record_b.family)
        or _is_spelt_otherwise(record_a.family, record_b.family, record_a.family_spelling, record_b.family_spelling)
    ):
        return "slip"
    if (
        record_b.family in record_a.other_families
        or record_a.family in record_b.other_families
        or not set(record_a.other_families).isdisjoint(record_b.other_families)
    ):
        return "other name"
    if both_given:
        return "two given names"
    if (" " in record_a.family or " " in record_b.family) and not set(record_a.family.split()).isdisjoint(
        record_b.family.split()
    ):
        return "part"
    return (
        "alike"
        if _is_alike(record_a.family, record_b.family, record_a.family_sound, record_b.family_sound)
        else "different"
    )


def _born_level(born_a: str, born_b: str, days_a: int | None, days_b: int | None) -> str:
    if born_a == born_b and days_a is not None:
        return "same"
    years = abs(int(born_a[:4]) - int(born_b[:4]))
    if days_a is None or days_b is None:
        if born_a.startswith(born_b) or born_b.startswith(born_a):
            return "as far as known"
    else:
        if born_a[:4] == born_b[:4] and born_a[5:7] == born_b[8:] and born_a[8:] == born_b[5:7]:
            return "swapped"
        if DamerauLevenshtein.distance(born_a, born_b) <= 1:
            return "one figure"
        # A father and son may share a birthday; nobody errs by a generation, but by a century.
        same_parts = (years == 0) + (born_a[5:7] == born_b[5:7]) + (born_a[8:] == born_b[8:])
        if same_parts == 2 and (years <= 13 or years == 100):
            return "two parts"
        if abs(days_a - days_b) <= 31 or 364 <= abs(days_a - days_b) <= 366:
            return "a month or year apart"
    return "near" if years <= 1 else "different"


def _home_level(record_a: Compared, record_b: Compared) -> str:
    by_words = bool(record_a.address_words and record_b.address_words)
    if not (by_words or (record_a.postcode and record_b.postcode) or (record_a.uprn and record_b.uprn)):
        return ""
    same_number = bool(record_a.home_number and record_a.home_number == record_b.home_number)
    same_postcode = bool(record_a.postcode and record_a.postcode == record_b.postcode)
    shared = len(set(record_a.address_words).intersection(record_b.address_words)) if by_words else 0
    fewer_words = min(len(record_a.address_words), len(record_b.address_words))
    if (
        (record_a.uprn and record_a.uprn == record_b.uprn)
        or (same_postcode and same_number)
        or (same_number and shared >= 3 and shared >= 0.7 * fewer_words)
    ):
        return "same home"
    if same_postcode:
        return "same postcode"
    if shared >= 2 and shared >= 0.6 * fewer_words:
        return "most words"
    if (
        (record_a.sector and record_a.sector == record_b.sector)
        or (record_a.postcode and record_b.postcode and Levenshtein.distance(record_a.postcode, record_b.postcode) <= 1)
        or (by_words and record_a.address_words == record_b.address_words)
    ):
        return "near"
    if (record_a.outcode and record_a.outcode == record_b.outcode) or (by_words and shared >= 0.5 * fewer_words):
        return "same area"
    return "different"


def _identifier_level(record_a: Compared, record_b: Compared) -> str:
    numbers_a, theirs = {*record_a.checked, *record_a.other_ids}, {*record_b.checked, *record_b.other_ids}
    if not numbers_a or not theirs:
        return ""
    if {number_text.partition(":")[0] for number_text in numbers_a}.isdisjoint(
        number_text.partition(":")[0] for number_text in theirs
    ):
        return ""
    # What twins share, such as the number of their family, does not outweigh that each has a number of their own.
    telling_a, telling_b = _telling_numbers(record_a), _telling_numbers(record_b)
    if any(
        {telling_a[number_kind], telling_b[number_kind]}.isdisjoint(numbers_a & theirs)
        for number_kind in telling_a.keys() & telling_b.keys()
    ):
        return "conflict"
    return "different" if numbers_a.isdisjoint(theirs) else "shared"


def _telling_numbers(compared: Compared) -> dict[str, str]:
    """The numbers of a record that no two people share, by kind: a sure CRO number, a lasting UPN."""
    telling = {}
    for number_text in compared.checked:
        number_kind, _, value = number_text.partition(":")
        if (number_kind != "cro" or not value.startswith("SF")) and (number_kind != "upn" or value[-1:].isdigit()):
            telling[number_kind] = number_text
    return telling


def _contact_level(record_a: Compared, record_b: Compared) -> str:
    pairs = (
        (record_a.emails, record_b.emails),
        (record_a.phones, record_b.phones),
        (record_a.online_names, record_b.online_names),
    )
    known_contacts = [(contacts_a, contacts_b) for contacts_a, contacts_b in pairs if contacts_a and contacts_b]
    if not known_contacts:
        return ""
    if any(not set(contacts_a).isdisjoint(contacts_b) for contacts_a, contacts_b in known_contacts):
        return "shared"
    if record_a.emails and record_b.emails:
        email_a, email_b = record_a.emails[0], record_b.emails[0]
        if _name_similarity(email_a, email_b) >= 0.9 or email_a.partition("@")[0] == email_b.partition("@")[0]:
            return "alike"
    return "different"
